"""Commands for the web server and the embedded engine: `serve`, `engine`."""

import errno
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from ...graph.engines import embedded
from ...graph.engines.class_archive import recorded_classes
from ...graph.engines.embedded_process import CLASS_ARCHIVE
from ...graph.errors import InputError, PortTaken, VnkgError
from ...graph.settings import Settings
from ...loaders.database import open_graph, read_settings
from . import session, terminal
from .options import articles_option, json_option

LOOPBACK_HOST = "127.0.0.1"
ALL_HOSTS = ("0.0.0.0", "::")  # noqa: S104  bound with --public


@click.command()
@click.option(
    "--host", show_default="127.0.0.1, with --public every address", help="Address to listen at."
)  # fmt: skip
@click.option(
    "--port", default=8000, envvar="PORT", show_default=True, show_envvar=True, type=click.IntRange(0, 65535),
    help="Port to listen at; 0 takes a free one.",
)  # fmt: skip
@click.option("--public", is_flag=True, help="Serve strangers: at every address, with a rate limit for each client.")
@articles_option
def serve(host: str | None, port: int, public: bool, articles: Path | None) -> None:
    """Serve the pages and the HTTP API until Ctrl-C."""
    # Imported here because only this command needs a web server.
    from ..app import create_app  # noqa: PLC0415
    from ..server import run_server, socket_limits  # noqa: PLC0415

    settings = read_settings(articles)
    limits = socket_limits(settings, is_public=public)
    host = host or (ALL_HOSTS[socket.has_dualstack_ipv6()] if public else LOOPBACK_HOST)
    with _listen(host, port) as listener, session.open_graph(settings, check_server=True) as graph:
        app = create_app(settings, graph, is_public=public)
        address = settings.public_url or _local_url(host, listener.getsockname()[1])
        terminal.print_line("VNKG is at ", (address, "bold"))
        terminal.print_note("Ctrl-C stops it.")
        run_server(app, listener, limits, with_access_log=settings.access_log)


def _listen(host: str, port: int) -> socket.socket:
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
        if family == socket.AF_INET6 and socket.has_dualstack_ipv6():
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"port {port} of {host} is in use by another process; choose one with --port") from error
        raise VnkgError(f"cannot listen at {host} port {port}: {error.strerror or error}") from error
    return listener


def _local_url(host: str, port: int) -> str:
    url_host = LOOPBACK_HOST if host in ALL_HOSTS else f"[{host}]" if ":" in host else host
    return f"http://{url_host}:{port}/"


@click.group()
def engine() -> None:
    """Start, stop or inspect an embedded engine that keeps running between commands."""


def _require_embedded(settings: Settings) -> Settings:
    if settings.neo4j_uri:
        raise InputError("NEO4J_URI is set: its server is not ours to start or stop; unset it for the embedded engine")
    return settings


@engine.command("start")
def engine_start() -> None:
    """Start the engine and leave it running, so that later commands answer at once."""
    settings = _require_embedded(read_settings())
    previous_record = embedded.status(settings)
    with terminal.spinner("starting the graph engine"):
        record = embedded.start_detached(settings)
    if previous_record is not None:
        owner_note = "" if record.is_detached else f"; it ends with process {record.owner}"
        terminal.print_line(
            f"The engine of {settings.data} runs already: {record.address}, process {record.pid}{owner_note}."
        )
        return
    terminal.print_line(f"The engine of {settings.data} runs: {record.address}, process {record.pid}.")
    terminal.print_note("`vnkg engine stop` ends it.")


@engine.command("stop")
def engine_stop() -> None:
    """Stop the engine that was left running."""
    settings = _require_embedded(read_settings())
    with terminal.spinner("ending the graph engine"):
        was_running = embedded.stop(settings)
    terminal.print_line(f"The engine of {settings.data} {'has ended' if was_running else 'does not run'}.")


@engine.command("prepare")
def engine_prepare() -> None:
    """Archive the engine's Java classes in this Python environment, so that it starts in half the time."""
    with terminal.spinner("archiving the engine's classes"), TemporaryDirectory() as folder, recorded_classes():
        settings = read_settings().model_copy(update={"data": Path(folder), "neo4j_uri": None})
        with open_graph(settings, short_lived=True) as graph:
            graph.query("provinces_with_fund", {})
    terminal.print_line(f"The engine's classes are in {CLASS_ARCHIVE}.")


@engine.command("status")
@json_option
def engine_status(as_json: bool) -> None:
    """Show whether an engine is running, where, and which process owns it."""
    settings = read_settings()
    status: dict[str, Any]
    if settings.neo4j_uri:
        with session.open_engine(settings) as neo4j_engine:
            status = {"kind": "neo4j", "running": True, "address": neo4j_engine.address}
    else:
        record = embedded.status(settings)
        status = {"kind": "embedded", "running": record is not None, "data": str(settings.data)}
        if record is not None:
            status |= {"address": record.address, "process": record.pid, "owner": record.owner}
    if as_json:
        terminal.print_json(status)
    elif not status["running"]:
        terminal.print_line(f"The engine of {settings.data} does not run; a command starts it when it needs it.")
    elif settings.neo4j_uri:
        terminal.print_line(f"Neo4j answers at {status['address']}.")
    else:
        owner = f"ends with process {status['owner']}" if status["owner"] else "stays until `vnkg engine stop`"
        terminal.print_line(
            f"The engine of {settings.data} runs: {status['address']}, process {status['process']}; it {owner}."
        )


COMMANDS = (serve, engine)
