"""Reads that all come from one release."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.invented import release
from tests.storing import many
from vnkg.graph import steady
from vnkg.graph.engine import Engine
from vnkg.graph.errors import NotFound, NotLoaded
from vnkg.graph.steady import Steady
from vnkg.graph.store import NOTICE, State, Stored, load, state

ONCE = 10_000
VERSIONS = (
    "MATCH (n:Entity) WITH collect(DISTINCT n.version) AS nodes "
    "MATCH (:Entity)-[r:OPERATES]->(:Entity) RETURN nodes, collect(DISTINCT r.as_of) AS edges"
)


def test_an_empty_database_says_so(empty_engine: Engine) -> None:
    with pytest.raises(NotLoaded, match="vnkg load"):
        Steady(empty_engine).stored()
    with pytest.raises(NotLoaded, match="vnkg load"):
        Steady(empty_engine).run(lambda _: 1)


def test_work_is_told_the_release_it_reads(empty_engine: Engine) -> None:
    load(empty_engine, release(), batch=ONCE)
    reads = Steady(empty_engine)
    assert reads.run(lambda there: there.release) == release().id
    assert reads.stored().release == release().id
    assert reads.run(lambda _: None) is None


def test_work_is_run_again_when_a_load_came_between(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    runs: list[str] = []

    def work(there: Stored) -> list[int]:
        runs.append(there.release)
        if len(runs) == 1:
            load(empty_engine, many(1, 2), batch=ONCE)
        return empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")[0]["v"]

    assert Steady(empty_engine).run(work) == 2
    assert runs == [many(1, 1).id, many(1, 2).id]


def test_what_failed_while_a_load_came_between_is_tried_again(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    runs: list[str] = []

    def work(there: Stored) -> str:
        runs.append(there.release)
        if len(runs) == 1:
            load(empty_engine, many(1, 2), batch=ONCE)
            raise NotFound("half of it was gone")
        return "found"

    assert Steady(empty_engine).run(work) == "found"


def test_what_fails_on_a_release_that_stands_fails_at_once(empty_engine: Engine) -> None:
    load(empty_engine, release(), batch=ONCE)
    runs: list[str] = []

    def work(there: Stored) -> None:
        runs.append(there.release)
        raise NotFound("it is not there")

    with pytest.raises(NotFound):
        Steady(empty_engine).run(work)
    assert len(runs) == 1


def test_a_release_loaded_since_the_last_run_is_noticed(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    reads = Steady(empty_engine)
    assert reads.run(lambda there: there.release) == many(1, 1).id
    load(empty_engine, many(1, 2), batch=ONCE)
    assert reads.run(lambda there: there.release) == many(1, 2).id


def test_a_turn_that_a_killed_load_left_open_is_waited_for_once(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "PATIENCE", 0.2)
    load(empty_engine, release(), batch=ONCE)
    empty_engine.write(lambda write: write.run("MATCH (t:Turn) SET t.at = t.at + 1"))
    assert state(empty_engine).turning
    reads = Steady(empty_engine)
    assert reads.run(lambda there: there.release) == release().id
    monkeypatch.setattr(steady, "PATIENCE", 60)
    assert reads.run(lambda there: there.release) == release().id
    assert load(empty_engine, release(), batch=ONCE).unchanged
    assert not state(empty_engine).turning


def test_readers_see_the_old_release_or_the_new_one_and_never_a_mixture(empty_engine: Engine) -> None:
    load(empty_engine, many(400, 0), batch=ONCE)
    reads, over = Steady(empty_engine), threading.Event()
    seen: set[str] = set()
    bad: list[object] = []

    def read() -> None:
        while not over.is_set():
            there, rows = reads.run(lambda there: (there, empty_engine.read(VERSIONS)))
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
    looks: list[State] = []

    def look(engine: Engine) -> State:
        looks.append(state(engine))
        return looks[-1]

    monkeypatch.setattr(steady, "state", look)
    monkeypatch.setattr(steady, "TRUST", 60.0)
    reads = Steady(empty_engine)
    assert [reads.run(lambda there: there.release) for _ in range(5)] == [release().id] * 5
    assert len(looks) == 1
    monkeypatch.setattr(steady, "TRUST", 0.0)
    assert [reads.run(lambda there: there.release) for _ in range(5)] == [release().id] * 5
    assert len(looks) == 6


def test_a_load_gives_notice_before_it_changes_anything(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    over = threading.Event()
    seen: list[tuple[float, int, int]] = []

    def watch() -> None:
        while not over.is_set():
            turn = state(empty_engine).turn
            seen.append(
                (time.monotonic(), turn, empty_engine.read("MATCH (n:Entity) RETURN DISTINCT n.version AS v")[0]["v"])
            )

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)
        load(empty_engine, many(1, 2), batch=ONCE)
        over.set()
        watching.result()
    first_odd = next(at for at, turn, _ in seen if turn % 2)
    first_new = next((at for at, _, version in seen if version == 2), time.monotonic())
    assert first_new - first_odd > NOTICE / 2


def test_a_run_tells_what_it_read_from(empty_engine: Engine) -> None:
    load(empty_engine, many(1, 1), batch=ONCE)
    reads = Steady(empty_engine)
    steady.forget()
    assert steady.source() is None
    reads.run(lambda _: None)
    load(empty_engine, many(1, 2), batch=ONCE)
    told = steady.source()
    assert told is not None
    assert told.release == many(1, 1).id
    reads.run(lambda _: None)
    told = steady.source()
    assert told is not None
    assert told.release == many(1, 2).id
