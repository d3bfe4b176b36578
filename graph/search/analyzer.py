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
from ..model.folding import words
from ..model.schema import schema

_OWNER = re.compile(r"['’`´ʼ]s\b", re.IGNORECASE)
_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$|(?<=qu)y$")
_HARD_K = re.compile(r"^k(?=[aou])|k$")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS = frozenset("\u0302\u0306\u031b")
_MARKS = _TONES | _VOWELS | {"đ"}
_SHORTEST_BARE, _SHORTEST_PART, _SHORTEST_SQUASHED, _SHORTEST_BASE, _SHORTEST_STEM = 3, 3, 5, 2, 7

Tokens = tuple[str, ...]
Kind = Literal["word", "part", "sense", "small"]


class Unit(NamedTuple):
    """Tokens that together have one meaning; if there are several `meanings`, any of them may apply.

    Kinds: `word` (a plain word), `part` (a name that occurs within other names, such as a province), `sense` (a type,
    kind, body or office in any language), `small` (a stop word).
    """

    kind: Kind
    meanings: Tokens
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Rules:
    """The declarations of `synonyms.yaml`, as tokens."""

    small: frozenset[str]
    leading: frozenset[str]
    signs: frozenset[str]
    endings: Tokens
    declensions: Tokens
    glued: Tokens
    parts: Tokens
    word_by_word: frozenset[str]
    offices: frozenset[str]
    senses: Mapping[str, frozenset[Tokens]]


@cache
def _declared() -> dict[str, Any]:
    return resources.yaml("vnkg.graph.search", "synonyms.yaml")


@lru_cache(maxsize=1 << 17)
def _tokens_of(chunk: str) -> Tokens:
    same: Mapping[str, str] = _declared()["spellings"]
    parts = (same.get(part, part) for word in words(chunk) for part in _LETTERS_OR_DIGITS.findall(word))
    return tuple(_HARD_K.sub("c", _FINAL_Y.sub("i", part)) for part in parts)


def tokens(text: str) -> Tokens:
    """Split a text into folded words; letters and digits are separated, spelling variants are unified.

    >>> tokenize("Đắk Lắk, kỹ sư") == tokenize("Dac Lac ki su")
    True
    >>> tokenize("NQ57") == tokenize("NQ 57")
    True
    """
    return tuple(chain.from_iterable(map(_tokens_of, _OWNER.sub(" ", text).split())))


def marked(text: str) -> list[tuple[str, frozenset[str]]]:
    """Return the folded words of a text, each with its Vietnamese diacritics: combining marks and đ."""
    written = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())
    return [
        ("".join(_tokens_of(word)), frozenset({*word, *unicodedata.normalize("NFD", word)} & _MARKS))
        for word in written
    ]


def at_odds(typed: Iterable[tuple[str, frozenset[str]]], names: Iterable[str]) -> bool:
    """Return True if the diacritics of a query contradict those of all names: Huệ is not Huế.

    `query_words` are words with their marks, from `words_with_diacritics`. Marks that are missing in the query, or in
    a whole name, contradict nothing.
    """
    given: dict[str, list[frozenset[str]]] = {}
    for word, marks in typed:
        given.setdefault(word, []).append(marks)
    known: dict[str, list[frozenset[str]]] = {}
    for name in names if any(map(any, given.values())) else ():
        written = marked(name)
        for word, marks in written if any(marks for _, marks in written) else ():
            known.setdefault(word, []).append(marks)
    both = given.keys() & known.keys()
    toned = any(marks & _TONES for word in both for marks in given[word])
    return any(not any(_may_be(one, other, toned) for one in given[word] for other in known[word]) for word in both)


def _may_be(typed: frozenset[str], known: frozenset[str], toned: bool) -> bool:
    """Return True if the marks of a query word can stand for the marks of a word of a name.

    People who type a tone also type the vowel mark; people who type a vowel mark, and tones elsewhere in the same text,
    type all marks of the word.
    """
    whole = typed & _TONES or (toned and typed & _VOWELS)
    return typed <= known and (not whole or known - typed <= {"đ"})


