"""A database written by the previous version, without marks: taken over only if it contains just what was written."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.database import clear_database, database_dump, run_foreign_write
from tests.support.invented_graph import release
from tests.support.releases import database_content, expected_content, release_with_funds, releases, small_release
from tests.support.requirements import torture_count
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import LoadRefused
from vnkg.graph.model.release import Release
from vnkg.graph.store import foreign, takeover
from vnkg.graph.store.load import load, plan_load
from vnkg.graph.store.mapping import LAYOUT
from vnkg.graph.store.marker import read_state

SINGLE_BATCH = 10_000


def load_in_layout_2(engine: Engine, source_release: Release) -> Engine:
    """Load a release as layout 2 stored it: the same, without marks."""
    load(clear_database(engine), source_release, batch=SINGLE_BATCH)
    for text in ("MATCH (n) REMOVE n.owner", "MATCH ()-[r]->() REMOVE r.owner", "MATCH (m:Release) SET m.layout = 2"):
        run_foreign_write(engine, text)
    return engine


@pytest.fixture
def legacy_engine(engine: Engine) -> Iterator[Engine]:
    """Each engine in turn, with the invented release as layout 2 stored it."""
    yield load_in_layout_2(engine, release())
    clear_database(engine)


@pytest.mark.parametrize("batch", [SINGLE_BATCH, 5])
def test_the_same_release_is_marked_and_nothing_else(legacy_engine: Engine, batch: int) -> None:
    planned = plan_load(legacy_engine, release())
    done = load(legacy_engine, release(), batch=batch)
    wanted = expected_content(release())
    assert done.taken_over_count == planned.taken_over_count == wanted["all nodes"] + wanted["all edges"]
    assert (done.created_count, done.changed_count, done.removed_count) == (0, 0, 0)
    assert database_content(legacy_engine) == wanted
    there = read_state(legacy_engine).stored_release
    assert there is not None
    assert (there.layout, there.has_owner_marks) == (LAYOUT, True)
    assert load(legacy_engine, release(), batch=batch).is_unchanged


def test_lists_of_statements_and_entities_are_verified_in_their_order(empty_engine: Engine) -> None:
    load_in_layout_2(empty_engine, small_release())
    assert load(empty_engine, small_release(), batch=SINGLE_BATCH).taken_over_count > 0
    assert database_content(empty_engine) == expected_content(small_release())


@settings(max_examples=torture_count(5))
@given(first_release=releases(), second_release=releases(), batch=st.sampled_from([7, SINGLE_BATCH]))
def test_any_release_is_taken_over_and_followed_by_any_other(
    engine: Engine, first_release: Release, second_release: Release, batch: int
) -> None:
    load_in_layout_2(engine, first_release)
    load(engine, second_release, batch=batch)
    assert database_content(engine) == expected_content(second_release)


@pytest.mark.parametrize("text", [
    "MATCH (n:Entity {id: 'province:aaa'}) SET n.name = 'Theirs'",
    "MATCH (n:Entity {id: 'province:aaa'}) SET n.note = 'theirs'",
    "CREATE (:Entity {id: 'crm-1', hash: 'Entity 0123456789abcdef'})",
    "CREATE (:Name)",
    "CREATE (:Fund {id: 'fund:theirs'})",
    "CREATE (:Release {id: 'v1'})",
    "MATCH (n:Disagreement) WITH n LIMIT 1 MATCH (r:Reading)-[:READING_OF]->(n) DETACH DELETE n",
    "MATCH (:Entity)-[r:IMPLEMENTS]->(:Entity) WITH r LIMIT 1 DELETE r",
    "MATCH (:Entity)-[r:IMPLEMENTS]->(:Entity) WITH r LIMIT 1 SET r.status = 'past'",
    "MATCH (a)-[r:IMPLEMENTS]->(:Entity {id: 'policy:57-nq-tw'}) WITH a, r, properties(r) AS p LIMIT 1 "
    "MATCH (b:Entity {id: 'policy:1-xx-yy'}) DELETE r CREATE (a)-[n:IMPLEMENTS]->(b) SET n = p",
    "MATCH (:Entity)-[r:MENTIONS]->(:Entity) DELETE r",
    "MATCH (n:Sentence) WITH n LIMIT 1 DETACH DELETE n",
    "MATCH (n:Statement) WHERE NOT (n)<--() WITH n LIMIT 1 DETACH DELETE n",
    "MATCH (s:Statement) MATCH (e:Entity {id: 'province:aaa'}) WITH s, e LIMIT 1 CREATE (s)-[:ABOUT]->(e)",
    "MATCH (:Statement)-[r:STATED_IN]->() WITH r LIMIT 1 SET r.line = 99",
    "MATCH (m:Release) SET m.layout = 1",
    "MATCH (m:Release) SET m.state = 'loading', m.counts = '{\"entities\": 1}'",
])  # fmt: skip
def test_changed_content_is_refused_with_the_reason(legacy_engine: Engine, text: str) -> None:
    run_foreign_write(legacy_engine, text)
    there = database_dump(legacy_engine)
    for work in (
        lambda: load(legacy_engine, release(), batch=SINGLE_BATCH),
        lambda: plan_load(legacy_engine, release()),
    ):
        with pytest.raises(LoadRefused, match=r"is not what it wrote: .+|in layout 1;"):
            work()
    assert database_dump(legacy_engine) == there


def test_foreign_relationships_are_left_alone(legacy_engine: Engine) -> None:
    run_foreign_write(legacy_engine, "MATCH (a:Entity {id: 'province:aaa'}) MATCH (b:Entity {id: 'policy:57-nq-tw'}) "
                   "CREATE (:Account)-[:OWNS]->(a) CREATE (a)-[:IMPLEMENTS]->(b)")  # fmt: skip
    load(legacy_engine, release_with_funds(3, 1), batch=SINGLE_BATCH)
    rows = legacy_engine.read("MATCH ()-[r]->() WHERE r.owner IS NULL RETURN type(r) AS type ORDER BY type")
    assert rows == [{"type": "IMPLEMENTS"}, {"type": "OWNS"}]


def test_an_interrupted_takeover_is_finished(legacy_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(takeover, "FAMILIES", ("Entity",))
        patch.setattr(takeover, "LAYOUT", foreign.LEGACY_LAYOUT)
        takeover.take_over(legacy_engine, 5)
        legacy_engine.write(lambda write: write.execute("MATCH (m:Release) REMOVE m.owner"))
    assert legacy_engine.read("MATCH (n:Entity {owner: 'vnkg'}) RETURN count(n) > 0 AS some") == [{"some": True}]
    assert legacy_engine.read("MATCH (n:Name {owner: 'vnkg'}) RETURN count(n) AS n") == [{"n": 0}]
    assert load(legacy_engine, release(), batch=SINGLE_BATCH).taken_over_count > 0
    assert database_content(legacy_engine) == expected_content(release())


def test_content_changed_during_a_takeover_is_not_marked(
    legacy_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vnkg.graph.store.load.verify", lambda *_: 1)
    run_foreign_write(legacy_engine, "MATCH (n:Entity {id: 'province:aaa'}) SET n.name = 'Theirs'")
    with pytest.raises(LoadRefused, match="changed meanwhile: 'province:aaa'"):
        load(legacy_engine, release(), batch=SINGLE_BATCH)
    assert legacy_engine.read("MATCH (n:Entity {id: 'province:aaa'}) RETURN n.owner AS owner, n.name AS name") == [
        {"owner": None, "name": "Theirs"}
    ]
