from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnkg.graph.model.facts import Passage, Sentence
from vnkg.loaders.sentences import overlapping_pairs, sentence_spans


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", []),
        ("   ", []),
        ("A headline", ["A headline"]),
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("Resolution Nr. 57 gilt. Sie hilft.", ["Resolution Nr. 57 gilt.", "Sie hilft."]),
        ("vom 22. Dezember 2024 an. Danach nicht.", ["vom 22. Dezember 2024 an.", "Danach nicht."]),
        ("im Jahr 2024. Die Stadt wuchs.", ["im Jahr 2024.", "Die Stadt wuchs."]),
        ("M. Vo est là. Mme Vu aussi.", ["M. Vo est là.", "Mme Vu aussi."]),
        ("„Es ist so.“ Das sagte sie.", ["„Es ist so.“", "Das sagte sie."]),
        ("4.690 Stationen und 27,19 %. Mehr nicht.", ["4.690 Stationen und 27,19 %.", "Mehr nicht."]),
        ("Er ging usw. Sie blieb etc. Ende.", ["Er ging usw. Sie blieb etc. Ende."]),
        ("Es gilt bzw.", ["Es gilt bzw."]),
        ("Bei TP. An und Nr. 7.", ["Bei TP. An und Nr. 7."]),
        ("Wie, usw.? Ja… Nein.", ["Wie, usw.?", "Ja…", "Nein."]),
        ("Am 3. März, am 4. Dez. und am 5. May.", ["Am 3. März, am 4. Dez. und am 5. May."]),
        ("Den 6. December. Sen.", ["Den 6. December.", "Sen."]),
        ("Ja. (Nein.) Doch.", ["Ja.", "(Nein.)", "Doch."]),
        ("2017 kamen 23. 2024 wird es mehr.", ["2017 kamen 23.", "2024 wird es mehr."]),
    ],
)
def test_a_line_is_split_into_sentences(line: str, parts: list[str]) -> None:
    assert [line[start:end] for start, end in sentence_spans(line)] == parts


@given(st.text(alphabet='ab. A!?"“ 12Đ\u00e9', max_size=80))
def test_sentences_cover_all_characters_in_order_without_overlap(line: str) -> None:
    spans = sentence_spans(line)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    left = set(range(len(line))) - {place for start, end in spans for place in range(start, end)}
    assert all(line[place].isspace() for place in left)


def test_sentences_of_different_lines_do_not_overlap() -> None:
    entries = [Sentence(f"sentence:{line}", Passage("article:900", line, 0, 10, "")) for line in (1, 2)]
    assert list(overlapping_pairs(entries)) == []


@pytest.mark.parametrize(("start", "overlap"), [(9, True), (10, False), (11, False)])
def test_sentences_overlap_if_they_share_a_character(start: int, overlap: bool) -> None:
    entries = [Sentence(f"sentence:{at}", Passage("article:900", 1, at, at + 10, "")) for at in (0, start)]
    assert list(overlapping_pairs(reversed(entries))) == ([tuple(entries)] if overlap else [])
