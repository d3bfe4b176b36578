"""Render a scene as SVG: the static picture for readers without JavaScript, for saving and for print."""

from html import escape
from math import atan2, cos, hypot, pi, sin, sqrt

from ..model.schema import ALWAYS, NodeType, Term, word
from .labels import wrap
from .layout.edge_bends import control
from .scene import DASHES, DOUBT, INK, LINE, PALE_INK, PALE_LINE, PAPER, PAST, WORD_FONT, Scene, Spot, Stroke, mix

FONTS = "system-ui, 'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
MARGIN = 24
Point = tuple[float, float]


def symbol(shape: str, x: float, y: float, size: float, look: str) -> str:
    """Return a node symbol as SVG, with the shapes of vis-network; `attributes` are its SVG attributes as text."""
    if shape == "dot":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{size:g}" {look}/>'
    points = " ".join(f"{_number(x + dx)},{_number(y + dy)}" for dx, dy in _corners(shape, size))
    return f'<polygon points="{points}" {look}/>'


def kind_sample(kind: NodeType) -> str:
    """Return the symbol of a node type as a small SVG for the legend."""
    look = f'fill="{kind.color}" stroke="{mix(kind.color, "#000000", 0.35)}" stroke-width="1.5"'
    return _sample(20, symbol(kind.shape, 10, 10, 7, look))


def line_sample(term: Term) -> str:
    """Return the line style of a status as a small SVG for the legend."""
    return _sample(32, _status_line(term, 2, 10, 28))


def status_label(term: Term, language: str) -> str:
    """Return the label of a status for the legend; uncertain statuses get the mark that their links carry."""
    return word(term, language) + (f" {DOUBT}" if term.key in ALWAYS else "")


def svg(scene: Scene, *, subtitle: str, headings: tuple[str, str], language: str, credit: str = "") -> str:
    """Return the complete SVG document: title, subtitle, links, nodes, legend and credit line.

    `headings` are those of the legend: node types, statuses.
    """
    left, top, right, bottom = scene.extent
    width = max(right - left, 560)
    left = (left + right) / 2 - width / 2
    legend, height = _legend(scene, headings, language, left, bottom + 30, width)
    title = wrap(scene.title, letters=int(width / 10.5))
    head, foot = 44 + 26 * len(title), 24 * bool(credit)
    box = (left - MARGIN, top - head, width + 2 * MARGIN, bottom - top + head + height + 40 + foot)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(_number, box))}" width="{_number(box[2])}" '
        f'height="{_number(box[3])}" role="img" lang="{escape(language)}" '
        f'font-family="{escape(FONTS)}" font-size="14">',
        f"<title>{escape(scene.title)}</title>",
        f'<rect x="{_number(box[0])}" y="{_number(box[1])}" width="100%" height="100%" fill="{PAPER}"/>',
        *(
            f'<text x="{left:g}" y="{top - head + 30 + 26 * row:g}" font-size="20" font-weight="600" fill="{INK}">'
            f"{escape(line)}</text>"
            for row, line in enumerate(title)
        ),
        f'<text x="{left:g}" y="{top - 18:g}" font-size="13" fill="{PALE_INK}">{escape(subtitle)}</text>',
        *(_stroke(stroke) for stroke in scene.strokes),
        *(_word(stroke) for stroke in scene.strokes if stroke.word),
        *(_spot(spot) for spot in scene.spots),
        legend,
        f'<text x="{left:g}" y="{bottom + height + 40:g}" font-size="12" fill="{PALE_INK}">{escape(credit)}</text>'
        if credit
        else "",
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _corners(shape: str, size: float) -> list[Point]:
    if shape == "square":
        return [(-size, -size), (size, -size), (size, size), (-size, size)]
    if shape == "diamond":
        return [(0, size), (size, 0), (0, -size), (-size, 0)]
    if shape == "hexagon":
        return [(size * cos(turn * pi / 3), size * sin(turn * pi / 3)) for turn in range(6)]
    if shape == "star":
        wide = size * 0.82
        radii = [wide * (1.3 if turn % 2 == 0 else 0.5) for turn in range(10)]
        return [
            (radius * sin(turn * pi / 5), 0.1 * wide - radius * cos(turn * pi / 5)) for turn, radius in enumerate(radii)
        ]
    side = size * 1.15
    inner, high = side / sqrt(3), side * sqrt(3)
    up = [(0, 0.275 * side - (high - inner)), (side, 0.275 * side + inner), (-side, 0.275 * side + inner)]
    return up if shape == "triangle" else [(x, -y) for x, y in up]


def _spot(spot: Spot) -> str:
    look = f'fill="{spot.fill}" stroke="{spot.border}" stroke-width="2"{_dashes(spot.dashes)}'
    drawn = symbol(spot.kind.shape, spot.x, spot.y, spot.size, look)
    halo = f'fill="{spot.ink}" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    lines = "".join(
        f'<tspan x="{spot.x}" y="{spot.y + spot.size + 4 + (row + 0.85) * spot.font * 1.2:.0f}">{escape(line)}</tspan>'
        for row, line in enumerate(spot.lines)
    )
    text = f'<text text-anchor="middle" font-size="{spot.font}" {halo}>{lines}</text>'
    return f'<g data-node="{escape(spot.node.id)}"><title>{escape(spot.name)}</title>{drawn}{text}</g>'


