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
MARGIN = 72
TEXT_WIDTH = SIZE[0] - 2 * MARGIN
PAPER, INK, MUTED_INK, ACCENT, LIGHT = "#ffffff", "#17211f", "#55625f", "#0b4f5c", "#e9edec"
TITLE_SIZES = ((76, 2), (58, 3), (46, 4))
"""Title font sizes in pixels, largest first, each with the maximum number of lines."""
MAX_CHARACTERS = 240
_INVISIBLE_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
Font = ImageFont.FreeTypeFont


def card_png(share: Share, footer: str, fallback: str = "") -> bytes:
    """Return the card of a page as PNG bytes; `fallback` is the title if the font lacks the characters of its own."""
    canvas = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, SIZE[0], 15), fill=ACCENT)
    canvas.paste(_logo(64), (MARGIN, 60))
    draw.text((MARGIN + 84, 92), "VNKG", INK, _font(600, 38), anchor="lm")
    title, size = _title(renderable_text(share.title) or renderable_text(fallback))
    line_height = round(size * 1.28)
    top = 174 + (264 - line_height * len(title)) // 2
    draw.text(
        (MARGIN, top), _truncate(renderable_text(share.kind), _font(400, 32)), MUTED_INK, _font(400, 32), anchor="lm"
    )
    for number, line in enumerate(title):
        draw.text(
            (MARGIN, top + 34 + number * line_height + line_height // 2), line, INK, _font(600, size), anchor="lm"
        )
    _draw_details(draw, share, 496)
    draw.line((MARGIN, 556, SIZE[0] - MARGIN, 556), LIGHT, 2)
    draw.text((MARGIN, 588), _truncate(renderable_text(footer), _font(400, 24)), MUTED_INK, _font(400, 24), anchor="lm")
    buffer = io.BytesIO()
    canvas.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def renderable_text(text: str) -> str:
    """Return the text in NFC, limited to the characters that the font has, without invisible ones.

    Empty if no letter or digit is left. At most `MAX_CHARACTERS` characters are read.
    """
    visible = (
        " " if unicodedata.category(letter) in _INVISIBLE_CATEGORIES else letter for letter in text[:MAX_CHARACTERS]
    )
    composed = unicodedata.normalize("NFC", "".join(visible))
    renderable = "".join(letter for letter in composed if letter.isspace() or _has_glyph(letter))
    return " ".join(renderable.split()) if any(letter.isalnum() for letter in renderable) else ""


@cache
def _font(weight: int, size: int) -> Font:
    file = resources.files("vnkg.api").joinpath("static", f"be-vietnam-pro-{weight}.woff2")
    # Basic layout, because the other engine depends on the libraries of the machine.
    return ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has_glyph(letter: str) -> bool:
    return _glyph_bitmap(letter) != _glyph_bitmap("\uffff")


def _glyph_bitmap(letter: str) -> bytes:
    bitmap = Image.new("L", (64, 64))
    ImageDraw.Draw(bitmap).text((8, 8), letter, 255, _font(400, 32))
    return bitmap.tobytes()


def _draw_details(draw: ImageDraw.ImageDraw, share: Share, middle: int) -> None:
    """Draw the status in a rounded box, then the details after it; `middle` is the y coordinate of the line."""
    x, font = MARGIN, _font(400, 32)
    if status := renderable_text(share.status_label):
        bold_font = _font(600, 30)
        status = _truncate(status, bold_font, TEXT_WIDTH // 2)
        box_width = round(bold_font.getlength(status)) + 40
        draw.rounded_rectangle((x, middle - 28, x + box_width, middle + 28), 28, LIGHT)
        draw.text((x + 20, middle), status, ACCENT, bold_font, anchor="lm")
        x += box_width + 28
    details = renderable_text(" · ".join(share.details))
    draw.text((x, middle), _truncate(details, font, SIZE[0] - MARGIN - x), INK, font, anchor="lm")


def _title(text: str) -> tuple[list[str], int]:
    """Return the lines of a title and their font size: the largest that fits, else the smallest with the end cut."""
    for size, max_lines in TITLE_SIZES:
        lines = list(_lines(text, _font(600, size)))
        if len(lines) <= max_lines:
            return lines, size
    size, max_lines = TITLE_SIZES[-1]
    lines = list(_lines(text, _font(600, size)))[:max_lines]
    return [*lines[:-1], _truncate(f"{lines[-1]} …", _font(600, size))], size


def _lines(text: str, font: Font) -> Iterator[str]:
    line = ""
    for word in text.split():
        candidate = f"{line} {word}".strip()
        if font.getlength(candidate) <= TEXT_WIDTH:
            line = candidate
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > TEXT_WIDTH:
            fragment = _truncate(line, font, end="")
            yield fragment
            line = line[len(fragment) :]
    if line:
        yield line


def _truncate(text: str, font: Font, width: int = TEXT_WIDTH, end: str = "…") -> str:
    """Return the text, shortened and with `end` added if it is wider than `width` pixels."""
    if font.getlength(text) <= width:
        return text
    length = bisect_right(range(len(text)), width, key=lambda n: font.getlength(text[:n] + end)) - 1
    return text[: max(length, 1)].rstrip(" …·") + end


def _logo(size: int) -> Image.Image:
    """Return the logo as `static/icon.svg` draws it, `size` pixels square."""
    scale = 8  # drawn at eight times the size and scaled down, for smooth edges
    image = Image.new("RGB", (32 * scale, 32 * scale), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, 32 * scale - 1, 32 * scale - 1), 7 * scale, ACCENT)
    for line in ((10, 10, 22, 9), (10, 10, 15, 22), (22, 9, 15, 22)):
        draw.line([scale * coordinate for coordinate in line], PAPER, 2 * scale)
    draw.ellipse([scale * coordinate for coordinate in (6.6, 6.6, 13.4, 13.4)], PAPER)
    draw.polygon([scale * coordinate for coordinate in (22, 5, 26, 9, 22, 13, 18, 9)], PAPER)
    draw.rectangle([scale * coordinate for coordinate in (12, 18.6, 18.4, 25)], PAPER)
    return image.resize((size, size), Image.Resampling.LANCZOS)
