"""Routes for the query catalogue: one JSON and one CSV endpoint for each query, with typed parameters in OpenAPI."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...graph.catalogue.parameters import Parameter
from ...graph.catalogue.query import Column, Query
from ...graph.errors import NotFound
from ...graph.messages import meant, shown
from ..http.csv import csv_text
from ..http.envelope import reply
from ..http.negotiation import CSV, format_of
from ..http.parameters import given_of
from ..http.request import service_of
from ..http.request_checks import StrictRoute, value_of
from .models.common import Envelope, QueryShort

PARTS = ("rows", "near_misses")
"""Parts of a result that CSV can hold: the answers, or the near misses with the conditions they fail."""
_TYPES: Mapping[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "value": {"type": ["number", "string"]},
    "date": {"type": "string", "description": "ISO date: day, month or year."},
    "entity": {"type": "string", "description": "Id of an entity."},
    "strings": {"type": "array", "items": {"type": "string"}},
    "entities": {"type": "array", "items": {"type": "string"}, "description": "Ids of entities."},
    "statements": {"type": "array", "items": {"type": "string"}, "description": "Ids of statements."},
}
Endpoint = Callable[[Request], Response]


def csv_of(request: Request, query: Query, parameters: Mapping[str, str | list[str]], part: str) -> Response:
    """Run a query and return its answers (`rows`) or its near misses (`near_misses`) as CSV."""
    result = service_of(request).graph.query(query.name, parameters)
    columns = [*query.returns, "fails"] if part == "near_misses" else list(query.returns)
    name = query.name if part == "rows" else f"{query.name}-near-misses"
    return Response(
        csv_text(columns, result[part]),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _json_endpoint(query: Query) -> Endpoint:
    def answer(request: Request) -> Response:
        given = given_of(request.query_params)
        if format_of(request) == CSV:
            return csv_of(request, query, given, "rows")
        return reply(request, service_of(request).graph.query(query.name, given))

    return answer


def _csv_endpoint(query: Query) -> Endpoint:
    def answer(request: Request) -> Response:
        part = request.query_params.get("part", "rows")
        value_of("part", part, PARTS if query.conditions else PARTS[:1])
        return csv_of(request, query, given_of(request.query_params, ("part",)), part)

    return answer


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """Return the OpenAPI parameter object of a query parameter."""
    kind = dict(_TYPES[parameter.type])
    kind.pop("description", None)
    if parameter.values:
        kind["enum"] = [*parameter.values, "any"] if parameter.several else list(parameter.values)
    if parameter.minimum is not None:
        kind |= {"minimum": parameter.minimum, "maximum": parameter.maximum}
    default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    shape: dict[str, Any] = {"type": "array", "items": kind} if parameter.several else kind
    if default is not None:
        shape["default"] = [default] if parameter.several and not isinstance(default, list) else default
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required and parameter.default is None,
        "description": f"{parameter.help} Takes {parameter.expected}.",
        "schema": shape,
    }


def _column(column: Column) -> dict[str, Any]:
    kind: Any = _TYPES[column.type]["type"]
    several = {"string", "number"} if column.type == "value" else {kind}
    return {**_TYPES[column.type], "description": column.help, "type": [*sorted(several), "null"]}


def _row(columns: list[Column], more: dict[str, Any] | None = None) -> dict[str, Any]:
    properties = {column.name: _column(column) for column in columns} | (more or {})
    return {"type": "object", "properties": properties, "required": list(properties)}


def _answer_shape(query: Query) -> dict[str, Any]:
    """Return the JSON schema of a query's enveloped answer."""
    columns = list(query.returns.values())
    fails = {"fails": {"type": "array", "items": {"type": "string", "enum": list(query.conditions)}}}
    data = {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": _row(columns)},
            "near_misses": {"type": "array", "items": _row(columns, fails if query.conditions else None)},
        },
        "required": list(PARTS),
    }
    return {
        "type": "object",
        "properties": {
            "data": data,
            "meta": {"$ref": "#/components/schemas/Meta"},
            "next": {"type": "null"},
        },
        "required": ["data", "meta", "next"],
    }


def queries_router(queries: Mapping[str, Query]) -> APIRouter:
    """Return a router with the list of queries and the endpoints of each query."""
    router = APIRouter(prefix="/api/v1", tags=["queries"])
    strict = APIRouter(route_class=StrictRoute)

    @strict.get("/queries", response_model=Envelope[list[QueryShort]], summary="List the queries")
    def listed(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """All queries with question, parameters, columns, conditions, example and Cypher text."""
        return reply(request, [query.described() for query in queries.values()])

    router.include_router(strict)
    for query in queries.values():
        parameters = [_parameter(parameter) for parameter in query.params.values()]
        content = {"application/json": {"schema": _answer_shape(query)}, "text/csv": {"schema": {"type": "string"}}}
        router.add_api_route(
            f"/queries/{query.name}",
            _json_endpoint(query),
            response_model=None,
            summary=query.title,
            description=f"{query.question_en}\n\n{query.question_vi}",
            operation_id=f"query_{query.name}",
            openapi_extra={"parameters": parameters},
            responses={200: {"description": "Answers and near misses.", "content": content}},
        )
        part = {"name": "part", "in": "query", "schema": {"type": "string", "enum": list(PARTS), "default": "rows"}}
        router.add_api_route(
            f"/queries/{query.name}.csv",
            _csv_endpoint(query),
            response_model=None,
            response_class=Response,
            summary=f"{query.title}, as CSV",
            description="The answers, or with `part=near_misses` the near misses and the conditions they fail.",
            operation_id=f"query_{query.name}_csv",
            openapi_extra={"parameters": [*parameters, part] if query.conditions else parameters},
            responses={200: {"description": "CSV.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
        )

    @router.get("/queries/{name}", include_in_schema=False, response_model=None)
    def unknown(name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Raise `NotFound` for a query that does not exist, with the nearest names."""
        raise NotFound(f"{shown(name)}: no such query{meant(name, queries)}; there are {', '.join(queries)}")

    return router
