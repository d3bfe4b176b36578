"""The timeline: entries by year and month, as precise as their dates, and what is omitted."""

import html
import re
from typing import Any

import pytest

from tests.support.http import client, graph, page
from vnkg.api.pages.timeline.entries import MAX_SEPARATE_RELATIONS, entries_of, in_order, years_of

KINDS = {"event", "document", "fund_or_centre", "relation", "claim", "measurement"}


def row(date: str, predicate: str = "PLANS", kind: str = "relation", **properties: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("object", "object_name", "comparator", "value", "unit", "value_status", "gloss"))
    said = {"subject": "a:one", "subject_name": "One", "status": "planned", "basis": "stated", "is_disputed": False}
    return empty | said | {"date": date, "predicate": predicate, "kind": kind, "statements": [f"s:{date}"]} | properties


def test_one_event_in_several_statements_is_one_entry_with_all_of_them() -> None:
    found = entries_of([row("2025", statements=["s:1"]), row("2025", statements=["s:2"], is_disputed=True)])
    assert [(entry.statements, entry.is_disputed) for entry in found] == [(["s:1", "s:2"], True)]
    assert len(entries_of([row("2025"), row("2025", status="existing")])) == 2
    claims = [row("2025", "goal", "claim", gloss=gloss) for gloss in ("To lead.", "To follow.")]
    assert len(entries_of(claims)) == 2


def test_a_document_is_shown_with_its_issuer() -> None:
    issued = row("2024-12-22", "ISSUED", object="policy:x", object_name="X", statements=["s:9"])
    document = row("2024-12-22", "issued_on", "document", subject="policy:x", subject_name="X", status=None)
    (entry,) = entries_of([document, issued])
    assert (entry.row["kind"], entry.issued_by, entry.statements) == (
        "document",
        ("a:one", "One"),
        ["s:2024-12-22", "s:9"],
    )
    assert [entry.row["predicate"] for entry in entries_of([issued])] == ["ISSUED"]


def test_similar_relations_of_one_date_share_a_line() -> None:
    rows = [
        row("2025-07-01", "MERGED_INTO", subject=f"a:{n}", statements=[f"s:{n}"])
        for n in range(MAX_SEPARATE_RELATIONS + 1)
    ]
    (entry,) = entries_of(rows)
    assert len(entry.ends) == len(entry.statements) == MAX_SEPARATE_RELATIONS + 1
    assert len(entries_of(rows[:MAX_SEPARATE_RELATIONS])) == MAX_SEPARATE_RELATIONS
    assert (
        len(entries_of([*rows[:MAX_SEPARATE_RELATIONS], row("2025-07-02", "MERGED_INTO")]))
        == MAX_SEPARATE_RELATIONS + 1
    )


def months(*dates: str, newest_first: bool = True) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    entries = in_order(entries_of([row(date) for date in dates]), newest_first=newest_first)
    return [
        (year.year, [(month, [str(entry.row["date"]) for entry in own]) for month, own in year.months])
        for year in years_of(entries, "2025-12-12")
    ]


def test_a_date_keeps_its_precision() -> None:
    dates = ("2025-12-12", "2025", "2025-12", "2021/2025", "2025-01/2025-06", "2025-03-01")
    assert months(*dates) == [
        (
            "2025",
            [
                ("", ["2025-01/2025-06", "2025"]),
                ("2025-12", ["2025-12-12", "2025-12"]),
                ("2025-03", ["2025-03-01"]),
            ],
        ),
        ("2021", [("", ["2021/2025"])]),
    ]


def test_the_oldest_can_come_first() -> None:
    assert months("2025-12-12", "2025-03-01", "2024", newest_first=False) == [
        ("2024", [("", ["2024"])]),
        ("2025", [("2025-03", ["2025-03-01"]), ("2025-12", ["2025-12-12"])]),
    ]


def test_a_year_after_the_newest_article_is_marked() -> None:
    years = years_of(in_order(entries_of([row("2030"), row("2025")]), newest_first=True), "2025-12-12")
    assert [(year.year, year.is_future) for year in years] == [("2030", True), ("2025", False)]


def plain_text(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split())


def lines(path: str = "/timeline") -> list[str]:
    found = re.findall(
        r'<div class="entry-date">(.*?)</div>\s*<div class="entry-details">\s*<div class="entry-line">(.*?)</div>',
        page(path),
        re.DOTALL,
    )
    return [f"{plain_text(when)}: {plain_text(what)}" for when, what in found]


