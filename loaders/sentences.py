"""Split a text into sentences."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..graph.model.facts import Sentence

# Abbreviations, in the languages seen so far, after which a full stop does not end a sentence.
_ABBREVIATIONS = {
    "m", "mme", "mr", "mrs", "ms", "dr", "prof", "ths", "ts", "pgs", "gs", "tp", "nr", "no", "art", "abs", "bzw", "ca",
    "z", "b", "u", "a", "d", "h", "usw", "st", "vs", "etc", "jr", "co", "ltd", "inc", "bl", "dvs", "kl", "t", "ex",
}  # fmt: skip
# Beginnings of month names: after "22." they continue a date, in German and the Nordic languages.
_MONTHS = (
    "jan",
    "feb",
    "mar",
    "mär",
    "apr",
    "mai",
    "maj",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dez",
    "des",
    "dec",
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"”“»’')\]]*(?=\s+[\"„“«'(\[]?[^\W_a-z])|[.!?…]+[\"”“»’')\]]*$")
_LAST_WORD = re.compile(r"[^\W_]+$")


def _continues_after(word: str, rest: str) -> bool:
    """True if a full stop after this word does not end the sentence: an abbreviation, or the day of a date."""
    if word.isdecimal():
        return rest.lstrip().casefold().startswith(_MONTHS)
    return word.casefold() in _ABBREVIATIONS


def sentence_spans(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of one line, without surrounding whitespace; none for a blank line.

    >>> sentence_spans("Resolution Nr. 57 gilt. Sie hilft.")
    [(0, 23), (24, 34)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(line):
        word = _LAST_WORD.search(line[start : match.start()])
        is_abbreviation = word is not None and match.group(0) == "." and _continues_after(word[0], line[match.end() :])
        if is_abbreviation and match.end() < len(line):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(line)))
    trimmed_spans = ((s + len(line[s:e]) - len(line[s:e].lstrip()), s + len(line[s:e].rstrip())) for s, e in spans)
    return [(s, e) for s, e in trimmed_spans if s < e]


def overlapping_pairs(entries: Iterable[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield pairs of neighbouring ledger entries that overlap, in the order of the text."""
    for previous, following in pairwise(sorted(entries, key=lambda entry: entry.passage)):
        if previous.passage.line == following.passage.line and following.passage.start < previous.passage.end:
            yield previous, following
