"""The files of a data folder: outdated run records, lost passwords, unusable folders."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.support.processes import handle_of, processes, wait_until
from tests.support.releases import database_content, expected_content, release_with_funds
from vnkg.graph.engines import embedded
from vnkg.graph.engines import embedded_folder as embedded_files
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.engines.embedded_folder import DataFolder, RunRecord
from vnkg.graph.engines.embedded_process import process_start_time
from vnkg.graph.errors import BadFolder, FolderInUse, WrongPassword
from vnkg.graph.settings import Settings
from vnkg.graph.store.load import load
from vnkg.graph.store.snapshot import SnapshotReader


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One data folder for the tests below, with one node in it; each test leaves it without an engine."""
    made = Settings(data=tmp_path_factory.mktemp("own"))
    with Engine.open(made) as engine:
        engine.write(lambda write: write.execute("CREATE (:Kept {id: 'x:0'})"))
    return made


def _stale(settings: Settings, **changes: Any) -> RunRecord:
    """Leave an outdated run record behind."""
    me = os.getpid()
    record = RunRecord(
        **(
            {
                "pid": me,
                "start_time": process_start_time(me),
                "bolt": 1,
                "http": 1,
                "owner": None,
                "owner_started": None,
            }
            | changes
        )
    )
    DataFolder(settings.data).write_record(record)
    return record


@pytest.mark.parametrize(
    "changes",
    [{"pid": 2**22 + 1}, {"start_time": "another time"}, {"owner": 2**22 + 1, "start_time": "another time"}],
    ids=["no such process", "the id was given to another process", "the owner is gone too"],
)
def test_a_record_of_an_ended_process_is_not_an_engine(settings: Settings, changes: dict[str, Any]) -> None:
    _stale(settings, **changes)
    assert embedded.status(settings) is None
    assert embedded.stop(settings) is False


def test_a_port_of_another_service_is_not_an_engine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "STOP_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=_answer, args=(other,), daemon=True).start()
        record = _stale(settings, http=other.getsockname()[1])
        assert embedded.status(settings) is None
        with pytest.raises(FolderInUse, match=f"process {record.pid} owns the folder but does not answer"):
            Engine.open(settings)
    (settings.data / "engine.json").unlink()


def _answer(door: socket.socket) -> None:
    with suppress(OSError):
        while True:
            here, _ = door.accept()
            with here:
                here.recv(1000)
                here.sendall(b"+OK hello, this is a mail server\r\n")


def test_a_damaged_record_and_a_lost_reader_password_do_not_prevent_a_start(settings: Settings) -> None:
    (settings.data / "engine.json").write_text('{"pid": 1', encoding="utf-8")
    (settings.data / "reader.password").unlink()
    assert embedded.status(settings) is None
    with Engine.open(settings) as engine:
        assert embedded.status(settings) == handle_of(engine).record
        assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]


def test_a_lost_or_wrong_root_password_is_reported(settings: Settings) -> None:
    kept = settings.data / "root.password"
    password = kept.read_text(encoding="ascii")
    kept.unlink()
    with pytest.raises(WrongPassword, match=r"root\.password does not fit the database"):
        Engine.open(settings)
    kept.write_text("not the password it was", encoding="ascii")
    with pytest.raises(WrongPassword, match=r"root\.password does not fit the database"):
        Engine.open(settings)
    kept.write_text(password, encoding="ascii")
    assert wait_until(lambda: processes(settings.data) == [])


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="ascii")
    for data in (file, file / "below"):
        with pytest.raises(BadFolder, match=r"expected a folder to write in \(VNKG_DATA\)"):
            Engine.open(Settings(data=data))


