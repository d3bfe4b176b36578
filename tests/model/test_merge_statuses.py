"""Which of the statements about one thing decide its status, and which only count."""

import pytest

from tests.support.invented_statements import (
    FUND,
    PROVINCE,
    merge_statements,
    only_edge,
    relation_statement,
)
from vnkg.graph.model.facts import EntityRecord, Statement

OLD, NEW = "2025-01-01", "2026-01-01"


@pytest.mark.parametrize(
    ("statements", "edge_values"),
    [
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned"),
                relation_statement(2, "HAS", "existing", day=NEW, article="902", basis="context"),
            ],
            ("PLANS", "planned", "stated", OLD),
            id="a newer statement with a weak basis does not decide",
        ),
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned"),
                relation_statement(2, "HAS", "existing", day=NEW, article="902", basis="inferred"),
            ],
            ("HAS", "existing", "stated", NEW),
            id="what is inferred decides like what is stated, and the edge has the strongest basis of all",
        ),
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned", basis="context"),
                relation_statement(2, "HAS", "existing", basis="reference", passage=None, day=NEW),
            ],
            ("PLANS", "planned", "context", OLD),
            id="among weak bases the strongest decides, even if it is older",
        ),
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned"),
                relation_statement(2, "PLANS", "unclear", day=NEW, article="902"),
            ],
            ("PLANS", "planned", "stated", OLD),
            id="a newer unclear statement is ignored, also in the date",
        ),
        pytest.param(
            [relation_statement(1, "PLANS", "unclear"), relation_statement(2, "PLANS", "unclear", day=NEW)],
            ("PLANS", "unclear", "stated", NEW),
            id="only unclear statements",
        ),
        pytest.param(
            [relation_statement(1, "HAS", "unclear"), relation_statement(2, "PLANS", "unclear")],
            ("PLANS", "unclear", "stated", OLD),
            id="unclear statements of two stages are no dispute",
        ),
        pytest.param(
            [relation_statement(1, "HAS", "disputed"), relation_statement(2, "HAS", "existing")],
            ("HAS", "disputed", "stated", OLD),
            id="a statement of a dispute counts like any other",
        ),
        pytest.param(
            [relation_statement(1, "PLANS", "considered"), relation_statement(2, "PLANS", "considered", day=NEW)],
            ("PLANS", "considered", "stated", NEW),
            id="the date is that of the newest deciding statement",
        ),
        pytest.param(
            [relation_statement(1, "PLANS", "planned", day=None, as_of_from=None)],
            ("PLANS", "planned", "stated", None),
            id="no statement has a date",
        ),
        pytest.param(
            [relation_statement(1, "PLANS", "planned", as_of_from="sentence")],
            ("PLANS", "planned", "stated", OLD),
            id="the newest decides also if its sentence has the date",
        ),
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned"),
                relation_statement(2, "HAS", "existing", day=NEW, article="901", basis="context"),
                relation_statement(3, "HAS", "existing", day=NEW, article="902"),
            ],
            ("HAS", "existing", "stated", NEW),
            id="a weak statement of today does not bring back the older ones of its origin",
        ),
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned"),
                relation_statement(2, "HAS", "existing", day=NEW, article="901", origin="z"),
            ],
            ("HAS", "existing", "stated", NEW),
            id="a statement's own origin comes before that of its article",
        ),
        pytest.param(
            [
                relation_statement(1, "PLANS", "planned", article="903"),
                relation_statement(2, "HAS", "existing", day=NEW, article="904"),
            ],
            ("HAS", "existing", "stated", NEW),
            id="articles without an origin are not one origin",
        ),
        pytest.param(
            [relation_statement(1, "PLANS", None), relation_statement(2, "PLANS", "approved")],
            ("PLANS", "approved", "stated", OLD),
            id="a statement without a status disputes nothing",
        ),
        pytest.param(
            [relation_statement(1, "PLANS", "planned", day="2025-06"), relation_statement(2, "PLANS", "planned")],
            ("PLANS", "planned", "stated", "2025-06"),
            id="a month is later than an earlier day",
        ),
        pytest.param(
            [
                relation_statement(1, "PROPOSES", "proposed"),
                relation_statement(2, "PLANS", "planned"),
                relation_statement(3, "HAS", "existing"),
            ],
            ("PROPOSES", "disputed", "stated", OLD),
            id="the weakest stage of three is the predicate of a dispute",
        ),
        pytest.param(
            [
                relation_statement(1, "HAS", "existing"),
                relation_statement(2, "HAS", "past", day=NEW, article="902"),
            ],
            ("HAS", "past", "stated", NEW),
            id="what ended later has ended",
        ),
    ],
)
def test_the_status_of_an_edge_follows_from_its_deciding_statements(
    statements: list[Statement], edge_values: tuple[str, str, str, str | None]
) -> None:
    edge = only_edge(*statements)
    assert (edge.predicate, edge.status, edge.basis, edge.as_of) == edge_values
    assert edge == only_edge(*reversed(statements))


