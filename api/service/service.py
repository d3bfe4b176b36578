"""The application's shared state: settings, schema, queries, the open graph, caches and metrics."""

import gc
import logging
import sys
import threading
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ...graph.catalogue.query import Query
from ...graph.disk_cache import DiskCache
from ...graph.errors import NotLoaded, VnkgError
from ...graph.model.schema import Schema
from ...graph.pictures.layout.cache import LayoutCache
from ...graph.reader.objects import ReleaseInfo
from ...graph.reader.reader import Graph
from ...graph.search.text_index import TextIndex
from ...graph.settings import Settings
from ...loaders.article_texts import Texts
from ..i18n.display_names import DisplayName, display_name
from .metrics import Metrics
from .passages import PassageSearch
from .release import ReleaseCache
from .work_pool import WorkPool

T = TypeVar("T")
HEAVY_SLOTS, HEAVY_QUEUE = 2, 8
"""Requests to heavy routes (`pooled_route.heavy`) that are computed at once, and that wait."""
LIGHT_SLOTS, LIGHT_QUEUE = 4, 32
"""The same for all other routes. Few, because each busy thread delays the event loop."""
SWITCH_SECONDS = 0.0005
"""Seconds after which a busy thread lets the event loop run; by default Python waits ten times longer."""


@dataclass
class Service:
    """Shared state, one per application; `open_graph` is set while the application runs."""

    settings: Settings
    schema: Schema
    queries: dict[str, Query]
    texts: Texts | None = None
    open_graph: Graph | None = None
    metrics: Metrics = field(default_factory=Metrics)
    release_cache: ReleaseCache = field(init=False)
    layout_cache: LayoutCache = field(init=False)
    passages: PassageSearch | None = field(init=False)
    """Search in the articles' own words; None without their texts."""
    heavy_pool: WorkPool = field(init=False, default_factory=lambda: WorkPool(HEAVY_SLOTS, HEAVY_QUEUE))
    light_pool: WorkPool = field(init=False, default_factory=lambda: WorkPool(LIGHT_SLOTS, LIGHT_QUEUE))
    _preload_thread: threading.Thread | None = None

    def __post_init__(self) -> None:
        self.release_cache = ReleaseCache(lambda: self.require_graph().release())
        self.layout_cache = LayoutCache(DiskCache(self.settings.cache_folder))
        self.passages = PassageSearch(self.texts) if self.texts is not None else None
        for name, pool in (("heavy", self.heavy_pool), ("light", self.light_pool)):
            self.metrics.add_gauge("vnkg_pool_running", "Requests computed now.", lambda p=pool: p.running, pool=name)
            self.metrics.add_gauge("vnkg_pool_waiting", "Requests that wait.", lambda p=pool: p.waiting, pool=name)
        self.metrics.add_gauge(
            "vnkg_ready", "1 if a complete release could be read a moment ago.", lambda: self.has_release
        )
        self.metrics.add_gauge(
            "vnkg_release_seconds", "Seconds since this process saw the loaded release for the first time.",
            lambda: self.release_cache.release_age,
        )  # fmt: skip

    @property
    def graph(self) -> Graph:
        """Return the graph; raise `NotLoaded` without a complete release, so that partial data is never shown."""
        self.release_cache.release()
        return self.require_graph()

    @cached_property
    def question_index(self) -> TextIndex:
        """The catalogue's questions in both languages by their words; the ids are the names of the queries."""
        texts = ((name, f"{query.question('en')} {query.question('vi')}", "") for name, query in self.queries.items())
        return TextIndex(texts)

    @property
    def has_release(self) -> bool:
        """Whether a complete release was stored when this was last checked, at most a second ago."""
        return self.release_cache.last_release is not None

    def release(self) -> ReleaseInfo:
        """Return the release this request has read from, or the currently stored one if it has not read yet."""
        return (self.open_graph and self.open_graph.release_of_last_read()) or self.release_cache.release()

    def display_name(self, language: str, id: str, name: str) -> DisplayName:
        """Return the name of an entity on a page in a language, and the language of that name."""
        foreign = self.release_cache.get_or_compute(
            self.release()["release"], "foreign_names", self.graph.foreign_names
        )
        return display_name(foreign, language, id, name)

    def cached_per_release(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the result of `compute`, cached until the release changes."""
        return self.release_cache.get_or_compute(self.graph.current_release(), key, compute)

    @contextmanager
    def serving(self, graph: Graph) -> Generator[None]:
        """Serve from a graph until the block ends; a background thread preloads the names that searches need."""
        self.open_graph = graph
        self.release_cache.on_change = self._start_preload
        switch_seconds = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            self.release_cache.refresh()
            yield
        finally:
            sys.setswitchinterval(switch_seconds)
            self.release_cache.on_change = None
            if self._preload_thread is not None:
                self._preload_thread.join()
            gc.unfreeze()
            self.open_graph = None

    def _start_preload(self) -> None:
        if release := self.release_cache.last_release:
            self.metrics.set_release(release["release"], release["data_date"])
        self._preload_thread = threading.Thread(target=self._preload_names, name="vnkg-names", daemon=True)
        self._preload_thread.start()

    def _preload_names(self) -> None:
        try:
            self.require_graph().prepare_text_search()
        except VnkgError as error:  # the first search will fail in the same way and report it
            logging.getLogger("vnkg.api").warning("the names could not be read ahead: %s", error)
        # What is cached now stays as long as the release: looking through it for garbage would stop all threads.
        gc.unfreeze()  # what was cached for the release before may be garbage now
        gc.collect()
        gc.freeze()

    def require_graph(self) -> Graph:
        """Return the graph whatever is stored; raise `NotLoaded` if the application was not started."""
        if self.open_graph is None:
            raise NotLoaded("the graph is not open; the application was not started")
        return self.open_graph
