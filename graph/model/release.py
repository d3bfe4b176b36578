"""A release: one immutable build of everything, named by its content."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .facts import Attributes, Disagreement, Mention, Name, Passage, Scalar, Sentence, Statement

FORMAT = 1
"""Version of the release files; raised when a field changes its meaning."""
LICENCE = "CC BY 4.0"
ATTRIBUTION = "VNKG; the facts come from the articles that each statement names"


@dataclass(frozen=True, slots=True)
class Entity:
    """A node as all files together declare it, with the status its statements give it."""

    id: str
    type: str
    labels: tuple[str, ...]
    name: str
    names: tuple[Name, ...]
    status: str | None = None
    attributes: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Edge:
    """What the statements about one subject, predicate and object add up to.

    `articles` and `origins` are counts; reference statements never count. `basis` is the strongest of the
    statements' bases, `qualifiers` those of the edge type in `schema.yaml`.
    """

    subject: str
    predicate: str
    object: str
    status: str | None
    basis: str
    as_of: str | None
    statements: tuple[str, ...]
    articles: int
    origins: int
    qualifiers: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])

    @property
    def id(self) -> str:
        """Stable key of the edge."""
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True, slots=True)
class Release:
    """Everything, sorted; equal facts give equal releases whatever the order of files."""

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    edges: tuple[Edge, ...]
    disagreements: tuple[Disagreement, ...]
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]
    retired: tuple[tuple[str, str | None], ...]

    @property
    def data_date(self) -> str:
        """Newest day of publication among the articles; empty without articles."""
        days = (entity.attributes.get("published") for entity in self.entities if entity.type == "Article")
        return max((str(day) for day in days if day), default="")

    @property
    def origins(self) -> int:
        """Number of independent tellings among the articles."""
        articles = (entity for entity in self.entities if entity.type == "Article")
        told = {str(article.attributes.get("origin", article.id)) for article in articles}
        return len(told | {statement.origin for statement in self.statements if statement.origin})

    @property
    def id(self) -> str:
        """Name of the release: 16 hex digits of the SHA-256 over its files' digests."""
        return str(self.manifest()["release"])

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of each release file except the manifest: sorted, one JSON object a line."""
        yield "entities.jsonl", _lines(entity_object(entity) for entity in self.entities)
        yield "statements.jsonl", _lines(statement_object(statement) for statement in self.statements)
        yield "edges.jsonl", _lines(edge_object(edge) for edge in self.edges)
        yield "disagreements.jsonl", _lines(disagreement_object(item) for item in self.disagreements)
        yield "mentions.jsonl", _lines(_plain(mention) for mention in self.mentions)
        yield "sentences.jsonl", _lines(sentence_object(sentence) for sentence in self.sentences)
        yield "retired.jsonl", _lines({"id": old, "into": new} for old, new in self.retired)

    def manifest(self) -> dict[str, Any]:
        """Return name, format, date, counts and the SHA-256 of each file."""
        files: dict[str, dict[str, Any]] = {}
        for name, text in self.files():
            data = text.encode()
            files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "lines": text.count("\n")}
        digest = hashlib.sha256(json.dumps([FORMAT, files], sort_keys=True).encode()).hexdigest()
        return {"release": digest[:16], "format": FORMAT, "data_date": self.data_date, "files": files}


def _lines(objects: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n" for item in objects)


def _plain(value: Any) -> dict[str, Any]:
    """Return a flat value's fields that are set, in their declared order."""
    pairs = ((item.name, getattr(value, item.name)) for item in fields(value) if item.name != "where")
    return {key: content for key, content in pairs if content is not None}


def _attributes(attributes: Attributes) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in sorted(attributes.items())}


def name_object(name: Name) -> dict[str, Any]:
    """Return a name as release files and the API show it."""
    return _plain(name)


def entity_object(entity: Entity) -> dict[str, Any]:
    """Return an entity as release files and the API show it: attributes stand beside the fixed fields."""
    fixed: dict[str, Any] = {
        "id": entity.id,
        "type": entity.type,
        "labels": list(entity.labels),
        "name": entity.name,
        "names": [name_object(name) for name in entity.names],
    }
    if entity.status is not None:
        fixed["status"] = entity.status
    return fixed | _attributes(entity.attributes)


def _passage(passage: Passage | None) -> dict[str, Any]:
    return {} if passage is None else _plain(passage)


def statement_object(statement: Statement) -> dict[str, Any]:
    """Return a statement as release files and the API show it; fields that do not apply are left out."""
    shown = {key: value for key, value in _plain_statement(statement).items() if value not in (None, (), {})}
    return shown | _passage(statement.passage) | {"gloss": statement.gloss}


def _plain_statement(statement: Statement) -> dict[str, Any]:
    left_out = {"passage", "where", "gloss", "about", "qualifiers"}
    shown: dict[str, Any] = {
        item.name: getattr(statement, item.name) for item in fields(statement) if item.name not in left_out
    }
    shown["about"] = list(statement.about) or None
    shown["qualifiers"] = _attributes(statement.qualifiers)
    return shown


def edge_object(edge: Edge) -> dict[str, Any]:
    """Return an edge as release files and the API show it; qualifiers stand beside the fixed fields."""
    fixed: dict[str, Any] = {
        "subject": edge.subject,
        "predicate": edge.predicate,
        "object": edge.object,
        "status": edge.status,
        "basis": edge.basis,
        "as_of": edge.as_of,
        "statements": list(edge.statements),
        "articles": edge.articles,
        "origins": edge.origins,
    }
    return fixed | _attributes(edge.qualifiers)


def disagreement_object(item: Disagreement) -> dict[str, Any]:
    """Return a disagreement with its readings; `preferred` is the index of a reading."""
    shown: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "about": list(item.about),
        "readings": [{"statements": list(r.statements), "gloss": r.gloss} for r in item.readings],
    }
    if item.gloss:
        shown["gloss"] = item.gloss
    if item.preferred is not None:
        shown |= {"preferred": item.preferred, "reason": item.reason}
    return shown


def sentence_object(sentence: Sentence) -> dict[str, Any]:
    """Return one entry of the ledger: locator, and statements or the reason why none."""
    shown: dict[str, Any] = {"id": sentence.id} | _passage(sentence.passage)
    if sentence.none is not None:
        return shown | {"none": sentence.none}
    return shown | {"statements": list(sentence.statements)}
