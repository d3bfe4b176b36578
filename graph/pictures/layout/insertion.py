"""Incremental layout: place new boxes among existing ones, which do not move."""

from collections.abc import Sequence
from math import pi

import numpy as np

from .grid import Points

STEP = 22.0
"""Pixels between rings of candidate positions, and approximately between the candidates of a ring."""
RINGS = 40
"""Number of rings tried first, and added each time they do not have enough free positions."""
GATHERED = 0.35
"""Weight of the distance to the new boxes placed so far (distance to the anchor: 1)."""
TIED = 0.3
"""Weight of the distance to each other box that the new one is linked to."""
CROSSED = 55.0
"""Extra cost, in pixels, of each existing box between a candidate and the anchor."""
CAREFUL = 700
"""Maximum number of existing boxes for which crossings are computed."""


def beside(
    points: Points, sizes: Points, heart: int, more: Points, ties: Sequence[Sequence[int]], *, gap: float
) -> Points:
    """Place new boxes around an anchor box without overlap; return their centres, shape (n, 2), in pixels.

    `points` and `sizes`, shape (m, 2), are centres and sizes of the existing boxes; `anchor` is a row of them.
    `linked_rows` are, for each new box, the rows of the existing boxes it is linked to, apart from the anchor. Boxes
    are placed greedily in the given order, with no randomness: the same input gives the same result.
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
    """Return offsets on concentric rings, innermost first, each starting to the right; shape (n, 2)."""
    parts: list[Points] = []
    for ring in range(count):
        radius = first + ring * STEP
        turns = np.linspace(0, 2 * pi, max(12, round(2 * pi * radius / STEP)), endpoint=False)
        parts.append(np.column_stack([np.cos(turns), np.sin(turns)]) * radius)
    return np.vstack(parts)


def _free(tried: Points, room: Points, points: Points, sizes: Points) -> Points:
    """Return a mask of the candidates that overlap no existing box."""
    free = np.ones(len(tried), dtype=bool)
    low, high = tried.min(axis=0) - room, tried.max(axis=0) + room
    near = ((points + sizes / 2 > low) & (points - sizes / 2 < high)).all(axis=1)
    for point, size in zip(points[near], sizes[near], strict=True):
        free &= (np.abs(tried - point) >= (room + size) / 2).any(axis=1)
    return free


def _choose(free: Points, far: Points, room: Points, ties: Sequence[Points]) -> Points | None:
    """Return the cheapest free candidate for each new box in turn; None if there are too few."""
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
    """Return, for each candidate, how many existing boxes lie between it and the anchor."""
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
