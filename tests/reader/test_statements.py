"""A statement with its context, and the disagreements about it, on both engines."""

from itertools import product

import pytest

from tests.support.invented_graph import FIRST_ARTICLE, POLICY, SECOND_ARTICLE, load_graph, release
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, NotFound
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


def test_statements_fit_all_filters_together(graph: Graph) -> None:
    entities = (None, "province:aaa", "agency:so-kkk", "person:nguoi-dau", "fund:hhh-vc")
    choices = product(entities, (None, "HAS"), (None, "existing", "planned"), (None, FIRST_ARTICLE, SECOND_ARTICLE))
    for entity, predicate, status, article in choices:
        wanted = [
            s.id
            for s in release().statements
            if (entity is None or entity in (s.subject, s.object, s.speaker, *s.about))
            and predicate in (None, s.predicate)
            and status in (None, s.status)
            and (article is None or (s.passage is not None and s.passage.article == article))
        ]
        found = graph.find_statements(entity, predicate, status, article)
        assert [item["id"] for item in found] == wanted, (entity, predicate, status, article)


def test_a_filter_of_statements_that_nothing_could_fit_is_refused(graph: Graph) -> None:
    with pytest.raises(BadParameter, match=r"predicate: found 'HASS'; expected .*did you mean HAS"):
        graph.find_statements(predicate="HASS")
    with pytest.raises(BadParameter, match="status: found 'existent'"):
        graph.find_statements(status="existent")
    for filters in (
        {"entity": "province:aab"},
        {"article": "article:i77"},
        {"entity": POLICY, "article": "article:i77"},
    ):
        with pytest.raises(NotFound):
            graph.find_statements(**filters)


def test_an_incomplete_statement_id_suggests_the_first_three_that_it_begins(graph: Graph) -> None:
    for incomplete_id in ("statement:i00-04", "i00-04"):
        with pytest.raises(NotFound) as refused:
            graph.statement(incomplete_id)
        assert refused.value.suggestions == tuple(f"statement:i00-04{number}" for number in range(3))
