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

from ... import deadline
from .grid import Points, Rows
from .overlaps import Box, pack_rectangles, remove_overlaps
from .stress import StressGraph, minimize_stress

MAX_EXACT_NODES = 200
"""Maximum number of nodes for which all pairwise distances are used."""
LANDMARK_COUNT = 64
"""Number of landmarks used instead when there are more nodes."""
DISC_SHARE = 0.34
"""Radius of the disc that represents a box, as a share of the box's diagonal."""
CROWDED_ABOVE, CROWDED_DISC_SHARE = 100, 0.5
"""Number of nodes above which discs cover their whole boxes, and that share: there is little room to move labels."""
NODE_GAP = 12.0
"""Minimum space between the boxes of two nodes, in pixels."""
COMPONENT_GAP = 48.0
"""Minimum space between two components, in pixels."""
ASPECT_RATIO = 1.5
"""Width to height of the finished picture, about that of a screen."""
MAX_STRETCH = 1.3
"""Maximum factor by which a component is stretched towards the aspect ratio."""
MAX_RING_LEAVES = 8
"""Maximum number of leaves arranged in one ring; more fill a disc."""
GOLDEN_TURN = 0.381966
"""Golden angle, as a share of a full turn, between successive leaves in a disc (as in a sunflower)."""
ROTATION_ANGLES = [turn * pi / 18 for turn in range(36)]
"""Candidate rotation angles (radians) of a node's ring of leaves."""


def compute_layout(
    boxes: Mapping[str, Box],
    links: Iterable[tuple[str, str]],
    *,
    length: float = 40.0,
    aspect_ratio: float = ASPECT_RATIO,
) -> dict[str, tuple[int, int]]:
    """Return the centre of each node's box (width, height: symbol and label), in whole pixels around (0, 0).

    No two boxes overlap; y grows downwards; the order of nodes and links does not matter. `length` is the desired free
    space between two linked boxes, in pixels.
    """
    pairs = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
    components = cast("Iterable[set[str]]", networkx.connected_components(_induced_graph(boxes, pairs)))
    parts = sorted((sorted(part) for part in components), key=lambda part: (-len(part), part[0]))
    component_points: list[Points] = []
    extents: list[Box] = []
    for part in parts:
        sizes = np.array([boxes[name] for name in part], dtype=np.float64)
        points = remove_overlaps(
            _layout_component(_induced_graph(part, pairs), part, boxes, length, aspect_ratio), sizes + NODE_GAP
        )
        points -= (points - sizes / 2).min(axis=0)
        component_points.append(points)
        width, height = (points + sizes / 2).max(axis=0)
        extents.append((float(width), float(height)))
    if not component_points:
        return {}
    corners = pack_rectangles(extents, ratio=aspect_ratio, gap=COMPONENT_GAP)
    centres = np.vstack([points + corner for points, corner in zip(component_points, corners, strict=True)])
    names = [name for part in parts for name in part]
    half = np.array([boxes[name] for name in names]) / 2
    centres -= ((centres - half).min(axis=0) + (centres + half).max(axis=0)) / 2
    return {name: (round(float(spot[0])), round(float(spot[1]))) for name, spot in zip(names, centres, strict=True)}


def _induced_graph(names: Iterable[str], pairs: Sequence[tuple[str, str]]) -> Any:
    """Return the induced subgraph of some nodes, with nodes and links in sorted order."""
    # networkx's own subgraphs iterate over a set, whose order changes between Python processes.
    node_names = set(names)
    graph: Any = networkx.Graph()  # pyright: ignore[reportUnknownVariableType]
    graph.add_nodes_from(sorted(node_names))
    graph.add_edges_from(pair for pair in pairs if pair[0] in node_names and pair[1] in node_names)
    return graph


def _layout_component(
    graph: Any, names: Sequence[str], boxes: Mapping[str, Box], length: float, aspect_ratio: float
) -> Points:
    """Return the positions of one component's nodes, shape (n, 2): its core, and leaves around each core node.

    Labels are wide, so coordinates are scaled by `squeeze` until the end, which makes the mean box square.
    """
    core = [name for name in names if int(graph.degree(name)) > 1] or [names[0]]
    core_names = set(core)
    leaves = {name: [leaf for leaf in sorted(graph[name]) if leaf not in core_names] for name in core}
    mean_box = np.array([boxes[name] for name in names]).mean(axis=0)
    squeeze = np.array([1.0, float(mean_box[0] / mean_box[1])]) ** 0.5
    disc_share = DISC_SHARE if len(names) <= CROWDED_ABOVE else CROWDED_DISC_SHARE
    leaf_offsets: dict[str, Points] = {}
    radius: list[float] = []
    for name in core:
        sizes = np.array([boxes[key] for key in (name, *leaves[name])])
        leaf_offsets[name] = _leaf_ring(sizes, squeeze, length) * squeeze
        ring_points = np.vstack([np.zeros((1, 2)), leaf_offsets[name]])
        radius.append(float((np.hypot(*ring_points.T) + np.hypot(*(sizes * squeeze).T) * disc_share).max()))
    points = np.zeros((1, 2))
    if len(core) > 1:
        net = _stress_graph(_induced_graph(core, sorted(graph.edges)), core, np.array(radius), length)
        points = minimize_stress(net, margin=length / 4, aspect_ratio=aspect_ratio / float(squeeze[1]))
    index = {name: number for number, name in enumerate(core)}
    places: dict[str, Points] = {}
    for name, centre in zip(core, points, strict=True):
        links = points[[index[neighbour] for neighbour in sorted(graph[name]) if neighbour in index]] - centre
        leaf_points = _rotate_leaves(leaf_offsets[name], links) + centre
        places.update(zip((name, *leaves[name]), np.vstack([centre, leaf_points]) / squeeze, strict=True))
    result = np.array([places[name] for name in names])
    wide, high = (float(side) + 1 for side in np.ptp(result, axis=0))
    return result * [
        min(max(aspect_ratio * high / wide, 1.0), MAX_STRETCH),
        min(max(wide / high / aspect_ratio, 1.0), MAX_STRETCH),
    ]


