"""Decide how each node and link of a picture looks (position, size, colour, line, label), independent of format."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Protocol

import numpy as np

from ..errors import DeclarationError
from ..model.schema import ALWAYS, NodeType, Schema, Term, word
from .labels import LINES, clean, wrap
from .layout import placement
from .layout.edge_bends import bends, control
from .layout.insertion import beside
from .layout.overlaps import Box
from .picture import SEEN, Link, Node, Picture, Place, View, hides

WORDED_LINKS = 80
"""Maximum number of links for which links are labelled."""
SMALL = 60
"""Maximum number of nodes for which all labels have one size; above, hubs are drawn larger."""
FONT = 14
CROWDED = 500
"""Number of nodes above which links are drawn thinner."""
HUBS = 24
SCREEN = (960, 580)
"""Width and height, in pixels, that a whole picture has on a usual screen."""
ROOMY: Mapping[str, float] = {"star": 1.35, "triangle": 1.12, "triangleDown": 1.12, "diamond": 1.2, "hexagon": 1.08}
"""Scale factors for shapes that look smaller than a square or dot of the same size."""
WORD_FONT = 11
WORD_PLACES = tuple(0.5 + step * side / 100 for step in range(0, 37, 3) for side in (1, -1))
COVERED = 0.1
"""Maximum share of a link label that may be covered; above it, only tooltip and table show the predicate."""
DOUBT = "?"
PAST = "past"
DASHES: Mapping[str, tuple[int, ...]] = {"solid": (), "dashed": (9, 6), "dotted": (2, 5)}
INK, PALE_INK, LINE, PALE_LINE, PAPER = "#1b1b1f", "#6d6d76", "#6b7280", "#c3c6cc", "#ffffff"
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A node as drawn: symbol centred on (x, y), label lines below; sizes in pixels, `size` is the symbol's radius."""

    node: Node
    kind: NodeType
    name: str
    x: int
    y: int
    size: int
    font: int
    lines: tuple[str, ...]
    fill: str
    border: str
    ink: str
    dashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A link as drawn; `bend` is its curvature (0: straight), `label_position` the share of its length (0 to 1)."""

    link: Link
    start: Spot
    end: Spot
    bend: float
    width: float
    arrow: bool
    color: str
    dashes: tuple[int, ...]
    relation: str
    word: str
    at: float = 0.5

    def point(self, share: float) -> tuple[float, float]:
        """Return the point at `position` (0 to 1) of the curve between both centres; for a self-link, one above it."""
        if self.start is self.end:
            return self.start.x + 2.0 * self.start.size, self.start.y - 2.0 * self.start.size
        a, b = (self.start.x, self.start.y), (self.end.x, self.end.y)
        via = control(a, b, self.bend)
        first, second, third = (1 - share) ** 2, 2 * share * (1 - share), share**2
        return first * a[0] + second * via[0] + third * b[0], first * a[1] + second * via[1] + third * b[1]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture ready to render; `kinds` and `statuses` are those present with their counts, for the legend.

    `extent` is (left, top, right, bottom) in pixels.
    """

    picture: Picture
    title: str
    spots: tuple[Spot, ...]
    strokes: tuple[Stroke, ...]
    kinds: tuple[tuple[NodeType, int], ...]
    statuses: tuple[tuple[Term, int], ...]
    extent: Rectangle


