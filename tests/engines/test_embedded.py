"""The embedded engine as a process: who starts it, who attaches, how it ends, and errors when it cannot start."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.support.processes import handle_of, processes, suspend_process, wait_until
from tests.support.requirements import torture_count
from vnkg.graph.engines import class_archive, embedded, embedded_process
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.engines.class_archive import recorded_classes
from vnkg.graph.engines.embedded_process import process_start_time
from vnkg.graph.errors import EngineDied, EngineError, FolderInUse, NoRuntime, PortTaken, QueryTimeout
from vnkg.graph.settings import Settings

# A suite running in the background of a shell ignores SIGINT, and its children inherit that.
OWNER = """
import json, signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings
with Engine.open(Settings(data=Path(sys.argv[1]))) as engine:
    handle = engine.handle
    try:
        print(json.dumps({"pid": handle.record.pid, "owned": handle.is_owner}), flush=True)
        sys.stdin.readline()
    except KeyboardInterrupt:
        print(json.dumps(engine.read("RETURN 'still there' AS said")), flush=True)
print(json.dumps("closed"), flush=True)
"""
SLOW = "UNWIND range(1, 1000000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x * y % 7 = 3 RETURN count(*) AS n"


@contextmanager
def owner(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that opens the engine of a folder and closes it when it receives a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def read_json_line(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One data folder for the tests below, with one node in it; each test leaves it without an engine."""
    # Beside other tests a started engine may take long to greet six clients: it is slow then, not dead.
    made = Settings(data=tmp_path_factory.mktemp("own"), connect_timeout=30)
    with Engine.open(made) as engine:
        engine.write(lambda write: write.execute("CREATE (:Kept {id: 'x:0'})"))
    return made


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Engine]]:
    """Another data folder with a running engine; no test stops it."""
    made = Settings(data=tmp_path_factory.mktemp("running"))
    with Engine.open(made) as engine:
        yield made, engine


def test_the_owner_stops_the_engine_and_leaves_no_process(settings: Settings) -> None:
    with Engine.open(settings) as engine:
        lease = handle_of(engine)
        assert lease.is_owner
        assert embedded.status(settings) == lease.record
        assert lease.record.owner == os.getpid()
        assert lease.record.start_time == process_start_time(lease.record.pid)
        assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]
        assert processes(settings.data)
    assert embedded.status(settings) is None
    assert not lease.record.is_running
    assert wait_until(lambda: processes(settings.data) == [])
    lease.close()


def test_passwords_and_record_are_for_their_owner_only(running: tuple[Settings, Engine]) -> None:
    settings, engine = running
    for name in ("root.password", "reader.password", "engine.json"):
        assert stat.S_IMODE((settings.data / name).stat().st_mode) == 0o600
    lines = " ".join(processes(settings.data))
    for password in (handle_of(engine).root_password, handle_of(engine).reader_password):
        assert len(password) >= 20
        assert password not in lines


def test_the_engine_listens_on_loopback_only(running: tuple[Settings, Engine]) -> None:
    record = handle_of(running[1]).record
    listening: list[tuple[str, int]] = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{record.pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            address, port = line.split()[1].split(":")
            if line.split()[3] == "0A" and int(port, 16) in (record.bolt, record.http):
                listening.append((address, int(port, 16)))
    assert {port for _, port in listening} == {record.bolt, record.http}
    assert {address for address, _ in listening} <= {"0100007F", "0000000000000000FFFF00000100007F"}


def test_other_processes_attach_and_leave_it_running(running: tuple[Settings, Engine]) -> None:
    settings, engine = running
    with owner(settings.data) as other:
        assert read_json_line(other) == {"pid": handle_of(engine).record.pid, "owned": False}
        other.communicate("\n")
    assert engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_an_engine_owned_by_a_command_is_not_stopped(running: tuple[Settings, Engine]) -> None:
    settings, engine = running
    assert embedded.start_detached(settings) == handle_of(engine).record
    with pytest.raises(FolderInUse, match=f"belongs to process {os.getpid()}"):
        embedded.stop(settings)
    assert engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_folder_owned_by_an_unknown_process_is_refused(
    running: tuple[Settings, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "STOP_SECONDS", 0.1)
    settings, engine = running
    # As on a disk shared by two machines or containers: the other's record names no process here.
    record = settings.data / "engine.json"
    kept = record.rename(settings.data / "kept.json")
    with pytest.raises(FolderInUse, match="another process owns the folder"):
        Engine.open(settings)
    kept.rename(record)
    assert engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_of_two_simultaneous_starts_one_owns_and_ctrl_c_reaches_it_and_not_the_engine(settings: Settings) -> None:
    with owner(settings.data) as one, owner(settings.data) as other:
        said = [read_json_line(one), read_json_line(other)]
        assert said[0]["pid"] == said[1]["pid"]
        assert sorted(each["owned"] for each in said) == [False, True]
        owning, attached = (one, other) if said[0]["owned"] else (other, one)
        os.killpg(owning.pid, signal.SIGINT)
        assert read_json_line(owning) == [{"said": "still there"}]
        assert read_json_line(owning) == "closed"
        assert owning.wait(60) == 0
        assert process_start_time(said[0]["pid"]) is None
        attached.communicate("\n")
        assert attached.returncode == 0
    assert wait_until(lambda: processes(settings.data) == [])


def test_the_engine_ends_when_its_owner_is_killed(settings: Settings) -> None:
    with owner(settings.data) as other:
        pid = read_json_line(other)["pid"]
        assert process_start_time(pid)
        other.kill()
        other.wait()
        # Immediately, while the engine is still stopping: the next one waits for it and does not attach.
        with Engine.open(settings) as engine:
            assert handle_of(engine).is_owner
            assert handle_of(engine).record.pid != pid
            assert process_start_time(pid) is None
            assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]
    assert wait_until(lambda: processes(settings.data) == [])


@pytest.mark.torture
def test_an_owner_killed_while_its_engine_starts_does_not_block_the_next(settings: Settings) -> None:
    kills = torture_count(1)
    for number in range(kills):
        with owner(settings.data) as other:
            assert wait_until(lambda: bool(processes(settings.data)))
            time.sleep((number + 0.5) / kills)
            other.kill()
            other.wait()
            with Engine.open(settings, short_lived=True) as engine:
                assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]
    assert wait_until(lambda: processes(settings.data) == [])


