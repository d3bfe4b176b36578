"""Decide how each node and link of a picture looks (position, size, colour, line, label), independent of format."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Protocol

import numpy as np

from .. import deadline
from ..errors import DeclarationError
from ..model.schema import NodeType, Schema, Status, localized_label
from .appearance import STROKES, Stroke, link_color, node_colors
from .labels import MAX_LINES, clean, wrap
from .layout import placement
from .layout.edge_bends import bezier_control, link_bends
from .layout.insertion import place_around
from .layout.overlaps import Box
from .picture import DEFAULT_VIEW, Link, Node, Picture, Position, View, is_hidden

MAX_LABELLED_LINKS = 80
"""Maximum number of links for which links are labelled."""
MAX_UNIFORM_NODES = 60
"""Maximum number of nodes for which all labels have one size; above, hubs are drawn larger."""
FONT_SIZE = 14
THIN_LINES_ABOVE = 500
"""Number of nodes above which links are drawn thinner."""
MAX_HUBS = 24
MIN_WIDTH = 1.4
"""Usual width of a link, in pixels, in a picture that fits on a screen."""
SCREEN_SIZE = (960, 580)
"""Width and height, in pixels, that a whole picture has on a usual screen."""
SHAPE_SCALE: Mapping[str, float] = {
    "star": 1.35,
    "triangle": 1.12,
    "triangleDown": 1.12,
    "diamond": 1.2,
    "hexagon": 1.08,
}
"""Scale factors for shapes that look smaller than a square or dot of the same size."""
LINK_FONT_SIZE = 11
LABEL_POSITIONS = tuple(0.5 + step * side / 100 for step in range(0, 37, 3) for side in (1, -1))
MAX_LABEL_OVERLAP = 0.1
"""Maximum share of a link label that may be covered; above it, only tooltip and table show the predicate."""
UNCERTAIN_MARK = "?"
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node as drawn: symbol centred on (x, y), label lines below; sizes in pixels, `size` is the symbol's radius.

    `badge` is the sign of its status beside the symbol, empty for what exists.
    """

    spec: Node
    kind: NodeType
    name: str
    x: int
    y: int
    size: int
    font_size: int
    lines: tuple[str, ...]
    fill: str
    border: str
    ink: str
    badge: str


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A link as drawn; `bend` is its curvature (0: straight), `label_position` the share of its length (0 to 1)."""

    spec: Link
    source: DrawnNode
    target: DrawnNode
    bend: float
    width: float
    arrow: bool
    color: str
    stroke: Stroke
    predicate_label: str
    label: str
    label_position: float = 0.5

    def point(self, position: float) -> tuple[float, float]:
        """Return the point at `position` (0 to 1) of the curve between both centres; for a self-link, one above it."""
        if self.source is self.target:
            return self.source.x + 2.0 * self.source.size, self.source.y - 2.0 * self.source.size
        a, b = (self.source.x, self.source.y), (self.target.x, self.target.y)
        control_point = bezier_control(a, b, self.bend)
        weight_a, weight_control, weight_b = (1 - position) ** 2, 2 * position * (1 - position), position**2
        return weight_a * a[0] + weight_control * control_point[0] + weight_b * b[0], weight_a * a[
            1
        ] + weight_control * control_point[1] + weight_b * b[1]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture ready to render; `kinds` and `statuses` are those present with their counts, for the legend.

    `marks` are pairs of letters on symbols and what they stand for; `has_context` says whether a link is only suggested
    by the context. `extent` is (left, top, right, bottom) in pixels.
    """

    picture: Picture
    title: str
    nodes: tuple[DrawnNode, ...]
    links: tuple[DrawnLink, ...]
    kinds: tuple[tuple[NodeType, int], ...]
    statuses: tuple[tuple[Status, int], ...]
    extent: Rectangle
    marks: tuple[tuple[str, str], ...] = ()
    has_context: bool = False


class LayoutFunction(Protocol):
    """A function that computes a layout: `placement.compute_layout`, or a cached version of it."""

    def __call__(
        self, boxes: Mapping[str, Box], links: Iterable[tuple[str, str]], *, length: float
    ) -> dict[str, Position]:
        """Return the centre of each box (width, height), in pixels; `length` is the free space along a link."""
        ...


