"""Lines and tables as the commands print them, at each width."""

import json

import pytest

from vnkg.api.cli import terminal

ROWS = [["one two", "a"], ["three x:a-long-id", "bb cc dd"]]
COMPACT_ROWS = [["one two", "a"], ["three", "bb cc dd"]]
FULL_TABLE = """\
  Name               Long heading
  ───────────────────────────────
  one two            a
  three x:a-long-id  bb cc dd
"""
SHORTER_TABLE = """\
  Name     Long heading
  ─────────────────────
  one two  a
  three    bb cc dd
"""
NARROW_TABLE = """\
         Long
  Name   heading
  ────────────────
  one    a
  two
  three  bb cc dd
"""
NARROWEST_TABLE = """\
         Long
  Name   heading
  ──────────────
  one    a
  two
  three  bb cc
         dd
"""
ENTRIES = """\
  – Name: one
    two
    Long
    heading: a
  – Name: three
    x:a-long-id
    Long
    heading: bb
    cc dd
"""


@pytest.mark.parametrize(
    ("width", "table_text"),
    [
        (1000, FULL_TABLE),
        (33, FULL_TABLE),
        (32, SHORTER_TABLE),
        (19, NARROW_TABLE),
        (16, NARROWEST_TABLE),
        (15, ENTRIES),
    ],
)
def test_a_table_is_as_wide_as_it_needs_and_breaks_only_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int, table_text: str
) -> None:
    monkeypatch.setattr(terminal, "UNLIMITED_WIDTH", width)
    terminal.print_table(["Name", "Long heading"], ROWS, COMPACT_ROWS, indent=2)
    assert capsys.readouterr().out == table_text


def test_without_shorter_rows_the_full_ones_are_wrapped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "UNLIMITED_WIDTH", 14)
    terminal.print_table(["A", "B"], [["one two", "a"], ["three", "bb cc dd"]])
    assert capsys.readouterr().out == "A       B\n─────────────\none     a\ntwo\nthree   bb cc\n        dd\n"


def test_a_table_without_rows_has_its_headings(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_table(["A", "Bb"], [])
    assert capsys.readouterr().out == "A  Bb\n─────\n"


@pytest.mark.parametrize(
    ("text", "clean_text"),
    [
        ("a\nb", "a b"),
        ("a\x1b[31mb", "a�[31mb"),
        ("a\ud800\u2028\u2029\tb", "a����b"),
        (12, "12"),
        ("Đồng Nai – “x”", "Đồng Nai – “x”"),
    ],
)
def test_control_characters_never_reach_the_terminal(text: object, clean_text: str) -> None:
    assert terminal.sanitize(text) == clean_text
    assert terminal.styled_line(str(text), (str(text), "bold")).plain == clean_text * 2


def test_an_error_keeps_its_line_breaks_and_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_error("first [bold]\nsecond\x07\nthird")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "Error: first [bold]\nsecond�\nthird\n")


def test_json_is_indented_and_keeps_letters(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.print_json({"name": "Đồng Nai"})
    assert capsys.readouterr().out == json.dumps({"name": "Đồng Nai"}, ensure_ascii=False, indent=2) + "\n"
