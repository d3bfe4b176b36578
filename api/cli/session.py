"""Shared by all commands: read the settings, open the graph, and load, each with its progress on the terminal."""

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ...graph.engines.bolt import Engine
from ...graph.model.release import Release
from ...graph.reader.reader import Graph
from ...graph.settings import Settings
from ...graph.store.load import LoadPlan, LoadResult
from ...loaders import Texts, database
from ..service.service import Service
from . import terminal


class _TerminalProgress(database.Progress):
    """Shows a spinner, a progress bar and notes."""

    def activity(self, text: str) -> AbstractContextManager[None]:
        return terminal.spinner(text)

    def load(self) -> AbstractContextManager[Callable[[int, int], None]]:
        return terminal.progress_bar("loading")

    def note(self, text: str) -> None:
        terminal.print_note(text)


_PROGRESS = _TerminalProgress()


def open_engine(settings: Settings, *, short_lived: bool = False) -> Engine:
    """Open the engine of the settings, with a spinner while it starts; see `database.open_engine`."""
    return database.open_engine(settings, short_lived=short_lived, progress=_PROGRESS)


def loaded_engine(
    release: Release, settings: Settings, *, own_files: Sequence[Path], replace: bool, rebuild: bool
) -> AbstractContextManager[tuple[Engine, LoadResult]]:
    """Open the engine and load a release with a progress bar; see `database.loaded_engine`."""
    return database.loaded_engine(
        release, settings, own_files=own_files, replace=replace, rebuild=rebuild, progress=_PROGRESS
    )


def preview_load(release: Release, settings: Settings, *, replace: bool = False) -> LoadPlan:
    """Return what loading a release would change; see `database.preview_load`."""
    return database.preview_load(release, settings, replace=replace, progress=_PROGRESS)


def open_graph(settings: Settings, *, short_lived: bool = False, check_server: bool = False) -> Graph:
    """Open the graph of the settings, with progress on the terminal; see `database.open_graph`."""
    return database.open_graph(settings, short_lived=short_lived, check_server=check_server, progress=_PROGRESS)


@contextmanager
def open_service(settings: Settings, *, short_lived: bool = False) -> Generator[Service]:
    """Open the graph as a service; see `open_graph`."""
    texts = Texts(settings.articles) if settings.articles else None
    with open_graph(settings, short_lived=short_lived) as graph:
        yield Service(settings, graph.schema, dict(graph.queries), texts, graph)
