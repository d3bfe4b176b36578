"""Decisions that outlive vaguer mentions, readings that are preferred, dates by which, and alternatives."""

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.invented_statements import FUND, PROVINCE, merge_statements, only_edge, relation_statement
from vnkg.graph.model.facts import Disagreement, EntityRecord, Reading, Statement
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema

DECISION_DAY, LATER_DAY, LAST_DAY = "2025-10-27", "2025-11-18", "2026-02-01"
SECOND_PROVINCE = EntityRecord("province:zzz", "Province", "Zzz")


def decision(status: str = "approved", predicate: str = "PLANS", *, day: str | None = DECISION_DAY, number: int = 1,
             **properties: object) -> Statement:  # fmt: skip
    """Return a statement whose own sentence has its date."""
    return relation_statement(number, predicate, status, day=day, as_of_from="sentence", **properties)  # pyright: ignore[reportArgumentType]


def mention(status: str = "considered", predicate: str = "PLANS", *, day: str | None = LATER_DAY, number: int = 2,
            article: str = "902", **properties: object) -> Statement:  # fmt: skip
    """Return a statement with the date of its article, which has another origin than that of the decision."""
    return relation_statement(number, predicate, status, day=day, article=article, **properties)


def outcome(*statements: Statement) -> tuple[str, str | None, str | None]:
    """Return predicate, status and date of the edge of some statements, whatever their order."""
    edges = [only_edge(*order) for order in permutations(statements)]
    assert all(edge == edges[0] for edge in edges)
    return edges[0].predicate, edges[0].status, edges[0].as_of


@pytest.mark.parametrize(
    ("decision_statement", "vague_statement"),
    [
        (decision("approved"), mention("considered")),
        (decision("approved"), mention("planned")),
        (decision("approved"), mention("proposed", "PROPOSES")),
        (decision("under_construction"), mention("planned")),
        (decision("existing", "HAS"), mention("planned")),
        (decision("existing", "HAS"), mention("proposed", "PROPOSES")),
        (decision("past", "HAS"), mention("considered")),
        (decision("approved", day="2025"), mention("considered")),
        (decision("approved"), mention("considered", day=DECISION_DAY)),
        (decision("approved"), mention("considered", day=DECISION_DAY, article="900")),
        (decision("approved"), mention("considered", basis="inferred")),
        (decision("approved", basis="inferred"), mention("considered")),
        (decision("approved", day="2025-10"), mention("considered", as_of_from=None)),
    ],
)
def test_a_decision_outlives_a_vaguer_later_mention(decision_statement: Statement, vague_statement: Statement) -> None:
    values = (decision_statement.predicate, decision_statement.status, decision_statement.as_of)
    assert outcome(decision_statement, vague_statement) == values


@pytest.mark.parametrize(
    ("old_statement", "new_statement"),
    [
        pytest.param(
            mention("approved", day=DECISION_DAY, article="903"), mention("considered"), id="no date of its own"
        ),
        pytest.param(decision("planned"), mention("considered"), id="a dated plan is no decision"),
        pytest.param(decision("in_progress", "HAS"), mention("planned"), id="what is under way is no decision"),
        pytest.param(decision("approved"), decision("planned", day=LATER_DAY, number=2), id="the later plan is dated"),
        pytest.param(decision("approved"), decision("considered", day=LATER_DAY, number=2), id="it is considered anew"),
        pytest.param(decision("approved"), mention("approved"), id="a later decision"),
        pytest.param(decision("approved"), mention("existing", "HAS"), id="it is there now"),
        pytest.param(decision("existing", "HAS"), mention("past", "HAS"), id="it ended"),
        pytest.param(decision("existing", "HAS"), mention("approved"), id="approved is decided, not vague"),
        pytest.param(decision("approved"), mention("in_progress", "HAS"), id="it is under way"),
        pytest.param(decision("approved"), mention("cancelled"), id="it was cancelled"),
        pytest.param(decision("approved"), mention("disputed"), id="it is disputed"),
    ],
)
def test_what_is_no_decision_or_not_vague_is_decided_by_the_newest(
    old_statement: Statement, new_statement: Statement
) -> None:
    assert outcome(old_statement, new_statement) == (new_statement.predicate, new_statement.status, new_statement.as_of)
    assert merge_statements(old_statement, new_statement).disagreements == ()


