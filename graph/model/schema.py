"""Reads `schema.yaml`, which declares node types, edge types and closed lists, and rejects wrong declarations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from .. import resources
from ..errors import DeclarationError

STATUS_GROUPS = ("in_force", "planned", "ended", "uncertain")
"""What a status counts as; every edge type allows the uncertain ones."""
TONES = ("good", "plan", "maybe", "disagreement", "grey")
"""Colours of statuses; the stylesheet defines each for light and dark pages."""
RESERVED_ENTITY_FIELDS = ("id", "type", "labels", "name", "names", "status", "hash", "owner", "search", "languages")
"""Fixed fields of an entity in release files and the database; no property may have one of these names."""
RESERVED_EDGE_FIELDS = (
    *RESERVED_ENTITY_FIELDS, "subject", "predicate", "object",
    "basis", "as_of", "as_of_from", "statements", "articles", "origins",
    "kind", "gloss", "sentence", "origin", "source", "checked_on", "speaker", "about", "article", "line", "start",
    "end", "sha256", "value", "unit", "comparator", "period", "indicator", "claim_type", "value_status",
)  # fmt: skip
"""Fixed fields of edges and statements; no qualifier may have one of these names."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a closed list: its key, labels (en, vi) and help text.

    `line` is the line style of a status in pictures, `label` the extra database label of a kind. A kind that is a `hub`
    connects so many entities that paths through it mean nothing; path search avoids it.
    """

    key: str
    en: str
    vi: str
    help: str = ""
    line: str = "solid"
    label: str = ""
    hub: bool = False


@dataclass(frozen=True, slots=True)
class Status(Term):
    """A status; `group` is one of `STATUS_GROUPS`, `tone` one of `TONES`, `symbol` the character in its chip."""

    group: str = "uncertain"
    tone: str = "grey"
    symbol: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Whether nobody knows if it exists."""
        return self.group == "uncertain"

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.group == "ended"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node type or a qualifier of an edge type; `values` is its closed list, empty if there is none."""

    key: str
    type: str
    en: str
    vi: str
    required: bool = False
    values: Mapping[str, Term] = field(default_factory=dict[str, Term])


@dataclass(frozen=True, slots=True)
class NodeType:
    """A type of entity: id prefix, labels, appearance in pictures, properties.

    `schema_org` is its type in schema.org; entities of a `comparable` type can be compared side by side on one page.
    """

    key: str
    prefix: str
    en: str
    vi: str
    color: str
    shape: str
    help: str
    properties: Mapping[str, Property]
    schema_org: str = "Thing"
    comparable: bool = False


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of edge: node types allowed as subject (`start`) and object (`end`), statuses and qualifiers.

    A `symmetric` edge holds in both directions and is stored once. A `derived` edge is made from mentions and never
    stated.
    """

    key: str
    en: str
    vi: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    statuses: tuple[str, ...]
    symmetric: bool
    derived: bool
    qualifiers: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class Schema:
    """Everything `schema.yaml` declares; mappings keep the order of the file.

    `/api/v1/schema` returns these fields and those of the types above under their names.
    `existence` lists edge types, weakest first; `firmness` lists all statuses, the most certain first, `precedence` all
    statuses, the one to show first.
    """

    statuses: Mapping[str, Status]
    bases: Mapping[str, Term]
    implementations: Mapping[str, Term]
    value_statuses: Mapping[str, Term]
    comparators: Mapping[str, Term]
    disagreement_kinds: Mapping[str, Term]
    claim_types: Mapping[str, Term]
    units: Mapping[str, Term]
    name_kinds: Mapping[str, Term]
    existence: tuple[str, ...]
    firmness: tuple[str, ...]
    precedence: tuple[str, ...]
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]

    def node_type_of(self, entity_id: str) -> NodeType | None:
        """Return the node type of an id by its prefix (`province:dong-nai` is a Province), or None."""
        prefix, colon, slug = entity_id.partition(":")
        if not colon or not slug:
            return None
        return next((node for node in self.nodes.values() if node.prefix == prefix), None)

    def labels(self, node: NodeType, attributes: Mapping[str, object]) -> tuple[str, ...]:
        """Return the database labels of an entity: `Entity`, its type, and its kind's label (`Resolution`) if any."""
        kind = node.properties.get("kind")
        kind_label = (
            kind.values[str(attributes["kind"])].label if kind and attributes.get("kind") in kind.values else ""
        )
        return ("Entity", node.key, kind_label) if kind_label else ("Entity", node.key)

    def statuses_in(self, *groups: str) -> tuple[str, ...]:
        """Return the statuses of some of `STATUS_GROUPS`, in the order of `precedence`."""
        return tuple(key for key in self.precedence if self.statuses[key].group in groups)

    @property
    def kind_labels(self) -> tuple[str, ...]:
        """Database labels that kinds add to their node type, sorted."""
        labels = {
            term.label
            for node in self.nodes.values()
            for prop in node.properties.values()
            for term in prop.values.values()
            if term.label
        }
        return tuple(sorted(labels))

    @property
    def hub_kinds(self) -> frozenset[tuple[str, str]]:
        """Pairs `(node type, kind)` that are declared as hubs."""
        return frozenset(
            (node.key, term.key)
            for node in self.nodes.values()
            if "kind" in node.properties
            for term in node.properties["kind"].values.values()
            if term.hub
        )


