"""The files of a data folder: the run record of its engine, the passwords, the lock.

The data folder holds `engine/` (the databases), `database` (the name of the current one), `engine.json` (the run
record), two password files that only their owner can read, `engine.log`, and the locks `engine.lock` and `load.lock`.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from ..errors import BadFolder, FolderInUse, WrongPassword
from .embedded_process import DATABASES, HOST, READER, process_start_time

START_SECONDS = 60.0
LOAD_SECONDS = 600.0
"""Seconds to wait for another process's load to end."""

FULL_DISK_BYTES = 32 * 2**20
"""A disk with less free space counts as full once the engine fails: its files grow in pages, and it writes ahead."""
FULL_DISK_TEXTS = ("No space left on device", "Disk quota exceeded", "not enough space on the disk")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The engine that serves a data folder, as stored in `engine.json` with these fields as keys.

    `pid` and `started` identify its process (see `process_start_time`); `bolt` and `http` are its ports; `owner` and
    `owner_started` identify the process that it ends with, None for an engine left running.
    """

    pid: int
    start_time: str
    bolt: int
    http: int
    owner: int | None
    owner_started: str | None

    @property
    def address(self) -> str:
        """The engine's Bolt address."""
        return f"bolt://{HOST}:{self.bolt}"

    @property
    def is_detached(self) -> bool:
        """Whether the engine keeps running when the command that started it ends."""
        return self.owner is None

    @property
    def is_running(self) -> bool:
        """Whether the engine's process is running (and not another process that was given the same id later)."""
        return process_start_time(self.pid) == self.start_time

    @property
    def is_orphaned(self) -> bool:
        """Whether the engine's owner has ended, so that the engine is about to end too."""
        return self.owner is not None and process_start_time(self.owner) != self.owner_started


