"""Shared by all commands: read the settings, open the graph, and load the built-in facts into an empty store."""

import sqlite3
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import ValidationError

from ...graph.catalogue.query import catalogue
from ...graph.disk_cache import DiskCache
from ...graph.engines.bolt import Engine
from ...graph.errors import EngineDied, EngineError, InputError, NotLoaded
from ...graph.messages import quote_for_message
from ...graph.model.merge import merge
from ...graph.model.release import Release
from ...graph.model.schema import schema
from ...graph.reader.reader import Graph
from ...graph.settings import Settings
from ...graph.store.load import LoadPlan, LoadResult, load, plan_load
from ...graph.store.mapping import LAYOUT
from ...graph.store.marker import read_stored_release
from ...loaders import Texts, read_facts
from ..service.service import Service
from . import terminal

LOAD_LOCK_TIMEOUT = 600.0
"""Seconds to wait for another command's load to end."""


def read_settings(texts_folder: Path | None = None) -> Settings:
    """Read the settings from the environment; `texts_folder` overrides `VNKG_ARTICLES`.

    Raises `InputError` with a line for each invalid setting.
    """
    try:
        environment_settings = Settings.model_validate({})
    except ValidationError as error:
        raise InputError("\n".join(_format_validation_errors(error))) from error
    return environment_settings.model_copy(update={"articles": texts_folder}) if texts_folder else environment_settings


def _format_validation_errors(error: ValidationError) -> Generator[str]:
    for item in error.errors(include_url=False):
        field = str(item["loc"][0])
        name = field if field.isupper() else f"VNKG_{field.upper()}"
        actual = "a value" if "PASSWORD" in name else quote_for_message(item["input"])
        _, should, rest = item["msg"].partition(" should ")
        yield f"{name}: found {actual}; " + (f"expected it to {rest}" if should else item["msg"])


def facts_release(extra_paths: Sequence[Path] = (), texts_folder: Path | None = None) -> Release:
    """Read all facts, the built-in ones and those of `extra_paths`, and merge them into a release."""
    return merge(read_facts(extra_paths, texts_folder), schema())


def open_engine(settings: Settings, *, short_lived: bool = False) -> Engine:
    """Open the engine of the settings, with a spinner while it starts.

    `short_lived` is for commands that run few queries: the engine starts faster and has a lower peak throughput.
    """
    with terminal.spinner("starting the graph engine" if not settings.neo4j_uri else "connecting to Neo4j"):
        return Engine.open(settings, short_lived=short_lived)


def load_release(engine: Engine, release: Release, settings: Settings, *, replace: bool = False) -> LoadResult:
    """Load a release with a progress bar; retry once if the process that owns the engine ended it meanwhile.

    Raises `LoadRefused` as `store.load` does.
    """
    try:
        return _load_with_progress(engine, release, settings, replace=replace)
    except EngineDied:
        terminal.print_note("The engine ended meanwhile; it was started again, and the load too.")
        return _load_with_progress(engine, release, settings, replace=replace)


def _load_with_progress(engine: Engine, release: Release, settings: Settings, *, replace: bool) -> LoadResult:
    with _load_lock(settings), terminal.progress_bar("loading") as report_progress:
        return load(engine, release, report_progress=report_progress, batch=settings.load_batch, replace=replace)


def preview_load(release: Release, settings: Settings, *, replace: bool = False) -> LoadPlan:
    """Return what loading a release would change; does not create an embedded database that does not exist yet."""
    if not settings.neo4j_uri and not settings.data.exists():
        return plan_load(None, release)
    with open_engine(settings, short_lived=True) as engine:
        return plan_load(engine, release, replace=replace)


@contextmanager
def _load_lock(settings: Settings) -> Generator[None]:
    """Hold the load lock of a data folder: the embedded engine does not lock indexes while it builds them.

    This is a SQLite lock: it comes with the standard library, can wait with a timeout, and is released by the
    operating system if its holder dies. Neo4j gets no lock. Raises `EngineError` after `LOAD_LOCK_TIMEOUT` seconds.
    """
    if settings.neo4j_uri:
        yield
        return
    with closing(sqlite3.connect(settings.data / "load.lock", timeout=LOAD_LOCK_TIMEOUT, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise EngineError(
                f"{settings.data}: another command loads there for {LOAD_LOCK_TIMEOUT:.0f} s ({error})"
            ) from error
        yield


@contextmanager
def open_service(settings: Settings, *, short_lived: bool = False) -> Generator[Service]:
    """Open the graph as a service; load the built-in facts first if an embedded one is empty.

    `short_lived` is for commands that run few queries. Raises `NotLoaded` if another version of VNKG wrote the graph,
    or if a Neo4j database holds no release: only `vnkg load` writes there.
    """
    texts = Texts(settings.articles) if settings.articles else None
    with ThreadPoolExecutor(1) as executor:
        # A new data folder will need the facts: read them while the engine starts.
        release_future = (
            executor.submit(facts_release) if not settings.neo4j_uri and not settings.data.exists() else None
        )
        with open_engine(settings, short_lived=short_lived) as engine:
            marker = read_stored_release(engine)
            if marker is None and settings.neo4j_uri:
                raise NotLoaded(
                    f"nothing is loaded in the database {engine.database!r} at {engine.address}; `vnkg load` does it"
                )
            if marker is None:
                terminal.print_note("The graph is empty: loading the built-in facts first.")
                load_release(engine, release_future.result() if release_future else facts_release(), settings)
            elif marker.layout != LAYOUT:
                # Not reloaded here: only the user knows which of their own files were in it.
                raise NotLoaded("the graph was written by another version of VNKG; write it anew with `vnkg load`")
            graph = Graph(engine, schema(), catalogue(), DiskCache(settings.cache_folder))
            yield Service(settings, schema(), dict(catalogue()), texts, graph)