def test_a_cancelled_decision_outlives_nothing() -> None:
    cancelled = mention("cancelled", day=LATER_DAY, article="903", number=3)
    assert outcome(decision(), cancelled) == ("PLANS", "cancelled", LATER_DAY)
    assert outcome(decision(), cancelled, mention("planned", day=LAST_DAY)) == ("PLANS", "planned", LAST_DAY)
    assert merge_statements(decision(), cancelled, mention("planned", day=LAST_DAY)).disagreements == ()


def test_a_decision_after_it_was_cancelled_stands() -> None:
    cancelled = mention("cancelled", day="2025-01", article="903", number=3)
    assert outcome(decision(), cancelled, mention("planned", day=LAST_DAY)) == ("PLANS", "approved", DECISION_DAY)


def test_a_decision_that_a_dated_plan_undid_outlives_nothing() -> None:
    plan_anew = decision("planned", day=LATER_DAY, number=3)
    assert outcome(decision(), plan_anew, mention("considered", day=LAST_DAY)) == ("PLANS", "considered", LAST_DAY)
    assert merge_statements(decision(), plan_anew, mention("considered", day=LAST_DAY)).disagreements == ()


def test_what_came_of_a_decision_decides_before_the_decision_itself() -> None:
    begun = mention("in_progress", "HAS", article="903", number=3)
    assert outcome(decision(), begun, mention("planned", day=LAST_DAY)) == ("HAS", "in_progress", LATER_DAY)


@pytest.mark.parametrize("basis", ["context", "reference"])
def test_a_decision_with_a_weak_basis_does_not_outlive_what_is_stated(basis: str) -> None:
    assert outcome(decision(basis=basis), mention("considered")) == ("PLANS", "considered", LATER_DAY)
    assert outcome(decision(), mention("considered", basis=basis)) == ("PLANS", "approved", DECISION_DAY)
    assert merge_statements(decision(), mention("considered", basis=basis)).disagreements == ()


def test_two_decisions_of_one_day_that_differ_are_disputed_although_a_vaguer_mention_is_newer() -> None:
    statements = decision(), decision("existing", "HAS", number=3), mention("considered")
    assert outcome(*statements) == ("PLANS", "disputed", DECISION_DAY)
    (item,) = merge_statements(*statements).disagreements
    assert (len(item.readings), item.preferred) == (3, None)


def test_a_decision_and_a_vaguer_later_mention_are_a_settled_disagreement() -> None:
    release = merge_statements(
        decision(), decision(number=3), mention("considered"), mention("proposed", "PROPOSES", number=4)
    )
    (edge,) = release.edges
    assert (edge.status, edge.disagreements) == ("approved", ("disagreement:status-aaa-bbb-plans",))
    assert release.disagreements == (
        Disagreement(
            "disagreement:status-aaa-bbb-plans",
            "value",
            (PROVINCE, FUND),
            (
                Reading(("statement:900-1", "statement:900-3"), "plans: approved", "dự kiến: đã phê duyệt"),
                Reading(("statement:902-2",), "plans: considered", "dự kiến: đang xem xét"),
                Reading(("statement:902-4",), "proposes: proposed", "đề xuất: được đề xuất"),
            ),
            "Aaa, Bbb: readings differ on how far this is",
            0,
            "A decision with its own date outlives a vaguer later mention.",
            "Aaa, Bbb: các cách đọc khác nhau về mức độ đã đạt được",
            "Quyết định có ngày riêng vẫn có giá trị trước lời nhắc sau đó kém rõ hơn.",
            "answer",
        ),
    )


