"""Alignment of the lines of two translations."""

from collections import Counter
from random import Random

from vnkg.api.pages.articles.alignment import align_lines, line_features


def line_words(*lines: str) -> dict[int, Counter[str]]:
    return {number: Counter(words.split()) for number, words in enumerate(lines, 1)}


def aligned_lines(
    left_words: dict[int, Counter[str]], right_words: dict[int, Counter[str]]
) -> list[tuple[list[int], list[int]]]:
    return align_lines(list(left_words), list(right_words), left_words, right_words)


def test_identical_texts_align_line_by_line() -> None:
    text = line_words("a b", "c", "d e f")
    assert aligned_lines(text, text) == [([1], [1]), ([2], [2]), ([3], [3])]


def test_lines_joined_on_one_side_are_aligned_together() -> None:
    assert aligned_lines(line_words("a b", "c d", "e"), line_words("a b c d", "e")) == [([1, 2], [1]), ([3], [2])]
    assert aligned_lines(line_words("a b c d", "e"), line_words("a b", "c d", "e")) == [([1], [1, 2]), ([2], [3])]


def test_at_most_four_lines_are_joined_and_only_if_that_is_more_alike() -> None:
    assert aligned_lines(line_words("a", "b", "c", "d"), line_words("a b c d")) == [([1, 2, 3, 4], [1])]
    five = aligned_lines(line_words("a", "b", "c", "d", "e"), line_words("a b c d e"))
    assert [len(left) for left, _ in five if len(left) > 1] == [4]
    assert aligned_lines(line_words("a", "x"), line_words("a")) == [([1], [1]), ([2], [])]
    assert aligned_lines(line_words("a", ""), line_words("a", "")) == [([1], [1]), ([2], [2])]
    assert aligned_lines(line_words("a b", "a"), line_words("a b", "a")) == [([1], [1]), ([2], [2])]


def test_a_line_of_one_side_only_is_not_aligned() -> None:
    assert aligned_lines(line_words("x y z", "a b", "c"), line_words("a b", "c")) == [([1], []), ([2], [1]), ([3], [2])]
    assert aligned_lines(line_words("a", "b"), line_words("b")) == [([1], []), ([2], [1])]
    assert aligned_lines(line_words("b"), line_words("a", "b")) == [([], [1]), ([1], [2])]


def test_headings_without_features_are_aligned_with_each_other() -> None:
    left, right = line_words("", "a b", "", "c d"), line_words("", "a b", "", "c d")
    assert aligned_lines(left, right) == [([n], [n]) for n in (1, 2, 3, 4)]


def test_an_empty_side_keeps_every_line_of_the_other() -> None:
    assert aligned_lines({}, line_words("a", "b")) == [([], [1]), ([], [2])]
    assert align_lines([], [], {}, {}) == []


def test_every_line_appears_once_and_in_order() -> None:
    dice = Random(7)
    for _ in range(20):
        left = line_words(
            *(" ".join(dice.choices("abcdefgh", k=dice.randint(0, 6))) for _ in range(dice.randint(0, 12)))
        )
        right = line_words(
            *(" ".join(dice.choices("abcdefgh", k=dice.randint(0, 6))) for _ in range(dice.randint(0, 12)))
        )
        found = aligned_lines(left, right)
        assert [line for row, _ in found for line in row] == list(left)
        assert [line for _, row in found for line in row] == list(right)


def test_features_of_a_line_are_its_names_and_statements() -> None:
    said = {"subject": "a:a", "predicate": "PLANS", "object": "b:b"}
    measured = {"subject": "a:a", "indicator": "hills", "value": 7}
    claimed = {"subject": "a:a", "claim_type": "goal"}
    ledger = [{"line": 2, "statements": [said, measured, claimed]}, {"line": 3}, {"line": 2, "statements": [claimed]}]
    found = line_features(ledger, [{"line": 2, "entity": "a:a"}, {"line": 2, "entity": "a:a"}])
    assert found[2] == Counter(
        ["a:a", "a:a", ("a:a", "PLANS", "b:b", None), ("a:a", "hills", None, 7)] + 2 * [("a:a", "goal", None, None)]
    )
    assert found[3] == Counter()
