"""Render a scene as SVG: the static picture for readers without JavaScript, for saving and for print."""

from html import escape
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import NamedTuple

from ..model.schema import NodeType, Status, localized_label
from .appearance import GAP_SHARE, INK, PALE_INK, PAPER, STROKES, Stroke, link_color, mix_colors
from .labels import wrap
from .layout.edge_bends import bezier_control
from .scene import LINK_FONT_SIZE, UNCERTAIN_MARK, DrawnLink, DrawnNode, Scene

FONTS = "system-ui, 'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
MARGIN = 24
SAMPLE_LENGTH = 46
"""Length of the lines in the legend: each pattern is there twice at least."""
BADGE_RADIUS = 7
LEGEND_INDENT = 120
Point = tuple[float, float]


class Headings(NamedTuple):
    """The texts of the legend: headings of node types, statuses and kinds, and what a faint line means."""

    kinds: str
    statuses: str
    marks: str
    context: str


def symbol(shape: str, x: float, y: float, size: float, attributes: str) -> str:
    """Return a node symbol as SVG, with the shapes of vis-network; `attributes` are its SVG attributes as text."""
    if shape == "dot":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{size:g}" {attributes}/>'
    points = " ".join(f"{_number(x + dx)},{_number(y + dy)}" for dx, dy in _corners(shape, size))
    return f'<polygon points="{points}" {attributes}/>'


def kind_sample(kind: NodeType) -> str:
    """Return the symbol of a node type as a small SVG for the legend."""
    attributes = f'fill="{kind.color}" stroke="{mix_colors(kind.color, "#000000", 0.35)}" stroke-width="1.5"'
    return _sample(20, symbol(kind.shape, 10, 10, 7, attributes))


def line_sample(term: Status) -> str:
    """Return the line style of a status as a small SVG for the legend."""
    return _sample(SAMPLE_LENGTH + 4, _status_line(term, 2, 10))


def context_sample() -> str:
    """Return a faint line, as of a link that only the context suggests, as a small SVG for the legend."""
    return _sample(SAMPLE_LENGTH + 4, _context_line(2, 10))


def legend_status_label(term: Status, language: str) -> str:
    """Return the label of a status for the legend: the sign of its chip, and the mark of uncertain links."""
    mark = f" {UNCERTAIN_MARK}" if term.is_uncertain and term.symbol != UNCERTAIN_MARK else ""
    return f"{term.symbol} {localized_label(term, language)}{mark}".strip()


def svg(scene: Scene, *, subtitle: str, headings: Headings, language: str, credit: str = "") -> str:
    """Return the complete SVG document: title, subtitle, links, nodes, legend and credit line."""
    left_x, top_y, right_x, bottom_y = scene.extent
    width = max(right_x - left_x, 560)
    left_x = (left_x + right_x) / 2 - width / 2
    legend, height = _legend(scene, headings, language, left_x, bottom_y + 30, width)
    title = wrap(scene.title, line_length=int(width / 10.5))
    header_height, footer_height = 44 + 26 * len(title), 24 * bool(credit)
    view_box = (
        left_x - MARGIN,
        top_y - header_height,
        width + 2 * MARGIN,
        bottom_y - top_y + header_height + height + 40 + footer_height,
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(_number, view_box))}" '
        f'width="{_number(view_box[2])}" '
        f'height="{_number(view_box[3])}" role="img" lang="{escape(language)}" '
        f'font-family="{escape(FONTS)}" font-size="14">',
        f"<title>{escape(scene.title)}</title>",
        f'<rect x="{_number(view_box[0])}" y="{_number(view_box[1])}" width="100%" height="100%" fill="{PAPER}"/>',
        *(
            f'<text x="{left_x:g}" y="{top_y - header_height + 30 + 26 * row:g}" '
            f'font-size="20" font-weight="600" fill="{INK}">'
            f"{escape(line)}</text>"
            for row, line in enumerate(title)
        ),
        f'<text x="{left_x:g}" y="{top_y - 18:g}" font-size="13" fill="{PALE_INK}">{escape(subtitle)}</text>',
        *(_link_svg(link) for link in scene.links),
        *(_link_label_svg(link) for link in scene.links if link.label),
        *(_node_svg(node) for node in scene.nodes),
        legend,
        f'<text x="{left_x:g}" y="{bottom_y + height + 40:g}" font-size="12" fill="{PALE_INK}">{escape(credit)}</text>'
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


