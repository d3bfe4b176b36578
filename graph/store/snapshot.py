"""Consistent reads: everything that one read returns is from one release, even while another process loads the next.

The reader's side of the sequence lock that `load` describes.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from ..engines.bolt import Engine
from ..errors import NotLoaded, ReleaseChanged, VnkgError
from .marker import NOTICE, State, Stored, state

T = TypeVar("T")
STEP = 0.01
PATIENCE = 5.0
TRIES = 20
TRUST = NOTICE * 0.75
"""Seconds for which an observed state is trusted; less than `NOTICE_SECONDS`, to allow for clock differences."""


@dataclass(slots=True)
class _Source:
    """The release that was read last; the reads of one answer must all be from the same release."""

    one_answer: bool
    stored: Stored | None = None


_source: ContextVar[_Source | None] = ContextVar("source", default=None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A state, and the monotonic time just before it was read."""

    state: State
    at: float

    @property
    def holds(self) -> bool:
        return not self.state.turning and time.monotonic() - self.at < TRUST


def source() -> Stored | None:
    """Return the release that this answer, thread or task has last read from; None if it has not read yet."""
    found = _source.get()
    return found and found.stored


def begin_answer() -> None:
    """Begin an answer: from now on, a read in this task or its threads raises `ReleaseChanged` on another release."""
    _source.set(_Source(one_answer=True))


def _read_from(there: Stored) -> None:
    kept = _source.get()
    if kept is None:
        kept = _Source(one_answer=False)
        _source.set(kept)
    if kept.one_answer and kept.stored is not None and kept.stored.release != there.release:
        raise ReleaseChanged("another release was loaded meanwhile; try again")
    kept.stored = there


class Steady:
    """Runs functions that read, so that all they return is from one release. Share one: most reads cost nothing extra.

    Optimistic read: if it ends within `MAX_STATE_AGE` seconds of the last observed state, no load can have committed,
    since a load waits `NOTICE_SECONDS` first; otherwise the state is read again, and the work retried if it changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: _Seen | None = None
        self._abandoned: int | None = None

    def run(self, work: Callable[[Stored], T]) -> T:
        """Return `work(stored_release)`; the work is run again if a load has committed meanwhile.

        Raises `NotLoaded` if the database is empty, a load in batches is under way, or loads follow each other too
        fast; `ReleaseChanged` if an earlier read of the same answer was from another release.
        """
        before = self._last or self._settled()
        for _ in range(TRIES):
            try:
                there = _ready(before.state)
                result = work(there)
            except (VnkgError, LookupError):  # the cause may be that half of the data is from another release
                if self._still(before):
                    raise
            else:
                if self._still(before):
                    _read_from(there)
                    return result
            before = self._settled()
        raise NotLoaded("one load follows the other too fast to read in between; try again")

    def stored(self) -> Stored:
        """Return the stored release; raise `NotLoaded` if there is none or it is incomplete."""
        return _ready(self._settled().state)

    def _still(self, before: _Seen) -> bool:
        if self._engine.is_one_server and before.holds:
            return True
        after = self._look()
        self._keep(after if after.state == before.state else None)
        return after.state == before.state

    def _keep(self, seen: _Seen | None) -> None:
        """Remember an observation for the next read, or forget the last one.

        An empty graph and a load in batches may end without notice, so those states are not remembered.
        """
        whole = seen is not None and seen.state.stored is not None and not seen.state.loading
        self._last = seen if whole else None

    def _settled(self) -> _Seen:
        """Observe the state; while a load is committing, wait for it first."""
        end = time.monotonic() + PATIENCE
        while True:
            now = self._look()
            turn = now.state.turn
            if now.state.turning and not now.state.loading and turn != self._abandoned:
                if time.monotonic() <= end:
                    time.sleep(STEP)
                    continue
                # A commit takes less time, so the load that began this turn was killed. The database holds a complete
                # release, the old or the new one.
                self._abandoned = turn
            self._keep(now)
            return now

    def _look(self) -> _Seen:
        at = time.monotonic()
        return _Seen(state(self._engine), at)


def _ready(state: State) -> Stored:
    if state.stored is None:
        raise NotLoaded("the graph is empty; load it with `vnkg load`")
    if state.loading:
        raise NotLoaded("a big load is under way or was interrupted; wait for it, or finish it with `vnkg load`")
    return state.stored
