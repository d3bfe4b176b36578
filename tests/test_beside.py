"""Alignment of the lines of two translations."""

from collections import Counter
from random import Random

from vnkg.api.pages.articles.alignment import align_lines, line_features


def spoken(*lines: str) -> dict[int, Counter[str]]:
    return {number: Counter(words.split()) for number, words in enumerate(lines, 1)}


def placed(left: dict[int, Counter[str]], right: dict[int, Counter[str]]) -> list[tuple[list[int], list[int]]]:
    return align_lines(list(left), list(right), left, right)


def test_equal_texts_stand_line_by_line() -> None:
    text = spoken("a b", "c", "d e f")
    assert placed(text, text) == [([1], [1]), ([2], [2]), ([3], [3])]


def test_lines_that_one_side_joins_stand_together() -> None:
    assert placed(spoken("a b", "c d", "e"), spoken("a b c d", "e")) == [([1, 2], [1]), ([3], [2])]
    assert placed(spoken("a b c d", "e"), spoken("a b", "c d", "e")) == [([1], [1, 2]), ([2], [3])]


def test_a_line_that_only_one_side_has_stands_alone() -> None:
    assert placed(spoken("x y z", "a b", "c"), spoken("a b", "c")) == [([1], []), ([2], [1]), ([3], [2])]


def test_headings_that_say_nothing_stand_beside_each_other() -> None:
    left, right = spoken("", "a b", "", "c d"), spoken("", "a b", "", "c d")
    assert placed(left, right) == [([n], [n]) for n in (1, 2, 3, 4)]


def test_nothing_beside_something_leaves_no_line_out() -> None:
    assert placed({}, spoken("a", "b")) == [([], [1]), ([], [2])]
    assert align_lines([], [], {}, {}) == []


def test_every_line_stands_once_in_its_order() -> None:
    dice = Random(7)
    for _ in range(20):
        left = spoken(*(" ".join(dice.choices("abcdefgh", k=dice.randint(0, 6))) for _ in range(dice.randint(0, 12))))
        right = spoken(*(" ".join(dice.choices("abcdefgh", k=dice.randint(0, 6))) for _ in range(dice.randint(0, 12))))
        found = placed(left, right)
        assert [line for row, _ in found for line in row] == list(left)
        assert [line for _, row in found for line in row] == list(right)


def test_names_and_statements_are_what_a_line_speaks_of() -> None:
    said = {"subject": "a:a", "predicate": "PLANS", "object": "b:b"}
    measured = {"subject": "a:a", "indicator": "hills", "value": 7}
    found = line_features([{"line": 2, "statements": [said, measured]}, {"line": 3}], [{"line": 2, "entity": "a:a"}])
    assert found[2] == Counter(["a:a", ("a:a", "PLANS", "b:b", None), ("a:a", "hills", None, 7)])
    assert found[3] == Counter()
