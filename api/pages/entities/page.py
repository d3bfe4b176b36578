"""The page of an entity, and the list of its statements."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...http.envelope import cursor_after, place_of
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...presenters.evidence import Sources
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from . import listing
from .view import read, view

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (listing.router, router)
MENU = (MenuEntry("/entities", "nav_entities", "menu_find", 2),)
LISTED = 50
"""Statements on one page of the list."""
WEIGHT = 59_000
"""Byte limit of an entity page without its picture; passages are shown inline up to it."""
MOST = (100, 30, 10, 3)
"""Limits for the lines of each list on an entity page; the first that keeps the page within the byte limit is used."""
Lang = Annotated[str | None, Query()]


@router.get("/entities/{id}")
def entity(request: Request, id: str, lang: Lang = None) -> Response:  # noqa: ARG001
    """One entity: disagreements, unanswered questions, relations, numbers, claims, timeline, names, sources."""
    service, language = service_of(request), language_of(request)
    known = read(service, id, language)
    allowed = WEIGHT + len(str(known.picture or "").encode())
    shown, room = dict[str, Any](), 0
    for most in MOST:
        shown = view(service, known, language, most)
        room = allowed - len(render(request, "entity.html", shown).body)
        if room >= 0:
            break
    shown["shelf"].fill(room)
    return render(request, "entity.html", shown)


@router.get("/entities/{id}/statements")
def statements(
    request: Request,
    id: str,
    cursor: str | None = None,
    lang: Lang = None,  # noqa: ARG001
) -> Response:
    """All statements about an entity with their passages, in pages."""
    service = service_of(request)
    card = service.graph.cards([id]) or [service.graph.entity(id)]
    found = service.graph.statements(id, after=place_of(request, cursor), limit=LISTED + 1)
    shown = found[:LISTED]
    following = cursor_after(request, shown[-1]["id"]) if len(found) > LISTED else None
    ends = (said.get(end) for said in shown for end in ("subject", "object", "speaker"))
    sources = Sources(service)
    return render(
        request,
        "statements.html",
        entity=card[0],
        shown=[sources.shown(said) for said in shown],
        name_of=service.graph.names(key for key in ends if key),
        first=cursor is None,
        following=link_maker(request)(f"/entities/{id}/statements", cursor=following) if following else None,
    )
