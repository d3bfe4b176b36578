"""Which entities a subgraph has, in which order and with which counts, in one small world: every result exact."""

from pathlib import Path

import pytest

from tests.support.invented_graph import Builder, load_graph
from vnkg.graph.disk_cache import DiskCache
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader import degrees as ranking
from vnkg.graph.reader import subgraphs as surroundings
from vnkg.graph.reader.objects import Subgraph
from vnkg.graph.reader.reader import Graph

FIRST_PROVINCE, SECOND_PROVINCE, FORMER_PROVINCE = "province:one", "province:two", "province:old"
AGENCY, UNIT, DESK = "agency:a", "agency:unit", "agency:desk"
FUND, CLUB, POLICY = "fund:b", "organisation:z", "policy:shared"


@pytest.fixture(scope="module")
def release() -> Release:
    """A province with neighbours of one, several and no origins, a shared policy, and a province merged into it."""
    built = Builder()
    built.article("i00", "2025-10-19")
    built.article("i01", "2025-10-19")
    for province in (FIRST_PROVINCE, SECOND_PROVINCE, FORMER_PROVINCE):
        built.entity(province, "Province", province, kind="province")
    for agency in (AGENCY, UNIT, DESK):
        built.entity(agency, "Agency", agency, kind="unit")
    for fund in ("b", "old", "two", "policy"):
        built.fund(fund)
    built.entity(CLUB, "Organisation", "Club", kind="club")
    built.entity(POLICY, "Policy", "Shared", kind="plan")
    built.relate(FIRST_PROVINCE, "HAS", FUND, "existing")
    built.relate(FIRST_PROVINCE, "FUNDS", FUND, "planned")
    built.relate(AGENCY, "PART_OF", FIRST_PROVINCE, "existing")
    built.relate(FIRST_PROVINCE, "SUPPORTS", CLUB, "existing", as_of="2025-10-19")
    built.relate(FIRST_PROVINCE, "SUPPORTS", CLUB, "existing", as_of="2025-10-19", article="article:i01")
    built.relate(UNIT, "PART_OF", AGENCY, "existing", origin="another-account")
    built.relate(DESK, "PART_OF", UNIT, "existing")
    built.add_reference(FIRST_PROVINCE, "BORDERS", SECOND_PROVINCE)
    built.add_reference(FORMER_PROVINCE, "MERGED_INTO", FIRST_PROVINCE, qualifiers={"date": "2025-07-01"})
    built.relate(SECOND_PROVINCE, "HAS", "fund:two", "existing")
    built.relate(FORMER_PROVINCE, "HAS", "fund:old", "past")
    for province in (FIRST_PROVINCE, SECOND_PROVINCE):
        built.add_implementation(province, policy=POLICY)
    built.relate(POLICY, "SUPPORTS", "fund:policy", "existing")
    return merge(built.facts(), schema())


@pytest.fixture
def graph(engine: Engine, release: Release) -> Graph:
    return load_graph(engine, release)


def ids(part: Subgraph) -> list[str]:
    return [node["id"] for node in part["nodes"]]


NEIGHBOURHOOD = [FIRST_PROVINCE, FUND, CLUB, AGENCY, POLICY, FORMER_PROVINCE, SECOND_PROVINCE]


def test_neighbours_come_by_the_origins_of_all_their_edges_then_by_id(graph: Graph) -> None:
    part = graph.neighbourhood(FIRST_PROVINCE)
    assert ids(part) == NEIGHBOURHOOD
    assert [node["origins"] for node in part["nodes"]] == [2, 1, 2, 2, 1, 1, 1]
    assert ids(graph.neighbourhood(FIRST_PROVINCE, limit=3)) == NEIGHBOURHOOD[:3]
    assert ids(graph.neighbourhood(FIRST_PROVINCE, predicates=["PART_OF", "FUNDS"])) == [FIRST_PROVINCE, AGENCY, FUND]


def test_the_greatest_depth_leads_four_edges_far(graph: Graph) -> None:
    reached = [set(ids(graph.neighbourhood(DESK, depth=depth))) for depth in (1, 2, 3, 4)]
    assert reached[0] == {DESK, UNIT}
    assert reached[1] - reached[0] == {AGENCY}
    assert reached[2] - reached[1] == {FIRST_PROVINCE}
    assert reached[3] - reached[2] == set(NEIGHBOURHOOD) - {FIRST_PROVINCE, AGENCY}
    assert graph.neighbourhood(DESK, depth=3, limit=2)["left_out"] == 2


