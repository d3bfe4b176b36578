"""The JSON envelope of every answer, `{data, meta, next}`, and pagination cursors bound to a release."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...graph.errors import BadCursor
from ...graph.model.release import ATTRIBUTION, LICENCE
from ...graph.reader.objects import Paths
from .request import service_of


def encode_json(value: Any) -> bytes:
    """Encode a value as compact UTF-8 JSON; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def envelope_response(
    request: Request, data: Any, *, next_cursor: str | None = None, is_truncated: bool = False
) -> Response:
    """Return `data` in the envelope.

    `next_cursor` is the cursor of the next page: it becomes `next`, sets `meta.truncated` and adds a `Link` header.
    """
    release = service_of(request).release()
    meta = {
        "release": release["release"],
        "data_date": release["data_date"],
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "truncated": is_truncated or next_cursor is not None,
    }
    headers: dict[str, str] = {}
    if next_cursor is not None:
        next_url = request.url.include_query_params(cursor=next_cursor)
        headers["Link"] = f'<{next_url.path}?{next_url.query}>; rel="next"'
    body = encode_json({"data": data, "meta": meta, "next": next_cursor})
    return Response(body, media_type="application/json", headers=headers)


def mark_uncacheable(response: Response, answer: Paths) -> Response:
    """Set `Cache-Control: no-store` if the path search in `answer` ran out of time: a repeated search may find more."""
    if answer["search_extent"]["stop_reason"] == "time":
        response.headers["Cache-Control"] = "no-store"
    return response


def _listing_hash(request: Request) -> str:
    """Return a short hash of path and filters, without `cursor` and `limit`: it identifies the list being paged."""
    pairs = sorted((key, value) for key, value in request.query_params.multi_items() if key not in ("cursor", "limit"))
    return hashlib.sha256(json.dumps([request.url.path, pairs]).encode()).hexdigest()[:8]


def cursor_after(request: Request, last_id: str) -> str:
    """Return the opaque cursor of the page that starts after the item `last_id`.

    It is base64url of a JSON list: release, hash of the listing, last id.
    """
    release = service_of(request).release()["release"]
    text = json.dumps([release, _listing_hash(request), last_id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _parse_cursor(cursor: str) -> tuple[str, str, str]:
    """Return release, listing hash and last id of a cursor; raise ValueError or RecursionError if it is malformed."""
    match json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)):
        case [str(release), str(listing), str(last)]:
            f"{release}{listing}{last}".encode()  # a lone surrogate raises here; the driver could not send it
            return release, listing, last
        case _:
            raise ValueError("expected a list of three strings")


def last_id_from_cursor(request: Request, cursor: str | None) -> str | None:
    """Return the id after which the page starts; None without a cursor.

    Raises `BadCursor` if the cursor is damaged, or belongs to another release, path or filter.
    """
    if cursor is None:
        return None
    try:
        release, listing, last_id = _parse_cursor(cursor)
    except (ValueError, RecursionError) as error:  # ValueError includes binascii.Error and UnicodeError
        raise BadCursor("cursor: damaged; expected the `next` of an earlier answer, unchanged") from error
    current = service_of(request).release()["release"]
    if release != current:
        raise BadCursor(
            f"cursor: of release {release[:40]}; the release is now {current}; start again without a cursor"
        )
    if listing != _listing_hash(request):
        raise BadCursor("cursor: made for another address or other filters; keep them, or start without a cursor")
    return last_id


def page_response(request: Request, items: Sequence[Mapping[str, Any]], limit: int, id_key: str = "id") -> Response:
    """Return the first `limit` items, and the cursor of the next page if there are more.

    Callers read `limit + 1` items, so that one extra item shows that another page exists. `id_key` is the field that
    the cursor continues from.
    """
    # Checked again: a new release may have been loaded before the read.
    last_id_from_cursor(request, request.query_params.get("cursor"))
    page_items = items[:limit]
    next_cursor = cursor_after(request, str(page_items[-1][id_key])) if len(items) > limit else None
    return envelope_response(request, page_items, next_cursor=next_cursor)
