import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.invented_statements import (
    ENTITIES,
    FUND,
    PROVINCE,
    measurement_statement,
    merge_statements,
    only_edge,
    relation_statement,
)
from vnkg.graph.model.facts import Disagreement, EntityRecord, Facts, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema


def test_statements_about_the_same_thing_are_one_edge_that_counts_articles_and_origins() -> None:
    edge = only_edge(
        relation_statement(1, "PLANS", "planned"),
        relation_statement(2, "PLANS", "planned"),
        relation_statement(3, "PLANS", "planned", article="901"),
        relation_statement(4, "PLANS", "planned", article="902"),
    )
    assert (edge.predicate, edge.status, edge.articles, edge.origins, len(edge.statements)) == (
        "PLANS",
        "planned",
        3,
        2,
        4,
    )


def test_a_plan_that_its_translation_calls_done_is_disputed_and_not_there() -> None:
    release = merge_statements(
        relation_statement(1, "HAS", "existing"), relation_statement(2, "PLANS", "planned", article="901")
    )
    assert [(edge.predicate, edge.status) for edge in release.edges] == [("PLANS", "disputed")]
    assert [(item.kind, len(item.readings)) for item in release.disagreements] == [("translation", 2)]
    assert {entity.id: entity.status for entity in release.entities}[FUND] == "disputed"


def test_a_later_report_of_another_origin_supersedes_a_plan() -> None:
    release = merge_statements(
        relation_statement(1, "PLANS", "planned"),
        relation_statement(2, "HAS", "existing", article="902", day="2026-01-01"),
    )
    assert [(edge.predicate, edge.status, edge.as_of) for edge in release.edges] == [("HAS", "existing", "2026-01-01")]
    assert len(release.edges[0].statements) == 2
    assert release.disagreements == ()


@pytest.mark.parametrize(("as_of_from", "status"), [("article", "disputed"), ("sentence", "existing")])
def test_an_older_statement_of_the_same_origin_is_history_only_if_its_sentence_has_the_date(
    as_of_from: str, status: str
) -> None:
    edge = only_edge(
        relation_statement(1, "SUPPORTS", "planned", as_of_from=as_of_from),
        relation_statement(2, "SUPPORTS", "existing", article="901", day="2026-01-01"),
    )
    assert edge.status == status


def test_unclear_and_context_do_not_dispute_what_is_stated() -> None:
    edge = only_edge(
        relation_statement(1, "PLANS", "planned"),
        relation_statement(2, "PLANS", "unclear"),
        relation_statement(3, "HAS", "existing", basis="context"),
    )
    assert (edge.predicate, edge.status, edge.basis) == ("PLANS", "planned", "stated")


def test_a_reference_statement_counts_for_no_article_and_no_origin() -> None:
    edge = only_edge(relation_statement(1, "HAS", "existing", basis="reference", passage=None, source="a table"))
    assert (edge.basis, edge.articles, edge.origins) == ("reference", 0, 0)


def test_a_symmetric_edge_is_stored_once_smaller_id_first() -> None:
    other = EntityRecord("province:zzz", "Province", "Zzz")
    one = relation_statement(1, "BORDERS", "existing", subject="province:zzz", object=PROVINCE)
    two = relation_statement(2, "BORDERS", "existing", subject=PROVINCE, object="province:zzz")
    release = merge(Facts(entities=(*ENTITIES, other), statements=(one, two)), schema())
    assert [(edge.subject, edge.object, len(edge.statements)) for edge in release.edges] == [
        (PROVINCE, "province:zzz", 2)
    ]


def test_the_edge_has_the_strongest_implementation() -> None:
    policy = EntityRecord("policy:ccc", "Policy", "Ccc", attributes={"kind": "resolution"})
    weak = relation_statement(
        1, "IMPLEMENTS", "in_progress", object="policy:ccc", qualifiers={"implementation": "context"}
    )
    strong = relation_statement(
        2, "IMPLEMENTS", "in_progress", object="policy:ccc", qualifiers={"implementation": "explicit"}
    )
    release = merge(Facts(entities=(*ENTITIES, policy), statements=(weak, strong)), schema())
    assert release.edges[0].qualifiers == {"implementation": "explicit"}
    assert "Resolution" in next(entity.labels for entity in release.entities if entity.id == "policy:ccc")


def test_values_that_cannot_both_be_right_are_a_disagreement_and_compatible_ones_are_not() -> None:
    assert (
        merge_statements(
            measurement_statement(1, 140, "more than"),
            measurement_statement(2, 140),
            measurement_statement(3, 100, "more than"),
        ).disagreements
        == ()
    )
    found = merge_statements(measurement_statement(1, 140), measurement_statement(2, 100)).disagreements
    assert [(item.kind, item.about) for item in found] == [("value", (PROVINCE,))]


def test_a_declared_disagreement_replaces_the_detected_one() -> None:
    declared = Disagreement(
        "disagreement:mine", "value", (PROVINCE,),
        (Reading(("statement:900-1",), "140"), Reading(("statement:900-2",), "100")),
    )  # fmt: skip
    release = merge_statements(measurement_statement(1, 140), measurement_statement(2, 100), disagreements=(declared,))
    assert [item.id for item in release.disagreements] == ["disagreement:mine"]


STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from(["PROPOSES proposed", "PLANS planned", "PLANS considered", "HAS existing", "HAS unclear"]),
        st.sampled_from(["900", "901", "902"]),
        st.sampled_from(["2025-01-01", "2025-06", "2026-01-01"]),
    ),
    max_size=8,
)


@given(STATEMENTS, st.integers(0, 1000))
def test_merging_does_not_depend_on_order(rows: list[tuple[str, str, str]], seed: int) -> None:
    statements = [
        relation_statement(number, *ladder.split(), day=day, article=article)
        for number, (ladder, article, day) in enumerate(rows)
    ]
    shuffled = statements[:]
    random.Random(seed).shuffle(shuffled)
    one, other = merge_statements(*statements), merge_statements(*shuffled)
    assert dict(one.files()) == dict(other.files())
    assert one.id == other.id


@given(STATEMENTS)
def test_a_planned_fund_is_never_there_unless_every_deciding_reading_says_so(rows: list[tuple[str, str, str]]) -> None:
    statements = [
        relation_statement(n, *ladder.split(), day=day, article=article)
        for n, (ladder, article, day) in enumerate(rows)
    ]
    for edge in merge_statements(*statements).edges:
        if edge.predicate == "HAS" and edge.status == "existing":
            newest = max(statement.as_of or "" for statement in statements if statement.status != "unclear")
            deciding = [s for s in statements if s.as_of == newest and s.status != "unclear"]
            assert all(statement.predicate == "HAS" for statement in deciding)


@pytest.mark.parametrize("field", ["entities", "statements", "edges"])
def test_every_file_of_a_release_is_sorted(field: str) -> None:
    release = merge_statements(relation_statement(2, "PLANS", "planned"), relation_statement(1, "PLANS", "planned"))
    ids = [item.id for item in getattr(release, field)]
    assert ids == sorted(ids)
