"""The pages of articles: the list with counts, one article as text or ledger, two articles in parallel."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import BadParameter, PassageError
from ....graph.messages import quote_for_message
from ....graph.model.objects import DisagreementJson, Row, StatementJson
from ....graph.reader.objects import ArticleDetails
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import PageRoute, validate_choice
from ...presenters.evidence import Sources
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import render
from .._base.share import article_share
from .alignment import align_lines, line_features
from .text import Paragraph, paragraphs

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/articles", "nav_articles", "menu_check", 2, header_order=8),)
ENTITY_FIELDS = ("subject", "object", "speaker")
VIEWS = ("text", "ledger")


@router.get("/articles")
def articles(request: Request) -> Response:
    """All articles with the number of statements, entities and disagreements of each."""
    service = service_of(request)
    numbers = service.graph.article_numbers()
    items = [_with_text(service, {**item, **numbers[item["id"]]}) for item in service.graph.articles()]
    return render(request, "articles.html", articles=items)


@router.get("/articles/{id}")
def article(
    request: Request,
    id: str,
    view: str | None = None,
    compare_with: str | None = None,
) -> Response:
    """An article: its text with the statements read from it, its ledger, or both in parallel with a related article."""
    service = service_of(request)
    validate_choice("view", view, VIEWS)
    record = service.graph.article(id)
    all_articles = [_with_text(service, item) for item in service.graph.articles()]
    current_article = next(item for item in all_articles if item["id"] == id)
    related_articles = _related_articles(current_article, all_articles)
    if compare_with is not None and compare_with not in [item["id"] for item in related_articles]:
        expected = " or ".join(item["id"] for item in related_articles) or "nothing: it has no other telling here"
        raise BadParameter(f"compare_with: found {quote_for_message(compare_with)}; expected {expected}")
    index = all_articles.index(current_article)
    article_view = _ArticleView(service, record)
    numbers = service.graph.article_numbers()[id]
    values: dict[str, Any] = {
        "article": {**current_article, **numbers},
        "share": article_share(record, numbers, language_of(request)),
        "previous": all_articles[index - 1] if index else None,
        "next": all_articles[index + 1] if index + 1 < len(all_articles) else None,
        "related_articles": related_articles,
        "parallel_id": compare_with,
        "view": "side_by_side"
        if compare_with
        else view
        if view and current_article["has_text"]
        else VIEWS[not current_article["has_text"]],
    }
    if compare_with is not None:
        other_view = _ArticleView(service, service.graph.article(compare_with))
        values["other_article"] = next(item for item in all_articles if item["id"] == compare_with)
        return render(
            request,
            "article.html",
            values,
            rows=_aligned_paragraphs(article_view, other_view),
            **_lookups(service, [article_view, other_view]),
        )
    return render(
        request, "article.html", values, paragraphs=article_view.paragraphs, **_lookups(service, [article_view])
    )


class _ArticleView:
    """An article prepared for its page: ledger with passages, and paragraphs (without words if the text is missing)."""

    def __init__(self, service: Service, article: ArticleDetails) -> None:
        sources = Sources(service)
        self.ledger: list[dict[str, Any]] = [
            {**entry, "passage": sources.evidence_for(entry)} for entry in article["ledger"]
        ]
        self._mentions = service.graph.mentions(article["id"])
        self.paragraphs = paragraphs(_lines(service, article["id"]), self.ledger, self._mentions)

    @property
    def statements(self) -> list[StatementJson]:
        """All statements of the ledger."""
        return [statement for entry in self.ledger for statement in entry.get("statements", ())]

    @property
    def line_features(self) -> dict[int, Any]:
        """Features of each line, for the alignment."""
        return line_features(self.ledger, self._mentions)


def _lines(service: Service, article: str) -> list[str]:
    if service.texts is None or not service.texts.has(article):
        return []
    try:
        return service.texts.lines(article)
    except PassageError:  # the file was removed after the start; the ledger is still available
        return []


def _with_text(service: Service, article: Mapping[str, Any]) -> dict[str, Any]:
    """Return an article with `has_text`, and None for missing attributes."""
    keys = ("published", "published_basis", "publisher", "url", "same_text")
    has_text = service.texts is not None and service.texts.has(article["id"])
    return dict.fromkeys(keys) | dict(article) | {"has_text": has_text}


def _related_articles(article: Row, all_articles: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the other articles of the same origin: translations of the same text, then other reports of it."""
    other_articles = [
        {**item, "is_translation": article["same_text"] is not None and item["same_text"] == article["same_text"]}
        for item in all_articles
        if item["id"] != article["id"] and item["origin"] == article["origin"]
    ]
    return sorted(other_articles, key=lambda item: (not item["is_translation"], item["id"]))


def _lookups(service: Service, article_views: Iterable[_ArticleView]) -> dict[str, Any]:
    """Return the lookups of the templates: names by entity id, disagreements by statement id."""
    statements = [statement for view in article_views for statement in view.statements]
    entity_ids = {
        str(statement.get(field)) for statement in statements for field in ENTITY_FIELDS if field in statement
    }
    entity_ids |= {topic for statement in statements for topic in statement.get("about", ())}
    statement_ids = {statement["id"] for statement in statements}
    disagreements: dict[str, list[DisagreementJson]] = {}
    for item in service.graph.disagreements():
        for statement in {key for reading in item["readings"] for key in reading["statements"]} & statement_ids:
            disagreements.setdefault(statement, []).append(item)
    return {"names": service.graph.names(entity_ids), "disagreements_by_statement": disagreements}


def _aligned_paragraphs(
    left_view: _ArticleView, right_view: _ArticleView
) -> list[tuple[list[Paragraph], list[Paragraph]]]:
    """Return the paragraphs of two articles in aligned rows."""
    left_paragraphs, right_paragraphs = (
        {paragraph.line: paragraph for paragraph in article_view.paragraphs} for article_view in (left_view, right_view)
    )
    aligned_lines = align_lines(
        list(left_paragraphs), list(right_paragraphs), left_view.line_features, right_view.line_features
    )
    return [
        ([left_paragraphs[line] for line in left_lines], [right_paragraphs[line] for line in right_lines])
        for left_lines, right_lines in aligned_lines
    ]
