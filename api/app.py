"""The FastAPI application and the uvicorn server that runs it. The graph is opened in the application's lifespan."""

import signal
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cached_property
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from ..graph.catalogue.query import catalogue
from ..graph.disk_cache import DiskCache
from ..graph.engines.bolt import Engine
from ..graph.errors import VnkgError
from ..graph.model.schema import schema
from ..graph.reader.reader import Graph
from ..graph.settings import Settings
from ..loaders.article_texts import Texts
from .error_handlers import (
    error_response,
    on_http_exception,
    on_validation_error,
    on_vnkg_error,
    unexpected_error_response,
)
from .http.ready_responses import ResponseCacheMiddleware
from .i18n.words import word_table
from .pages._base import cards
from .pages._base.discovery import discover_pages
from .pages._base.menu import Menu
from .pages._base.render import environment
from .routes import about, articles, compare, entities, operations, paths
from .routes.openapi import openapi_document
from .routes.queries import queries_router
from .service.service import Service

SHUTDOWN_SECONDS = 3
"""Seconds that running requests get to finish when the server shuts down."""


class _Application(FastAPI):
    """FastAPI wrapped in `ResponseCacheMiddleware`: a cached response is sent before FastAPI does any work."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request as an ASGI application."""
        scope["app"] = self
        await self._middleware_layer(scope, receive, send)

    @cached_property
    def _middleware_layer(self) -> ResponseCacheMiddleware:
        return ResponseCacheMiddleware(super().__call__, self.state.service, error_response, unexpected_error_response)


def create_app(settings: Settings, graph: Graph | None = None) -> FastAPI:
    """Create the application.

    Without `graph`, the lifespan opens the graph of the settings and closes it at the end. A graph that is passed in
    belongs to the caller and stays open.
    """
    texts = Texts(settings.articles) if settings.articles else None
    service = Service(settings, schema(), dict(catalogue() if graph is None else graph.queries), texts)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        if graph is not None:
            with service.serving(graph):
                yield
            return
        disk_cache = DiskCache(settings.cache_folder)
        with (
            Engine.open(settings) as engine,
            service.serving(Graph(engine, service.schema, service.queries, disk_cache)),
        ):
            yield

    app = _Application(
        title="VNKG",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.service = service
    page_modules = discover_pages()
    app.state.menu = Menu((entry for page in page_modules for entry in page.MENU), word_table())
    environment()  # so that a template or a text that is wrong is reported now, and not by the first page
    for router in (
        entities.router,
        articles.router,
        paths.router,
        compare.router,
        queries_router(service.queries),
        about.router,
        operations.router,
        *(router for page in page_modules for router in page.ROUTERS),
        *cards.ROUTERS,
    ):
        app.include_router(router)
    app.add_exception_handler(VnkgError, on_vnkg_error)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    document: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not document:
            document.update(openapi_document(app, settings))
        return document

    app.openapi = openapi
    return app


class _Server(uvicorn.Server):
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Start the graceful shutdown; ignore further signals, which uvicorn would take for a forced exit."""
        if not self.should_exit:
            super().handle_exit(sig, frame)


def run_server(app: FastAPI, listener: socket.socket) -> None:
    """Serve on `listener` until a signal stops the server; a second Ctrl-C does not interrupt the cleanup."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=SHUTDOWN_SECONDS)
    try:
        _Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
