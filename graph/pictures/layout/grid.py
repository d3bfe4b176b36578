"""Find pairs of neighbouring boxes with a uniform grid, also while the boxes move."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

WATCH_MARGIN = 1.0
"""Extra distance at which pairs are still reported, as a share of the median half size of a box."""
LARGE_BOX_RATIO = 2.5
"""Boxes above this multiple of the median size bypass the grid and are compared with all others."""
PAIRS_AT_ONCE = 100_000
"""Pairs whose distances are computed at once, in 10 MB; two thousand boxes in a heap have two million pairs."""

Points = NDArray[np.float64]
Rows = NDArray[np.intp]
NO_ROWS: Rows = np.zeros(0, np.intp)


class BoxNeighbours:
    """Pairs of neighbouring boxes (a Verlet list): computed again only when a box has moved half the margin."""

    def __init__(self, points: Points, half_sizes: Points) -> None:
        """`points` are the centres, which the caller moves in place; `half_sizes` are half the widths and heights.

        Both have shape (n, 2), in pixels.
        """
        self._points = points
        self._half_sizes = half_sizes
        self._margin = WATCH_MARGIN * float(np.median(half_sizes)) if len(half_sizes) else 0.0
        self._searched_points = np.full_like(points, np.inf)
        self._pairs: tuple[Rows, Rows] = (NO_ROWS, NO_ROWS)

    def pairs(self) -> tuple[Rows, Rows]:
        """Return all pairs of rows that may overlap, each pair once, as two arrays."""
        if len(self._points) and not np.abs(self._points - self._searched_points).max() < self._margin / 2:
            self._searched_points = self._points.copy()
            close_pairs = [
                self._close(first, second)
                for candidates in _candidates(self._points, self._half_sizes, self._margin)
                for first, second in in_parts(*candidates)
            ]
            self._pairs = (
                np.concatenate([NO_ROWS, *(first for first, _ in close_pairs)]),
                np.concatenate([NO_ROWS, *(second for _, second in close_pairs)]),
            )
        return self._pairs

    def _close(self, first_rows: Rows, second_rows: Rows) -> tuple[Rows, Rows]:
        """Return those of some pairs that may overlap."""
        reach = self._half_sizes[first_rows] + self._half_sizes[second_rows] + self._margin
        close = (np.abs(self._points[first_rows] - self._points[second_rows]) < reach).all(axis=1)
        return first_rows[close], second_rows[close]


def in_parts(first_rows: Rows, second_rows: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs of rows, given as two arrays, in parts of `PAIRS_AT_ONCE` at most."""
    for start in range(0, len(first_rows), PAIRS_AT_ONCE):
        yield first_rows[start : start + PAIRS_AT_ONCE], second_rows[start : start + PAIRS_AT_ONCE]


def _candidates(points: Points, half_sizes: Points, margin: float) -> Iterator[tuple[Rows, Rows]]:
    """Yield pairs in neighbouring cells of the grid, and all pairs of large boxes with any other."""
    large = np.flatnonzero((half_sizes > LARGE_BOX_RATIO * np.median(half_sizes, axis=0)).any(axis=1))
    small = np.setdiff1d(np.arange(len(points)), large)
    for rank, row in enumerate(large):
        others = np.concatenate([small, large[rank + 1 :]])
        yield np.full(len(others), row), others
    if len(small) > 1:
        cells: Rows = np.floor(points[small] / (2 * half_sizes[small].max(axis=0) + margin)).astype(np.intp)
        cells = cells - cells.min(axis=0) + 1
        row_stride = int(cells[:, 1].max()) + 2
        cell: Rows = cells[:, 0] * row_stride + cells[:, 1]
        order: Rows = np.argsort(cell, kind="stable")
        for step in (0, 1, row_stride - 1, row_stride, row_stride + 1):
            first, second = _pairs_in_cells(cell[order], step)
            yield small[order[first]], small[order[second]]


def _pairs_in_cells(cell: Rows, step: int) -> tuple[Rows, Rows]:
    """Return pairs of positions in a sorted list of cells: one in a cell, the other in the cell `step` further."""
    positions: Rows = np.arange(len(cell))
    low: Rows = np.searchsorted(cell, cell + step, "left").astype(np.intp) if step else positions + 1
    high: Rows = np.searchsorted(cell, cell + step, "right").astype(np.intp)
    count = np.maximum(high - low, 0)
    group_start: Rows = np.cumsum(count) - count
    offset_in_group = np.arange(int(count.sum())) - np.repeat(group_start, count)
    return np.repeat(positions, count), np.repeat(low, count) + offset_in_group
