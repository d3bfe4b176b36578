"""The numbers of an entity page: which values form a series, how they are drawn, and why others are separate."""

import re
from typing import Any

import pytest

from tests.support.evidence import lines_for
from vnkg.api.pages.entities.disagreements import DisagreementIndex
from vnkg.api.pages.entities.numbers import Indicator, era_of, indicators_of, period_kind

MERGER_DATE = "2025-07-01"


def measurement(number: int, value: Any, period: str | None = None, **properties: Any) -> dict[str, Any]:
    fields = {"value": value, "unit": "count", "comparator": "=", "value_status": "actual", "as_of": "2025-12-12"}
    timed = {"period": period} if period else {}
    return {"id": f"statement:{number}", "indicator": "hills", "gloss": "", **fields, **timed, **properties}


def indicators(*measurements: dict[str, Any], changed_on: str | None = None, max_values: int = 100) -> list[Indicator]:
    return list(indicators_of(measurements, changed_on, lines_for(measurements, max_values)))


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


def test_each_disagreement_of_a_series_is_shown_once_with_its_values() -> None:
    measurements = [
        measurement(1, 10, "2021"),
        measurement(2, 12, "2021"),
        measurement(3, 9, "2023"),
        measurement(4, 30, "2024"),
    ]
    doubts = DisagreementIndex(
        [
            disagreement("hills", ["statement:1"], ["statement:2"]),
            disagreement("late", ["statement:4"], ["statement:elsewhere"]),
        ]
    )
    (hills,) = indicators_of(measurements, None, lines_for(measurements, 100, doubts))
    assert [[item["id"] for item in value.disagreements] for value in hills.series[0].values] == [
        ["hills"],
        ["hills"],
        [],
        ["late"],
    ]
    assert [item["id"] for item in hills.series[0].disagreements] == ["hills", "late"]
    assert (doubts.anchor_of("hills"), doubts.anchor_of("late")) == ("n1", "n4")


def disagreement(id: str, *readings: list[str]) -> dict[str, Any]:
    return {"id": id, "kind": "value", "readings": [{"statements": ids, "gloss": ids[0]} for ids in readings]}


@pytest.mark.parametrize(
    ("time", "era"),
    [
        ({"period": "2024"}, "before"),
        ({"period": "2025"}, "across"),
        ({"period": "2026"}, "after"),
        ({"period": "2025-06"}, "before"),
        ({"period": "2025-07"}, "after"),
        ({"period": "2025-06-30"}, "before"),
        ({"period": "2025-07-01"}, "after"),
        ({"period": "2021/2024"}, "before"),
        ({"period": "2021/2025"}, "across"),
        ({"period": "2026/2030"}, "after"),
        ({"period": "2025-01/2025-06"}, "before"),
        ({"period": "2025-06/2025-07"}, "across"),
        ({"period": "2025-07/2025-12"}, "after"),
        ({"as_of": "2025-06-30"}, "before"),
        ({"as_of": "2025-07-01"}, ""),
        ({"as_of": "2025-12-12"}, ""),
        ({}, ""),
    ],
)
def test_a_value_is_from_before_or_after_the_merger_if_its_whole_period_is(time: dict[str, str], era: str) -> None:
    assert era_of(time, MERGER_DATE) == (f"entity_era_{era}" if era else "")
    assert era_of(time, None) == ""


def test_a_period_is_a_day_a_month_a_year_or_several() -> None:
    periods = (
        "2024",
        "2024-05",
        "2024-05-06",
        "2021/2025",
        "2025-01/2025-06",
        "2024-11/2025-02",
        "2024-05-01/2024-05-31",
    )
    assert [period_kind({"period": period}) for period in periods] == [
        "year",
        "month",
        "day",
        "5 years",
        "6 months",
        "4 months",
        "2024-05-01/2024-05-31",
    ]
    assert period_kind({"as_of": "2024"}) == ""


@pytest.mark.parametrize(
    ("times", "reasons"),
    [
        (["2024", "2021/2024"], ["period"]),
        (["2024", None], ["no_period"]),
        (["2024", "2026", None], ["no_period", "merger"]),
        (["2024", "2026/2027", None], ["period", "no_period", "merger"]),
        (["2025", "2026"], ["merger"]),
        (["2026", None], ["no_period"]),
        ([None], []),
    ],
)
def test_several_series_say_why_they_are_separate(times: list[str | None], reasons: list[str]) -> None:
    (hills,) = indicators(*(measurement(n, n, period) for n, period in enumerate(times)), changed_on=MERGER_DATE)
    assert hills.separation_reasons == [f"entity_apart_{reason}" for reason in reasons]


def test_values_without_a_period_are_separate_if_told_before_the_merger_but_no_reason_is_known() -> None:
    (hills,) = indicators(measurement(1, 5, as_of="2025-06-30"), measurement(2, 6), changed_on=MERGER_DATE)
    assert [(series.era, len(series.values)) for series in hills.series] == [("entity_era_before", 1), ("", 1)]
    assert hills.separation_reasons == []


def test_only_statements_that_say_the_same_share_a_line_and_lines_are_numbered_through_all_indicators() -> None:
    listed = indicators(
        measurement(1, 10, "2024"),
        measurement(2, 10, "2021"),
        measurement(3, 10, "2024", value_status="target"),
        measurement(4, 10, "2024", comparator="at least"),
        measurement(5, 12, "2024"),
        measurement(6, 10, "2024", as_of="2025-01-01"),
        measurement(7, 10, "2024", indicator="rivers"),
        measurement(8, 10, as_of="2025-01-02"),
        measurement(9, 10, as_of="2025-01-03"),
    )
    assert [
        (value.anchor, value.evidence_key)
        for indicator in listed
        for series in indicator.series
        for value in series.values
    ] == [
        ("n1", ("statement:2",)),
        ("n2", ("statement:1", "statement:6")),
        ("n3", ("statement:4",)),
        ("n4", ("statement:5",)),
        ("n5", ("statement:3",)),
        ("n6", ("statement:8",)),
        ("n7", ("statement:9",)),
        ("n8", ("statement:7",)),
    ]
    assert [(indicator.key, indicator.count, indicator.left_out) for indicator in listed] == [
        ("hills", 7, 0),
        ("rivers", 1, 0),
    ]


def test_the_longest_bar_is_that_of_the_largest_value_and_a_zero_has_no_length() -> None:
    (hills,) = indicators(measurement(1, 0, "2021"), measurement(2, 40.5, "2022"), measurement(3, 20.25, "2023"))
    assert widths(hills) == [[0.0], [92.0], [46.0]]


@pytest.mark.parametrize("values", [[7], [-1, 3], [0, 0], [3, "some"]])
def test_values_that_cannot_be_compared_as_lengths_have_no_bars(values: list[Any]) -> None:
    (hills,) = indicators(*(measurement(n, value, str(2020 + n)) for n, value in enumerate(values)))
    assert not hills.series[0].has_bars