def build_scene(
    picture: Picture,
    schema: Schema,
    language: str,
    view: View = DEFAULT_VIEW,
    layout: LayoutFunction = placement.compute_layout,
) -> Scene:
    """Return the scene of a picture in a view; the same picture and view give the same scene.

    The scene includes what the view hides (see `without_hidden`), so that hiding moves nothing else.
    """
    nodes = _place_nodes(picture, schema, view, layout)
    extent = _extent(nodes.values())
    scale = min(1.0, SCREEN_SIZE[0] / max(extent[2] - extent[0], 1), SCREEN_SIZE[1] / max(extent[3] - extent[1], 1))
    positions, sizes = {key: (spot.x, spot.y) for key, spot in nodes.items()}, {key: s.size for key, s in nodes.items()}
    bend_of_link = link_bends(positions, sizes, [(link.source, link.target) for link in picture.links])
    links = _place_labels(
        list(_draw_links(picture, schema, nodes, bend_of_link, scale, language)),
        nodes.values(),
        schema.statuses_in("uncertain"),
    )
    kinds = Counter(node.type for node in picture.nodes if not picture.kinds)
    statuses = Counter(item.status for item in (*picture.nodes, *picture.links) if item.status)
    return Scene(
        picture,
        clean(picture.title),
        tuple(nodes.values()),
        links,
        tuple((kind, kinds[key]) for key, kind in schema.nodes.items() if key in kinds),
        tuple((term, statuses[key]) for key, term in schema.statuses.items() if key in statuses),
        extent,
        _marks(picture.nodes),
        not all(link.firm for link in picture.links),
    )


def without_hidden(scene: Scene, hidden_keys: Collection[str]) -> Scene:
    """Return a scene without hidden node types and statuses; everything else keeps its position."""
    nodes = tuple(node for node in scene.nodes if not is_hidden(hidden_keys, node.kind.key, node.spec.status))
    visible_ids = {node.spec.id for node in nodes}
    links = tuple(
        link
        for link in scene.links
        if {link.spec.source, link.spec.target} <= visible_ids and not is_hidden(hidden_keys, link.spec.status)
    )
    kinds = tuple((kind, count) for kind, count in scene.kinds if kind.key not in hidden_keys)
    statuses = tuple((term, count) for term, count in scene.statuses if term.key not in hidden_keys)
    marks, has_context = _marks(node.spec for node in nodes), not all(link.spec.firm for link in links)
    return replace(
        scene, nodes=nodes, links=links, kinds=kinds, statuses=statuses, marks=marks, has_context=has_context
    )


def _marks(nodes: Iterable[Node]) -> tuple[tuple[str, str], ...]:
    """Return the marks of nodes with the kinds that they stand for, sorted by mark."""
    return tuple(sorted({(node.mark, node.kind) for node in nodes if node.mark}))


def _place_nodes(picture: Picture, schema: Schema, view: View, layout: LayoutFunction) -> dict[str, DrawnNode]:
    """Return all nodes with positions: first the layout without expansions, then the nodes that expansions added."""
    added_ids = {name for expansion in picture.expansions for name in expansion.added_nodes}
    initial_nodes = [node for node in picture.nodes if node.id not in added_ids]
    pairs = [(link.source, link.target) for link in picture.links]
    initial_pairs = [pair for pair in pairs if added_ids.isdisjoint(pair)]
    degree = Counter(end for pair in initial_pairs for end in set(pair))
    is_small = len(initial_nodes) <= MAX_UNIFORM_NODES
    drafts, boxes = _unplaced_nodes(picture, schema, {}, is_small)
    hub_scales = {} if is_small else _hub_scales([node.id for node in initial_nodes], degree, boxes)
    if hub_scales:
        drafts, boxes = _unplaced_nodes(picture, schema, hub_scales, is_small)
    length = 44.0 if len(initial_pairs) <= MAX_LABELLED_LINKS else 30.0
    centres = layout({node.id: boxes[node.id] for node in initial_nodes}, initial_pairs, length=length)
    _place_expansions(picture, centres, boxes, pairs)
    positions = {
        key: (centres[key][0], round(centres[key][1] - boxes[key][1] / 2 + spot.size + 4))
        for key, spot in drafts.items()
    }
    positions = _apply_moves(picture, positions, view.moved_nodes)
    return {key: replace(spot, x=positions[key][0], y=positions[key][1]) for key, spot in drafts.items()}


