"""The moving picture of an entity's neighbourhood, of a query's answer, of paths, or of the whole graph."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.asking import asked_of
from vnkg.api.assets import address_of
from vnkg.api.checks import known, picture_size
from vnkg.api.drawing import part_of_paths, part_of_query
from vnkg.api.render import language_of, link_maker, render
from vnkg.api.routes_queries import given_of
from vnkg.api.service import Service, service_of
from vnkg.api.words import Words
from vnkg.graph import picture
from vnkg.graph.errors import BadParameter, NotFound
from vnkg.graph.spelling import meant, shown

router = APIRouter(include_in_schema=False)
STEPS = (100, 300, 1_000, picture.MOST)
OWN = ("entity", "query", "depth", "limit", "lang")
OF_PATHS = ("from", "to", "k", "steps", "hubs", "status", "predicate", "without")
Depth = Annotated[int, Query(ge=1, le=3)]
Limit = Annotated[int, Query(ge=1)]


@router.get("/picture")
def drawn(
    request: Request,
    entity: str = "",
    query: str = "",
    depth: Depth = 1,
    limit: Limit = picture.USUAL,
    lang: str | None = None,  # noqa: ARG001
) -> Response:
    """A picture: of what lies around `entity`, of what `query` answers with the other parameters, or of everything.

    With `from` and `to` it is one of the paths between these two, chosen by the parameters of paths.
    """
    service = service_of(request)
    language = language_of(request)
    link = link_maker(request)
    words = Words(language)
    picture_size(limit)
    if entity and query:
        raise BadParameter("found both entity and query; expected one of them")
    hidden: list[tuple[str, str]] = []
    paths = {name: value for name, value in request.query_params.items() if name in OF_PATHS}
    between = not (entity or query) and bool(paths)
    if not query:
        known("parameter", request.query_params.keys(), (*OWN, *OF_PATHS) if between else OWN)
    if between:
        found, heading = _of_paths(service, paths)
        hidden = list(paths.items())
        address, json = link("/paths", **paths), link("/api/v1/paths", **paths, lang=None)
    elif entity:
        found = service.graph.neighbourhood(entity, depth=depth, limit=limit)
        heading = next(node["name"] for node in found["nodes"] if node["id"] == found["centre"])
        address, json = link(f"/entities/{entity}"), f"/api/v1/entities/{entity}/graph?depth={depth}&limit={limit}"
    elif query:
        found, heading = _of_query(service, request, query, limit, language)
        given = given_of(request.query_params, OWN)
        hidden = [("query", query), *((n, v) for n, v in request.query_params.multi_items() if n not in OWN)]
        address, json = link(f"/queries/{query}", **given), link(f"/api/v1/queries/{query}", **given, lang=None)
    else:
        found, heading = service.graph.whole(limit=limit), words("whole")
        address, json = "", "/api/v1/release"
    made = picture.picture_of(found, service.schema, language, title=heading)
    part = picture.fragment(
        made,
        service.schema,
        nonce=None,
        language=language,
        script_url=address_of("picture.js"),
        style_url=address_of("picture.css"),
    )
    return render(
        request,
        "picture.html",
        heading=heading,
        address=address,
        json=json,
        entity=entity,
        hidden=hidden,
        depth=depth,
        limit=limit,
        steps=sorted({*STEPS, limit}),
        left_out=found["left_out"],
        fragment=Markup(part),  # noqa: S704  made by us, names escaped there
    )


def _of_paths(service: Service, given: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Return the paths that an address asks for, and the names of their ends."""
    if not given.get("from") or not given.get("to"):
        raise BadParameter("found one end; expected both from and to")
    found = service.graph.paths(given["from"], given["to"], asked_of(given))
    return part_of_paths(found), f"{found['from']['name']} – {found['to']['name']}"


def _of_query(service: Service, request: Request, name: str, limit: int, language: str) -> tuple[dict[str, Any], str]:
    """Return what a query's answers, or without one its near misses, name, and the edges among them."""
    query = service.queries.get(name)
    if query is None:
        raise NotFound(f"{shown(name)}: no such query{meant(name, service.queries)}")
    found = part_of_query(service.graph, query, given_of(request.query_params, OWN), limit)
    return found, query.question_vi if language == "vi" else query.question_en
