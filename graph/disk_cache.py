"""What takes long to compute and is the same as long as its input is: kept in memory, and in files beside the data.

A key names the whole input, so what is kept never has to be thrown away to stay right.
"""

import json
import logging
import tempfile
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from typing import Any

REMEMBERED, WRITTEN = 64, 64
"""Things kept in memory, and in files: the oldest make way."""
_LOG = logging.getLogger("vnkg.kept")


class Kept:
    """Plain values by key. Safe for many threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Keep values in a folder, which is made when the first is written."""
        self._folder = folder
        self._values: OrderedDict[str, Any] = OrderedDict()

    def get(self, key: str) -> Any:
        """Return a value; None where there is none."""
        if key not in self._values:
            file = self._file(key)
            try:
                self._remember(key, json.loads(file.read_bytes()))
            except FileNotFoundError:
                return None
            except (OSError, ValueError) as error:
                _LOG.warning("%s: cannot be used: %s", file, error)
                return None
        return self._values.get(key)

    def put(self, key: str, value: Any, *, write: bool = True) -> None:
        """Keep a value; where the folder cannot be written, only in memory."""
        self._remember(key, value)
        if not write:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".new", delete=False) as file:
                json.dump(value, file, separators=(",", ":"))
            Path(file.name).replace(self._file(key))
            files = sorted(self._folder.glob("*.json"), key=lambda one: (one.stat().st_mtime, one.name))
            for old in files[:-WRITTEN]:
                old.unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("%s: nothing can be kept there: %s", self._folder, error)

    def _remember(self, key: str, value: Any) -> None:
        self._values[key] = value
        while len(self._values) > REMEMBERED:
            self._values.popitem(last=False)

    def _file(self, key: str) -> Path:
        return self._folder / f"{sha256(key.encode()).hexdigest()[:40]}.json"
