"""Compute the layout of a picture: deterministic, and on the server rather than in the browser.

Each connected component is laid out separately. Leaves (nodes with one link) are arranged in a ring around their
neighbour; the discs of these rings are placed by stress minimization. Overlapping labels are then pushed apart, and
components are packed next to each other. The only module that imports `networkx`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import cos, pi, sin
from typing import Any, cast

import networkx
import numpy as np

from .grid import Points, Rows
from .overlaps import Box, pack, separate
from .stress import Net, settle

LANDMARKS = 200
"""Maximum number of nodes for which all pairwise distances are used."""
FEW_LANDMARKS = 64
"""Number of landmarks used instead when there are more nodes."""
SNUG = 0.34
"""Radius of the disc that represents a box, as a share of the box's diagonal."""
CROWD, CROWD_SNUG = 100, 0.5
"""Number of nodes above which discs cover their whole boxes, and that share: there is little room to move labels."""
GAP = 12.0
"""Minimum space between the boxes of two nodes, in pixels."""
ISLAND_GAP = 48.0
"""Minimum space between two components, in pixels."""
RATIO = 1.5
"""Width to height of the finished picture, about that of a screen."""
STRETCH = 1.3
"""Maximum factor by which a component is stretched towards the aspect ratio."""
RING = 8
"""Maximum number of leaves arranged in one ring; more fill a disc."""
GOLDEN = 0.381966
"""Golden angle, as a share of a full turn, between successive leaves in a disc (as in a sunflower)."""
ANGLES = [turn * pi / 18 for turn in range(36)]
"""Candidate rotation angles (radians) of a node's ring of leaves."""


def place(
    boxes: Mapping[str, Box], links: Iterable[tuple[str, str]], *, length: float = 40.0, ratio: float = RATIO
) -> dict[str, tuple[int, int]]:
    """Return the centre of each node's box (width, height: symbol and label), in whole pixels around (0, 0).

    No two boxes overlap; y grows downwards; the order of nodes and links does not matter. `length` is the desired free
    space between two linked boxes, in pixels.
    """
    pairs = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
    found = cast("Iterable[set[str]]", networkx.connected_components(_graph(boxes, pairs)))
    parts = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part[0]))
    placed: list[Points] = []
    extents: list[Box] = []
    for part in parts:
        sizes = np.array([boxes[name] for name in part], dtype=np.float64)
        points = separate(_component(_graph(part, pairs), part, boxes, length, ratio), sizes + GAP)
        points -= (points - sizes / 2).min(axis=0)
        placed.append(points)
        width, height = (points + sizes / 2).max(axis=0)
        extents.append((float(width), float(height)))
    if not placed:
        return {}
    corners = pack(extents, ratio=ratio, gap=ISLAND_GAP)
    spots = np.vstack([points + corner for points, corner in zip(placed, corners, strict=True)])
    names = [name for part in parts for name in part]
    half = np.array([boxes[name] for name in names]) / 2
    spots -= ((spots - half).min(axis=0) + (spots + half).max(axis=0)) / 2
    return {name: (round(float(spot[0])), round(float(spot[1]))) for name, spot in zip(names, spots, strict=True)}


def _graph(names: Iterable[str], pairs: Sequence[tuple[str, str]]) -> Any:
    """Return the induced subgraph of some nodes, with nodes and links in sorted order."""
    # networkx's own subgraphs iterate over a set, whose order changes between Python processes.
    kept = set(names)
    graph: Any = networkx.Graph()  # pyright: ignore[reportUnknownVariableType]
    graph.add_nodes_from(sorted(kept))
    graph.add_edges_from(pair for pair in pairs if pair[0] in kept and pair[1] in kept)
    return graph


