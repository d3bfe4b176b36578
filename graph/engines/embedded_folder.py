"""The files of a data folder: who serves it (the run record), its passwords, its lock.

Below the data folder lie `engine/` (the database), `engine.json` (the run record), two password files that only
their owner can read, `engine.log`, and `engine.lock`.
"""

import json
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import BadFolder, FolderInUse, WrongPassword
from .embedded_process import HOST, stamp

START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Record:
    """The engine that serves a data folder: its process, when that began, its ports, and who owns it (None: nobody)."""

    pid: int
    started: str
    bolt: int
    http: int
    owner: int | None
    owner_started: str | None

    @property
    def address(self) -> str:
        """Where the engine speaks Bolt."""
        return f"bolt://{HOST}:{self.bolt}"

    @property
    def detached(self) -> bool:
        """Whether it stays when the command that started it ends."""
        return self.owner is None

    @property
    def running(self) -> bool:
        """Whether its process is there (not one that got the same id later)."""
        return stamp(self.pid) == self.started

    @property
    def orphaned(self) -> bool:
        """Whether its owner is gone, so that it is about to end."""
        return self.owner is not None and stamp(self.owner) != self.owner_started


class Files:
    """The files of a data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data.absolute()
        self.root = self.data / "engine"
        self.log = self.data / "engine.log"
        self._record = self.data / "engine.json"
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.root / "config").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error.strerror) from error

    def _unusable(self, reason: object) -> BadFolder:
        return BadFolder(
            f"{self.data}: the graph cannot be kept there ({reason}); expected a folder to write in (VNKG_DATA)"
        )

    @contextmanager
    def locked(self) -> Generator[None]:
        """Hold the folder's start-and-stop lock, which the system frees if this process dies."""
        # SQLite's file lock is the one in the standard library that is the same on every platform and can wait.
        try:
            lock = sqlite3.connect(self.data / "engine.lock", timeout=START_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        with closing(lock):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise self._unusable(error) from error
                raise FolderInUse(
                    f"{self.data}: another process starts or stops the engine there and is not done after "
                    f"{START_SECONDS:.0f} s"
                ) from error
            yield

    def password_file(self, user: str) -> Path:
        """Return where a login's password is kept."""
        return self.data / f"{user}.password"

    def password(self, user: str) -> str:
        """Return a login's password; raise `WrongPassword` where its file is gone."""
        try:
            return self.password_file(user).read_text(encoding="ascii")
        except FileNotFoundError as error:
            raise WrongPassword(self.no_password(user)) from error

    def no_password(self, user: str) -> str:
        """Say that a login's password is not the one the database knows."""
        return (
            f"the password in {self.password_file(user)} does not fit the database beside it; put the old file back, "
            f"or delete {self.data} and load again"
        )

    def keep_password(self, user: str, password: str) -> None:
        """Write a login's password, readable by the owner of the file only."""
        _write_private(self.password_file(user), password)

    def record(self) -> Record | None:
        """Return the run record, which may be stale; None where there is none that can be read."""
        try:
            return Record(**json.loads(self._record.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(error.strerror) from error
        except (ValueError, TypeError):
            # A record that is damaged or of another version names no engine; starting one finds out what is true.
            return None

    def remember(self, record: Record) -> None:
        """Write the run record."""
        _write_private(self._record, json.dumps(asdict(record)))

    def forget(self, record: Record | None) -> None:
        """Remove the run record, unless another engine wrote its own meanwhile."""
        if self.record() == record:
            self._record.unlink(missing_ok=True)


def _write_private(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
