"""The numbers of an entity page: which values form a series, how they are drawn, and why others are separate."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.evidence import allocator_for
from vnkg.api.i18n.labels import Labels
from vnkg.api.pages.entities.disagreements import DisagreementIndex
from vnkg.api.pages.entities.lines import PageLines
from vnkg.api.pages.entities.numbers import Indicator, indicators_of
from vnkg.graph.model.schema import schema

MERGER_DATE = "2025-07-01"


def measurement(number: int, value: Any, period: str | None = None, **properties: Any) -> dict[str, Any]:
    fields = {"value": value, "unit": "count", "comparator": "=", "value_status": "actual", "as_of": "2025-12-12"}
    timed = {"period": period} if period else {}
    return {"id": f"statement:{number}", "indicator": "hills", "gloss": "", **fields, **timed, **properties}


def lines_for(measurements: Sequence[dict[str, Any]], doubts: DisagreementIndex, limit: int) -> PageLines:
    return PageLines(Labels(schema(), "en"), allocator_for(*measurements), doubts, limit)


def indicators(*measurements: dict[str, Any], changed_on: str | None = None, max_values: int = 100) -> list[Indicator]:
    return list(indicators_of(measurements, changed_on, lines_for(measurements, DisagreementIndex([]), max_values)))


def widths(indicator: Indicator) -> list[list[float]]:
    return [
        [float(width) for width in re.findall(r'width="([\d.]+)"', str(value.bar))]
        for value in indicator.series[0].values
    ]


def test_two_years_form_one_series_with_proportional_bars() -> None:
    (hills,) = indicators(measurement(2, 30, "2024"), measurement(1, 10, "2021"))
    assert [value.statement["period"] for value in hills.series[0].values] == ["2021", "2024"]
    assert hills.separation_reasons == []
    (short,), (long,) = widths(hills)
    assert long == pytest.approx(3 * short, abs=0.2)


def test_a_repeated_value_is_shown_once_with_both_statements() -> None:
    (hills,) = indicators(measurement(1, 10, "2021"), measurement(2, 10, "2021"), measurement(3, 11, "2021"))
    assert [value.evidence_key for value in hills.series[0].values] == [
        ("statement:1", "statement:2"),
        ("statement:3",),
    ]


def test_a_target_is_shown_with_actual_values_but_styled_differently() -> None:
    (hills,) = indicators(measurement(1, 10, "2024"), measurement(2, 20, "2030", value_status="target"))
    first, second = (str(value.bar) for value in hills.series[0].values)
    assert 'class="bar-actual"' in first
    assert 'class="bar-target"' in second
    assert "bar-actual" not in second


@pytest.mark.parametrize("comparator", ["more than", "at least", "nearly", "about", "at most", "less than"])
def test_a_bar_of_an_inexact_value_has_an_open_end(comparator: str) -> None:
    (hills,) = indicators(measurement(1, 10, "2024", comparator=comparator), measurement(2, 20, "2025"))
    first, second = (str(value.bar) for value in hills.series[0].values)
    assert "bar-inexact" in first
    assert "bar-inexact" not in second


def test_values_before_and_after_a_merger_are_two_series_with_an_explanation() -> None:
    (hills,) = indicators(measurement(1, 10, "2024"), measurement(2, 30, "2026"), changed_on=MERGER_DATE)
    assert [series.era for series in hills.series] == ["entity_era_before", "entity_era_after"]
    assert hills.separation_reasons == ["entity_apart_merger"]
    assert not any(series.has_bars for series in hills.series)


def test_periods_of_different_lengths_are_separate_series() -> None:
    (hills,) = indicators(measurement(1, 10, "2024"), measurement(2, 30, "2021/2025"), measurement(3, 4))
    assert [series.period_kind for series in hills.series] == ["5 years", "year", ""]
    assert hills.separation_reasons == ["entity_apart_period", "entity_apart_no_period"]


def test_ranks_and_words_have_no_bars() -> None:
    (ranks,) = indicators(measurement(1, 1, "2023", unit="rank"), measurement(2, 3, "2024", unit="rank"))
    (words,) = indicators(measurement(1, "many", "2023"), measurement(2, 3, "2024"))
    assert not ranks.series[0].has_bars
    assert not words.series[0].has_bars
    assert ranks.count == words.count == 2


def test_of_many_values_the_latest_are_shown_and_the_rest_counted() -> None:
    (hills,) = indicators(*(measurement(number, number, str(2000 + number)) for number in range(9)), max_values=2)
    assert [value.statement["period"] for value in hills.series[0].values] == ["2007", "2008"]
    assert (hills.count, hills.left_out) == (9, 7)


def test_units_of_one_indicator_are_separate() -> None:
    assert [one.unit for one in indicators(measurement(1, 1, "2023"), measurement(2, 3, "2024", unit="percent"))] == [
        "count",
        "percent",
    ]


def test_a_disagreement_is_shown_with_its_values() -> None:
    measurements = [measurement(1, 10, "2021"), measurement(2, 12, "2021"), measurement(3, 30, "2024")]
    readings = [{"statements": ["statement:1"], "gloss": "10"}, {"statements": ["statement:2"], "gloss": "12"}]
    doubts = DisagreementIndex([{"id": "disagreement:hills", "kind": "value", "readings": readings}])
    (hills,) = indicators_of(measurements, None, lines_for(measurements, doubts, 100))
    assert [bool(value.disagreements) for value in hills.series[0].values] == [True, True, False]
    assert [item["id"] for item in hills.series[0].disagreements] == ["disagreement:hills"]
    assert doubts.anchor_of("disagreement:hills") == "n1"
