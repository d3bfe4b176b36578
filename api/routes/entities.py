"""Routes for entities, their statements and neighbourhoods."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from ...graph.model.objects import EntityJson
from ...graph.model.schema import schema
from ...graph.reader.subgraphs import DEFAULT_NODES, MAX_NODES
from ..http.csv import csv_response
from ..http.envelope import encode_json, envelope_response, last_id_from_cursor, page_response
from ..http.negotiation import CSV, JSON, JSON_LD, format_of, language_of
from ..http.parameters import ID_SCHEMA, NODE_TYPES, Cursor, TypeFilter
from ..http.pooled_route import heavy
from ..http.request import service_of
from ..http.request_checks import StrictRoute, validate_choice, validate_node_limit
from ..presenters.evidence import Sources
from . import jsonld
from .entity_csv import CSV_COLUMNS, statement_rows
from .models.common import Entity, EntityPage, Envelope, Neighbourhood, Statement

router = APIRouter(prefix="/api/v1", route_class=StrictRoute, tags=["entities"])

_STATUSES = list(schema().statuses)
_KINDS = schema().kinds_of()
EntityId = Annotated[
    str, Path(description="Id of an entity.", examples=["province:dong-nai"], json_schema_extra=ID_SCHEMA)
]
Lang = Annotated[
    str | None,
    Query(description="Language of `label`; else Accept-Language.", json_schema_extra={"enum": ["en", "vi"]}),
]


def with_label(entity: EntityJson, language: str) -> dict[str, object]:
    """Return an entity with the key `label` after `name`: its name in `language`, else the main name."""
    matching_names = (
        name["text"] for name in entity["names"] if name["language"] == language and name["kind"] == "name"
    )
    label = next(matching_names, entity["name"])
    result: dict[str, object] = {}
    for key, value in entity.items():
        result |= {key: value, "label": label} if key == "name" else {key: value}
    return result


def _csv_response(request: Request, id: str) -> Response:
    service = service_of(request)
    service.graph.entity(id)
    sources = Sources(service)
    rows = statement_rows(service.graph, service.graph.all_statements(id), sources, service.settings.public_url)
    return csv_response(id.replace(":", "-"), CSV_COLUMNS, list(rows))


def _jsonld_response(request: Request, id: str) -> Response:
    service = service_of(request)
    entity_object = service.graph.entity(id)
    statements = service.graph.all_statements(id)
    document = jsonld.JsonLdDocument(service.settings.public_url, service.release(), Sources(service))
    body = encode_json(document.build(entity_object, statements, entity_object["disagreements"]))
    return Response(body, media_type=JSON_LD)


_FORMAT_RESPONSES: Mapping[str, Callable[[Request, str], Response] | None] = {
    JSON: None,
    CSV: _csv_response,
    JSON_LD: _jsonld_response,
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
    validate_choice("type", type, NODE_TYPES)
    validate_choice("kind", kind, service.schema.kinds_of(type))
    validate_choice("status", status, _STATUSES)
    language = language_of(request)
    items = service.graph.entities(
        type=type, kind=kind, status=status, after_id=last_id_from_cursor(request, cursor), limit=limit + 1
    )
    return page_response(request, [with_label(entity, language) for entity in items], limit)


@router.get(
    "/entities/{id}.csv",
    response_class=Response,
    summary="What is said of one entity, as CSV",
    responses={200: {"description": "A row for each statement.", "content": {CSV: {"schema": {"type": "string"}}}}},
)
@heavy
def entity_csv(request: Request, id: EntityId) -> Response:
    """All statements that involve the entity, with article and position of the passage; safe for spreadsheets."""
    return _csv_response(request, id)


@router.get(
    "/entities/{id}.jsonld",
    response_class=Response,
    summary="One entity as JSON-LD",
    responses={200: {"description": "JSON-LD.", "content": {JSON_LD: {"schema": {"type": "object"}}}}},
)
@heavy
def entity_jsonld(request: Request, id: EntityId) -> Response:
    """The entity, its edges and statements in schema.org terms and our own; passages as Web Annotation selectors."""
    return _jsonld_response(request, id)


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
    make_response = _FORMAT_RESPONSES[format_of(request)]
    if make_response is not None:
        return make_response(request, id)
    return envelope_response(request, with_label(service_of(request).graph.entity(id), language_of(request)))


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
    items = service_of(request).graph.statements(id, after_id=last_id_from_cursor(request, cursor), limit=limit + 1)
    return page_response(request, items, limit)


@router.get("/entities/{id}/graph", response_model=Envelope[Neighbourhood], summary="What lies around it")
@heavy
def graph(
    request: Request,
    id: EntityId,
    depth: Annotated[int, Query(ge=1, le=3, description="Steps away from the entity.")] = 1,
    limit: Annotated[
        int,
        Query(
            ge=1,
            description=f"Nodes at most; never more than {MAX_NODES:,}.",
            json_schema_extra={"maximum": MAX_NODES},
        ),
    ] = DEFAULT_NODES,
) -> Response:
    """Nodes and edges of an entity's neighbourhood; `left_out` is the number of nodes beyond `limit`."""
    subgraph = service_of(request).graph.neighbourhood(id, depth=depth, limit=validate_node_limit(limit))
    return envelope_response(request, subgraph, is_truncated=subgraph["left_out"] > 0)
