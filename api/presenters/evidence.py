"""Evidence for a line: the statement, its article, and the words of the passage if the article's text is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from ...graph.errors import PassageError
from ...graph.model.objects import SentenceJson, StatementJson, passage_of
from ...graph.reader.objects import ArticleJson, LedgerEntry
from ..service.service import Service
from .truncated import TruncatedList, truncate

CONTEXT_LENGTH = 100
"""Maximum characters of the line shown before and after a passage."""
MAX_EVIDENCE = 40
"""Maximum number of passages that a page with many lines lists for one of them."""
StatementOrSentence = StatementJson | LedgerEntry | SentenceJson
"""A statement, or a sentence of an article's ledger."""


@dataclass(frozen=True, slots=True)
class StatementEvidence:
    """A statement with its passage, ready to show.

    `words` is the quoted passage. `is_verified` says whether its text still matches the stored hash; None if the
    article's text is not available.
    """

    statement: StatementOrSentence
    article: ArticleJson | None = None
    text_before: str = ""
    words: str = ""
    text_after: str = ""
    is_verified: bool | None = None

    @property
    def language(self) -> str:
        """The language of the article; empty for reference knowledge."""
        return str(self.article.get("language", "")) if self.article else ""

    @property
    def passage_key(self) -> tuple[Any, ...]:
        """Key of the passage (article, line, start, end) or reference table: equal for statements of one passage."""
        return tuple(self.statement.get(key) for key in ("article", "line", "start", "end", "source"))

    @property
    def source(self) -> str:
        """The short name of the article's publisher; empty for reference knowledge."""
        return short_publisher(self.article) if self.article else ""

    @property
    def origin(self) -> str | None:
        """The independent account it belongs to; None for reference knowledge."""
        if self.article is None:
            return None
        return str(self.statement.get("origin") or self.article.get("origin") or self.article["id"])

    @property
    def anchor(self) -> str:
        """The HTML anchor of the passage's sentence on the article's page."""
        return str(self.statement.get("sentence") or "")


class Sources:
    """The articles of the graph, and their texts, to quote evidence from."""

    def __init__(self, service: Service) -> None:
        self._texts = service.texts
        self.articles = {item["id"]: item for item in service.graph.articles()}

    def article(self, id: str) -> ArticleJson:
        """Return an article; only its id and name if it is not in the graph."""
        return self.articles.get(id) or cast("ArticleJson", {"id": id, "name": id})

    def evidence_for(self, statement: StatementOrSentence) -> StatementEvidence:
        """Return the evidence for a statement or for an entry of an article's ledger."""
        passage = passage_of(statement)
        if passage is None:
            return StatementEvidence(statement)
        article = self.article(passage.article)
        if self._texts is None or not self._texts.has(passage.article):
            return StatementEvidence(statement, article)
        try:
            words = self._texts.passage_text(passage)
            if words is None:
                return StatementEvidence(statement, article, is_verified=False)
            line = self._texts.lines(passage.article)[passage.line - 1]
            is_verified = self._texts.passage_error(passage) is None
        except PassageError:  # the file was removed after startup; the page still has gloss, locator and link
            return StatementEvidence(statement, article, is_verified=False)
        return StatementEvidence(
            statement,
            article,
            _context_before(line[: passage.start]),
            words,
            _context_after(line[passage.end :]),
            is_verified,
        )

    def sorted_evidence(self, statements: Iterable[StatementJson]) -> list[StatementEvidence]:
        """Return the evidence for statements, sorted by statement id: articles first, then reference tables."""
        return sorted(
            map(self.evidence_for, statements),
            key=lambda evidence: (evidence.article is None, str(evidence.statement["id"])),
        )

    def first_evidence(
        self, statements: Mapping[str, StatementJson], ids: Iterable[str]
    ) -> TruncatedList[StatementEvidence]:
        """Return the evidence for the first `MAX_EVIDENCE` of some ids; `statements` maps ids to statements."""
        first_ids = first_statement_ids(ids)
        return TruncatedList(
            self.sorted_evidence(statements[key] for key in first_ids if key in statements), first_ids.left_out
        )


def first_statement_ids(ids: Iterable[str]) -> TruncatedList[str]:
    """Return the first `MAX_EVIDENCE` of some statement ids, without duplicates."""
    return truncate(dict.fromkeys(ids), MAX_EVIDENCE)


def short_publisher(article: ArticleJson) -> str:
    """Return an article's publisher in short: the part in brackets, else the name up to the first comma, else its id.

    >>> short_publisher({"id": "article:1", "publisher": "Cổng thông tin (mst.gov.vn)"})
    'mst.gov.vn'
    >>> short_publisher({"id": "article:1"})
    'article:1'
    """
    name, _, brackets = str(article.get("publisher", "")).rstrip(")").partition(" (")
    return brackets or name.partition(",")[0] or str(article["id"])


def _context_before(text: str) -> str:
    if len(text) <= CONTEXT_LENGTH:
        return text
    return "… " + text[-CONTEXT_LENGTH:].partition(" ")[2]


def _context_after(text: str) -> str:
    if len(text) <= CONTEXT_LENGTH:
        return text
    return text[:CONTEXT_LENGTH].rpartition(" ")[0] + " …"
