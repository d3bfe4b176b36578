"""Opens the graph of the settings, loads releases into it, and the built-in facts if an embedded one is empty."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from pydantic import ValidationError

from ..graph.catalogue.query import catalogue
from ..graph.disk_cache import DiskCache
from ..graph.engines.bolt import Engine
from ..graph.engines.embedded_folder import DataFolder
from ..graph.errors import EngineDied, InputError, NotLoaded
from ..graph.messages import quote_for_message
from ..graph.model.merge import merge
from ..graph.model.release import Release
from ..graph.model.schema import schema
from ..graph.reader.reader import Graph
from ..graph.settings import Settings
from ..graph.store.load import LoadPlan, LoadResult, load, plan_load
from ..graph.store.mapping import LAYOUT
from ..graph.store.marker import read_stored_release
from .read import read_facts

MAX_ATTEMPTS = 5
"""How often a load begins before it fails: short commands, one after the other, may own the engine and end it."""


class Progress:
    """What takes time while a graph is opened or loaded is reported here; this class ignores it."""

    def activity(self, text: str) -> AbstractContextManager[None]:
        """Return a context that is entered while something without known length runs, such as the engine's start."""
        del text
        return nullcontext()

    def load(self) -> AbstractContextManager[Callable[[int, int], None]]:
        """Return a context for one load; it yields a function that takes the changes written so far, and all."""
        return nullcontext(lambda _written, _total: None)

    def note(self, text: str) -> None:
        """Take a sentence that a user may want to read."""


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
        if not item["loc"]:  # of several settings together; the message names them
            yield item["msg"]
            continue
        field = str(item["loc"][0])
        name = field if field.isupper() else f"VNKG_{field.upper()}"
        actual = "a value" if "PASSWORD" in name else quote_for_message(item["input"])
        _, should, rest = item["msg"].partition(" should ")
        yield f"{name}: found {actual}; " + (f"expected it to {rest}" if should else item["msg"])


def facts_release(extra_paths: Sequence[Path] = (), texts_folder: Path | None = None) -> Release:
    """Read all facts, the built-in ones and those of `extra_paths`, and merge them into a release."""
    return merge(read_facts(extra_paths, texts_folder), schema())


def open_engine(settings: Settings, *, short_lived: bool = False, progress: Progress | None = None) -> Engine:
    """Open the engine of the settings.

    `short_lived` is for programs that run few queries: the engine starts faster and has a lower peak throughput.
    """
    text = "starting the graph engine" if not settings.neo4j_uri else "connecting to Neo4j"
    with (progress or Progress()).activity(text):
        return Engine.open(settings, short_lived=short_lived)


def load_lock(settings: Settings, progress: Progress | None = None) -> AbstractContextManager[None]:
    """Hold the load lock of the data folder, for one load at a time; a Neo4j server needs none.

    Whoever opens an engine in order to load takes it before, and releases it after the engine was closed, so that the
    engine does not end under another load. Raises `FolderInUse` after `embedded_folder.LOAD_SECONDS`.
    """
    if settings.neo4j_uri:
        return nullcontext()
    note = (progress or Progress()).note
    return DataFolder(settings.data).load_lock(
        lambda: note(f"Another command loads into {settings.data}; waiting until it is done.")
    )


def load_release(
    engine: Engine,
    release: Release,
    settings: Settings,
    *,
    replace: bool = False,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> LoadResult:
    """Load a release, within `load_lock`; begin again if the process that owns the engine ended it meanwhile.

    Raises `LoadRefused` as `store.load` does, which explains `rebuild`.
    """
    progress = progress or Progress()
    for attempts_left in reversed(range(MAX_ATTEMPTS)):
        try:
            with progress.load() as report_progress:
                return load(
                    engine,
                    release,
                    report_progress=report_progress,
                    batch=settings.load_batch,
                    replace=replace,
                    rebuild=rebuild,
                )
        except EngineDied:
            if not attempts_left:
                raise
            progress.note("The engine ended meanwhile; it was started again, and the load too.")
    raise AssertionError


def preview_load(
    release: Release, settings: Settings, *, replace: bool = False, progress: Progress | None = None
) -> LoadPlan:
    """Return what loading a release would change; does not create an embedded database that does not exist yet."""
    if not settings.neo4j_uri and not settings.data.exists():
        return plan_load(None, release)
    with open_engine(settings, short_lived=True, progress=progress) as engine:
        return plan_load(engine, release, replace=replace)


def open_graph(settings: Settings, *, short_lived: bool = False, progress: Progress | None = None) -> Graph:
    """Open the graph of the settings; load the built-in facts first if an embedded database is empty.

    The caller closes it. `short_lived` is as for `open_engine`. Raises `NotLoaded` if another version of VNKG wrote
    the graph, or if a Neo4j database holds no release: only `vnkg load` writes there.
    """
    progress = progress or Progress()
    read_model = schema()  # before the engine starts, which takes longer than to report a mistake
    with ThreadPoolExecutor(1) as executor:
        # A new data folder will need the facts: read them while the engine starts.
        is_new = not settings.neo4j_uri and not settings.data.exists()
        release_future = executor.submit(facts_release) if is_new else None
        engine = open_engine(settings, short_lived=short_lived, progress=progress)
        try:
            if _needs_facts(engine, settings):
                release = release_future.result() if release_future else facts_release()
                with load_lock(settings, progress):
                    if _needs_facts(engine, settings):  # another command may have loaded meanwhile
                        progress.note("The graph is empty: loading the built-in facts first.")
                        load_release(engine, release, settings, progress=progress)
        except BaseException:
            engine.close()
            raise
    return Graph(engine, read_model, catalogue(), DiskCache(settings.cache_folder))


def _needs_facts(engine: Engine, settings: Settings) -> bool:
    """Tell whether an embedded database is empty; raise `NotLoaded` as `open_graph` does."""
    stored = read_stored_release(engine)
    if stored is None and settings.neo4j_uri:
        raise NotLoaded(
            f"nothing is loaded in the database {engine.database!r} at {engine.address}; `vnkg load` does it"
        )
    if stored is not None and stored.layout != LAYOUT:
        # Not reloaded here: only the user knows which of their own files were in it.
        raise NotLoaded("the graph was written by another version of VNKG; write it anew with `vnkg load`")
    return stored is None
