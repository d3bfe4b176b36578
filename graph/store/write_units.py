"""The queries that write a difference, as units that each run in one transaction. Pure: composes text and rows.

Only this module and `load` compose write queries, and only from names that the schema or `mapping` declare.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..model.objects import Row
from ..model.stored_structure import RELATIONSHIP_TYPES
from .diff import Difference
from .mapping import FAMILIES, NodeItem
from .marker import VANISHED_LABEL
from .ownership import OWNER, OWNER_PATTERN

CHUNK_ROWS = 1_000
"""Maximum number of rows of one UNWIND; small enough for the embedded engine's time limit, which includes writes."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WriteUnit:
    """Queries, each with its rows, that must run in one transaction; `size` is the number of changes."""

    queries: Sequence[tuple[str, Sequence[Any]]]
    size: int


def write_units(changes: Difference, chunk: int) -> Iterator[WriteUnit]:
    """Yield all changes, ordered so that both end nodes exist when a relationship is created."""
    yield from _removal_units(changes, chunk)
    for family in FAMILIES:
        new_nodes = [item for item in changes.new_nodes if item.family == family]
        for labels, group in _group_by(new_nodes, lambda item: ":".join(item.labels)):
            text = f"UNWIND $rows AS row CREATE (n:{labels} {{id: row.id}}) SET n = row"
            for part in _chunks(group, chunk):
                yield WriteUnit(
                    [(text, [item.properties | OWNER for item in part]), *_create_relationships(family, part)],
                    len(part),
                )
        text = f"UNWIND $rows AS row MATCH (n:{family} {{id: row.id}}) WHERE n.owner = 'vnkg' SET n = row"
        for part in _chunks([item for item in changes.changed_nodes if item.family == family], chunk):
            runs = [
                (text, [item.properties | OWNER for item in part]),
                *_delete_relationships(family, part),
                *_create_relationships(family, part),
            ]
            yield WriteUnit(runs, len(part))
    for kind, edges in _group_by(changes.new_edges, lambda edge: edge.type):
        text = (
            "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties"
        )
        for part in _chunks(edges, chunk):
            rows = [
                {"start": edge.start_id, "end": edge.end_id, "properties": edge.properties | OWNER} for edge in part
            ]
            yield WriteUnit([(text, rows)], len(part))
    for kind, edges in _group_by(changes.changed_edges, lambda edge: edge.type):
        # One scan over the edges of each start node: looking them up one by one takes minutes for a node with
        # thousands.
        text = (
            f"UNWIND $rows AS row MATCH (:Entity {{id: row.start}})-[r:{kind} {OWNER_PATTERN}]->() "
            "WITH r, row.edges[r.id] AS properties WHERE properties IS NOT NULL SET r = properties"
        )
        for part in _chunks(sorted(edges, key=lambda edge: edge.start_id), chunk):
            edges_by_start = _group_by(part, lambda edge: edge.start_id)
            rows = [
                {"start": start, "edges": {edge.id: edge.properties | OWNER for edge in start_edges}}
                for start, start_edges in edges_by_start
            ]
            yield WriteUnit([(text, rows)], len(part))


def clear_hashes(nodes: Iterable[NodeItem], chunk: int) -> Iterator[WriteUnit]:
    """Yield what empties the hashes of nodes, so that they count as changed until they are written again."""
    for family, group in _group_by(nodes, lambda item: item.family):
        for rows in _chunks([item.id for item in group], chunk):
            yield WriteUnit(
                [(f"UNWIND $rows AS id MATCH (n:{family} {{id: id}}) WHERE n.owner = 'vnkg' SET n.hash = ''", rows)], 0
            )


def clear_relationships(changes: Difference, chunk: int) -> Iterator[WriteUnit]:
    """Yield what deletes all relationships that the store wrote, and its nodes without an id."""
    for family in FAMILIES:
        node = f"(n:{family} {OWNER_PATTERN})"
        texts = [
            f"MATCH {node}-[r {OWNER_PATTERN}]-() WHERE n.id IS NULL DELETE r",
            f"MATCH {node} WHERE n.id IS NULL DELETE n",
        ]
        yield WriteUnit([(text, []) for text in texts], 0)
        ids = {*(item.id for item in changes.changed_nodes if item.family == family), *changes.removed_ids[family]}
        text = f"UNWIND $rows AS id MATCH (:{family} {{id: id}})-[r {OWNER_PATTERN}]->() DELETE r"
        yield from (WriteUnit([(text, rows)], 0) for rows in _chunks(sorted(ids), chunk))


