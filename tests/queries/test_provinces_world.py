"""The queries about what provinces have, plan, share and lack, on a world that varies one condition at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.support.invented_graph import Builder, load_graph
from tests.support.worlds import provinces
from tests.support.worlds.provinces import ANY_CENTRE, FORMER, TODAY
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, provinces.release())


def pick(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    """Return these columns of the rows, with ids without their prefix."""
    return [tuple(_slug(row[column]) for column in columns) for row in rows]


def _slug(value: Any) -> Any:
    return value.partition(":")[2] or value if isinstance(value, str) else value


def all_rows(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*answer["rows"], *answer["near_misses"]]


def matrix(graph: Graph) -> dict[str, Mapping[str, Any]]:
    return {_slug(row["province"]): row for row in graph.query("instrument_matrix", {})["rows"]}


def test_the_matrix_has_a_row_for_each_current_province_with_items(graph: Graph) -> None:
    assert list(matrix(graph)) == ["anh", "binh", "chau", "dan", "em"]


def test_a_matrix_cell_lists_items_by_status_from_existing_to_proposed(graph: Graph) -> None:
    anh = matrix(graph)["anh"]
    assert anh["vc_fund"] == ["existing", "considered"]
    assert anh["vc_fund_items"] == ["fund:anh-vc", "fund:anh-second-vc"]
    assert anh["vc_fund_basis"] == ["stated", "stated"], "the firmer of two tellings"
    assert (anh["st_fund"], anh["st_fund_basis"]) == (["in_progress"], ["context"])
    assert (anh["innovation_centre"], anh["plan_items"]) == (["existing", "planned"], ["policy:plan-anh"])


def test_a_matrix_cell_without_statements_is_null(graph: Graph) -> None:
    em = matrix(graph)["em"]
    told = {name for name, value in em.items() if value is not None}
    assert told == {
        "province", "province_name", "resolution_57", "resolution_57_basis", "resolution_57_due", "resolution_57_items",
        "resolution_57_implementation", "implements", "disputed", "statements",
    }  # fmt: skip
    assert (em["resolution_57"], em["resolution_57_basis"]) == (["in_progress"], ["context"])


def test_the_matrix_shows_disputed_unclear_and_past_statuses(graph: Graph) -> None:
    rows = matrix(graph)
    chau = rows["chau"]
    assert [chau[name] for name in ("resolution_57", "vc_fund", "innovation_centre", "sandbox")] == [["disputed"]] * 4
    assert chau["startup_fund"] == ["past"]
    assert (rows["dan"]["innovation_centre"], rows["dan"]["sandbox"]) == (["unclear"], ["unclear"])
    assert rows["dan"]["vc_fund"] is None, "its department left the province"


def test_the_matrix_counts_centres_that_others_run_in_the_province(graph: Graph) -> None:
    binh = matrix(graph)["binh"]
    assert (binh["innovation_centre"], binh["innovation_centre_items"]) == (["existing"], ["centre:binh-campus"])
    assert binh["startup_centre"] == ["planned"], "the centre exists, its place in the province does not"


def test_a_plan_a_province_only_implements_is_not_its_own(graph: Graph) -> None:
    assert matrix(graph)["em"]["plan"] is None
    assert matrix(graph)["binh"]["plan"] == ["approved"]


def test_common_ground_excludes_things_that_do_not_exist_in_both(graph: Graph) -> None:
    answer = graph.query("common_ground", {"entity_a": "province:anh", "entity_b": "province:binh"})
    assert pick(answer["rows"], "shared_entity", "a_status", "b_status") == [("park", "existing", "in_progress")]
    assert pick(answer["near_misses"], "shared_entity", "b_status", "same_predicate") == [
        ("sandbox", "proposed", False),
        ("57-nq-tw", "planned", True),
        ("tea", "planned", True),
    ]
    assert all(row["fails"] == ["b_status_matches"] for row in answer["near_misses"])


def test_common_ground_is_symmetric(graph: Graph) -> None:
    there = graph.query("common_ground", {"entity_a": "province:anh", "entity_b": "province:chau", "status": "any"})[
        "rows"
    ]
    back = graph.query("common_ground", {"entity_a": "province:chau", "entity_b": "province:anh", "status": "any"})[
        "rows"
    ]
    assert pick(there, "shared_entity", "a_predicate", "b_status") == pick(
        back, "shared_entity", "b_predicate", "a_status"
    )
    assert len(there) == 4


def test_each_tie_to_a_shared_thing_is_a_separate_row(graph: Graph) -> None:
    answer = graph.query("common_ground", {"entity_a": "province:em", "entity_b": "province:anh"})
    assert pick(all_rows(answer), "shared_entity", "a_predicate", "b_predicate", "b_status_matches") == [
        ("57-nq-tw", "IMPLEMENTS", "IMPLEMENTS", True),
        ("decision-anh", "IMPLEMENTS", "ISSUED", True),
        ("decision-anh", "IMPLEMENTS", "PROPOSES", False),
    ]


def test_one_predicate_in_opposite_directions_is_not_the_same(engine: Engine) -> None:
    answer = load_graph(engine).query("common_ground", {"entity_a": "agency:ban-ggg", "entity_b": "province:ggg"})
    assert pick(all_rows(answer), "shared_entity", "a_predicate", "b_predicate", "same_predicate") == [
        ("so-ggg", "PART_OF", "PART_OF", False)
    ]


def test_an_entity_has_no_common_ground_with_itself(graph: Graph) -> None:
    assert (
        all_rows(
            graph.query("common_ground", {"entity_a": "province:anh", "entity_b": "province:anh", "status": "any"})
        )
        == []
    )


def test_plans_are_the_open_ones_of_the_province_and_its_agencies(graph: Graph) -> None:
    answer = graph.query("province_plans", {"province": "province:anh"})
    assert pick(answer["rows"], "actor", "predicate", "object", "status") == [
        ("so-anh", "PLANS", "anh-second-vc", "considered"),
        ("anh", "PLANS", "anh-new", "planned"),
        ("anh", "PLANS", "nameless", "planned"),
        ("anh", "PRIORITISES", "sea", "planned"),
        ("anh", "SUPPORTS", "firm", "planned"),
    ]
    assert pick(answer["near_misses"], "actor", "object") == [("firm", "shared"), ("anh", "decision-anh")]
    assert [row["fails"] for row in answer["near_misses"]] == [["by_province"], ["not_yet_existing"]]


def test_a_disputed_plan_counts_only_if_no_reading_says_it_exists(graph: Graph) -> None:
    answer = graph.query("province_plans", {"province": "province:chau"})
    assert [(row["object"], row["stated_statuses"]) for row in answer["rows"]] == [
        ("model:sandbox", ["planned", "proposed"])
    ]
    assert pick(answer["near_misses"], "object") == [("chau-hub",), ("chau-vc",)]
    assert all(row["stated_statuses"] == ["existing", "planned"] for row in answer["near_misses"])


@pytest.mark.parametrize(("status", "is_open"), [("planned", True), ("existing", False)])
def test_a_plan_is_open_until_the_document_that_it_is_part_of_is_issued(
    engine: Engine, status: str, is_open: bool
) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity("province:one", "Province", "One", kind="province")
    made.entity("policy:whole", "Policy", "Whole", kind="plan")
    made.entity("policy:part", "Policy", "Part", kind="plan")
    made.relate("province:one", "PLANS", "policy:part", "planned")
    made.relate("policy:part", "PART_OF", "policy:whole", "existing")
    made.relate("province:one", "ISSUED", "policy:whole", status)
    answer = load_graph(engine, merge(made.facts(), schema())).query("province_plans", {"province": "province:one"})
    rows = [row for row in all_rows(answer) if row["predicate"] == "PLANS"]
    assert [(row["object"], row["not_yet_existing"]) for row in rows] == [("policy:part", is_open)]


def test_plans_of_a_former_province_are_not_listed(graph: Graph) -> None:
    assert {row["province"] for row in all_rows(graph.query("province_plans", {}))} == {
        f"province:{slug}" for slug in ("anh", "binh", "chau", "dan")
    }


def test_centres_have_kind_status_and_province(graph: Graph) -> None:
    answer = graph.query("centres_by_status", {"centre_kind": "innovation_centre", "centre_status": "existing"})
    assert pick(answer["rows"], "centre", "province") == [
        ("anh-lab", "anh"),
        ("binh-campus", "binh"),
        ("cuu-hub", None),
    ]
    assert pick(answer["near_misses"], "centre", "centre_status") == [
        ("anh-new", "planned"),
        ("chau-hub", "disputed"),
        ("dan-hub", "unclear"),
        ("nowhere", "unclear"),
    ]
    assert {row["centre_kind"] for row in [*answer["rows"], *answer["near_misses"]]} == {"innovation_centre"}


def test_a_centre_without_a_stated_operator_still_has_its_statements(graph: Graph) -> None:
    rows = [row for row in graph.query("centres_by_status", {})["rows"] if row["centre"] == "centre:nowhere"]
    assert [(row["province"], row["actors"], len(row["statements"])) for row in rows] == [(None, [], 1)]


def test_centres_of_a_province_are_those_it_runs_and_those_located_there(graph: Graph) -> None:
    rows = graph.query("centres_by_status", {"province": "province:binh"})["rows"]
    assert pick(rows, "centre", "centre_status") == [("binh-campus", "existing"), ("binh-moving", "planned")]
    assert [row["actors"] for row in rows] == [["organisation:binh-uni"]] * 2


def test_neighbours_have_their_funds_and_the_source_of_the_border(graph: Graph) -> None:
    answer = graph.query("province_neighbours", {"province": "province:anh"})
    assert pick(answer["rows"], "neighbour", "border_basis", "fund", "fund_status") == [
        ("binh", "stated", "binh-vc", "planned"),
        ("chau", "reference", "chau-startup", "past"),
        ("chau", "reference", "chau-vc", "disputed"),
    ]
    assert pick(answer["near_misses"], "neighbour", "fund") == [("dan", "dan-other"), ("gia", None)]
    assert [row["fails"] for row in answer["near_misses"]] == [["is_adjacent"], ["has_fund"]]


def test_a_neighbour_is_an_answer_only_with_a_fund_of_the_kind_and_status(graph: Graph) -> None:
    asked = {"province": "province:gia", "fund_kind": "venture_capital", "fund_status": "existing"}
    answer = graph.query("province_neighbours", asked)
    assert [(row["fund"], row["fund_actors"]) for row in answer["rows"]] == [
        ("fund:anh-vc", ["agency:so-anh", "province:anh"])
    ]
    assert [row["fails"] for row in answer["near_misses"]] == [
        ["status_matches"],
        ["kind_matches", "status_matches"],
    ]


def test_a_former_province_leads_to_its_successor_through_every_merger(graph: Graph) -> None:
    rows = graph.query("former_provinces", {})["rows"]
    assert pick(rows, "former_province", "province", "merged_on", "basis") == [
        ("cuu", "anh", "2025-07-01", "reference"),
        ("lac", None, None, None),
        ("moc", "anh", "2025-07-01", "reference"),
    ]
    assert {row["former_province"]: row["abolished_on"] for row in rows} == {
        f"province:{s}": day for s, day in FORMER.items()
    }


def test_statements_about_a_former_province_stay_with_it(graph: Graph) -> None:
    rows = graph.query("former_provinces", {"province": "province:cuu"})["rows"]
    assert pick(rows, "former_province") == [("cuu",), ("moc",)]
    about = {s.id for s in provinces.release().statements if "province:cuu" in (s.subject, s.object)}
    mergers = {s.id for s in provinces.release().statements if s.predicate == "MERGED_INTO"}
    assert len(rows[0]["statements"]) == 1 + rows[0]["statement_count"]
    assert set(rows[0]["statements"][1:]) == about - mergers
    assert [row["statement_count"] for row in rows] == [len(about - mergers), 0]


def test_a_sector_counts_only_if_the_province_itself_already_prioritises_it(graph: Graph) -> None:
    answer = graph.query("sector_priorities", {})
    assert pick(answer["rows"], "sector", "province") == [("tea", "anh")]
    assert [(*_row(row, "sector", "actor", "status"), row["fails"]) for row in answer["near_misses"]] == [
        ("sea", "anh-lab", "existing", ["by_province"]),
        ("sea", "anh", "planned", ["in_force"]),
        ("tea", "binh", "planned", ["in_force"]),
        ("tea", "chau", "disputed", ["in_force"]),
    ]


def _row(row: Mapping[str, Any], *columns: str) -> tuple[Any, ...]:
    return pick([row], *columns)[0]


def test_a_model_is_applied_only_by_current_users(graph: Graph) -> None:
    answer = graph.query("models_applied", {"model": "model:sandbox"})
    assert pick(answer["rows"], "actor", "status") == [("anh", "existing")]
    assert pick(answer["near_misses"], "actor", "predicate", "status") == [
        ("binh", "PROPOSES", "proposed"),
        ("chau", "PROPOSES", "disputed"),
        ("cuu", "APPLIES", "existing"),
        ("dan", "APPLIES", "unclear"),
    ]


def test_models_of_another_or_unknown_kind_are_near_misses(graph: Graph) -> None:
    answer = graph.query("models_applied", {"model_kind": "cooperation"})
    assert pick(answer["rows"], "model", "actor", "disagreements") == [("park", "anh", 1), ("park", "binh", 0)]
    fails = {(_slug(row["model"]), _slug(row["actor"])): row["fails"] for row in answer["near_misses"]}
    assert fails == {("nameless", "chau"): ["kind_matches"], ("sandbox", "anh"): ["kind_matches"]}


def test_challenges_concern_the_province_its_agencies_or_claims_about_it(graph: Graph) -> None:
    answer = graph.query("province_challenges", {"province": "province:anh"})
    assert pick(answer["rows"], "subject", "speaker", "article") == [
        ("anh", "speaker", "i00"),
        ("anh-lab", None, "i00"),
        ("tea", None, "i00"),
        ("so-anh", None, "i01"),
    ]
    assert pick(answer["near_misses"], "claim_type") == [("goal",)]


def test_without_challenges_other_claims_are_near_misses(graph: Graph) -> None:
    answer = graph.query("province_challenges", {"province": "province:dan"})
    assert answer["rows"] == [], "its department left the province"
    assert pick(answer["near_misses"], "claim_type") == [("strength",)]


def test_a_fund_has_a_size_only_where_an_amount_of_money_is_stated(graph: Graph) -> None:
    answer = graph.query("funds_and_sizes", {})
    assert pick(answer["rows"], "fund", "comparator", "value", "unit", "value_status") == [
        ("anh-vc", "at least", 50e9, "VND", "actual"),
        ("anh-vc", "=", 90e9, "VND", "target"),
    ]
    unstated = {_slug(row["fund"]): (row["articles"], row["unit"]) for row in answer["near_misses"]}
    assert unstated["anh-st"] == (2, None), "a number of projects is no size"
    assert unstated["chau-vc"] == (1, None)
    assert all(row["fails"] == ["size_stated"] for row in answer["near_misses"])
    assert all(row["statements"] for row in answer["near_misses"])


def test_provinces_with_a_centre_lose_it_when_one_condition_changes(graph: Graph) -> None:
    answer = graph.query("provinces_with_centre", {})
    assert pick(answer["rows"], "province", "centre") == [("anh", "anh-lab")]
    one_short = {(_slug(r["province"]), _slug(r["centre"])): r["fails"] for r in answer["near_misses"][:3]}
    assert one_short == {
        ("anh", "anh-new"): ["status_matches"],
        ("anh", "anh-park"): ["kind_matches"],
        ("binh", "binh-campus"): ["implements"],
    }
    assert all(len(row["fails"]) > 1 for row in answer["near_misses"][3:])


def test_a_disputed_tie_or_centre_makes_no_answer(graph: Graph) -> None:
    answer = graph.query("provinces_with_centre", ANY_CENTRE)
    assert {row["province"] for row in answer["rows"]} == {"province:anh"}
    fails = {_slug(row["centre"]): row["fails"] for row in answer["near_misses"] if row["province"] == "province:chau"}
    assert fails == {"chau-hub": ["implements"], "chau-start": ["implements"]}


@pytest.mark.parametrize(
    ("as_of", "centres"),
    [("2025-06", [("anh", "anh-lab"), ("cuu", "cuu-hub")]), ("2025-07-01", [("anh", "anh-lab"), ("anh", "cuu-hub")])],
)
def test_a_centre_of_a_former_province_counts_for_the_unit_of_that_date(
    graph: Graph, as_of: str, centres: list[tuple[str, str]]
) -> None:
    rows = graph.query("provinces_with_centre", {"as_of": as_of})["rows"]
    assert pick(rows, "province", "centre") == centres


@pytest.mark.parametrize(
    "name", ["instrument_matrix", "province_plans", "centres_by_status", "sector_priorities", "provinces_with_centre"]
)
def test_a_former_province_is_never_current(graph: Graph, name: str) -> None:
    found = {row["province"] for row in all_rows(graph.query(name, {}))} - {None}
    assert found
    assert found <= {f"province:{slug}" for slug in TODAY}
