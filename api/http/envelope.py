"""The one shape of every JSON answer: `{data, meta, next}`, and cursors bound to a release."""

import base64
import hashlib
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...graph.errors import BadCursor
from ...graph.model.release import ATTRIBUTION, LICENCE
from .request import service_of


def encoded(value: Any) -> bytes:
    """Return compact JSON; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def reply(request: Request, data: Any, *, following: str | None = None, truncated: bool = False) -> Response:
    """Return data in the envelope; `following` is the cursor of the next page."""
    release = service_of(request).release()
    meta = {
        "release": release["release"],
        "data_date": release["data_date"],
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "truncated": truncated or following is not None,
    }
    headers: dict[str, str] = {}
    if following is not None:
        address = request.url.include_query_params(cursor=following)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    body = encoded({"data": data, "meta": meta, "next": following})
    return Response(body, media_type="application/json", headers=headers)


def unkept(response: Response, found: dict[str, Any]) -> Response:
    """Return a response that nobody keeps where time was up: asked again, there may be more in it."""
    if found["looked"]["stopped"] == "time":
        response.headers["Cache-Control"] = "no-store"
    return response


def _listing(request: Request) -> str:
    """Return a short name of what is listed: path and filters, without place and size of the page."""
    pairs = sorted((key, value) for key, value in request.query_params.multi_items() if key not in ("cursor", "limit"))
    return hashlib.sha256(json.dumps([request.url.path, pairs]).encode()).hexdigest()[:8]


def cursor_after(request: Request, last: str) -> str:
    """Return the opaque cursor of the page that follows `last`."""
    release = service_of(request).release()["release"]
    text = json.dumps([release, _listing(request), last], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> tuple[str, str, str]:
    """Return release, listing and last id of a cursor; raise ValueError or RecursionError if it has no such content."""
    match json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)):
        case [str(release), str(listing), str(last)]:
            f"{release}{listing}{last}".encode()  # no lone surrogate, which the engine could not be sent
            return release, listing, last
        case _:
            raise ValueError("expected a list of three strings")


def place_of(request: Request, cursor: str | None) -> str | None:
    """Return the id after which a page starts; raise `BadCursor` if it is damaged or made for something else."""
    if cursor is None:
        return None
    try:
        release, listing, last = _decoded(cursor)
    except (ValueError, RecursionError) as error:  # ValueError includes binascii.Error and UnicodeError
        raise BadCursor("cursor: damaged; expected the `next` of an earlier answer, unchanged") from error
    current = service_of(request).release()["release"]
    if release != current:
        raise BadCursor(
            f"cursor: of release {release[:40]}; the release is now {current}; start again without a cursor"
        )
    if listing != _listing(request):
        raise BadCursor("cursor: made for another address or other filters; keep them, or start without a cursor")
    return last


def page(request: Request, items: list[dict[str, Any]], limit: int, key: str = "id") -> Response:
    """Return up to `limit` of the items and, when one more was found, the cursor of the rest."""
    place_of(request, request.query_params.get("cursor"))  # again: another release may have come before the read
    shown = items[:limit]
    following = cursor_after(request, str(shown[-1][key])) if len(items) > limit else None
    return reply(request, shown, following=following)
