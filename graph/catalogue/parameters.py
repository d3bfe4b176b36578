"""Parameters of queries: their declaration, and how text input becomes typed values or is rejected.

`values_of` names a closed list: `statuses` (any list of `schema.yaml`), `Fund.kind` (values of a property),
`IMPLEMENTS.implementation` or `PLANS.statuses` (of an edge type), `nodes` or `edges` (the types themselves). For
`type: entity` it names the node types whose ids are accepted, one or a list; without it all are.
With `several: true` a parameter accepts several values (repeated, or separated by commas) or `any`, which means every
value of the closed list, or null (no restriction) if there is no list.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from ..errors import BadParameter
from ..messages import has_controls, meant, shown
from ..model.schema import CLOSED_LISTS, Schema, Term

TYPES = ("string", "integer", "boolean", "date", "entity")
ANY = "any"
LONGEST = 200
"""Maximum number of characters of a text value."""
MOST_VALUES = 50
Value = str | int | bool
Given = Mapping[str, str | Sequence[str]]
_ID = re.compile(r"[a-z]+:[a-z0-9][a-z0-9._-]*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as declared in a query file.

    `values` is the closed list, empty if there is none. For the type `entity`, `node_types` and `id_prefixes` limit the
    ids that are accepted; empty means any. `minimum` and `maximum` belong to the type `integer`.
    """

    name: str
    type: str
    help: str
    help_vi: str = ""
    default: Value | tuple[str, ...] | None = None
    required: bool = False
    several: bool = False
    values: Mapping[str, Term] = field(default_factory=dict[str, Term])
    of: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    @property
    def expected(self) -> str:
        """Description of the accepted input, for messages and help."""
        if self.values:
            words = ", ".join(self.values)
            return f"any, or one or more of {words}" if self.several else f"one of {words}"
        if self.type == "entity":
            kinds = " or ".join(f"{prefix}:…" for prefix in self.prefixes) or "type:…"
            return f"any, or ids ({kinds})" if self.several else f"an id ({kinds})"
        if self.type == "integer":
            return f"a whole number from {self.minimum} to {self.maximum}"
        if self.type == "date":
            return "a day, month or year as 2025-10-19, 2025-10 or 2025"
        if self.type == "boolean":
            return "true or false"
        return f"a text of 1 to {LONGEST} characters"


def bind_parameters(query: str, declared: Mapping[str, Parameter], given: Given) -> dict[str, Any]:
    """Return the typed value of every declared parameter, by name.

    Raises `BadParameter` that names the parameter, its value and what was expected. An empty text counts as missing if
    the parameter has no default and is not required. `query_name` is for messages.
    """
    for name in given:
        if name not in declared:
            takes = ", ".join(sorted(declared)) or "no parameters"
            raise BadParameter(f"{shown(name)}: {query} has no such parameter{meant(name, declared)}; it takes {takes}")
    return {name: _bound(parameter, given.get(name)) for name, parameter in sorted(declared.items())}


def _bound(parameter: Parameter, given: str | Sequence[str] | None) -> Any:
    words = [given] if isinstance(given, str) else list(given or [])
    if parameter.several:
        words = [part.strip() for word in words for part in word.split(",")]
    optional = parameter.default is None and not parameter.required
    if not words or (optional and words == [""]):
        if parameter.required and parameter.default is None:
            raise BadParameter(f"{parameter.name}: missing; expected {parameter.expected}")
        return default_value(parameter)
    if not parameter.several and len(words) > 1:
        raise BadParameter(f"{parameter.name}: found {len(words)} values; expected one: {parameter.expected}")
    return _several(parameter, words) if parameter.several else _typed(parameter, words[0])


def default_value(parameter: Parameter) -> Any:
    """Return the typed default of a parameter, or None; raises `BadParameter` if the default itself is wrong."""
    default = parameter.default
    if default is None:
        return None
    if isinstance(default, tuple):
        return _several(parameter, default)
    words = str(default).lower() if isinstance(default, bool) else str(default)
    return _several(parameter, [words]) if parameter.several else _typed(parameter, words)


