"""What a test needs from the machine, and which tests a quick run leaves out: skipped, each with its reason.

`VNKG_TEST_REQUIRE` names what must be there (`neo4j`, `chromium`, `articles`): then nothing is left out, and what is
missing is a failure. `VNKG_TORTURE` repeats each soak, kill and fuzz test many times, and enlarges the large graph.
"""

import os
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

TEST_VARIABLES = ("VNKG_TEST_NEO4J_URI", "VNKG_TEST_REQUIRE", "VNKG_TORTURE")
TEST_ENVIRONMENT = {
    key: value for key, value in os.environ.items() if key in TEST_VARIABLES or key.startswith("NEO4J_")
}
TORTURE_FACTOR = 100
"""How many times more examples, kills and rounds `VNKG_TORTURE` runs."""
TESTS = Path(__file__).parents[1]
SLOW_PATHS = tuple(
    TESTS / name
    for name in (
        "browser",
        "project",
        "cli/test_damage.py",
        "cli/test_serve.py",
        "cli/test_terminal.py",
        "engines/test_embedded.py",
        "engines/test_embedded_folder.py",
        "pages/entities/test_weight.py",
        "pages/test_share.py",
        "queries/test_consistency.py",
        "queries/test_statuses.py",
        "store/test_killed_loads.py",
        "store/test_switch.py",
        "routes/test_admission.py",
        "routes/test_attacks.py",
        "routes/test_contract.py",
        "routes/test_hostile_labels.py",
        "routes/test_soak.py",
        "store/test_killed_processes.py",
    )
)
"""Files and folders that a quick run leaves out."""
HOW_TO_RUN = "runs with VNKG_TEST_REQUIRE set, or when its file or folder is named"


def require(name: str, reason: str) -> NoReturn:
    """Skip the test because `name` is missing, or fail it if `VNKG_TEST_REQUIRE` names it."""
    required = {word.strip() for word in TEST_ENVIRONMENT.get("VNKG_TEST_REQUIRE", "").split(",")}
    if name in required:
        pytest.fail(f"VNKG_TEST_REQUIRE names {name}, but: {reason}", pytrace=False)
    pytest.skip(reason)


def is_full_run(config: pytest.Config) -> bool:
    """Tell whether nothing is left out: `VNKG_TEST_REQUIRE` or `VNKG_TORTURE` is set, or files or folders are named."""
    if TEST_ENVIRONMENT.get("VNKG_TEST_REQUIRE") or is_torture():
        return True
    return config.args_source is pytest.Config.ArgsSource.ARGS


def reason_to_leave_out(item: pytest.Item) -> str | None:
    """Return why a quick run leaves a test out, or None."""
    if is_slow(item.path):
        return f"slow: {HOW_TO_RUN}"
    if uses_neo4j(item):
        return f"Neo4j: {HOW_TO_RUN}"
    return None


@cache
def is_slow(path: Path) -> bool:
    """Tell whether a file of tests is one that a quick run leaves out."""
    return any(path.is_relative_to(slow) for slow in SLOW_PATHS)


@cache
def is_in_browser(path: Path) -> bool:
    """Tell whether the tests of a file open pages in Chromium."""
    return path.is_relative_to(TESTS / "browser")


def uses_neo4j(item: pytest.Item) -> bool:
    """Tell whether a test needs the session's Neo4j server."""
    if not isinstance(item, pytest.Function):
        return False
    is_neo4j_variant = hasattr(item, "callspec") and item.callspec.params.get("engine_settings") == "neo4j"
    return is_neo4j_variant or "neo4j_settings" in item.fixturenames


def order_for_workers(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return the tests in an order in which only one worker process starts a Neo4j server, and few a browser.

    xdist gives each worker an equal share, one after the other, and a worker that is done takes from the end of another's.
    So each share begins with the tests that need one thing: they are not taken, and what takes long is done first.
    """
    groups: list[list[pytest.Item]] = [[] for _ in range(3)]
    others: list[pytest.Item] = []
    for item in items:
        if uses_neo4j(item):
            groups[0].append(item)
        elif is_in_browser(item.path):
            groups[1].append(item)
        else:
            (groups[2] if is_slow(item.path) else others).append(item)
    ordered: list[pytest.Item] = []
    share = len(items) // max(workers, 1)
    for group in groups:
        filling_count = max(share - len(group), 0)
        ordered += [*group, *others[:filling_count]]
        others = others[filling_count:]
    return ordered + others


def is_torture() -> bool:
    """Tell whether the soak, kill, fuzz and size tests run in full."""
    return bool(TEST_ENVIRONMENT.get("VNKG_TORTURE"))


def torture_count(sample: int) -> int:
    """Return how often a soak, kill or fuzz test repeats itself: `sample` times, or many more with `VNKG_TORTURE`."""
    return sample * TORTURE_FACTOR if is_torture() else sample
