"""`vnkg serve` and the processes it starts, as a user starts and stops them."""

import json
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commanding import LONG, end, engines, refused, run, start
from tests.conftest import fresh
from tests.writing import facts_folder
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

FLAGSHIP = "api/v1/queries/provinces_with_fund"


class Served:
    """A `vnkg serve` process and the URL it printed."""

    def __init__(self, data: Path, *words: str, **more: str) -> None:
        self.process = start(data, "serve", *words, **more)
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        found = re.fullmatch(r"VNKG is at (http://\S+/)\n", told)
        if found is None:
            self.process.kill()
            pytest.fail(f"told {told!r} and {end(self.process).err!r}; expected its address")
        self.address = found[1]

    def get(self, path: str) -> Any:
        """The `data` of a JSON response."""
        with urllib.request.urlopen(self.address + path, timeout=LONG) as answer:
            return json.load(answer)["data"]

    def end(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        ended = end(self.process)
        assert "Traceback" not in ended.err, ended.err
        return ended.code


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """An empty data folder; asserts that no engine is left in it."""
    folder = tmp_path / "data"
    yield folder
    left = engines(folder)
    subprocess.run(["kill", "-9", *map(str, left)], check=False) if left else None
    assert left == []


def gone(data: Path) -> bool:
    """Wait until no process serves the folder; False after 20 seconds."""
    until = time.monotonic() + 20
    while engines(data):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_a_server_loads_what_is_missing_answers_shares_and_ends_with_nothing_left(data: Path, tmp_path: Path) -> None:
    served = Served(data, "--port", "0")
    assert served.get(FLAGSHIP) == run(data, "query", "provinces_with_fund", "--json").data
    with urllib.request.urlopen(served.address + "queries/provinces_with_fund", timeout=LONG) as page:
        assert page.headers["content-type"] == "text/html; charset=utf-8"
    release = served.get("api/v1/release")["release"]
    loaded = run(data, "load", "--also", str(facts_folder(tmp_path / "own")), "--json").data
    assert loaded["release"] != release
    until = time.monotonic() + 20
    while served.get("api/v1/release")["release"] != loaded["release"]:
        assert time.monotonic() < until
        time.sleep(0.2)
    status = run(data, "engine", "status", "--json").data
    assert status["owner"] == served.process.pid
    assert "belongs to process" in run(data, "engine", "stop").err
    assert served.end(signal.SIGINT) == 0
    assert engines(data) == []
    assert run(data, "engine", "status", "--json").data["running"] is False


def test_a_server_that_is_asked_to_end_ends_its_engine(data: Path) -> None:
    assert Served(data, "--port", "0").end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert engines(data) == []


def test_a_server_that_is_killed_takes_its_engine_with_it_and_the_next_command_works(data: Path) -> None:
    Served(data, "--port", "0").end(signal.SIGKILL)
    assert gone(data)
    assert run(data, "find", "dong nai", "--json").data[0]["id"] == "province:dong-nai"


def test_a_server_uses_an_engine_that_runs_and_leaves_it_running(data: Path) -> None:
    assert run(data, "engine", "start").code == 0
    before = engines(data)
    try:
        served = Served(data, PORT="0")
        assert served.get("api/v1/entities/province:dong-nai")["id"] == "province:dong-nai"
        served.process.send_signal(signal.SIGINT)  # pressed twice
        assert served.end(signal.SIGINT) == 0
        assert engines(data) == before
    finally:
        assert run(data, "engine", "stop").code == 0


def test_a_port_that_is_taken_is_told_before_anything_is_started(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for ended in (run(data, "serve", "--port", port), run(data, "serve", PORT=port)):
            assert ended.code == 1
            assert (
                ended.err == f"Error: port {port} of 127.0.0.1 is in use by another process; choose one with --port\n"
            )
    assert not data.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "x"], "'x' is not a valid integer"),
        (["--port", "70000"], "70000 is not in the range"),
        (["--host", "no such host"], "--host: found 'no such host'"),
    ],
)
def test_an_address_that_is_none_is_refused(data: Path, arguments: list[str], message: str) -> None:
    ended = run(data, "serve", *arguments)
    assert ended.code == 2
    assert message in ended.err
    assert "Traceback" not in ended.err
    assert not data.exists()


def test_an_engine_that_is_left_running_is_told_and_ends_when_asked(data: Path) -> None:
    assert run(data, "engine", "start").code == 0
    try:
        found = run(data, "engine", "status", "--json").data
        assert found["running"]
        assert found["owner"] is None
        assert found["process"] in engines(data)
        assert "stays until" in run(data, "engine", "status").out
        assert "runs already" in run(data, "engine", "start").out
    finally:
        assert "has ended" in run(data, "engine", "stop").out
    assert "does not run" in run(data, "engine", "stop").out


def test_a_folder_without_an_engine_is_told(data: Path) -> None:
    assert run(data, "engine", "status", "--json").data["running"] is False
    assert "does not run" in run(data, "engine", "stop").out
    assert not data.exists()


def test_somebody_elses_server_is_not_started_or_stopped(data: Path) -> None:
    for order in ("start", "stop"):
        refused(run(data, "engine", order, NEO4J_URI="bolt://127.0.0.1:1"), 2, "NEO4J_URI is set")


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("find", "hue"), ("query", "provinces_with_fund")])
def test_nothing_but_load_writes_to_a_neo4j(data: Path, neo4j_settings: Settings, command: tuple[str, ...]) -> None:
    uri = neo4j_settings.neo4j_uri
    assert uri is not None
    login = {"NEO4J_URI": uri, "NEO4J_PASSWORD": neo4j_settings.neo4j_password.get_secret_value()}
    with Engine.open(neo4j_settings) as engine:
        fresh(engine).write(
            lambda write: write.execute("UNWIND range(1, 9) AS id CREATE (:Entity {id: id})-[:OWNS]->(:Account)")
        )
        refused(run(data, *command, **login), 1, "nothing is loaded", uri, "`vnkg load`")
        dry, load = (run(data, "load", *more, **login) for more in (("--dry-run",), ()))
        for ended in (dry, load):
            assert ended.code == 1
            assert "Traceback" not in ended.err
            assert "9 :Entity" in ended.err
            assert "NEO4J_DATABASE" in ended.err
        assert engine.read("MATCH (n)-[r]->(m) RETURN count(r) AS n, count(n) AS a, count(m) AS b") == [
            {"n": 9, "a": 9, "b": 9}
        ]
        fresh(engine)


def test_two_commands_at_once_on_an_empty_folder_share_one_engine_and_both_answer(data: Path) -> None:
    both = [start(data, "query", "provinces_with_fund", "--json") for _ in range(2)]
    one, other = (end(process) for process in both)
    assert one.data == other.data
    assert one.data["near_misses"]
    assert "loading the built-in facts first" in one.err + other.err
    assert engines(data) == []
