"""Which questions about an entity are open, by its type, and what comes nearest to an answer."""

from typing import Any

import pytest

from vnkg.api.i18n.words import Words
from vnkg.api.pages.entities.not_stated import unanswered_questions
from vnkg.graph.model.schema import schema

words = Words("en")


def edge(predicate: str, direction: str, neighbour_id: str, status: str = "existing", **more: Any) -> dict[str, Any]:
    node = schema().node_type_of(neighbour_id)
    neighbour = {"id": neighbour_id, "type": node and node.key, "name": neighbour_id.title(), "status": None}
    return {
        "predicate": predicate,
        "direction": direction,
        "status": status,
        "basis": "stated",
        "holds": schema().edge_holds(predicate, status, "stated", more),
        "neighbour": neighbour,
        "statements": [],
    } | more


def number(subject: str, unit: str, kind: str = "measurement") -> dict[str, Any]:
    return {"id": "statement:n", "kind": kind, "subject": subject, "unit": unit, "indicator": "fund_capital"}


def relation(key: str, source: str = "article", **more: Any) -> dict[str, Any]:
    return {"id": key, "kind": "relation", "subject": "a:a", "as_of": "2025", "as_of_from": source} | more


MANAGER = edge("HOLDS_ROLE", "in", "person:head", head=True)
DEPUTY = edge("HOLDS_ROLE", "in", "person:deputy", head=False)
MONEY = number("x:x", "VND")


@pytest.mark.parametrize(
    ("entity", "edges", "statements", "open_questions"),
    [
        (
            {"type": "Fund", "named": "ours"},
            [
                edge("FUNDS", "in", "organisation:b"),
                edge("FUNDS", "in", "organisation:a"),
                edge("FUNDS", "in", "organisation:b"),
                edge("FUNDS", "out", "organisation:c"),
                edge("PROPOSES", "in", "province:p"),
                edge("PLANS", "in", "agency:o"),
                edge("HAS", "in", "centre:o"),
                edge("HAS", "out", "centre:p"),
            ],
            [number("a:other", "VND"), number("x:x", "percent"), number("x:x", "VND", "claim")],
            [
                "name: (name_ours)",
                "size: organisation:a organisation:b",
                "head:",
            ],
        ),
        ({"type": "Fund", "named": "article"}, [MANAGER], [number("x:x", "USD")], []),
        (
            {"type": "Fund", "status": "existing"},
            [DEPUTY, edge("HAS", "in", "province:p", statements=["statement:1"])],
            [MONEY, relation("statement:1"), relation("statement:other", "sentence")],
            ["head: person:deputy", "since: (since_article)"],
        ),
        (
            {"type": "Fund", "status": "existing"},
            [MANAGER, edge("HAS", "in", "province:p", statements=["statement:1"])],
            [MONEY, {"id": "statement:1", "kind": "relation", "subject": "a:a"}, relation("statement:other")],
            ["since:"],
        ),
        *(
            (
                {"type": "Fund", "status": "planned"},
                [MANAGER, edge(predicate, "in", "province:p", statements=["statement:1", "statement:2"])],
                [MONEY, relation("statement:1"), relation("statement:2", "sentence")],
                [],
            )
            for predicate in ("PROPOSES", "PLANS", "HAS")
        ),
        (
            {"type": "Agency", "named": "ours"},
            [DEPUTY, edge("HOLDS_ROLE", "out", "agency:o", head=True)],
            [],
            ["head: person:deputy"],
        ),
        ({"type": "Agency"}, [edge("HAS", "in", "province:p")], [], ["head:"]),
        (
            {"type": "Centre", "named": "ours"},
            [
                edge("PART_OF", "out", "centre:c", "planned"),
                edge("PART_OF", "out", "place:b", "planned"),
                edge("LOCATED_IN", "out", "place:a", "planned"),
                edge("PART_OF", "in", "centre:d", "planned"),
            ],
            [],
            ["name: (name_ours)", "status: centre:c"],
        ),
        ({"type": "Centre", "status": "unclear"}, [], [], ["status:"]),
        ({"type": "Centre", "status": "planned"}, [], [], []),
        ({"type": "Programme"}, [], [], ["status:"]),
        (
            {"type": "Policy"},
            [
                edge("ISSUED", "out", "policy:o"),
                edge("IMPLEMENTS", "in", "province:p"),
                edge("IMPLEMENTS", "out", "policy:q"),
                edge("CONCRETISES", "out", "policy:above"),
                edge("CONCRETISES", "in", "policy:below"),
            ],
            [],
            ["issuer: province:p", "issued_on: policy:above"],
        ),
        ({"type": "Policy", "issued_on": "2024"}, [edge("ISSUED", "in", "agency:o")], [], []),
        (
            {"type": "Person"},
            [
                edge("TOOK_PART_IN", "out", "event:e"),
                edge("HOLDS_ROLE", "in", "agency:o"),
                edge("FUNDS", "out", "event:e"),
            ],
            [],
            ["office: agency:o"],
        ),
        ({"type": "Person"}, [edge("HOLDS_ROLE", "out", "agency:o", "past")], [], []),
        ({"type": "Event"}, [], [], ["event_date:"]),
        ({"type": "Event", "date": "2025"}, [], [], []),
        ({"type": "Place", "named": "ours"}, [], [], []),
    ],
)
def test_each_type_has_its_questions_and_what_comes_near(
    entity: dict[str, Any], edges: list[dict[str, Any]], statements: list[dict[str, Any]], open_questions: list[str]
) -> None:
    keys = {words(f"entity_open_{key}"): key for key in ("name", "size", "head", "status", "since", "issuer", "issued_on", "event_date", "office", "name_ours", "since_article")}  # fmt: skip
    found = unanswered_questions(None, {"id": "x:x", "edges": edges, "mentions": []} | entity, statements, "en")  # pyright: ignore[reportArgumentType]
    assert [
        " ".join(
            [
                f"{keys[one.question]}:",
                *(near.id for near in one.nearest),
                *([f"({keys[one.note]})"] if one.note else []),
            ]
        )
        for one in found
    ] == open_questions
    assert all(near.name == near.id.title() for one in found for near in one.nearest)


