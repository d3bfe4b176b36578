"""The words of the interface, read from `templates/words.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from vnkg.api.language import number
from vnkg.graph import yamltext


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Return every word by its key, in each language."""
    text = resources.files("vnkg.api").joinpath("templates", "words.yaml").read_text(encoding="utf-8")
    return yamltext.parse(text)


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
