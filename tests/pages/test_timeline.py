"""The timeline: entries by year and month, as precise as their dates, and what is omitted."""

import html
import re
from typing import Any

import pytest

from tests.support.http import client, client_of, graph, page, settings
from vnkg.api.pages.timeline import page as timeline_page
from vnkg.api.pages.timeline.entries import MAX_SEPARATE_RELATIONS, entries_of, in_order, years_of
from vnkg.api.pages.timeline.page import _year_bars  # pyright: ignore[reportPrivateUsage]

KINDS = {"event", "document", "fund_or_centre", "relation", "claim", "measurement"}


def row(date: str, predicate: str = "PLANS", kind: str = "relation", **properties: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("object", "object_name", "comparator", "value", "unit", "value_status", "gloss"))
    said = {"subject": "a:one", "subject_name": "One", "status": "planned", "basis": "stated", "disputed": False}
    return empty | said | {"date": date, "predicate": predicate, "kind": kind, "statements": [f"s:{date}"]} | properties


def test_one_event_in_several_statements_is_one_entry_with_all_of_them() -> None:
    found = entries_of([row("2025", statements=["s:1"]), row("2025", statements=["s:2"], disputed=True)])
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


def test_only_the_document_of_that_day_includes_its_issuer() -> None:
    columns = {"subject": "policy:x", "subject_name": "X", "status": None}
    document = row("2024-12-22", "issued_on", "document", **columns)
    issued = row("2024-12-23", "ISSUED", object="policy:x", object_name="X")
    other_policy = row("2024-12-22", "ISSUED", object="policy:y", object_name="Y")
    event = row("2024-12-23", "date", "event", **columns)
    entries = entries_of([document, issued, other_policy, event])
    assert [(entry.row["predicate"], entry.issued_by, len(entry.statements)) for entry in entries] == [
        ("issued_on", None, 1),
        ("ISSUED", None, 1),
        ("ISSUED", None, 1),
        ("date", None, 1),
    ]


def test_rows_are_one_entry_only_if_they_agree_in_all_that_the_line_shows() -> None:
    number = row("2025", "hills", "measurement", value=7, comparator="=", unit="count", value_status="actual")
    changes: list[dict[str, Any]] = [
        {"predicate": "rivers"},
        {"subject": "a:two"},
        {"object": "b:b"},
        {"comparator": "about"},
        {"value": 8},
        {"unit": "ha"},
        {"value_status": "target"},
        {"status": "existing"},
        {"date": "2024"},
    ]
    repeated = number | {"gloss": "Said otherwise.", "statements": ["s:2025", "s:2"], "disputed": True}
    entries = entries_of([number, *(number | change for change in changes), repeated, number])
    assert [entry.statements for entry in entries] == [["s:2025", "s:2"], *([["s:2025"]] * len(changes))]
    assert [entry.is_disputed for entry in entries] == [True, *([False] * len(changes))]


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


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2025-07"},
        {"predicate": "HAS"},
        {"status": "existing"},
        {"basis": "inferred"},
        {"disputed": True},
        {"kind": "fund_or_centre"},
    ],
)
def test_relations_that_differ_do_not_share_a_line(change: dict[str, Any]) -> None:
    alike = [row("2025-07-01", subject=f"a:{number}") for number in range(MAX_SEPARATE_RELATIONS)]
    assert len(entries_of([*alike, row("2025-07-01", subject="a:last") | change])) == MAX_SEPARATE_RELATIONS + 1


def test_a_shared_line_has_the_ends_and_statements_of_all_and_is_disputed_as_they_are() -> None:
    alike = [
        row("2025-07-01", subject=f"a:{n}", subject_name=str(n), object=f"b:{n}" if n else None, object_name=str(n),
            statements=[f"s:{n}"], disputed=True)
        for n in range(MAX_SEPARATE_RELATIONS + 1)
    ]  # fmt: skip
    (entry,) = entries_of(alike)
    assert entry.ends == [((f"a:{n}", str(n)), (f"b:{n}", str(n)) if n else None) for n in range(5)]
    assert entry.statements == [f"s:{n}" for n in range(5)]
    assert entry.is_disputed
    funds = [one | {"kind": "fund_or_centre"} for one in alike]
    assert len(entries_of(funds)) == len(funds)


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