def test_history_counts_among_the_articles_and_origins_of_an_edge() -> None:
    edge = only_edge(
        relation_statement(1, "PLANS", "planned", article="903"),
        relation_statement(2, "PLANS", "planned", article="904"),
        relation_statement(3, "PLANS", "unclear", article="900", origin="z"),
        relation_statement(4, "HAS", "existing", article="902", day=NEW),
        relation_statement(5, "HAS", "existing", article="902", day=NEW),
        relation_statement(6, "HAS", "existing", basis="reference", passage=None),
    )
    assert (edge.predicate, edge.articles, edge.origins, len(edge.statements)) == ("HAS", 4, 4, 6)


def test_a_qualifier_is_that_of_the_newest_deciding_statement_or_else_of_history() -> None:
    agency = EntityRecord("agency:ddd", "Agency", "Ddd")
    person = EntityRecord("person:eee", "Person", "Eee")

    def role(number: int, day: str, status: str = "existing", article: str = "900", **qualifiers: object) -> Statement:
        return relation_statement(
            number, "HOLDS_ROLE", status, subject=person.id, object=agency.id, day=day, article=article,
            qualifiers=qualifiers,
        )  # fmt: skip

    edges = merge_statements(
        role(1, NEW, title="director"),
        role(2, OLD, title="deputy director"),
        role(3, "2026-02-01", "unclear", title="adviser", head=True),
        entities=(agency, person),
    ).edges
    assert [edge.qualifiers for edge in edges] == [{"title": "director", "head": True}]


def test_the_strongest_implementation_counts_although_it_is_history() -> None:
    policy = EntityRecord("policy:ccc", "Policy", "Ccc")
    edges = merge_statements(
        relation_statement(1, "IMPLEMENTS", "planned", object=policy.id, qualifiers={"implementation": "explicit"}),
        relation_statement(2, "IMPLEMENTS", "existing", object=policy.id, day=NEW, article="902",
                           qualifiers={"implementation": "in_spirit"}),
        entities=(policy,),
    ).edges  # fmt: skip
    assert [(edge.status, edge.qualifiers) for edge in edges] == [("existing", {"implementation": "explicit"})]


def status_of(entity: str, *statements: Statement, entities: tuple[EntityRecord, ...] = ()) -> str | None:
    release = merge_statements(*statements, entities=(EntityRecord("province:zzz", "Province", "Zzz"), *entities))
    return {item.id: item.status for item in release.entities}[entity]


OTHER_SUBJECT = {"subject": "province:zzz"}


@pytest.mark.parametrize(
    ("statements", "status"),
    [
        ([relation_statement(1, "PROPOSES", "proposed")], "proposed"),
        ([relation_statement(1, "PLANS", "planned"), relation_statement(2, "SUPPORTS", "existing", day=NEW)], "planned"),
        (
            [relation_statement(1, "PLANS", "planned"), relation_statement(2, "HAS", "unclear", day=NEW, **OTHER_SUBJECT)],
            "planned",
        ),
        ([relation_statement(1, "PLANS", "unclear"), relation_statement(2, "PLANS", "unclear", **OTHER_SUBJECT)], "unclear"),
        (
            [
                relation_statement(1, "PLANS", "planned"),
                relation_statement(2, "HAS", "existing", day=NEW, article="902", **OTHER_SUBJECT),
            ],
            "existing",
        ),
        (
            [relation_statement(1, "PLANS", "planned"), relation_statement(2, "HAS", "existing", day=NEW, **OTHER_SUBJECT)],
            "disputed",
        ),
        (
            [relation_statement(1, "PLANS", "planned"), relation_statement(2, "HAS", "existing", **OTHER_SUBJECT)],
            "disputed",
        ),
        ([relation_statement(1, "PLANS", None), relation_statement(2, "PLANS", "planned", **OTHER_SUBJECT)], "planned"),
        ([relation_statement(1, "SUPPORTS", "existing")], None),
    ],
)  # fmt: skip
def test_a_fund_has_the_status_that_all_who_propose_plan_or_have_it_give_it(
    statements: list[Statement], status: str | None
) -> None:
    assert status_of(FUND, *statements) == status


def test_neither_the_subject_of_a_plan_nor_a_planned_policy_has_a_status() -> None:
    policy = EntityRecord("policy:ccc", "Policy", "Ccc")
    plan = relation_statement(1, "PLANS", "planned", object=policy.id)
    assert status_of(policy.id, plan, entities=(policy,)) is None
    centre = EntityRecord("centre:fff", "Centre", "Fff")
    plan = relation_statement(1, "PLANS", "planned", subject=centre.id)
    assert status_of(centre.id, plan, entities=(centre,)) is None
    assert status_of(PROVINCE, plan, entities=(centre,)) is None
