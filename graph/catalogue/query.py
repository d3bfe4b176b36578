"""The query catalogue: `queries/NAME.cypher`, each file with a leading `/* … */` comment in YAML.

    title        short English title
    topic        one of TOPICS: the group of the query in lists
    question     {en, vi}: the question that the query answers
    params       {name: {type, help, vi?, default? | required?, several?, values_of? | values?, min?, max?}};
                 `values` is a closed list of the query's own: {word: {en, vi}}
    returns      {column: {help, vi?, type?, beside?, not?, not_vi?}}; type is one of COLUMN_TYPES, by default string;
                 `beside` names list columns that tables show in the cells of this column; `not` describes a row for
                 which the condition is false
    conditions   boolean columns that must be true in an answer (optional)
    example      {param: value}: an example call
    expect       the expected result of the example on the built-in articles, see
                 `vnkg.graph.catalogue.expectations`

One Cypher statement follows. Files are checked when they are read (`DeclarationError` with file and reason): the
declared parameters are those used, the declared columns those returned, all names exist in the schema, the statement
only reads, and its rows are sorted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from .. import resources
from ..errors import BadParameter, DeclarationError
from ..messages import meant
from ..model.schema import Schema, Term, schema
from .cypher_lint import read_cypher
from .expectations import Expectation, read_expectation
from .parameters import TYPES, Given, Parameter, bind_parameters, closed_list, closed_list_names, default_value

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
Row = Mapping[str, Any]


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
    fails: str = ""
    fails_vi: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A named query as its file declares it; `cypher` is the statement alone, `text` the whole file."""

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

    def question(self, language: str) -> str:
        """Return the question: Vietnamese if `language` is `vi`, else English."""
        return self.question_vi if language == "vi" else self.question_en

    def described(self) -> dict[str, Any]:
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
                    "expected": parameter.expected,
                    "required": parameter.required,
                    "several": parameter.several,
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
class Result:
    """The answers (`rows` that meet every condition) and the near misses, each with `fails`: the conditions not met."""

    rows: list[dict[str, Any]]
    near_misses: list[dict[str, Any]]


@cache
def catalogue() -> Mapping[str, Query]:
    """Return the built-in queries by name, sorted (read once)."""
    found = (item for item in files("vnkg.queries").iterdir() if item.name.endswith(".cypher"))
    read = (read_query(item.read_text(encoding="utf-8"), item.name, schema()) for item in found)
    return {query.name: query for query in sorted(read, key=lambda query: query.name)}


def bind(query: Query, given: Given) -> dict[str, Any]:
    """Return the typed values of the query's parameters; raises `BadParameter` (see `bind_parameters`)."""
    return bind_parameters(query.name, query.params, given)


def split(query: Query, rows: Sequence[Row]) -> Result:
    """Split rows into answers and near misses.

    An answer meets every condition. A near miss meets at least one and gets `fails`, the list of conditions that are
    false. A condition that is null does not apply and is listed only if none is false. Near misses are sorted by the
    number of `fails`, otherwise they keep the query's order. Other rows are dropped. Raises `DeclarationError` if a
    condition is anything but true, false or null.
    """
    if not query.conditions:
        return Result([dict(row) for row in rows], [])
    answers: list[dict[str, Any]] = []
    near: list[dict[str, Any]] = []
    for row in rows:
        said = {name: row[name] for name in query.conditions}
        wrong = {name: value for name, value in said.items() if value not in (True, False, None)}
        if wrong:
            raise DeclarationError(f"{query.name}.cypher: conditions must be true, false or null; found {wrong}")
        if all(said.values()):
            answers.append(dict(row))
        elif any(said.values()):
            fails = [name for name, value in said.items() if value is False]
            near.append({**row, "fails": fails or [name for name, value in said.items() if value is None]})
    near.sort(key=lambda row: len(row["fails"]))
    return Result(answers, near)


