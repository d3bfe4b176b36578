"""Foreign data, which is in the database but was not written by the store: found before a load, never changed.

The store's nodes and relationships have the mark `ownership.OWNER`. The functions that search for foreign data take
`read`, which runs one read query and returns its rows: `Engine.read`, or `WriteTransaction.execute` in a transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..catalogue.cypher_lint import FIXED_EDGES, FIXED_NODES, STATEMENT_LABELS
from ..engines.bolt import Engine, Row
from ..errors import EngineError
from ..model.schema import schema
from .mapping import FAMILIES, LINKS
from .marker import MARKER, TURN

FULLTEXT = ("Entity", "search")
LEGACY = 2
"""The last version of `mapping.LAYOUT` that wrote no ownership marks."""
IS_OURS = "x.owner = 'vnkg'"
"""Cypher condition: the node or relationship `x` was written by the store."""
WAS_OURS = f"(x.hash IS NOT NULL OR type(x) IN {[kind for kinds in LINKS.values() for kind in kinds]})"
"""The same for a relationship `x` in a database of `LEGACY_LAYOUT`."""

Read = Callable[..., list[Row]]


def labels() -> tuple[str, ...]:
    """Return every label that the store puts on nodes."""
    return (*FIXED_NODES, *STATEMENT_LABELS, *schema().nodes, *schema().extra_labels)


def foreign_nodes(read: Read, is_ours: str = IS_OURS) -> Iterator[str]:
    """Yield one message, with labels and counts, if there are foreign nodes under the store's labels."""
    text = (
        f"MATCH (x:{'|'.join(labels())}) WHERE NOT coalesce({is_ours}, false) "
        "UNWIND labels(x) AS label RETURN label, count(*) AS nodes ORDER BY label"
    )
    counts = {row["label"]: row["nodes"] for row in read(text) if row["label"] in labels()}
    if counts:
        counted = ", ".join(f"{count:,} :{label}" for label, count in counts.items())
        yield f"the database holds nodes that VNKG did not write under labels that VNKG uses: {counted}"


def foreign_relationships(read: Read, ids: Mapping[str, Iterable[str]], is_ours: str = IS_OURS) -> Iterator[str]:
    """Yield a message for each type of foreign relationship at nodes (ids by family) that a load would remove."""
    for family, removed in ids.items():
        text = (
            f"UNWIND $ids AS id MATCH (n:{family} {{id: id}})-[x]-() WHERE NOT coalesce({is_ours}, false) "
            "RETURN type(x) AS type, count(DISTINCT x) AS relationships, min(id) AS id ORDER BY type"
        )
        for row in read(text, {"ids": list(removed)}) if removed else ():
            yield (
                f"VNKG did not write {row['relationships']:,} relationship(s) [:{row['type']}] at :{family} nodes that "
                f"this load removes or makes anew, such as {row['id']!r}; remove them first"
            )


def way_out(engine: Engine) -> str:
    """Return advice, as part of a message, for a user who has other data in the database."""
    if engine.kind == "embedded":
        return "keep VNKG's data in a folder of its own (VNKG_DATA)"
    return (
        f"give VNKG a database of its own (NEO4J_DATABASE, now {engine.database!r}, or another server in NEO4J_URI, "
        f"now {engine.address})"
    )


def define(engine: Engine) -> None:
    """Create the store's constraints and indexes; equal ones that exist under another name stay.

    Raises `EngineError`, and creates nothing, if an existing constraint or index conflicts with them.
    """
    wanted: dict[str, tuple[str, str]] = {
        f"vnkg_{label.lower()}_id": (label, "id") for label in (*FAMILIES, MARKER, TURN)
    }
    unique = [
        f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for name, (label, key) in wanted.items()
    ]
    conflicts = sorted({*_conflicts(engine, wanted)})
    if conflicts:
        raise EngineError(
            f"{'; '.join(conflicts)}: VNKG cannot write beside that, and wrote nothing; drop it, or {way_out(engine)}"
        )
    engine.define([*unique, "CREATE INDEX vnkg_name_key IF NOT EXISTS FOR (n:Name) ON (n.key)"], [FULLTEXT])


def _conflicts(engine: Engine, unique: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yield a message for each constraint or index that prevents the store from creating its own or writing nodes."""
    named = {**unique, "vnkg_name_key": ("Name", "key"), f"{FULLTEXT[0]}[{FULLTEXT[1]}]": FULLTEXT}
    used = {*labels(), *schema().edges, *FIXED_EDGES}
    for row in engine.read("SHOW CONSTRAINTS"):
        harmless = "UNIQUENESS" in row["type"] and "id" in row["properties"]
        # The embedded engine lists the type of an indexed property as a constraint; we write only text there.
        harmless = harmless or (row["propertyType"] == "STRING" and row["properties"] in (["id"], ["key"], ["search"]))
        if _taken(row, named) or (used.intersection(row["labelsOrTypes"]) and not harmless):
            yield f"there is a constraint {_shown(row)}"
    for row in engine.read("SHOW INDEXES"):
        same = row["type"] == "RANGE" and _of(row) in unique.values()
        if row["owningConstraint"] is None and (_taken(row, named) or same):
            yield f"there is an index {_shown(row)}"


def _taken(row: Row, named: Mapping[str, tuple[str, str]]) -> bool:
    return row["name"] in named and _of(row) != named[row["name"]]


def _of(row: Row) -> tuple[Any, ...]:
    return (*(row["labelsOrTypes"] or ()), *(row["properties"] or ()))


def _shown(row: Row) -> str:
    return f"{row['name']!r} ({row['type']} on :{'|:'.join(row['labelsOrTypes'])}({', '.join(row['properties'])}))"
