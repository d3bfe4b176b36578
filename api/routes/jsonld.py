"""An entity as JSON-LD, in schema.org terms where they apply and in our own vocabulary (`vnkg:`) otherwise.

An entity that does not exist yet gets no schema.org type, only our type and status, and a target is not an
`Observation`: schema.org would present them as real. Passages are Web Annotation selectors. The context is inline, so
that readers need no other host.
"""

# pyright: reportTypedDictNotRequiredAccess=false
# Which keys a statement has depends on its kind, by which the functions here are chosen.

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from ...graph.model.objects import DisagreementJson, EntityCard, EntityJson, StatementJson
from ...graph.model.schema import schema
from ...graph.reader.objects import ArticleJson, EntityDetails, EntityEdge, ReleaseInfo
from ..presenters.evidence import Sources
from ..presenters.existence import existence_status

CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "vnkg": "urn:vnkg:",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcterms": "http://purl.org/dc/terms/",
}
LINE_FRAGMENT_STANDARD = "http://tools.ietf.org/rfc/rfc5147"
_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
_SCHEMA_ORG_ATTRIBUTES: Mapping[str, str] = {
    "issued_on": "legislationDate",
    "number": "legislationIdentifier",
    "title": "description",
    "date": "startDate",
    "language": "inLanguage",
    "published": "datePublished",
    "url": "url",
}
"""Attributes that have a schema.org property."""
_SCHEMA_ORG_BOUNDS = {
    "=": "value",
    "more than": "minValue",
    "at least": "minValue",
    "less than": "maxValue",
    "at most": "maxValue",
}
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JsonLdDocument:
    """Builds the JSON-LD document of one entity.

    `base_url` is put in front of every path; empty for relative URLs.
    """

    base_url: str
    release: ReleaseInfo
    sources: Sources

    def build(
        self, entity: EntityDetails, statements: Sequence[StatementJson], disagreements: Iterable[DisagreementJson]
    ) -> Node:
        """Return the document: `@context`, and in `@graph` dataset, entity, edges, neighbours, statements, articles."""
        articles = sorted({statement["article"] for statement in statements if "article" in statement} - {entity["id"]})
        neighbours = {edge["neighbour"]["id"]: edge["neighbour"] for edge in entity["edges"]}
        graph = [
            self._dataset(),
            self._entity(entity),
            *(self._edge(entity["id"], edge) for edge in entity["edges"]),
            *(self._neighbour(neighbour) for key, neighbour in sorted(neighbours.items()) if key not in articles),
            *(self._statement(statement) for statement in statements),
            *(self._article(self.sources.article(key)) for key in articles),
            *(self._disagreement(disagreement) for disagreement in disagreements),
        ]
        return {"@context": CONTEXT, "@graph": graph}

    def _url(self, kind: str, id_: str) -> str:
        return f"{self.base_url}/{kind}/{quote(id_, safe=':')}"

    def _entity_ref(self, id_: str) -> Node:
        return {"@id": self._url("entities", id_)}

    def _dataset(self) -> Node:
        return {
            "@id": f"{self.base_url}/",
            "@type": "Dataset",
            "name": "VNKG",
            "version": self.release["release"],
            "dateModified": self.release["data_date"],
            "license": {"@id": _LICENCE_URL},
        }

    def _entity(self, entity: EntityJson) -> Node:
        node = self._entity_ref(entity["id"]) | _type_property(entity) | {"identifier": entity["id"]}
        for kind, term in (("name", "name"), ("", "alternateName")):
            values = [
                {"@value": name["text"], "@language": name["language"]}
                for name in entity["names"]
                if (name["kind"] == "name") == bool(kind)
            ]
            if values:
                node[term] = values
        excluded_keys = (
            "id",
            "type",
            "labels",
            "name",
            "names",
            "status",
            "edges",
            "mentions",
            "disagreements",
            "publisher",
        )
        for key, value in entity.items():
            if key not in excluded_keys:
                node[_SCHEMA_ORG_ATTRIBUTES.get(key, f"vnkg:{key}")] = value
        if "publisher" in entity:
            node["publisher"] = {"@type": "Organization", "name": entity["publisher"]}
        if entity.get("status"):
            node["vnkg:status"] = _term("status", entity["status"])
        for term, value in self._schema_org_relations(entity):
            node[term] = [*node.get(term, []), value]
        return node | {"subjectOf": {"@id": f"{self.base_url}/"}}

    def _schema_org_relations(self, entity: EntityJson) -> Iterator[tuple[str, Node]]:
        """Yield schema.org properties of the entity and their values, from edges that hold only."""
        terms = {
            ("HOLDS_ROLE", "out"): "worksFor",
            ("HOLDS_ROLE", "in"): "employee",
            ("ISSUED", "in"): "legislationPassedBy",
            ("LOCATED_IN", "out"): "containedInPlace" if entity["type"] in ("Province", "Place") else "location",
        }
        for edge in _edges(entity):
            term = terms.get((edge["predicate"], edge["direction"]))
            if term is None or not edge["holds"]:
                continue
            target = self._entity_ref(edge["neighbour"]["id"])
            if edge["predicate"] == "HOLDS_ROLE":
                target = {"@type": "OrganizationRole", "roleName": edge.get("title"), term: target}
            yield term, target

    def _edge(self, entity_id: str, edge: EntityEdge) -> Node:
        entity_ids = (entity_id, edge["neighbour"]["id"])
        subject_id, object_id = entity_ids if edge["direction"] == "out" else entity_ids[::-1]
        excluded_keys = (
            "id", "predicate", "direction", "neighbour", "status", "basis", "statements", "alternative",
            "disagreements",
        )  # fmt: skip
        node: Node = {
            "@id": f"{self._url('entities', subject_id)}#{edge['predicate']}.{quote(object_id, safe=':')}",
            "@type": "vnkg:Edge",
            "vnkg:subject": self._entity_ref(subject_id),
            "vnkg:predicate": _term("edge", edge["predicate"]),
            "vnkg:object": self._entity_ref(object_id),
            "vnkg:status": _term("status", edge["status"]),
            "vnkg:basis": _term("basis", edge["basis"]),
            "vnkg:statement": [self._statement_ref(key) for key in edge["statements"]],
        }
        if "alternative" in edge:
            node["vnkg:alternative"] = [self._entity_ref(key) for key in edge["alternative"]]
        if "disagreements" in edge:
            node["vnkg:disagreement"] = [{"@id": self._url("disagreements", key)} for key in edge["disagreements"]]
        return node | {
            f"vnkg:{key}": value for key, value in edge.items() if key not in excluded_keys and value is not None
        }

    def _neighbour(self, neighbour: EntityCard) -> Node:
        return self._entity_ref(neighbour["id"]) | _type_property(neighbour) | {"name": neighbour["name"]}

    def _statement_ref(self, id_: str) -> Node:
        return {"@id": self._url("statements", id_)}

    def _statement(self, statement: StatementJson) -> Node:
        node: Node = self._statement_ref(statement["id"]) | {
            "@type": ["vnkg:Statement"],
            "vnkg:basis": _term("basis", statement["basis"]),
        }
        node |= _texts(statement, "gloss")
        for key in ("as_of", "as_of_from", "due", "period", "checked_on", "origin"):
            if key in statement:
                node[f"vnkg:{key}"] = statement[key]
        for key in ("status", "value_status", "scope", "speaker_basis"):
            if key in statement:
                node[f"vnkg:{key}"] = _term(key, statement[key])
        if "alternative" in statement:
            node["vnkg:alternative"] = [self._entity_ref(key) for key in statement["alternative"]]
        node |= {f"vnkg:{key}": value for key, value in statement.get("qualifiers", {}).items()}
        if "source" in statement:
            node["dcterms:source"] = statement["source"]
        if "speaker" in statement:
            node["vnkg:speaker"] = self._entity_ref(statement["speaker"])
        types, properties = getattr(self, f"_{statement['kind']}")(statement)
        node["@type"] += types
        return node | properties | self._passage(statement)

    def _relation(self, statement: StatementJson) -> tuple[list[str], Node]:
        return [], {
            "vnkg:subject": self._entity_ref(statement["subject"]),
            "vnkg:predicate": _term("edge", statement["predicate"]),
            "vnkg:object": self._entity_ref(statement["object"]),
        }

    def _measurement(self, statement: StatementJson) -> tuple[list[str], Node]:
        comparator = str(statement.get("comparator", "="))
        amount = {"@type": "QuantitativeValue", "vnkg:comparator": comparator, "vnkg:value": statement["value"]}
        if comparator in _SCHEMA_ORG_BOUNDS:
            amount[_SCHEMA_ORG_BOUNDS[comparator]] = statement["value"]
        if "unit" in statement:
            amount["unitText"] = statement["unit"]
        properties = {
            "vnkg:subject": self._entity_ref(statement["subject"]),
            "vnkg:indicator": _term("indicator", statement["indicator"]),
        }
        if statement.get("value_status") != "actual":
            return ["vnkg:Measurement"], properties | {"vnkg:amount": amount}
        observation_date = statement.get("period") or statement.get("as_of")
        observation = {
            "observationAbout": properties["vnkg:subject"],
            "measuredProperty": properties["vnkg:indicator"],
            "value": amount,
        }
        return ["vnkg:Measurement", "Observation"], properties | observation | (
            {"observationDate": observation_date} if observation_date else {}
        )

    def _claim(self, statement: StatementJson) -> tuple[list[str], Node]:
        node = {
            "vnkg:claim_type": _term("claim_type", statement["claim_type"]),
            "about": [self._entity_ref(key) for key in (statement["subject"], *statement.get("about", ()))],
        }
        if "speaker" in statement:
            node["author"] = self._entity_ref(statement["speaker"])
        if "article" in statement:
            node["appearance"] = self._entity_ref(statement["article"])
        return ["Claim"], node

    def _passage(self, statement: StatementJson) -> Node:
        if "article" not in statement:
            return {}
        return {
            "oa:hasTarget": {
                "@type": "oa:SpecificResource",
                "oa:hasSource": self._entity_ref(statement["article"]),
                "oa:hasSelector": {
                    "@type": "oa:FragmentSelector",
                    "dcterms:conformsTo": {"@id": LINE_FRAGMENT_STANDARD},
                    "rdf:value": f"line={statement['line'] - 1},{statement['line']}",
                    "oa:refinedBy": {
                        "@type": "oa:TextPositionSelector",
                        "oa:start": statement["start"],
                        "oa:end": statement["end"],
                    },
                },
                "vnkg:sha256": statement["sha256"],
            }
        }

    def _article(self, article: ArticleJson) -> Node:
        return self._entity(article) | {"headline": article["name"]}

    def _disagreement(self, disagreement: DisagreementJson) -> Node:
        node: Node = {
            "@id": self._url("disagreements", disagreement["id"]),
            "@type": "vnkg:Disagreement",
            "vnkg:kind": _term("disagreement", disagreement["kind"]),
            "about": [self._entity_ref(key) for key in disagreement["about"]],
            "vnkg:reading": [
                {
                    "@type": "vnkg:Reading",
                    **_texts(reading, "gloss"),
                    "vnkg:preferred": disagreement.get("preferred") == index,
                    "vnkg:statement": [self._statement_ref(key) for key in reading["statements"]],
                }
                for index, reading in enumerate(disagreement["readings"])
            ],
        }
        if "changes" in disagreement:
            node["vnkg:changes"] = _term("disagreement_effect", disagreement["changes"])
        return node | _texts(disagreement, "gloss", "reason")


