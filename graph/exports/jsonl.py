"""The whole graph as release files: sorted, one JSON object a line, and a manifest with their SHA-256."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..errors import InputError, VnkgError
from ..model.release import Release

MANIFEST = "manifest.json"


def write(release: Release, folder: Path) -> list[Path]:
    """Write the release files into a folder and return their paths, the manifest last.

    The folder must be new, empty, or hold an earlier export, which is replaced as a whole: the folder never holds files
    of two exports. Raises `InputError`, and changes nothing, if it holds anything else.
    """
    folder = Path(os.path.realpath(folder))  # `resolve` fails without an OSError for a link to itself
    _require_replaceable(folder)
    files = dict(_file_texts(release))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary_folder:
            new_folder = Path(temporary_folder) / "new"
            new_folder.mkdir()
            for name, text in files.items():
                (new_folder / name).write_bytes(text.encode())
            _replace_folder(new_folder, folder, Path(temporary_folder) / "old")
    except OSError as error:
        raise VnkgError(f"{folder}: the export cannot be written there: {error.strerror or error}") from error
    return [folder / name for name in files]


def _file_texts(release: Release) -> Iterator[tuple[str, str]]:
    yield from release.files()
    yield MANIFEST, json.dumps(release.manifest, ensure_ascii=False, indent=2) + "\n"


def _replace_folder(new_folder: Path, folder: Path, old_folder: Path) -> None:
    """Move the new folder to its final path; an existing one is moved away first, and back if that fails."""
    if not folder.exists():
        new_folder.rename(folder)
        return
    folder.rename(old_folder)
    try:
        new_folder.rename(folder)
    except OSError:
        old_folder.rename(folder)
        raise


def _require_replaceable(folder: Path) -> None:
    """Raise `InputError` if the folder holds anything but an earlier export."""
    expected = "expected a new or empty folder, or one that holds an earlier export and nothing else"
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise InputError(f"{folder}: is a file; {expected}")
        names = {path.name for path in folder.iterdir()}
        unexpected_names = sorted(names - _exported_names(folder))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror or error}; {expected}") from error
    if unexpected_names:
        others_text = f" and {len(unexpected_names) - 1} more" if len(unexpected_names) > 1 else ""
        raise InputError(f"{folder}: holds {unexpected_names[0]!r}{others_text}; {expected}")


def _exported_names(folder: Path) -> set[str]:
    """Return the file names of an earlier export, from its manifest; an empty set if there is no valid manifest."""
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_bytes())
        return {str(name) for name in manifest["files"]} | {MANIFEST}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()
