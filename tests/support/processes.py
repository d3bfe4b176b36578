"""Helpers about processes for the tests of the embedded engine."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vnkg.graph.engines import embedded
from vnkg.graph.engines.bolt import Engine


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def processes(data: Path) -> list[str]:
    """Command lines of all engine processes of a data folder."""
    lines: list[str] = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):
            lines.append(entry.read_text(encoding="utf-8", errors="replace").replace("\0", " "))
    return [line for line in lines if str(data) in line and "rootPath" in line]


@contextmanager
def suspend_process(pid: int) -> Iterator[None]:
    """Suspend a process; on entry each of its threads has stopped, which on busy processors is not at once."""
    os.kill(pid, signal.SIGSTOP)
    try:
        assert wait_until(lambda: _states(pid) == {"T"}), _states(pid)
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _states(pid: int) -> set[str]:
    threads = Path(f"/proc/{pid}/task").glob("*/stat")
    return {each.read_text(encoding="utf-8").rpartition(")")[2].split()[0] for each in threads}


def handle_of(engine: Engine) -> embedded.EngineHandle:
    assert engine.handle is not None
    return engine.handle