def _several(parameter: Parameter, words: Sequence[str]) -> list[Any] | None:
    if len(words) > MOST_VALUES:
        raise BadParameter(f"{parameter.name}: found {len(words)} values; expected at most {MOST_VALUES}")
    if ANY in words:
        words = [word for word in words if word != ANY]
        for word in words:
            _typed(parameter, word)
        return list(parameter.values) or None
    found = {_typed(parameter, word) for word in words}
    order = list(parameter.values)
    return sorted(found, key=order.index) if order else sorted(found)


def _typed(parameter: Parameter, word: str) -> Value:
    if parameter.values:
        if word not in parameter.values:
            _refuse(parameter, word, meant(word, parameter.values))
        return word
    if not word or len(word) > LONGEST or has_controls(word):
        _refuse(parameter, word)
    return _READ[parameter.type](parameter, word)


def _refuse(parameter: Parameter, word: str, hint: str = "") -> NoReturn:
    raise BadParameter(f"{parameter.name}: found {shown(word)}; expected {parameter.expected}{hint}")


def _string(_parameter: Parameter, word: str) -> Value:
    return word


def _integer(parameter: Parameter, word: str) -> Value:
    good = re.fullmatch(r"-?[0-9]{1,18}", word) is not None
    low, high = parameter.minimum, parameter.maximum
    if not good or (low is not None and int(word) < low) or (high is not None and int(word) > high):
        _refuse(parameter, word)
    return int(word)


def _boolean(parameter: Parameter, word: str) -> Value:
    if word not in ("true", "false"):
        _refuse(parameter, word)
    return word == "true"


def _date(parameter: Parameter, word: str) -> Value:
    if not _DATE.fullmatch(word):
        _refuse(parameter, word)
    try:
        date.fromisoformat((word + "-01-01")[:10])
    except ValueError:
        _refuse(parameter, word, "; there is no such day")
    return word


def _entity(parameter: Parameter, word: str) -> Value:
    if not _ID.fullmatch(word) or (parameter.prefixes and word.partition(":")[0] not in parameter.prefixes):
        _refuse(parameter, word)
    return word


_READ: Mapping[str, Callable[[Parameter, str], Value]] = {
    "string": _string, "integer": _integer, "boolean": _boolean, "date": _date, "entity": _entity,
}  # fmt: skip


def closed_list(name: str, schema: Schema) -> Mapping[str, Term] | None:
    """Return the closed list that a `values_of` names, or None if there is no such list."""
    if name in CLOSED_LISTS:
        return getattr(schema, name)
    if name == "nodes":
        return {key: Term(key, node.en, node.vi, node.help) for key, node in schema.nodes.items()}
    if name == "edges":
        return {key: Term(key, edge.en, edge.vi) for key, edge in schema.edges.items() if not edge.derived}
    owner, _, key = name.partition(".")
    if owner in schema.nodes and key in schema.nodes[owner].properties:
        return schema.nodes[owner].properties[key].values or None
    if owner in schema.edges:
        edge = schema.edges[owner]
        if key == "statuses":
            return {status: schema.statuses[status] for status in edge.statuses}
        if key in edge.qualifiers:
            return edge.qualifiers[key].values or None
    return None


def closed_list_names(schema: Schema) -> Iterable[str]:
    """Yield every name that `values_of` may take, for messages."""
    yield from (*CLOSED_LISTS, "nodes", "edges")
    for node in schema.nodes.values():
        yield from (f"{node.key}.{prop.key}" for prop in node.properties.values() if prop.values)
    for edge in schema.edges.values():
        yield f"{edge.key}.statuses"
        yield from (f"{edge.key}.{prop.key}" for prop in edge.qualifiers.values() if prop.values)
