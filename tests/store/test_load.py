"""Releases in the database: a load gives exactly its release, whatever was stored before or happens meanwhile."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.database import clear_database
from tests.support.invented_graph import release
from tests.support.releases import (
    database_content,
    expected_content,
    release_with_funds,
    releases,
    replace_entity,
)
from tests.support.requirements import torture_count
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import FactsError
from vnkg.graph.model.release import Release
from vnkg.graph.store.load import load
from vnkg.graph.store.marker import read_state, read_stored_release

SINGLE_BATCH = 10_000


@pytest.fixture
def loaded_engine(empty_engine: Engine) -> Engine:
    """Each engine in turn, with the invented release loaded."""
    load(empty_engine, release(), batch=SINGLE_BATCH)
    return empty_engine


def test_an_empty_database_holds_nothing(empty_engine: Engine) -> None:
    assert read_stored_release(empty_engine) is None


def test_a_loaded_release_is_read_back_unchanged(loaded_engine: Engine) -> None:
    assert database_content(loaded_engine) == expected_content(release())


def test_the_release_marker_describes_the_content(loaded_engine: Engine) -> None:
    made = dataclasses.replace(release(), sentences=release().sentences[:9])
    load(loaded_engine, made, batch=SINGLE_BATCH)
    there = read_stored_release(loaded_engine)
    assert there is not None
    assert (there.release, there.data_date, there.state) == (made.id, "2025-11-18", "ready")
    assert there.counts == {
        "entities": len(release().entities),
        "statements": len(release().statements),
        "edges": len(release().edges),
        "articles": 2,
        "origins": 2,
        "sentences": 9,
        "mentions": 2,
        "disagreements": 3,
    }


def test_the_second_load_of_a_release_changes_nothing(loaded_engine: Engine) -> None:
    before = read_state(loaded_engine)
    again = load(loaded_engine, release(), batch=SINGLE_BATCH)
    assert again.is_unchanged
    assert (again.created_count, again.changed_count, again.removed_count) == (0, 0, 0)
    assert read_state(loaded_engine) == before


def test_a_loaded_release_can_be_searched_by_words(loaded_engine: Engine) -> None:
    rows = loaded_engine.read(
        "CALL db.index.fulltext.queryNodes($index, $q) YIELD node, score RETURN node.id AS id",
        {"index": "Entity[search]", "q": '"resolution" AND "57"'},
    )
    assert rows == [{"id": "policy:57-nq-tw"}]


def test_only_the_difference_is_written(loaded_engine: Engine) -> None:
    after = replace_entity(release(), "province:aaa", name="Aaa mới")
    after = dataclasses.replace(after, edges=after.edges[1:])
    done = load(loaded_engine, after, batch=SINGLE_BATCH)
    assert (done.created_count, done.changed_count, done.removed_count) == (0, 1, 1)
    assert database_content(loaded_engine) == expected_content(after)


def test_an_entity_whose_labels_change_keeps_all_its_edges(loaded_engine: Engine) -> None:
    after = replace_entity(release(), "policy:57-nq-tw", labels=("Entity", "Policy"), attributes={"kind": "plan"})
    done = load(loaded_engine, after, batch=SINGLE_BATCH)
    assert (done.created_count, done.removed_count) == (0, 0)
    assert database_content(loaded_engine) == expected_content(after)


@pytest.mark.parametrize("batch", [SINGLE_BATCH, 100])
def test_content_missing_from_the_new_release_is_removed(loaded_engine: Engine, batch: int) -> None:
    nothing = Release((), (), (), (), (), (), ())
    load(loaded_engine, nothing, batch=batch, replace=True)
    assert database_content(loaded_engine) == expected_content(nothing)


@settings(max_examples=torture_count(3))
@given(first_release=releases(), second_release=releases(), batch=st.sampled_from([1, 7, SINGLE_BATCH]))
def test_any_release_after_any_other_is_read_back_unchanged(
    engine: Engine, first_release: Release, second_release: Release, batch: int
) -> None:
    clear_database(engine)
    load(engine, first_release, batch=batch)
    assert database_content(engine) == expected_content(first_release)
    load(engine, second_release, batch=batch)
    assert database_content(engine) == expected_content(second_release)
    assert load(engine, second_release, batch=batch).is_unchanged


def test_progress_is_reported_up_to_the_end(empty_engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    done = load(empty_engine, release(), report_progress=lambda at, total: told.append((at, total)), batch=50)
    assert told == sorted(told)
    assert told[-1] == (done.created_count, done.created_count)
    assert len(told) >= done.created_count / 50


def test_a_release_with_dangling_references_is_refused_and_nothing_is_written(loaded_engine: Engine) -> None:
    broken = dataclasses.replace(release(), entities=release().entities[1:])
    with pytest.raises(FactsError, match="expected an Entity of the release"):
        load(loaded_engine, broken, batch=SINGLE_BATCH)
    assert database_content(loaded_engine) == expected_content(release())


def test_concurrent_loads_leave_one_complete_release(loaded_engine: Engine) -> None:
    wanted = [release_with_funds(1, version) for version in (1, 2, 3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda made: load(loaded_engine, made, batch=SINGLE_BATCH), wanted))
    there = read_stored_release(loaded_engine)
    assert there is not None
    (last,) = [made for made in wanted if made.id == there.release]
    assert database_content(loaded_engine) == expected_content(last)
