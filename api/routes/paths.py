"""Routes for the paths between two entities."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.reader.paths import USUAL, USUAL_STEPS, Asked
from ..http.csv import csv_text
from ..http.envelope import reply, unkept
from ..http.negotiation import CSV, format_of
from ..http.parameters import Hubs, K, Predicates, Statuses, Steps, Without
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from ..presenters.paths_request import asked
from .models.common import Envelope
from .models.paths import Paths

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["paths"])
From = Annotated[str, Query(alias="from", description="Id of an entity.", examples=["organisation:qualcomm"])]
To = Annotated[str, Query(description="Id of another one.", examples=["organisation:marvell"])]
COLUMNS = (
    "path", "step", "from", "from_name", "to", "to_name", "subject", "predicate", "object", "direction", "status",
    "basis", "as_of", "articles", "origins", "statements", "disagreements",
)  # fmt: skip


@router.get(
    "/paths",
    response_model=Envelope[Paths],
    summary="How two entities are connected",
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def paths(
    request: Request,
    start: From,
    to: To,
    k: K = USUAL,
    steps: Steps = USUAL_STEPS,
    hubs: Hubs = False,
    status: Statuses = None,
    predicate: Predicates = None,
    without: Without = None,
) -> Response:
    """The best paths between two entities; each edge has status, basis, date, origins, statements and disagreements.

    Fewer steps rank higher; then, by the weakest edge of a path, firmer status, firmer basis and more independent
    origins; then alphabetical order of ids. Edges are followed in both directions. `looked` reports the extent of the
    search and whether it stopped early.
    """
    wanted = asked(k, steps, hubs, status, predicate, without)
    if format_of(request) == CSV:
        return _csv(request, start, to, wanted)
    found = service_of(request).graph.paths(start, to, wanted)
    return unkept(reply(request, found, truncated=found["looked"]["stopped"] is not None), found)


@router.get(
    "/paths.csv",
    response_class=Response,
    response_model=None,
    summary="How two entities are connected, as CSV",
    responses={200: {"description": "CSV.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def paths_csv(
    request: Request,
    start: From,
    to: To,
    k: K = USUAL,
    steps: Steps = USUAL_STEPS,
    hubs: Hubs = False,
    status: Statuses = None,
    predicate: Predicates = None,
    without: Without = None,
) -> Response:
    """The best paths between two entities, as one line for each edge of each step."""
    return _csv(request, start, to, asked(k, steps, hubs, status, predicate, without))


def _csv(request: Request, start: str, end: str, wanted: Asked) -> Response:
    found = service_of(request).graph.paths(start, end, wanted)
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    rows = [
        edge
        | {"path": path_number, "step": step_number, "from": step["from"], "to": step["to"]}
        | {"from_name": names[step["from"]], "to_name": names[step["to"]]}
        for path_number, path in enumerate(found["paths"], 1)
        for step_number, step in enumerate(path["steps"], 1)
        for edge in step["edges"]
    ]
    headers = {"Content-Disposition": 'attachment; filename="paths.csv"'}
    made = Response(csv_text(COLUMNS, rows), media_type="text/csv; charset=utf-8", headers=headers)
    return unkept(made, found)
