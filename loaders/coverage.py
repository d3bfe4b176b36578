"""Coverage of the articles: the ledger entry of each sentence, and the parts of a text that have no entry."""

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
    """A span of one sentence of the text that no ledger entry covers; `is_whole_sentence` if it is all of it."""

    passage: Passage
    whole: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """An article's ledger: its entries in the order of the text, and the problems found.

    `statements` holds the statements of all entries by id. `gaps` is None if the article's text is not available.
    """

    article: EntityRecord
    entries: tuple[Sentence, ...]
    statements: Mapping[str, Statement]
    gaps: tuple[Gap, ...] | None
    problems: tuple[Problem, ...]

    @property
    def fruitful(self) -> int:
        """Number of entries with statements."""
        return sum(bool(entry.statements) for entry in self.entries)

    @property
    def reasons(self) -> dict[str, int]:
        """Number of entries without statements by category of reason, most frequent first.

        Details after the category (`caption: a picture of the hall`) do not make it another reason.
        """
        found = Counter(reason(entry.none) for entry in self.entries if entry.none and not entry.statements)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def open(self) -> int:
        """Number of entries with neither statements nor a reason, plus gaps in the text."""
        silent = sum(not entry.statements and not entry.none for entry in self.entries)
        return silent + len(self.gaps or ())


def reason(none: str) -> str:
    """Return the category of a reason, without the details after it.

    >>> reason_category("caption: a picture of the hall")
    'caption'
    """
    found = _WORD.match(none)
    return (found[0].strip() if found else "") or none


def articles_of(facts: Facts, ids: Iterable[str] = ()) -> dict[str, EntityRecord]:
    """Return the requested articles by id, or all; raise `NotFound` for an id that no file declares."""
    known = {record.id: record for record in facts.entities if record.type == "Article"}
    wanted = list(dict.fromkeys(ids)) or sorted(known)
    for article in wanted:
        if article not in known:
            raise NotFound(f"there is no article {shown(article)}{meant(article, known)}")
    return {article: known[article] for article in wanted}


def coverage(facts: Facts, texts: Texts | None = None, articles: Iterable[str] = ()) -> list[Ledger]:
    """Return the ledger of each requested article, or of all; raise `NotFound` for an id that no file declares."""
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
    """Yield the problems of a ledger that show without the article's text."""
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
    """Yield where the ledger's hashes differ from those of the available text."""
    declared, there = article.attributes.get("sha256"), texts.sha256(article.id)
    if declared != there:
        found = f"sha256 {declared!s:.12}… for {article.id}"
        yield Problem(article.where.file, article.where.line, found, f"that of the text at hand, {there:.12}…")
    for entry in entries:
        if fault := texts.fault(entry.passage):
            yield Problem(entry.where.file, entry.where.line, fault, "the words this entry was made of")


def gaps_of(article: str, lines: Iterable[str], covered: Iterable[Passage]) -> Iterator[Gap]:
    """Yield the spans of a text that no passage covers, split by sentence; whitespace need not be covered.

    An entry may span several sentences or part of one: all that counts is that some passage covers each character.
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
    """Yield each maximal uncovered (start, end) span of a sentence, without the whitespace around it.

    Whitespace inside a span does not split it, covered or not.
    """
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
    """Return a gap as a problem, located at the entry after which one is missing."""
    place = article.where
    for entry in entries:
        if entry.passage < gap.passage:
            place = entry.where
    found = f"no entry for {'sentence' if gap.whole else 'a part of a sentence,'} {gap.passage.at} of {article.id}"
    return Problem(place.file, place.line, found, "one after this, with statements or `none`")