def test_a_short_lived_engine_compiles_in_one_step_also_without_a_class_archive(
    settings: Settings, running: tuple[Settings, Engine], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(embedded_process, "CLASS_ARCHIVE", tmp_path / "classes.jsa")
    with Engine.open(settings, short_lived=True) as engine:
        assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]
        command_lines = processes(settings.data)
        assert any("TieredStopAtLevel=1" in line for line in command_lines)
        assert not any("SharedArchiveFile" in line for line in command_lines)
    assert not any("TieredStopAtLevel=1" in line for line in processes(running[0].data))


@pytest.mark.torture
def test_an_engine_starts_with_an_unusable_class_archive(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = tmp_path / "classes.jsa"
    archive.write_bytes(b"no archive")
    monkeypatch.setattr(embedded_process, "CLASS_ARCHIVE", archive)
    with Engine.open(settings) as engine:
        assert any(str(archive) in line for line in processes(settings.data))
        assert engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_the_environment_has_an_archive_of_the_engines_classes_that_java_accepts(
    running: tuple[Settings, Engine],
) -> None:
    settings, engine = running
    if not embedded_process.CLASS_ARCHIVE.is_file():
        pytest.skip("no archive: `vnkg engine prepare` writes it")
    maps = Path(f"/proc/{handle_of(engine).record.pid}/maps").read_text(encoding="utf-8")
    assert str(embedded_process.CLASS_ARCHIVE) in maps, (settings.data / "engine.log").read_text(encoding="utf-8")


def test_classes_that_cannot_be_archived_are_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(class_archive, "CLASS_ARCHIVE", tmp_path / "folder" / "classes.jsa")
    with pytest.raises(EngineError, match="could not archive the engine's classes"), recorded_classes():
        pass  # no engine is started, so Java finds no list of classes
    assert not [*(tmp_path / "folder").iterdir()]
    assert "JAVA_TOOL_OPTIONS" not in os.environ


def test_a_dead_engine_is_restarted_once_for_all_threads_and_a_write_it_interrupts_fails(settings: Settings) -> None:
    def dies(write: Any) -> None:
        write.execute("CREATE (:Kept {id: 'x:lost'})")
        with suppress(ProcessLookupError):
            os.kill(handle_of(engine).record.pid, signal.SIGKILL)
        write.execute("CREATE (:Kept {id: 'x:lost too'})")

    with Engine.open(settings) as engine:
        for _ in range(torture_count(1)):
            before = handle_of(engine).record.pid
            os.kill(before, signal.SIGKILL)
            with ThreadPoolExecutor(6) as pool:
                rows = list(pool.map(lambda _: engine.read("MATCH (n:Kept) RETURN n.id AS id"), range(12)))
            assert rows == [[{"id": "x:0"}]] * 12
            after = handle_of(engine).record
            assert after.pid != before
            assert embedded.status(settings) == after
            assert wait_until(lambda: len([line for line in processes(settings.data) if "/bin/sh" not in line]) == 1)
        with pytest.raises(EngineDied, match="during a write"):
            engine.write(dies)
        assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]
        engine.write(lambda write: write.execute("MERGE (:Kept {id: 'x:0'})"))
    assert wait_until(lambda: processes(settings.data) == [])


