"""The steps of a load on a small release: batches and their limit, interruptions, other loads, and what a plan says."""

import dataclasses

import pytest

from tests.support.database import CREATE_FOREIGN_NODE, run_foreign_write
from tests.support.releases import database_content, expected_content, replace_entity, small_release
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import EngineError, LoadRefused, NotLoaded
from vnkg.graph.model.release import Entity, Release
from vnkg.graph.store.load import load, plan_load
from vnkg.graph.store.mapping import FAMILIES
from vnkg.graph.store.marker import read_state
from vnkg.graph.store.snapshot import SnapshotReader

SINGLE_BATCH = 10_000


def relabelled_release() -> Release:
    return replace_entity(small_release(), "policy:p", labels=("Entity", "Policy"), attributes={})


@pytest.fixture
def small_engine(empty_engine: Engine) -> Engine:
    """Each engine in turn, with the small release."""
    load(empty_engine, small_release(), batch=SINGLE_BATCH)
    return empty_engine


@pytest.fixture
def shared_engine(small_engine: Engine) -> Engine:
    """The same, with a node of somebody else."""
    run_foreign_write(small_engine, CREATE_FOREIGN_NODE)
    return small_engine


def test_a_load_is_one_transaction_up_to_the_limit_and_several_above_it(shared_engine: Engine) -> None:
    plan = plan_load(shared_engine, relabelled_release())
    size = plan.created_count + plan.changed_count + plan.removed_count
    for batch, release in ((size, relabelled_release()), (size - 1, small_release())):
        run_foreign_write(shared_engine, "MATCH (t:Turn) SET t.at = t.at + 1")  # as a load that was killed leaves it
        reports: list[tuple[int, int]] = []

        def check_state(
            done_count: int, total: int, batch: int = batch, reports: list[tuple[int, int]] = reports
        ) -> None:
            state = read_state(shared_engine)
            assert (state.is_committing, state.is_loading) == (True, batch < size)
            reports.append((done_count, total))

        load(shared_engine, release, batch=batch, report_progress=check_state)
        assert database_content(shared_engine)["nodes"] == expected_content(release)["nodes"]
        assert database_content(shared_engine)["edges"] == expected_content(release)["edges"]
        assert reports[-1] == (size + 1, size + 1)  # the policy is removed and made anew
        assert {total for _, total in reports} == {size + 1}
        state = read_state(shared_engine)
        assert (state.is_committing, state.is_loading) == (False, False)


@pytest.mark.parametrize("stop_after", [1, 3, 6])
def test_a_load_interrupted_between_two_batches_is_finished_by_the_next(shared_engine: Engine, stop_after: int) -> None:
    def interrupt(done_count: int, _total: int) -> None:
        if done_count >= stop_after:
            raise KeyboardInterrupt

    new = relabelled_release()
    with pytest.raises(KeyboardInterrupt):
        load(shared_engine, new, batch=1, report_progress=interrupt)
    with pytest.raises(NotLoaded, match="interrupted"):
        SnapshotReader(shared_engine).read_stored_release()
    plan = plan_load(shared_engine, new)
    assert plan.created_count + plan.changed_count > 0
    finished = load(shared_engine, new, batch=1)
    assert not finished.is_unchanged
    assert (finished.created_count, finished.changed_count) == (plan.created_count, plan.changed_count)
    run_foreign_write(shared_engine, "MATCH (n:Account) DELETE n")
    assert database_content(shared_engine) == expected_content(new)
    assert SnapshotReader(shared_engine).read_stored_release().release == new.id


def test_a_load_during_which_another_one_was_written_does_not_claim_to_be_complete(shared_engine: Engine) -> None:
    def write_another(_done_count: int, _total: int) -> None:
        run_foreign_write(shared_engine, "MATCH (m:Release {id: 'current'}) SET m.release = 'another'")

    with pytest.raises(EngineError, match="another load wrote another release meanwhile"):
        load(shared_engine, relabelled_release(), batch=1, report_progress=write_another)
    stored = read_state(shared_engine).stored_release
    assert stored is not None
    assert (stored.release, stored.state) == ("another", "loading")


