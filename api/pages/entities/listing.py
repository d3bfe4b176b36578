"""The list of entities."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...http.envelope import cursor_after, place_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute, value_of
from .._base.render import link_maker, render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
LISTED = 200
Lang = Annotated[str | None, Query()]


@router.get("/entities")
def entities(
    request: Request,
    type: str = "",
    cursor: str | None = None,
    lang: Lang = None,  # noqa: ARG001
) -> Response:
    """All entities, or those of a type, by id, in pages."""
    service = service_of(request)
    value_of("type", type or None, list(service.schema.nodes))
    found = service.graph.entities(type=type or None, after=place_of(request, cursor), limit=LISTED + 1)
    following = cursor_after(request, found[LISTED - 1]["id"]) if len(found) > LISTED else None
    link = link_maker(request)
    return render(
        request,
        "entities.html",
        type=type,
        entities=found[:LISTED],
        following=link("/entities", type=type, cursor=following) if following else None,
        json=link("/api/v1/entities", type=type, lang=None),
    )
