"""Values that hold as long as a release does: made once, dropped when another one is loaded."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

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
