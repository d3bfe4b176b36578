"""Texts of the interface: `words.yaml` in the folder of each page, and `words/` here for shared texts.

Each text has English (`en`) and Vietnamese (`vi`). If `n` is 1, the text KEY_1 is used, if it exists. Labels that the
schema declares are not repeated there.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from ...graph import resources
from ...graph.errors import DeclarationError
from .language import number


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Read all texts, by key and language; raise `DeclarationError` for a key that occurs twice."""
    found: dict[str, Mapping[str, str]] = {}
    files = [*resources.files("vnkg.api.i18n", "words/*.yaml"), *resources.files("vnkg.api.pages", "*/words.yaml")]
    for name, text in files:
        for key, word in resources.parse(text).items():
            if key in found:
                raise DeclarationError(f"{name}: found the word {key!r} again; expected each word once")
            found[key] = word
    return found


class Words:
    """Texts in one language; call it with a key and the values of placeholders: `t("found", n=3)`."""

    def __init__(self, language: str) -> None:
        self.code = language

    def __call__(self, key: str, *, other: str | None = None, **values: Any) -> str:
        """Return a text with its placeholders filled; `fallback_key` is used if `key` does not exist."""
        words = table()
        if values.get("n") == 1 and f"{key}_1" in words:
            key = f"{key}_1"
        if key not in words and other is not None:
            key = other
        shown = {name: number(value, self.code) if isinstance(value, int) else value for name, value in values.items()}
        return words[key][self.code].format(**shown) if shown else words[key][self.code]

    def language(self, code: str | None) -> str:
        """Return the name of a language; a code without a name is returned unchanged."""
        words = table()
        key = f"language_{code}"
        return words[key][self.code] if key in words else code or ""

    def indicator(self, key: str) -> str:
        """Return the name of an indicator; without one, its key with spaces instead of underscores."""
        words = table()
        name = f"indicator_{key}"
        return words[name][self.code] if name in words else key.replace("_", " ")
