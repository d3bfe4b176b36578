"""Writes files so that they are complete at any moment."""

from pathlib import Path

from ...graph.errors import VnkgError


def replace_file(path: Path, text: str) -> None:
    """Write a file, or replace it, atomically; raise `VnkgError` if it cannot be written."""
    temporary_path = path.with_name(f"{path.name}.new")
    try:
        temporary_path.write_text(text, encoding="utf-8", newline="\n")
        temporary_path.replace(path)
    except OSError as error:
        raise VnkgError(f"{path}: cannot be written: {error.strerror or error}") from error