CLOSED_LISTS = (
    "statuses", "bases", "implementations", "value_statuses", "comparators",
    "disagreement_kinds", "claim_types", "units", "name_kinds",
)  # fmt: skip


def read_schema(text: str, file: str = "schema.yaml") -> Schema:
    """Read a schema from YAML text; raises `DeclarationError` that says what is wrong and where.

    >>> read_schema("version: 1")
    Traceback (most recent call last):
    ...
    vnkg.graph.errors.DeclarationError: schema.yaml: 'statuses' is missing; expected a list of terms
    """
    try:
        raw: Any = resources.parse(text)
    except yaml.YAMLError as error:
        raise DeclarationError(f"{file}: not YAML: {error}") from error
    reader = _SchemaReader(file, raw)
    statuses = reader.statuses()
    lists: dict[str, Any] = {
        name: statuses if name == "statuses" else reader.terms(name, reader.raw.get(name)) for name in CLOSED_LISTS
    }
    nodes = {key: reader.node(key, body) for key, body in reader.mapping("nodes").items()}
    uncertain = [status.key for status in statuses.values() if status.is_uncertain]
    edges = {key: reader.edge(key, body, nodes, lists, uncertain) for key, body in reader.mapping("edges").items()}
    existence = tuple(reader.strings("existence", reader.raw.get("existence")))
    for key in existence:
        reader.require(
            key in edges, f"existence: {key!r} is not an edge type; expected one of {_join_alternatives(edges)}"
        )
    firmness, precedence = (reader.status_order(name, statuses) for name in ("firmness", "precedence"))
    reader.require_unique("nodes", "prefix", [node.prefix for node in nodes.values()])
    reader.require_unique("nodes", "colour and shape", [(node.color, node.shape) for node in nodes.values()])
    for key in edges:
        reader.require(key.casefold() not in {n.casefold() for n in nodes}, f"edges: {key!r} is also a node type")
    return Schema(**lists, existence=existence, firmness=firmness, precedence=precedence, nodes=nodes, edges=edges)


@cache
def schema() -> Schema:
    """Return the schema of this package (read once)."""
    return read_schema(resources.text("vnkg.graph.model", "schema.yaml"))


