"""What the ledgers account for: each sentence with what it gave, and what of a text no entry stands for."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..graph.errors import NotFound, Problem
from ..graph.messages import meant, shown
from ..graph.model.facts import EntityRecord, Facts, Passage, Sentence, Statement
from .article_texts import Texts
from .sentences import overlapping, sentences

_WORD = re.compile(r"[^:;,(]*")


@dataclass(frozen=True, slots=True)
class Gap:
    """Characters of one sentence of the text that no entry covers; `whole` where they are all of it."""

    passage: Passage
    whole: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """An article's entries in the order of its text, and what is wrong; `gaps` is None where no text is at hand.

    `statements` holds those of every entry by id.
    """

    article: EntityRecord
    entries: tuple[Sentence, ...]
    statements: Mapping[str, Statement]
    gaps: tuple[Gap, ...] | None
    problems: tuple[Problem, ...]

    @property
    def fruitful(self) -> int:
        """How many entries gave statements."""
        return sum(bool(entry.statements) for entry in self.entries)

    @property
    def reasons(self) -> dict[str, int]:
        """How many entries gave nothing, by the word why, most frequent first.

        What follows the word (`caption: a picture of the hall`) does not make it another reason.
        """
        found = Counter(reason(entry.none) for entry in self.entries if entry.none and not entry.statements)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def open(self) -> int:
        """How many places are not accounted for: entries that say nothing, and gaps of the text."""
        silent = sum(not entry.statements and not entry.none for entry in self.entries)
        return silent + len(self.gaps or ())


def reason(none: str) -> str:
    """Return the word of a reason, without what is told beside it.

    >>> reason("caption: a picture of the hall")
    'caption'
    """
    found = _WORD.match(none)
    return (found[0].strip() if found else "") or none


def articles_of(facts: Facts, ids: Iterable[str] = ()) -> dict[str, EntityRecord]:
    """Return the articles asked for by id, or all of them; raise `NotFound` for one that no file describes."""
    known = {record.id: record for record in facts.entities if record.type == "Article"}
    wanted = list(dict.fromkeys(ids)) or sorted(known)
    for article in wanted:
        if article not in known:
            raise NotFound(f"there is no article {shown(article)}{meant(article, known)}")
    return {article: known[article] for article in wanted}


def coverage(facts: Facts, texts: Texts | None = None, articles: Iterable[str] = ()) -> list[Ledger]:
    """Return the ledger of each article, or of those asked for; raise `NotFound` for one that no file describes."""
    wanted = articles_of(facts, articles)
    said = {statement.id: statement for statement in facts.statements}
    entries: dict[str, list[Sentence]] = {article: [] for article in wanted}
    for sentence in facts.sentences:
        if sentence.passage.article in entries:
            entries[sentence.passage.article].append(sentence)
    return [
        _ledger(wanted[article], sorted(own, key=lambda entry: entry.passage), said, texts)
        for article, own in entries.items()
    ]


def _ledger(
    article: EntityRecord, entries: list[Sentence], said: Mapping[str, Statement], texts: Texts | None
) -> Ledger:
    problems = list(_own_faults(article, entries))
    gaps: list[Gap] | None = None
    if texts is not None and texts.has(article.id):
        lines = texts.lines(article.id)
        problems += _text_faults(article, entries, texts)
        gaps = list(gaps_of(article.id, lines, [entry.passage for entry in entries]))
        problems += (_gap_problem(article, entries, gap) for gap in gaps)
    statements = {sid: said[sid] for entry in entries for sid in entry.statements}
    return Ledger(
        article, tuple(entries), statements, None if gaps is None else tuple(gaps), tuple(sorted(set(problems)))
    )


def _own_faults(article: EntityRecord, entries: list[Sentence]) -> Iterator[Problem]:
    """Yield what is wrong in a ledger by itself."""
    if not entries:
        yield Problem(article.where.file, article.where.line, f"{article.id} without a sentence", "its ledger")
    for entry in entries:
        if not entry.statements and not entry.none:
            found = f"{entry.passage.at} with neither statements nor 'none'"
            yield Problem(entry.where.file, entry.where.line, found, "what the sentence gives, or why nothing")
    for one, other in overlapping(entries):
        found = f"sentences {one.passage.at} and {other.passage.at}"
        yield Problem(other.where.file, other.where.line, found, "sentences that do not overlap")


def _text_faults(article: EntityRecord, entries: list[Sentence], texts: Texts) -> Iterator[Problem]:
    """Yield where a ledger was made of another text than the one at hand."""
    declared, there = article.attributes.get("sha256"), texts.sha256(article.id)
    if declared != there:
        found = f"sha256 {declared!s:.12}… for {article.id}"
        yield Problem(article.where.file, article.where.line, found, f"that of the text at hand, {there:.12}…")
    for entry in entries:
        if fault := texts.fault(entry.passage):
            yield Problem(entry.where.file, entry.where.line, fault, "the words this entry was made of")


def gaps_of(article: str, lines: Iterable[str], covered: Iterable[Passage]) -> Iterator[Gap]:
    """Yield the spans of a text that no passage covers, sentence by sentence; blanks need no cover.

    An entry may join sentences, or take a part of one: what counts is whether every character but blanks lies in one.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    for passage in covered:
        spans.setdefault(passage.line, []).append((passage.start, passage.end))
    for number, line in enumerate(lines, 1):
        bare = [not letter.isspace() for letter in line]
        for start, end in spans.get(number, ()):
            bare[start:end] = [False] * len(bare[start:end])
        for start, end in sentences(line):
            for first, last in _runs(line, bare, start, end):
                yield Gap(Passage(article, number, first, last, ""), (first, last) == (start, end))


def _runs(line: str, bare: list[bool], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each longest span of a sentence in which nothing but blanks is covered, without the blanks around it."""
    first = last = -1
    for place in range(start, end):
        if bare[place]:
            first, last = (place if first < 0 else first), place
        elif first >= 0 and not line[place].isspace():
            yield first, last + 1
            first = -1
    if first >= 0:
        yield first, last + 1


def _gap_problem(article: EntityRecord, entries: list[Sentence], gap: Gap) -> Problem:
    """Return a gap as a problem, at the line of the entry after which it is missing."""
    place = article.where
    for entry in entries:
        if entry.passage < gap.passage:
            place = entry.where
    found = f"no entry for {'sentence' if gap.whole else 'a part of a sentence,'} {gap.passage.at} of {article.id}"
    return Problem(place.file, place.line, found, "one after this, with statements or `none`")
