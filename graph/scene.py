"""What a picture holds and how each part of it looks: place, size, colour, line and words, before any format."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vnkg.graph import layout
from vnkg.graph.bends import bends, control
from vnkg.graph.boxes import Box
from vnkg.graph.errors import DeclarationError
from vnkg.graph.schema import ALWAYS, EdgeType, NodeType, Schema, Term

LETTERS = 20
"""Letters after which a label is wrapped."""
LINES = 4
LONGEST = 240
"""Letters of a name that are kept; the rest becomes `…`."""
WORDED_LINKS = 80
"""Links up to which each has its word written on it."""
SMALL = 60
"""Nodes up to which all labels have one size; above, hubs are written larger."""
FONT = 14
CROWDED = 500
"""Nodes above which links are drawn as fine as can be."""
HUBS = 24
SCREEN = (960, 580)
"""Pixels that a whole picture has on a usual screen."""
ROOMY: Mapping[str, float] = {"star": 1.35, "triangle": 1.12, "triangleDown": 1.12, "diamond": 1.2, "hexagon": 1.08}
"""Shapes that look smaller than a square or dot of the same size."""
WORD_FONT = 11
WORD_PLACES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74)
PAST = "past"
DASHES: Mapping[str, tuple[int, ...]] = {"solid": (), "dashed": (9, 6), "dotted": (2, 5)}
INK, PALE_INK, LINE, PALE_LINE, PAPER = "#1b1b1f", "#6d6d76", "#6b7280", "#c3c6cc", "#ffffff"
Rectangle = tuple[float, float, float, float]
UNWANTED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF}


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in a picture; `title` is its tooltip (plain text), `weight` its number of origins."""

    id: str
    label: str
    type: str
    status: str | None = None
    title: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """An edge in a picture; `title` is its tooltip (plain text)."""

    id: str
    source: str
    target: str
    predicate: str
    status: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A subgraph to be drawn; `left_out` counts the nodes that did not fit in.

    `note` stands under the title instead of how many nodes and links there are. `kinds` and `relations` are types of
    its own, beside those of the schema: such a picture names its kinds itself and has no legend of them.
    """

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left_out: int = 0
    centre: str | None = None
    note: str = ""
    kinds: Mapping[str, NodeType] = field(default_factory=dict[str, NodeType])
    relations: Mapping[str, EdgeType] = field(default_factory=dict[str, EdgeType])

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        if len(known) < len(self.nodes) or len({link.id for link in self.links}) < len(self.links):
            raise ValueError("a picture's nodes and links have ids of their own; one is used twice")
        loose = [link.id for link in self.links if not {link.source, link.target} <= known]
        if loose:
            raise ValueError(f"{loose[0]}: an end of this link is no node of the picture")


@dataclass(frozen=True, slots=True)
class Spot:
    """A node as drawn: symbol around (x, y), lines of its label below."""

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
    """A link as drawn: from spot to spot, bent by `bend` (0: straight), its word `at` a share of the way."""

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
        """Return a point of the line through both centres; a link to itself has its word above."""
        if self.start is self.end:
            return self.start.x + 2.0 * self.start.size, self.start.y - 2.0 * self.start.size
        a, b = (self.start.x, self.start.y), (self.end.x, self.end.y)
        via = control(a, b, self.bend)
        first, second, third = (1 - share) ** 2, 2 * share * (1 - share), share**2
        return first * a[0] + second * via[0] + third * b[0], first * a[1] + second * via[1] + third * b[1]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with everything decided; `kinds` and `statuses` are those present, with how often, for the legend."""

    picture: Picture
    title: str
    spots: tuple[Spot, ...]
    strokes: tuple[Stroke, ...]
    kinds: tuple[tuple[NodeType, int], ...]
    statuses: tuple[tuple[Term, int], ...]
    extent: Rectangle


def clean(text: str, limit: int = LONGEST) -> str:
    """Return text fit for a label: one line, no control or direction characters, cut with `…` above `limit`.

    >>> clean("Quỹ\\x00 đầu\\u2028tư")
    'Quỹ đầu tư'
    >>> clean("abcdef", limit=4)
    'abc…'
    """
    text = unicodedata.normalize("NFC", text[: 4 * limit])
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in text if ord(letter) not in UNWANTED
    )  # fmt: skip
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def wrap(text: str, letters: int = LETTERS, lines: int = LINES) -> tuple[str, ...]:
    """Break a label into lines of about `letters`, as even as they can be; what does not fit is cut with `…`.

    >>> wrap("Quỹ phát triển khoa học và công nghệ")
    ('Quỹ phát triển khoa', 'học và công nghệ')
    """
    wanted = len(_broken(text, letters))
    longest = min(letters, max(map(len, text.split()), default=letters))
    even = next(found for width in range(longest, letters + 1) if len(found := _broken(text, width)) <= wanted)
    if len(even) > lines:
        even = [*even[: lines - 1], even[lines - 1][: letters - 1].rstrip() + "…"]
    return tuple(even)


def _broken(text: str, letters: int) -> list[str]:
    broken: list[str] = []
    for word in text.split():
        if broken and len(broken[-1]) + 1 + len(word) <= letters:
            broken[-1] += f" {word}"
        else:
            broken.extend(word[at : at + letters] for at in range(0, len(word), letters))
    return broken


