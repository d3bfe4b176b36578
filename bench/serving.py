"""Run servers to measure, a minimal HTTP client, and commands timed from outside.

Run as a program, it is the server of `measure_repeated`: the application as `vnkg serve` runs it, and in the same
process one more path that sends ready bytes: the same status, headers and body, without any of our code.
"""

import asyncio
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VNKG = Path(sys.executable).with_name("vnkg")
SERVER = Path(__file__)
READY = "/bench/ready"
ROUNDS, BATCHES, BATCH = 9, 8, 64
"""Rounds of a measurement, batches in a round, pipelined requests in a batch."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests per second for a cached response and for ready bytes, their median ratio, the response size in bytes."""

    cached_rate: float
    ready_rate: float
    ratio: float
    size: int


class HttpConnection:
    """A persistent connection that does as little work as possible, so that the server is what is measured."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fetch(self, path: str) -> bytes:
        """Send one request and return the whole response, headers included; exit unless its status is 200."""
        self.socket.sendall(request(path))
        data = self.socket.recv(1 << 20)
        while (header_end := data.find(b"\r\n\r\n")) < 0:
            data += self.receive()
        length_match = re.search(rb"content-length: (\d+)", data[:header_end])
        if not data.startswith(b"HTTP/1.1 200") or length_match is None:
            raise SystemExit(f"{path}: found {data[:200]!r}; expected 200 with a length")
        total_length = header_end + 4 + int(length_match[1])
        while len(data) < total_length:
            data += self.receive()
        return data

    def fetch_many(self, path: str, count: int, size: int) -> None:
        """Send `count` pipelined requests and receive their responses, each `size` bytes long."""
        self.socket.sendall(request(path) * count)
        bytes_left = count * size
        while bytes_left:
            bytes_left -= len(self.receive())

    def receive(self) -> bytes:
        """Return the next bytes that arrive; exit if the server closed the connection."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise SystemExit("the server closed the connection")
        return data


def request(path: str) -> bytes:
    """Return an HTTP GET request as bytes."""
    accept = "application/json" if "/api/" in path else "text/html"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode()


def environment(data: Path, **extra_variables: str) -> dict[str, str]:
    """Return the environment variables of a process: its data folder, `extra_variables`, and no other VNKG settings."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_"))}
    variables.pop("PORT", None)
    return variables | {"VNKG_DATA": str(data)} | extra_variables


def answer_seconds(data: Path, arguments: Sequence[str]) -> float:
    """Return the seconds from the start of a `vnkg` command, engine start included, to the last byte of its output."""
    start_time = last_byte_time = time.perf_counter()
    command = [VNKG, *arguments]
    process_options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "bufsize": 0}
    with subprocess.Popen(command, env=environment(data), **process_options) as process:  # noqa: S603
        while process.stdout is not None and process.stdout.read(1 << 16):
            last_byte_time = time.perf_counter()
    if process.returncode:
        raise SystemExit(f"vnkg {' '.join(arguments)}: exit code {process.returncode}; expected 0")
    return last_byte_time - start_time


@contextmanager
def run_server(command: Sequence[str | Path], data: Path, **extra_variables: str) -> Generator[int]:
    """Run a server until the block ends; yield the port that it prints in its first line."""
    process = subprocess.Popen(command, env=environment(data, **extra_variables), stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        first_line = process.stdout.readline() if process.stdout else ""
        address_match = re.search(r":(\d+)/", first_line)
        if address_match is None:
            raise SystemExit(f"the server told {first_line!r}; expected its address")
        yield int(address_match[1])
    finally:
        process.terminate()
        process.wait(60)


def measure_repeated(data: Path, path: str) -> Rates:
    """Compare a cached response with ready bytes from the same process, in alternating rounds."""
    with run_server([sys.executable, SERVER], data) as port:
        connection = HttpConnection(port)
        ready_path = f"{READY}?{path}"
        sizes = {
            request_path: len(connection.fetch(request_path)) for request_path in (path, ready_path) for _ in range(20)
        }
        rates: dict[str, list[float]] = {path: [], ready_path: []}
        for turn in range(ROUNDS):
            for request_path in (path, ready_path) if turn % 2 else (ready_path, path):
                start_time = time.perf_counter()
                for _ in range(BATCHES):
                    connection.fetch_many(request_path, BATCH, sizes[request_path])
                rates[request_path].append(BATCHES * BATCH / (time.perf_counter() - start_time))
    ratio = statistics.median(
        cached_rate / ready_rate for cached_rate, ready_rate in zip(rates[path], rates[ready_path], strict=True)
    )
    return Rates(statistics.median(rates[path]), statistics.median(rates[ready_path]), ratio, sizes[path])


class ReadyBytesApp:
    """An ASGI app that wraps the application and adds a path that replays the first response of another path.

    That other path is the query string.
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.ready: dict[bytes, list[Any]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request to the application, or replay the recorded messages."""
        if scope["type"] != "http" or scope["path"] != READY:
            await self.app(scope, receive, send)
            return
        target: bytes = scope["query_string"]
        if target not in self.ready:
            messages: list[Any] = []

            async def collect(message: Any) -> None:
                messages.append(message)

            path = target.decode()
            await self.app(scope | {"path": path, "raw_path": target, "query_string": b""}, receive, collect)
            self.ready[target] = messages
        for message in self.ready[target]:
            await send(message)


async def _serve() -> None:
    import uvicorn  # noqa: PLC0415  the measuring process needs none of this

    from vnkg.api.app import create_app  # noqa: PLC0415
    from vnkg.api.http.limited_protocol import SocketLimits  # noqa: PLC0415
    from vnkg.api.server import server_config  # noqa: PLC0415
    from vnkg.graph.settings import Settings  # noqa: PLC0415

    # With the protocol named, as in `vnkg serve`: otherwise asyncio leaves TCP_NODELAY off and responses wait 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        app = ReadyBytesApp(create_app(Settings.model_validate({})))
        server = uvicorn.Server(server_config(app, SocketLimits()))
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
        await server.serve([listener])


if __name__ == "__main__":
    asyncio.run(_serve())
