"""The files of a data folder: outdated run records, lost passwords, unusable folders."""

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.processes import handle_of, processes, wait_until
from vnkg.graph.engines import embedded
from vnkg.graph.engines import embedded_folder as embedded_files
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.engines.embedded_folder import DataFolder, RunRecord
from vnkg.graph.engines.embedded_process import process_start_time
from vnkg.graph.errors import BadFolder, FolderInUse, WrongPassword
from vnkg.graph.settings import Settings


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


def test_a_damaged_or_stale_record_does_not_prevent_a_start(settings: Settings) -> None:
    (settings.data / "engine.json").write_text('{"pid": 1', encoding="utf-8")
    assert embedded.status(settings) is None
    with Engine.open(settings) as engine:
        assert embedded.status(settings) == handle_of(engine).record


def test_a_lost_reader_password_is_recreated(settings: Settings) -> None:
    (settings.data / "reader.password").unlink()
    with Engine.open(settings) as engine:
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
