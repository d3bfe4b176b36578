"""Subgraphs for pictures, on every engine."""

from pathlib import Path

import pytest

from tests.support.invented_graph import POLICY, Builder, load_graph, release
from vnkg.graph.disk_cache import DiskCache
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, NotFound, PictureTooBig
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader import degrees as ranking
from vnkg.graph.reader import subgraphs as surroundings
from vnkg.graph.reader.degrees import DegreeRanking
from vnkg.graph.reader.reader import Graph


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def ids(part: dict[str, list[dict[str, str]]]) -> list[str]:
    return [node["id"] for node in part["nodes"]]


def test_one_step_shows_the_neighbours_and_the_edges_between_them(graph: Graph) -> None:
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


def test_nodes_and_edges_have_what_a_picture_needs(graph: Graph) -> None:
    part = graph.neighbourhood("province:aaa")
    assert part["nodes"][0] == {
        "id": "province:aaa",
        "type": "Province",
        "name": "Aaa",
        "kind": "province",
        "status": None,
        "origins": 2,
    }
    assert set(part["edges"][0]) == {
        "id", "subject", "predicate", "object", "status", "basis", "as_of", "articles", "origins",
        "holds", "statements", "disagreements",
    }  # fmt: skip


def test_mentions_are_excluded(graph: Graph) -> None:
    assert ids(graph.neighbourhood("article:i00")) == ["article:i00"]


def test_greater_depth_reaches_further(graph: Graph) -> None:
    one, two = ids(graph.neighbourhood("fund:fff-vc")), ids(graph.neighbourhood("fund:fff-vc", depth=2))
    assert one == ["fund:fff-vc", "agency:so-fff"]
    assert two[:2] == one
    assert "province:fff" in two


def test_omitted_nodes_are_counted_and_the_nearest_kept(graph: Graph) -> None:
    whole = graph.neighbourhood("province:aaa", depth=2)
    part = graph.neighbourhood("province:aaa", depth=2, limit=4)
    assert len(part["nodes"]) == 4
    assert ids(part) == ids(whole)[:4]
    assert part["left_out"] == len(whole["nodes"]) - 4
    inside = set(ids(part))
    assert all({edge["subject"], edge["object"]} <= inside for edge in part["edges"])


def test_edge_types_can_be_chosen(graph: Graph) -> None:
    part = graph.neighbourhood("province:aaa", predicates=["HAS"])
    assert ids(part) == ["province:aaa", "fund:aaa-vc"]
    with pytest.raises(BadParameter, match="predicates: found 'HASS'; expected edge types; did you mean HAS"):
        graph.neighbourhood("province:aaa", predicates=["HASS"])
    with pytest.raises(BadParameter, match="MENTIONS"):
        graph.neighbourhood("province:aaa", predicates=["MENTIONS"])


def test_the_whole_graph_shows_the_best_connected_first(graph: Graph) -> None:
    part = graph.best_connected(limit=3)
    assert ids(part) == [POLICY, "agency:so-fff", "province:aaa"]
    assert part["left_out"] == len(release().entities) - 3
    assert [edge["id"] for edge in part["edges"]] == [f"province:aaa IMPLEMENTS {POLICY}"]
    everything = graph.best_connected(limit=2000)
    assert len(everything["nodes"]) == len(release().entities)
    assert len(everything["edges"]) == len(release().edges)
    assert (everything["left_out"], everything["centre"]) == (0, None)


def test_edges_that_are_drawn_on_request_are_left_out_with_what_they_alone_lead_to(graph: Graph) -> None:
    drawn = schema().drawn_edge_types
    assert "BORDERS" not in drawn
    (border, *_) = [edge for edge in release().edges if edge.predicate == "BORDERS"]
    assert border.object in ids(graph.neighbourhood(border.subject))
    for part in (
        graph.neighbourhood(border.subject, predicates=drawn),
        graph.province_subgraph(border.subject, predicates=drawn),
        graph.induced_subgraph([border.subject, border.object], predicates=drawn),
        graph.best_connected(predicates=drawn),
        graph.expand(graph.induced_subgraph([border.subject]), [border.subject], predicates=drawn),
    ):
        assert "BORDERS" not in {edge["predicate"] for edge in part["edges"]}
    whole = {edge["id"] for edge in graph.best_connected(limit=2000)["edges"]}
    assert border.id in whole


@pytest.mark.parametrize("depth", [0, 5, -1])
def test_the_depth_is_bounded(graph: Graph, depth: int) -> None:
    with pytest.raises(BadParameter, match="depth: found"):
        graph.neighbourhood("province:aaa", depth=depth)


def test_the_size_is_bounded(graph: Graph) -> None:
    with pytest.raises(PictureTooBig, match="found 2,001 nodes; expected at most 2,000"):
        graph.neighbourhood("province:aaa", limit=2001)
    with pytest.raises(PictureTooBig):
        graph.best_connected(limit=100_000)
    with pytest.raises(BadParameter, match="limit: found 0"):
        graph.best_connected(limit=0)


def test_a_set_of_entities_has_the_edges_between_them_best_connected_first(graph: Graph) -> None:
    part = graph.induced_subgraph(["fund:aaa-vc", "province:aaa", POLICY, "province:zzz"])
    assert ids(part) == ["province:aaa", "fund:aaa-vc", POLICY]
    assert [edge["id"] for edge in part["edges"]] == [
        "province:aaa HAS fund:aaa-vc",
        f"province:aaa IMPLEMENTS {POLICY}",
    ]
    assert graph.induced_subgraph(["fund:aaa-vc", "province:aaa"], limit=1)["left_out"] == 1
    assert graph.induced_subgraph([]) == {"nodes": [], "edges": [], "left_out": 0, "centre": None}


