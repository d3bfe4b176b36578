"""Releases and database contents for the tests of the store."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.support.invented_graph import release
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Disagreement, Mention, Name, Passage, Reading, Sentence, Statement
from vnkg.graph.model.release import Edge, Entity, Release
from vnkg.graph.model.schema import schema
from vnkg.graph.model.stored_structure import RELATIONSHIP_TYPES
from vnkg.graph.settings import Settings
from vnkg.graph.store.mapping import FAMILIES, release_items
from vnkg.graph.store.ownership import OWNER

LOADER = """
import json, os, signal, sys
from tests.support.releases import release_with_funds
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings
from vnkg.graph.store.load import load

version, count, batch, until = map(int, sys.argv[1:])

def progress(done, total):
    if done >= until:
        os.kill(os.getpid(), signal.SIGKILL)

with Engine.open(Settings()) as engine:
    load(engine, release_with_funds(count, version), report_progress=progress, batch=batch)
"""


def replace_entity(original: Release, entity_id: str, **changes: object) -> Release:
    """Return the release with one entity changed."""
    return dataclasses.replace(
        original,
        entities=tuple(dataclasses.replace(e, **changes) if e.id == entity_id else e for e in original.entities),
    )


def release_with_funds(count: int, version: int) -> Release:
    """Return the invented release with `count` more funds; entities and edges differ between versions."""
    made = release()
    more = [f"fund:more-{number}" for number in range(count)]
    entities = [*made.entities, *(Entity(fund, "Fund", ("Entity", "Fund"), fund, ()) for fund in more)]
    edges = [
        *made.edges,
        *(Edge("province:aaa", "HAS", fund, "existing", "stated", None, (), 1, 1) for fund in more),
    ]
    return dataclasses.replace(
        made,
        entities=tuple(dataclasses.replace(e, attributes={**e.attributes, "version": version}) for e in entities),
        edges=tuple(dataclasses.replace(e, as_of=str(version)) for e in edges),
    )


def small_release() -> Release:
    """A release with something of everything, in which the policy is at either end of edges and links."""
    passage = Passage("article:x", 1, 0, 9, "0" * 64)
    funds = [f"fund:{letter}" for letter in "abc"]
    triples = [("province:q", "IMPLEMENTS", "policy:p"), ("policy:p", "SUPPORTS", "province:q")]
    return Release(
        entities=(
            Entity("article:x", "Article", ("Entity", "Article"), "X", (), None, {"published": "2025-01-01"}),
            Entity("policy:p", "Policy", ("Entity", "Policy", "Plan"), "P", (Name("P", "en"),), None, {"kind": "plan"}),
            Entity("province:q", "Province", ("Entity", "Province"), "Q", (Name("Q", "vi"),)),
            *(Entity(fund, "Fund", ("Entity", "Fund"), fund, ()) for fund in funds),
        ),
        statements=tuple(
            Statement(f"statement:{number}", "relation", "province:q", "stated", "a gloss", predicate="IMPLEMENTS",
                      object="policy:p", about=("policy:p", "fund:a"), passage=passage)
            for number in (1, 2)
        ),
        edges=tuple(
            Edge(*triple, "existing", "stated", None, ("statement:1",), 1, 1)
            for triple in (*triples, *(("province:q", "HAS", fund) for fund in funds))
        ),
        disagreements=(
            Disagreement("disagreement:1", "value", ("policy:p", "fund:b", "fund:a"),
                         (Reading(("statement:2", "statement:1"), "one"), Reading((), "two"))),
        ),
        mentions=(Mention("article:x", "policy:p", 1, 0, 1),),
        sentences=(Sentence("sentence:x-1-0", passage, ("statement:1", "statement:2")),),
        retired_ids=(("policy:old", "policy:p"),),
    )  # fmt: skip


def small_version(version: int) -> Release:
    """Return a version of the small release, which all its entities and edges have as a property."""
    made = small_release()
    return dataclasses.replace(
        made,
        entities=tuple(dataclasses.replace(e, attributes={**e.attributes, "version": version}) for e in made.entities),
        edges=tuple(dataclasses.replace(e, as_of=str(version)) for e in made.edges),
    )


def load_and_kill(
    settings: Settings, repository: Path, version: int, count: int, *, batch: int, stop_after: int
) -> None:
    """Load in another process, which kills itself after `stop_after` changes."""
    given = {"VNKG_DATA": str(settings.data), "PYTHONPATH": str(repository)}
    if settings.neo4j_uri:
        given |= {
            "NEO4J_URI": settings.neo4j_uri,
            "NEO4J_USERNAME": settings.neo4j_username,
            "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
            "NEO4J_DATABASE": settings.neo4j_database,
        }
    words = [str(number) for number in (version, count, batch, stop_after)]
    done = subprocess.run([sys.executable, "-c", LOADER, *words], env=os.environ | given, check=False)
    assert done.returncode == -9


def database_content(engine: Engine) -> dict[str, Any]:
    """Return everything the database contains of a release."""
    nodes: dict[str, Any] = {}
    links: list[Any] = []
    for family in FAMILIES:
        for row in engine.read(f"MATCH (n:{family}) RETURN labels(n) AS labels, properties(n) AS properties"):
            nodes[f"{family} {row['properties']['id']}"] = [sorted(row["labels"]), row["properties"]]
        if family in RELATIONSHIP_TYPES:
            text = f"MATCH (n:{family})-[r:{'|'.join(RELATIONSHIP_TYPES[family])}]->(m) "
            rows = engine.read(text + "RETURN n.id AS start, type(r) AS type, m.id AS end, properties(r) AS properties")
            links += [[family, *row.values()] for row in rows]
    text = "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties"
    return {
        "nodes": nodes,
        "links": sorted(map(_text, links)),
        "edges": sorted(_text(list(row.values())) for row in engine.read(text)),
        "all nodes": engine.read(
            "MATCH (n) WHERE NOT n:Release AND NOT n:Turn AND NOT n:Vanished RETURN count(n) AS n"
        )[0]["n"],
        "all edges": engine.read("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"],
    }


def expected_content(stored_release: Release) -> dict[str, Any]:
    """Return what the database should contain of a release: all of it, marked as ours."""
    wanted = release_items(stored_release)
    nodes = {
        f"{family} {item.id}": [sorted(item.labels), item.properties | OWNER]
        for family in FAMILIES
        for item in wanted.nodes[family].values()
    }
    links = [
        [family, item.id, link.type, link.end_id, link.properties | OWNER]
        for family in FAMILIES
        for item in wanted.nodes[family].values()
        for link in item.relationships
    ]
    edges = [[edge.start_id, edge.type, edge.end_id, edge.properties | OWNER] for edge in wanted.edges.values()]
    return {
        "nodes": nodes,
        "links": sorted(map(_text, links)),
        "edges": sorted(map(_text, edges)),
        "all nodes": len(nodes),
        "all edges": len(links) + len(edges),
    }


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


ARTICLE_IDS = ("article:900", "article:901")
ENTITY_IDS = ("policy:p0", "policy:p1", "fund:f0", "fund:f1", "province:a", "province:b", "person:x")
TYPES = {"article": "Article", "policy": "Policy", "fund": "Fund", "province": "Province", "person": "Person"}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.builds(
    Name,
    text=words.filter(bool),
    language=st.sampled_from(["vi", "en"]),
    kind=st.sampled_from(list(schema().name_kinds)),
    article=st.none() | st.sampled_from(ARTICLE_IDS),
)
optional_words = st.none() | words
statuses = st.none() | st.sampled_from(list(schema().statuses))
passages = st.builds(
    Passage,
    article=st.sampled_from(ARTICLE_IDS),
    line=st.integers(1, 9),
    start=st.integers(0, 9),
    end=st.integers(9, 99),
    sha256=st.just("0" * 64),
)


@st.composite
def entities(draw: st.DrawFn, entity_id: str) -> Entity:
    """An entity with an id; a policy's labels may differ between releases."""
    node = schema().nodes[TYPES[entity_id.partition(":")[0]]]
    attributes: dict[str, Any] = {}
    if node.key == "Policy":
        attributes["kind"] = draw(st.sampled_from(["resolution", "plan"]))
    if node.key == "Province":
        attributes |= draw(st.fixed_dictionaries({}, optional={"population": st.integers(0, 2**40), "code": words}))
    found = draw(st.lists(names, max_size=3, unique=True))
    return Entity(
        entity_id, node.key, schema().labels(node, attributes), draw(words), tuple(found), draw(statuses), attributes
    )


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """A small release without dangling references."""
    chosen = draw(st.lists(st.sampled_from(ENTITY_IDS), min_size=1, unique=True))
    known = st.sampled_from([*ARTICLE_IDS, *chosen])
    triples = st.tuples(known, st.sampled_from(["IMPLEMENTS", "PART_OF", "PLANS"]), known)
    statements = [
        Statement(
            f"statement:{number}",
            draw(st.sampled_from(["relation", "measurement", "claim"])),
            draw(known),
            "stated",
            draw(words),
            predicate=draw(st.none() | st.just("IMPLEMENTS")),
            object=draw(st.none() | known),
            value=draw(
                st.none() | words | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
            ),
            status=draw(statuses),
            speaker=draw(st.none() | known),
            about=tuple(draw(st.lists(known, max_size=2))),
            qualifiers=draw(st.fixed_dictionaries({}, optional={"head": st.booleans(), "title": words})),
            passage=draw(st.none() | passages),
            source=draw(optional_words),
        )
        for number in draw(st.lists(st.integers(0, 9), max_size=4, unique=True))
    ]
    told = st.lists(st.sampled_from([s.id for s in statements]), unique=True) if statements else st.just([])
    readings = st.builds(Reading, statements=told.map(tuple), gloss=words)
    return Release(
        entities=tuple(draw(entities(entity_id)) for entity_id in [*ARTICLE_IDS, *chosen]),
        statements=tuple(statements),
        edges=tuple(
            Edge(
                a,
                predicate,
                b,
                draw(statuses),
                "stated",
                draw(optional_words),
                tuple(draw(told)),
                1,
                1,
                draw(st.just({}) | st.just({"implementation": "explicit"})),
            )
            for a, predicate, b in draw(st.lists(triples, max_size=5, unique=True))
        ),
        disagreements=tuple(
            Disagreement(
                f"disagreement:{number}",
                "value",
                tuple(draw(st.lists(known, max_size=2))),
                tuple(draw(st.lists(readings, max_size=2))),
                draw(words),
                draw(st.none() | st.just(0)),
                draw(optional_words),
            )
            for number in draw(st.lists(st.integers(0, 3), max_size=2, unique=True))
        ),
        mentions=tuple(
            draw(
                st.lists(
                    st.builds(
                        Mention,
                        article=st.sampled_from(ARTICLE_IDS),
                        entity=known,
                        line=st.integers(1, 3),
                        start=st.just(0),
                        end=st.integers(1, 3),
                    ),
                    max_size=4,
                    unique=True,
                )
            )
        ),
        sentences=tuple(
            Sentence(f"sentence:{number}", draw(passages), tuple(draw(told)), draw(optional_words))
            for number in draw(st.lists(st.integers(0, 3), max_size=2, unique=True))
        ),
        retired_ids=tuple(
            (f"place:old-{number}", draw(st.none() | known)) for number in draw(st.sets(st.integers(0, 2)))
        ),
    )
