"""Evidence for a line: the statement, its article, and the words of the passage if the article's text is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...graph.errors import PassageError
from ...graph.model.facts import Passage
from ..service.service import Service
from .truncated import Beginning, beginning

AROUND = 100
"""Maximum characters of the line shown before and after a passage."""
MOST_BEHIND = 40
"""Maximum number of passages that a page with many lines lists for one of them."""
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement with its passage, ready to show.

    `words` is the quoted passage. `is_verified` says whether its text still matches the stored hash; None if the
    article's text is not available.
    """

    statement: Item
    article: Item | None = None
    before: str = ""
    words: str = ""
    after: str = ""
    verified: bool | None = None

    @property
    def language(self) -> str:
        """The language of the article; empty for reference knowledge."""
        return str(self.article.get("language", "")) if self.article else ""

    @property
    def place(self) -> tuple[Any, ...]:
        """Key of the passage (article, line, start, end) or reference table: equal for statements of one passage."""
        return tuple(self.statement.get(key) for key in ("article", "line", "start", "end", "source"))

    @property
    def source(self) -> str:
        """The short name of the article's publisher; empty for reference knowledge."""
        return publisher_of(self.article) if self.article else ""

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
        self.articles: dict[str, dict[str, Any]] = {item["id"]: item for item in service.graph.articles()}

    def article(self, id: str) -> Item:
        """Return an article; only its id and name if it is not in the graph."""
        return self.articles.get(id) or {"id": id, "name": id}

    def shown(self, statement: Item) -> Shown:
        """Return the evidence for a statement or for an entry of an article's ledger."""
        found = statement.get("article")
        if not found:
            return Shown(statement)
        id_ = str(found if isinstance(found, str) else found["id"])
        article = self.article(id_)
        if self._texts is None or not self._texts.has(id_):
            return Shown(statement, article)
        passage = Passage(id_, statement["line"], statement["start"], statement["end"], statement["sha256"])
        try:
            words = self._texts.passage(passage)
            if words is None:
                return Shown(statement, article, verified=False)
            line = self._texts.lines(id_)[passage.line - 1]
            verified = self._texts.fault(passage) is None
        except PassageError:  # the file was removed after startup; the page still has gloss, locator and link
            return Shown(statement, article, verified=False)
        return Shown(
            statement, article, _end_of(line[: passage.start]), words, _start_of(line[passage.end :]), verified
        )

    def all_shown(self, statements: Iterable[Item]) -> list[Shown]:
        """Return the evidence for statements, sorted by statement id: articles first, then reference tables."""
        return sorted(map(self.shown, statements), key=lambda one: (one.article is None, str(one.statement["id"])))

    def behind(self, told: Mapping[str, Item], ids: Iterable[str]) -> Beginning[Shown]:
        """Return the evidence for the first `MAX_EVIDENCE` of some ids; `statements` maps ids to statements."""
        first = first_behind(ids)
        return Beginning(self.all_shown(told[key] for key in first if key in told), first.left_out)


def first_behind(ids: Iterable[str]) -> Beginning[str]:
    """Return the first `MAX_EVIDENCE` of some statement ids, without duplicates."""
    return beginning(dict.fromkeys(ids), MOST_BEHIND)


def publisher_of(article: Item) -> str:
    """Return an article's publisher in short: the part in brackets, else the name up to the first comma, else its id.

    >>> short_publisher({"id": "article:1", "publisher": "Cổng thông tin (mst.gov.vn)"})
    'mst.gov.vn'
    >>> short_publisher({"id": "article:1"})
    'article:1'
    """
    name, _, brackets = str(article.get("publisher", "")).rstrip(")").partition(" (")
    return brackets or name.partition(",")[0] or str(article["id"])


def _end_of(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return "… " + text[-AROUND:].partition(" ")[2]


def _start_of(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"