def mix(color: str, other: str, share: float) -> str:
    """Return `color` with `share` (0 to 1) of `other` in it.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def word(thing: NodeType | EdgeType | Term, language: str) -> str:
    """Return the label of a type or term in Vietnamese or else in English."""
    return thing.vi if language == "vi" else thing.en


def scene(picture: Picture, schema: Schema, language: str) -> Scene:
    """Decide everything about a picture; the same picture gives the same scene."""
    spots = _spots(picture, schema)
    extent = _extent(spots.values())
    scale = min(1.0, SCREEN[0] / max(extent[2] - extent[0], 1), SCREEN[1] / max(extent[3] - extent[1], 1))
    places, sizes = {key: (spot.x, spot.y) for key, spot in spots.items()}, {key: s.size for key, s in spots.items()}
    curves = bends(places, sizes, [(link.source, link.target) for link in picture.links])
    strokes = _worded(list(_strokes(picture, schema, spots, curves, scale, language)), spots.values())
    kinds = Counter(node.type for node in picture.nodes if not picture.kinds)
    found = [thing.status for thing in (*picture.nodes, *picture.links) if thing.status]
    statuses = Counter(found)
    return Scene(
        picture,
        clean(picture.title),
        tuple(spots.values()),
        strokes,
        tuple((kind, kinds[key]) for key, kind in schema.nodes.items() if key in kinds),
        tuple((term, statuses[key]) for key, term in schema.statuses.items() if key in statuses),
        extent,
    )


def _spots(picture: Picture, schema: Schema) -> dict[str, Spot]:
    degree = Counter(end for link in picture.links for end in {link.source, link.target})
    drafts, boxes = _drafts(picture, schema, {})
    if len(picture.nodes) > SMALL:
        drafts, boxes = _drafts(picture, schema, _hubs(picture, degree, boxes))
    pairs = [(link.source, link.target) for link in picture.links]
    places = layout.place(boxes, pairs, length=44.0 if len(pairs) <= WORDED_LINKS else 30.0)
    return {
        key: replace(spot, x=places[key][0], y=round(places[key][1] - boxes[key][1] / 2 + spot.size + 4))
        for key, spot in drafts.items()
    }


def _drafts(picture: Picture, schema: Schema, grown: Mapping[str, float]) -> tuple[dict[str, Spot], dict[str, Box]]:
    """Return the nodes without their places, and the room each needs."""
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
        lines = wrap(name, lines=LINES if len(picture.nodes) <= SMALL else 2)
        fill, border, ink = _colours(kind.color, term)
        dashes = DASHES[term.line] if term else ()
        drafts[node.id] = Spot(node, kind, name, 0, 0, size, font, lines, fill, border, ink, dashes)
        width = max(2 * size + 8, max(len(line) for line in lines) * font * 0.57 + 4)
        boxes[node.id] = (width, 2 * size + len(lines) * font * 1.2 + 8)
    return drafts, boxes


def _hubs(picture: Picture, degree: Mapping[str, int], boxes: Mapping[str, Box]) -> dict[str, float]:
    """Return how much larger the most connected nodes of a big picture are drawn, so that they can be read at once."""
    ranked = sorted((node.id for node in picture.nodes if degree[node.id] > 4), key=lambda key: (-degree[key], key))
    area = sum((wide + layout.GAP) * (high + layout.GAP) for wide, high in boxes.values())
    scale = (SCREEN[0] * SCREEN[1] * 0.17 / area) ** 0.5
    return dict.fromkeys(ranked[:HUBS], min(max(1.0, 13 / FONT / scale), 6.0))


def _extent(spots: Collection[Spot]) -> Rectangle:
    """Return left, top, right and bottom of everything drawn."""
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
            relation + (" ?" if link.status in ALWAYS else "") if worded else "",
        )


def _worded(strokes: Sequence[Stroke], spots: Collection[Spot]) -> tuple[Stroke, ...]:
    """Move each word along its link to where it covers least of the labels and of the words before it."""
    taken = [_room(spot) for spot in spots]
    taken += [
        box
        for spot in spots
        for box in 2 * [(spot.x - spot.size, spot.y - spot.size, spot.x + spot.size, spot.y + spot.size)]
    ]
    placed: list[Stroke] = []
    for stroke in strokes:
        if not stroke.word:
            placed.append(stroke)
            continue
        half = len(stroke.word) * WORD_FONT * 0.29 + 3, WORD_FONT * 0.7
        tries: list[tuple[float, float, Rectangle]] = []
        for share in WORD_PLACES:
            x, y = stroke.point(share)
            box = x - half[0], y - half[1], x + half[0], y + half[1]
            tries.append((sum(_overlap(box, other) for other in taken), share, box))
        _, share, box = min(tries, key=lambda found: found[0])
        taken.append(box)
        placed.append(replace(stroke, at=share))
    return tuple(placed)


def _room(spot: Spot) -> Rectangle:
    half = max(spot.size + 4, max(map(len, spot.lines)) * spot.font * 0.29)
    below = spot.size + len(spot.lines) * spot.font * 1.2 + 8
    return spot.x - half, spot.y - spot.size - 4, spot.x + half, spot.y + below


def _overlap(one: Rectangle, other: Rectangle) -> float:
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _colours(color: str, term: Term | None) -> tuple[str, str, str]:
    """Return fill, border and ink: what is not there yet is hollow, what is past is grey."""
    if term and term.key == PAST:
        return mix(color, "#e4e4e7", 0.7), mix(color, "#a1a1aa", 0.7), PALE_INK
    if term and term.line != "solid":
        return mix(color, PAPER, 0.8), mix(color, "#000000", 0.25), INK
    return color, mix(color, "#000000", 0.3), INK


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
