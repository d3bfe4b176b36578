"""Answers of catalogue queries: parameters that name retired entities, evidence, and lists that belong together."""

from dataclasses import replace

import pytest

from tests.support.invented_graph import POLICY, load_graph, release
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, DeclarationError
from vnkg.graph.reader.reader import Graph

OLD, SUCCESSOR = "province:old-aaa", "province:aaa"


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def test_every_merged_id_of_a_query_stands_for_its_successor(graph: Graph) -> None:
    edge = {"object": POLICY, "predicate": "IMPLEMENTS"}
    answer = graph.query("edge_sources", {**edge, "subject": OLD})
    assert answer == graph.query("edge_sources", {**edge, "subject": SUCCESSOR})
    assert len(answer["rows"]) == 1


def test_merged_ids_in_a_list_stand_for_their_successors_and_unknown_ones_are_refused(graph: Graph) -> None:
    query = catalogue()["agency_heads"]
    several = replace(
        query,
        params={"agency": replace(query.params["agency"], allows_multiple=True, node_types=(), id_prefixes=())},
        cypher="UNWIND $agency AS id RETURN id AS agency",
        returns={"agency": query.returns["agency"]},
        conditions=(),
    )
    reader = Graph(graph.engine, graph.schema, {"agency_heads": several})
    found = reader.query("agency_heads", {"agency": ["province:bbb", OLD, "province:ccc"]})
    assert sorted(row["agency"] for row in found["rows"]) == [SUCCESSOR, "province:bbb", "province:ccc"]
    with pytest.raises(BadParameter, match="agency: there is no entity 'province:aab'"):
        reader.query("agency_heads", {"agency": ["province:bbb", "province:aab"]})


def test_the_evidence_holds_the_statements_of_answers_and_of_near_misses(graph: Graph) -> None:
    answer = graph.query_with_evidence("provinces_with_fund", {})
    assert (answer["rows"], answer["near_misses"]) == tuple(graph.query("provinces_with_fund", {}).values())
    for rows in (answer["rows"], answer["near_misses"]):
        assert {key for row in rows for key in row["statements"]}
    ids = sorted({key for row in (*answer["rows"], *answer["near_misses"]) for key in row["statements"]})
    assert list(answer["evidence"]) == ids
    assert answer["evidence"] == graph.statements_by_id(ids)
    assert answer["release"] == release().id


@pytest.mark.parametrize(
    ("statuses", "items", "is_refused"),
    [
        ("['existing']", "['fund:a']", False),
        ("[]", "[]", False),
        ("null", "null", False),
        ("['existing']", "['fund:a', 'fund:b']", True),
        ("['existing', 'past']", "['fund:a']", True),
        ("null", "[]", True),
        ("['existing']", "null", True),
    ],
)
def test_lists_that_belong_together_have_one_length(graph: Graph, statuses: str, items: str, is_refused: bool) -> None:
    query = catalogue()["instrument_matrix"]
    columns = {name: query.returns[name] for name in ("province", "vc_fund", "vc_fund_items")}
    columns["vc_fund"] = replace(columns["vc_fund"], detail_columns=("vc_fund_items",))
    cypher = f"RETURN $province AS province, {statuses} AS vc_fund, {items} AS vc_fund_items"
    params = {"province": query.params["province"]}
    matrix = replace(query, returns=columns, params=params, cypher=cypher)
    reader = Graph(graph.engine, graph.schema, {"instrument_matrix": matrix})
    if is_refused:
        with pytest.raises(
            DeclarationError, match=r"instrument_matrix\.cypher: found .* of vc_fund and .* of vc_fund_items"
        ):
            reader.query("instrument_matrix", {})
    else:
        assert len(reader.query("instrument_matrix", {})["rows"]) == 1
