"""A query's rows for a CSV file: words instead of codes, and where the statements of each row are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...graph.catalogue.query import Column, Query
from ...graph.model.objects import Row, StatementJson
from ..i18n.labels import Labels
from .query_table import column_terms

SOURCE_COLUMNS = ("sources", "url")
"""Columns after those of the query: article and line of each statement, and the page of the first one."""


def csv_columns(query: Query) -> list[str]:
    """Return the columns of the query and, if its rows have statements, `SOURCE_COLUMNS`."""
    return [*query.returns, *(SOURCE_COLUMNS if _statement_columns(query) else ())]


def csv_rows(
    query: Query, rows: Sequence[Row], labels: Labels, evidence: Mapping[str, StatementJson], base_url: str
) -> Iterator[dict[str, Any]]:
    """Yield each row with words in the language of the labels instead of codes, and with `SOURCE_COLUMNS`.

    `evidence` has the statements of the rows by id; `base_url` is put in front of the path in the column `url`.
    """
    terms = {
        column.name: column_terms(query, column, labels) for column in query.returns.values() if _has_words(column)
    }
    for row in rows:
        ids = [key for name in _statement_columns(query) for key in row.get(name) or ()]
        words = {name: _words(row.get(name), terms_of_column, labels) for name, terms_of_column in terms.items()}
        sources = dict.fromkeys(_source(evidence[key]) for key in ids if key in evidence)
        yield row | words | {"sources": list(sources), "url": f"{base_url}/statements/{ids[0]}" if ids else None}


def _has_words(column: Column) -> bool:
    return column.type in ("string", "strings")


def _statement_columns(query: Query) -> list[str]:
    return [column.name for column in query.returns.values() if column.type == "statements"]


def _words(value: Any, terms: Mapping[str, Any], labels: Labels) -> Any:
    if isinstance(value, list):
        return [labels.term(terms, str(item)) for item in value]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return labels.term(terms, value) if isinstance(value, str) else value


def _source(statement: StatementJson) -> str:
    """Return `ARTICLE:LINE` of a statement, or the name of its reference table."""
    if "article" in statement and "line" in statement:
        return f"{statement['article']}:{statement['line']}"
    return statement.get("source", "")
