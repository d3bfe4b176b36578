"""Cache of expensive pure computations, in memory and on disk.

A key identifies the whole input of the computation, so entries never become stale and need no invalidation.
"""

import json
import logging
import tempfile
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from typing import Any

MAX_VALUES_IN_MEMORY, MAX_FILES = 64, 64
"""Maximum number of values in memory, and of files of one kind on disk; the oldest are removed first."""
_LOG = logging.getLogger("vnkg.cache")


class DiskCache:
    """Cache of JSON values by key. Safe for several threads and processes: files are replaced atomically.

    The first word of a key is its kind.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Use a folder for the files, created when the first value is written; without one, memory only."""
        self._folder = folder
        self._values: OrderedDict[str, Any] = OrderedDict()

    def get(self, key: str) -> Any:
        """Return a value, or None if there is none or its file cannot be read (logged as a warning)."""
        if key not in self._values and (value := self.read_file(key)) is not None:
            self._store_in_memory(key, value)
        return self._values.get(key)

    def read_file(self, key: str) -> Any:
        """Return a value as `get` does, but only from its file, and without keeping it in memory."""
        if self._folder is None:
            return None
        file = self._file(self._folder, key)
        try:
            return json.loads(file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _LOG.warning("%s: cannot be used: %s", file, error)
            return None

    def store(self, key: str, value: Any, *, to_disk: bool = True) -> None:
        """Store a value in memory and, with `to_disk`, in a file.

        A folder that cannot be written is logged as a warning; the value is then in memory only.
        """
        self._store_in_memory(key, value)
        if to_disk:
            self.write_file(key, value, max_files=MAX_FILES)

    def write_file(self, key: str, value: Any, *, max_files: int) -> None:
        """Store a value only in a file; of the files of its kind, the newest `max_files` stay."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".new", delete=False) as file:
                json.dump(value, file, separators=(",", ":"))
            Path(file.name).replace(self._file(self._folder, key))
            same_kind = self._folder.glob(f"{key.partition(' ')[0]}-*.json")
            files = sorted(same_kind, key=lambda path: (path.stat().st_mtime, path.name))
            for stale_file in files[:-max_files]:
                stale_file.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("%s: nothing can be stored there: %s", self._folder, error)

    def _store_in_memory(self, key: str, value: Any) -> None:
        self._values[key] = value
        while len(self._values) > MAX_VALUES_IN_MEMORY:
            self._values.popitem(last=False)

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        return folder / f"{key.partition(' ')[0]}-{sha256(key.encode()).hexdigest()[:40]}.json"
