"""Edge routing: bend links that share both ends away from each other, and around other nodes."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, hypot, pi, sin

import numpy as np

from .grid import Points
from .overlaps import Box

BENDS = (0.2, -0.2, 0.42, -0.42)
MAX_ROUTED_NODES = 60
"""Maximum number of nodes for which links are routed around other nodes."""


def bezier_control(start: Box, end: Box, bend: float) -> Box:
    """Return the Bézier control point of a link, as vis-network computes it.

    `bend` is positive for `curvedCW`, negative for `curvedCCW`; its absolute value is the roundness.
    """
    reach, turn = 0.5 * abs(bend) + 0.5, 0.5 * bend + 0.5
    angle = atan2(start[1] - end[1], end[0] - start[0]) + turn * pi
    span = hypot(end[0] - start[0], end[1] - start[1])
    return start[0] + reach * span * sin(angle), start[1] + reach * span * cos(angle)


def link_bends(
    positions: Mapping[str, tuple[int, int]], sizes: Mapping[str, float], links: Sequence[tuple[str, str]]
) -> list[float]:
    """Return the bend of each link: 0 if straight, positive clockwise; `sizes` are the radii of the nodes' symbols.

    Each link gets the bend that crosses the fewest symbols, among those not used by links with the same ends.
    """
    names = sorted(positions)
    index = {name: number for number, name in enumerate(names)}
    centres = np.array([positions[name] for name in names], dtype=np.float64)
    half_sizes = np.array([sizes[name] + 3.0 for name in names])
    pairs: dict[tuple[str, str], list[int]] = {}
    for number, (a, b) in enumerate(links):
        pairs.setdefault((min(a, b), max(a, b)), []).append(number)
    result = [0.0] * len(links)
    for (a, b), numbers in pairs.items():
        choices = [0.0, *BENDS] if len(numbers) % 2 else [*BENDS, 0.0]
        if len(numbers) > len(choices):
            choices = [round(float(bend), 2) for bend in np.linspace(-0.8, 0.8, len(numbers))]
        for number in numbers if a != b else ():
            best, fewest_hits = choices[0], len(names)
            for bend in choices if len(names) <= MAX_ROUTED_NODES else ():
                hits = _crossed_node_count(positions[a], positions[b], bend, centres, half_sizes, (index[a], index[b]))
                if hits < fewest_hits:
                    best, fewest_hits = bend, hits
                if not hits:
                    break
            choices.remove(best)
            result[number] = best if links[number] == (a, b) else -best
    return result


def _crossed_node_count(a: Box, b: Box, bend: float, centres: Points, half_sizes: Points, ends: tuple[int, int]) -> int:
    """Return how many symbols of other nodes a link runs through."""
    control_point = bezier_control(a, b, bend)
    t = np.linspace(0.06, 0.94, 24)[:, None]
    path = (1 - t) ** 2 * np.array(a) + 2 * t * (1 - t) * np.array(control_point) + t**2 * np.array(b)
    gap = np.abs(path[:, None, :] - centres[None, :, :]).max(axis=2).min(axis=0)
    gap[list(ends)] = np.inf
    return int((gap < half_sizes).sum())
