"""One rude client against the rest: expensive distinct addresses from many connections, and what others notice of it.

    python -m bench.starving [--seconds 30] [--nodes 10000] [--clients 16]

Starts a server on a generated graph, measures `/healthz` and a cached entity alone, then again while the clients send
the most expensive addresses, none twice; then sends 120 comparisons and hangs up at once. Latencies are in
milliseconds, memory in MB. Server, engine and clients share the machine.
"""

import argparse
import http.client
import itertools
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.actors import HUB, actors
from bench.serving import VNKG, environment
from tests.support.large_graph import enlarged_release
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

EDGES_PER_NODE = 5
QUIET_SECONDS = 5.0
PAUSE = 0.02
"""Seconds between two requests of a client that only looks."""
SETTLE_SECONDS = 30.0
DROPPED_REQUESTS = 120
CLIENT_TIMEOUT = 120.0


@dataclass(slots=True)
class Log:
    """What one kind of client has seen: seconds of each answer, and how often each status (0: no answer)."""

    seconds: list[float] = field(default_factory=list[float])
    statuses: Counter[int] = field(default_factory=Counter[int])

    def percentiles(self) -> str:
        """Return p50, p95, p99 and maximum in milliseconds as text."""
        if len(self.seconds) < 2:
            return f"{len(self.seconds)} answers"
        cuts = statistics.quantiles(self.seconds, n=100, method="inclusive")
        p50, p95, p99, most = (1000 * value for value in (cuts[49], cuts[94], cuts[98], max(self.seconds)))
        return f"p50 {p50:8.1f}  p95 {p95:8.1f}  p99 {p99:8.1f}  max {most:8.1f}  {len(self.seconds):6} answers"


def dense_release(nodes: int) -> Release:
    """Return the built-in facts and a generated release of `nodes` entities and `EDGES_PER_NODE` times the edges."""
    release, rng = actors(nodes), random.Random(58)  # noqa: S311  no secret
    ids = [entity.id for entity in release.entities]
    model = release.edges[0]
    edges: dict[tuple[str, str], Edge] = {}
    while len(edges) + len(release.edges) < EDGES_PER_NODE * nodes:
        pair = rng.choice(ids), rng.choice(ids)
        if pair[0] < pair[1]:
            statement = f"statement:made-{len(edges)}"
            edges[pair] = replace(
                model, subject=pair[0], predicate="PARTNERS_WITH", object=pair[1], status="existing",
                statements=(statement,), qualifiers={},
            )  # fmt: skip
    return enlarged_release(replace(release, edges=(*release.edges, *edges.values())))


def expensive_addresses(nodes: int) -> Iterator[str]:
    """Yield addresses that take long, endlessly and none twice: pictures, comparisons, paths, exports, hubs."""
    rng = random.Random(59)  # noqa: S311  no secret
    ids = [entity.id for entity in actors(nodes).entities]
    provinces = [f"province:p{number:02}" for number in range(1, 35)]
    for number in itertools.count():
        one, other = rng.choice(ids), rng.choice(ids)
        limit = 2_000 - number % 500
        six = ",".join(rng.sample(provinces, 6))
        yield f"/picture.svg?entity={one}&depth=3&limit={limit}"
        yield f"/compare?ids={six}"
        yield f"/api/v1/paths?from={one}&to={other}&k=20&steps=6&hubs=true"
        yield f"/picture?entity={other}&depth=3&limit={limit}"
        yield f"/api/v1/compare.csv?ids={six}"
        yield f"/api/v1/entities/{one}/graph?depth=4&limit={limit}"
        yield f"/entities/{rng.choice(provinces)}?lang={rng.choice(('en', 'vi'))}"
        yield f"/api/v1/search?q={one.partition(':')[2]}+{number}"


def fetch(port: int, path: str, log: Log) -> None:
    """Send one request on a new connection and log its time and status."""
    start_time = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CLIENT_TIMEOUT)
    status = 0
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        status = response.status
    except OSError:
        pass
    finally:
        connection.close()
    log.seconds.append(time.perf_counter() - start_time)
    log.statuses[status] += 1


