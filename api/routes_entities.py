"""Entities, what is said of them, what lies around them, and the search."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.checks import StrictRoute, picture_size, value_of
from vnkg.api.envelope import page, place_of, reply
from vnkg.api.language import language_of
from vnkg.api.models import Entity, EntityPage, Envelope, Hit, Neighbourhood, Statement
from vnkg.api.service import Service, service_of
from vnkg.graph.errors import BadParameter
from vnkg.graph.schema import schema
from vnkg.graph.surroundings import MOST, USUAL

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
    """Return an entity with `label`: its name in a language, the main name where there is none."""
    names: list[dict[str, str]] = entity.get("names", [])  # pyright: ignore[reportAssignmentType]
    own = (name["text"] for name in names if name["language"] == language and name["kind"] == "name")
    shown: dict[str, object] = {}
    for key, value in entity.items():
        shown[key] = value
        if key == "name":
            shown["label"] = next(own, value)
    return shown


def _language(request: Request) -> str:
    return language_of(request.query_params, request.headers.get("accept-language", ""))


def _kinds(service: Service, type_: str | None) -> list[str]:
    nodes = [service.schema.nodes[type_]] if type_ else service.schema.nodes.values()
    return sorted({kind for node in nodes if "kind" in node.properties for kind in node.properties["kind"].values})


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
    """Entities of a type, kind or status, sorted by id, in pages."""
    service = service_of(request)
    value_of("type", type, _TYPES)
    value_of("kind", kind, _kinds(service, type))
    value_of("status", status, _STATUSES)
    language = _language(request)
    found = service.graph.entities(
        type=type, kind=kind, status=status, after=place_of(request, cursor), limit=limit + 1
    )
    return page(request, [labelled(entity, language) for entity in found], limit)


@router.get("/entities/{id}", response_model=Envelope[EntityPage], summary="One entity with its edges")
def entity(request: Request, id: EntityId, lang: Lang = None) -> Response:  # noqa: ARG001
    """An entity with all its names, its edges (each with status, basis, day, articles, origins), disagreements."""
    return reply(request, labelled(service_of(request).graph.entity(id), _language(request)))


@router.get(
    "/entities/{id}/statements", response_model=Envelope[list[Statement]], summary="Statements in which it takes part"
)
def statements(
    request: Request,
    id: EntityId,
    limit: Annotated[int, Query(ge=1, le=500, description="Statements a page.")] = 100,
    cursor: Cursor = None,
) -> Response:
    """Statements of which the entity is subject, object, speaker or topic, in pages."""
    found = service_of(request).graph.statements(id, after=place_of(request, cursor), limit=limit + 1)
    return page(request, found, limit)


@router.get("/entities/{id}/graph", response_model=Envelope[Neighbourhood], summary="What lies around it")
def graph(
    request: Request,
    id: EntityId,
    depth: Annotated[int, Query(ge=1, le=3, description="Steps away from the entity.")] = 1,
    limit: Annotated[int, Query(ge=1, description=f"Nodes at most; never more than {MOST:,}.")] = USUAL,
) -> Response:
    """Nodes and edges around an entity; `left_out` says how many nodes did not fit."""
    found = service_of(request).graph.neighbourhood(id, depth=depth, limit=picture_size(limit))
    return reply(request, found, truncated=found["left_out"] > 0)


@router.get("/search", response_model=Envelope[list[Hit]], summary="Find entities by name", tags=["search"])
def search(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="A name in any spelling, or a document number.")],
    exact: Annotated[bool, Query(description="Only names that match; no words, no near spellings.")] = False,
    type: TypeFilter = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Hits at most.")] = 20,
) -> Response:
    """Entities whose name matches; each hit says which name did and how."""
    value_of("type", type, _TYPES)
    if not q.strip():
        raise BadParameter("q: found nothing; expected a name or a document number")
    found = service_of(request).graph.search(q, exact=exact, type=type, limit=limit + 1)
    return reply(request, found[:limit], truncated=len(found) > limit)
