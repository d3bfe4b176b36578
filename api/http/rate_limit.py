"""A rate limit for each client address, and the outermost ASGI middleware, which refuses what exceeds it.

The middleware also answers requests that a shutdown cancels.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from ...graph.errors import ShuttingDown, TooManyRequests, VnkgError
from .client_address import address_group
from .negotiation import negotiate_variant
from .problem_json import is_api, is_open_to_other_sites
from .ready_responses import CORS_HEADERS, NO_STORE_HEADER, SECURITY_HEADERS, ResponseCacheMiddleware

MAX_CLIENTS = 20_000
"""Clients that are remembered (3 MB); above it, the one whose last request is longest ago is forgotten."""
SHUTDOWN_RETRY_SECONDS = 10
"""Seconds after which a client may try again that a shutdown has cut off."""


class RateLimiter:
    """A token bucket for each client: `burst` requests at once, refilled with `rate` requests a second.

    Of each client only the time is kept at which its bucket will be full again (GCRA, ITU-T I.371). For one thread.
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds_per_request = 1 / rate
        self._burst_seconds = burst / rate
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, client: str) -> float:
        """Take a request from the bucket of a client; return 0, or the seconds until there is one if it is empty."""
        now = self._clock()
        full_at = max(now, self._full_at.get(client, now)) + self._seconds_per_request
        wait_seconds = full_at - now - self._burst_seconds
        if wait_seconds > 1e-9:
            return wait_seconds
        self._full_at[client] = full_at
        self._full_at.move_to_end(client)
        if len(self._full_at) > MAX_CLIENTS:
            self._full_at.popitem(last=False)
        return 0.0


class RefusalMiddleware:
    """The outermost ASGI middleware: 429 for a client above its rate, 503 for a request that a shutdown cancels.

    `on_error` makes the response for one of our errors.
    """

    def __init__(
        self,
        app: ResponseCacheMiddleware,
        limiter: RateLimiter | None,
        on_error: Callable[[Request, VnkgError], Response],
    ) -> None:
        self.app = app
        self.limiter = limiter
        self.on_error = on_error
        self._bodies: dict[tuple[type[VnkgError], bool, str], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the application, unless the client has to wait."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if self.limiter is not None and not path.startswith("/static/") and path != "/healthz":
            host = scope["client"][0] if scope.get("client") else ""
            if wait_seconds := self.limiter.take(address_group(host)):
                error = TooManyRequests("too many requests from this address; expected to wait before the next one")
                await self._send_error(scope, send, error, wait_seconds, b"keep-alive")
                return
        is_started = False

        async def send_message(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(message)

        try:
            await self.app(scope, receive, send_message)
        except asyncio.CancelledError:
            if not is_started:
                error = ShuttingDown("the service is shutting down; expected a later attempt")
                await self._send_error(scope, send, error, SHUTDOWN_RETRY_SECONDS, b"close")

    async def _send_error(
        self, scope: Scope, send: Send, error: VnkgError, retry_seconds: float, connection: bytes
    ) -> None:
        """Send an error response. It says nothing of the request, so it is made once for each language."""
        is_for_programs, language = is_api(scope["path"]), negotiate_variant(scope)[1]
        key = type(error), is_for_programs, language
        if key not in self._bodies:
            path, query = "/api" if is_for_programs else "/", f"lang={language}".encode()
            request = Request({**scope, "path": path, "raw_path": path.encode(), "query_string": query})
            self._bodies[key] = self.on_error(request, error)
        response = self._bodies[key]
        headers = [(name, value) for name, value in response.raw_headers if name != b"retry-after"]
        headers += [(b"retry-after", b"%d" % math.ceil(retry_seconds)), (b"connection", connection), NO_STORE_HEADER]
        headers += SECURITY_HEADERS + (CORS_HEADERS if is_open_to_other_sites(scope["path"]) else [])
        await send({"type": "http.response.start", "status": error.status, "headers": headers})
        await send({"type": "http.response.body", "body": bytes(response.body)})
        self.app.record_response(scope, "none", error.status, time.perf_counter())
