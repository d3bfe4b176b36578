"""The text of labels: cleaned, cut only above the limit, and wrapped."""

from vnkg.graph.pictures.labels import clean, wrap


def test_a_name_is_composed_and_cut_only_if_it_is_longer_than_the_limit() -> None:
    assert clean("Quy\u0303  đầu\ttư") == "Quỹ đầu tư"
    assert [clean(text, limit=4) for text in ("abcd", "abcde", "abc def")] == ["abcd", "abc…", "abc…"]
    assert clean("a\u0303" * 4, limit=4) == "ãããã"


def test_a_label_is_cut_only_if_it_has_too_many_lines() -> None:
    assert wrap("aaaa bbbb cccc dddd", 4, 4) == ("aaaa", "bbbb", "cccc", "dddd")
    assert wrap("aaaa bbbb cccc dddd eeee", 4, 4) == ("aaaa", "bbbb", "cccc", "ddd…")
