"""What a picture shows: its nodes and edges, its limit, and its heading in both languages."""

from typing import cast

import pytest

from tests.support.http import client, graph
from vnkg.api.presenters.picture_subject import (
    MAX_EXPANDED,
    Subject,
    picture_heading,
    query_subgraph,
    read_subgraph,
    subgraph_of_paths,
    with_display_names,
)
from vnkg.api.presenters.query_table import entity_ids
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.errors import BadParameter
from vnkg.graph.reader.objects import GraphEdge, Paths

ENDS = {"from": "province:aaa", "to": "province:bbb"}


def node_ids(subject: Subject) -> set[str]:
    return {node["id"] for node in read_subgraph(graph(), subject)["nodes"]}


@pytest.mark.parametrize(
    "subject",
    [
        Subject(limit=4),
        Subject(entity="policy:57-nq-tw", limit=4),
        Subject(province="province:fff", limit=4),
        Subject(query=catalogue()["provinces_with_fund"], limit=4),
    ],
)
def test_a_picture_has_at_most_as_many_nodes_as_its_limit(subject: Subject) -> None:
    subgraph = read_subgraph(graph(), subject)
    assert len(subgraph["nodes"]) == 4
    assert subgraph["left_out"] > 0


def test_a_greater_depth_shows_more() -> None:
    assert node_ids(Subject(entity="province:aaa")) < node_ids(Subject(entity="province:aaa", depth=2))


def test_a_picture_of_paths_has_all_edges_of_all_of_them() -> None:
    paths = graph().paths(*ENDS.values())
    assert len(paths["paths"]) > 1
    subgraph = read_subgraph(graph(), Subject(paths=ENDS))
    edges = {edge["id"] for path in paths["paths"] for step in path["steps"] for edge in step["edges"]}
    assert {edge["id"] for edge in subgraph["edges"]} == edges
    assert len(subgraph["edges"]) == len(edges)
    assert node_ids(Subject(paths={**ENDS, "k": "1"})) < {node["id"] for node in subgraph["nodes"]}


def test_a_picture_of_paths_has_every_edge_of_a_step_once() -> None:
    first, second = (cast("GraphEdge", {"id": edge}) for edge in ("a HAS b", "a SUPPORTS b"))
    steps = [{"edges": [first, second]}, {"edges": [first]}]
    subgraph = subgraph_of_paths(cast("Paths", {"paths": [{"steps": steps}], "entities": []}))
    assert subgraph["edges"] == [first, second]


@pytest.mark.parametrize("ends", [{"from": "province:aaa"}, {"to": "province:aaa"}, {"from": "", "to": "province:aaa"}])
def test_paths_need_both_ends(ends: dict[str, str]) -> None:
    with pytest.raises(BadParameter, match="found one end"):
        read_subgraph(graph(), Subject(paths=ends))


def test_a_query_shows_near_misses_only_without_answers_and_its_arguments_only_with_rows() -> None:
    query = catalogue()["provinces_with_fund"]
    answers = query_subgraph(graph(), query, {}, 200)
    rows = graph().query(query.name, {})["rows"]
    assert {node["id"] for node in answers["nodes"]} == entity_ids(query, rows) | {"policy:57-nq-tw"}
    assert answers["near_misses"] == 0
    missed = query_subgraph(graph(), query, {"fund_status": "approved"}, 200)
    assert missed["near_misses"] == len(graph().query(query.name, {"fund_status": "approved"})["near_misses"]) > 0
    nothing = query_subgraph(graph(), catalogue()["claims_by_type"], {"entity": "province:bbb"}, 200)
    assert (nothing["nodes"], nothing["near_misses"]) == ([], 0)


def test_as_many_nodes_as_allowed_can_be_expanded() -> None:
    ids = [f"fund:x{number}" for number in range(MAX_EXPANDED)]
    assert read_subgraph(graph(), Subject(entity="province:aaa"), ids)["nodes"]
    with pytest.raises(BadParameter, match=f"found {MAX_EXPANDED + 1} ids; expected at most {MAX_EXPANDED}"):
        read_subgraph(graph(), Subject(entity="province:aaa"), [*ids, "fund:y"])


@pytest.mark.parametrize(
    ("subject", "english", "vietnamese"),
    [
        (Subject(entity="province:aaa"), "Aaa", "Tỉnh Aaa"),
        (Subject(province="province:aaa"), "In and around Aaa", None),
        (Subject(), "The whole graph", None),
        (Subject(paths=ENDS), "Aaa – Bbb", "Tỉnh Aaa – Tỉnh Bbb"),
        (
            Subject(query=catalogue()["provinces_with_fund"]),
            catalogue()["provinces_with_fund"].question_en,
            catalogue()["provinces_with_fund"].question_vi,
        ),
    ],
)
def test_the_heading_is_in_the_language_of_the_page(subject: Subject, english: str, vietnamese: str | None) -> None:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    for language, heading in (("en", english), ("vi", vietnamese)):
        subgraph = with_display_names(service, read_subgraph(graph(), subject), language)
        assert heading is None or picture_heading(subject, subgraph, language) == heading
        languages = {node["id"]: node["language"] for node in subgraph["nodes"]}
        assert languages["province:aaa"] == language
