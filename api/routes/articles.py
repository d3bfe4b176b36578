"""Routes for articles with their ledgers, statements, disagreements and measurements."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from ..http.envelope import envelope_response, last_id_from_cursor, page_response
from ..http.parameters import ID_SCHEMA, PLAIN_SCHEMA, Cursor
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from .models.common import Article, ArticlePage, Disagreement, Envelope, Mention, Statement

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["evidence"])


@router.get("/articles", response_model=Envelope[list[Article]], summary="List the articles")
def articles(request: Request) -> Response:
    """All articles, sorted by id, with counts of their sentences, statements by kind, entities and disagreements."""
    graph = service_of(request).graph
    counts_by_article = graph.article_numbers()
    return envelope_response(request, [{**article, **counts_by_article[article["id"]]} for article in graph.articles()])


@router.get("/articles/{id}", response_model=Envelope[ArticlePage], summary="One article with its ledger")
def article(
    request: Request,
    id: Annotated[str, Path(description="Id of an article.", examples=["article:000"], json_schema_extra=ID_SCHEMA)],
) -> Response:
    """An article and its ledger: for every sentence its statements, or in `none` the reason why it has none."""
    return envelope_response(request, service_of(request).graph.article(id))


@router.get("/articles/{id}/mentions", response_model=Envelope[list[Mention]], summary="Names in one article")
def mentions(
    request: Request,
    id: Annotated[str, Path(description="Id of an article.", examples=["article:000"], json_schema_extra=ID_SCHEMA)],
) -> Response:
    """Every mention of an entity in the article, in text order."""
    return envelope_response(request, service_of(request).graph.mentions(id))


@router.get("/statements/{id}", response_model=Envelope[Statement], summary="One statement")
def statement(
    request: Request,
    id: Annotated[str, Path(description="Id of a statement.", json_schema_extra=ID_SCHEMA)],
) -> Response:
    """A statement with the names of its entities and its article."""
    return envelope_response(request, service_of(request).graph.statement(id))


@router.get("/disagreements", response_model=Envelope[list[Disagreement]], summary="Where sources disagree")
def disagreements(request: Request) -> Response:
    """All disagreements with their readings."""
    return envelope_response(request, service_of(request).graph.disagreements())


@router.get("/disagreements/{id}", response_model=Envelope[Disagreement], summary="One disagreement")
def disagreement(
    request: Request,
    id: Annotated[str, Path(description="Id of a disagreement.", json_schema_extra=ID_SCHEMA)],
) -> Response:
    """A disagreement with its readings and, if one is preferred, its index and the reason."""
    return envelope_response(request, service_of(request).graph.disagreement(id))


@router.get("/measurements", response_model=Envelope[list[Statement]], summary="Measured values")
def measurements(
    request: Request,
    subject: Annotated[
        str | None, Query(max_length=200, description="Id of the entity measured.", json_schema_extra=ID_SCHEMA)
    ] = None,
    indicator: Annotated[
        str | None, Query(max_length=200, description="What is measured.", json_schema_extra=PLAIN_SCHEMA)
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Measurements a page.")] = 100,
    cursor: Cursor = None,
) -> Response:
    """Measurements with value, unit, comparator, period and status, paginated."""
    items = service_of(request).graph.measurements(
        subject=subject, indicator=indicator, after_id=last_id_from_cursor(request, cursor), limit=limit + 1
    )
    return page_response(request, items, limit)
