"""The text of a page and the language it is marked with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID_ELEMENTS = {"meta", "link", "input", "img", "br", "hr", "source", "wbr", "base"}
TEXT_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description")
"""Attributes whose text is shown or read aloud."""
UNTRANSLATED_ELEMENTS = {"code", "pre", "script", "style", "svg", "bdi"}


@dataclass
class PageLanguages(HTMLParser):
    """The texts of a page as (language, text); code has no language."""

    text: str
    texts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    _open_elements: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def _language(self) -> str:
        return self._open_elements[-1][1] if self._open_elements else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = "" if tag in UNTRANSLATED_ELEMENTS else given.get("lang", self._language())
        self.texts += [(language, given[name]) for name in TEXT_ATTRIBUTES if given.get(name)]
        if tag not in VOID_ELEMENTS:
            self._open_elements.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open_elements and self._open_elements.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._language():
            self.texts.append((self._language(), " ".join(data.split())))

    def in_language(self, language: str) -> Iterator[str]:
        """Return the texts marked with a language."""
        return (words for marked, words in self.texts if marked == language)
