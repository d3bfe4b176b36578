"""Take over a database written by an earlier version: verify it against its own hashes, then mark it as ours.

Layout 2 wrote the same nodes and edges as layout 3, with the same hashes, but without the mark `ownership.OWNER`.
"""

from collections.abc import Mapping, Sequence

from ..engines.bolt import Engine, WriteTransaction
from ..errors import LoadRefused
from ..model.stored_structure import RELATIONSHIP_TYPES
from .content import (
    CHUNK,
    OUTGOING_EDGES,
    StoredContent,
    changed_edges,
    changed_nodes,
    count_mismatches,
    id_chunks,
    read_content,
    read_nodes,
)
from .foreign import conflict_advice, describe_foreign_nodes
from .mapping import FAMILIES, LAYOUT
from .marker import MARKER, TURN
from .ownership import OWNER


def verify(engine: Engine, expected_counts: Mapping[str, int]) -> int:
    """Check that the database is exactly what an earlier version wrote; return the number of nodes and relationships.

    `expected_counts` are those of the stored release's marker. Raises `LoadRefused` with the first mismatches.
    """
    family_condition = " OR ".join(f"x:{family}" for family in FAMILIES)
    reasons = [
        *describe_foreign_nodes(engine.read, f"({family_condition} OR (x.id = 'current' AND (x:{MARKER} OR x:{TURN})))")
    ]
    content = StoredContent() if reasons else read_content(engine.read, is_legacy=True)
    reasons += [*content.findings, *count_mismatches(content, expected_counts)]
    if reasons:
        raise LoadRefused(
            [
                "an earlier version of VNKG wrote this database, without marking what is its own, and what is there "
                f"now is not what it wrote: {'; '.join(reasons)}",
                f"{conflict_advice(engine)}, or empty this one and load again",
            ]
        )
    return content.size


def take_over(engine: Engine, batch: int) -> None:
    """Mark the verified nodes and relationships as ours; each transaction verifies again what it marks.

    A takeover that was interrupted is simply run again.
    """
    for family in FAMILIES:
        for ids in id_chunks(engine.read, family, min(batch, CHUNK), is_legacy=True):
            engine.write(lambda write, family=family, ids=ids: _mark(write, family, ids))

    def mark_marker(transaction: WriteTransaction) -> None:
        transaction.execute(f"MATCH (t:{TURN} {{id: 'current'}}) SET t += $mark", {"mark": OWNER})
        transaction.execute(
            f"MATCH (m:{MARKER} {{id: 'current'}}) SET m += $mark", {"mark": OWNER | {"layout": LAYOUT}}
        )

    engine.write(mark_marker)


def _mark(transaction: WriteTransaction, family: str, ids: Sequence[str]) -> None:
    rows = read_nodes(transaction.execute, family, ids, is_legacy=True)
    changed_ids = [*changed_nodes(family, rows), *changed_edges(family, rows)]
    if changed_ids or len(rows) != len(ids):
        raise LoadRefused([f"the database was changed meanwhile: {', '.join(map(repr, changed_ids[:1] or ids[:1]))}"])
    match_nodes = f"UNWIND $ids AS id MATCH (n:{family} {{id: id}})"
    transaction.execute(f"{match_nodes} SET n += $mark", {"ids": ids, "mark": OWNER})
    if family == "Entity":
        transaction.execute(f"{match_nodes} {OUTGOING_EDGES} SET r += $mark", {"ids": ids, "mark": OWNER})
    elif family in RELATIONSHIP_TYPES:
        transaction.execute(
            f"{match_nodes}-[r:{'|'.join(RELATIONSHIP_TYPES[family])}]->() SET r += $mark", {"ids": ids, "mark": OWNER}
        )
