"""Consistent reads: each comes from one release."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from tests.support.releases import release_with_funds, small_release, small_version
from tests.support.requirements import torture_count
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import NotFound, NotLoaded, ReleaseChanged
from vnkg.graph.store import snapshot as steady
from vnkg.graph.store.load import load
from vnkg.graph.store.marker import NOTICE_SECONDS, StoredRelease, StoreState, read_state
from vnkg.graph.store.snapshot import SnapshotReader

SINGLE_BATCH = 10_000
VERSIONS = (
    "MATCH (n:Entity) WITH collect(DISTINCT n.version) AS nodes "
    "MATCH (:Entity)-[r:HAS]->(:Entity) RETURN nodes, collect(DISTINCT r.as_of) AS edges"
)


def test_an_empty_database_says_so(empty_engine: Engine) -> None:
    with pytest.raises(NotLoaded, match="vnkg load"):
        SnapshotReader(empty_engine).read_stored_release()
    with pytest.raises(NotLoaded, match="vnkg load"):
        SnapshotReader(empty_engine).read(lambda _: 1)


def test_a_read_receives_the_stored_release(empty_engine: Engine) -> None:
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    reads = SnapshotReader(empty_engine)
    assert reads.read(lambda there: there.release) == small_release().id
    assert reads.read_stored_release().release == small_release().id
    assert reads.read(lambda _: None) is None


def test_a_read_interrupted_by_a_load_is_repeated(empty_engine: Engine) -> None:
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
    runs: list[str] = []

    def work(stored_release: StoredRelease) -> list[int]:
        runs.append(stored_release.release)
        if len(runs) == 1:
            load(empty_engine, small_version(2), batch=SINGLE_BATCH)
        return empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")[0]["v"]

    assert SnapshotReader(empty_engine).read(work) == 2
    assert runs == [small_version(1).id, small_version(2).id]


@pytest.mark.parametrize("error", [NotFound("half of it was gone"), IndexError("no row"), KeyError("no column")])
def test_a_read_that_failed_during_a_load_is_retried(empty_engine: Engine, error: Exception) -> None:
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
    runs: list[str] = []

    def work(stored_release: StoredRelease) -> str:
        runs.append(stored_release.release)
        if len(runs) == 1:
            load(empty_engine, small_version(2), batch=SINGLE_BATCH)
            raise error
        return "found"

    assert SnapshotReader(empty_engine).read(work) == "found"


def test_a_read_that_fails_on_an_unchanged_release_fails_at_once(empty_engine: Engine) -> None:
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    runs: list[str] = []

    def work(stored_release: StoredRelease) -> None:
        runs.append(stored_release.release)
        raise NotFound("it is not there")

    with pytest.raises(NotFound):
        SnapshotReader(empty_engine).read(work)
    assert len(runs) == 1


def test_a_release_loaded_since_the_last_read_is_detected(empty_engine: Engine) -> None:
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
    reads = SnapshotReader(empty_engine)
    assert reads.read(lambda there: there.release) == small_version(1).id
    load(empty_engine, small_version(2), batch=SINGLE_BATCH)
    assert reads.read(lambda there: there.release) == small_version(2).id


def test_a_turn_left_open_by_a_killed_load_is_waited_for_once(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "COMMIT_TIMEOUT", 0.2)
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 1"))
    assert read_state(empty_engine).is_committing
    reads = SnapshotReader(empty_engine)
    assert reads.read(lambda there: there.release) == small_release().id
    monkeypatch.setattr(steady, "COMMIT_TIMEOUT", 60)
    assert reads.read(lambda there: there.release) == small_release().id
    assert load(empty_engine, small_release(), batch=SINGLE_BATCH).is_unchanged
    assert not read_state(empty_engine).is_committing


@pytest.mark.torture
def test_readers_see_the_old_or_the_new_release_and_never_a_mixture(empty_engine: Engine) -> None:
    load(empty_engine, release_with_funds(200, 0), batch=SINGLE_BATCH)
    reads, over = SnapshotReader(empty_engine), threading.Event()
    seen: set[str] = set()
    bad: list[object] = []

    def read() -> None:
        while not over.is_set():
            there, rows = reads.read(lambda there: (there, empty_engine.read(VERSIONS)))
            seen.add(there.release)
            if [rows[0]["nodes"], rows[0]["edges"]] != [[ids[there.release]], [str(ids[there.release])]]:
                bad.append((ids[there.release], rows))

    wanted = [release_with_funds(200, version) for version in range(1 + torture_count(2))]
    ids = {made.id: version for version, made in enumerate(wanted)}
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for made in wanted[1:]:
                load(empty_engine, made, batch=SINGLE_BATCH)
        finally:
            over.set()
        for reader in readers:
            reader.result()
    assert bad == []
    assert len(seen) > 1


def record_state_checks(monkeypatch: pytest.MonkeyPatch, looks: list[StoreState]) -> None:
    """Let the snapshot reader add every state that it reads to a list."""

    def look(engine: Engine) -> StoreState:
        looks.append(read_state(engine))
        return looks[-1]

    monkeypatch.setattr(steady, "read_state", look)


def test_reads_soon_after_a_state_check_do_not_check_again(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    looks: list[StoreState] = []
    record_state_checks(monkeypatch, looks)
    monkeypatch.setattr(steady, "MAX_STATE_AGE", 60.0)
    reads = SnapshotReader(empty_engine)
    assert [reads.read(lambda there: there.release) for _ in range(5)] == [small_release().id] * 5
    assert len(looks) == 1
    monkeypatch.setattr(Engine, "is_one_server", False)  # another member of a cluster may lag behind
    assert [reads.read(lambda there: there.release) for _ in range(2)] == [small_release().id] * 2
    assert len(looks) == 3
    monkeypatch.undo()
    record_state_checks(monkeypatch, looks)
    monkeypatch.setattr(steady, "MAX_STATE_AGE", 0.0)
    assert [reads.read(lambda there: there.release) for _ in range(5)] == [small_release().id] * 5
    assert len(looks) == 8


def test_a_graph_that_was_empty_or_being_loaded_is_looked_at_again_and_not_waited_for(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[StoreState] = []
    record_state_checks(monkeypatch, looks)
    monkeypatch.setattr(steady, "MAX_STATE_AGE", 60.0)
    reads = SnapshotReader(empty_engine)
    with pytest.raises(NotLoaded, match="the graph is empty"):
        reads.read(lambda _: None)
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    empty_engine.write(lambda write: write.execute("MATCH (m:Release), (t:Turn) SET m.state = 'loading', t.at = 3"))
    looks.clear()
    with pytest.raises(NotLoaded, match="a big load is under way"):
        reads.read(lambda _: None)
    assert len(looks) == 2  # before the read and after it
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = 4"))
    with pytest.raises(NotLoaded, match="a big load is under way"):
        reads.read(lambda _: None)
    empty_engine.write(lambda write: write.execute("MATCH (m:Release) SET m.state = 'ready'"))
    assert reads.read(lambda there: there.release) == small_release().id


def test_a_read_within_a_read_is_of_the_same_release(empty_engine: Engine) -> None:
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
    reads = SnapshotReader(empty_engine)
    pairs: list[tuple[str, str]] = []

    def work(stored_release: StoredRelease) -> str:
        if not pairs:
            load(empty_engine, small_version(2), batch=SINGLE_BATCH)
        pairs.append((stored_release.release, reads.read(lambda there: there.release)))
        return stored_release.release

    assert reads.read(work) == small_version(2).id
    assert pairs == [(small_version(version).id,) * 2 for version in (1, 2)]


def test_a_read_that_many_loads_overtake_is_given_up(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "MAX_ATTEMPTS", 2)
    monkeypatch.setattr(steady, "MAX_STATE_AGE", 0.0)
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    runs: list[str] = []

    def work(stored_release: StoredRelease) -> None:
        runs.append(stored_release.release)
        if len(runs) < 5:
            empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 2"))

    with pytest.raises(NotLoaded, match="too fast to read in between"):
        SnapshotReader(empty_engine).read(work)
    assert len(runs) == 2


def test_a_load_announces_itself_before_it_changes_anything(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine, reads are seldom. So the load waits longer than the least that is asked for.
    monkeypatch.setattr("vnkg.graph.store.load.NOTICE_SECONDS", 5 * NOTICE_SECONDS)
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
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
        load(empty_engine, small_version(2), batch=SINGLE_BATCH)
        over.set()
        watching.result()
    assert empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v") == [{"v": 2}]
    odd = [at for at, turn, version in seen if turn % 2 and version == 1]
    assert odd[-1] - odd[0] > NOTICE_SECONDS / 2


def in_fresh_context(work: Callable[[], None]) -> None:
    """Run in a separate context, as a request does."""
    copy_context().run(work)


def test_a_read_reports_its_release(empty_engine: Engine) -> None:
    in_fresh_context(lambda: _assert_source_is_reported(empty_engine))


def _assert_source_is_reported(empty_engine: Engine) -> None:
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
    reads = SnapshotReader(empty_engine)
    reads.read(lambda _: None)
    load(empty_engine, small_version(2), batch=SINGLE_BATCH)
    told = steady.last_read_release()
    assert told is not None
    assert told.release == small_version(1).id
    reads.read(lambda _: None)
    told = steady.last_read_release()
    assert told is not None
    assert told.release == small_version(2).id


def test_an_answer_that_reads_two_releases_is_refused(empty_engine: Engine) -> None:
    def answer() -> None:
        load(empty_engine, small_version(1), batch=SINGLE_BATCH)
        reads = SnapshotReader(empty_engine)
        steady.begin_answer()
        assert steady.last_read_release() is None
        reads.read(lambda _: None)
        load(empty_engine, small_version(2), batch=SINGLE_BATCH)
        with pytest.raises(ReleaseChanged):
            reads.read(lambda _: None)
        steady.begin_answer()
        assert reads.read(lambda there: there.release) == small_version(2).id

    in_fresh_context(answer)


def test_a_trusted_state_expires_before_a_load_may_change_it() -> None:
    assert 0 < steady.MAX_STATE_AGE < NOTICE_SECONDS


def test_a_state_with_an_open_turn_is_never_trusted(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 1"))
    monkeypatch.setattr(steady, "COMMIT_TIMEOUT", 0.0)
    looks: list[StoreState] = []
    record_state_checks(monkeypatch, looks)
    reads = SnapshotReader(empty_engine)
    reads.read(lambda _: None)
    before = len(looks)
    reads.read(lambda _: None)
    assert len(looks) > before


@pytest.mark.torture
def test_reads_longer_than_the_notice_see_one_release_too(empty_engine: Engine) -> None:
    load(empty_engine, release_with_funds(40, 0), batch=SINGLE_BATCH)
    reads, over = SnapshotReader(empty_engine), threading.Event()
    mixed: list[object] = []

    def slow(_: StoredRelease) -> tuple[object, object]:
        nodes = empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")
        time.sleep(NOTICE_SECONDS * 0.6)
        edges = empty_engine.read("MATCH (:Entity)-[r:HAS]->(:Entity) RETURN DISTINCT r.as_of AS v")
        return [str(row["v"]) for row in nodes], [row["v"] for row in edges]

    def read() -> None:
        while not over.is_set():
            nodes, edges = reads.read(slow)
            if nodes != edges:
                mixed.append((nodes, edges))

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        try:
            for version in range(1, 1 + torture_count(2)):
                load(empty_engine, release_with_funds(40, version), batch=SINGLE_BATCH)
                time.sleep(0.1)
        finally:
            over.set()
        reading.result()
    assert mixed == []


def test_a_load_closes_only_its_own_turn(empty_engine: Engine) -> None:
    load(empty_engine, small_version(1), batch=SINGLE_BATCH)
    empty_engine.write(lambda write: write.execute("MATCH (t:Turn) SET t.at = t.at + 1"))  # another load, in its notice
    turn = read_state(empty_engine).turn
    with pytest.raises(ZeroDivisionError):
        load(
            empty_engine,
            small_version(2),
            batch=SINGLE_BATCH,
            report_progress=lambda _done, _all: 1 // 0 and None,
        )
    assert read_state(empty_engine).turn == turn
