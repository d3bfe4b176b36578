"""The page of an entity, and the list of its statements."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...http.envelope import cursor_after, last_id_from_cursor
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import PageRoute
from ...presenters.evidence import Sources
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from . import listing
from .view import load_entity, template_context

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (listing.router, router)
MENU = (MenuEntry("/entities", "nav_entities", "menu_find", 2),)
PAGE_SIZE = 50
"""Statements on one page of the list."""
LINE_LIMITS = (100, 30, 10, 5, 3)
"""Limits for the lines of each list on an entity page; the first that gives few enough lines is used."""
MAX_LINES, MAX_SHORTENED_LINES = 90, 54
"""Maximum number of lines with evidence on an entity page that lists all, and on one whose lists are shortened."""
PAGE_BYTES = 58_000
"""Size of an entity page without its picture, small enough for a phone, up to which passages are shown inline."""


@router.get("/entities/{id}")
def entity(request: Request, id: str) -> Response:
    """One entity: disagreements, unanswered questions, relations, numbers, claims, timeline, names, sources."""
    service, language = service_of(request), language_of(request)
    entity_data = load_entity(service, id, language)
    context = dict[str, Any]()
    for limit in LINE_LIMITS:
        context = template_context(service, entity_data, language, limit)
        if context["evidence_allocator"].line_count <= (MAX_LINES if limit == LINE_LIMITS[0] else MAX_SHORTENED_LINES):
            break
    context["evidence_allocator"].allocate(PAGE_BYTES)
    return render(request, "entity.html", context)


@router.get("/entities/{id}/statements")
def statements(
    request: Request,
    id: str,
    cursor: str | None = None,
) -> Response:
    """All statements about an entity with their passages, in pages."""
    service = service_of(request)
    card = service.graph.cards([id]) or [service.graph.entity(id)]
    items = service.graph.statements(id, after_id=last_id_from_cursor(request, cursor), limit=PAGE_SIZE + 1)
    page_items = items[:PAGE_SIZE]
    next_cursor = cursor_after(request, page_items[-1]["id"]) if len(items) > PAGE_SIZE else None
    ends = (item.get(end) for item in page_items for end in ("subject", "object", "speaker"))
    sources = Sources(service)
    return render(
        request,
        "statements.html",
        entity=card[0],
        statements=[sources.evidence_for(item) for item in page_items],
        names_by_id=service.graph.names(key for key in ends if key),
        is_first_page=cursor is None,
        next_url=link_maker(request)(f"/entities/{id}/statements", cursor=next_cursor) if next_cursor else None,
    )