def test_a_province_subgraph_continues_only_through_what_is_its_own(graph: Graph) -> None:
    part = graph.province_subgraph(FIRST_PROVINCE)
    assert ids(part) == [*NEIGHBOURHOOD, UNIT, "fund:old"]
    assert graph.province_subgraph(FIRST_PROVINCE, limit=8)["left_out"] == 1
    assert ids(graph.province_subgraph(SECOND_PROVINCE)) == [SECOND_PROVINCE, "fund:two", POLICY, FIRST_PROVINCE]


def test_a_repeated_entity_is_shown_once(graph: Graph) -> None:
    part = graph.induced_subgraph([AGENCY, FUND, FIRST_PROVINCE, FUND, "fund:none"])
    assert ids(part) == [FIRST_PROVINCE, FUND, AGENCY]
    assert [edge["predicate"] for edge in part["edges"]] == ["PART_OF", "FUNDS", "HAS"]
    assert graph.induced_subgraph([FUND, FUND, FIRST_PROVINCE], limit=1)["left_out"] == 1


def test_expansions_follow_each_other_and_count_neighbours_once(graph: Graph) -> None:
    first = graph.expand(graph.neighbourhood(DESK), [UNIT])
    assert {node["id"]: node["ties"] for node in first["nodes"]} == {DESK: 1, UNIT: 2, AGENCY: 2}
    second = graph.expand(first, [AGENCY, FIRST_PROVINCE])
    assert ids(second) == [DESK, UNIT, AGENCY, FIRST_PROVINCE, FUND, CLUB, POLICY, FORMER_PROVINCE, SECOND_PROVINCE]
    assert [node["ties"] for node in second["nodes"]] == [1, 2, 2, 6, 1, 1, 3, 2, 3]


def test_an_expansion_stops_at_the_most_nodes_of_a_picture(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    start = graph.induced_subgraph([FIRST_PROVINCE, AGENCY])
    monkeypatch.setattr(surroundings, "MAX_NODES", 4)
    part = graph.expand(start, [FIRST_PROVINCE, AGENCY])
    assert ids(part) == [AGENCY, FIRST_PROVINCE, FUND, CLUB]
    assert [(one["added_ids"], one["left_out"]) for one in part["expansions"]] == [([FUND, CLUB], 3), ([], 1)]


@pytest.mark.parametrize(("default_nodes", "has_ties"), [(1, True), (0, False)])
def test_neighbours_are_not_counted_in_too_large_a_picture(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, default_nodes: int, has_ties: bool
) -> None:
    start = graph.induced_subgraph([FIRST_PROVINCE])
    monkeypatch.setattr(surroundings, "DEFAULT_NODES", default_nodes)
    monkeypatch.setattr(surroundings, "MAX_EXPANSION", 2)
    part = graph.expand(start, [FIRST_PROVINCE])
    assert [(node["id"], node["ties"]) for node in part["nodes"]] == [
        (FIRST_PROVINCE, 6 if has_ties else None), (FUND, 1 if has_ties else None), (CLUB, 1 if has_ties else None),
    ]  # fmt: skip


def test_the_best_connected_are_ranked_by_neighbours_and_the_others_counted(
    graph: Graph, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = [(FIRST_PROVINCE, 5), (POLICY, 3), (AGENCY, 2), (UNIT, 2), (FORMER_PROVINCE, 2), (SECOND_PROVINCE, 2)]
    whole = graph.best_connected()
    assert [(node["id"], node["ties"]) for node in whole["nodes"][:6]] == ranked
    assert ids(whole)[-2:] == ["article:i00", "article:i01"]
    assert whole["nodes"][-1]["ties"] == 0
    monkeypatch.setattr(ranking, "RANKING_SIZE", 4)
    other_reader = Graph(graph.engine, graph.schema, {})
    part = other_reader.best_connected(limit=3)
    assert ids(part) == [key for key, _ in ranked[:3]]
    assert part["left_out"] == len(release.entities) - 3
    drawn_ids = set(ids(part))
    among = {edge.id for edge in release.edges if {edge.subject, edge.object} <= drawn_ids}
    assert f"{FIRST_PROVINCE} IMPLEMENTS {POLICY}" in among
    assert {edge["id"] for edge in part["edges"]} == among


def test_the_ranking_of_another_release_is_not_used(graph: Graph, release: Release, tmp_path: Path) -> None:
    predicates = [key for key, edge in schema().edges.items() if not edge.derived]
    cache = DiskCache(tmp_path)
    ranking.cache_ranking(cache, merge(Builder().facts(), schema()), predicates)
    degrees, total = ranking.DegreeRanking(cache).best_connected(graph.engine, release.id, predicates)
    assert (degrees[FIRST_PROVINCE], total) == (6, len(release.entities))
