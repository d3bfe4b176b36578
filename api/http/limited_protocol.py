"""HTTP/1.1 on a socket with limits: bytes and seconds of a request, open sockets, and a valid Host header.

httptools parses; it has no limit of its own (decisions/limits.md). What is refused here has reached no application.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Literal

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from ...graph.errors import (
    BadRequest,
    BodyTooBig,
    HeadersTooBig,
    SlowRequest,
    TooManyConnections,
    TooManyPipelined,
    VnkgError,
)
from .client_address import address_group, is_within, plain_address
from .problem_json import problem_json

MAX_HEADER_BYTES = 65_536
"""Maximum bytes of the request line and all headers."""
MAX_BODY_BYTES = 65_536
"""Maximum bytes of a body. No address of the service reads one."""
MAX_BODY_OVERHEAD = 4 * MAX_BODY_BYTES
"""Maximum bytes that a body may take on the wire, with the sizes and extensions of its chunks."""
MAX_PIPELINED = 128
"""Maximum number of requests that a client may send before the first of them is answered."""
SEND_SECONDS = 60.0
"""Seconds without any progress after which a response is given up that the client does not take."""
LINGER_SECONDS = 1.0
"""Seconds to discard what a refused client still sends: a socket closed earlier would lose the answer on its way."""
MAX_LINGER_BYTES = 1_048_576
MAX_LINGERING = 32
"""Maximum number of sockets above the limit that get these seconds; the others are closed at once."""
RETRY_AFTER_SECONDS = 5
_HOST_PATTERN = re.compile(rb"(?:[A-Za-z0-9._~-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?")
_Phase = Literal["idle", "headers", "body"]


@dataclass(slots=True)
class SocketLimits:
    """Limits that the connections of one server share. Sockets of `trusted_networks` have no limit per address."""

    sockets: int = 512
    sockets_per_address: int | None = None
    request_seconds: float = 10.0
    """Seconds from the connection, or the first byte after a response, until a request is complete."""
    trusted_networks: Collection[IPv4Network | IPv6Network] = ()
    sockets_by_address: Counter[str] = field(default_factory=Counter[str])
    lingering: int = 0
    """Number of open sockets that were refused because there were too many."""


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's protocol on httptools; what exceeds a limit gets an error response, and the connection is closed."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: SocketLimits,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.limits = limits
        self._phase: _Phase = "idle"
        self._request_bytes = 0
        """Bytes of the request that is not complete yet, without those that came together with an earlier one."""
        self._body_bytes = 0
        self._chunk_ends_request = False
        self._refusal: VnkgError | None = None
        self._discarded_bytes = 0
        self._is_surplus = False
        self._address = ""
        self._timer: asyncio.TimerHandle | None = None
        """Ends the connection if the request is not complete in time, or when a refused client had its time."""
        self._send_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection, or refuse it with 503 if too many are open."""
        super().connection_made(transport)
        if self.client is not None:
            self.client = plain_address(self.client[0]), self.client[1]
            self._address = address_group(self.client[0])
        limits, by_address = self.limits, self.limits.sockets_by_address
        is_one_too_many = (
            limits.sockets_per_address is not None
            and by_address[self._address] >= limits.sockets_per_address
            and not (self.client and is_within(self.client[0], limits.trusted_networks))
        )
        by_address[self._address] += 1
        if is_one_too_many or len(self.connections) - limits.lingering > limits.sockets:
            self._is_surplus = True
            limits.lingering += 1
            self._refuse(TooManyConnections("the service has no free connection; expected a later attempt"))
            if limits.lingering > min(MAX_LINGERING, limits.sockets):
                transport.close()
        else:
            self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Free what the connection held."""
        super().connection_lost(exc)
        self._stop_timer()
        self.resume_writing()
        self.limits.lingering -= self._is_surplus
        self.limits.sockets_by_address[self._address] -= 1
        if not self.limits.sockets_by_address[self._address]:
            del self.limits.sockets_by_address[self._address]

    def data_received(self, data: bytes) -> None:
        """Parse what arrived, and refuse a request that exceeds a limit."""
        if self._refusal is not None:
            self._discarded_bytes += len(data)
            if self._is_surplus or self._discarded_bytes > MAX_LINGER_BYTES:
                self.transport.close()
            return
        self._unset_keepalive_if_required()
        self._chunk_ends_request = False
        assert self.parser is not None  # noqa: S101  it is there until the connection is lost
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.cycle.keep_alive = False  # answered as if it asked for no other protocol, and then closed
            return
        except httptools.HttpParserError as error:
            refusal = error.__context__
            if not isinstance(refusal, VnkgError):
                self.logger.warning("Invalid HTTP request received.")
                refusal = BadRequest("the bytes received are no HTTP request; expected HTTP/1.1")
            self._refuse(refusal)
            return
        if self._phase == "idle":
            if not self._is_answering:
                self._start_timer()  # after empty lines, which may stand before a request
            return
        self._start_timer()
        if not self._chunk_ends_request:
            self._request_bytes += len(data)
            if self._phase == "headers" and self._request_bytes > MAX_HEADER_BYTES:
                self._refuse(_headers_too_big())
            elif self._request_bytes > MAX_HEADER_BYTES + MAX_BODY_OVERHEAD:
                self._refuse(_body_too_big())

    def on_message_begin(self) -> None:
        """Start to count the bytes of a request."""
        super().on_message_begin()
        self._phase = "headers"
        self._request_bytes = self._body_bytes = 0

    def on_headers_complete(self) -> None:
        """Check the headers, before anything else is done with the request."""
        assert self.parser is not None  # noqa: S101  it is there until the connection is lost
        header_bytes = len(self.parser.get_method()) + len(self.url) + len("  HTTP/1.1\r\n\r\n")
        hosts: list[bytes] = []
        for name, value in self.headers:
            header_bytes += len(name) + len(value) + len(": \r\n")
            if name == b"host":
                hosts.append(value)
            elif name == b"content-length" and int(value) > MAX_BODY_BYTES:
                raise _body_too_big()
        if header_bytes > MAX_HEADER_BYTES:
            raise _headers_too_big()
        if len(hosts) != 1 and (hosts or self.parser.get_http_version() == "1.1"):
            raise BadRequest(f"Host: found {len(hosts)} of it; expected one")
        if hosts and not _HOST_PATTERN.fullmatch(hosts[0]):
            raise BadRequest("Host: found no valid name; expected a host and perhaps a port")
        if len(self.pipeline) >= MAX_PIPELINED:
            raise TooManyPipelined(f"more than {MAX_PIPELINED} requests at once; expected to wait for answers")
        self._phase = "body"
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count the bytes of the body."""
        self._body_bytes += len(body)
        if self._body_bytes > MAX_BODY_BYTES:
            raise _body_too_big()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End the time limit of the request."""
        self._phase = "idle"
        self._chunk_ends_request = True
        self._stop_timer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Refuse what could not be refused before the earlier requests of the connection were answered."""
        is_last = not self.pipeline
        super().on_response_complete()
        if is_last and self._refusal is not None and not self.transport.is_closing():
            self._send_refusal(self._refusal)

    def pause_writing(self) -> None:
        """Watch a response that the client does not take."""
        super().pause_writing()
        self._watch_sending()

    def resume_writing(self) -> None:
        """Stop watching."""
        super().resume_writing()
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, even if the client does not take the rest of a response."""
        super().timeout_keep_alive_handler()
        self._watch_sending()

    @property
    def _is_answering(self) -> bool:
        return bool(self.cycle) and not self.cycle.response_complete

    def _watch_sending(self, previous_bytes: int = -1) -> None:
        unsent_bytes = self.transport.get_write_buffer_size()
        if unsent_bytes == previous_bytes:
            self.transport.abort()
        elif unsent_bytes:
            self._send_timer = self.loop.call_later(SEND_SECONDS, self._watch_sending, unsent_bytes)

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.limits.request_seconds, self._on_timeout)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timeout(self) -> None:
        self._timer = None
        if self._phase == "idle":
            self.transport.close()
        else:
            seconds = self.limits.request_seconds
            self._refuse(SlowRequest(f"the request is not complete after {seconds:g} s; expected all of it"))

    def _refuse(self, refusal: VnkgError) -> None:
        """Send an error response once earlier requests are answered, and close the connection."""
        self._refusal = refusal
        self._stop_timer()
        if self._phase == "body":  # the application has the request already; the refusal is the answer to it
            if self.pipeline:
                self.pipeline.popleft()
            elif self.cycle.response_started:
                self.transport.close()
                return
            else:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
                self._send_refusal(refusal)
                return
        if self._is_answering:
            self.flow.pause_reading()
        else:
            self._send_refusal(refusal)

    def _send_refusal(self, refusal: VnkgError) -> None:
        headers = {"Connection": "close", "Cache-Control": "no-store"}
        if refusal.status == TooManyConnections.status:
            headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response = problem_json(refusal.status, refusal.code, refusal.title, str(refusal), headers)
        lines = [name + b": " + value for name, value in (*self.server_state.default_headers, *response.raw_headers)]
        head = STATUS_LINE[refusal.status] + b"\r\n".join(lines) + b"\r\n\r\n"
        self._unset_keepalive_if_required()
        self.transport.write(head + bytes(response.body))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()
        self._timer = self.loop.call_later(LINGER_SECONDS, self.transport.abort)


def _headers_too_big() -> HeadersTooBig:
    return HeadersTooBig(f"request line and headers: expected at most {MAX_HEADER_BYTES} bytes")


def _body_too_big() -> BodyTooBig:
    return BodyTooBig(f"body: expected at most {MAX_BODY_BYTES} bytes")
