"""The application with the invented graph on an embedded engine, started once for all tests that use HTTP."""

import atexit
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.support import cli, invented_graph
from vnkg.api.app import create_app
from vnkg.api.http.limited_protocol import SocketLimits
from vnkg.api.server import server_config
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Facts
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

CHANGED_LINE = 2
"""Line of the first article whose text differs from its passage."""


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="vnkg-serving-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def settings() -> Settings:
    """Settings of the engine shared by the API tests."""
    return Settings(data=_folder() / "engine", articles=_texts())


@cache
def graph() -> Graph:
    """The invented graph, loaded into an engine that runs until the tests end."""
    engine = Engine.open(settings())
    atexit.register(engine.close)
    store.load(engine, merge(facts(), schema()), batch=10_000)
    return Graph(engine, schema(), invented_graph.queries())


@cache
def client() -> TestClient:
    """A client of the application with the invented graph."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(client_of(settings()))


def built_in_app(*, with_texts: bool = True) -> FastAPI:
    """An application with the facts of the five articles, and with their text if it is wanted and available."""
    folder = os.environ.get("VNKG_ARTICLES") if with_texts else None
    given = Settings(data=cli.data_folder(), articles=Path(folder) if folder else None)
    return create_app(given, cli.graph())


@cache
def built_in_client() -> TestClient:
    """A client of the application with the facts of the five articles."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(TestClient(built_in_app(), follow_redirects=False))


def client_of(app_settings: Settings) -> TestClient:
    """A client of a new application with the same graph; enter it as a context manager to start the application."""
    return TestClient(create_app(app_settings, graph()), follow_redirects=False)


def page(path: str, **parameters: str) -> str:
    """The HTML of a page; asserts status 200."""
    response = client().get(path, params=parameters or None)
    assert response.status_code == 200, response.text[:2000]
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def data(path: str, headers: Mapping[str, str] | None = None, **parameters: str) -> object:
    """The `data` of a response under /api/v1; asserts status 200."""
    response = client().get(f"/api/v1{path}", params=parameters or None, headers=headers)
    assert response.status_code == 200, response.text[:2000]
    return response.json()["data"]


FIRST_ARTICLE, SECOND_ARTICLE = "article:900", "article:901"
"""Ids of the invented articles, in the form that text files need."""


@cache
def facts() -> Facts:
    """The invented facts with article ids that text files can have."""
    return _replace_ids(
        invented_graph.facts(),
        {invented_graph.FIRST_ARTICLE: FIRST_ARTICLE, invented_graph.SECOND_ARTICLE: SECOND_ARTICLE},
    )


def _replace_ids(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, tuple):
        return tuple(_replace_ids(item, ids) for item in value)
    if isinstance(value, dict):
        return {key: _replace_ids(item, ids) for key, item in value.items()}
    if is_dataclass(value):
        return replace(value, **{item.name: _replace_ids(getattr(value, item.name), ids) for item in fields(value)})
    return value


def _texts() -> Path:
    """Write the text of one invented article: its lines are the glosses, one of them changed."""
    folder = _folder() / "articles"
    folder.mkdir()
    passages = {s.passage.line: s.gloss for s in facts().statements if s.passage and s.passage.article == FIRST_ARTICLE}
    lines = [passages[line] for line in sorted(passages)]
    lines[CHANGED_LINE - 1] = lines[CHANGED_LINE - 1].upper()
    folder.joinpath("900_invented.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


@contextmanager
def running_server(app: FastAPI | None = None, limits: SocketLimits | None = None) -> Iterator[str]:
    """Serve an application (default: the invented graph) on a free port, as `vnkg serve` does; yields its URL."""
    config = server_config(app or create_app(settings(), graph()), limits or SocketLimits())
    config.port = 0
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


EXAMPLE_IDS = {
    "Agency": "agency:so-fff",
    "Article": FIRST_ARTICLE,
    "Fund": "fund:aaa-vc",
    "Person": "person:nguoi-dau",
    "Policy": "policy:57-nq-tw",
    "Province": "province:fff",
}


def example_parameters(name: str) -> dict[str, str | list[str]]:
    """The example parameters of a query, with entities of the invented graph instead of the built-in ones."""
    query = catalogue()[name]
    given: dict[str, str | list[str]] = {}
    for key, value in query.example.items():
        node_types = query.params[key].node_types or ("Province",)
        ours = next((EXAMPLE_IDS[node] for node in node_types if node in EXAMPLE_IDS), None)
        if query.params[key].type != "entity":
            given[key] = list(value) if isinstance(value, tuple) else value
        elif ours is not None:
            given[key] = ours
    return given
