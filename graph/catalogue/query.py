"""The query catalogue: `queries/NAME.cypher`, each file with a leading `/* … */` comment in YAML.

    title        short English title
    topic        one of TOPICS: the group of the query in lists
    question     {en, vi}: the question that the query answers
    asks         {needs, covers?, about?}: which questions in words the query answers, see
                 `vnkg.graph.ask.interpretation` (optional)
    params       {name: {type, help, vi?, default? | required?, several?, values_of? | values?, min?, max?}};
                 `values` is a closed list of the query's own: {word: {en, vi}}
    returns      {column: {help, vi?, type?, beside?, not?, not_vi?}}; type is one of COLUMN_TYPES, by default string;
                 `beside` names list columns that tables show in the cells of this column; `not` describes a row for
                 which the condition is false
    conditions   boolean columns that must be true in an answer (optional)
    example      {param: value}: an example call
    expect       the expected result of the example on the built-in articles, see
                 `vnkg.graph.catalogue.expectations`

One Cypher statement follows. The header is checked when it is read (`DeclarationError` with file and reason). `make
check` and the tests check the statement: the declared parameters are those used, the declared columns those returned,
all names exist in the schema, the statement only reads, and its rows are sorted.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, cast

import yaml

from .. import resources
from ..errors import BadParameter, DeclarationError, NotFound
from ..messages import closest_matches, did_you_mean, quote_for_message
from ..model.objects import Row
from ..model.schema import STATUS_GROUPS, Schema, Term, schema
from .cypher_lint import lint_cypher
from .expectations import Expectation, read_expectation
from .parameters import (
    TYPES,
    Parameter,
    RawParameters,
    bind_parameters,
    closed_list,
    closed_list_names,
    default_value,
    is_id,
)

COLUMN_TYPES = (
    "string",
    "integer",
    "number",
    "boolean",
    "date",
    "value",
    "strings",
    "entity",
    "entities",
    "statements",
)
"""Types of columns. A `value` is a number or a text; `entity`, `entities` and `statements` hold ids."""
TOPICS: Mapping[str, Term] = {
    topic.key: topic
    for topic in (
        Term("policies", "Policies and who carries them out", "Chính sách và nơi thực hiện"),
        Term("funds", "Funds and money", "Quỹ và nguồn tiền"),
        Term("centres", "Centres, programmes and models", "Trung tâm, chương trình và mô hình"),
        Term("provinces", "Provinces and cities", "Tỉnh, thành phố"),
        Term("people", "People, agencies and events", "Con người, cơ quan và sự kiện"),
        Term("numbers", "Numbers and targets", "Số liệu và chỉ tiêu"),
        Term("claims", "Goals, hindrances and proposals", "Mục tiêu, khó khăn và đề xuất"),
        Term("anything", "About any one thing", "Về một đối tượng bất kỳ"),
        Term("sources", "Articles, evidence and disagreements", "Bài báo, bằng chứng và mâu thuẫn"),
        Term("graph", "The graph itself", "Về chính đồ thị này"),
    )
}
"""Topics that group the queries, in the order of lists."""
_HEADER = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's rows.

    `failure` and `failure_vi` describe, for a condition, a row for which it is false. `detail_columns` name columns
    with lists of the same length that add details to each item; tables show them in the cells of this column.
    """

    name: str
    type: str
    help: str
    help_vi: str
    failure: str = ""
    failure_vi: str = ""
    detail_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A named query as its file declares it; `cypher` is the statement alone, `text` the whole file.

    `status_groups` are the groups of statuses that the Cypher has as parameters without declaring them (`$in_force`).
    `needs` (of each tuple one), `covers` and `about` are what the header declares under `asks`.
    """

    name: str
    title: str
    topic: str
    question_en: str
    question_vi: str
    params: Mapping[str, Parameter]
    returns: Mapping[str, Column]
    conditions: tuple[str, ...]
    example: Mapping[str, str | tuple[str, ...]]
    expect: Expectation
    text: str
    cypher: str
    status_groups: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    covers: tuple[str, ...] = ()
    about: str = ""

    def question(self, language: str) -> str:
        """Return the question: Vietnamese if `language` is `vi`, else English."""
        return self.question_vi if language == "vi" else self.question_en

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the query in the list of queries.

        Keys: `name`, `title`, `topic`, `question`, `parameters`, `returns`, `conditions`, `example`, `cypher`.
        """
        return {
            "name": self.name,
            "title": self.title,
            "topic": self.topic,
            "question": {"en": self.question_en, "vi": self.question_vi},
            "parameters": [
                {
                    "name": parameter.name,
                    "type": parameter.type,
                    "help": {"en": parameter.help, "vi": parameter.help_vi or parameter.help},
                    "accepts": parameter.accepted_input,
                    "required": parameter.is_required,
                    "is_list": parameter.allows_multiple,
                    "default": parameter.default,
                    "values": list(parameter.values) or None,
                }
                for parameter in self.params.values()
            ],
            "returns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "help": {"en": column.help, "vi": column.help_vi or column.help},
                }
                for column in self.returns.values()
            ],
            "conditions": list(self.conditions),
            "example": {
                name: list(value) if isinstance(value, tuple) else value for name, value in self.example.items()
            },
            "cypher": self.cypher,
        }


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answers (`rows` that meet every condition) and the near misses, each with `fails`: the conditions not met."""

    rows: list[dict[str, Any]]
    near_misses: list[dict[str, Any]]


@cache
def catalogue() -> Mapping[str, Query]:
    """Return the built-in queries by name, sorted (read once)."""
    query_files = (item for item in files("vnkg.queries").iterdir() if item.name.endswith(".cypher"))
    queries = (read_query(item.read_text(encoding="utf-8"), item.name, schema()) for item in query_files)
    return {query.name: query for query in sorted(queries, key=lambda query: query.name)}


def bind(query: Query, raw_parameters: RawParameters) -> dict[str, Any]:
    """Return the typed values of the query's parameters; raises `BadParameter` (see `bind_parameters`).

    A status group that the Cypher names (`$in_force`) is a parameter too: the list of its statuses.
    """
    groups = {name: list(schema().statuses_in(name)) for name in query.status_groups}
    return bind_parameters(query.name, query.params, raw_parameters) | groups


def split_near_misses(query: Query, rows: Sequence[Row]) -> QueryResult:
    """Split rows into answers and near misses.

    An answer meets every condition. A near miss meets at least one and gets `fails`, the list of conditions that are
    false. A condition that is null does not apply and is listed only if none is false. Near misses are sorted by the
    number of `fails`, otherwise they keep the query's order. Other rows are dropped. Raises `DeclarationError` if a
    condition is anything but true, false or null.
    """
    if not query.conditions:
        return QueryResult([dict(row) for row in rows], [])
    answers: list[dict[str, Any]] = []
    near_misses: list[dict[str, Any]] = []
    for row in rows:
        condition_values = {name: row[name] for name in query.conditions}
        invalid_values = {name: value for name, value in condition_values.items() if value not in (True, False, None)}
        if invalid_values:
            raise DeclarationError(
                f"{query.name}.cypher: conditions must be true, false or null; found {invalid_values}"
            )
        if all(condition_values.values()):
            answers.append(dict(row))
        elif any(condition_values.values()):
            fails = [name for name, value in condition_values.items() if value is False]
            near_misses.append(
                {**row, "fails": fails or [name for name, value in condition_values.items() if value is None]}
            )
    near_misses.sort(key=lambda row: len(row["fails"]))
    return QueryResult(answers, near_misses)


def find_query(queries: Mapping[str, Query], name: str) -> Query:
    """Return a query of a catalogue; raise `NotFound` with the most similar names."""
    if name not in queries:
        raise missing_query(queries, name)
    return queries[name]


def missing_query(queries: Mapping[str, Query], name: str) -> NotFound:
    """Return the error for a name that no query of a catalogue has."""
    expected = f"{did_you_mean(name, queries)}; there are {', '.join(queries)}"
    message = f"there is no query {quote_for_message(name)}{expected}"
    return NotFound(message, name, closest_matches(name, queries))


def group_near_misses(query: Query, near_misses: Iterable[Row]) -> list[tuple[list[str], list[Row]]]:
    """Group near misses by the conditions that they fail; those that fail the fewest come first."""

    def sort_key(row: Row) -> tuple[int, list[int]]:
        return len(row["fails"]), [query.conditions.index(condition) for condition in row["fails"]]

    def failed_conditions(row: Row) -> list[str]:
        return row["fails"]

    groups = groupby(sorted(near_misses, key=sort_key), key=failed_conditions)
    return [(fails, list(group)) for fails, group in groups]


def read_query(text: str, file: str, schema: Schema) -> Query:
    """Read one query file; raises `DeclarationError` that names the file and the error in its header.

    The Cypher is not checked, which takes as long again: see `check_cypher`.
    """
    header = _HEADER.match(text)
    if header is None:
        raise DeclarationError(f"{file}: found no leading /* … */ comment; expected one that holds YAML")
    try:
        raw: Any = resources.parse(header.group(1))
    except yaml.YAMLError as error:
        raise DeclarationError(f"{file}: the leading comment is not YAML: {error}") from error
    reader = _HeaderReader(file, schema)
    body = reader.read_fields("the leading comment", raw, _KEYS, ("title", "topic", "question", "returns"))
    name = file.removesuffix(".cypher")
    reader.require(_NAME.fullmatch(name) is not None, "the name of the file: expected small letters, digits and _")
    topic = str(body["topic"])
    reader.require(
        topic in TOPICS, f"topic: found {topic!r}; expected {' or '.join(TOPICS)}{did_you_mean(topic, TOPICS)}"
    )
    question = reader.read_fields("question", body["question"], ("en", "vi"), ("en", "vi"))
    params = reader.parameters(body.get("params") or {})
    returns = reader.columns(body["returns"])
    conditions = tuple(reader.strings("conditions", body.get("conditions", [])))
    example = reader.example(body.get("example") or {}, name, params)
    needs, covers, about = reader.asks(body.get("asks") or {}, params)
    cypher = text[header.end() :].strip()
    used_parameters = set(_PARAMETER.findall(cypher))
    status_groups = tuple(name for name in sorted(STATUS_GROUPS) if name in used_parameters)
    for condition in conditions:
        reader.require(
            condition in returns, f"conditions: {condition!r} is no column{did_you_mean(condition, returns)}"
        )
        reader.require(returns[condition].type == "boolean", f"conditions: {condition!r} must have type: boolean")
        failure_text = returns[condition].failure and returns[condition].failure_vi
        reader.require(
            bool(failure_text), f"conditions: {condition!r} must say in `not` and `not_vi` what is so where it fails"
        )
    expect = read_expectation(body.get("expect") or {}, file, tuple(returns), conditions)
    return Query(
        name, str(body["title"]), topic, str(question["en"]), str(question["vi"]), params, returns, conditions, example,
        expect, text, cypher, status_groups, needs, covers, about,
    )  # fmt: skip


def check_cypher(query: Query, schema: Schema) -> None:
    """Check the Cypher of a query against its header and the schema; raises `DeclarationError`.

    For tests and `make check`: no command runs it.
    """
    file = f"{query.name}.cypher"
    reader = _HeaderReader(file, schema)
    summary = lint_cypher(query.cypher, file, schema)
    used_parameters = [name for name in summary.parameters if name not in STATUS_GROUPS]
    reader.require_same_names("params", "parameters used", query.params, used_parameters)
    reader.require_same_names("returns", "columns returned", query.returns, summary.returns)
    reader.require(
        list(query.returns) == list(summary.returns),
        f"returns: expected the order of RETURN: {', '.join(summary.returns)}",
    )


_KEYS = ("title", "topic", "question", "params", "returns", "conditions", "asks", "example", "expect")
RESERVED_PARAMETERS = ("lang", "part")
"""Names that no parameter can have: every query takes them beside its own."""
RESERVED_COLUMNS = ("is_answer", "sources", "url")
"""Names that no column can have: a CSV file adds them."""
_PARAMETER_KEYS = ("type", "help", "vi", "default", "required", "several", "values_of", "values", "min", "max")


class _HeaderReader:
    """Reads the parts of a leading comment; raises `DeclarationError` where one is wrong.

    Arguments called `path` are the position in the comment (`returns.fund`), for messages.
    """

    def __init__(self, file: str, schema: Schema) -> None:
        self.file = file
        self.schema = schema

    def require(self, condition: bool, message: str) -> None:
        if not condition:
            raise DeclarationError(f"{self.file}: {message}")

    def read_fields(
        self, path: str, body: Any, allowed_keys: Sequence[str], required_keys: Sequence[str]
    ) -> dict[str, Any]:
        self.require(isinstance(body, dict), f"{path}: found {body!r}; expected a mapping")
        fields = cast(dict[Any, Any], body)
        for key in fields:
            self.require(key in allowed_keys, f"{path}: {key!r} is not known; expected {' or '.join(allowed_keys)}")
        for key in required_keys:
            self.require(bool(fields.get(key)), f"{path}: {key!r} is missing")
        return fields

    def strings(self, path: str, value: Any) -> list[str]:
        items = cast(list[Any], value if isinstance(value, list) else [value])
        self.require(all(isinstance(item, str) for item in items), f"{path}: found {value!r}; expected words")
        return items

    def require_same_names(
        self, key: str, description: str, declared_names: Mapping[str, object], used_names: Sequence[str]
    ) -> None:
        for name in used_names:
            self.require(
                name in declared_names, f"{key}: {name!r} is not declared; {description}: {', '.join(used_names)}"
            )
        for name in declared_names:
            self.require(
                name in used_names,
                f"{key}: {name!r} is declared but not used; {description}: {', '.join(used_names) or 'none'}",
            )

    def columns(self, raw: Any) -> dict[str, Column]:
        self.require(isinstance(raw, dict), f"returns: found {raw!r}; expected a mapping")
        columns: dict[str, Column] = {}
        for name in RESERVED_COLUMNS:
            self.require(name not in raw, f"returns: {name!r} is added in CSV files and cannot be a column")
        for name, body in raw.items():
            fields = self.read_fields(
                f"returns.{name}", body, ("help", "vi", "type", "not", "not_vi", "beside"), ("help",)
            )
            column_type = str(fields.get("type", "string"))
            self.require(
                column_type in COLUMN_TYPES,
                f"returns.{name}: type {column_type!r}; expected {' or '.join(COLUMN_TYPES)}",
            )
            self.require(name != "fails", "returns: 'fails' is added to near misses and cannot be a column")
            texts = (str(fields.get(key, "")) for key in ("vi", "not", "not_vi"))
            detail_columns = tuple(self.strings(f"returns.{name}.beside", fields.get("beside", [])))
            columns[str(name)] = Column(
                str(name), column_type, str(fields["help"]), *texts, detail_columns=detail_columns
            )
        for column in columns.values():
            for detail_name in column.detail_columns:
                are_lists = detail_name in columns and {column.type, columns[detail_name].type} <= {
                    "strings",
                    "entities",
                }
                self.require(
                    are_lists, f"returns.{column.name}.beside: {detail_name!r} is no column of lists beside lists"
                )
        return columns

    def asks(
        self, raw: Any, params: Mapping[str, Parameter]
    ) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...], str]:
        fields = self.read_fields("asks", raw, ("needs", "covers", "about"), ())
        needs, covers = (self.strings(f"asks.{key}", fields.get(key, [])) for key in ("needs", "covers"))
        about = str(fields.get("about", ""))
        self.require(about in ("", *params), f"asks.about: {about!r} is no parameter{did_you_mean(about, params)}")
        return tuple(tuple(need.split("|")) for need in needs), tuple(covers), about

    def parameters(self, raw: Any) -> dict[str, Parameter]:
        self.require(isinstance(raw, dict), f"params: found {raw!r}; expected a mapping")
        return {str(name): self.parameter(str(name), body) for name, body in raw.items()}

    def parameter(self, name: str, body: Any) -> Parameter:
        path = f"params.{name}"
        self.require(name not in RESERVED_PARAMETERS, f"{path}: every query takes {' and '.join(RESERVED_PARAMETERS)}")
        fields = self.read_fields(path, body, _PARAMETER_KEYS, ("type", "help"))
        parameter_type = str(fields["type"])
        self.require(parameter_type in TYPES, f"{path}: type {parameter_type!r}; expected {' or '.join(TYPES)}")
        values, node_types, list_name = {}, (), ""
        if parameter_type == "entity":
            node_types = tuple(self.strings(f"{path}.values_of", fields.get("values_of", [])))
            for node in node_types:
                self.require(
                    node in self.schema.nodes,
                    f"{path}: {node!r} is no node type{did_you_mean(node, self.schema.nodes)}",
                )
        elif "values_of" in fields:
            list_name = str(fields["values_of"])
            list_values = closed_list(list_name, self.schema)
            hint = did_you_mean(list_name, closed_list_names(self.schema))
            self.require(
                parameter_type == "string" and list_values is not None,
                f"{path}: values_of {list_name!r} is no list of words{hint}",
            )
            values = list_values or {}
        elif "values" in fields:
            self.require(parameter_type == "string", f"{path}: values belong to type: string")
            values = self.terms(f"{path}.values", fields["values"])
        minimum, maximum = fields.get("min"), fields.get("max")
        has_bounds = isinstance(minimum, int) and isinstance(maximum, int) and minimum <= maximum
        bounds_fit_type = has_bounds if parameter_type == "integer" else minimum is None and maximum is None
        self.require(bounds_fit_type, f"{path}: expected min and max for an integer, and only there")
        default = fields.get("default")
        parameter = Parameter(
            name, parameter_type, str(fields["help"]), str(fields.get("vi", "")),
            default=tuple(self.strings(path, default)) if isinstance(default, list) else default,
            is_required=bool(fields.get("required")),
            allows_multiple=bool(fields.get("several")), values=values, node_types=node_types,
            id_prefixes=tuple(self.schema.nodes[node].prefix for node in node_types), minimum=minimum, maximum=maximum,
            values_of=list_name,
        )  # fmt: skip
        try:
            typed_default: Any = default_value(parameter)
        except BadParameter as error:
            raise DeclarationError(f"{self.file}: {path}: default: {error}") from error
        if parameter_type == "entity" and typed_default is not None:
            ids = cast(list[str], typed_default if isinstance(typed_default, list) else [typed_default])
            self.require(all(map(is_id, ids)), f"{path}: default: found {default!r}; expected an id, not a name")
        return parameter

    def terms(self, path: str, raw: Any) -> dict[str, Term]:
        self.require(isinstance(raw, dict) and bool(raw), f"{path}: found {raw!r}; expected words, each with en and vi")  # pyright: ignore[reportUnknownArgumentType]
        terms: dict[str, Term] = {}
        for word, body in cast(dict[Any, Any], raw).items():
            labels = self.read_fields(f"{path}.{word}", body, ("en", "vi"), ("en", "vi"))
            terms[str(word)] = Term(str(word), str(labels["en"]), str(labels["vi"]))
        return terms

    def example(self, raw: Any, query_name: str, params: Mapping[str, Parameter]) -> dict[str, str | tuple[str, ...]]:
        self.require(isinstance(raw, dict), f"example: found {raw!r}; expected a mapping")
        example: dict[str, str | tuple[str, ...]] = {}
        for name, value in raw.items():
            example[str(name)] = tuple(self.strings("example", value)) if isinstance(value, list) else str(value)
        try:
            bind_parameters(query_name, params, example)
        except BadParameter as error:
            raise DeclarationError(f"{self.file}: example: {error}") from error
        return example
