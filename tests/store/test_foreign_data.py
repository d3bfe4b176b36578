"""Foreign data in the database: never changed, removed or shown, and a load is refused where it conflicts."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.database import (
    CREATE_FOREIGN_TIES,
    clear_database,
    count_foreign_ties,
    database_dump,
    run_foreign_write,
)
from tests.support.invented_graph import release
from tests.support.releases import (
    database_content,
    expected_content,
    release_with_funds,
    replace_entity,
    small_release,
)
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import EngineError, LoadRefused, NotLoaded
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.model.stored_structure import STORE_EDGE_PROPERTIES
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import foreign
from vnkg.graph.store import load as store
from vnkg.graph.store.load import load, plan_load
from vnkg.graph.store.marker import read_state
from vnkg.graph.store.snapshot import SnapshotReader
from vnkg.loaders import read_facts

SINGLE_BATCH = 10_000
BATCHES = [SINGLE_BATCH, 60]
"""One transaction and several for the loads below, which change some hundred nodes and edges."""
FOREIGN_LABELS = ("Entity", "Name", "Fund", "Resolution", "Claim", "Release", "Turn")


@pytest.fixture
def loaded_engine(empty_engine: Engine) -> Engine:
    """Each engine in turn, with the invented release loaded."""
    load(empty_engine, release(), batch=SINGLE_BATCH)
    return empty_engine


def test_a_database_with_foreign_nodes_under_our_labels_is_refused(empty_engine: Engine) -> None:
    for label in FOREIGN_LABELS:
        count = 1000 if label == "Entity" else 2
        run_foreign_write(
            empty_engine, f"UNWIND range(1, {count}) AS n CREATE (:{label} {{id: 'crm-' + n}})-[:OWNS]->(:Account)"
        )
        expected = f"under labels that VNKG uses: {count:,} :{label}"
        before = database_dump(empty_engine)
        with pytest.raises(LoadRefused, match=expected) as refused:
            load(empty_engine, release(), batch=SINGLE_BATCH)
        assert ("VNKG_DATA" if empty_engine.kind == "embedded" else "NEO4J_DATABASE") in str(refused.value)
        assert database_dump(empty_engine) == before
        assert any(expected in reason for reason in plan_load(empty_engine, release()).refusals)
        clear_database(empty_engine)


def test_foreign_nodes_added_after_a_load_are_refused_by_the_next_one(loaded_engine: Engine) -> None:
    run_foreign_write(loaded_engine, "CREATE (:Customer:Entity:Fund {id: 'fund:theirs'})-[:OWNS]->(:Account)")
    before = database_dump(loaded_engine)
    with pytest.raises(LoadRefused, match="under labels that VNKG uses: 1 :Entity, 1 :Fund"):
        load(loaded_engine, release_with_funds(3, 1), batch=SINGLE_BATCH)
    assert database_dump(loaded_engine) == before


def test_the_check_is_repeated_in_the_transaction(loaded_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(engine: Engine) -> None:
        run_foreign_write(loaded_engine, "CREATE (:Entity {id: 'late'})")
        foreign.define_indexes(engine)

    monkeypatch.setattr(store, "define_indexes", late)
    for batch in BATCHES:
        run_foreign_write(loaded_engine, "MATCH (n:Entity {id: 'late'}) DELETE n")
        before = database_dump(loaded_engine)
        with pytest.raises(LoadRefused, match=r"1 :Entity|1 nodes or relationships were added meanwhile"):
            load(loaded_engine, release_with_funds(3, 1), batch=batch)
        assert len(database_dump(loaded_engine)) == len(before) + 1
        state = read_state(loaded_engine)
        assert (state.is_loading, state.is_committing) == (False, False)


def test_foreign_relationships_on_our_nodes_survive_every_load(loaded_engine: Engine) -> None:
    run_foreign_write(loaded_engine, CREATE_FOREIGN_TIES)
    after = replace_entity(release_with_funds(3, 1), "province:aaa", name="Aaa mới")
    for made, batch in ((after, BATCHES[1]), (release(), BATCHES[1]), (after, BATCHES[0]), (release(), BATCHES[0])):
        load(loaded_engine, made, batch=batch)
        assert count_foreign_ties(loaded_engine) == 5
    run_foreign_write(loaded_engine, "MATCH ()-[r]->() WHERE r.owner IS NULL DELETE r")
    run_foreign_write(loaded_engine, "MATCH (x:Account) DELETE x")
    assert database_content(loaded_engine) == expected_content(release())


def remove_fund(original: Release, entity_id: str) -> Release:
    """The release without a fund that `release_with_funds` added."""
    return dataclasses.replace(
        original,
        entities=tuple(e for e in original.entities if e.id != entity_id),
        edges=tuple(e for e in original.edges if e.object != entity_id),
    )


def test_a_node_with_foreign_relationships_is_not_removed(empty_engine: Engine) -> None:
    load(empty_engine, release_with_funds(3, 1), batch=SINGLE_BATCH)
    run_foreign_write(
        empty_engine, "MATCH (f:Fund {id: 'fund:more-1'}) CREATE (:Account)-[:OWNS]->(f)-[:LIKES]->(:Account)"
    )
    after = remove_fund(release_with_funds(3, 1), "fund:more-1")
    before = database_dump(empty_engine)
    with pytest.raises(LoadRefused, match=r"1 relationship\(s\) \[:OWNS\] at :Entity .*'fund:more-1'") as refused:
        load(empty_engine, after, batch=SINGLE_BATCH)
    assert "[:LIKES]" in str(refused.value)
    assert database_dump(empty_engine) == before
    run_foreign_write(empty_engine, "MATCH (a:Account) DETACH DELETE a")
    load(empty_engine, after, batch=SINGLE_BATCH)
    assert database_content(empty_engine) == expected_content(after)


def test_a_node_with_foreign_relationships_is_not_recreated(loaded_engine: Engine) -> None:
    run_foreign_write(loaded_engine, "MATCH (p:Policy {id: 'policy:57-nq-tw'}) CREATE (:Account)-[:ABOUT]->(p)")
    before = database_dump(loaded_engine)
    with pytest.raises(LoadRefused, match=r"\[:ABOUT\].*'policy:57-nq-tw'"):
        load(
            loaded_engine, replace_entity(release(), "policy:57-nq-tw", labels=("Entity", "Policy")), batch=SINGLE_BATCH
        )
    assert database_dump(loaded_engine) == before


def test_a_node_tied_after_the_check_is_kept(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    load(empty_engine, release_with_funds(3, 1), batch=SINGLE_BATCH)
    run_foreign_write(empty_engine, "MATCH (f:Fund {id: 'fund:more-1'}) CREATE (:Account)-[:OWNS]->(f)")
    before = database_dump(empty_engine)
    monkeypatch.setattr(store, "describe_foreign_relationships", lambda *_: iter(()))
    with pytest.raises(EngineError, match="relationships"):
        load(empty_engine, remove_fund(release_with_funds(3, 1), "fund:more-1"), batch=SINGLE_BATCH)
    assert database_dump(empty_engine) == before


def test_a_foreign_release_marker_and_turn_are_not_mistaken_for_ours(empty_engine: Engine) -> None:
    run_foreign_write(empty_engine, "CREATE (:Release {id: 'v1', title: 'x'}) CREATE (:Turn {id: 'left', at: 'x'})")
    assert read_state(empty_engine).stored_release is None
    with pytest.raises(NotLoaded):
        SnapshotReader(empty_engine).read_stored_release()
    clear_database(empty_engine)
    run_foreign_write(
        empty_engine, "CREATE (:Release {id: 'current', title: 'x'}) CREATE (:Turn {id: 'current', at: 'x'})"
    )
    state = read_state(empty_engine)
    assert (state.stored_release, state.is_committing) == (None, False)
    with pytest.raises(LoadRefused, match="1 :Release, 1 :Turn"):
        load(empty_engine, release(), batch=SINGLE_BATCH)


def test_a_reader_finds_our_release_marker_among_foreign_ones(loaded_engine: Engine) -> None:
    before = read_state(loaded_engine)
    run_foreign_write(
        loaded_engine, "CREATE (:Release {id: 'v1', title: 'x'}) CREATE (:Release) CREATE (:Turn {id: 'left', at: 3})"
    )
    assert read_state(loaded_engine) == before
    assert SnapshotReader(loaded_engine).read_stored_release().release == release().id


def test_a_load_that_would_lose_articles_is_refused_without_replace(loaded_engine: Engine) -> None:
    nothing = Release((), (), (), (), (), (), ())
    before = database_dump(loaded_engine)
    statements = sum(s.passage is not None and s.passage.article == "article:i01" for s in release().statements)
    with pytest.raises(LoadRefused, match=rf"article:i01 \({statements} statements\)") as refused:
        load(loaded_engine, nothing, batch=SINGLE_BATCH)
    assert "--also" in str(refused.value)
    assert "--replace" in str(refused.value)
    assert database_dump(loaded_engine) == before
    assert plan_load(loaded_engine, nothing, replace=True).articles_removed == ("article:i00", "article:i01")
    load(
        loaded_engine,
        dataclasses.replace(nothing, retired_ids=(("article:i00", None), ("article:i01", None))),
        batch=SINGLE_BATCH,
    )
    assert read_state(loaded_engine).stored_release is not None


@pytest.mark.parametrize("batch", BATCHES)
def test_a_plan_predicts_the_load_and_writes_nothing(loaded_engine: Engine, batch: int) -> None:
    after = replace_entity(release_with_funds(3, 1), "policy:57-nq-tw", labels=("Entity", "Policy"))
    before = database_dump(loaded_engine)
    planned = plan_load(loaded_engine, after)
    assert database_dump(loaded_engine) == before
    done = load(loaded_engine, after, batch=batch)
    assert (planned.created_count, planned.changed_count, planned.removed_count) == (
        done.created_count,
        done.changed_count,
        done.removed_count,
    )
    assert planned.refusals == ()
    assert plan_load(loaded_engine, after).created_count == 0


def answers(graph: Graph, step: int) -> dict[str, Any]:
    """The results of every read and of every query, or of every `step`th."""
    queries = list(graph.queries.items())[::step]
    told: dict[str, Any] = {name: graph.query(name, query.example) for name, query in queries}
    ids = ["province:hai-phong", "policy:57-nq-tw", "article:002", "agency:most", "fund:hai-phong-venture-capital"]
    for one in ids:
        told |= {f"{one} {work.__name__}": work(one) for work in (graph.entity, graph.entity_numbers, graph.statements)}
        told[f"{one} around"] = graph.neighbourhood(one, depth=2)
        told[f"{one} path"] = {k: v for k, v in graph.paths(one, "province:quang-ninh").items() if k != "search_extent"}
    told |= {"articles": graph.articles(), "numbers": graph.article_numbers(), "article": graph.article("article:002")}
    told |= {
        "mentions": graph.mentions("article:002"),
        "disagreements": graph.disagreements(),
        "whole": graph.best_connected(),
    }
    told |= {
        "report": graph.report(),
        "entities": graph.entities(limit=100),
        "cluster": graph.province_subgraph(ids[0]),
    }
    told |= {"example": graph.worked_example(), "shared": graph.shared_indicators(), "dates": graph.dates()}
    told |= {
        "foreign names": graph.foreign_names(),
        "search": graph.search("quỹ"),
        "among": graph.induced_subgraph(ids),
    }
    first = graph.statements(ids[0])[0]["id"]
    return told | {"statement": graph.statement_context(first), "edges": graph.edges_of([first])}


def test_foreign_data_appears_in_no_answer(empty_engine: Engine) -> None:
    step = 12 if empty_engine.kind == "neo4j" else 1  # Neo4j plans each query anew, which takes long
    load(empty_engine, merge(read_facts(), schema()), batch=SINGLE_BATCH)
    graph = Graph(empty_engine, schema(), catalogue())
    before = answers(graph, step)
    pairs = [
        ("province:hai-phong", "policy:57-nq-tw"),
        ("agency:most", "fund:hai-phong-venture-capital"),
        ("article:002", "province:quang-ninh"),
        *((statement["id"], "agency:most") for statement in graph.statements("agency:most")[:3]),
    ]
    families = {label: "Entity:" if label in schema().nodes else "" for label in foreign.owned_labels()}
    nodes = [f"(:{family}{label} {{id: 'theirs {label}'}})" for label, family in families.items()]
    kinds = [*schema().edges, *STORE_EDGE_PROPERTIES, "OWNS"]
    ties = " ".join(f"CREATE (a)-[:{kind}]->(b) CREATE (b)-[:{kind} {{id: 'theirs'}}]->(a)" for kind in kinds)
    run_foreign_write(empty_engine, f"CREATE {', '.join(nodes)}")
    rows = [{"a": a, "b": b} for a, b in (*pairs, *((f"theirs {label}", "province:hai-phong") for label in families))]
    create_ties = f"UNWIND $rows AS row MATCH (a {{id: row.a}}) MATCH (b:Entity {{id: row.b}}) {ties}"
    empty_engine.write(lambda write: write.execute(create_ties, {"rows": rows}))
    assert count_foreign_ties(empty_engine) == 2 * len(kinds) * len(rows)
    after = answers(Graph(empty_engine, schema(), catalogue()), step)
    assert [name for name in before if after[name] != before[name]] == []


# These change the schema, after which Neo4j plans every query anew: they come last.


@pytest.fixture
def constraint(empty_engine: Engine) -> Iterator[Engine]:
    """Each engine in turn, with a foreign constraint."""
    empty_engine.define(["CREATE CONSTRAINT crm IF NOT EXISTS FOR (n:Province) REQUIRE n.name IS UNIQUE"])
    yield empty_engine
    empty_engine.define(["DROP CONSTRAINT crm"])


def test_a_conflicting_foreign_constraint_is_named_before_anything_is_written(constraint: Engine) -> None:
    with pytest.raises(EngineError, match=r"'crm' \(UNIQUENESS on :Province\(name\)\)"):
        load(constraint, release(), batch=SINGLE_BATCH)
    assert database_dump(constraint) == []
    assert "crm" in {row["name"] for row in constraint.read("SHOW CONSTRAINTS")}


def test_a_conflicting_foreign_index_is_named_before_anything_is_written(neo4j_settings: Settings) -> None:
    # The embedded engine names indexes itself, and turns an existing one into a unique one.
    with Engine.open(neo4j_settings) as engine:
        foreign.define_indexes(clear_database(engine))
        engine.define(["DROP CONSTRAINT vnkg_retired_id", "CREATE INDEX crm FOR (n:Retired) ON (n.id)"])
        try:
            with pytest.raises(EngineError, match=r"'crm' \(RANGE on :Retired\(id\)\)"):
                load(engine, release(), batch=SINGLE_BATCH)
            assert database_dump(engine) == []
            assert "crm" in {row["name"] for row in engine.read("SHOW INDEXES")}
        finally:
            engine.define(["DROP INDEX crm"])


def test_an_equal_constraint_under_another_name_is_accepted(empty_engine: Engine) -> None:
    foreign.define_indexes(empty_engine)
    names = [row["name"] for row in empty_engine.read("SHOW CONSTRAINTS") if row["labelsOrTypes"] == ["Retired"]]
    texts = [f"DROP CONSTRAINT {name}" for name in names]
    empty_engine.define([*texts, "CREATE CONSTRAINT crm FOR (n:Retired) REQUIRE n.id IS UNIQUE"])
    try:
        load(empty_engine, small_release(), batch=SINGLE_BATCH)
        assert database_content(empty_engine) == expected_content(small_release())
    finally:
        empty_engine.define(["DROP CONSTRAINT crm"])
