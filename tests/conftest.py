"""Engines for the tests: the embedded one and a Neo4j that the suite starts (or the server at `VNKG_TEST_NEO4J_URI`).

The tests **empty** the database at `VNKG_TEST_NEO4J_URI` (with `NEO4J_USERNAME`, `NEO4J_PASSWORD`, `NEO4J_DATABASE`).
What is left out of a run, and how often some tests repeat themselves: `tests/support/requirements.py`.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from pydantic import SecretStr

from tests.support.database import clear_database
from tests.support.neo4j_server import FAST_START_OPTIONS, Neo4jServer, Neo4jUnavailable
from tests.support.requirements import (
    TEST_ENVIRONMENT,
    TEST_VARIABLES,
    is_full_run,
    is_torture,
    order_for_workers,
    reason_to_leave_out,
    require,
)
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser


# A developer's own settings must not reach the tests, least of all their server, which the tests would empty.
for _key in [key for key in os.environ if key.startswith(("VNKG_", "NEO4J_")) and key not in TEST_VARIABLES]:
    if _key != "VNKG_ARTICLES":
        del os.environ[_key]

if not is_torture():
    # The engines run for minutes only. Half of their processor time would be spent on compiling what soon ends.
    os.environ.setdefault("JDK_JAVA_OPTIONS", " ".join(FAST_START_OPTIONS))

# Without deadline: several processes share the processors, so the time of one example says nothing.
hypothesis.settings.register_profile("vnkg", max_examples=5_000 if is_torture() else 100, deadline=None)
hypothesis.settings.load_profile("vnkg")
# Collected tests and merged releases live as long as the process: looking through them for garbage again and again took
# a tenth of the time.
gc.set_threshold(50_000, 50, 50)
MAX_WORKERS = 4
"""Maximum number of worker processes: each has engines, a server and a browser of its own."""


def pytest_xdist_auto_num_workers() -> int:
    """With `-n auto`, use each processor and two more, as tests wait for servers; but one process for a shared Neo4j."""
    if TEST_ENVIRONMENT.get("VNKG_TEST_NEO4J_URI"):
        return 0
    return min((os.cpu_count() or 1) + 2, MAX_WORKERS)


class RootFolder:
    """Collects the checkout as a plain folder, whatever its name: its `__init__.py` belongs to the product."""

    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Return the collector of the root folder, and None for others."""
        return pytest.Dir.from_parent(parent, path=path) if path == parent.config.rootpath else None


def pytest_configure(config: pytest.Config) -> None:
    """Register the collector of the root folder."""
    config.pluginmanager.register(RootFolder())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests out of a quick run; in a full one, order them for the worker processes."""
    if is_full_run(config):
        if workers := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
            items[:] = order_for_workers(items, int(workers))
        return
    for item in items:
        if reason := reason_to_leave_out(item):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def embedded_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the session's embedded engine."""
    return Settings(data=tmp_path_factory.mktemp("embedded"))


@pytest.fixture(scope="session")
def neo4j_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of the session's Neo4j server."""
    data = tmp_path_factory.mktemp("unused")
    if uri := TEST_ENVIRONMENT.get("VNKG_TEST_NEO4J_URI"):
        yield Settings(
            data=data,
            neo4j_uri=uri,
            neo4j_username=TEST_ENVIRONMENT.get("NEO4J_USERNAME", "neo4j"),
            neo4j_password=SecretStr(TEST_ENVIRONMENT.get("NEO4J_PASSWORD", "")),
            neo4j_database=TEST_ENVIRONMENT.get("NEO4J_DATABASE", "neo4j"),
        )
        return
    try:
        server = Neo4jServer(tmp_path_factory.mktemp("neo4j"))
    except Neo4jUnavailable as absent:
        require("neo4j", f"{absent}; set VNKG_TEST_NEO4J_URI to use a server that runs")
    with server:
        yield Settings(
            data=data,
            neo4j_uri=server.address,
            neo4j_username=server.username,
            neo4j_password=SecretStr(server.password),
            neo4j_database=server.database,
        )


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def engine_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of each engine in turn."""
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture(scope="session")
def embedded_engine(embedded_settings: Settings) -> Iterator[Engine]:
    """The session's embedded engine."""
    with Engine.open(embedded_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def neo4j_engine(neo4j_settings: Settings) -> Iterator[Engine]:
    """The session's Neo4j."""
    with Engine.open(neo4j_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def engine(engine_settings: Settings, request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn, open for the session; it still contains what the previous test left."""
    return request.getfixturevalue("neo4j_engine" if engine_settings.neo4j_uri else "embedded_engine")


@pytest.fixture
def empty_engine(engine: Engine) -> Iterator[Engine]:
    """Each engine in turn, with an empty database; emptied again afterwards, as no load removes foreign data."""
    yield clear_database(engine)
    clear_database(engine)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The system's Chromium, shared by all tests."""
    from tests.support.chromium import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def invented_site() -> Iterator[str]:
    """The URL of a server with the invented graph."""
    from tests.support.http import running_server

    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def built_in_site() -> Iterator[str]:
    """The URL of a server with the facts of the five articles, without their text."""
    from tests.support.http import built_in_app, running_server

    with running_server(built_in_app(with_texts=False)) as address:
        yield address


@pytest.fixture(scope="session")
def built_in_site_with_texts(articles: str) -> Iterator[str]:
    """The URL of a server with the facts of the five articles and their text."""
    from tests.support.http import built_in_app, running_server

    with running_server(built_in_app()) as address:
        yield address


@pytest.fixture(scope="session")
def articles() -> str:
    """The folder with the text of the articles."""
    folder = os.environ.get("VNKG_ARTICLES")
    if not folder:
        require("articles", "VNKG_ARTICLES does not name the folder with the articles' text")
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root folder of the checkout."""
    return Path(__file__).resolve().parent.parent
