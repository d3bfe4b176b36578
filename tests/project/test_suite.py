"""The suite itself: what a quick run leaves out, what a named file runs, and what is downloaded once."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.checkout_copy import copy_checkout

FILE = "tests/cli/test_serve.py"
COLLECTED_FILES = (FILE, "tests/store/test_load.py")
NOT_NEEDED = [
    f"--ignore={file}"
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py"))
    if (file := str(path.relative_to(Path(__file__).parents[2]))) not in COLLECTED_FILES
]
"""Files that a run without arguments need not collect here."""
TEST = "test_a_folder_without_an_engine_is_reported"


def run_suite(repository: Path, *words: str, **variables: str) -> str:
    """Run a part of the suite in its own process, and return what it prints."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    done = subprocess.run(
        command, cwd=repository, env=plain | variables, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def outcome(output: str) -> dict[str, int]:
    """Return how many tests passed, failed and so on, from the last line."""
    return {
        word: int(count) for count, word in re.findall(r"(\d+) (\w+)", output.splitlines()[-1].partition(" in ")[0])
    }


def test_a_quick_run_leaves_slow_tests_out_and_says_why(repository: Path) -> None:
    printed = run_suite(repository, *NOT_NEEDED, "-n", "1", "-k", f"{TEST} or test_an_empty_database_holds_nothing")
    assert {key: value for key, value in outcome(printed).items() if key != "deselected"} == {"passed": 1, "skipped": 2}
    assert f"SKIPPED [1] {FILE}: slow: runs with VNKG_TEST_REQUIRE set" in printed
    assert "SKIPPED [1] tests/store/test_load.py: Neo4j: runs with VNKG_TEST_REQUIRE set" in printed


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["-k", TEST, FILE], {}),
        ([*NOT_NEEDED, "-k", TEST, "-n", "1"], {"VNKG_TEST_REQUIRE": "chromium"}),
    ],
    ids=["a named file", "required"],
)
def test_a_named_file_and_a_run_with_requirements_leave_nothing_out(
    repository: Path, words: list[str], variables: Mapping[str, str]
) -> None:
    found = outcome(run_suite(repository, *words, **variables))
    assert (found["passed"], "skipped" in found) == (1, False)


def test_the_suite_runs_in_a_folder_with_any_name(repository: Path, tmp_path: Path) -> None:
    checkout = copy_checkout(repository, tmp_path / "vnkg-main")
    assert outcome(run_suite(checkout, "-n", "0", "tests/model/test_folding.py"))["passed"] > 0


def test_processes_that_start_together_download_neo4j_once(tmp_path: Path, repository: Path) -> None:
    programs, log = tmp_path / "bin", tmp_path / "downloads"
    programs.mkdir()
    (programs / "java").touch(0o755)
    maven = programs / "mvn"
    maven.write_text(f'#!/bin/sh\necho one >>{log}\nsleep 0.5\nmkdir "${{5#-DoutputDirectory=}}"\n', encoding="utf-8")
    maven.chmod(0o755)
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", "from tests.support.neo4j_server import jars; print(jars().is_dir())"]

    def start(_: int) -> str:
        return subprocess.run(
            command, cwd=repository, env=environment, capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(start, range(3))) == ["True\n"] * 3
    assert log.read_text(encoding="utf-8") == "one\n"
