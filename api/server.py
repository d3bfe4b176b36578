"""The web server as `vnkg serve` runs it: quiet, and ended by one Ctrl-C however often it is pressed."""

import signal
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

GRACE = 3
"""Seconds that requests under way have left when the server is asked to end."""


class _Server(uvicorn.Server):
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; when that has begun already, go on with it."""
        if not self.should_exit:
            super().handle_exit(sig, frame)


def run(app: FastAPI, listener: socket.socket) -> None:
    """Serve until a signal asks for the end; whoever presses Ctrl-C again does not disturb what is closed then."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE)
    try:
        _Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