def run_clients(port: int, seconds: float, clients: dict[str, tuple[int, Callable[[], str], float]]) -> dict[str, Log]:
    """Run clients for some seconds: by name, how many, their next address, the pause after each answer."""
    logs = {name: Log() for name in clients}
    end_time = time.perf_counter() + seconds

    def send_requests(name: str, next_address: Callable[[], str], pause: float) -> None:
        while time.perf_counter() < end_time:
            fetch(port, next_address(), logs[name])
            time.sleep(pause)

    threads = [
        threading.Thread(target=send_requests, args=(name, next_address, pause))
        for name, (count, next_address, pause) in clients.items()
        for _ in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return logs


def resident_megabytes(pid: int) -> float:
    """Return the resident memory of a process and its Python workers, without the engine."""
    total = 0.0
    for process in [pid, *_children(pid)]:
        try:
            text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        except OSError:
            continue
        if Path(f"/proc/{process}/exe").resolve().name.startswith("python") or process == pid:
            total += int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1024
    return total


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def drop_requests(port: int, count: int) -> float:
    """Send comparisons and hang up at once; return the seconds until `/healthz` answers after that."""
    provinces = [f"province:p{number:02}" for number in range(1, 35)]
    rng = random.Random(60)  # noqa: S311  no secret
    for _ in range(count):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            path = f"/compare?ids={','.join(rng.sample(provinces, 6))}"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    log = Log()
    fetch(port, "/healthz", log)
    return log.seconds[0]


def main() -> None:
    """Run all measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--data", type=Path, help="folder of a graph loaded before, or to load; default: a new one")
    parser.add_argument("--vnkg", type=Path, default=VNKG, help="the command to measure; default: this environment's")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vnkg-starving-") as folder:
        data: Path = options.data or Path(folder) / "data"
        if not data.exists():
            settings = Settings(data=data)
            with Engine.open(settings) as engine:
                store.load(engine, dense_release(options.nodes), batch=settings.load_batch)
        process = subprocess.Popen(  # noqa: S603
            [options.vnkg, "serve", "--port", "0"], env=environment(data), stdout=subprocess.PIPE, text=True
        )
        try:
            match = re.search(r":(\d+)/", process.stdout.readline() if process.stdout else "")
            if match is None:
                raise SystemExit("the server told no address")
            measure(int(match[1]), process.pid, options.seconds, options.nodes, options.clients)
        finally:
            process.terminate()
            process.wait(60)


def measure(port: int, pid: int, seconds: float, nodes: int, clients: int) -> None:
    """Measure a running server, quiet and loaded, and print what was found."""
    entity = f"/api/v1/entities/{HUB}"
    fetch(port, "/picture.svg?limit=50", Log())  # imports what pictures need, once
    fetch(port, entity, Log())
    watchers = {"/healthz": (1, lambda: "/healthz", PAUSE), "cached entity": (1, lambda: entity, PAUSE)}
    quiet = run_clients(port, QUIET_SECONDS, watchers)
    before = peak = resident_megabytes(pid)
    addresses, lock = expensive_addresses(nodes), threading.Lock()

    def next_address() -> str:
        with lock:
            return next(addresses)

    is_done = threading.Event()

    def watch_memory() -> None:
        nonlocal peak
        while not is_done.wait(0.1):
            peak = max(peak, resident_megabytes(pid))

    watcher = threading.Thread(target=watch_memory)
    watcher.start()
    loaded = run_clients(port, seconds, {**watchers, "expensive": (clients, next_address, 0.0)})
    is_done.set()
    watcher.join()
    for name in watchers:
        print(f"{name:<14} quiet   {quiet[name].percentiles()}")
        print(f"{name:<14} loaded  {loaded[name].percentiles()}")
    print(f"{'expensive':<14} loaded  {loaded['expensive'].percentiles()}")
    for name, log in loaded.items():
        print(f"{name:<14} statuses {dict(sorted(log.statuses.items()))}")
    print(f"/healthz after {DROPPED_REQUESTS} comparisons sent and dropped: ", end="", flush=True)
    print(f"{1000 * drop_requests(port, DROPPED_REQUESTS):.0f} ms")
    time.sleep(SETTLE_SECONDS)
    after = resident_megabytes(pid)
    print(f"memory before {before:.0f} MB, peak {peak:.0f} MB, {SETTLE_SECONDS:.0f} s after {after:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
