"""The expected result of a query's example on the built-in articles: `expect` in the file's leading comment.

rows, near_misses   their number: n, or {at_least: n}
has                 values of rows that must be in the answer: [{province: 'province:dong-nai'}]
near                the same for near misses, which also have `fails`: [{fund: 'fund:x', fails: [status_matches]}]
never               values that no row of the answer may have
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ..errors import DeclarationError

_KEYS = ("rows", "near_misses", "has", "near", "never")
RowValues = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expectation of one query file.

    Counts are `(number, exact)`, where `exact` is False for `at_least`; the others map columns to expected values.
    """

    row_count: tuple[int, bool] | None = None
    near_miss_count: tuple[int, bool] | None = None
    required_rows: tuple[RowValues, ...] = ()
    required_near_misses: tuple[RowValues, ...] = ()
    forbidden_rows: tuple[RowValues, ...] = ()


def read_expectation(raw: Any, file: str, columns: Sequence[str], conditions: Sequence[str]) -> Expectation:
    """Read the parsed `expect`; raises `DeclarationError` for an unknown key or column.

    Near misses can only be expected of a query with conditions.
    """
    if not isinstance(raw, dict):
        raise DeclarationError(f"{file}: expect: found {raw!r}; expected a mapping")
    body = cast(dict[Any, Any], raw)
    for key in body:
        if key not in _KEYS or (key in ("near_misses", "near") and not conditions):
            raise DeclarationError(f"{file}: expect: {key!r} is not known here; expected {' or '.join(_KEYS)}")
    counts = [_read_count(body.get(key), f"{file}: expect.{key}") for key in ("rows", "near_misses")]
    near_columns = [*columns, "fails"]
    return Expectation(
        counts[0],
        counts[1],
        _read_rows(body.get("has"), f"{file}: expect.has", columns),
        _read_rows(body.get("near"), f"{file}: expect.near", near_columns),
        _read_rows(body.get("never"), f"{file}: expect.never", columns),
    )


def unmet_expectations(
    expectation: Expectation, rows: Sequence[RowValues], near_misses: Sequence[RowValues]
) -> list[str]:
    """Return a message for each expectation that an answer does not meet; empty if it meets all."""
    failures: list[str] = []
    for row_kind, count, actual_rows in (
        ("rows", expectation.row_count, rows),
        ("near misses", expectation.near_miss_count, near_misses),
    ):
        if count is not None and (len(actual_rows) != count[0] if count[1] else len(actual_rows) < count[0]):
            failures.append(
                f"found {len(actual_rows)} {row_kind}; expected {'' if count[1] else 'at least '}{count[0]}"
            )
    for row_kind, required_rows, actual_rows in (
        ("row", expectation.required_rows, rows),
        ("near miss", expectation.required_near_misses, near_misses),
    ):
        failures += [
            f"found no {row_kind} with {dict(values)}"
            for values in required_rows
            if not _any_row_matches(values, actual_rows)
        ]
    failures += [
        f"found a row with {dict(values)}; expected none"
        for values in expectation.forbidden_rows
        if _any_row_matches(values, rows)
    ]
    return failures


def _any_row_matches(expected_values: RowValues, rows: Sequence[RowValues]) -> bool:
    return any(all(row.get(key) == value for key, value in expected_values.items()) for row in rows)


def _read_count(value: Any, location: str) -> tuple[int, bool] | None:
    if value is None:
        return None
    minimum = cast(dict[Any, Any], value).get("at_least") if isinstance(value, dict) and len(value) == 1 else None  # pyright: ignore[reportUnknownArgumentType]
    number = value if isinstance(value, int) else minimum
    if not isinstance(number, int):
        raise DeclarationError(f"{location}: found {value!r}; expected a number or {{at_least: number}}")
    return number, minimum is None


def _read_rows(value: Any, location: str, columns: Sequence[str]) -> tuple[RowValues, ...]:
    rows = cast(list[Any], value if isinstance(value, list) else [] if value is None else [value])
    for row in rows:
        if not isinstance(row, dict) or not row or any(key not in columns for key in row):  # pyright: ignore[reportUnknownVariableType]
            raise DeclarationError(f"{location}: found {row!r}; expected a mapping of {' or '.join(columns)}")
    return tuple(rows)
