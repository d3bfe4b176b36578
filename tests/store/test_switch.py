"""Large loads into the embedded engine: built in a second database, which replaces the first at once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.database import CREATE_FOREIGN_NODE, clear_database, run_foreign_write
from tests.support.processes import handle_of
from tests.support.releases import database_content, expected_content, load_and_kill, release_with_funds
from tests.support.requirements import is_torture, torture_count
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.engines.embedded_folder import DataFolder
from vnkg.graph.errors import LoadRefused, QueryFailed
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store
from vnkg.graph.store import write_units
from vnkg.graph.store.load import load
from vnkg.graph.store.marker import StoredRelease, read_state
from vnkg.graph.store.snapshot import SnapshotReader

SINGLE_BATCH = 10_000
READER = """
import json, sys
from pathlib import Path
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings
from vnkg.graph.store.snapshot import SnapshotReader

with Engine.open(Settings(data=Path(sys.argv[1]))) as engine:
    snapshots = SnapshotReader(engine)

    def work(_):
        nodes = engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")
        edges = engine.read("MATCH (:Entity)-[r:HAS]->(:Entity) RETURN DISTINCT r.as_of AS v")
        return [[str(row["v"]) for row in nodes], [row["v"] for row in edges]]

    print("reading", flush=True)
    seen = [snapshots.read(work)]
    while Path(sys.argv[2]).exists():
        seen.append(snapshots.read(work))
    print(json.dumps([json.loads(text) for text in sorted({json.dumps(each) for each in seen})]), flush=True)
"""
LOADER = """
import sys
from pathlib import Path
from tests.support.releases import release_with_funds
from vnkg.graph.settings import Settings
from vnkg.loaders.database import Progress, load_lock, load_release, open_engine

class Notes(Progress):
    def note(self, text):
        print(text, flush=True)

settings = Settings(data=Path(sys.argv[1]), load_batch=int(sys.argv[2]))
with load_lock(settings, Notes()), open_engine(settings) as engine:
    print("unchanged" if load_release(engine, release_with_funds(3, 1), settings, progress=Notes()).is_unchanged else "loaded")
"""


@pytest.fixture
def embedded(embedded_engine: Engine) -> Iterator[Engine]:
    """The session's embedded engine with a first release."""
    load(clear_database(embedded_engine), release_with_funds(20, 1), batch=SINGLE_BATCH)
    yield embedded_engine
    clear_database(embedded_engine)


@contextmanager
def python(repository: Path, text: str, *words: object) -> Iterator[subprocess.Popen[str]]:
    line = [sys.executable, "-c", text, *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(repository)}
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process


def databases(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.data / "engine" / "databases").glob("vnkg*"))


def test_readers_in_another_process_see_the_old_release_or_the_new_one(
    embedded: Engine, embedded_settings: Settings, repository: Path, tmp_path: Path
) -> None:
    goes_on = tmp_path / "goes on"
    goes_on.touch()
    with python(repository, READER, embedded_settings.data, goes_on) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        versions = range(2, 3 + torture_count(1))
        for version in versions:
            load(embedded, release_with_funds(20, version), batch=100)
            assert databases(embedded_settings) == [embedded.database]
        goes_on.unlink()
        seen: list[Any] = json.loads(reader.stdout.readline())
    assert reader.returncode == 0
    assert all(nodes == edges and len(nodes) == 1 for nodes, edges in seen), seen
    assert len(seen) > 1
    assert database_content(embedded) == expected_content(release_with_funds(20, versions[-1]))