def test_a_province_subgraph_continues_through_its_own_entities(graph: Graph) -> None:
    part = graph.province_subgraph("province:ggg")
    near = ids(graph.neighbourhood("province:ggg"))
    assert part["centre"] == ids(part)[0] == "province:ggg"
    assert set(near) < set(ids(part))
    assert "agency:so-ggg" in near
    assert {"agency:ban-ggg"} <= set(ids(part)) - set(near)
    assert not {"province:aaa", "province:bbb"} & set(ids(part))  # they share the policy, which leads no further


def test_a_province_subgraph_continues_through_merged_provinces(graph: Graph) -> None:
    (edge,) = [edge for edge in release().edges if edge.predicate == "MERGED_INTO"]
    part = graph.province_subgraph(edge.object)
    assert edge.subject in ids(part)
    own = {e.object for e in release().edges if e.subject == edge.subject} | {edge.subject}
    assert own <= set(ids(part))


@pytest.mark.parametrize(
    ("neighbours", "continues"), [(surroundings.HUB_NEIGHBOURS, True), (surroundings.HUB_NEIGHBOURS + 1, False)]
)
def test_a_province_subgraph_stops_at_entities_with_many_neighbours(
    engine: Engine, neighbours: int, continues: bool
) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity("province:one", "Province", "One", kind="province")
    agency = made.department("one")
    others = [made.entity(f"organisation:{number}", "Organisation", "o") for number in range(neighbours - 1)]
    for other in others:
        made.relate(agency, "SUPPORTS", other, "existing")
    part = load_graph(engine, merge(made.facts(), schema())).province_subgraph("province:one")
    assert set(ids(part)) == {"province:one", agency, *(others if continues else ())}


def test_a_province_subgraph_is_bounded_and_centred_on_a_province(graph: Graph) -> None:
    whole = graph.province_subgraph("province:aaa")
    part = graph.province_subgraph("province:aaa", limit=3)
    assert ids(part) == ids(whole)[:3]
    assert part["left_out"] == len(whole["nodes"]) - 3
    with pytest.raises(BadParameter, match="province: found 'fund:aaa-vc'; expected a province or city"):
        graph.province_subgraph("fund:aaa-vc")
    with pytest.raises(BadParameter, match="province: found 'place:fff-thi-tran'"):
        graph.province_subgraph("place:fff-thi-tran")
    with pytest.raises(NotFound):
        graph.province_subgraph("province:zzz")


def test_a_subgraph_is_expanded_node_by_node(graph: Graph) -> None:
    first = graph.neighbourhood("fund:fff-vc")
    part = graph.expand(first, ["agency:so-fff", "province:fff", "agency:so-fff", "province:zzz"])
    assert [one["id"] for one in part["expansions"]] == ["agency:so-fff", "province:fff"]
    assert "province:fff" in part["expansions"][0]["added_ids"]
    assert POLICY in part["expansions"][1]["added_ids"]
    assert part["unknown_ids"] == ["province:zzz"]
    assert ids(part)[:2] == ids(first)
    everything = [name for one in part["expansions"] for name in one["added_ids"]]
    assert ids(part) == ids(first) + everything
    among = {edge.id for edge in release().edges if {edge.subject, edge.object} <= set(ids(part))}
    assert [edge["id"] for edge in part["edges"]] == sorted(among)


def test_nodes_of_an_expanded_subgraph_have_their_degree(graph: Graph) -> None:
    ties = {node["id"]: node["ties"] for node in graph.expand(graph.neighbourhood("fund:fff-vc"), [])["nodes"]}
    near = {
        end for edge in release().edges for end in (edge.subject, edge.object) if "agency:so-fff" in edge.id.split()
    }
    assert ties == {"fund:fff-vc": 1, "agency:so-fff": len(near) - 1}


def test_an_expansion_is_limited_and_counts_what_it_omits(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "MAX_EXPANSION", 3)
    part = graph.expand(graph.induced_subgraph(["fund:aaa-vc", POLICY]), [POLICY])
    (expansion,) = part["expansions"]
    around = graph.neighbourhood(POLICY)
    assert len(expansion["added_ids"]) == 3
    assert expansion["left_out"] == len(around["nodes"]) - 1 - 3


def test_the_stored_ranking_equals_the_counted_one(graph: Graph, tmp_path: Path) -> None:
    predicates = [key for key, edge in schema().edges.items() if not edge.derived]
    kept = DiskCache(tmp_path)
    ranking.cache_ranking(kept, release(), predicates)
    ties, count = ranking.DegreeRanking(DiskCache()).best_connected(graph.engine, release().id, predicates)
    assert list(ranking.DegreeRanking(kept).best_connected(graph.engine, release().id, predicates)) == [ties, count]
    assert count == len(release().entities)
    assert next(iter(ties)) == POLICY


def test_the_whole_graph_is_read_once_per_release(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = load_graph(engine)
    first = Graph(engine, schema(), {}, DiskCache(tmp_path))
    whole = first.best_connected()
    assert whole == graph.best_connected()
    monkeypatch.setattr(DegreeRanking, "best_connected", lambda *_: pytest.fail("read again"))
    assert first.best_connected() == whole
    assert Graph(engine, schema(), {}, DiskCache(tmp_path)).best_connected(limit=2)["nodes"] == whole["nodes"][:2]
