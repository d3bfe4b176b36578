"""The queries about offices, quotes, policies, events, partners and sources, on their own invented graph."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.support.invented_graph import Builder, load_graph
from tests.support.worlds import evidence as world
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Disagreement, Reading
from vnkg.graph.model.merge import merge, statement_origin
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, world.release())


def column(rows: Rows, *names: str) -> list[Any]:
    """The values of one column, or tuples of several, without the types in front of ids."""
    cut = [[str(row[name]).partition(":")[2] or row[name] for name in names] for row in rows]
    return [values[0] if len(names) == 1 else tuple(values) for values in cut]


def fails(rows: Rows, *names: str) -> dict[Any, list[str]]:
    """The failed conditions of each near miss, by the values of its columns."""
    return dict(zip(column(rows, *names), (row["fails"] for row in rows), strict=True))


def test_only_officials_in_office_who_are_quoted_on_the_fund_speak_for_it(graph: Graph) -> None:
    answer = graph.query("fund_speakers", {"fund_kind": "venture_capital", "fund_status": "planned"})
    assert column(answer["rows"], "person", "office") == [("an", "so-one"), ("hai", "cuc"), ("hai", "ministry")]
    found = fails([row for row in answer["near_misses"] if row["fund"] == "fund:vc"], "person")
    assert found == {
        "binh": ["holds_office"],
        "chi": ["holds_office"],
        "dung": ["holds_office"],
        "khoa": ["holds_office"],
        "em": ["speaks_for_fund"],
        "giang": ["speaks_for_fund"],
    }


def test_a_science_fund_and_a_fund_without_an_operator_do_not_count_as_venture_capital(graph: Graph) -> None:
    near = graph.query("fund_speakers", {"fund_kind": "venture_capital"})["near_misses"]
    others = {(row["fund"], row["person"]): row["fails"] for row in near if row["fund"] in ("fund:st", "fund:bare")}
    assert others["fund:st", "person:hai"] == ["kind_matches"]
    assert others["fund:bare", "person:an"] == ["kind_matches"]
    assert others["fund:st", "person:em"] == ["speaks_for_fund", "kind_matches"]


def test_speakers_in_the_same_paragraph_count_only_on_request(graph: Graph) -> None:
    given = {"fund_kind": "venture_capital", "include_same_paragraph": "true"}
    rows = graph.query("fund_speakers", given)["rows"]
    assert [row["person"] for row in rows if row["link_type"] == "same paragraph"] == ["person:em"]
    assert [row["statements"] for row in rows if row["person"] == "person:em"] != [[]]


def test_each_speaker_has_claim_subject_and_office(graph: Graph) -> None:
    answer = graph.query("who_speaks_for_what", {"person": "person:hai"})
    assert [(row["statement_type"], row["entities"], row["offices"]) for row in answer["rows"]] == [
        ("goal", ["fund:vc", "province:one"], ["agency:cuc", "agency:ministry"]),
        ("opinion", ["fund:st"], ["agency:cuc", "agency:ministry"]),
    ]
    assert [row["statement_count"] for row in answer["rows"]] == [1, 1]


def test_a_speaker_has_no_past_or_disputed_office(graph: Graph) -> None:
    rows = graph.query("who_speaks_for_what", {})["rows"]
    without = {row["person"] for row in rows if row["offices"] == []}
    assert without == {"agency:ministry", "person:binh", "person:chi", "person:khoa"}


def test_a_person_named_but_not_quoted_is_a_near_miss(graph: Graph) -> None:
    near = graph.query("who_speaks_for_what", {})["near_misses"]
    assert fails(near, "person") == {"giang": ["is_quoted"], "im": ["is_quoted"], "le": ["is_quoted"]}
    assert [row["statement_count"] for row in near] == [0, 0, 0]


def test_a_policy_that_is_planned_proposed_approved_disputed_or_unclear_is_not_issued(graph: Graph) -> None:
    answer = graph.query("policies_by_issuer", {"issuer": world.FIRST_PROVINCE})
    assert [(row["policy"], row["issuers"]) for row in answer["rows"]] == [
        ("policy:double", ["agency:so-one", "province:one"]), ("policy:gone", ["province:one"]),
        ("policy:mid", ["agency:so-one"]),
    ]  # fmt: skip
    assert fails(answer["near_misses"], "policy") == {
        "approved": ["is_issued"],
        "lone": ["issuer_stated"],
        "low": ["is_issued"],
        "proposed": ["is_issued"],
        "top": ["by_issuer"],
        "torn": ["is_issued"],
        "vague": ["is_issued"],
    }


def test_an_agency_that_left_the_province_does_not_issue_for_it(graph: Graph) -> None:
    rows = graph.query("policies_by_issuer", {"issuer": world.FIRST_PROVINCE})["rows"]
    assert all("agency:left" not in row["issuers"] for row in rows)
    assert column(graph.query("policies_by_issuer", {"issuer": "agency:left"})["rows"], "policy") == ["double"]


def test_a_policy_without_a_stated_issuer_names_who_implements_it(graph: Graph) -> None:
    near = graph.query("policies_by_issuer", {"issuer": world.FIRST_PROVINCE})["near_misses"]
    assert [(row["issuers"], row["implementers"]) for row in near if row["policy"] == "policy:lone"] == [
        ([], [world.FIRST_PROVINCE])
    ]
    assert "policy:lone" not in [
        row["policy"] for row in graph.query("policies_by_issuer", {"issuer": world.SECOND_PROVINCE})["near_misses"]
    ]


def test_only_what_holds_is_implemented_in_the_list_of_policies(graph: Graph) -> None:
    rows = graph.query("policies_by_issuer", {})["rows"]
    top = next(row for row in rows if row["policy"] == world.TOP_POLICY)
    assert top["implementers"] == ["agency:unit", world.FIRST_PROVINCE]
    answer = graph.query("policies_by_issuer", {"issuer": world.SECOND_PROVINCE})
    assert world.TOP_POLICY not in [row["policy"] for row in answer["near_misses"]]


def test_each_issuer_of_a_policy_has_its_basis(graph: Graph) -> None:
    rows = graph.query("policies_by_issuer", {"issuer": world.FIRST_PROVINCE})["rows"]
    found = {row["policy"]: (row["issuers"], row["issuer_bases"], row["basis"], row["subject"]) for row in rows}
    assert found["policy:double"] == (
        ["agency:so-one", world.FIRST_PROVINCE], ["inferred", "stated"], "stated", "rules of tea"
    )  # fmt: skip
    assert found["policy:mid"] == (["agency:so-one"], ["stated"], "stated", None)


def test_policies_can_be_filtered_by_kind_and_have_the_date_of_the_act(graph: Graph) -> None:
    rows = graph.query("policies_by_issuer", {"policy_kind": "resolution"})["rows"]
    assert [(row["policy"], row["issued_on"], row["number"]) for row in rows] == [
        (world.TOP_POLICY, "2024-12-22", "top/X")
    ]


def test_the_family_of_a_policy_excludes_planned_past_or_disputed_members(graph: Graph) -> None:
    answer = graph.query("policy_family", {"policy": world.TOP_POLICY})
    assert column(answer["rows"], "document", "steps") == [("top", 0), ("mid", 1)]
    assert {row["document"]: row["fails"] for row in answer["near_misses"]} == {
        f"policy:{slug}": ["in_force"] for slug in ("gone", "torn", "low", "vague")
    }
    low = answer["near_misses"][2]
    assert (low["intermediate_entities"], low["statuses"], low["issuers"]) == (
        ["policy:mid"],
        ["planned", "existing"],
        [],
    )


def test_planned_or_contextual_implementation_does_not_count(graph: Graph) -> None:
    top = graph.query("policy_family", {"policy": world.TOP_POLICY})["rows"][0]
    assert top["issuers"] == ["agency:ministry"]
    assert top["implementers"] == ["agency:unit", world.FIRST_PROVINCE]
    assert top["uncertain_implementers"] == ["agency:so-one", world.SECOND_PROVINCE]


@pytest.mark.parametrize(
    ("slug", "wholes", "failed_conditions"),
    [
        ("unit", ["agency:so-one", "province:one"], []),
        ("cuc", ["agency:ministry"], []),
        ("old-office", [], [["in_force"]]),
        ("new-office", [], [["in_force"]]),
        ("frame", [], [["in_force"]]),
        ("torn", [], [["in_force"]]),
        ("vague", ["agency:ministry"], []),
        ("left", [], [["in_force"]]),
        ("ministry", [], [["parent_stated"]]),
        ("alone", [], [["parent_stated"]]),
    ],
)
def test_an_agency_has_its_place_only_through_existing_steps(
    graph: Graph, slug: str, wholes: list[str], failed_conditions: list[list[str]]
) -> None:
    answer = graph.query("agency_place", {"agency": f"agency:{slug}"})
    assert [row["parent"] for row in answer["rows"]] == wholes
    assert [row["fails"] for row in answer["near_misses"]] == failed_conditions


def test_an_agency_without_a_stated_place_names_what_it_is_tied_to(graph: Graph) -> None:
    near = graph.query("agency_place", {"agency": "agency:ministry"})["near_misses"][0]
    assert {"agency:cuc", "person:hai", world.TOP_POLICY} <= set(near["related_entities"])
    assert near["steps"] == 0
    assert near["bases"] == []


def test_a_deputy_is_no_head_and_a_past_or_disputed_office_is_not_held(graph: Graph) -> None:
    answer = graph.query("person_offices", {"only_heads": "true"})
    assert column(answer["rows"], "person") == ["dung", "em", "giang", "hai", "le"]
    assert fails(answer["near_misses"], "person") == {
        "an": ["head_matches"],
        "binh": ["in_office"],
        "chi": ["office_stated"],
        "hai": ["head_matches"],
        "im": ["office_stated"],
        "khoa": ["in_office"],
    }


def test_a_person_without_office_comes_with_the_nearest_known_facts(graph: Graph) -> None:
    near = {row["person"]: row["related_entities"] for row in graph.query("person_offices", {})["near_misses"]}
    assert near["person:im"] == ["article:i02"]
    assert near["person:chi"] == ["article:i00", "fund:vc", "province:one"]
    assert near["person:binh"] == []


def test_an_event_takes_place_only_where_it_is_stated(graph: Graph) -> None:
    answer = graph.query("events_with_people", {})
    assert column(answer["rows"], "event") == ["done", "series"]
    done = answer["rows"][0]
    assert [done[name] for name in ("places", "part_of", "hosts", "organisers", "participants", "statuses")] == [
        ["place:town"], ["event:series"], [world.FIRST_PROVINCE, world.SECOND_PROVINCE], ["agency:so-one"], ["person:an"], ["past"],
    ]  # fmt: skip
    assert fails(answer["near_misses"], "event") == {
        "bare": ["takes_place"],
        "kindless": ["kind_matches"],
        "plan": ["takes_place"],
        "torn": ["takes_place"],
        "vague": ["takes_place"],
    }


def test_hosts_have_their_statuses_and_a_host_that_another_reading_is_preferred_to_is_none(engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    for slug in ("a", "b", "c", "d"):
        made.entity(f"province:{slug}", "Province", slug.upper(), kind="province")
    for slug in ("fair", "open", "series", "other-series"):
        made.entity(f"event:{slug}", "Event", slug, kind="festival")
    made.relate("province:a", "HOSTS", "event:fair", "planned")
    preferred = made.relate("province:b", "HOSTS", "event:fair", "past")
    rejected = made.relate("province:c", "HOSTS", "event:fair", "planned")
    made.relate("province:d", "HOSTS", "event:fair", "past", basis="context")
    made.relate("province:d", "ORGANISES", "event:fair", "past", basis="context")
    made.relate("event:fair", "PART_OF", "event:series", "existing")
    made.relate("event:fair", "PART_OF", "event:other-series", "existing", basis="context")
    made.relate("province:a", "HOSTS", "event:open", "planned")
    readings = (Reading((rejected,), "in C"), Reading((preferred,), "in B"))
    where = Disagreement(
        "disagreement:where", "value", ("event:fair",), readings, "In B or C.", 1, "newer", changes="answer"
    )
    answer = load_graph(engine, merge(made.facts(where), schema())).query("events_with_people", {})
    assert column(answer["rows"], "event") == ["fair"]
    row = answer["rows"][0]
    assert (row["hosts"], row["host_statuses"]) == (["province:a", "province:b"], ["planned", "past"])
    assert (row["organisers"], row["part_of"], row["disputed"]) == ([], ["event:series"], True)
    assert rejected in row["statements"]
    assert {near["event"]: near["disputed"] for near in answer["near_misses"]}["event:open"] is False


def test_an_event_of_another_kind_is_a_near_miss(graph: Graph) -> None:
    answer = graph.query("events_with_people", {"event_kind": "workshop"})
    assert column(answer["rows"], "event") == ["done"]
    assert fails(answer["near_misses"], "event")["series"] == ["kind_matches"]


def test_a_partnership_is_international_by_the_seats_of_its_partners(graph: Graph) -> None:
    answer = graph.query("partnerships", {})
    assert column(answer["rows"], "actor_a", "actor_b") == [
        ("unit", "far-lab"), ("branch", "two"), ("far-firm", "one"), ("nowhere", "sea"), ("far", "vietnam"),
    ]  # fmt: skip
    assert fails(answer["near_misses"], "actor_a", "actor_b") == {
        ("ministry", "far-firm"): ["in_force"],
        ("far-firm", "far-school"): ["across_borders"],
        ("far-firm", "old"): ["in_force"],
        ("far-firm", "two"): ["in_force"],
        ("home-firm", "two"): ["across_borders"],
        ("leaving", "two"): ["across_borders"],
        ("far-lab", "nowhere"): ["in_force"],
    }


def test_partners_have_their_current_places(graph: Graph) -> None:
    answer = graph.query("partnerships", {})
    places = {
        (r["actor_a"], r["actor_b"]): (r["actor_a_places"], r["actor_b_places"])
        for r in answer["rows"] + answer["near_misses"]
    }
    assert places["agency:unit", "organisation:far-lab"] == ([world.FIRST_PROVINCE], [world.FOREIGN_COUNTRY])
    assert places["organisation:far-firm", world.FORMER_PROVINCE] == ([world.FOREIGN_COUNTRY], [])
    assert places["organisation:home-firm", world.SECOND_PROVINCE] == ([world.FIRST_PROVINCE], [world.SECOND_PROVINCE])
    assert places["organisation:branch", world.SECOND_PROVINCE] == ([world.FOREIGN_COUNTRY], [world.SECOND_PROVINCE])


def test_the_sources_of_an_edge_show_which_decide(graph: Graph) -> None:
    rows = graph.query("edge_sources", {"subject": world.FIRST_PROVINCE, "object": world.TOP_POLICY})["rows"]
    assert [(row["article"], row["status"], row["counts_as_origin"], row["decides_status"]) for row in rows] == [
        ("article:i00", "in_progress", True, True),
        ("article:i00", "past", True, False),
        ("article:i00", "planned", True, False),
        ("article:i01", "unclear", True, False),
        ("article:i02", "planned", True, False),
        (None, "existing", False, False),
    ]
    assert [row["reference_source"] for row in rows if row["article"] is None] == ["an invented atlas"]


def test_every_source_has_the_origin_that_the_edge_counts(graph: Graph) -> None:
    made = world.release()
    origins = {entity.id: str(entity.attributes["origin"]) for entity in made.entities if entity.type == "Article"}
    known = {statement.id: statement for statement in made.statements}
    for row in graph.query("edge_sources", {"subject": world.FIRST_PROVINCE, "object": world.TOP_POLICY})["rows"]:
        assert row["origin"] == statement_origin(known[row["statements"][0]], origins)


def test_an_edge_is_found_by_any_stated_type_and_from_either_partner(graph: Graph) -> None:
    for predicate in ("HAS", "PLANS"):
        given = {"subject": world.SECOND_PROVINCE, "object": "fund:torn", "predicate": predicate}
        rows = graph.query("edge_sources", given)["rows"]
        assert [(row["edge_predicate"], row["statement_predicate"], row["decides_status"]) for row in rows] == [
            ("PLANS", "HAS", True),
            ("PLANS", "PLANS", True),
        ]
    assert (
        graph.query("edge_sources", {"subject": world.SECOND_PROVINCE, "object": "fund:torn", "predicate": "FUNDS"})[
            "rows"
        ]
        != []
    )
    assert graph.query("edge_sources", {"subject": "fund:torn", "object": world.SECOND_PROVINCE})["rows"] == []
    ends = (
        {"subject": a, "object": b}
        for a, b in [(world.FIRST_PROVINCE, "organisation:far-firm"), ("organisation:far-firm", world.FIRST_PROVINCE)]
    )
    there, back = (
        [r for r in graph.query("edge_sources", g)["rows"] if r["edge_predicate"] == "PARTNERS_WITH"] for g in ends
    )
    assert there == back
    assert len(there) == 2


@pytest.mark.parametrize("predicate", [key for key, edge in schema().edges.items() if edge.symmetric])
def test_a_symmetric_edge_has_the_same_sources_from_either_end(engine: Engine, predicate: str) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity("place:a", "Place", "A")
    made.entity("place:b", "Place", "B")
    statement = made.relate("place:a", predicate, "place:b", "existing")
    graph = load_graph(engine, merge(made.facts(), schema()))
    for subject, target in (("place:a", "place:b"), ("place:b", "place:a")):
        rows = graph.query("edge_sources", {"subject": subject, "object": target})["rows"]
        assert [(row["edge_predicate"], row["statements"]) for row in rows] == [(predicate, [statement])]


def test_statements_of_an_article_are_in_the_order_of_its_text(graph: Graph) -> None:
    rows = graph.query("article_statements", {"article": world.FIRST_ARTICLE})["rows"]
    positions = [(int(line), int(start)) for line, start in (row["position"].split("-")[0].split(":") for row in rows)]
    assert positions == sorted(positions)
    assert any(start for _, start in positions[:-1]), "a later statement of a line is not the last one of the article"


def test_an_article_may_mention_an_entity_without_a_statement(graph: Graph) -> None:
    rows = graph.query("articles_mentioning", {"entity": "person:im"})["rows"]
    assert [(r["article"], r["mentions"], r["lines"], r["statement_count"], r["statements"]) for r in rows] == [
        ("article:i02", 3, ["3", "7"], 0, [])
    ]


def test_an_article_may_have_a_statement_without_a_mention(graph: Graph) -> None:
    rows = graph.query("articles_mentioning", {"entity": world.FIRST_PROVINCE})["rows"]
    assert [(row["article"], row["mentions"]) for row in rows] == [
        ("article:i00", 1), ("article:i01", None), ("article:i02", None),
    ]  # fmt: skip
    assert all(row["statement_count"] == len(row["statements"]) > 0 for row in rows)


def test_readings_show_which_is_preferred_and_why_or_that_none_is(graph: Graph) -> None:
    rows = graph.query("disagreements_about", {"entity": world.SECOND_PROVINCE})["rows"]
    held = {
        (row["disagreement"], row["position"]): (row["is_resolved"], row["is_preferred"], row["reason"]) for row in rows
    }
    assert held["disagreement:easy-or-hard", 1] == (True, False, "newer")
    assert held["disagreement:easy-or-hard", 2] == (True, True, "newer")
    assert held["disagreement:status-two-torn-plans", 1] == (False, False, None)
    assert all(row["statements"] for row in rows)


def test_disagreements_are_found_by_kind_and_by_what_their_statements_are_about(graph: Graph) -> None:
    kinds = graph.query("disagreements_about", {"disagreement_kind": "translation"})["rows"]
    assert {row["disagreement"] for row in kinds} == {"disagreement:status-two-torn-plans"}
    about = graph.query("disagreements_about", {"entity": "event:bare"})["rows"]
    assert {row["disagreement"] for row in about} == {"disagreement:easy-or-hard"}
    assert graph.query("disagreements_about", {"entity": "person:im"})["rows"] == []


def test_translations_of_one_text_are_one_origin_and_reference_is_none(graph: Graph) -> None:
    rows = graph.query("single_source_edges", {})["rows"]
    found = {(row["subject"], row["predicate"], row["object"]): row for row in rows}
    assert found[world.FIRST_PROVINCE, "PLANS", "fund:vc"]["articles"] == ["article:i00", "article:i01"]
    assert found[world.FIRST_PROVINCE, "PLANS", "fund:vc"]["origin"] == "origin-i00"
    assert (world.FIRST_PROVINCE, "IMPLEMENTS", world.TOP_POLICY) not in found
    assert (world.FORMER_PROVINCE, "MERGED_INTO", world.FIRST_PROVINCE) not in found
    assert found["agency:cuc", "PART_OF", "agency:ministry"]["also_in_reference"] is True
    assert found["agency:vague", "PART_OF", "agency:ministry"]["also_in_reference"] is False
    once = {(edge.subject, edge.predicate, edge.object) for edge in world.release().edges if edge.origins == 1}
    assert set(found) == once


def test_single_source_edges_can_be_filtered_by_type_and_entity(graph: Graph) -> None:
    rows = graph.query("single_source_edges", {"predicate": ["FUNDS", "SUPPORTS"], "entity": world.FIRST_PROVINCE})[
        "rows"
    ]
    assert column(rows, "predicate", "object") == [
        ("FUNDS", "st"), ("FUNDS", "home-firm"), ("SUPPORTS", "home-firm"), ("SUPPORTS", "shop"),
    ]  # fmt: skip


def test_planned_past_disputed_or_unclear_support_does_not_count(graph: Graph) -> None:
    answer = graph.query("supporters", {})
    assert column(answer["rows"], "predicate", "giver", "receiver") == [
        ("FUNDS", "one", "st"), ("SUPPORTS", "one", "home-firm"),
    ]  # fmt: skip
    assert fails(answer["near_misses"], "giver", "receiver") == {
        ("two", "far-lab"): ["in_force"],
        ("two", "home-firm"): ["in_force"],
        ("two", "st"): ["in_force"],
        ("two", "torn"): ["in_force"],
        ("two", "app"): ["in_force"],
        ("one", "home-firm"): ["in_force"],
        ("one", "shop"): ["in_force"],
    }


def test_money_and_other_support_are_separate(graph: Graph) -> None:
    money = graph.query("supporters", {"predicate": "FUNDS", "giver": world.FIRST_PROVINCE})
    other = graph.query("supporters", {"predicate": "SUPPORTS", "giver": world.FIRST_PROVINCE})
    assert {row["predicate"] for row in money["rows"]} == {"FUNDS"}
    assert [row["predicate"] for row in money["near_misses"] if row["fails"] == ["predicate_matches"]] == ["SUPPORTS"]
    assert [row["predicate"] for row in other["rows"]] == ["SUPPORTS"]
    assert fails(other["near_misses"], "receiver") == {"st": ["predicate_matches"], "shop": ["in_force"]}
    assert graph.query("supporters", {"receiver": "fund:torn"})["rows"] == []


def test_a_programme_planned_disputed_or_without_a_maker_is_a_near_miss(graph: Graph) -> None:
    answer = graph.query("programmes_and_makers", {})
    assert column(answer["rows"], "programme", "predicate", "actor") == [
        ("app", "DEVELOPED", "far-firm"), ("app", "LAUNCHED", "far-firm"), ("app", "LAUNCHED", "home-firm"),
    ]  # fmt: skip
    assert fails(answer["near_misses"], "programme") == {
        "bare": ["maker_stated"],
        "here": ["maker_stated"],
        "kindless": ["kind_matches"],
        "new-app": ["in_force"],
        "torn": ["in_force"],
        "used": ["maker_stated"],
    }


def test_a_programme_whose_maker_is_not_stated_is_found_by_who_applies_it(graph: Graph) -> None:
    near = graph.query("programmes_and_makers", {"actor": world.SECOND_PROVINCE})["near_misses"]
    assert [(row["programme"], row["users"]) for row in near] == [
        ("programme:torn", []),
        ("programme:used", [world.SECOND_PROVINCE]),
    ]


def test_a_programme_is_used_by_the_place_where_it_is(graph: Graph) -> None:
    near = graph.query("programmes_and_makers", {"actor": world.FIRST_PROVINCE})["near_misses"]
    assert [row["users"] for row in near if row["programme"] == "programme:here"] == [[world.FIRST_PROVINCE]]