@pytest.mark.torture
def test_a_killed_load_leaves_the_old_release_and_the_next_one_finishes(
    embedded: Engine, embedded_settings: Settings, repository: Path
) -> None:
    size = len(database_content(embedded)["nodes"])
    for number in range(kills := torture_count(2)):
        load_and_kill(embedded_settings, repository, 2, 20, batch=100, stop_after=1 + size * number // kills)
        assert SnapshotReader(embedded).read_stored_release().release == release_with_funds(20, 1).id
        assert database_content(embedded) == expected_content(release_with_funds(20, 1))
        assert len(databases(embedded_settings)) == 2
    load(embedded, release_with_funds(20, 2), batch=100)
    assert databases(embedded_settings) == [embedded.database]
    assert database_content(embedded) == expected_content(release_with_funds(20, 2))


def test_a_rebuilt_release_replaces_damaged_data_and_is_noticed(embedded: Engine, embedded_settings: Settings) -> None:
    snapshots, before = SnapshotReader(embedded), read_state(embedded)
    run_foreign_write(embedded, "MATCH (n:Fund) SET n.name = 'damaged'")
    assert load(embedded, release_with_funds(20, 1), batch=SINGLE_BATCH).is_unchanged
    runs: list[str] = []

    def rebuild_meanwhile(stored_release: StoredRelease) -> list[Any]:
        runs.append(embedded.database)
        names = embedded.read("MATCH (n:Fund) RETURN DISTINCT n.name = 'damaged' AS damaged ORDER BY damaged")
        if len(runs) == 1:
            assert load(embedded, release_with_funds(20, 1), batch=SINGLE_BATCH, rebuild=True).is_rebuilt
        return [stored_release.release, *(row["damaged"] for row in names)]

    assert snapshots.read(rebuild_meanwhile) == [release_with_funds(20, 1).id, False]
    assert len(runs) == len(set(runs)) == 2
    assert read_state(embedded).turn > before.turn
    assert database_content(embedded) == expected_content(release_with_funds(20, 1))
    assert databases(embedded_settings) == [embedded.database]


def test_a_release_that_cannot_be_read_is_rebuilt_only_with_replace(
    embedded: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_engine: Engine) -> None:
        raise QueryFailed("a page is missing")

    monkeypatch.setattr(store, "read_state", unreadable)
    with pytest.raises(LoadRefused, match=r"a page is missing.*--replace"):
        load(embedded, release_with_funds(20, 2), batch=SINGLE_BATCH, rebuild=True)
    load(embedded, release_with_funds(20, 2), batch=SINGLE_BATCH, rebuild=True, replace=True)
    assert database_content(embedded) == expected_content(release_with_funds(20, 2))


@pytest.mark.parametrize("work", ["raises", "loses data"])
def test_a_load_that_fails_leaves_the_old_release_and_no_second_database(
    embedded: Engine, embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    name = embedded.database
    if work == "raises":

        def report(_done_count: int, _total: int) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            load(embedded, release_with_funds(20, 2), batch=100, report_progress=report)
    else:
        monkeypatch.setattr(write_units, "_create_relationships", lambda *_: iter(()))
        with pytest.raises(Exception, match="the engine stored"):
            load(embedded, release_with_funds(20, 2), batch=100)
    assert (embedded.database, databases(embedded_settings)) == (name, [name])
    assert database_content(embedded) == expected_content(release_with_funds(20, 1))


def test_foreign_data_stays_when_a_large_load_is_written(embedded: Engine) -> None:
    name = embedded.database
    run_foreign_write(embedded, CREATE_FOREIGN_NODE)
    load(embedded, release_with_funds(20, 2), batch=100)
    assert embedded.database == name
    assert embedded.read("MATCH (n:Account) RETURN n.id AS id") == [{"id": "theirs"}]


@pytest.mark.torture
@pytest.mark.parametrize("batch", [SINGLE_BATCH, 20] if is_torture() else [100])
def test_of_two_loads_at_once_one_waits_for_the_other(tmp_path: Path, repository: Path, batch: int) -> None:
    for number in range(torture_count(1)):
        data = tmp_path / str(number)
        with python(repository, LOADER, data, batch) as one, python(repository, LOADER, data, batch) as other:
            outputs = sorted([one.communicate()[0].splitlines(), other.communicate()[0].splitlines()], key=len)
        assert outputs[0] == ["loaded"]
        assert outputs[1] == [f"Another command loads into {data}; waiting until it is done.", "unchanged"]


def test_the_current_database_survives_restarts_and_an_old_folder_opens(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    folder = DataFolder(settings.data)
    groups = folder.root / "config" / "server-groups.json"
    with Engine.open(settings) as engine:
        load(engine, release_with_funds(1, 1), batch=SINGLE_BATCH)
        assert not (settings.data / "database").exists()
        assert engine.database == "vnkg"
        expected_groups = groups.read_text(encoding="utf-8")
    # As an earlier version left it: groups and login for one database.
    groups.write_text(json.dumps(json.loads(expected_groups)["databases"]["*"]), encoding="utf-8")
    # As a load that was killed while it built, or dropped, the other database.
    folder.database_folder("vnkg_b").mkdir()
    for name in ("schema.json", "configuration.json", "dictionary.0.65536.v1.dict"):
        (folder.database_folder("vnkg_b") / name).write_text("x", encoding="ascii")
    with Engine.open(settings, short_lived=True) as engine:
        assert groups.read_text(encoding="utf-8") == expected_groups
        assert database_content(engine) == expected_content(release_with_funds(1, 1))
        load(engine, release_with_funds(1, 2), batch=100)
        assert (engine.database, databases(settings)) == ("vnkg_b", ["vnkg_b"])
    (settings.data / "database").unlink()
    with Engine.open(settings, short_lived=True) as engine:
        assert handle_of(engine).folder.current_database == "vnkg_b"
        assert database_content(engine) == expected_content(release_with_funds(1, 2))
