"""Incremental layout: place new boxes among existing ones, which do not move."""

from collections.abc import Sequence
from math import pi

import numpy as np

from .grid import Points

RING_STEP = 22.0
"""Pixels between rings of candidate positions, and approximately between the candidates of a ring."""
RINGS = 40
"""Number of rings tried first, and added each time they do not have enough free positions."""
GROUPING_PULL = 0.35
"""Weight of the distance to the new boxes placed so far (distance to the anchor: 1)."""
LINK_PULL = 0.3
"""Weight of the distance to each other box that the new one is linked to."""
CROSSING_PENALTY = 55.0
"""Extra cost, in pixels, of each existing box between a candidate and the anchor."""
MAX_CHECKED_BOXES = 700
"""Maximum number of existing boxes for which crossings are computed."""


def place_around(
    points: Points, sizes: Points, anchor: int, new_sizes: Points, linked_rows: Sequence[Sequence[int]], *, gap: float
) -> Points:
    """Place new boxes around an anchor box without overlap; return their centres, shape (n, 2), in pixels.

    `points` and `sizes`, shape (m, 2), are centres and sizes of the existing boxes; `anchor` is a row of them.
    `linked_rows` are, for each new box, the rows of the existing boxes it is linked to, apart from the anchor. Boxes
    are placed greedily in the given order, with no randomness: the same input gives the same result.
    """
    if not len(new_sizes):
        return np.zeros((0, 2))
    anchor_point, cell_size = points[anchor], new_sizes.max(axis=0) + gap
    others = np.delete(points, anchor, axis=0), np.delete(sizes, anchor, axis=0)
    rings = RINGS
    while True:
        candidates = anchor_point + _rings(float(np.hypot(*((sizes[anchor] + cell_size) / 2))) * 0.55, rings)
        free = candidates[_free_candidates(candidates, cell_size, points, sizes + gap)]
        cost = np.hypot(*(free - anchor_point).T)
        if len(points) <= MAX_CHECKED_BOXES:
            cost += CROSSING_PENALTY * _boxes_crossed(free, anchor_point, *others)
        centres = _assign_positions(
            free, cost, cell_size, [points[list(neighbour_rows)] for neighbour_rows in linked_rows]
        )
        if centres is not None:
            return centres
        rings += RINGS


def _rings(first_radius: float, count: int) -> Points:
    """Return offsets on concentric rings, innermost first, each starting to the right; shape (n, 2)."""
    parts: list[Points] = []
    for ring in range(count):
        radius = first_radius + ring * RING_STEP
        angles = np.linspace(0, 2 * pi, max(12, round(2 * pi * radius / RING_STEP)), endpoint=False)
        parts.append(np.column_stack([np.cos(angles), np.sin(angles)]) * radius)
    return np.vstack(parts)


def _free_candidates(candidates: Points, cell_size: Points, points: Points, sizes: Points) -> Points:
    """Return a mask of the candidates that overlap no existing box."""
    is_free = np.ones(len(candidates), dtype=bool)
    low, high = candidates.min(axis=0) - cell_size, candidates.max(axis=0) + cell_size
    is_close = ((points + sizes / 2 > low) & (points - sizes / 2 < high)).all(axis=1)
    for point, size in zip(points[is_close], sizes[is_close], strict=True):
        is_free &= (np.abs(candidates - point) >= (cell_size + size) / 2).any(axis=1)
    return is_free


def _assign_positions(
    candidates: Points, base_cost: Points, cell_size: Points, linked_points: Sequence[Points]
) -> Points | None:
    """Return the cheapest free candidate for each new box in turn; None if there are too few."""
    is_available = np.ones(len(candidates), dtype=bool)
    centres: list[Points] = []
    for neighbours in linked_points:
        if not is_available.any():
            return None
        cost = base_cost + LINK_PULL * np.hypot(*(candidates[:, None] - neighbours[None]).T).sum(axis=0)
        if centres:
            cost += GROUPING_PULL * np.hypot(*(candidates - np.mean(centres, axis=0)).T)
        best = int(np.argmin(np.where(is_available, cost, np.inf)))
        centres.append(candidates[best])
        is_available &= (np.abs(candidates - candidates[best]) >= cell_size).any(axis=1)
    return np.array(centres)


def _boxes_crossed(candidates: Points, anchor_point: Points, points: Points, sizes: Points) -> Points:
    """Return, for each candidate, how many existing boxes lie between it and the anchor."""
    low, high = np.minimum(candidates.min(axis=0), anchor_point), np.maximum(candidates.max(axis=0), anchor_point)
    is_close = ((points > low - sizes / 2) & (points < high + sizes / 2)).all(axis=1)
    count = np.zeros(len(candidates))
    shares = np.linspace(0.12, 0.88, 9)[:, None]
    for point, size in zip(points[is_close], sizes[is_close], strict=True):
        is_inside = np.zeros(len(candidates), dtype=bool)
        for share in shares:
            is_inside |= (np.abs(anchor_point + (candidates - anchor_point) * share - point) < size * 0.4).all(axis=1)
        count += is_inside
    return count
