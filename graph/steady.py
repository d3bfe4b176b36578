"""Reads that all come from one release, also while another process loads the next one."""

import time
from collections.abc import Callable
from typing import TypeVar

from vnkg.graph.engine import Engine
from vnkg.graph.errors import NotLoaded, VnkgError
from vnkg.graph.store import State, Stored, state

T = TypeVar("T")
STEP = 0.01
PATIENCE = 5.0
TRIES = 20


class Steady:
    """Runs reads so that what they return belongs to one release. Share one: a run costs one small read more.

    The state that the last run saw at its end is where the next one starts from: if it still holds when the next one
    has read, nothing changed in between.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: State | None = None
        self._abandoned: int | None = None

    def run(self, work: Callable[[Stored], T]) -> T:
        """Return `work(stored)`; it is run again when a load turned the data over meanwhile.

        Raises `NotLoaded` when the database is empty or a big load is under way.
        """
        before = self._last or self._settled()
        for _ in range(TRIES):
            try:
                result = work(_ready(before))
            except (VnkgError, LookupError):  # it may come of data that was half turned over
                if self._still(before):
                    raise
            else:
                if self._still(before):
                    return result
            before = self._settled()
        raise NotLoaded("one load follows the other too fast to read in between; try again")

    def stored(self) -> Stored:
        """Return what the database holds; raise `NotLoaded` when that is nothing, or not yet whole."""
        return _ready(self._settled())

    def _still(self, before: State) -> bool:
        after = state(self._engine)
        self._last = after if after == before else None
        return after == before

    def _settled(self) -> State:
        """Return the state, when need be after waiting until no load commits."""
        end = time.monotonic() + PATIENCE
        while True:
            now = state(self._engine)
            if not now.turning or now.loading or now.turn == self._abandoned:
                return now
            if time.monotonic() > end:
                # A commit takes less: the load that began this turn was killed. What is there is whole, old or new.
                self._abandoned = now.turn
                return now
            time.sleep(STEP)


def _ready(state: State) -> Stored:
    if state.stored is None:
        raise NotLoaded("the graph is empty; load it with `vnkg load`")
    if state.loading:
        raise NotLoaded("a big load is under way or was interrupted; wait for it, or finish it with `vnkg load`")
    return state.stored
