"""Labels of schema terms in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...graph.model.schema import Property, Schema, Term
from .language import capitalize, format_date
from .words import Words

ABBREVIATIONS = {"vc": "VC", "st": "S&T"}
"""Words in the names of columns and indicators that are written differently in labels."""


def plain_name(name: str) -> str:
    """Return the name of a column or an indicator in plain words.

    >>> plain_name("st_budget_spending")
    'S&T budget spending'
    """
    return " ".join(ABBREVIATIONS.get(word, word) for word in name.split("_"))


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels in one language; keys that the schema does not declare are returned unchanged."""

    schema: Schema
    language: str

    def text_of(self, term: Any) -> str:
        """Return the label of a term, type or property."""
        return term.vi if self.language == "vi" else term.en

    def term(self, terms: Mapping[str, Any], key: str | None) -> str:
        """Return the label of a key of a closed list; empty for None."""
        if key is None:
            return ""
        return self.text_of(terms[key]) if key in terms else key

    def type(self, key: str) -> str:
        """Return the label of a node type."""
        return self.term(self.schema.nodes, key)

    def types(self) -> dict[str, str]:
        """Return the label of each node type."""
        return {key: self.text_of(node) for key, node in self.schema.nodes.items()}

    def edge(self, key: str) -> str:
        """Return the label of an edge type."""
        return self.term(self.schema.edges, key)

    def edge_heading(self, predicate: str, direction: str) -> str:
        """Return the heading of edges of one type, seen from their subject (`out`) or object (`in`)."""
        title = self.edge(predicate)
        if direction == "in" and not self.schema.edges[predicate].symmetric:
            title = Words(self.language)("incoming", edge=title)
        return capitalize(title)

    def status(self, key: str) -> str:
        """Return the label of a status."""
        return self.term(self.schema.statuses, key)

    def status_help(self, key: str) -> str:
        """Return the explanation of a status, in English."""
        return self.schema.statuses[key].help if key in self.schema.statuses else ""

    def basis(self, key: str) -> str:
        """Return the label of a basis."""
        return self.term(self.schema.bases, key)

    def kind(self, type_: str, key: str | None) -> str:
        """Return the label of a kind of a node type."""
        node = self.schema.nodes.get(type_)
        if node is None or "kind" not in node.properties:
            return key or ""
        return self.term(node.properties["kind"].values, key)

    def kind_of(self, entity: Mapping[str, Any], data_date: str) -> str:
        """Return the label of an entity's kind, with what it was at the time of the articles if it became a city later.

        `data_date` is the date of the newest article.
        """
        became_city_on = entity.get("city_since")
        if became_city_on is None or str(became_city_on) <= data_date:
            return self.kind(str(entity["type"]), entity.get("kind"))
        return Words(self.language)(
            "kind_at_the_time",
            kind=self.kind(str(entity["type"]), "province"),
            date=format_date(str(became_city_on), self.language),
        )

    def attributes(self, entity: Mapping[str, Any]) -> list[tuple[Property, Any]]:
        """Return an entity's attributes (property, value) in the schema's order, without `kind`."""
        node = self.schema.nodes.get(str(entity["type"]))
        properties = node.properties.values() if node else ()
        return [
            (item, entity[item.key]) for item in properties if item.key != "kind" and entity.get(item.key) is not None
        ]

    def qualifiers(self, predicate: str, edge: Mapping[str, Any]) -> list[tuple[Property, Any]]:
        """Return an edge's qualifiers (property, value) in the schema's order."""
        kind = self.schema.edges.get(predicate)
        properties = kind.qualifiers.values() if kind else ()
        return [(item, edge[item.key]) for item in properties if edge.get(item.key) is not None]

    def closed_list(self, column: str) -> Mapping[str, Term]:
        """Return the closed list that a query's column takes its values from, judging by its name; else empty.

        A predicate may be an indicator or the type of a claim as well.
        `fund_kind` is the kind of a Fund, `kind` of any type; `fund_status` and `status` are statuses.
        """
        schema = self.schema
        last_word = column.rpartition("_")[2]
        if column in (
            "basis", "comparator", "unit", "value_status", "claim_type", "indicator", "scope", "disagreement_kind",
            "name_kind",
        ):  # fmt: skip
            plural = {"basis": "bases"}.get(column, column + ("es" if column.endswith("status") else "s"))
            return getattr(schema, plural)
        if last_word == "status":
            return schema.statuses
        if last_word == "implementation":
            return schema.implementations
        if last_word == "kind":
            nodes = [node for node in schema.nodes.values() if column in (f"{node.prefix}_kind", "kind")]
            return {
                key: term
                for node in nodes
                if "kind" in node.properties
                for key, term in node.properties["kind"].values.items()
            }
        if last_word == "predicate":
            edges = {key: Term(key, edge.en, edge.vi) for key, edge in schema.edges.items()}
            return {**edges, **schema.indicators, **schema.claim_types}
        if last_word == "type":
            return {key: Term(key, node.en, node.vi) for key, node in schema.nodes.items()}
        return {}
