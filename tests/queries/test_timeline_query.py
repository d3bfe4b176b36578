"""The query `timeline`, of one entity or of everything."""

from collections.abc import Mapping

import pytest

from tests.support.invented_graph import load_graph
from tests.support.worlds import evidence as world
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.reader.reader import Graph


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, world.release())


def test_a_timeline_is_in_order_with_the_source_of_each_date(graph: Graph) -> None:
    rows = graph.query("timeline", {"entity": world.FIRST_PROVINCE})["rows"]
    starts = [row["date"].partition("/")[0] for row in rows]
    assert starts == sorted(starts)
    assert [(row["date"], row["date_source"], row["predicate"]) for row in rows][:5] == [
        ("2021/2025", "period", "startups"),
        ("2025-01-05", "article", "IMPLEMENTS"),
        ("2025-02", "sentence", "IMPLEMENTS"),
        ("2025-05", "event", "date"),
        ("2025-07-01", "act", "MERGED_INTO"),
    ]


@pytest.mark.parametrize(
    ("parameters", "dates"),
    [
        ({"exclude_article_dates": "true"}, ["2021/2025", "2025-02", "2025-05", "2025-07-01"]),
        ({"exclude_article_dates": "true", "from_date": "2025-03"}, ["2025-05", "2025-07-01"]),
        ({"exclude_article_dates": "true", "to_date": "2025-02"}, ["2021/2025", "2025-02"]),
        ({"from_date": "2025-01-01", "to_date": "2025-01-31"}, ["2025-01-05"]),
        ({"from_date": "2027"}, []),
    ],
)
def test_a_timeline_can_be_limited_by_date(graph: Graph, parameters: Mapping[str, str], dates: list[str]) -> None:
    assert [
        row["date"] for row in graph.query("timeline", {"entity": world.FIRST_PROVINCE, **parameters})["rows"]
    ] == dates


def test_the_complete_timeline_contains_that_of_each_entity(graph: Graph) -> None:
    whole = graph.query("timeline", {})["rows"]
    own = graph.query("timeline", {"entity": world.FIRST_PROVINCE})["rows"]
    told = {key for row in whole for key in row["statements"]}
    assert {key for row in own for key in row["statements"]} <= told
    assert len(whole) > len(own)
    assert [row["date"] for row in whole if row["kind"] == "event"] == ["2025-05", "2026"]


@pytest.mark.parametrize(
    ("parameters", "kinds"),
    [
        ({"kind": "event", "entity": world.FIRST_PROVINCE}, {"event"}),
        ({"kind": ["measurement", "claim"]}, {"measurement", "claim"}),
        ({"article_dated_kinds": "claim", "kind": ["relation", "measurement", "event"], "type": "Event"}, {"event"}),
        ({"type": "Fund", "kind": "fund_or_centre"}, {"fund_or_centre"}),
        ({"type": "Fund", "exclude_article_dates": "true", "kind": "event"}, set()),
    ],
)
def test_a_timeline_can_be_filtered_by_kind_and_type(
    graph: Graph, parameters: Mapping[str, str], kinds: set[str]
) -> None:
    assert {row["kind"] for row in graph.query("timeline", parameters)["rows"]} == kinds


def test_only_some_kinds_may_use_the_date_of_their_article(graph: Graph) -> None:
    rows = graph.query("timeline", {"article_dated_kinds": "claim"})["rows"]
    assert {row["kind"] for row in rows if row["date_source"] == "article"} == {"claim"}
