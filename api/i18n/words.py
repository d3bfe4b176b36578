"""The words of the interface: `words.yaml` in the folder of each page, and `words/` here for what all of them say.

A word has English and Vietnamese; one with {n} takes its form KEY_1 for one, where there is one. What the schema names
is not repeated there.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from ...graph import resources
from ...graph.errors import DeclarationError
from .language import number


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Return every word by its key, in each language."""
    found: dict[str, Mapping[str, str]] = {}
    files = [*resources.files("vnkg.api.i18n", "words/*.yaml"), *resources.files("vnkg.api.pages", "*/words.yaml")]
    for name, text in files:
        for key, word in resources.parse(text).items():
            if key in found:
                raise DeclarationError(f"{name}: found the word {key!r} again; expected each word once")
            found[key] = word
    return found


class Words:
    """The words of one language: `t("found", n=3)`."""

    def __init__(self, language: str) -> None:
        self.code = language

    def __call__(self, key: str, *, other: str | None = None, **values: Any) -> str:
        """Return a word with its values in place; `other` is taken where the key does not exist."""
        words = table()
        if values.get("n") == 1 and f"{key}_1" in words:
            key = f"{key}_1"
        if key not in words and other is not None:
            key = other
        shown = {name: number(value, self.code) if isinstance(value, int) else value for name, value in values.items()}
        return words[key][self.code].format(**shown) if shown else words[key][self.code]

    def language(self, code: str | None) -> str:
        """Return what a language is called; a code without a name is shown as it is."""
        words = table()
        key = f"language_{code}"
        return words[key][self.code] if key in words else code or ""

    def indicator(self, key: str) -> str:
        """Return what an indicator is called; one without a name of its own is its key in plain words."""
        words = table()
        name = f"indicator_{key}"
        return words[name][self.code] if name in words else key.replace("_", " ")
