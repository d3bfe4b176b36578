"""Turns errors into responses: RFC 9457 problems under /api, an HTML error page elsewhere."""

import logging
from http import HTTPStatus
from urllib.parse import quote, urlencode

from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..graph.errors import (
    BadParameter,
    DeadlineExceeded,
    InputError,
    MergedId,
    NotFound,
    NotLoaded,
    QueryTimeout,
    ReleaseChanged,
    ServiceBusy,
    ShuttingDown,
    UnresolvedName,
    VnkgError,
)
from ..graph.messages import quote_for_message
from .http.problem_json import READ_METHODS, is_api, problem_json
from .http.request import service_of
from .pages._base.errors import error_page

FRAMEWORK_PROBLEM_CODES = {404: NotFound.code, 405: "method-not-allowed"}
"""Problem codes by HTTP status for errors that the framework raises; our own error classes carry their `code`."""
RETRY_AFTER_SECONDS = "2"
CALLER_ERRORS = (InputError, NotLoaded, QueryTimeout, ShuttingDown, ServiceBusy, DeadlineExceeded)
"""Errors whose message is sent to the caller; others may name local files or hosts, so they are only logged."""
INTERNAL_ERROR_DETAIL = "The service could not answer; its log says why."
_LOG = logging.getLogger("vnkg.api")


def problem_response(
    request: Request,
    status: int,
    code: str,
    title: str,
    detail: str,
    headers: dict[str, str] | None = None,
    error: VnkgError | None = None,
) -> Response:
    """Return a problem response: JSON for paths of the API, an HTML page otherwise."""
    headers = dict(headers or {})
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = READ_METHODS if is_api(request.url.path) else "GET, HEAD"
    if not is_api(request.url.path):
        return error_page(request, status, code, detail, headers, error)
    choices = error.choices if isinstance(error, UnresolvedName) else None
    return problem_json(status, code, title, detail, headers, choices)


def error_response(request: Request, error: VnkgError) -> Response:
    """Return the problem response for one of our errors.

    The message of an error that is not in `CALLER_ERRORS` goes to the log, and the response gets a general one.
    """
    headers: dict[str, str] = {}
    if isinstance(error, MergedId):
        headers["Location"] = _current_url(request, error)
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    if isinstance(error, CALLER_ERRORS):
        return problem_response(request, error.status, error.code, error.title, str(error), headers, error)
    _LOG.error("%s at %s: %s", error.code, request.url.path, error)
    return problem_response(request, error.status, error.code, error.title, INTERNAL_ERROR_DETAIL, headers)


def _current_url(request: Request, error: MergedId) -> str:
    """Return the requested URL (path and query) with the moved id replaced by its current one."""
    parts = (_replace_id(part, error) for part in request.url.path.split("/"))
    query_items = request.query_params.multi_items()
    current_items = [
        (name, _replace_ids(value, error) if name == "ids" else _replace_id(value, error))
        for name, value in query_items
    ]
    return quote("/".join(parts), safe="/:") + (f"?{urlencode(current_items, safe=':,')}" if current_items else "")


def _replace_ids(ids: str, error: MergedId) -> str:
    """Replace the moved id in a comma-separated list and drop duplicates."""
    return ",".join(dict.fromkeys(_replace_id(id.strip(), error) for id in ids.split(",")))


def _replace_id(text: str, error: MergedId) -> str:
    """Replace the moved id in a path segment or value, which may have a suffix such as `.csv`."""
    return (
        error.new_id + text[len(error.old_id) :]
        if text == error.old_id or text.startswith(f"{error.old_id}.")
        else text
    )


async def on_vnkg_error(request: Request, error: Exception) -> Response:
    """Handle our own errors."""
    assert isinstance(error, VnkgError)  # noqa: S101  registered for this class only
    if isinstance(error, ReleaseChanged | ServiceBusy):
        raise error  # the middleware runs the whole request again, or refuses it without a thread
    return await run_in_threadpool(error_response, request, error)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Handle errors of the framework: unknown path (404), method not allowed (405).

    A path that ends in a slash is redirected (308) to the path without it.
    """
    assert isinstance(error, HTTPException)  # noqa: S101  registered for this class only
    path = request.url.path
    if error.status_code == HTTPStatus.NOT_FOUND and len(path) > 1 and path.endswith("/") and not path.startswith("//"):
        return Response(status_code=308, headers={"Location": quote(path.rstrip("/") or "/", safe="/:")})
    title = HTTPStatus(error.status_code).phrase
    detail = {
        404: f"{quote_for_message(path)}: no such address; the pages start at /, "
        "the interface is described at /openapi.json",
        405: f"{request.method}: not allowed here; expected {READ_METHODS}",
    }.get(error.status_code, title)
    code = FRAMEWORK_PROBLEM_CODES.get(error.status_code, "http-error")
    arguments = request, error.status_code, code, title, detail
    if is_api(path):
        return problem_response(*arguments)
    # The page suggests others, for which it reads the graph; no route has taken a slot for that.
    return await service_of(request).light_pool.execute(lambda: run_in_threadpool(problem_response, *arguments))


async def on_validation_error(request: Request, error: Exception) -> Response:
    """Handle parameters that FastAPI rejects; the message names the parameter, its value and what was expected."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for this class only
    lines: list[str] = []
    for item in error.errors():
        name = str(item["loc"][-1])
        input_text = "nothing" if item["type"] == "missing" else repr(str(item["input"])[:80])
        expected = "a value" if item["type"] == "missing" else str(item["msg"]).removeprefix("Input should be ")
        lines.append(f"{name}: found {input_text}; expected {expected}")
    return await run_in_threadpool(error_response, request, BadParameter("; ".join(lines)))


def unexpected_error_response(request: Request) -> Response:
    """Return the 500 response for an unexpected error, without the text of the error."""
    return problem_response(request, 500, VnkgError.code, VnkgError.title, INTERNAL_ERROR_DETAIL)
