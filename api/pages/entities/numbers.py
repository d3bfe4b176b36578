"""Measurements for an entity page, by indicator; comparable values form a series with bars."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .._base.charts import value_bar
from .disagreements import Doubts
from .evidence_budget import Ids, Shelf

NOT_DRAWN = ("rank",)
"""Units for which bars would mislead: rank 1 is the best."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One value with all statements that give it; `statement` is the first, `bar` an SVG or None."""

    said: Json
    anchor: str
    line: Ids
    doubts: list[Json]
    bar: Markup | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Values that can be compared: they have the same kind of period, and are from before or after a merger."""

    span: str
    era: str
    values: list[Value]

    @property
    def drawn(self) -> bool:
        """True if the values have bars: there are several, and bars do not mislead."""
        return any(value.bar is not None for value in self.values)

    @property
    def doubts(self) -> list[Json]:
        """The disagreements about its values, each once."""
        return list({item["id"]: item for value in self.values for item in value.doubts}.values())


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator in one unit.

    `separation_reasons` are keys of words that say why the values are not one series; `left_out` counts earlier values
    that are not shown.
    """

    key: str
    unit: str
    series: list[Series]
    apart: list[str]
    left_out: int

    @property
    def count(self) -> int:
        """Number of values, shown or not."""
        return sum(len(series.values) for series in self.series) + self.left_out


def indicators_of(
    measurements: Iterable[Json], changed_on: str | None, shelf: Shelf, doubts: Doubts, most: int
) -> Iterator[Indicator]:
    """Yield the indicators of one entity with the latest `limit` values of each.

    `changed_on` is the date on which the territory of the entity changed, if it did.
    """
    number = 0
    ordered = sorted(measurements, key=lambda said: (said["indicator"], said.get("unit", ""), *_order(said)))
    for (key, unit), members in groupby(ordered, key=lambda said: (str(said["indicator"]), str(said.get("unit", "")))):
        found: dict[tuple[str, str], list[Value]] = {}
        values = [list(group) for _, group in groupby(members, key=_order)]
        for told in values[-most:]:
            number += 1
            ids = [said["id"] for said in told]
            disputes = doubts.on(ids, f"n{number}")
            value = Value(told[0], f"n{number}", shelf.add(ids, disputed=bool(disputes)), disputes)
            found.setdefault((span_of(told[0]), era_of(told[0], changed_on)), []).append(value)
        series = [Series(span, era, _drawn(values, unit)) for (span, era), values in found.items()]
        yield Indicator(key, unit, series, _why_apart(series), max(len(values) - most, 0))


def span_of(said: Json) -> str:
    """Return the kind of period of a value: `day`, `month`, `year`, `2 years`, …; empty if it has no period.

    >>> [period_kind({"period": period}) for period in ("2021", "2021/2025", "2025-01/2025-06")]
    ['year', '5 years', '6 months']
    """
    period = str(said.get("period") or "")
    if not period:
        return ""
    start, _, end = period.partition("/")
    if not end:
        return ("year", "month", "day")[min(period.count("-"), 2)]
    if start.isdigit() and end.isdigit():
        return f"{int(end) - int(start) + 1} years"
    one, other = start.split("-"), end.split("-")
    if len(one) == len(other) == 2 and all(part.isdigit() for part in one + other):
        return f"{12 * (int(other[0]) - int(one[0])) + int(other[1]) - int(one[1]) + 1} months"
    return period


def era_of(said: Json, changed_on: str | None) -> str:
    """Return the word key for before, after or across the date of the territory change; empty if unknown.

    >>> era_of({"period": "2024"}, "2025-07-01"), era_of({"period": "2025"}, "2025-07-01"), era_of({}, "2025-07-01")
    ('entity_era_before', 'entity_era_across', '')
    """
    period = str(said.get("period") or "")
    if not changed_on:
        return ""
    if not period:  # as of a day: the value is from that day or earlier, never later
        return "entity_era_before" if str(said.get("as_of") or changed_on) < changed_on else ""
    start, _, end = period.partition("/")
    first, last = start + "-01-01"[len(start) - 4 :], (end or start) + "-12-31"[len(end or start) - 4 :]
    if last < changed_on:
        return "entity_era_before"
    return "entity_era_after" if first >= changed_on else "entity_era_across"


def _order(said: Json) -> tuple[str, str, str, str]:
    day = str(said.get("period") or said.get("as_of") or "")
    return (day, str(said.get("value_status", "")), str(said.get("value")), str(said.get("comparator", "")))


def _why_apart(series: Sequence[Series]) -> list[str]:
    if len(series) < 2:
        return []
    spans, eras = {one.span for one in series}, {one.era for one in series}
    reasons = ["entity_apart_period"] if len(spans - {""}) > 1 else []
    reasons += ["entity_apart_no_period"] if "" in spans and len(spans) > 1 else []
    return reasons + (["entity_apart_merger"] if len(eras - {""}) > 1 else [])


def _drawn(values: list[Value], unit: str) -> list[Value]:
    """Return the values with bars; unchanged if there is only one value, or if bars would mislead."""
    numbers = [value.said.get("value") for value in values]
    drawable = [number for number in numbers if isinstance(number, int | float) and number >= 0]
    longest = max(drawable, default=0)
    if len(values) < 2 or len(drawable) < len(numbers) or not longest or unit in NOT_DRAWN:
        return values
    return [
        Value(
            value.said, value.anchor, value.line, value.doubts,
            value_bar(number / longest, value.said.get("value_status", ""), value.said.get("comparator", "=")),
        )
        for value, number in zip(values, drawable, strict=True)
    ]  # fmt: skip
