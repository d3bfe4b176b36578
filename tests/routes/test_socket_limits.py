"""Limits of the real server on raw sockets: at each limit, just above it, and what hostile clients send."""

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI

from tests.support.http import graph, running_server, settings
from vnkg.api import server
from vnkg.api.app import create_app
from vnkg.api.http import limited_protocol
from vnkg.api.http.limited_protocol import MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_PIPELINED, SocketLimits

TIMEOUT_SECONDS = 60.0
"""Seconds any answer may take, even on a busy machine."""
ENTITY = "/api/v1/entities/province:aaa"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@dataclass(frozen=True, slots=True)
class RawResponse:
    """A response as it stands on the socket."""

    status: int
    headers: dict[str, str]
    body: bytes


class RawConnection:
    """A connection that sends any bytes and reads responses."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)
        self._buffer = b""

    def send(self, data: bytes) -> None:
        """Send bytes; those that a server refuses to take are lost."""
        with contextlib.suppress(ConnectionError):
            self.socket.sendall(data)

    def receive(self, *, has_body: bool = True) -> RawResponse | None:
        """Read one response; None if the server closes the connection instead."""
        while b"\r\n\r\n" not in self._buffer:
            if not self._receive_more():
                assert self._buffer == b""
                return None
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        first_line, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = int(headers.get("content-length", "0")) if has_body else 0
        while len(self._buffer) < length:
            assert self._receive_more()
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return RawResponse(int(first_line.split(" ")[1]), headers, body)

    def _receive_more(self) -> bool:
        try:
            data = self.socket.recv(1 << 20)
        except ConnectionError:
            return False
        self._buffer += data
        return bool(data)


Connect = Callable[[], RawConnection]


def slow_app() -> FastAPI:
    """The application, and an address that answers when the test lets it."""
    app = create_app(settings(), graph())
    app.state.release = threading.Event()
    app.state.running = 0

    def wait() -> bool:
        app.state.running += 1
        return app.state.release.wait(TIMEOUT_SECONDS)

    app.add_api_route("/wait", wait)
    app.add_api_route("/api/v1/wait", wait)
    return app


@contextlib.contextmanager
def connections_to(address: str) -> Iterator[Connect]:
    """Yield a function that connects; close its connections at the end."""
    with contextlib.ExitStack() as stack:

        def connect() -> RawConnection:
            connection = RawConnection(address)
            stack.callback(connection.socket.close)
            return connection

        yield connect


@pytest.fixture(scope="module")
def slow_server() -> Iterator[tuple[str, FastAPI]]:
    app = slow_app()
    with running_server(app) as address:
        yield address, app


@pytest.fixture
def connect(slow_server: tuple[str, FastAPI]) -> Iterator[Connect]:
    with connections_to(slow_server[0]) as connect:
        yield connect


@pytest.fixture(scope="module")
def impatient_server() -> Iterator[str]:
    """A server that waits half a second for a request."""
    with running_server(limits=SocketLimits(request_seconds=0.5)) as address:
        yield address


@pytest.fixture
def connect_briefly(impatient_server: str) -> Iterator[Connect]:
    with connections_to(impatient_server) as connect:
        yield connect


def assert_refused(connection: RawConnection, status: int, code: str) -> None:
    """Assert that the next response is this problem, and that the connection is closed."""
    response = connection.receive()
    assert response is not None
    assert (response.status, response.headers["connection"]) == (status, "close")
    assert response.headers["content-type"] == "application/problem+json"
    problem = json.loads(response.body)
    assert (problem["status"], problem["code"]) == (status, code)
    assert connection.receive() is None


def assert_healthy(connection: RawConnection) -> None:
    """Assert that a request is answered and the connection stays open."""
    for _ in range(2):
        connection.send(HEALTH)
        response = connection.receive()
        assert response is not None
        assert response.status == 200
        assert "connection" not in response.headers


def padded_request(size: int, header: bytes = b"A: ") -> bytes:
    start = b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + header
    return start + b"a" * (size - len(start) - 4) + b"\r\n\r\n"


@pytest.mark.parametrize("piece_size", [1_000_000, 9_999])
def test_headers_are_refused_only_above_the_limit(connect: Connect, piece_size: int) -> None:
    for extra in (0, 1):
        connection = connect()
        request = padded_request(MAX_HEADER_BYTES + extra)
        for start in range(0, len(request), piece_size):
            connection.send(request[start : start + piece_size])
        if extra:
            assert_refused(connection, 431, "headers-too-big")
        else:
            response = connection.receive()
            assert response is not None
            assert response.status == 200
            assert_healthy(connection)


def test_a_request_line_counts_like_headers(connect: Connect) -> None:
    connection = connect()
    connection.send(b"GET /" + b"a" * MAX_HEADER_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert_refused(connection, 431, "headers-too-big")
    connection = connect()
    connection.send(b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    response = connection.receive()
    assert response is not None
    assert response.status == 414


@pytest.mark.parametrize(
    "header_lines",
    [b"A: " + b"a" * 60_000_000, b"A:" + b" " * 5_000_000, b"a: b\r\n" * 200_000, b"X" * 1_000_000],
    ids=["one of 60 MB", "spaces", "200,000 lines", "a name of 1 MB"],
)
def test_huge_headers_are_refused_early(connect: Connect, header_lines: bytes) -> None:
    connection, neighbour = connect(), connect()
    connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + header_lines + b"\r\n\r\n")
    with contextlib.suppress(ConnectionError):  # what was sent after the refusal may reset the connection
        response = connection.receive()
        assert response is None or response.status == 431
        assert connection.receive() is None
    assert_healthy(neighbour)


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_is_refused_only_above_the_limit(connect: Connect, is_chunked: bool) -> None:
    for extra in (0, 1):
        connection = connect()
        body = b"b" * (MAX_BODY_BYTES + extra)
        if is_chunked:
            head = b"Transfer-Encoding: chunked"
            body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:1000], body[1000:])) + b"0\r\n\r\n"
        else:
            head = b"Content-Length: %d" % len(body)
        connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n" + body)
        if extra:
            assert_refused(connection, 413, "body-too-big")
        else:
            response = connection.receive()
            assert response is not None
            assert response.status == 200
            assert_healthy(connection)


def test_chunk_extensions_do_not_escape_the_limit(connect: Connect) -> None:
    connection = connect()
    connection.send(b"GET /wait HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"e" * 1_000_000)
    assert_refused(connection, 413, "body-too-big")


@pytest.mark.parametrize(
    ("host_lines", "status"),
    [
        (b"Host: x\r\n", 200), (b"hOST:x\r\n", 200), (b"Host: a-b.example:8000\r\n", 200), (b"Host: [::1]:80\r\n", 200),
        (b"Host: a_b\r\n", 200), (b"", 400), (b"Host: x\r\nHost: x\r\n", 400), (b"Host: x\r\nHost: y\r\n", 400),
        (b"Host:\r\n", 400), (b"Host: a//evil.example\r\n", 400), (b"Host: a@b\r\n", 400), (b"Host: a b\r\n", 400),
        (b"Host: x:port\r\n", 400), (b"Host: x?y\r\n", 400), (b"Host: x#y\r\n", 400), (b"Host: a,b\r\n", 400),
        (b"Host: <b>\r\n", 400), (b"Host: \xc3\xa1\r\n", 400), (b"Host: [::1\r\n", 400), (b"Host: x:80:80\r\n", 400),
        (b"Host: " + b"a" * 256 + b"\r\n", 400), (b"Host: x\x00y\r\n", 400),
    ],
)  # fmt: skip
def test_a_request_has_one_valid_host(connect: Connect, host_lines: bytes, status: int) -> None:
    connection = connect()
    connection.send(b"GET /healthz HTTP/1.1\r\n" + host_lines + b"\r\n")
    if status == 400:
        assert_refused(connection, 400, "bad-request")
    else:
        assert_healthy_after(connection)


def assert_healthy_after(connection: RawConnection) -> None:
    """Assert that the request that was sent is answered, and another one."""
    response = connection.receive()
    assert response is not None
    assert response.status == 200
    assert_healthy(connection)


def test_http_1_0_needs_no_host(connect: Connect) -> None:
    connection = connect()
    connection.send(b"GET /healthz HTTP/1.0\r\n\r\n")
    response = connection.receive()
    assert response is not None
    assert response.status == 200


@pytest.mark.parametrize("request_bytes", [b"\x16\x03\x01\x02\x00", b"GET / HTTP/9\r\n\r\n", b"NO SENSE\r\n\r\n"])
def test_what_is_no_http_is_refused(connect: Connect, request_bytes: bytes) -> None:
    connection = connect()
    connection.send(request_bytes)
    assert_refused(connection, 400, "bad-request")


def test_pipelined_requests_are_answered_in_order(connect: Connect) -> None:
    connection = connect()
    paths = [ENTITY if number % 3 else f"/nothing/{number}" for number in range(50)]
    requests = [f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".encode() for path in paths]
    connection.send(b"".join(requests))
    for path in paths:
        response = connection.receive()
        assert response is not None
        assert response.status == (200 if path == ENTITY else 404)
        assert path == ENTITY or path.encode() in response.body
    assert_healthy(connection)


def test_a_refusal_waits_for_the_answers_to_earlier_requests(connect: Connect) -> None:
    connection = connect()
    connection.send(HEALTH * 3 + b"GET /healthz HTTP/1.1\r\n\r\n")
    for _ in range(3):
        response = connection.receive()
        assert response is not None
        assert response.status == 200
    assert_refused(connection, 400, "bad-request")


def test_too_many_requests_before_an_answer_are_refused(connect: Connect) -> None:
    connection = connect()
    connection.send(HEALTH * 5_000)
    for _ in range(MAX_PIPELINED + 1):
        response = connection.receive()
        assert response is not None
        assert response.status == 200
    assert_refused(connection, 429, "too-many-requests")


def test_a_refused_body_is_not_the_answer_to_another_request(
    slow_server: tuple[str, FastAPI], connect: Connect
) -> None:
    connection = connect()
    connection.send(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
    connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"e" * 800_000)
    time.sleep(0.1)
    slow_server[1].state.release.set()
    response = connection.receive()
    slow_server[1].state.release.clear()
    assert response is not None
    assert (response.status, response.body) == (200, b"true")
    response = connection.receive()
    assert response is None or response.status in (200, 413)  # the answer may be faster than the body
    assert response is None or connection.receive() is None


def test_other_methods_and_protocols_are_answered(connect: Connect) -> None:
    connection = connect()
    connection.send(b"HEAD %s HTTP/1.1\r\nHost: x\r\n\r\n" % ENTITY.encode())
    response = connection.receive(has_body=False)
    assert response is not None
    assert response.status == 200
    assert int(response.headers["content-length"]) > 0
    connection.send(b"OPTIONS /api/v1/entities HTTP/1.1\r\nHost: x\r\n\r\n")
    response = connection.receive()
    assert response is not None
    assert response.status == 204
    assert_healthy(connection)
    connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
    response = connection.receive()
    assert response is not None
    assert (response.status, response.headers["connection"]) == (200, "close")
    assert connection.receive() is None


def test_silent_connections_stop_nobody(connect: Connect) -> None:
    silent = [connect() for _ in range(150)]
    for connection in silent[:75]:
        connection.send(b"GET /healthz HTT")
    assert_healthy(connect())


@pytest.mark.parametrize(
    ("request_bytes", "statuses"),
    [
        (b"", {None}), (b"\r\n\r\n", {None}), (b"GET /heal", {408}), (HEALTH[:-2], {408}),
        # The service may answer before the body is complete; on a busy machine the time is over first.
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\nb", {200, 408}),
        (HEALTH + HEALTH[:9], {200}),
    ],
)  # fmt: skip
def test_a_request_that_does_not_end_is_closed(
    connect_briefly: Connect, request_bytes: bytes, statuses: set[int | None]
) -> None:
    connection = connect_briefly()
    connection.send(request_bytes)
    response = connection.receive()
    if response is not None and response.status == 100:  # "Continue", before the response itself
        response = connection.receive()
    assert (response.status if response else None) in statuses
    while response is not None:
        response = connection.receive()
        assert response is None or response.status == 408


def test_single_bytes_do_not_prolong_the_time(connect_briefly: Connect) -> None:
    connection = connect_briefly()
    connection.send(HEALTH[:-2] + b"A: ")
    until = time.monotonic() + TIMEOUT_SECONDS
    connection.socket.settimeout(0.05)
    response = None
    while response is None and time.monotonic() < until:
        connection.send(b"a")
        with contextlib.suppress(TimeoutError):
            response = connection.receive()
    assert response is not None
    assert response.status == 408


def test_above_the_number_of_connections_further_ones_are_refused() -> None:
    with running_server(limits=SocketLimits(sockets=20)) as address, connections_to(address) as connect:
        busy = [connect() for _ in range(20)]
        assert_healthy(busy[-1])
        connection = connect()
        connection.send(HEALTH)
        response = connection.receive()
        assert response is not None
        assert (response.status, response.headers["retry-after"]) == (503, "5")
        assert connection.receive() is None
        assert_healthy(busy[0])
        busy[1].socket.close()
        until = time.monotonic() + TIMEOUT_SECONDS
        status = 503
        while status == 503 and time.monotonic() < until:
            connection = connect()
            connection.send(HEALTH)
            response = connection.receive()
            status = response.status if response else 503
        assert status == 200


def test_one_address_of_a_public_server_cannot_take_all_connections() -> None:
    limits = SocketLimits(sockets=20, sockets_per_address=2)
    with running_server(limits=limits) as address, connections_to(address) as connect:
        assert_healthy(connect())
        assert_healthy(connect())
        assert_refused(connect(), 503, "too-many-connections")
    assert not limits.sockets_by_address
    assert limits.lingering == 0


def test_a_client_that_reads_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_protocol, "SEND_SECONDS", 0.2)
    app = create_app(settings(), graph())
    app.add_api_route("/large", lambda: "x" * 20_000_000)
    limits = SocketLimits()
    with running_server(app, limits) as address, connections_to(address) as connect:
        connection = connect()
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.send(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        until = time.monotonic() + TIMEOUT_SECONDS
        while not limits.sockets_by_address:
            time.sleep(0.01)
        while limits.sockets_by_address and time.monotonic() < until:
            time.sleep(0.05)
        assert not limits.sockets_by_address
        slow = connect()
        slow.send(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        response = slow.receive()
        assert response is not None
        assert len(response.body) == 20_000_002


def test_complaints_of_the_server_are_one_line(
    slow_server: tuple[str, FastAPI], capfd: pytest.CaptureFixture[str]
) -> None:
    with connections_to(slow_server[0]) as connect:
        for _ in range(30):
            connection = connect()
            connection.send(b"NO SENSE\r\n\r\n")
            assert_refused(connection, 400, "bad-request")
    assert len(re.findall("Invalid HTTP request", capfd.readouterr().err)) <= 1


def request_all(app: FastAPI, connect: Connect, *paths: str) -> list[RawConnection]:
    """Request each path of `slow_app` on a connection of its own, and wait until all are in their threads."""
    connections = [connect() for _ in paths]
    for connection, path in zip(connections, paths, strict=True):
        connection.send(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Language: vi\r\n\r\n".encode())
    until = time.monotonic() + TIMEOUT_SECONDS
    while app.state.running < len(paths):
        assert time.monotonic() < until
        time.sleep(0.01)
    return connections


def test_a_shutdown_waits_for_running_requests() -> None:
    app = slow_app()
    with contextlib.ExitStack() as clients:
        with running_server(app) as address:
            connect = clients.enter_context(connections_to(address))
            connections = request_all(app, connect, "/wait", "/wait")
            idle = connect()
            assert_healthy(idle)
            threading.Timer(0.3, app.state.release.set).start()
        assert idle.receive() is None
        for connection in connections:
            response = connection.receive()
            assert response is not None
            assert (response.status, response.body, response.headers["connection"]) == (200, b"true", "close")
            assert connection.receive() is None


def test_a_shutdown_tells_the_rest_to_come_back(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "DRAIN_SECONDS", 0.3)
    app = slow_app()
    media_types = {"/wait": "text/html", "/api/v1/wait": "application/problem+json"}
    with contextlib.ExitStack() as clients:
        with running_server(app) as address:
            connect = clients.enter_context(connections_to(address))
            connections = request_all(app, connect, *media_types)
        for connection, media_type in zip(connections, media_types.values(), strict=True):
            response = connection.receive()
            assert response is not None
            assert (response.status, response.headers["connection"]) == (503, "close")
            assert int(response.headers["retry-after"]) > 0
            assert response.headers["content-type"].startswith(media_type)
            assert (b'lang="vi"' in response.body) is (media_type == "text/html")
            assert connection.receive() is None
        with pytest.raises(ConnectionRefusedError):
            connect()
    app.state.release.set()
    log = capfd.readouterr().err
    assert "Traceback" not in log
    assert len(log.splitlines()) <= 2
