"""The ways in which a typed text leads to what is meant, by the names of one release; pure.

An answer holds all that was typed: as another form of a name, as a number of a document, as an office, or as words of a
longer text. A suggestion does not, and is marked as one: nearly spelt so, with a word that begins so, with words of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from rapidfuzz.distance import Indel

from ..model.folding import document_key
from .analyzer import Unit, at_odds, marked, tokens
from .name_index import Entity, Match, Register

WAYS = ("name", "form", "number", "former", "office", "words", "begins", "near", "part")
"""How something was found, best first."""
SUGGESTIONS = ("begins", "near", "part")
"""Ways that find what may have been meant; no answers."""
_FEW, _SEVERAL = 20, 3


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, the text that led to it, and how."""

    entity: Entity
    matched: str
    how: str


class Typed:
    """A text that somebody typed, read with the names of a release; `node` keeps to one node type."""

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
        """Yield documents by their number, then what is another form of a name, then people by their office."""
        for entity in self.register.find_numbered(self._units):
            if self._node in (None, entity.type):
                yield Found(entity, entity.names[0], "number")
        for match in self._forms():
            yield self._found(match, "near" if self._is_at_odds(match) else "form")
        if any(meaning in self._rules.offices for unit in self._units for meaning in unit.meanings):
            for match in self.register.find(self._units, "office", node=self._node):
                yield Found(match.entity, match.text, "office")

    def by_words(self) -> Iterator[Found]:
        """Yield what has all words in one text of its, in any order where it does not matter."""
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
        """Yield a few that begin so or are nearly spelt so; where nothing is, what holds a part of it."""
        near = (self._found(match, "near") for match in self._near())
        found = [*islice(self.begun(), _FEW), *islice(near, _FEW)] or list(islice(self._corrected(), _FEW))
        yield from found
        if not found:
            parts = (self._found(match, "part") for match in chain(self._but_for_kind(slips=False), self._within()))
            yield from islice(chain(parts, self._compounded()), _FEW)

    def begun(self) -> Iterator[Found]:
        """Yield what holds all words, the last of them unfinished."""
        *given, last = self._tokens
        if last.isdecimal():
            return
        units = self.register.units(tuple(given))
        for match in self.register.find_begun(units, last, "name", node=self._node):
            words = [Unit("word", (word,), (word,)) for word in tokens(match.text) if word.startswith(last)]
            if not self._is_at_odds(match) and any(self._in_order(match, [*units, word]) for word in words):
                yield self._found(match, "begins")

    def is_one_of_many(self, matched: str, entity: Entity) -> bool:
        """Tell whether a name only says what kind of thing an entity is, so that it fits others of its kind as well.

        `Abteilung für Wissenschaft und Technologie` is what one article calls the department of one province.
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
        """Yield what is spelt just so, or with slips nearly so, without what says what kind of thing it is."""
        units = [unit for unit in self._units if unit.kind != "sense"]
        for match in self.register.find_near(units, self._node):
            held = self.register.meanings(match.text)
            if slips != all(held.intersection(unit.meanings) for unit in units):
                yield match

    def _corrected(self) -> Iterator[Found]:
        """Yield what has all words when the words that nothing is called are taken for others spelt nearly so."""
        unknown = [unit for unit in self._words if unit.meanings[0] not in self.register]
        if not 1 <= len(unknown) <= _SEVERAL or len(unknown) == len(self._words):
            return
        meant = {unit.tokens[0]: self.register.nearest_word(unit.tokens[0]) for unit in unknown}
        if None not in meant.values():
            other = self._instead(meant)
            yield from (Found(one.entity, one.matched, "near") for one in chain(other.answers(), other.by_words()))

    def _compounded(self) -> Iterator[Found]:
        """Yield what holds the words that those nobody knows begin with: Halbleiter in Halbleiterindustrie."""
        unknown = [unit.tokens[0] for unit in self._words if unit.meanings[0] not in self.register]
        meant = {word: begun for word in unknown if (begun := self.register.begun_by(word))}
        if meant:
            other = self._instead(meant)
            yield from (Found(one.entity, one.matched, "part") for one in chain(other.answers(), other.by_words()))

    def _instead(self, meant: Mapping[str, str | None]) -> "Typed":
        """Return the text with other words instead of some."""
        return Typed(self.register, " ".join(meant.get(token) or token for token in self._tokens), self._node)

    def _within(self) -> Iterator[Match]:
        """Yield names that hold a part of what was typed: never of a number, nor only what kind of thing it is."""
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
        """Tell whether the text names a kind of document and a number, and nothing else."""
        kinds = any(meaning.startswith("#Policy.") for unit in self._units for meaning in unit.meanings)
        return kinds and all(unit.kind == "sense" or unit.tokens[0].isdecimal() for unit in self._units)

    def _is_at_odds(self, match: Match) -> bool:
        return self._names_other or at_odds(self._marked, match.entity.names)

    def _is_other(self, part: Unit) -> bool:
        """Tell whether a part of what was typed is by its marks none of the names that it seems to be."""
        written = [(word, marks) for word, marks in self._marked if word in part.tokens]
        names = (self.register[meaning[1:]].names for meaning in part.meanings if meaning[0] == "@")
        return all(at_odds(written, of_one) for of_one in names)

    def _found(self, match: Match, how: str) -> Found:
        """Return a match with that name of the same units that is most like what was typed."""
        units = self._meant(match.text)
        forms = [name for name in match.entity.names if self._meant(name) == units] or [match.text]
        return Found(match.entity, min(forms, key=lambda form: (unlike(form, self._text), form)), how)

    def _meant(self, name: str) -> set[tuple[str, ...]]:
        return {unit.meanings for unit in self.register.units_of_name(name)}

    def _in_order(self, match: Match, units: Sequence[Unit]) -> bool:
        """Tell whether words stand in the order that a name needs: Nam Hà is not Hà Nam.

        The name of a person may begin with any of its words (Lâm Đình Thắng, Thang Lam Dinh).
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
    """Return by how many letters a name is another text than what was typed; marks count, capitals do not."""
    return Indel.distance(name.casefold(), typed.casefold())


def _says_something(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.kind != "small"]