def _place_expansions(
    picture: Picture, centres: dict[str, Position], boxes: Mapping[str, Box], pairs: Sequence[tuple[str, str]]
) -> None:
    """Add to `centres` the positions of the nodes of each expansion in turn; nodes placed before do not move."""
    for expansion in picture.expansions:
        names = list(centres)
        index = {name: number for number, name in enumerate(names)}
        new = {name: number for number, name in enumerate(expansion.added_nodes)}
        linked_rows: list[list[int]] = [[] for _ in new]
        for source, target in (*pairs, *((b, a) for a, b in pairs)):
            if source in new and target in index and target != expansion.node:
                linked_rows[new[source]].append(index[target])
        new_centres = place_around(
            np.array([centres[name] for name in names], dtype=np.float64),
            np.array([boxes[name] for name in names]),
            index[expansion.node],
            np.array([boxes[name] for name in new]),
            linked_rows,
            gap=placement.NODE_GAP,
        )
        centres.update(
            (name, (round(float(x)), round(float(y)))) for name, (x, y) in zip(new, new_centres, strict=True)
        )


def _apply_moves(
    picture: Picture, positions: Mapping[str, Position], moved_nodes: Mapping[str, Position]
) -> dict[str, Position]:
    """Return the positions after moves by hand; nodes that an expansion added follow the expanded node."""
    expanded_from = {name: expansion.node for expansion in picture.expansions for name in expansion.added_nodes}

    def position_of(name: str) -> Position:
        if name in moved_nodes:
            return moved_nodes[name]
        x, y = positions[name]
        if name not in expanded_from:
            return x, y
        old, new = positions[expanded_from[name]], position_of(expanded_from[name])
        return x + new[0] - old[0], y + new[1] - old[1]

    return {name: position_of(name) for name in positions}


def _unplaced_nodes(
    picture: Picture, schema: Schema, hub_scales: Mapping[str, float], is_small: bool
) -> tuple[dict[str, DrawnNode], dict[str, Box]]:
    """Return the nodes before layout (at 0, 0), and the box (width, height) of each."""
    drafts: dict[str, DrawnNode] = {}
    boxes: dict[str, Box] = {}
    kinds = {**schema.nodes, **picture.kinds}
    for node in picture.nodes:
        if node.type not in kinds:
            raise DeclarationError(f"{node.id}: {node.type!r} is no node type of the schema")
        kind, term = kinds[node.type], schema.statuses.get(node.status or "")
        scale, is_centre = hub_scales.get(node.id, 1.0), node.id == picture.centre
        size = round(
            (7 + 3 * min(max(node.weight, 0), 9) ** 0.5 + 4 * is_centre)
            * SHAPE_SCALE.get(kind.shape, 1.0)
            * (0.2 + 0.8 * scale)
        )
        font = round((FONT_SIZE + 3 * is_centre) * scale)
        name = clean(node.label) or node.id
        lines = wrap(name, max_lines=MAX_LINES if is_small else 2)
        fill, border, ink = node_colors(kind.color, term)
        badge = term.symbol if term and not term.exists else ""
        drafts[node.id] = DrawnNode(node, kind, name, 0, 0, size, font, lines, fill, border, ink, badge)
        width = max(2 * size + 8, max(len(line) for line in lines) * font * 0.57 + 4)
        boxes[node.id] = (width, 2 * size + len(lines) * font * 1.2 + 8)
    return drafts, boxes


def _hub_scales(names: Sequence[str], degree: Mapping[str, int], boxes: Mapping[str, Box]) -> dict[str, float]:
    """Return scale factors for the best connected nodes of a big picture, so that they are legible when zoomed out."""
    ranked = sorted((name for name in names if degree[name] > 4), key=lambda key: (-degree[key], key))
    area = sum((boxes[name][0] + placement.NODE_GAP) * (boxes[name][1] + placement.NODE_GAP) for name in names)
    scale = (SCREEN_SIZE[0] * SCREEN_SIZE[1] * 0.17 / area) ** 0.5
    return dict.fromkeys(ranked[:MAX_HUBS], min(max(1.0, 13 / FONT_SIZE / scale), 6.0))


