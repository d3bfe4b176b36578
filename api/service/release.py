"""Which release is stored, looked up at most once a second, and values that hold as long as it does."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from ...graph.errors import VnkgError

INTERVAL = 1.0
"""Seconds for which an answer is believed."""


class Marker:
    """Remembers the release, or the error that says why there is none, for a second."""

    def __init__(self, read: Callable[[], dict[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._until = float("-inf")
        self._found: dict[str, Any] | VnkgError | None = None
        self.changed: Callable[[], None] | None = None
        """Called when a look finds another release than the one before."""

    @property
    def stale(self) -> bool:
        """Tell whether the next look reads from the store."""
        return self._clock() >= self._until

    def look(self) -> dict[str, Any] | None:
        """Return the stored release, or None when there is none; reads when the last answer is too old."""
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
        """Return the last answer without reading."""
        return None if isinstance(self._found, VnkgError) else self._found

    def release(self) -> dict[str, Any]:
        """Return the stored release; raise why there is none."""
        self.look()
        if isinstance(self._found, VnkgError):
            raise self._found
        assert self._found is not None  # noqa: S101  look() has set it
        return self._found


T = TypeVar("T")


class Once:
    """What was made from one release, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._release = ""
        self._values: dict[Hashable, Any] = {}

    def of(self, release: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, made from this release; two that ask at once may both make it."""
        with self._lock:
            if self._release == release and key in self._values:
                return cast("T", self._values[key])
        value = make()
        with self._lock:
            if self._release != release:
                self._release, self._values = release, {}
            self._values[key] = value
        return value
