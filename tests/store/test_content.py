"""Whatever is stored otherwise than it was written is found, and a forced load repairs it."""

import dataclasses
from collections.abc import Iterator

import pytest

from tests.support.database import (
    CREATE_FOREIGN_TIES,
    clear_database,
    count_foreign_ties,
    database_dump,
    run_foreign_write,
)
from tests.support.invented_graph import release
from tests.support.releases import replace_entity, small_release
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import NotFound, NotLoaded, RemovedId
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.store.content import check_content
from vnkg.graph.store.load import load, plan_load

SINGLE_BATCH = 10_000
CHANGES = {
    "a property is changed": "MATCH (n:Entity {id: 'province:aaa'}) SET n.name = 'Other'",
    "a property is added": "MATCH (n:Statement) WITH n ORDER BY n.id LIMIT 1 SET n.rank = 1",
    "a property is removed": "MATCH (n:Name) WITH n ORDER BY n.id LIMIT 1 REMOVE n.key",
    "an id is changed": "MATCH (n:Sentence) WITH n ORDER BY n.id LIMIT 1 SET n.id = 'sentence:other'",
    "an id is removed": "MATCH (n:Sentence) WITH n ORDER BY n.id LIMIT 1 REMOVE n.id",
    "content and hash are those of another": "MATCH (a:Reading) WITH a ORDER BY a.id LIMIT 1 MATCH (b:Reading) "
    "WHERE b.id > a.id WITH a, b ORDER BY b.id LIMIT 1 SET a.gloss = b.gloss, a.hash = b.hash",
    "a name is removed": "MATCH (n:Name) WITH n ORDER BY n.id LIMIT 1 DETACH DELETE n",
    "a retired id is removed": "MATCH (n:Retired) WITH n LIMIT 1 DELETE n",
    "an entity is added": "CREATE (:Entity:Fund {id: 'fund:new', name: 'New', owner: 'vnkg'})",
    "an edge is removed": "MATCH (:Entity)-[r:IMPLEMENTS]->(:Entity) WITH r LIMIT 1 DELETE r",
    "an edge is added": "MATCH (a:Entity {id: 'province:aaa'}) MATCH (b:Entity {id: 'policy:57-nq-tw'}) "
    "CREATE (a)-[:ISSUED {id: 'province:aaa ISSUED policy:57-nq-tw', hash: 'x', owner: 'vnkg'}]->(b)",
    "a property of an edge is changed": "MATCH (:Entity)-[r:MENTIONS]->(:Entity) WITH r LIMIT 1 SET r.lines = [99]",
    "an edge leads elsewhere": "MATCH (a)-[r:IMPLEMENTS]->(:Entity {id: 'policy:57-nq-tw'}) WITH a, r, properties(r) AS p "
    "LIMIT 1 MATCH (b:Entity {id: 'policy:1-xx-yy'}) DELETE r CREATE (a)-[n:IMPLEMENTS]->(b) SET n = p",
    "a place of a passage is changed": "MATCH (s:Statement)-[r:STATED_IN]->() WITH s, r ORDER BY s.id SKIP 1 LIMIT 1 SET r.line = 99",
    "a topic is added": "MATCH (s:Statement) MATCH (e:Entity {id: 'province:aaa'}) WITH s, e ORDER BY s.id DESC LIMIT 1 "
    "CREATE (s)-[:ABOUT {owner: 'vnkg'}]->(e)",
    "the marker names another release": "MATCH (m:Release) SET m.data_date = '1999-01-01'",
}


@pytest.fixture(scope="module")
def own_engine(engine: Engine) -> Iterator[Engine]:
    """Each engine in turn; emptied at the end."""
    yield clear_database(engine)
    clear_database(engine)


@pytest.fixture
def loaded_engine(own_engine: Engine) -> Engine:
    """Each engine in turn, with the invented release."""
    load(own_engine, release(), batch=SINGLE_BATCH)
    assert check_content(own_engine) == ()
    return own_engine


def test_every_change_by_hand_is_found_and_all_are_repaired_by_a_forced_load(loaded_engine: Engine) -> None:
    expected_dump, findings, missed = database_dump(loaded_engine), check_content(loaded_engine), list[str]()
    for name, text in CHANGES.items():
        run_foreign_write(loaded_engine, text)
        previous_findings, findings = findings, check_content(loaded_engine)
        missed += [name] if findings == previous_findings else []
    assert missed == []
    load(loaded_engine, release(), batch=SINGLE_BATCH, rebuild=True)
    assert check_content(loaded_engine) == ()
    assert database_dump(loaded_engine) == expected_dump


