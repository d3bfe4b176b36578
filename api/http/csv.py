"""Rows as CSV that a spreadsheet can open without harm."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters with which a spreadsheet takes a text for a formula."""


def cell(value: Any) -> str:
    """Return a value as one cell; a text that a spreadsheet would calculate gets an apostrophe before it.

    >>> cell("=1+1"), cell(-3), cell(None), cell(["a", "b"]), cell(True)
    ("'=1+1", '-3', '', 'a; b', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType]
    return "'" + text if text.startswith(FORMULA) else text


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a header line and a line for each row, as RFC 4180 writes them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode()
