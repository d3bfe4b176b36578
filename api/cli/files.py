"""Writes files so that they are complete at any moment."""

import os
from contextlib import suppress
from pathlib import Path

from ...graph.errors import InputError, VnkgError


def replace_file(path: Path, text: str) -> None:
    """Write a file, or replace it, atomically; a link stays, and what it leads to is replaced.

    Raises `InputError` if the path is a folder, a device or a pipe, and `VnkgError` if it cannot be written. A device
    is refused because renaming onto `/dev/null` would replace it, a pipe because it waits for a reader.
    """
    target = Path(os.path.realpath(path))
    temporary_path = target.with_name(f"{target.name}.new")
    try:
        if target.exists() and not target.is_file():
            raise InputError(f"{path}: is no regular file; expected a new file, or one to replace")
        temporary_path.write_text(text, encoding="utf-8", newline="\n")
        temporary_path.replace(target)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            temporary_path.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or error
        raise VnkgError(f"{path}: cannot be written: {reason}") from error
