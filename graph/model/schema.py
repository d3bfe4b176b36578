"""Reads `schema.yaml`, which declares node types, edge types and closed lists, and rejects wrong declarations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, cast

from .. import resources
from .declarations import Declarations, KeyPath

SCHEMA_FILE = "graph/model/schema.yaml"
INDICATORS_FILE = "graph/model/indicators.yaml"
"""The files as error messages name them."""
BETTER = ("higher", "lower", "none")
"""Which end of an indicator is better; `none` where neither is."""
STATUS_GROUPS = ("in_force", "planned", "ended", "cancelled", "uncertain")
"""What a status counts as; every edge type allows the cancelled and uncertain ones."""
TONES = ("good", "plan", "maybe", "disagreement", "grey")
"""Colours of statuses; the stylesheet defines each for light and dark pages."""
LINES = (
    "solid", "double", "thin", "long_dashes", "dashed", "dash_dot", "dash_dots", "dotted", "fine_dots", "sparse",
    "double_dashes", "double_dots",
)  # fmt: skip
"""Line styles of statuses in pictures; each differs from the others without colours."""
SHAPES = ("square", "dot", "diamond", "star", "triangle", "triangleDown", "hexagon")
"""Shapes of node types in pictures."""
RESERVED_ENTITY_FIELDS = ("id", "type", "labels", "name", "names", "status", "hash", "owner", "search", "languages")
"""Fixed fields of an entity in release files and the database; no property may have one of these names."""
RESERVED_EDGE_FIELDS = (
    *RESERVED_ENTITY_FIELDS, "subject", "predicate", "object",
    "basis", "as_of", "as_of_from", "statements", "articles", "origins",
    "kind", "gloss", "sentence", "origin", "source", "checked_on", "speaker", "about", "article", "line", "start",
    "end", "sha256", "due", "alternative", "scope", "speaker_basis", "gloss_vi", "disagreements", "holds",
    "value", "unit", "comparator", "period", "indicator", "claim_type", "value_status",
)  # fmt: skip
"""Fixed fields of edges and statements; no qualifier may have one of these names."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a closed list: its key, labels (en, vi) and help text.

    `line` is the line style of a status in pictures, `label` the extra database label of a kind, `mark` the letters on
    the symbols of a kind in pictures. A kind that is a `hub` connects so many entities that paths through it mean
    nothing; path search avoids it.
    """

    key: str
    en: str
    vi: str
    help: str = ""
    line: str = "solid"
    label: str = ""
    hub: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Status(Term):
    """A status; `group` is one of `STATUS_GROUPS`, `tone` one of `TONES`, `symbol` the character in its chip.

    What has a status that `exists` is, or was, completely there. A status that `outlives`, dated by its own sentence,
    is not undone by a later, vaguer one; see `merge`.
    """

    group: str = "uncertain"
    exists: bool = False
    outlives: bool = False
    tone: str = "grey"
    symbol: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Whether nobody knows if it exists."""
        return self.group == "uncertain"

    @property
    def is_ended(self) -> bool:
        """Whether it is over, or will not come."""
        return self.group in ("ended", "cancelled")


@dataclass(frozen=True, slots=True)
class Indicator(Term):
    """What measurements measure: labels, definition (en, vi), unit, and which end is `better` (one of `BETTER`)."""

    definition: str = ""
    definition_vi: str = ""
    unit: str = "count"
    better: str = "none"


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
    If it `has_status`, an entity has the status of the existence edges that point to it.
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
    has_status: bool = False


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A type of edge: node types allowed as subject (`start`) and object (`end`), statuses and qualifiers.

    A `symmetric` edge holds in both directions and is stored once. A `derived` edge is made from mentions and never
    stated. Pictures draw one that is `on_request` only for those who ask for it.
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
    on_request: bool = False


