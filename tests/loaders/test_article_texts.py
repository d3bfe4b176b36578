from pathlib import Path

import pytest

from tests.support.facts_folder import FIRST_SENTENCE, texts_folder
from vnkg.graph.errors import PassageError
from vnkg.graph.model.facts import Passage, passage_hash
from vnkg.loaders.article_texts import Texts, find_passage_errors

GOOD = Passage("article:900", 1, 0, 17, passage_hash(FIRST_SENTENCE))


def test_a_passage_is_read_by_line_and_characters(tmp_path: Path) -> None:
    texts = Texts(texts_folder(tmp_path / "texts"))
    assert texts.passage_text(GOOD) == FIRST_SENTENCE
    assert texts.passage_error(GOOD) is None


def test_missing_or_changed_passages_and_absent_articles_are_errors(tmp_path: Path) -> None:
    texts = Texts(texts_folder(tmp_path / "texts"))
    changed = Passage("article:900", 1, 0, 16, GOOD.sha256)
    outside = Passage("article:900", 2, 0, 4, GOOD.sha256)
    absent = Passage("article:901", 1, 0, 4, GOOD.sha256)
    assert find_passage_errors(texts, [GOOD]) == []
    assert find_passage_errors(texts, [changed, outside, absent]) == [
        "article:900: 1:0-16 says other words than its sha256",
        "article:900: 2:0-4 lies outside the text",
        "article:901: its text is not in texts",
    ]


def test_a_missing_folder_or_one_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PassageError, match="no such folder"):
        Texts(tmp_path / "nowhere")
    with pytest.raises(PassageError, match="no file NNN"):
        Texts(tmp_path)


def test_a_text_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    folder = texts_folder(tmp_path / "texts")
    (folder / "901_x.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PassageError, match=r"901_x\.txt.*expected UTF-8"):
        Texts(folder).text("article:901")


def test_decomposed_and_composed_letters_have_the_same_hash() -> None:
    assert passage_hash("Đồng Nai") == passage_hash("\u0110o\u0302\u0300ng Nai")


def test_a_passage_may_reach_to_the_end_of_its_line_and_not_beyond(tmp_path: Path) -> None:
    texts = Texts(texts_folder(tmp_path / "texts", "One\u2028two.\nLast"))
    places = [(1, 4, 8), (1, 4, 9), (2, 0, 4), (2, 0, 5), (3, 0, 1), (0, 0, 1)]
    found = [texts.passage_text(Passage("article:900", *place, "")) for place in places]
    assert found == ["two.", None, "Last", None, None, None]


def test_a_text_belongs_to_the_number_that_its_file_name_begins_with(tmp_path: Path) -> None:
    for name in ("901.txt", "1902_a_b.txt", "90_x.txt", "903x.txt", "904_x.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert {article: path.name for article, path in Texts(tmp_path).files.items()} == {
        "article:901": "901.txt",
        "article:1902": "1902_a_b.txt",
    }


def test_each_passage_error_is_reported_once(tmp_path: Path) -> None:
    texts = Texts(texts_folder(tmp_path / "texts"))
    outside = Passage("article:900", 2, 0, 4, GOOD.sha256)
    assert find_passage_errors(texts, [outside, outside]) == ["article:900: 2:0-4 lies outside the text"]
