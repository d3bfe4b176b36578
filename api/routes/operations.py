"""Routes for operators (health, readiness, metrics) and for static files.

They run in the event loop: whatever the engine and the threads are busy with, they answer.
"""

import logging
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from ...graph.errors import EngineError, NotFound, NotLoaded
from ...graph.messages import quote_for_message
from ..http.assets import asset_url, assets, media_type
from ..http.envelope import encode_json
from ..http.request import service_of
from ..http.request_checks import StrictRoute
from .models.common import ServiceState

router = APIRouter(route_class=StrictRoute, tags=["service"])
_LOG = logging.getLogger("vnkg.api")
READY_SECONDS = 2.0
"""Seconds after which an engine that has not answered counts as unavailable."""
_CACHE_ONE_YEAR = "public, max-age=31536000, immutable"


@router.get("/healthz", response_model=ServiceState, summary="Is the process alive?")
async def healthz() -> Response:
    """Responds as long as the process runs, whatever the state of the engine."""
    return Response(encode_json({"status": "ok"}), media_type="application/json")


@router.get(
    "/readyz",
    response_model=ServiceState,
    summary="Can it answer?",
    responses={503: {"model": ServiceState, "description": "Empty, loading, or without an engine."}},
)
async def readyz(request: Request) -> Response:
    """`ready` when a complete release is loaded; otherwise `loading`, `empty` or `unavailable`, with status 503."""
    release_cache = service_of(request).release_cache
    await release_cache.refresh_within(READY_SECONDS)
    if release_cache.is_stale:
        _LOG.error("%s at /readyz: no answer within %.0f s", EngineError.code, READY_SECONDS)
        return _not_ready("unavailable", "the engine does not answer; the log says why")
    try:
        release = release_cache.last_result()
    except NotLoaded as error:
        state = "loading" if "loading" in str(error) or "under way" in str(error) else "empty"
        return _not_ready(state, str(error))
    except EngineError as error:  # the message may name the engine's host, database, folder or port
        _LOG.error("%s at /readyz: %s", error.code, error)
        return _not_ready("unavailable", "the engine does not answer; the log says why")
    return Response(encode_json({"status": "ready", "detail": release["release"]}), media_type="application/json")


def _not_ready(state: str, detail: str) -> Response:
    body = encode_json({"status": state, "detail": detail})
    return Response(body, 503, {"Retry-After": "2"}, "application/json")


@router.get(
    "/metrics",
    response_model=None,
    response_class=Response,
    summary="Metrics",
    responses={200: {"content": {"text/plain": {}}}},
)
async def metrics(request: Request) -> Response:
    """Requests, durations, pools, response cache, engine and release, in the Prometheus text format."""
    return Response(service_of(request).metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/static/{version}/{name}", response_model=None, include_in_schema=False)
async def static(version: Annotated[str, Path()], name: Annotated[str, Path()]) -> Response:
    """Return a static file. An outdated version in the URL gets the current file, marked `no-cache`."""
    content_type, body = media_type(name), assets().get(name)
    if content_type is None or body is None:
        raise NotFound(f"{quote_for_message(name)}: no such file")
    cache_control = _CACHE_ONE_YEAR if asset_url(name) == f"/static/{version}/{name}" else "no-cache"
    return Response(body, media_type=content_type, headers={"Cache-Control": cache_control})
