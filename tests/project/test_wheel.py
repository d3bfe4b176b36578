"""The wheel, built through the sdist: it contains the tracked files and works without the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import cli

SHIPPED_ENTRIES = ("__init__.py", "py.typed", "graph", "loaders", "api", "queries")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Path]:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(repository)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    yield next(out.glob("*.whl"))


def test_the_wheel_contains_every_tracked_file_and_no_other(wheel: Path, repository: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", *SHIPPED_ENTRIES], cwd=repository, capture_output=True, text=True, check=True
    )
    tracked = {name for name in listed.stdout.splitlines() if (repository / name).exists()}
    packed = {name.removeprefix("vnkg/") for name in zipfile.ZipFile(wheel).namelist() if name.startswith("vnkg/")}
    assert packed == tracked


def test_the_wheel_alone_provides_a_working_command(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(target)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("VNKG_", "NEO4J_"))}
    environment |= {"PYTHONPATH": str(target), "VNKG_DATA": str(cli.data_folder())}
    cli.graph()  # its engine runs; `test_promises.py` loads facts with an installed wheel
    where = "import vnkg.graph, vnkg.api, vnkg.loaders; print(vnkg.graph.__file__, vnkg.api.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert all(part.startswith(str(target)) for part in found.stdout.split())
    run = "from vnkg.api.cli.main import main; main(['query', 'provinces_with_fund', '--json'])"
    done = subprocess.run(
        [sys.executable, "-c", run], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["rows"] == []
    assert len(answer["near_misses"]) >= 8
