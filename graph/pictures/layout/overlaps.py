"""Remove overlaps between boxes or discs, and pack rectangles."""

from collections.abc import Callable, Sequence

import numpy as np

from ... import deadline
from .grid import BoxNeighbours, Points, Rows, in_parts

ROUNDS_BEFORE_SPREAD = 150
"""Rounds of pushing after which everything is scaled up by 4 %, so that the loop terminates."""
MANY_BOXES = 400
"""Number of boxes above which scaling comes ten times sooner."""
Box = tuple[float, float]


def remove_overlaps(points: Points, sizes: Points) -> Points:
    """Return new centres so that no two boxes overlap, each moved as little as possible.

    `points` are the centres and `sizes` the widths and heights, both of shape (n, 2).
    """
    points = points + np.arange(len(points))[:, None] * np.array([1e-3, -1e-3])
    neighbours = BoxNeighbours(points, sizes / 2)
    spread_interval = ROUNDS_BEFORE_SPREAD if len(points) <= MANY_BOXES else ROUNDS_BEFORE_SPREAD // 10
    round_number = 0
    while _push_boxes(points, sizes, neighbours):
        deadline.check()
        round_number += 1
        if round_number % spread_interval == 0:
            points *= 1.04
    return points


def push_discs(points: Points, radius: Points, neighbours: BoxNeighbours) -> bool:
    """Move overlapping discs apart, each by half the overlap, in place; return whether there were any."""

    def overlaps(first_rows: Rows, second_rows: Rows) -> tuple[Rows, Points]:
        offsets = points[second_rows] - points[first_rows]
        distances = np.maximum(np.hypot(offsets[:, 0], offsets[:, 1]), 1e-9)
        overlap = radius[first_rows] + radius[second_rows] - distances
        overlapping = np.flatnonzero(overlap > 0)
        return overlapping, offsets[overlapping] * (overlap[overlapping] / distances[overlapping] / 2)[:, None]

    return _push_apart(points, neighbours, overlaps)


def pack_rectangles(extents: Sequence[Box], *, ratio: float, gap: float) -> list[Box]:
    """Pack rectangles (width, height) without overlap into an area of about `ratio` width to height.

    Returns the upper left corner of each. Rows contain columns, so that small rectangles are stacked next to a large
    one.
    """
    if not extents:
        return []
    area = sum((width + gap) * (height + gap) for width, height in extents)
    widest = max(width for width, _ in extents) + gap
    packings = [
        _pack_rows(extents, max(widest, (area * ratio) ** 0.5 * factor), gap) for factor in (0.8, 0.9, 1.0, 1.15, 1.3)
    ]
    return min(packings, key=lambda packing: max(packing[1] / ratio, packing[2]))[0]


def _pack_rows(extents: Sequence[Box], limit: float, gap: float) -> tuple[list[Box], float, float]:
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


def _push_boxes(points: Points, sizes: Points, neighbours: BoxNeighbours) -> bool:
    """Move overlapping boxes apart along the shorter overlap, in place; return whether there were any."""

    def overlaps(first_rows: Rows, second_rows: Rows) -> tuple[Rows, Points]:
        offsets = points[second_rows] - points[first_rows]
        overlap_x, overlap_y = ((sizes[first_rows] + sizes[second_rows]) / 2 - np.abs(offsets)).T
        overlapping = np.flatnonzero((overlap_x > 1e-6) & (overlap_y > 1e-6))
        sideways = overlap_x[overlapping] < overlap_y[overlapping]
        direction = np.where(offsets[overlapping] < 0, -0.5, 0.5)
        push = np.zeros((len(overlapping), 2))
        push[:, 0] = np.where(sideways, (overlap_x[overlapping] + 0.1) * direction[:, 0], 0.0)
        push[:, 1] = np.where(sideways, 0.0, (overlap_y[overlapping] + 0.1) * direction[:, 1])
        return overlapping, push

    return _push_apart(points, neighbours, overlaps)


def _push_apart(
    points: Points, neighbours: BoxNeighbours, overlaps: Callable[[Rows, Rows], tuple[Rows, Points]]
) -> bool:
    """Push pairs apart, in place; return whether there were any to push.

    `overlaps` is given pairs as two arrays, and returns which of them overlap and the push for each of these.
    """
    pushed_pairs: list[tuple[Rows, Rows, Points]] = []
    for first_rows, second_rows in in_parts(*neighbours.pairs()):
        overlapping, push = overlaps(first_rows, second_rows)
        if len(overlapping):
            pushed_pairs.append((first_rows[overlapping], second_rows[overlapping], push))
    if not pushed_pairs:
        return False
    _push_pairs(points, *(np.concatenate(parts) for parts in zip(*pushed_pairs, strict=True)))
    return True


def _push_pairs(points: Points, first_rows: Rows, second_rows: Rows, push: Points) -> None:
    """Push pairs apart, in place; pushes on a box are divided by half their number, or a hub would jump away."""
    count = len(points)
    hits = np.bincount(first_rows, minlength=count) + np.bincount(second_rows, minlength=count)
    share = np.maximum(1.0, hits / 2)
    for axis in (0, 1):
        displacement = np.bincount(second_rows, push[:, axis], count) - np.bincount(first_rows, push[:, axis], count)
        points[:, axis] += displacement / share
