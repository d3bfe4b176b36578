"""Routes for the paths between two entities."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.reader.paths import PathOptions
from ..http.csv import csv_response
from ..http.envelope import envelope_response, mark_uncacheable
from ..http.negotiation import CSV, format_of
from ..http.parameters import ID_SCHEMA, PathQuery
from ..http.pooled_route import heavy
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from .models.common import Envelope
from .models.paths import Paths

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["paths"])
FromEntity = Annotated[
    str,
    Query(
        alias="from", description="Id of an entity.", examples=["organisation:qualcomm"], json_schema_extra=ID_SCHEMA
    ),
]
ToEntity = Annotated[
    str, Query(description="Id of another one.", examples=["organisation:marvell"], json_schema_extra=ID_SCHEMA)
]
CSV_COLUMNS = (
    "path", "step", "from", "from_name", "to", "to_name", "subject", "predicate", "object", "direction", "status",
    "basis", "as_of", "articles", "origins", "statements", "disagreements",
)  # fmt: skip


@router.get(
    "/paths",
    response_model=Envelope[Paths],
    summary="How two entities are connected",
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@heavy
def paths(
    request: Request,
    start: FromEntity,
    to: ToEntity,
    options: PathQuery,
) -> Response:
    """The best paths between two entities; each edge has status, basis, date, origins, statements and disagreements.

    Fewer steps rank higher; then, by the weakest edge of a path, firmer status, firmer basis and more independent
    origins; then alphabetical order of ids. Edges are followed in both directions. `search_extent` reports the extent
    of the search and whether it stopped early.
    """
    if format_of(request) == CSV:
        return _csv_response(request, start, to, options)
    answer = service_of(request).graph.paths(start, to, options)
    return mark_uncacheable(
        envelope_response(request, answer, is_truncated=answer["search_extent"]["stop_reason"] is not None), answer
    )


@router.get(
    "/paths.csv",
    response_class=Response,
    response_model=None,
    summary="How two entities are connected, as CSV",
    responses={200: {"description": "CSV.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@heavy
def paths_csv(
    request: Request,
    start: FromEntity,
    to: ToEntity,
    options: PathQuery,
) -> Response:
    """The best paths between two entities, as one line for each edge of each step."""
    return _csv_response(request, start, to, options)


def _csv_response(request: Request, from_id: str, to_id: str, options: PathOptions) -> Response:
    answer = service_of(request).graph.paths(from_id, to_id, options)
    names = {entity["id"]: entity["name"] for entity in answer["entities"]}
    rows = [
        {
            **edge,
            **{"path": path_number, "step": step_number, "from": step["from"], "to": step["to"]},
            **{"from_name": names[step["from"]], "to_name": names[step["to"]]},
        }
        for path_number, path in enumerate(answer["paths"], 1)
        for step_number, step in enumerate(path["steps"], 1)
        for edge in step["edges"]
    ]
    return mark_uncacheable(csv_response("paths", CSV_COLUMNS, rows), answer)