def test_the_preferred_reading_is_that_of_the_decision_wherever_it_is_in_the_list() -> None:
    (item,) = merge_statements(decision("under_construction"), mention("considered")).disagreements
    assert [reading.statements for reading in item.readings] == [("statement:902-2",), ("statement:900-1",)]
    assert item.preferred == 1


def test_a_mention_of_the_day_of_the_decision_disagrees_too() -> None:
    assert [item.preferred for item in merge_statements(decision(), mention(day=DECISION_DAY)).disagreements] == [0]


def test_a_vague_mention_before_the_decision_is_history() -> None:
    for article in ("900", "902"):
        statements = decision(), mention("considered", day="2025-01-01", article=article)
        assert outcome(*statements) == ("PLANS", "approved", DECISION_DAY)
        assert merge_statements(*statements).disagreements == ()


# readings that are preferred


def declare(preferred: int | None, *readings: tuple[Statement, ...], changes: str = "answer") -> Disagreement:
    return Disagreement(
        "disagreement:x", "translation", (PROVINCE, FUND),
        tuple(Reading(tuple(statement.id for statement in reading), "x") for reading in readings),
        "Which is it?", preferred, "It is the original.", changes=changes,
    )  # fmt: skip


PLANNED_FUND, EXISTING = (
    relation_statement(1, "PLANS", "planned"),
    relation_statement(2, "HAS", "existing", article="901"),
)


def merge_with(disagreement: Disagreement, *statements: Statement) -> Release:
    return merge_statements(*statements, disagreements=(disagreement,), entities=(SECOND_PROVINCE,))


def edge_values(release: Release) -> list[tuple[str, str | None, bool]]:
    return [(edge.predicate, edge.status, edge.holds) for edge in release.edges]


def fund_status(release: Release) -> str | None:
    return next(entity.status for entity in release.entities if entity.id == FUND)


@pytest.mark.parametrize(
    ("preferred", "values", "status"),
    [
        (0, ("PLANS", "planned", False), "planned"),
        (1, ("HAS", "existing", True), "existing"),
        (None, ("PLANS", "disputed", False), "disputed"),
    ],
)
def test_a_preferred_reading_decides_the_edge_and_the_entity(
    preferred: int | None, values: tuple[str, str, bool], status: str
) -> None:
    release = merge_with(declare(preferred, (PLANNED_FUND,), (EXISTING,)), PLANNED_FUND, EXISTING)
    assert edge_values(release) == [values]
    assert fund_status(release) == status
    assert [edge.disagreements for edge in release.edges] == [("disagreement:x",)]
    assert [item.id for item in release.disagreements] == ["disagreement:x"]
    assert release.edges[0].statements == (PLANNED_FUND.id, EXISTING.id)


@pytest.mark.parametrize("effect", [effect for effect in schema().disagreement_effects if effect != "answer"])
def test_a_preferred_reading_that_changes_no_answer_decides_nothing(effect: str) -> None:
    release = merge_with(declare(0, (PLANNED_FUND,), (EXISTING,), changes=effect), PLANNED_FUND, EXISTING)
    assert edge_values(release) == [("PLANS", "disputed", False)]


def test_a_statement_of_the_preferred_reading_counts_although_another_reading_has_it_too() -> None:
    release = merge_with(declare(0, (PLANNED_FUND, EXISTING), (EXISTING,)), PLANNED_FUND, EXISTING)
    assert edge_values(release) == [("PLANS", "disputed", False)]


def test_a_preferred_reading_decides_before_a_newer_one_but_not_before_newer_statements() -> None:
    newer = relation_statement(3, "HAS", "existing", day=LATER_DAY, article="902")
    last = relation_statement(4, "HAS", "past", day=LAST_DAY, article="903")
    disagreement = declare(0, (PLANNED_FUND,), (newer,))
    assert edge_values(merge_with(disagreement, PLANNED_FUND, newer)) == [("PLANS", "planned", False)]
    assert edge_values(merge_with(disagreement, PLANNED_FUND, newer, last)) == [("HAS", "past", False)]


