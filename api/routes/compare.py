"""Routes for the comparison of entities, as JSON and CSV."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.model.facts import ENTITY_ID
from ..http.csv import csv_response
from ..http.envelope import envelope_response
from ..http.parameters import list_schema
from ..http.pooled_route import heavy
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from ..presenters.comparison import MAX_ENTITIES, MIN_ENTITIES, build_comparison, parse_ids, read_entities
from .models.common import Envelope
from .models.compare import Comparison

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["entities"])
EntityIds = Annotated[
    str,
    Query(
        description=f"Ids of {MIN_ENTITIES} to {MAX_ENTITIES} entities of one type, with commas between them.",
        examples=["province:quang-ninh,province:lam-dong"],
        json_schema_extra=list_schema(ENTITY_ID.pattern, MIN_ENTITIES, MAX_ENTITIES),
    ),
]
CSV_COLUMNS = (
    "part", "row", "direction", "entity", "name", "value", "comparator", "unit", "value_status", "period", "status",
    "basis", "as_of", "is_comparable", "comparability_notes", "statements",
)  # fmt: skip
ROW_KEYS = {
    "common": "id", "instruments": "instrument", "attributes": "attribute", "relations": "predicate",
    "numbers": "indicator", "claims": "claim_type", "not_stated": "question",
}  # fmt: skip
"""Parts of a comparison, and the key that identifies a row in each."""


@router.get("/compare", response_model=Envelope[Comparison], summary="Entities side by side")
@heavy
def compare(request: Request, ids: EntityIds) -> Response:
    """What two to six entities of one type have in common, what each of them has, and what is not stated about them."""
    service = service_of(request)
    return envelope_response(request, build_comparison(service, read_entities(service, parse_ids(ids))))


@router.get(
    "/compare.csv",
    response_class=Response,
    summary="Entities side by side, as CSV",
    responses={200: {"description": "CSV.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@heavy
def compare_csv(request: Request, ids: EntityIds) -> Response:
    """One line for each item in a cell of the comparison; values that are not stated have no line."""
    service = service_of(request)
    result = build_comparison(service, read_entities(service, parse_ids(ids)))
    return csv_response("comparison", CSV_COLUMNS, list(_csv_rows(result)))


def _csv_rows(result: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a CSV row for each item in each cell of a comparison."""
    names = {entity["id"]: entity["name"] for entity in result["entities"]}
    for part, row_key in ROW_KEYS.items():
        for row in result[part]:
            row_columns = {
                "part": part,
                "row": row[row_key],
                "direction": row.get("direction"),
                "is_comparable": row.get("is_comparable"),
            }
            for id, cell in row["cells"].items():
                yield from (
                    row_columns | {"entity": id, "name": names[id]} | item_columns
                    for item_columns in _cell_rows(part, cell)
                )


def _cell_rows(part: str, cell: Any) -> list[dict[str, Any]]:
    """Return the columns of each item in a cell; `value` is a number, a text or the id of an entity."""
    if part in ("attributes", "claims"):
        return [{"value": cell}]
    if part == "not_stated":
        return [{"value": "stated" if cell["is_stated"] else "not stated"}]
    return [_item_columns(part, item) for item in cell]


def _item_columns(part: str, item: Mapping[str, Any]) -> dict[str, Any]:
    value_keys = {"common": "predicate", "instruments": "id", "numbers": "value"}
    value = item[value_keys[part]] if part in value_keys else item["neighbour"]["id"]
    return {key: item[key] for key in CSV_COLUMNS if key in item and key != "name"} | {"value": value}
