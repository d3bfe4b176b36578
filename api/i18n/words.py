"""Texts of the interface: `words.yaml` in the folder of each page, and `words/` here for shared texts.

Each text has English (`en`) and Vietnamese (`vi`). If `n` is 1, the text KEY_1 is used, if it exists. Labels that the
schema declares are not repeated there.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from ...graph import resources
from ...graph.model.declarations import Declarations
from ...graph.model.schema import localized_label, schema
from .language import LANGUAGES, format_number


@cache
def word_table() -> Mapping[str, Mapping[str, str]]:
    """Read all texts, by key and language.

    Raises `DeclarationError` for a text that lacks a language, and for a key that occurs twice.
    """
    words: dict[str, Mapping[str, str]] = {}
    for folder, pattern in (("i18n", "words/*.yaml"), ("pages", "*/words.yaml")):
        for name, text in resources.files(f"vnkg.api.{folder}", pattern):
            declarations = Declarations(text, f"api/{folder}/{name}")
            for key, body in declarations.mapping((), declarations.value, "a mapping of texts").items():
                fields = declarations.fields((key,), body, tuple(LANGUAGES))
                if key in words:
                    raise declarations.error((key,), f"the word {key!r} again", "each word once in all files")
                words[key] = declarations.texts((key,), fields, LANGUAGES)
    return words


class Words:
    """Texts in one language; call it with a key and the values of placeholders: `t("found", n=3)`."""

    def __init__(self, language: str) -> None:
        self.language_code = language

    def __call__(self, key: str, *, fallback_key: str | None = None, **values: Any) -> str:
        """Return a text with its placeholders filled; `fallback_key` is used if `key` does not exist."""
        words = word_table()
        if values.get("n") == 1 and f"{key}_1" in words:
            key = f"{key}_1"
        if key not in words and fallback_key is not None:
            key = fallback_key
        format_values = {
            name: format_number(value, self.language_code) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return (
            words[key][self.language_code].format(**format_values) if format_values else words[key][self.language_code]
        )

    def language(self, code: str | None) -> str:
        """Return the name of a language; a code without a name is returned unchanged."""
        words = word_table()
        key = f"language_{code}"
        return words[key][self.language_code] if key in words else code or ""

    def indicator(self, key: str) -> str:
        """Return the name of an indicator; of one that is not registered, its key with spaces for underscores."""
        indicator = schema().indicators.get(key)
        return localized_label(indicator, self.language_code) if indicator else key.replace("_", " ")
