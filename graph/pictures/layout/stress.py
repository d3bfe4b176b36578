"""Stress layout of linked discs: distances in the plane approximate distances along links, without overlaps.

Minimizes the stress of Kamada and Kawai by majorization (SMACOF) against landmarks. Overlapping discs are pushed apart
in every iteration, so that removing overlaps afterwards does not distort the layout.
"""

from dataclasses import dataclass

import numpy as np

from ... import deadline
from .grid import BoxNeighbours, Points, Rows
from .overlaps import push_discs

ITERATIONS = 120
DISTANCE_EXPONENT = 0.45
"""Exponent that shortens long distances, so that a chain of nodes does not stretch the whole picture."""
SEED = 57
MAX_STARTS = 12
"""Maximum number of random starts in a small picture; the result that is easiest to read is kept."""
SMALL_COUNT = 300
"""Maximum number of discs for which overlaps are removed in every iteration; above, in every third."""


@dataclass(frozen=True, slots=True)
class StressGraph:
    """Input of the stress layout: n discs, m links, k landmarks.

    `ends`: rows of linked discs, shape (m, 2). `lengths`: ideal link lengths, (m,). `radii`: (n,). `landmarks`: rows,
    (k,). `distances`: shortest path lengths to each landmark, (n, k). All lengths are in pixels.
    """

    ends: Rows
    lengths: Points
    radii: Points
    landmarks: Rows
    distances: Points


def minimize_stress(graph: StressGraph, *, margin: float, aspect_ratio: float) -> Points:
    """Return the centres of discs, shape (n, 2), with `margin` pixels around each, for a screen of `aspect_ratio`."""
    count = len(graph.radii)
    threshold = 1.3 * float(graph.lengths.max())
    distances = np.where(
        graph.distances > threshold, threshold * (graph.distances / threshold) ** DISTANCE_EXPONENT, graph.distances
    )
    random = np.random.default_rng(SEED)
    start = _classical_scaling(distances)
    attempts = max(1, min(MAX_STARTS, 12_000 // count**2))
    best_points, best_cost = start, float("inf")
    for attempt in range(attempts):
        shake = random.uniform(-1, 1, start.shape) * float(distances.max()) * (0.02 if attempt == 0 else 0.35)
        points = _align_horizontally(_majorize(start + shake, graph, distances, graph.radii + margin))
        cost = _readability_cost(points, graph, aspect_ratio) if attempts > 1 else 0.0
        if cost < best_cost - 1e-9:
            best_points, best_cost = points, cost
    return best_points


def _majorize(start: Points, graph: StressGraph, distances: Points, radii: Points) -> Points:
    points = start.copy()
    count, (first, second) = len(points), graph.ends.T
    share = np.bincount(distances.argmin(axis=1), minlength=len(graph.landmarks))
    weight = share / np.where(distances > 0, distances, np.inf) ** 2
    pull = 1 / graph.lengths**2
    total = weight.sum(axis=1)
    np.add.at(total, first, pull)
    np.add.at(total, second, pull)
    neighbours = BoxNeighbours(points, np.repeat(radii[:, None], 2, axis=1))
    iterations, step = (ITERATIONS, 1) if count <= SMALL_COUNT else (ITERATIONS // 2, 3)
    for iteration in range(iterations):
        deadline.check()
        offsets = points[:, None, :] - points[graph.landmarks]
        ease = distances / np.maximum(np.hypot(offsets[:, :, 0], offsets[:, :, 1]), 1e-9)
        goal = np.einsum("nm,nmd->nd", weight, points[graph.landmarks] + ease[:, :, None] * offsets)
        link_vectors = points[first] - points[second]
        link_vectors *= (graph.lengths / np.maximum(np.hypot(link_vectors[:, 0], link_vectors[:, 1]), 1e-9))[:, None]
        np.add.at(goal, first, pull[:, None] * (points[second] + link_vectors))
        np.add.at(goal, second, pull[:, None] * (points[first] - link_vectors))
        points[:] = goal / total[:, None]
        if iteration > iterations // 3 and iteration % step == 0:
            push_discs(points, radii, neighbours)
    for _ in range(iterations):
        deadline.check()
        if not push_discs(points, radii, neighbours):
            break
    return points


def _readability_cost(points: Points, graph: StressGraph, aspect_ratio: float) -> float:
    """Return how hard a layout is to read: crossing links, links through other discs, and size on the screen."""
    a, b = points[graph.ends[:, 0]], points[graph.ends[:, 1]]
    crossings = 0
    for row in range(len(a) - 1):
        deadline.check()
        p, q, r, s = a[row], b[row], a[row + 1 :], b[row + 1 :]
        is_crossing = (_side_of_line(p, q, r) * _side_of_line(p, q, s) < 0) & (
            _side_of_line(r, s, p) * _side_of_line(r, s, q) < 0
        )
        crossings += int(is_crossing.sum())
    along = b - a
    reach = np.clip(((points[:, None] - a) * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-9), 0, 1)
    gap = points[:, None] - (a + reach[:, :, None] * along)
    is_through = (np.hypot(gap[:, :, 0], gap[:, :, 1]) < graph.radii[:, None] * 0.6) & (reach > 0) & (reach < 1)
    wide, high = np.ptp(points, axis=0)
    area = aspect_ratio * max(float(wide) / aspect_ratio, float(high)) ** 2 / float((4 * graph.radii**2).sum())
    return crossings + 1.5 * int(is_through.sum()) + 6 * area


def _side_of_line(p: Points, q: Points, r: Points) -> Points:
    """Return a value whose sign tells on which side of the line from p to q the point r lies."""
    return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])


def _classical_scaling(distances: Points) -> Points:
    """Return initial positions from the distances to landmarks, by classical (landmark) multidimensional scaling."""
    squares = distances**2
    squares = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    strength, axes = np.linalg.eigh(squares.T @ squares)
    return -0.5 * squares @ axes[:, -1:-3:-1] / np.maximum(strength[-1:-3:-1], 1e-9) ** 0.25


def _align_horizontally(points: Points) -> Points:
    """Rotate points so that their principal axis is horizontal, with a fixed sign so that results are reproducible."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    aligned_points = points @ axes[:, ::-1]
    return aligned_points * np.where((aligned_points**3).sum(axis=0) < 0, -1.0, 1.0)
