"""Find pairs of neighbouring boxes with a uniform grid, also while the boxes move."""

import numpy as np
from numpy.typing import NDArray

MARGIN = 1.0
"""Extra distance at which pairs are still reported, as a share of the median half size of a box."""
LARGE = 2.5
"""Boxes above this multiple of the median size bypass the grid and are compared with all others."""

Points = NDArray[np.float64]
Rows = NDArray[np.intp]


class Near:
    """Pairs of neighbouring boxes (a Verlet list): computed again only when a box has moved half the margin."""

    def __init__(self, points: Points, half: Points) -> None:
        """`points` are the centres, which the caller moves in place; `half_sizes` are half the widths and heights.

        Both have shape (n, 2), in pixels.
        """
        self._points = points
        self._half = half
        self._margin = MARGIN * float(np.median(half)) if len(half) else 0.0
        self._at = np.full_like(points, np.inf)
        self._found: tuple[Rows, Rows] = (np.zeros(0, np.intp), np.zeros(0, np.intp))

    def pairs(self) -> tuple[Rows, Rows]:
        """Return all pairs of rows that may overlap, each pair once, as two arrays."""
        if len(self._points) and not np.abs(self._points - self._at).max() < self._margin / 2:
            self._at = self._points.copy()
            first, second = _candidates(self._points, self._half, self._margin)
            room = self._half[first] + self._half[second] + self._margin
            close = (np.abs(self._points[first] - self._points[second]) < room).all(axis=1)
            self._found = first[close], second[close]
        return self._found


def _candidates(points: Points, half: Points, margin: float) -> tuple[Rows, Rows]:
    """Return pairs in neighbouring cells of the grid, and all pairs of large boxes with any other."""
    large = np.flatnonzero((half > LARGE * np.median(half, axis=0)).any(axis=1))
    small = np.setdiff1d(np.arange(len(points)), large)
    firsts, seconds = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for rank, row in enumerate(large):
        others = np.concatenate([small, large[rank + 1 :]])
        firsts.append(np.full(len(others), row))
        seconds.append(others)
    if len(small) > 1:
        cells: Rows = np.floor(points[small] / (2 * half[small].max(axis=0) + margin)).astype(np.intp)
        cells = cells - cells.min(axis=0) + 1
        wide = int(cells[:, 1].max()) + 2
        cell: Rows = cells[:, 0] * wide + cells[:, 1]
        order: Rows = np.argsort(cell, kind="stable")
        for step in (0, 1, wide - 1, wide, wide + 1):
            first, second = _in_cells(cell[order], step)
            firsts.append(small[order[first]])
            seconds.append(small[order[second]])
    return np.concatenate(firsts), np.concatenate(seconds)


def _in_cells(cell: Rows, step: int) -> tuple[Rows, Rows]:
    """Return pairs of positions in a sorted list of cells: one in a cell, the other in the cell `step` further."""
    places: Rows = np.arange(len(cell))
    low: Rows = np.searchsorted(cell, cell + step, "left").astype(np.intp) if step else places + 1
    high: Rows = np.searchsorted(cell, cell + step, "right").astype(np.intp)
    count = np.maximum(high - low, 0)
    before: Rows = np.cumsum(count) - count
    within = np.arange(int(count.sum())) - np.repeat(before, count)
    return np.repeat(places, count), np.repeat(low, count) + within