def _leaf_ring(sizes: Points, squeeze: Points, length: float) -> Points:
    """Return offsets of leaves from their neighbour (the first box): a ring, or if there are many a sunflower disc."""
    count = len(sizes) - 1
    if not count:
        return np.zeros((0, 2))
    sizes = sizes + NODE_GAP
    number = np.arange(count)
    is_ring = count <= MAX_RING_LEAVES
    angles = 2 * pi * (number / count if is_ring else number * GOLDEN_TURN)
    radii = np.ones(count) if is_ring else ((number + 2) / (count + 1)) ** 0.5
    area = float((sizes * squeeze).prod(axis=1).sum())
    reach = max((1.2 * area / pi) ** 0.5, length + float(np.hypot(*(sizes[0] * squeeze))) / 2)
    points = np.column_stack([np.cos(angles + 0.35) * radii, np.sin(angles + 0.35) * radii]) * reach / squeeze
    points = remove_overlaps(np.vstack([np.zeros((1, 2)), points]), sizes)
    return points[1:] - points[0]


def _rotate_leaves(leaves: Points, links: Points) -> Points:
    """Rotate leaves around their neighbour so that they do not cover its other links (`links`, vectors)."""
    if not len(links) or not len(leaves):
        return leaves
    directions = links / np.maximum(np.hypot(links[:, 0], links[:, 1]), 1e-9)[:, None]
    rotations = [leaves @ np.array([[cos(a), sin(a)], [-sin(a), cos(a)]]) for a in ROTATION_ANGLES]
    costs = [round(_covering_cost(rotated, directions), 9) for rotated in rotations]
    return rotations[costs.index(min(costs))]


def _covering_cost(leaves: Points, directions: Points) -> float:
    """Return how much leaves cover the links in these directions (unit vectors) from their common neighbour."""
    forward = leaves @ directions.T
    sideways = np.abs(leaves[:, 0:1] * directions[:, 1] - leaves[:, 1:2] * directions[:, 0])
    return float(np.where(forward > 0, np.exp(-sideways / 25), 0.0).sum())


def _stress_graph(graph: Any, names: Sequence[str], radius: Points, length: float) -> StressGraph:
    """Return the core as input of `minimize_stress`; each landmark is the node farthest from those before."""
    index = {name: number for number, name in enumerate(names)}
    ends: Rows = np.array([(index[a], index[b]) for a, b in sorted(graph.edges)], dtype=np.intp)
    lengths = radius[ends].sum(axis=1) + length
    landmark_count = len(names) if len(names) <= MAX_EXACT_NODES else LANDMARK_COUNT
    landmarks = [max(range(len(names)), key=lambda row_number: (int(graph.degree(names[row_number])), -row_number))]
    distances_from = _shortest_distances(ends, lengths, len(names))
    distances = [distances_from(landmarks[0])]
    nearest = distances[0].copy()
    while len(landmarks) < landmark_count:
        deadline.check()
        nearest[landmarks] = -1.0
        landmarks.append(int(nearest.argmax()))
        distances.append(distances_from(landmarks[-1]))
        nearest = np.minimum(nearest, distances[-1])
    return StressGraph(ends, lengths, radius, np.array(landmarks), np.array(distances).T)


def _shortest_distances(ends: Rows, link_lengths: Points, count: int) -> Callable[[int], Points]:
    """Return a function that computes all shortest path lengths to one row (Bellman-Ford); every row has a link."""
    start, end = np.concatenate([ends, ends[:, ::-1]]).T
    order = np.argsort(end, kind="stable")
    start, lengths = start[order], np.concatenate([link_lengths, link_lengths])[order]
    group_starts = np.searchsorted(end[order], np.arange(count))

    def distances_from(landmark: int) -> Points:
        distances = np.full(count, np.inf)
        distances[landmark] = 0.0
        while True:
            shorter = np.minimum(distances, np.minimum.reduceat(distances[start] + lengths, group_starts))
            if (shorter == distances).all():
                return distances
            distances = shorter

    return distances_from
