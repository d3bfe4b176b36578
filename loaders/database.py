"""Opens the graph of the settings, loads releases into it, and the built-in facts if an embedded one is empty."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace as replace_fields
from pathlib import Path

from pydantic import ValidationError

from ..graph.catalogue.query import catalogue
from ..graph.disk_cache import DiskCache
from ..graph.engines.bolt import Engine
from ..graph.engines.content_record import ContentRecord, distrust, read_content_record, write_content_record
from ..graph.engines.embedded import set_databases_aside
from ..graph.engines.embedded_folder import DataFolder
from ..graph.errors import (
    EngineDied,
    EngineError,
    InputError,
    LoadRefused,
    NotLoaded,
    QueryFailed,
    QueryTimeout,
    ServerAbsent,
    VnkgError,
)
from ..graph.messages import quote_for_message
from ..graph.model.merge import merge
from ..graph.model.release import Release
from ..graph.model.schema import schema
from ..graph.reader.reader import Graph
from ..graph.settings import Settings
from ..graph.store.content import check_content
from ..graph.store.load import LoadPlan, LoadResult, load, plan_load
from ..graph.store.mapping import LAYOUT
from ..graph.store.marker import read_stored_release
from .read import read_facts

DAMAGE_ERRORS = (EngineError, EngineDied, QueryFailed, QueryTimeout, ServerAbsent)
"""What damaged files of the embedded engine may cause; subclasses have other reasons."""
MAX_ATTEMPTS = 5
"""How often a load begins before it fails: short commands, one after the other, may own the engine and end it."""
SMALL_RELEASE = 5_000
"""Maximum number of entities of a release that an engine started for a short life loads faster."""


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


@contextmanager
def loaded_engine(
    release: Release,
    settings: Settings,
    *,
    own_files: Sequence[Path] = (),
    replace: bool = False,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> Generator[tuple[Engine, LoadResult]]:
    """Open the engine, load a release of the built-in facts and `own_files`, and close the engine at the end.

    `rebuild` writes everything anew. So does damage that is noticed on the embedded engine, even if the engine cannot
    open its files. Raises `LoadRefused` as `store.load` does.
    """
    progress = progress or Progress()
    with load_lock(settings, progress):
        is_small = len(release.entities) <= SMALL_RELEASE
        engine, damage = _open_engine(settings, short_lived=is_small, progress=progress)
        try:
            if damage:
                _refuse_lost_files(settings, own_files, replace=replace)
                progress.note(f"The stored graph is damaged ({damage}); it is written anew.")
                engine, result = _rebuild(engine, release, settings, own_files, progress)
            else:
                assert engine is not None  # noqa: S101  without damage it is open
                result = load_release(
                    engine, release, settings, own_files=own_files, replace=replace, rebuild=rebuild, progress=progress
                )
            yield engine, result
        finally:
            if engine is not None:
                engine.close()


def load_release(
    engine: Engine,
    release: Release,
    settings: Settings,
    *,
    own_files: Sequence[Path] = (),
    replace: bool = False,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> LoadResult:
    """Load a release, within `load_lock`; begin again if the process that owns the engine ended it meanwhile.

    `own_files` are recorded, so that the release can be made again from the facts. Raises `LoadRefused` as `store.load`
    does, which explains `rebuild`.
    """
    progress = progress or Progress()
    folder = engine.handle.folder if engine.handle else None
    previous_record = read_content_record(folder) if folder else None
    for attempts_left in reversed(range(MAX_ATTEMPTS)):
        try:
            with progress.load() as report_progress:
                if folder:
                    distrust(folder)
                result = load(
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
        else:
            if folder:
                _record_load(folder, result, settings, own_files, previous_record)
            return result
    raise AssertionError


def _record_load(
    folder: DataFolder,
    result: LoadResult,
    settings: Settings,
    own_files: Sequence[Path],
    previous: ContentRecord | None,
) -> None:
    """Record what was loaded; if it was stored already, it is trusted as it was before."""
    texts = str(settings.articles.absolute()) if settings.articles else None
    record = ContentRecord(result.release, tuple(str(path.absolute()) for path in own_files), texts, is_trusted=True)
    if result.is_unchanged:
        is_trusted = previous is not None and previous.is_trusted
        record = replace_fields(record, is_trusted=is_trusted, files=previous.files if previous else {})
    write_content_record(folder, record)


def preview_load(
    release: Release, settings: Settings, *, replace: bool = False, progress: Progress | None = None
) -> LoadPlan:
    """Return what loading a release would change; does not create an embedded database that does not exist yet."""
    if not settings.neo4j_uri and not settings.data.exists():
        return plan_load(None, release)
    with open_engine(settings, short_lived=True, progress=progress) as engine:
        return plan_load(engine, release, replace=replace)


def open_graph(
    settings: Settings, *, short_lived: bool = False, check_server: bool = False, progress: Progress | None = None
) -> Graph:
    """Open the graph of the settings; load the built-in facts first if an embedded database is empty.

    The caller closes it. `short_lived` is as for `open_engine`. If the files of the embedded engine are not those of
    the last time, its content is checked, and made anew from the facts if it is damaged; `check_server` checks that of
    a Neo4j. Raises `NotLoaded` if another version of VNKG wrote the graph, if it is damaged and is not made anew, or if
    a Neo4j database holds no release: only `vnkg load` writes there.
    """
    progress = progress or Progress()
    read_model = schema()  # before the engine starts, which takes longer than to report a mistake
    with ThreadPoolExecutor(1) as executor:
        # A new data folder will need the facts: read them while the engine starts.
        is_new = not settings.neo4j_uri and not settings.data.exists()
        release_future = executor.submit(facts_release) if is_new else None
        engine, damage = _open_engine(settings, short_lived=short_lived, check_server=check_server, progress=progress)
        try:
            if damage:
                engine = _repair(engine, settings, damage, progress)
            assert engine is not None  # noqa: S101  without damage it is open
            if _needs_facts(engine, settings):
                release = release_future.result() if release_future else facts_release()
                with load_lock(settings, progress):
                    if _needs_facts(engine, settings):  # another command may have loaded meanwhile
                        progress.note("The graph is empty: loading the built-in facts first.")
                        load_release(engine, release, settings, progress=progress)
        except BaseException:
            if engine is not None:
                engine.close()
            raise
    return Graph(engine, read_model, catalogue(), DiskCache(settings.cache_folder))


def _open_engine(
    settings: Settings, *, short_lived: bool, progress: Progress, check_server: bool = False
) -> tuple[Engine | None, str]:
    """Open the engine and return it, and what is damaged ('' if nothing is); None if it cannot open its files."""
    engine: Engine | None = None
    try:
        engine = open_engine(settings, short_lived=short_lived, progress=progress)
        return engine, _find_damage(engine, progress, check_server=check_server)
    except EngineError as error:
        is_damage = not settings.neo4j_uri and type(error) in DAMAGE_ERRORS and _content_record(settings) is not None
        if engine is not None and not is_damage:
            engine.close()
        if not is_damage:
            raise
        return engine, str(error)


def _find_damage(engine: Engine, progress: Progress, *, check_server: bool) -> str:
    """Return what is damaged in the stored graph, '' if nothing is or if nothing gives reason to check."""
    folder = engine.handle.folder if engine.handle else None
    record = read_content_record(folder) if folder else None
    if (record is not None and record.is_trusted) if folder else not check_server:
        return ""
    stored_release = read_stored_release(engine)
    if stored_release is None and record is not None:
        return f"release {record.release} is not in it"
    if stored_release is None or stored_release.layout != LAYOUT or stored_release.state != "ready":
        return ""
    with progress.activity("checking the stored graph"):
        findings = check_content(engine)
    if folder and not findings:
        trusted_record = record or ContentRecord(stored_release.release)
        write_content_record(folder, replace_fields(trusted_record, release=stored_release.release, is_trusted=True))
    return "; ".join(findings)


def _content_record(settings: Settings) -> ContentRecord | None:
    return read_content_record(DataFolder(settings.data))


def _refuse_lost_files(settings: Settings, own_files: Sequence[Path], *, replace: bool) -> None:
    """Raise `LoadRefused` if a damaged graph was made with files of the user's own that are not among `own_files`."""
    record = _content_record(settings)
    lost_files = {*(record.own_files if record else ())} - {str(path.absolute()) for path in own_files}
    if lost_files and not replace:
        raise LoadRefused(
            [f"the stored graph has facts of {', '.join(sorted(lost_files))}; name them with --also, or give --replace"]
        )


