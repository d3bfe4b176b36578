"""Full-text search: which texts share enough with a query, in which order, and which of their words match."""

import gc
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from vnkg.graph.search.text_index import TextIndex

TEXTS = (
    ("hill", "A fund for hills and for towns", "Hill Fund"),
    ("river", "A fund for rivers", ""),
    ("town", "Quỹ của Đồng Nai giúp doanh nghiệp", "Dong Nai; Đồng Nai"),
    ("nai", "Con nai của rừng. Một cánh đồng.", ""),
    ("plural", "Provinces promote innovations", ""),
)


@pytest.fixture(scope="module")
def index() -> TextIndex:
    return TextIndex(TEXTS)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("fund for rivers", ["river", "hill"]),
        ("RIVERS", ["river"]),
        ("Who runs rivers", ["river"]),  # one of the two words that count
        ("Who runs a boat on rivers", []),  # one of three
        ("dong nai", ["town", "nai"]),  # the two words stand beside each other in the first
        ("province innovation", ["plural"]),
        ("hill fund", ["hill", "river"]),
        ('"; DROP TABLE texts --', []),
        ('fund" OR "rivers', ["river"]),
        ("NEAR(fund rivers)", ["river"]),
        ("of the", []),
        ("?!", []),
        ("", []),
    ],
)
def test_texts_with_half_of_the_words_are_found_rare_words_first(index: TextIndex, query: str, ids: list[str]) -> None:
    assert [hit.id for hit in index.find(query, 10)] == ids


def test_the_words_that_match_are_named_and_the_limit_holds(index: TextIndex) -> None:
    assert index.find("province của đồng nai", 1)[0].matched_words == ("dong", "nai")
    assert index.find("province innovation", 5)[0].matched_words == ("provinces", "innovations")
    assert len(index.find("fund", 1)) == 1
    assert [hit.id for hit in index.find("who runs a boat on rivers", 5, min_share=0)] == ["river"]
    assert len(index.find("fund " * 5_000, 10)) == 2


def test_many_threads_ask_at_once(index: TextIndex) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [hit.id for hit in index.find("dong nai fund", 5)], range(200)))
    assert answers == [answers[0]] * 200


def test_an_index_that_is_dropped_closes_its_connection() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        TextIndex(TEXTS)
        gc.collect()
