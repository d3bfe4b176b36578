"""A release: one immutable build of the whole graph, identified by a hash of its content."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, cast

from .facts import (
    Attributes,
    Disagreement,
    Mention,
    Name,
    Passage,
    Reading,
    Scalar,
    Sentence,
    Statement,
    end_of_period,
)
from .objects import (
    STATEMENT_KEYS,
    DisagreementJson,
    EdgeJson,
    EntityJson,
    NameJson,
    ReadingJson,
    SentenceJson,
    StatementJson,
)

FORMAT_VERSION = 2
"""Version of the release file format; increased when a field changes its meaning."""
LICENCE = "CC BY 4.0"
ATTRIBUTION = "VNKG; the facts come from the articles that each statement names"


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity as all files together declare it, with the status derived from its statements."""

    id: str
    type: str
    labels: tuple[str, ...]
    name: str
    names: tuple[Name, ...]
    status: str | None = None
    attributes: Attributes = field(default_factory=dict[str, Scalar | tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Edge:
    """The combined statements with one subject, predicate and object.

    `statements` holds their ids. `articles` and `origins` are counts that leave out reference statements. `basis` is
    the strongest basis of the statements that no disagreement rejects; `qualifiers` are those of the edge type in
    `schema.yaml`. `due` is that of the newest deciding statement that has one; the edge `holds` if it counts as so
    (`holds` in `schema.yaml`). `alternative` holds the objects that it may be instead, and `disagreements` the ids of
    those about an answer or a number that have one of the statements, settled or not.
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
    due: str | None = None
    alternative: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    holds: bool = False

    @property
    def id(self) -> str:
        """Stable id of the edge: `subject predicate object`."""
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True)
class Release:
    """The whole graph, sorted, so that equal facts give equal releases whatever the order of the files.

    `retired_ids` holds pairs of a retired id and its successor or None.
    """

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    edges: tuple[Edge, ...]
    disagreements: tuple[Disagreement, ...]
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]
    retired_ids: tuple[tuple[str, str | None], ...]

    @property
    def data_date(self) -> str:
        """Latest publication date of the articles, the end of an interval; empty if none has a date."""
        days = (entity.attributes.get("published") for entity in self.entities if entity.type == "Article")
        return max((end_of_period(str(day)) for day in days if day), default="")

    @property
    def origins(self) -> int:
        """Number of independent origins of the articles and statements."""
        articles = (entity for entity in self.entities if entity.type == "Article")
        article_origins = {str(article.attributes.get("origin", article.id)) for article in articles}
        return len(article_origins | {statement.origin for statement in self.statements if statement.origin})

    @property
    def id(self) -> str:
        """Id of the release: the first 16 hex digits of the SHA-256 of the format version and the files' digests."""
        return str(self.manifest["release"])

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield `(name, text)` of each release file except the manifest: JSON Lines, sorted."""
        yield "entities.jsonl", _lines(entity_object(entity) for entity in self.entities)
        yield "statements.jsonl", _lines(statement_object(statement) for statement in self.statements)
        yield "edges.jsonl", _lines(edge_object(edge) for edge in self.edges)
        yield "disagreements.jsonl", _lines(disagreement_object(item) for item in self.disagreements)
        yield "mentions.jsonl", _lines(_non_null_fields(mention) for mention in self.mentions)
        yield "sentences.jsonl", _lines(sentence_object(sentence) for sentence in self.sentences)
        yield "retired.jsonl", _lines({"id": old, "into": new} for old, new in self.retired_ids)

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest: `release`, `format`, `data_date`, and `files` as `{name: {sha256, bytes, lines}}`."""
        files: dict[str, dict[str, Any]] = {}
        for name, text in self.files():
            data = text.encode()
            files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "lines": text.count("\n")}
        digest = hashlib.sha256(json.dumps([FORMAT_VERSION, files], sort_keys=True).encode()).hexdigest()
        return {"release": digest[:16], "format": FORMAT_VERSION, "data_date": self.data_date, "files": files}


def _lines(objects: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n" for item in objects)


def _non_null_fields(value: Any) -> dict[str, Any]:
    """Return the fields of a flat dataclass that are not None, in declared order."""
    pairs = ((item.name, getattr(value, item.name)) for item in fields(value) if item.name != "source_location")
    return {key: content for key, content in pairs if content is not None}


def _attributes(attributes: Attributes) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in sorted(attributes.items())}


def name_object(name: Name) -> NameJson:
    """Return the JSON object of a name, as in release files and the API."""
    return cast("NameJson", _non_null_fields(name))


def entity_object(entity: Entity) -> EntityJson:
    """Return the JSON object of an entity, as in release files and the API; attributes are top-level keys."""
    fixed: EntityJson = {
        "id": entity.id,
        "type": entity.type,
        "labels": list(entity.labels),
        "name": entity.name,
        "names": [name_object(name) for name in entity.names],
    }
    if entity.status is not None:
        fixed["status"] = entity.status
    return cast("EntityJson", {**fixed, **_attributes(entity.attributes)})


def _passage(passage: Passage | None) -> dict[str, Any]:
    return {} if passage is None else _non_null_fields(passage)


def statement_object(statement: Statement) -> StatementJson:
    """Return the JSON object of a statement, as in release files and the API; empty fields are left out."""
    values = {item.name: getattr(statement, item.name) for item in fields(statement)} | _passage(statement.passage)
    lists: dict[str, Any] = {"about": list(statement.about), "alternative": list(statement.alternative)}
    lists["qualifiers"] = _attributes(statement.qualifiers)
    return statement_from_values(values | lists)


def statement_from_values(values: Mapping[str, Any]) -> StatementJson:
    """Return a statement of those of its keys that have a value, in the order of the release files."""
    present_values = {key: values[key] for key in STATEMENT_KEYS if values.get(key) not in (None, [], {})}
    return cast("StatementJson", present_values)


def edge_object(edge: Edge) -> EdgeJson:
    """Return the JSON object of an edge, as in release files and the API; qualifiers are top-level keys."""
    fixed: EdgeJson = {
        "subject": edge.subject,
        "predicate": edge.predicate,
        "object": edge.object,
        "status": edge.status,
        "basis": edge.basis,
        "as_of": edge.as_of,
        "statements": list(edge.statements),
        "articles": edge.articles,
        "origins": edge.origins,
        "holds": edge.holds,
    }
    if edge.due is not None:
        fixed["due"] = edge.due
    if edge.alternative:
        fixed["alternative"] = list(edge.alternative)
    if edge.disagreements:
        fixed["disagreements"] = list(edge.disagreements)
    return cast("EdgeJson", {**fixed, **_attributes(edge.qualifiers)})


def disagreement_object(item: Disagreement) -> DisagreementJson:
    """Return the JSON object of a disagreement with its readings; `preferred` is the index of a reading."""
    json_object: DisagreementJson = {
        "id": item.id,
        "kind": item.kind,
        "about": list(item.about),
        "changes": item.changes,
        "readings": [reading_object(reading) for reading in item.readings],
    }
    if item.gloss:
        json_object["gloss"] = item.gloss
    if item.gloss_vi:
        json_object["gloss_vi"] = item.gloss_vi
    if item.preferred is not None:
        json_object["preferred"] = item.preferred
    if item.reason:
        json_object["reason"] = item.reason
    if item.reason_vi:
        json_object["reason_vi"] = item.reason_vi
    return json_object


def reading_object(reading: Reading) -> ReadingJson:
    """Return the JSON object of one side of a disagreement."""
    json_object: ReadingJson = {"statements": list(reading.statements), "gloss": reading.gloss}
    if reading.gloss_vi:
        json_object["gloss_vi"] = reading.gloss_vi
    return json_object


def sentence_object(sentence: Sentence) -> SentenceJson:
    """Return the JSON object of a sentence: id, passage, and its `statements` or, in `none`, the reason for none."""
    passage = sentence.passage
    json_object: SentenceJson = {
        "id": sentence.id,
        "article": passage.article,
        "line": passage.line,
        "start": passage.start,
        "end": passage.end,
        "sha256": passage.sha256,
    }
    if sentence.no_statement_reason is not None:
        json_object["none"] = sentence.no_statement_reason
    else:
        json_object["statements"] = list(sentence.statements)
    return json_object