def test_unusable_engine_files_are_reported(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    (tmp_path / "engine.lock").mkdir()
    with pytest.raises(BadFolder, match="expected a folder to write in"):
        Engine.open(settings)
    (tmp_path / "engine.lock").rmdir()
    (tmp_path / "engine.json").mkdir()
    with pytest.raises(BadFolder, match="expected a folder to write in"):
        embedded.status(settings)


@pytest.mark.parametrize("content", [b"no database", b"no database " * 1000], ids=["short", "long"])
def test_a_damaged_lock_file_is_emptied_and_then_locks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(embedded_files, "START_SECONDS", 0.2)
    monkeypatch.setattr(embedded_files, "LOAD_SECONDS", 0.2)
    folder, waits = DataFolder(tmp_path), list[str]()
    for name in ("engine.lock", "load.lock"):
        (tmp_path / name).write_bytes(content)
    with folder.lock(), folder.load_lock(lambda: waits.append("first")):
        assert waits == []
        second = folder.load_lock(lambda: waits.append("second"))
        with pytest.raises(FolderInUse, match="another process loads there and is not done after"), second:
            pass
        with pytest.raises(FolderInUse, match="starts or stops the engine there"), folder.lock():
            pass
    assert waits == ["second"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 64 MB; skips where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk_is_reported_and_what_was_loaded_stays(small_disk: Path) -> None:
    settings = Settings(data=small_disk / "data")
    with Engine.open(settings) as engine:
        load(engine, release_with_funds(5, 1), batch=10_000)
        for batch in (500, 100_000):  # in a second database, and in one transaction
            ballast = small_disk / "ballast"
            with suppress(OSError):  # the engine may write meanwhile, and the disk be full before
                ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 300_000))
            with pytest.raises(BadFolder, match=r"the disk of this folder is full \(.* MB free\).*set VNKG_DATA"):
                load(engine, release_with_funds(800, 2), batch=batch)
            assert SnapshotReader(engine).read_stored_release().release == release_with_funds(5, 1).id
            ballast.unlink()
            assert [path.name for path in (settings.data / "engine" / "databases").glob("vnkg*")] == ["vnkg"]
        assert database_content(engine) == expected_content(release_with_funds(5, 1))
        load(engine, release_with_funds(5, 2), batch=5)
    (small_disk / "ballast").write_bytes(bytes(shutil.disk_usage(small_disk).free))
    with pytest.raises(BadFolder, match="the disk of this folder is full"):
        Engine.open(settings)


def test_an_engine_whose_folder_cannot_be_locked_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = embedded.open_engine(Settings(data=tmp_path / "data"))
    pid = handle.record.pid

    def refuse(_: DataFolder) -> NoReturn:
        raise BadFolder("the disk of this folder is full")

    monkeypatch.setattr(DataFolder, "lock", refuse)
    with pytest.raises(BadFolder, match="is full"):
        handle.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_folder_on_a_read_only_file_system_is_reported(small_disk: Path) -> None:
    folder = DataFolder(small_disk / "data")
    with folder.lock(), folder.load_lock(lambda: None):
        folder.write_password("root", "a password")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for use in (folder.lock, lambda: folder.load_lock(lambda: None)):
        with pytest.raises(BadFolder, match=r"data is read-only\); expected a folder to write in \(VNKG_DATA\)"), use():
            pass
    for settings in (Settings(data=folder.path), Settings(data=small_disk / "new")):
        with pytest.raises(BadFolder, match=r"\((data is read-only|Read-only file system)\); expected a folder"):
            Engine.open(settings)


def test_another_starting_process_is_waited_for_and_then_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_files, "START_SECONDS", 0.2)
    settings = Settings(data=tmp_path)
    with DataFolder(settings.data).lock(), pytest.raises(FolderInUse, match="is not done after"):
        Engine.open(settings)


def test_status_and_stop_create_no_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "none")
    assert embedded.status(settings) is None
    assert embedded.stop(settings) is False
    assert not settings.data.exists()


def test_a_lock_is_seen_while_it_is_held_and_a_damaged_one_is_free(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert not folder.is_locked("engine.lock")
    with folder.lock():
        assert folder.is_locked("engine.lock")
    assert not folder.is_locked("engine.lock")
    (folder.path / "load.lock").write_bytes(b"no database " * 10)
    assert not folder.is_locked("load.lock")
