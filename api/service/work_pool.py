"""A limit on how many requests are computed at once and how many wait, so that no client takes all threads."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ...graph.errors import ServiceBusy

T = TypeVar("T")


class WorkPool:
    """Slots for work in threads, and a bounded queue for them. For the event loop."""

    def __init__(self, slots: int, max_waiting: int) -> None:
        self.max_waiting = max_waiting
        self.waiting = 0
        self._slots = asyncio.Semaphore(slots)
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def running(self) -> int:
        """Number of slots that are taken."""
        return len(self._tasks)

    async def execute(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Wait for a slot, then return the result of the work.

        A caller that is cancelled leaves the queue. Work that has begun keeps its slot until it really ends, because a
        thread cannot be interrupted. Raises `ServiceBusy` if too many wait already.
        """
        if self._slots.locked() and self.waiting >= self.max_waiting:
            raise ServiceBusy("too many requests wait for an answer; try again in a moment")
        self.waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self.waiting -= 1
        task = asyncio.create_task(work())
        self._tasks.add(task)
        task.add_done_callback(self._end)
        return await asyncio.shield(task)

    def _end(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._slots.release()
