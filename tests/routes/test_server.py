"""The server process: what a signal does before the server answers."""

import signal
import subprocess
import sys

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
