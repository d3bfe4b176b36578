"""The content record of a data folder, `content.json`: what was loaded, and the hashes of the database's files.

The files of a stopped engine cannot be told from damaged ones, and reading the whole graph back takes seconds. So when
the engine has ended in order after a load, or after a check of the content, the hashes of its files are recorded. If
they are the same at the next start, the content is what it was. Otherwise it must be checked (`store.content`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from .embedded_folder import DataFolder

STATISTICS = "statistics.json"
"""The engine's file of record counts and free space: written at every end, in any order, and made anew if lost."""


@dataclass(frozen=True, slots=True)
class ContentRecord:
    """What a data folder should hold.

    `own_files` are the paths that were given with `--also`, and `texts` is the folder of texts: `release` can be made
    again from these. `is_trusted` is false until a load or a check has ended well. `files` has the hashes by name; it
    is empty while the engine runs for the first time since.
    """

    release: str
    own_files: tuple[str, ...] = ()
    texts: str | None = None
    is_trusted: bool = False
    files: Mapping[str, str] = field(default_factory=dict[str, str])


def read_content_record(folder: DataFolder) -> ContentRecord | None:
    """Return the content record; None if there is none or it is not a valid record."""
    try:
        values = json.loads(_record_file(folder).read_text(encoding="utf-8"))
        return ContentRecord(**values | {"own_files": tuple(values["own_files"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_content_record(folder: DataFolder, record: ContentRecord) -> None:
    """Write the content record."""
    folder.write_private(_record_file(folder), json.dumps(asdict(record)))


def distrust(folder: DataFolder) -> None:
    """Require a check of the content: a load begins, or the files are not as recorded."""
    record = read_content_record(folder)
    if record is not None and (record.is_trusted or record.files):
        write_content_record(folder, replace(record, is_trusted=False, files={}))


def compare_files(folder: DataFolder) -> None:
    """Before the engine starts: if its files are not as recorded, require a check of the content."""
    record = read_content_record(folder)
    if record is None or not record.is_trusted or record.files != _file_hashes(folder):
        distrust(folder)
        # A wrong entry there could make a later write damage what is stored.
        (_database_folder(folder) / STATISTICS).unlink(missing_ok=True)


def record_files(folder: DataFolder) -> None:
    """After the engine has ended in order: record its files, if a load or a check has ended well since the start."""
    record = read_content_record(folder)
    if record is not None and record.is_trusted and not record.files:
        write_content_record(folder, replace(record, files=_file_hashes(folder)))


def _record_file(folder: DataFolder) -> Path:
    return folder.path / "content.json"


def _database_folder(folder: DataFolder) -> Path:
    return folder.database_folder(folder.current_database)


def _file_hashes(folder: DataFolder) -> dict[str, str]:
    root = _database_folder(folder)
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(_stable_bytes(path)).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _stable_bytes(path: Path) -> bytes:
    content = path.read_bytes()
    if path.name == STATISTICS:
        try:
            return json.dumps(json.loads(content), sort_keys=True).encode()
        except ValueError:
            pass
    return content
