"""Which questions about an entity are open, by its type, and what comes nearest to an answer."""

from typing import Any

import pytest

from vnkg.api.i18n.words import Words
from vnkg.api.pages.entities.not_stated import unanswered_questions

words = Words("en")


def edge(predicate: str, direction: str, neighbour_id: str, status: str = "existing", **more: Any) -> dict[str, Any]:
    neighbour = {"id": neighbour_id, "name": neighbour_id.title(), "status": None}
    return {
        "predicate": predicate,
        "direction": direction,
        "status": status,
        "neighbour": neighbour,
        "statements": [],
    } | more


def number(subject: str, unit: str, kind: str = "measurement") -> dict[str, Any]:
    return {"id": "statement:n", "kind": kind, "subject": subject, "unit": unit}


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
                "head: agency:o centre:o province:p",
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
                edge("PART_OF", "out", "place:c"),
                edge("HAS_SITE_IN", "out", "place:b"),
                edge("LOCATED_IN", "out", "place:a"),
                edge("PART_OF", "in", "place:d"),
            ],
            [],
            ["name: (name_ours)", "status: place:a place:b place:c"],
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
            ["office: agency:o event:e"],
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
