"""Sixteen clients read everything for a while: no error, and no memory that grows after the warm-up.

A client that is told to come back (503, as too many wait) does so.
"""

import random
import statistics
import threading
import time
from pathlib import Path

import httpx2
import pytest

from tests.support import cli
from tests.support.cli import TIMEOUT_SECONDS, engine_processes
from tests.support.main_pages import MAIN_PAGES
from tests.support.requirements import is_torture
from tests.support.site_process import Site

CLIENTS = 16
SECONDS = 600 if is_torture() else 4
WARM_UP_SECONDS = SECONDS / 4
"""Until then caches fill, threads start, and templates are compiled."""
ALLOWED_GROWTH = 1.05 if is_torture() else 1.25
"""Median memory of the last third of the time after the warm-up, by that of its first third; a sample is short of both."""
MAX_REFUSED_SHARE = 0.2
STATIC_PATHS = [page.built_in_path for page in MAIN_PAGES if page.status == 200]


def resident_megabytes(process: int) -> float:
    """Memory of a process that is in use (VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def requested_path(pick: random.Random, ids: list[str]) -> str:
    """A page, or an address of the API with entities and options of its own, which the cache seldom has."""
    one, other = pick.choice(ids), pick.choice(ids)
    return pick.choice(
        [
            pick.choice(STATIC_PATHS),
            f"/entities/{one}",
            f"/api/v1/entities/{one}",
            f"/api/v1/entities/{one}.csv",
            f"/api/v1/entities/{one}.jsonld",
            f"/api/v1/entities/{one}/graph?depth={pick.randint(1, 3)}&limit={pick.randint(20, 120)}",
            f"/picture.svg?entity={one}&limit={pick.randint(5, 60)}",
            f"/api/v1/paths?from={one}&to={other}&k={pick.randint(1, 9)}" if one != other else "/",
            f"/api/v1/search?q={one.partition(':')[2]}&limit={pick.randint(1, 30)}",
            f"/search?q={other.partition(':')[2]}",
            f"/api/v1/queries/names_of?entity={one}",
            f"/api/v1/entities?limit={pick.randint(1, 500)}",
            f"/timeline?entity={one}",
        ]
    )


@pytest.mark.torture
def test_clients_get_answers_and_memory_does_not_grow() -> None:
    cli.graph()
    data = cli.data_folder()
    site = Site(data, {})
    ids = [entity["id"] for entity in site.get("api/v1/entities?limit=500").json()["data"]]
    end = time.monotonic() + SECONDS
    seconds: list[float] = []
    failures: list[str] = []
    refusals: list[str] = []

    def ask(number: int) -> None:
        pick = random.Random(number)
        with httpx2.Client(base_url=site.address, timeout=TIMEOUT_SECONDS) as client:
            while True:  # at least once, on a busy machine too
                path = requested_path(pick, ids)
                start = time.monotonic()
                response = client.get(path)
                seconds.append(time.monotonic() - start)
                if response.status_code == 503 and "too many requests wait" in response.text:
                    refusals.append(path)
                    time.sleep(min(float(response.headers["retry-after"]), 1.0))
                elif response.status_code != 200:
                    failures.append(f"{path}: {response.status_code} {response.text[:300]}")
                if time.monotonic() > end or failures:
                    return

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(WARM_UP_SECONDS)
    memory: list[float] = []
    engine = max(engine_processes(data), key=resident_megabytes)
    while (time.monotonic() < end or len(memory) < 3) and not failures:
        memory.append(resident_megabytes(site.process.pid))
        time.sleep(SECONDS / 100)
    engine_megabytes = resident_megabytes(engine)
    for client in clients:
        client.join()
    site.stop()
    assert failures == []
    assert len(seconds) >= CLIENTS
    assert len(refusals) <= len(seconds) * MAX_REFUSED_SHARE, refusals
    third = max(len(memory) // 3, 1)
    early, late = statistics.median(memory[:third]), statistics.median(memory[-third:])
    p99 = statistics.quantiles(seconds, n=100)[98]
    print(
        f"{len(seconds)} answers in {SECONDS} s, {len(refusals)} to come back later, median {statistics.median(seconds) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms; "
        f"memory {early:.0f} -> {late:.0f} MB, engine {engine_megabytes:.0f} MB"
    )
    assert late < early * ALLOWED_GROWTH
