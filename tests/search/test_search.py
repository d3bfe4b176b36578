"""Search, on every engine."""

import time
from typing import Any

import pytest

from tests.support.invented_graph import HOSTILE, POLICY, Builder, load_graph
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.store.marker import NOTICE_SECONDS


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def hits(results: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(hit["id"], hit["match_type"]) for hit in results]


@pytest.mark.parametrize("q", ["Aaa", "aaa", "Tỉnh Aaa", "AAA province", "tỉnh  aaa"])
def test_a_name_is_found_in_any_spelling(graph: Graph, q: str) -> None:
    assert hits(graph.search(q))[0] == ("province:aaa", "name")


def test_a_result_names_what_matched(graph: Graph) -> None:
    assert graph.search("Nguyen Van Dau") == [
        {
            "id": "person:nguoi-dau",
            "type": "Person",
            "name": "Nguyễn Văn Đầu",
            "status": None,
            "matched_text": "Nguyễn Văn Đầu",
            "match_type": "name",
            "suggestion": False,
        }
    ]


@pytest.mark.parametrize("q", ["57-NQ/TW", "57/NQ-TW", "Nghị quyết số 57-NQ/TW", "Resolution No. 57-NQ/TW"])
def test_a_document_number_is_found_however_it_is_written(graph: Graph, q: str) -> None:
    assert hits(graph.search(q))[0] == (POLICY, "number")


def test_word_matches_come_after_name_matches(graph: Graph) -> None:
    assert hits(graph.search("aaa")) == [("province:aaa", "name"), ("fund:aaa-vc", "words")]


def test_an_unfinished_word_is_a_suggestion(graph: Graph) -> None:
    assert hits(graph.search("so phat minh ff")) == [("agency:so-fff", "prefix")]


def test_matches_of_whole_words_are_followed_by_names_with_a_longer_word(engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity("organisation:lamp", "Organisation", "Blue Lamp Harbour")
    made.entity("organisation:lamplight", "Organisation", "Blue Lamplight Harbour")
    found = load_graph(engine, merge(made.facts(), schema())).search("blue lamp")
    assert hits(found) == [("organisation:lamp", "words"), ("organisation:lamplight", "prefix")]


def test_every_word_must_match(graph: Graph) -> None:
    assert graph.search("phat minh ngan hang") == []


def test_some_of_the_words_are_enough_for_a_suggestion_but_not_some_of_the_numbers(engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity("organisation:lamp", "Organisation", "Blue Lamp Harbour")
    graph = load_graph(engine, merge(made.facts(), schema()))
    assert hits(graph.search("blue lamp mountain")) == [("organisation:lamp", "partial")]
    assert graph.search("blue lamp 45") == []


def test_a_near_spelling_is_marked(graph: Graph) -> None:
    assert hits(graph.search("Nguyen Van Dou")) == [("person:nguoi-dau", "fuzzy")]


def test_exact_search_uses_only_names_and_numbers(graph: Graph) -> None:
    assert hits(graph.search("aaa", exact=True)) == [("province:aaa", "name")]
    assert graph.search("Nguyen Van Dou", exact=True) == []


def test_a_type_filter_applies_to_every_match_type(graph: Graph) -> None:
    assert hits(graph.search("aaa", type="Fund")) == [("fund:aaa-vc", "words")]
    assert graph.search("Nguyen Van Dou", type="Fund") == []


def test_the_limit_keeps_the_best_results(graph: Graph) -> None:
    assert hits(graph.search("aaa", limit=1)) == [("province:aaa", "name")]


@pytest.mark.parametrize(
    "q", ["foo) OR [x TO", "a/b", "AND", "aaa AND OR NOT", '"', "aaa~ ^2", HOSTILE, "*:*", "name:x"]
)
def test_index_operators_are_not_interpreted(graph: Graph, q: str) -> None:
    if any(char.isalnum() for char in q):
        assert isinstance(graph.search(q), list)
    else:
        with pytest.raises(BadParameter):
            graph.search(q)


@pytest.mark.parametrize("q", ["", "   ", "?!", "x" * 100_000, "a\x00b", "a\nb"])
def test_unsearchable_text_is_refused(graph: Graph, q: str) -> None:
    with pytest.raises(BadParameter) as refused:
        graph.search(q)
    assert str(refused.value).startswith("q: found ")
    assert len(str(refused.value)) < 300


def test_an_unknown_type_or_a_limit_out_of_bounds_is_refused(graph: Graph) -> None:
    with pytest.raises(BadParameter, match="type: found 'Funds'; expected a node type; did you mean Fund"):
        graph.search("aaa", type="Funds")
    with pytest.raises(BadParameter, match="limit: found 201"):
        graph.search("aaa", limit=201)


def test_a_new_release_updates_the_names(graph: Graph) -> None:
    assert graph.search("Nguyen Van Dou")
    rename = "MATCH (n:Entity {id: 'person:nguoi-dau'}) SET n.name = 'Khac', n.names = ['Khac'], n.hash = ''"
    graph.engine.write(lambda write: write.execute(rename))
    assert graph.search("Nguyen Van Dou"), "names are kept as long as the release stays"
    graph.engine.write(lambda write: write.execute("MATCH (m:Release {id: 'current'}) SET m.release = 'other'"))
    time.sleep(NOTICE_SECONDS)  # a load would have given notice
    assert graph.search("Nguyen Van Dou") == []
    load_graph(graph.engine)


def test_a_former_province_also_finds_its_successor(graph: Graph) -> None:
    assert graph.search("tinh mmm", exact=True) == [
        {
            "id": "province:mmm",
            "type": "Province",
            "name": "Mmm",
            "status": None,
            "matched_text": "Tỉnh Mmm",
            "match_type": "name",
            "suggestion": False,
        },
        {
            "id": "province:aaa",
            "type": "Province",
            "name": "Aaa",
            "status": None,
            "matched_text": "Tỉnh Mmm",
            "match_type": "successor",
            "merged_on": "2025-07-01",
            "suggestion": False,
        },
    ]
    assert "province:mmm" not in [hit["id"] for hit in graph.search("Aaa")]


@pytest.mark.parametrize(("q", "matched_name"), [("Mmm", "Mmm"), ("Tỉnh Mmm", "Tỉnh Mmm"), ("TỈNH MMM", "Tỉnh Mmm")])
def test_of_several_spellings_the_typed_one_is_reported(graph: Graph, q: str, matched_name: str) -> None:
    assert graph.search(q)[0]["matched_text"] == matched_name
