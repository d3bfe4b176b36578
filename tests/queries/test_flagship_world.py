"""The contract tests of the queries: the invented graph on every engine, with every interpretation of the flagship."""

import json
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

import pytest

from tests.support.invented_graph import CASES, OTHER_POLICY, POLICY, Builder, load_graph, release
from tests.support.requirements import is_torture
from tests.support.worlds import WORLDS
from tests.support.worlds.flagship import EXISTING_PROVINCES, FLAGSHIP, READINGS, QueryParams
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Disagreement, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings

MAY_LACK_STATEMENTS: frozenset[str] = frozenset(
    {
        "articles_mentioning",
        "connection_check",
        "count_by",
        "former_provinces",
        "names_not_stated",
        "names_of",
        "not_stated",
        "person_offices",
        "provinces_by_fact_count",
        "timeline",
        "who_speaks_for_what",
    }
)
"""Queries whose rows may have no statements, because they report what is not stated."""
FAILED_CONDITIONS = {
    "bbb": [["status_matches"]],
    "ccc": [["kind_matches"]],
    "eee": [["implements"]],
    "hhh": [["status_matches"]],
    "iii": [["implements"]],
    "jjj": [["kind_matches"]],
    "lll": [["status_matches"]],
    "nnn": [["implements"]],
    "ooo": [["status_matches"]],
    "ppp": [["has_fund"]],
    "rrr": [["status_matches"]],
    "sss": [["implements"]],
    "ttt": [["has_fund"]],
    "uuu": [["has_fund"]],
    "vvv": [["status_matches"]],
    "www": [["status_matches"]],
    "xxx": [["implements"]],
}


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def slugs(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [row["province"].removeprefix("province:") for row in rows]


@pytest.mark.parametrize("reading", READINGS)
def test_the_flagship_query_is_right_in_every_interpretation(graph: Graph, reading: str) -> None:
    given, expected = READINGS[reading]
    assert slugs(graph.query(FLAGSHIP, given)["rows"]) == expected


@pytest.mark.parametrize("slug", CASES)
def test_an_answer_is_lost_when_one_condition_changes(graph: Graph, slug: str) -> None:
    answer = graph.query(FLAGSHIP, {})
    assert (slug in slugs(answer["rows"])) == (slug in EXISTING_PROVINCES), CASES[slug]
    fails = [near["fails"] for near in answer["near_misses"] if near["province"] == f"province:{slug}"]
    assert fails == FAILED_CONDITIONS.get(slug, []), CASES[slug]


def test_near_misses_with_fewer_failures_come_first(graph: Graph) -> None:
    near = graph.query(FLAGSHIP, {"fund_status": "approved", "fund_kind": "other"})["near_misses"]
    counts = [len(row["fails"]) for row in near]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] > 2


def test_a_disputed_or_unclear_fund_is_found_only_on_request(graph: Graph) -> None:
    assert slugs(graph.query(FLAGSHIP, {"fund_status": "disputed"})["rows"]) == ["hhh"]
    assert slugs(graph.query(FLAGSHIP, {"fund_status": "unclear"})["rows"]) == ["lll"]


def test_any_implementation_still_needs_a_tie_to_the_policy(graph: Graph) -> None:
    everything = {"implementation": "any", "fund_kind": "any", "fund_status": "any"}
    found = set(slugs(graph.query(FLAGSHIP, everything)["rows"]))
    assert found == set(CASES) - {"iii", "mmm", "nnn", "ppp", "qqq", "sss", "ttt", "uuu", "xxx"}


def test_another_policy_has_other_answers(graph: Graph) -> None:
    assert slugs(graph.query(FLAGSHIP, {"policy": OTHER_POLICY})["rows"]) == ["nnn"]


def test_a_plan_has_its_date_its_alternative_and_whether_it_is_disputed(engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity(POLICY, "Policy", "Nghị quyết", kind="resolution")
    made.entity("province:one", "Province", "One", kind="province")
    made.add_implementation("province:one")
    model = made.entity("model:co", "Model", "Cơ chế", kind="instrument")
    plan = made.relate(
        "province:one", "PLANS", made.fund("one"), "planned", basis="inferred", due="../2030", alternative=(model,)
    )
    other = made.relate("province:one", "PLANS", model, "planned", alternative=("fund:one",))
    readings = (Reading((plan,), "a fund"), Reading((other,), "a mechanism"))
    facts = made.facts(Disagreement("disagreement:what", "definition", ("fund:one",), readings, changes="answer"))
    rows = load_graph(engine, merge(facts, schema())).query(FLAGSHIP, {"fund_status": "planned"})["rows"]
    columns = ("fund", "fund_basis", "due", "alternative", "disputed", "implementation_basis")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("fund:one", "inferred", "../2030", [model], True, "stated")
    ]


