"""Bar charts as small inline SVG images, without script or style of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 100, 10
OPEN_END_WIDTH = 8
"""Width of the open end of a bar whose value is not exact, in viewBox units."""
_OPEN_ENDS = {
    "more than": (0.0, OPEN_END_WIDTH), "at least": (0.0, OPEN_END_WIDTH),
    "nearly": (OPEN_END_WIDTH, 0.0), "less than": (OPEN_END_WIDTH, 0.0),
    "at most": (OPEN_END_WIDTH, 0.0), "about": (OPEN_END_WIDTH / 2, OPEN_END_WIDTH / 2),
}  # fmt: skip
"""How far the open end of a bar reaches before and after the value, by comparator."""
SINGLE_PART = ("main",)
"""The parts of a bar that has only one."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a chart: a label and the numbers of a stacked bar.

    `colour` is a colour of the schema, or empty for the colours of the stylesheet. `language` is that of the label if
    it is a name and not a word of the page.
    """

    label: str
    numbers: Sequence[int]
    colour: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with its bar as SVG."""

    row: ChartRow
    svg: Markup


def chart(rows: Iterable[ChartRow], title_template: str, parts: Sequence[str] = SINGLE_PART) -> list[Bar]:
    """Return a bar for each row; the longest fills the whole width.

    `title_template` is the title of the image, with the placeholders `{label}` and `{share}` (percentage of the sum of
    all rows). `parts` names the number at each position of `row.numbers`; the stylesheet colours `bar-PART`.
    """
    all_rows = list(rows)
    longest = max((sum(row.numbers) for row in all_rows), default=0)
    total = sum(sum(row.numbers) for row in all_rows)
    return [
        Bar(row, _bar_svg(row, longest, title_template.format(label=row.label, share=_share(row, total)), parts))
        for row in all_rows
    ]


def value_bar(share: float, value_status: str, comparator: str) -> Markup:
    """Return the bar of one value, `share` (0 to 1) of the longest; its end is open if the value is not exact.

    Hidden from screen readers, because the value is in the text beside it.
    """
    end = (WIDTH - OPEN_END_WIDTH) * share
    open_before, open_after = _OPEN_ENDS.get(comparator, (0.0, 0.0))
    exact_width = max(end - open_before, 0.0)
    rectangles = f'<rect class="bar-{escape(value_status)}" width="{exact_width:.1f}" height="{HEIGHT}"/>'
    if open_before or open_after:
        rectangles += (
            f'<rect class="bar-inexact" x="{exact_width:.1f}" '
            f'width="{end + open_after - exact_width:.1f}" height="{HEIGHT}"/>'
        )
    shape = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    return Markup(f'<svg class="bar" {shape} aria-hidden="true">{rectangles}</svg>')  # noqa: S704  escaped or made here


def vertical_bar(share: float) -> Markup:
    """Return a vertical bar, `share` (0 to 1) of the highest.

    Hidden from screen readers, because the number is in the text.
    """
    bar_height = max(share * HEIGHT * 4, 1.0)
    geometry = f'y="{HEIGHT * 4 - bar_height:.1f}" width="{HEIGHT}" height="{bar_height:.1f}"'
    shape = f'viewBox="0 0 {HEIGHT} {HEIGHT * 4}" preserveAspectRatio="none"'
    return Markup(f'<svg class="column" {shape} aria-hidden="true"><rect class="bar-main" {geometry}/></svg>')  # noqa: S704


def swatch(part: str) -> Markup:
    """Return a small square in the colour of a part, for the heading of its column."""
    square = f'<rect class="bar-{escape(part)}" width="{HEIGHT}" height="{HEIGHT}"/>'
    return Markup(f'<svg class="swatch" viewBox="0 0 {HEIGHT} {HEIGHT}" aria-hidden="true">{square}</svg>')  # noqa: S704


def _share(row: ChartRow, total: int) -> int:
    return round(100 * sum(row.numbers) / total) if total else 0


def _bar_svg(row: ChartRow, longest: int, title: str, parts: Sequence[str]) -> Markup:
    css_class = "bar own-colour" if row.colour else "bar"
    rectangles: list[str] = []
    start = 0.0
    for part, number in zip(parts, row.numbers, strict=True):
        width = WIDTH * number / longest if longest else 0.0
        if width:
            geometry = f'x="{start:.2f}" width="{width:.2f}" height="{HEIGHT}"'
            # A class would take precedence over the attribute `fill`.
            fill = f'fill="{escape(row.colour)}"' if row.colour else f'class="bar-{part}"'
            rectangles.append(f"<rect {fill} {geometry}/>")
        start += width
    shape = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    return Markup(  # noqa: S704  all that comes from outside is escaped
        f'<svg class="{css_class}" {shape} role="img"><title>{escape(title)}</title>{"".join(rectangles)}</svg>'
    )
