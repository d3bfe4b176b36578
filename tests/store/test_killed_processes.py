"""Loader, servers and engine killed at random moments, while readers ask all the time.

An answer is that of the old or of the new release, byte by byte, or 503: never of both. The next load finishes.
"""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import cycle
from pathlib import Path

import httpx2
import pytest

from tests.support.cli import run_process, start_process, wait_for_exit
from tests.support.facts_folder import facts_folder
from tests.support.neo4j_server import Neo4jServer, Neo4jUnavailable
from tests.support.processes import wait_until
from tests.support.requirements import is_torture, require
from tests.support.site_process import Site

PATHS = (
    "api/v1/entities?limit=500",
    "api/v1/measurements?limit=500",
    "api/v1/report",
    "api/v1/queries/provinces_with_fund",
    "api/v1/entities/province:dong-nai",
)
ROUNDS = 100 if is_torture() else 1
READ_SECONDS = 0.01 if is_torture() else 0.1
"""Seconds between two reads of a reader."""
WITHOUT_CACHE = {"VNKG_CACHE": "0"}


class Reader:
    """A thread that reads from a site until it is stopped; `wrong` are answers of no release, or of two."""

    def __init__(self, site: Site, answers_by_release: dict[str, dict[str, bytes]]) -> None:
        self.site, self.answers_by_release = site, answers_by_release
        self.outcomes: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._stop_event = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for path in cycle(PATHS):
            if self._stop_event.wait(READ_SECONDS):
                return
            try:
                response = self.site.get(path)
            except httpx2.TransportError:  # the server is not there
                self.outcomes["no server"] += 1
                continue
            self.outcomes[str(response.status_code)] += 1
            if response.status_code == 200:
                release = response.json()["meta"]["release"]
                if self.answers_by_release.get(release, {}).get(path) != response.content:
                    self.wrong.append(f"{path}: not as in {release}")
            elif response.status_code not in (503, 504):
                self.wrong.append(f"{path}: {response.status_code} {response.text[:300]}")

    def stop(self) -> None:
        self._stop_event.set()
        self._thread.join()


class Database:
    """Where the facts are: `variables` for commands, and how its engine is killed (and started, if nobody else does)."""

    def __init__(self, data: Path, variables: dict[str, str], server: Neo4jServer | None = None) -> None:
        self.data, self.variables, self._server = data, variables | WITHOUT_CACHE, server

    def kill_engine(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server.start()
            return
        with suppress(FileNotFoundError, ProcessLookupError, json.JSONDecodeError):
            os.kill(json.loads((self.data / "engine.json").read_text(encoding="utf-8"))["pid"], signal.SIGKILL)


@pytest.fixture(params=["embedded", "neo4j"] if is_torture() else ["embedded"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Each engine in turn, for this test alone; a sample, without `VNKG_TORTURE`, has the embedded one."""
    data = tmp_path / "data"
    if request.param == "embedded":
        yield Database(data, {})
        return
    try:
        server = Neo4jServer(tmp_path / "neo4j")
    except Neo4jUnavailable as absent:
        require("neo4j", str(absent))
    variables = {"NEO4J_URI": server.address, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}
    with server:
        yield Database(data, variables, server)


def load_words(own: Path, version: int) -> list[str]:
    """The words of the load of a release: 0 has the built-in facts alone, 1 also our own."""
    return ["load", "--also", str(own)] if version else ["load", "--replace"]


def read_all(site: Site) -> tuple[str, dict[str, bytes]]:
    """The release that a site has, and its answers."""
    answers = {path: site.get(path) for path in PATHS}
    releases = {answer.json()["meta"]["release"] for answer in answers.values()}
    assert len(releases) == 1
    return releases.pop(), {path: answer.content for path, answer in answers.items()}


@pytest.mark.torture
def test_readers_get_the_old_or_the_new_release_whatever_is_killed(database: Database, tmp_path: Path) -> None:
    pick = random.Random(57)
    own, data, variables = facts_folder(tmp_path / "own"), database.data, database.variables
    answers_by_release: dict[str, dict[str, bytes]] = {}
    releases: list[str] = []
    sites: list[Site] = []
    for version in (0, 1):
        started = time.monotonic()
        loaded = run_process(data, *load_words(own, version), "--json", **variables).data
        seconds = time.monotonic() - started
        sites = sites or [Site(data, variables), Site(data, variables)]
        assert wait_until(partial(sites[0].has_release, loaded["release"]), 60)
        release, answers = read_all(sites[0])
        answers_by_release[release] = answers
        releases.append(release)
    readers = [Reader(site, answers_by_release) for site in sites]
    victims: Counter[str] = Counter()
    try:
        for number in range(1, ROUNDS + 1):
            version = (number + 1) % 2
            words = load_words(own, version)
            victim = pick.choice(["loader", "owner", "other", "engine"]) if number > 1 else "owner"
            victims[victim] += 1
            loader = start_process(data, *words, **variables)
            time.sleep(pick.uniform(0, seconds * 1.2))
            if victim == "loader":
                loader.kill()
            elif victim == "engine":
                database.kill_engine()
            else:
                sites[victim == "other"].kill()
                sites[victim == "other"].start()
            ended = wait_for_exit(loader)
            assert "Traceback" not in ended.stderr, ended.stderr
            assert ended.code in (0, 1, -9)
            again = run_process(data, *words, **variables)
            assert again.code == 0, (victim, ended, again)
            for site in sites:
                assert wait_until(partial(site.has_release, releases[version]), 60), victim
    finally:
        for reader in readers:
            reader.stop()
        for site in sites:
            site.process.kill() if any(reader.wrong for reader in readers) else site.stop()
    outcomes = sum((reader.outcomes for reader in readers), Counter())
    print(f"killed {dict(victims)}; reads {dict(outcomes)}")
    assert [wrong for reader in readers for wrong in reader.wrong] == []
    assert outcomes["200"] > 10
