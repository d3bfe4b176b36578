"""Parameters of queries: their declaration, and how text input becomes typed values or is rejected.

`values_of` names a closed list: `statuses` (any list of `schema.yaml`), `Fund.kind` (values of a property), `kinds` (of
any type), `IMPLEMENTS.implementation` or `PLANS.statuses` (of an edge type), `nodes` or `edges` (the types themselves),
or `indicators` (the registry). For `type: entity` it names the node types whose entities are accepted, one or a list;
without it all are. A value is an id or a name; `bind_parameters` only tells them apart (`is_id`), the reader finds the
entity that has the name.
With `several: true` a parameter accepts several values (repeated, or separated by commas) or `any`, which means every
value of the closed list, or null (no restriction) if there is no list.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from ..errors import BadParameter
from ..messages import did_you_mean, has_control_characters, quote_for_message
from ..model.facts import ENTITY_ID
from ..model.folding import folded_words
from ..model.schema import CLOSED_LISTS, Schema, Term

TYPES = ("string", "integer", "number", "boolean", "date", "entity")
ANY_VALUE = "any"
MAX_TEXT_LENGTH = 200
"""Maximum number of characters of a text value."""
MAX_LISTED_WORDS = 30
"""Maximum number of words of a closed list that a message repeats."""
MAX_VALUES = 50
MAX_NUMBER = 10**18
"""Largest value of the type `number`; the least is its negative."""
PERIODS = (("since", "until"), ("from_date", "to_date"))
"""Names of the first and the last date of a period; a query that has both refuses an end before the start."""
Value = str | int | float | bool
RawParameters = Mapping[str, str | Sequence[str]]
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ID_START = re.compile(r"[a-z]+:(?!\s)")
"""How a text begins that is meant as an id: `fund:…`; in a name a space follows the colon."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as declared in a query file.

    `values` is the closed list, empty if there is none, and `values_of` its name if the schema has it. For the type
    `entity`, `node_types` and `id_prefixes` limit the entities that are accepted; empty means any. `minimum` and
    `maximum` belong to the type `integer`.
    """

    name: str
    type: str
    help: str
    help_vi: str = ""
    default: Value | tuple[str, ...] | None = None
    is_required: bool = False
    allows_multiple: bool = False
    values: Mapping[str, Term] = field(default_factory=dict[str, Term])
    node_types: tuple[str, ...] = ()
    id_prefixes: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    values_of: str = ""

    @property
    def accepted_input(self) -> str:
        """Description of the accepted input, for messages and help."""
        if self.values:
            words = ", ".join(list(self.values)[:MAX_LISTED_WORDS])
            if len(self.values) > MAX_LISTED_WORDS:
                words = f"the {len(self.values)} {self.values_of or 'words'} ({', '.join(list(self.values)[:2])}, …)"
            return f"any, or one or more of {words}" if self.allows_multiple else f"one of {words}"
        if self.type == "entity":
            id_forms = " or ".join(f"{prefix}:…" for prefix in self.id_prefixes) or "type:…"
            return f"any, or ids ({id_forms}) or names" if self.allows_multiple else f"an id ({id_forms}) or a name"
        if self.type == "integer":
            return f"a whole number from {self.minimum} to {self.maximum}"
        if self.type == "number":
            return "a number, as 1.5 or -20"
        if self.type == "date":
            return "a day, month or year as 2025-10-19, 2025-10 or 2025"
        if self.type == "boolean":
            return "true or false"
        return f"a text of 1 to {MAX_TEXT_LENGTH} characters"


def bind_parameters(
    query_name: str, parameters: Mapping[str, Parameter], raw_parameters: RawParameters
) -> dict[str, Any]:
    """Return the typed value of every declared parameter, by name; that of an entity is an id or, as given, a name.

    Raises `BadParameter` that names the parameter, its value and what was expected. An empty text counts as missing if
    the parameter has no default and is not required. `query_name` is for messages.
    """
    for name in raw_parameters:
        if name not in parameters:
            known_names = ", ".join(sorted(parameters)) or "no parameters"
            raise BadParameter(
                f"{quote_for_message(name)}: {query_name} has no such "
                f"parameter{did_you_mean(name, parameters)}; it takes {known_names}"
            )
    values = {name: _bind_value(parameter, raw_parameters.get(name)) for name, parameter in sorted(parameters.items())}
    for start_name, end_name in PERIODS:
        _check_period(start_name, end_name, values)
    return values


def _check_period(start_name: str, end_name: str, values: Mapping[str, Any]) -> None:
    """Raise `BadParameter` if a period ends before it starts; a year or month stands for all of its days."""
    start, end = values.get(start_name), values.get(end_name)
    if start is None or end is None:
        return
    length = min(len(str(start)), len(str(end)))
    if str(start)[:length] > str(end)[:length]:
        raise BadParameter(
            f"{start_name} and {end_name}: found {start} and {end}; "
            "expected a period that does not end before it starts"
        )


def _bind_value(parameter: Parameter, raw_value: str | Sequence[str] | None) -> Any:
    texts = [raw_value] if isinstance(raw_value, str) else list(raw_value or [])
    if parameter.allows_multiple:
        texts = [part.strip() for word in texts for part in word.split(",")]
    optional = parameter.default is None and not parameter.is_required
    if not texts or (optional and texts == [""]):
        if parameter.is_required and parameter.default is None:
            raise BadParameter(f"{parameter.name}: missing; expected {parameter.accepted_input}")
        return default_value(parameter)
    if not parameter.allows_multiple and len(texts) > 1:
        raise BadParameter(f"{parameter.name}: found {len(texts)} values; expected one: {parameter.accepted_input}")
    return _parse_values(parameter, texts) if parameter.allows_multiple else _parse_value(parameter, texts[0])


def default_value(parameter: Parameter) -> Any:
    """Return the typed default of a parameter, or None; raises `BadParameter` if the default itself is wrong."""
    default = parameter.default
    if default is None:
        return None
    if isinstance(default, tuple):
        return _parse_values(parameter, default)
    text = str(default).lower() if isinstance(default, bool) else str(default)
    return _parse_values(parameter, [text]) if parameter.allows_multiple else _parse_value(parameter, text)


def _parse_values(parameter: Parameter, texts: Sequence[str]) -> list[Any] | None:
    if len(texts) > MAX_VALUES:
        raise BadParameter(f"{parameter.name}: found {len(texts)} values; expected at most {MAX_VALUES}")
    if ANY_VALUE in texts:
        texts = [text for text in texts if text != ANY_VALUE]
        for text in texts:
            _parse_value(parameter, text)
        return list(parameter.values) or None
    values = {_parse_value(parameter, text) for text in texts}
    order = list(parameter.values)
    return sorted(values, key=order.index) if order else sorted(values)


def _parse_value(parameter: Parameter, text: str) -> Value:
    if parameter.values:
        if text not in parameter.values:
            _reject(parameter, text, did_you_mean(text, parameter.values))
        return text
    if not text or len(text) > MAX_TEXT_LENGTH or has_control_characters(text):
        _reject(parameter, text)
    return _PARSERS[parameter.type](parameter, text)


def _reject(parameter: Parameter, text: str, hint: str = "") -> NoReturn:
    raise BadParameter(f"{parameter.name}: found {quote_for_message(text)}; expected {parameter.accepted_input}{hint}")


def _parse_string(_parameter: Parameter, text: str) -> Value:
    return text


def _parse_integer(parameter: Parameter, text: str) -> Value:
    is_integer = re.fullmatch(r"-?[0-9]{1,18}", text) is not None
    low, high = parameter.minimum, parameter.maximum
    if not is_integer or (low is not None and int(text) < low) or (high is not None and int(text) > high):
        _reject(parameter, text)
    return int(text)


def _parse_number(parameter: Parameter, text: str) -> Value:
    is_number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", text) is not None
    if not is_number or not -MAX_NUMBER <= float(text) <= MAX_NUMBER:
        _reject(parameter, text)
    return float(text)


def _parse_boolean(parameter: Parameter, text: str) -> Value:
    if text not in ("true", "false"):
        _reject(parameter, text)
    return text == "true"


def _parse_date(parameter: Parameter, text: str) -> Value:
    if not _DATE.fullmatch(text):
        _reject(parameter, text)
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        _reject(parameter, text, "; there is no such day")
    return text


def is_id(text: str) -> bool:
    """Tell whether the bound value of an entity is an id; otherwise it is a name.

    >>> is_id("province:hai-phong"), is_id("Hai Phong")
    (True, False)
    """
    return ENTITY_ID.fullmatch(text) is not None


def _parse_entity(parameter: Parameter, text: str) -> Value:
    if not _ID_START.match(text):
        if not folded_words(text):
            _reject(parameter, text)
        return text
    if not ENTITY_ID.fullmatch(text) or (parameter.id_prefixes and text.partition(":")[0] not in parameter.id_prefixes):
        _reject(parameter, text)
    return text


_PARSERS: Mapping[str, Callable[[Parameter, str], Value]] = {
    "string": _parse_string, "integer": _parse_integer, "number": _parse_number,
    "boolean": _parse_boolean, "date": _parse_date, "entity": _parse_entity,
}  # fmt: skip


def closed_list(name: str, schema: Schema) -> Mapping[str, Term] | None:
    """Return the closed list that a `values_of` names, or None if there is no such list."""
    if name in CLOSED_LISTS:
        return getattr(schema, name)
    if name == "nodes":
        return {key: Term(key, node.en, node.vi, node.help) for key, node in schema.nodes.items()}
    if name == "edges":
        return {key: Term(key, edge.en, edge.vi) for key, edge in schema.edges.items() if not edge.derived}
    if name == "indicators":
        return {key: Term(key, item.en, item.vi, item.definition) for key, item in schema.indicators.items()}
    if name == "kinds":
        kinds = (node.properties["kind"].values for node in schema.nodes.values() if "kind" in node.properties)
        return {key: term for values in kinds for key, term in values.items()}
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
    yield from (*CLOSED_LISTS, "nodes", "edges", "indicators", "kinds")
    for node in schema.nodes.values():
        yield from (f"{node.key}.{prop.key}" for prop in node.properties.values() if prop.values)
    for edge in schema.edges.values():
        yield f"{edge.key}.statuses"
        yield from (f"{edge.key}.{prop.key}" for prop in edge.qualifiers.values() if prop.values)
