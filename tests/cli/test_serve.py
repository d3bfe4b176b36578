"""`vnkg serve` and the processes it starts, as a user starts and stops them."""

import json
import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import (
    TIMEOUT_SECONDS,
    CommandResult,
    assert_refused,
    engine_processes,
    run_command,
    run_process,
    start_process,
    wait_for_exit,
)
from tests.support.database import clear_database
from tests.support.facts_folder import facts_folder
from tests.support.file_damage import copy_data
from tests.support.processes import wait_until
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

FLAGSHIP = "api/v1/queries/provinces_with_fund"


class ServerProcess:
    """A `vnkg serve` process and the URL it printed."""

    def __init__(self, data: Path, *words: str, **variables: str) -> None:
        self.process = start_process(data, "serve", *words, **variables)
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        found = re.fullmatch(r"VNKG is at (http://\S+/)\n", told)
        if found is None:
            self.process.kill()
            pytest.fail(f"told {told!r} and {wait_for_exit(self.process).stderr!r}; expected its address")
        self.address = found[1]

    def get(self, path: str) -> Any:
        """The `data` of a JSON response."""
        with urllib.request.urlopen(self.address + path, timeout=TIMEOUT_SECONDS) as answer:
            return json.load(answer)["data"]

    def stop(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        ended = wait_for_exit(self.process)
        assert "Traceback" not in ended.stderr, ended.stderr
        return ended.code


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """An empty data folder; asserts that no engine is left in it."""
    folder = tmp_path / "data"
    yield folder
    has_ended = wait_until_stopped(folder)
    if not has_ended:
        subprocess.run(["kill", "-9", *map(str, engine_processes(folder))], check=False)
    assert has_ended


@pytest.fixture(scope="module")
def simultaneous(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[CommandResult]]:
    """A folder that was empty until two processes asked a question of it at once, and what they printed."""
    folder = tmp_path_factory.mktemp("loaded") / "data"
    processes = [start_process(folder, "query", "provinces_with_fund", "--json") for _ in range(2)]
    return folder, [wait_for_exit(process) for process in processes]


@pytest.fixture
def loaded_folder(simultaneous: tuple[Path, list[CommandResult]], data: Path) -> Path:
    """The data folder with the built-in facts, without an engine."""
    return copy_data(simultaneous[0], data)


def wait_until_stopped(data: Path) -> bool:
    """Wait until no process serves the folder; False if that takes too long."""
    return wait_until(lambda: engine_processes(data) == [], TIMEOUT_SECONDS)


def test_two_simultaneous_commands_on_an_empty_folder_share_one_engine(
    simultaneous: tuple[Path, list[CommandResult]],
) -> None:
    data, (one, other) = simultaneous
    assert one.data == other.data
    assert one.data["near_misses"]
    assert "loading the built-in facts first" in one.stderr + other.stderr
    assert engine_processes(data) == []


def test_a_server_loads_missing_data_answers_and_stops_without_leftovers(data: Path, tmp_path: Path) -> None:
    served = ServerProcess(data, "--port", "0")
    assert served.get(FLAGSHIP) == run_command(data, "query", "provinces_with_fund", "--json").data
    with urllib.request.urlopen(served.address + "queries/provinces_with_fund", timeout=TIMEOUT_SECONDS) as page:
        assert page.headers["content-type"] == "text/html; charset=utf-8"
    release = served.get("api/v1/release")["release"]
    loaded = run_command(data, "load", "--also", str(facts_folder(tmp_path / "own")), "--json").data
    assert loaded["release"] != release
    assert wait_until(lambda: served.get("api/v1/release")["release"] == loaded["release"], TIMEOUT_SECONDS)
    status = run_command(data, "engine", "status", "--json").data
    assert status["owner"] == served.process.pid
    assert "belongs to process" in run_command(data, "engine", "stop").stderr
    assert served.stop(signal.SIGINT) == 0
    assert engine_processes(data) == []
    assert run_command(data, "engine", "status", "--json").data["running"] is False


def test_a_server_that_is_terminated_stops_its_engine(loaded_folder: Path) -> None:
    assert ServerProcess(loaded_folder, "--port", "0").stop(signal.SIGTERM) == 128 + signal.SIGTERM
    assert engine_processes(loaded_folder) == []


def test_a_killed_server_takes_its_engine_down_and_the_next_command_works(loaded_folder: Path) -> None:
    ServerProcess(loaded_folder, "--port", "0").stop(signal.SIGKILL)
    assert wait_until_stopped(loaded_folder)
    assert run_command(loaded_folder, "find", "dong nai", "--json").data[0]["id"] == "province:dong-nai"


def test_a_running_engine_is_reported_used_by_a_server_and_stops_on_request(loaded_folder: Path) -> None:
    assert run_process(loaded_folder, "engine", "start").code == 0
    before = engine_processes(loaded_folder)
    try:
        found = run_command(loaded_folder, "engine", "status", "--json").data
        assert found["running"]
        assert found["owner"] is None
        assert found["process"] in before
        assert "stays until" in run_command(loaded_folder, "engine", "status").stdout
        assert "runs already" in run_command(loaded_folder, "engine", "start").stdout
        served = ServerProcess(loaded_folder, PORT="0")
        assert served.get("api/v1/entities/province:dong-nai")["id"] == "province:dong-nai"
        served.process.send_signal(signal.SIGINT)  # pressed twice
        assert served.stop(signal.SIGINT) == 0
        assert engine_processes(loaded_folder) == before
    finally:
        assert "has ended" in run_command(loaded_folder, "engine", "stop").stdout
    assert "does not run" in run_command(loaded_folder, "engine", "stop").stdout


def test_a_port_in_use_is_reported_before_anything_is_started(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for ended in (run_command(data, "serve", "--port", port), run_command(data, "serve", PORT=port)):
            assert ended.code == 1
            assert (
                ended.stderr
                == f"Error: port {port} of 127.0.0.1 is in use by another process; choose one with --port\n"
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
def test_an_invalid_address_is_refused(data: Path, arguments: list[str], message: str) -> None:
    assert_refused(run_command(data, "serve", *arguments), 2, message)
    assert not data.exists()


def test_a_folder_without_an_engine_is_reported(data: Path) -> None:
    assert run_command(data, "engine", "status", "--json").data["running"] is False
    assert "does not run" in run_command(data, "engine", "stop").stdout
    assert not data.exists()


def test_an_external_server_is_not_started_or_stopped(data: Path) -> None:
    for order in ("start", "stop"):
        assert_refused(run_command(data, "engine", order, NEO4J_URI="bolt://127.0.0.1:1"), 2, "NEO4J_URI is set")


def test_only_load_writes_to_neo4j(data: Path, neo4j_settings: Settings) -> None:
    uri = neo4j_settings.neo4j_uri
    assert uri is not None
    login = {"NEO4J_URI": uri, "NEO4J_PASSWORD": neo4j_settings.neo4j_password.get_secret_value()}
    with Engine.open(neo4j_settings) as engine:
        clear_database(engine).write(
            lambda write: write.execute("UNWIND range(1, 9) AS id CREATE (:Entity {id: id})-[:OWNS]->(:Account)")
        )
        for ended in (
            run_process(data, "serve", "--port", "0", **login),
            run_command(data, "find", "hue", **login),
            run_command(data, "query", "provinces_with_fund", **login),
        ):
            assert_refused(ended, 1, "nothing is loaded", uri, "`vnkg load`")
        for options in (["--dry-run"], []):
            ended = run_command(data, "load", *options, **login)
            assert ended.code == 1
            assert "9 :Entity" in ended.stderr
            assert "NEO4J_DATABASE" in ended.stderr
        assert engine.read("MATCH (n)-[r]->(m) RETURN count(r) AS n, count(n) AS a, count(m) AS b") == [
            {"n": 9, "a": 9, "b": 9}
        ]
        clear_database(engine)