def _texts(item: Mapping[str, Any], *keys: str) -> Node:
    """Return our texts under some keys, each in the languages that it exists in."""
    values = {
        key: [
            {"@value": item[name], "@language": language}
            for name, language in ((key, "en"), (f"{key}_vi", "vi"))
            if item.get(name)
        ]
        for key in keys
    }
    return {f"vnkg:{key}": texts for key, texts in values.items() if texts}


def _edges(entity: EntityCard | EntityJson) -> list[EntityEdge]:
    """Return the edges of an entity; none if only its summary is known."""
    return cast("list[EntityEdge]", entity.get("edges", []))


def _type_property(entity: EntityCard | EntityJson) -> Node:
    """Return `@type`: our own type, and the schema.org type if the entity is known to exist or have existed."""
    types = [f"vnkg:{entity['type']}"]
    return {"@type": types + ([schema().nodes[entity["type"]].schema_org] if _is_realized(entity) else [])}


def _is_realized(entity: EntityCard | EntityJson) -> bool:
    """True if an entity is known to exist or have existed.

    A policy has no status: it counts if it has a date of issue or an ISSUED edge with such a status.
    """
    realized_statuses = [key for key, status in schema().statuses.items() if status.exists]
    if schema().nodes[entity["type"]].has_status:
        return existence_status(entity) in realized_statuses
    if entity["type"] == "Policy":
        issued_edges = (edge for edge in _edges(entity) if edge["predicate"] == "ISSUED")
        return bool(entity.get("issued_on")) or any(edge["status"] in realized_statuses for edge in issued_edges)
    return True


def _term(list_: str, key: str | None) -> Node | None:
    """Return a reference to a term of one of our closed lists; None without a key."""
    return None if key is None else {"@id": f"vnkg:{list_}/{quote(key, safe='')}"}
