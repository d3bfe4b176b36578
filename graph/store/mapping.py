"""Map a release to the nodes and edges that the store writes, each with a hash of all its content. Pure."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import FactsError, Problem
from ..model.facts import Attributes, Disagreement, Mention, Sentence, Statement
from ..model.folding import fold, key
from ..model.release import Entity, Release

LAYOUT = 3
"""Version of the stored structure; increased when an unchanged release must be written again."""
FAMILIES = ("Entity", "Name", "Statement", "Sentence", "Disagreement", "Reading", "Retired")
"""Labels with a unique `id`. Each family comes after those that its relationships lead to."""
LINKS: Mapping[str, tuple[str, ...]] = {
    "Name": ("NAMES",),
    "Statement": ("SUBJECT", "OBJECT", "STATED_IN", "SAID_BY", "ABOUT"),
    "Sentence": ("SENTENCE_OF",),
    "Disagreement": ("CONCERNS",),
    "Reading": ("READING_OF", "RESTS_ON"),
}
"""Types of the relationships that are stored as part of a node, by the node's family."""
MENTIONS = "MENTIONS"

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship that is stored as part of a node: its type, the family and id of its end node, its properties."""

    type: str
    family: str
    end: str
    properties: Properties = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class NodeItem:
    """A node to store; its properties include `id` and `hash`."""

    id: str
    labels: tuple[str, ...]
    properties: Properties
    links: tuple[Link, ...] = ()

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
    start: str
    end: str
    properties: Properties

    @property
    def hash(self) -> str:
        """Digest of all that is stored."""
        return self.properties["hash"]


@dataclass(frozen=True, slots=True)
class Items:
    """Everything that is stored of a release: nodes by family and id, edges by id."""

    nodes: Mapping[str, Mapping[str, NodeItem]]
    edges: Mapping[str, EdgeItem]


def items(release: Release) -> Items:
    """Return the nodes and edges of a release; raise `FactsError` if one refers to a node that the release lacks."""
    nodes: dict[str, dict[str, NodeItem]] = {family: {} for family in FAMILIES}
    for node in _nodes(release):
        nodes[node.family][node.id] = node
    edges = {edge.id: edge for edge in _edges(release)}
    problems = [
        Problem("release", 0, f"{node.id} refers to {link.end!r}", f"an {link.family} of the release")
        for family in FAMILIES
        for node in nodes[family].values()
        for link in node.links
        if link.end not in nodes[link.family]
    ]
    problems += [
        Problem("release", 0, f"edge {edge.id!r} with the end {end!r}", "an Entity of the release")
        for edge in edges.values()
        for end in (edge.start, edge.end)
        if end not in nodes["Entity"]
    ]
    if problems:
        raise FactsError(problems)
    return Items(nodes, edges)


def _nodes(release: Release) -> Iterator[NodeItem]:
    for entity in release.entities:
        yield _entity(entity)
        yield from _names(entity)
    for statement in release.statements:
        yield _statement(statement)
    for sentence in release.sentences:
        yield _sentence(sentence)
    for disagreement in release.disagreements:
        yield from _disagreement(disagreement)
    for old, new in release.retired:
        yield _node(("Retired",), {"id": old, "into": new})


def _edges(release: Release) -> Iterator[EdgeItem]:
    for edge in release.edges:
        properties = {
            "id": edge.id,
            "status": edge.status,
            "basis": edge.basis,
            "as_of": edge.as_of,
            "articles": edge.articles,
            "origins": edge.origins,
            "statements": list(edge.statements),
        }
        yield _edge(edge.predicate, edge.subject, edge.object, properties | _flat(edge.qualifiers))
    together: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in release.mentions:
        together[mention.article, mention.entity].append(mention)
    for (article, entity), spans in together.items():
        properties = {
            "id": f"{article} {MENTIONS} {entity}",
            "lines": [span.line for span in spans],
            "starts": [span.start for span in spans],
            "ends": [span.end for span in spans],
        }
        yield _edge(MENTIONS, article, entity, properties)


def _entity(entity: Entity) -> NodeItem:
    forms = sorted({fold(text) for text in (entity.name, *(name.text for name in entity.names))})
    properties = {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "names": [name.text for name in entity.names],
        "languages": [name.language for name in entity.names],
        "status": entity.status,
        "search": " ".join(forms),
    }
    return _node(entity.labels, properties | _flat(entity.attributes))


def _names(entity: Entity) -> Iterator[NodeItem]:
    for name in entity.names:
        properties = {
            "id": f"{entity.id} {name.language} {name.kind} {name.article or ''} {name.text}",
            "text": name.text,
            "key": key(name.text),
            "language": name.language,
            "kind": name.kind,
            "article": name.article,
        }
        yield _node(("Name",), properties, [Link("NAMES", "Entity", entity.id)])


def _statement(statement: Statement) -> NodeItem:
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
        "gloss": statement.gloss,
        "origin": statement.origin,
        "source": statement.source,
        "checked_on": statement.checked_on,
        "sentence": statement.sentence,
        "speaker": statement.speaker,
        "about": list(statement.about) or None,
    }
    links = [Link("SUBJECT", "Entity", statement.subject)]
    if statement.object is not None:
        links.append(Link("OBJECT", "Entity", statement.object))
    if passage is not None:
        place = {"line": passage.line, "start": passage.start, "end": passage.end, "sha256": passage.sha256}
        links.append(Link("STATED_IN", "Entity", passage.article, place))
    if statement.speaker is not None:
        links.append(Link("SAID_BY", "Entity", statement.speaker))
    links += [Link("ABOUT", "Entity", entity) for entity in dict.fromkeys(statement.about)]
    return _node(("Statement", statement.kind.capitalize()), properties | _flat(statement.qualifiers), links)


def _sentence(sentence: Sentence) -> NodeItem:
    passage = sentence.passage
    properties = {
        "id": sentence.id,
        "article": passage.article,
        "line": passage.line,
        "start": passage.start,
        "end": passage.end,
        "sha256": passage.sha256,
        "none": sentence.none,
        "statements": list(sentence.statements),
    }
    return _node(("Sentence",), properties, [Link("SENTENCE_OF", "Entity", passage.article)])


def _disagreement(item: Disagreement) -> Iterator[NodeItem]:
    properties = {
        "id": item.id,
        "kind": item.kind,
        "gloss": item.gloss or None,
        "preferred": item.preferred,
        "reason": item.reason,
        "about": list(item.about),
    }
    yield _node(("Disagreement",), properties, [Link("CONCERNS", "Entity", end) for end in dict.fromkeys(item.about)])
    for position, reading in enumerate(item.readings):
        properties = {
            "id": f"{item.id} {position}",
            "position": position,
            "gloss": reading.gloss,
            "statements": list(reading.statements),
        }
        links = [Link("RESTS_ON", "Statement", statement) for statement in dict.fromkeys(reading.statements)]
        yield _node(("Reading",), properties, [Link("READING_OF", "Disagreement", item.id), *links])


def _flat(attributes: Attributes) -> Properties:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in attributes.items()}


def _node(labels: tuple[str, ...], properties: Properties, links: Iterable[Link] = ()) -> NodeItem:
    kept = {key: value for key, value in properties.items() if value is not None}
    links = tuple(links)
    return NodeItem(kept["id"], labels, kept | {"hash": node_hash(labels, kept, links)}, links)


def _edge(kind: str, start: str, end: str, properties: Properties) -> EdgeItem:
    kept = {key: value for key, value in properties.items() if value is not None}
    return EdgeItem(kept["id"], kind, start, end, kept | {"hash": edge_hash(kept)})


def node_hash(labels: Iterable[str], properties: Properties, links: Iterable[Link]) -> str:
    """Return the hash of a node: its labels, then a digest of its properties and of its relationships in order."""
    # With the labels in front, a change of labels is visible from the stored hash alone.
    return f"{':'.join(labels)} {_digest([properties, [[link.type, link.end, link.properties] for link in links]])}"


def edge_hash(properties: Properties) -> str:
    """Return the hash of an edge's properties."""
    return _digest(properties)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