def _component(graph: Any, names: Sequence[str], boxes: Mapping[str, Box], length: float, ratio: float) -> Points:
    """Return the positions of one component's nodes, shape (n, 2): its core, and leaves around each core node.

    Labels are wide, so coordinates are scaled by `squeeze` until the end, which makes the mean box square.
    """
    core = [name for name in names if int(graph.degree(name)) > 1] or [names[0]]
    inside = set(core)
    petals = {name: [leaf for leaf in sorted(graph[name]) if leaf not in inside] for name in core}
    usual = np.array([boxes[name] for name in names]).mean(axis=0)
    squeeze = np.array([1.0, float(usual[0] / usual[1])]) ** 0.5
    snug = SNUG if len(names) <= CROWD else CROWD_SNUG
    flowers: dict[str, Points] = {}
    radius: list[float] = []
    for name in core:
        sizes = np.array([boxes[key] for key in (name, *petals[name])])
        flowers[name] = _flower(sizes, squeeze, length) * squeeze
        around = np.vstack([np.zeros((1, 2)), flowers[name]])
        radius.append(float((np.hypot(*around.T) + np.hypot(*(sizes * squeeze).T) * snug).max()))
    points = np.zeros((1, 2))
    if len(core) > 1:
        net = _net(_graph(core, sorted(graph.edges)), core, np.array(radius), length)
        points = settle(net, room=length / 4, ratio=ratio / float(squeeze[1]))
    row = {name: number for number, name in enumerate(core)}
    places: dict[str, Points] = {}
    for name, middle in zip(core, points, strict=True):
        links = points[[row[other] for other in sorted(graph[name]) if other in row]] - middle
        turned = _turn(flowers[name], links) + middle
        places.update(zip((name, *petals[name]), np.vstack([middle, turned]) / squeeze, strict=True))
    found = np.array([places[name] for name in names])
    wide, high = (float(side) + 1 for side in np.ptp(found, axis=0))
    return found * [min(max(ratio * high / wide, 1.0), STRETCH), min(max(wide / high / ratio, 1.0), STRETCH)]


def _flower(sizes: Points, squeeze: Points, length: float) -> Points:
    """Return offsets of leaves from their neighbour (the first box): a ring, or if there are many a sunflower disc."""
    count = len(sizes) - 1
    if not count:
        return np.zeros((0, 2))
    sizes = sizes + GAP
    number = np.arange(count)
    ring = count <= RING
    turn = 2 * pi * (number / count if ring else number * GOLDEN)
    far = np.ones(count) if ring else ((number + 2) / (count + 1)) ** 0.5
    area = float((sizes * squeeze).prod(axis=1).sum())
    reach = max((1.2 * area / pi) ** 0.5, length + float(np.hypot(*(sizes[0] * squeeze))) / 2)
    points = np.column_stack([np.cos(turn + 0.35) * far, np.sin(turn + 0.35) * far]) * reach / squeeze
    points = separate(np.vstack([np.zeros((1, 2)), points]), sizes)
    return points[1:] - points[0]


def _turn(petals: Points, links: Points) -> Points:
    """Rotate leaves around their neighbour so that they do not cover its other links (`links`, vectors)."""
    if not len(links) or not len(petals):
        return petals
    along = links / np.maximum(np.hypot(links[:, 0], links[:, 1]), 1e-9)[:, None]
    turned = np.array([petals @ np.array([[cos(a), sin(a)], [-sin(a), cos(a)]]) for a in ANGLES])
    ahead = turned @ along.T
    beside = np.abs(turned[..., 0:1] * along[:, 1] - turned[..., 1:2] * along[:, 0])
    cost: Points = np.where(ahead > 0, np.exp(-beside / 25), 0.0).sum(axis=(1, 2))
    return turned[int(np.argmin(np.round(cost, 9)))]


def _net(graph: Any, names: Sequence[str], radius: Points, length: float) -> Net:
    """Return the core as input of `minimize_stress`; each landmark is the node farthest from those before."""
    row = {name: number for number, name in enumerate(names)}
    ends: Rows = np.array([(row[a], row[b]) for a, b in sorted(graph.edges)], dtype=np.intp)
    spans = radius[ends].sum(axis=1) + length
    most = len(names) if len(names) <= LANDMARKS else FEW_LANDMARKS
    marks = [max(range(len(names)), key=lambda at: (int(graph.degree(names[at])), -at))]
    far = _far(ends, spans, len(names))
    found = [far(marks[0])]
    nearest = found[0].copy()
    while len(marks) < most:
        nearest[marks] = -1.0
        marks.append(int(nearest.argmax()))
        found.append(far(marks[-1]))
        nearest = np.minimum(nearest, found[-1])
    return Net(ends, spans, radius, np.array(marks), np.array(found).T)


def _far(ends: Rows, spans: Points, count: int) -> Callable[[int], Points]:
    """Return a function that computes all shortest path lengths to one row (Bellman-Ford); every row has a link."""
    start, end = np.concatenate([ends, ends[:, ::-1]]).T
    order = np.argsort(end, kind="stable")
    start, lengths = start[order], np.concatenate([spans, spans])[order]
    heads = np.searchsorted(end[order], np.arange(count))

    def to(mark: int) -> Points:
        far = np.full(count, np.inf)
        far[mark] = 0.0
        while True:
            nearer = np.minimum(far, np.minimum.reduceat(far[start] + lengths, heads))
            if (nearer == far).all():
                return far
            far = nearer

    return to
