"""The schema, the release and its report."""

from dataclasses import asdict
from functools import cache
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...graph.model.schema import schema
from ..http.envelope import reply
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from .models.common import Envelope, ReleaseInfo
from .models.report import DataReport

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["about"])


@cache
def schema_object() -> dict[str, Any]:
    """Return the schema as plain values."""
    return asdict(schema())


@router.get("/schema", response_model=Envelope[dict[str, Any]], summary="Node types, edge types and closed lists")
def schema_(request: Request) -> Response:
    """Everything `schema.yaml` declares, with labels in English and Vietnamese."""
    return reply(request, schema_object())


@router.get("/release", response_model=Envelope[ReleaseInfo], summary="What is loaded")
def release(request: Request) -> Response:
    """Name, date, format and counts of the release that is loaded."""
    return reply(request, service_of(request).marker.release())


@router.get("/report", response_model=Envelope[DataReport], summary="What the release holds, in numbers")
def report(request: Request) -> Response:
    """Statements, edges, entities and disagreements counted; hubs, orphans, what has no Vietnamese name, last dates."""
    return reply(request, service_of(request).graph.report())
