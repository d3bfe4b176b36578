"""The application's shared state: settings, schema, queries, the open graph, caches and counters."""

import logging
import threading
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ...graph.catalogue.query import Query
from ...graph.disk_cache import Kept
from ...graph.errors import NotLoaded, VnkgError
from ...graph.model.schema import Schema
from ...graph.pictures.layout.cache import Layouts
from ...graph.reader.reader import Graph
from ...graph.settings import Settings
from ...loaders.article_texts import Texts
from ..i18n.display_names import Called, called
from .metrics import Metrics
from .release import Marker, Once

T = TypeVar("T")


@dataclass(slots=True)
class Service:
    """Shared state, one per application; `open_graph` is set while the application runs."""

    settings: Settings
    schema: Schema
    queries: dict[str, Query]
    texts: Texts | None = None
    opened: Graph | None = None
    metrics: Metrics = field(default_factory=Metrics)
    marker: Marker = field(init=False)
    layouts: Layouts = field(init=False)
    _once: Once = field(default_factory=Once)
    _reading: threading.Thread | None = None

    def __post_init__(self) -> None:
        self.marker = Marker(self.stored)
        self.layouts = Layouts(Kept(self.settings.kept))

    @property
    def graph(self) -> Graph:
        """Return the graph; raise `NotLoaded` without a complete release, so that partial data is never shown."""
        self.marker.release()
        return self._open()

    def release(self) -> dict[str, Any]:
        """Return the release this request has read from, or the currently stored one if it has not read yet."""
        return (self.opened and self.opened.source()) or self.marker.release()

    def called(self, language: str, id: str, name: str) -> Called:
        """Return the name of an entity on a page in a language, and the language of that name."""
        foreign = self._once.of(self.release()["release"], "foreign_names", self.graph.foreign_names)
        return called(foreign, language, id, name)

    def once_a_release(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of `compute`, cached until the release changes."""
        return self._once.of(self.graph.reading(), key, make)

    def stored(self) -> dict[str, Any]:
        """Read the stored release, bypassing the cache."""
        return self._open().release()

    @contextmanager
    def serving(self, graph: Graph) -> Generator[None]:
        """Serve from a graph until the block ends; a background thread preloads the names that searches need."""
        self.opened = graph
        self.marker.changed = self._read_ahead
        try:
            self.marker.look()
            yield
        finally:
            self.marker.changed = None
            if self._reading is not None:
                self._reading.join()
            self.opened = None

    def _read_ahead(self) -> None:
        self._reading = threading.Thread(target=self._read_names, name="vnkg-names", daemon=True)
        self._reading.start()

    def _read_names(self) -> None:
        try:
            self._open().read_names()
        except VnkgError as error:  # the first search will fail in the same way and report it
            logging.getLogger("vnkg.api").warning("the names could not be read ahead: %s", error)

    def _open(self) -> Graph:
        if self.opened is None:
            raise NotLoaded("the graph is not open; the application was not started")
        return self.opened
