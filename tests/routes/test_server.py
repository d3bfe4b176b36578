"""The server process: which signal ends it, and what follows."""

import signal
import socket
import sys
from types import FrameType

import pytest
import uvicorn
from fastapi import FastAPI

from vnkg.api.http.limited_protocol import SocketLimits
from vnkg.api.server import run_server


def exit_process(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def test_a_signal_while_the_event_loop_is_made_ends_the_server_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    loop_factory = uvicorn.Config.get_loop_factory
    is_in_order = False

    def interrupted_loop_factory(config: uvicorn.Config) -> object:
        nonlocal is_in_order
        signal.raise_signal(signal.SIGTERM)
        is_in_order = True
        return loop_factory(config)

    monkeypatch.setattr(uvicorn.Config, "get_loop_factory", interrupted_loop_factory)
    interrupt, terminate = signal.getsignal(signal.SIGINT), signal.signal(signal.SIGTERM, exit_process)
    try:
        with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(SystemExit, match="143"):
            run_server(FastAPI(), listener, SocketLimits())
        assert signal.getsignal(signal.SIGTERM) is exit_process
    finally:
        signal.signal(signal.SIGINT, interrupt)
        signal.signal(signal.SIGTERM, terminate)
    assert is_in_order
