"""Conversion of text parameters to typed values, and refusals."""

from typing import Any

import pytest

from vnkg.graph.catalogue.parameters import Parameter, bind_parameters, closed_list, closed_list_names
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.schema import schema

STATUSES = schema().statuses


def bound(parameter: Parameter, *given: str) -> Any:
    asked = {parameter.name: given[0] if len(given) == 1 else given} if given else {}
    return bind_parameters("q", {parameter.name: parameter}, asked)[parameter.name]


def refusal(parameter: Parameter, *given: str) -> str:
    with pytest.raises(BadParameter) as refused:
        bound(parameter, *given)
    return str(refused.value)


STATUS = Parameter("status", "string", "", default="existing", allows_multiple=True, values=STATUSES)
ONE = Parameter("one", "string", "", values=STATUSES)
ID = Parameter("fund", "entity", "", node_types=("Fund",), id_prefixes=("fund",))
NUMBER = Parameter("depth", "integer", "", minimum=1, maximum=4, default=2)
DAY = Parameter("day", "date", "")
WORD = Parameter("word", "string", "", is_required=True)
FLAG = Parameter("flag", "boolean", "", default=False)


def test_a_default_is_typed_as_if_given() -> None:
    assert bound(STATUS) == ["existing"]
    assert bound(NUMBER) == 2
    assert bound(FLAG) is False
    assert bound(ID) is None


def test_any_is_every_value_of_the_list() -> None:
    assert bound(STATUS, "any") == list(STATUSES)
    assert bound(STATUS, "planned", "any") == list(STATUSES)


def test_any_without_a_list_is_no_restriction() -> None:
    many = Parameter("funds", "entity", "", allows_multiple=True, id_prefixes=("fund",))
    assert bound(many, "any") is None
    assert bound(many, "fund:b,fund:a", "fund:a") == ["fund:a", "fund:b"]


def test_several_values_come_repeated_or_with_commas_in_the_order_of_the_list() -> None:
    assert bound(STATUS, "planned", "considered") == ["considered", "planned"]
    assert bound(STATUS, "planned,considered,planned") == ["considered", "planned"]


def test_a_word_outside_the_list_is_refused_with_the_nearest() -> None:
    said = refusal(STATUS, "planed")
    assert said.startswith("status: found 'planed'; expected any, or one or more of proposed, ")
    assert "did you mean planned" in said
    assert "expected one of" in refusal(ONE, "any")
    assert refusal(STATUS, "any", "planed")


def test_one_value_is_not_two() -> None:
    assert refusal(ONE, "planned", "existing") == (
        "one: found 2 values; expected one: one of proposed, considered, planned, approved, in_progress, existing, "
        "past, disputed, unclear"
    )


def test_an_unknown_parameter_names_the_closest() -> None:
    with pytest.raises(BadParameter, match="'statsu': q has no such parameter; did you mean status"):
        bind_parameters("q", {"status": STATUS}, {"statsu": "existing"})


def test_a_missing_required_parameter_is_refused() -> None:
    assert refusal(WORD) == "word: missing; expected a text of 1 to 200 characters"


@pytest.mark.parametrize(
    "value", ["province:x", "fund:", "fund", "fund:A B", "fund:x'}) RETURN 1", "x" * 100_000, "\x00"]
)
def test_an_id_has_its_prefix_and_a_plain_slug(value: str) -> None:
    said = refusal(ID, value)
    assert said.startswith("fund: found ")
    assert "expected an id (fund:…)" in said
    assert len(said) < 300


def test_a_good_id_stays_as_it_is() -> None:
    assert bound(ID, "fund:a-1.b_c") == "fund:a-1.b_c"


@pytest.mark.parametrize("value", ["0", "5", "two", "2.0", "1" * 50, "", "٣"])
def test_a_number_is_whole_and_within_its_bounds(value: str) -> None:
    assert "expected a whole number from 1 to 4" in refusal(NUMBER, value)


@pytest.mark.parametrize("value", ["2025", "2025-10", "2025-10-19"])
def test_a_date_may_be_a_year_month_or_day(value: str) -> None:
    assert bound(DAY, value) == value


@pytest.mark.parametrize("value", ["2025-13", "2025-02-30", "19.10.2025", "0000-01-01", "2025-1-1"])
def test_an_impossible_date_is_refused(value: str) -> None:
    assert "expected a day, month or year" in refusal(DAY, value)


@pytest.mark.parametrize("value", ["", "x" * 201, "a\nb", "a\x00"])
def test_a_text_is_short_and_without_control_characters(value: str) -> None:
    assert "expected a text" in refusal(WORD, value)


def test_true_and_false_are_the_only_booleans() -> None:
    assert bound(FLAG, "true") is True
    assert "expected true or false" in refusal(FLAG, "yes")


def test_an_empty_field_of_a_form_counts_as_not_given_where_nothing_is_needed() -> None:
    assert bound(ID, "") is None
    assert "found ''" in refusal(STATUS, "")


def test_too_many_values_are_refused() -> None:
    assert "found 51 values" in refusal(STATUS, *["planned"] * 51)


@pytest.mark.parametrize("name", sorted(set(closed_list_names(schema()))))
def test_every_list_that_may_be_named_is_there(name: str) -> None:
    assert closed_list(name, schema())


def test_a_list_that_is_none_is_told() -> None:
    assert closed_list("Fund.name", schema()) is None
    assert closed_list("nothing", schema()) is None
    assert set(closed_list("PLANS.statuses", schema()) or ()) == {
        "considered",
        "planned",
        "approved",
        "disputed",
        "unclear",
    }
