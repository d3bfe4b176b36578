"""Routes for the schema, the release and the data report."""

from dataclasses import asdict
from functools import cache
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...graph.model.schema import schema
from ..http.envelope import envelope_response
from ..http.pooled_route import heavy
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from .models.common import Envelope, ReleaseInfo
from .models.report import DataReport

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["about"])


@cache
def schema_as_dict() -> dict[str, Any]:
    """Return the schema as a dict of plain JSON values."""
    return asdict(schema())


@router.get("/schema", response_model=Envelope[dict[str, Any]], summary="Node types, edge types and closed lists")
def schema_(request: Request) -> Response:
    """Everything that `schema.yaml` declares, with labels in English and Vietnamese."""
    return envelope_response(request, schema_as_dict())


@router.get("/release", response_model=Envelope[ReleaseInfo], summary="What is loaded")
def release(request: Request) -> Response:
    """Name, data date, format version and counts of the loaded release."""
    return envelope_response(request, service_of(request).release())


@router.get("/report", response_model=Envelope[DataReport], summary="What the release holds, in numbers")
@heavy
def report(request: Request) -> Response:
    """Counts of statements, edges, entities and disagreements; hubs, orphans, missing Vietnamese names, last dates."""
    return envelope_response(request, service_of(request).graph.report())
