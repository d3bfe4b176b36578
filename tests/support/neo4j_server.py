"""A real Neo4j started by the test suite, once a session; its jars come from Maven and are cached outside the checkout."""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

VERSION = "5.26.28"
ENTRY = "org.neo4j.server.CommunityEntryPoint"
ADMIN = "org.neo4j.cli.AdminTool"
START_SECONDS = 90.0
FAST_START_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java options for a fast start at lower peak throughput: the server runs for minutes only."""
EXIT_WITH_PARENT = """exec 3<&0
( trap '' TERM INT HUP; read -r _ <&3; kill -KILL 0 ) &
exec "$@" 3<&- </dev/null
"""
"""Shell script that runs a server and ends it when the process holding its standard input ends; `exec` keeps the
process id. This module imports nothing of the product: `bench/record_answers.py` uses it with any version of it."""

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>vnkg</groupId>
  <artifactId>neo4j-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

CONF = """server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
dbms.cypher.min_replan_interval=1h
internal.cypher.use_parameter_size=false
"""


class Neo4jUnavailable(Exception):
    """No Neo4j server can be started here; the message says why."""


def jars() -> Path:
    """Return the folder of Neo4j's jars, downloaded once by Maven; raises `Neo4jUnavailable` without Java or Maven."""
    if shutil.which("java") is None:
        raise Neo4jUnavailable("no `java` on the path, which Neo4j needs")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vnkg"
    cache.mkdir(parents=True, exist_ok=True)
    lib = cache / f"neo4j-{VERSION}" / "lib"
    # One process downloads; those that start at the same moment wait for it.
    with (cache / "neo4j.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not lib.is_dir():
            _download_jars(lib)
    return lib


def _download_jars(lib: Path) -> None:
    if shutil.which("mvn") is None:
        raise Neo4jUnavailable(f"no `mvn` on the path, to fetch Neo4j {VERSION}")
    with tempfile.TemporaryDirectory(dir=lib.parents[1]) as folder:
        new = Path(folder)
        (new / "pom.xml").write_text(POM, encoding="utf-8")
        line = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
        done = subprocess.run(
            [*line, f"-DoutputDirectory={new / 'lib'}"], cwd=new, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Neo4jUnavailable(
                f"Maven could not fetch Neo4j {VERSION}: {(done.stdout + done.stderr).strip()[-400:]}"
            )
        lib.parent.mkdir(exist_ok=True)
        (new / "lib").rename(lib)


class Neo4jServer:
    """A running Neo4j with an empty database; a context manager."""

    username = "neo4j"
    database = "neo4j"

    def __init__(self, home: Path) -> None:
        self._lib = jars()
        self._home = home
        self.port = _free_port()
        self.password = secrets.token_hex(12)
        for name in ("conf", "data", "logs", "plugins", "import", "run", "licenses"):
            (home / name).mkdir(parents=True, exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(CONF.format(port=self.port), encoding="utf-8")
        self._log = home / "server.log"
        self._admin("dbms", "set-initial-password", self.password)
        self.start()

    @property
    def address(self) -> str:
        """The Bolt URI of the server."""
        return f"bolt://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        line = ["java", "-Xmx1g", *FAST_START_OPTIONS, "-cp", f"{self._lib}/*", ENTRY, f"--home-dir={self._home}"]
        line.append(f"--config-dir={self._home / 'conf'}")
        with self._log.open("wb") as log:
            # Like the embedded engine, it ends with the suite, even if that is killed.
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", EXIT_WITH_PARENT, "neo4j-for-tests", *line],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + START_SECONDS
        while not self._listens():
            ended = self._process.poll()
            if ended is not None or time.monotonic() > end:
                said = self._log.read_text(encoding="utf-8", errors="replace")[-800:]
                self.stop()
                raise RuntimeError(f"Neo4j did not start (exit {ended}): {said}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Kill the server (a clean stop takes 10 s); committed data survives the next start."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _admin(self, *words: str) -> None:
        home = {"NEO4J_HOME": str(self._home), "NEO4J_CONF": str(self._home / "conf")}
        done = subprocess.run(
            ["java", *FAST_START_OPTIONS, "-cp", f"{self._lib}/*", ADMIN, *words],
            env=os.environ | home,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"neo4j-admin {words[0]} failed: {(done.stdout + done.stderr)[-800:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
