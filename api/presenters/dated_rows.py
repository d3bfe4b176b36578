"""Rows of the query `timeline` with what their statements say beside a date."""

from collections.abc import Iterable, Mapping

from ...graph.model.objects import Row, StatementJson

STATEMENT_TEXTS = ("gloss_vi", "scope")
"""Keys of statements that pages show on a row, and that the query does not return."""
PROVINCE_DATES = ("city_since", "extent_changed_on", "abolished_on")
"""Predicates of the rows for what became of a province as a whole."""


def with_statement_texts(row: Row, statements: Mapping[str, StatementJson], ids: Iterable[str] = ()) -> Row:
    """Return a row with `STATEMENT_TEXTS` of the first of its statements (or of `ids`) that has each of them."""
    row_statements = [statements[key] for key in ids or row["statements"] if key in statements]
    texts = {
        key: next((said[key] for said in row_statements if key in said), None)  # pyright: ignore[reportTypedDictNotRequiredAccess]
        for key in STATEMENT_TEXTS
    }
    return row | texts
