"""Where the nodes of a picture stand: computed here and not in the browser, the same each time.

Each connected component is laid out by itself: nodes with one link stand around their neighbour like petals, and the
flowers so made by the distances between them along the links. Labels that still overlap are pushed apart, and
components are packed side by side. The only module that imports `networkx`.
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
"""Nodes up to which every distance between two of them counts."""
FEW_LANDMARKS = 64
"""Nodes to which all others' distances are kept where there are more."""
SNUG = 0.34
"""Radius of the disc that stands for a box, as a share of the box's diagonal."""
CROWD, CROWD_SNUG = 100, 0.5
"""Nodes above which discs stand for all of their boxes, for there is little room to move labels apart afterwards."""
GAP = 12.0
"""Free space kept between the boxes of two nodes, in pixels."""
ISLAND_GAP = 48.0
"""Free space kept between two components, in pixels."""
RATIO = 1.5
"""Width to height of the finished picture, about a screen's."""
STRETCH = 1.3
"""How much a component may be drawn out towards a screen's shape."""
RING = 8
"""Petals up to which they stand in one ring."""
GOLDEN = 0.381966
"""Share of a full turn between one petal of a sunflower and the next."""
ANGLES = [turn * pi / 18 for turn in range(36)]
"""Ways to turn a flower."""


def place(
    boxes: Mapping[str, Box], links: Iterable[tuple[str, str]], *, length: float = 40.0, ratio: float = RATIO
) -> dict[str, tuple[int, int]]:
    """Return the centre of each node's box (width, height: symbol and label), in whole pixels around (0, 0).

    No two boxes overlap; y grows downwards; the order of nodes and links does not matter. `length` is what should be
    free between two linked boxes where nothing is in the way.
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
    """Return the part of the graph between some nodes, its nodes and links in their sorted order."""
    # networkx's own subgraphs walk through a set: their order would change from one start of Python to the next.
    kept = set(names)
    graph: Any = networkx.Graph()  # pyright: ignore[reportUnknownVariableType]
    graph.add_nodes_from(sorted(kept))
    graph.add_edges_from(pair for pair in pairs if pair[0] in kept and pair[1] in kept)
    return graph


def _component(graph: Any, names: Sequence[str], boxes: Mapping[str, Box], length: float, ratio: float) -> Points:
    """Return the places of one component's nodes: its core first, then petals around each node of the core.

    Labels are wide: until the end heights are multiplied (`squeeze`), so that a usual box is as high as wide.
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
    """Return places around the first box for those whose only link goes there: a ring, or a disc like a sunflower's."""
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
    """Turn a flower so that its petals stand beside the links that leave its heart, not on them."""
    if not len(links) or not len(petals):
        return petals
    along = links / np.maximum(np.hypot(links[:, 0], links[:, 1]), 1e-9)[:, None]
    turned = np.array([petals @ np.array([[cos(a), sin(a)], [-sin(a), cos(a)]]) for a in ANGLES])
    ahead = turned @ along.T
    beside = np.abs(turned[..., 0:1] * along[:, 1] - turned[..., 1:2] * along[:, 0])
    cost: Points = np.where(ahead > 0, np.exp(-beside / 25), 0.0).sum(axis=(1, 2))
    return turned[int(np.argmin(np.round(cost, 9)))]


def _net(graph: Any, names: Sequence[str], radius: Points, length: float) -> Net:
    """Return the core as `settle` takes it: landmarks, each far from those before, and the distances to them."""
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
    """Return what finds the distances of all rows to one, along links; every row has a link."""
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
