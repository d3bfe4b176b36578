"""The start page."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.checks import StrictRoute
from vnkg.api.pages_queries import question
from vnkg.api.render import language_of, link_maker, render
from vnkg.api.service import Service, service_of
from vnkg.api.words import Words

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
Lang = Annotated[str | None, Query()]
FLAGSHIP = "provinces_with_fund"
NOT_YET = ("planned", "considered", "approved", "proposed")
READINGS: Mapping[str, Mapping[str, list[str]]] = {
    "reading_existing": {"fund_status": ["existing", "in_progress"]},
    "reading_planned": {"fund_status": list(NOT_YET)},
    "reading_either": {"fund_status": ["existing", "in_progress", *NOT_YET]},
    "reading_explicit": {"fund_status": ["existing", "in_progress", *NOT_YET], "implementation": ["explicit"]},
}
"""The ways in which the flagship question can be meant, as parameters of its query."""
COUNTS = ("articles", "sentences", "statements", "entities", "edges", "disagreements")


@router.get("/")
def start(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """A search box, the flagship question with its answer, the questions, the numbers of the release."""
    service = service_of(request)
    language = language_of(request)
    return render(
        request,
        "start.html",
        flagship=_flagship(request, service, language) if FLAGSHIP in service.queries else None,
        queries=[{"name": query.name, "question": question(query, language)} for query in service.queries.values()],
        counts=_counts(service),
    )


def _flagship(request: Request, service: Service, language: str) -> dict[str, Any]:
    link = link_maker(request)
    words = Words(language)
    results = {key: service.graph.query(FLAGSHIP, given) for key, given in READINGS.items()}
    return {
        "question": question(service.queries[FLAGSHIP], language),
        "existing": _provinces(results["reading_existing"]["rows"]),
        "planned": _provinces(results["reading_planned"]["rows"]),
        "near": _near(results["reading_either"]["near_misses"]),
        "articles": len(service.graph.articles()),
        "readings": [
            {
                "words": words(key),
                "address": link(f"/queries/{FLAGSHIP}", **given),
                "rows": len(results[key]["rows"]),
                "near_misses": len(results[key]["near_misses"]),
            }
            for key, given in READINGS.items()
        ],
    }


def _provinces(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return each province of the rows once."""
    found = {row["province"]: row["province_name"] for row in rows}
    return [{"id": key, "name": name} for key, name in found.items()]


def _near(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the provinces that fail one condition alone, by condition."""
    alone: dict[str, list[dict[str, Any]]] = {"implements": [], "kind_as_asked": [], "has_fund": []}
    for row in rows:
        if len(row["fails"]) == 1 and row["fails"][0] in alone:
            alone[row["fails"][0]].append(row)
    return [{"fails": fails, "provinces": _provinces(found)} for fails, found in alone.items() if found]


def _counts(service: Service) -> list[tuple[str, int]]:
    counts = dict(service.marker.release()["counts"])
    return [(name, counts[name]) for name in COUNTS if name in counts]
