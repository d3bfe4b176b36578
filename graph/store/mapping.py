"""Map a release to the nodes and edges that the store writes, each with a hash of all its content. Pure."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import FactsError, Problem
from ..model.facts import Attributes, Disagreement, Mention, Sentence, Statement
from ..model.folding import fold, name_key
from ..model.release import Entity, Release
from ..model.stored_structure import FAMILY_PROPERTIES, MENTIONS

LAYOUT = 4
"""Version of the stored structure; increased when an unchanged release must be written again."""
FAMILIES = tuple(FAMILY_PROPERTIES)
"""Labels with a unique `id`. Each family comes after those that its relationships lead to."""
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship that is stored as part of a node: its type, the family and id of its end node, its properties."""

    type: str
    family: str
    end_id: str
    properties: Properties = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class NodeItem:
    """A node to store; its properties include `id` and `hash`."""

    id: str
    labels: tuple[str, ...]
    properties: Properties
    relationships: tuple[Relationship, ...] = ()

    @property
    def family(self) -> str:
        """The first label, within which the id is unique."""
        return self.labels[0]

    @property
    def hash(self) -> str:
        """The labels and a digest of all that is stored, as `node_hash` returns them."""
        return self.properties["hash"]


@dataclass(frozen=True, slots=True)
class EdgeItem:
    """A typed edge between two entities; its properties include `id` and `hash`."""

    id: str
    type: str
    start_id: str
    end_id: str
    properties: Properties

    @property
    def hash(self) -> str:
        """Digest of all that is stored."""
        return self.properties["hash"]


@dataclass(frozen=True, slots=True)
class ReleaseItems:
    """Everything that is stored of a release: nodes by family and id, edges by id."""

    nodes: Mapping[str, Mapping[str, NodeItem]]
    edges: Mapping[str, EdgeItem]


def release_items(release: Release) -> ReleaseItems:
    """Return the nodes and edges of a release; raise `FactsError` if one refers to a node that the release lacks."""
    nodes: dict[str, dict[str, NodeItem]] = {family: {} for family in FAMILIES}
    for node in _node_items(release):
        nodes[node.family][node.id] = node
    edges = {edge.id: edge for edge in _edge_items(release)}
    problems = [
        Problem(
            "release", 0, f"{node.id} refers to {relationship.end_id!r}", f"an {relationship.family} of the release"
        )
        for family in FAMILIES
        for node in nodes[family].values()
        for relationship in node.relationships
        if relationship.end_id not in nodes[relationship.family]
    ]
    problems += [
        Problem("release", 0, f"edge {edge.id!r} with the end {end!r}", "an Entity of the release")
        for edge in edges.values()
        for end in (edge.start_id, edge.end_id)
        if end not in nodes["Entity"]
    ]
    if problems:
        raise FactsError(problems)
    return ReleaseItems(nodes, edges)


def _node_items(release: Release) -> Iterator[NodeItem]:
    for entity in release.entities:
        yield _entity_node(entity)
        yield from _name_nodes(entity)
    for statement in release.statements:
        yield _statement_node(statement)
    for sentence in release.sentences:
        yield _sentence_node(sentence)
    for disagreement in release.disagreements:
        yield from _disagreement_nodes(disagreement)
    for old, new in release.retired_ids:
        yield _node(("Retired",), {"id": old, "into": new})


def _edge_items(release: Release) -> Iterator[EdgeItem]:
    for edge in release.edges:
        properties = {
            "id": edge.id,
            "status": edge.status,
            "basis": edge.basis,
            "as_of": edge.as_of,
            "articles": edge.articles,
            "origins": edge.origins,
            "statements": list(edge.statements),
            "holds": edge.holds,
            "due": edge.due,
            "alternative": list(edge.alternative) or None,
            "disagreements": list(edge.disagreements) or None,
        }
        yield _edge(edge.predicate, edge.subject, edge.object, properties | _without_tuples(edge.qualifiers))
    mentions_by_pair: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in release.mentions:
        mentions_by_pair[mention.article, mention.entity].append(mention)
    for (article, entity), spans in mentions_by_pair.items():
        properties = {
            "id": f"{article} {MENTIONS} {entity}",
            "lines": [span.line for span in spans],
            "starts": [span.start for span in spans],
            "ends": [span.end for span in spans],
        }
        yield _edge(MENTIONS, article, entity, properties)


def _entity_node(entity: Entity) -> NodeItem:
    folded_names = sorted({fold(text) for text in (entity.name, *(name.text for name in entity.names))})
    properties = {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "names": [name.text for name in entity.names],
        "languages": [name.language for name in entity.names],
        "status": entity.status,
        "search": " ".join(folded_names),
    }
    return _node(entity.labels, properties | _without_tuples(entity.attributes))


def _name_nodes(entity: Entity) -> Iterator[NodeItem]:
    for name in entity.names:
        properties = {
            "id": f"{entity.id} {name.language} {name.kind} {name.article or ''} {name.text}",
            "text": name.text,
            "key": name_key(name.text),
            "language": name.language,
            "kind": name.kind,
            "article": name.article,
        }
        yield _node(("Name",), properties, [Relationship("NAMES", "Entity", entity.id)])