def _repair(engine: Engine | None, settings: Settings, damage: str, progress: Progress) -> Engine:
    """Make the damaged release of an embedded engine anew from the facts; close `engine` if it returns another.

    Raises `NotLoaded` if the release cannot be made from the facts that are there now.
    """
    if settings.neo4j_uri:
        raise NotLoaded(f"the stored graph is damaged ({damage}); `vnkg load --force` writes it anew")
    record = _content_record(settings)
    stored_release = read_stored_release(engine) if engine is not None and record is None else None
    wanted_release = record.release if record else stored_release.release if stored_release else ""
    own_files = [Path(path) for path in (record.own_files if record else ())]
    try:
        release = facts_release(own_files, Path(record.texts) if record and record.texts else None)
        reason = f"the facts are not those of release {wanted_release} any more" * (release.id != wanted_release)
    except (VnkgError, OSError) as error:
        release, reason = None, str(error)
    if release is None or reason:
        also = "".join(f" --also {path}" for path in own_files)
        raise NotLoaded(
            f"the stored graph is damaged ({damage}), and cannot be made anew: {reason}\n"
            f"load other facts with `vnkg load{also}`, or delete {settings.data}"
        )
    with load_lock(settings, progress):
        record = _content_record(settings)
        if engine is not None and record is not None and record.is_trusted:
            return engine  # another command has repaired it meanwhile
        engine, _ = _rebuild(engine, release, settings, own_files, progress)
    progress.note(f"The stored graph was damaged ({damage}); it was rebuilt from the facts.")
    return engine


def _rebuild(
    engine: Engine | None, release: Release, settings: Settings, own_files: Sequence[Path], progress: Progress
) -> tuple[Engine, LoadResult]:
    """Write a release in place of a damaged one; close `engine` if it cannot be used, and return the one to use."""
    if engine is not None:
        try:
            result = load_release(
                engine, release, settings, own_files=own_files, replace=True, rebuild=True, progress=progress
            )
        except LoadRefused as error:  # for data of others, which a rebuild would lose
            engine.close()
            way_out = f"the stored graph is damaged; if nothing in {settings.data} is yours, delete it and load again"
            raise LoadRefused([*error.reasons, way_out]) from error
        except EngineError:
            engine.close()
        else:
            return engine, result
    with set_databases_aside(settings):
        new_engine = open_engine(settings, progress=progress)
        try:
            return new_engine, load_release(new_engine, release, settings, own_files=own_files, progress=progress)
        except BaseException:
            new_engine.close()
            raise


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