class _SchemaReader:
    """Reads the parts of the parsed YAML; raises `DeclarationError` where one is wrong.

    Arguments called `path` are the position in the file (`nodes.Fund.properties`), for messages.
    """

    def __init__(self, file: str, raw: Any) -> None:
        self.file = file
        self.require(_is_instance(dict, raw), f"found {type(raw).__name__}; expected a mapping")
        self.raw: dict[str, Any] = raw
        self.property_types = set(self.strings("property_types", self.raw.get("property_types", ["string"])))

    def require(self, condition: bool, message: str) -> None:
        if not condition:
            raise DeclarationError(f"{self.file}: {message}")

    def require_unique(self, path: str, description: str, values: list[Any]) -> None:
        duplicates = sorted({str(item) for item in values if values.count(item) > 1})
        self.require(not duplicates, f"{path}: {description} used twice: {', '.join(duplicates)}")

    def mapping(self, key: str) -> Mapping[str, Any]:
        value: Any = self.raw.get(key)
        self.require(_is_instance(dict, value) and bool(value), f"{key!r} is missing; expected a mapping")
        return value

    def strings(self, path: str, value: Any) -> list[str]:
        self.require(_is_instance(list, value), f"{path}: found {value!r}; expected a list of words")
        items: list[Any] = value
        self.require(all(isinstance(item, str) for item in items), f"{path}: found {items!r}; expected a list of words")
        return items

    def read_fields(
        self, path: str, body: Any, allowed_keys: Iterable[str], required_keys: Iterable[str]
    ) -> Mapping[str, Any]:
        self.require(_is_instance(dict, body), f"{path}: found {body!r}; expected a mapping")
        fields: dict[str, Any] = body
        unknown = sorted(set(fields) - set(allowed_keys))
        self.require(
            not unknown, f"{path}: {', '.join(unknown)} not known; expected {_join_alternatives(allowed_keys)}"
        )
        missing = [key for key in required_keys if not fields.get(key)]
        self.require(not missing, f"{path}: {', '.join(missing)} missing")
        return fields

    def terms(self, path: str, value: Any) -> dict[str, Term]:
        self.require(_is_instance(dict, value) and bool(value), f"{path!r} is missing; expected a list of terms")
        terms: dict[str, Term] = {}
        items: dict[str, Any] = value
        for key, body in items.items():
            fields = self.read_fields(f"{path}.{key}", body, ("en", "vi", "help", "line", "label", "hub"), ("en", "vi"))
            texts = {name: str(content) for name, content in fields.items() if name != "hub"}
            terms[str(key)] = Term(str(key), **texts, hub=bool(fields.get("hub")))
        return terms

    def statuses(self) -> dict[str, Status]:
        """Read the statuses; each needs a group and a tone that exist."""
        allowed_keys = ("en", "vi", "help", "line", "group", "tone", "symbol")
        statuses: dict[str, Status] = {}
        for key, body in self.mapping("statuses").items():
            fields = self.read_fields(f"statuses.{key}", body, allowed_keys, ("en", "vi", "group", "tone", "symbol"))
            for name, choices in (("group", STATUS_GROUPS), ("tone", TONES)):
                self.require(
                    fields[name] in choices,
                    f"statuses.{key}.{name}: found {fields[name]!r}; expected {_join_alternatives(choices)}",
                )
            texts: dict[str, Any] = {name: str(content) for name, content in fields.items()}
            statuses[str(key)] = Status(str(key), **texts)
        return statuses

    def status_order(self, name: str, statuses: Iterable[str]) -> tuple[str, ...]:
        """Read a list that has every status once."""
        order = tuple(self.strings(name, self.raw.get(name)))
        self.require(
            sorted(order) == sorted(statuses),
            f"{name}: found {_join_alternatives(order)}; expected each of {_join_alternatives(statuses)} once",
        )
        return order

    def properties(
        self,
        path: str,
        value: Any,
        lists: Mapping[str, Mapping[str, Term]],
        reserved_names: Iterable[str] = RESERVED_ENTITY_FIELDS,
    ) -> dict[str, Property]:
        self.require(_is_instance(dict, value), f"{path}: found {value!r}; expected a mapping")
        properties: dict[str, Property] = {}
        items: dict[str, Any] = value
        for key, body in items.items():
            property_path = f"{path}.{key}"
            allowed_keys = ("type", "en", "vi", "required", "values", "values_of")
            fields = self.read_fields(property_path, body, allowed_keys, ("type", "en", "vi"))
            self.require(
                fields["type"] in self.property_types,
                f"{property_path}: type {fields['type']!r} is not in property_types",
            )
            self.require(key not in reserved_names, f"{property_path}: the name is reserved")
            values: Mapping[str, Term] = {}
            if "values" in fields:
                values = self.terms(f"{property_path}.values", fields["values"])
            if "values_of" in fields:
                self.require(
                    fields["values_of"] in lists,
                    f"{property_path}: values_of {fields['values_of']!r} is not a list here",
                )
                values = lists[fields["values_of"]]
            properties[key] = Property(
                key, fields["type"], fields["en"], fields["vi"], bool(fields.get("required")), values
            )
        return properties

    def node(self, key: str, body: Any) -> NodeType:
        path = f"nodes.{key}"
        required_keys = ("prefix", "en", "vi", "color", "shape", "schema_org", "help")
        fields = self.read_fields(path, body, (*required_keys, "comparable", "properties"), required_keys)
        return NodeType(
            key,
            **{name: str(fields[name]) for name in required_keys},
            comparable=bool(fields.get("comparable")),
            properties=self.properties(f"{path}.properties", fields.get("properties", {}), {}),
        )

    def edge(
        self,
        key: str,
        body: Any,
        nodes: Mapping[str, NodeType],
        lists: Mapping[str, Mapping[str, Term]],
        uncertain_statuses: Iterable[str],
    ) -> EdgeType:
        path = f"edges.{key}"
        allowed_keys = ("en", "vi", "from", "to", "statuses", "symmetric", "derived", "qualifiers")
        fields = self.read_fields(path, body, allowed_keys, ("en", "vi", "from", "to", "statuses"))
        endpoint_types: list[tuple[str, ...]] = []
        for side in ("from", "to"):
            type_names = list(nodes) if fields[side] == "any" else self.strings(f"{path}.{side}", fields[side])
            unknown = [name for name in type_names if name not in nodes]
            self.require(
                not unknown,
                f"{path}.{side}: {', '.join(unknown)} is no node type; expected {_join_alternatives(nodes)}",
            )
            endpoint_types.append(tuple(type_names))
        statuses = [*self.strings(f"{path}.statuses", fields["statuses"]), *uncertain_statuses]
        unknown = [name for name in statuses if name not in lists["statuses"]]
        self.require(
            not unknown,
            f"{path}.statuses: {', '.join(unknown)} is no status; expected {_join_alternatives(lists['statuses'])}",
        )
        return EdgeType(
            key, str(fields["en"]), str(fields["vi"]), endpoint_types[0], endpoint_types[1], tuple(statuses),
            bool(fields.get("symmetric")), bool(fields.get("derived")),
            self.properties(f"{path}.qualifiers", fields.get("qualifiers", {}), lists, RESERVED_EDGE_FIELDS),
        )  # fmt: skip


def localized_label(item: NodeType | EdgeType | Term, language: str) -> str:
    """Return the label of a type or term: Vietnamese if `language` is `vi`, else English."""
    return item.vi if language == "vi" else item.en


def _is_instance(expected_type: type, value: object) -> bool:
    return isinstance(value, expected_type)


def _join_alternatives(words: Iterable[str]) -> str:
    return " or ".join(sorted(words))
