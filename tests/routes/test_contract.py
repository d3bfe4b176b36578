"""The API does what /openapi.json says, for requests that Schemathesis makes of it: as described, and wrong ones."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.requirements import is_torture, torture_count

SEED = 57
PHASES = "examples,coverage,fuzzing,stateful"
"""Phases of a whole run; the sample is of one of them, as the others have a number of cases of their own."""


@pytest.mark.torture
def test_the_api_keeps_its_description(built_in_site: str, repository: Path, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{built_in_site}/openapi.json", "--no-color",
        "--checks=all", "--exclude-checks=positive_data_acceptance", f"--phases={PHASES if is_torture() else 'fuzzing'}",
        f"--max-examples={torture_count(1)}", f"--seed={SEED}", "--generation-database=none", "--continue-on-failure",
        *(["--no-shrink"] if not is_torture() else []),
    ]  # fmt: skip
    variables = {"SCHEMATHESIS_HOOKS": "tests.support.contract_checks", "PYTHONPATH": str(repository)}
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    cases = re.search(r"(\d+) generated", done.stdout)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    assert cases is not None, done.stdout
    assert int(cases[1]) >= torture_count(50), done.stdout
    print(f"{cases[1]} cases, seed {SEED}")
