"""The queries that count, search, compare and follow connections, on their invented graph."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.support.invented_graph import FIRST_ARTICLE, Builder, load_graph
from tests.support.worlds import questions as world
from tests.support.worlds.questions import EAST, FAIR, MODEL, NORTH, OFFICE, OLD, RESOLUTION, SOUTH, UNIT
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.facts import Disagreement, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph

Row = Mapping[str, Any]


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, world.release())


def rows(graph: Graph, name: str, **parameters: str | Sequence[str]) -> list[Row]:
    return graph.query(name, parameters)["rows"]


def near_misses(graph: Graph, name: str, **parameters: str | Sequence[str]) -> list[Row]:
    return graph.query(name, parameters)["near_misses"]


def column(answer: Sequence[Row], *names: str) -> list[Any]:
    return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in answer]


# count_by


def test_counts_say_how_many_exist_and_how_many_are_only_planned(graph: Graph) -> None:
    found = {row["province"]: row for row in rows(graph, "count_by", type="Centre", by="province")}
    assert [found[NORTH][name] for name in ("count", "in_force", "planned", "other")] == [4, 2, 1, 1]
    assert [found[SOUTH][name] for name in ("count", "in_force", "planned", "other")] == [2, 0, 2, 0]
    assert all(row["count"] == row["in_force"] + row["planned"] + row["other"] for row in found.values())


def test_an_entity_that_stands_for_several_counts_as_so_many_units(graph: Graph) -> None:
    found = {row["kind"]: (row["count"], row["units"]) for row in rows(graph, "count_by", type="Centre")}
    assert found["coworking_space"] == (1, 3)
    assert found["innovation_centre"] == (2, 2)


def test_entities_can_be_counted_by_status_and_by_basis(graph: Graph) -> None:
    by_status = rows(graph, "count_by", type="Fund", by="status")
    assert set(column(by_status, "status", "count")) == {
        ("existing", 1), ("planned", 1), ("approved", 1), ("disputed", 1), ("cancelled", 1),
    }  # fmt: skip
    by_basis = rows(graph, "count_by", type="Centre", by="basis")
    assert set(column(by_basis, "basis", "count")) == {("stated", 4), ("inferred", 1), ("context", 1)}


def test_a_count_can_be_limited_to_kinds_and_statuses(graph: Graph) -> None:
    found = rows(graph, "count_by", type="Centre", kind=["innovation_centre", "tech_park"], status="planned")
    assert column(found, "kind", "entities") == [("innovation_centre", ["centre:hub"])]
    assert rows(graph, "count_by", type="Fund", by="province", status="past") == []


def test_a_planned_or_past_office_places_nobody_in_a_province(graph: Graph) -> None:
    found = {row["province"]: row["entities"] for row in rows(graph, "count_by", type="Person", by="province")}
    assert found[NORTH] == ["person:an", "person:binh", "person:giang"]
    assert {"person:dung", "person:hai"} <= set(found[None])


def test_abolished_provinces_are_not_counted(graph: Graph) -> None:
    found = rows(graph, "count_by", type="Province")
    assert {entity for row in found for entity in row["entities"]} == {NORTH, SOUTH, EAST}


def test_a_count_has_the_statements_that_it_rests_on(graph: Graph) -> None:
    known = {statement.id: statement for statement in world.release().statements}
    for row in rows(graph, "count_by", type="Centre", by="status"):
        ends = {end for key in row["statements"] for end in (known[key].subject, known[key].object)}
        assert set(row["entities"]) <= ends
        assert len(row["statements"]) == len(set(row["statements"]))


# find_statements


@pytest.mark.parametrize(
    "words", ["hệ sinh thái", "HE SINH", "mien khoi", "h\u1ec7 sinh", "he\u0323\u0302 sinh", "startup scene"]
)
def test_words_are_found_in_both_languages_with_or_without_diacritics(graph: Graph, words: str) -> None:
    assert column(rows(graph, "find_statements", words=words), "predicate", "subject") == [("goal", NORTH)]


@pytest.mark.parametrize("words", ["miền scene", "startup zzz", "(", "*", "[a", "a\\", "m.ền"])
def test_words_that_one_gloss_does_not_have_are_not_found(graph: Graph, words: str) -> None:
    assert rows(graph, "find_statements", words=words) == []


def test_signs_in_words_are_taken_literally(graph: Graph) -> None:
    assert column(rows(graph, "find_statements", words="tea."), "predicate") == ["strength"]


def test_a_number_is_found_exactly_or_with_a_tolerance(graph: Graph) -> None:
    assert column(rows(graph, "find_statements", value="50"), "value") == [50]
    assert column(rows(graph, "find_statements", value="49.5"), "value") == []
    assert column(rows(graph, "find_statements", value="60", tolerance="25"), "value") == [50, 75, 55]
    assert column(rows(graph, "find_statements", value="60", tolerance="25", unit="percent"), "value") == [55]
    assert column(rows(graph, "find_statements", value="63000000000"), "subject") == ["fund:north-vc"]


def test_the_same_statement_of_two_translations_is_one_row(graph: Graph) -> None:
    found = rows(graph, "find_statements", value="50")[0]
    assert found["articles"] == ["article:i00", "article:i01"]
    assert len(found["statements"]) == 2
    claims = rows(graph, "find_statements", words="strong in tea")
    assert column(claims, "articles") == [["article:i00", "article:i01"]]


def test_different_values_of_different_articles_are_two_disputed_rows(graph: Graph) -> None:
    found = rows(graph, "find_statements", indicator="innovative_products")
    assert column(found, "value", "disputed") == [(12, True), (13, True)]


def test_every_statement_is_in_one_row_if_nothing_is_asked_for(graph: Graph) -> None:
    found = [key for row in rows(graph, "find_statements") for key in row["statements"]]
    assert sorted(found) == sorted(statement.id for statement in world.release().statements)


@pytest.mark.parametrize("parameters", [{"value": "x"}, {"value": "1,5"}, {"unit": "litres"}, {"indicator": "wealth"}])
def test_values_that_are_no_number_unit_or_indicator_are_refused(graph: Graph, parameters: Mapping[str, str]) -> None:
    with pytest.raises(BadParameter, match="expected"):
        graph.query("find_statements", parameters)


# plans_by_period


def test_plans_proposals_targets_and_goals_are_in_the_order_of_their_dates(graph: Graph) -> None:
    found = rows(graph, "plans_by_period", province=NORTH)
    assert {row["kind"] for row in found} == {"plan", "proposal", "target", "goal"}
    dates = [(row["due"] or row["period"] or "9999").rpartition("/")[2] for row in found]
    assert dates == sorted(dates)


def test_what_is_due_later_is_left_out_and_what_has_no_date_is_a_near_miss(graph: Graph) -> None:
    assert column(rows(graph, "plans_by_period", until="2026-06"), "object") == ["fund:south-st"]
    assert column(rows(graph, "plans_by_period", until="2026-06-29"), "object") == []
    near = near_misses(graph, "plans_by_period", until="2026-06")
    assert all(row["due"] is None and row["period"] is None for row in near if "due_in_time" in row["fails"])
    assert "centre:hub" in column(near, "object")
    assert "fund:south-vc" not in column(near, "object")


def test_nothing_that_may_exist_is_planned(graph: Graph) -> None:
    statuses = column(rows(graph, "plans_by_period"), "status")
    assert not set(statuses) & {"existing", "in_progress", "past", "disputed", "unclear", "cancelled"}
    near = near_misses(graph, "plans_by_period")
    assert {row["object"]: row["status"] for row in near if "is_planned" in row["fails"]} == {
        "fund:torn": "disputed",
        "fund:stopped": "cancelled",
        "policy:draft": "proposed",
        "policy:strategy": "considered",
    }


def test_plans_can_be_limited_to_a_status_and_a_province(graph: Graph) -> None:
    found = rows(graph, "plans_by_period", province=SOUTH, status=["approved", "under_construction"])
    assert column(found, "object", "due") == [("fund:south-st", "2026-06-30"), ("centre:site", "2026")]
    assert rows(graph, "plans_by_period", province=EAST) == []


def test_a_target_belongs_to_the_province_that_plans_what_it_is_about(graph: Graph) -> None:
    targets = [row for row in rows(graph, "plans_by_period", province=SOUTH) if row["kind"] == "target"]
    assert column(targets, "actor", "value", "due") == [("centre:hub", 100, "2028")]


# connection_check


def test_a_direct_connection_is_shown_with_status_and_dispute(graph: Graph) -> None:
    for first, second in ((NORTH, "fund:torn"), ("fund:torn", NORTH)):
        found = rows(graph, "connection_check", entity_a=first, entity_b=second)
        assert column(found, "connection_stated", "subject", "predicate", "object", "status", "disputed", "due") == [
            (True, NORTH, "PLANS", "fund:torn", "disputed", True, "2027")
        ]


def test_without_a_direct_connection_one_row_says_so_and_what_is_shared(graph: Graph) -> None:
    found = rows(graph, "connection_check", entity_a=NORTH, entity_b=SOUTH)
    assert column(found, "connection_stated", "predicate", "status", "disputed") == [(False, None, None, None)]
    assert found[0]["shared_neighbours"] == [FAIR, "policy:plan", RESOLUTION, "sector:tea"]
    assert found[0]["shared_articles"] == ["article:i00", "article:i01", "article:i02"]
    assert found[0]["statements"] != []


def test_two_entities_may_share_nothing_but_an_article(graph: Graph) -> None:
    found = rows(graph, "connection_check", entity_a="person:im", entity_b=EAST)
    assert column(found, "connection_stated", "shared_neighbours", "shared_articles", "statements") == [
        (False, [], ["article:i00"], [])
    ]
    nothing = rows(graph, "connection_check", entity_a="sector:ice", entity_b=EAST)
    assert column(nothing, "connection_stated", "shared_neighbours", "shared_articles") == [(False, [], [])]


def test_an_entity_is_not_compared_with_itself(graph: Graph) -> None:
    assert rows(graph, "connection_check", entity_a=EAST, entity_b=EAST) == []


# province_policies


def test_a_province_acts_on_policies_itself_and_through_its_current_agencies(graph: Graph) -> None:
    found = set(column(rows(graph, "province_policies", province=NORTH), "relation", "actor", "policy"))
    assert found == {
        ("issued", OFFICE, "policy:plan"),
        ("approved", NORTH, "policy:plan"),
        ("implements", NORTH, RESOLUTION),
        ("implements", OFFICE, RESOLUTION),
        ("has", NORTH, "policy:decision"),
        ("plans", OFFICE, "policy:charter"),
        ("concretises", OFFICE, RESOLUTION),
    }


def test_a_planned_issue_or_implementation_is_a_near_miss(graph: Graph) -> None:
    near = near_misses(graph, "province_policies", province=NORTH)
    assert column(near, "relation", "policy", "status", "due", "fails") == [
        ("issued", "policy:decision", "planned", "2026", ["is_so"])
    ]
    near = near_misses(graph, "province_policies", province=SOUTH, relation="implements")
    assert column(near, "policy", "fails") == [
        ("policy:plan", ["is_so"]), (RESOLUTION, ["implementation_matches"]),
    ]  # fmt: skip


def test_a_proposed_policy_that_another_body_has_issued_is_no_longer_only_proposed(graph: Graph) -> None:
    proposals = near_misses(graph, "province_policies", province=SOUTH, relation="plans")
    assert column(proposals, "policy", "predicate", "issuers", "issued_on", "fails") == [
        ("policy:draft", "PROPOSES", ["agency:assembly"], "2025-06-27", ["is_so"]),
        ("policy:strategy", "PLANS", ["agency:left"], None, ["is_so"]),
    ]
    assert len(proposals[0]["statements"]) == 2
    open_plans = rows(graph, "province_policies", province=NORTH, relation="plans")
    assert column(open_plans, "policy", "issuers", "issued_on") == [("policy:charter", [], None)]


def test_every_row_of_a_policy_says_who_issued_it_and_when(graph: Graph) -> None:
    found = rows(graph, "province_policies", province=NORTH, relation=["issued", "approved"])
    assert column(found, "policy", "relation", "issuers", "issued_on", "date") == [
        ("policy:plan", "approved", [OFFICE], "2025-03-04", "2025-03-05"),
        ("policy:plan", "issued", [OFFICE], "2025-03-04", "2025-03-04"),
    ]


def test_implementation_by_context_counts_only_on_request(graph: Graph) -> None:
    chosen = {"province": SOUTH, "relation": "implements", "implementation": "context"}
    assert column(rows(graph, "province_policies", **chosen), "policy", "basis") == [(RESOLUTION, "context")]
    assert rows(graph, "province_policies", province=EAST) == []


# sector_actors


def test_actors_of_a_sector_have_their_status_and_claims_are_theirs_too(graph: Graph) -> None:
    found = rows(graph, "sector_actors", sector="sector:tea")
    assert column(found, "actor", "relation", "status") == [
        ("place:town", "applies", "in_progress"),
        (NORTH, "prioritises", "existing"),
        (OLD, "prioritises", "past"),
        (SOUTH, "claims", None),
        (SOUTH, "prioritises", "planned"),
    ]
    claim = found[3]
    assert (claim["claim_type"], claim["speaker"], claim["origins"]) == ("strength", "person:chi", 1)
    assert claim["articles"] == ["article:i00", "article:i01"]


def test_actors_in_a_province_include_its_places_and_centres(graph: Graph) -> None:
    found = rows(graph, "sector_actors", province=NORTH)
    assert set(column(found, "actor", "relation")) == {
        ("centre:lab", "prioritises"), (NORTH, "claims"), ("place:town", "applies"), (NORTH, "prioritises"),
    }  # fmt: skip
    assert set(column(rows(graph, "sector_actors", province=NORTH, relation="claims"), "actor")) == {NORTH}
    assert rows(graph, "sector_actors", sector="sector:ice") == []


# indicator_compare


def test_a_change_and_a_target_are_differences_of_one_subject(graph: Graph) -> None:
    found = rows(graph, "indicator_compare", subject=NORTH, indicator="innovative_startups")
    assert column(found, "comparison", "value_a", "value_b", "difference", "ratio", "exact") == [
        ("change", 50, 75, 25, 1.5, False),
        ("target", 50, 150, 100, 3, True),
        ("target", 75, 150, 75, 2, False),
    ]
    assert found[0]["articles"] == ["article:i00", "article:i01"]
    assert len(found[0]["statements"]) == 3


def test_shares_of_one_whole_have_their_sum(graph: Graph) -> None:
    found = rows(graph, "indicator_compare", comparison="shares")
    assert column(found, "indicator_a", "indicator_b", "sum") == [
        ("public_share_of_rd_spending", "social_share_of_rd_spending", 95)
    ]


def shares_graph(engine: Engine, preferred: int | None, twin: str = FIRST_ARTICLE) -> Graph:
    """A graph of shares of one whole: 60 may be the public or the social one; 30 is the foreign one."""
    made = Builder()
    made.article("i00", "2025-10-19", "en", same_text="t")
    made.article("i01", "2025-10-19", "vi", same_text="t", origin="origin-i00")
    made.entity(NORTH, "Province", "North", kind="province")
    values = {"public": (60, FIRST_ARTICLE), "social": (60, twin), "foreign": (30, FIRST_ARTICLE)}
    public, social, _foreign = (
        made.add_statement("measurement", NORTH, name, indicator=f"{name}_share_of_rd_spending", value=value, unit="percent",
                           period="2030", value_status="target", comparator="=", article=article, as_of="2025-10-19")
        for name, (value, article) in values.items()
    )  # fmt: skip
    readings = (Reading((public,), "public"), Reading((social,), "social"))
    disagreements = (
        [] if twin != FIRST_ARTICLE
        else [Disagreement("disagreement:which", "value", (NORTH,), readings, "Which?", preferred, changes="number")]
    )  # fmt: skip
    return load_graph(engine, merge(made.facts(*disagreements), schema()))


def test_two_readings_of_one_passage_are_no_shares_of_one_whole(engine: Engine) -> None:
    found = rows(shares_graph(engine, None), "indicator_compare", comparison="shares")
    assert column(found, "indicator_a", "indicator_b", "sum", "disputed") == [
        ("foreign_share_of_rd_spending", "public_share_of_rd_spending", None, True),
        ("foreign_share_of_rd_spending", "social_share_of_rd_spending", None, True),
    ]


def test_the_preferred_reading_is_a_share_and_the_rejected_one_is_none(engine: Engine) -> None:
    found = rows(shares_graph(engine, 1), "indicator_compare", comparison="shares")
    assert column(found, "indicator_a", "indicator_b", "sum") == [
        ("foreign_share_of_rd_spending", "social_share_of_rd_spending", 90)
    ]


def test_shares_that_no_article_has_together_have_no_sum(engine: Engine) -> None:
    found = rows(shares_graph(engine, None, "article:i01"), "indicator_compare", comparison="shares")
    assert column(found, "sum") == [None, None, None]


def test_two_subjects_compare_in_one_period_and_two_indicators_if_both_are_chosen(graph: Graph) -> None:
    found = rows(graph, "indicator_compare", comparison="subjects")
    assert column(found, "subject_a", "value_a", "subject_b", "value_b") == [(NORTH, 75, SOUTH, 200)]
    assert rows(graph, "indicator_compare", comparison="indicators") == []
    chosen = ["innovative_products", "innovative_startups"]
    found = rows(graph, "indicator_compare", comparison="indicators", indicator=chosen)
    assert column(found, "value_a", "value_b", "disputed") == [(12, 200, True), (13, 200, True)]
    assert rows(graph, "indicator_compare", subject=EAST) == []


# event_participants


def test_participants_have_offices_and_provinces_and_may_be_provinces_without_a_person(graph: Graph) -> None:
    found = rows(graph, "event_participants", event=FAIR)
    assert column(found, "participant", "predicate", "offices", "provinces", "status") == [
        ("organisation:far-firm", "TOOK_PART_IN", [], [], "planned"),
        ("person:binh", "TOOK_PART_IN", [UNIT], [NORTH], "past"),
        ("person:chi", "TOOK_PART_IN", ["agency:bureau"], [], "past"),
        ("person:im", "TOOK_PART_IN", [], [], "past"),
        (NORTH, "HOSTS", [], [NORTH], "past"),
        (SOUTH, "TOOK_PART_IN", [], [SOUTH], "past"),
    ]
    assert found[1]["titles"] == ["Giám đốc"]


def test_participants_can_be_limited_to_a_province(graph: Graph) -> None:
    found = rows(graph, "event_participants", province=NORTH)
    assert column(found, "event", "participant") == [
        (FAIR, "person:binh"), (FAIR, NORTH), ("event:forum", OFFICE),
    ]  # fmt: skip
    assert rows(graph, "event_participants", province=EAST) == []


def test_a_past_office_is_not_that_of_a_participant(graph: Graph) -> None:
    forum = rows(graph, "event_participants", event="event:forum")
    assert column(forum, "participant", "offices", "provinces") == [(OFFICE, [], [NORTH]), ("person:dung", [], [])]


# person_chain


def test_a_chain_leads_from_an_office_to_a_ministry_or_province(graph: Graph) -> None:
    found = {row["person"]: (row["chain"], row["bases"]) for row in rows(graph, "person_chain")}
    assert found == {
        "person:an": ([OFFICE, NORTH], ["stated", "stated"]),
        "person:binh": ([UNIT, OFFICE, NORTH], ["stated", "inferred", "stated"]),
        "person:chi": (["agency:bureau", "agency:ministry"], ["stated", "stated"]),
        "person:giang": (["organisation:firm", "place:town", NORTH], ["stated", "stated", "stated"]),
    }


def test_a_past_office_a_planned_step_and_an_open_end_are_near_misses(graph: Graph) -> None:
    near = near_misses(graph, "person_chain")
    assert column(near, "person", "statuses", "fails") == [
        ("person:dung", ["past", "existing"], ["in_force"]),
        ("person:em", ["existing"], ["top_stated"]),
        ("person:hai", ["existing", "planned", "existing"], ["in_force"]),
    ]
    assert rows(graph, "person_chain", person="person:im") == []


# whereabouts


@pytest.mark.parametrize(
    ("entity", "chain", "province", "through_owner"),
    [
        ("centre:lab", ["place:hill", "place:town", NORTH], NORTH, False),
        ("person:binh", [UNIT, OFFICE, NORTH], NORTH, False),
        ("organisation:far-firm", ["place:land"], None, False),
        ("fund:north-vc", [NORTH], NORTH, True),
        (FAIR, [NORTH], NORTH, True),
    ],
)
def test_an_entity_is_in_a_chain_of_places(
    graph: Graph, entity: str, chain: Sequence[str], province: str | None, through_owner: bool
) -> None:
    found = rows(graph, "whereabouts", entity=entity)
    assert column(found, "chain", "province", "through_owner") == [(chain, province, through_owner)]


@pytest.mark.parametrize("entity", ["centre:hub", "fund:south-vc", "centre:site"])
def test_what_is_only_planned_is_nowhere_yet(graph: Graph, entity: str) -> None:
    assert rows(graph, "whereabouts", entity=entity) == []
    assert column(near_misses(graph, "whereabouts", entity=entity), "province", "fails") == [(SOUTH, ["is_there"])]


def test_whereabouts_that_nobody_states_are_empty(graph: Graph) -> None:
    assert graph.query("whereabouts", {"entity": "person:im"})["rows"] == []
    assert column(near_misses(graph, "whereabouts", entity="person:chi"), "fails") == [["place_stated"]]


# model_members


def test_members_of_a_model_are_listed_by_source_with_their_status(graph: Graph) -> None:
    found = rows(graph, "model_members")
    assert column(found, "model", "predicate", "members", "status", "articles") == [
        (MODEL, "APPLIES", [NORTH], "existing", ["article:i00", "article:i01"]),
        (MODEL, "PART_OF", ["organisation:school"], "existing", ["article:i00"]),
        (MODEL, "opinion", ["organisation:firm", "organisation:school"], None, ["article:i00"]),
        (MODEL, "PARTNERS_WITH", ["organisation:firm"], "planned", ["article:i02"]),
    ]


def test_members_can_be_limited_to_a_model_of_any_kind_or_an_actor(graph: Graph) -> None:
    assert column(rows(graph, "model_members", model="model:sandbox"), "members", "status") == [([SOUTH], "considered")]
    assert column(rows(graph, "model_members", actor="organisation:firm"), "predicate") == ["opinion", "PARTNERS_WITH"]
    assert rows(graph, "model_members", actor=EAST) == []
