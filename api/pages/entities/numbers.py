"""Measurements for an entity page, by indicator; comparable values form a series with bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ....graph.model.objects import DisagreementJson, StatementJson
from ...presenters.truncated import TruncatedList, truncate
from .._base.charts import value_bar
from .evidence_budget import StatementIds
from .lines import PageLines

UNITS_WITHOUT_BARS = ("rank",)
"""Units for which bars would mislead: rank 1 is the best."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value with all statements that give it; `statement` is the first, `bar` an SVG or None."""

    statement: StatementJson
    anchor: str
    evidence_key: StatementIds
    disagreements: list[DisagreementJson]
    bar: Markup | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Values that can be compared: they have the same kind of period, and are from before or after a merger."""

    period_kind: str
    era: str
    values: list[Value]

    @property
    def has_bars(self) -> bool:
        """True if the values have bars: there are several, and bars do not mislead."""
        return any(value.bar is not None for value in self.values)

    @property
    def disagreements(self) -> list[DisagreementJson]:
        """The disagreements about its values, each once."""
        return list({item["id"]: item for value in self.values for item in value.disagreements}.values())


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator in one unit.

    `separation_reasons` are keys of words that say why the values are not one series; `left_out` counts earlier values
    that are not shown.
    """

    key: str
    unit: str
    series: list[Series]
    separation_reasons: list[str]
    left_out: int

    @property
    def count(self) -> int:
        """Number of values, shown or not."""
        return sum(len(series.values) for series in self.series) + self.left_out


def indicators_of(
    measurements: Iterable[StatementJson],
    changed_on: str | None,
    lines: PageLines,
) -> TruncatedList[Indicator]:
    """Return the first indicators of one entity with the latest values of each.

    `changed_on` is the date on which the territory of the entity changed, if it did.
    """
    number = 0
    ordered = sorted(measurements, key=lambda statement: (*_indicator_and_unit(statement), *_order(statement)))
    groups = truncate(((key, list(members)) for key, members in groupby(ordered, key=_indicator_and_unit)), lines.limit)
    indicators: list[Indicator] = []
    for (key, unit), members in groups:
        by_series: dict[tuple[str, str], list[Value]] = {}
        values = [list(group) for _, group in groupby(members, key=_order)]
        for same_value in values[-lines.limit :]:
            number += 1
            ids = [statement["id"] for statement in same_value]
            value = Value(same_value[0], f"n{number}", *lines.add(ids, f"n{number}"))
            by_series.setdefault((period_kind(same_value[0]), era_of(same_value[0], changed_on)), []).append(value)
        series = [Series(span, era, _with_bars(values, unit)) for (span, era), values in by_series.items()]
        left_out = max(len(values) - lines.limit, 0)
        indicators.append(Indicator(key, unit, series, _separation_reasons(series), left_out))
    return TruncatedList(indicators, groups.left_out)


def period_kind(statement: StatementJson) -> str:
    """Return the kind of period of a value: `day`, `month`, `year`, `2 years`, …; empty if it has no period.

    >>> [period_kind({"period": period}) for period in ("2021", "2021/2025", "2025-01/2025-06")]
    ['year', '5 years', '6 months']
    """
    period = str(statement.get("period") or "")
    if not period:
        return ""
    start, _, end = period.partition("/")
    if not end:
        return ("year", "month", "day")[min(period.count("-"), 2)]
    if start.isdigit() and end.isdigit():
        return f"{int(end) - int(start) + 1} years"
    start_parts, end_parts = start.split("-"), end.split("-")
    if len(start_parts) == len(end_parts) == 2 and all(part.isdigit() for part in start_parts + end_parts):
        return f"{12 * (int(end_parts[0]) - int(start_parts[0])) + int(end_parts[1]) - int(start_parts[1]) + 1} months"
    return period


def era_of(statement: StatementJson, changed_on: str | None) -> str:
    """Return the word key for before, after or across the date of the territory change; empty if unknown.

    >>> era_of({"period": "2024"}, "2025-07-01"), era_of({"period": "2025"}, "2025-07-01"), era_of({}, "2025-07-01")
    ('entity_era_before', 'entity_era_across', '')
    """
    period = str(statement.get("period") or "")
    if not changed_on:
        return ""
    if not period:  # as of a day: the value is from that day or earlier, never later
        return "entity_era_before" if str(statement.get("as_of") or changed_on) < changed_on else ""
    start, _, end = period.partition("/")
    first, last = start + "-01-01"[len(start) - 4 :], (end or start) + "-12-31"[len(end or start) - 4 :]
    if last < changed_on:
        return "entity_era_before"
    return "entity_era_after" if first >= changed_on else "entity_era_across"


def _indicator_and_unit(statement: StatementJson) -> tuple[str, str]:
    return statement.get("indicator", ""), statement.get("unit", "")


def _order(statement: StatementJson) -> tuple[str, str, str, str]:
    day = str(statement.get("period") or statement.get("as_of") or "")
    return (
        day,
        str(statement.get("value_status", "")),
        str(statement.get("value")),
        str(statement.get("comparator", "")),
    )


def _separation_reasons(series: Sequence[Series]) -> list[str]:
    if len(series) < 2:
        return []
    period_kinds, eras = {item.period_kind for item in series}, {item.era for item in series}
    reasons = ["entity_apart_period"] if len(period_kinds - {""}) > 1 else []
    reasons += ["entity_apart_no_period"] if "" in period_kinds and len(period_kinds) > 1 else []
    return reasons + (["entity_apart_merger"] if len(eras - {""}) > 1 else [])


def _with_bars(values: list[Value], unit: str) -> list[Value]:
    """Return the values with bars; unchanged if there is only one value, or if bars would mislead."""
    numbers = [value.statement.get("value") for value in values]
    drawable = [number for number in numbers if isinstance(number, int | float) and number >= 0]
    longest = max(drawable, default=0)
    if len(values) < 2 or len(drawable) < len(numbers) or not longest or unit in UNITS_WITHOUT_BARS:
        return values
    return [
        Value(
            value.statement, value.anchor, value.evidence_key, value.disagreements,
            value_bar(
                number / longest, value.statement.get("value_status", ""), value.statement.get("comparator", "=")
            ),
        )
        for value, number in zip(values, drawable, strict=True)
    ]  # fmt: skip
