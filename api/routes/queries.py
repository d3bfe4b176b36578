"""Routes for the query catalogue: one JSON and one CSV endpoint for each query, with typed parameters in OpenAPI."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ...graph.catalogue.parameters import MAX_NUMBER, Parameter
from ...graph.catalogue.query import RESERVED_PARAMETERS, Column, Query, missing_query
from ...graph.errors import BadParameter
from ...graph.model.facts import ENTITY_ID
from ..http.csv import csv_response
from ..http.envelope import envelope_response
from ..http.negotiation import CSV, format_of
from ..http.parameters import NAME_PATTERN, PLAIN_CHARACTER, parameter_values, text_schema
from ..http.pooled_route import PooledRoute
from ..http.request import RequestContext, service_of
from ..http.request_checks import StrictRoute, validate_choice
from ..i18n.language import LANGUAGES, validate_language
from ..presenters.query_csv import csv_columns, csv_rows
from .models.common import Envelope, QueryDescription

ANSWER_PARTS = ("rows", "near_misses")
CSV_PARTS = (*ANSWER_PARTS, "all")
"""Parts of a result that CSV can hold: the answers, the near misses with the conditions they fail, or both."""
LANGUAGE_PARAMETER: Mapping[str, Any] = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "Language of the names in the columns `X_name` (where there is one in it) and of words in CSV.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}
_TYPE_SCHEMAS: Mapping[str, dict[str, Any]] = {
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
_DATE_FORMS = [{"format": "date"}, {"pattern": "^[1-9][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?$"}, {"maxLength": 0}]
"""JSON schemas of a day, of a month or year, and of nothing given."""
Endpoint = Callable[[Request], Response]


def _csv_response(request: Request, query: Query, parameters: Mapping[str, str | list[str]], part: str) -> Response:
    """Run a query and return its answers (`rows`), its near misses (`near_misses`) or both (`all`) as CSV."""
    context = RequestContext.from_request(request)
    settings, words = context.service.settings, context.words
    result = context.service.graph.query_with_evidence(query.name, parameters, _chosen_language(request))
    rows = [
        row | {"is_answer": words("yes") if kind == "rows" else words("no")}
        for kind in ANSWER_PARTS
        if part in (kind, "all")
        for row in csv_rows(query, result[kind], context.labels, result["evidence"], settings.public_url)
    ]
    columns = csv_columns(query)
    if part != "rows":
        columns[len(query.returns) : len(query.returns)] = ["fails"]
    suffix = {"rows": "", "near_misses": "-near-misses", "all": "-all"}[part]
    return csv_response(f"{query.name}{suffix}", ["is_answer", *columns] if part == "all" else columns, rows)


def _chosen_language(request: Request) -> str | None:
    """Return the parameter `lang`, or None without it; raise `BadParameter` if it is unknown or repeated."""
    if (count := len(request.query_params.getlist("lang"))) > 1:
        raise BadParameter(f"lang: found {count} of it; expected one")
    return validate_language(request.query_params.get("lang"))


def _json_endpoint(query: Query) -> Endpoint:
    def endpoint(request: Request) -> Response:
        values = parameter_values(request.query_params, ("lang",))
        if format_of(request) == CSV:
            return _csv_response(request, query, values, "rows")
        return envelope_response(
            request, service_of(request).graph.query(query.name, values, _chosen_language(request))
        )

    return endpoint


def _csv_endpoint(query: Query) -> Endpoint:
    def endpoint(request: Request) -> Response:
        part = request.query_params.get("part", "rows")
        validate_choice("part", part, CSV_PARTS if query.conditions else CSV_PARTS[:1])
        return _csv_response(request, query, parameter_values(request.query_params, RESERVED_PARAMETERS), part)

    return endpoint


def _text_schema(parameter: Parameter) -> dict[str, Any]:
    """Return the keywords of the JSON schema of a text, or of an id or name; an empty text counts as not given."""
    pattern = f"{PLAIN_CHARACTER}+"
    if parameter.type == "entity":
        slug = ENTITY_ID.pattern.partition(":")[2]
        pattern = f"(?:{'|'.join(parameter.id_prefixes) or '[a-z]+'}):{slug}|(?![a-z]+:(?:[^\\s]|$)){NAME_PATTERN}"
    is_optional = parameter.default is None and not parameter.is_required and not parameter.allows_multiple
    return text_schema(f"(?:{pattern})?" if is_optional else pattern)


def _parameter_object(parameter: Parameter) -> dict[str, Any]:
    """Return the OpenAPI parameter object of a query parameter."""
    value_schema = {"type": _TYPE_SCHEMAS[parameter.type]["type"]}
    if parameter.values:
        value_schema["enum"] = [*parameter.values, "any"] if parameter.allows_multiple else list(parameter.values)
    elif parameter.type in ("string", "entity"):
        value_schema |= _text_schema(parameter)
    elif parameter.type == "date":
        value_schema["anyOf"] = _DATE_FORMS
    elif parameter.type == "number":
        value_schema |= {"minimum": -MAX_NUMBER, "maximum": MAX_NUMBER}
    if parameter.minimum is not None:
        value_schema |= {"minimum": parameter.minimum, "maximum": parameter.maximum}
    default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    parameter_schema: dict[str, Any] = (
        {"type": "array", "items": value_schema} if parameter.allows_multiple else value_schema
    )
    if default is not None:
        parameter_schema["default"] = (
            [default] if parameter.allows_multiple and not isinstance(default, list) else default
        )
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required and parameter.default is None,
        "description": f"{parameter.help} Takes {parameter.accepted_input}.",
        "schema": parameter_schema,
    }


def _column_schema(column: Column) -> dict[str, Any]:
    json_type: Any = _TYPE_SCHEMAS[column.type]["type"]
    json_types = {"string", "number"} if column.type == "value" else {json_type}
    return {**_TYPE_SCHEMAS[column.type], "description": column.help, "type": [*sorted(json_types), "null"]}


def _row_schema(columns: list[Column], extra_properties: dict[str, Any] | None = None) -> dict[str, Any]:
    properties = {column.name: _column_schema(column) for column in columns} | (extra_properties or {})
    return {"type": "object", "properties": properties, "required": list(properties)}


def _answer_schema(query: Query) -> dict[str, Any]:
    """Return the JSON schema of a query's enveloped answer."""
    columns = list(query.returns.values())
    fails_property = {"fails": {"type": "array", "items": {"type": "string", "enum": list(query.conditions)}}}
    data = {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": _row_schema(columns)},
            "near_misses": {
                "type": "array",
                "items": _row_schema(columns, fails_property if query.conditions else None),
            },
        },
        "required": list(ANSWER_PARTS),
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
    router = APIRouter(prefix="/api/v1", route_class=PooledRoute, tags=["queries"])
    strict_router = APIRouter(route_class=StrictRoute)

    @strict_router.get("/queries", response_model=Envelope[list[QueryDescription]], summary="List the queries")
    def list_queries(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """All queries with question, parameters, columns, conditions, example and Cypher text."""
        return envelope_response(request, [query.to_dict() for query in queries.values()])

    router.include_router(strict_router)
    for query in queries.values():
        parameters = [_parameter_object(parameter) for parameter in query.params.values()]
        parameters.append({**LANGUAGE_PARAMETER})
        content = {"application/json": {"schema": _answer_schema(query)}, "text/csv": {"schema": {"type": "string"}}}
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
        part_parameter = {
            "name": "part",
            "in": "query",
            "schema": {"type": "string", "enum": list(CSV_PARTS), "default": "rows"},
        }
        router.add_api_route(
            f"/queries/{query.name}.csv",
            _csv_endpoint(query),
            response_model=None,
            response_class=Response,
            summary=f"{query.title}, as CSV",
            description=(
                "The answers, or with `part=near_misses` the near misses and the conditions they fail, or with "
                "`part=all` both and a column `is_answer`. Statuses, kinds and other codes are words. `sources` holds "
                "article and line of each statement, `url` the page of the first."
            ),
            operation_id=f"query_{query.name}_csv",
            openapi_extra={"parameters": [*parameters, part_parameter] if query.conditions else parameters},
            responses={200: {"description": "CSV.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
        )

    @router.get("/queries/{name}", include_in_schema=False, response_model=None)
    def unknown_query(name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Raise `NotFound` for a query that does not exist, with the nearest names."""
        raise missing_query(queries, name)

    return router
