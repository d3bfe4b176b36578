"""Conversion of text parameters to typed values, and refusals."""

from dataclasses import replace
from typing import Any

import pytest

from vnkg.graph.catalogue.parameters import (
    MAX_LISTED_WORDS,
    MAX_TEXT_LENGTH,
    MAX_VALUES,
    PERIODS,
    Parameter,
    bind_parameters,
    closed_list,
    closed_list_names,
    is_id,
)
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.schema import Term, schema

STATUSES = schema().statuses


def bind(parameter: Parameter, *values: str) -> Any:
    asked = {parameter.name: values[0] if len(values) == 1 else values} if values else {}
    return bind_parameters("q", {parameter.name: parameter}, asked)[parameter.name]


def refusal(parameter: Parameter, *values: str) -> str:
    with pytest.raises(BadParameter) as refused:
        bind(parameter, *values)
    return str(refused.value)


STATUS = Parameter("status", "string", "", default="existing", allows_multiple=True, values=STATUSES)
SINGLE_VALUE = Parameter("one", "string", "", values=STATUSES)
ID = Parameter("fund", "entity", "", node_types=("Fund",), id_prefixes=("fund",))
NUMBER = Parameter("depth", "integer", "", minimum=1, maximum=4, default=2)
DAY = Parameter("day", "date", "")
WORD = Parameter("word", "string", "", is_required=True)
FLAG = Parameter("flag", "boolean", "", default=False)


def test_a_default_is_converted_like_a_given_value() -> None:
    assert bind(STATUS) == ["existing"]
    assert bind(NUMBER) == 2
    assert bind(FLAG) is False
    assert bind(ID) is None


def test_what_each_parameter_accepts_is_described() -> None:
    ids = Parameter("ids", "entity", "", allows_multiple=True, id_prefixes=("fund", "centre"))
    assert [
        item.accepted_input for item in (ids, replace(ids, id_prefixes=()), replace(ids, allows_multiple=False))
    ] == [
        "any, or ids (fund:… or centre:…) or names",
        "any, or ids (type:…) or names",
        "an id (fund:… or centre:…) or a name",
    ]
    assert [item.accepted_input for item in (FLAG, DAY)] == [
        "true or false",
        "a day, month or year as 2025-10-19, 2025-10 or 2025",
    ]


def test_a_required_parameter_with_a_default_may_be_missing() -> None:
    assert bind(replace(NUMBER, is_required=True)) == 2
    assert bind(replace(STATUS, is_required=True)) == ["existing"]


def test_defaults_of_several_values_are_sorted_and_checked_like_input() -> None:
    assert bind(replace(STATUS, default=("planned", "considered", "planned"))) == ["considered", "planned"]
    with pytest.raises(BadParameter, match="found 'soon'"):
        bind(replace(STATUS, default=("planned", "soon")))


def test_spaces_around_the_commas_of_a_list_do_not_count_and_an_empty_item_is_refused() -> None:
    assert bind(STATUS, " planned , considered ") == ["considered", "planned"]
    assert "found ''" in refusal(replace(STATUS, default=None), "planned,")
    assert "found ' planned'" in refusal(SINGLE_VALUE, " planned")


def test_negative_numbers_are_numbers() -> None:
    degrees = replace(NUMBER, minimum=-40, maximum=40)
    assert [bind(degrees, text) for text in ("-40", "0", "40")] == [-40, 0, 40]
    assert "expected a whole number from -40 to 40" in refusal(degrees, "-41")


def test_any_selects_every_value_of_the_list() -> None:
    assert bind(STATUS, "any") == list(STATUSES)
    assert bind(STATUS, "planned", "any") == list(STATUSES)


def test_any_without_a_list_does_not_restrict() -> None:
    many = Parameter("funds", "entity", "", allows_multiple=True, id_prefixes=("fund",))
    assert bind(many, "any") is None
    assert bind(many, "fund:b,fund:a", "fund:a") == ["fund:a", "fund:b"]


def test_repeated_or_comma_separated_values_are_put_in_list_order() -> None:
    assert bind(STATUS, "planned", "considered") == ["considered", "planned"]
    assert bind(STATUS, "planned,considered,planned") == ["considered", "planned"]


def test_a_value_outside_the_list_is_refused_with_the_nearest() -> None:
    said = refusal(STATUS, "planed")
    assert said.startswith("status: found 'planed'; expected any, or one or more of proposed, ")
    assert "did you mean planned" in said
    assert "expected one of" in refusal(SINGLE_VALUE, "any")
    assert refusal(STATUS, "any", "planed")


def test_a_single_value_parameter_refuses_two() -> None:
    assert refusal(SINGLE_VALUE, "planned", "existing") == (
        f"one: found 2 values; expected one: one of {', '.join(schema().statuses)}"
    )


def test_an_unknown_parameter_names_the_closest() -> None:
    with pytest.raises(BadParameter, match="'statsu': q has no such parameter; did you mean status"):
        bind_parameters("q", {"status": STATUS}, {"statsu": "existing"})


def test_a_missing_required_parameter_is_refused() -> None:
    assert refusal(WORD) == "word: missing; expected a text of 1 to 200 characters"


@pytest.mark.parametrize(
    "value", ["province:x", "fund:", "?", "fund:A B", "fund:a_b", "fund:x'}) RETURN 1", "x" * 100_000, "\x00"]
)
def test_an_id_has_its_prefix_and_a_plain_slug(value: str) -> None:
    said = refusal(ID, value)
    assert said.startswith("fund: found ")
    assert "expected an id (fund:…) or a name" in said
    assert len(said) < 300


