"""Update requirements.lock: the dependencies in pyproject.toml, pinned with hashes for every platform and Python.

    make lock                       # upgrade everything
    make lock ONLY="fastapi rich"   # upgrade only these; others change only if they must

One file serves both users and developers: users' packages come first, then a line "# Developers", then the rest.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, BUILD = ROOT / "requirements.lock", ROOT / "build"
USERS = """\
# Made by `make lock`; do not edit. Everything that pip may install, for Python {oldest} and later.
# Users: `make demo` installs what stands above the line that begins with "# Developers".
"""
DEVELOPERS = "# Developers: `make dev` and `make test` install the whole file.\n"
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==.*\n(?:[ \t].*\n)*", re.MULTILINE)


def main(packages_to_upgrade: list[str]) -> None:
    """Resolve all dependencies, find out which of them users need, and write both parts of the lock file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = project["project"]["requires-python"].removeprefix(">=")
    backend, full_lock, users = BUILD / "backend.in", BUILD / "all.lock", BUILD / "users.txt"
    # pip installs itself first, as a newer one takes half the time of the one that Python brings along.
    backend.write_text("\n".join([*project["build-system"]["requires"], "pip"]), encoding="utf-8")
    full_lock.unlink(missing_ok=True)
    users.unlink(missing_ok=True)
    if LOCK.exists():
        shutil.copy(LOCK, full_lock)
    upgrade_options = [word for name in packages_to_upgrade for word in ("--upgrade-package", name)] or ["--upgrade"]
    extras = [f"--extra={name}" for name in project["project"]["optional-dependencies"]]
    shared_options = ["pyproject.toml", str(backend), f"--python-version={oldest}"]
    resolve(*shared_options, *extras, *upgrade_options, "--generate-hashes", f"--output-file={full_lock}")
    resolve(*shared_options, f"--constraints={full_lock}", f"--output-file={users}")
    user_packages = {match["name"] for match in ENTRY.finditer(users.read_text(encoding="utf-8"))}
    match = list(ENTRY.finditer(full_lock.read_text(encoding="utf-8")))
    parts = [[entry[0] for entry in match if (entry["name"] in user_packages) is wanted] for wanted in (True, False)]
    text = [USERS.format(oldest=oldest), *parts[0], DEVELOPERS, *parts[1]]
    LOCK.write_text("".join(text), encoding="utf-8")
    print(f"{LOCK.name}: {len(parts[0])} packages for users, {len(parts[1])} more for developers")


def resolve(*arguments: str) -> None:
    """Run `uv pip compile` for all platforms and Pythons at once, one version for all, with wheels only."""
    resolve_options = ["--universal", "--fork-strategy=fewest", "--only-binary=:all:"]
    output_options = ["--no-header", "--no-annotate", "--quiet"]
    command = [str(BUILD / "uv" / "bin" / "uv"), "pip", "compile", *resolve_options, *output_options, *arguments]
    process = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603  our own arguments
    if process.returncode:
        sys.exit("requirements.lock stays as it was")


if __name__ == "__main__":
    main(sys.argv[1:])
