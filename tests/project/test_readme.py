"""The examples in the README give the output it shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support import cli
from vnkg.api.app import create_app
from vnkg.graph.settings import Settings


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data() -> Path:
    """A data folder whose engine runs (`tests/cli/test_serve.py` has commands on an empty one)."""
    cli.graph()
    return cli.data_folder()


def example_output(readme: str, command: str) -> tuple[str, list[str]]:
    """Return a command of the README and the output lines below it, without `…`."""
    found = re.search(rf"^    \$ ({command} .*)\n((?:    .*\n)+)", readme, re.MULTILINE)
    assert found is not None
    return found[1], [line[4:] for line in found[2].splitlines() if line.strip() != "…"]


def test_the_command_prints_the_output_in_the_readme(readme: str, data: Path) -> None:
    command, lines = example_output(readme, "vnkg")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_"))}
    done = subprocess.run(
        [str(Path(sys.executable).parent / "vnkg"), *shlex.split(command)[1:]],
        env=environment | {"VNKG_DATA": str(data)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    assert len(lines) >= 3
    assert [line for line in lines if line.rstrip() not in printed] == []


def test_the_command_is_there_after_the_line_that_the_readme_names(readme: str, repository: Path, data: Path) -> None:
    (line,) = re.findall(r"`(source \.venv/bin/activate)`", readme)
    scripts = Path(sys.executable).parent
    line = line.replace(".venv/bin", str(scripts))
    done = subprocess.run(
        ["bash", "-c", f"{line} && command -v vnkg"], cwd=data, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(scripts / "vnkg")


def test_the_python_example_runs_and_prints_the_near_misses(readme: str, data: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_"))}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment | {"VNKG_DATA": str(data)}, cwd=data, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("Cần Thơ None ['has_fund']\n    ")
    assert len([line for line in done.stdout.splitlines() if not line.startswith("    ")]) >= 9


def test_the_api_gives_the_answer_in_the_readme(readme: str, data: Path) -> None:
    command, lines = example_output(readme, "curl")
    address = shlex.split(command)[-1]
    with TestClient(create_app(Settings(data=data))) as client:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert answer.status_code == 200
    assert len(lines) >= 1
    assert [line for line in lines if line not in answer.text] == []


def test_every_file_and_folder_in_the_readme_exists(readme: str, repository: Path) -> None:
    named = re.findall(r"\]\((?!http)([^)#]+)\)", readme) + re.findall(r"^\| `([a-z]+/)`", readme, re.MULTILINE)
    assert len(named) >= 7
    assert [name for name in named if not (repository / name).exists()] == []
