"""The uvicorn server that runs the application: limits of its sockets, what it logs, and how it ends."""

import asyncio
import ctypes
import errno
import functools
import logging
import signal
import socket
import sys
import time
from collections import Counter
from types import FrameType
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from ..graph.settings import Settings
from .http.limited_protocol import LimitedProtocol, SocketLimits
from .http.logs import configure_logging

DRAIN_SECONDS = 5
"""Seconds that running requests get to finish when the server shuts down."""
BACKLOG = 64
"""Connections that wait to be accepted. asyncio accepts as many at once, before any of them can be refused."""
PUBLIC_SHARE = 8
"""A client address may open one of so many sockets of a public server."""
RESERVED_FILES = 192
"""Open files besides the sockets of clients: the driver's and the application's, the backlog, and refused sockets."""
MAX_FILES = 8_192
MALLOC_OPTIONS = {"M_ARENA_MAX": (-8, 2), "M_MMAP_THRESHOLD": (-3, 128 * 1024), "M_TRIM_THRESHOLD": (-1, 128 * 1024)}
"""Number (malloc.h) and value of options with which glibc returns what large answers took, instead of keeping it."""
LOG_SECONDS = 10.0
"""Seconds in which a message of the server is logged once at most."""


def socket_limits(settings: Settings, *, is_public: bool = False) -> SocketLimits:
    """Return the limits of the settings, reduced to what the system allows this process."""
    files = _raise_file_limit()
    sockets = min(settings.max_sockets, max(files - RESERVED_FILES, files // 4))
    return SocketLimits(
        sockets,
        max(sockets // PUBLIC_SHARE, 1) if is_public else None,
        trusted_networks=settings.trusted_networks,
    )


def server_config(app: ASGIApp, limits: SocketLimits) -> uvicorn.Config:
    """Return the configuration of a server with these limits."""
    protocol = functools.partial(LimitedProtocol, limits=limits)
    config = uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", protocol),
        ws="none",
        access_log=False,
        log_config=None,
        backlog=min(BACKLOG, max(limits.sockets // 2, 1)),
        timeout_graceful_shutdown=DRAIN_SECONDS,
        proxy_headers=bool(limits.trusted_networks),
        forwarded_allow_ips=[str(network) for network in limits.trusted_networks],
    )
    for name in ("uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        if not any(isinstance(existing, RepeatFilter) for existing in logger.filters):
            logger.addFilter(RepeatFilter())
    return config


def run_server(app: ASGIApp, listener: socket.socket, limits: SocketLimits, *, with_access_log: bool = False) -> None:
    """Serve on `listener` until a signal stops the server; a second Ctrl-C does not interrupt the cleanup.

    After SIGTERM, the handler that the caller had installed for it is called. Only for the main thread.
    Warnings and errors go to standard error as lines of JSON, and with `with_access_log` each request.
    """
    configure_logging(with_access_log=with_access_log)
    _return_freed_memory()
    server = _Server(server_config(app, limits))
    # uvicorn does the same, but only in its event loop: a signal before that would be an exception in making the loop.
    signal.signal(signal.SIGINT, server.handle_exit)
    terminate = signal.signal(signal.SIGTERM, server.handle_exit)
    try:
        server.run(sockets=[listener])
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, terminate)
    if server.stop_signal == signal.SIGTERM:
        signal.raise_signal(signal.SIGTERM)


class RepeatFilter(logging.Filter):
    """Passes each message once in `LOG_SECONDS`, with the number of those it held back; what clients cause stays short.

    A failure to accept a connection for want of open files is one line, without its traceback.
    """

    def __init__(self) -> None:
        super().__init__()
        self._logged_at: dict[str, float] = {}
        self._held_back: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """True if the record is logged."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            record.msg, record.args, record.exc_info = "No open file is left for a new connection.", (), None
        elif record.exc_info:
            return True  # a defect of ours, which must not be lost
        key, now = str(record.msg), time.monotonic()
        if now - self._logged_at.get(key, float("-inf")) < LOG_SECONDS:
            self._held_back[key] += 1
            return False
        self._logged_at[key] = now
        if count := self._held_back.pop(key, 0):
            record.msg = f"{key} (and {count} times before)"
        return True


class _Server(uvicorn.Server):
    stop_signal: int | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Start the graceful shutdown; ignore further signals, which uvicorn would take for a forced exit."""
        if not self.should_exit:
            self.stop_signal = sig
            super().handle_exit(sig, frame)


def _return_freed_memory() -> None:
    """Set `MALLOC_OPTIONS`, where the C library is glibc."""
    if sys.platform != "linux":
        return
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        for option, value in MALLOC_OPTIONS.values():
            mallopt(option, value)


def _raise_file_limit() -> int:
    """Raise the limit of open files to what the system allows, `MAX_FILES` at most, and return it."""
    if sys.platform == "win32":
        return MAX_FILES
    import resource  # noqa: PLC0415  not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_FILES if hard == resource.RLIM_INFINITY else min(hard, MAX_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return wanted if soft == resource.RLIM_INFINITY else soft
