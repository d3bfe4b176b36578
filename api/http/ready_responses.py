"""ASGI middleware in front of routing: response cache, ETag and 304, HEAD, security headers, CORS, metrics.

The cache key is release, path, query, and the negotiated format and language. The same functions negotiate them for the
key and for the response, so a header that changes nothing adds no entry, and a new release never gets old bytes.
"""

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from sys import getsizeof

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...graph.deadline import Deadline, current_deadline
from ...graph.errors import ReleaseChanged, VnkgError
from ...graph.reader.objects import ReleaseInfo
from ...graph.store.snapshot import begin_answer, last_read_release
from ..service.service import Service
from .logs import begin_request, log_access, request_id_header
from .negotiation import negotiate_variant
from .problem_json import READ_METHODS, is_open_to_other_sites
from .request_checks import MAX_QUERY_BYTES, validate_url

NO_STORE_HEADER = (b"cache-control", b"no-store")
UNCACHED_PATHS = ("/healthz", "/readyz", "/metrics")
MAX_ATTEMPTS = 3
CLIENT_GONE_STATUS = 499
"""Status that the metrics count for a request whose client left before the response."""
MAX_RELEASE_AGE = 5.0
"""Seconds for which cached responses of the release read last are sent while the engine is slow to confirm it."""
REFRESH_WAIT, MAX_REFRESH_WAIT = 0.03, 2.0
"""Seconds that a request waits for the stored release to be read again: if the last is that young, and if it is not."""
METRIC_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ENTRY_OVERHEAD = 700
"""Bytes of a cache entry besides its strings: the objects around them, and the entry in the dictionary."""
HEADER_OVERHEAD = 80
"""Bytes of the objects around one header, besides its strings."""
SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
]
DEFAULT_CSP_HEADER = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
CORS_HEADERS = [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", b"ETag, Link, Retry-After")]
PREFLIGHT_HEADERS = [
    (b"allow", READ_METHODS.encode()),
    (b"access-control-allow-methods", READ_METHODS.encode()),
    (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
NOT_MODIFIED_HEADERS = (b"etag", b"cache-control", b"vary", b"content-location", b"link")

Headers = list[tuple[bytes, bytes]]
OnError = Callable[[Request, VnkgError], Response]
OnUnexpectedError = Callable[[Request], Response]
CacheKey = tuple[str, str, bytes, str, str]
"""Release, path, query, negotiated media type, negotiated language."""


@dataclass(slots=True)
class BufferedResponse:
    """A complete response; `route` is the path template (for metrics), `release` the release it was made from."""

    status: int
    headers: Headers
    body: bytes
    etag: bytes
    route: str
    release: str | None


def cache_key(scope: Scope, release: str) -> CacheKey:
    """Return the cache key of a request; nothing else in a request changes a response with status 200."""
    return release, scope["path"], scope["query_string"], *negotiate_variant(scope)


def entry_size(key: CacheKey, response: BufferedResponse) -> int:
    """Return an upper estimate of an entry's memory in bytes: key, headers, body, and the objects around them."""
    headers = sum(getsizeof(name) + getsizeof(value) + HEADER_OVERHEAD for name, value in response.headers)
    return sum(map(getsizeof, key)) + headers + getsizeof(response.body) + ENTRY_OVERHEAD


class ResponseCache:
    """LRU cache of responses, bounded by bytes (`entry_size` of each entry)."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.size_bytes = 0
        self._entries: OrderedDict[CacheKey, BufferedResponse] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: CacheKey) -> BufferedResponse | None:
        """Return a cached response and mark it as recently used; None if there is none."""
        response = self._entries.get(key)
        if response is not None:
            self._entries.move_to_end(key)
        return response

    def add(self, key: CacheKey, response: BufferedResponse) -> None:
        """Add a response and evict the least recently used ones above the limit.

        A response larger than an eighth of the limit is not cached.
        """
        size = entry_size(key, response)
        if size > self.max_bytes // 8:
            return
        previous = self._entries.pop(key, None)
        self.size_bytes += size - (entry_size(key, previous) if previous else 0)
        self._entries[key] = response
        while self.size_bytes > self.max_bytes:
            self.size_bytes -= entry_size(*self._entries.popitem(last=False))


class ResponseCacheMiddleware:
    """The ASGI middleware; all of it runs in the event loop, so it needs no lock.

    `on_error` makes the response for one of our errors, `on_unexpected_error` the one for any other exception.
    """

    def __init__(
        self, app: ASGIApp, service: Service, on_error: OnError, on_unexpected_error: OnUnexpectedError
    ) -> None:
        self.app = app
        self.service = service
        self.on_error = on_error
        self.on_unexpected_error = on_unexpected_error
        self.cache = ResponseCache(service.settings.cache_megabytes * 1024 * 1024) if service.settings.cache else None
        self._log = logging.getLogger("vnkg.api")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond from the cache, or call the application and cache its response.

        Cached are responses with status 200 and without `no-store` that were made from the current release.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        metrics = self.service.metrics
        begin_request(scope["headers"])
        start_time, deadline = time.perf_counter(), Deadline(self.service.settings.request_timeout)
        method: str = scope["method"]
        if method == "OPTIONS" and is_open_to_other_sites(scope["path"]):
            await _send_messages(send, 204, PREFLIGHT_HEADERS + CORS_HEADERS + SECURITY_HEADERS, b"")
            return
        if_none_match = b""
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                if_none_match = if_none_match + b"," + value if if_none_match else value
        key: CacheKey | None = None
        response: BufferedResponse | None = None
        if method in ("GET", "HEAD") and scope["path"] not in UNCACHED_PATHS:
            release = await self._current_release()
            if self.cache is not None and release is not None and len(scope["query_string"]) <= MAX_QUERY_BYTES:
                key = cache_key(scope, release["release"])
                response = self.cache.get(key)
                (metrics.cache_misses if response is None else metrics.cache_hits).inc()
        if response is None:
            with metrics.in_progress.track_inprogress():
                response = await self._compute(scope, receive, deadline)
            if response is None:
                self.record_response(scope, "none", CLIENT_GONE_STATUS, start_time)
                return
            is_cacheable = response.status == 200 and NO_STORE_HEADER not in response.headers
            if is_cacheable and key is not None and self.cache is not None and response.release == key[0]:
                self.cache.add(key, response)
                metrics.cache_entries.set(len(self.cache))
                metrics.cache_bytes.set(self.cache.size_bytes)
        status = await _send_response(send, response, method, if_none_match)
        self.record_response(scope, response.route, status, start_time)

    def record_response(self, scope: Scope, route: str, status: int, start_time: float) -> None:
        """Count a response and log it; `start_time` is that of `time.perf_counter`."""
        method, seconds = scope["method"], time.perf_counter() - start_time
        self.service.metrics.count(method if method in METRIC_METHODS else "other", route, status, seconds)
        client = scope.get("client")
        log_access(method, scope["path"], status, seconds, client[0] if client else "")

    async def _current_release(self) -> ReleaseInfo | None:
        """Return the stored release as of a moment ago; None if there is none, or the engine does not tell."""
        release_cache = self.service.release_cache
        if release_cache.is_stale:
            await release_cache.refresh_within(
                REFRESH_WAIT if release_cache.age < MAX_RELEASE_AGE else MAX_REFRESH_WAIT
            )
        return release_cache.last_release if release_cache.age < MAX_RELEASE_AGE else None

    async def _compute(self, scope: Scope, receive: Receive, deadline: Deadline) -> BufferedResponse | None:
        """Return the application's response, or at the deadline a problem; None if the client has left meanwhile.

        Work that is not finished then is told to stop.
        """
        current_deadline.set(deadline)
        work = asyncio.create_task(self._call_app(scope))
        disconnect = asyncio.create_task(_wait_for_disconnect(receive))
        try:
            await asyncio.wait({work, disconnect}, timeout=deadline.remaining, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            return None if disconnect.done() else await self._error_response(scope, deadline.error())
        finally:
            deadline.cancel()
            work.cancel()
            disconnect.cancel()

    async def _error_response(self, scope: Scope, error: VnkgError) -> BufferedResponse:
        response = self.on_error(Request(scope), error)
        return self._finish_response(scope, response.status_code, list(response.raw_headers), bytes(response.body))

    async def _call_app(self, scope: Scope) -> BufferedResponse:
        """Call the application and collect its whole response; HEAD is handled as GET.

        Retries, up to `MAX_ATTEMPTS` times in all, if a new release was loaded between two reads of the request.
        """
        for attempt in range(MAX_ATTEMPTS):
            app_scope = dict(scope)
            if app_scope["method"] == "HEAD":
                app_scope["method"] = "GET"
            status = 500
            headers: Headers = []
            body_parts: list[bytes] = []

            async def collect_message(message: Message) -> None:
                nonlocal status, headers
                if message["type"] == "http.response.start":
                    status, headers = message["status"], list(message.get("headers", []))
                elif message["type"] == "http.response.body":
                    body_parts.append(message.get("body", b""))  # noqa: B023  called within this attempt only

            begin_answer()
            try:
                validate_url(app_scope)
                await self.app(app_scope, _receive_nothing, collect_message)
            except VnkgError as error:
                if isinstance(error, ReleaseChanged) and attempt < MAX_ATTEMPTS - 1:
                    continue
                body_parts.clear()
                await self.on_error(Request(app_scope), error)(app_scope, _receive_nothing, collect_message)
            except Exception:  # noqa: BLE001  the one handler for unexpected errors
                self._log.exception("unexpected error at %s", app_scope["path"])
                body_parts.clear()
                await self.on_unexpected_error(Request(app_scope))(app_scope, _receive_nothing, collect_message)
            return self._finish_response(app_scope, status, headers, b"".join(body_parts))
        raise AssertionError

    def _finish_response(self, scope: Scope, status: int, headers: Headers, body: bytes) -> BufferedResponse:
        """Add security, CORS, cache and `Vary` headers, and to a successful GET a strong ETag."""
        path: str = scope["path"]
        read_source, current_release = last_read_release(), self.service.release_cache.last_release
        release = (
            read_source.release if read_source is not None else current_release["release"] if current_release else None
        )
        header_names = {name for name, _ in headers}
        headers = headers + SECURITY_HEADERS
        if b"content-security-policy" not in header_names:
            headers.append(DEFAULT_CSP_HEADER)
        if is_open_to_other_sites(path):
            headers += CORS_HEADERS
        etag = b""
        if path in UNCACHED_PATHS or status >= 300:
            headers.append((b"cache-control", b"no-store"))
        elif status == 200 and scope["method"] == "GET":
            digest = hashlib.sha256((release or "").encode())
            for part in (path.encode(), scope["query_string"], dict(headers).get(b"content-type", b""), body):
                digest.update(part + b"\0")
            etag = b'"' + digest.hexdigest()[:32].encode() + b'"'
            headers.append((b"etag", etag))
            if b"cache-control" not in header_names:
                headers.append((b"cache-control", b"no-cache"))
        if path not in UNCACHED_PATHS:
            headers.append((b"vary", b"Accept, Accept-Language"))
        return BufferedResponse(status, headers, body, etag, getattr(scope.get("route"), "path", "none"), release)


async def _wait_for_disconnect(receive: Receive) -> None:
    """Return when the client has left; never, for a request with a body that nobody reads."""
    message = await receive()
    while message["type"] == "http.request" and not message.get("more_body", False):
        message = await receive()
    if message["type"] != "http.disconnect":
        await asyncio.Event().wait()


async def _receive_nothing() -> Message:
    """Return an empty body: no route reads one."""
    return {"type": "http.request", "body": b"", "more_body": False}


def etag_matches(if_none_match: bytes, etag: bytes) -> bool:
    """True if an If-None-Match header contains this ETag; uses weak comparison (RFC 9110, section 13.1.2)."""
    if if_none_match.strip() == b"*":
        return True
    return any(part.strip().removeprefix(b"W/") == etag for part in if_none_match.split(b","))


async def _send_response(send: Send, response: BufferedResponse, method: str, if_none_match: bytes) -> int:
    if response.etag and if_none_match and etag_matches(if_none_match, response.etag):
        await _send_messages(
            send,
            304,
            [pair for pair in response.headers if pair[0] in NOT_MODIFIED_HEADERS or pair in CORS_HEADERS],
            b"",
        )
        return 304
    headers = [*response.headers, request_id_header()] if response.status >= 500 else response.headers
    await _send_messages(send, response.status, headers, b"" if method == "HEAD" else response.body)
    return response.status


async def _send_messages(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
