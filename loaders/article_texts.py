"""The articles' text on the user's disk: lines, passages, and whether they still say these words."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ..graph.errors import PassageError
from ..graph.model.facts import Passage, passage_hash

_FILE = re.compile(r"^(?P<number>\d{3,})(?:_.*)?\.txt$")


class Texts:
    """A folder of `NNN_*.txt` files; article `article:NNN` is the one whose name begins with NNN."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise PassageError(f"{folder}: no such folder; expected one with the articles' text as NNN_*.txt")
        self.folder = folder
        self.files = {
            f"article:{found['number']}": path for path in sorted(folder.iterdir()) if (found := _FILE.match(path.name))
        }
        if not self.files:
            raise PassageError(f"{folder}: no file NNN_*.txt here; expected the articles' text")
        self._lines: dict[str, list[str]] = {}

    def has(self, article: str) -> bool:
        """Tell whether the text of an article is at hand."""
        return article in self.files

    def text(self, article: str) -> str:
        """Return the whole text of an article; raise `PassageError` where it is not at hand."""
        if article not in self.files:
            raise PassageError(f"{self.folder}: the text of {article} is not here")
        try:
            return self.files[article].read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PassageError(f"{self.files[article]}: {error}; expected UTF-8 text") from error

    def sha256(self, article: str) -> str:
        """Return the SHA-256 (hex) of an article's file, as its ledger declares it."""
        return hashlib.sha256(self.files[article].read_bytes()).hexdigest()

    def lines(self, article: str) -> list[str]:
        """Return the article's lines, without their ends; line 1 is the first item."""
        if article not in self._lines:
            self._lines[article] = self.text(article).split("\n")
        return self._lines[article]

    def passage(self, passage: Passage) -> str | None:
        """Return the words of a passage, or None where it does not lie in the text."""
        lines = self.lines(passage.article)
        if not 1 <= passage.line <= len(lines):
            return None
        line = lines[passage.line - 1]
        return line[passage.start : passage.end] if passage.end <= len(line) else None

    def fault(self, passage: Passage) -> str | None:
        """Return what is wrong with a passage, in words, or None where it is there and unchanged."""
        words = self.passage(passage)
        if words is None:
            return f"{passage.at} lies outside the text"
        if passage_hash(words) != passage.sha256:
            return f"{passage.at} says other words than its sha256"
        return None


def faults(texts: Texts, passages: Iterable[Passage]) -> list[str]:
    """Return a line for each passage that is not there or changed; passages of absent articles are faults too."""
    found: list[str] = []
    for passage in passages:
        if not texts.has(passage.article):
            found.append(f"{passage.article}: its text is not in {texts.folder.name}")
        elif fault := texts.fault(passage):
            found.append(f"{passage.article}: {fault}")
    return sorted(set(found))
