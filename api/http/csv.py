"""CSV that is safe to open in a spreadsheet (no formula injection)."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet read a text as a formula."""


def format_cell(value: Any) -> str:
    """Format a value as the text of one cell; a text that looks like a formula gets an apostrophe in front.

    >>> format_cell("=1+1"), format_cell(-3), format_cell(None), format_cell(["a", "b"]), format_cell(True)
    ("'=1+1", '-3', '', 'a; b', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType]
    return "'" + text if text.startswith(FORMULA_PREFIXES) else text


def encode_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a header line and one line for each row as UTF-8 CSV (RFC 4180); columns that a row lacks are empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([format_cell(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue().encode()


def csv_response(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Response:
    """Return rows as a file `NAME.csv` to download; see `encode_csv`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(encode_csv(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)