@dataclass(frozen=True, slots=True)
class HoldingRule:
    """When an edge counts as so: its status is of one of the `groups`, its basis and implementation are listed.

    `unclear` lists the edge types of which also those with an uncertain status `unclear` count.
    """

    groups: tuple[str, ...]
    unclear: tuple[str, ...]
    bases: tuple[str, ...]
    implementations: tuple[str, ...]


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
    scopes: Mapping[str, Term]
    speaker_bases: Mapping[str, Term]
    diacritics: Mapping[str, Term]
    disagreement_kinds: Mapping[str, Term]
    disagreement_effects: Mapping[str, Term]
    claim_types: Mapping[str, Term]
    units: Mapping[str, Term]
    name_kinds: Mapping[str, Term]
    existence: tuple[str, ...]
    firmness: tuple[str, ...]
    precedence: tuple[str, ...]
    holds: HoldingRule
    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    indicators: Mapping[str, Indicator] = field(default_factory=dict[str, Indicator])

    def node_type_of(self, entity_id: str) -> NodeType | None:
        """Return the node type of an id by its prefix (`province:dong-nai` is a Province), or None."""
        prefix, colon, slug = entity_id.partition(":")
        if not colon or not slug:
            return None
        return next((node for node in self.nodes.values() if node.prefix == prefix), None)

    def edge_holds(self, predicate: str, status: str | None, basis: str, qualifiers: Mapping[str, object]) -> bool:
        """Return whether an edge counts as so: it is in force, known well enough, and tied closely enough to it."""
        group = self.statuses[status].group if status is not None and status in self.statuses else "uncertain"
        is_in_force = group in self.holds.groups or (status in (None, "unclear") and predicate in self.holds.unclear)
        return is_in_force and not self.is_context_only(basis, qualifiers)

    def is_context_only(self, basis: str, qualifiers: Mapping[str, object]) -> bool:
        """Return whether only the context suggests an edge: by its basis, or by how it is tied to a policy."""
        implementation = qualifiers.get("implementation")
        is_close = implementation is None or implementation in self.holds.implementations
        return basis not in self.holds.bases or not is_close

    @property
    def drawn_edge_types(self) -> list[str]:
        """The edge types that pictures draw unless more is requested."""
        return [key for key, edge in self.edges.items() if not edge.derived and not edge.on_request]

    def labels(self, node: NodeType, attributes: Mapping[str, object]) -> tuple[str, ...]:
        """Return the database labels of an entity: `Entity`, its type, and its kind's label (`Resolution`) if any."""
        kind = node.properties.get("kind")
        kind_label = (
            kind.values[str(attributes["kind"])].label if kind and attributes.get("kind") in kind.values else ""
        )
        return ("Entity", node.key, kind_label) if kind_label else ("Entity", node.key)

    def kinds_of(self, node_type: str | None = None) -> list[str]:
        """Return the kinds of a node type, or of all of them, sorted."""
        node_types = [self.nodes[node_type]] if node_type else self.nodes.values()
        kinds = (node.properties["kind"].values for node in node_types if "kind" in node.properties)
        return sorted({kind for values in kinds for kind in values})

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
    "scopes", "speaker_bases", "diacritics", "disagreement_kinds", "disagreement_effects", "claim_types",
    "units", "name_kinds",
)  # fmt: skip


def read_schema(text: str, file: str = SCHEMA_FILE) -> Schema:
    """Read a schema from YAML text; raises `DeclarationError` that says what is wrong and where.

    >>> read_schema("version: 1")
    Traceback (most recent call last):
    ...
    vnkg.graph.errors.DeclarationError: graph/model/schema.yaml:1: found no statuses; expected a mapping of terms
    """
    reader = _SchemaReader(text, file)
    statuses = reader.statuses()
    lists: dict[str, Any] = {
        name: statuses if name == "statuses" else reader.closed_list(name) for name in CLOSED_LISTS
    }
    nodes = reader.nodes(lists)
    edges = reader.edges(nodes, lists)
    return Schema(
        **lists,
        existence=reader.existence(edges),
        firmness=reader.status_order("firmness", statuses),
        precedence=reader.status_order("precedence", statuses),
        holds=reader.holding_rule(edges, lists),
        nodes=nodes,
        edges=edges,
    )


@cache
def schema() -> Schema:
    """Return the schema of this package with its indicators (read once)."""
    model = read_schema(resources.text("vnkg.graph.model", "schema.yaml"))
    return replace(
        model, indicators=read_indicators(resources.text("vnkg.graph.model", "indicators.yaml"), model.units)
    )


def read_indicators(text: str, units: Iterable[str], file: str = INDICATORS_FILE) -> dict[str, Indicator]:
    """Read the registry of indicators from YAML text, in the order of the file; `units` are the allowed ones.

    Raises `DeclarationError` that says what is wrong and where.
    """
    reader = Declarations(text, file)
    keys = ("en", "vi", "definition", "unit", "better")
    indicators: dict[str, Indicator] = {}
    for key, body in reader.mapping((), reader.value, "a mapping of indicators").items():
        fields = reader.fields((key,), body, keys)
        reader.require_match((key,), key, "[a-z][a-z0-9_]*", "small letters, digits and _")
        texts = reader.texts((key,), fields, ("en", "vi", "unit", "better"))
        definitions = reader.fields((key, "definition"), fields["definition"], ("en", "vi"))
        reader.require_known((key, "unit"), [texts["unit"]], units)
        reader.require_known((key, "better"), [texts["better"]], BETTER)
        definition = reader.texts((key, "definition"), definitions, ("en", "vi"))
        indicators[key] = Indicator(key, **texts, definition=definition["en"], definition_vi=definition["vi"])  # pyright: ignore[reportArgumentType]
    return indicators


