"""Near spellings and how messages show what was typed."""

from vnkg.graph.messages import has_controls, meant, nearest, shown


def test_the_closest_words_come_first() -> None:
    assert nearest("fund_statis", ["policy", "fund_kind", "fund_status"])[0] == "fund_status"


def test_nothing_close_gives_nothing() -> None:
    assert nearest("zzz", ["policy", "fund_kind"]) == []
    assert meant("zzz", ["policy"]) == ""


def test_a_huge_word_is_shortened_in_a_message() -> None:
    message = shown("x" * 100_000)
    assert len(message) < 120
    assert "100,000" in message


def test_control_characters_are_shown_escaped_and_vietnamese_is_not() -> None:
    assert shown("a\x00\n") == "'a\\x00\\n'"
    assert shown("Đồng Nai") == "'Đồng Nai'"


def test_control_characters_are_found() -> None:
    assert has_controls("a\x07b")
    assert has_controls("a\ud800b")
    assert not has_controls("Đồng Nai, 57-NQ/TW")