def read_query(text: str, file: str, schema: Schema) -> Query:
    """Read and check one query file; raises `DeclarationError` that names the file and the error."""
    header = _HEADER.match(text)
    if header is None:
        raise DeclarationError(f"{file}: found no leading /* … */ comment; expected one that holds YAML")
    try:
        raw: Any = resources.parse(header.group(1))
    except yaml.YAMLError as error:
        raise DeclarationError(f"{file}: the leading comment is not YAML: {error}") from error
    reader = _Reader(file, schema)
    body = reader.known("the leading comment", raw, _KEYS, ("title", "topic", "question", "returns"))
    name = file.removesuffix(".cypher")
    reader.need(_NAME.fullmatch(name) is not None, "the name of the file: expected small letters, digits and _")
    topic = str(body["topic"])
    reader.need(topic in TOPICS, f"topic: found {topic!r}; expected {' or '.join(TOPICS)}{meant(topic, TOPICS)}")
    question = reader.known("question", body["question"], ("en", "vi"), ("en", "vi"))
    params = reader.parameters(body.get("params") or {})
    returns = reader.columns(body["returns"])
    conditions = tuple(reader.words("conditions", body.get("conditions", [])))
    example = reader.example(body.get("example") or {}, name, params)
    cypher = text[header.end() :].strip()
    used = read_cypher(cypher, file, schema)
    reader.same("params", "parameters used", params, used.parameters)
    reader.same("returns", "columns returned", returns, used.returns)
    reader.need(
        list(returns) == list(used.returns), f"returns: expected the order of RETURN: {', '.join(used.returns)}"
    )
    for condition in conditions:
        reader.need(condition in returns, f"conditions: {condition!r} is no column{meant(condition, returns)}")
        reader.need(returns[condition].type == "boolean", f"conditions: {condition!r} must have type: boolean")
        said = returns[condition].fails and returns[condition].fails_vi
        reader.need(bool(said), f"conditions: {condition!r} must say in `not` and `not_vi` what is so where it fails")
    expect = read_expectation(body.get("expect") or {}, file, tuple(returns), conditions)
    return Query(
        name, str(body["title"]), topic, str(question["en"]), str(question["vi"]), params, returns, conditions, example,
        expect, text, cypher,
    )  # fmt: skip


_KEYS = ("title", "topic", "question", "params", "returns", "conditions", "example", "expect")
_PARAMETER_KEYS = ("type", "help", "vi", "default", "required", "several", "values_of", "values", "min", "max")


