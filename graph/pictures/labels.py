"""Clean, shorten and wrap text for the labels of a picture."""

import unicodedata

MAX_LINE_LENGTH = 20
"""Characters per line of a label."""
MAX_LINES = 4
MAX_LENGTH = 240
"""Maximum characters of a name; the rest is replaced by `…`."""
STRIPPED_CODE_POINTS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF}


def clean(text: str, limit: int = MAX_LENGTH) -> str:
    """Return text for a label: one line, NFC, no control or direction characters, cut with `…` above `limit`.

    >>> clean("Quỹ\\x00 đầu\\u2028tư")
    'Quỹ đầu tư'
    >>> clean("abcdef", limit=4)
    'abc…'
    """
    text = unicodedata.normalize("NFC", text[: 4 * limit])
    result = text if text.isprintable() else _printable(text)
    result = " ".join(result.split())
    return result if len(result) <= limit else result[: limit - 1].rstrip() + "…"


def _printable(text: str) -> str:
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in text if ord(letter) not in STRIPPED_CODE_POINTS
    )  # fmt: skip


def wrap(text: str, line_length: int = MAX_LINE_LENGTH, max_lines: int = MAX_LINES) -> tuple[str, ...]:
    """Wrap a label into lines of at most `line_length`, as even as possible; cut with `…` after `max_lines`.

    >>> wrap("Quỹ phát triển khoa học và công nghệ")
    ('Quỹ phát triển khoa', 'học và công nghệ')
    """
    if len(text) <= line_length and text:
        return (text,)
    line_count = len(_break_lines(text, line_length))
    min_width = max(max(map(len, text.split()), default=line_length), len(text) // max(line_count, 1) - 1)
    widths = range(min(line_length, min_width), line_length + 1)
    wrapped_lines = next(candidate for width in widths if len(candidate := _break_lines(text, width)) <= line_count)
    if len(wrapped_lines) > max_lines:
        wrapped_lines = [
            *wrapped_lines[: max_lines - 1],
            wrapped_lines[max_lines - 1][: line_length - 1].rstrip() + "…",
        ]
    return tuple(wrapped_lines)


def _break_lines(text: str, line_length: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= line_length:
            lines[-1] += f" {word}"
        else:
            lines.extend(word[start : start + line_length] for start in range(0, len(word), line_length))
    return lines
