"""Relations for an entity page: its edges by predicate and direction, each with its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ....graph.model.objects import DisagreementJson
from ....graph.model.schema import Property
from ....graph.reader.objects import EntityDetails, EntityEdge
from ...presenters.truncated import TruncatedList, truncate
from .evidence_budget import StatementIds
from .lines import PageLines


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge as a line of the page; `anchor` is its HTML id, `evidence_key` finds its evidence."""

    edge: EntityEdge
    anchor: str
    qualifiers: list[tuple[Property, Any]]
    evidence_key: StatementIds
    disagreements: list[DisagreementJson]


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The edges of one predicate and direction.

    `other_type` is the type of the other ends if there are several edges and all have the same type, else empty.
    """

    title: str
    other_type: str
    relations: TruncatedList[Relation]


def groups_of(entity: EntityDetails, lines: PageLines) -> Iterator[RelationGroup]:
    """Yield the edges of each predicate and direction: outgoing ones first, then incoming."""
    labels = lines.labels
    schema = labels.schema
    order = {key: sort_key for sort_key, key in enumerate(schema.edges)}
    relation_number = 0

    def sort_key(edge: EntityEdge) -> tuple[bool, int]:
        return edge["direction"] == "in", order.get(edge["predicate"], len(order))

    for _, members in groupby(sorted(entity["edges"], key=sort_key), key=sort_key):
        edges = truncate(members, lines.limit)
        relations: list[Relation] = []
        for edge in edges:
            relation_number += 1
            anchor = f"r{relation_number}"
            qualifiers = [
                qualifier for qualifier in labels.qualifiers(edge["predicate"], edge) if qualifier[1] != edge["as_of"]
            ]
            relations.append(Relation(edge, anchor, qualifiers, *lines.add(edge["statements"], anchor)))
        title = labels.edge_heading(edges.items[0]["predicate"], edges.items[0]["direction"])
        types = {edge["neighbour"]["type"] for edge in edges}
        other_type = types.pop() if len(types) == 1 and edges.count > 1 else ""
        yield RelationGroup(title, other_type, TruncatedList(relations, edges.left_out))