def _extent(nodes: Collection[DrawnNode]) -> Rectangle:
    """Return left, top, right and bottom of all nodes with their labels."""
    boxes = [_bounding_box(node) for node in nodes] or [(0.0, 0.0, 0.0, 0.0)]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _draw_links(
    picture: Picture,
    schema: Schema,
    nodes: Mapping[str, DrawnNode],
    bends: Sequence[float],
    scale: float,
    language: str,
) -> Iterator[DrawnLink]:
    has_labels = len(picture.links) <= MAX_LABELLED_LINKS and not picture.relations
    relations = {**schema.edges, **picture.relations}
    width = round(max(MIN_WIDTH, (0.8 if len(picture.nodes) <= THIN_LINES_ABOVE else 0.35) / scale), 1)
    for link, bend in zip(picture.links, bends, strict=True):
        if link.predicate not in relations:
            raise DeclarationError(f"{link.id}: {link.predicate!r} is no edge type of the schema")
        edge, term = relations[link.predicate], schema.statuses.get(link.status or "")
        relation = localized_label(edge, language)
        yield DrawnLink(
            link,
            nodes[link.source],
            nodes[link.target],
            bend,
            width,
            not edge.symmetric,
            link_color(term, link.firm),
            (STROKES[term.line] if term else Stroke()).scale_dashes(width / MIN_WIDTH),
            relation,
            relation + (f" {UNCERTAIN_MARK}" if term and term.is_uncertain else "") if has_labels else "",
        )


def _place_labels(
    links: Sequence[DrawnLink], nodes: Collection[DrawnNode], uncertain_statuses: Collection[str]
) -> tuple[DrawnLink, ...]:
    """Move each link label to where it covers no other label, or leave it out.

    Labels of uncertain links come first; if one does not fit, its mark alone is written. Then come those of links that
    share both ends with another, then short links.
    """
    occupied_boxes = [box for node in nodes for box in (_bounding_box(node), _symbol_box(node))]
    labelled_links = list(links)
    is_uncertain = [link.spec.status in uncertain_statuses for link in links]
    ends = [frozenset((link.spec.source, link.spec.target)) for link in links]
    link_counts = Counter(ends)

    def priority(row: int) -> tuple[bool, bool, float, int]:
        return not is_uncertain[row], link_counts[ends[row]] == 1, _link_length(links[row]), row

    for row in sorted(range(len(links)), key=priority):
        deadline.check()
        fallback = UNCERTAIN_MARK if is_uncertain[row] else ""
        for text in (links[row].label, fallback) if links[row].label else ():
            covered, share, box = _least_covered(links[row], text, occupied_boxes)
            if text == fallback or covered <= MAX_LABEL_OVERLAP:
                occupied_boxes += [box] if text else []
                labelled_links[row] = replace(links[row], label=text, label_position=share)
                break
    return tuple(labelled_links)


def _least_covered(link: DrawnLink, text: str, occupied_boxes: Sequence[Rectangle]) -> tuple[float, float, Rectangle]:
    """Return the label position with the least overlap: (share covered, position along the link, box of the label)."""
    half = len(text) * LINK_FONT_SIZE * 0.29 + 3, LINK_FONT_SIZE * 0.7
    candidates: list[tuple[float, float, Rectangle]] = []
    for position in LABEL_POSITIONS:
        x, y = link.point(position)
        box = x - half[0], y - half[1], x + half[0], y + half[1]
        candidates.append(
            (sum(_overlap_area(box, obstacle) for obstacle in occupied_boxes) / (4 * half[0] * half[1]), position, box)
        )
    return min(candidates, key=lambda candidate: candidate[0])


def _link_length(link: DrawnLink) -> float:
    return hypot(link.target.x - link.source.x, link.target.y - link.source.y)


def _bounding_box(node: DrawnNode) -> Rectangle:
    half = max(node.size + 4, max(map(len, node.lines)) * node.font_size * 0.29)
    below = node.size + len(node.lines) * node.font_size * 1.2 + 8
    return node.x - half, node.y - node.size - 4, node.x + half, node.y + below


def _symbol_box(node: DrawnNode) -> Rectangle:
    return node.x - node.size, node.y - node.size, node.x + node.size, node.y + node.size


def _overlap_area(a: Rectangle, b: Rectangle) -> float:
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0
