"""In-memory inverted index of the names of one release, keyed by the meanings of their units."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .analyzer import Grammar, Tokens, Unit, tokens
from .fuzzy import Nearby

Row = Mapping[str, Any]
Ints = npt.NDArray[np.int32]
Sort = Literal["name", "text", "office"]
SORTS: tuple[Sort, ...] = ("name", "text", "office")
"""Kinds of texts: a name; a title or URL; an office with its body."""
MOST = 1_000
"""Maximum number of matches of one lookup."""
_NONE: Ints = np.empty(0, dtype=np.int32)
_SHORTEST_BEGINNING, _LONGEST_ENDING = 7, 2
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity as search results show it, with its names and the tokens of its document number."""

    id: str
    type: str
    name: str
    status: str | None
    kind: str | None
    number: Tokens
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A matching text, its entity, and how many of its units the query contains, of how many."""

    entity: Entity
    text: str
    held: int
    units: int

    @property
    def whole(self) -> bool:
        """True if the query contains every unit of the text."""
        return self.held == self.units


def _places() -> "array[int]":
    return array("i")


@dataclass
class _Texts:
    """Collects the texts of all entities; one list entry per text.

    `postings` maps a meaning to the indexes of the texts that contain it, `context` to the indexes of the entities that
    have it as a context term. Tokens that occur only inside a multi-word unit are indexed with the prefix `~`.
    """

    texts: list[str] = field(default_factory=list[str])
    spelt: list[str] = field(default_factory=list[str])
    owners: "array[int]" = field(default_factory=_places)
    units: "array[int]" = field(default_factory=_places)
    sorts: "array[int]" = field(default_factory=_places)
    holders: dict[str, "array[int]"] = field(default_factory=dict[str, "array[int]"])
    beside: dict[str, "array[int]"] = field(default_factory=dict[str, "array[int]"])

    def hold(self, meanings: Iterable[str]) -> None:
        """Add the last text to the posting lists of some meanings."""
        for meaning in meanings:
            if meaning not in self.holders:
                self.holders[meaning] = _places()
            self.holders[meaning].append(len(self.texts) - 1)


class _Kept:
    """Posting lists by meaning, all in one array: many small arrays would slow down the garbage collector."""

    def __init__(self, lists: Mapping[str, "array[int]"]) -> None:
        self.meanings = {meaning: number for number, meaning in enumerate(lists)}
        self._ends = np.cumsum([0, *map(len, lists.values())])
        joined = _places()
        for places in lists.values():
            joined.extend(places)
        self._places = _ints(joined)

    def get(self, meaning: str) -> Ints | None:
        """Return the posting list of a meaning, or None."""
        number = self.meanings.get(meaning)
        return None if number is None else self._places[self._ends[number] : self._ends[number + 1]]


class Register:
    """The names of one release; immutable, safe for many threads.

    Built from rows of `named`, `offices` and `issuers` in `reader/cypher/`. Context terms match but are not part of the
    name: the type and kind of an entity, the places within its names, the office and employer of an official, the
    issuer of a document.
    """

    def __init__(self, named: Iterable[Row], offices: Iterable[Row], issuers: Iterable[Row]) -> None:
        rows = sorted(named, key=lambda row: row["id"])
        self.ids = [str(row["id"]) for row in rows]
        # The garbage collector does not track tuples of strings; there may be very many.
        self._entities = [_entity(row) for row in rows]
        self.grammar = Grammar((node, entity, names) for entity, node, *_, names in self._entities)
        found = _Texts()
        self._documents: dict[str, list[int]] = {}
        held, issued = _by_id(offices), _by_id(issuers)
        for place, row in enumerate(rows):
            self._gather(found, place, row, held.get(row["id"], ()), issued.get(row["id"], ()))
        self._owners, self._units, self._sorts = (_ints(one) for one in (found.owners, found.units, found.sorts))
        self._lengths = np.fromiter(map(len, found.texts), dtype=np.int32, count=len(found.texts))
        self._type_numbers = {
            node: number for number, node in enumerate(sorted({node for _, node, *_ in self._entities}))
        }
        types = np.array([self._type_numbers[node] for _, node, *_ in self._entities], dtype=np.int32)
        self._types = types[self._owners]
        self._texts = found.texts
        self._holders, self._beside = _Kept(found.holders), _Kept(found.beside)
        self._words = sorted({meaning.removeprefix("~") for meaning in found.holders if meaning[0] not in "#@"})
        self._near_words = Nearby([word for word in self._words if not word.isdecimal()])
        self._near_names = Nearby([name for name in found.spelt if name])
        numbers = {name: number for number, name in enumerate(self._near_names.words)}
        self._spelt = np.fromiter((numbers.get(name, -1) for name in found.spelt), np.int32, len(found.spelt))

    def _gather(self, found: _Texts, place: int, row: Row, offices: Iterable[Row], issuers: Iterable[Row]) -> None:
        entity = self._entity(place)
        word_by_word = entity.type in self.grammar.rules.word_by_word
        seen: set[Tokens] = set()
        units: list[Unit] = []
        for name in entity.names:
            units += self._add(found, place, name, "name", seen, word_by_word=word_by_word)
        for text in (row["title"], row["url"]):
            self._add(found, place, text or "", "text", seen)
        beside = {f"#{entity.type}", f"#{entity.type}.{entity.kind}"}.intersection(self.grammar.rules.senses)
        beside |= {meaning for unit in units if unit.kind == "part" for meaning in unit.meanings}
        for office in offices:
            meanings = self._meant((office["title"], *office["names"]))
            self._add(found, place, f"{office['title']}, {office['body']}", "office", seen, meanings)
            beside |= meanings
        beside |= self._meant(name for issuer in issuers for name in issuer["names"])
        for meaning in beside:
            found.beside.setdefault(meaning, _places()).append(place)
        if entity.number:
            self._documents.setdefault(entity.number[0], []).append(place)

    def _add(
        self,
        found: _Texts,
        place: int,
        text: str,
        sort: Sort,
        seen: set[Tokens],
        also: Iterable[str] = (),
        *,
        word_by_word: bool = False,
    ) -> list[Unit]:
        """Index a text and return its units; a text with the same tokens as an earlier one of the entity is skipped."""
        given = tokens(text)
        if not given or given in seen:
            return []
        seen.add(given)
        if word_by_word:
            units = counted = self.grammar.words(given)
        else:
            units = self.grammar.units_of_name(given)
            counted = [unit for unit in units if unit.kind != "small"] or units
        found.texts.append(text)
        found.spelt.append(_spelt(units) if sort == "name" else "")
        found.owners.append(place)
        found.sorts.append(SORTS.index(sort))
        meanings = {meaning for unit in counted for meaning in unit.meanings}
        found.units.append(len({unit.meanings for unit in counted}))
        inside = {f"~{token}" for token in given if token not in meanings}
        found.hold(meanings.union(inside, also))
        return units

    def __getitem__(self, entity_id: str) -> Entity:
        """Return an entity by its id, which must exist."""
        return self._entity(bisect_left(self.ids, entity_id))

    def _entity(self, place: int) -> Entity:
        return Entity(*self._entities[place])

    def units(self, given: Tokens) -> list[Unit]:
        """Return the units of the tokens of a query."""
        return self.grammar.units(given, self)

    def units_of_name(self, name: str) -> list[Unit]:
        """Return the units of a name, without stop words."""
        given = tokens(name)
        return [unit for unit in self.grammar.units_of_name(given) if unit.kind != "small"]

    def words(self, given: Tokens) -> list[Unit]:
        """Return one unit of kind `word` per token of a query."""
        return self.grammar.words(given, self)

    def __contains__(self, meaning: object) -> bool:
        """Return True if any text contains a meaning."""
        return meaning in self._holders.meanings or f"~{meaning}" in self._holders.meanings

    def begun_by(self, word: str) -> str | None:
        """Return the longest indexed word that a compound starts with (ending aside), or None: Halbleiter."""
        for end in range(len(word) - 1, _SHORTEST_BEGINNING - 1, -1):
            at = bisect_left(self._words, word[:end])
            begun = self._words[at] if at < len(self._words) else ""
            if begun.startswith(word[:end]) and len(begun) <= end + _LONGEST_ENDING:
                return begun
        return None

    def nearest_word(self, word: str) -> str | None:
        """Return the indexed word with the most similar spelling, or None; of several, the one in the most texts."""
        near = self._near_words.find(word)
        return min(near, key=lambda one: (-len(self._holding((one,), within=True)), one)) if near else None

    def _meant(self, texts: Iterable[str]) -> set[str]:
        """Return the meanings of the units of some texts."""
        return {meaning for text in texts for unit in self.grammar.units(tokens(text)) for meaning in unit.meanings}

    def meanings(self, text: str) -> set[str]:
        """Return the meanings of a text: those of its units, and its tokens."""
        return self._meant([text]).union(tokens(text))

    def find(
        self, units: Sequence[Unit], *sorts: Sort, node: str | None = None, whole: bool = False
    ) -> Iterator[Match]:
        """Yield the texts that contain all units, in part as context terms; those with the fewest other units first.

        `complete_only`: only texts of which the query contains every unit.
        """
        return self._find([self._fitting(unit) for unit in units], units, sorts, node, whole=whole)

    def find_begun(self, units: Sequence[Unit], word: str, *sorts: Sort, node: str | None = None) -> Iterator[Match]:
        """Yield the texts that contain all units and a word with a prefix."""
        first, end = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        begun = self._holding(self._words[first:end], within=True)
        return self._find([*(self._fitting(unit) for unit in units), (begun, begun)], units, sorts, node)

    def find_within(self, units: Sequence[Unit], node: str | None = None) -> Iterator[Match]:
        """Yield the names that the query contains in full, and those that contain more than half of the query."""
        held, counted = self._counted([self._holding(unit.meanings, within=True) for unit in units], units)
        enough = (counted == self._units) | (2 * held > len(units))
        fits = np.flatnonzero(enough & (self._sorts == SORTS.index("name"))).astype(np.int32)
        return self._matches(fits, counted, -held[fits].astype(np.float64), node)

    def find_near(self, units: Sequence[Unit], node: str | None = None) -> Iterator[Match]:
        """Yield the names that are spelt almost like the units."""
        words = self._near_names.words
        hits = [
            bisect_left(words, (len(name), name), key=lambda word: (len(word), word))
            for name in self._near_names.find(_spelt(units))
        ]
        fits = np.flatnonzero(np.isin(self._spelt, hits)).astype(np.int32) if hits else _NONE
        return self._matches(fits, self._units, np.zeros(len(fits)), node)

    def find_numbered(self, units: Sequence[Unit]) -> Iterator[Entity]:
        """Yield the documents whose number starts with the first number among the units, and that match all units."""
        first = next((unit.tokens[0] for unit in units if unit.tokens[0].isdecimal()), "")
        for place in self._documents.get(first, ()):
            entity = self._entity(place)
            own = self.meanings(" ".join((*entity.number, entity.name)))
            beside = {meaning for unit in units for meaning in unit.meanings if self._is_beside(meaning, place)}
            if all(own.union(beside).intersection(unit.meanings) for unit in units):
                yield entity

    def _is_beside(self, meaning: str, place: int) -> bool:
        there = self._beside.get(meaning)
        return there is not None and place in there

    def _fitting(self, unit: Unit) -> tuple[Ints, Ints]:
        """Return the texts that contain a unit, and these plus the texts of entities with it as a context term."""
        own = self._holding(unit.meanings, within=True)
        beside = [places for places in map(self._beside.get, unit.meanings) if places is not None]
        if not beside:
            return own, own
        there = np.zeros(len(self._entities), dtype=np.bool_)
        for places in beside:
            there[places] = True
        fits = there[self._owners]
        fits[own] = True
        return own, np.flatnonzero(fits).astype(np.int32)

    def _holding(self, meanings: Iterable[str], *, within: bool) -> Ints:
        """Return the texts that contain any of some meanings, sorted, without repeats.

        `include_inner`: also texts that have it only inside a multi-word unit.
        """
        asked = (name for meaning in meanings for name in ((meaning, f"~{meaning}") if within else (meaning,)))
        found = [places for places in map(self._holders.get, asked) if places is not None]
        if len(found) < 2:
            return found[0] if found else _NONE
        there = np.zeros(len(self._texts), dtype=np.bool_)
        for places in found:
            there[places] = True
        return np.flatnonzero(there).astype(np.int32)

    def _counted(self, holders: Iterable[Ints], units: Sequence[Unit]) -> tuple[Ints, Ints]:
        """Return per text how many units it contains anywhere, and how many as separate units; shape (texts,)."""
        held, counted = (np.zeros(len(self._texts), dtype=np.int32) for _ in range(2))
        for places in holders:
            held[places] += 1
        for unit in units:
            counted[self._holding(unit.meanings, within=False)] += 1
        return held, counted

    def _find(
        self,
        holders: Sequence[tuple[Ints, Ints]],
        units: Sequence[Unit],
        sorts: Sequence[Sort],
        node: str | None,
        *,
        whole: bool = False,
    ) -> Iterator[Match]:
        """Yield the texts that are candidates for every unit and contain at least one of them.

        A title or URL must contain all units itself.
        """
        shortest, *longer = sorted((fits for _, fits in holders), key=len)
        held, counted = self._counted((own for own, _ in holders), units)
        wanted = np.isin(range(len(SORTS)), [SORTS.index(sort) for sort in sorts])
        least = np.where(self._sorts[shortest] == SORTS.index("text"), len(holders), 1)
        fits = shortest[wanted[self._sorts[shortest]] & (held[shortest] >= least)]
        there = np.zeros(len(self._texts), dtype=np.int32)
        for number, others in enumerate(longer, start=1):
            there[others] = number
            fits = fits[there[fits] == number]
        if whole:
            fits = fits[counted[fits] == self._units[fits]]
        return self._matches(fits, counted, -held[fits] / self._units[fits], node)

    def _matches(self, fits: Ints, held: Ints, order: npt.NDArray[np.float64], node: str | None) -> Iterator[Match]:
        if node is not None:
            of_type = self._types[fits] == self._type_numbers.get(node, -1)
            fits, order = fits[of_type], order[of_type]
        rank = order * 1e6 + self._lengths[fits]
        best = np.argpartition(rank, MOST)[:MOST] if len(fits) > MOST else np.arange(len(fits))
        for place in map(int, fits[best][np.lexsort((fits[best], rank[best]))]):
            yield Match(
                self._entity(int(self._owners[place])), self._texts[place], int(held[place]), int(self._units[place])
            )


def _by_id(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return found


def _ints(places: "array[int]") -> Ints:
    return np.frombuffer(places, dtype=np.int32) if places else _NONE


def _spelt(units: Iterable[Unit]) -> str:
    return "".join(token for unit in units for token in unit.tokens)


def _entity(row: Row) -> tuple[Any, ...]:
    """Return the field values of an `IndexedEntity`."""
    names = tuple(dict.fromkeys((row["name"], *row["names"])))
    return row["id"], row["type"], row["name"], row["status"], row["kind"], tokens(row["number"] or ""), names
