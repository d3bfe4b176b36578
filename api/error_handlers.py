"""The one place where errors become answers: RFC 9457 problems under /api, a page in the usual look elsewhere."""

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
"""Codes of problems that the framework finds; the rest are the codes of the errors' classes."""
RETRY_AFTER = "2"
TOLD = (InputError, NotLoaded, QueryTimeout)
"""Errors whose words are for the caller; others may name files and addresses of this machine and go to the log."""
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
    """Return a problem, as JSON or as a page."""
    headers = dict(headers or {})
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = READS if is_api(request.url.path) else "GET, HEAD"
    if not is_api(request.url.path):
        return error_page(request, status, code, detail, headers, error)
    return problem_json(status, code, title, detail, headers)


def answer_to(request: Request, error: VnkgError) -> Response:
    """Return the problem that an error of ours stands for."""
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
    """Return the address that was asked for, with the id of today in it."""
    parts = (_today(part, error) for part in request.url.path.split("/"))
    given = request.query_params.multi_items()
    pairs = [(name, _ids_today(value, error) if name == "ids" else _today(value, error)) for name, value in given]
    return quote("/".join(parts), safe="/:") + (f"?{urlencode(pairs, safe=':,')}" if pairs else "")


def _ids_today(ids: str, error: Moved) -> str:
    """Return a list of ids in which each stays once."""
    return ",".join(dict.fromkeys(_today(id.strip(), error) for id in ids.split(",")))


def _today(word: str, error: Moved) -> str:
    return error.to + word[len(error.old) :] if word == error.old or word.startswith(f"{error.old}.") else word


async def on_vnkg_error(request: Request, error: Exception) -> Response:
    """Answer to an error of ours."""
    assert isinstance(error, VnkgError)  # noqa: S101  registered for this class only
    if isinstance(error, ReleaseChanged):
        raise error  # whoever asked the application asks it again
    return answer_to(request, error)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer to what the framework finds: unknown address, method not allowed."""
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
    """Answer to parameters that FastAPI refuses: which one, what was found, what was expected."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for this class only
    lines: list[str] = []
    for item in error.errors():
        name = str(item["loc"][-1])
        found = "nothing" if item["type"] == "missing" else repr(str(item["input"])[:80])
        expected = "a value" if item["type"] == "missing" else str(item["msg"]).removeprefix("Input should be ")
        lines.append(f"{name}: found {found}; expected {expected}")
    return answer_to(request, BadParameter("; ".join(lines)))


def unexpected(request: Request) -> Response:
    """Answer to an error that nobody foresaw; its text goes to the log only."""
    return answer(request, 500, VnkgError.code, VnkgError.title, NOT_TOLD)
