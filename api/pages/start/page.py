"""The start page."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import PageRoute
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .answers import FLAGSHIP, featured_queries, flagship, flagship_policy
from .tiles import tile_map

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU: tuple[MenuEntry, ...] = ()
COUNTS = ("articles", "origins", "sentences", "statements", "entities", "edges", "disagreements")


@router.get("/")
def start(request: Request, colour: str = "") -> Response:
    """Search box, flagship question with its answer, tile map of the provinces, featured queries and counts."""
    service = service_of(request)
    language = language_of(request)
    link = link_maker(request)
    return render(
        request,
        "start.html",
        flagship=_flagship(request, service, language) if FLAGSHIP in service.queries else None,
        policy=service.cached_per_release("flagship_policy", lambda: flagship_policy(service))
        if FLAGSHIP in service.queries
        else None,
        map=tile_map(service, colour, language),
        featured=[
            item | {"question": item["query"].question(language), "address": link(item["path"], **item["parameters"])}
            for item in service.cached_per_release("featured", lambda: featured_queries(service))
        ],
        query_count=len(service.queries),
        counts=_counts(service),
    )


def _flagship(request: Request, service: Service, language: str) -> Mapping[str, Any]:
    answer = service.cached_per_release("flagship", lambda: flagship(service))
    link = link_maker(request)
    readings = [
        interpretation | {"address": link(f"/queries/{FLAGSHIP}", **interpretation["parameters"])}
        for interpretation in answer["interpretations"]
    ]
    return answer | {"question": service.queries[FLAGSHIP].question(language), "interpretations": readings}


def _counts(service: Service) -> list[tuple[str, int]]:
    counts = dict(service.release()["counts"])
    return [(name, counts[name]) for name in COUNTS if name in counts]
