"""What the options of a path search allow, and which edges a step lists."""

import pytest

from tests.support.invented_graph import Builder, load_graph
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.k_shortest import MAX_STEPS, EdgeWeights
from vnkg.graph.reader.objects import Paths
from vnkg.graph.reader.paths import HUB_EDGES, MAX_PATHS, PathOptions
from vnkg.graph.reader.reader import Graph

START, MIDDLE, END = "organisation:start", "organisation:middle", "organisation:end"
PLAN, FIRST_LAND, SECOND_LAND = "policy:plan", "place:first", "place:second"


@pytest.fixture(scope="module")
def release() -> Release:
    """Two organisations connected through a third by several edges, through a plan, and in a chain; two countries."""
    built = Builder()
    built.article("i00", "2025-10-19")
    for slug in ("start", "middle", "end", "far", "aside"):
        built.entity(f"organisation:{slug}", "Organisation", slug)
    built.entity(PLAN, "Policy", "Plan", kind="plan")
    for land in (FIRST_LAND, SECOND_LAND):
        built.entity(land, "Place", land, kind="country")
    built.relate(START, "PARTNERS_WITH", MIDDLE, "planned")
    built.relate(MIDDLE, "SUPPORTS", START, "existing", basis="inferred")
    built.relate(START, "PART_OF", MIDDLE, "existing")
    built.relate(MIDDLE, "SUPPORTS", END, "past")
    for end in (START, END):
        built.relate(end, "PART_OF", PLAN, "existing")
    built.relate("organisation:far", "LOCATED_IN", FIRST_LAND, "existing")
    built.relate("organisation:aside", "LOCATED_IN", FIRST_LAND, "existing")
    built.relate("organisation:aside", "LOCATED_IN", SECOND_LAND, "existing")
    built.relate(END, "LOCATED_IN", SECOND_LAND, "existing")
    return merge(built.facts(), schema())


@pytest.fixture
def graph(engine: Engine, release: Release) -> Graph:
    return load_graph(engine, release)


def chains(answer: Paths) -> list[list[str]]:
    return [[path["steps"][0]["from"], *(step["to"] for step in path["steps"])] for path in answer["paths"]]


def edges(answer: Paths) -> list[str]:
    """Type and direction of each edge of the first step."""
    return [f"{edge['predicate']} {edge['direction']}" for edge in answer["paths"][0]["steps"][0]["edges"]]


def test_options_are_read_from_lists_with_spaces_and_repetitions() -> None:
    read = PathOptions.from_lists(3, 4, True, " existing, planned,existing,", "PART_OF", "Policy, Place")
    assert read == PathOptions(3, 4, True, ("existing", "planned"), ("PART_OF",), ("Policy", "Place"))
    assert PathOptions.from_lists(5, 6, False, None, "", " , ") == PathOptions()


def test_the_maxima_are_allowed() -> None:
    PathOptions(k=MAX_PATHS, max_steps=MAX_STEPS).check(schema())
    PathOptions(k=1, max_steps=1).check(schema())


def test_a_step_lists_the_edges_that_fit_the_filters(graph: Graph) -> None:
    assert edges(graph.paths(START, MIDDLE)) == ["PART_OF out", "SUPPORTS in", "PARTNERS_WITH in"]
    assert edges(graph.paths(MIDDLE, START)) == ["PART_OF in", "SUPPORTS out", "PARTNERS_WITH out"]
    assert edges(graph.paths(START, MIDDLE, PathOptions(statuses=("planned",)))) == ["PARTNERS_WITH in"]
    assert edges(graph.paths(START, MIDDLE, PathOptions(statuses=("existing",)))) == ["PART_OF out", "SUPPORTS in"]
    assert edges(graph.paths(START, MIDDLE, PathOptions(predicates=("SUPPORTS",)))) == ["SUPPORTS in"]


def test_paths_have_at_most_the_steps_that_were_asked_for(graph: Graph) -> None:
    both = [[START, PLAN, END], [START, MIDDLE, END]]
    assert chains(graph.paths(START, END)) == both
    assert chains(graph.paths(START, END, PathOptions(max_steps=2, k=1))) == both[:1]
    none = graph.paths(START, END, PathOptions(max_steps=1))
    assert (none["paths"], none["search_extent"]["steps"], none["search_extent"]["max_steps"]) == ([], 1, 1)
    assert chains(graph.paths(START, END, PathOptions(excluded_types=("Policy",)))) == both[1:]
    assert chains(graph.paths(START, END, PathOptions(statuses=("existing", "planned")))) == both[:1]


def test_an_answer_has_all_statements_of_its_edges_and_no_hubs_beside_its_paths(graph: Graph) -> None:
    answer = graph.paths(START, END)
    of_edges = {
        key
        for path in answer["paths"]
        for step in path["steps"]
        for edge in step["edges"]
        for key in edge["statements"] or ()
    }
    assert [item["id"] for item in answer["statements"]] == sorted(of_edges)
    assert len(of_edges) == 6
    assert answer["through_hubs"] is None
    assert answer["search_extent"] == {
        "steps": 6, "max_steps": 6, "entities": 5, "edges": 7, "hub_edges": HUB_EDGES, "stop_reason": None,
    }  # fmt: skip


def test_all_hubs_of_a_path_through_hubs_are_named(graph: Graph) -> None:
    found = graph.paths("organisation:far", START)
    assert (found["paths"], found["through_hubs"]) == ([], {"steps": 6, "hubs": [FIRST_LAND, SECOND_LAND]})
    assert {hub["id"] for hub in found["avoided_hubs"]} <= {FIRST_LAND, SECOND_LAND}
    assert graph.paths("organisation:far", START, PathOptions(max_steps=5))["through_hubs"] is None
    few = graph.paths("organisation:far", "organisation:aside", PathOptions(k=3, allow_hubs=True))
    assert (chains(few), few["through_hubs"]) == ([["organisation:far", FIRST_LAND, "organisation:aside"]], None)
    one_path = graph.paths(MIDDLE, END, PathOptions(k=1))
    assert (len(one_path["paths"]), one_path["through_hubs"]) == (1, None)
    to_hub = graph.paths(SECOND_LAND, "organisation:far")
    assert to_hub["through_hubs"] == {"steps": 3, "hubs": [FIRST_LAND]}


def test_more_than_nine_origins_make_no_difference() -> None:
    weights = EdgeWeights(schema())
    nine, ten, many = (weights.weight("existing", "stated", origins) for origins in (9, 10, 40))
    assert nine == ten == many < weights.weight("existing", "stated", 8)