def test_a_load_in_batches_that_is_refused_at_its_beginning_ends_its_turn(
    shared_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_foreign_node(engine: Engine) -> None:
        run_foreign_write(engine, "CREATE (:Fund {id: 'theirs'})")

    run_foreign_write(shared_engine, "MATCH (m:Release {id: 'current'}) SET m.state = 'loading'")
    monkeypatch.setattr("vnkg.graph.store.load.define_indexes", add_foreign_node)
    with pytest.raises(LoadRefused, match="1 :Fund"):
        load(shared_engine, relabelled_release(), batch=SINGLE_BATCH)
    assert not read_state(shared_engine).is_committing


@pytest.mark.parametrize("batch", [1, SINGLE_BATCH])
def test_edges_of_one_start_and_type_are_changed_and_removed_each_by_itself(small_engine: Engine, batch: int) -> None:
    changes = {"fund:a": "past", "fund:b": None, "fund:c": None}
    edges = (
        dataclasses.replace(item, status=changes.get(item.object, item.status))
        for item in small_release().edges
        if item.object not in ("fund:b", "fund:c")
    )
    after = dataclasses.replace(small_release(), edges=tuple(edges))
    done = load(small_engine, after, batch=batch)
    assert (done.created_count, done.changed_count, done.removed_count) == (0, 1, 2)
    assert database_content(small_engine) == expected_content(after)


def test_every_kind_of_node_that_is_stored_has_a_unique_id(small_engine: Engine) -> None:
    labels = {label for row in small_engine.read("SHOW CONSTRAINTS") for label in row["labelsOrTypes"]}
    assert labels >= {*FAMILIES, "Release", "Turn"}


def test_a_plan_names_the_articles_that_come_and_go(small_engine: Engine) -> None:
    other = Entity("article:y", "Article", ("Entity", "Article"), "Y", ())
    more = dataclasses.replace(small_release(), entities=(*small_release().entities, other))
    plan = plan_load(small_engine, more)
    assert (plan.created_count, plan.articles_added, plan.articles_removed) == (1, ("article:y",), ())
    load(small_engine, more, batch=SINGLE_BATCH)
    plan = plan_load(small_engine, small_release())
    assert (plan.removed_count, plan.articles_added, plan.articles_removed) == (1, (), ("article:y",))
    assert [reason.partition("; name")[0] for reason in plan.refusals] == [
        "facts would be lost that are loaded now: article:y (0 statements)"
    ]
    assert plan_load(small_engine, small_release(), replace=True).refusals == ()
    retired = dataclasses.replace(small_release(), retired_ids=(("article:y", None),))
    assert plan_load(small_engine, retired).refusals == ()


def test_a_database_of_a_newer_version_is_refused(small_engine: Engine) -> None:
    run_foreign_write(small_engine, "MATCH (m:Release {id: 'current'}) SET m.layout = 5")
    for batch in (1, SINGLE_BATCH):
        with pytest.raises(LoadRefused, match="wrote the database in layout 5; this one writes layout 4"):
            load(small_engine, relabelled_release(), batch=batch)
    with pytest.raises(LoadRefused, match="or use that version"):
        plan_load(small_engine, small_release())


def test_foreign_relationships_at_any_kind_of_removed_node_are_reported(small_engine: Engine) -> None:
    run_foreign_write(small_engine, "MATCH (n:Name {text: 'Q'}) CREATE (:Account)-[:LIKES]->(n)-[:LIKES]->(n)")
    run_foreign_write(small_engine, "MATCH (n:Sentence) CREATE (:Account)-[:LIKES]->(n)")
    after = replace_entity(small_release(), "province:q", names=())
    with pytest.raises(LoadRefused) as refused:
        load(small_engine, dataclasses.replace(after, sentences=()), batch=SINGLE_BATCH)
    assert "write 2 relationship(s) [:LIKES] at :Name nodes" in str(refused.value)
    assert "write 1 relationship(s) [:LIKES] at :Sentence nodes" in str(refused.value)
    assert load(small_engine, relabelled_release(), batch=SINGLE_BATCH).removed_count == 0
