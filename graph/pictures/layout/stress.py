"""Stress layout of linked discs: distances in the plane approximate distances along links, without overlaps.

Minimizes the stress of Kamada and Kawai by majorization (SMACOF) against landmarks. Overlapping discs are pushed apart
in every iteration, so that removing overlaps afterwards does not distort the layout.
"""

from dataclasses import dataclass

import numpy as np

from .grid import Near, Points, Rows
from .overlaps import push_discs

TURNS = 120
NEARNESS = 0.45
"""Exponent that shortens long distances, so that a chain of nodes does not stretch the whole picture."""
SEED = 57
TRIES = 12
"""Maximum number of random starts in a small picture; the result that is easiest to read is kept."""
FEW = 300
"""Maximum number of discs for which overlaps are removed in every iteration; above, in every third."""


@dataclass(frozen=True, slots=True)
class Net:
    """Input of the stress layout: n discs, m links, k landmarks.

    `ends`: rows of linked discs, shape (m, 2). `lengths`: ideal link lengths, (m,). `radii`: (n,). `landmarks`: rows,
    (k,). `distances`: shortest path lengths to each landmark, (n, k). All lengths are in pixels.
    """

    ends: Rows
    spans: Points
    radius: Points
    marks: Rows
    far: Points


def settle(net: Net, *, room: float, ratio: float) -> Points:
    """Return the centres of discs, shape (n, 2), with `margin` pixels around each, for a screen of `aspect_ratio`."""
    count = len(net.radius)
    near = 1.3 * float(net.spans.max())
    far = np.where(net.far > near, near * (net.far / near) ** NEARNESS, net.far)
    random = np.random.default_rng(SEED)
    start = _outline(far)
    attempts = max(1, min(TRIES, 12_000 // count**2))
    best, least = start, float("inf")
    for attempt in range(attempts):
        shake = random.uniform(-1, 1, start.shape) * float(far.max()) * (0.02 if attempt == 0 else 0.35)
        points = _level(_lessen(start + shake, net, far, net.radius + room))
        cost = _cost(points, net, ratio) if attempts > 1 else 0.0
        if cost < least - 1e-9:
            best, least = points, cost
    return best


def _lessen(start: Points, net: Net, far: Points, radius: Points) -> Points:
    points = start.copy()
    count, (first, second) = len(points), net.ends.T
    share = np.bincount(far.argmin(axis=1), minlength=len(net.marks))
    weight = share / np.where(far > 0, far, np.inf) ** 2
    pull = 1 / net.spans**2
    total = weight.sum(axis=1)
    np.add.at(total, first, pull)
    np.add.at(total, second, pull)
    near = Near(points, np.repeat(radius[:, None], 2, axis=1))
    turns, step = (TURNS, 1) if count <= FEW else (TURNS // 2, 3)
    for turn in range(turns):
        away = points[:, None, :] - points[net.marks]
        ease = far / np.maximum(np.hypot(away[:, :, 0], away[:, :, 1]), 1e-9)
        goal = np.einsum("nm,nmd->nd", weight, points[net.marks] + ease[:, :, None] * away)
        along = points[first] - points[second]
        along *= (net.spans / np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9))[:, None]
        np.add.at(goal, first, pull[:, None] * (points[second] + along))
        np.add.at(goal, second, pull[:, None] * (points[first] - along))
        points[:] = goal / total[:, None]
        if turn > turns // 3 and turn % step == 0:
            push_discs(points, radius, near)
    for _ in range(turns):
        if not push_discs(points, radius, near):
            break
    return points


def _cost(points: Points, net: Net, ratio: float) -> float:
    """Return how hard a layout is to read: crossing links, links through other discs, and size on the screen."""
    a, b = points[net.ends[:, 0]], points[net.ends[:, 1]]
    crossings = 0
    for row in range(len(a) - 1):
        p, q, r, s = a[row], b[row], a[row + 1 :], b[row + 1 :]
        apart = (_side(p, q, r) * _side(p, q, s) < 0) & (_side(r, s, p) * _side(r, s, q) < 0)
        crossings += int(apart.sum())
    along = b - a
    reach = np.clip(((points[:, None] - a) * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-9), 0, 1)
    gap = points[:, None] - (a + reach[:, :, None] * along)
    through = (np.hypot(gap[:, :, 0], gap[:, :, 1]) < net.radius[:, None] * 0.6) & (reach > 0) & (reach < 1)
    wide, high = np.ptp(points, axis=0)
    area = ratio * max(float(wide) / ratio, float(high)) ** 2 / float((4 * net.radius**2).sum())
    return crossings + 1.5 * int(through.sum()) + 6 * area


def _side(p: Points, q: Points, r: Points) -> Points:
    """Return a value whose sign tells on which side of the line from p to q the point r lies."""
    return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])


def _outline(far: Points) -> Points:
    """Return initial positions from the distances to landmarks, by classical (landmark) multidimensional scaling."""
    squares = far**2
    squares = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    strength, axes = np.linalg.eigh(squares.T @ squares)
    return -0.5 * squares @ axes[:, -1:-3:-1] / np.maximum(strength[-1:-3:-1], 1e-9) ** 0.25


def _level(points: Points) -> Points:
    """Rotate points so that their principal axis is horizontal, with a fixed sign so that results are reproducible."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    turned = points @ axes[:, ::-1]
    return turned * np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0)