def test_a_rejected_statement_gives_an_edge_neither_its_basis_nor_its_qualifiers() -> None:
    policy = EntityRecord("policy:ccc", "Policy", "Ccc")
    loose, close = (
        relation_statement(number, "IMPLEMENTS", "in_progress", object=policy.id, basis=basis, article=article,
                           qualifiers={"implementation": implementation})
        for number, (basis, article, implementation) in enumerate(
            (("inferred", "900", "context"), ("stated", "901", "explicit"))
        )
    )  # fmt: skip
    for preferred, values in (
        (0, ("inferred", "context", False, 1)), (1, ("stated", "explicit", True, 1)),
        (None, ("stated", "explicit", False, 2)),
    ):  # fmt: skip
        items = (declare(preferred, (loose,), (close,)),)
        (edge,) = merge_statements(loose, close, disagreements=items, entities=(policy,)).edges
        assert (edge.basis, edge.qualifiers["implementation"], edge.holds, edge.articles) == values
        assert len(edge.statements) == 2


@pytest.mark.parametrize(
    "rejected_statements", [(EXISTING,), (EXISTING, relation_statement(3, "HAS", "existing", article="903"))]
)
def test_an_edge_and_an_entity_with_rejected_statements_only_are_disputed(
    rejected_statements: tuple[Statement, ...],
) -> None:
    plan = relation_statement(1, "PROPOSES", "proposed", object="centre:ccc")
    disagreement = declare(0, (plan,), rejected_statements)
    release = merge_statements(
        plan,
        *rejected_statements,
        disagreements=(disagreement,),
        entities=(EntityRecord("centre:ccc", "Centre", "Ccc"),),
    )
    assert {edge.object: (edge.predicate, edge.status, edge.holds) for edge in release.edges} == {
        "centre:ccc": ("PROPOSES", "proposed", False), FUND: ("HAS", "disputed", False),
    }  # fmt: skip
    assert fund_status(release) == "disputed"


def test_an_entity_follows_the_statements_of_all_subjects_by_the_same_rules() -> None:
    other = {"subject": SECOND_PROVINCE.id}
    approved = decision("approved", **other)
    assert fund_status(merge_statements(approved, mention("considered"), entities=(SECOND_PROVINCE,))) == "approved"
    cancelled = mention("cancelled", day=LAST_DAY, **other)
    assert fund_status(merge_statements(approved, cancelled, entities=(SECOND_PROVINCE,))) == "cancelled"
    weak = mention("existing", "HAS", basis="context", **other)
    assert fund_status(merge_statements(PLANNED_FUND, weak, entities=(SECOND_PROVINCE,))) == "planned"
    rejected = relation_statement(2, "HAS", "existing", article="901", **other)
    assert fund_status(merge_with(declare(0, (PLANNED_FUND,), (rejected,)), PLANNED_FUND, rejected)) == "planned"


# by when, and what else


@pytest.mark.parametrize(
    ("dues", "due", "is_disagreement"),
    [
        ((None, None), None, False),
        (("../2030", None), "../2030", False),
        (("../2030", "../2030"), "../2030", False),
        (("../2030", "2030"), "2030", False),
        (("2030", "2026/2030"), "2026/2030", False),
        (("2030", "2030-06"), "2030-06", False),
        (("2030", "2031"), "2031", True),
        (("../2030", "../2026"), "../2026", True),
        (("2030-06", "2030-09"), "2030-09", True),
    ],
)
def test_an_edge_is_due_when_its_deciding_statements_say(
    dues: tuple[str | None, str | None], due: str | None, is_disagreement: bool
) -> None:
    release = merge_statements(
        *(relation_statement(number, "PLANS", "planned", due=due) for number, due in enumerate(dues))
    )
    assert [edge.due for edge in release.edges] == [due]
    expected_ids = ["disagreement:due-aaa-bbb-plans"] if is_disagreement else []
    assert [item.id for item in release.disagreements] == expected_ids
    assert list(release.edges[0].disagreements) == expected_ids