def test_an_abolished_province_is_no_answer_and_no_near_miss(graph: Graph) -> None:
    everything = {"implementation": "any", "fund_kind": "any", "fund_status": "any"}
    answer = graph.query(FLAGSHIP, everything)
    assert "mmm" not in slugs([*answer["rows"], *answer["near_misses"]])
    assert "mmm" not in slugs(graph.query("provinces_by_policy", {})["rows"])


def test_a_fund_that_two_actors_run_is_one_row_with_both(graph: Graph) -> None:
    rows = [row for row in graph.query(FLAGSHIP, {})["rows"] if row["province"] == "province:kkk"]
    assert [row["fund_actors"] for row in rows] == [["agency:so-kkk", "province:kkk"]]


def test_two_funds_of_a_province_are_an_answer_and_a_near_miss(graph: Graph) -> None:
    answer = graph.query(FLAGSHIP, {})
    assert [row["fund"] for row in answer["rows"] if row["province"] == "province:jjj"] == ["fund:jjj-vc"]
    assert [row["fund"] for row in answer["near_misses"] if row["province"] == "province:jjj"] == ["fund:jjj-st"]


def test_the_evidence_of_a_row_is_that_of_its_edges(graph: Graph) -> None:
    behind = {edge.id: list(edge.statements) for edge in release().edges}
    for row in graph.query(FLAGSHIP, {})["rows"]:
        edges = [f"{row['province']} IMPLEMENTS {POLICY}", *(f"{a} HAS {row['fund']}" for a in row["fund_actors"])]
        assert row["statements"] == [statement for edge in edges for statement in behind[edge]]


def test_ties_that_are_planned_or_disputed_are_near_misses(graph: Graph) -> None:
    near = {row["province"]: row for row in graph.query("provinces_by_policy", {})["near_misses"]}
    assert {province: row["status"] for province, row in near.items()} == {
        "province:eee": "in_progress",
        "province:sss": "planned",
        "province:xxx": "disputed",
    }
    fails = {province.removeprefix("province:"): row["fails"] for province, row in near.items()}
    by_context = ["implements", "implementation_matches"]
    assert fails == {"eee": by_context, "sss": ["implements"], "xxx": ["implements"]}


def test_a_tie_by_context_alone_counts_only_on_request(graph: Graph) -> None:
    for implementation in ("context", "any"):
        rows = graph.query("provinces_by_policy", {"implementation": implementation})["rows"]
        assert "eee" in slugs(rows)
        assert "eee" in slugs(graph.query(FLAGSHIP, {"implementation": implementation})["rows"])
    assert slugs(graph.query("provinces_by_policy", {"implementation": "context"})["rows"]) == ["eee"]


def test_funds_of_the_right_kind_and_another_status_are_near_misses(graph: Graph) -> None:
    answer = graph.query("funds_by_kind_and_status", {"fund_kind": "st_development", "fund_status": "existing"})
    assert [row["fund"] for row in answer["rows"]] == ["fund:ccc-st", "fund:jjj-st"]
    assert ["status_matches"] not in [row["fails"] for row in answer["near_misses"]]
    assert ["kind_matches"] in [row["fails"] for row in answer["near_misses"]]


def test_deputies_and_former_heads_are_shown_only_without_a_known_head(graph: Graph) -> None:
    answer = graph.query("agency_heads", {})
    assert [(row["agency"], row["person"]) for row in answer["rows"]] == [("agency:so-fff", "person:nguoi-dau")]
    assert [(row["agency"], row["fails"]) for row in answer["near_misses"]] == [
        ("agency:so-ggg", ["heads_agency"]),
        ("agency:so-kkk", ["in_office"]),
    ]


def test_actors_of_a_province_show_how_they_belong(graph: Graph) -> None:
    answer = graph.query("province_actors", {"province": "province:fff"})
    assert [(row["actor"], row["steps"], row["intermediate_entities"]) for row in answer["rows"]] == [
        ("agency:so-fff", ["PART_OF"], []),
        ("fund:fff-vc", ["HAS", "PART_OF"], ["agency:so-fff"]),
        ("person:nguoi-dau", ["HOLDS_ROLE", "PART_OF"], ["agency:so-fff"]),
        ("person:nguoi-pho", ["HOLDS_ROLE", "PART_OF"], ["agency:so-fff"]),
    ]
    planned = answer["near_misses"]
    assert [(row["actor"], row["statuses"], row["fails"]) for row in planned] == [
        ("centre:fff", ["planned", "existing"], ["in_force"])
    ]


def test_actors_can_be_filtered_by_type(graph: Graph) -> None:
    answer = graph.query("province_actors", {"province": "province:ggg", "actor_type": "Fund"})
    assert [row["intermediate_entities"] for row in answer["rows"]] == [["agency:ban-ggg", "agency:so-ggg"]]


def test_statements_of_an_article_are_complete_and_in_order(graph: Graph) -> None:
    rows = graph.query("article_statements", {"article": "article:i00"})["rows"]
    told = [s for s in release().statements if s.passage and s.passage.article == "article:i00"]
    assert len(rows) == len(told)
    assert [row["line"] for row in rows] == sorted(row["line"] for row in rows)
    assert {row["kind"] for row in rows} == {"relation", "measurement", "claim"}


