"""Routes whose work is limited: how many requests of a kind are computed at once, and how many wait."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from ..service.service import Service

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_HEAVY_ENDPOINTS: set[Callable[..., Any]] = set()


def heavy(endpoint: Endpoint) -> Endpoint:
    """Declare that an endpoint may take long, so that few of its requests are computed at once."""
    _HEAVY_ENDPOINTS.add(endpoint)
    return endpoint


class PooledRoute(APIRoute):
    """A route whose work waits for a slot of the service's pools; an `async` endpoint runs in the event loop without.

    Raises `ServiceBusy` if too many requests wait already.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or any error of it, in a slot."""
        handle = super().handle
        if iscoroutinefunction(self.endpoint):
            await handle(scope, receive, send)
            return
        service: Service = scope["app"].state.service
        pool = service.heavy_pool if self.endpoint in _HEAVY_ENDPOINTS else service.light_pool
        await pool.execute(lambda: handle(scope, receive, send))