@cache
def rules() -> Rules:
    """Load the rules of `synonyms.yaml`, with the labels of the schema's types and kinds."""
    declared = _declared()
    small = frozenset(token for texts in declared["small"].values() for text in texts for token in tokens(text))
    return Rules(
        small=small,
        leading=frozenset(token for text in declared["leading"] for token in tokens(text)),
        signs=frozenset(token for text in declared["number_signs"] for token in tokens(text)),
        endings=tuple(declared["genitives"]),
        declensions=tuple(declared["declensions"]),
        glued=tuple(sorted(declared["glued"], key=len, reverse=True)),
        parts=tuple(declared["parts"]),
        word_by_word=frozenset(declared["word_by_word"]),
        offices=frozenset(f"#{key}" for key in declared["offices"]),
        senses={
            f"#{key}": frozenset(phrase for text in texts for phrase in _phrases(text, small))
            for key, texts in _senses(declared)
        },
    )


def _senses(declared: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for key, languages in declared["kinds"].items():
        node, _, kind = key.partition(".")
        term = schema().nodes[node].properties["kind"].values[kind] if kind else None
        yield key, [text for texts in languages.values() for text in texts] + ([term.en, term.vi] if term else [])
    for group in ("bodies", "offices"):
        for key, languages in declared[group].items():
            own = [key] if group == "offices" else []
            yield key, own + [text for texts in languages.values() for text in texts]


def _phrases(text: str, small: frozenset[str]) -> Iterator[Tokens]:
    """Yield the tokens of a text, then those without stop words if they have at least `_MIN_CONTENT` characters."""
    phrase = tokens(text)
    yield phrase
    bare = tuple(token for token in phrase if token not in small)
    if len("".join(bare)) >= _SHORTEST_BARE:
        yield bare


class Grammar:
    """Splits texts into units, by the rules and by the names of a release that occur within other names."""

    def __init__(self, entities: Iterable[tuple[str, str, Iterable[str]]]) -> None:
        """Take `(type, id, names)` of entities; if two name parts are equal, the first entity by type and id wins."""
        self.rules = rules()
        self._phrases: dict[str, dict[Tokens, Unit]] = {}
        self._squashed: dict[str, Tokens] = {}
        self._parts: dict[str, Unit | None] = {}
        senses: dict[Tokens, list[str]] = {}
        for sense, phrases in self.rules.senses.items():
            for phrase in phrases:
                senses.setdefault(phrase, []).append(sense)
        for phrase, meanings in senses.items():
            # Without diacritics a form of address may equal another word: cô and the first of Cơ chế are both `co`.
            itself = phrase if len(phrase) == 1 and self._addresses(meanings) else ()
            self._add(Unit("sense", (*sorted(meanings), *itself), phrase))
        order = self.rules.parts.index
        parts = sorted((order(node), entity, texts) for node, entity, texts in entities if node in self.rules.parts)
        names = (
            (f"@{entity}", phrase) for _, entity, texts in parts for text in texts for phrase in self._of_part(text)
        )
        for meaning, phrase in names:
            there = self._phrases.get(phrase[0], {}).get(phrase)
            if there is None or there.kind == "sense":
                self._add(Unit("part", (meaning, *(there.meanings if there else ())), phrase))
            if len("".join(phrase)) >= _SHORTEST_SQUASHED:
                self._squashed.setdefault("".join(phrase), (meaning,))

    def _add(self, unit: Unit) -> None:
        self._phrases.setdefault(unit.tokens[0], {})[unit.tokens] = unit

    def _of_part(self, text: str) -> Iterator[Tokens]:
        """Yield the phrases of a name part; short ones are left out because they would match other words."""
        return (phrase for phrase in _phrases(text, self.rules.small) if len("".join(phrase)) >= _SHORTEST_PART)

    def units(self, given: Tokens, known: Container[str] = ()) -> list[Unit]:
        """Return the units of tokens; a word also means words of `vocabulary` that differ only in the case ending."""
        found: list[Unit] = []
        place = 0
        while place < len(given):
            token = given[place]
            unit = self._longest(given, place) or self._part(token)
            if unit is None:
                leads = not found or found[-1].kind == "small"
                is_small = token in self.rules.small or (leads and token in self.rules.leading)
                unit = Unit("small", (token,), (token,)) if is_small else self._word(token, known)
            place += len(unit.tokens)
            if not (place < len(given) and self._is_sign(unit, given[place])):
                found.append(unit)
        if all(unit.kind != "sense" for unit in found):
            return found
        telling = [unit for unit in found if unit.kind != "small"]
        beside = {id(unit): telling[max(0, place - 1) : place + 2] for place, unit in enumerate(telling)}
        return [unit for unit in found if not _repeats(unit, beside.get(id(unit), ()))]

    def units_of_name(self, given: Tokens) -> list[Unit]:
        """Return the units of a name of a type that is not read word by word; forms of address become plain words."""
        found = (
            [unit] if not self._addresses(unit.meanings) else self.words(unit.tokens) for unit in self.units(given)
        )
        return list(chain.from_iterable(found))

    def _addresses(self, meanings: Iterable[str]) -> bool:
        return any(meaning[1:] in self.rules.word_by_word for meaning in meanings if meaning[0] == "#")

    def words(self, given: Tokens, known: Container[str] = ()) -> list[Unit]:
        """Return one unit of kind `word` per token."""
        return [self._word(token, known) for token in given]

    def _longest(self, given: Tokens, place: int) -> Unit | None:
        best: Unit | None = None
        for phrase, unit in self._phrases.get(given[place], _NOTHING).items():
            there = given[place : place + len(phrase)]
            if (best is None or len(phrase) > len(best.tokens)) and self._stands(unit, there):
                best = Unit(unit.kind, unit.meanings, there)
        return best

    def _stands(self, unit: Unit, there: Tokens) -> bool:
        """Return True if the tokens are the phrase of a unit; the last word of a name part may have a case ending."""
        *before, last = unit.tokens
        if len(there) < len(unit.tokens) or list(there[:-1]) != before:
            return False
        return there[-1] == last or (unit.kind == "part" and last in self.bases(there[-1]))

    def _part(self, token: str) -> Unit | None:
        """Return the name part that a single token stands for: without a case ending, or written as one word."""
        if token not in self._parts:
            self._parts[token] = None
            for base in self.bases(token):
                unit = self._phrases.get(base, _NOTHING).get((base,))
                meanings = unit.meanings if unit and unit.kind == "part" else self._squashed.get(base)
                if meanings:
                    self._parts[token] = Unit("part", meanings, (token,))
                    break
        return self._parts[token]

    def _word(self, token: str, known: Container[str]) -> Unit:
        forms = tuple(dict.fromkeys(form for form in self._cases(token) if form in known)) if known else ()
        return Unit("word", forms or (token,), (token,))

    def _cases(self, token: str) -> Iterator[str]:
        """Yield a word and its forms with other case endings."""
        yield from self.bases(token)
        yield from (token + ending for ending in self.rules.endings)
        for ending in ("", *self.rules.declensions):
            stem = token.removesuffix(ending)
            if token.endswith(ending) and len(stem) >= _SHORTEST_STEM:
                yield stem
                yield from (stem + other for other in self.rules.declensions)

    def _is_sign(self, unit: Unit, following: str) -> bool:
        """Return True if a unit only announces a number (no., số)."""
        return following.isdecimal() and unit.kind != "sense" and unit.tokens[-1] in self.rules.signs

    def bases(self, token: str) -> Iterator[str]:
        """Yield a word, then the word without fused suffix or genitive ending (hanoi for hanoistadt, hanois)."""
        yield token
        whole = [token]
        for word in self.rules.glued:
            if token.endswith(word) and len(token) >= len(word) + _SHORTEST_BASE:
                whole.append(token[: -len(word)])
                yield whole[-1]
                break
        for word in whole:
            for ending in self.rules.endings:
                if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_BASE:
                    yield word[: -len(ending)]


def _repeats(unit: Unit, beside: Iterable[Unit]) -> bool:
    """Return True if a unit only repeats the type of a neighbouring name: `province` next to a province's name."""
    if unit.kind != "sense":
        return False
    ids = (meaning[1:] for one in beside if one.kind == "part" for meaning in one.meanings if meaning[0] == "@")
    types = {f"#{node.key}" for node in map(schema().node_of, ids) if node}
    return any(meaning.partition(".")[0] in types for meaning in unit.meanings)


_NOTHING: Mapping[Tokens, Unit] = {}
