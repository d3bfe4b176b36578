"""The embedded engine's life cycle: start, attach, leave running, stop. One engine serves one data folder."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Any

from ..errors import EngineDied, EngineError, FolderInUse, NoRuntime, PortTaken, WrongPassword
from ..settings import Settings
from .content_record import compare_files, record_files
from .embedded_folder import START_SECONDS, DataFolder, RunRecord
from .embedded_process import (
    HOST,
    READER,
    ROOT,
    LaunchOptions,
    http_request,
    launch,
    post_command,
    process_start_time,
)

STOP_SECONDS = 15.0
POLL_SECONDS = 0.02
MAX_ATTEMPTS = 3

SECURITY_GROUPS: dict[str, Any] = {
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
                "reader": {
                    "resultSetLimit": -1,
                    "readTimeout": -1,
                    "access": [],
                    "types": {"*": {"access": ["readRecord"]}},
                },
                "*": {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": []}}},
            }
        },
    },
}
"""Permissions in the embedded engine: root may do everything, the reader may only read records."""


class EngineHandle:
    """A handle on the engine of a data folder; closing it stops the engine if this process started it."""

    def __init__(self, folder: DataFolder, record: RunRecord, process: subprocess.Popen[bytes] | None) -> None:
        self.folder = folder
        self._process = process
        self.record = record

    @property
    def is_owner(self) -> bool:
        """Whether this process started the engine and will stop it."""
        return self._process is not None

    @property
    def is_alive(self) -> bool:
        """Whether the engine's process is running."""
        if self._process is not None:
            return self._process.poll() is None
        return self.record.is_running

    @property
    def responds(self) -> bool:
        """Whether the engine is running, is not about to end, and answers."""
        return not self.is_ending and _responds(self.folder, self.record)

    @property
    def is_ending(self) -> bool:
        """Whether the engine has ended or is shutting down, so that its errors say nothing about the query.

        A process that stops the engine removes the run record first, so a missing record means a shutdown.
        """
        return not self.is_alive or self.record.is_orphaned or self.folder.read_record() != self.record

    @property
    def root_password(self) -> str:
        """Password of the root login, which may write."""
        return self.folder.read_password(ROOT)

    @property
    def reader_password(self) -> str:
        """Password of the reader login, which may only read."""
        return self.folder.read_password(READER)

    def run_sql(self, text: str, database: str) -> None:
        """Run a schema command that the engine supports only in SQL (full-text indexes).

        Raises `EngineDied` if the engine ends meanwhile.
        """
        body = {"language": "sql", "command": text}
        path = f"/api/v1/command/{database}"
        try:
            self._post(path, body)
        except EngineDied:
            raise
        except EngineError:
            # IF NOT EXISTS fails if another load declares the same thing at this moment; on the retry it exists.
            self._post(path, body)

    def create_other_database(self) -> str:
        """Create the database that is not the current one, empty, and return its name; what it held is dropped.

        The caller holds the load lock.
        """
        self.drop_other_database()
        name = self.folder.other_database
        self._post("/api/v1/server", {"command": f"create database {name}"})
        return name

    def drop_other_database(self) -> None:
        """Drop the database that is not the current one, if it exists; the caller holds the load lock."""
        name = self.folder.other_database
        path = self.folder.database_folder(name)
        if path.is_dir():
            try:
                self._post("/api/v1/server", {"command": f"drop database {name}"})
            except EngineDied:
                return  # another engine may have opened it
            except EngineError:
                shutil.rmtree(path, ignore_errors=True)  # damaged, so the engine did not open it

    def switch_database(self, name: str) -> None:
        """Make another database of this engine the current one; raise `EngineDied` if the engine has ended."""
        with self.folder.lock():  # nobody starts another engine meanwhile
            if self.is_ending:
                raise EngineDied("the embedded engine ended before the new release was complete")
            self.folder.switch_database(name)

    def _post(self, path: str, body: Any) -> None:
        try:
            post_command(self.record.http, self.root_password, path, body)
        except EngineError as error:
            if self.is_ending:
                raise EngineDied(str(error)) from error
            if full := self.folder.disk_full_error():
                raise full from error
            raise

    def close(self) -> None:
        """Stop the engine if this process started it, else do nothing. May be called twice.

        Raises `BadFolder` if the folder cannot be locked, such as on a full disk; the engine is stopped all the same.
        """
        process, self._process = self._process, None
        if process is None:
            return
        try:
            # The lock makes the next command wait until the folder is free again.
            with self.folder.lock():
                self.folder.remove_record(self.record)
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(STOP_SECONDS)
                    record_files(self.folder)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdin is not None:
                process.stdin.close()


