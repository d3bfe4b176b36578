"""Paths between two entities on every engine: compared with all paths of a release, and with a fake clock."""

import dataclasses
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

import pytest

from tests.support.invented_graph import HOSTILE, POLICY, Builder, load_graph, release
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, MergedId, NotFound, RemovedId
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Edge, Entity, Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader import bidirectional as walk
from vnkg.graph.reader import paths
from vnkg.graph.reader.k_shortest import EdgeWeights
from vnkg.graph.reader.paths import PathFinder, PathOptions
from vnkg.graph.reader.reader import Graph

PathsAnswer = dict[str, Any]
LAND, CLUB = "place:land", "organisation:club"


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def chains(answer: PathsAnswer) -> list[list[str]]:
    """The entity ids of each path."""
    return [[path["steps"][0]["from"], *(step["to"] for step in path["steps"])] for path in answer["paths"]]


def every_chain(
    source_release: Release, start: str, end: str, steps: int, blocked_ids: Sequence[str] = ()
) -> list[list[str]]:
    """All simple paths of a release, best first, by exhaustive search."""
    measure = EdgeWeights(schema())
    near: dict[str, dict[str, int]] = {}
    for edge in source_release.edges:
        weight = measure.weight(edge.status, edge.basis, edge.origins)
        for one, two in ((edge.subject, edge.object), (edge.object, edge.subject)):
            near.setdefault(one, {})[two] = min(weight, near.get(one, {}).get(two, weight))

    def extend(path: list[str], weight: int) -> Iterator[tuple[int, list[str]]]:
        if path[-1] == end:
            yield weight, path
        elif len(path) <= steps and (path[-1] == start or path[-1] not in blocked_ids):
            for other, more in near.get(path[-1], {}).items():
                if other not in path:
                    yield from extend([*path, other], weight + more)

    return [path for _weight, path in sorted(extend([start], 0))]


PAIRS = [
    ("province:aaa", "province:fff"),
    ("fund:aaa-vc", "fund:ggg-vc"),
    ("person:nguoi-pho", "province:bbb"),
    ("province:aaa", "province:bbb"),
    ("organisation:uuu", "place:fff-thi-tran"),
]


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_the_best_paths_are_the_best_of_all(graph: Graph, start: str, end: str) -> None:
    for k, steps in ((20, 4), (3, 6), (20, 3)):
        found = graph.paths(start, end, PathOptions(k=k, max_steps=steps, allow_hubs=True))
        assert chains(found) == every_chain(release(), start, end, steps)[:k]
        assert found["search_extent"]["stop_reason"] is None


def test_a_path_is_the_same_in_both_directions(graph: Graph) -> None:
    there = graph.paths("person:nguoi-pho", "province:bbb", PathOptions(k=1))
    back = graph.paths("province:bbb", "person:nguoi-pho", PathOptions(k=1))
    assert chains(back) == [entities[::-1] for entities in chains(there)]


def test_each_step_has_the_evidence_and_direction_of_its_edges(graph: Graph) -> None:
    found = graph.paths("fund:fff-vc", "person:nguoi-dau", PathOptions(k=1))
    assert (found["from"]["id"], found["to"]["name"]) == ("fund:fff-vc", "Nguyễn Văn Đầu")
    first, second = found["paths"][0]["steps"]
    assert (first["from"], first["to"]) == ("fund:fff-vc", "agency:so-fff")
    role = second["edges"][0]
    statements = {item["id"]: item for item in found["statements"]}
    assert [edge["direction"] for edge in (*first["edges"], role)] == ["in", "in"]
    assert {key: role[key] for key in role if key != "statements"} == {
        "id": "person:nguoi-dau HOLDS_ROLE agency:so-fff",
        "subject": "person:nguoi-dau",
        "predicate": "HOLDS_ROLE",
        "object": "agency:so-fff",
        "direction": "in",
        "status": "existing",
        "basis": "stated",
        "as_of": "2025-10-19",
        "articles": 1,
        "origins": 1,
        "holds": True,
        "head": True,
        "title": "Giám đốc",
        "disagreements": [],
    }
    assert [statements[key]["predicate"] for key in role["statements"] or ()] == ["HOLDS_ROLE"]
    assert {entity["id"]: entity["name"] for entity in found["entities"]} == {
        "fund:fff-vc": "Quỹ fff-vc",
        "person:nguoi-dau": "Nguyễn Văn Đầu",
        "agency:so-fff": "Sở Phát minh Fff",
    }
    assert [entity["hub"] for entity in found["entities"]] == [False, False, False]


