"""Turns errors into responses: RFC 9457 problems under /api, an HTML error page elsewhere."""

import logging
from http import HTTPStatus
from urllib.parse import quote, urlencode

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..graph.errors import (
    BadParameter,
    EngineError,
    InputError,
    Moved,
    NotFound,
    NotLoaded,
    QueryTimeout,
    ReleaseChanged,
    VnkgError,
)
from ..graph.messages import shown
from .http.problem_json import READS, is_api, problem_json
from .pages._base.errors import error_page

HTTP_CODES = {404: NotFound.code, 405: "method-not-allowed"}
"""Problem codes by HTTP status for errors that the framework raises; our own error classes carry their `code`."""
RETRY_AFTER = "2"
TOLD = (InputError, NotLoaded, QueryTimeout)
"""Errors whose message is sent to the caller; others may name local files or hosts, so they are only logged."""
NOT_TOLD = "The service could not answer; its log says why."
_LOG = logging.getLogger("vnkg.api")


def answer(
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
        headers["Allow"] = READS if is_api(request.url.path) else "GET, HEAD"
    if not is_api(request.url.path):
        return error_page(request, status, code, detail, headers, error)
    return problem_json(status, code, title, detail, headers)


def answer_to(request: Request, error: VnkgError) -> Response:
    """Return the problem response for one of our errors.

    The message of an error that is not in `CALLER_ERRORS` goes to the log, and the response gets a general one.
    """
    headers: dict[str, str] = {}
    if isinstance(error, Moved):
        headers["Location"] = _moved(request, error)
    if isinstance(error, EngineError) and error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER
    if isinstance(error, TOLD):
        return answer(request, error.status, error.code, error.title, str(error), headers, error)
    _LOG.error("%s at %s: %s", error.code, request.url.path, error)
    return answer(request, error.status, error.code, error.title, NOT_TOLD, headers)


def _moved(request: Request, error: Moved) -> str:
    """Return the requested URL (path and query) with the moved id replaced by its current one."""
    parts = (_today(part, error) for part in request.url.path.split("/"))
    given = request.query_params.multi_items()
    pairs = [(name, _ids_today(value, error) if name == "ids" else _today(value, error)) for name, value in given]
    return quote("/".join(parts), safe="/:") + (f"?{urlencode(pairs, safe=':,')}" if pairs else "")


def _ids_today(ids: str, error: Moved) -> str:
    """Replace the moved id in a comma-separated list and drop duplicates."""
    return ",".join(dict.fromkeys(_today(id.strip(), error) for id in ids.split(",")))


def _today(word: str, error: Moved) -> str:
    """Replace the moved id in a path segment or value, which may have a suffix such as `.csv`."""
    return error.to + word[len(error.old) :] if word == error.old or word.startswith(f"{error.old}.") else word


async def on_vnkg_error(request: Request, error: Exception) -> Response:
    """Handle our own errors."""
    assert isinstance(error, VnkgError)  # noqa: S101  registered for this class only
    if isinstance(error, ReleaseChanged):
        raise error  # the middleware runs the whole request again
    return answer_to(request, error)


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
        404: f"{shown(path)}: no such address; the pages start at /, the interface is described at /openapi.json",
        405: f"{request.method}: not allowed here; expected {READS}",
    }.get(error.status_code, title)
    return answer(request, error.status_code, HTTP_CODES.get(error.status_code, "http-error"), title, detail)


async def on_validation_error(request: Request, error: Exception) -> Response:
    """Handle parameters that FastAPI rejects; the message names the parameter, its value and what was expected."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for this class only
    lines: list[str] = []
    for item in error.errors():
        name = str(item["loc"][-1])
        found = "nothing" if item["type"] == "missing" else repr(str(item["input"])[:80])
        expected = "a value" if item["type"] == "missing" else str(item["msg"]).removeprefix("Input should be ")
        lines.append(f"{name}: found {found}; expected {expected}")
    return answer_to(request, BadParameter("; ".join(lines)))


def unexpected(request: Request) -> Response:
    """Return the 500 response for an unexpected error, without the text of the error."""
    return answer(request, 500, VnkgError.code, VnkgError.title, NOT_TOLD)
