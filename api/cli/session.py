"""Shared by all commands: read the settings, open the graph, and load the built-in facts into an empty store."""

import sqlite3
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import ValidationError

from ...graph.catalogue.query import catalogue
from ...graph.disk_cache import Kept
from ...graph.engines.bolt import Engine
from ...graph.errors import EngineDied, EngineError, InputError, NotLoaded
from ...graph.messages import shown
from ...graph.model.merge import merge
from ...graph.model.release import Release
from ...graph.model.schema import schema
from ...graph.reader.reader import Graph
from ...graph.settings import Settings
from ...graph.store.load import Loaded, Plan, load, plan
from ...graph.store.mapping import LAYOUT
from ...graph.store.marker import stored
from ...loaders import Texts, read_facts
from ..service.service import Service
from . import terminal

PATIENCE = 600.0
"""Seconds to wait for another command's load to end."""


def settings(articles: Path | None = None) -> Settings:
    """Read the settings from the environment; `texts_folder` overrides `VNKG_ARTICLES`.

    Raises `InputError` with a line for each invalid setting.
    """
    try:
        found = Settings.model_validate({})
    except ValidationError as error:
        raise InputError("\n".join(_refusals(error))) from error
    return found.model_copy(update={"articles": articles}) if articles else found


def _refusals(error: ValidationError) -> Generator[str]:
    for item in error.errors(include_url=False):
        field = str(item["loc"][0])
        name = field if field.isupper() else f"VNKG_{field.upper()}"
        found = "a value" if "PASSWORD" in name else shown(item["input"])
        _, should, rest = item["msg"].partition(" should ")
        yield f"{name}: found {found}; " + (f"expected it to {rest}" if should else item["msg"])


def facts_release(also: Sequence[Path] = (), articles: Path | None = None) -> Release:
    """Read all facts, the built-in ones and those of `extra_paths`, and merge them into a release."""
    return merge(read_facts(also, articles), schema())


def open_engine(given: Settings, *, brief: bool = False) -> Engine:
    """Open the engine of the settings, with a spinner while it starts.

    `short_lived` is for commands that run few queries: the engine starts faster and has a lower peak throughput.
    """
    with terminal.waiting("starting the graph engine" if not given.neo4j_uri else "connecting to Neo4j"):
        return Engine.open(given, brief=brief)


def write(engine: Engine, release: Release, given: Settings, *, replace: bool = False) -> Loaded:
    """Load a release with a progress bar; retry once if the process that owns the engine ended it meanwhile.

    Raises `LoadRefused` as `store.load` does.
    """
    try:
        return _write(engine, release, given, replace=replace)
    except EngineDied:
        terminal.note("The engine ended meanwhile; it was started again, and the load too.")
        return _write(engine, release, given, replace=replace)


def _write(engine: Engine, release: Release, given: Settings, *, replace: bool) -> Loaded:
    with _alone(given), terminal.progress("loading") as told:
        return load(engine, release, progress=told, batch=given.load_batch, replace=replace)


def planned(release: Release, given: Settings, *, replace: bool = False) -> Plan:
    """Return what loading a release would change; does not create an embedded database that does not exist yet."""
    if not given.neo4j_uri and not given.data.exists():
        return plan(None, release)
    with open_engine(given, brief=True) as engine:
        return plan(engine, release, replace=replace)


@contextmanager
def _alone(given: Settings) -> Generator[None]:
    """Hold the load lock of a data folder: the embedded engine does not lock indexes while it builds them.

    This is a SQLite lock: it comes with the standard library, can wait with a timeout, and is released by the
    operating system if its holder dies. Neo4j gets no lock. Raises `EngineError` after `LOAD_LOCK_TIMEOUT` seconds.
    """
    if given.neo4j_uri:
        yield
        return
    with closing(sqlite3.connect(given.data / "load.lock", timeout=PATIENCE, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise EngineError(f"{given.data}: another command loads there for {PATIENCE:.0f} s ({error})") from error
        yield


@contextmanager
def opened(given: Settings, *, brief: bool = False) -> Generator[Service]:
    """Open the graph as a service; load the built-in facts first if an embedded one is empty.

    `short_lived` is for commands that run few queries. Raises `NotLoaded` if another version of VNKG wrote the graph,
    or if a Neo4j database holds no release: only `vnkg load` writes there.
    """
    texts = Texts(given.articles) if given.articles else None
    with ThreadPoolExecutor(1) as beside:
        # A new data folder will need the facts: read them while the engine starts.
        early = beside.submit(facts_release) if not given.neo4j_uri and not given.data.exists() else None
        with open_engine(given, brief=brief) as engine:
            there = stored(engine)
            if there is None and given.neo4j_uri:
                raise NotLoaded(
                    f"nothing is loaded in the database {engine.database!r} at {engine.address}; `vnkg load` does it"
                )
            if there is None:
                terminal.note("The graph is empty: loading the built-in facts first.")
                write(engine, early.result() if early else facts_release(), given)
            elif there.layout != LAYOUT:
                # Not reloaded here: only the user knows which of their own files were in it.
                raise NotLoaded("the graph was written by another version of VNKG; write it anew with `vnkg load`")
            graph = Graph(engine, schema(), catalogue(), Kept(given.kept))
            yield Service(given, schema(), dict(catalogue()), texts, graph)
