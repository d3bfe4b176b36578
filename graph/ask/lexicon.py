"""The words of questions by language: `lexicon/LANGUAGE.yaml`, and the labels of the schema.

    marks       the commonest words of the language, by which it is recognised
    ignored     words that mean nothing by themselves
    negations   words that negate what is near them; what does not exist yet may be planned
    concepts    {concept: words}; queries declare the concepts that they answer under `asks`
    values      {list: {value: words}}: words of the closed lists of parameters, beside the labels of the schema
    dates       {since | until | at: words}: what stands before a date
    months      {"01" to "12": words}
    indicators  {indicator: words}
    scales      {factor: words}: what stands behind a number

A word may be a phrase. Case does not matter, nor do diacritics, except in Vietnamese if a question has any.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Any, NamedTuple

from .. import resources
from ..catalogue.parameters import closed_list
from ..model.declarations import Declarations, KeyPath
from ..model.schema import schema
from ..search.analyzer import Tokens, tokenize, words_with_diacritics

LABEL_LISTS = ("statuses", "Fund.kind", "Centre.kind", "Policy.kind", "Event.kind", "Programme.kind", "Model.kind",
               "claim_types", "implementations", "disagreement_kinds")  # fmt: skip
"""Closed lists whose labels in the schema are words of questions."""
_KEYS = ("marks", "ignored", "negations", "concepts", "values", "dates", "months", "indicators", "scales")
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")


class Meaning(NamedTuple):
    """What a phrase means: `key` of `group`, which is a key of the lexicon or the name of a closed list."""

    group: str
    key: str


class Word(NamedTuple):
    """A word of a question: the analyzer's tokens, and the Vietnamese diacritics of the word as typed."""

    text: str
    tokens: Tokens
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a lexicon, and all that it means."""

    words: tuple[Word, ...]
    meanings: tuple[Meaning, ...]

    def is_of(self, node_types: Container[str]) -> bool:
        """Tell whether the phrase means nothing but one of these types."""
        return all(meaning.group == "concepts" and meaning.key in node_types for meaning in self.meanings)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language, by the tokens of their first word, longest first; the other words as tokens."""

    language: str
    marks: frozenset[Tokens]
    negations: frozenset[Tokens]
    scales: Mapping[Tokens, int]
    phrases: Mapping[Tokens, Sequence[Phrase]]

    def find(self, words: Sequence[Word], start: int, not_ends: Container[int] = ()) -> Phrase | None:
        """Return the longest phrase that begins at a word and does not end before one of `not_ends`, or None."""
        has_marks = self.language == "vi" and any(word.marks for word in words)
        for phrase in self.phrases.get(words[start].tokens, ()):
            window = words[start : start + len(phrase.words)]
            is_possible = len(window) == len(phrase.words) and start + len(window) not in not_ends
            if is_possible and all(
                typed.tokens == own.tokens and (not has_marks or typed.marks == own.marks)
                for typed, own in zip(window, phrase.words, strict=True)
            ):
                return phrase
        return None

    def known_words(self, words: Sequence[Word]) -> float:
        """Return how many words of a question are of this language: those of phrases, and a half more for marks."""
        known, start = 0.0, 0
        while start < len(words):
            phrase = self.find(words, start)
            known += (len(phrase.words) if phrase else 0) + (words[start].tokens in self.marks) * 0.5
            start += len(phrase.words) if phrase else 1
        return known + (0.5 * sum(bool(word.marks) for word in words) if self.language == "vi" else 0)


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, in order."""
    return tuple(
        Word(word, tokens, words_with_diacritics(word)[0][1])
        for word in _WORD.findall(_POSSESSIVE.sub("", unicodedata.normalize("NFC", text)))
        if (tokens := tokenize(word))
    )


@cache
def lexicons() -> Mapping[str, Lexicon]:
    """Return the lexicons by language, read once; raises `DeclarationError` with file and line."""
    found = resources.files("vnkg.graph.ask", "lexicon/*.yaml")
    return {
        (name := PurePath(path).stem): read_lexicon(name, Declarations(text, f"graph/ask/{path}"))
        for path, text in found
    }


def read_lexicon(language: str, declarations: Declarations) -> Lexicon:
    """Return the lexicon that a file declares; raises `DeclarationError` with file and line."""
    fields = declarations.fields((), declarations.value, _KEYS)
    meanings: dict[tuple[str, ...], dict[Meaning, None]] = {}
    for meaning, text in (*_declared_words(declarations, fields), *_labels(language)):
        meanings.setdefault(tuple(word.text.casefold() for word in split_words(text)), {})[meaning] = None
    phrases: dict[Tokens, list[Phrase]] = {}
    for texts, found in meanings.items():
        words = split_words(" ".join(texts))
        phrases.setdefault(words[0].tokens, []).append(Phrase(words, tuple(found)))
    ordered = {first: sorted(group, key=lambda phrase: -len(phrase.words)) for first, group in phrases.items()}
    scales = {tokenize(word): int(scale) for scale, word in _words_by_key(declarations, ("scales",), fields["scales"])}
    marks, negations = (
        frozenset(tokenize(word) for word in declarations.words((name,), fields[name]))
        for name in ("marks", "negations")
    )
    return Lexicon(language, marks, negations, scales, ordered)


def _declared_words(declarations: Declarations, fields: Mapping[str, Any]) -> Iterator[tuple[Meaning, str]]:
    for group in ("concepts", "dates", "months", "indicators"):
        yield from ((Meaning(group, key), word) for key, word in _words_by_key(declarations, (group,), fields[group]))
    for name, values in declarations.mapping(("values",), fields["values"], "a mapping of closed lists").items():
        yield from ((Meaning(name, key), word) for key, word in _words_by_key(declarations, ("values", name), values))
    for group in ("marks", "ignored", "negations"):
        yield from ((Meaning("ignored", ""), word) for word in declarations.words((group,), fields[group]))


def _words_by_key(declarations: Declarations, path: KeyPath, value: Any) -> Iterator[tuple[str, str]]:
    """Yield key and word of a mapping of keys to lists of words."""
    for key, words in declarations.mapping(path, value, "a mapping to lists of words").items():
        yield from ((key, word) for word in declarations.words((*path, key), words))


def _labels(language: str) -> Iterator[tuple[Meaning, str]]:
    """Yield the labels that the schema has in this language."""
    if language not in ("en", "vi"):
        return
    terms = [(name, closed_list(name, schema()) or {}) for name in LABEL_LISTS]
    terms.append(("indicators", closed_list("indicators", schema()) or {}))
    for name, values in terms:
        for key, term in values.items():
            label = term.vi if language == "vi" else term.en
            yield Meaning(name, key), label
            if language == "en":
                yield Meaning(name, key), f"{label}s"