def open_engine(settings: Settings, *, short_lived: bool = False) -> EngineHandle:
    """Attach to the engine that serves the data folder, or start one that ends with this process.

    `short_lived` starts the JVM with the C1 compiler only: faster start, lower peak throughput.
    """
    folder = DataFolder(settings.data)
    with folder.lock():
        record = _find_running(folder)
        if record is not None:
            return EngineHandle(folder, record, None)
        return EngineHandle(folder, *_start(folder, settings, stops_with_owner=True, short_lived=short_lived))


def start_detached(settings: Settings) -> RunRecord:
    """Start an engine that keeps running when this process ends; if one runs already, return its record."""
    folder = DataFolder(settings.data)
    with folder.lock():
        record = _find_running(folder)
        if record is not None:
            return record
        record, process = _start(folder, settings, stops_with_owner=False, short_lived=False)
        # It is meant to outlive this process; without this line Python warns that the child is still running.
        process.returncode = 0
        return record


def status(settings: Settings) -> RunRecord | None:
    """Return the run record of the engine that serves the data folder, or None if none responds."""
    if not settings.data.is_dir():
        return None
    folder = DataFolder(settings.data)
    record = folder.read_record()
    return record if record is not None and record.is_running and _responds(folder, record) else None


def stop(settings: Settings) -> bool:
    """Stop the engine that was left running in the data folder; return False if there is none.

    Raises `FolderInUse` if the engine belongs to another running command, and `EngineError` if it does not end.
    """
    if not settings.data.is_dir():
        return False
    folder = DataFolder(settings.data)
    with folder.lock():
        record = folder.read_record()
        if record is None or not record.is_running:
            folder.remove_record(record)
            return False
        if record.owner is not None and not record.is_orphaned:
            raise FolderInUse(
                f"the engine of {settings.data} belongs to process {record.owner} and ends with it; end that process"
            )
        folder.remove_record(record)
        with suppress(ProcessLookupError):
            os.kill(record.pid, signal.SIGTERM)
        if not _wait_for_exit(record):
            with suppress(ProcessLookupError):
                os.kill(record.pid, signal.SIGKILL)
            if not _wait_for_exit(record):
                folder.write_record(record)
                raise EngineError(f"process {record.pid}, the engine of {settings.data}, does not end; end it by hand")
        else:
            record_files(folder)
        return True


@contextmanager
def set_databases_aside(settings: Settings) -> Generator[None]:
    """Rename the databases of a data folder, which the engine cannot use, while new ones are made.

    They are removed at the end, or put back if that fails. Raises `FolderInUse` if an engine runs there.
    """
    folder = DataFolder(settings.data)
    databases, old_databases = folder.root / "databases", folder.root / "databases.damaged"
    with folder.lock():
        if _find_running(folder) is not None:
            raise FolderInUse(f"{folder.path}: another command uses the damaged graph; end it and try again")
        if databases.exists():
            shutil.rmtree(old_databases, ignore_errors=True)
            databases.rename(old_databases)
    try:
        yield
    except BaseException:
        with folder.lock():
            if _find_running(folder) is None:
                shutil.rmtree(databases, ignore_errors=True)
                old_databases.rename(databases)
        raise
    shutil.rmtree(old_databases, ignore_errors=True)


def _find_running(folder: DataFolder) -> RunRecord | None:
    """Return the record of the engine that serves the folder, or None; wait for one that starts or shuts down.

    Raises `FolderInUse` if the process neither responds nor ends.
    """
    record = folder.read_record()
    if record is None:
        return None
    deadline = time.monotonic() + STOP_SECONDS
    while record.is_running:
        if not record.is_orphaned and _responds(folder, record):
            _ensure_reader(folder, record.http)  # whoever started it may have been killed before that
            return record
        if time.monotonic() > deadline:
            break
        time.sleep(POLL_SECONDS)
    else:
        return None
    raise FolderInUse(
        f"{folder.path}: process {record.pid} owns the folder but does not answer; `vnkg engine stop` ends it"
    )


def _responds(folder: DataFolder, record: RunRecord) -> bool:
    """Tell whether our engine answers at the recorded port; only our engine accepts the password."""
    try:
        return http_request(record.http, folder.read_password(ROOT), "/api/v1/server?mode=basic")[0] == HTTPStatus.OK
    except OSError:
        return False


