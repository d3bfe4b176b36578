"""The numbers of an entity's page: what was measured of it, by indicator; comparable values side by side as a chart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .._base.charts import value_bar
from .disagreements import Doubts
from .evidence_budget import Ids, Shelf

NOT_DRAWN = ("rank",)
"""Units whose bars would mislead: the first rank is the best one."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One value with all statements that give it."""

    said: Json
    anchor: str
    line: Ids
    doubts: list[Json]
    bar: Markup | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Values that may be compared; `drawn` where they are several and a bar does not mislead."""

    span: str
    era: str
    values: list[Value]

    @property
    def drawn(self) -> bool:
        """Whether the values have bars."""
        return any(value.bar is not None for value in self.values)

    @property
    def doubts(self) -> list[Json]:
        """The disagreements about any of its values, each once."""
        return list({item["id"]: item for value in self.values for item in value.doubts}.values())


@dataclass(frozen=True, slots=True)
class Indicator:
    """What was measured in one unit; `apart` says why its values are not one series; `left_out` are earlier ones."""

    key: str
    unit: str
    series: list[Series]
    apart: list[str]
    left_out: int

    @property
    def count(self) -> int:
        """Values of all series, shown or not."""
        return sum(len(series.values) for series in self.series) + self.left_out


def indicators_of(
    measurements: Iterable[Json], changed_on: str | None, shelf: Shelf, doubts: Doubts, most: int
) -> Iterator[Indicator]:
    """Yield the indicators of measurements of one entity with the latest `most` values of each.

    `changed_on` is the day its territory changed.
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
    """Return the kind of time that a value is for: `day`, `month`, `year`, `2 years`, …; empty where none is told.

    >>> span_of({"period": "2021"}), span_of({"period": "2021/2025"}), span_of({"period": "2025-01/2025-06"})
    ('year', '5 years', '6 months')
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
    """Return a word for when a value was, seen from the day its territory changed; empty where that is not known.

    >>> era_of({"period": "2024"}, "2025-07-01"), era_of({"period": "2025"}, "2025-07-01"), era_of({}, "2025-07-01")
    ('entity_era_before', 'entity_era_across', '')
    """
    period = str(said.get("period") or "")
    if not changed_on:
        return ""
    if not period:  # told on a day: that tells of a time before it, never of one after
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
    """Return values with bars, the longest one filling the picture, where several may be drawn."""
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
