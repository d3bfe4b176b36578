"""Loads whose process is killed: readers never see half of one, and the next load finishes it."""

from pathlib import Path

import pytest

from tests.support.database import CREATE_FOREIGN_TIES, count_foreign_ties, run_foreign_write
from tests.support.releases import (
    database_content,
    expected_content,
    load_and_kill,
    release_with_funds,
    replace_entity,
)
from tests.support.requirements import is_torture, torture_count
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import NotLoaded
from vnkg.graph.settings import Settings
from vnkg.graph.store.load import load, plan_load
from vnkg.graph.store.marker import read_stored_release
from vnkg.graph.store.snapshot import SnapshotReader

SINGLE_BATCH = 10_000


def test_a_killed_big_load_written_in_place_is_marked_as_loading_and_finished_by_the_next(
    empty_engine: Engine, engine_settings: Settings, repository: Path
) -> None:
    load(empty_engine, release_with_funds(20, 1), batch=SINGLE_BATCH)
    run_foreign_write(empty_engine, CREATE_FOREIGN_TIES)  # beside foreign data, both engines write in place
    load_and_kill(engine_settings, repository, 2, 20, batch=50, stop_after=100)
    there = read_stored_release(empty_engine)
    assert there is not None
    assert (there.release, there.state) == (release_with_funds(20, 2).id, "loading")
    with pytest.raises(NotLoaded, match="under way or was interrupted"):
        SnapshotReader(empty_engine).read_stored_release()
    assert count_foreign_ties(empty_engine) == 5
    all_changes = plan_load(None, release_with_funds(20, 2)).size
    rest = load(empty_engine, release_with_funds(20, 2), batch=50)
    assert 0 < rest.changed_count < all_changes - 100
    assert count_foreign_ties(empty_engine) == 5
    run_foreign_write(empty_engine, "MATCH ()-[r]->() WHERE r.owner IS NULL DELETE r")
    run_foreign_write(empty_engine, "MATCH (n:Account) DELETE n")
    assert database_content(empty_engine) == expected_content(release_with_funds(20, 2))
    assert SnapshotReader(empty_engine).read_stored_release().release == release_with_funds(20, 2).id


def test_a_big_load_killed_while_labels_change_loses_no_edge(
    empty_engine: Engine, engine_settings: Settings, repository: Path
) -> None:
    before = replace_entity(release_with_funds(2, 2), "policy:57-nq-tw", labels=("Entity", "Policy"))
    load(empty_engine, before, batch=SINGLE_BATCH)
    load_and_kill(engine_settings, repository, 2, 2, batch=3, stop_after=4)
    load(empty_engine, release_with_funds(2, 2), batch=SINGLE_BATCH)
    assert database_content(empty_engine) == expected_content(release_with_funds(2, 2))


@pytest.mark.torture
@pytest.mark.parametrize("batch", [SINGLE_BATCH, 7] if is_torture() else [SINGLE_BATCH])
def test_a_load_killed_after_any_change_leaves_one_release_or_is_refused_until_it_is_finished(
    empty_engine: Engine, engine_settings: Settings, repository: Path, batch: int
) -> None:
    old, new = release_with_funds(20, 1), release_with_funds(20, 2)
    load(empty_engine, old, batch=SINGLE_BATCH)
    changes = plan_load(empty_engine, new).changed_count
    kills = min(torture_count(1), changes)
    for number in range(1, kills + 1):
        load(empty_engine, old, batch=SINGLE_BATCH)
        load_and_kill(engine_settings, repository, 2, 20, batch=batch, stop_after=changes * number // (kills + 1) or 1)
        try:
            seen = SnapshotReader(empty_engine).read_stored_release().release
        except NotLoaded:
            assert (empty_engine.kind, batch < changes) == ("neo4j", True)
        else:
            assert batch < changes or seen == old.id
            assert database_content(empty_engine) == expected_content({old.id: old, new.id: new}[seen])
        load(empty_engine, new, batch=batch)
        assert database_content(empty_engine) == expected_content(new)
