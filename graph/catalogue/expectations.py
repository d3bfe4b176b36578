"""The expected result of a query's example on the built-in articles: `expect` in the file's leading comment.

rows, near_misses   their number: n, or {at_least: n}
has                 values of rows that must be in the answer: [{province: 'province:dong-nai'}]
near                the same for near misses, which also have `fails`: [{fund: 'fund:x', fails: [status_as_asked]}]
never               values that no row of the answer may have
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ..errors import DeclarationError

_KEYS = ("rows", "near_misses", "has", "near", "never")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expectation of one query file.

    Counts are `(number, exact)`, where `exact` is False for `at_least`; the others map columns to expected values.
    """

    rows: tuple[int, bool] | None = None
    near_misses: tuple[int, bool] | None = None
    has: tuple[Line, ...] = ()
    near: tuple[Line, ...] = ()
    never: tuple[Line, ...] = ()


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
    counts = [_count(body.get(key), f"{file}: expect.{key}") for key in ("rows", "near_misses")]
    near_columns = [*columns, "fails"]
    return Expectation(
        counts[0],
        counts[1],
        _lines(body.get("has"), f"{file}: expect.has", columns),
        _lines(body.get("near"), f"{file}: expect.near", near_columns),
        _lines(body.get("never"), f"{file}: expect.never", columns),
    )


def unmet(expected: Expectation, rows: Sequence[Line], near_misses: Sequence[Line]) -> list[str]:
    """Return a message for each expectation that an answer does not meet; empty if it meets all."""
    lacking: list[str] = []
    for what, count, found in (("rows", expected.rows, rows), ("near misses", expected.near_misses, near_misses)):
        if count is not None and (len(found) != count[0] if count[1] else len(found) < count[0]):
            lacking.append(f"found {len(found)} {what}; expected {'' if count[1] else 'at least '}{count[0]}")
    for what, lines, found in (("row", expected.has, rows), ("near miss", expected.near, near_misses)):
        lacking += [f"found no {what} with {dict(line)}" for line in lines if not _any_holds(line, found)]
    lacking += [f"found a row with {dict(line)}; expected none" for line in expected.never if _any_holds(line, rows)]
    return lacking


def _any_holds(line: Line, rows: Sequence[Line]) -> bool:
    return any(all(row.get(key) == value for key, value in line.items()) for row in rows)


def _count(value: Any, where: str) -> tuple[int, bool] | None:
    if value is None:
        return None
    least = cast(dict[Any, Any], value).get("at_least") if isinstance(value, dict) and len(value) == 1 else None  # pyright: ignore[reportUnknownArgumentType]
    number = value if isinstance(value, int) else least
    if not isinstance(number, int):
        raise DeclarationError(f"{where}: found {value!r}; expected a number or {{at_least: number}}")
    return number, least is None


def _lines(value: Any, where: str, columns: Sequence[str]) -> tuple[Line, ...]:
    lines = cast(list[Any], value if isinstance(value, list) else [] if value is None else [value])
    for line in lines:
        if not isinstance(line, dict) or not line or any(key not in columns for key in line):  # pyright: ignore[reportUnknownVariableType]
            raise DeclarationError(f"{where}: found {line!r}; expected a mapping of {' or '.join(columns)}")
    return tuple(lines)
