"""The query for names that articles do not state."""

import pytest

from tests.support.invented_graph import load_graph
from tests.support.worlds import names as world
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.reader.reader import Graph


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, world.release())


def test_an_unnamed_facility_has_its_place_and_operator(graph: Graph) -> None:
    rows = {row["entity"]: row for row in graph.query("names_not_stated", {})["rows"]}
    assert list(rows) == ["centre:once", "centre:ours", "fund:ours"]
    assert rows["centre:ours"]["answer"] == "not stated in the 2 articles that speak of it"
    assert rows["centre:once"]["answer"] == "not stated in the 1 article that speaks of it"
    assert rows["centre:ours"]["places"] == ["place:town", "province:aaa"]
    assert rows["fund:ours"]["actors"] == ["province:aaa"]
    assert len(rows["centre:ours"]["statements"]) == 3


def test_a_named_or_unrecorded_facility_is_a_near_miss(graph: Graph) -> None:
    near = graph.query("names_not_stated", {})["near_misses"]
    assert [(row["entity"], row["answer"], row["fails"]) for row in near] == [
        ("centre:named", "stated", ["name_not_stated"]),
        ("centre:open", "not recorded", ["name_not_stated"]),
        ("centre:silent", "no article speaks of it", ["is_mentioned"]),
    ]
