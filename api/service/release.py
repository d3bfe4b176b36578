"""The stored release, read at most once a second, and a cache of values computed from one release."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from ...graph.errors import VnkgError

INTERVAL = 1.0
"""Seconds for which a read result is reused."""


class Marker:
    """Caches the stored release, or the error of reading it, for `REFRESH_INTERVAL`. Thread-safe."""

    def __init__(self, read: Callable[[], dict[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._until = float("-inf")
        self._found: dict[str, Any] | VnkgError | None = None
        self.changed: Callable[[], None] | None = None
        """Called when a refresh finds a different release."""

    @property
    def stale(self) -> bool:
        """True if the next refresh reads from the store."""
        return self._clock() >= self._until

    def look(self) -> dict[str, Any] | None:
        """Return the stored release, or None if there is none; reads it if the cached result is too old."""
        with self._lock:
            if self.stale:
                before = self._found
                try:
                    self._found = self._read()
                except VnkgError as error:
                    self._found = error
                self._until = self._clock() + INTERVAL
                if self.changed is not None and self._found != before and not isinstance(self._found, VnkgError):
                    self.changed()
            return None if isinstance(self._found, VnkgError) else self._found

    def known(self) -> dict[str, Any] | None:
        """Return the cached release without reading; None if there is none."""
        return None if isinstance(self._found, VnkgError) else self._found

    def release(self) -> dict[str, Any]:
        """Return the stored release; raise the error of reading it if there is none."""
        self.look()
        if isinstance(self._found, VnkgError):
            raise self._found
        assert self._found is not None  # noqa: S101  refresh() has set it
        return self._found


T = TypeVar("T")


class Once:
    """Cache of values computed from one release, by key; cleared when the release changes. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._release = ""
        self._values: dict[Hashable, Any] = {}

    def of(self, release: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return the cached value of a key, else compute it; concurrent callers may both compute it."""
        with self._lock:
            if self._release == release and key in self._values:
                return cast("T", self._values[key])
        value = make()
        with self._lock:
            if self._release != release:
                self._release, self._values = release, {}
            self._values[key] = value
        return value
