"""Foreign data, which is in the database but was not written by the store: found before a load, never changed.

The store's nodes and relationships have the mark `ownership.OWNER`. The functions that search for foreign data take
`read`, which runs one read query and returns its rows: `Engine.read`, or `WriteTransaction.execute` in a transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from ..engines.bolt import Engine
from ..errors import EngineError
from ..model.objects import Row
from ..model.schema import schema
from ..model.stored_structure import STATEMENT_LABELS, STORE_EDGE_PROPERTIES, STORE_NODE_PROPERTIES
from .mapping import FAMILIES
from .marker import MARKER, TURN, VANISHED_LABEL

FULLTEXT = ("Entity", "search")
IS_FOREIGN = "coalesce(x.owner, '') <> 'vnkg'"
"""Cypher condition: the node or relationship `x` was not written by the store."""

ReadQuery = Callable[..., list[Row]]


@cache
def owned_labels() -> tuple[str, ...]:
    """Return every label that the store puts on nodes."""
    return (*STORE_NODE_PROPERTIES, *STATEMENT_LABELS, *schema().nodes, *schema().kind_labels)


def describe_foreign_nodes(read: ReadQuery) -> Iterator[str]:
    """Yield one message, with labels and counts, if there are foreign nodes under the store's labels."""
    text = (
        f"MATCH (x:{'|'.join(owned_labels())}) WHERE {IS_FOREIGN} "
        "UNWIND labels(x) AS label RETURN label, count(*) AS nodes ORDER BY label"
    )
    counts = {row["label"]: row["nodes"] for row in read(text) if row["label"] in owned_labels()}
    if counts:
        counts_text = ", ".join(f"{count:,} :{label}" for label, count in counts.items())
        yield f"the database holds nodes that VNKG did not write under labels that VNKG uses: {counts_text}"


def count_foreign_objects(read: ReadQuery) -> int:
    """Return the number of all foreign nodes and relationships, under whatever labels."""
    return sum(
        read(f"MATCH {pattern} WHERE {IS_FOREIGN} RETURN count(x) AS n")[0]["n"] for pattern in ("(x)", "()-[x]->()")
    )


def describe_foreign_relationships(read: ReadQuery, removed_ids: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield a message for each type of foreign relationship at nodes (ids by family) that a load would remove."""
    for family, family_ids in removed_ids.items():
        text = (
            f"UNWIND $ids AS id MATCH (n:{family} {{id: id}})-[x]-() WHERE {IS_FOREIGN} "
            "RETURN type(x) AS type, count(DISTINCT x) AS relationships, min(id) AS id ORDER BY type"
        )
        for row in read(text, {"ids": list(family_ids)}) if family_ids else ():
            yield (
                f"VNKG did not write {row['relationships']:,} relationship(s) [:{row['type']}] at :{family} nodes that "
                f"this load removes or makes anew, such as {row['id']!r}; remove them first"
            )


def conflict_advice(engine: Engine) -> str:
    """Return advice, as part of a message, for a user who has other data in the database."""
    if engine.kind == "embedded":
        return "keep VNKG's data in a folder of its own (VNKG_DATA)"
    return (
        f"give VNKG a database of its own (NEO4J_DATABASE, now {engine.database!r}, or another server in NEO4J_URI, "
        f"now {engine.address})"
    )


def define_indexes(engine: Engine) -> None:
    """Create the store's constraints and indexes; equal ones that exist under another name stay.

    Raises `EngineError`, and creates nothing, if an existing constraint or index conflicts with them.
    """
    unique_keys: dict[str, tuple[str, str]] = {
        f"vnkg_{label.lower()}_id": (label, "id") for label in (*FAMILIES, MARKER, TURN, VANISHED_LABEL)
    }
    constraints = [
        f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for name, (label, key) in unique_keys.items()
    ]
    conflicts = sorted({*_conflicts(engine, unique_keys)})
    if conflicts:
        raise EngineError(
            f"{'; '.join(conflicts)}: VNKG cannot write beside that, and wrote "
            f"nothing; drop it, or {conflict_advice(engine)}"
        )
    engine.define([*constraints, "CREATE INDEX vnkg_name_key IF NOT EXISTS FOR (n:Name) ON (n.key)"], [FULLTEXT])


def _conflicts(engine: Engine, unique_keys: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yield a message for each constraint or index that prevents the store from creating its own or writing nodes."""
    expected_keys = {**unique_keys, "vnkg_name_key": ("Name", "key"), f"{FULLTEXT[0]}[{FULLTEXT[1]}]": FULLTEXT}
    owned_names = {*owned_labels(), *schema().edges, *STORE_EDGE_PROPERTIES}
    for row in engine.read("SHOW CONSTRAINTS"):
        is_harmless = "UNIQUENESS" in row["type"] and "id" in row["properties"]
        # The embedded engine lists the type of an indexed property as a constraint; we write only text there.
        is_harmless = is_harmless or (
            row["propertyType"] == "STRING" and row["properties"] in (["id"], ["key"], ["search"])
        )
        if _is_name_conflict(row, expected_keys) or (
            owned_names.intersection(row["labelsOrTypes"]) and not is_harmless
        ):
            yield f"there is a constraint {_describe(row)}"
    for row in engine.read("SHOW INDEXES"):
        is_duplicate = row["type"] == "RANGE" and _label_and_keys(row) in unique_keys.values()
        if row["owningConstraint"] is None and (_is_name_conflict(row, expected_keys) or is_duplicate):
            yield f"there is an index {_describe(row)}"


def _is_name_conflict(row: Row, expected_keys: Mapping[str, tuple[str, str]]) -> bool:
    return row["name"] in expected_keys and _label_and_keys(row) != expected_keys[row["name"]]


def _label_and_keys(row: Row) -> tuple[Any, ...]:
    return (*(row["labelsOrTypes"] or ()), *(row["properties"] or ()))


def _describe(row: Row) -> str:
    return f"{row['name']!r} ({row['type']} on :{'|:'.join(row['labelsOrTypes'])}({', '.join(row['properties'])}))"
