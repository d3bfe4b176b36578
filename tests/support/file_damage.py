"""Random damage to the files of a stopped engine."""

import random
import shutil
from pathlib import Path

KINDS = ("flip", "truncate", "zero", "delete", "garbage")


def damage_file(path: Path, kind: str, chance: random.Random) -> None:
    """Damage a file that is not empty: one bit, its second half, all of it to zeros or random bytes, or the file."""
    content = bytearray(path.read_bytes())
    if kind == "delete":
        path.unlink()
        return
    if kind == "flip":
        # Where there is something: most of a page is empty.
        content[chance.choice([index for index, byte in enumerate(content) if byte] or [0])] ^= 1 << chance.randrange(8)
    elif kind == "truncate":
        del content[len(content) // 2 :]
    elif kind == "zero":
        content[:] = bytes(len(content))
    else:
        start = chance.randrange(len(content))
        content[start : start + 4096] = chance.randbytes(min(4096, len(content) - start))
    path.write_bytes(content)


def database_files(data: Path) -> list[Path]:
    """Return the files of the databases in a data folder that are not empty, sorted."""
    return sorted(path for path in (data / "engine/databases").rglob("*") if path.is_file() and path.stat().st_size)


def copy_data(source: Path, target: Path) -> Path:
    """Replace a data folder by a copy of another, and return it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target
