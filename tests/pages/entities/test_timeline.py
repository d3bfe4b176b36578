"""The timeline of an entity page: what is listed, in which order, and what counts as realized."""

from typing import Any

import pytest

from vnkg.api.pages.entities.timeline import article_days, timeline_of
from vnkg.graph.model.schema import schema

POLICY = "policy:x"
EMPTY = dict.fromkeys(("object", "comparator", "value", "unit", "value_status", "status"))


def row(date: str, predicate: str = "PLANS", **properties: Any) -> dict[str, Any]:
    columns = {"date": date, "predicate": predicate, "kind": "relation", "subject": "policy:x", "date_source": "period"}
    return EMPTY | columns | {"gloss": "", "statements": [f"statement:{date}"]} | properties


def entries(entity_id: str, *rows: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(entry.date, entry.kind, list(entry.statements)) for entry in timeline_of(entity_id, rows)]


def test_entries_are_of_six_kinds_and_ordered_by_their_first_day() -> None:
    assert entries(
        "province:x",
        row("2025", "city_since", date_source="act", subject="province:x", statements=[]),
        row("2025-01/2025-06", object="fund:x"),
        row("2025-01-15", "hills", value=0),
        row("2024/2026", "goal"),
        row("2024-05-01", "date", date_source="event"),
        row("2025-01", "issued_on", date_source="document"),
    ) == [
        ("2024/2026", "claim", ["statement:2024/2026"]),
        ("2024-05-01", "event", ["statement:2024-05-01"]),
        ("2025", "province", []),
        ("2025-01", "document", ["statement:2025-01"]),
        ("2025-01/2025-06", "relation", ["statement:2025-01/2025-06"]),
        ("2025-01-15", "number", ["statement:2025-01-15"]),
    ]


def test_the_issue_of_the_policy_itself_is_listed_once() -> None:
    issued = row("2024-12-22", "ISSUED", subject="agency:a", object="policy:x")
    own_day = row("2024-12-22", "issued_on", date_source="document")
    other_policy = row("2024-12-22", "issued_on", date_source="document", subject="policy:y")
    assert [kind for _, kind, _ in entries(POLICY, own_day, issued, other_policy)] == ["relation", "document"]
    assert [kind for _, kind, _ in entries(POLICY, own_day, issued | {"date": "2024"})] == ["relation", "document"]


def test_rows_that_say_the_same_are_one_entry_with_the_statements_of_all() -> None:
    number = row("2025", "hills", value=7, comparator="=", unit="count", value_status="actual", status="existing")
    other: list[dict[str, Any]] = [
        {"subject": "policy:y"},
        {"object": "fund:x"},
        {"predicate": "rivers"},
        {"comparator": "about"},
        {"value": 8},
        {"unit": "ha"},
        {"value_status": "target"},
        {"status": "planned"},
    ]
    same = [
        number | {"statements": ["statement:1", "statement:2"]},
        number | {"statements": ["statement:2", "statement:3"]},
    ]
    listed = entries(POLICY, *same, *(number | change for change in other))
    assert [statements for _, _, statements in listed] == [
        ["statement:1", "statement:2", "statement:3"],
        *([["statement:2025"]] * len(other)),
    ]
    assert same[0]["statements"] == ["statement:1", "statement:2"]


def test_two_claims_of_one_day_are_two_entries_unless_they_say_the_same() -> None:
    claims = [
        row("2025", "goal", kind="claim", gloss=gloss, statements=[f"statement:{number}"])
        for number, gloss in enumerate(("To lead.", "To follow.", "To lead."))
    ]
    listed = entries(POLICY, *claims)
    assert [statements for _, _, statements in listed] == [["statement:0", "statement:2"], ["statement:1"]]
    plans = [claim | {"predicate": "PLANS", "kind": "relation"} for claim in claims]
    assert len(entries(POLICY, *plans)) == 1


@pytest.mark.parametrize(
    ("status", "value_status", "is_prospective"),
    [
        *((key, None, status.group == "planned") for key, status in schema().statuses.items()),
        (None, "actual", False),
        (None, "target", True),
        (None, "planned", True),
        (None, None, False),
    ],
)
def test_plans_and_targets_are_marked_as_not_yet_realized(
    status: str | None, value_status: str | None, is_prospective: bool
) -> None:
    rows = [row("2025", status=status, value_status=value_status)]
    (entry,) = timeline_of("fund:b", rows)
    assert entry.is_prospective == is_prospective


class FakeSources:
    """Fake articles; one of them has no day of publication, and two have the same."""

    def article(self, id: str) -> dict[str, str]:
        days = {"article:z": "2025-01-01", "article:y": "2025-02-01", "article:x": "2025-02-01"}
        return {"id": id} | ({"published": days[id]} if id in days else {})


def test_statements_dated_only_by_their_article_are_counted_by_article_in_the_order_of_publication() -> None:
    only = {"as_of_from": "article"}
    statements = [
        *({"article": f"article:{letter}"} | only for letter in "yxzwy"),
        {"article": "article:x", "as_of_from": "sentence"},
        {"article": "article:x", "period": "2024"} | only,
        {"source": "a table"} | only,
    ]
    days = article_days(statements, FakeSources())  # pyright: ignore[reportArgumentType]
    assert [(day.article["id"], day.statements) for day in days] == [
        ("article:w", 1),
        ("article:z", 1),
        ("article:x", 1),
        ("article:y", 2),
    ]
