"""The files of a data folder: the run record of its engine, the passwords, the lock.

The data folder holds `engine/` (the database), `engine.json` (the run record), two password files that only their owner
can read, `engine.log`, and `engine.lock`.
"""

import json
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import BadFolder, FolderInUse, WrongPassword
from .embedded_process import HOST, process_start_time

START_SECONDS = 60.0


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
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.root / "config").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._folder_error(error.strerror) from error

    def _folder_error(self, reason: object) -> BadFolder:
        return BadFolder(
            f"{self.path}: the graph cannot be kept there ({reason}); expected a folder to write in (VNKG_DATA)"
        )

    @contextmanager
    def lock(self) -> Generator[None]:
        """Hold the lock for starting and stopping the engine; the system releases it if this process dies.

        Raises `FolderInUse` after `START_SECONDS`.
        """
        # SQLite's is the only file lock in the standard library that works on every platform and can wait.
        try:
            lock = sqlite3.connect(self.path / "engine.lock", timeout=START_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise self._folder_error(error) from error
        with closing(lock):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise self._folder_error(error) from error
                raise FolderInUse(
                    f"{self.path}: another process starts or stops the engine there and is not done after "
                    f"{START_SECONDS:.0f} s"
                ) from error
            yield

    def database_folder(self, name: str) -> Path:
        """Return the folder of a database."""
        return self.root / "databases" / name

    @property
    def current_database(self) -> str:
        """Name of the database that is read and written; another process may switch it at any time."""
        return "vnkg"

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
        with os.fdopen(os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        new_path.replace(path)
