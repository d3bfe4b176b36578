"""The list of entities."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...http.envelope import cursor_after, last_id_from_cursor
from ...http.request import service_of
from ...http.request_checks import PageRoute, validate_choice
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PAGE_SIZE = 200


@router.get("/entities")
def entities(
    request: Request,
    type: str = "",
    cursor: str | None = None,
) -> Response:
    """All entities, or those of a type, by id, in pages."""
    service = service_of(request)
    validate_choice("type", type or None, list(service.schema.nodes))
    items = service.graph.entities(
        type=type or None, after_id=last_id_from_cursor(request, cursor), limit=PAGE_SIZE + 1
    )
    next_cursor = cursor_after(request, items[PAGE_SIZE - 1]["id"]) if len(items) > PAGE_SIZE else None
    link = link_maker(request)
    return render(
        request,
        "entities.html",
        type=type,
        entities=items[:PAGE_SIZE],
        next_url=link("/entities", type=type, cursor=next_cursor) if next_cursor else None,
        json=link("/api/v1/entities", type=type, lang=None),
    )