def _node_svg(node: DrawnNode) -> str:
    attributes = f'fill="{node.fill}" stroke="{node.border}" stroke-width="2"'
    symbol_svg = symbol(node.kind.shape, node.x, node.y, node.size, attributes) + _mark_svg(node) + _badge_svg(node)
    halo = f'fill="{node.ink}" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    first_line_y = node.y + node.size + 4
    lines = "".join(
        f'<tspan x="{node.x}" y="{first_line_y + (row + 0.85) * node.font_size * 1.2:.0f}">{escape(line)}</tspan>'
        for row, line in enumerate(node.lines)
    )
    text = f'<text text-anchor="middle" font-size="{node.font_size}" {halo}>{lines}</text>'
    return f'<g data-node="{escape(node.spec.id)}"><title>{escape(node.name)}</title>{symbol_svg}{text}</g>'


def _mark_svg(node: DrawnNode) -> str:
    if not node.spec.mark:
        return ""
    size = mark_size(node.size)
    return (
        f'<text x="{node.x}" y="{_number(node.y + 0.36 * size)}" text-anchor="middle" font-size="{size}" '
        f'font-weight="700" fill="{INK}" stroke="{node.fill}" stroke-width="2" paint-order="stroke">'
        f"{escape(node.spec.mark)}</text>"
    )


def mark_size(node_size: int) -> int:
    """Return the font size of the letters on a symbol of this radius."""
    return max(9, round(0.65 * node_size))


def _badge_svg(node: DrawnNode) -> str:
    """Return the sign of a node's status, in a circle at the upper right of its symbol."""
    if not node.badge:
        return ""
    x, y = node.x + 0.8 * node.size, node.y - 0.8 * node.size
    return (
        f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{BADGE_RADIUS}" fill="{PAPER}" stroke="{node.border}"/>'
        f'<text x="{_number(x)}" y="{_number(y + 4)}" text-anchor="middle" font-size="11" font-weight="700" '
        f'fill="{node.border}">{escape(node.badge)}</text>'
    )


def _line_svg(shape: str, color: str, width: float, stroke: Stroke) -> str:
    """Return a line as SVG; `shape` is an element without its end, such as `<path d="…"`. A double line has two."""
    dashes = f' stroke-dasharray="{" ".join(f"{length:g}" for length in stroke.dashes)}"' if stroke.dashes else ""
    whole = f'{shape} fill="none" stroke="{color}" stroke-width="{width:.2f}"{dashes}/>'
    gap = f'{shape} fill="none" stroke="{PAPER}" stroke-width="{width * GAP_SHARE:.2f}"/>'
    return whole + (gap if stroke.is_double else "")


def _link_svg(link: DrawnLink) -> str:
    width = link.width * link.stroke.width
    group_tag = f'<g data-link="{escape(link.spec.id)}">'
    if link.source is link.target:
        node = link.source
        shape = f'<circle cx="{node.x + node.size}" cy="{node.y - node.size}" r="{node.size}"'
        return f"{group_tag}{_line_svg(shape, link.color, width, link.stroke)}</g>"
    start, curve_control, end = _curve(link)
    start_share, end_share = (
        _circle_exit(start, curve_control, end, link.source.size + 3),
        1 - _circle_exit(end, curve_control, start, link.target.size + 4),
    )
    start_point, end_point = (
        _curve_point(start, curve_control, end, start_share, start_share),
        _curve_point(start, curve_control, end, end_share, end_share),
    )
    part_control = _curve_point(start, curve_control, end, start_share, end_share)
    curve_command = "" if link.bend == 0 else f"Q{_number(part_control[0])} {_number(part_control[1])} "
    shape = (
        f'<path d="M{_number(start_point[0])} {_number(start_point[1])} '
        f'{curve_command or "L"}{_number(end_point[0])} {_number(end_point[1])}"'
    )
    path = _line_svg(shape, link.color, width, link.stroke)
    arrow_head = ""
    if link.arrow:
        length = 7 + 1.5 * width
        arrow_origin = part_control if link.bend else start_point
        angle = atan2(end_point[1] - arrow_origin[1], end_point[0] - arrow_origin[0])
        wings = [
            (end_point[0] + length * cos(angle + side), end_point[1] + length * sin(angle + side))
            for side in (pi - 0.4, pi + 0.4)
        ]
        points = " ".join(f"{_number(x)},{_number(y)}" for x, y in (end_point, *wings))
        arrow_head = f'<polygon points="{points}" fill="{link.color}"/>'
    return f"{group_tag}{path}{arrow_head}</g>"


