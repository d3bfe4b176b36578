"""Routes for entities, their statements and neighbourhoods, and for the search."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.errors import BadParameter
from ...graph.model.schema import schema
from ...graph.reader.subgraphs import MOST, USUAL
from ..http.csv import csv_text
from ..http.envelope import encoded, page, place_of, reply
from ..http.negotiation import CSV, JSON, JSON_LD, format_of, language_of
from ..http.request import service_of
from ..http.request_checks import StrictRoute, picture_size, value_of
from ..presenters.evidence import Sources
from ..service.service import Service
from . import jsonld
from .entity_csv import COLUMNS, rows_of
from .models.common import Entity, EntityPage, Envelope, Hit, Neighbourhood, Statement

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["entities"])

_TYPES = list(schema().nodes)
_STATUSES = list(schema().statuses)
_KINDS = sorted(
    {kind for node in schema().nodes.values() if "kind" in node.properties for kind in node.properties["kind"].values}
)
EntityId = Annotated[str, Path(description="Id of an entity.", examples=["province:dong-nai"])]
TypeFilter = Annotated[str | None, Query(description="Node type.", json_schema_extra={"enum": _TYPES})]
Cursor = Annotated[str | None, Query(description="`next` of the page before.")]
Lang = Annotated[
    str | None,
    Query(description="Language of `label`; else Accept-Language.", json_schema_extra={"enum": ["en", "vi"]}),
]


def labelled(entity: dict[str, object], language: str) -> dict[str, object]:
    """Return an entity with the key `label` after `name`: its name in `language`, else the main name."""
    names: list[dict[str, str]] = entity.get("names", [])  # pyright: ignore[reportAssignmentType]
    own = (name["text"] for name in names if name["language"] == language and name["kind"] == "name")
    shown: dict[str, object] = {}
    for key, value in entity.items():
        shown[key] = value
        if key == "name":
            shown["label"] = next(own, value)
    return shown


def _kinds(service: Service, type_: str | None) -> list[str]:
    nodes = [service.schema.nodes[type_]] if type_ else service.schema.nodes.values()
    return sorted({kind for node in nodes if "kind" in node.properties for kind in node.properties["kind"].values})


def _csv(request: Request, id: str) -> Response:
    service = service_of(request)
    service.graph.entity(id)
    sources = Sources(service)
    base = service.settings.public_url
    rows = rows_of(service.graph, service.graph.all_statements(id), sources, base)
    file = id.replace(":", "-")
    return Response(
        csv_text(COLUMNS, list(rows)),
        media_type=f"{CSV}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}.csv"'},
    )


def _linked(request: Request, id: str) -> Response:
    service = service_of(request)
    found = service.graph.entity(id)
    statements = service.graph.all_statements(id)
    document = jsonld.Document(service.settings.public_url, service.release(), Sources(service))
    body = encoded(document.of(found, statements, found["disagreements"]))
    return Response(body, media_type=JSON_LD)


_FORMATS: Mapping[str, Callable[[Request, str], Response] | None] = {
    JSON: None,
    CSV: _csv,
    JSON_LD: _linked,
}
"""Functions that make the response for an entity, by media type; None stands for the JSON envelope."""


@router.get("/entities", response_model=Envelope[list[Entity]], summary="List entities, by id")
def entities(
    request: Request,
    type: TypeFilter = None,
    kind: Annotated[str | None, Query(description="Kind within the type.", json_schema_extra={"enum": _KINDS})] = None,
    status: Annotated[str | None, Query(description="Status.", json_schema_extra={"enum": _STATUSES})] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Entities a page.")] = 50,
    cursor: Cursor = None,
    lang: Lang = None,  # noqa: ARG001  read from the request, declared for OpenAPI
) -> Response:
    """Entities filtered by type, kind and status, sorted by id, paginated."""
    service = service_of(request)
    value_of("type", type, _TYPES)
    value_of("kind", kind, _kinds(service, type))
    value_of("status", status, _STATUSES)
    language = language_of(request)
    found = service.graph.entities(
        type=type, kind=kind, status=status, after=place_of(request, cursor), limit=limit + 1
    )
    return page(request, [labelled(entity, language) for entity in found], limit)


@router.get(
    "/entities/{id}.csv",
    response_class=Response,
    summary="What is said of one entity, as CSV",
    responses={200: {"description": "A row for each statement.", "content": {CSV: {"schema": {"type": "string"}}}}},
)
def entity_csv(request: Request, id: EntityId) -> Response:
    """All statements that involve the entity, with article and position of the passage; safe for spreadsheets."""
    return _csv(request, id)


@router.get(
    "/entities/{id}.jsonld",
    response_class=Response,
    summary="One entity as JSON-LD",
    responses={200: {"description": "JSON-LD.", "content": {JSON_LD: {"schema": {"type": "object"}}}}},
)
def entity_linked(request: Request, id: EntityId) -> Response:
    """The entity, its edges and statements in schema.org terms and our own; passages as Web Annotation selectors."""
    return _linked(request, id)


@router.get(
    "/entities/{id}",
    response_model=Envelope[EntityPage],
    summary="One entity with its edges",
    responses={200: {"content": {CSV: {}, JSON_LD: {}}}},
)
def entity(request: Request, id: EntityId, lang: Lang = None) -> Response:  # noqa: ARG001
    """An entity with its names, its edges (each with status, basis, date, articles and origins) and its disagreements.

    For the other formats send `Accept`, or add `.csv` or `.jsonld` to the id.
    """
    other = _FORMATS[format_of(request)]
    if other is not None:
        return other(request, id)
    return reply(request, labelled(service_of(request).graph.entity(id), language_of(request)))


@router.get(
    "/entities/{id}/statements", response_model=Envelope[list[Statement]], summary="Statements in which it takes part"
)
def statements(
    request: Request,
    id: EntityId,
    limit: Annotated[int, Query(ge=1, le=500, description="Statements a page.")] = 100,
    cursor: Cursor = None,
) -> Response:
    """Statements whose subject, object, speaker or topic is the entity, paginated."""
    found = service_of(request).graph.statements(id, after=place_of(request, cursor), limit=limit + 1)
    return page(request, found, limit)


@router.get("/entities/{id}/graph", response_model=Envelope[Neighbourhood], summary="What lies around it")
def graph(
    request: Request,
    id: EntityId,
    depth: Annotated[int, Query(ge=1, le=3, description="Steps away from the entity.")] = 1,
    limit: Annotated[int, Query(ge=1, description=f"Nodes at most; never more than {MOST:,}.")] = USUAL,
) -> Response:
    """Nodes and edges of an entity's neighbourhood; `left_out` is the number of nodes beyond `limit`."""
    found = service_of(request).graph.neighbourhood(id, depth=depth, limit=picture_size(limit))
    return reply(request, found, truncated=found["left_out"] > 0)


@router.get("/search", response_model=Envelope[list[Hit]], summary="Find entities by name", tags=["search"])
def search(
    request: Request,
    q: Annotated[
        str,
        Query(
            max_length=200, description="A name in any spelling or language, an office, or the number of a document."
        ),
    ],
    exact: Annotated[
        bool, Query(description="Only names and numbers as they are: no other forms, no words, no suggestions.")
    ] = False,
    type: TypeFilter = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Hits at most.")] = 20,
) -> Response:
    """Entities that match a search text, answers before suggestions; each hit has the matched name and the match type.

    Several answers of the type `words` match equally well.
    """
    value_of("type", type, _TYPES)
    if not q.strip():
        raise BadParameter("q: found nothing; expected a name or a document number")
    found = service_of(request).graph.search(q, exact=exact, type=type, limit=limit + 1)
    return reply(request, found[:limit], truncated=len(found) > limit)
