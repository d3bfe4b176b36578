"""Commands for the web server and the embedded engine: `serve`, `engine`."""

import errno
import socket
import sys
from pathlib import Path
from typing import Any

import click

from ...graph.engines import embedded
from ...graph.errors import InputError, PortTaken, VnkgError
from ...graph.settings import Settings
from . import session, terminal
from .options import articles_option, json_option

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  recognised, not bound


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", default=8000, envvar="PORT", show_default=True, show_envvar=True, type=click.IntRange(0, 65535),
    help="Port to listen at; 0 takes a free one.",
)  # fmt: skip
@articles_option
def serve(host: str, port: int, articles: Path | None) -> None:
    """Serve the pages and the HTTP API until Ctrl-C."""
    # Imported here because only this command needs a web server.
    from ..app import create_app, run  # noqa: PLC0415

    settings = session.settings(articles)
    with _listening(host, port) as listener, session.opened(settings) as service:
        app = create_app(service.settings, service.graph)
        address = settings.public_url or _address(host, listener.getsockname()[1])
        terminal.say("VNKG is at ", (address, "bold"))
        if sys.stderr.isatty():
            terminal.note("Ctrl-C ends it.")
        run(app, listener)


def _listening(host: str, port: int) -> socket.socket:
    """Bind the port and listen, before anything else starts.

    Raises `InputError` for a host that is no address of this machine and `PortTaken` for a port in use.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise InputError(f"--host: found {host!r}; expected an address of this machine ({error})") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"port {port} of {host} is in use by another process; choose one with --port") from error
        raise VnkgError(f"cannot listen at {host} port {port}: {error.strerror or error}") from error
    return listener


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


@click.group()
def engine() -> None:
    """Start, stop or inspect an embedded engine that keeps running between commands."""


def _embedded(settings: Settings) -> Settings:
    if settings.neo4j_uri:
        raise InputError("NEO4J_URI is set: its server is not ours to start or stop; unset it for the embedded engine")
    return settings


@engine.command("start")
def engine_start() -> None:
    """Start the engine and leave it running, so that later commands answer at once."""
    settings = _embedded(session.settings())
    before = embedded.status(settings)
    with terminal.waiting("starting the graph engine"):
        record = embedded.start_detached(settings)
    if before is not None:
        ends = "" if record.detached else f"; it ends with process {record.owner}"
        terminal.say(f"The engine of {settings.data} runs already: {record.address}, process {record.pid}{ends}.")
        return
    terminal.say(f"The engine of {settings.data} runs: {record.address}, process {record.pid}.")
    terminal.note("`vnkg engine stop` ends it.")


@engine.command("stop")
def engine_stop() -> None:
    """Stop the engine that was left running."""
    settings = _embedded(session.settings())
    with terminal.waiting("ending the graph engine"):
        ended = embedded.stop(settings)
    terminal.say(f"The engine of {settings.data} {'has ended' if ended else 'does not run'}.")


@engine.command("status")
@json_option
def engine_status(as_json: bool) -> None:
    """Show whether an engine is running, where, and which process owns it."""
    settings = session.settings()
    found: dict[str, Any]
    if settings.neo4j_uri:
        with session.open_engine(settings) as opened:
            found = {"kind": "neo4j", "running": True, "address": opened.address}
    else:
        record = embedded.status(settings)
        found = {"kind": "embedded", "running": record is not None, "data": str(settings.data)}
        if record is not None:
            found |= {"address": record.address, "process": record.pid, "owner": record.owner}
    if as_json:
        terminal.as_json(found)
    elif not found["running"]:
        terminal.say(f"The engine of {settings.data} does not run; a command starts it when it needs it.")
    elif settings.neo4j_uri:
        terminal.say(f"Neo4j answers at {found['address']}.")
    else:
        owner = f"ends with process {found['owner']}" if found["owner"] else "stays until `vnkg engine stop`"
        terminal.say(f"The engine of {settings.data} runs: {found['address']}, process {found['process']}; it {owner}.")


COMMANDS = (serve, engine)