CALLS = [(world, name, params) for world in WORLDS for name, params in world.CALLS]
NAMES = [f"{world.__name__.rpartition('.')[2]}-{name}-{number}" for number, (world, name, _) in enumerate(CALLS)]


@pytest.mark.parametrize(("world", "name", "parameters"), CALLS, ids=NAMES)
def test_columns_are_as_declared_and_rows_have_their_evidence(
    embedded_engine: Engine, world: ModuleType, name: str, parameters: QueryParams
) -> None:
    made: Release = world.release()
    known = {statement.id for statement in made.statements}
    query = catalogue()[name]
    answer = load_graph(embedded_engine, made).query(name, parameters)
    rows = [*answer["rows"], *answer["near_misses"]]
    assert rows
    for row in rows:
        assert [column for column in row if column != "fails"] == list(query.returns)
        if "statements" in row:
            assert set(row["statements"]) <= known
            assert len(set(row["statements"])) == len(row["statements"])
            assert row["statements"] or name in MAY_LACK_STATEMENTS


@pytest.mark.parametrize("query", catalogue())
def test_every_query_is_called(query: str) -> None:
    if query not in {name for _, name, _ in CALLS}:
        pytest.skip(f"only the `expect` of {query} is tested; a call in tests/support/worlds would test more")


@pytest.fixture(scope="module")
def both_engines(embedded_settings: Settings, neo4j_settings: Settings) -> Iterator[tuple[Engine, Engine]]:
    with Engine.open(embedded_settings) as embedded, Engine.open(neo4j_settings) as neo4j:
        yield embedded, neo4j


@pytest.mark.torture
@pytest.mark.parametrize(("world", "name"), {(world, name): None for world, name, _ in CALLS})
def test_the_engines_give_the_same_bytes(both_engines: tuple[Engine, Engine], world: ModuleType, name: str) -> None:
    """The call with the most parameters; with `VNKG_TORTURE` all: Neo4j takes long to plan each combination of them."""
    calls = sorted((params for called, params in world.CALLS if called == name), key=len, reverse=True)
    embedded, neo4j = (load_graph(engine, world.release()) for engine in both_engines)
    for parameters in calls if is_torture() else calls[:1]:
        answers = [json.dumps(graph.query(name, parameters), ensure_ascii=False) for graph in (embedded, neo4j)]
        assert answers[0] == answers[1], parameters


def test_on_a_historical_map_a_merged_unit_counts_for_its_successor(graph: Graph) -> None:
    def funds(**parameters: str) -> list[tuple[str, str]]:
        rows = graph.query(FLAGSHIP, parameters)["rows"]
        return [(row["province"], row["fund"]) for row in rows if row["fund"] in ("fund:aaa-vc", "fund:mmm-vc")]

    assert funds() == [("province:aaa", "fund:aaa-vc")]
    assert funds(as_of="2025-07-01") == [("province:aaa", "fund:aaa-vc"), ("province:aaa", "fund:mmm-vc")]
    assert funds(as_of="2025-06-30") == [("province:aaa", "fund:aaa-vc"), ("province:mmm", "fund:mmm-vc")]


def test_a_tie_on_a_historical_map_names_the_original_unit(graph: Graph) -> None:
    def ties(**parameters: str) -> list[tuple[str, str | None]]:
        rows = graph.query("provinces_by_policy", parameters)["rows"]
        return [(r["province"], r["reported_as"]) for r in rows if r["province"] in ("province:aaa", "province:mmm")]

    assert ties() == [("province:aaa", None)]
    assert ties(as_of="2025-07") == ties(as_of="2025") == ties(as_of="2026-01-01")
    assert ties(as_of="2025-06") == ties(as_of="2024") == ties(as_of="2025-01-01")
    assert ties(as_of="2026-01-01") == [("province:aaa", None), ("province:aaa", "province:mmm")]
    assert ties(as_of="2025-01-01") == [("province:aaa", None), ("province:mmm", None)]


def test_actors_of_a_merged_unit_belong_to_its_successor(graph: Graph) -> None:
    def funds(province: str, **parameters: str) -> list[tuple[str, str | None]]:
        rows = graph.query("province_actors", {"province": province, "actor_type": "Fund", **parameters})["rows"]
        return [(row["actor"], row["reported_as"]) for row in rows]

    assert funds("province:aaa") == [("fund:aaa-vc", None)]
    assert funds("province:aaa", as_of="2025-06-30") == [("fund:aaa-vc", None)]
    assert funds("province:aaa", as_of="2025-07-01") == funds("province:aaa", as_of="2025-12-01")
    assert funds("province:aaa", as_of="2025-12-01") == [("fund:aaa-vc", None), ("fund:mmm-vc", "province:mmm")]
    assert funds("province:mmm", as_of="2025-12-01") == [("fund:mmm-vc", None)]
