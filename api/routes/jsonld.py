"""An entity as JSON-LD, in schema.org terms where they apply and in our own vocabulary (`vnkg:`) otherwise.

An entity that does not exist yet gets no schema.org type, only our type and status, and a target is not an
`Observation`: schema.org would present them as real. Passages are Web Annotation selectors. The context is inline, so
that readers need no other host.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...graph.model.merge import STATUS_TYPES
from ..presenters.evidence import Item, Sources

CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "vnkg": "urn:vnkg:",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcterms": "http://purl.org/dc/terms/",
}
TYPES: Mapping[str, str] = {
    "Province": "AdministrativeArea",
    "Place": "Place",
    "Agency": "GovernmentOrganization",
    "Person": "Person",
    "Policy": "Legislation",
    "Fund": "Organization",
    "Centre": "Organization",
    "Organisation": "Organization",
    "Event": "Event",
    "Programme": "Project",
    "Sector": "DefinedTerm",
    "Model": "DefinedTerm",
    "Article": "NewsArticle",
}
"""The schema.org type of each node type."""
THERE = ("existing", "past")
"""Statuses of things that exist or existed, as opposed to planned ones."""
FIRM = ("stated", "inferred")
LINES = "http://tools.ietf.org/rfc/rfc5147"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_SAME: Mapping[str, str] = {
    "issued_on": "legislationDate",
    "number": "legislationIdentifier",
    "title": "description",
    "date": "startDate",
    "language": "inLanguage",
    "published": "datePublished",
    "url": "url",
}
"""Attributes that have a schema.org property."""
_BOUNDS = {
    "=": "value",
    "more than": "minValue",
    "at least": "minValue",
    "less than": "maxValue",
    "at most": "maxValue",
}
Json = Mapping[str, Any]
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """Builds the JSON-LD document of one entity.

    `base_url` is put in front of every path; empty for relative URLs.
    """

    base: str
    release: Json
    sources: Sources

    def of(self, entity: Json, statements: Sequence[Json], disagreements: Iterable[Json]) -> Node:
        """Return the document: `@context`, and in `@graph` dataset, entity, edges, neighbours, statements, articles."""
        articles = sorted({said["article"] for said in statements if "article" in said} - {entity["id"]})
        others = {edge["other"]["id"]: edge["other"] for edge in entity["edges"]}
        graph = [
            self._dataset(),
            self._entity(entity),
            *(self._edge(entity["id"], edge) for edge in entity["edges"]),
            *(self._other(other) for key, other in sorted(others.items()) if key not in articles),
            *(self._statement(said) for said in statements),
            *(self._article(self.sources.article(key)) for key in articles),
            *(self._disagreement(item) for item in disagreements),
        ]
        return {"@context": CONTEXT, "@graph": graph}

    def _address(self, kind: str, id_: str) -> str:
        return f"{self.base}/{kind}/{quote(id_, safe=':')}"

    def _ref(self, id_: str) -> Node:
        return {"@id": self._address("entities", id_)}

    def _dataset(self) -> Node:
        return {
            "@id": f"{self.base}/",
            "@type": "Dataset",
            "name": "VNKG",
            "version": self.release["release"],
            "dateModified": self.release["data_date"],
            "license": {"@id": _LICENCE},
        }

    def _entity(self, entity: Json) -> Node:
        node = self._ref(entity["id"]) | _types(entity) | {"identifier": entity["id"]}
        for kind, word in (("name", "name"), ("", "alternateName")):
            found = [
                {"@value": name["text"], "@language": name["language"]}
                for name in entity["names"]
                if (name["kind"] == "name") == bool(kind)
            ]
            if found:
                node[word] = found
        fixed = ("id", "type", "labels", "name", "names", "status", "edges", "mentions", "disagreements", "publisher")
        for key, value in entity.items():
            if key not in fixed:
                node[_SAME.get(key, f"vnkg:{key}")] = value
        if "publisher" in entity:
            node["publisher"] = {"@type": "Organization", "name": entity["publisher"]}
        if entity.get("status"):
            node["vnkg:status"] = _term("status", entity["status"])
        for word, value in self._direct(entity):
            node.setdefault(word, []).append(value)
        return node | {"subjectOf": {"@id": f"{self.base}/"}}

    def _direct(self, entity: Json) -> Iterator[tuple[str, Node]]:
        """Yield schema.org properties of the entity and their values, from existing edges with a firm basis only."""
        ways = {
            ("HOLDS_ROLE", "out"): "worksFor",
            ("HOLDS_ROLE", "in"): "employee",
            ("ISSUED", "in"): "legislationPassedBy",
            ("LOCATED_IN", "out"): "containedInPlace" if entity["type"] in ("Province", "Place") else "location",
        }
        for edge in entity["edges"]:
            word = ways.get((edge["predicate"], edge["direction"]))
            if word is None or edge["status"] != "existing" or edge["basis"] not in FIRM:
                continue
            other = self._ref(edge["other"]["id"])
            if edge["predicate"] == "HOLDS_ROLE":
                other = {"@type": "OrganizationRole", "roleName": edge["title"], word: other}
            yield word, other

    def _edge(self, entity_id: str, edge: Json) -> Node:
        ends = (entity_id, edge["other"]["id"])
        subject, end = ends if edge["direction"] == "out" else ends[::-1]
        fixed = ("id", "predicate", "direction", "other", "status", "basis", "statements")
        node = {
            "@id": f"{self._address('entities', subject)}#{edge['predicate']}.{quote(end, safe=':')}",
            "@type": "vnkg:Edge",
            "vnkg:subject": self._ref(subject),
            "vnkg:predicate": _term("edge", edge["predicate"]),
            "vnkg:object": self._ref(end),
            "vnkg:status": _term("status", edge["status"]),
            "vnkg:basis": _term("basis", edge["basis"]),
            "vnkg:statement": [self._statement_ref(key) for key in edge["statements"]],
        }
        return node | {f"vnkg:{key}": value for key, value in edge.items() if key not in fixed and value is not None}

    def _other(self, other: Json) -> Node:
        return self._ref(other["id"]) | _types(other) | {"name": other["name"]}

    def _statement_ref(self, id_: str) -> Node:
        return {"@id": self._address("statements", id_)}

    def _statement(self, said: Json) -> Node:
        node: Node = self._statement_ref(said["id"]) | {
            "@type": ["vnkg:Statement"],
            "vnkg:basis": _term("basis", said["basis"]),
        }
        if said["gloss"]:
            node["vnkg:gloss"] = {"@value": said["gloss"], "@language": "en"}
        for key in ("as_of", "as_of_from", "period", "checked_on", "origin"):
            if key in said:
                node[f"vnkg:{key}"] = said[key]
        for key in ("status", "value_status"):
            if key in said:
                node[f"vnkg:{key}"] = _term(key, said[key])
        node |= {f"vnkg:{key}": value for key, value in said.get("qualifiers", {}).items()}
        if "source" in said:
            node["dcterms:source"] = said["source"]
        if "speaker" in said:
            node["vnkg:speaker"] = self._ref(said["speaker"])
        type_, more = getattr(self, f"_{said['kind']}")(said)
        node["@type"] += type_
        return node | more | self._passage(said)

    def _relation(self, said: Json) -> tuple[list[str], Node]:
        return [], {
            "vnkg:subject": self._ref(said["subject"]),
            "vnkg:predicate": _term("edge", said["predicate"]),
            "vnkg:object": self._ref(said["object"]),
        }

    def _measurement(self, said: Json) -> tuple[list[str], Node]:
        comparator = str(said.get("comparator", "="))
        amount = {"@type": "QuantitativeValue", "vnkg:comparator": comparator, "vnkg:value": said["value"]}
        if comparator in _BOUNDS:
            amount[_BOUNDS[comparator]] = said["value"]
        if "unit" in said:
            amount["unitText"] = said["unit"]
        about = {"vnkg:subject": self._ref(said["subject"]), "vnkg:indicator": _term("indicator", said["indicator"])}
        if said.get("value_status") != "actual":
            return ["vnkg:Measurement"], about | {"vnkg:amount": amount}
        when = said.get("period") or said.get("as_of")
        seen = {"observationAbout": about["vnkg:subject"], "measuredProperty": about["vnkg:indicator"], "value": amount}
        return ["vnkg:Measurement", "Observation"], about | seen | ({"observationDate": when} if when else {})

    def _claim(self, said: Json) -> tuple[list[str], Node]:
        node = {
            "vnkg:claim_type": _term("claim_type", said["claim_type"]),
            "about": [self._ref(key) for key in (said["subject"], *said.get("about", ()))],
        }
        if "speaker" in said:
            node["author"] = self._ref(said["speaker"])
        if "article" in said:
            node["appearance"] = self._ref(said["article"])
        return ["Claim"], node

    def _passage(self, said: Json) -> Node:
        if "article" not in said:
            return {}
        return {
            "oa:hasTarget": {
                "@type": "oa:SpecificResource",
                "oa:hasSource": self._ref(said["article"]),
                "oa:hasSelector": {
                    "@type": "oa:FragmentSelector",
                    "dcterms:conformsTo": {"@id": LINES},
                    "rdf:value": f"line={said['line'] - 1},{said['line']}",
                    "oa:refinedBy": {
                        "@type": "oa:TextPositionSelector",
                        "oa:start": said["start"],
                        "oa:end": said["end"],
                    },
                },
                "vnkg:sha256": said["sha256"],
            }
        }

    def _article(self, article: Item) -> Node:
        return self._entity({"type": "Article", "names": [], "edges": [], **article}) | {"headline": article["name"]}

    def _disagreement(self, item: Json) -> Node:
        node: Node = {
            "@id": self._address("disagreements", item["id"]),
            "@type": "vnkg:Disagreement",
            "vnkg:kind": _term("disagreement", item["kind"]),
            "about": [self._ref(key) for key in item["about"]],
            "vnkg:reading": [
                {
                    "@type": "vnkg:Reading",
                    "vnkg:gloss": reading["gloss"],
                    "vnkg:preferred": item.get("preferred") == place,
                    "vnkg:statement": [self._statement_ref(key) for key in reading["statements"]],
                }
                for place, reading in enumerate(item["readings"])
            ],
        }
        return node | {f"vnkg:{key}": item[key] for key in ("gloss", "reason") if item.get(key)}


def _types(entity: Json) -> Node:
    """Return `@type`: our own type, and the schema.org type if the entity is known to exist or have existed."""
    own = [f"vnkg:{entity['type']}"]
    return {"@type": own + ([TYPES[entity["type"]]] if _is_there(entity) else [])}


def _is_there(entity: Json) -> bool:
    """True if an entity is known to exist or have existed.

    A policy has no status: it counts if it has a date of issue or an ISSUED edge with such a status.
    """
    if entity["type"] in STATUS_TYPES:
        return entity.get("status") in THERE
    if entity["type"] == "Policy":
        issued = (edge for edge in entity.get("edges", ()) if edge["predicate"] == "ISSUED")
        return bool(entity.get("issued_on")) or any(edge["status"] in THERE for edge in issued)
    return True


def _term(list_: str, key: str | None) -> Node | None:
    """Return a reference to a term of one of our closed lists; None without a key."""
    return None if key is None else {"@id": f"vnkg:{list_}/{quote(key, safe='')}"}
