"""Near spellings, and how messages quote what was typed."""

from vnkg.graph.messages import closest_matches, did_you_mean, has_control_characters, quote_for_message


def test_the_closest_words_come_first() -> None:
    assert closest_matches("fund_statis", ["policy", "fund_kind", "fund_status"])[0] == "fund_status"


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


def test_control_characters_are_found() -> None:
    assert has_control_characters("a\x07b")
    assert has_control_characters("a\ud800b")
    assert not has_control_characters("Đồng Nai, 57-NQ/TW")