def test_different_dates_by_which_are_a_date_disagreement_with_a_reading_of_each() -> None:
    plans = [
        relation_statement(number, "PLANS", "planned", due=due)
        for number, due in enumerate(("2030", "../2026", "2027/2028", "2030"))
    ]
    assert merge_statements(*plans).disagreements == (
        Disagreement(
            "disagreement:due-aaa-bbb-plans",
            "date",
            (PROVINCE, FUND),
            (
                Reading(("statement:900-1",), "due by 2026", "chậm nhất 2026"),
                Reading(("statement:900-2",), "due from 2027 to 2028", "thời hạn từ 2027 đến 2028"),
                Reading(("statement:900-0", "statement:900-3"), "due in 2030", "thời hạn 2030"),
            ),
            "Aaa, Bbb: readings give different dates by which it is to be so",
            gloss_vi="Aaa, Bbb: các cách đọc đưa ra thời hạn khác nhau",
            changes="number",
        ),
    )


def test_a_due_date_of_history_counts_for_nothing() -> None:
    old = relation_statement(1, "PLANS", "considered", due="2026", article="903")
    new = mention("planned", due="2030")
    assert [edge.due for edge in merge_statements(old, new).edges] == ["2030"]
    assert merge_statements(old, new).disagreements == ()
    assert [edge.due for edge in merge_statements(old, mention("planned")).edges] == [None]
    release = merge_statements(decision(due="2026"), mention("considered", due="2030"))
    assert [edge.due for edge in release.edges] == ["2026"]
    assert [item.kind for item in release.disagreements] == ["value"]


def test_the_due_date_is_that_of_the_newest_deciding_statement_that_has_one() -> None:
    plans = [
        relation_statement(1, "PLANS", "planned", due="2031"),
        relation_statement(2, "PLANS", "planned", due="2030", day=LATER_DAY),
        relation_statement(3, "PLANS", "planned", day=LAST_DAY),
    ]
    assert only_edge(*plans).due == "2030"


def test_an_edge_names_the_alternatives_of_its_deciding_statements() -> None:
    plan = relation_statement(1, "PLANS", "planned", alternative=("model:ddd", "model:ccc"))
    again = relation_statement(2, "PLANS", "planned", alternative=("model:ddd",))
    assert only_edge(plan, again).alternative == ("model:ccc", "model:ddd")
    assert only_edge(plan, mention("approved")).alternative == ()
    assert only_edge(decision(), mention("considered", alternative=("model:ddd",))).alternative == ()


def test_an_edge_names_the_disagreements_about_an_answer_or_a_number_that_have_one_of_its_statements() -> None:
    other = relation_statement(7, "SUPPORTS", "existing")
    readings = (Reading((EXISTING.id,), "x"), Reading(("statement:900-9",), "y"))
    items = (
        declare(None, (PLANNED_FUND,), (other,)),
        Disagreement("disagreement:a", "value", (), readings, changes="number"),
        Disagreement("disagreement:b", "translation", (), readings, changes="name"),
        Disagreement("disagreement:c", "definition", (), readings, changes="nothing"),
    )
    release = merge_statements(PLANNED_FUND, EXISTING, other, disagreements=items)
    assert {edge.predicate: edge.disagreements for edge in release.edges} == {
        "PLANS": ("disagreement:a", "disagreement:status-aaa-bbb-plans", "disagreement:x"),
        "SUPPORTS": ("disagreement:x",),
    }


def test_an_edge_counts_as_so_by_its_own_status_basis_and_implementation() -> None:
    policy = EntityRecord("policy:ccc", "Policy", "Ccc")

    def holds(*ties: str, status: str = "in_progress", basis: str = "stated") -> bool:
        statements = [
            relation_statement(number, "IMPLEMENTS", status, object=policy.id, basis=basis,
                               qualifiers={"implementation": tie})
            for number, tie in enumerate(ties)
        ]  # fmt: skip
        return merge_statements(*statements, entities=(policy,)).edges[0].holds

    assert holds("context") is False
    assert holds("context", "in_spirit") is True
    assert holds("explicit", basis="context") is False
    assert holds("explicit", status="planned") is False


