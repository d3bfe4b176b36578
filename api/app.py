"""The FastAPI application. The graph is opened in its lifespan."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any

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
from .http.rate_limit import RateLimiter, RefusalMiddleware
from .http.ready_responses import ResponseCacheMiddleware
from .i18n.words import word_table
from .pages._base import cards
from .pages._base.discovery import discover_pages
from .pages._base.menu import Menu
from .pages._base.render import environment
from .routes import about, articles, ask, compare, entities, operations, paths, search
from .routes.openapi import openapi_document
from .routes.queries import queries_router
from .service.service import Service


class _Application(FastAPI):
    """FastAPI wrapped in two middlewares: a refused or cached response is sent before FastAPI does any work."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request as an ASGI application."""
        scope["app"] = self
        await self._middleware_layer(scope, receive, send)

    @cached_property
    def _middleware_layer(self) -> RefusalMiddleware:
        cache_layer = ResponseCacheMiddleware(
            super().__call__, self.state.service, error_response, unexpected_error_response
        )
        return RefusalMiddleware(cache_layer, self.state.rate_limiter, error_response)


def create_app(settings: Settings, graph: Graph | None = None, *, is_public: bool = False) -> FastAPI:
    """Create the application; if it `is_public`, each client address has a rate limit.

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
    app.state.rate_limiter = RateLimiter(settings.rate_limit, settings.rate_burst) if is_public else None
    page_modules = discover_pages()
    app.state.menu = Menu((entry for page in page_modules for entry in page.MENU), word_table())
    environment()  # so that a template or a text that is wrong is reported now, and not by the first page
    for router in (
        entities.router,
        articles.router,
        paths.router,
        compare.router,
        ask.router,
        search.router,
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
