"""Room for more boxes in a picture whose boxes stay where they are."""

from collections.abc import Sequence
from math import pi

import numpy as np

from .grid import Points

STEP = 22.0
"""Pixels from one ring of places that are tried to the next, and about as many between two places of a ring."""
RINGS = 40
"""Rings looked at first; as many more while they do not have room enough."""
GATHERED = 0.35
"""How much a box is drawn to those placed before it, as a share of how it is drawn to the heart."""
TIED = 0.3
"""How much a box is drawn to each other node that it is tied to."""
CROSSED = 55.0
"""Pixels that a box goes out of its way so as not to have a standing one between itself and the heart."""
CAREFUL = 700
"""Standing boxes up to which lines through them are looked at."""


def beside(
    points: Points, sizes: Points, heart: int, more: Points, ties: Sequence[Sequence[int]], *, gap: float
) -> Points:
    """Return the centres of more boxes around a standing one (row `heart` of `points`), none on another.

    `ties` are the standing boxes that each new one is linked to, apart from the heart. The same input gives the same
    places; a box further back makes do with what those before it left.
    """
    if not len(more):
        return np.zeros((0, 2))
    around, room = points[heart], more.max(axis=0) + gap
    others = np.delete(points, heart, axis=0), np.delete(sizes, heart, axis=0)
    rings = RINGS
    while True:
        tried = around + _rings(float(np.hypot(*((sizes[heart] + room) / 2))) * 0.55, rings)
        free = tried[_free(tried, room, points, sizes + gap)]
        far = np.hypot(*(free - around).T)
        if len(points) <= CAREFUL:
            far += CROSSED * _crossed(free, around, *others)
        found = _choose(free, far, room, [points[list(tied)] for tied in ties])
        if found is not None:
            return found
        rings += RINGS


def _rings(first: float, count: int) -> Points:
    """Return offsets on rings, from the inmost outwards, starting to the right."""
    parts: list[Points] = []
    for ring in range(count):
        radius = first + ring * STEP
        turns = np.linspace(0, 2 * pi, max(12, round(2 * pi * radius / STEP)), endpoint=False)
        parts.append(np.column_stack([np.cos(turns), np.sin(turns)]) * radius)
    return np.vstack(parts)


def _free(tried: Points, room: Points, points: Points, sizes: Points) -> Points:
    """Return which places are free of standing boxes."""
    free = np.ones(len(tried), dtype=bool)
    low, high = tried.min(axis=0) - room, tried.max(axis=0) + room
    near = ((points + sizes / 2 > low) & (points - sizes / 2 < high)).all(axis=1)
    for point, size in zip(points[near], sizes[near], strict=True):
        free &= (np.abs(tried - point) >= (room + size) / 2).any(axis=1)
    return free


def _choose(free: Points, far: Points, room: Points, ties: Sequence[Points]) -> Points | None:
    """Return a place for each box among those that are free; None where there are too few."""
    left = np.ones(len(free), dtype=bool)
    chosen: list[Points] = []
    for tied in ties:
        if not left.any():
            return None
        cost = far + TIED * np.hypot(*(free[:, None] - tied[None]).T).sum(axis=0)
        if chosen:
            cost += GATHERED * np.hypot(*(free - np.mean(chosen, axis=0)).T)
        best = int(np.argmin(np.where(left, cost, np.inf)))
        chosen.append(free[best])
        left &= (np.abs(free - free[best]) >= room).any(axis=1)
    return np.array(chosen)


def _crossed(free: Points, around: Points, points: Points, sizes: Points) -> Points:
    """Return how many standing boxes lie between each place and the heart."""
    low, high = np.minimum(free.min(axis=0), around), np.maximum(free.max(axis=0), around)
    near = ((points > low - sizes / 2) & (points < high + sizes / 2)).all(axis=1)
    hit = np.zeros(len(free))
    shares = np.linspace(0.12, 0.88, 9)[:, None]
    for point, size in zip(points[near], sizes[near], strict=True):
        inside = np.zeros(len(free), dtype=bool)
        for share in shares:
            inside |= (np.abs(around + (free - around) * share - point) < size * 0.4).all(axis=1)
        hit += inside
    return hit