class DataFolder:
    """A data folder and its files; creating an instance makes the folder and raises `BadFolder` if that fails."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.root = self.path / "engine"
        self.log = self.path / "engine.log"
        self._record_file = self.path / "engine.json"
        self._database_file = self.path / "database"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.root / "config").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._folder_error(error.strerror) from error

    def _folder_error(self, reason: object) -> BadFolder:
        if self.path.is_dir() and (full := self.disk_full_error()):
            return full
        return BadFolder(
            f"{self.path}: the graph cannot be kept there ({reason}); expected a folder to write in (VNKG_DATA)"
        )

    def lock(self) -> AbstractContextManager[None]:
        """Hold the lock for starting and stopping the engine; raise `FolderInUse` after `START_SECONDS`."""
        return self._hold_lock("engine.lock", "starts or stops the engine", START_SECONDS)

    def load_lock(self, report_wait: Callable[[], None]) -> AbstractContextManager[None]:
        """Hold the lock for loading; `report_wait` is called if another process holds it.

        Raises `FolderInUse` after `LOAD_SECONDS`.
        """
        return self._hold_lock("load.lock", "loads", LOAD_SECONDS, report_wait)

    @contextmanager
    def _hold_lock(
        self, name: str, action: str, timeout: float, report_wait: Callable[[], None] = lambda: None
    ) -> Generator[None]:
        # SQLite's is the only file lock in the standard library that works on every platform and can wait. The system
        # releases it if this process dies.
        path = self.path / name
        for item in (self.path, path):  # SQLite takes no lock on a file that it cannot write, and does not say so
            if item.exists() and not os.access(item, os.W_OK):
                raise self._folder_error(f"{item.name} is read-only")
        try:
            lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise self._folder_error(f"{name}: {error}") from error
        with closing(lock):
            if not self._try_lock(lock, path):
                report_wait()
                lock.execute(f"PRAGMA busy_timeout = {timeout * 1000:.0f}")
                if not self._try_lock(lock, path):
                    raise FolderInUse(
                        f"{self.path}: another process {action} there and is not done after {timeout:.0f} s; "
                        "end that process, or wait and try again"
                    )
            yield

    def is_locked(self, name: str) -> bool:
        """Tell whether a process holds a lock of the folder, by its file name."""
        path = self.path / name
        if not path.exists():
            return False
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
            return not self._try_lock(lock, path)

    def _try_lock(self, lock: sqlite3.Connection, path: Path) -> bool:
        """Take the lock and return True, or return False if it is held until the connection's timeout ends."""
        for is_last_attempt in (False, True):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    return False
                if error.sqlite_errorcode not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or is_last_attempt:
                    raise self._folder_error(f"{path.name}: {error}") from error
                # The file is damaged: SQLite reads it only while nobody holds the lock, and expects it to be empty.
                os.truncate(path, 0)
            else:
                return True
        raise AssertionError

    def database_folder(self, name: str) -> Path:
        """Return the folder of a database."""
        return self.root / "databases" / name

    @property
    def current_database(self) -> str:
        """Name of the database that is read and written; another process may switch it at any time."""
        try:
            name = self._database_file.read_text(encoding="ascii")
        except (FileNotFoundError, UnicodeDecodeError):
            name = ""
        except OSError as error:
            raise self._folder_error(error.strerror) from error
        if name in DATABASES:
            return name
        # No load has switched yet, or the file was lost.
        return next((name for name in DATABASES if self.database_folder(name).is_dir()), DATABASES[0])

    @property
    def other_database(self) -> str:
        """Name of the database that is not the current one; it exists only while a load builds it, or was killed."""
        return next(name for name in DATABASES if name != self.current_database)

    def switch_database(self, name: str) -> None:
        """Make another database the current one."""
        self.write_private(self._database_file, name)

    def disk_full_error(self) -> BadFolder | None:
        """Return the error to raise instead of one of the engine if the folder's disk is full, else None."""
        free = shutil.disk_usage(self.path).free
        log_text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        if free >= FULL_DISK_BYTES and not any(text in log_text for text in FULL_DISK_TEXTS):
            return None
        return BadFolder(
            f"{self.path}: the disk of this folder is full ({free / 2**20:,.1f} MB free), so nothing was written; "
            "what was loaded before is still there. Free some space, or set VNKG_DATA to a folder on another disk"
        )

    def write_security_groups(self, text: str) -> None:
        """Write the file of the engine's groups, if it is not so already.

        The reader's password is removed then, so that the login is created anew: an earlier version gave it access to
        one database only.
        """
        path = self.root / "config" / "server-groups.json"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            self.password_file(READER).unlink(missing_ok=True)
            self.write_private(path, text)

    def password_file(self, user: str) -> Path:
        """Return the path of a login's password file."""
        return self.path / f"{user}.password"

    def read_password(self, user: str) -> str:
        """Return a login's password; raise `WrongPassword` if its file is missing."""
        try:
            return self.password_file(user).read_text(encoding="ascii")
        except FileNotFoundError as error:
            raise WrongPassword(self.password_mismatch(user)) from error

    def password_mismatch(self, user: str) -> str:
        """Return the error message for a password that the database does not accept."""
        return (
            f"the password in {self.password_file(user)} does not fit the database beside it; put the old file back, "
            f"or delete {self.path} and load again"
        )

    def write_password(self, user: str, password: str) -> None:
        """Write a login's password file, readable by its owner only."""
        self.write_private(self.password_file(user), password)

    def read_record(self) -> RunRecord | None:
        """Return the run record, which may be stale; None if there is none or it is not a valid record."""
        try:
            return RunRecord(**json.loads(self._record_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._folder_error(error.strerror) from error
        except (ValueError, TypeError):
            # A damaged record, or one of another version, identifies no engine. If one runs nevertheless, starting
            # another finds the database locked.
            return None

    def write_record(self, record: RunRecord) -> None:
        """Write the run record."""
        self.write_private(self._record_file, json.dumps(asdict(record)))

    def remove_record(self, record: RunRecord | None) -> None:
        """Remove the run record if it is still this one; another engine may have written its own meanwhile."""
        if self.read_record() == record:
            self._record_file.unlink(missing_ok=True)

    def write_private(self, path: Path, text: str) -> None:
        """Write a file of the folder, readable by its owner only; it has the old content or the new one at any time."""
        new_path = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            with os.fdopen(
                os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new_path.replace(path)
        except OSError as error:
            raise self._folder_error(error.strerror) from error

    def open_log(self) -> IO[bytes]:
        """Empty the engine's log and open it."""
        try:
            return self.log.open("wb")
        except OSError as error:
            raise self._folder_error(error.strerror) from error
