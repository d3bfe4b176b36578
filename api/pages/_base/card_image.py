"""Social sharing cards: a 1200 x 630 PNG with title, kind, status and counts. Same input, same bytes."""

import io
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from .share import Share

SIZE = (1200, 630)
EDGE = 72
WIDE = SIZE[0] - 2 * EDGE
PAPER, INK, PALE, ACCENT, SOFT = "#ffffff", "#17211f", "#55625f", "#0b4f5c", "#e9edec"
TITLES = ((76, 2), (58, 3), (46, 4))
"""Title font sizes in pixels, largest first, each with the maximum number of lines."""
MOST_LETTERS = 240
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
Font = ImageFont.FreeTypeFont


def png(share: Share, footer: str, fallback: str = "") -> bytes:
    """Return the card of a page as PNG bytes; `fallback` is the title if the font lacks the characters of its own."""
    canvas = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, SIZE[0], 15), fill=ACCENT)
    canvas.paste(_mark(64), (EDGE, 60))
    draw.text((EDGE + 84, 92), "VNKG", INK, _font(600, 38), anchor="lm")
    title, size = _title(settable(share.title) or settable(fallback))
    high = round(size * 1.28)
    top = 174 + (264 - high * len(title)) // 2
    draw.text((EDGE, top), _cut(settable(share.kind), _font(400, 32)), PALE, _font(400, 32), anchor="lm")
    for number, line in enumerate(title):
        draw.text((EDGE, top + 34 + number * high + high // 2), line, INK, _font(600, size), anchor="lm")
    _facts(draw, share, 496)
    draw.line((EDGE, 556, SIZE[0] - EDGE, 556), SOFT, 2)
    draw.text((EDGE, 588), _cut(settable(footer), _font(400, 24)), PALE, _font(400, 24), anchor="lm")
    written = io.BytesIO()
    canvas.quantize(64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def settable(text: str) -> str:
    """Return the text in NFC, limited to the characters that the font has, without invisible ones.

    Empty if no letter or digit is left. At most `MAX_CHARACTERS` characters are read.
    """
    seen = (" " if unicodedata.category(letter) in _UNSEEN else letter for letter in text[:MOST_LETTERS])
    composed = unicodedata.normalize("NFC", "".join(seen))
    kept = "".join(letter for letter in composed if letter.isspace() or _has(letter))
    return " ".join(kept.split()) if any(letter.isalnum() for letter in kept) else ""


@cache
def _font(weight: int, size: int) -> Font:
    file = resources.files("vnkg.api").joinpath("static", f"be-vietnam-pro-{weight}.woff2")
    # Basic layout, because the other engine depends on the libraries of the machine.
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(letter: str) -> bool:
    return _drawn(letter) != _drawn("\uffff")


def _drawn(letter: str) -> bytes:
    drawn = Image.new("L", (64, 64))
    ImageDraw.Draw(drawn).text((8, 8), letter, 255, _font(400, 32))
    return drawn.tobytes()


def _facts(draw: ImageDraw.ImageDraw, share: Share, middle: int) -> None:
    """Draw the status in a rounded box, then the details after it; `middle` is the y coordinate of the line."""
    place, font = EDGE, _font(400, 32)
    if said := settable(share.said_status):
        bold = _font(600, 30)
        said = _cut(said, bold, WIDE // 2)
        wide = round(bold.getlength(said)) + 40
        draw.rounded_rectangle((place, middle - 28, place + wide, middle + 28), 28, SOFT)
        draw.text((place + 20, middle), said, ACCENT, bold, anchor="lm")
        place += wide + 28
    told = settable(" · ".join(share.facts))
    draw.text((place, middle), _cut(told, font, SIZE[0] - EDGE - place), INK, font, anchor="lm")


def _title(text: str) -> tuple[list[str], int]:
    """Return the lines of a title and their font size: the largest that fits, else the smallest with the end cut."""
    for size, most in TITLES:
        lines = list(_lines(text, _font(600, size)))
        if len(lines) <= most:
            return lines, size
    size, most = TITLES[-1]
    lines = list(_lines(text, _font(600, size)))[:most]
    return [*lines[:-1], _cut(f"{lines[-1]} …", _font(600, size))], size


def _lines(text: str, font: Font) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= WIDE:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > WIDE:
            kept = _cut(line, font, end="")
            yield kept
            line = line[len(kept) :]
    if line:
        yield line


def _cut(text: str, font: Font, wide: int = WIDE, end: str = "…") -> str:
    """Return the text, shortened and with `end` added if it is wider than `width` pixels."""
    if font.getlength(text) <= wide:
        return text
    fits = bisect_right(range(len(text)), wide, key=lambda n: font.getlength(text[:n] + end)) - 1
    return text[: max(fits, 1)].rstrip(" …·") + end


def _mark(size: int) -> Image.Image:
    """Return the logo as `static/icon.svg` draws it, `size` pixels square."""
    fine = 8  # drawn at eight times the size and scaled down, for smooth edges
    drawn = Image.new("RGB", (32 * fine, 32 * fine), PAPER)
    draw = ImageDraw.Draw(drawn)
    draw.rounded_rectangle((0, 0, 32 * fine - 1, 32 * fine - 1), 7 * fine, ACCENT)
    for line in ((10, 10, 22, 9), (10, 10, 15, 22), (22, 9, 15, 22)):
        draw.line([fine * place for place in line], PAPER, 2 * fine)
    draw.ellipse([fine * place for place in (6.6, 6.6, 13.4, 13.4)], PAPER)
    draw.polygon([fine * place for place in (22, 5, 26, 9, 22, 13, 18, 9)], PAPER)
    draw.rectangle([fine * place for place in (12, 18.6, 18.4, 25)], PAPER)
    return drawn.resize((size, size), Image.Resampling.LANCZOS)
