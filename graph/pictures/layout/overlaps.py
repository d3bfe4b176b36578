"""Remove overlaps between boxes or discs, and pack rectangles."""

from collections.abc import Sequence

import numpy as np

from .grid import Near, Points, Rows

PATIENCE = 150
"""Rounds of pushing after which everything is scaled up by 4 %, so that the loop terminates."""
MANY = 400
"""Number of boxes above which scaling comes ten times sooner."""
Box = tuple[float, float]


def separate(points: Points, sizes: Points) -> Points:
    """Return new centres so that no two boxes overlap, each moved as little as possible.

    `points` are the centres and `sizes` the widths and heights, both of shape (n, 2).
    """
    points = points + np.arange(len(points))[:, None] * np.array([1e-3, -1e-3])
    near = Near(points, sizes / 2)
    patience = PATIENCE if len(points) <= MANY else PATIENCE // 10
    turn = 0
    while _push_boxes(points, sizes, near):
        turn += 1
        if turn % patience == 0:
            points *= 1.04
    return points


def push_discs(points: Points, radius: Points, near: Near) -> bool:
    """Move overlapping discs apart, each by half the overlap, in place; return whether there were any."""
    first, second = near.pairs()
    away = points[second] - points[first]
    apart = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
    deep = radius[first] + radius[second] - apart
    hit = np.flatnonzero(deep > 0)
    if not len(hit):
        return False
    _move(points, first[hit], second[hit], away[hit] * (deep[hit] / apart[hit] / 2)[:, None])
    return True


def pack(extents: Sequence[Box], *, ratio: float, gap: float) -> list[Box]:
    """Pack rectangles (width, height) without overlap into an area of about `ratio` width to height.

    Returns the upper left corner of each. Rows contain columns, so that small rectangles are stacked next to a large
    one.
    """
    if not extents:
        return []
    area = sum((width + gap) * (height + gap) for width, height in extents)
    widest = max(width for width, _ in extents) + gap
    tries = [_rows(extents, max(widest, (area * ratio) ** 0.5 * factor), gap) for factor in (0.8, 0.9, 1.0, 1.15, 1.3)]
    return min(tries, key=lambda found: max(found[1] / ratio, found[2]))[0]


def _rows(extents: Sequence[Box], limit: float, gap: float) -> tuple[list[Box], float, float]:
    corners: dict[int, Box] = {}
    left = top = row_height = column_width = column_height = full_width = 0.0
    for index in sorted(range(len(extents)), key=lambda index: (-extents[index][1], index)):
        width, height = extents[index][0] + gap, extents[index][1] + gap
        if column_height and column_height + height <= row_height and left + max(column_width, width) <= limit:
            corners[index] = (left, top + column_height)
            column_width, column_height = max(column_width, width), column_height + height
        else:
            left += column_width
            if left and left + width > limit:
                top, left, row_height = top + row_height, 0.0, 0.0
            corners[index] = (left, top)
            column_width, column_height, row_height = width, height, max(row_height, height)
        full_width = max(full_width, left + column_width)
    return [corners[index] for index in range(len(extents))], full_width, top + row_height


def _push_boxes(points: Points, sizes: Points, near: Near) -> bool:
    first, second = near.pairs()
    away = points[second] - points[first]
    deep_x, deep_y = ((sizes[first] + sizes[second]) / 2 - np.abs(away)).T
    hit = np.flatnonzero((deep_x > 1e-6) & (deep_y > 1e-6))
    if not len(hit):
        return False
    sideways = deep_x[hit] < deep_y[hit]
    way = np.where(away[hit] < 0, -0.5, 0.5)
    push = np.zeros((len(hit), 2))
    push[:, 0] = np.where(sideways, (deep_x[hit] + 0.1) * way[:, 0], 0.0)
    push[:, 1] = np.where(sideways, 0.0, (deep_y[hit] + 0.1) * way[:, 1])
    _move(points, first[hit], second[hit], push)
    return True


def _move(points: Points, first: Rows, second: Rows, push: Points) -> None:
    """Push pairs apart, in place; pushes on a box are divided by half their number, or a hub would jump away."""
    count = len(points)
    hits = np.bincount(first, minlength=count) + np.bincount(second, minlength=count)
    share = np.maximum(1.0, hits / 2)
    for axis in (0, 1):
        moved = np.bincount(second, push[:, axis], count) - np.bincount(first, push[:, axis], count)
        points[:, axis] += moved / share
