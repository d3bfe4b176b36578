"""The embedded engine's life cycle: start, attach, leave running, stop. One engine serves one data folder."""

import json
import os
import secrets
import signal
import socket
import subprocess
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from ..errors import EngineDied, EngineError, FolderInUse, NoRuntime, PortTaken, WrongPassword
from ..settings import Settings
from .embedded_folder import START_SECONDS, Files, Record
from .embedded_process import DATABASE, HOST, READER, ROOT, Plan, administer, ask, launch, stamp

STOP_SECONDS = 15.0
STEP = 0.02
TRIES = 3

GROUPS: dict[str, Any] = {
    "version": 2,
    "databases": {
        "*": {
            "groups": {
                "admin": {
                    "resultSetLimit": -1,
                    "readTimeout": -1,
                    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
                    "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
                },
                "*": {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": []}}},
            }
        },
        DATABASE: {
            "groups": {
                "reader": {
                    "resultSetLimit": -1,
                    "readTimeout": -1,
                    "access": [],
                    "types": {"*": {"access": ["readRecord"]}},
                }
            }
        },
    },
}
"""Permissions in the embedded engine: root may do everything, the reader may only read records."""


class Lease:
    """A handle on the engine of a data folder; closing it stops the engine if this process started it."""

    def __init__(self, files: Files, record: Record, process: subprocess.Popen[bytes] | None) -> None:
        self._files = files
        self._process = process
        self.record = record

    @property
    def owned(self) -> bool:
        """Whether this process started the engine and will stop it."""
        return self._process is not None

    @property
    def alive(self) -> bool:
        """Whether the engine's process is running."""
        if self._process is not None:
            return self._process.poll() is None
        return self.record.running

    @property
    def ending(self) -> bool:
        """Whether the engine has ended or is shutting down, so that its errors say nothing about the query.

        A process that stops the engine removes the run record first, so a missing record means a shutdown.
        """
        return not self.alive or self.record.orphaned or self._files.record() != self.record

    @property
    def root_password(self) -> str:
        """Password of the root login, which may write."""
        return self._files.password(ROOT)

    @property
    def reader_password(self) -> str:
        """Password of the reader login, which may only read."""
        return self._files.password(READER)

    def sql(self, text: str) -> None:
        """Run a schema command that the engine supports only in SQL (full-text indexes).

        Raises `EngineDied` if the engine ends meanwhile.
        """
        body = {"language": "sql", "command": text}
        path = f"/api/v1/command/{DATABASE}"
        try:
            administer(self.record.http, self.root_password, path, body)
        except EngineError as error:
            if self.ending:
                raise EngineDied(str(error)) from error
            # IF NOT EXISTS fails if another load declares the same thing at this moment; on the retry it exists.
            administer(self.record.http, self.root_password, path, body)

    def close(self) -> None:
        """Stop the engine if this process started it, else do nothing. May be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        # The lock makes the next command wait until the folder is free again.
        with self._files.locked():
            self._files.forget(self.record)
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdin is not None:
                process.stdin.close()


def open_engine(settings: Settings, *, brief: bool = False) -> Lease:
    """Attach to the engine that serves the data folder, or start one that ends with this process.

    `short_lived` starts the JVM with the C1 compiler only: faster start, lower peak throughput.
    """
    files = Files(settings.data)
    with files.locked():
        record = _living(files)
        if record is not None:
            return Lease(files, record, None)
        return Lease(files, *_start(files, settings, tied=True, brief=brief))


def start_detached(settings: Settings) -> Record:
    """Start an engine that keeps running when this process ends; if one runs already, return its record."""
    files = Files(settings.data)
    with files.locked():
        record = _living(files)
        if record is not None:
            return record
        record, process = _start(files, settings, tied=False, brief=False)
        # It is meant to outlive this process; without this line Python warns that the child is still running.
        process.returncode = 0
        return record


def status(settings: Settings) -> Record | None:
    """Return the run record of the engine that serves the data folder, or None if none responds."""
    if not settings.data.is_dir():
        return None
    files = Files(settings.data)
    record = files.record()
    return record if record is not None and record.running and _answers(files, record) else None


def stop(settings: Settings) -> bool:
    """Stop the engine that was left running in the data folder; return False if there is none.

    Raises `FolderInUse` if the engine belongs to another running command, and `EngineError` if it does not end.
    """
    if not settings.data.is_dir():
        return False
    files = Files(settings.data)
    with files.locked():
        record = files.record()
        if record is None or not record.running:
            files.forget(record)
            return False
        if record.owner is not None and not record.orphaned:
            raise FolderInUse(
                f"the engine of {settings.data} belongs to process {record.owner} and ends with it; end that process"
            )
        files.forget(record)
        with suppress(ProcessLookupError):
            os.kill(record.pid, signal.SIGTERM)
        if not _gone(record):
            with suppress(ProcessLookupError):
                os.kill(record.pid, signal.SIGKILL)
            if not _gone(record):
                files.remember(record)
                raise EngineError(f"process {record.pid}, the engine of {settings.data}, does not end; end it by hand")
        return True


def _living(files: Files) -> Record | None:
    """Return the record of the engine that serves the folder, or None; wait for one that is shutting down.

    Raises `FolderInUse` if the process neither responds nor ends.
    """
    record = files.record()
    if record is None or not record.running:
        return None
    if not record.orphaned and _answers(files, record):
        return record
    if _gone(record):
        return None
    raise FolderInUse(
        f"{files.data}: process {record.pid} owns the folder but does not answer; `vnkg engine stop` ends it"
    )


def _answers(files: Files, record: Record) -> bool:
    """Tell whether our engine answers at the recorded port; only our engine accepts the password."""
    try:
        return ask(record.http, files.password(ROOT), "/api/v1/server?mode=basic")[0] == HTTPStatus.OK
    except OSError:
        return False


def _gone(record: Record) -> bool:
    end = time.monotonic() + STOP_SECONDS
    while record.running:
        if time.monotonic() > end:
            return False
        time.sleep(STEP)
    return True


def _start(files: Files, settings: Settings, *, tied: bool, brief: bool) -> tuple[Record, subprocess.Popen[bytes]]:
    new = not (files.root / "databases" / DATABASE).is_dir()
    if not files.password_file(ROOT).exists():
        if not new:
            raise WrongPassword(files.no_password(ROOT))
        files.keep_password(ROOT, secrets.token_urlsafe(24))
    groups = files.root / "config" / "server-groups.json"
    if not groups.exists():
        groups.write_text(json.dumps(GROUPS), encoding="utf-8")
    for attempt in range(1, TRIES + 1):
        http, bolt = _free_ports()
        plan = Plan(
            root=files.root,
            root_password=files.password_file(ROOT),
            http=http,
            bolt=bolt,
            memory=settings.engine_memory,
            query_timeout=settings.query_timeout,
            new=new,
            brief=brief,
        )
        with files.log.open("wb") as log:
            process = launch(plan, log, tied=tied)
        try:
            _wait(files, process, http)
            _ensure_reader(files, http)
            began = _beginning(files, process)
        except PortTaken:
            _end(process)
            if attempt == TRIES:
                raise
            continue
        except BaseException:
            _end(process)
            raise
        owner = os.getpid() if tied else None
        record = Record(process.pid, began, bolt, http, owner, stamp(owner) if owner else None)
        files.remember(record)
        return record, process
    raise AssertionError


def _beginning(files: Files, process: subprocess.Popen[bytes]) -> str:
    began = stamp(process.pid)
    if began is None:
        raise EngineDied(f"the embedded engine ended right after its start; see {files.log}")
    return began


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind((HOST, 0))
        two.bind((HOST, 0))
        return one.getsockname()[1], two.getsockname()[1]


def _wait(files: Files, process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the engine is ready; raise an error based on its log if it cannot start.

    Raises `PortTaken`, `WrongPassword`, `FolderInUse`, `NoRuntime` or another `EngineError`.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        ended = process.poll()
        said = files.log.read_text(encoding="utf-8", errors="replace")
        # The engine does not exit by itself if a port is taken.
        if "Unable to listen" in said:
            raise PortTaken("the ports chosen for the embedded engine were taken by another process meanwhile")
        if ended is not None:
            raise _reason(files, ended, said)
        try:
            code = ask(port, files.password(ROOT), "/api/v1/ready", seconds=1.0)[0]
        except OSError:
            code = 0
        if code == HTTPStatus.NO_CONTENT:
            return
        if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise WrongPassword(files.no_password(ROOT))
        time.sleep(STEP)
    raise EngineError(f"the embedded engine was not ready after {START_SECONDS:.0f} s; see {files.log}")


def _reason(files: Files, ended: int, said: str) -> EngineError:
    """Return the error that explains, from the exit code and the log, why the engine ended during its start."""
    if "locked by another process" in said:
        return FolderInUse(f"{files.data}: another process owns the folder (its database is locked)")
    if "GLIBC" in said or ended in (126, 127):
        return NoRuntime(
            "the Java runtime of the embedded engine cannot be run here; set NEO4J_URI to use a Neo4j server: "
            + said.strip()[-300:]
        )
    lines = [line for line in said.splitlines() if line.strip()][-3:]
    return EngineError(f"the embedded engine did not start (exit {ended}); see {files.log}: " + " / ".join(lines))


def _ensure_reader(files: Files, port: int) -> None:
    """Create the read-only login at the first start. Its password file is written last, as proof that this was done."""
    if files.password_file(READER).exists():
        return
    root, password = files.password(ROOT), secrets.token_urlsafe(24)
    # The login exists already if only its password file was lost; otherwise the engine answers with an error, which is
    # ignored.
    ask(port, root, "/api/v1/server", {"command": f"drop user {READER}"})
    user = {"name": READER, "password": password, "databases": {DATABASE: [READER]}}
    administer(port, root, "/api/v1/server", {"command": f"create user {json.dumps(user)}"})
    files.keep_password(READER, password)
