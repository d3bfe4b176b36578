"""Converts database rows to the objects of the release files, so that the API and the export agree."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

from ..engines.bolt import Json
from ..model.facts import Attributes, Disagreement, Name, Passage, Reading, Sentence, Statement
from ..model.release import Entity, disagreement_object, entity_object, sentence_object, statement_object
from ..model.schema import Schema
from ..store.ownership import OWNER

Row = Mapping[str, Any]
_STATEMENT = frozenset(item.name for item in fields(Statement))
_INTERNAL = ("hash", *OWNER)
"""Properties for the store's own use; answers do not show them."""


def entity_json(properties: Row, names: Sequence[Row], schema: Schema) -> Json:
    """Return an entity with its names, shaped as in the release files."""
    node_type = schema.nodes[properties["type"]]
    attributes = _attributes(properties, node_type.properties)
    forms = [Name(row["text"], row["language"], row["kind"], row["article"]) for row in names]
    return entity_object(
        Entity(
            id=properties["id"],
            type=properties["type"],
            labels=schema.labels(node_type, attributes),
            name=properties["name"],
            names=tuple(sorted(forms, key=lambda n: (n.text, n.language, n.kind, n.article or ""))),
            status=properties.get("status"),
            attributes=attributes,
        )
    )


def statement_json(row: Row) -> Json:
    """Return a statement from a row of `cypher/statements.cypher`, shaped as in the release files."""
    properties: Row = row["statement"]
    span, article = row["place"], row["article"]
    passage = span and Passage(article["id"], span["line"], span["start"], span["end"], span["sha256"])
    field_values = {key: value for key, value in properties.items() if key in _STATEMENT and key != "about"}
    # Qualifiers are stored flat: every property that is not a field of a statement is one.
    qualifiers = {key: value for key, value in properties.items() if key not in (*_STATEMENT, *_INTERNAL)}
    return statement_object(
        Statement(
            **field_values,
            subject=row["subject"]["id"],
            object=row["object"] and row["object"]["id"],
            about=tuple(properties.get("about", ())),
            qualifiers=_attributes(qualifiers, qualifiers),
            passage=passage or None,
        )
    )


def statement_names(row: Row) -> dict[str, str]:
    """Return `{id: name}` of the entities in a row of `cypher/statements.cypher`, without the article."""
    entities = [row["subject"], row["object"], row["speaker"], *row["topics"]]
    return dict(sorted((entity["id"], entity["name"]) for entity in entities if entity))


def disagreement_json(row: Row) -> Json:
    """Return a disagreement from a row of `cypher/disagreements.cypher`, shaped as in the release files."""
    properties: Row = row["disagreement"]
    readings = sorted(row["readings"], key=lambda reading: reading["position"])
    return disagreement_object(
        Disagreement(
            id=properties["id"],
            kind=properties["kind"],
            about=tuple(properties["about"]),
            readings=tuple(Reading(tuple(reading["statements"]), reading["gloss"]) for reading in readings),
            gloss=properties.get("gloss", ""),
            preferred=properties.get("preferred"),
            reason=properties.get("reason"),
        )
    )


def sentence_json(sentence: Row) -> Json:
    """Return a ledger entry from a stored sentence, shaped as in the release files."""
    passage = Passage(sentence["article"], sentence["line"], sentence["start"], sentence["end"], sentence["sha256"])
    return sentence_object(Sentence(sentence["id"], passage, tuple(sentence["statements"]), sentence.get("none")))


def edge_json(row: Row, direction: str) -> Json:
    """Return one edge of an entity: `{id, predicate, direction, neighbour}` plus `edge_properties`.

    `direction` is `out` or `in`; `neighbour` is its summary.
    """
    neighbour = {key: row[key] for key in ("id", "type", "name", "status")}
    summary = {"id": row["edge"]["id"], "predicate": row["predicate"], "direction": direction, "neighbour": neighbour}
    return summary | edge_properties(row["edge"])


def edge_summary(row: Row) -> Json:
    """Return an edge from a row of `cypher/edges_of_statements.cypher`, with id and name of subject and object."""
    endpoints = {"subject": dict(row["subject"]), "predicate": row["predicate"], "object": dict(row["object"])}
    return {"id": row["edge"]["id"]} | endpoints | edge_properties(row["edge"])


def edge_properties(edge: Row) -> Json:
    """Return an edge's status, basis, as_of, counts and statement ids, plus its qualifiers (without id and hash)."""
    properties = {key: edge.get(key) for key in ("status", "basis", "as_of", "articles", "origins", "statements")}
    return properties | {key: edge[key] for key in sorted(edge) if key not in (*properties, "id", *_INTERNAL)}


def _attributes(properties: Row, keys: Mapping[str, object]) -> Attributes:
    attributes = {key: properties[key] for key in sorted(keys) if properties.get(key) is not None}
    return {
        key: tuple(cast(list[str], value)) if isinstance(value, list) else value for key, value in attributes.items()
    }
