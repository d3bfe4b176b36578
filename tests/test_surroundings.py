"""Parts of the graph for pictures, on every engine."""

import pytest

from tests.invented import POLICY, loaded, release
from vnkg.graph.engine import Engine
from vnkg.graph.errors import BadParameter, PictureTooBig
from vnkg.graph.reader import Graph


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return loaded(engine)


def ids(part: dict[str, list[dict[str, str]]]) -> list[str]:
    return [node["id"] for node in part["nodes"]]


def test_one_step_shows_the_neighbours_and_the_edges_among_them(graph: Graph) -> None:
    part = graph.neighbourhood("province:aaa")
    assert part["centre"] == "province:aaa"
    assert ids(part)[0] == "province:aaa"
    assert set(ids(part)) == {
        "province:aaa", "fund:aaa-vc", POLICY, "province:bbb", "province:mmm", "province:ccc",
    }  # fmt: skip
    among = {edge.id for edge in release().edges if {edge.subject, edge.object} <= set(ids(part))}
    assert [edge["id"] for edge in part["edges"]] == sorted(among)
    assert f"province:bbb IMPLEMENTS {POLICY}" in among
    assert part["left_out"] == 0


def test_nodes_and_edges_say_what_a_picture_needs(graph: Graph) -> None:
    part = graph.neighbourhood("province:aaa")
    assert part["nodes"][0] == {
        "id": "province:aaa",
        "type": "Province",
        "name": "Aaa",
        "status": None,
        "origins": 2,
    }
    assert set(part["edges"][0]) == {
        "id", "subject", "predicate", "object", "status", "basis", "as_of", "articles", "origins",
    }  # fmt: skip


def test_mentions_are_left_out(graph: Graph) -> None:
    assert ids(graph.neighbourhood("article:i00")) == ["article:i00"]


def test_more_steps_reach_further(graph: Graph) -> None:
    one, two = ids(graph.neighbourhood("fund:fff-vc")), ids(graph.neighbourhood("fund:fff-vc", depth=2))
    assert one == ["fund:fff-vc", "agency:so-fff"]
    assert two[:2] == one
    assert "province:fff" in two


def test_what_is_left_out_is_counted_and_the_nearest_are_kept(graph: Graph) -> None:
    whole = graph.neighbourhood("province:aaa", depth=2)
    part = graph.neighbourhood("province:aaa", depth=2, limit=4)
    assert len(part["nodes"]) == 4
    assert ids(part) == ids(whole)[:4]
    assert part["left_out"] == len(whole["nodes"]) - 4
    inside = set(ids(part))
    assert all({edge["subject"], edge["object"]} <= inside for edge in part["edges"])


def test_edge_types_can_be_chosen(graph: Graph) -> None:
    part = graph.neighbourhood("province:aaa", predicates=["OPERATES"])
    assert ids(part) == ["province:aaa", "fund:aaa-vc"]
    with pytest.raises(BadParameter, match="predicates: found 'OPERATE'; expected edge types; did you mean OPERATES"):
        graph.neighbourhood("province:aaa", predicates=["OPERATE"])
    with pytest.raises(BadParameter, match="MENTIONS"):
        graph.neighbourhood("province:aaa", predicates=["MENTIONS"])


def test_the_whole_graph_shows_the_best_connected_first(graph: Graph) -> None:
    part = graph.whole(limit=2)
    assert ids(part) == [POLICY, "province:aaa"]
    assert part["left_out"] == len(release().entities) - 2
    assert [edge["id"] for edge in part["edges"]] == [f"province:aaa IMPLEMENTS {POLICY}"]
    everything = graph.whole(limit=2000)
    assert len(everything["nodes"]) == len(release().entities)
    assert len(everything["edges"]) == len(release().edges)
    assert (everything["left_out"], everything["centre"]) == (0, None)


@pytest.mark.parametrize("depth", [0, 5, -1])
def test_the_depth_is_bounded(graph: Graph, depth: int) -> None:
    with pytest.raises(BadParameter, match="depth: found"):
        graph.neighbourhood("province:aaa", depth=depth)


def test_the_size_is_bounded(graph: Graph) -> None:
    with pytest.raises(PictureTooBig, match="found 2,001 nodes; expected at most 2,000"):
        graph.neighbourhood("province:aaa", limit=2001)
    with pytest.raises(PictureTooBig):
        graph.whole(limit=100_000)
    with pytest.raises(BadParameter, match="limit: found 0"):
        graph.whole(limit=0)
