"""Reads files that users name: only regular files, of a limited size, in UTF-8."""

import os
import stat
from pathlib import Path

from ..graph.errors import InputError

MAX_FILE_SIZE = 2_000_000
"""Maximum size of a file, in bytes: fifteen times our longest article file."""

_READ_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file_bytes(path: Path) -> bytes:
    """Return the content of a regular file; raise `InputError` that names it if it is none, too large or unreadable.

    A device or pipe is refused before anything is read from it: it may have no end, or wait for somebody to write.
    """
    try:
        with os.fdopen(os.open(path, _READ_WITHOUT_WAITING), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{path}: a device or pipe; expected a UTF-8 text file")
            content = file.read(MAX_FILE_SIZE + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; expected a UTF-8 text file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: a folder; expected a UTF-8 text file") from error
    except (OSError, ValueError) as error:  # a path may hold what no path may
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({reason}); expected a UTF-8 text file") from error
    if len(content) > MAX_FILE_SIZE:
        size = max(status.st_size, len(content))
        raise InputError(f"{path}: {size:,} bytes; expected at most {MAX_FILE_SIZE:,}, split into several files")
    return content


def decode_text(content: bytes, path: Path) -> str:
    """Return UTF-8 text with `\\n` as line ends; raise `InputError` that names the file if it is not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}: line {line} is not UTF-8 ({error.reason}); expected UTF-8 text") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text_file(path: Path) -> str:
    """Return the text of a file; raises as `read_file_bytes` and `decode_text` do."""
    return decode_text(read_file_bytes(path), path)
