"""Find the names of known entities in a line, regardless of case and diacritics."""

import re
import unicodedata
from collections.abc import Iterable

from ..graph.model.facts import EntityRecord
from ..graph.model.folding import fold

_ADDRESS = re.compile(r"\S+://\S+|www\.\S+")
_SHORTEST = 3


def _folded(line: str) -> tuple[str, list[int]]:
    """Return the line folded letter by letter and, for each folded letter, its position in the line."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(line):
        for part in fold(letter) or (" " if letter.isspace() else ""):
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def _is_name(words: str) -> bool:
    """True if the words contain a capital letter or a digit, as names do in the languages seen so far."""
    return any(letter.isupper() or letter.isdecimal() for letter in words)


class NameFinder:
    """Finder of entity names in lines: longest match first, none inside another, none in URLs.

    `names` maps a folded name to its entity id. Names that fit several entities are not searched; they are in
    `ambiguous_names`. Former names, very short names and plain numbers are ignored.
    """

    def __init__(self, entities: Iterable[EntityRecord]) -> None:
        names: dict[str, str] = {}
        clashing: set[str] = set()
        for entity in entities:
            for name in entity.names:
                folded = fold(name.text)
                if name.kind == "former" or len(folded) < _SHORTEST or folded.isdecimal():
                    continue
                if names.setdefault(folded, entity.id) != entity.id:
                    clashing.add(folded)
        self.names = {folded: entity for folded, entity in names.items() if folded not in clashing}
        self.clashing = clashing
        ordered = sorted(self.names, key=lambda folded: (-len(folded), folded))
        self.pattern = re.compile("|".join(rf"(?<!\w){re.escape(folded)}(?!\w)" for folded in ordered) or r"(?!)")

    def find(self, line: str) -> list[tuple[str, int, int]]:
        """Return (entity id, start, end) for each name in a line, in order."""
        composed = unicodedata.normalize("NFC", line)
        if len(composed) != len(line):
            composed = line
        masked = _ADDRESS.sub(lambda found: " " * len(found.group(0)), composed)
        folded, places = _folded(masked)
        return [
            (self.names[found.group(0)], places[found.start()], places[found.end() - 1] + 1)
            for found in self.pattern.finditer(folded)
            if _is_name(masked[places[found.start()] : places[found.end() - 1] + 1])
        ]