class _SchemaReader:
    """Reads the sections of the file; each method raises `DeclarationError` where one is wrong."""

    def __init__(self, text: str, file: str) -> None:
        self._yaml = Declarations(text, file)
        self._root = self._yaml.mapping((), self._yaml.value, "a mapping")
        sections = ("version", "property_types", "existence", "firmness", "precedence", "holds", "nodes", "edges")
        self._yaml.require_known_keys((), self._root, (*CLOSED_LISTS, *sections))

    def statuses(self) -> dict[str, Status]:
        """Read the statuses; each has a group, a tone and a line style that exist."""
        statuses: dict[str, Status] = {}
        for key, body in self._section("statuses", "terms").items():
            path, required_keys = ("statuses", key), ("en", "vi", "group", "tone", "symbol")
            fields = self._yaml.fields(path, body, required_keys, ("help", "line", "exists", "outlives"))
            self._yaml.require_match(path, key, "[a-z][a-z_]*", "small letters and _")
            for name, choices in (("group", STATUS_GROUPS), ("tone", TONES), ("line", LINES)):
                self._yaml.require_known((*path, name), [fields.get(name, choices[0])], choices)
            texts = self._yaml.texts(path, fields, (*required_keys, "help", "line"))
            flags = {name: self._yaml.flag(path, fields, name) for name in ("exists", "outlives")}
            statuses[key] = Status(key, **texts, **flags)  # pyright: ignore[reportArgumentType]
        return statuses

    def closed_list(self, name: str) -> dict[str, Term]:
        """Read a closed list."""
        return self._terms((name,), self._root.get(name))

    def nodes(self, lists: Mapping[str, Mapping[str, Term]]) -> dict[str, NodeType]:
        """Read the node types; no two have the same prefix, or the same colour and shape."""
        nodes = {key: self._node(key, body, lists) for key, body in self._section("nodes", "node types").items()}
        for name, values in (
            ("prefix", {key: node.prefix for key, node in nodes.items()}),
            ("color", {key: f"{node.color} {node.shape}" for key, node in nodes.items()}),
        ):
            first_keys: dict[str, str] = {}
            for key, value in values.items():
                first_key = first_keys.setdefault(value, key)
                if first_key != key:
                    actual = f"{value} for {key} and for {first_key}"
                    raise self._yaml.error(("nodes", key, name), actual, f"another {name} for {key}")
        return nodes

    def edges(self, nodes: Mapping[str, NodeType], lists: Mapping[str, Mapping[str, Term]]) -> dict[str, EdgeType]:
        """Read the edge types."""
        section = self._section("edges", "edge types")
        return {key: self._edge(key, body, nodes, lists) for key, body in section.items()}

    def existence(self, edges: Iterable[str]) -> tuple[str, ...]:
        """Read the list of edge types for the stage something has reached."""
        words = self._yaml.words(("existence",), self._root.get("existence"))
        self._yaml.require_known(("existence",), words, edges)
        return words

    def status_order(self, name: str, statuses: Iterable[str]) -> tuple[str, ...]:
        """Read a list that has every status once."""
        order = self._yaml.words((name,), self._root.get(name))
        self._yaml.require_known((name,), order, statuses)
        for status in statuses:
            if order.count(status) != 1:
                raise self._yaml.error((name,), f"{status} {order.count(status)} times in {name}", "each status once")
        return order

    def holding_rule(self, edges: Iterable[str], lists: Mapping[str, Mapping[str, Term]]) -> HoldingRule:
        """Read when an edge counts as so."""
        choices = {"groups": STATUS_GROUPS, "unclear": edges, "bases": lists["bases"]}
        choices["implementations"] = lists["implementations"]
        fields = self._yaml.fields(("holds",), self._root.get("holds"), tuple(choices))
        words: dict[str, tuple[str, ...]] = {}
        for name, allowed_words in choices.items():
            words[name] = self._yaml.words(("holds", name), fields[name])
            self._yaml.require_known(("holds", name), words[name], allowed_words)
        return HoldingRule(**words)

    def _section(self, name: str, description: str) -> dict[str, Any]:
        return self._yaml.mapping((name,), self._root.get(name), f"a mapping of {description}")

    def _terms(self, path: KeyPath, value: Any) -> dict[str, Term]:
        terms: dict[str, Term] = {}
        for key, body in self._yaml.mapping(path, value, "a mapping of terms").items():
            fields = self._yaml.fields((*path, key), body, ("en", "vi"), ("help", "label", "hub", "mark"))
            texts = self._yaml.texts((*path, key), fields, ("en", "vi", "help", "label", "mark"))
            terms[key] = Term(key, **texts, hub=self._yaml.flag((*path, key), fields, "hub"))  # pyright: ignore[reportArgumentType]
        return terms

    def _node(self, key: str, body: Any, lists: Mapping[str, Mapping[str, Term]]) -> NodeType:
        path = ("nodes", key)
        required_keys = ("prefix", "en", "vi", "color", "shape", "schema_org", "help")
        fields = self._yaml.fields(path, body, required_keys, ("comparable", "has_status", "properties"))
        texts = self._yaml.texts(path, fields, required_keys)
        self._yaml.require_match(path, key, "[A-Z][A-Za-z]*", "letters, the first a capital")
        self._yaml.require_match((*path, "prefix"), texts["prefix"], "[a-z]+", "small letters")
        self._yaml.require_match((*path, "color"), texts["color"], "#[0-9A-Fa-f]{6}", "a colour such as '#0072B2'")
        self._yaml.require_known((*path, "shape"), [texts["shape"]], SHAPES)
        properties = self._properties(
            (*path, "properties"), fields.get("properties", {}), lists, RESERVED_ENTITY_FIELDS
        )
        return NodeType(
            key,
            **texts,  # pyright: ignore[reportArgumentType]
            comparable=self._yaml.flag(path, fields, "comparable"),
            has_status=self._yaml.flag(path, fields, "has_status"),
            properties=properties,
        )

    def _edge(
        self, key: str, body: Any, nodes: Mapping[str, NodeType], lists: Mapping[str, Mapping[str, Term]]
    ) -> EdgeType:
        path = ("edges", key)
        required_keys, optional_keys = (
            ("en", "vi", "from", "to", "statuses"),
            ("symmetric", "derived", "on_request", "qualifiers"),
        )
        fields = self._yaml.fields(path, body, required_keys, optional_keys)
        self._yaml.require_match(path, key, "[A-Z][A-Z_]*", "capital letters and _")
        if key.casefold() in {name.casefold() for name in nodes}:
            raise self._yaml.error(path, f"the edge type {key}, which is also a node type", "another name")
        texts = self._yaml.texts(path, fields, ("en", "vi"))
        endpoint_types: list[tuple[str, ...]] = []
        for side in ("from", "to"):
            type_names = tuple(nodes) if fields[side] == "any" else self._yaml.words((*path, side), fields[side])
            self._yaml.require_known((*path, side), type_names, nodes)
            endpoint_types.append(type_names)
        statuses = self._yaml.words((*path, "statuses"), fields["statuses"])
        self._yaml.require_known((*path, "statuses"), statuses, lists["statuses"])
        common_statuses = (
            key
            for key, status in lists["statuses"].items()
            if cast("Status", status).group in ("cancelled", "uncertain")
        )
        return EdgeType(
            key, texts["en"], texts["vi"], endpoint_types[0], endpoint_types[1],
            tuple(dict.fromkeys((*statuses, *common_statuses))),
            self._yaml.flag(path, fields, "symmetric"), self._yaml.flag(path, fields, "derived"),
            self._properties((*path, "qualifiers"), fields.get("qualifiers", {}), lists, RESERVED_EDGE_FIELDS),
            self._yaml.flag(path, fields, "on_request"),
        )  # fmt: skip

    def _properties(
        self,
        path: KeyPath,
        value: Any,
        lists: Mapping[str, Mapping[str, Term]],
        reserved_names: Iterable[str],
    ) -> dict[str, Property]:
        properties: dict[str, Property] = {}
        items = {} if value == {} else self._yaml.mapping(path, value, "a mapping of properties")
        property_types = self._yaml.words(("property_types",), self._root.get("property_types"))
        for key, body in items.items():
            own_path = (*path, key)
            fields = self._yaml.fields(own_path, body, ("type", "en", "vi"), ("required", "values", "values_of"))
            self._yaml.require_match(own_path, key, "[a-z][a-z0-9_]*", "small letters, digits and _")
            if key in reserved_names:
                raise self._yaml.error(own_path, f"the property {key}, a name that is reserved", "another name")
            texts = self._yaml.texts(own_path, fields, ("type", "en", "vi"))
            self._yaml.require_known((*own_path, "type"), [texts["type"]], property_types)
            values: Mapping[str, Term] = {}
            if "values" in fields:
                values = self._terms((*own_path, "values"), fields["values"])
            if "values_of" in fields:
                self._yaml.require_known((*own_path, "values_of"), [fields["values_of"]], lists)
                values = lists[fields["values_of"]]
            required = self._yaml.flag(own_path, fields, "required")
            properties[key] = Property(key, **texts, required=required, values=values)
        return properties


def localized_label(item: NodeType | EdgeType | Term, language: str) -> str:
    """Return the label of a type or term: Vietnamese if `language` is `vi`, else English."""
    return item.vi if language == "vi" else item.en
