"""The stored release, read at most once a second, and a cache of values computed from one release."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from ...graph.errors import VnkgError
from ...graph.reader.objects import ReleaseInfo

REFRESH_INTERVAL = 1.0
"""Seconds for which a read result is reused."""


class ReleaseWatcher:
    """Caches the stored release, or the error of reading it, for `REFRESH_INTERVAL`. Thread-safe."""

    def __init__(self, read: Callable[[], ReleaseInfo], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._expires_at = float("-inf")
        self._last_result: ReleaseInfo | VnkgError | None = None
        self.on_change: Callable[[], None] | None = None
        """Called when a refresh finds a different release."""

    @property
    def is_stale(self) -> bool:
        """True if the next refresh reads from the store."""
        return self._clock() >= self._expires_at

    def refresh(self) -> ReleaseInfo | None:
        """Return the stored release, or None if there is none; reads it if the cached result is too old."""
        with self._lock:
            if self.is_stale:
                previous_result = self._last_result
                try:
                    self._last_result = self._read()
                except VnkgError as error:
                    self._last_result = error
                self._expires_at = self._clock() + REFRESH_INTERVAL
                if (
                    self.on_change is not None
                    and self._last_result != previous_result
                    and not isinstance(self._last_result, VnkgError)
                ):
                    self.on_change()
            return None if isinstance(self._last_result, VnkgError) else self._last_result

    def cached_release(self) -> ReleaseInfo | None:
        """Return the cached release without reading; None if there is none."""
        return None if isinstance(self._last_result, VnkgError) else self._last_result

    def release(self) -> ReleaseInfo:
        """Return the stored release; raise the error of reading it if there is none."""
        self.refresh()
        if isinstance(self._last_result, VnkgError):
            raise self._last_result
        assert self._last_result is not None  # noqa: S101  refresh() has set it
        return self._last_result


T = TypeVar("T")


class ReleaseCache:
    """Cache of values computed from one release, by key; cleared when the release changes. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._release = ""
        self._values: dict[Hashable, Any] = {}

    def get_or_compute(self, release: str, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the cached value of a key, else compute it; concurrent callers may both compute it."""
        with self._lock:
            if self._release == release and key in self._values:
                return cast("T", self._values[key])
        value = compute()
        with self._lock:
            if self._release != release:
                self._release, self._values = release, {}
            self._values[key] = value
        return value