def open_questions(entity_type: str, *edges: dict[str, Any], **attributes: Any) -> dict[str, list[str]]:
    """The open questions about an entity with some edges, each with the ids of the nearest entities."""
    entity = {"id": "x:x", "type": entity_type, "edges": edges, "mentions": []} | attributes
    found = unanswered_questions(None, entity, [], "en")  # pyright: ignore[reportArgumentType]
    return {one.question: [near.id for near in one.nearest] for one in found}


TIES = [
    (node.key, edge_type.key, direction)
    for node in schema().nodes.values()
    if node.has_status
    for edge_type in schema().edges.values()
    for direction, types in (("out", edge_type.start), ("in", edge_type.end))
    if node.key in types and "existing" in edge_type.statuses and not edge_type.derived
]
MAY_PRECEDE = {("APPROVED", "in"), ("FUNDS", "in"), ("SUPPORTS", "in")}


@pytest.mark.parametrize(("entity_type", "predicate", "direction"), TIES)
def test_nobody_asks_whether_something_exists_that_has_an_existing_relation(
    entity_type: str, predicate: str, direction: str
) -> None:
    question = words("entity_open_status")
    may_precede = (predicate, direction) in MAY_PRECEDE
    for status in ("existing", "past"):
        has_question = question in open_questions(entity_type, edge(predicate, direction, "place:p", status))
        assert has_question == (may_precede and entity_type != "Fund"), status
    for status in ("planned", "unclear", "disputed", "cancelled"):
        has_question = question in open_questions(entity_type, edge(predicate, direction, "place:p", status))
        assert has_question == (entity_type != "Fund"), status
    in_context = edge(predicate, direction, "place:p", holds=False)
    assert (question in open_questions(entity_type, in_context)) == (entity_type != "Fund")


ANSWER_TYPES = {
    "entity_open_head": {"Person"},
    "entity_open_size": set(schema().edges["FUNDS"].start),
    "entity_open_status": {"Fund", "Centre", "Programme"},
    "entity_open_issuer": {"Agency", "Province"},
    "entity_open_issued_on": {"Policy"},
    "entity_open_office": {"Agency", "Organisation", "Centre"},
}


@pytest.mark.parametrize("entity_type", [key for key in schema().nodes if key != "Province"])
def test_what_comes_near_is_of_a_type_that_an_answer_could_have(entity_type: str) -> None:
    edges = [
        edge(predicate, direction, f"{node.prefix}:n", "planned")
        for predicate in schema().edges
        for direction in ("in", "out")
        for node in schema().nodes.values()
    ]
    for question, nearest_ids in open_questions(entity_type, *edges).items():
        key = next(key for key in (*ANSWER_TYPES, "") if not key or words(key) == question)
        types = {node.key for near_id in nearest_ids if (node := schema().node_type_of(near_id))}
        assert types <= ANSWER_TYPES.get(key, set()), question