def test_entries_that_begin_on_one_day_have_an_order_of_their_own() -> None:
    dates = ("2021", "2021/2025", "2021/2022")
    (newest,), (oldest,) = months(*dates), months(*dates, newest_first=False)
    assert newest == months(*reversed(dates))[0] == ("2021", [("", ["2021/2025", "2021/2022", "2021"])])
    assert oldest == months(*reversed(dates), newest_first=False)[0] == ("2021", [("", [*sorted(dates)])])


def test_the_oldest_can_come_first() -> None:
    assert months("2025-12-12", "2025-03-01", "2024", newest_first=False) == [
        ("2024", [("", ["2024"])]),
        ("2025", [("2025-03", ["2025-03-01"]), ("2025-12", ["2025-12-12"])]),
    ]


def test_a_year_after_the_newest_article_is_marked() -> None:
    dates = ("2030", "2026-03-01", "2026-03-02", "2025", "2025-12-31")
    years = years_of(in_order(entries_of([row(date) for date in dates]), newest_first=True), "2025-12-12")
    assert [(year.year, year.is_future, year.count) for year in years] == [
        ("2030", True, 1),
        ("2026", True, 2),
        ("2025", False, 2),
    ]


def test_the_bars_of_the_years_lead_to_the_page_on_which_each_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline_page, "PAGE_SIZE", 2)

    def bars(*years: str, newest_first: bool = True) -> list[tuple[str, int, float, int]]:
        rows = [row(year, subject=f"a:{number}") for number, year in enumerate(years)]
        return [
            (year, count, float(re.findall(r' height="([\d.]+)"/', str(bar))[0]), begins)
            for year, count, bar, begins in _year_bars(in_order(entries_of(rows), newest_first=newest_first))
        ]

    years = ["2020", "2022", "2022", "2022", "2022", "2023"]
    newest = [("2023", 1, 10.0, 1), ("2022", 4, 40.0, 1), ("2021", 0, 1.0, 0), ("2020", 1, 10.0, 3)]
    assert bars(*years) == newest
    oldest = [("2020", 1, 10.0, 1), ("2021", 0, 1.0, 0), ("2022", 4, 40.0, 1), ("2023", 1, 10.0, 3)]
    assert bars(*years, newest_first=False) == oldest
    assert bars() == []
    span = timeline_page.MAX_YEAR_COLUMNS
    assert (len(bars("2000", str(2000 + span))), len(bars("2000", str(2001 + span)))) == (span + 1, 2)


def plain_text(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split())


def lines(path: str = "/timeline") -> list[str]:
    return lines_of(page(path))


def lines_of(text: str) -> list[str]:
    found = re.findall(
        r'<div class="entry-date">(.*?)</div>\s*<div class="entry-details">\s*<div class="entry-line">(.*?)</div>',
        text,
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
    text = plain_text(page("/timeline?entity=province:aaa"))
    assert "Timeline: Aaa" in text
    dates = graph().dates("province:aaa")
    assert f"3 have a day of their own, {dates['article']} only that of their article, and 1 none." in text


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
    assert [(row["kind"], row["value"], row["disputed"]) for row in rows] == [
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


def test_every_entry_is_on_one_of_the_pages_and_the_filters_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "/timeline?days=all&kind=relation&kind=measurement&type=Province&order=oldest"
    whole = lines(address)
    size = len(whole) // 2 - 1
    monkeypatch.setattr(timeline_page, "PAGE_SIZE", size)
    with client_of(settings().model_copy(update={"cache": False})) as uncached:
        parts = [uncached.get(f"{address}&page={number}").text for number in (1, 2, 3, 4)]
    assert [len(lines_of(part)) for part in parts] == [size, size, len(whole) - 2 * size, 0]
    assert [line for part in parts for line in lines_of(part)] == whole
    assert ["Nothing is dated here." in part for part in parts] == [False, False, False, True]
    second = html.unescape(parts[1])
    assert re.findall(r'&page=(\d)"(?: aria-current="(page)")?>', second) == [("1", ""), ("2", "page"), ("3", "")]
    filters = "kind=relation&kind=measurement&type=Province&days=all&order=oldest"
    assert f'href="/timeline?{filters}&page=3"' in second
    assert f'href="/timeline?{filters.removesuffix("&order=oldest")}">newest first' in second
    assert re.findall(r'name="kind" value="(\w+)" checked', second) == ["relation", "measurement"]
    assert f"{len(whole)} entries" in parts[1]
    (by_year,) = re.findall(r'<ol class="years">(.*?)</ol>', parts[1], re.DOTALL)
    assert sum(map(int, re.findall(r'<span class="count">(\d+)</span>', by_year))) == len(whole)


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
