"""Clean, shorten and wrap text for the labels of a picture."""

import unicodedata

LETTERS = 20
"""Characters per line of a label."""
LINES = 4
LONGEST = 240
"""Maximum characters of a name; the rest is replaced by `…`."""
UNWANTED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F, 0xFEFF, 0xFFFE, 0xFFFF}


def clean(text: str, limit: int = LONGEST) -> str:
    """Return text for a label: one line, NFC, no control or direction characters, cut with `…` above `limit`.

    >>> clean("Quỹ\\x00 đầu\\u2028tư")
    'Quỹ đầu tư'
    >>> clean("abcdef", limit=4)
    'abc…'
    """
    text = unicodedata.normalize("NFC", text[: 4 * limit])
    kept = text if text.isprintable() else _printable(text)
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def _printable(text: str) -> str:
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in text if ord(letter) not in UNWANTED
    )  # fmt: skip


def wrap(text: str, letters: int = LETTERS, lines: int = LINES) -> tuple[str, ...]:
    """Wrap a label into lines of at most `line_length`, as even as possible; cut with `…` after `max_lines`.

    >>> wrap("Quỹ phát triển khoa học và công nghệ")
    ('Quỹ phát triển khoa', 'học và công nghệ')
    """
    if len(text) <= letters and text:
        return (text,)
    wanted = len(_broken(text, letters))
    least = max(max(map(len, text.split()), default=letters), len(text) // max(wanted, 1) - 1)
    widths = range(min(letters, least), letters + 1)
    even = next(found for width in widths if len(found := _broken(text, width)) <= wanted)
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
