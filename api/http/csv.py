"""CSV that is safe to open in a spreadsheet (no formula injection)."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

_INVISIBLE = r"\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"(^(?=[\t\r\n])|(?:^|[;\t\r\n])(?=[{_INVISIBLE}\"]*[=+\-@＝＋－＠]))")
"""Where a spreadsheet may begin to read a text as a formula.

Not only at its start, also behind what may look invisible: a spreadsheet whose list separator is the semicolon
(Vietnamese, German, French) opens a file with commas too, and begins a cell after each semicolon and line end, as the
quotes of a text do not stand at the start of a cell for it.
"""


def format_cell(value: Any) -> str:
    """Format a value as the text of one cell; what looks like a formula in a text gets an apostrophe in front.

    Numbers stay numbers, also negative ones.

    >>> format_cell("=1+1"), format_cell(-3), format_cell(None), format_cell(["a", "b"]), format_cell(True)
    ("'=1+1", '-3', '', 'a; b', 'true')
    >>> format_cell("a;=1+1"), format_cell("\\ufeff=1+1"), format_cell("a; b-c")
    ("a;'=1+1", "'\\ufeff=1+1", 'a; b-c')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType]
    return _FORMULA.sub(r"\1'", text)


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