def mix(color: str, other: str, share: float) -> str:
    """Return `color` blended with a share (0 to 1) of `added_color`; all are `#rrggbb`.

    >>> mix_colors("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Placing(Protocol):
    """A function that computes a layout: `placement.compute_layout`, or a cached version of it."""

    def __call__(
        self, boxes: Mapping[str, Box], links: Iterable[tuple[str, str]], *, length: float
    ) -> dict[str, Place]:
        """Return the centre of each box (width, height), in pixels; `length` is the free space along a link."""
        ...


def scene(
    picture: Picture, schema: Schema, language: str, view: View = SEEN, place: Placing = placement.place
) -> Scene:
    """Return the scene of a picture in a view; the same picture and view give the same scene.

    The scene includes what the view hides (see `without_hidden`), so that hiding moves nothing else.
    """
    spots = _spots(picture, schema, view, place)
    extent = _extent(spots.values())
    scale = min(1.0, SCREEN[0] / max(extent[2] - extent[0], 1), SCREEN[1] / max(extent[3] - extent[1], 1))
    places, sizes = {key: (spot.x, spot.y) for key, spot in spots.items()}, {key: s.size for key, s in spots.items()}
    curves = bends(places, sizes, [(link.source, link.target) for link in picture.links])
    strokes = _worded(list(_strokes(picture, schema, spots, curves, scale, language)), spots.values())
    kinds = Counter(node.type for node in picture.nodes if not picture.kinds)
    statuses = Counter(thing.status for thing in (*picture.nodes, *picture.links) if thing.status)
    return Scene(
        picture,
        clean(picture.title),
        tuple(spots.values()),
        strokes,
        tuple((kind, kinds[key]) for key, kind in schema.nodes.items() if key in kinds),
        tuple((term, statuses[key]) for key, term in schema.statuses.items() if key in statuses),
        extent,
    )


def without(drawn: Scene, hidden: Collection[str]) -> Scene:
    """Return a scene without hidden node types and statuses; everything else keeps its position."""
    spots = tuple(spot for spot in drawn.spots if not hides(hidden, spot.kind.key, spot.node.status))
    there = {spot.node.id for spot in spots}
    strokes = tuple(
        stroke
        for stroke in drawn.strokes
        if {stroke.link.source, stroke.link.target} <= there and not hides(hidden, stroke.link.status)
    )
    kinds = tuple((kind, count) for kind, count in drawn.kinds if kind.key not in hidden)
    statuses = tuple((term, count) for term, count in drawn.statuses if term.key not in hidden)
    return replace(drawn, spots=spots, strokes=strokes, kinds=kinds, statuses=statuses)


def _spots(picture: Picture, schema: Schema, view: View, place: Placing) -> dict[str, Spot]:
    """Return all nodes with positions: first the layout without expansions, then the nodes that expansions added."""
    late = {name for expansion in picture.expansions for name in expansion.brought}
    first = [node for node in picture.nodes if node.id not in late]
    pairs = [(link.source, link.target) for link in picture.links]
    early = [pair for pair in pairs if late.isdisjoint(pair)]
    degree = Counter(end for pair in early for end in set(pair))
    small = len(first) <= SMALL
    drafts, boxes = _drafts(picture, schema, {}, small)
    grown = {} if small else _hubs([node.id for node in first], degree, boxes)
    if grown:
        drafts, boxes = _drafts(picture, schema, grown, small)
    length = 44.0 if len(early) <= WORDED_LINKS else 30.0
    middles = place({node.id: boxes[node.id] for node in first}, early, length=length)
    _expand(picture, middles, boxes, pairs)
    places = {
        key: (middles[key][0], round(middles[key][1] - boxes[key][1] / 2 + spot.size + 4))
        for key, spot in drafts.items()
    }
    places = _moved(picture, places, view.moved)
    return {key: replace(spot, x=places[key][0], y=places[key][1]) for key, spot in drafts.items()}


def _expand(
    picture: Picture, middles: dict[str, Place], boxes: Mapping[str, Box], pairs: Sequence[tuple[str, str]]
) -> None:
    """Add to `centres` the positions of the nodes of each expansion in turn; nodes placed before do not move."""
    for expansion in picture.expansions:
        names = list(middles)
        row = {name: number for number, name in enumerate(names)}
        new = {name: number for number, name in enumerate(expansion.brought)}
        ties: list[list[int]] = [[] for _ in new]
        for one, other in (*pairs, *((b, a) for a, b in pairs)):
            if one in new and other in row and other != expansion.node:
                ties[new[one]].append(row[other])
        found = beside(
            np.array([middles[name] for name in names], dtype=np.float64),
            np.array([boxes[name] for name in names]),
            row[expansion.node],
            np.array([boxes[name] for name in new]),
            ties,
            gap=placement.GAP,
        )
        middles.update((name, (round(float(x)), round(float(y)))) for name, (x, y) in zip(new, found, strict=True))


def _moved(picture: Picture, places: Mapping[str, Place], moved: Mapping[str, Place]) -> dict[str, Place]:
    """Return the positions after moves by hand; nodes that an expansion added follow the expanded node."""
    came = {name: expansion.node for expansion in picture.expansions for name in expansion.brought}

    def now(name: str) -> Place:
        if name in moved:
            return moved[name]
        x, y = places[name]
        if name not in came:
            return x, y
        old, new = places[came[name]], now(came[name])
        return x + new[0] - old[0], y + new[1] - old[1]

    return {name: now(name) for name in places}


def _drafts(
    picture: Picture, schema: Schema, grown: Mapping[str, float], small: bool
) -> tuple[dict[str, Spot], dict[str, Box]]:
    """Return the nodes before layout (at 0, 0), and the box (width, height) of each."""
    drafts: dict[str, Spot] = {}
    boxes: dict[str, Box] = {}
    kinds = {**schema.nodes, **picture.kinds}
    for node in picture.nodes:
        if node.type not in kinds:
            raise DeclarationError(f"{node.id}: {node.type!r} is no node type of the schema")
        kind, term = kinds[node.type], schema.statuses.get(node.status or "")
        larger, centre = grown.get(node.id, 1.0), node.id == picture.centre
        size = round(
            (7 + 3 * min(max(node.weight, 0), 9) ** 0.5 + 4 * centre)
            * ROOMY.get(kind.shape, 1.0)
            * (0.2 + 0.8 * larger)
        )
        font = round((FONT + 3 * centre) * larger)
        name = clean(node.label) or node.id
        lines = wrap(name, lines=LINES if small else 2)
        fill, border, ink = _colours(kind.color, term)
        dashes = DASHES[term.line] if term else ()
        drafts[node.id] = Spot(node, kind, name, 0, 0, size, font, lines, fill, border, ink, dashes)
        width = max(2 * size + 8, max(len(line) for line in lines) * font * 0.57 + 4)
        boxes[node.id] = (width, 2 * size + len(lines) * font * 1.2 + 8)
    return drafts, boxes


def _hubs(names: Sequence[str], degree: Mapping[str, int], boxes: Mapping[str, Box]) -> dict[str, float]:
    """Return scale factors for the best connected nodes of a big picture, so that they are legible when zoomed out."""
    ranked = sorted((name for name in names if degree[name] > 4), key=lambda key: (-degree[key], key))
    area = sum((boxes[name][0] + placement.GAP) * (boxes[name][1] + placement.GAP) for name in names)
    scale = (SCREEN[0] * SCREEN[1] * 0.17 / area) ** 0.5
    return dict.fromkeys(ranked[:HUBS], min(max(1.0, 13 / FONT / scale), 6.0))


def _extent(spots: Collection[Spot]) -> Rectangle:
    """Return left, top, right and bottom of all nodes with their labels."""
    rooms = [_room(spot) for spot in spots] or [(0.0, 0.0, 0.0, 0.0)]
    left, top, right, bottom = zip(*rooms, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _strokes(
    picture: Picture, schema: Schema, spots: Mapping[str, Spot], bends: Sequence[float], scale: float, language: str
) -> Iterator[Stroke]:
    worded = len(picture.links) <= WORDED_LINKS and not picture.relations
    relations = {**schema.edges, **picture.relations}
    for link, bend in zip(picture.links, bends, strict=True):
        if link.predicate not in relations:
            raise DeclarationError(f"{link.id}: {link.predicate!r} is no edge type of the schema")
        edge, term = relations[link.predicate], schema.statuses.get(link.status or "")
        relation = word(edge, language)
        yield Stroke(
            link,
            spots[link.source],
            spots[link.target],
            bend,
            round(max(1.4, (0.8 if len(picture.nodes) <= CROWDED else 0.35) / scale), 1),
            not edge.symmetric,
            PALE_LINE if link.status == PAST else LINE,
            DASHES[term.line] if term else (),
            relation,
            relation + (f" {DOUBT}" if link.status in ALWAYS else "") if worded else "",
        )


def _worded(strokes: Sequence[Stroke], spots: Collection[Spot]) -> tuple[Stroke, ...]:
    """Move each link label to where it covers no other label, or leave it out.

    Labels of uncertain links come first; if one does not fit, its mark alone is written. Then short links come first.
    """
    taken = [box for spot in spots for box in (_room(spot), _symbol(spot))]
    placed = list(strokes)
    doubtful = [stroke.link.status in ALWAYS for stroke in strokes]
    for row in sorted(range(len(strokes)), key=lambda row: (not doubtful[row], _length(strokes[row]), row)):
        last = DOUBT if doubtful[row] else ""
        for text in (strokes[row].word, last) if strokes[row].word else ():
            covered, share, box = _freest(strokes[row], text, taken)
            if text == last or covered <= COVERED:
                taken += [box] if text else []
                placed[row] = replace(strokes[row], word=text, at=share)
                break
    return tuple(placed)


def _freest(stroke: Stroke, text: str, taken: Sequence[Rectangle]) -> tuple[float, float, Rectangle]:
    """Return the label position with the least overlap: (share covered, position along the link, box of the label)."""
    half = len(text) * WORD_FONT * 0.29 + 3, WORD_FONT * 0.7
    tries: list[tuple[float, float, Rectangle]] = []
    for share in WORD_PLACES:
        x, y = stroke.point(share)
        box = x - half[0], y - half[1], x + half[0], y + half[1]
        tries.append((sum(_overlap(box, other) for other in taken) / (4 * half[0] * half[1]), share, box))
    return min(tries, key=lambda found: found[0])


def _length(stroke: Stroke) -> float:
    return hypot(stroke.end.x - stroke.start.x, stroke.end.y - stroke.start.y)


def _room(spot: Spot) -> Rectangle:
    half = max(spot.size + 4, max(map(len, spot.lines)) * spot.font * 0.29)
    below = spot.size + len(spot.lines) * spot.font * 1.2 + 8
    return spot.x - half, spot.y - spot.size - 4, spot.x + half, spot.y + below


def _symbol(spot: Spot) -> Rectangle:
    return spot.x - spot.size, spot.y - spot.size, spot.x + spot.size, spot.y + spot.size


def _overlap(one: Rectangle, other: Rectangle) -> float:
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _colours(color: str, term: Term | None) -> tuple[str, str, str]:
    """Return fill, border and text colour: hollow if it does not exist yet, grey if it is past."""
    if term and term.key == PAST:
        return mix(color, "#e4e4e7", 0.7), mix(color, "#a1a1aa", 0.7), PALE_INK
    if term and term.line != "solid":
        return mix(color, PAPER, 0.8), mix(color, "#000000", 0.25), INK
    return color, mix(color, "#000000", 0.3), INK


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
