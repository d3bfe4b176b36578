"""The articles' text on the user's disk: its lines and passages, and whether a passage still matches its hash."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ..graph.errors import InputError, PassageError
from ..graph.model.facts import Passage, passage_hash
from .text_file import read_file_bytes, read_text_file

_FILE_NAME = re.compile(r"^(?P<number>\d{3,})(?:_.*)?\.txt$")


class Texts:
    """A folder of `NNN_*.txt` files; the text of `article:NNN` is the file whose name begins with NNN.

    Raises `PassageError` if the folder does not exist, cannot be read or has no such file.
    """

    def __init__(self, folder: Path) -> None:
        try:
            paths = sorted(folder.iterdir())
        except (FileNotFoundError, NotADirectoryError) as error:
            expectation = "expected one with the articles' text as NNN_*.txt"
            raise PassageError(f"{folder}: no such folder; {expectation}") from error
        except OSError as error:
            raise PassageError(f"{folder}: cannot be read: {error.strerror or error}") from error
        self.folder = folder
        self.files = {f"article:{match['number']}": path for path in paths if (match := _FILE_NAME.match(path.name))}
        if not self.files:
            raise PassageError(f"{folder}: no file NNN_*.txt here; expected the articles' text")
        self._lines: dict[str, list[str]] = {}

    def has(self, article: str) -> bool:
        """True if the folder has the text of an article."""
        return article in self.files

    def text(self, article: str) -> str:
        """Return the whole text of an article; raise `PassageError` if it is missing or not UTF-8."""
        if article not in self.files:
            raise PassageError(f"{self.folder}: the text of {article} is not here")
        try:
            return read_text_file(self.files[article])
        except InputError as error:
            raise PassageError(str(error)) from error

    def sha256(self, article: str) -> str:
        """Return the SHA-256 (hex) of an article's text file, to compare with the one its article file declares.

        Raises `InputError` if the file cannot be read.
        """
        return hashlib.sha256(read_file_bytes(self.files[article])).hexdigest()

    def lines(self, article: str) -> list[str]:
        """Return the article's lines without line ends; line 1 is the first item."""
        if article not in self._lines:
            self._lines[article] = self.text(article).split("\n")
        return self._lines[article]

    def passage_text(self, passage: Passage) -> str | None:
        """Return the text of a passage, or None if it lies outside the article's text."""
        lines = self.lines(passage.article)
        if not 1 <= passage.line <= len(lines):
            return None
        line = lines[passage.line - 1]
        return line[passage.start : passage.end] if passage.end <= len(line) else None

    def passage_error(self, passage: Passage) -> str | None:
        """Return what is wrong with a passage as a message, or None if it is present and unchanged."""
        words = self.passage_text(passage)
        if words is None:
            return f"{passage.locator} lies outside the text"
        if passage_hash(words) != passage.sha256:
            return f"{passage.locator} says other words than its sha256"
        return None


def find_passage_errors(texts: Texts, passages: Iterable[Passage]) -> list[str]:
    """Return a sorted message for each passage that is missing or changed, or whose article has no text here."""
    errors: list[str] = []
    for passage in passages:
        if not texts.has(passage.article):
            errors.append(f"{passage.article}: its text is not in {texts.folder.name}")
        elif error := texts.passage_error(passage):
            errors.append(f"{passage.article}: {error}")
    return sorted(set(errors))
