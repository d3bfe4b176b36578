"""Colours and lines: how statuses, and what only the context suggests, look in every kind of picture."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..model.schema import Status

INK, PALE_INK, LINE, PAPER = "#1b1b1f", "#6d6d76", "#6b7280", "#ffffff"
TONE_COLORS: Mapping[str, str] = {
    "good": "#14603a", "plan": "#1c4a8c", "maybe": "#6a4a00", "disagreement": "#93261b", "grey": "#4c5654",
}  # fmt: skip
"""Colour of each tone on white, as in the chips of the site."""
FAINT_SHARE = 0.55
"""Share of paper in the colour of a link that only the context suggests."""
GAP_SHARE = 0.42
"""Width of the gap of a double line, as a share of the whole."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: lengths of its dashes and gaps in pixels, width as a multiple of the usual."""

    dashes: tuple[float, ...] = ()
    width: float = 1.0
    is_double: bool = False

    def scale_dashes(self, factor: float) -> "Stroke":
        """Return the stroke with dashes and gaps that are longer by a factor, for a picture that is drawn small."""
        return replace(self, dashes=tuple(round(length * factor, 1) for length in self.dashes))


STROKES: Mapping[str, Stroke] = {
    "solid": Stroke(width=1.5),
    "double": Stroke(width=2.8, is_double=True),
    "thin": Stroke(width=0.6),
    "long_dashes": Stroke((18, 5), 1.3),
    "dashed": Stroke((8, 6)),
    "dash_dot": Stroke((18, 4, 2.5, 4), 1.3),
    "dash_dots": Stroke((5, 4, 2, 4, 2, 4)),
    "dotted": Stroke((2.5, 6), 1.3),
    "fine_dots": Stroke((1.2, 3)),
    "sparse": Stroke((5, 12)),
    "double_dashes": Stroke((9, 6), 2.8, is_double=True),
    "double_dots": Stroke((3, 5), 2.8, is_double=True),
}
"""The stroke of each line style of the schema."""


def mix_colors(color: str, added_color: str, share: float) -> str:
    """Return `color` blended with a share (0 to 1) of `added_color`; all are `#rrggbb`.

    >>> mix_colors("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_rgb(color), _rgb(added_color), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def node_colors(color: str, term: Status | None) -> tuple[str, str, str]:
    """Return fill, border and text colour: hollow if it does not exist yet, grey if it is past.

    The border has the colour of the status.
    """
    if term and term.is_ended:
        return mix_colors(color, "#e4e4e7", 0.7), mix_colors(TONE_COLORS[term.tone], PAPER, 0.3), PALE_INK
    fill = mix_colors(color, PAPER, 0.8) if term and not term.exists else color
    return fill, TONE_COLORS[term.tone] if term else mix_colors(color, "#000000", 0.3), INK


def link_color(term: Status | None, is_firm: bool) -> str:
    """Return the colour of a link: that of its status, faint if only the context suggests it."""
    color = TONE_COLORS[term.tone] if term else LINE
    return color if is_firm else mix_colors(color, PAPER, FAINT_SHARE)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
