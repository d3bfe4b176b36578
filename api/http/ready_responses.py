"""ASGI middleware in front of routing: response cache, ETag and 304, HEAD, security headers, CORS, metrics.

The cache key is release, path, query, and the negotiated format and language. The same functions negotiate them for the
key and for the response, so a header that changes nothing adds no entry, and a new release never gets old bytes.
"""

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from sys import getsizeof

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...graph.errors import ReleaseChanged, VnkgError
from ...graph.store.snapshot import begin_answer, source
from ..service.service import Service
from .negotiation import negotiated
from .problem_json import READS, is_api
from .request_checks import LONGEST_QUERY, readable

NOT_KEPT = (b"cache-control", b"no-store")
NEVER_KEPT = ("/healthz", "/readyz", "/metrics")
TRIES = 3
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
OVERHEAD = 700
"""Bytes of a cache entry besides its strings: the objects around them, and the entry in the dictionary."""
HEADER_OVERHEAD = 80
"""Bytes of the objects around one header, besides its strings."""
SAFE = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
]
CLOSED = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
OPEN_READS = [(b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", b"ETag, Link, Retry-After")]
PREFLIGHT = [
    (b"allow", READS.encode()),
    (b"access-control-allow-methods", READS.encode()),
    (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
KEPT_ON_304 = (b"etag", b"cache-control", b"vary", b"content-location", b"link")

Headers = list[tuple[bytes, bytes]]
OnError = Callable[[Request, VnkgError], Response]
OnUnexpected = Callable[[Request], Response]
Key = tuple[str, str, bytes, str, str]
"""Release, path, query, negotiated media type, negotiated language."""


@dataclass(slots=True)
class Ready:
    """A complete response; `route` is the path template (for metrics), `release` the release it was made from."""

    status: int
    headers: Headers
    body: bytes
    etag: bytes
    route: str
    release: str | None


def key_of(scope: Scope, release: str) -> Key:
    """Return the cache key of a request; nothing else in a request changes a response with status 200."""
    return release, scope["path"], scope["query_string"], *negotiated(scope)


def size_of(key: Key, ready: Ready) -> int:
    """Return an upper estimate of an entry's memory in bytes: key, headers, body, and the objects around them."""
    headers = sum(getsizeof(name) + getsizeof(value) + HEADER_OVERHEAD for name, value in ready.headers)
    return sum(map(getsizeof, key)) + headers + getsizeof(ready.body) + OVERHEAD


class Store:
    """LRU cache of responses, bounded by bytes (`entry_size` of each entry)."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._kept: OrderedDict[Key, Ready] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Ready | None:
        """Return a cached response and mark it as recently used; None if there is none."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, ready: Ready) -> None:
        """Add a response and evict the least recently used ones above the limit.

        A response larger than an eighth of the limit is not cached.
        """
        size = size_of(key, ready)
        if size > self.limit // 8:
            return
        old = self._kept.pop(key, None)
        self.bytes += size - (size_of(key, old) if old else 0)
        self._kept[key] = ready
        while self.bytes > self.limit:
            self.bytes -= size_of(*self._kept.popitem(last=False))


class ReadyLayer:
    """The ASGI middleware; all of it runs in the event loop, so it needs no lock.

    `on_error` makes the response for one of our errors, `on_unexpected_error` the one for any other exception.
    """

    def __init__(self, app: ASGIApp, service: Service, on_error: OnError, on_unexpected: OnUnexpected) -> None:
        self.app = app
        self.service = service
        self.on_error = on_error
        self.on_unexpected = on_unexpected
        self.store = Store(service.settings.cache_megabytes * 1024 * 1024) if service.settings.cache else None
        self._looking = False
        self._log = logging.getLogger("vnkg.api")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond from the cache, or call the application and cache its response.

        Cached are responses with status 200 and without `no-store` that were made from the current release.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        method: str = scope["method"]
        if method == "OPTIONS" and is_api(scope["path"]):
            await _send(send, 204, PREFLIGHT + OPEN_READS + SAFE, b"")
            return
        if_none_match = b""
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                if_none_match = if_none_match + b"," + value if if_none_match else value
        key: Key | None = None
        ready: Ready | None = None
        if method in ("GET", "HEAD") and scope["path"] not in NEVER_KEPT:
            if self.service.marker.stale and not self._looking:
                await self._look()
            release = self.service.marker.known()
            if self.store is not None and release is not None and len(scope["query_string"]) <= LONGEST_QUERY:
                key = key_of(scope, release["release"])
                ready = self.store.get(key)
                self.service.metrics.cache["miss" if ready is None else "hit"] += 1
        if ready is None:
            ready = await self._ask(scope, receive)
            lasting = ready.status == 200 and NOT_KEPT not in ready.headers
            if lasting and key is not None and self.store is not None and ready.release == key[0]:
                self.store.put(key, ready)
                self.service.metrics.entries, self.service.metrics.bytes = len(self.store), self.store.bytes
        status = await _answer(send, ready, method, if_none_match)
        counted = method if method in METHODS else "other"
        self.service.metrics.count(counted, ready.route, status, time.perf_counter() - started)

    async def _look(self) -> None:
        """Check for a new release in a thread of its own, so that no other request waits for it."""
        self._looking = True
        try:
            await to_thread.run_sync(self.service.marker.look, limiter=CapacityLimiter(1))
        finally:
            self._looking = False

    async def _ask(self, scope: Scope, receive: Receive) -> Ready:
        """Call the application and collect its whole response; HEAD is handled as GET.

        Retries, up to `MAX_ATTEMPTS` times in all, if a new release was loaded between two reads of the request.
        """
        for turn in range(TRIES):
            asked = dict(scope)
            if asked["method"] == "HEAD":
                asked["method"] = "GET"
            status = 500
            headers: Headers = []
            parts: list[bytes] = []

            async def take(message: Message) -> None:
                nonlocal status, headers
                if message["type"] == "http.response.start":
                    status, headers = message["status"], list(message.get("headers", []))
                elif message["type"] == "http.response.body":
                    parts.append(message.get("body", b""))  # noqa: B023  called within this attempt only

            begin_answer()
            try:
                readable(asked)
                await self.app(asked, receive, take)
            except VnkgError as error:
                if isinstance(error, ReleaseChanged) and turn < TRIES - 1:
                    continue
                parts.clear()
                await self.on_error(Request(asked), error)(asked, receive, take)
            except Exception:  # noqa: BLE001  the one handler for unexpected errors
                self._log.exception("unexpected error at %s", asked["path"])
                parts.clear()
                await self.on_unexpected(Request(asked))(asked, receive, take)
            return self._complete(asked, status, headers, b"".join(parts))
        raise AssertionError

    def _complete(self, scope: Scope, status: int, headers: Headers, body: bytes) -> Ready:
        """Add security, CORS, cache and `Vary` headers, and to a successful GET a strong ETag."""
        path: str = scope["path"]
        there, known = source(), self.service.marker.known()
        release = there.release if there is not None else known["release"] if known else None
        given = {name for name, _ in headers}
        headers = headers + SAFE
        if b"content-security-policy" not in given:
            headers.append(CLOSED)
        if is_api(path):
            headers += OPEN_READS
        etag = b""
        if path in NEVER_KEPT or status >= 300:
            headers.append((b"cache-control", b"no-store"))
        elif status == 200 and scope["method"] == "GET":
            digest = hashlib.sha256((release or "").encode())
            for part in (path.encode(), scope["query_string"], dict(headers).get(b"content-type", b""), body):
                digest.update(part + b"\0")
            etag = b'"' + digest.hexdigest()[:32].encode() + b'"'
            headers.append((b"etag", etag))
            if b"cache-control" not in given:
                headers.append((b"cache-control", b"no-cache"))
        if path not in NEVER_KEPT:
            headers.append((b"vary", b"Accept, Accept-Language"))
        return Ready(status, headers, body, etag, getattr(scope.get("route"), "path", "none"), release)


def matches(if_none_match: bytes, etag: bytes) -> bool:
    """True if an If-None-Match header contains this ETag; uses weak comparison (RFC 9110, section 13.1.2)."""
    if if_none_match.strip() == b"*":
        return True
    return any(part.strip().removeprefix(b"W/") == etag for part in if_none_match.split(b","))


async def _answer(send: Send, ready: Ready, method: str, if_none_match: bytes) -> int:
    if ready.etag and if_none_match and matches(if_none_match, ready.etag):
        await _send(send, 304, [pair for pair in ready.headers if pair[0] in KEPT_ON_304 or pair in OPEN_READS], b"")
        return 304
    await _send(send, ready.status, ready.headers, b"" if method == "HEAD" else ready.body)
    return ready.status


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
