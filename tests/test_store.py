"""Releases in the database: a load gives exactly its release, whatever was stored before or happens meanwhile."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import fresh
from tests.invented import release
from tests.storing import entity, expected, held, killed_load, many, releases
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import FactsError, NotLoaded
from vnkg.graph.model.release import Release
from vnkg.graph.settings import Settings
from vnkg.graph.store.load import load
from vnkg.graph.store.marker import read_state, read_stored_release
from vnkg.graph.store.snapshot import SnapshotReader

ONCE = 10_000


@pytest.fixture
def loaded_engine(empty_engine: Engine) -> Engine:
    """Each engine in turn, with the invented release loaded."""
    load(empty_engine, release(), batch=ONCE)
    return empty_engine


def test_an_empty_database_holds_nothing(empty_engine: Engine) -> None:
    assert read_stored_release(empty_engine) is None


def test_what_is_loaded_is_read_back_equal(loaded_engine: Engine) -> None:
    assert held(loaded_engine) == expected(release())


def test_the_marker_tells_what_is_there(loaded_engine: Engine) -> None:
    there = read_stored_release(loaded_engine)
    assert there is not None
    assert (there.release, there.data_date, there.state) == (release().id, release().data_date, "ready")
    assert there.counts["entities"] == len(release().entities)
    assert there.counts["articles"] == 2


def test_the_second_load_of_a_release_changes_nothing(loaded_engine: Engine) -> None:
    before = read_state(loaded_engine)
    again = load(loaded_engine, release(), batch=ONCE)
    assert again.is_unchanged
    assert (again.created_count, again.changed_count, again.removed_count) == (0, 0, 0)
    assert read_state(loaded_engine) == before


def test_a_release_can_be_searched_by_words_once_it_is_loaded(loaded_engine: Engine) -> None:
    rows = loaded_engine.read(
        "CALL db.index.fulltext.queryNodes($index, $q) YIELD node, score RETURN node.id AS id",
        {"index": "Entity[search]", "q": '"resolution" AND "57"'},
    )
    assert rows == [{"id": "policy:57-nq-tw"}]


@pytest.mark.parametrize("batch", [ONCE, 5])
def test_only_the_difference_is_written(loaded_engine: Engine, batch: int) -> None:
    after = entity(release(), "province:aaa", name="Aaa mới")
    after = dataclasses.replace(after, edges=after.edges[1:])
    done = load(loaded_engine, after, batch=batch)
    assert (done.created_count, done.changed_count, done.removed_count) == (0, 1, 1)
    assert held(loaded_engine) == expected(after)


@pytest.mark.parametrize("batch", [ONCE, 5])
def test_an_entity_whose_labels_change_keeps_all_its_edges(loaded_engine: Engine, batch: int) -> None:
    after = entity(release(), "policy:57-nq-tw", labels=("Entity", "Policy"), attributes={"kind": "plan"})
    done = load(loaded_engine, after, batch=batch)
    assert (done.created_count, done.removed_count) == (0, 0)
    assert held(loaded_engine) == expected(after)


@pytest.mark.parametrize("batch", [ONCE, 5])
def test_nothing_is_left_of_what_a_release_does_not_hold(loaded_engine: Engine, batch: int) -> None:
    nothing = Release((), (), (), (), (), (), ())
    load(loaded_engine, nothing, batch=batch, replace=True)
    assert held(loaded_engine) == expected(nothing)


@settings(max_examples=8, deadline=None)
@given(first_release=releases(), second_release=releases(), batch=st.sampled_from([1, 7, ONCE]))
def test_any_release_after_any_other_is_read_back_equal(
    engine: Engine, first_release: Release, second_release: Release, batch: int
) -> None:
    fresh(engine)
    load(engine, first_release, batch=batch)
    assert held(engine) == expected(first_release)
    load(engine, second_release, batch=batch)
    assert held(engine) == expected(second_release)
    assert load(engine, second_release, batch=batch).is_unchanged


def test_progress_is_told_up_to_the_end(empty_engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    done = load(empty_engine, release(), report_progress=lambda at, total: told.append((at, total)), batch=50)
    assert told == sorted(told)
    assert told[-1] == (done.created_count, done.created_count)
    assert len(told) >= done.created_count / 50


def test_a_release_with_loose_ends_is_refused_and_nothing_is_written(loaded_engine: Engine) -> None:
    broken = dataclasses.replace(release(), entities=release().entities[1:])
    with pytest.raises(FactsError, match="expected an Entity of the release"):
        load(loaded_engine, broken, batch=ONCE)
    assert held(loaded_engine) == expected(release())


def test_a_load_that_is_killed_in_its_transaction_leaves_the_old_release(
    empty_engine: Engine, engine_settings: Settings, repository: Path
) -> None:
    load(empty_engine, many(200, 1), batch=ONCE)
    killed_load(engine_settings, repository, 2, 200, batch=ONCE, until=150)
    assert held(empty_engine) == expected(many(200, 1))
    assert SnapshotReader(empty_engine).read_stored_release().release == many(200, 1).id
    load(empty_engine, many(200, 2), batch=ONCE)
    assert held(empty_engine) == expected(many(200, 2))


def test_a_big_load_that_is_killed_says_loading_and_is_finished_by_the_next(
    empty_engine: Engine, engine_settings: Settings, repository: Path
) -> None:
    load(empty_engine, many(200, 1), batch=ONCE)
    killed_load(engine_settings, repository, 2, 200, batch=50, until=150)
    there = read_stored_release(empty_engine)
    assert there is not None
    assert (there.release, there.state) == (many(200, 2).id, "loading")
    with pytest.raises(NotLoaded, match="under way or was interrupted"):
        SnapshotReader(empty_engine).read_stored_release()
    rest = load(empty_engine, many(200, 2), batch=50)
    assert 0 < rest.changed_count < 500
    assert held(empty_engine) == expected(many(200, 2))
    assert SnapshotReader(empty_engine).read_stored_release().release == many(200, 2).id


def test_a_big_load_that_is_killed_while_labels_change_loses_no_edge(
    empty_engine: Engine, engine_settings: Settings, repository: Path
) -> None:
    before = entity(many(20, 2), "policy:57-nq-tw", labels=("Entity", "Policy"))
    load(empty_engine, before, batch=ONCE)
    killed_load(engine_settings, repository, 2, 20, batch=3, until=4)
    load(empty_engine, many(20, 2), batch=ONCE)
    assert held(empty_engine) == expected(many(20, 2))


def test_loads_at_the_same_time_leave_one_whole_release(loaded_engine: Engine) -> None:
    wanted = [many(10, version) for version in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda made: load(loaded_engine, made, batch=ONCE), wanted))
    there = read_stored_release(loaded_engine)
    assert there is not None
    (last,) = [made for made in wanted if made.id == there.release]
    assert held(loaded_engine) == expected(last)
