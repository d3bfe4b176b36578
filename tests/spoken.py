"""The text of a page and the language it is marked with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr", "base"}
SAID = ("alt", "title", "placeholder", "aria-label", "aria-description")
"""Attributes whose text is shown or read aloud."""
OF_NO_LANGUAGE = {"code", "pre", "script", "style", "svg", "bdi"}


@dataclass
class Spoken(HTMLParser):
    """The texts of a page as (language, text); code has no language."""

    text: str
    said: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    _open: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = "" if tag in OF_NO_LANGUAGE else given.get("lang", self._language())
        self.said += [(language, given[name]) for name in SAID if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._language():
            self.said.append((self._language(), " ".join(data.split())))

    def of(self, language: str) -> Iterator[str]:
        """Return the texts marked with a language."""
        return (words for marked, words in self.said if marked == language)
