"""Lists of entities."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.checks import StrictRoute, value_of
from vnkg.api.envelope import cursor_after, place_of
from vnkg.api.evidence import Sources
from vnkg.api.lookups import names_by_id, statements_by_id
from vnkg.api.render import link_maker, render
from vnkg.api.service import Service, service_of

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
    """All entities of a type, by id, in pages."""
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


def disagreements_shown(service: Service, items: list[dict[str, Any]], sources: Sources) -> list[dict[str, Any]]:
    """Return disagreements with the names of what they are about and the evidence of each reading."""
    told = statements_by_id(service.graph, (k for item in items for one in item["readings"] for k in one["statements"]))
    names = names_by_id(service.graph, (key for item in items for key in item["about"]))

    def reading(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"shown": sources.all_shown(told[key] for key in one["statements"] if key in told)}

    return [
        {"gloss": None, "preferred": None, "reason": None}
        | item
        | {
            "about": [{"id": key, "name": names.get(key, key)} for key in item["about"]],
            "readings": [reading(one) for one in item["readings"]],
        }
        for item in items
    ]