# whatever the order

LADDER = ["PROPOSES proposed", "PLANS considered", "PLANS approved", "HAS existing", "HAS past", "PLANS cancelled"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(LADDER),
            st.sampled_from(["900", "901", "902"]),
            st.sampled_from(["2025-01-01", "2025-06", "2026-01-01"]),
            st.sampled_from(["article", "sentence"]),
            st.sampled_from(["stated", "context"]),
            st.sampled_from([None, "2030", "../2031"]),
        ),
        max_size=7,
    ),
    st.integers(0, 1000),
)
def test_decisions_due_dates_and_preferred_readings_do_not_depend_on_order(
    rows: list[tuple[str, str, str, str, str, str | None]], seed: int
) -> None:
    statements = [
        relation_statement(number, *ladder.split(), day=day, article=article, as_of_from=source, basis=basis, due=due)
        for number, (ladder, article, day, source, basis, due) in enumerate(rows)
    ]
    items = (declare(0, tuple(statements[:1]), tuple(statements[1:3])),) if len(statements) > 2 else ()
    shuffled = statements[:]
    random.Random(seed).shuffle(shuffled)
    one, other = (merge_statements(*order, disagreements=items) for order in (statements, shuffled))
    assert dict(one.files()) == dict(other.files())


@given(
    st.lists(
        st.tuples(st.sampled_from(["proposed", "considered", "planned"]), st.sampled_from(["2025-12", "2026-03"]))
    ),
    st.sampled_from(["approved", "under_construction"]),
)
def test_no_number_of_vague_mentions_undoes_a_decision(rows: list[tuple[str, str]], status: str) -> None:
    vague = [
        mention(stage, "PROPOSES" if stage == "proposed" else "PLANS", day=day, number=number)
        for number, (stage, day) in enumerate(rows)
    ]
    release = merge_statements(decision(status), *vague)
    assert edge_values(release) == [("PLANS", status, False)]
    assert fund_status(release) == status
    assert all(item.preferred is not None for item in release.disagreements)


# readings that are open, and what supports an edge

UNCLEAR = relation_statement(4, "HAS", "unclear", article="901")


@pytest.mark.parametrize(
    ("disagreement", "status"),
    [
        (declare(None, (EXISTING,), (UNCLEAR,)), "disputed"),
        (declare(None, (EXISTING, UNCLEAR), (EXISTING, UNCLEAR)), "existing"),
        (declare(None, (EXISTING, UNCLEAR), ()), "existing"),
        (declare(None, (EXISTING,), (UNCLEAR,), changes="number"), "existing"),
        (declare(0, (EXISTING,), (UNCLEAR,)), "existing"),
    ],
)
def test_an_open_disagreement_disputes_an_edge_if_its_readings_differ_in_the_statements(
    disagreement: Disagreement, status: str
) -> None:
    release = merge_with(disagreement, EXISTING, UNCLEAR)
    assert [edge.status for edge in release.edges] == [status]
    assert fund_status(release) == status


def test_articles_of_rejected_readings_and_of_context_support_no_edge_that_others_support() -> None:
    context = replace(relation_statement(5, "PLANS", "planned", article="903"), basis="context")
    release = merge_with(declare(0, (PLANNED_FUND,), (EXISTING,)), PLANNED_FUND, EXISTING, context)
    assert [(edge.articles, edge.origins, edge.basis) for edge in release.edges] == [(1, 1, "stated")]
    assert [(edge.articles, edge.basis) for edge in merge_statements(context).edges] == [(1, "context")]


def test_the_basis_of_an_edge_is_not_that_of_a_rejected_statement() -> None:
    inferred = replace(PLANNED_FUND, basis="inferred")
    release = merge_with(declare(0, (inferred,), (EXISTING,)), inferred, EXISTING)
    assert [(edge.status, edge.basis) for edge in release.edges] == [("planned", "inferred")]
