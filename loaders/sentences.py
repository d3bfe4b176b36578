"""Split a text into sentences."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..graph.model.facts import Sentence

# Abbreviations, in the languages seen so far, after which a full stop does not end a sentence.
_SHORT = {
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
_END = re.compile(r"[.!?…]+[\"”“»’')\]]*(?=\s+[\"„“«'(\[]?[^\W_a-z])|[.!?…]+[\"”“»’')\]]*$")
_WORD = re.compile(r"[^\W_]+$")


def _goes_on(word: str, rest: str) -> bool:
    """True if a full stop after this word does not end the sentence: an abbreviation, or the day of a date."""
    if word.isdecimal():
        return rest.lstrip().casefold().startswith(_MONTHS)
    return word.casefold() in _SHORT


def sentences(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of one line, without surrounding whitespace; none for a blank line.

    >>> sentence_spans("Resolution Nr. 57 gilt. Sie hilft.")
    [(0, 23), (24, 34)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(line):
        word = _WORD.search(line[start : found.start()])
        short = word is not None and found.group(0) == "." and _goes_on(word[0], line[found.end() :])
        if short and found.end() < len(line):
            continue
        spans.append((start, found.end()))
        start = found.end()
    spans.append((start, len(line)))
    trimmed = ((s + len(line[s:e]) - len(line[s:e].lstrip()), s + len(line[s:e].rstrip())) for s, e in spans)
    return [(s, e) for s, e in trimmed if s < e]


def overlapping(entries: Iterable[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield pairs of neighbouring ledger entries that overlap, in the order of the text."""
    for one, other in pairwise(sorted(entries, key=lambda entry: entry.passage)):
        if one.passage.line == other.passage.line and other.passage.start < one.passage.end:
            yield one, other
