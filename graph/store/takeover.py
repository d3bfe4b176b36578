"""Take over a database written by an earlier version: verify it against its own hashes, then mark it as ours.

Layout 2 wrote the same nodes and edges as layout 3, with the same hashes, but without the mark `ownership.OWNER`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..engines.bolt import Engine, WriteTransaction
from ..errors import LoadRefused
from ..model.objects import Row
from ..model.stored_structure import MENTIONS, RELATIONSHIP_TYPES
from .foreign import ReadQuery, conflict_advice, describe_foreign_nodes
from .mapping import FAMILIES, LAYOUT, Relationship, edge_hash, node_hash
from .marker import MARKER, TURN
from .ownership import OWNER

CHUNK = 1_000
_ORDER_PROPERTIES = {"ABOUT": "about", "CONCERNS": "about", "RESTS_ON": "statements"}
"""Relationship types that a node can have several of, with the property that holds their end ids in order."""
_OUTGOING_EDGES = "MATCH (n)-[r]->(m:Entity) WHERE r.hash IS NOT NULL"


def verify(engine: Engine, expected_counts: Mapping[str, int]) -> int:
    """Check that the database is exactly what an earlier version wrote; return the number of nodes and relationships.

    `expected_counts` are those of the stored release's marker. Raises `LoadRefused` with the first mismatches.
    """
    verified_count = 0
    actual_counts: Counter[str] = Counter()
    family_condition = " OR ".join(f"x:{family}" for family in FAMILIES)
    reasons = [
        *describe_foreign_nodes(engine.read, f"({family_condition} OR (x.id = 'current' AND (x:{MARKER} OR x:{TURN})))")
    ]
    for family in FAMILIES:
        for ids in _id_chunks(engine.read, family) if not reasons else ():
            rows = _read_nodes(engine.read, family, ids)
            reasons += _mismatches(family, ids, rows)[:1]
            verified_count += len(rows) + sum(len(row["links"]) for row in rows)
            actual_counts.update(_count_keys(family, rows))
    count_mismatches = [
        f"{actual_counts[key]:,} {key} where it wrote {expected_counts[key]:,}"
        for key in expected_counts
        if _differs(key, actual_counts, expected_counts)
    ]
    if reasons or count_mismatches:
        raise LoadRefused(
            [
                "an earlier version of VNKG wrote this database, without marking what is its own, and what is there "
                f"now is not what it wrote: {'; '.join([*reasons, *count_mismatches])}",
                f"{conflict_advice(engine)}, or empty this one and load again",
            ]
        )
    return verified_count


def take_over(engine: Engine, batch: int) -> None:
    """Mark the verified nodes and relationships as ours; each transaction verifies again what it marks.

    A takeover that was interrupted is simply run again.
    """
    for family in FAMILIES:
        for ids in _id_chunks(engine.read, family, min(batch, CHUNK)):
            engine.write(lambda write, family=family, ids=ids: _mark(write, family, ids))

    def mark_marker(transaction: WriteTransaction) -> None:
        transaction.execute(f"MATCH (t:{TURN} {{id: 'current'}}) SET t += $mark", {"mark": OWNER})
        transaction.execute(
            f"MATCH (m:{MARKER} {{id: 'current'}}) SET m += $mark", {"mark": OWNER | {"layout": LAYOUT}}
        )

    engine.write(mark_marker)


def _mark(transaction: WriteTransaction, family: str, ids: Sequence[str]) -> None:
    mismatches = _mismatches(family, ids, _read_nodes(transaction.execute, family, ids))
    if mismatches:
        raise LoadRefused([f"the database was changed meanwhile: {mismatches[0]}"])
    match_nodes = f"UNWIND $ids AS id MATCH (n:{family} {{id: id}})"
    transaction.execute(f"{match_nodes} SET n += $mark", {"ids": ids, "mark": OWNER})
    if family == "Entity":
        transaction.execute(f"{match_nodes} {_OUTGOING_EDGES} SET r += $mark", {"ids": ids, "mark": OWNER})
    elif family in RELATIONSHIP_TYPES:
        transaction.execute(
            f"{match_nodes}-[r:{'|'.join(RELATIONSHIP_TYPES[family])}]->() SET r += $mark", {"ids": ids, "mark": OWNER}
        )


def _id_chunks(read: ReadQuery, family: str, chunk: int = CHUNK) -> Iterator[list[Any]]:
    ids = [row["id"] for row in read(f"MATCH (n:{family}) RETURN n.id AS id")]
    for start in range(0, len(ids), chunk):
        yield ids[start : start + chunk]


def _read_nodes(read: ReadQuery, family: str, ids: Sequence[str]) -> list[Row]:
    """Return `{labels, node, links: [{type, end, properties}]}` for each node; for an entity, `links` are its edges."""
    link_pattern = (
        _OUTGOING_EDGES
        if family == "Entity"
        else f"MATCH (n)-[r:{'|'.join(RELATIONSHIP_TYPES.get(family, ('NONE',)))}]->(m)"
    )
    text = (
        f"UNWIND $ids AS id MATCH (n:{family} {{id: id}}) RETURN labels(n) AS labels, properties(n) AS node, "
        f"COLLECT {{ {link_pattern} RETURN {{type: type(r), end: m.id, properties: properties(r)}} }} AS links"
    )
    return read(text, {"ids": ids})


def _mismatches(family: str, ids: Sequence[Any], rows: Sequence[Row]) -> list[str]:
    """Return a message for each node or edge that does not match its stored hash."""
    if len(rows) != len(ids):
        return [f"a :{family} node has no id of its own"]
    mismatches = [f"{row['node']['id']!r} is not as it was written" for row in rows if not _is_unchanged(family, row)]
    edges = [(row["node"]["id"], edge) for row in rows for edge in row["links"]] if family == "Entity" else []
    return mismatches + [
        f"a relationship [:{edge['type']}] of {start!r} is not as it was written"
        for start, edge in edges
        if edge["properties"].get("id") != f"{start} {edge['type']} {edge['end']}"
        or edge["properties"]["hash"] != edge_hash(_content(edge["properties"]))
    ]


def _is_unchanged(family: str, row: Row) -> bool:
    node, labels = row["node"], str(row["node"].get("hash", "")).rpartition(" ")[0].split(":")

    def relationship_position(relationship: Relationship) -> tuple[int, int]:
        end_ids: list[str] = node.get(_ORDER_PROPERTIES.get(relationship.type, ""), [])
        return RELATIONSHIP_TYPES[family].index(relationship.type), end_ids.index(
            relationship.end_id
        ) if relationship.end_id in end_ids else len(end_ids)

    stored_relationships = [
        Relationship(item["type"], "", item["end"], _content(item["properties"])) for item in row["links"]
    ]
    ordered_relationships = [] if family == "Entity" else sorted(stored_relationships, key=relationship_position)
    labels_match = labels[0] == family and sorted(labels) == sorted(row["labels"])
    return labels_match and node["hash"] == node_hash(labels, _content(node), ordered_relationships)


def _content(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in ("hash", *OWNER)}


def _count_keys(family: str, rows: Sequence[Row]) -> Iterator[str]:
    """Yield, for each object that was read, the key under which the marker counts it."""
    key_of_family = {
        "Entity": "entities",
        "Statement": "statements",
        "Sentence": "sentences",
        "Disagreement": "disagreements",
    }
    for row in rows if family in key_of_family else ():
        yield key_of_family[family]
        for edge in row["links"] if family == "Entity" else ():
            yield from ["mentions"] * len(edge["properties"]["lines"]) if edge["type"] == MENTIONS else ["edges"]


def _differs(key: str, actual_counts: Mapping[str, int], expected_counts: Mapping[str, int]) -> bool:
    return key in ("entities", "statements", "edges", "sentences", "disagreements", "mentions") and (
        actual_counts.get(key, 0) != expected_counts[key]
    )