class _Reader:
    """Reads the parts of a leading comment; raises `DeclarationError` where one is wrong.

    Arguments called `path` are the position in the comment (`returns.fund`), for messages.
    """

    def __init__(self, file: str, schema: Schema) -> None:
        self.file = file
        self.schema = schema

    def need(self, good: bool, message: str) -> None:
        if not good:
            raise DeclarationError(f"{self.file}: {message}")

    def known(self, where: str, body: Any, allowed: Sequence[str], required: Sequence[str]) -> dict[str, Any]:
        self.need(isinstance(body, dict), f"{where}: found {body!r}; expected a mapping")
        found = cast(dict[Any, Any], body)
        for key in found:
            self.need(key in allowed, f"{where}: {key!r} is not known; expected {' or '.join(allowed)}")
        for key in required:
            self.need(bool(found.get(key)), f"{where}: {key!r} is missing")
        return found

    def words(self, where: str, value: Any) -> list[str]:
        found = cast(list[Any], value if isinstance(value, list) else [value])
        self.need(all(isinstance(item, str) for item in found), f"{where}: found {value!r}; expected words")
        return found

    def same(self, key: str, what: str, declared: Mapping[str, object], used: Sequence[str]) -> None:
        for name in used:
            self.need(name in declared, f"{key}: {name!r} is not declared; {what}: {', '.join(used)}")
        for name in declared:
            self.need(name in used, f"{key}: {name!r} is declared but not used; {what}: {', '.join(used) or 'none'}")

    def columns(self, raw: Any) -> dict[str, Column]:
        self.need(isinstance(raw, dict), f"returns: found {raw!r}; expected a mapping")
        columns: dict[str, Column] = {}
        for name, body in raw.items():
            fields = self.known(f"returns.{name}", body, ("help", "vi", "type", "not", "not_vi", "beside"), ("help",))
            kind = str(fields.get("type", "string"))
            self.need(kind in COLUMN_TYPES, f"returns.{name}: type {kind!r}; expected {' or '.join(COLUMN_TYPES)}")
            self.need(name != "fails", "returns: 'fails' is added to near misses and cannot be a column")
            words = (str(fields.get(key, "")) for key in ("vi", "not", "not_vi"))
            beside = tuple(self.words(f"returns.{name}.beside", fields.get("beside", [])))
            columns[str(name)] = Column(str(name), kind, str(fields["help"]), *words, beside=beside)
        for column in columns.values():
            for other in column.beside:
                lists = other in columns and {column.type, columns[other].type} <= {"strings", "entities"}
                self.need(lists, f"returns.{column.name}.beside: {other!r} is no column of lists beside lists")
        return columns

    def parameters(self, raw: Any) -> dict[str, Parameter]:
        self.need(isinstance(raw, dict), f"params: found {raw!r}; expected a mapping")
        return {str(name): self.parameter(str(name), body) for name, body in raw.items()}

    def parameter(self, name: str, body: Any) -> Parameter:
        at = f"params.{name}"
        fields = self.known(at, body, _PARAMETER_KEYS, ("type", "help"))
        kind = str(fields["type"])
        self.need(kind in TYPES, f"{at}: type {kind!r}; expected {' or '.join(TYPES)}")
        values, of = {}, ()
        if kind == "entity":
            of = tuple(self.words(f"{at}.values_of", fields.get("values_of", [])))
            for node in of:
                self.need(node in self.schema.nodes, f"{at}: {node!r} is no node type{meant(node, self.schema.nodes)}")
        elif "values_of" in fields:
            wanted = str(fields["values_of"])
            found = closed_list(wanted, self.schema)
            hint = meant(wanted, closed_list_names(self.schema))
            self.need(kind == "string" and found is not None, f"{at}: values_of {wanted!r} is no list of words{hint}")
            values = found or {}
        elif "values" in fields:
            self.need(kind == "string", f"{at}: values belong to type: string")
            values = self.terms(f"{at}.values", fields["values"])
        low, high = fields.get("min"), fields.get("max")
        bounded = isinstance(low, int) and isinstance(high, int) and low <= high
        good = bounded if kind == "integer" else low is None and high is None
        self.need(good, f"{at}: expected min and max for an integer, and only there")
        default = fields.get("default")
        parameter = Parameter(
            name, kind, str(fields["help"]), str(fields.get("vi", "")),
            default=tuple(self.words(at, default)) if isinstance(default, list) else default,
            required=bool(fields.get("required")), several=bool(fields.get("several")), values=values, of=of,
            prefixes=tuple(self.schema.nodes[node].prefix for node in of), minimum=low, maximum=high,
        )  # fmt: skip
        try:
            default_value(parameter)
        except BadParameter as error:
            raise DeclarationError(f"{self.file}: {at}: default: {error}") from error
        return parameter

    def terms(self, where: str, raw: Any) -> dict[str, Term]:
        self.need(isinstance(raw, dict) and bool(raw), f"{where}: found {raw!r}; expected words, each with en and vi")  # pyright: ignore[reportUnknownArgumentType]
        found: dict[str, Term] = {}
        for word, body in cast(dict[Any, Any], raw).items():
            said = self.known(f"{where}.{word}", body, ("en", "vi"), ("en", "vi"))
            found[str(word)] = Term(str(word), str(said["en"]), str(said["vi"]))
        return found

    def example(self, raw: Any, query: str, params: Mapping[str, Parameter]) -> dict[str, str | tuple[str, ...]]:
        self.need(isinstance(raw, dict), f"example: found {raw!r}; expected a mapping")
        example: dict[str, str | tuple[str, ...]] = {}
        for name, value in raw.items():
            example[str(name)] = tuple(self.words("example", value)) if isinstance(value, list) else str(value)
        try:
            bind_parameters(query, params, example)
        except BadParameter as error:
            raise DeclarationError(f"{self.file}: example: {error}") from error
        return example