def test_an_attached_process_gets_answers_while_the_owner_stops_the_engine_and_takes_over(settings: Settings) -> None:
    def repeat_until_closed(work: Callable[[], object]) -> list[object]:
        said: list[object] = []
        while not closed.is_set() or not said:
            try:
                said.append(work())
            except EngineError as error:
                said.append(type(error))
        return said

    closed = Event()
    with owner(settings.data) as other:
        pid = read_json_line(other)["pid"]
        with Engine.open(settings) as engine, ThreadPoolExecutor(3) as pool:
            assert not handle_of(engine).is_owner
            reads, writes, indexes = (
                pool.submit(repeat_until_closed, work)
                for work in (
                    lambda: engine.read("MATCH (n:Kept) RETURN n.id AS id"),
                    lambda: engine.write(lambda write: write.execute("MERGE (n:Spare {id: 'x:1'}) RETURN n.id AS id")),
                    lambda: engine.define([], [("Spare", "name")]),
                )
            )
            time.sleep(0.2)
            other.communicate("\n")
            closed.set()
            assert [each for each in reads.result() if each != [{"id": "x:0"}]] == []
            assert [each for each in writes.result() if each not in ([{"id": "x:1"}], EngineDied)] == []
            assert [each for each in indexes.result() if each not in (None, EngineDied)] == []
            assert handle_of(engine).is_owner
            assert handle_of(engine).record.pid != pid
    assert wait_until(lambda: processes(settings.data) == [])


def test_a_running_engine_can_be_found_attached_to_and_stopped(settings: Settings) -> None:
    text = (
        "import sys; from pathlib import Path; from vnkg.graph.engines import embedded; from vnkg.graph.settings import Settings\n"
        "print(embedded.start_detached(Settings(data=Path(sys.argv[1]))).pid)"
    )
    assert embedded.stop(settings) is False
    line = [sys.executable, "-W", "error", "-c", text, str(settings.data)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    record = embedded.status(settings)
    try:
        assert record is not None
        assert record.is_detached
        assert record.pid == int(done.stdout)
        assert embedded.start_detached(settings) == record
        with Engine.open(settings) as engine:
            assert not handle_of(engine).is_owner
            assert engine.read("MATCH (n:Kept) RETURN n.id AS id") == [{"id": "x:0"}]
            assert embedded.stop(settings) is True
            with pytest.raises(EngineDied, match="vnkg engine start"):
                engine.read("RETURN 1")
    finally:
        embedded.stop(settings)
    assert embedded.status(settings) is None
    assert embedded.stop(settings) is False
    assert wait_until(lambda: processes(settings.data) == [])


def test_the_time_limit_ends_a_query_and_a_read_of_a_hung_engine_and_not_the_engine(settings: Settings) -> None:
    short = settings.model_copy(update={"query_timeout": 2.0})
    with Engine.open(short) as owning_engine, Engine.open(short) as engine:
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match="time limit"):
            owning_engine.read(SLOW)
        assert time.monotonic() - began < 9
        assert owning_engine.read("RETURN 1 AS one") == engine.read("RETURN 1 AS one") == [{"one": 1}]
        pid = handle_of(engine).record.pid
        with suspend_process(pid):
            began = time.monotonic()
            with pytest.raises(QueryTimeout, match="hangs"):
                engine.read("RETURN 2 AS two")
            assert 2.0 <= time.monotonic() - began < 9.0
            with pytest.raises(QueryTimeout, match="hangs"):  # on a new connection, which the engine does not accept
                engine.read("RETURN 2 AS two")
        assert engine.read("RETURN 3 AS three") == [{"three": 3}]
        assert handle_of(engine).record.pid == pid  # it was not restarted


def test_ports_taken_in_the_meantime_are_replaced(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        taken = (one.getsockname()[1], other.getsockname()[1])
        free = embedded._free_ports()
        chosen = iter([taken, free])
        monkeypatch.setattr(embedded, "_free_ports", lambda: next(chosen))
        with Engine.open(settings) as engine:
            assert (handle_of(engine).record.http, handle_of(engine).record.bolt) == free
        monkeypatch.setattr(embedded, "_free_ports", lambda: taken)
        monkeypatch.setattr(embedded, "MAX_ATTEMPTS", 1)
        with pytest.raises(PortTaken, match="taken by another process"):
            Engine.open(settings)
    assert wait_until(lambda: processes(settings.data) == [])


@pytest.mark.parametrize("java", [None, "no binary of this machine"], ids=["not there", "for another platform"])
def test_a_missing_java_runtime_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, java: str | None) -> None:
    package = tmp_path / "arcadedb_embedded"
    (package / "jars").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "jars" / "server.jar").touch()
    if java is not None:
        runtime = package / "jre" / "bin" / "java"
        runtime.parent.mkdir(parents=True)
        runtime.write_bytes(b"\x7fELF\x02" + java.encode())
        runtime.chmod(0o755)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(NoRuntime, match=r"Java runtime.*NEO4J_URI"):
        Engine.open(Settings(data=tmp_path / "data"))


def test_insufficient_memory_is_reported_with_javas_message(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"did not start.*(?i:heap)") as error:
        Engine.open(Settings(data=tmp_path / "data", engine_memory="1m"))
    assert not isinstance(error.value, NoRuntime)
