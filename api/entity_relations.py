"""The relations of an entity's page: its edges by kind and direction, each with what stands behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from vnkg.api.behind import Ids, Shelf
from vnkg.api.doubts import Doubts
from vnkg.api.labels import Labels
from vnkg.api.words import Words
from vnkg.graph.schema import Property

LISTED = 100
"""Most edges of one kind on the page."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge as a line of the page."""

    edge: Json
    anchor: str
    qualifiers: list[tuple[Property, Any]]
    line: Ids
    doubts: list[Json]


@dataclass(frozen=True, slots=True)
class Group:
    """The edges of one type and direction; `left_out` of them do not stand on the page."""

    predicate: str
    direction: str
    title: str
    relations: list[Relation]
    left_out: int

    @property
    def count(self) -> int:
        """How many edges there are, shown or not."""
        return len(self.relations) + self.left_out


def groups_of(entity: Json, labels: Labels, shelf: Shelf, doubts: Doubts) -> Iterator[Group]:
    """Yield an entity's edges by type and direction: what it does, then what is done to it, in the schema's order."""
    schema = labels.schema
    order = {key: place for place, key in enumerate(schema.edges)}
    numbered = 0

    def place(edge: Json) -> tuple[bool, int]:
        return edge["direction"] == "in", order.get(edge["predicate"], len(order))

    for _, members in groupby(sorted(entity["edges"], key=place), key=place):
        edges = list(members)
        relations: list[Relation] = []
        for edge in edges[:LISTED]:
            numbered += 1
            anchor = f"r{numbered}"
            qualifiers = labels.qualifiers(edge["predicate"], edge)
            told: list[str] = edge["statements"]
            disputes = doubts.on(told, anchor)
            line = shelf.add(told, disputed=bool(disputes))
            relations.append(Relation(edge, anchor, qualifiers, line, disputes))
        predicate, direction = edges[0]["predicate"], edges[0]["direction"]
        yield Group(
            predicate, direction, title_of(predicate, direction, labels), relations, len(edges) - len(relations)
        )


def title_of(predicate: str, direction: str, labels: Labels) -> str:
    """Return the heading of a kind of edges as seen from one end."""
    title = labels.edge(predicate)
    if direction == "in" and not labels.schema.edges[predicate].symmetric:
        title = Words(labels.language)("incoming", edge=title)
    return title[:1].upper() + title[1:]
