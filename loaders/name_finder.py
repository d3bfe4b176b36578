"""Find the names of known entities in a line, regardless of case and diacritics."""

import re
import unicodedata
from collections.abc import Iterable

from ..graph.model.facts import EntityRecord
from ..graph.model.folding import fold

_URL = re.compile(r"\S+://\S+|www\.\S+")
_MIN_LENGTH = 3
_TYPES_WITH_PROPER_NAMES = ("Province", "Place", "Person", "Organisation", "Policy", "Event", "Article")
"""Types of which an article's forms are sought in other articles too; "the fund" means another fund elsewhere."""


def _fold_with_positions(line: str) -> tuple[str, list[int]]:
    """Return the line folded letter by letter and, for each folded letter, its position in the line."""
    letters: list[str] = []
    positions: list[int] = []
    for position, letter in enumerate(line):
        for folded_letter in fold(letter) or (" " if letter.isspace() else ""):
            letters.append(folded_letter)
            positions.append(position)
    return "".join(letters), positions


def _is_name(words: str) -> bool:
    """True if the words contain a capital letter or a digit, as names do in the languages seen so far."""
    return any(letter.isupper() or letter.isdecimal() for letter in words)


class NameFinder:
    """Finder of entity names in lines: longest match first, none inside another, none in URLs.

    `names` maps a folded name to its entity id. Names that fit several entities are not searched; they are in
    `ambiguous_names`. Former names, very short names and plain numbers are ignored. The forms by which `article` calls
    an entity are found whatever their letters; other names only with a capital letter or a digit.
    """

    def __init__(self, entities: Iterable[EntityRecord], article: str | None = None) -> None:
        names: dict[str, str] = {}
        ambiguous_names: set[str] = set()
        self._forms: set[str] = set()
        for entity in entities:
            for name in entity.names:
                folded = fold(name.text)
                if name.kind == "former" or len(folded) < _MIN_LENGTH or folded.isdecimal():
                    continue
                if name.article not in (None, article) and entity.type not in _TYPES_WITH_PROPER_NAMES:
                    continue
                if names.setdefault(folded, entity.id) != entity.id:
                    ambiguous_names.add(folded)
                if article is not None and name.article == article:
                    self._forms.add(folded)
        self.names = {folded: entity for folded, entity in names.items() if folded not in ambiguous_names}
        self.ambiguous_names = ambiguous_names
        ordered = sorted(self.names, key=lambda folded: (-len(folded), folded))
        self.pattern = re.compile("|".join(rf"(?<!\w){re.escape(folded)}(?!\w)" for folded in ordered) or r"(?!)")

    def find(self, line: str) -> list[tuple[str, int, int]]:
        """Return (entity id, start, end) for each name in a line, in order."""
        composed_line = unicodedata.normalize("NFC", line)
        if len(composed_line) != len(line):
            composed_line = line
        masked_line = _URL.sub(lambda match: " " * len(match.group(0)), composed_line)
        folded_line, positions = _fold_with_positions(masked_line)
        return [
            (self.names[match.group(0)], positions[match.start()], positions[match.end() - 1] + 1)
            for match in self.pattern.finditer(folded_line)
            if match.group(0) in self._forms
            or _is_name(masked_line[positions[match.start()] : positions[match.end() - 1] + 1])
        ]