def remember_units(rows: Collection[Row]) -> Iterator[WriteUnit]:
    """Yield what remembers ids that vanish; the rows are the properties of the nodes to create."""
    text = f"UNWIND $rows AS row MERGE (v:{VANISHED_LABEL} {{id: row.id}}) ON CREATE SET v = row"
    yield from (WriteUnit([(text, chunk)], 0) for chunk in _chunks(rows, CHUNK_ROWS))


def forget_units(ids: Collection[str]) -> Iterator[WriteUnit]:
    """Yield what forgets ids that had vanished."""
    text = f"UNWIND $rows AS id MATCH (v:{VANISHED_LABEL} {{id: id}}) WHERE v.owner = 'vnkg' DELETE v"
    yield from (WriteUnit([(text, chunk)], 0) for chunk in _chunks(ids, CHUNK_ROWS))


def group_into_transactions(units: Iterable[WriteUnit], batch: int) -> Iterator[list[WriteUnit]]:
    """Group units into transactions of at most `batch` changes; a unit that is larger gets its own."""
    group: list[WriteUnit] = []
    for unit in units:
        if group and sum(grouped_unit.size for grouped_unit in group) + unit.size > batch:
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _removal_units(changes: Difference, chunk: int) -> Iterator[WriteUnit]:
    for kind, ids in _group_by(changes.removed_edge_ids, lambda edge: edge.split(" ")[1]):
        text = (
            f"UNWIND $rows AS row MATCH (:Entity {{id: row.start}})-[r:{kind} {OWNER_PATTERN}]->() "
            "WITH r, row WHERE r.id IN row.ids DELETE r"
        )
        for part in _chunks(ids, chunk):
            ids_by_start = _group_by(part, lambda edge: edge.split(" ")[0])
            yield WriteUnit(
                [(text, [{"start": start, "ids": edge_ids} for start, edge_ids in ids_by_start])], len(part)
            )
    for family in reversed(FAMILIES):
        start = f"UNWIND $rows AS id MATCH (n:{family} {{id: id}})"
        # Not DETACH DELETE: the engine must refuse to delete a node to which somebody has just attached foreign data.
        texts = [f"{start}-[r {OWNER_PATTERN}]-() WITH DISTINCT r DELETE r", f"{start} WHERE n.owner = 'vnkg' DELETE n"]
        for rows in _chunks(changes.removed_ids[family], chunk):
            yield WriteUnit([(text, rows) for text in texts], len(rows))


def _delete_relationships(family: str, nodes: Iterable[NodeItem]) -> Iterator[tuple[str, list[str]]]:
    if family in RELATIONSHIP_TYPES:
        text = (
            f"UNWIND $rows AS id MATCH (:{family} {{id: id}})-[r:{'|'.join(RELATIONSHIP_TYPES[family])} "
            f"{OWNER_PATTERN}]->() DELETE r"
        )
        yield text, [item.id for item in nodes]


def _create_relationships(family: str, nodes: Iterable[NodeItem]) -> Iterator[tuple[str, list[Row]]]:
    relationships = [(item.id, relationship) for item in nodes for relationship in item.relationships]
    for ends, group in _group_by(relationships, lambda pair: f"{pair[1].type} {pair[1].family}"):
        kind, end = ends.split(" ")
        text = (
            f"UNWIND $rows AS row MATCH (n:{family} {{id: row.id}}) MATCH (m:{end} {{id: row.end}}) "
            f"CREATE (n)-[r:{kind}]->(m) SET r = row.properties"
        )
        yield (
            text,
            [
                {"id": start, "end": relationship.end_id, "properties": relationship.properties | OWNER}
                for start, relationship in group
            ],
        )


def _group_by(values: Iterable[T], group_key: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for value in values:
        groups[group_key(value)].append(value)
    return sorted(groups.items(), key=lambda pair: pair[0])


def _chunks(values: Collection[T], chunk_rows: int) -> Iterator[list[T]]:
    all_values = list(values)
    for start in range(0, len(all_values), chunk_rows):
        yield all_values[start : start + chunk_rows]
