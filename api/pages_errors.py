"""The page of an error, in the usual look: what happened, what may have been meant, what to do next."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.lost import ASKED, guess, offers
from vnkg.api.render import language_for, link_maker, render
from vnkg.api.service import service_of
from vnkg.graph.errors import Gone, NotFound, VnkgError

UNKNOWN = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUEST_URI_TOO_LONG)
"""Problems of the address itself, so that its end may be what somebody looked for."""


def error_page(
    request: Request, status: int, code: str, detail: str, headers: Mapping[str, str], error: VnkgError | None = None
) -> Response:
    """Return an error as a page."""
    service, path = service_of(request), request.url.path
    asked = any(request.query_params.get(name) for name in ASKED)
    wanted, near = (error.wanted, error.nearest) if isinstance(error, NotFound) else ("", ())
    found = offers(service, path, wanted, near, language_for(request)) if status == HTTPStatus.NOT_FOUND else []
    kind = service.schema.node_of(path.rpartition("/")[2]) if isinstance(error, Gone) else None
    return render(
        request,
        "error.html",
        status=status,
        headers=headers,
        http_status=status,
        code=code,
        detail=detail,
        wanted=wanted,
        offers=found,
        guess=guess(path, request.query_params) if asked or status in UNKNOWN else "",
        kind=kind,
        bare=link_maker(request)(path) if status == HTTPStatus.UNPROCESSABLE_ENTITY and len(path) < 500 else "",
    )
