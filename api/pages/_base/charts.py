"""Bar charts as small inline SVG images, without script or style of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 100, 10
OPEN = 8
"""Width of the open end of a bar whose value is not exact, in viewBox units."""
_BOUNDS = {
    "more than": (0.0, OPEN), "at least": (0.0, OPEN), "nearly": (OPEN, 0.0), "less than": (OPEN, 0.0),
    "at most": (OPEN, 0.0), "about": (OPEN / 2, OPEN / 2),
}  # fmt: skip
"""How far the open end of a bar reaches before and after the value, by comparator."""
MAIN = ("main",)
"""The parts of a bar that has only one."""


@dataclass(frozen=True, slots=True)
class Row:
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

    row: Row
    picture: Markup


def chart(rows: Iterable[Row], share: str, parts: Sequence[str] = MAIN) -> list[Bar]:
    """Return a bar for each row; the longest fills the whole width.

    `title_template` is the title of the image, with the placeholders `{label}` and `{share}` (percentage of the sum of
    all rows). `parts` names the number at each position of `row.numbers`; the stylesheet colours `bar-PART`.
    """
    found = list(rows)
    longest = max((sum(row.numbers) for row in found), default=0)
    whole = sum(sum(row.numbers) for row in found)
    return [
        Bar(row, _picture(row, longest, share.format(label=row.label, share=_share(row, whole)), parts))
        for row in found
    ]


def value_bar(share: float, value_status: str, comparator: str) -> Markup:
    """Return the bar of one value, `share` (0 to 1) of the longest; its end is open if the value is not exact.

    Hidden from screen readers, because the value is in the text beside it.
    """
    end = (WIDTH - OPEN) * share
    before, after = _BOUNDS.get(comparator, (0.0, 0.0))
    sure = max(end - before, 0.0)
    bars = f'<rect class="bar-{escape(value_status)}" width="{sure:.1f}" height="{HEIGHT}"/>'
    if before or after:
        bars += f'<rect class="bar-unsure" x="{sure:.1f}" width="{end + after - sure:.1f}" height="{HEIGHT}"/>'
    shape = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    return Markup(f'<svg class="bar" {shape} aria-hidden="true">{bars}</svg>')  # noqa: S704  escaped or made here


def column(share: float) -> Markup:
    """Return a vertical bar, `share` (0 to 1) of the highest.

    Hidden from screen readers, because the number is in the text.
    """
    high = max(share * HEIGHT * 4, 1.0)
    place = f'y="{HEIGHT * 4 - high:.1f}" width="{HEIGHT}" height="{high:.1f}"'
    shape = f'viewBox="0 0 {HEIGHT} {HEIGHT * 4}" preserveAspectRatio="none"'
    return Markup(f'<svg class="column" {shape} aria-hidden="true"><rect class="bar-main" {place}/></svg>')  # noqa: S704


def swatch(part: str) -> Markup:
    """Return a small square in the colour of a part, for the heading of its column."""
    square = f'<rect class="bar-{escape(part)}" width="{HEIGHT}" height="{HEIGHT}"/>'
    return Markup(f'<svg class="swatch" viewBox="0 0 {HEIGHT} {HEIGHT}" aria-hidden="true">{square}</svg>')  # noqa: S704


def _share(row: Row, whole: int) -> int:
    return round(100 * sum(row.numbers) / whole) if whole else 0


def _picture(row: Row, longest: int, title: str, parts: Sequence[str]) -> Markup:
    kind = "bar own-colour" if row.colour else "bar"
    bars: list[str] = []
    start = 0.0
    for part, number in zip(parts, row.numbers, strict=True):
        width = WIDTH * number / longest if longest else 0.0
        if width:
            place = f'x="{start:.2f}" width="{width:.2f}" height="{HEIGHT}"'
            # A class would take precedence over the attribute `fill`.
            look = f'fill="{escape(row.colour)}"' if row.colour else f'class="bar-{part}"'
            bars.append(f"<rect {look} {place}/>")
        start += width
    shape = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    return Markup(  # noqa: S704  all that comes from outside is escaped
        f'<svg class="{kind}" {shape} role="img"><title>{escape(title)}</title>{"".join(bars)}</svg>'
    )