def _wait_for_exit(record: RunRecord) -> bool:
    deadline = time.monotonic() + STOP_SECONDS
    while record.is_running:
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _start(
    folder: DataFolder, settings: Settings, *, stops_with_owner: bool, short_lived: bool
) -> tuple[RunRecord, subprocess.Popen[bytes]]:
    database = folder.current_database
    is_new = not folder.database_folder(database).is_dir()
    if not folder.password_file(ROOT).exists():
        if not is_new:
            raise WrongPassword(folder.password_mismatch(ROOT))
        folder.write_password(ROOT, secrets.token_urlsafe(24))
    folder.write_security_groups(json.dumps(SECURITY_GROUPS))
    compare_files(folder)
    attempts_left, deadline = MAX_ATTEMPTS, time.monotonic() + STOP_SECONDS
    while True:
        http, bolt = _free_ports()
        options = LaunchOptions(
            root=folder.root,
            root_password=folder.password_file(ROOT),
            http=http,
            bolt=bolt,
            memory=settings.engine_memory,
            query_timeout=settings.query_timeout,
            new_database=database if is_new else None,
            short_lived=short_lived,
        )
        try:
            return _start_once(folder, options, stops_with_owner=stops_with_owner)
        except PortTaken:
            attempts_left -= 1
            if not attempts_left:
                raise
        except FolderInUse:
            # Perhaps an engine whose owner was killed before it wrote the run record; its watchdog ends it.
            if time.monotonic() > deadline:
                raise
        except EngineError:
            # Perhaps because of a database that a load was building, or dropping, when it was killed.
            leftover = folder.database_folder(folder.other_database)
            if not leftover.is_dir():
                raise
            shutil.rmtree(leftover, ignore_errors=True)
            if leftover.is_dir():
                raise


def _start_once(
    folder: DataFolder, options: LaunchOptions, *, stops_with_owner: bool
) -> tuple[RunRecord, subprocess.Popen[bytes]]:
    with folder.open_log() as log:
        process = launch(options, log, stops_with_owner=stops_with_owner)
    owner = os.getpid() if stops_with_owner else None
    record = RunRecord(
        process.pid,
        process_start_time(process.pid) or "ended",
        options.bolt,
        options.http,
        owner,
        process_start_time(owner) if owner else None,
    )
    try:
        # Before it is ready: if this process is killed, the next one knows for which engine it must wait.
        folder.write_record(record)
        _wait_until_ready(folder, process, options.http)
        _ensure_reader(folder, options.http)
    except BaseException:
        _kill(process)
        folder.remove_record(record)
        raise
    return record, process


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as http_socket, socket.socket() as bolt_socket:
        http_socket.bind((HOST, 0))
        bolt_socket.bind((HOST, 0))
        return http_socket.getsockname()[1], bolt_socket.getsockname()[1]


def _wait_until_ready(folder: DataFolder, process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the engine is ready; raise an error based on its log if it cannot start.

    Raises `PortTaken`, `WrongPassword`, `FolderInUse`, `NoRuntime` or another `EngineError`.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        exit_code = process.poll()
        log_text = folder.log.read_text(encoding="utf-8", errors="replace")
        # The engine does not exit by itself if a port is taken.
        if "Unable to listen" in log_text:
            raise PortTaken("the ports chosen for the embedded engine were taken by another process meanwhile")
        if exit_code is not None:
            raise _startup_error(folder, exit_code, log_text)
        try:
            status_code = http_request(port, folder.read_password(ROOT), "/api/v1/ready", timeout=1.0)[0]
        except OSError:
            status_code = 0
        if status_code == HTTPStatus.NO_CONTENT:
            return
        if status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise WrongPassword(folder.password_mismatch(ROOT))
        time.sleep(POLL_SECONDS)
    raise EngineError(f"the embedded engine was not ready after {START_SECONDS:.0f} s; see {folder.log}")


def _startup_error(folder: DataFolder, exit_code: int, log_text: str) -> EngineError:
    """Return the error that explains, from the exit code and the log, why the engine ended during its start."""
    if "locked by another process" in log_text:
        return FolderInUse(f"{folder.path}: another process owns the folder (its database is locked)")
    if "GLIBC" in log_text or exit_code in (126, 127):
        return NoRuntime(
            "the Java runtime of the embedded engine cannot be run here; set NEO4J_URI to use a Neo4j server: "
            + log_text.strip()[-300:]
        )
    if full := folder.disk_full_error():
        return full
    lines = [line for line in log_text.splitlines() if line.strip()][-3:]
    return EngineError(f"the embedded engine did not start (exit {exit_code}); see {folder.log}: " + " / ".join(lines))


def _ensure_reader(folder: DataFolder, port: int) -> None:
    """Create the read-only login at the first start. Its password file is written last, as proof that this was done."""
    if folder.password_file(READER).exists():
        return
    root_password, password = folder.read_password(ROOT), secrets.token_urlsafe(24)
    # The login exists already if only its password file was lost; otherwise the engine answers with an error, which is
    # ignored.
    http_request(port, root_password, "/api/v1/server", {"command": f"drop user {READER}"})
    user = {"name": READER, "password": password, "databases": {"*": [READER]}}
    post_command(port, root_password, "/api/v1/server", {"command": f"create user {json.dumps(user)}"})
    folder.write_password(READER, password)
