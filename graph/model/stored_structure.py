"""What the store adds to the types of `schema.yaml` in the database: labels, relationships and properties."""

from collections.abc import Mapping
from dataclasses import fields

from .facts import Statement

COMMON_ENTITY_PROPERTIES = ("id", "type", "name", "names", "languages", "status", "search", "hash")
"""Properties that every entity has in the database, in addition to those of its type in `schema.yaml`."""
COMMON_EDGE_PROPERTIES = (
    "id",
    "status",
    "basis",
    "as_of",
    "articles",
    "origins",
    "statements",
    "holds",
    "due",
    "alternative",
    "disagreements",
    "hash",
)
"""Properties that every edge has in the database, in addition to its qualifiers."""
FAMILY_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "Entity": COMMON_ENTITY_PROPERTIES,
    "Name": ("id", "text", "key", "language", "kind", "article"),
    "Statement": (*(item.name for item in fields(Statement)), "hash"),
    "Sentence": ("id", "article", "line", "start", "end", "sha256", "none", "statements", "hash"),
    "Disagreement": ("id", "kind", "gloss", "gloss_vi", "preferred", "reason", "reason_vi", "changes", "about", "hash"),
    "Reading": ("id", "position", "gloss", "gloss_vi", "statements", "hash"),
    "Retired": ("id", "into", "hash"),
}
"""Labels of the nodes of a release, each with a unique `id`. Each comes after those that its relationships lead to."""
STORE_NODE_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    **FAMILY_PROPERTIES,
    "Release": ("id", "release", "data_date", "format", "layout", "state", "counts", "digests", "locked"),
    "Turn": ("id", "at"),
    "Vanished": ("id", "release"),
}
"""Labels that the store uses in addition to those of the schema, with their properties."""
STATEMENT_LABELS = ("Relation", "Measurement", "Claim")
RELATIONSHIP_TYPES: Mapping[str, tuple[str, ...]] = {
    "Name": ("NAMES",),
    "Statement": ("SUBJECT", "OBJECT", "STATED_IN", "SAID_BY", "ABOUT"),
    "Sentence": ("SENTENCE_OF",),
    "Disagreement": ("CONCERNS",),
    "Reading": ("READING_OF", "RESTS_ON"),
}
"""Types of the relationships that are stored as part of a node, by the node's label."""
LOCATOR_PROPERTIES = ("line", "start", "end", "sha256")
STORE_EDGE_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    name: LOCATOR_PROPERTIES if name == "STATED_IN" else () for types in RELATIONSHIP_TYPES.values() for name in types
}
"""Relationship types that the store uses in addition to the schema's edge types, with their properties."""
MENTIONS = "MENTIONS"
MENTION_PROPERTIES = ("lines", "starts", "ends")
