"""The OpenAPI document: what FastAPI derives from the routes, completed with servers, errors and headers."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ...graph.settings import Settings
from ..http.problem_json import PROBLEM_MEDIA_TYPE, READ_METHODS
from .models.common import Meta, Problem

DESCRIPTION = f"""Who carries out what, who pays for what in Vietnam's innovation policy, and how we know.

Every answer is `{{data, meta, next}}`; the same release gives the same bytes. Errors are RFC 9457 problems whose
`code` is stable. Reads are open to every origin ({READ_METHODS}). Each answer has a strong ETag; `If-None-Match`
gives 304. `next` is an opaque cursor, bound to the release: hand it back as `cursor`. An id that was merged answers 308
with the id it has now, one that was removed 410. Unknown parameters are refused (422)."""
_PROBLEMS = {
    "304": "Not modified: the ETag still holds.",
    "308": "The id was merged; `Location` has the one it has now.",
    "400": "The address or the cursor is damaged.",
    "404": "There is no such thing.",
    "410": "The id was removed.",
    "414": "The address is too long.",
    "422": "A parameter is unknown, missing or wrong, or names nothing.",
    "429": "Too many requests from this address; `Retry-After` says in how many seconds to come back.",
    "431": "The headers are too long.",
    "500": "Something went wrong.",
    "503": "No complete release is loaded, the engine is not available, or too much is asked at once.",
    "504": "The query took too long.",
}
_ID_STATUSES = ("308", "404", "410")
_ID_PATH_PARTS = ("{id}", "/paths", "/compare", "/measurements")
"""Parts of the paths that take an entity id, so that they can respond with these statuses."""
_COMMON_STATUSES = ("400", "414", "422", "429", "431", "500")
"""Statuses of every operation; the others are those of answers from the graph."""


def openapi_document(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """Return the complete OpenAPI document of an application."""
    document: dict[str, Any] = get_openapi(
        title="VNKG",
        version=version("vnkg"),
        summary="The knowledge graph of Vietnam's innovation actors.",
        description=DESCRIPTION,
        routes=app.routes,
        servers=[{"url": settings.public_url or "/"}],
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    schemas: dict[str, Any] = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for model in (Problem, Meta):
        schemas[model.__name__] = model.model_json_schema()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _add_responses(path, operation)
    return document


def _add_responses(path: str, operation: dict[str, Any]) -> None:
    """Add to an operation of the API its problem responses and the headers of its 200 response."""
    responses: dict[str, Any] = operation["responses"]
    responses.pop("422", None)
    string_schema = {"schema": {"type": "string"}}
    is_answer = path.startswith("/api/")
    if is_answer:
        responses["200"]["headers"] = {"ETag": string_schema, "Cache-Control": string_schema, "Vary": string_schema}
    problem = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, description in _PROBLEMS.items():
        if status in _ID_STATUSES and not any(part in path for part in _ID_PATH_PARTS):
            continue
        if not is_answer and status not in _COMMON_STATUSES:
            continue
        response: dict[str, Any] = {"description": description}
        if status == "304":
            response["headers"] = {"ETag": string_schema}
        else:
            response["content"] = problem
        if status == "308":
            response["headers"] = {"Location": string_schema}
        if status in ("429", "503"):
            response["headers"] = {"Retry-After": {"schema": {"type": "integer", "minimum": 0}}}
        responses[status] = response
