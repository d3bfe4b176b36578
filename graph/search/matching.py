"""Match strategies: how a query leads to entities, given the name index of one release. No I/O.

An answer matches all of the query: as another form of a name, a document number, an office, or the words of a longer
text. A suggestion matches it only in part and is marked as one: a similar spelling, a prefix, or some of the words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from rapidfuzz.distance import Indel

from ..model.folding import document_key
from .analyzer import Unit, at_odds, marked, tokens
from .name_index import Entity, Match, Register

WAYS = ("name", "form", "number", "former", "office", "words", "begins", "near", "part")
"""Match types, best first."""
SUGGESTIONS = ("begins", "near", "part")
"""Match types that are suggestions, not answers."""
_FEW, _SEVERAL = 20, 3


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, the text that matched, and the match type."""

    entity: Entity
    matched: str
    how: str


class Typed:
    """A query analyzed with the names of a release; `node_type` limits the results to one type."""

    def __init__(self, register: Register, text: str, node: str | None) -> None:
        self.register = register
        self._text = text
        self._node = node
        self._tokens = tokens(text)
        self._whole = list({unit.meanings: unit for unit in register.units(self._tokens)}.values())
        self._units = _says_something(self._whole) or self._whole
        self._words = register.words(self._tokens)
        self._rules = register.grammar.rules
        self._marked = marked(text)
        parts = (unit for unit in self._whole if unit.kind == "part")
        self._names_other = any(self._is_other(unit) for unit in parts)

    def answers(self) -> Iterator[Found]:
        """Yield documents by number, then other forms of names, then people by their office."""
        for entity in self.register.find_numbered(self._units):
            if self._node in (None, entity.type):
                yield Found(entity, entity.names[0], "number")
        for match in self._forms():
            yield self._found(match, "near" if self._is_at_odds(match) else "form")
        if any(meaning in self._rules.offices for unit in self._units for meaning in unit.meanings):
            for match in self.register.find(self._units, "office", node=self._node):
                yield Found(match.entity, match.text, "office")

    def by_words(self) -> Iterator[Found]:
        """Yield entities of which one text has all words of the query, in an order that `_is_in_order` accepts."""
        if self._is_number():
            return
        for units in (self._whole, self._units, self._words):
            found = False
            for match in self.register.find(units, "name", "text", node=self._node):
                if self._in_order(match, units) and not self._is_at_odds(match):
                    found = True
                    yield self._found(match, "words")
            if found:
                return

    def suggestions(self) -> Iterator[Found]:
        """Yield a few prefix and fuzzy matches; if there are none, corrected queries, then partial matches."""
        near = (self._found(match, "near") for match in self._near())
        found = [*islice(self.begun(), _FEW), *islice(near, _FEW)] or list(islice(self._corrected(), _FEW))
        yield from found
        if not found:
            parts = (self._found(match, "part") for match in chain(self._but_for_kind(slips=False), self._within()))
            yield from islice(chain(parts, self._compounded()), _FEW)

    def begun(self) -> Iterator[Found]:
        """Yield names that contain all words of the query, the last of them as a prefix."""
        *given, last = self._tokens
        if last.isdecimal():
            return
        units = self.register.units(tuple(given))
        for match in self.register.find_begun(units, last, "name", node=self._node):
            words = [Unit("word", (word,), (word,)) for word in tokens(match.text) if word.startswith(last)]
            if not self._is_at_odds(match) and any(self._in_order(match, [*units, word]) for word in words):
                yield self._found(match, "begins")

    def is_one_of_many(self, matched: str, entity: Entity) -> bool:
        """Return True if the name is generic: it also matches other entities of the same type and kind.

        Example: one article calls the department of one province `Abteilung für Wissenschaft und Technologie`.
        """
        units, whole = (self.register.units_of_name(name) for name in (matched, entity.name))
        own = {meaning for unit in whole for meaning in unit.meanings}
        if len(units) >= len(whole) or not all(own.intersection(unit.meanings) for unit in units):
            return False
        others = self.register.find(units, "name", node=entity.type)
        return any(
            not other.whole and other.entity.id != entity.id and other.entity.kind == entity.kind for other in others
        )

    def _forms(self) -> Iterator[Match]:
        for units in (self._units, self._words):
            for match in self.register.find(units, "name", node=self._node, whole=True):
                if self._in_order(match, units) and not self.is_one_of_many(match.text, match.entity):
                    yield match

    def _near(self) -> Iterator[Match]:
        yield from self.register.find_near(self._whole, self._node)
        yield from self._but_for_kind(slips=True)

    def _but_for_kind(self, *, slips: bool) -> Iterator[Match]:
        """Yield names that match the query without its type words: misspelt ones `with_typos`, else exact ones only."""
        units = [unit for unit in self._units if unit.kind != "sense"]
        for match in self.register.find_near(units, self._node):
            held = self.register.meanings(match.text)
            if slips != all(held.intersection(unit.meanings) for unit in units):
                yield match

    def _corrected(self) -> Iterator[Found]:
        """Yield results of the query with its unknown words replaced by the most similar known ones."""
        unknown = [unit for unit in self._words if unit.meanings[0] not in self.register]
        if not 1 <= len(unknown) <= _SEVERAL or len(unknown) == len(self._words):
            return
        meant = {unit.tokens[0]: self.register.nearest_word(unit.tokens[0]) for unit in unknown}
        if None not in meant.values():
            other = self._instead(meant)
            yield from (Found(one.entity, one.matched, "near") for one in chain(other.answers(), other.by_words()))

    def _compounded(self) -> Iterator[Found]:
        """Yield results with unknown compounds cut to a known prefix: Halbleiterindustrie to Halbleiter."""
        unknown = [unit.tokens[0] for unit in self._words if unit.meanings[0] not in self.register]
        meant = {word: begun for word in unknown if (begun := self.register.begun_by(word))}
        if meant:
            other = self._instead(meant)
            yield from (Found(one.entity, one.matched, "part") for one in chain(other.answers(), other.by_words()))

    def _instead(self, meant: Mapping[str, str | None]) -> "Typed":
        """Return the query with some tokens replaced; a token that maps to None stays."""
        return Typed(self.register, " ".join(meant.get(token) or token for token in self._tokens), self._node)

    def _within(self) -> Iterator[Match]:
        """Yield names that share words with the query: all of its numbers, and more than type words.

        A document number has no partial matches.
        """
        if self._is_number() or document_key(self._text) is not None:
            return
        numbers = {token for token in self._tokens if token.isdecimal()}
        for match in self.register.find_within(self._units, self._node):
            named = self.register.meanings(match.text)
            kinds = {unit.kind for unit in self._units if named.intersection(unit.meanings)}
            holds_enough = numbers <= named and kinds - {"sense"}
            if holds_enough and self._in_order(match, self._units) and not self._is_at_odds(match):
                yield match

    def _is_number(self) -> bool:
        """Return True if the query consists of a kind of document and a number only."""
        kinds = any(meaning.startswith("#Policy.") for unit in self._units for meaning in unit.meanings)
        return kinds and all(unit.kind == "sense" or unit.tokens[0].isdecimal() for unit in self._units)

    def _is_at_odds(self, match: Match) -> bool:
        return self._names_other or at_odds(self._marked, match.entity.names)

    def _is_other(self, part: Unit) -> bool:
        """Return True if the diacritics of a name part in the query contradict every name it could stand for."""
        written = [(word, marks) for word, marks in self._marked if word in part.tokens]
        names = (self.register[meaning[1:]].names for meaning in part.meanings if meaning[0] == "@")
        return all(at_odds(written, of_one) for of_one in names)

    def _found(self, match: Match, how: str) -> Found:
        """Return a match as a result; of the names with the same units it shows the one closest to the query."""
        units = self._meant(match.text)
        forms = [name for name in match.entity.names if self._meant(name) == units] or [match.text]
        return Found(match.entity, min(forms, key=lambda form: (unlike(form, self._text), form)), how)

    def _meant(self, name: str) -> set[tuple[str, ...]]:
        return {unit.meanings for unit in self.register.units_of_name(name)}

    def _in_order(self, match: Match, units: Sequence[Unit]) -> bool:
        """Return True if the words of the query are in an order that the name allows: Nam Hà is not Hà Nam.

        A person's name may be rotated, so that it starts with any of its words (Lâm Đình Thắng, Thang Lam Dinh).
        """
        given = tokens(match.text)
        asked = [unit.meanings for unit in units if unit.kind == "word"]
        found = (next((at for at, token in enumerate(given) if token in one), None) for one in asked)
        places = [place for place in found if place is not None]
        if match.entity.type in self._rules.word_by_word:
            turns = [one for one, other in pairwise(places) if one > other]
            return not turns or (len(turns) == 1 and places[-1] < places[0])
        parts = (unit for unit in self.register.grammar.units(given) if unit.kind == "part")
        bound = {token for unit in parts for token in unit.tokens}
        order = [place for place in places if given[place] in bound]
        return order == sorted(order)


def unlike(name: str, typed: str) -> int:
    """Return the insertions and deletions (Indel distance) between a name and a query; ignores case, not marks."""
    return Indel.distance(name.casefold(), typed.casefold())


def _says_something(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.kind != "small"]
