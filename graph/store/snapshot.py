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
from .marker import NOTICE_SECONDS, StoredRelease, StoreState, read_state

T = TypeVar("T")
POLL_SECONDS = 0.01
COMMIT_TIMEOUT = 5.0
MAX_ATTEMPTS = 20
MAX_STATE_AGE = NOTICE_SECONDS * 0.75
"""Seconds for which an observed state is trusted; less than `NOTICE_SECONDS`, to allow for clock differences."""


@dataclass(slots=True)
class _AnswerSource:
    """The release that was read last; the reads of one answer must all be from the same release."""

    requires_one_release: bool
    stored_release: StoredRelease | None = None


_answer_source: ContextVar[_AnswerSource | None] = ContextVar("source", default=None)
_current_read: ContextVar[tuple["SnapshotReader", StoredRelease] | None] = ContextVar("read", default=None)
"""The read that this code is part of: its reader and release."""


@dataclass(frozen=True, slots=True)
class _Observation:
    """The name of the current database, its state, and the monotonic time just before these were read."""

    database: str
    state: StoreState
    observed_at: float

    @property
    def is_fresh(self) -> bool:
        return not self.state.is_committing and time.monotonic() - self.observed_at < MAX_STATE_AGE

    def is_same_as(self, other: "_Observation") -> bool:
        """Tell whether no load has committed, or switched to another database, between the two."""
        return (self.database, self.state) == (other.database, other.state)


def last_read_release() -> StoredRelease | None:
    """Return the release that this answer, thread or task has last read from; None if it has not read yet."""
    source = _answer_source.get()
    return source and source.stored_release


def begin_answer() -> None:
    """Begin an answer: from now on, a read in this task or its threads raises `ReleaseChanged` on another release."""
    _answer_source.set(_AnswerSource(requires_one_release=True))


def _record_source(stored_release: StoredRelease) -> None:
    source = _answer_source.get()
    if source is None:
        source = _AnswerSource(requires_one_release=False)
        _answer_source.set(source)
    if (
        source.requires_one_release
        and source.stored_release is not None
        and source.stored_release.release != stored_release.release
    ):
        raise ReleaseChanged("another release was loaded meanwhile; try again")
    source.stored_release = stored_release


class SnapshotReader:
    """Runs functions that read, so that all they return is from one release. Share one: most reads cost nothing extra.

    Optimistic read: if it ends within `MAX_STATE_AGE` seconds of the last observed state, no load can have committed,
    since a load waits `NOTICE_SECONDS` first; otherwise the state is read again, and the work retried if it changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last_observation: _Observation | None = None
        self._abandoned_turn: int | None = None

    def read(self, work: Callable[[StoredRelease], T]) -> T:
        """Return `work(stored_release)`; the work is run again if a load has committed meanwhile.

        A read within the work is part of it. Raises `NotLoaded` if the database is empty, a load in batches is under
        way, or loads follow each other too fast; `ReleaseChanged` if an earlier read of the same answer was from
        another release.
        """
        if (outer_read := _current_read.get()) and outer_read[0] is self:
            return work(outer_read[1])
        observation = self._last_observation or self._wait_for_stable_state()
        for _ in range(MAX_ATTEMPTS):
            try:
                stored_release = _require_ready(observation.state)
                result = self._perform_read(work, stored_release)
            except (VnkgError, LookupError):  # the cause may be that half of the data is from another release
                if self._is_unchanged(observation):
                    raise
            else:
                if self._is_unchanged(observation):
                    _record_source(stored_release)
                    return result
            observation = self._wait_for_stable_state()
        raise NotLoaded("one load follows the other too fast to read in between; try again")

    def _perform_read(self, work: Callable[[StoredRelease], T], stored_release: StoredRelease) -> T:
        token = _current_read.set((self, stored_release))
        try:
            return work(stored_release)
        finally:
            _current_read.reset(token)

    def read_stored_release(self) -> StoredRelease:
        """Return the stored release; raise `NotLoaded` if there is none or it is incomplete."""
        return _require_ready(self._wait_for_stable_state().state)

    def _is_unchanged(self, observation: _Observation) -> bool:
        # A switch to another database comes without notice, but it is seen at once.
        if self._engine.is_one_server and observation.is_fresh and self._engine.database == observation.database:
            return True
        latest = self._observe()
        is_unchanged = latest.is_same_as(observation)
        self._remember(latest if is_unchanged else None)
        return is_unchanged

    def _remember(self, observation: _Observation | None) -> None:
        """Remember an observation for the next read, or forget the last one.

        An empty graph and a load in batches may end without notice, so those states are not remembered.
        """
        is_reusable = (
            observation is not None
            and observation.state.stored_release is not None
            and not observation.state.is_loading
        )
        self._last_observation = observation if is_reusable else None

    def _wait_for_stable_state(self) -> _Observation:
        """Observe the state; while a load is committing, wait for it first."""
        deadline = time.monotonic() + COMMIT_TIMEOUT
        while True:
            observation = self._observe()
            turn = observation.state.turn
            if observation.state.is_committing and not observation.state.is_loading and turn != self._abandoned_turn:
                if time.monotonic() <= deadline:
                    time.sleep(POLL_SECONDS)
                    continue
                # A commit takes less time, so the load that began this turn was killed. The database holds a complete
                # release, the old or the new one.
                self._abandoned_turn = turn
            self._remember(observation)
            return observation

    def _observe(self) -> _Observation:
        observed_at, database = time.monotonic(), self._engine.database
        return _Observation(database, read_state(self._engine), observed_at)


def _require_ready(state: StoreState) -> StoredRelease:
    if state.stored_release is None:
        raise NotLoaded("the graph is empty; load it with `vnkg load`")
    if state.is_loading:
        raise NotLoaded("a big load is under way or was interrupted; wait for it, or finish it with `vnkg load`")
    return state.stored_release