def _stroke(stroke: Stroke) -> str:
    look = f'fill="none" stroke="{stroke.color}" stroke-width="{stroke.width:g}"{_dashes(stroke.dashes)}'
    head = f'<g data-link="{escape(stroke.link.id)}">'
    if stroke.start is stroke.end:
        spot = stroke.start
        return f'{head}<circle cx="{spot.x + spot.size}" cy="{spot.y - spot.size}" r="{spot.size}" {look}/></g>'
    start, via, end = _curve(stroke)
    near, far = _leave(start, via, end, stroke.start.size + 3), 1 - _leave(end, via, start, stroke.end.size + 4)
    first, last = _at(start, via, end, near, near), _at(start, via, end, far, far)
    control = _at(start, via, end, near, far)
    bow = "" if stroke.bend == 0 else f"Q{_number(control[0])} {_number(control[1])} "
    path = (
        f'<path d="M{_number(first[0])} {_number(first[1])} {bow or "L"}{_number(last[0])} {_number(last[1])}" {look}/>'
    )
    tip = ""
    if stroke.arrow:
        length = 6 + 2 * stroke.width
        back = control if stroke.bend else first
        angle = atan2(last[1] - back[1], last[0] - back[0])
        wings = [
            (last[0] + length * cos(angle + side), last[1] + length * sin(angle + side))
            for side in (pi - 0.4, pi + 0.4)
        ]
        points = " ".join(f"{_number(x)},{_number(y)}" for x, y in (last, *wings))
        tip = f'<polygon points="{points}" fill="{stroke.color}"/>'
    return f"{head}{path}{tip}</g>"


def _word(stroke: Stroke) -> str:
    x, y = stroke.point(stroke.at)
    halo = f'stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return (
        f'<text data-link="{escape(stroke.link.id)}" x="{_number(x)}" y="{_number(y + 4)}" text-anchor="middle" '
        f'font-size="{WORD_FONT}" fill="{PALE_INK}" {halo}>{escape(stroke.word)}</text>'
    )


def _curve(stroke: Stroke) -> tuple[Point, Point, Point]:
    start, end = (stroke.start.x, stroke.start.y), (stroke.end.x, stroke.end.y)
    return start, control(start, end, stroke.bend), end


def _at(start: Point, via: Point, end: Point, s: float, t: float) -> Point:
    """Evaluate the blossom (polar form) of a quadratic Bézier curve.

    For s = t this is the point at t, else the control point of the segment from s to t.
    """
    a, b, c = (1 - s) * (1 - t), s * (1 - t) + t * (1 - s), s * t
    return a * start[0] + b * via[0] + c * end[0], a * start[1] + b * via[1] + c * end[1]


def _leave(start: Point, via: Point, end: Point, radius: float) -> float:
    """Return the curve parameter (0 to 0.5) at which the curve leaves the circle around its start; by bisection."""
    low, high = 0.0, 0.5
    for _ in range(18):
        half = (low + high) / 2
        x, y = _at(start, via, end, half, half)
        low, high = (half, high) if hypot(x - start[0], y - start[1]) < radius else (low, half)
    return high


def _legend(
    scene: Scene, headings: tuple[str, str], language: str, left: float, top: float, width: float
) -> tuple[str, float]:
    drawn: list[str] = []
    y = top
    kinds = [(symbol(k.shape, 8, -4, 6.5, f'fill="{k.color}"'), word(k, language)) for k, _ in scene.kinds]
    lines = [(_status_line(t, 0, -4, 28), status_label(t, language)) for t, _ in scene.statuses]
    for heading, entries, step in ((headings[0], kinds, 24), (headings[1], lines, 36)):
        if not entries:
            continue
        x = left + 90
        drawn.append(f'<text x="{left:g}" y="{y:g}" font-size="12" fill="{PALE_INK}">{escape(heading)}</text>')
        for sample, label in entries:
            room = step + 7.2 * len(label) + 18
            if x + room > left + width and x > left + 90:
                x, y = left + 90, y + 24
            text = f'<text x="{step:g}" y="0" font-size="13" fill="{INK}">{escape(label)}</text>'
            drawn.append(f'<g transform="translate({x:g} {y:g})">{sample}{text}</g>')
            x += room
        y += 28
    return "\n".join(drawn), y - top


def _status_line(term: Term, x: float, y: float, length: float) -> str:
    color = PALE_LINE if term.key == PAST else LINE
    return f'<path d="M{x:g} {y:g}h{length:g}" stroke="{color}" stroke-width="2.5"{_dashes(DASHES[term.line])}/>'


def _sample(width: int, content: str) -> str:
    return f'<svg viewBox="0 0 {width} 20" width="{width}" height="20" aria-hidden="true">{content}</svg>'


def _dashes(dashes: tuple[int, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(str, dashes))}"' if dashes else ""


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
