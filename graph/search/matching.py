"""Match strategies: how a query leads to entities, given the name index of one release. No I/O.

An answer matches all of the query: as another form of a name, a document number, an office, or the words of a longer
text. A suggestion matches it only in part and is marked as one: a similar spelling, a prefix, or some of the words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from rapidfuzz.distance import Indel

from ..model.folding import document_number
from .analyzer import Unit, diacritics_conflict, tokenize, words_with_diacritics
from .name_index import IndexedEntity, Match, NameIndex

MATCH_TYPES = ("name", "variant", "number", "successor", "office", "words", "prefix", "fuzzy", "partial")
"""Match types, best first."""
SUGGESTION_TYPES = ("prefix", "fuzzy", "partial")
"""Match types that are suggestions, not answers."""
_MAX_SUGGESTIONS, _MAX_UNKNOWN_WORDS = 20, 3


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An entity, the text that matched, and the match type."""

    entity: IndexedEntity
    matched_text: str
    match_type: str


class SearchQuery:
    """A query analyzed with the names of a release; `node_type` limits the results to one type."""

    def __init__(self, index: NameIndex, text: str, node_type: str | None) -> None:
        self.index = index
        self._text = text
        self._node_type = node_type
        self._tokens = tokenize(text)
        self._all_units = list({unit.meanings: unit for unit in index.units(self._tokens)}.values())
        self._units = _without_stop_words(self._all_units) or self._all_units
        self._words = index.words(self._tokens)
        self._rules = index.analyzer.rules
        self._marked_words = words_with_diacritics(text)
        parts = (unit for unit in self._all_units if unit.kind == "part")
        self._has_part_conflict = any(self._conflicts_with_part(unit) for unit in parts)

    def answers(self) -> Iterator[SearchResult]:
        """Yield documents by number, then other forms of names, then people by their office."""
        for entity in self.index.find_documents(self._units):
            if self._node_type in (None, entity.type):
                yield SearchResult(entity, entity.names[0], "number")
        for match in self._form_matches():
            yield self._result(match, "fuzzy" if self._has_conflict(match) else "variant")
        titles = [unit for unit in self._units if not self._rules.office_senses.isdisjoint(unit.meanings)]
        if titles:
            # Who holds two offices does not hold the first of them at the body of the second.
            has_one_title = len(titles) == 1
            for match in self.index.find(
                self._units, "office", node_type=self._node_type, without_context=has_one_title
            ):
                yield SearchResult(match.entity, match.text, "office")

    def word_matches(self) -> Iterator[SearchResult]:
        """Yield entities of which one text has all words of the query, in an order that `_is_in_order` accepts."""
        if self._is_document_number():
            return
        for units in (self._all_units, self._units, self._words):
            has_matches = False
            for match in self.index.find(units, "name", "text", node_type=self._node_type):
                if self._is_in_order(match, units) and not self._has_conflict(match):
                    has_matches = True
                    yield self._result(match, "words")
            if has_matches:
                return

    def suggestions(self) -> Iterator[SearchResult]:
        """Yield a few prefix and fuzzy matches; if there are none, corrected queries, then partial matches."""
        fuzzy_results = (self._result(match, "fuzzy") for match in self._fuzzy_matches())
        results = [*islice(self.prefix_matches(), _MAX_SUGGESTIONS), *islice(fuzzy_results, _MAX_SUGGESTIONS)] or list(
            islice(self._corrected_results(), _MAX_SUGGESTIONS)
        )
        yield from results
        if not results:
            parts = (
                self._result(match, "partial")
                for match in chain(self._matches_without_kind(with_typos=False), self._partial_matches())
            )
            yield from islice(chain(self._named_documents(), parts, self._compound_results()), _MAX_SUGGESTIONS)

    def prefix_matches(self) -> Iterator[SearchResult]:
        """Yield names that contain all words of the query, the last of them as a prefix."""
        *complete_tokens, prefix = self._tokens
        if prefix.isdecimal():
            return
        units = self.index.units(tuple(complete_tokens))
        for match in self.index.find_prefix(units, prefix, "name", node_type=self._node_type):
            completions = [Unit("word", (word,), (word,)) for word in tokenize(match.text) if word.startswith(prefix)]
            if not self._has_conflict(match) and any(self._is_in_order(match, [*units, word]) for word in completions):
                yield self._result(match, "prefix")

    def is_generic_name(self, matched_name: str, entity: IndexedEntity) -> bool:
        """Return True if the name is generic: it also matches other entities of the same type and kind.

        Example: one article calls the department of one province `Abteilung für Wissenschaft und Technologie`.
        """
        name_units, entity_units = (self.index.units_of_name(name) for name in (matched_name, entity.name))
        entity_meanings = {meaning for unit in entity_units for meaning in unit.meanings}
        if len(name_units) >= len(entity_units) or not all(
            entity_meanings.intersection(unit.meanings) for unit in name_units
        ):
            return False
        similar_names = self.index.find(name_units, "name", node_type=entity.type)
        return any(
            not match.is_complete and match.entity.id != entity.id and match.entity.kind == entity.kind
            for match in similar_names
        )

    def _form_matches(self) -> Iterator[Match]:
        for units in (self._units, self._words):
            for match in self.index.find(units, "name", node_type=self._node_type, complete_only=True):
                if self._is_in_order(match, units) and not self.is_generic_name(match.text, match.entity):
                    yield match

    def _fuzzy_matches(self) -> Iterator[Match]:
        yield from self.index.find_fuzzy(self._all_units, self._node_type)
        yield from self._matches_without_kind(with_typos=True)

    def _matches_without_kind(self, *, with_typos: bool) -> Iterator[Match]:
        """Yield names that match the query without its type words: misspelt ones `with_typos`, else exact ones only."""
        units = [unit for unit in self._units if unit.kind != "sense"]
        for match in self.index.find_fuzzy(units, self._node_type):
            name_meanings = self.index.meanings(match.text)
            if with_typos != all(name_meanings.intersection(unit.meanings) for unit in units):
                yield match

    def _corrected_results(self) -> Iterator[SearchResult]:
        """Yield results of the query with its unknown words replaced by the most similar known ones."""
        unknown_units = [unit for unit in self._words if unit.meanings[0] not in self.index]
        if not 1 <= len(unknown_units) <= _MAX_UNKNOWN_WORDS or len(unknown_units) == len(self._words):
            return
        corrections = {unit.tokens[0]: self.index.nearest_word(unit.tokens[0]) for unit in unknown_units}
        if None not in corrections.values():
            corrected_query = self._replace_words(corrections)
            yield from (
                SearchResult(result.entity, result.matched_text, "fuzzy")
                for result in chain(corrected_query.answers(), corrected_query.word_matches())
            )

    def _compound_results(self) -> Iterator[SearchResult]:
        """Yield results with unknown compounds cut to a known prefix: Halbleiterindustrie to Halbleiter."""
        unknown_words = [unit.tokens[0] for unit in self._words if unit.meanings[0] not in self.index]
        replacements = {
            word: prefix_word for word in unknown_words if (prefix_word := self.index.longest_prefix_word(word))
        }
        if replacements:
            shorter_query = self._replace_words(replacements)
            yield from (
                SearchResult(result.entity, result.matched_text, "partial")
                for result in chain(shorter_query.answers(), shorter_query.word_matches())
            )

    def _replace_words(self, replacements: Mapping[str, str | None]) -> "SearchQuery":
        """Return the query with some tokens replaced; a token that maps to None stays."""
        return SearchQuery(
            self.index, " ".join(replacements.get(token) or token for token in self._tokens), self._node_type
        )

    def _named_documents(self) -> Iterator[SearchResult]:
        """Yield the documents whose number is in the query, whatever else it says: "Plan 469-KH/TU published"."""
        number = document_number(self._text)
        if number is not None and number != self._text:
            for result in SearchQuery(self.index, number, self._node_type).answers():
                yield SearchResult(result.entity, result.matched_text, "partial")

    def _partial_matches(self) -> Iterator[Match]:
        """Yield names that share words with the query, and more than type words.

        They have all of its numbers, unless the query contains the whole name: "Lâm Đồng 2026". A document number has
        no partial matches.
        """
        if self._is_document_number() or document_number(self._text) is not None:
            return
        numbers = {token for token in self._tokens if token.isdecimal()}
        units = [unit for unit in self._units if not self._rules.question_words.issuperset(unit.tokens)]
        for match in self.index.find_partial(units, self._node_type):
            name_meanings = self.index.meanings(match.text)
            kinds = {unit.kind for unit in units if name_meanings.intersection(unit.meanings)}
            holds_enough = (match.is_complete or numbers <= name_meanings) and kinds - {"sense"}
            if holds_enough and self._is_in_order(match, self._units) and not self._has_conflict(match):
                yield match

    def _is_document_number(self) -> bool:
        """Return True if the query consists of a kind of document and a number only."""
        names_document_kind = any(meaning.startswith("#Policy.") for unit in self._units for meaning in unit.meanings)
        return names_document_kind and all(unit.kind == "sense" or unit.tokens[0].isdecimal() for unit in self._units)

    def _has_conflict(self, match: Match) -> bool:
        return self._has_part_conflict or diacritics_conflict(self._marked_words, match.entity.names)

    def _conflicts_with_part(self, part: Unit) -> bool:
        """Return True if the diacritics of a name part in the query contradict every name it could stand for."""
        part_words = [(word, marks) for word, marks in self._marked_words if word in part.tokens]
        names = (self.index[meaning[1:]].names for meaning in part.meanings if meaning[0] == "@")
        return all(diacritics_conflict(part_words, entity_names) for entity_names in names)

    def _result(self, match: Match, match_type: str) -> SearchResult:
        """Return a match as a result; of the names with the same units it shows the one closest to the query."""
        meanings = self._name_meanings(match.text)
        forms = [name for name in match.entity.names if self._name_meanings(name) == meanings] or [match.text]
        return SearchResult(
            match.entity, min(forms, key=lambda form: (edit_distance(form, self._text), form)), match_type
        )

    def _name_meanings(self, name: str) -> set[tuple[str, ...]]:
        return {unit.meanings for unit in self.index.units_of_name(name)}

    def _is_in_order(self, match: Match, units: Sequence[Unit]) -> bool:
        """Return True if the words of the query are in an order that the name allows: Nam Hà is not Hà Nam.

        A person's name may be rotated, so that it starts with any of its words (Lâm Đình Thắng, Thang Lam Dinh).
        """
        name_tokens = tokenize(match.text)
        word_meanings = [unit.meanings for unit in units if unit.kind == "word"]
        first_positions = (
            next((index for index, token in enumerate(name_tokens) if token in item), None) for item in word_meanings
        )
        positions = [position for position in first_positions if position is not None]
        if match.entity.type in self._rules.word_by_word_types:
            descents = [item for item, next_position in pairwise(positions) if item > next_position]
            return not descents or (len(descents) == 1 and positions[-1] < positions[0])
        parts = (unit for unit in self.index.analyzer.units(name_tokens) if unit.kind == "part")
        part_tokens = {token for unit in parts for token in unit.tokens}
        part_positions = [position for position in positions if name_tokens[position] in part_tokens]
        return part_positions == sorted(part_positions)


def edit_distance(name: str, query_text: str) -> int:
    """Return the insertions and deletions (Indel distance) between a name and a query; ignores case, not marks."""
    return Indel.distance(name.casefold(), query_text.casefold())


def _without_stop_words(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.kind != "small"]
