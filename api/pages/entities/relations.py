"""Relations for an entity page: one line for each connected entity, by topic, with the evidence of all its edges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ....graph.model.objects import DisagreementJson
from ....graph.model.schema import Property, schema
from ....graph.reader.objects import EntityDetails, EntityEdge
from ...i18n.labels import Labels
from ...presenters.truncated import TruncatedList, truncate
from .evidence_budget import StatementIds
from .lines import PageLines

TOPICS = {
    "people": ("Person",),
    "policies": ("Policy",),
    "instruments": ("Fund", "Centre"),
    "places": ("Province", "Place"),
    "bodies": ("Agency", "Organisation"),
    "programmes": ("Programme", "Model"),
    "sectors": ("Sector",),
    "events": ("Event", "Article"),
}
"""Types of the connected entities by topic, in page order; all further types are of the topic `others`."""
KEY_TOPICS = ("people", "policies", "instruments")
"""Topics of the key facts."""


@dataclass(frozen=True, slots=True)
class RelationEdge:
    """An edge of a line: its title seen from the entity of the page, and its qualifiers."""

    edge: EntityEdge
    title: str
    qualifiers: list[tuple[Property, Any]]

    @property
    def is_context_only(self) -> bool:
        """True if only the context of an article suggests it: its status must then not be shown as if it were so."""
        return "context" in (self.edge["basis"], self.edge.get("implementation"))


@dataclass(frozen=True, slots=True)
class Relation:
    """A connected entity as a line of the page; `anchor` is its HTML id, `evidence_key` finds its evidence."""

    edges: Sequence[RelationEdge]
    anchor: str
    evidence_key: StatementIds
    disagreements: list[DisagreementJson]


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The lines of one topic; `has_one_type` is true if all connected entities have the same type."""

    topic: str
    has_one_type: bool
    relations: TruncatedList[Relation]


def groups_of(entity: EntityDetails, lines: PageLines) -> Iterator[RelationGroup]:
    """Yield the connected entities by topic, in page order; each is on one line with all its edges.

    The first edge of a line says most: what has, plans or proposes something, before where it is.
    """
    by_neighbour: dict[str, list[EntityEdge]] = {}
    for edge in sorted(entity["edges"], key=_edge_order):
        by_neighbour.setdefault(edge["neighbour"]["id"], []).append(edge)
    relation_number = 0
    for topic in (*TOPICS, "others"):
        members = [edges for edges in by_neighbour.values() if _topic_of(edges[0]) == topic]
        if not members:
            continue
        listed = truncate(sorted(members, key=lambda edges: _edge_order(edges[0])[1:]), lines.limit)
        relations: list[Relation] = []
        for edges in listed:
            relation_number += 1
            anchor = f"r{relation_number}"
            statement_ids = list(dict.fromkeys(key for edge in edges for key in edge["statements"]))
            relations.append(
                Relation(
                    [_relation_edge(edge, lines.labels) for edge in edges], anchor, *lines.add(statement_ids, anchor)
                )
            )
        has_one_type = len({edges[0]["neighbour"]["type"] for edges in members}) == 1
        yield RelationGroup(topic, has_one_type, TruncatedList(relations, listed.left_out))


def _relation_edge(edge: EntityEdge, labels: Labels) -> RelationEdge:
    qualifiers = [pair for pair in labels.qualifiers(edge["predicate"], edge) if pair[1] != edge["as_of"]]
    return RelationEdge(edge, labels.edge_heading(edge["predicate"], edge["direction"]), qualifiers)


def _edge_order(edge: EntityEdge) -> tuple[bool, bool, int, str]:
    predicates = list(schema().edges)
    number = predicates.index(edge["predicate"]) if edge["predicate"] in predicates else len(predicates)
    return edge["predicate"] not in schema().existence, edge["direction"] == "in", number, edge["neighbour"]["id"]


def _topic_of(edge: EntityEdge) -> str:
    return next((topic for topic, types in TOPICS.items() if edge["neighbour"]["type"] in types), "others")
