"""Reads that all come from one release, also while another process loads the next one."""

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
"""Seconds for which a state is believed without another look; less than what a load waits, for clocks that differ."""


@dataclass(slots=True)
class _Source:
    """What was read from; where reads make up one answer, all of them must be from one release."""

    one_answer: bool
    stored: Stored | None = None


_source: ContextVar[_Source | None] = ContextVar("source", default=None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A state, and the moment before which no load that changes it can have begun."""

    state: State
    at: float

    @property
    def holds(self) -> bool:
        return not self.state.turning and time.monotonic() - self.at < TRUST


def source() -> Stored | None:
    """Return what the last run of this answer, thread or task read from; None when it has not read yet."""
    found = _source.get()
    return found and found.stored


def begin_answer() -> None:
    """Begin an answer: from now on a run in this task or its threads that meets another release is refused."""
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
    """Runs reads so that what they return belongs to one release. Share one: most runs cost nothing more.

    The state that was last seen is where a run starts from. If the run ends soon after that look, no load can have
    changed anything yet, since a load gives notice first; else the state is looked at again, and must be the same.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: _Seen | None = None
        self._abandoned: int | None = None

    def run(self, work: Callable[[Stored], T]) -> T:
        """Return `work(stored)`; it is run again when a load turned the data over meanwhile.

        Raises `NotLoaded` when the database is empty or a big load is under way.
        """
        before = self._last or self._settled()
        for _ in range(TRIES):
            try:
                there = _ready(before.state)
                result = work(there)
            except (VnkgError, LookupError):  # it may come of data that was half turned over
                if self._still(before):
                    raise
            else:
                if self._still(before):
                    _read_from(there)
                    return result
            before = self._settled()
        raise NotLoaded("one load follows the other too fast to read in between; try again")

    def stored(self) -> Stored:
        """Return what the database holds; raise `NotLoaded` when that is nothing, or not yet whole."""
        return _ready(self._settled().state)

    def _still(self, before: _Seen) -> bool:
        if self._engine.is_one_server and before.holds:
            return True
        after = self._look()
        self._keep(after if after.state == before.state else None)
        return after.state == before.state

    def _keep(self, seen: _Seen | None) -> None:
        """Remember a state to start from. An empty graph, or a big load, may end without notice: those are not kept."""
        whole = seen is not None and seen.state.stored is not None and not seen.state.loading
        self._last = seen if whole else None

    def _settled(self) -> _Seen:
        """Return the state, when need be after waiting until no load commits."""
        end = time.monotonic() + PATIENCE
        while True:
            now = self._look()
            turn = now.state.turn
            if now.state.turning and not now.state.loading and turn != self._abandoned:
                if time.monotonic() <= end:
                    time.sleep(STEP)
                    continue
                # A commit takes less: the load that began this turn was killed. What is there is whole, old or new.
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