def _link_label_svg(link: DrawnLink) -> str:
    x, y = link.point(link.label_position)
    halo = f'stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return (
        f'<text data-link="{escape(link.spec.id)}" x="{_number(x)}" y="{_number(y + 4)}" text-anchor="middle" '
        f'font-size="{LINK_FONT_SIZE}" fill="{PALE_INK}" {halo}>{escape(link.label)}</text>'
    )


def _curve(link: DrawnLink) -> tuple[Point, Point, Point]:
    start, end = (link.source.x, link.source.y), (link.target.x, link.target.y)
    return start, bezier_control(start, end, link.bend), end


def _curve_point(start: Point, control_point: Point, end: Point, s: float, t: float) -> Point:
    """Evaluate the blossom (polar form) of a quadratic Bézier curve.

    For s = t this is the point at t, else the control point of the segment from s to t.
    """
    a, b, c = (1 - s) * (1 - t), s * (1 - t) + t * (1 - s), s * t
    return a * start[0] + b * control_point[0] + c * end[0], a * start[1] + b * control_point[1] + c * end[1]


def _circle_exit(start: Point, control_point: Point, end: Point, radius: float) -> float:
    """Return the curve parameter (0 to 0.5) at which the curve leaves the circle around its start; by bisection."""
    low, high = 0.0, 0.5
    for _ in range(18):
        half = (low + high) / 2
        x, y = _curve_point(start, control_point, end, half, half)
        low, high = (half, high) if hypot(x - start[0], y - start[1]) < radius else (low, half)
    return high


def _legend(
    scene: Scene, headings: Headings, language: str, left_x: float, top_y: float, width: float
) -> tuple[str, float]:
    elements: list[str] = []
    y = top_y
    kinds = [(symbol(k.shape, 8, -4, 6.5, f'fill="{k.color}"'), localized_label(k, language)) for k, _ in scene.kinds]
    lines = [(_status_line(t, 0, -4), legend_status_label(t, language)) for t, _ in scene.statuses]
    lines += [(_context_line(0, -4), headings.context)] if scene.has_context else []
    marks = [
        (f'<text font-size="11" font-weight="700" fill="{INK}">{escape(m)}</text>', kind) for m, kind in scene.marks
    ]
    for heading, entries, swatch_width in (
        (headings.kinds, kinds, 24),
        (headings.marks, marks, 24),
        (headings.statuses, lines, SAMPLE_LENGTH + 8),
    ):
        if not entries:
            continue
        x = left_x + LEGEND_INDENT
        elements.append(f'<text x="{left_x:g}" y="{y:g}" font-size="12" fill="{PALE_INK}">{escape(heading)}</text>')
        for sample, label in entries:
            entry_width = swatch_width + 7.2 * len(label) + 18
            if x + entry_width > left_x + width and x > left_x + LEGEND_INDENT:
                x, y = left_x + LEGEND_INDENT, y + 24
            text = f'<text x="{swatch_width:g}" y="0" font-size="13" fill="{INK}">{escape(label)}</text>'
            elements.append(f'<g transform="translate({x:g} {y:g})">{sample}{text}</g>')
            x += entry_width
        y += 28
    return "\n".join(elements), y - top_y


def _status_line(term: Status, x: float, y: float) -> str:
    stroke = STROKES[term.line]
    return _line_svg(f'<path d="M{x:g} {y:g}h{SAMPLE_LENGTH}"', link_color(term, True), 2 * stroke.width, stroke)


def _context_line(x: float, y: float) -> str:
    return _line_svg(f'<path d="M{x:g} {y:g}h{SAMPLE_LENGTH}"', link_color(None, False), 2.5, Stroke())


def _sample(width: int, content: str) -> str:
    return f'<svg viewBox="0 0 {width} 20" width="{width}" height="20" aria-hidden="true">{content}</svg>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