def _statement_node(statement: Statement) -> NodeItem:
    passage = statement.passage
    properties = {
        "id": statement.id,
        "kind": statement.kind,
        "predicate": statement.predicate,
        "indicator": statement.indicator,
        "claim_type": statement.claim_type,
        "value": statement.value,
        "unit": statement.unit,
        "comparator": statement.comparator,
        "value_status": statement.value_status,
        "period": statement.period,
        "status": statement.status,
        "basis": statement.basis,
        "as_of": statement.as_of,
        "as_of_from": statement.as_of_from,
        "due": statement.due,
        "alternative": list(statement.alternative) or None,
        "scope": statement.scope,
        "speaker_basis": statement.speaker_basis,
        "gloss": statement.gloss,
        "gloss_vi": statement.gloss_vi,
        "origin": statement.origin,
        "source": statement.source,
        "checked_on": statement.checked_on,
        "sentence": statement.sentence,
        "speaker": statement.speaker,
        "about": list(statement.about) or None,
    }
    relationships = [Relationship("SUBJECT", "Entity", statement.subject)]
    if statement.object is not None:
        relationships.append(Relationship("OBJECT", "Entity", statement.object))
    if passage is not None:
        passage_properties = {
            "line": passage.line,
            "start": passage.start,
            "end": passage.end,
            "sha256": passage.sha256,
        }
        relationships.append(Relationship("STATED_IN", "Entity", passage.article, passage_properties))
    if statement.speaker is not None:
        relationships.append(Relationship("SAID_BY", "Entity", statement.speaker))
    relationships += [Relationship("ABOUT", "Entity", entity) for entity in dict.fromkeys(statement.about)]
    return _node(
        ("Statement", statement.kind.capitalize()), properties | _without_tuples(statement.qualifiers), relationships
    )


def _sentence_node(sentence: Sentence) -> NodeItem:
    passage = sentence.passage
    properties = {
        "id": sentence.id,
        "article": passage.article,
        "line": passage.line,
        "start": passage.start,
        "end": passage.end,
        "sha256": passage.sha256,
        "none": sentence.no_statement_reason,
        "statements": list(sentence.statements),
    }
    return _node(("Sentence",), properties, [Relationship("SENTENCE_OF", "Entity", passage.article)])


def _disagreement_nodes(disagreement: Disagreement) -> Iterator[NodeItem]:
    properties = {
        "id": disagreement.id,
        "kind": disagreement.kind,
        "gloss": disagreement.gloss or None,
        "gloss_vi": disagreement.gloss_vi,
        "preferred": disagreement.preferred,
        "reason": disagreement.reason,
        "reason_vi": disagreement.reason_vi,
        "changes": disagreement.changes,
        "about": list(disagreement.about),
    }
    yield _node(
        ("Disagreement",),
        properties,
        [Relationship("CONCERNS", "Entity", end) for end in dict.fromkeys(disagreement.about)],
    )
    for position, reading in enumerate(disagreement.readings):
        properties = {
            "id": f"{disagreement.id} {position}",
            "position": position,
            "gloss": reading.gloss,
            "gloss_vi": reading.gloss_vi,
            "statements": list(reading.statements),
        }
        relationships = [
            Relationship("RESTS_ON", "Statement", statement) for statement in dict.fromkeys(reading.statements)
        ]
        yield _node(
            ("Reading",), properties, [Relationship("READING_OF", "Disagreement", disagreement.id), *relationships]
        )


def _without_tuples(attributes: Attributes) -> Properties:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in attributes.items()}


def _node(labels: tuple[str, ...], properties: Properties, relationships: Iterable[Relationship] = ()) -> NodeItem:
    stored_properties = {key: value for key, value in properties.items() if value is not None}
    relationships = tuple(relationships)
    return NodeItem(
        stored_properties["id"],
        labels,
        stored_properties | {"hash": node_hash(labels, stored_properties, relationships)},
        relationships,
    )


def _edge(edge_type: str, start_id: str, end_id: str, properties: Properties) -> EdgeItem:
    stored_properties = {key: value for key, value in properties.items() if value is not None}
    return EdgeItem(
        stored_properties["id"], edge_type, start_id, end_id, stored_properties | {"hash": edge_hash(stored_properties)}
    )


def content_digests(description: Mapping[str, Any], hashes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return number and digest of the objects of each family, and of `edges`, from their hashes by id.

    `description` is what the marker says of the release; its digest has the key `Release`.
    """
    digests = {key: f"{len(family)} {_digest(sorted(family.items()))}" for key, family in hashes.items()}
    return digests | {"Release": f"1 {_digest(description)}"}


def node_hash(labels: Iterable[str], properties: Properties, relationships: Iterable[Relationship]) -> str:
    """Return the hash of a node: its labels, then a digest of its properties and of its relationships in order."""
    # With the labels in front, a change of labels is visible from the stored hash alone.
    links = [[link.type, link.end_id, link.properties] for link in relationships]
    return f"{':'.join(labels)} {_digest([properties, links])}"


def edge_hash(properties: Properties) -> str:
    """Return the hash of an edge's properties."""
    return _digest(properties)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