def test_a_finding_says_what_how_many_and_which(loaded_engine: Engine) -> None:
    run_foreign_write(loaded_engine, "MATCH (n:Entity {id: 'province:aaa'}) SET n.name = 'Other'")
    count = loaded_engine.read("MATCH (n:Name) RETURN count(n) AS n")[0]["n"]
    run_foreign_write(loaded_engine, "MATCH (n:Name) WITH n ORDER BY n.id LIMIT 1 DETACH DELETE n")
    assert check_content(loaded_engine) == (
        "Entity: 1 not as they were written, such as 'province:aaa'",
        f"Name: {count - 1} are stored, {count} were written",
    )
    load(loaded_engine, release(), batch=SINGLE_BATCH, rebuild=True)


def test_foreign_data_is_no_damage_and_outlives_a_forced_load(own_engine: Engine) -> None:
    load(clear_database(own_engine), release(), batch=SINGLE_BATCH)
    run_foreign_write(own_engine, CREATE_FOREIGN_TIES)
    foreign_count = count_foreign_ties(own_engine)
    assert check_content(own_engine) == ()
    run_foreign_write(own_engine, "MATCH (n:Entity {id: 'province:aaa'}) SET n.name = 'Other'")
    load(own_engine, release(), batch=SINGLE_BATCH, rebuild=True)
    assert check_content(own_engine) == ()
    assert count_foreign_ties(own_engine) == foreign_count > 0
    clear_database(own_engine)


def test_an_empty_database_has_no_content_to_check(own_engine: Engine) -> None:
    with pytest.raises(NotLoaded, match="vnkg load"):
        check_content(clear_database(own_engine))


def test_a_release_of_an_earlier_version_gets_its_digests_with_the_next_load(loaded_engine: Engine) -> None:
    run_foreign_write(loaded_engine, "MATCH (m:Release) REMOVE m.digests")
    run_foreign_write(loaded_engine, "MATCH (n:Name) WITH n ORDER BY n.id LIMIT 1 DETACH DELETE n")
    assert plan_load(loaded_engine, release()).refusals == ()
    result = load(loaded_engine, release(), batch=SINGLE_BATCH)
    assert (result.is_unchanged, result.created_count) == (False, 1)
    assert check_content(loaded_engine) == ()


# Vanished ids


def remove_entity(original: Release, entity_id: str) -> Release:
    """Return the small release without an entity, and without edges to it."""
    return dataclasses.replace(
        original,
        entities=tuple(entity for entity in original.entities if entity.id != entity_id),
        edges=tuple(edge for edge in original.edges if entity_id not in (edge.subject, edge.object)),
    )


@pytest.mark.parametrize("batch", [SINGLE_BATCH, 3])
def test_an_id_that_vanishes_is_remembered_until_it_comes_back(own_engine: Engine, batch: int) -> None:
    first, second = small_release(), remove_entity(small_release(), "fund:c")
    third = dataclasses.replace(replace_entity(second, "fund:a", name="A"), disagreements=())
    reader = Graph(own_engine, schema(), catalogue())
    load(clear_database(own_engine), first, batch=batch)
    with pytest.raises(NotFound):
        reader.entity("fund:d")
    for later in (second, third):
        load(own_engine, later, batch=batch)
        with pytest.raises(RemovedId) as gone:
            reader.entity("fund:c")
        assert str(gone.value) == f"fund:c was in the graph until release {first.id} and is not in it any more"
    assert check_content(own_engine) == ()
    with pytest.raises(RemovedId, match=second.id):
        reader.disagreement("disagreement:1")
    load(own_engine, third, batch=batch, rebuild=True)
    with pytest.raises(RemovedId, match=first.id):
        reader.entity("fund:c")
    load(own_engine, first, batch=batch)
    assert reader.entity("fund:c")["name"] == "fund:c"
    assert own_engine.read("MATCH (v:Vanished) RETURN v.id AS id") == []
    clear_database(own_engine)


def test_a_retired_id_is_not_among_the_vanished_ones(own_engine: Engine) -> None:
    load(clear_database(own_engine), small_release(), batch=SINGLE_BATCH)
    retired = dataclasses.replace(remove_entity(small_release(), "fund:c"), retired_ids=(("fund:c", None),))
    load(own_engine, retired, batch=SINGLE_BATCH)
    with pytest.raises(RemovedId, match="will not come back"):
        Graph(own_engine, schema(), catalogue()).entity("fund:c")
    assert own_engine.read("MATCH (v:Vanished) RETURN v.id AS id") == []
    clear_database(own_engine)
