"""Converts database rows to the objects of the release files, so that the API and the export agree."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ..model.objects import (
    STATEMENT_KEYS,
    DisagreementJson,
    EntityCard,
    EntityJson,
    NameJson,
    Row,
    SentenceJson,
    StatementJson,
)
from ..model.release import statement_from_values
from ..model.schema import Schema
from ..store.ownership import OWNER
from .objects import EdgeSummary, EntityEdge

_INTERNAL = ("hash", *OWNER)
"""Properties for the store's own use; answers do not show them."""
_EDGE_VALUES = ("status", "basis", "as_of", "articles", "origins", "statements", "holds")


def entity_json(properties: Row, names: Sequence[Row], schema: Schema) -> EntityJson:
    """Return an entity with its names, shaped as in the release files."""
    node_type = schema.nodes[properties["type"]]
    attributes = _present(properties, sorted(node_type.properties))
    forms = [cast("NameJson", _present(row, ("text", "language", "kind", "article"))) for row in names]
    fixed = {
        "id": properties["id"],
        "type": properties["type"],
        "labels": list(schema.labels(node_type, attributes)),
        "name": properties["name"],
        "names": sorted(forms, key=lambda n: (n["text"], n["language"], n["kind"], n.get("article", ""))),
    }
    return cast("EntityJson", fixed | _present(properties, ("status",)) | attributes)


def statement_json(row: Row) -> StatementJson:
    """Return a statement from a row of `cypher/statements.cypher`, shaped as in the release files."""
    properties, span = row["statement"], row["place"]
    # Qualifiers are stored flat: every property that is not a key of a statement is one.
    qualifiers = {key: properties[key] for key in sorted(properties) if key not in (*STATEMENT_KEYS, *_INTERNAL)}
    endpoints = {"subject": row["subject"]["id"], "object": row["object"] and row["object"]["id"]}
    passage = {"article": row["article"]["id"], **span} if span else {}
    return statement_from_values(properties | endpoints | passage | {"qualifiers": qualifiers})


def statement_names(row: Row) -> dict[str, str]:
    """Return `{id: name}` of the entities in a row of `cypher/statements.cypher`, without the article."""
    entities = [row["subject"], row["object"], row["speaker"], *row["topics"]]
    return dict(sorted((entity["id"], entity["name"]) for entity in entities if entity))


def disagreement_json(row: Row) -> DisagreementJson:
    """Return a disagreement from a row of `cypher/disagreements.cypher`, shaped as in the release files."""
    properties = row["disagreement"]
    readings = sorted(row["readings"], key=lambda reading: reading["position"])
    fixed = {
        "id": properties["id"],
        "kind": properties["kind"],
        "about": properties["about"],
        "changes": properties["changes"],
        "readings": [_present(reading, ("statements", "gloss", "gloss_vi")) for reading in readings],
    }
    texts = _present(properties, ("gloss", "gloss_vi", "preferred", "reason", "reason_vi"))
    return cast("DisagreementJson", fixed | texts)


def sentence_json(sentence: Row) -> SentenceJson:
    """Return a ledger entry from a stored sentence, shaped as in the release files."""
    passage = {key: sentence[key] for key in ("id", "article", "line", "start", "end", "sha256")}
    statements = {"none": sentence["none"]} if "none" in sentence else {"statements": sentence["statements"]}
    return cast("SentenceJson", passage | statements)


def entity_card(row: Row) -> EntityCard:
    """Return the summary of an entity from a row that contains it."""
    return {"id": row["id"], "type": row["type"], "name": row["name"], "status": row["status"]}


def entity_edge(row: Row, direction: str) -> EntityEdge:
    """Return one edge of an entity as seen from it; `direction` is `out` or `in`."""
    summary = {"id": row["edge"]["id"], "predicate": row["predicate"], "direction": direction}
    return cast("EntityEdge", summary | {"neighbour": entity_card(row)} | edge_properties(row["edge"]))


def edge_summary(row: Row) -> EdgeSummary:
    """Return an edge from a row of `cypher/edges_of_statements.cypher`, with id and name of subject and object."""
    endpoints = {"subject": dict(row["subject"]), "predicate": row["predicate"], "object": dict(row["object"])}
    return cast("EdgeSummary", {"id": row["edge"]["id"]} | endpoints | edge_properties(row["edge"]))


def edge_properties(edge: Row) -> dict[str, Any]:
    """Return an edge's status, basis, as_of, counts and statement ids, plus its qualifiers (without id and hash)."""
    properties = {key: edge.get(key) for key in _EDGE_VALUES}
    return properties | {key: edge[key] for key in sorted(edge) if key not in (*_EDGE_VALUES, "id", *_INTERNAL)}


def _present(row: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys if row.get(key) is not None}
