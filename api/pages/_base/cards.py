"""Routes of the social sharing cards: site, entity, query with parameters, article, disagreement."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from ....graph.catalogue.query import find_query
from ...http.negotiation import language_of
from ...http.parameters import values_or_example
from ...http.pooled_route import PooledRoute
from ...http.request import service_of
from ...http.request_checks import PageRoute
from ...i18n.language import format_date
from ...i18n.words import Words
from .card_image import card_png
from .share import Share, article_share, disagreement_share, entity_share, query_share, start_share

router = APIRouter(route_class=PageRoute, include_in_schema=False)
dynamic_params_router = APIRouter(route_class=PooledRoute, include_in_schema=False)
"""For the card of a query, whose parameters are those of the query and are checked when they are bound."""
ROUTERS = (router, dynamic_params_router)
Id = Annotated[str, Path()]


@router.get("/card.png")
def start(request: Request) -> Response:
    """The card of the site as a whole."""
    return _card(request, start_share(service_of(request), language_of(request)))


@router.get("/card/entity/{id}.png")
def entity(request: Request, id: Id) -> Response:
    """The card of an entity."""
    return _card(request, entity_share(service_of(request), id, language_of(request)), id)


@router.get("/card/article/{id}.png")
def article(request: Request, id: Id) -> Response:
    """The card of an article."""
    graph = service_of(request).graph
    return _card(request, article_share(graph.article(id), graph.article_numbers()[id], language_of(request)), id)


@router.get("/card/disagreement/{id}.png")
def disagreement(request: Request, id: Id) -> Response:
    """The card of a disagreement."""
    service = service_of(request)
    item = service.graph.disagreement(id)
    names = {card["id"]: card["name"] for card in service.graph.cards(item["about"])}
    about = [{"id": key, "name": names[key]} for key in item["about"]]
    return _card(request, disagreement_share(service, item | {"about": about}, language_of(request)), id)


@dynamic_params_router.get("/card/query/{name}.png")
def query(request: Request, name: str) -> Response:
    """The card of a query with its parameters."""
    service = service_of(request)
    catalogue_query, language = find_query(service.queries, name), language_of(request)
    parameters = values_or_example(request, catalogue_query)
    result = service.graph.query(name, parameters)
    share = query_share(
        name, catalogue_query.question(language), parameters, result["rows"], result["near_misses"], language
    )
    return _card(request, share, name)


def _card(request: Request, share: Share, fallback: str = "") -> Response:
    language = language_of(request)
    day = format_date(service_of(request).release()["data_date"], language)
    return Response(card_png(share, Words(language)("card_of", date=day), fallback), media_type="image/png")
