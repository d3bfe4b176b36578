"""Relations for an entity page: its edges by predicate and direction, each with its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ....graph.model.schema import Property
from ...i18n.labels import Labels
from ...presenters.truncated import Beginning, beginning
from .disagreements import Doubts
from .evidence_budget import Ids, Shelf

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge as a line of the page; `anchor` is its HTML id, `evidence_key` finds its evidence."""

    edge: Json
    anchor: str
    qualifiers: list[tuple[Property, Any]]
    line: Ids
    doubts: list[Json]


@dataclass(frozen=True, slots=True)
class Group:
    """The edges of one predicate and direction.

    `other_type` is the type of the other ends if there are several edges and all have the same type, else empty.
    """

    title: str
    others: str
    relations: Beginning[Relation]


def groups_of(entity: Json, labels: Labels, shelf: Shelf, doubts: Doubts, most: int) -> Iterator[Group]:
    """Yield at most `limit` edges of each predicate and direction: outgoing ones first, then incoming."""
    schema = labels.schema
    order = {key: place for place, key in enumerate(schema.edges)}
    numbered = 0

    def place(edge: Json) -> tuple[bool, int]:
        return edge["direction"] == "in", order.get(edge["predicate"], len(order))

    for _, members in groupby(sorted(entity["edges"], key=place), key=place):
        edges = beginning(members, most)
        relations: list[Relation] = []
        for edge in edges:
            numbered += 1
            anchor = f"r{numbered}"
            qualifiers = [one for one in labels.qualifiers(edge["predicate"], edge) if one[1] != edge["as_of"]]
            told: list[str] = edge["statements"]
            disputes = doubts.on(told, anchor)
            line = shelf.add(told, disputed=bool(disputes))
            relations.append(Relation(edge, anchor, qualifiers, line, disputes))
        title = labels.edge_heading(edges.shown[0]["predicate"], edges.shown[0]["direction"])
        types = {edge["other"]["type"] for edge in edges}
        others = types.pop() if len(types) == 1 and edges.count > 1 else ""
        yield Group(title, others, Beginning(relations, edges.left_out))
