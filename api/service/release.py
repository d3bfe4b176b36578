"""The stored release, read at most once a second, and the values computed from it."""

import asyncio
import threading
import time
from collections.abc import Callable, Hashable
from contextvars import Context
from typing import Any, TypeVar, cast

from anyio import CapacityLimiter, to_thread

from ...graph.errors import VnkgError
from ...graph.reader.objects import ReleaseInfo

REFRESH_INTERVAL = 1.0
"""Seconds for which a read result is reused."""
T = TypeVar("T")


class ReleaseCache:
    """Caches the stored release, or the error of reading it, for `REFRESH_INTERVAL`, and values of one release by key.

    Thread-safe.
    """

    def __init__(self, read: Callable[[], ReleaseInfo], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._read_lock, self._value_lock = threading.Lock(), threading.Lock()
        self._expires_at = float("-inf")
        self._refresh_task: asyncio.Task[None] | None = None
        self._last_result: ReleaseInfo | VnkgError | None = None
        self._changed_at: float | None = None
        self._values_release = ""
        self._values: dict[Hashable, Any] = {}
        self.on_change: Callable[[], None] | None = None
        """Called when a refresh finds a different release."""

    @property
    def is_stale(self) -> bool:
        """True if the next refresh reads from the store."""
        return self._clock() >= self._expires_at

    @property
    def age(self) -> float:
        """Seconds since the stored release was read last."""
        return self._clock() - self._expires_at + REFRESH_INTERVAL

    @property
    def release_age(self) -> float:
        """Seconds since the release that is stored was read for the first time; 0 if there is none."""
        return 0.0 if self._changed_at is None or self.last_release is None else self._clock() - self._changed_at

    @property
    def last_release(self) -> ReleaseInfo | None:
        """The release that was read last, without reading again; None if there was none."""
        return None if isinstance(self._last_result, VnkgError) else self._last_result

    def refresh(self) -> None:
        """Read the stored release if the last result is too old."""
        with self._read_lock:
            if not self.is_stale:
                return
            previous_result = self._last_result
            try:
                # In a context of its own: it is read for all, so the deadline of one request must not end it.
                self._last_result = Context().run(self._read)
            except VnkgError as error:
                self._last_result = error
            self._expires_at = self._clock() + REFRESH_INTERVAL
            has_changed = self._last_result != previous_result and not isinstance(self._last_result, VnkgError)
            if has_changed:
                self._changed_at = self._clock()
                if self.on_change is not None:
                    self.on_change()

    async def refresh_within(self, seconds: float) -> None:
        """Refresh in a thread of its own, and wait for it so long at most; it goes on after that.

        For the event loop. One refresh at a time: a later caller waits for the one that runs.
        """
        if not self.is_stale:
            return
        if self._refresh_task is None or self._refresh_task.done():
            self._refresh_task = asyncio.create_task(to_thread.run_sync(self.refresh, limiter=CapacityLimiter(1)))
        await asyncio.wait({self._refresh_task}, timeout=seconds)

    def release(self) -> ReleaseInfo:
        """Return the stored release; raise the error of reading it if there is none."""
        self.refresh()
        return self.last_result()

    def last_result(self) -> ReleaseInfo:
        """Return the release that was read last, without reading again, or raise the error of reading it."""
        if isinstance(self._last_result, VnkgError):
            raise self._last_result
        assert self._last_result is not None  # noqa: S101  refresh() has set it
        return self._last_result

    def get_or_compute(self, release: str, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the value of a key for a release, else compute it; concurrent callers may both compute it."""
        with self._value_lock:
            if self._values_release == release and key in self._values:
                return cast("T", self._values[key])
        value = compute()
        with self._value_lock:
            if self._values_release != release:
                self._values_release, self._values = release, {}
            self._values[key] = value
        return value
