"""Bars beside numbers: small SVG pictures made here, without script or style of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 100, 10
OPEN = 8
"""Width of the end of a bar whose value is no exact one."""
_BOUNDS = {
    "more than": (0.0, OPEN), "at least": (0.0, OPEN), "nearly": (OPEN, 0.0), "less than": (OPEN, 0.0),
    "at most": (OPEN, 0.0), "about": (OPEN / 2, OPEN / 2),
}  # fmt: skip
"""How far the open end of a bar reaches to either side of the value, by comparator."""
MAIN = ("main",)
"""Parts of a bar that is all of one kind."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart: numbers whose bars stand one behind the other, and a colour of the schema, or none.

    `language` is that of the label, where it is not a word of the page.
    """

    label: str
    numbers: Sequence[int]
    colour: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with its picture."""

    row: Row
    picture: Markup


def chart(rows: Iterable[Row], share: str, parts: Sequence[str] = MAIN) -> list[Bar]:
    """Return a bar for each row, the longest one filling the picture.

    `share` is the picture's title, with `{label}` and `{share}` (of all rows together, in per cent); `parts` are the
    classes by which the stylesheet fills the numbers' bars.
    """
    found = list(rows)
    longest = max((sum(row.numbers) for row in found), default=0)
    whole = sum(sum(row.numbers) for row in found)
    return [
        Bar(row, _picture(row, longest, share.format(label=row.label, share=_share(row, whole)), parts))
        for row in found
    ]


def value_bar(share: float, value_status: str, comparator: str) -> Markup:
    """Return the bar of one value, `share` of the longest; its end is open where the value is no exact one.

    Hidden from those who hear the page: the value stands in words beside it.
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
    """Return an upright bar, `share` of the highest; hidden from those who hear the page: the number stands there."""
    high = max(share * HEIGHT * 4, 1.0)
    place = f'y="{HEIGHT * 4 - high:.1f}" width="{HEIGHT}" height="{high:.1f}"'
    shape = f'viewBox="0 0 {HEIGHT} {HEIGHT * 4}" preserveAspectRatio="none"'
    return Markup(f'<svg class="column" {shape} aria-hidden="true"><rect class="bar-main" {place}/></svg>')  # noqa: S704


def swatch(part: str) -> Markup:
    """Return a part's colour as a small square, for the heading of its numbers."""
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
            # A class of the stylesheet would win over a colour of its own.
            look = f'fill="{escape(row.colour)}"' if row.colour else f'class="bar-{part}"'
            bars.append(f"<rect {look} {place}/>")
        start += width
    shape = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none"'
    return Markup(  # noqa: S704  all that comes from outside is escaped
        f'<svg class="{kind}" {shape} role="img"><title>{escape(title)}</title>{"".join(bars)}</svg>'
    )
