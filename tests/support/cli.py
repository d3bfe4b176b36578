"""Run the `vnkg` command: in this process, or in its own where a test is about the process."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from vnkg.api.cli.main import main
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store
from vnkg.loaders import read_facts

VNKG = Path(sys.executable).with_name("vnkg")
TIMEOUT_SECONDS = 120.0
"""Seconds any command may take, even on a busy machine."""
QUESTIONS = (
    ("query", "names_of", "--entity", "province:hai-phong", "--json"),
    ("query", "provinces_with_fund", "--json"),
    ("show", "province:da-nang", "--json"),
)


@dataclass(frozen=True, slots=True)
class CommandResult:
    """Exit code and output of a command."""

    code: int
    stdout: str
    stderr: str

    @property
    def data(self) -> Any:
        """The JSON it printed; asserts that the exit code is 0."""
        assert self.code == 0, self.stderr
        return json.loads(self.stdout)


@dataclass(frozen=True, slots=True)
class LoadedFolder:
    """A data folder whose engine has ended, the files of our own in it, and what `QUESTIONS` are answered from it."""

    data: Path
    own_files: Path
    answers: list[Any]


def command_variables(data: Path, variables: Mapping[str, str]) -> dict[str, str | None]:
    """Return what a command's environment changes in ours: its data folder, `variables`, and none of our settings."""
    own = [key for key in os.environ if key == "PORT" or key.startswith(("VNKG_", "NEO4J_", "COLUMNS"))]
    return {**dict.fromkeys(own), "VNKG_DATA": str(data), **variables}


def command_environment(data: Path, variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment variables for a command in its own process; see `command_variables`."""
    changed = os.environ | command_variables(data, variables or {})
    return {key: value for key, value in changed.items() if value is not None}


def run_command(data: Path, *words: str, **variables: str) -> CommandResult:
    """Run a command in this process and return its result; keyword arguments are environment variables.

    An exception that would end the command with a traceback is raised.
    """
    handler = signal.getsignal(signal.SIGTERM)
    try:
        result = CliRunner().invoke(main, words, prog_name="vnkg", env=command_variables(data, variables))
    finally:
        signal.signal(signal.SIGTERM, handler)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return CommandResult(result.exit_code, result.stdout, result.stderr)


def start_process(data: Path, *words: str, **variables: str) -> subprocess.Popen[str]:
    """Start a command in its own process; keyword arguments are environment variables."""
    return subprocess.Popen(
        [str(VNKG), *words],
        env=command_environment(data, variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Like a foreground command of a shell: Ctrl-C is not ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,  # noqa: PLW1509
    )


def wait_for_exit(process: subprocess.Popen[str]) -> CommandResult:
    """Wait for a process and return its result."""
    out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    return CommandResult(process.returncode, out, err)


def run_process(data: Path, *words: str, **variables: str) -> CommandResult:
    """Run a command in its own process and return its result; keyword arguments are environment variables."""
    return wait_for_exit(start_process(data, *words, **variables))


@cache
def data_folder() -> Path:
    """Return the data folder of `graph`; commands that use it attach to its engine."""
    made = Path(tempfile.mkdtemp(prefix="vnkg-commands-"))
    atexit.register(shutil.rmtree, made)
    return made / "data"


@cache
def graph() -> Graph:
    """Return a graph of the built-in facts to compare output with; its engine runs until the tests end."""
    engine = Engine.open(Settings(data=data_folder()))
    atexit.register(engine.close)
    store.load(engine, merge(read_facts(), schema()), batch=10_000)
    return Graph(engine, schema(), catalogue())


def assert_refused(result: CommandResult, code: int, *words: str) -> None:
    """Assert that a command ended with `code` and an error message with `words`, without output or traceback."""
    assert result.code == code, result
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


def engine_processes(data: Path) -> list[int]:
    """Return the ids of the processes that serve a data folder: Java and its watcher."""
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            if os.fsencode(str(data)) in line and b"arcadedb" in line:
                found.append(int(folder.name))
    return found
