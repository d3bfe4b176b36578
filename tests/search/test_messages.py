"""Near spellings, and how messages quote what was typed."""

import pytest

from vnkg.graph.messages import closest_ids, closest_matches, did_you_mean, has_control_characters, quote_for_message


def test_the_closest_words_come_first() -> None:
    assert closest_matches("fund_statis", ["policy", "fund_kind", "fund_status"])[0] == "fund_status"


def test_equally_close_words_come_in_alphabetical_order_each_once_and_three_at_most() -> None:
    known = ["planed", "planes", "planet", "plane", "PLANER", "planet", "other"]
    assert closest_matches("planex", known) == ["plane", "PLANER", "planed"]
    assert closest_matches("planex", known, 9) == ["plane", "PLANER", "planed", "planes", "planet"]
    assert did_you_mean("planex", known) == "; did you mean plane or PLANER or planed?"
    assert closest_matches("plan", ["plan of all"], min_score=50) == ["plan of all"]
    assert closest_matches("plan", ["plan of all"]) == []
    assert closest_matches("policy" + " " * 194 + "fund" * 99, ["fund" * 50, "policy" + " " * 194]) == [
        "policy" + " " * 194
    ]


def test_ids_that_start_with_the_text_come_first_and_the_shortest_of_them_before_the_others() -> None:
    known = ["fund:ab-three", "fund:ab-one", "fund:ab-two", "fund:abc", "fond:ab", "policy:x"]
    assert closest_ids("fund:ab", known) == ["fund:abc", "fund:ab-one", "fund:ab-two"]
    assert closest_ids("fund:ab", known, 5) == ["fund:abc", "fund:ab-one", "fund:ab-two", "fund:ab-three", "fond:ab"]
    assert closest_ids("", known) == []


def test_nothing_close_gives_nothing() -> None:
    assert closest_matches("zzz", ["policy", "fund_kind"]) == []
    assert did_you_mean("zzz", ["policy"]) == ""


def test_a_huge_word_is_shortened_in_a_message() -> None:
    message = quote_for_message("x" * 100_000)
    assert len(message) < 120
    assert "100,000" in message


def test_control_characters_are_shown_escaped_and_vietnamese_is_not() -> None:
    assert quote_for_message("a\x00\n") == "'a\\x00\\n'"
    assert quote_for_message("Đồng Nai") == "'Đồng Nai'"


def test_a_word_of_60_characters_is_quoted_whole_and_a_longer_one_is_not() -> None:
    assert quote_for_message("x" * 60) == repr("x" * 60)
    assert quote_for_message("x" * 61) == f"'{'x' * 60}…' (61 characters)"


@pytest.mark.parametrize("character", ["\x07", "\ud800", "\u2028", "\u2029", "\n"])
def test_control_characters_are_found(character: str) -> None:
    assert has_control_characters(f"a{character}b")


def test_letters_signs_and_spaces_are_no_control_characters() -> None:
    assert not has_control_characters("Đồng Nai, 57-NQ/TW")