def test_the_page_dates_funds_by_their_article_and_says_so() -> None:
    found = lines()
    assert "19 October 2025 day of the article: fund or centre Bbb plans Quỹ bbb-vc planned" in found
    assert "2025: number Aaa : startups 90 disputed" in found
    assert not [line for line in found if "claim" in line or "implements" in line]


def test_entries_dated_only_by_their_article_are_counted_and_can_be_listed() -> None:
    dates = graph().dates()
    assert dates == {"own": 3, "article": graph().release()["counts"]["statements"] - 4, "none": 1}
    text = plain_text(page("/timeline"))
    assert f"{dates['own']} have a day of their own, {dates['article']} only that of their article, and 1 none." in text
    assert "List them too" in text
    everything = lines("/timeline?days=all")
    assert "19 October 2025 day of the article: claim Aaa – goal: Aaa wants to lead" in everything
    assert len(everything) > len(lines()) > len(lines("/timeline?days=own")) == 3


def test_the_timeline_can_be_limited_to_one_entity() -> None:
    assert graph().dates("province:aaa")["own"] == 3
    found = lines("/timeline?entity=province:aaa&days=all")
    assert found
    assert all("Aaa" in line for line in found)
    assert "Timeline: Aaa" in plain_text(page("/timeline?entity=province:aaa"))


@pytest.mark.parametrize(
    ("query_string", "kinds"),
    [
        ("kind=measurement", {"number"}),
        ("kind=measurement&kind=claim&days=all", {"number", "claim"}),
        ("type=Fund&days=all", {"fund or centre"}),
        ("kind=event", set()),
    ],
)
def test_kinds_and_types_can_be_selected(query_string: str, kinds: set[str]) -> None:
    found = re.findall(
        r'<div class="entry-line"><span class="chip chip--type">(.*?)</span>', page(f"/timeline?{query_string}")
    )
    assert set(found) == kinds


def test_an_empty_selection_says_so() -> None:
    assert "Nothing is dated here." in page("/timeline?kind=event")


def test_years_link_to_their_entries_and_the_data_matches_the_page() -> None:
    text = page("/timeline?entity=province:aaa&kind=measurement&days=own")
    assert 'href="#y2025"' in text
    assert 'id="y2025"' in text
    address = html.unescape(re.findall(r'href="(/api/v1/queries/timeline\?[^"]*)"', text)[0])
    rows = client().get(address).json()["data"]["rows"]
    assert [(row["kind"], row["value"], row["is_disputed"]) for row in rows] == [
        ("measurement", 90, True),
        ("measurement", 120.5, True),
    ]


def test_a_long_list_is_paginated() -> None:
    rows = graph().query("timeline", {})["rows"]
    last = -(-len(entries_of(rows)) // 120)
    first = page("/timeline?days=all")
    assert ('aria-current="page">1<' in first) == (last > 1)
    beyond = page("/timeline?days=all&page=99")
    assert "Nothing is dated here." in beyond


def test_the_complete_timeline_contains_that_of_each_entity() -> None:
    whole = {key for row in graph().query("timeline", {})["rows"] for key in row["statements"]}
    own = {key for row in graph().query("timeline", {"entity": "province:aaa"})["rows"] for key in row["statements"]}
    assert own < whole
    assert {row["kind"] for row in graph().query("timeline", {})["rows"]} <= KINDS


@pytest.mark.parametrize(
    ("query_string", "status"),
    [
        ("kind=party", 422),
        ("type=Bank", 422),
        ("days=some", 422),
        ("order=newest", 422),
        ("page=0", 422),
        ("page=x", 422),
        ("year=2025", 422),
        ("entity=province:aaa&entity=province:bbb", 422),
        ("entity=province:zzz", 404),
        ("entity=province:never", 410),
    ],
)
def test_bad_input_is_refused(query_string: str, status: int) -> None:
    response = client().get(f"/timeline?{query_string}")
    assert response.status_code == status
    assert 'class="site-head"' in response.text


def test_a_merged_entity_redirects_to_its_successor() -> None:
    response = client().get("/timeline?entity=province:old-aaa&kind=claim&kind=event")
    assert response.status_code == 308
    assert response.headers["location"] == "/timeline?entity=province:aaa&kind=claim&kind=event"
