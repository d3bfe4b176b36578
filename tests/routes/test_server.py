"""The server process: what a signal does before the server answers, and what it does with freed memory."""

import platform
import signal
import subprocess
import sys

import pytest

from tests.support.cli import TIMEOUT_SECONDS

SIGNAL_WHILE_THE_LOOP_IS_MADE = """
import signal, socket, sys
import uvicorn
from fastapi import FastAPI
from vnkg.api.http.limited_protocol import SocketLimits
from vnkg.api.server import run_server

loop_factory = uvicorn.Config.get_loop_factory

def interrupted_loop_factory(config):
    signal.raise_signal(signal.SIGTERM)
    print("in order")
    return loop_factory(config)

uvicorn.Config.get_loop_factory = interrupted_loop_factory
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
with socket.create_server(("127.0.0.1", 0)) as listener:
    run_server(FastAPI(), listener, SocketLimits())
"""


def test_a_signal_while_the_event_loop_is_made_ends_the_server_in_order() -> None:
    command = [sys.executable, "-c", SIGNAL_WHILE_THE_LOOP_IS_MADE]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + signal.SIGTERM, "in order\n", "")


FREED_BLOCKS = """
import re, sys
from pathlib import Path
from vnkg.api import server

def megabytes():
    return int(re.findall(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[0]) // 1024

if "returned" in sys.argv:
    server._return_freed_memory()
block = b"x" * (30 << 20)
del block  # glibc now keeps blocks of up to this size
before = megabytes()
blocks = [(b"x" * (4 << 20), b"x" * 100_000) for _ in range(50)]
small_ones = [small for _, small in blocks]
del blocks
print(megabytes() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has these options")
def test_freed_blocks_are_returned_though_smaller_ones_between_them_stay() -> None:
    command = [sys.executable, "-c", FREED_BLOCKS]
    kept, returned = (
        int(subprocess.run([*command, word], capture_output=True, text=True, check=True).stdout)
        for word in ("kept", "returned")
    )
    assert kept > 100
    assert returned < 20