def test_a_text_that_does_not_begin_like_an_id_is_a_name() -> None:
    names = ["Hai Phong", "fund", "57-NQ/TW", "techfest: the fair"]
    assert [bind(ID, name) for name in names] == names
    assert not any(map(is_id, names))
    assert is_id("fund:a-1")


def test_a_valid_id_is_unchanged() -> None:
    assert bind(ID, "fund:a-1") == "fund:a-1"


@pytest.mark.parametrize("value", ["0", "5", "two", "2.0", "1" * 50, "", "٣"])
def test_a_number_is_whole_and_within_its_bounds(value: str) -> None:
    assert "expected a whole number from 1 to 4" in refusal(NUMBER, value)


def test_the_bounds_of_a_number_a_text_and_a_list_are_allowed() -> None:
    assert [bind(NUMBER, value) for value in ("1", "4")] == [1, 4]
    assert bind(WORD, "x" * MAX_TEXT_LENGTH) == "x" * MAX_TEXT_LENGTH
    assert bind(STATUS, *["planned"] * MAX_VALUES) == ["planned"]


@pytest.mark.parametrize("value", ["2025", "2025-10", "2025-10-19"])
def test_a_date_may_be_a_year_month_or_day(value: str) -> None:
    assert bind(DAY, value) == value


@pytest.mark.parametrize("value", ["2025-13", "2025-02-30", "19.10.2025", "0000-01-01", "2025-1-1"])
def test_an_impossible_date_is_refused(value: str) -> None:
    assert "expected a day, month or year" in refusal(DAY, value)


@pytest.mark.parametrize("value", ["", "x" * 201, "a\nb", "a\x00"])
def test_a_text_is_short_and_without_control_characters(value: str) -> None:
    assert "expected a text" in refusal(WORD, value)


def test_true_and_false_are_the_only_booleans() -> None:
    assert bind(FLAG, "true") is True
    assert "expected true or false" in refusal(FLAG, "yes")


@pytest.mark.parametrize(("start_name", "end_name"), PERIODS)
def test_a_period_does_not_end_before_it_starts(start_name: str, end_name: str) -> None:
    parameters = {name: Parameter(name, "date", "") for name in (start_name, end_name)}
    for start, end in (("2025", "2025"), ("2025-10-19", "2025"), ("2025", "2025-01"), ("2024-12-31", "2025-01")):
        assert bind_parameters("q", parameters, {start_name: start, end_name: end}) == {
            start_name: start,
            end_name: end,
        }
    assert bind_parameters("q", parameters, {start_name: "2025", end_name: ""}) == {start_name: "2025", end_name: None}
    for start, end in (
        ("2026", "2025"),
        ("2025-10-19", "2025-10-18"),
        ("2025-11", "2025-10-31"),
        ("2026-01-01", "2025"),
    ):
        with pytest.raises(BadParameter) as refused:
            bind_parameters("q", parameters, {start_name: start, end_name: end})
        assert str(refused.value) == (
            f"{start_name} and {end_name}: found {start} and {end}; expected a period that does not end before it starts"
        )


def test_an_empty_form_field_of_an_optional_parameter_counts_as_missing() -> None:
    assert bind(ID, "") is None
    assert "found ''" in refusal(STATUS, "")


def test_too_many_values_are_refused() -> None:
    assert "found 51 values" in refusal(STATUS, *["planned"] * 51)


@pytest.mark.parametrize("name", sorted(set(closed_list_names(schema()))))
def test_every_named_list_exists(name: str) -> None:
    assert closed_list(name, schema())


def test_a_long_list_is_described_by_its_length() -> None:
    words = {f"w{number}": Term(f"w{number}", "", "") for number in range(MAX_LISTED_WORDS + 1)}
    long = Parameter("indicator", "string", "", values=words, values_of="indicators")
    assert long.accepted_input == "one of the 31 indicators (w0, w1, …)"
    del words["w0"]
    assert long.accepted_input.endswith(", w29, w30")
    assert refusal(long, "w0").endswith("did you mean w10 or w20 or w30?")


def test_an_unknown_list_is_reported() -> None:
    assert closed_list("Fund.name", schema()) is None
    assert closed_list("nothing", schema()) is None
    assert closed_list("Province.code", schema()) is None
    assert closed_list("HOLDS_ROLE.title", schema()) is None
    assert closed_list("PLANS.nothing", schema()) is None
    assert closed_list("IMPLEMENTS.implementation", schema()) == schema().implementations
    assert closed_list("statuses", schema()) == schema().statuses
    assert tuple(closed_list("nodes", schema()) or ()) == tuple(schema().nodes)
    assert set(closed_list("edges", schema()) or ()) == set(schema().edges) - {"MENTIONS"}
    assert tuple(closed_list("PLANS.statuses", schema()) or ()) == schema().edges["PLANS"].statuses


DECIMAL = Parameter("value", "number", "")


@pytest.mark.parametrize(
    ("text", "value"), [("50", 50.0), ("-1.5", -1.5), ("63000000000", 63e9), ("1e-07", 1e-7), ("1E+16", 1e16)]
)
def test_a_number_may_have_decimals(text: str, value: float) -> None:
    assert bind(DECIMAL, text) == value


@pytest.mark.parametrize("text", ["x", "1e", "1e19", "1e999", "-1e19", "1,5", "NaN", ".5", "1.", "٣"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    assert "expected a number, as 1.5 or -20" in refusal(DECIMAL, text)


def test_indicators_and_kinds_of_all_types_are_closed_lists() -> None:
    indicators, kinds = closed_list("indicators", schema()), closed_list("kinds", schema())
    assert indicators is not None
    assert kinds is not None
    assert [*indicators] == [*schema().indicators]
    assert {"venture_capital", "innovation_centre", "ministry", "city"} <= {*kinds}
