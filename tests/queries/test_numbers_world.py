"""The queries about counts, measurements and unanswered questions, on their own invented graph."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.support.invented_graph import FIRST_ARTICLE, POLICY, SECOND_ARTICLE, Builder, load_graph
from tests.support.worlds import numbers
from tests.support.worlds.numbers import TRANSLATION
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph

Row = Mapping[str, Any]
QUESTIONS = [
    "department_head", "fund_size", "implements_policy", "innovation_centre", "st_development_fund",
    "venture_capital_fund",
]  # fmt: skip
UNANSWERED_QUESTIONS = {
    "bbb": set(QUESTIONS),
    "ddd": set(QUESTIONS) - {"innovation_centre"},
    "fff": set(QUESTIONS) - {"st_development_fund"},
    "ggg": set(QUESTIONS) - {"venture_capital_fund"},
    "hhh": set(QUESTIONS) - {"venture_capital_fund"},
}
NEAREST: list[tuple[str, str, list[str]]] = [
    ("bbb", "venture_capital_fund", ["fund:bbb-vc"]),
    ("bbb", "fund_size", ["fund:bbb-vc"]),
    ("bbb", "implements_policy", [POLICY, "policy:own-plan"]),
    ("bbb", "department_head", ["person:deputy-bbb"]),
    ("bbb", "innovation_centre", ["centre:bbb"]),
    ("ddd", "venture_capital_fund", []),
    ("fff", "venture_capital_fund", ["fund:fff-st", "fund:fff-vc"]),
    ("fff", "implements_policy", [POLICY]),
    ("fff", "department_head", ["person:former-fff"]),
    ("fff", "innovation_centre", ["centre:fff"]),
    ("hhh", "implements_policy", [POLICY]),
    ("hhh", "department_head", ["person:head-hhh"]),
]
"""The nearest statements to unanswered questions: planned, disputed, of another kind, past, by reference or context."""
CAUTIONS: Mapping[tuple[str, float], list[str]] = {
    ("province:fff", 210): ["disputed value"],
    ("province:fff", 200): ["disputed value"],
    ("province:fff", 55.5): ["other unit"],
    ("province:bbb", 100): ["other period", "begun before the merger"],
    ("province:bbb", 120): ["other period"],
    ("province:bbb", 70): ["other period", "before the merger"],
    ("province:hhh", 50): ["a bound: its place is open"],
    ("province:ccc", 30): ["unit abolished", "part of another unit"],
    ("province:ccc", 25): ["other period", "before the merger", "part of another unit"],
    ("place:town", 10): ["part of another unit"],
    ("province:ggg", 7): ["other period"],
    ("province:aaa", 500): ["target, not actual", "other period"],
}


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, numbers.release())


def values(rows: Sequence[Row]) -> list[tuple[str, float]]:
    return [(row["subject"], row["value"]) for row in rows]


def only_row(rows: Sequence[Row], **values: Any) -> Row:
    found = [row for row in rows if all(row[key] == value for key, value in values.items())]
    assert len(found) == 1, values
    return found[0]


def test_a_ranking_contains_only_comparable_values(graph: Graph) -> None:
    rows = graph.query("indicator_ranking", {"indicator": "firms"})["rows"]
    assert values(rows) == [("province:bbb", 300), ("province:aaa", 90)]
    assert all(row["comparability_notes"] == [] for row in rows)


def test_a_ranking_gives_the_reason_for_every_excluded_value(graph: Graph) -> None:
    near = graph.query("indicator_ranking", {"indicator": "firms"})["near_misses"]
    assert {(row["subject"], row["value"]): row["comparability_notes"] for row in near} == CAUTIONS
    assert len(near) == len(CAUTIONS)
    assert only_row(near, value=500)["fails"] == ["is_actual", "is_comparable"]
    assert all(row["fails"] == ["is_comparable"] for row in near if row["value"] != 500)


def test_a_ranking_can_be_reversed(graph: Graph) -> None:
    rows = graph.query("indicator_ranking", {"indicator": "firms", "order": "ascending"})["rows"]
    assert values(rows) == [("province:aaa", 90), ("province:bbb", 300)]
    with pytest.raises(BadParameter, match="expected one of descending, ascending"):
        graph.query("indicator_ranking", {"indicator": "firms", "order": "upwards"})


def test_a_translation_adds_an_article_to_a_value_and_no_row(graph: Graph) -> None:
    rows = graph.query("indicator_ranking", {"indicator": "firms"})["rows"]
    assert only_row(rows, subject="province:aaa")["articles"] == [FIRST_ARTICLE, TRANSLATION]


def test_targets_alone_are_ranked_as_near_misses(graph: Graph) -> None:
    answer = graph.query("indicator_ranking", {"indicator": "share"})
    assert answer["rows"] == []
    assert [(row["articles"], row["comparability_notes"], row["fails"]) for row in answer["near_misses"]] == [
        ([FIRST_ARTICLE, TRANSLATION], [], ["is_actual"])
    ]


def test_an_unknown_indicator_is_refused_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(BadParameter, match=r"found 'frims'; expected one of the \d+ indicators .*did you mean firms"):
        graph.query("indicator_ranking", {"indicator": "frims"})


def test_numbers_of_parts_are_included_only_on_request(graph: Graph) -> None:
    own = graph.query("measurements_of", {"entity": "province:aaa"})["rows"]
    assert {row["subject"] for row in own} == {"province:aaa"}
    both = graph.query("measurements_of", {"entity": "province:aaa", "include_parts": "true"})["rows"]
    assert [row["subject"] for row in both if row["is_about_part"]] == ["place:town"]
    assert both[: len(own)] == own


def test_numbers_of_planned_things_are_not_included(graph: Graph) -> None:
    rows = graph.query("measurements_of", {"entity": "province:aaa", "include_parts": "true"})["rows"]
    assert "rooms" not in {row["indicator"] for row in rows}


def test_numbers_are_in_the_order_of_their_periods(graph: Graph) -> None:
    rows = graph.query("measurements_of", {"entity": "province:bbb"})["rows"]
    assert [(row["value"], row["period"] or row["as_of"]) for row in rows] == [
        (100, "2021/2025"),
        (70, "2024"),
        (120, f"{numbers.MERGER_DATE}/2025-12-31"),
        (300, "2025-11-18"),
    ]


def test_a_number_has_its_speaker_and_whether_it_is_disputed(graph: Graph) -> None:
    rows = graph.query("measurements_of", {"entity": "province:bbb"})["rows"]
    assert {row["value"]: row["speaker"] for row in rows} == {300: "person:deputy-bbb", 70: None, 100: None, 120: None}
    assert not any(row["disputed"] for row in rows)
    rows = graph.query("measurements_of", {"entity": "province:fff"})["rows"]
    assert {row["value"]: row["disputed"] for row in rows} == {200: True, 210: True, 55.5: False, 60: False}


def test_a_reference_number_has_no_article(graph: Graph) -> None:
    row = graph.query("measurements_of", {"entity": "province:ggg"})["rows"][0]
    assert (row["basis"], row["articles"], row["origins"], row["as_of"]) == ("reference", [], 0, None)


def test_targets_are_never_actual_values(graph: Graph) -> None:
    rows = graph.query("targets", {})["rows"]
    assert [(row["subject"], row["value"], row["year"]) for row in rows] == [
        ("province:fff", 60, 2026),
        ("province:aaa", 500, 2030),
        ("centre:town", 3, None),
        ("fund:bbb-vc", 9e9, None),
        ("province:aaa", 5, None),
    ]
    assert {row["value_status"] for row in rows} == {"target", "planned"}
    assert rows[0]["articles"] == [FIRST_ARTICLE, TRANSLATION]


def test_a_later_target_and_one_without_a_year_are_near_misses(graph: Graph) -> None:
    answer = graph.query("targets", {"last_year": "2026"})
    assert values(answer["rows"]) == [("province:fff", 60)]
    assert [row["year"] for row in answer["near_misses"]] == [2030, None, None, None]
    assert all(row["fails"] == ["year_matches"] for row in answer["near_misses"])
    assert {row["subject"] for row in graph.query("targets", {"subject": "province:aaa"})["rows"]} == {"province:aaa"}


def test_each_question_is_unanswered_in_its_own_way(graph: Graph) -> None:
    answer = graph.query("not_stated", {})
    lost: dict[str, set[str]] = {}
    for row in answer["rows"]:
        lost.setdefault(row["province"].removeprefix("province:"), set()).add(row["question"])
    assert lost == UNANSWERED_QUESTIONS
    stated = [(row["province"], row["question"]) for row in answer["near_misses"]]
    assert stated == [
        *(("province:aaa", question) for question in QUESTIONS),
        ("province:ddd", "innovation_centre"), ("province:fff", "st_development_fund"),
        ("province:ggg", "venture_capital_fund"), ("province:hhh", "venture_capital_fund"),
    ]  # fmt: skip
    assert all(row["fails"] == ["not_stated"] and row["answer"] == "stated" for row in answer["near_misses"])


@pytest.mark.parametrize(("slug", "question", "nearest"), NEAREST)
def test_what_is_not_stated_comes_with_the_nearest_facts(
    graph: Graph, slug: str, question: str, nearest: list[str]
) -> None:
    rows = graph.query("not_stated", {"province": f"province:{slug}", "question": question})["rows"]
    assert [row["nearest_entities"] for row in rows] == [nearest]
    assert [bool(row["statements"]) for row in rows] == [bool(nearest)]


def test_what_is_stated_names_only_what_states_it(graph: Graph) -> None:
    near = graph.query("not_stated", {"province": "province:aaa"})["near_misses"]
    assert {row["question"]: row["nearest_entities"] for row in near} == {
        "department_head": ["person:head-aaa"],
        "fund_size": ["fund:aaa-vc"],
        "implements_policy": [POLICY],
        "innovation_centre": ["centre:aaa"],
        "st_development_fund": ["fund:aaa-st"],
        "venture_capital_fund": ["fund:aaa-vc"],
    }


@pytest.mark.parametrize("value_status", schema().value_statuses)
def test_the_size_of_a_fund_is_stated_only_by_an_actual_amount(engine: Engine, value_status: str) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    made.entity("province:one", "Province", "One", kind="province")
    fund = made.fund("one")
    made.relate("province:one", "HAS", fund, "existing")
    made.add_statement(
        "measurement", fund, "9", indicator="capital", value=9, unit="VND", comparator="=", value_status=value_status
    )
    given = {"province": "province:one", "question": "fund_size"}
    answer = load_graph(engine, merge(made.facts(), schema())).query("not_stated", given)
    (row,) = [*answer["rows"], *answer["near_misses"]]
    assert (row["is_stated"], row["nearest_entities"]) == (value_status == "actual", [fund])


def test_the_answer_counts_the_articles_about_the_province(graph: Graph) -> None:
    rows = graph.query("not_stated", {"question": "department_head"})["rows"]
    said = {row["province"].removeprefix("province:"): row["answer"] for row in rows}
    assert said["bbb"] == "not stated in the 3 articles that speak of it"
    assert said["ddd"] == "not stated in the 1 article that speaks of it"


def test_a_province_without_articles_is_a_near_miss_on_request(graph: Graph) -> None:
    assert "province:eee" not in {row["province"] for row in graph.query("not_stated", {})["rows"]}
    answer = graph.query("not_stated", {"province": "province:eee"})
    assert answer["rows"] == []
    assert [row["question"] for row in answer["near_misses"]] == QUESTIONS
    assert all(row["fails"] == ["is_mentioned"] and row["articles"] == 0 for row in answer["near_misses"])


def test_an_abolished_province_is_not_treated_as_current(graph: Graph) -> None:
    assert graph.query("not_stated", {"province": "province:ccc"}) == {"rows": [], "near_misses": []}


def test_abolished_provinces_are_counted_separately(graph: Graph) -> None:
    answer = graph.query("provinces_by_fact_count", {})
    assert [row["province"][-3:] for row in answer["rows"]] == ["aaa", "bbb", "fff", "hhh", "ddd"]
    assert [(row["province"], row["fails"]) for row in answer["near_misses"]] == [
        ("province:ccc", ["is_current"]),
        ("province:ggg", ["is_mentioned"]),
        ("province:eee", ["is_mentioned"]),
    ]


def test_counts_of_a_province_separate_reference_and_translation(graph: Graph) -> None:
    answer = graph.query("provinces_by_fact_count", {})
    rows = [*answer["rows"], *answer["near_misses"]]
    told = only_row(rows, province="province:aaa")
    assert [told[key] for key in ("mentions", "articles", "origins", "reference_edges")] == [3, 3, 2, 0]
    assert told["statement_count"] == len(told["statements"])
    looked_up = only_row(rows, province="province:ggg")
    assert [looked_up[key] for key in ("statement_count", "edges", "reference_edges", "last_as_of")] == [0, 0, 2, None]


def test_claims_are_found_by_type_and_by_whom_they_concern(graph: Graph) -> None:
    assert len(graph.query("claims_by_type", {})["rows"]) == 6
    rows = graph.query("claims_by_type", {"claim_type": ["challenge", "goal"]})["rows"]
    assert [(row["claim_type"], row["subject"], row["article"]) for row in rows] == [
        ("challenge", "province:bbb", FIRST_ARTICLE),
        ("challenge", "province:bbb", SECOND_ARTICLE),
        ("goal", "province:aaa", FIRST_ARTICLE),
    ]
    for entity, count in (("sector:sss", 1), ("person:head-aaa", 2), ("province:bbb", 4), ("province:hhh", 0)):
        assert len(graph.query("claims_by_type", {"entity": entity})["rows"]) == count, entity


def test_a_recommendation_is_addressed_to_its_subject_and_a_proposal_made_by_it(graph: Graph) -> None:
    rows = graph.query("proposals_made", {})["rows"]
    advice = only_row(rows, proposal_type="recommendation", proposer="person:head-aaa")
    assert (advice["addressees"], advice["topics"]) == (["province:bbb"], ["model:mmm"])
    asked = only_row(rows, proposal_type="proposal")
    assert (asked["proposer"], asked["speaker"]) == ("province:bbb", "person:deputy-bbb")
    assert (asked["addressees"], asked["topics"]) == (["agency:so-aaa"], ["model:mmm"])
    assert only_row(rows, proposal_type="recommendation", proposer=None)["addressees"] == ["place:town"]


def test_a_plan_is_not_a_proposal_and_a_disputed_one_is_a_near_miss(graph: Graph) -> None:
    answer = graph.query("proposals_made", {})
    proposed = [
        (row["proposer"], row["status"], row["articles"])
        for row in answer["rows"]
        if row["proposal_type"] == "PROPOSES"
    ]
    assert proposed == [
        ("province:bbb", "proposed", [FIRST_ARTICLE, TRANSLATION]),
        ("province:hhh", "unclear", [FIRST_ARTICLE]),
    ]
    assert [(row["proposer"], row["fails"]) for row in answer["near_misses"]] == [("province:fff", ["is_undisputed"])]
    assert "model:nnn" not in [topic for row in answer["rows"] for topic in row["topics"]]


def test_proposals_are_found_by_any_participant(graph: Graph) -> None:
    counts = {"model:mmm": 4, "agency:so-aaa": 1, "person:head-aaa": 1, "province:bbb": 3, "province:aaa": 0}
    for entity, count in counts.items():
        assert len(graph.query("proposals_made", {"entity": entity})["rows"]) == count, entity


def test_a_translation_corroborates_nothing(graph: Graph) -> None:
    answer = graph.query("corroborated_edges", {})
    assert [(row["predicate"], row["articles"], row["origins"], row["article_ids"]) for row in answer["rows"]] == [
        ("PARTNERS_WITH", 2, 2, [FIRST_ARTICLE, SECOND_ARTICLE])
    ]


def test_requesting_more_origins_than_exist_gives_nothing(graph: Graph) -> None:
    assert graph.query("corroborated_edges", {"min_origins": "3"}) == {"rows": [], "near_misses": []}
    all_told = graph.query("corroborated_edges", {"min_origins": "1"})["rows"]
    assert len(all_told) == sum(edge.basis != "reference" for edge in numbers.release().edges)


def test_names_come_with_the_article_that_uses_them(graph: Graph) -> None:
    rows = graph.query("names_of", {"entity": "province:aaa"})["rows"]
    assert [(row["name"], row["language"], row["kind"], row["is_main_name"], row["article"]) for row in rows] == [
        ("Aaa", "en", "alias", False, FIRST_ARTICLE),
        ("Tỉnh Aaa", "vi", "name", True, None),
    ]
    rows = graph.query("names_of", {"entity": "centre:aaa"})["rows"]
    assert [(row["language"], row["kind"]) for row in rows] == [("en", "name"), ("vi", "alias")], "by language first"
