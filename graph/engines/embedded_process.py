"""The embedded engine as a process: its command line, how it ends with its owner, process start times, HTTP requests.

The only module that uses the embedded engine's package. The package is located, never imported: importing it would
start a JVM inside Python.
"""

import base64
import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from ..errors import EngineDied, EngineError, NoRuntime

PACKAGE = "arcadedb_embedded"
DATABASES = ("vnkg", "vnkg_b")
"""Names of the databases: one is in use, a large load builds the other. A new folder begins with the first."""
ROOT, READER = "root", "reader"
HOST = "127.0.0.1"
REQUEST_SECONDS = 10.0
COMMAND_SECONDS = 120.0

# Standard input is a pipe from the owner. A watchdog in the same process group waits for its end of file, which comes
# when the owner closes the pipe or dies in any way, and then kills the group. A group id is not reused while the
# watchdog lives, so no other process can be killed by mistake. `exec` gives Java the process id that the owner knows.
WATCHDOG_SCRIPT = """exec 3<&0
(
  trap '' TERM INT HUP
  read -r _ <&3
  kill -TERM 0
  n=0
  while kill -0 "$$" 2>/dev/null && [ "$n" -lt 10 ]; do sleep 1; n=$((n + 1)); done
  kill -KILL 0
) &
exec "$@" 3<&- </dev/null
"""


@dataclass(frozen=True, slots=True)
class LaunchOptions:
    """How to start the engine.

    `root` is its folder, `root_password` a file; `http` and `bolt` are ports; `memory` is the Java heap as in `-Xmx`;
    `query_timeout` is in seconds; `new_database` is the database to create, or None; `short_lived` uses Java's C1
    compiler only.
    """

    root: Path
    root_password: Path
    http: int
    bolt: int
    memory: str
    query_timeout: float
    new_database: str | None
    short_lived: bool


def package_folder() -> Path:
    """Return the folder of the embedded engine's package; raise `NoRuntime` if it is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NoRuntime(
            f"the package {PACKAGE.replace('_', '-')} is not installed: expected it beside vnkg; "
            "install it, or set NEO4J_URI to use a Neo4j server"
        )
    return Path(next(iter(spec.submodule_search_locations)))


def command_line(options: LaunchOptions) -> list[str]:
    """Return the command line that runs the engine in the foreground; raise `NoRuntime` if the package has no Java."""
    package = package_folder()
    java = package / "jre" / "bin" / ("java.exe" if sys.platform == "win32" else "java")
    jars = sorted(str(jar) for jar in (package / "jars").glob("*.jar"))
    if not java.is_file() or not os.access(java, os.X_OK) or not jars:
        raise NoRuntime(
            f"no Java runtime for this platform ({sys.platform}) in {package}: expected {java.name} in its jre folder; "
            "set NEO4J_URI to use a Neo4j server instead"
        )
    properties = {
        "java.awt.headless": "true",
        "file.encoding": "UTF8",
        "arcadedb.server.rootPath": options.root,
        "arcadedb.server.rootPasswordPath": options.root_password,
        "arcadedb.server.httpIncomingHost": HOST,
        "arcadedb.server.httpIncomingPort": options.http,
        "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "arcadedb.bolt.host": HOST,
        "arcadedb.bolt.port": options.bolt,
        "arcadedb.server.mode": "development",
        "arcadedb.command.timeout": round(options.query_timeout * 1000),
    }
    if options.new_database:
        properties["arcadedb.server.defaultDatabases"] = f"{options.new_database}[{ROOT}]"
    return [
        str(java),
        f"-Xmx{options.memory}",
        # Java's C2 compiler pays off after minutes; until then it takes processor time from the queries.
        *(["-XX:TieredStopAtLevel=1"] if options.short_lived else []),
        # After an OutOfMemoryError the engine lacks threads and never answers. A dead engine is noticed and restarted.
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--add-modules=jdk.incubator.vector",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        *(f"-D{key}={value}" for key, value in properties.items()),
        "-cp",
        os.pathsep.join(jars),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def launch(options: LaunchOptions, log: IO[bytes], *, stops_with_owner: bool) -> subprocess.Popen[bytes]:
    """Start the engine in its own session, so that Ctrl-C does not reach it.

    With `stops_with_owner` it ends with this process, even after `kill -9` (POSIX only); otherwise it keeps running.
    Raises `NoRuntime` if Java cannot be run.
    """
    arguments = command_line(options)
    is_posix = sys.platform != "win32"
    if stops_with_owner and is_posix:
        arguments = ["/bin/sh", "-c", WATCHDOG_SCRIPT, "vnkg-engine", *arguments]
    try:
        return subprocess.Popen(  # noqa: S603  # the command line is built above, from the settings
            arguments,
            stdin=subprocess.PIPE if stops_with_owner and is_posix else subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=options.root,
            start_new_session=is_posix,
            creationflags=0 if is_posix else subprocess.CREATE_NEW_PROCESS_GROUP,
        )
    except OSError as error:
        raise NoRuntime(
            f"the Java runtime of the embedded engine cannot be run here ({error}); set NEO4J_URI to use a Neo4j server"
        ) from error


def process_start_time(pid: int) -> str | None:
    """Return the start time of a process in the system's own format; None if it is not running.

    Process ids are reused; the id together with the start time identifies one process.
    """
    if sys.platform == "win32":
        return "unknown"
    if Path("/proc/self/stat").exists():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] in "ZX" else fields[19]
    # S603, S607: a fixed command with a number; `ps` is in different folders on different systems.
    ps_output = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return ps_output.stdout.strip() or None


def http_request(
    port: int, password: str, path: str, body: object = None, *, timeout: float = REQUEST_SECONDS
) -> tuple[int, str]:
    """Send one request to the engine's HTTP API as root; return the status code and the body.

    A request with a `body` is a POST with that body as JSON. Raises `OSError` if there is no HTTP response.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout)
    token = base64.b64encode(f"{ROOT}:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
    try:
        if body is None:
            connection.request("GET", path, headers=headers)
        else:
            connection.request("POST", path, json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    except http.client.HTTPException as error:
        raise ConnectionError(f"port {port} answers something else than HTTP") from error
    finally:
        connection.close()


def post_command(port: int, password: str, path: str, body: object) -> str:
    """Post a command to the engine's HTTP API and return the response body.

    Raises `EngineError` with the response if the status is not 200, and `EngineDied` if there is no response.
    """
    try:
        status, text = http_request(port, password, path, body, timeout=COMMAND_SECONDS)
    except OSError as error:
        raise EngineDied(f"the embedded engine does not answer at port {port}: {error}") from error
    if status != http.HTTPStatus.OK:
        raise EngineError(f"the embedded engine refused {path} ({status}): {text[:300]}")
    return text
