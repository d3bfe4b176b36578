"""Routes for the comparison of entities, as JSON and CSV."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ..http.csv import csv_text
from ..http.envelope import reply
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from ..presenters.comparison import LEAST, MOST, compared, comparison, ids_of
from .models.common import Envelope
from .models.compare import Comparison

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["entities"])
Ids = Annotated[
    str,
    Query(
        description=f"Ids of {LEAST} to {MOST} entities of one type, with commas between them.",
        examples=["province:quang-ninh,province:lam-dong"],
    ),
]
COLUMNS = (
    "part", "row", "direction", "entity", "name", "value", "comparator", "unit", "value_status", "period", "status",
    "basis", "as_of", "aligned", "caution", "statements",
)  # fmt: skip
ROWS = {
    "common": "id", "instruments": "instrument", "attributes": "attribute", "relations": "predicate",
    "numbers": "indicator", "claims": "claim_type", "not_stated": "question",
}  # fmt: skip
"""Parts of a comparison, and the key that identifies a row in each."""


@router.get("/compare", response_model=Envelope[Comparison], summary="Entities side by side")
def compare(request: Request, ids: Ids) -> Response:
    """What two to six entities of one type have in common, what each of them has, and what is not stated about them."""
    service = service_of(request)
    return reply(request, comparison(service, compared(service, ids_of(ids))))


@router.get(
    "/compare.csv",
    response_class=Response,
    summary="Entities side by side, as CSV",
    responses={200: {"description": "CSV.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def compare_csv(request: Request, ids: Ids) -> Response:
    """One line for each item in a cell of the comparison; values that are not stated have no line."""
    service = service_of(request)
    found = comparison(service, compared(service, ids_of(ids)))
    return Response(
        csv_text(COLUMNS, list(_lines(found))),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="comparison.csv"'},
    )


def _lines(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a CSV row for each item in each cell of a comparison."""
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    for part, key in ROWS.items():
        for row in found[part]:
            fixed = {"part": part, "row": row[key], "direction": row.get("direction"), "aligned": row.get("aligned")}
            for id, cell in row["cells"].items():
                yield from (fixed | {"entity": id, "name": names[id]} | told for told in _items(part, cell))


def _items(part: str, cell: Any) -> list[dict[str, Any]]:
    """Return the columns of each item in a cell; `value` is a number, a text or the id of an entity."""
    if part in ("attributes", "claims"):
        return [{"value": cell}]
    if part == "not_stated":
        return [{"value": "stated" if cell["stated"] else "not stated"}]
    return [_columns(part, item) for item in cell]


def _columns(part: str, item: Mapping[str, Any]) -> dict[str, Any]:
    meant = {"common": "predicate", "instruments": "id", "numbers": "value"}
    value = item[meant[part]] if part in meant else item["other"]["id"]
    return {key: item[key] for key in COLUMNS if key in item and key != "name"} | {"value": value}
