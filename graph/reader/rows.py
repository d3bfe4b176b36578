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


def entity_json(stored: Row, names: Sequence[Row], schema: Schema) -> Json:
    """Return an entity with its names, shaped as in the release files."""
    node = schema.nodes[stored["type"]]
    attributes = _attributes(stored, node.properties)
    forms = [Name(row["text"], row["language"], row["kind"], row["article"]) for row in names]
    return entity_object(
        Entity(
            id=stored["id"],
            type=stored["type"],
            labels=schema.labels(node, attributes),
            name=stored["name"],
            names=tuple(sorted(forms, key=lambda n: (n.text, n.language, n.kind, n.article or ""))),
            status=stored.get("status"),
            attributes=attributes,
        )
    )


def statement_json(row: Row) -> Json:
    """Return a statement from a row of `cypher/statements.cypher`, shaped as in the release files."""
    stored: Row = row["statement"]
    place, article = row["place"], row["article"]
    passage = place and Passage(article["id"], place["line"], place["start"], place["end"], place["sha256"])
    known = {key: value for key, value in stored.items() if key in _STATEMENT and key != "about"}
    # Qualifiers are stored flat: every property that is not a field of a statement is one.
    others = {key: value for key, value in stored.items() if key not in (*_STATEMENT, *_INTERNAL)}
    return statement_object(
        Statement(
            **known,
            subject=row["subject"]["id"],
            object=row["object"] and row["object"]["id"],
            about=tuple(stored.get("about", ())),
            qualifiers=_attributes(others, others),
            passage=passage or None,
        )
    )


def statement_names(row: Row) -> dict[str, str]:
    """Return `{id: name}` of the entities in a row of `cypher/statements.cypher`, without the article."""
    ends = [row["subject"], row["object"], row["speaker"], *row["topics"]]
    return dict(sorted((end["id"], end["name"]) for end in ends if end))


def disagreement_json(row: Row) -> Json:
    """Return a disagreement from a row of `cypher/disagreements.cypher`, shaped as in the release files."""
    stored: Row = row["disagreement"]
    readings = sorted(row["readings"], key=lambda reading: reading["position"])
    return disagreement_object(
        Disagreement(
            id=stored["id"],
            kind=stored["kind"],
            about=tuple(stored["about"]),
            readings=tuple(Reading(tuple(reading["statements"]), reading["gloss"]) for reading in readings),
            gloss=stored.get("gloss", ""),
            preferred=stored.get("preferred"),
            reason=stored.get("reason"),
        )
    )


def sentence_json(stored: Row) -> Json:
    """Return a ledger entry from a stored sentence, shaped as in the release files."""
    passage = Passage(stored["article"], stored["line"], stored["start"], stored["end"], stored["sha256"])
    return sentence_object(Sentence(stored["id"], passage, tuple(stored["statements"]), stored.get("none")))


def edge_json(end: Row, direction: str) -> Json:
    """Return one edge of an entity: `{id, predicate, direction, other}` plus `edge_properties`.

    `direction` is `out` or `in`; `other` is the summary of the neighbour.
    """
    other = {key: end[key] for key in ("id", "type", "name", "status")}
    start = {"id": end["edge"]["id"], "predicate": end["predicate"], "direction": direction, "other": other}
    return start | told_by(end["edge"])


def counted_json(row: Row) -> Json:
    """Return an edge from a row of `cypher/edges_of_statements.cypher`, with id and name of subject and object."""
    ends = {"subject": dict(row["subject"]), "predicate": row["predicate"], "object": dict(row["object"])}
    return {"id": row["edge"]["id"]} | ends | told_by(row["edge"])


def told_by(edge: Row) -> Json:
    """Return an edge's status, basis, as_of, counts and statement ids, plus its qualifiers (without id and hash)."""
    fixed = {key: edge.get(key) for key in ("status", "basis", "as_of", "articles", "origins", "statements")}
    return fixed | {key: edge[key] for key in sorted(edge) if key not in (*fixed, "id", *_INTERNAL)}


def _attributes(stored: Row, names: Mapping[str, object]) -> Attributes:
    found = {key: stored[key] for key in sorted(names) if stored.get(key) is not None}
    return {key: tuple(cast(list[str], value)) if isinstance(value, list) else value for key, value in found.items()}
