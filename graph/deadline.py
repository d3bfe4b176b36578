"""The deadline of the work under way: until when its result is wanted, and whether anybody still waits for it.

Threads cannot be stopped from outside, so work stops itself: `check` is called before each query and in long loops.
Work without a deadline, as that of a command, goes on to its end.
"""

import time
from contextvars import ContextVar
from math import inf

from .errors import DeadlineExceeded


class Deadline:
    """A moment some seconds from now. `cancel` ends it at once, from any thread."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._expires_at = time.monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds that are left; 0 if none."""
        return max(0.0, self._expires_at - time.monotonic())

    def cancel(self) -> None:
        """Let the next `check` raise: nobody waits for the result any more."""
        self._expires_at = -inf

    def error(self) -> DeadlineExceeded:
        """Return the error to raise when no time is left."""
        return DeadlineExceeded(f"no answer within {self.seconds:g} s; try again later, or ask for less")


current_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)
"""The deadline of the work that runs in this context."""


def remaining_seconds() -> float:
    """Return the seconds that the work under way has left; infinity without a deadline."""
    deadline = current_deadline.get()
    return inf if deadline is None else deadline.remaining


def check() -> None:
    """Raise `DeadlineExceeded` if the work under way has no time left."""
    deadline = current_deadline.get()
    if deadline is not None and not deadline.remaining:
        raise deadline.error()
