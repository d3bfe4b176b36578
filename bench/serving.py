"""Servers under measurement, a client that costs next to nothing, and commands timed from outside.

Run as a program it is the server of `repeated`: the application as `vnkg serve` runs it, and beside it, in the same
process, one path that sends ready bytes: the same status, headers and body, without any of our code.
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
"""Rounds of one measurement; in each, some batches of pipelined requests."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests a second for a response that is kept and for ready bytes."""

    kept: float
    ready: float
    ratio: float
    size: int


class Wire:
    """One kept connection, read with as little work as can be: what is measured is the server."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str) -> bytes:
        """Send one request and return the whole response."""
        self.socket.sendall(request(path))
        data = self.socket.recv(1 << 20)
        while (split := data.find(b"\r\n\r\n")) < 0:
            data += self.more()
        found = re.search(rb"content-length: (\d+)", data[:split])
        if not data.startswith(b"HTTP/1.1 200") or found is None:
            raise SystemExit(f"{path}: found {data[:200]!r}; expected 200 with a length")
        whole = split + 4 + int(found[1])
        while len(data) < whole:
            data += self.more()
        return data

    def many(self, path: str, count: int, size: int) -> None:
        """Send requests all at once and take their responses, each `size` bytes long."""
        self.socket.sendall(request(path) * count)
        left = count * size
        while left:
            left -= len(self.more())

    def more(self) -> bytes:
        """Return what arrives next."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise SystemExit("the server closed the connection")
        return data


def request(path: str) -> bytes:
    """Return a request as bytes."""
    accept = "application/json" if "/api/" in path else "text/html"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode()


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the surroundings of a process: its data folder and no other setting of ours."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_"))}
    plain.pop("PORT", None)
    return plain | {"VNKG_DATA": str(data)} | more


def answer_seconds(data: Path, words: Sequence[str]) -> float:
    """Return how long a command takes from its start, engine included, to the last byte of its answer."""
    began = answered = time.perf_counter()
    line = [VNKG, *words]
    quiet: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "bufsize": 0}
    with subprocess.Popen(line, env=environment(data), **quiet) as process:  # noqa: S603
        while process.stdout is not None and process.stdout.read(1 << 16):
            answered = time.perf_counter()
    if process.returncode:
        raise SystemExit(f"vnkg {' '.join(words)}: exit code {process.returncode}; expected 0")
    return answered - began


@contextmanager
def started(line: Sequence[str | Path], data: Path, **more: str) -> Generator[int]:
    """Run a server until the block ends; yields the port that it tells on its first line."""
    process = subprocess.Popen(line, env=environment(data, **more), stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        told = process.stdout.readline() if process.stdout else ""
        found = re.search(r":(\d+)/", told)
        if found is None:
            raise SystemExit(f"the server told {told!r}; expected its address")
        yield int(found[1])
    finally:
        process.terminate()
        process.wait(60)


def repeated(data: Path, path: str) -> Rates:
    """Compare a response that is kept with ready bytes, turn by turn, in the same process."""
    with started([sys.executable, SERVER], data) as port:
        wire = Wire(port)
        ready_path = f"{READY}?{path}"
        sizes = {one: len(wire.ask(one)) for one in (path, ready_path) for _ in range(20)}
        rates: dict[str, list[float]] = {path: [], ready_path: []}
        for turn in range(ROUNDS):
            for one in (path, ready_path) if turn % 2 else (ready_path, path):
                began = time.perf_counter()
                for _ in range(BATCHES):
                    wire.many(one, BATCH, sizes[one])
                rates[one].append(BATCHES * BATCH / (time.perf_counter() - began))
    ratio = statistics.median(kept / ready for kept, ready in zip(rates[path], rates[ready_path], strict=True))
    return Rates(statistics.median(rates[path]), statistics.median(rates[ready_path]), ratio, sizes[path])


class Beside:
    """The application, and one path that sends what another path answered the first time."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.ready: dict[bytes, list[Any]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer."""
        if scope["type"] != "http" or scope["path"] != READY:
            await self.app(scope, receive, send)
            return
        wanted: bytes = scope["query_string"]
        if wanted not in self.ready:
            kept: list[Any] = []

            async def keep(message: Any) -> None:
                kept.append(message)

            path = wanted.decode()
            await self.app(scope | {"path": path, "raw_path": wanted, "query_string": b""}, receive, keep)
            self.ready[wanted] = kept
        for message in self.ready[wanted]:
            await send(message)


async def _serve() -> None:
    import uvicorn  # noqa: PLC0415  the measuring process needs none of this

    from vnkg.api.app import create_app  # noqa: PLC0415
    from vnkg.graph.settings import Settings  # noqa: PLC0415

    # With the protocol named, as `vnkg serve` does it: else asyncio leaves TCP_NODELAY off, and answers wait 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        app = Beside(create_app(Settings.model_validate({})))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
        await server.serve([listener])


if __name__ == "__main__":
    asyncio.run(_serve())
