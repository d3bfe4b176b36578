"""A statement with its context, and the disagreements about it, on both engines."""

import pytest

from tests.support.invented_graph import load_graph
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import NotFound
from vnkg.graph.reader.reader import Graph


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def test_a_statement_has_its_edges_disagreements_and_neighbours(graph: Graph) -> None:
    found = graph.statement_context("statement:i00-042")
    assert {key: found[key] for key in graph.statement("statement:i00-042")} == graph.statement("statement:i00-042")
    (edge,) = found["edges"]
    assert (edge["predicate"], edge["status"], edge["statements"]) == (
        "PLANS", "disputed", ["statement:i00-041", "statement:i00-042"],
    )  # fmt: skip
    assert (edge["subject"]["id"], edge["object"]["name"]) == ("province:hhh", "Quỹ hhh-vc")
    assert [item["id"] for item in found["disagreements"]] == ["disagreement:status-hhh-hhh-vc-plans"]
    assert [entry["id"] for entry in found["ledger"]] == [f"sentence:i00-{line}-0" for line in (41, 42, 43)]


def test_the_first_sentence_and_a_reference_table_have_fewer_neighbours(graph: Graph) -> None:
    assert [entry["line"] for entry in graph.statement_context("statement:i00-001")["ledger"]] == [1, 2]
    table = graph.statement_context("statement:reference-1")
    assert table["ledger"] == []
    assert [edge["predicate"] for edge in table["edges"]] == ["BORDERS"]


def test_a_number_counts_for_no_edge_but_for_its_disagreement(graph: Graph) -> None:
    found = graph.statement_context("statement:i00-064")
    assert found["edges"] == []
    assert [item["id"] for item in found["disagreements"]] == ["disagreement:startups-aaa"]


def test_disagreements_are_found_by_the_statements_they_rest_on(graph: Graph) -> None:
    found = graph.disagreements_on(["statement:i00-041", "statement:i00-064", "statement:i00-001", "statement:none"])
    assert [item["id"] for item in found] == ["disagreement:startups-aaa", "disagreement:status-hhh-hhh-vc-plans"]
    assert graph.disagreements_on([]) == []


@pytest.mark.parametrize(
    ("unknown_id", "nearest"),
    [("statement:i00-04", "statement:i00-040"), ("i00-042", "statement:i00-042"), ("statement:i00-42", "statement:i00-042")],
)  # fmt: skip
def test_an_unknown_statement_id_names_the_nearest(graph: Graph, unknown_id: str, nearest: str) -> None:
    with pytest.raises(NotFound, match=nearest) as refused:
        graph.statement_context(unknown_id)
    assert refused.value.suggestions[0] == nearest


def test_an_id_unlike_any_statement_suggests_none(graph: Graph) -> None:
    with pytest.raises(NotFound) as refused:
        graph.statement("statement:zzz")
    assert refused.value.suggestions == ()
