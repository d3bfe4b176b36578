"""`vnkg doctor`: is the graph as it was loaded, and can it be used?"""

import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from ...graph.engines.bolt import Engine
from ...graph.engines.content_record import read_content_record
from ...graph.engines.embedded_folder import DataFolder
from ...graph.engines.embedded_process import READER, ROOT
from ...graph.errors import EngineError, NotLoaded
from ...graph.settings import Settings
from ...graph.store.content import check_content
from ...graph.store.mapping import LAYOUT
from ...graph.store.marker import read_state
from ...loaders.database import read_settings
from . import session, terminal
from .options import json_option

MIN_FREE_BYTES = 200_000_000
"""Bytes that the engine needs to load the built-in facts beside the old ones, and some more."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it is as it should be, what there is, and what to do if it is not."""

    name: str
    ok: bool
    text: str
    advice: str = ""


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check the engine, the data folder, and whether everything stored is as it was loaded; change nothing.

    Ends with 1 if anything is wrong. The check reads the whole graph: seconds for the built-in facts.
    """
    settings = read_settings()
    checks: list[Check] = []
    for check in _run_checks(settings):
        checks.append(check)
        if not as_json:
            terminal.print_line((f"{'ok' if check.ok else 'wrong':6}", "bold"), f"{check.name}: {check.text}")
            if check.advice:
                terminal.print_line(check.advice, indent=6)
    is_ok = all(check.ok for check in checks)
    if as_json:
        terminal.print_json({"ok": is_ok, "checks": [asdict(check) for check in checks]})
    if not is_ok:
        raise click.exceptions.Exit(1)


def _run_checks(settings: Settings) -> Iterator[Check]:
    if not settings.neo4j_uri:
        if not settings.data.exists():
            yield Check("data folder", True, f"{settings.data} does not exist yet; the first command makes it")
            return
        yield from _folder_checks(settings)
    try:
        with session.open_engine(settings, short_lived=True) as engine:
            yield Check("engine", True, f"{engine.kind} at {engine.address}, database {engine.database}")
            yield from _release_checks(engine)
    except EngineError as error:
        advice = "see the message" if settings.neo4j_uri else "`vnkg load --force` makes the graph anew"
        yield Check("engine", False, str(error), advice)


def _folder_checks(settings: Settings) -> Iterator[Check]:
    try:
        folder = DataFolder(settings.data)
        usage = shutil.disk_usage(folder.path)
    except (EngineError, OSError) as error:
        yield Check("data folder", False, str(error), "set VNKG_DATA to a folder to write in")
        return
    used_bytes = sum(path.stat().st_size for path in folder.root.rglob("*") if path.is_file())
    size_text = f"{folder.path}: {used_bytes / 1e6:,.0f} MB, and {usage.free / 1e6:,.0f} MB are free"
    is_full = usage.free < max(MIN_FREE_BYTES, used_bytes)
    yield Check("data folder", not is_full, size_text, "a load needs more: make room" if is_full else "")
    files = [folder.password_file(user) for user in (ROOT, READER)]
    wrong = [f"{file.name} is missing" for file in files if not file.exists()]
    if sys.platform != "win32":
        wrong += [f"others may read {file.name}" for file in files if file.exists() and file.stat().st_mode & 0o077]
    advice = "put a missing one back, or delete the folder and load again; chmod 600 the others" if wrong else ""
    yield Check("passwords", not wrong, "; ".join(wrong) or "there, and private", advice)
    busy = [action for name, action in (("engine", "starts or stops the engine"), ("load", "loads"))
            if folder.is_locked(f"{name}.lock")]  # fmt: skip
    yield Check("locks", True, f"another command {' and '.join(busy)} now" if busy else "free")
    record = read_content_record(folder)
    text = "the files are not recorded yet, or not as recorded: the content decides"
    if record is not None and record.is_trusted:
        text = f"{len(record.files)} recorded" if record.files else "recorded when the engine ends"
    yield Check("files", True, text)


def _release_checks(engine: Engine) -> Iterator[Check]:
    state = read_state(engine)
    stored = state.stored_release
    if stored is None:
        yield Check("release", False, "none is stored", "`vnkg load` writes one")
        return
    text = f"{stored.release}, data to {stored.data_date}"
    if stored.layout != LAYOUT:
        yield Check("release", False, f"{text}, in layout {stored.layout} of another version", "use that version")
        return
    if state.is_loading:
        advice = "wait for it, or finish it with `vnkg load`"
        yield Check("release", False, f"{text}: a load is under way or was interrupted", advice)
        return
    yield Check("release", True, text)
    start_time = time.monotonic()
    try:
        findings = check_content(engine)
    except NotLoaded as error:
        yield Check("content", False, str(error), "run `vnkg doctor` again")
        return
    seconds = time.monotonic() - start_time
    if findings:
        yield Check("content", False, "; ".join(findings), "`vnkg load --force` writes it anew (with --also as before)")
    elif not stored.digests:
        yield Check("content", True, f"each part is as written ({seconds:.1f} s); `vnkg load` adds a digest of all")
    else:
        yield Check("content", True, f"all of it is as written ({seconds:.1f} s)")


COMMANDS = (doctor,)
