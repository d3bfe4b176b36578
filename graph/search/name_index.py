"""In-memory inverted index of the names of one release, keyed by the meanings of their units."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ..model.objects import Row
from .analyzer import Analyzer, Tokens, Unit, tokenize
from .fuzzy import FuzzyIndex

IntArray = npt.NDArray[np.int32]
TextKind = Literal["name", "text", "office"]
TEXT_KINDS: tuple[TextKind, ...] = ("name", "text", "office")
"""Kinds of texts: a name; a title or URL; an office with its body."""
MAX_MATCHES = 1_000
"""Maximum number of matches of one lookup."""
_EMPTY: IntArray = np.empty(0, dtype=np.int32)
_MIN_PREFIX, _MAX_SUFFIX = 7, 2
_MAX_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class IndexedEntity:
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

    entity: IndexedEntity
    text: str
    matched_units: int
    unit_count: int

    @property
    def is_complete(self) -> bool:
        """True if the query contains every unit of the text."""
        return self.matched_units == self.unit_count


def _int_array() -> "array[int]":
    return array("i")


@dataclass
class _IndexBuilder:
    """Collects the texts of all entities; one list entry per text.

    `postings` maps a meaning to the indexes of the texts that contain it, `context` to the indexes of the entities that
    have it as a context term. Tokens that occur only inside a multi-word unit are indexed with the prefix `~`.
    """

    texts: list[str] = field(default_factory=list[str])
    spellings: list[str] = field(default_factory=list[str])
    entity_indexes: "array[int]" = field(default_factory=_int_array)
    unit_counts: "array[int]" = field(default_factory=_int_array)
    kinds: "array[int]" = field(default_factory=_int_array)
    postings: dict[str, "array[int]"] = field(default_factory=dict[str, "array[int]"])
    context: dict[str, "array[int]"] = field(default_factory=dict[str, "array[int]"])

    def add_postings(self, meanings: Iterable[str]) -> None:
        """Add the last text to the posting lists of some meanings."""
        for meaning in meanings:
            if meaning not in self.postings:
                self.postings[meaning] = _int_array()
            self.postings[meaning].append(len(self.texts) - 1)


class _PostingLists:
    """Posting lists by meaning, all in one array: many small arrays would slow down the garbage collector."""

    def __init__(self, meanings: Sequence[str], lengths: Sequence[int], values: IntArray) -> None:
        self.meanings = {meaning: number for number, meaning in enumerate(meanings)}
        self._lengths = lengths
        self._offsets = np.cumsum([0, *lengths])
        self._values = values

    @classmethod
    def from_arrays(cls, lists: Mapping[str, "array[int]"]) -> "_PostingLists":
        """Make posting lists of arrays by meaning."""
        all_values = _int_array()
        for values in lists.values():
            all_values.extend(values)
        return cls(list(lists), list(map(len, lists.values())), _to_array(all_values))

    def to_json(self) -> list[Any]:
        """Return the arguments of the constructor as JSON."""
        return [list(self.meanings), list(self._lengths), self._values.tolist()]

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> "_PostingLists":
        """Make posting lists of what `to_json` returned."""
        meanings, lengths, values = value
        return cls(meanings, lengths, np.array(values, dtype=np.int32))

    def get(self, meaning: str) -> IntArray | None:
        """Return the posting list of a meaning, or None."""
        number = self.meanings.get(meaning)
        return None if number is None else self._values[self._offsets[number] : self._offsets[number + 1]]


class NameIndex:
    """The names of one release; immutable, safe for many threads.

    Built from rows of `named`, `offices` and `issuers` in `reader/cypher/`. Context terms match but are not part of the
    name: the type and kind of an entity, the places within its names, the office and employer of an official, the
    issuer of a document.
    """

    def __init__(self, entity_rows: Iterable[Row], office_rows: Iterable[Row], issuer_rows: Iterable[Row]) -> None:
        rows = sorted(entity_rows, key=lambda row: row["id"])
        # The garbage collector does not track tuples of strings; there may be very many.
        self._set_entities([_entity_fields(row) for row in rows])
        builder = _IndexBuilder()
        self._documents_by_number: dict[str, list[int]] = {}
        offices_by_id, issuers_by_id = _group_by_id(office_rows), _group_by_id(issuer_rows)
        for index, row in enumerate(rows):
            self._index_entity(builder, index, row, offices_by_id.get(row["id"], ()), issuers_by_id.get(row["id"], ()))
        arrays = [_to_array(values) for values in (builder.entity_indexes, builder.unit_counts, builder.kinds)]
        postings = [_PostingLists.from_arrays(lists) for lists in (builder.postings, builder.context)]
        self._set_texts(builder.texts, builder.spellings, arrays, postings)

    def to_json(self) -> dict[str, Any]:
        """Return the index as JSON, from which `from_json` makes it again in a fraction of the time."""
        return {
            "entities": self._entities,
            "documents": self._documents_by_number,
            "texts": self._texts,
            "spellings": self._spellings,
            "arrays": [array.tolist() for array in (self._entity_indexes, self._unit_counts, self._text_kinds)],
            "postings": [lists.to_json() for lists in (self._postings, self._context)],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "NameIndex":
        """Make the index again of what `to_json` returned."""
        index = cls.__new__(cls)
        index._set_entities([(*fields, tuple(number), tuple(names)) for *fields, number, names in value["entities"]])
        index._documents_by_number = value["documents"]
        arrays = [np.array(values, dtype=np.int32) for values in value["arrays"]]
        postings = list(map(_PostingLists.from_json, value["postings"]))
        index._set_texts(value["texts"], value["spellings"], arrays, postings)
        return index

    def _set_entities(self, entities: list[tuple[Any, ...]]) -> None:
        self._entities = entities
        self.ids = [str(entity_id) for entity_id, *_ in entities]
        self.analyzer = Analyzer((node_type, entity_id, names) for entity_id, node_type, *_, names in entities)

    def _set_texts(
        self, texts: list[str], spellings: list[str], arrays: Sequence[IntArray], postings: Sequence[_PostingLists]
    ) -> None:
        self._texts, self._spellings = texts, spellings
        self._entity_indexes, self._unit_counts, self._text_kinds = arrays
        self._postings, self._context = postings
        self._lengths = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))
        self._type_numbers = {
            node_type: number
            for number, node_type in enumerate(sorted({node_type for _, node_type, *_ in self._entities}))
        }
        types = np.array([self._type_numbers[node_type] for _, node_type, *_ in self._entities], dtype=np.int32)
        self._types = types[self._entity_indexes]
        self._words = sorted(
            {meaning.removeprefix("~") for meaning in self._postings.meanings if meaning[0] not in "#@"}
        )
        self._fuzzy_words = FuzzyIndex([word for word in self._words if not word.isdecimal()])
        self._fuzzy_names = FuzzyIndex([name for name in spellings if name])
        numbers = {name: number for number, name in enumerate(self._fuzzy_names.words)}
        self._spelling_numbers = np.fromiter((numbers.get(name, -1) for name in spellings), np.int32, len(spellings))

    def _index_entity(
        self, builder: _IndexBuilder, entity_index: int, row: Row, offices: Iterable[Row], issuers: Iterable[Row]
    ) -> None:
        entity = self._entity(entity_index)
        word_by_word = entity.type in self.analyzer.rules.word_by_word_types
        seen_tokens: set[Tokens] = set()
        units: list[Unit] = []
        for name in entity.names:
            units += self._index_text(builder, entity_index, name, "name", seen_tokens, word_by_word=word_by_word)
        for text in (row["title"], row["url"]):
            self._index_text(builder, entity_index, text or "", "text", seen_tokens)
        types = {f"#{entity.type}", f"#{entity.type}.{entity.kind}"}.intersection(self.analyzer.rules.senses)
        context = types | {meaning for unit in units if unit.kind == "part" for meaning in unit.meanings}
        for office in offices:
            meanings = self._unit_meanings((office["title"], *office["names"]))
            self._index_text(
                builder, entity_index, f"{office['title']}, {office['body']}", "office", seen_tokens, meanings | types
            )
            context |= meanings
        context |= self._unit_meanings(name for issuer in issuers for name in issuer["names"])
        for meaning in context:
            builder.context.setdefault(meaning, _int_array()).append(entity_index)
        if entity.number:
            self._documents_by_number.setdefault(entity.number[0], []).append(entity_index)

    def _index_text(
        self,
        builder: _IndexBuilder,
        entity_index: int,
        text: str,
        kind: TextKind,
        seen_tokens: set[Tokens],
        extra_meanings: Iterable[str] = (),
        *,
        word_by_word: bool = False,
    ) -> list[Unit]:
        """Index a text and return its units; a text with the same tokens as an earlier one of the entity is skipped."""
        text_tokens = tokenize(text)
        if not text_tokens or text_tokens in seen_tokens:
            return []
        seen_tokens.add(text_tokens)
        if word_by_word:
            units = significant = self.analyzer.words(text_tokens)
        else:
            units = self.analyzer.units_of_name(text_tokens)
            significant = [unit for unit in units if unit.kind != "small"] or units
        builder.texts.append(text)
        builder.spellings.append(_spelling(units) if kind == "name" else "")
        builder.entity_indexes.append(entity_index)
        builder.kinds.append(TEXT_KINDS.index(kind))
        meanings = {meaning for unit in significant for meaning in unit.meanings}
        builder.unit_counts.append(len({unit.meanings for unit in significant}))
        inner_tokens = {f"~{token}" for token in text_tokens if token not in meanings}
        builder.add_postings(meanings.union(inner_tokens, extra_meanings))
        return units

    def __getitem__(self, entity_id: str) -> IndexedEntity:
        """Return an entity by its id, which must exist."""
        return self._entity(bisect_left(self.ids, entity_id))

    def _entity(self, entity_index: int) -> IndexedEntity:
        return IndexedEntity(*self._entities[entity_index])

    def units(self, query_tokens: Tokens) -> list[Unit]:
        """Return the units of the tokens of a query."""
        return self.analyzer.units(query_tokens, self)

    def units_of_name(self, name: str) -> list[Unit]:
        """Return the units of a name, without stop words."""
        name_tokens = tokenize(name)
        return [unit for unit in self.analyzer.units_of_name(name_tokens) if unit.kind != "small"]

    def words(self, query_tokens: Tokens) -> list[Unit]:
        """Return one unit of kind `word` per token of a query."""
        return self.analyzer.words(query_tokens, self)

    def __contains__(self, meaning: object) -> bool:
        """Return True if any text contains a meaning."""
        return meaning in self._postings.meanings or f"~{meaning}" in self._postings.meanings

    def longest_prefix_word(self, word: str) -> str | None:
        """Return the longest indexed word that a compound starts with (ending aside), or None: Halbleiter."""
        for end in range(len(word) - 1, _MIN_PREFIX - 1, -1):
            index = bisect_left(self._words, word[:end])
            candidate = self._words[index] if index < len(self._words) else ""
            if candidate.startswith(word[:end]) and len(candidate) <= end + _MAX_SUFFIX:
                return candidate
        return None

    def nearest_word(self, word: str) -> str | None:
        """Return the indexed word with the most similar spelling, or None; of several, the one in the most texts."""
        candidates = self._fuzzy_words.find(word)
        return (
            min(candidates, key=lambda candidate: (-len(self._texts_with((candidate,), include_inner=True)), candidate))
            if candidates
            else None
        )

    def _unit_meanings(self, texts: Iterable[str]) -> set[str]:
        """Return the meanings of the units of some texts."""
        return {meaning for text in texts for unit in self.analyzer.units(tokenize(text)) for meaning in unit.meanings}

    def meanings(self, text: str) -> set[str]:
        """Return the meanings of a text: those of its units, and its tokens."""
        return self._unit_meanings([text]).union(tokenize(text))

    def find(
        self,
        units: Sequence[Unit],
        *kinds: TextKind,
        node_type: str | None = None,
        complete_only: bool = False,
        without_context: bool = False,
    ) -> Iterator[Match]:
        """Yield the texts that contain all units, in part as context terms; those with the fewest other units first.

        `complete_only`: only texts of which the query contains every unit. `without_context`: context terms do not
        count.
        """
        candidates = [self._candidate_texts(unit) for unit in units]
        if without_context:
            candidates = [(own_texts, own_texts) for own_texts, _ in candidates]
        return self._find(candidates, units, kinds, node_type, complete_only=complete_only)

    def find_prefix(
        self, units: Sequence[Unit], prefix: str, *kinds: TextKind, node_type: str | None = None
    ) -> Iterator[Match]:
        """Yield the texts that contain all units and a word with a prefix."""
        first, end = bisect_left(self._words, prefix), bisect_left(self._words, prefix + _MAX_CHARACTER)
        prefix_texts = self._texts_with(self._words[first:end], include_inner=True)
        return self._find(
            [*(self._candidate_texts(unit) for unit in units), (prefix_texts, prefix_texts)], units, kinds, node_type
        )

    def find_partial(self, units: Sequence[Unit], node_type: str | None = None) -> Iterator[Match]:
        """Yield the names that the query contains in full, and those that contain more than half of the query."""
        unit_hits, own_unit_hits = self._count_units(
            [self._texts_with(unit.meanings, include_inner=True) for unit in units], units
        )
        has_enough = (own_unit_hits == self._unit_counts) | (2 * unit_hits > len(units))
        text_indexes = np.flatnonzero(has_enough & (self._text_kinds == TEXT_KINDS.index("name"))).astype(np.int32)
        return self._matches(text_indexes, own_unit_hits, -unit_hits[text_indexes].astype(np.float64), node_type)

    def find_fuzzy(self, units: Sequence[Unit], node_type: str | None = None) -> Iterator[Match]:
        """Yield the names that are spelt almost like the units."""
        words = self._fuzzy_names.words
        spelling_numbers = [
            bisect_left(words, (len(name), name), key=lambda word: (len(word), word))
            for name in self._fuzzy_names.find(_spelling(units))
        ]
        text_indexes = (
            np.flatnonzero(np.isin(self._spelling_numbers, spelling_numbers)).astype(np.int32)
            if spelling_numbers
            else _EMPTY
        )
        return self._matches(text_indexes, self._unit_counts, np.zeros(len(text_indexes)), node_type)

    def find_documents(self, units: Sequence[Unit]) -> Iterator[IndexedEntity]:
        """Yield the documents whose number starts with the first number among the units, and that match all units."""
        document_number = next((unit.tokens[0] for unit in units if unit.tokens[0].isdecimal()), "")
        for entity_index in self._documents_by_number.get(document_number, ()):
            entity = self._entity(entity_index)
            own_meanings = self.meanings(" ".join((*entity.number, entity.name)))
            context_meanings = {
                meaning for unit in units for meaning in unit.meanings if self._is_in_context(meaning, entity_index)
            }
            if all(own_meanings.union(context_meanings).intersection(unit.meanings) for unit in units):
                yield entity

    def _is_in_context(self, meaning: str, entity_index: int) -> bool:
        entity_indexes = self._context.get(meaning)
        return entity_indexes is not None and entity_index in entity_indexes

    def _candidate_texts(self, unit: Unit) -> tuple[IntArray, IntArray]:
        """Return the texts that contain a unit, and these plus the texts of entities with it as a context term."""
        own_texts = self._texts_with(unit.meanings, include_inner=True)
        context_lists = [
            entity_indexes for entity_indexes in map(self._context.get, unit.meanings) if entity_indexes is not None
        ]
        if not context_lists:
            return own_texts, own_texts
        entity_mask = np.zeros(len(self._entities), dtype=np.bool_)
        for entity_indexes in context_lists:
            entity_mask[entity_indexes] = True
        text_mask = entity_mask[self._entity_indexes]
        text_mask[own_texts] = True
        return own_texts, np.flatnonzero(text_mask).astype(np.int32)

    def _texts_with(self, meanings: Iterable[str], *, include_inner: bool) -> IntArray:
        """Return the texts that contain any of some meanings, sorted, without repeats.

        `include_inner`: also texts that have it only inside a multi-word unit.
        """
        terms = (name for meaning in meanings for name in ((meaning, f"~{meaning}") if include_inner else (meaning,)))
        posting_lists = [text_indexes for text_indexes in map(self._postings.get, terms) if text_indexes is not None]
        if len(posting_lists) < 2:
            return posting_lists[0] if posting_lists else _EMPTY
        text_mask = np.zeros(len(self._texts), dtype=np.bool_)
        for text_indexes in posting_lists:
            text_mask[text_indexes] = True
        return np.flatnonzero(text_mask).astype(np.int32)

    def _count_units(self, text_lists: Iterable[IntArray], units: Sequence[Unit]) -> tuple[IntArray, IntArray]:
        """Return per text how many units it contains anywhere, and how many as separate units; shape (texts,)."""
        unit_hits, own_unit_hits = (np.zeros(len(self._texts), dtype=np.int32) for _ in range(2))
        for text_indexes in text_lists:
            unit_hits[text_indexes] += 1
        for unit in units:
            own_unit_hits[self._texts_with(unit.meanings, include_inner=False)] += 1
        return unit_hits, own_unit_hits

    def _find(
        self,
        candidates: Sequence[tuple[IntArray, IntArray]],
        units: Sequence[Unit],
        kinds: Sequence[TextKind],
        node_type: str | None,
        *,
        complete_only: bool = False,
    ) -> Iterator[Match]:
        """Yield the texts that are candidates for every unit and contain at least one of them.

        A title or URL must contain all units itself.
        """
        shortest, *longer = sorted((text_indexes for _, text_indexes in candidates), key=len)
        unit_hits, own_unit_hits = self._count_units((own_texts for own_texts, _ in candidates), units)
        kind_mask = np.isin(range(len(TEXT_KINDS)), [TEXT_KINDS.index(kind) for kind in kinds])
        min_hits = np.where(self._text_kinds[shortest] == TEXT_KINDS.index("text"), len(candidates), 1)
        text_indexes = shortest[kind_mask[self._text_kinds[shortest]] & (unit_hits[shortest] >= min_hits)]
        last_list = np.zeros(len(self._texts), dtype=np.int32)
        for number, list_indexes in enumerate(longer, start=1):
            last_list[list_indexes] = number
            text_indexes = text_indexes[last_list[text_indexes] == number]
        if complete_only:
            text_indexes = text_indexes[own_unit_hits[text_indexes] == self._unit_counts[text_indexes]]
        return self._matches(
            text_indexes, own_unit_hits, -unit_hits[text_indexes] / self._unit_counts[text_indexes], node_type
        )

    def _matches(
        self, text_indexes: IntArray, unit_hits: IntArray, score: npt.NDArray[np.float64], node_type: str | None
    ) -> Iterator[Match]:
        if node_type is not None:
            type_mask = self._types[text_indexes] == self._type_numbers.get(node_type, -1)
            text_indexes, score = text_indexes[type_mask], score[type_mask]
        rank = score * 1e6 + self._lengths[text_indexes]
        best = (
            np.argpartition(rank, MAX_MATCHES)[:MAX_MATCHES]
            if len(text_indexes) > MAX_MATCHES
            else np.arange(len(text_indexes))
        )
        for text_index in map(int, text_indexes[best][np.lexsort((text_indexes[best], rank[best]))]):
            yield Match(
                self._entity(int(self._entity_indexes[text_index])),
                self._texts[text_index],
                int(unit_hits[text_index]),
                int(self._unit_counts[text_index]),
            )


def _group_by_id(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["id"], []).append(row)
    return groups


def _to_array(values: "array[int]") -> IntArray:
    return np.frombuffer(values, dtype=np.int32) if values else _EMPTY


def _spelling(units: Iterable[Unit]) -> str:
    return "".join(token for unit in units for token in unit.tokens)


def _entity_fields(row: Row) -> tuple[Any, ...]:
    """Return the field values of an `IndexedEntity`."""
    names = tuple(dict.fromkeys((row["name"], *row["names"])))
    return row["id"], row["type"], row["name"], row["status"], row["kind"], tokenize(row["number"] or ""), names
