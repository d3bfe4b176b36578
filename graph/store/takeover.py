"""Take over a database written by an earlier version: verify it against its own hashes, then mark it as ours.

Layout 2 wrote the same nodes and edges as layout 3, with the same hashes, but without the mark `ownership.OWNER`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..engines.bolt import Engine, Row, Write
from ..errors import LoadRefused
from .foreign import Read, foreign_nodes, way_out
from .mapping import FAMILIES, LAYOUT, LINKS, MENTIONS, Link, edge_hash, node_hash
from .marker import MARKER, TURN
from .ownership import OWNER

CHUNK = 1_000
_ORDERED = {"ABOUT": "about", "CONCERNS": "about", "RESTS_ON": "statements"}
"""Relationship types that a node can have several of, with the property that holds their end ids in order."""
_EDGES_OUT = "MATCH (n)-[r]->(m:Entity) WHERE r.hash IS NOT NULL"


def verify(engine: Engine, counts: Mapping[str, int]) -> int:
    """Check that the database is exactly what an earlier version wrote; return the number of nodes and relationships.

    `expected_counts` are those of the stored release's marker. Raises `LoadRefused` with the first mismatches.
    """
    whole = 0
    found: Counter[str] = Counter()
    known = " OR ".join(f"x:{family}" for family in FAMILIES)
    reasons = [*foreign_nodes(engine.read, f"({known} OR (x.id = 'current' AND (x:{MARKER} OR x:{TURN})))")]
    for family in FAMILIES:
        for ids in _ids(engine.read, family) if not reasons else ():
            rows = _rows(engine.read, family, ids)
            reasons += _faults(family, ids, rows)[:1]
            whole += len(rows) + sum(len(row["links"]) for row in rows)
            found.update(_counted(family, rows))
    wrong = [
        f"{found[what]:,} {what} where it wrote {counts[what]:,}" for what in counts if _differs(what, found, counts)
    ]
    if reasons or wrong:
        raise LoadRefused(
            [
                "an earlier version of VNKG wrote this database, without marking what is its own, and what is there "
                f"now is not what it wrote: {'; '.join([*reasons, *wrong])}",
                f"{way_out(engine)}, or empty this one and load again",
            ]
        )
    return whole


def take_over(engine: Engine, batch: int) -> None:
    """Mark the verified nodes and relationships as ours; each transaction verifies again what it marks.

    A takeover that was interrupted is simply run again.
    """
    for family in FAMILIES:
        for ids in _ids(engine.read, family, min(batch, CHUNK)):
            engine.write(lambda write, family=family, ids=ids: _mark(write, family, ids))

    def end(write: Write) -> None:
        write.run(f"MATCH (t:{TURN} {{id: 'current'}}) SET t += $mark", {"mark": OWNER})
        write.run(f"MATCH (m:{MARKER} {{id: 'current'}}) SET m += $mark", {"mark": OWNER | {"layout": LAYOUT}})

    engine.write(end)


def _mark(write: Write, family: str, ids: Sequence[str]) -> None:
    faults = _faults(family, ids, _rows(write.run, family, ids))
    if faults:
        raise LoadRefused([f"the database was changed meanwhile: {faults[0]}"])
    start = f"UNWIND $ids AS id MATCH (n:{family} {{id: id}})"
    write.run(f"{start} SET n += $mark", {"ids": ids, "mark": OWNER})
    if family == "Entity":
        write.run(f"{start} {_EDGES_OUT} SET r += $mark", {"ids": ids, "mark": OWNER})
    elif family in LINKS:
        write.run(f"{start}-[r:{'|'.join(LINKS[family])}]->() SET r += $mark", {"ids": ids, "mark": OWNER})


def _ids(read: Read, family: str, chunk: int = CHUNK) -> Iterator[list[Any]]:
    ids = [row["id"] for row in read(f"MATCH (n:{family}) RETURN n.id AS id")]
    for start in range(0, len(ids), chunk):
        yield ids[start : start + chunk]


def _rows(read: Read, family: str, ids: Sequence[str]) -> list[Row]:
    """Return `{labels, node, links: [{type, end, properties}]}` for each node; for an entity, `links` are its edges."""
    out = _EDGES_OUT if family == "Entity" else f"MATCH (n)-[r:{'|'.join(LINKS.get(family, ('NONE',)))}]->(m)"
    text = (
        f"UNWIND $ids AS id MATCH (n:{family} {{id: id}}) RETURN labels(n) AS labels, properties(n) AS node, "
        f"COLLECT {{ {out} RETURN {{type: type(r), end: m.id, properties: properties(r)}} }} AS links"
    )
    return read(text, {"ids": ids})


def _faults(family: str, ids: Sequence[Any], rows: Sequence[Row]) -> list[str]:
    """Return a message for each node or edge that does not match its stored hash."""
    if len(rows) != len(ids):
        return [f"a :{family} node has no id of its own"]
    faults = [f"{row['node']['id']!r} is not as it was written" for row in rows if not _is_whole(family, row)]
    edges = [(row["node"]["id"], edge) for row in rows for edge in row["links"]] if family == "Entity" else []
    return faults + [
        f"a relationship [:{edge['type']}] of {start!r} is not as it was written"
        for start, edge in edges
        if edge["properties"].get("id") != f"{start} {edge['type']} {edge['end']}"
        or edge["properties"]["hash"] != edge_hash(_content(edge["properties"]))
    ]


def _is_whole(family: str, row: Row) -> bool:
    node, wanted = row["node"], str(row["node"].get("hash", "")).rpartition(" ")[0].split(":")

    def place(link: Link) -> tuple[int, int]:
        ends: list[str] = node.get(_ORDERED.get(link.type, ""), [])
        return LINKS[family].index(link.type), ends.index(link.end) if link.end in ends else len(ends)

    found = [Link(item["type"], "", item["end"], _content(item["properties"])) for item in row["links"]]
    links = [] if family == "Entity" else sorted(found, key=place)
    same = wanted[0] == family and sorted(wanted) == sorted(row["labels"])
    return same and node["hash"] == node_hash(wanted, _content(node), links)


def _content(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key not in ("hash", *OWNER)}


def _counted(family: str, rows: Sequence[Row]) -> Iterator[str]:
    """Yield, for each object that was read, the key under which the marker counts it."""
    what = {"Entity": "entities", "Statement": "statements", "Sentence": "sentences", "Disagreement": "disagreements"}
    for row in rows if family in what else ():
        yield what[family]
        for edge in row["links"] if family == "Entity" else ():
            yield from ["mentions"] * len(edge["properties"]["lines"]) if edge["type"] == MENTIONS else ["edges"]


def _differs(what: str, found: Mapping[str, int], counts: Mapping[str, int]) -> bool:
    return what in ("entities", "statements", "edges", "sentences", "disagreements", "mentions") and (
        found.get(what, 0) != counts[what]
    )
