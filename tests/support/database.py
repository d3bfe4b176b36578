"""Queries and changes of a database that tests of several folders need."""

import json

from vnkg.graph.engines.bolt import Engine, WriteTransaction

SLOW = "UNWIND range(1, 1000000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x * y % 7 = 3 RETURN count(*) AS n"
WRITES = [
    "CREATE (n:Entity {id: 'x:1'})",
    "MERGE (n:Entity {id: 'x:1'}) RETURN n",
    "MATCH (n:Entity {id: 'x:0'}) SET n.name = 'other'",
    "MATCH (n:Entity {id: 'x:0'}) REMOVE n.name",
    "MATCH (n:Entity {id: 'x:0'}) DETACH DELETE n",
    "CREATE INDEX free IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    "UNWIND [1] AS one CALL (one) { CREATE (n:Entity {id: 'x:2'}) RETURN n } RETURN one",
]

CREATE_FOREIGN_NODE = "CREATE (:Account {id: 'theirs'})"
"""Beside foreign data, large loads are written in place on both engines."""
CREATE_FOREIGN_TIES = """
MATCH (a:Entity {id: 'province:aaa'}) MATCH (b:Entity {id: 'policy:57-nq-tw'}) MATCH (name:Name) WITH a, b, name LIMIT 1
CREATE (a)-[:OWNS]->(x:Account {id: 'x'}) CREATE (x)-[:OWNS {hash: 'theirs'}]->(b) CREATE (a)-[:IMPLEMENTS]->(b)
CREATE (b)-[:LIKES {since: 2020}]->(a) CREATE (name)-[:NAMES]->(b)
"""


def clear_database(engine: Engine) -> Engine:
    """Delete all nodes and return the engine. Constraints and indexes stay."""

    def empty(write: WriteTransaction) -> None:
        write.execute("MATCH (n) DETACH DELETE n")

    engine.write(empty)
    return engine


def database_dump(engine: Engine) -> list[str]:
    """All nodes and relationships of the database except our own turn."""
    nodes = engine.read(
        "MATCH (n) WHERE NOT (n:Turn AND n.owner IS NOT NULL) RETURN labels(n) AS labels, properties(n) AS properties"
    )
    edges = engine.read(
        "MATCH (a)-[r]->(b) RETURN coalesce(a.id, '') AS a, type(r) AS type, coalesce(b.id, '') AS b, "
        "properties(r) AS properties"
    )
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in [*nodes, *edges])


def run_foreign_write(engine: Engine, text: str) -> None:
    """Write to the database as another application would."""
    engine.write(lambda write: write.execute(text))


def count_foreign_ties(engine: Engine) -> int:
    """Return the number of relationships that are not ours."""
    return engine.read("MATCH ()-[r]->() WHERE r.owner IS NULL RETURN count(r) AS n")[0]["n"]
