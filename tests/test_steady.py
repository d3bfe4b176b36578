"""Consistent reads: each comes from one release."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from tests.invented import release
from tests.storing import many
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import NotFound, NotLoaded, ReleaseChanged
from vnkg.graph.store import snapshot as steady
from vnkg.graph.store.load import load
from vnkg.graph.store.marker import NOTICE_SECONDS, StoredRelease, StoreState, read_state
from vnkg.graph.store.snapshot import SnapshotReader

ONCE = 10_000
VERSIONS = (
    "MATCH (n:Entity) WITH collect(DISTINCT n.version) AS nodes "
    "MATCH (:Entity)-[r:OPERATES]->(:Entity) RETURN nodes, collect(DISTINCT r.as_of) AS edges"
)


def test_an_empty_database_says_so(empty_engine: Engine) -> None:
    with pytest.raises(NotLoaded, match="vnkg load"):
        SnapshotReader(empty_engine).read_stored_release()
    with pytest.raises(NotLoaded, match="vnkg load"):
        SnapshotReader(empty_engine).read(lambda _: 1)


def test_work_is_told_the_release_it_reads(empty_engine: Engine) -> None:
    load(empty_engine, release(), batch=ONCE)
    reads = SnapshotReader(empty_engine)
    assert reads.read(lambda there: there.release) == release().id
    assert reads.read_stored_release().release == release().id
    assert reads.read(lambda _: None) is None


def test_work_is_run_again_when_a_load_came_between(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    runs: list[str] = []

    def work(there: StoredRelease) -> list[int]:
        runs.append(there.release)
        if len(runs) == 1:
            load(empty_engine, many(1, 2), batch=ONCE)
        return empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")[0]["v"]

    assert SnapshotReader(empty_engine).read(work) == 2
    assert runs == [many(1, 1).id, many(1, 2).id]


def test_what_failed_while_a_load_came_between_is_tried_again(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    runs: list[str] = []

    def work(there: StoredRelease) -> str:
        runs.append(there.release)
        if len(runs) == 1:
            load(empty_engine, many(1, 2), batch=ONCE)
            raise NotFound("half of it was gone")
        return "found"

    assert SnapshotReader(empty_engine).read(work) == "found"


def test_what_fails_on_a_release_that_stands_fails_at_once(empty_engine: Engine) -> None:
    load(empty_engine, release(), batch=ONCE)
    runs: list[str] = []

    def work(there: StoredRelease) -> None:
        runs.append(there.release)
        raise NotFound("it is not there")

    with pytest.raises(NotFound):
        SnapshotReader(empty_engine).read(work)
    assert len(runs) == 1


def test_a_release_loaded_since_the_last_run_is_noticed(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    reads = SnapshotReader(empty_engine)
    assert reads.read(lambda there: there.release) == many(1, 1).id
    load(empty_engine, many(1, 2), batch=ONCE)
    assert reads.read(lambda there: there.release) == many(1, 2).id


def test_a_turn_that_a_killed_load_left_open_is_waited_for_once(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "COMMIT_TIMEOUT", 0.2)
    load(empty_engine, release(), batch=ONCE)
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 1"))
    assert read_state(empty_engine).is_committing
    reads = SnapshotReader(empty_engine)
    assert reads.read(lambda there: there.release) == release().id
    monkeypatch.setattr(steady, "COMMIT_TIMEOUT", 60)
    assert reads.read(lambda there: there.release) == release().id
    assert load(empty_engine, release(), batch=ONCE).is_unchanged
    assert not read_state(empty_engine).is_committing


def test_readers_see_the_old_release_or_the_new_one_and_never_a_mixture(empty_engine: Engine) -> None:
    load(empty_engine, many(400, 0), batch=ONCE)
    reads, over = SnapshotReader(empty_engine), threading.Event()
    seen: set[str] = set()
    bad: list[object] = []

    def read() -> None:
        while not over.is_set():
            there, rows = reads.read(lambda there: (there, empty_engine.read(VERSIONS)))
            seen.add(there.release)
            if [rows[0]["nodes"], rows[0]["edges"]] != [[ids[there.release]], [str(ids[there.release])]]:
                bad.append((ids[there.release], rows))

    wanted = [many(400, version) for version in range(5)]
    ids = {made.id: version for version, made in enumerate(wanted)}
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for made in wanted[1:]:
                load(empty_engine, made, batch=ONCE)
        finally:
            over.set()
        for reader in readers:
            reader.result()
    assert bad == []
    assert len(seen) > 1


def test_runs_soon_after_a_look_do_not_look_again(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    load(empty_engine, release(), batch=ONCE)
    looks: list[StoreState] = []

    def look(engine: Engine) -> StoreState:
        looks.append(read_state(engine))
        return looks[-1]

    monkeypatch.setattr(steady, "read_state", look)
    monkeypatch.setattr(steady, "MAX_STATE_AGE", 60.0)
    reads = SnapshotReader(empty_engine)
    assert [reads.read(lambda there: there.release) for _ in range(5)] == [release().id] * 5
    assert len(looks) == 1
    monkeypatch.setattr(steady, "MAX_STATE_AGE", 0.0)
    assert [reads.read(lambda there: there.release) for _ in range(5)] == [release().id] * 5
    assert len(looks) == 6


def test_a_load_gives_notice_before_it_changes_anything(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    over = threading.Event()
    seen: list[tuple[float, int, int]] = []

    def watch() -> None:
        while not over.is_set():
            turn = read_state(empty_engine).turn
            seen.append(
                (time.monotonic(), turn, empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")[0]["v"])
            )

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)
        load(empty_engine, many(1, 2), batch=ONCE)
        over.set()
        watching.result()
    assert empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v") == [{"v": 2}]
    odd = [at for at, turn, version in seen if turn % 2 and version == 1]
    assert odd[-1] - odd[0] > NOTICE_SECONDS / 2


def told_apart(work: Callable[[], None]) -> None:
    """Run in a separate context, as a request does."""
    copy_context().run(work)


def test_a_run_tells_what_it_read_from(empty_engine: Engine) -> None:
    told_apart(lambda: reads_tell(empty_engine))


def reads_tell(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    reads = SnapshotReader(empty_engine)
    reads.read(lambda _: None)
    load(empty_engine, many(1, 2), batch=ONCE)
    told = steady.last_read_release()
    assert told is not None
    assert told.release == many(1, 1).id
    reads.read(lambda _: None)
    told = steady.last_read_release()
    assert told is not None
    assert told.release == many(1, 2).id


def test_an_answer_whose_reads_meet_two_releases_is_refused(empty_engine: Engine) -> None:
    def answer() -> None:
        load(empty_engine, many(1, 1), batch=ONCE)
        reads = SnapshotReader(empty_engine)
        steady.begin_answer()
        assert steady.last_read_release() is None
        reads.read(lambda _: None)
        load(empty_engine, many(1, 2), batch=ONCE)
        with pytest.raises(ReleaseChanged):
            reads.read(lambda _: None)
        steady.begin_answer()
        assert reads.read(lambda there: there.release) == many(1, 2).id

    told_apart(answer)


def test_what_is_believed_is_looked_at_before_a_load_may_change_it() -> None:
    assert 0 < steady.MAX_STATE_AGE < NOTICE_SECONDS


def test_a_turn_under_way_is_never_believed(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    load(empty_engine, release(), batch=ONCE)
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 1"))
    monkeypatch.setattr(steady, "COMMIT_TIMEOUT", 0.0)
    looks: list[StoreState] = []

    def look(engine: Engine) -> StoreState:
        looks.append(read_state(engine))
        return looks[-1]

    monkeypatch.setattr(steady, "read_state", look)
    reads = SnapshotReader(empty_engine)
    reads.read(lambda _: None)
    before = len(looks)
    reads.read(lambda _: None)
    assert len(looks) > before


def test_reads_that_take_longer_than_the_notice_are_one_release_too(empty_engine: Engine) -> None:
    load(empty_engine, many(40, 0), batch=ONCE)
    reads, over = SnapshotReader(empty_engine), threading.Event()
    mixed: list[object] = []

    def slow(_: StoredRelease) -> tuple[object, object]:
        nodes = empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")
        time.sleep(NOTICE_SECONDS * 0.6)
        edges = empty_engine.read("MATCH (:Entity)-[r:OPERATES]->(:Entity) RETURN DISTINCT r.as_of AS v")
        return [str(row["v"]) for row in nodes], [row["v"] for row in edges]

    def read() -> None:
        while not over.is_set():
            nodes, edges = reads.read(slow)
            if nodes != edges:
                mixed.append((nodes, edges))

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        try:
            for version in range(1, 5):
                load(empty_engine, many(40, version), batch=ONCE)
                time.sleep(0.1)
        finally:
            over.set()
        reading.result()
    assert mixed == []


def test_a_load_ends_its_own_turn_alone(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 1"))  # another load, in its notice
    turn = read_state(empty_engine).turn
    with pytest.raises(ZeroDivisionError):
        load(empty_engine, many(1, 2), batch=ONCE, report_progress=lambda _done, _all: 1 // 0 and None)
    assert read_state(empty_engine).turn == turn
