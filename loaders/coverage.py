"""Coverage of the articles: the ledger entry of each sentence, and the parts of a text that have no entry."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..graph.errors import NotFound, Problem
from ..graph.messages import did_you_mean, quote_for_message
from ..graph.model.facts import EntityRecord, Facts, Passage, Sentence, Statement
from .article_texts import Texts
from .sentences import overlapping_pairs, sentence_spans

_CATEGORY = re.compile(r"[^:;,(]*")


@dataclass(frozen=True, slots=True)
class Gap:
    """A span of one sentence of the text that no ledger entry covers; `is_whole_sentence` if it is all of it."""

    passage: Passage
    is_whole_sentence: bool


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
    def sentences_with_statements(self) -> int:
        """Number of entries with statements."""
        return sum(bool(entry.statements) for entry in self.entries)

    @property
    def reason_counts(self) -> dict[str, int]:
        """Number of entries without statements by category of reason, most frequent first.

        Details after the category (`caption: a picture of the hall`) do not make it another reason.
        """
        counts = Counter(
            reason_category(entry.no_statement_reason)
            for entry in self.entries
            if entry.no_statement_reason and not entry.statements
        )
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def unaccounted_count(self) -> int:
        """Number of entries with neither statements nor a reason, plus gaps in the text."""
        unexplained_entries = sum(not entry.statements and not entry.no_statement_reason for entry in self.entries)
        return unexplained_entries + len(self.gaps or ())


def reason_category(explanation: str) -> str:
    """Return the category of a reason, without the details after it.

    >>> reason_category("caption: a picture of the hall")
    'caption'
    """
    match = _CATEGORY.match(explanation)
    return (match[0].strip() if match else "") or explanation


def select_articles(facts: Facts, ids: Iterable[str] = ()) -> dict[str, EntityRecord]:
    """Return the requested articles by id, or all; raise `NotFound` for an id that no file declares."""
    articles_by_id = {record.id: record for record in facts.entities if record.type == "Article"}
    selected_ids = list(dict.fromkeys(ids)) or sorted(articles_by_id)
    for article in selected_ids:
        if article not in articles_by_id:
            raise NotFound(f"there is no article {quote_for_message(article)}{did_you_mean(article, articles_by_id)}")
    return {article: articles_by_id[article] for article in selected_ids}


def coverage(facts: Facts, texts: Texts | None = None, articles: Iterable[str] = ()) -> list[Ledger]:
    """Return the ledger of each requested article, or of all; raise `NotFound` for an id that no file declares."""
    selection = select_articles(facts, articles)
    statements_by_id = {statement.id: statement for statement in facts.statements}
    entries: dict[str, list[Sentence]] = {article: [] for article in selection}
    for sentence in facts.sentences:
        if sentence.passage.article in entries:
            entries[sentence.passage.article].append(sentence)
    return [
        _build_ledger(
            selection[article], sorted(article_entries, key=lambda entry: entry.passage), statements_by_id, texts
        )
        for article, article_entries in entries.items()
    ]


def _build_ledger(
    article: EntityRecord, entries: list[Sentence], statements_by_id: Mapping[str, Statement], texts: Texts | None
) -> Ledger:
    problems = list(_ledger_problems(article, entries))
    gaps: list[Gap] | None = None
    if texts is not None and texts.has(article.id):
        lines = texts.lines(article.id)
        problems += _text_problems(article, entries, texts)
        gaps = list(find_gaps(article.id, lines, [entry.passage for entry in entries]))
        problems += (_gap_problem(article, entries, gap) for gap in gaps)
    statements = {
        statement_id: statements_by_id[statement_id] for entry in entries for statement_id in entry.statements
    }
    return Ledger(
        article, tuple(entries), statements, None if gaps is None else tuple(gaps), tuple(sorted(set(problems)))
    )


def _ledger_problems(article: EntityRecord, entries: list[Sentence]) -> Iterator[Problem]:
    """Yield the problems of a ledger that show without the article's text."""
    if not entries:
        yield Problem(
            article.source_location.file, article.source_location.line, f"{article.id} without a sentence", "its ledger"
        )
    for entry in entries:
        if not entry.statements and not entry.no_statement_reason:
            actual = f"{entry.passage.locator} with neither statements nor 'none'"
            yield Problem(
                entry.source_location.file,
                entry.source_location.line,
                actual,
                "what the sentence gives, or why nothing",
            )
    for previous, following in overlapping_pairs(entries):
        actual = f"sentences {previous.passage.locator} and {following.passage.locator}"
        yield Problem(
            following.source_location.file, following.source_location.line, actual, "sentences that do not overlap"
        )


def _text_problems(article: EntityRecord, entries: list[Sentence], texts: Texts) -> Iterator[Problem]:
    """Yield where the ledger's hashes differ from those of the available text."""
    declared_hash, actual_hash = article.attributes.get("sha256"), texts.sha256(article.id)
    if declared_hash != actual_hash:
        actual = f"sha256 {declared_hash!s:.12}… for {article.id}"
        yield Problem(
            article.source_location.file,
            article.source_location.line,
            actual,
            f"that of the text at hand, {actual_hash:.12}…",
        )
    for entry in entries:
        if error := texts.passage_error(entry.passage):
            yield Problem(
                entry.source_location.file, entry.source_location.line, error, "the words this entry was made of"
            )


def find_gaps(article: str, lines: Iterable[str], passages: Iterable[Passage]) -> Iterator[Gap]:
    """Yield the spans of a text that no passage covers, split by sentence; whitespace need not be covered.

    An entry may span several sentences or part of one: all that counts is that some passage covers each character.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    for passage in passages:
        spans.setdefault(passage.line, []).append((passage.start, passage.end))
    for number, line in enumerate(lines, 1):
        uncovered_mask = [not letter.isspace() for letter in line]
        for start, end in spans.get(number, ()):
            uncovered_mask[start:end] = [False] * len(uncovered_mask[start:end])
        for start, end in sentence_spans(line):
            for first, last in _uncovered_spans(line, uncovered_mask, start, end):
                yield Gap(Passage(article, number, first, last, ""), (first, last) == (start, end))


def _uncovered_spans(line: str, uncovered_mask: list[bool], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each maximal uncovered (start, end) span of a sentence, without the whitespace around it.

    Whitespace inside a span does not split it, covered or not.
    """
    first = last = -1
    for index in range(start, end):
        if uncovered_mask[index]:
            first, last = (index if first < 0 else first), index
        elif first >= 0 and not line[index].isspace():
            yield first, last + 1
            first = -1
    if first >= 0:
        yield first, last + 1


def _gap_problem(article: EntityRecord, entries: list[Sentence], gap: Gap) -> Problem:
    """Return a gap as a problem, located at the entry after which one is missing."""
    location = article.source_location
    for entry in entries:
        if entry.passage < gap.passage:
            location = entry.source_location
    actual = (
        f"no entry for {'sentence' if gap.is_whole_sentence else 'a part of a sentence,'} "
        f"{gap.passage.locator} of {article.id}"
    )
    return Problem(location.file, location.line, actual, "one after this, with statements or `none`")