def test_parallel_edges_form_one_step_with_the_best_first(engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    one, two = (made.entity(f"organisation:{slug}", "Organisation", slug) for slug in ("one", "two"))
    made.relate(one, "PARTNERS_WITH", two, "planned")
    made.relate(one, "SUPPORTS", two, "existing", basis="inferred")
    made.relate(two, "PART_OF", one, "existing")
    found = load_graph(engine, merge(made.facts(), schema())).paths(one, two)
    told = [(edge["predicate"], edge["direction"]) for edge in found["paths"][0]["steps"][0]["edges"]]
    assert told == [("PART_OF", "in"), ("SUPPORTS", "out"), ("PARTNERS_WITH", "out")]
    assert len(found["paths"]) == 1


def test_an_edge_lists_disagreements_about_its_statements(graph: Graph) -> None:
    step = graph.paths("province:hhh", "fund:hhh-vc", PathOptions(k=1))["paths"][0]["steps"][0]
    found = graph.paths("fund:hhh-vc", POLICY, PathOptions(k=1))
    bitten, other = (edge for one in found["paths"][0]["steps"] for edge in one["edges"])
    assert step["edges"][0]["status"] == bitten["status"] == "disputed"
    assert bitten["disagreements"] == [item["id"] for item in found["disagreements"]]
    assert len(found["disagreements"][0]["readings"]) == 2
    assert other["disagreements"] == []


def test_reference_edges_are_steps_without_articles(graph: Graph) -> None:
    found = graph.paths("province:aaa", "province:ccc", PathOptions(k=1))
    edge = found["paths"][0]["steps"][0]["edges"][0]
    assert (edge["predicate"], edge["basis"], edge["articles"], edge["origins"]) == ("BORDERS", "reference", 0, 0)


def test_edges_can_be_restricted_by_status_or_type(graph: Graph) -> None:
    plain = graph.paths("province:bbb", "fund:bbb-vc")
    assert chains(plain)[0] == ["province:bbb", "fund:bbb-vc"]
    assert chains(graph.paths("province:bbb", "fund:bbb-vc", PathOptions(statuses=("existing", "in_progress")))) == []
    only = graph.paths("province:aaa", "province:bbb", PathOptions(predicates=("IMPLEMENTS",)))
    assert chains(only) == [["province:aaa", POLICY, "province:bbb"]]


def test_mentions_are_used_only_on_request(graph: Graph) -> None:
    assert chains(graph.paths("article:i00", "province:aaa")) == []
    found = graph.paths("article:i00", "province:aaa", PathOptions(predicates=("MENTIONS",)))
    edge = found["paths"][0]["steps"][0]["edges"][0]
    assert (edge["predicate"], edge["status"], edge["statements"], edge.get("lines")) == (
        "MENTIONS",
        None,
        None,
        [1, 2],
    )


def test_node_types_can_be_excluded_but_endpoints_never_are(graph: Graph) -> None:
    found = graph.paths("province:ddd", "province:eee", PathOptions(excluded_types=("Policy",)))
    assert (chains(found), found["avoided_hubs"], found["through_hubs"]) == ([], [], None)
    assert chains(graph.paths("province:ddd", POLICY, PathOptions(excluded_types=("Policy",))))[0] == [
        "province:ddd",
        POLICY,
    ]


# hubs


def land() -> Release:
    """Three actors connected only through a country, two of them also through a club."""
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity(LAND, "Place", "Land", kind="country")
    made.entity(CLUB, "Organisation", "Club", kind="club")
    for slug in ("one", "two", "three"):
        key = made.entity(f"organisation:{slug}", "Organisation", slug)
        made.relate(key, "LOCATED_IN", LAND, "existing")
    made.relate("organisation:one", "PART_OF", CLUB, "planned")
    made.relate("organisation:two", "PART_OF", CLUB, "planned")
    return merge(made.facts(), schema())


def test_no_path_leads_through_a_country_unless_requested(engine: Engine) -> None:
    graph = load_graph(engine, land())
    found = graph.paths("organisation:one", "organisation:two")
    assert chains(found) == [["organisation:one", CLUB, "organisation:two"]]
    assert found["avoided_hubs"] == [{"id": LAND, "type": "Place", "name": "Land", "status": None}]
    assert found["through_hubs"] is None
    asked = graph.paths("organisation:one", "organisation:two", PathOptions(allow_hubs=True))
    assert chains(asked) == [
        ["organisation:one", LAND, "organisation:two"],
        ["organisation:one", CLUB, "organisation:two"],
    ]
    assert asked["avoided_hubs"] == []
    assert {entity["id"] for entity in asked["entities"] if entity["hub"]} == {LAND}


def test_a_hub_through_which_no_path_could_lead_is_not_reported(engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity(LAND, "Place", "Land", kind="country")
    made.entity(CLUB, "Organisation", "Club", kind="club")
    for slug in ("one", "two"):
        made.relate(made.entity(f"organisation:{slug}", "Organisation", slug), "PART_OF", CLUB, "existing")
    made.relate("organisation:one", "LOCATED_IN", LAND, "existing")
    for number in range(5):  # the search continues from the end with fewer edges, where the country is
        made.relate("organisation:two", "SUPPORTS", made.entity(f"fund:{number}", "Fund", "f"), "existing")
    found = load_graph(engine, merge(made.facts(), schema())).paths("organisation:one", "organisation:two")
    assert chains(found) == [["organisation:one", CLUB, "organisation:two"]]
    assert found["avoided_hubs"] == []


def test_a_path_through_a_hub_is_offered_when_there_is_no_other(engine: Engine) -> None:
    graph = load_graph(engine, land())
    found = graph.paths("organisation:one", "organisation:three")
    assert found["paths"] == []
    assert found["through_hubs"] == {"steps": 2, "hubs": [LAND]}
    assert [hub["name"] for hub in found["avoided_hubs"]] == ["Land"]


def test_an_endpoint_may_be_a_hub(engine: Engine) -> None:
    graph = load_graph(engine, land())
    for start, end in ((CLUB, LAND), (LAND, CLUB)):
        found = graph.paths(start, end)
        assert len(found["paths"]) == 2
        assert (found["avoided_hubs"], found["through_hubs"]) == ([], None)


def release_of(entities: Sequence[Entity], edges: Sequence[Edge]) -> Release:
    """A release with only entities and edges."""
    return dataclasses.replace(
        merge(Builder().facts(), schema()),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        edges=tuple(sorted(edges, key=lambda edge: edge.id)),
    )


def actor(key: str) -> Entity:
    return Entity(key, "Organisation", ("Entity", "Organisation"), key, ())


def edge_between(subject: str, predicate: str, target: str, status: str = "existing") -> Edge:
    return Edge(subject, predicate, target, status, "stated", None, (), 1, 1)


def test_the_firmest_of_several_edges_is_the_one_that_counts(engine: Engine) -> None:
    one, two, firm, weak = (f"organisation:{slug}" for slug in ("one", "two", "z-firm", "a-weak"))
    edges = [edge_between(end, "PARTNERS_WITH", firm) for end in (one, two)]
    edges += [edge_between(end, "SUPPORTS", firm, "proposed") for end in (one, two)]
    edges += [edge_between(end, "PARTNERS_WITH", weak, "planned") for end in (one, two)]
    graph = load_graph(engine, release_of([actor(key) for key in (one, two, firm, weak)], edges))
    assert chains(graph.paths(one, two)) == [[one, firm, two], [one, weak, two]]


def star(members: int) -> Release:
    """A club with many members; the first and the third are also connected through the second."""
    ids = [f"organisation:m{number:03}" for number in range(members)]
    edges = [edge_between(key, "PART_OF", CLUB) for key in ids]
    edges += [edge_between(ids[number], "PARTNERS_WITH", ids[number + 1], "planned") for number in range(2)]
    return release_of([actor(key) for key in (CLUB, *ids)], edges)


@pytest.mark.parametrize(("extra_members", "is_hub"), [(-1, False), (0, False), (1, True), (70, True)])
def test_an_entity_with_many_edges_is_a_hub(engine: Engine, extra_members: int, is_hub: bool) -> None:
    graph = load_graph(engine, star(paths.HUB_EDGES + extra_members))
    found = graph.paths("organisation:m000", "organisation:m002", PathOptions(k=1))
    between = "organisation:m001" if is_hub else CLUB
    assert chains(found) == [["organisation:m000", between, "organisation:m002"]]
    assert [hub["id"] for hub in found["avoided_hubs"]] == ([CLUB] if is_hub else [])
    assert found["search_extent"]["hub_edges"] == paths.HUB_EDGES


def test_in_a_dense_graph_many_edges_do_not_make_a_hub(engine: Engine) -> None:
    made = dense(70, 60)
    found = load_graph(engine, made).paths("organisation:m000", "organisation:m001", PathOptions(k=3))
    assert len(found["paths"]) == 3
    assert (
        found["search_extent"]["hub_edges"] == paths.HUB_MEAN_FACTOR * 2 * len(made.edges) // 70 > 70 > paths.HUB_EDGES
    )
    assert found["avoided_hubs"] == []


def dense(count: int, mean: int) -> Release:
    """Entities with many random edges between them."""
    by_chance = random.Random(57)
    ids = [f"organisation:m{number:03}" for number in range(count)]
    pairs = {tuple(sorted(by_chance.sample(ids, 2))) for _ in range(count * mean // 2)}
    return release_of([actor(key) for key in ids], [edge_between(one, "PARTNERS_WITH", two) for one, two in pairs])


# bounds


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (PathOptions(k=0), "k: found 0; expected a whole number from 1 to 20"),
        (PathOptions(k=21), "k: found 21"),
        (PathOptions(max_steps=9), "steps: found 9; expected a whole number from 1 to 8"),
        (PathOptions(statuses=("plant",)), "status: found 'plant'; expected .*did you mean past or planned"),
        (PathOptions(predicates=("FUND",)), "predicate: found 'FUND'; expected .*did you mean FUNDS"),
        (PathOptions(excluded_types=("Sektor",)), "exclude_types: found 'Sektor'; expected .*did you mean Sector"),
    ],
)
def test_options_are_bounded(graph: Graph, options: PathOptions, message: str) -> None:
    with pytest.raises(BadParameter, match=message):
        graph.paths("province:aaa", "province:bbb", options)


def test_the_endpoints_must_be_two_existing_entities(graph: Graph) -> None:
    with pytest.raises(BadParameter, match="found 'province:aaa' twice; expected two entities that differ"):
        graph.paths("province:aaa", "province:aaa")
    with pytest.raises(NotFound, match="there is no entity 'province:aab'; nearest: province:aaa"):
        graph.paths("province:aab", "province:bbb")
    with pytest.raises(NotFound, match="province:zzz"):
        graph.paths("province:bbb", "province:zzz")
    with pytest.raises(MergedId) as moved:
        graph.paths("province:bbb", "province:old-aaa")
    assert (moved.value.old_id, moved.value.new_id) == ("province:old-aaa", "province:aaa")
    with pytest.raises(RemovedId):
        graph.paths("province:never", "province:bbb")


def test_the_answer_reports_the_extent_of_the_search(graph: Graph) -> None:
    near = graph.paths("province:aaa", "province:bbb", PathOptions(k=1))["search_extent"]
    assert near == {
        "steps": 1, "max_steps": 6, "entities": near["entities"], "edges": near["edges"], "hub_edges": paths.HUB_EDGES,
        "stop_reason": None,
    }  # fmt: skip
    assert 0 < near["edges"] < len(release().edges)
    far = graph.paths("province:aaa", "article:i01")
    assert far["paths"] == []
    assert far["search_extent"]["steps"] == 6


def find_with_clock(graph: Graph, options: PathOptions, clock_reads: int) -> Callable[[str, str], PathsAnswer]:
    """Return a path search whose clock stands still for `clock_reads` reads and then jumps by an hour."""
    ticks = chain([0.0] * clock_reads, repeat(3600.0))
    made = PathFinder(graph.engine, graph.schema, options, graph.release()["counts"], lambda: next(ticks))

    def find(start: str, end: str) -> PathsAnswer:
        ends = made.endpoints((start, end))
        return made.paths_between(ends[start], ends[end])

    return find


def test_the_search_stops_at_its_deadline_and_reports_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "GUARANTEED_EDGES", 0)
    graph = load_graph(engine, dense(120, 8))
    ends, asked = ("organisation:m000", "organisation:m001"), PathOptions(k=20)
    found = [find_with_clock(graph, asked, looks)(*ends)["search_extent"] for looks in range(1, 40)]
    stopped = [one["stop_reason"] for one in found]
    early = stopped.index(None)
    assert stopped == ["time"] * early + [None] * (len(found) - early)
    assert [one["edges"] for one in found] == sorted(one["edges"] for one in found)
    assert early > 3
    assert found[0]["edges"] == 0 < found[early - 1]["edges"] <= found[-1]["edges"]


def test_a_small_graph_is_searched_completely_even_on_a_busy_machine(graph: Graph) -> None:
    found = find_with_clock(graph, PathOptions(), 1)("province:aaa", "province:fff")
    assert found["search_extent"]["stop_reason"] is None
    assert chains(found) == every_chain(release(), "province:aaa", "province:fff", 6)[:5]


def test_unvisited_entities_are_on_no_path_after_a_timeout(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "GUARANTEED_EDGES", 0)
    graph = load_graph(engine, land())
    ends = ("organisation:one", "organisation:two")
    found = [find_with_clock(graph, PathOptions(), looks)(*ends) for looks in range(1, 30)]
    assert all(LAND not in {entity["id"] for entity in one["entities"]} for one in found)
    assert chains(found[0]) == []
    assert chains(found[-1]) == [["organisation:one", CLUB, "organisation:two"]]


def test_edges_beyond_the_read_limit_are_not_read(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = load_graph(engine, dense(200, 10))
    whole = graph.paths("organisation:m000", "organisation:m001", PathOptions(k=20))
    monkeypatch.setattr(walk, "MAX_EDGES", 60)
    part = graph.paths("organisation:m000", "organisation:m001", PathOptions(k=20))
    again = graph.paths("organisation:m000", "organisation:m001", PathOptions(k=20))
    assert part == again
    assert whole["search_extent"]["stop_reason"] is None
    assert part["search_extent"]["stop_reason"] == "edges"
    assert part["search_extent"]["edges"] < whole["search_extent"]["edges"]


def test_an_endpoint_over_the_read_limit_is_reached_from_the_other_side(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, far = star(90), "organisation:far"
    graph = load_graph(
        engine,
        release_of([*made.entities, actor(far)], [*made.edges, edge_between("organisation:m000", "SUPPORTS", far)]),
    )
    monkeypatch.setattr(walk, "MAX_EDGES", 80)
    found = graph.paths(CLUB, far, PathOptions(k=1))
    assert chains(found) == [[CLUB, "organisation:m000", far]]
    assert found["search_extent"]["stop_reason"] is None
    assert len(graph.paths(CLUB, far, PathOptions(k=9))["paths"]) == 3


def test_a_hostile_name_is_escaped(graph: Graph) -> None:
    found = graph.paths("organisation:uuu", "province:uuu", PathOptions(k=1))
    assert found["from"]["name"] == HOSTILE
    for word in ("'; DROP", "}) RETURN 1 //", "\u202eabc", "😀"):
        with pytest.raises(NotFound):
            graph.paths(word, "province:uuu")
