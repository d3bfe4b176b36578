"""Text analyzer for names: splits a text into units of meaning, by the rules in `synonyms.yaml`.

A unit is a word, or several words that mean one thing in any language: a place (`@province:hue`), a type or kind of
entity (`#Fund.venture_capital`), a body or an office. Two names with the same units are two forms of one name.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Literal, NamedTuple

from .. import resources
from ..model.folding import folded_words
from ..model.schema import schema

_POSSESSIVE = re.compile(r"['’`´ʼ]s\b", re.IGNORECASE)
_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$|(?<=qu)y$")
_HARD_K = re.compile(r"^k(?=[aou])|k$")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS = frozenset("\u0302\u0306\u031b")
_MARKS = _TONES | _VOWELS | {"đ"}
_MIN_CONTENT, _MIN_PART, _MIN_JOINED_PART, _MIN_BASE, _MIN_STEM = 3, 3, 5, 2, 7

Tokens = tuple[str, ...]
UnitKind = Literal["word", "part", "sense", "small"]


class Unit(NamedTuple):
    """Tokens that together have one meaning; if there are several `meanings`, any of them may apply.

    Kinds: `word` (a plain word), `part` (a name that occurs within other names, such as a province), `sense` (a type,
    kind, body or office in any language), `small` (a stop word).
    """

    kind: UnitKind
    meanings: Tokens
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class AnalyzerRules:
    """The declarations of `synonyms.yaml`, as tokens."""

    stop_words: frozenset[str]
    leading_stop_words: frozenset[str]
    question_words: frozenset[str]
    number_signs: frozenset[str]
    genitive_endings: Tokens
    declension_endings: Tokens
    fused_suffixes: Tokens
    part_types: Tokens
    word_by_word_types: frozenset[str]
    office_senses: frozenset[str]
    senses: Mapping[str, frozenset[Tokens]]


@cache
def _synonyms() -> dict[str, Any]:
    return resources.yaml("vnkg.graph.search", "synonyms.yaml")


@lru_cache(maxsize=1 << 17)
def _tokenize_chunk(chunk: str) -> Tokens:
    spellings: Mapping[str, str] = _synonyms()["spellings"]
    parts = (spellings.get(part, part) for word in folded_words(chunk) for part in _LETTERS_OR_DIGITS.findall(word))
    return tuple(_HARD_K.sub("c", _FINAL_Y.sub("i", part)) for part in parts)


def tokenize(text: str) -> Tokens:
    """Split a text into folded words; letters and digits are separated, spelling variants are unified.

    >>> tokenize("Đắk Lắk, kỹ sư") == tokenize("Dac Lac ki su")
    True
    >>> tokenize("NQ57") == tokenize("NQ 57")
    True
    """
    return tuple(chain.from_iterable(map(_tokenize_chunk, _POSSESSIVE.sub(" ", text).split())))


def words_with_diacritics(text: str) -> list[tuple[str, frozenset[str]]]:
    """Return the folded words of a text, each with its Vietnamese diacritics: combining marks and đ."""
    raw_words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())
    return [
        ("".join(_tokenize_chunk(word)), frozenset({*word, *unicodedata.normalize("NFD", word)} & _MARKS))
        for word in raw_words
    ]


def diacritics_conflict(query_words: Iterable[tuple[str, frozenset[str]]], names: Iterable[str]) -> bool:
    """Return True if the diacritics of a query contradict those of all names: Huệ is not Huế.

    `query_words` are words with their marks, from `words_with_diacritics`. Marks that are missing in the query, or in
    a whole name, contradict nothing.
    """
    query_marks: dict[str, list[frozenset[str]]] = {}
    for word, marks in query_words:
        query_marks.setdefault(word, []).append(marks)
    name_marks: dict[str, list[frozenset[str]]] = {}
    for name in names if any(map(any, query_marks.values())) else ():
        marked_words = words_with_diacritics(name)
        for word, marks in marked_words if any(marks for _, marks in marked_words) else ():
            name_marks.setdefault(word, []).append(marks)
    shared_words = query_marks.keys() & name_marks.keys()
    has_tone = any(marks & _TONES for word in shared_words for marks in query_marks[word])
    return any(
        not any(
            _are_compatible(query_set, name_set, has_tone)
            for query_set in query_marks[word]
            for name_set in name_marks[word]
        )
        for word in shared_words
    )


def _are_compatible(query_marks: frozenset[str], name_marks: frozenset[str], has_tone: bool) -> bool:
    """Return True if the marks of a query word can stand for the marks of a word of a name.

    People who type a tone also type the vowel mark; people who type a vowel mark, and tones elsewhere in the same text,
    type all marks of the word.
    """
    is_fully_marked = query_marks & _TONES or (has_tone and query_marks & _VOWELS)
    return query_marks <= name_marks and (not is_fully_marked or name_marks - query_marks <= {"đ"})


@cache
def load_rules() -> AnalyzerRules:
    """Load the rules of `synonyms.yaml`, with the labels of the schema's types and kinds."""
    synonyms = _synonyms()
    stop_words, question_words = (
        frozenset(token for texts in synonyms[name].values() for text in texts for token in tokenize(text))
        for name in ("small", "question_words")
    )
    return AnalyzerRules(
        stop_words=stop_words,
        leading_stop_words=frozenset(token for text in synonyms["leading"] for token in tokenize(text)),
        question_words=question_words,
        number_signs=frozenset(token for text in synonyms["number_signs"] for token in tokenize(text)),
        genitive_endings=tuple(synonyms["genitives"]),
        declension_endings=tuple(synonyms["declensions"]),
        fused_suffixes=tuple(sorted(synonyms["glued"], key=len, reverse=True)),
        part_types=tuple(synonyms["parts"]),
        word_by_word_types=frozenset(synonyms["word_by_word"]),
        office_senses=frozenset(f"#{key}" for key in synonyms["offices"]),
        senses={
            f"#{key}": frozenset(phrase for text in texts for phrase in _phrases(text, stop_words))
            for key, texts in _senses(synonyms)
        },
    )


