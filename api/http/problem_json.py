"""Problems as JSON (RFC 9457), and which paths respond with them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

PROBLEM_MEDIA_TYPE = "application/problem+json"
READ_METHODS = "GET, HEAD, OPTIONS"
"""Methods that the API allows, as the `Allow` header lists them."""


def is_api(path: str) -> bool:
    """True if a path is for programs (API, static files, operations), so that its errors are JSON."""
    return path.startswith(("/api/", "/static/")) or path in (
        "/api",
        "/openapi.json",
        "/metrics",
        "/healthz",
        "/readyz",
    )


def is_open_to_other_sites(path: str) -> bool:
    """True if a script on any site may read a path: the API and its description, but not what is for operators."""
    return path.startswith("/api/") or path in ("/api", "/openapi.json")


def problem_json(
    status: int,
    code: str,
    title: str,
    detail: str,
    headers: Mapping[str, str],
    choices: Sequence[tuple[str, str]] | None = None,
) -> Response:
    """Return a problem response with the JSON keys `type`, `title`, `status`, `detail` and `code`.

    `choices` are entities that a name may mean, `(id, name)`; if given, they become a list of `{id, name}`.
    """
    problem: dict[str, Any] = {
        "type": f"/about#{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if choices is not None:
        problem["choices"] = [{"id": entity_id, "name": name} for entity_id, name in choices]
    body = json.dumps(problem, ensure_ascii=False).encode(errors="replace")
    return Response(body, status, dict(headers), PROBLEM_MEDIA_TYPE)
