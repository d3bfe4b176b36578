"""View model of a query's rows as a table: ids become links, closed-list terms labels, statement ids evidence."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...graph.catalogue.query import Column, Query
from ...graph.model.objects import Row
from ..i18n.labels import Labels, plain_name
from ..i18n.language import capitalize
from .evidence import StatementEvidence

MAX_ROWS = 300
"""Maximum number of rows on a page; the CSV has all."""
EvidenceLookup = Callable[[Iterable[str]], list[StatementEvidence]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading: title and help text."""

    title: str
    help: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its `kind`: `none`, `items`, `links`, `date`, `boolean`, `number`, `status`, `term` or `text`."""

    kind: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Item:
    """One of several items in a cell: its label (and `status` key), further labels, and an entity's (id, name)."""

    status: str | None
    word: str
    details: list[str]
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its evidence."""

    cells: list[Cell]
    evidence: list[StatementEvidence] = field(default_factory=list[StatementEvidence])


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `count` is the number of all rows, including those not shown."""

    columns: list[Heading]
    rows: list[Line]
    count: int
    has_evidence: bool


def entity_ids(query: Query, rows: Iterable[Row]) -> set[str]:
    """Return the ids of all entities that occur in rows."""
    ids: set[str] = set()
    for row in rows:
        for column in query.returns.values():
            value = row.get(column.name)
            if column.type == "entity" and value:
                ids.add(value)
            elif column.type == "entities":
                ids.update(value or ())
    return ids


def build_table(
    query: Query,
    rows: list[Row],
    labels: Labels,
    evidence: EvidenceLookup,
    names: Mapping[str, str],
) -> Table:
    """Build a table from a query's rows; columns of conditions and columns without values are left out."""
    visible_rows = rows[:MAX_ROWS]
    columns = [column for column in query.returns.values() if _is_shown(query, column, visible_rows)]
    statement_columns = [column.name for column in query.returns.values() if column.type == "statements"]
    lines = [
        Line(
            [_cell(query, column, row, labels, names) for column in columns],
            evidence(key for name in statement_columns for key in row.get(name) or ()),
        )
        for row in visible_rows
    ]
    headings = [Heading(column_title(column, labels), column_help(column, labels)) for column in columns]
    return Table(headings, lines, len(rows), any(line.evidence for line in lines))


def column_terms(query: Query, column: Column, labels: Labels) -> Mapping[str, Any]:
    """Return the closed list of a column's values, or of the items of its lists; empty if there is none."""
    for parent in query.returns.values():
        if column.name in parent.detail_columns:
            return labels.closed_list(column.name.removeprefix(f"{parent.name}_"))
    if column.detail_columns:
        return labels.schema.statuses
    parameter = query.params.get(column.name)
    return labels.closed_list(column.name) or (parameter.values if parameter else {})


def column_help(column: Column, labels: Labels) -> str:
    """Return the explanation of a column."""
    return column.help_vi if labels.language == "vi" and column.help_vi else column.help


def failure_text(query: Query, conditions: Iterable[str], labels: Labels) -> str:
    """Describe, in one text, which conditions of a query are not met."""
    return capitalize(failure_clause(query, conditions, labels))


def failure_clause(query: Query, conditions: Iterable[str], labels: Labels) -> str:
    """Describe which conditions of a query are not met, to stand within a sentence."""
    columns = (query.returns[name] for name in conditions)
    return "; ".join(column.failure_vi if labels.language == "vi" else column.failure for column in columns)


def column_title(column: Column, labels: Labels) -> str:
    """Return a column's heading: in English from its name, in Vietnamese from its type or explanation."""
    words = plain_name(column.name)
    if labels.language == "vi":
        node = labels.schema.node_type_of(f"{column.name}:x")
        words = node.vi if node else first_clause(column.help_vi) or words
    return capitalize(words)


def first_clause(words: str) -> str:
    """Return the first clause of a help text, for use as a heading.

    >>> first_clause("Bản đồ của ngày này: điều nói về đơn vị đã sáp nhập; bỏ trống (nếu không có)")
    'Bản đồ của ngày này'
    """
    return re.split(r"[;:(]", words, maxsplit=1)[0].strip()


def _is_shown(query: Query, column: Column, rows: list[Row]) -> bool:
    name = column.name
    if column.type == "statements" or name in query.conditions:
        return False
    if any(name in parent_column.detail_columns for parent_column in query.returns.values()):
        return False
    owner = query.returns.get(name.removesuffix("_name")) if name.endswith("_name") else None
    if owner is not None and owner.type == "entity":
        return False
    return any(row.get(name) not in (None, "", []) for row in rows)


def _items(query: Query, column: Column, row: Row, labels: Labels, names: Mapping[str, str]) -> list[Item]:
    """Return the items of a cell; columns declared `beside` it supply further labels and the entity."""
    items: list[Item] = []
    for index, word in enumerate(row[column.name]):
        details: list[str] = []
        link = None
        for detail_column in column.detail_columns:
            value = str(row[detail_column][index])
            if value in names or labels.schema.node_type_of(value):
                link = (value, names.get(value, value))
            elif value:
                details.append(labels.term(column_terms(query, query.returns[detail_column], labels), value))
        terms = labels.schema.statuses
        items.append(Item(str(word) if str(word) in terms else None, labels.term(terms, str(word)), details, link))
    return items


def _cell(query: Query, column: Column, row: Row, labels: Labels, names: Mapping[str, str]) -> Cell:
    value = row.get(column.name)
    if value in (None, "", []):
        return Cell("none")
    if column.detail_columns:
        return Cell("items", _items(query, column, row, labels, names))
    if column.type == "entity":
        return Cell("links", [(value, row.get(f"{column.name}_name") or names.get(value, value))])
    if column.type == "entities":
        return Cell("links", [(item, names.get(item, item)) for item in value])
    if column.type == "date":
        return Cell("date", value)
    if column.type == "boolean":
        return Cell("boolean", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell("number", value)
    terms = column_terms(query, column, labels)
    if terms is labels.schema.statuses and isinstance(value, str):
        return Cell("status", value)
    if isinstance(value, list):
        words = ", ".join(labels.term(terms, str(item)) for item in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        return Cell("term" if terms else "text", words)
    return Cell("term" if str(value) in terms else "text", labels.term(terms, str(value)))