def _senses(synonyms: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for key, languages in synonyms["kinds"].items():
        node, _, kind = key.partition(".")
        term = schema().nodes[node].properties["kind"].values[kind] if kind else None
        yield key, [text for texts in languages.values() for text in texts] + ([term.en, term.vi] if term else [])
    for group in ("bodies", "offices"):
        for key, languages in synonyms[group].items():
            own_texts = [key] if group == "offices" else []
            yield key, own_texts + [text for texts in languages.values() for text in texts]


def _phrases(text: str, stop_words: frozenset[str]) -> Iterator[Tokens]:
    """Yield the tokens of a text, then those without stop words if they have at least `_MIN_CONTENT` characters."""
    phrase = tokenize(text)
    yield phrase
    content_tokens = tuple(token for token in phrase if token not in stop_words)
    if len("".join(content_tokens)) >= _MIN_CONTENT:
        yield content_tokens


class Analyzer:
    """Splits texts into units, by the rules and by the names of a release that occur within other names."""

    def __init__(self, entities: Iterable[tuple[str, str, Iterable[str]]]) -> None:
        """Take `(type, id, names)` of entities; if two name parts are equal, the first entity by type and id wins."""
        self.rules = load_rules()
        self._phrases: dict[str, dict[Tokens, Unit]] = {}
        self._joined_parts: dict[str, Tokens] = {}
        self._part_cache: dict[str, Unit | None] = {}
        senses: dict[Tokens, list[str]] = {}
        for sense, phrases in self.rules.senses.items():
            for phrase in phrases:
                senses.setdefault(phrase, []).append(sense)
        for phrase, meanings in senses.items():
            # Without diacritics a form of address may equal another word: cô and the first of Cơ chế are both `co`.
            literal_word = phrase if len(phrase) == 1 and self._has_form_of_address(meanings) else ()
            self._add_phrase(Unit("sense", (*sorted(meanings), *literal_word), phrase))
        part_rank = self.rules.part_types.index
        parts = sorted(
            (part_rank(node_type), entity_id, texts)
            for node_type, entity_id, texts in entities
            if node_type in self.rules.part_types
        )
        meaning_phrases = (
            (f"@{entity_id}", phrase)
            for _, entity_id, texts in parts
            for text in texts
            for phrase in self._part_phrases(text)
        )
        for meaning, phrase in meaning_phrases:
            existing_unit = self._phrases.get(phrase[0], {}).get(phrase)
            if existing_unit is None or existing_unit.kind == "sense":
                self._add_phrase(Unit("part", (meaning, *(existing_unit.meanings if existing_unit else ())), phrase))
            if len("".join(phrase)) >= _MIN_JOINED_PART:
                self._joined_parts.setdefault("".join(phrase), (meaning,))

    def _add_phrase(self, unit: Unit) -> None:
        self._phrases.setdefault(unit.tokens[0], {})[unit.tokens] = unit

    def _part_phrases(self, text: str) -> Iterator[Tokens]:
        """Yield the phrases of a name part; short ones are left out because they would match other words."""
        return (phrase for phrase in _phrases(text, self.rules.stop_words) if len("".join(phrase)) >= _MIN_PART)

    def units(self, text_tokens: Tokens, vocabulary: Container[str] = ()) -> list[Unit]:
        """Return the units of tokens; a word also means words of `vocabulary` that differ only in the case ending."""
        units: list[Unit] = []
        position = 0
        while position < len(text_tokens):
            token = text_tokens[position]
            unit = self._longest_phrase(text_tokens, position) or self._part_unit(token)
            if unit is None:
                is_leading = not units or units[-1].kind == "small"
                is_stop_word = token in self.rules.stop_words or (is_leading and token in self.rules.leading_stop_words)
                unit = Unit("small", (token,), (token,)) if is_stop_word else self._word_unit(token, vocabulary)
            position += len(unit.tokens)
            if not (position < len(text_tokens) and self._is_number_sign(unit, text_tokens[position])):
                units.append(unit)
        if all(unit.kind != "sense" for unit in units):
            return units
        significant = [unit for unit in units if unit.kind != "small"]
        neighbours = {
            id(unit): significant[max(0, position - 1) : position + 2] for position, unit in enumerate(significant)
        }
        return [unit for unit in units if not _repeats_type(unit, neighbours.get(id(unit), ()))]

    def units_of_name(self, name_tokens: Tokens) -> list[Unit]:
        """Return the units of a name of a type that is not read word by word; forms of address become plain words."""
        unit_groups = (
            [unit] if not self._has_form_of_address(unit.meanings) else self.words(unit.tokens)
            for unit in self.units(name_tokens)
        )
        return list(chain.from_iterable(unit_groups))

    def _has_form_of_address(self, meanings: Iterable[str]) -> bool:
        return any(meaning[1:] in self.rules.word_by_word_types for meaning in meanings if meaning[0] == "#")

    def words(self, text_tokens: Tokens, vocabulary: Container[str] = ()) -> list[Unit]:
        """Return one unit of kind `word` per token."""
        return [self._word_unit(token, vocabulary) for token in text_tokens]

    def _longest_phrase(self, text_tokens: Tokens, position: int) -> Unit | None:
        best: Unit | None = None
        for phrase, unit in self._phrases.get(text_tokens[position], _NO_PHRASES).items():
            window = text_tokens[position : position + len(phrase)]
            if (best is None or len(phrase) > len(best.tokens)) and self._matches_phrase(unit, window):
                best = Unit(unit.kind, unit.meanings, window)
        return best

    def _matches_phrase(self, unit: Unit, window: Tokens) -> bool:
        """Return True if the tokens are the phrase of a unit; the last word of a name part may have a case ending."""
        *first_tokens, last_token = unit.tokens
        if len(window) < len(unit.tokens) or list(window[:-1]) != first_tokens:
            return False
        return window[-1] == last_token or (unit.kind == "part" and last_token in self.base_forms(window[-1]))

    def _part_unit(self, token: str) -> Unit | None:
        """Return the name part that a single token stands for: without a case ending, or written as one word."""
        if token not in self._part_cache:
            self._part_cache[token] = None
            for base in self.base_forms(token):
                unit = self._phrases.get(base, _NO_PHRASES).get((base,))
                meanings = unit.meanings if unit and unit.kind == "part" else self._joined_parts.get(base)
                if meanings:
                    self._part_cache[token] = Unit("part", meanings, (token,))
                    break
        return self._part_cache[token]

    def _word_unit(self, token: str, vocabulary: Container[str]) -> Unit:
        forms = (
            tuple(dict.fromkeys(form for form in self._case_forms(token) if form in vocabulary)) if vocabulary else ()
        )
        return Unit("word", forms or (token,), (token,))

    def _case_forms(self, token: str) -> Iterator[str]:
        """Yield a word and its forms with other case endings."""
        yield from self.base_forms(token)
        yield from (token + ending for ending in self.rules.genitive_endings)
        for ending in ("", *self.rules.declension_endings):
            stem = token.removesuffix(ending)
            if token.endswith(ending) and len(stem) >= _MIN_STEM:
                yield stem
                yield from (stem + declension for declension in self.rules.declension_endings)

    def _is_number_sign(self, unit: Unit, next_token: str) -> bool:
        """Return True if a unit only announces a number (no., số)."""
        return next_token.isdecimal() and unit.kind != "sense" and unit.tokens[-1] in self.rules.number_signs

    def base_forms(self, token: str) -> Iterator[str]:
        """Yield a word, then the word without fused suffix or genitive ending (hanoi for hanoistadt, hanois)."""
        yield token
        full_forms = [token]
        for word in self.rules.fused_suffixes:
            if token.endswith(word) and len(token) >= len(word) + _MIN_BASE:
                full_forms.append(token[: -len(word)])
                yield full_forms[-1]
                break
        for word in full_forms:
            for ending in self.rules.genitive_endings:
                if word.endswith(ending) and len(word) >= len(ending) + _MIN_BASE:
                    yield word[: -len(ending)]


def _repeats_type(unit: Unit, neighbours: Iterable[Unit]) -> bool:
    """Return True if a unit only repeats the type of a neighbouring name: `province` next to a province's name."""
    if unit.kind != "sense":
        return False
    ids = (
        meaning[1:]
        for neighbour in neighbours
        if neighbour.kind == "part"
        for meaning in neighbour.meanings
        if meaning[0] == "@"
    )
    types = {f"#{node.key}" for node in map(schema().node_type_of, ids) if node}
    return any(meaning.partition(".")[0] in types for meaning in unit.meanings)


_NO_PHRASES: Mapping[Tokens, Unit] = {}
