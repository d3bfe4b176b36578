"""The page of an entity of the invented graph: its sections, lines and unanswered questions."""

import html
import re
from typing import Any

import pytest

from tests.support.html import plain_text, section
from tests.support.http import FIRST_ARTICLE, client, client_of, page, settings
from tests.support.invented_graph import HOSTILE
from vnkg.api.i18n.words import Words
from vnkg.api.pages.entities import page as pages_entity
from vnkg.api.pages.entities.not_stated import mentioning_articles, unanswered_questions

ORDER = ["key-facts", "relations", "picture", "said-about", "timeline", "names", "sources", "disagreements", "not-stated", "cite"]  # fmt: skip
"""What is known comes first, what is doubtful and what is not stated after it."""
words = Words("en")


def line_of(path: str, text: str) -> str:
    """The first list item of a page that contains a text."""
    lines = re.findall(r"<li[^>]*>\n<div>.*?\n</li>", section(path, "relations"), re.DOTALL)
    return next(line for line in lines if text in line)


def test_sections_are_ordered_by_importance_and_listed_in_the_contents() -> None:
    text = page("/entities/province:aaa")
    found = re.findall(r'<h2 id="([\w-]+)"', text)
    assert found == ORDER
    assert re.findall(r'href="#([\w-]+)"', text[text.index('class="contents"') : text.index("<h2")]) == ORDER


def test_a_merged_province_shows_its_former_units_and_the_date() -> None:
    top = plain_text(page("/entities/province:aaa").partition("<h2")[0])
    assert "Merged into it on 1 July 2025: Mmm (1 article, 1 origin)." in top
    assert words("entity_stays_there") in top


def test_a_former_unit_shows_its_successor() -> None:
    top = plain_text(page("/entities/province:mmm").partition("<h2")[0])
    assert "Since 1 July 2025 part of Aaa" in top
    assert words("entity_stays_here") in top


def test_a_status_shows_what_it_is_derived_from() -> None:
    top = plain_text(page("/entities/fund:bbb-vc").partition("<h2")[0])
    assert f"{words('entity_status_follows')} Bbb plans planned as of 19 October 2025" in top


def test_each_relation_has_status_basis_date_and_origins() -> None:
    line = plain_text(line_of("/entities/fund:bbb-vc", "province:bbb"))
    assert line.startswith(
        "Plans this Bbb planned Evidence: stated Plans this: stated · planned · 19 October 2025 · 1 article, 1 origin"
    )


def test_relations_stand_under_the_topic_of_the_other_end() -> None:
    text = page("/entities/province:fff")
    assert re.findall(r"<h3>([^<]+)", text) == [
        "People",
        "Policies",
        "Provinces and places",
        "Agencies and organisations",
    ]


def test_a_disagreement_is_counted_next_to_its_line_and_listed_below() -> None:
    line = line_of("/entities/fund:hhh-vc", "province:hhh")
    assert 'href="/disagreements/disagreement:status-hhh-hhh-vc-plans" aria-label="1 disagreement"' in line
    anchor = re.findall(r'<li id="(\w+)">', line)
    brief = section("/entities/fund:hhh-vc", "disagreements")
    assert f'href="#{anchor[0]}"' in brief
    assert 'href="/disagreements/disagreement:status-hhh-hhh-vc-plans"' in brief


def test_a_disagreement_about_numbers_marks_their_rows() -> None:
    text = section("/entities/province:aaa", "key-facts")
    rows = re.findall(r"<tr id=.*?</tr>", text, re.DOTALL)
    assert [plain_text(row).partition(" Evidence")[0] for row in rows] == ["2025 120.5 actual 1", "2025 90 actual 1"]
    assert all('href="/disagreements/disagreement:startups-aaa"' in row for row in rows)
    assert text.count("<rect") == 2


def test_a_disagreement_about_names_is_shown_with_the_names() -> None:
    from vnkg.api.pages.entities.disagreements import DisagreementIndex

    def item(slug: str, *readings: str) -> dict[str, Any]:
        return {"id": slug, "readings": [{"gloss": gloss, "statements": ["statement:1"]} for gloss in readings]}

    doubts = DisagreementIndex(
        [
            item("named", "Institute of Hills, IH", "Hill School"),
            item("other", "Institute of Hills before 2020", "after"),
        ]
    )
    assert [found["id"] for found in doubts.for_names(["Institute of Hills", "IH"], "names")] == ["named"]
    assert (doubts.anchor_of("named"), doubts.anchor_of("other")) == ("names", "")


def test_claims_by_a_person_are_separate_from_claims_about_them() -> None:
    said = plain_text(section("/entities/person:nguoi-dau", "said-by"))
    assert said.startswith('said-by">Said by Nguyễn Văn Đầu Goal Aaa wants to lead of Aaa Evidence: stated')
    assert "about Quỹ aaa-vc, Trung tâm Fff" in said
    about = plain_text(section("/entities/fund:aaa-vc", "said-about"))
    assert "Goal Aaa wants to lead – Nguyễn Văn Đầu of Aaa Evidence" in about
    assert "about Trung tâm Fff" in about
    assert 'id="said-by"' not in page("/entities/fund:aaa-vc")


def test_the_timeline_keeps_date_precision_and_marks_future_events() -> None:
    timeline = plain_text(section("/entities/province:mmm", "timeline"))
    assert "1 July 2025 Mmm merged into Aaa existing Evidence" in timeline
    assert words("entity_dated_by_article", n=3) in timeline
    assert "2025 startups: 90" not in timeline


def test_names_show_their_source() -> None:
    rows = [
        plain_text(row) for row in re.findall(r"<tr>.*?</tr>", section("/entities/province:aaa", "names"), re.DOTALL)
    ]
    assert rows[1:] == [
        f"Aaa English name {FIRST_ARTICLE} (English)",
        f"Tỉnh Aaa Vietnamese name {words('entity_name_supplied')}",
    ]


def test_sources_show_what_each_article_contributes() -> None:
    text = plain_text(section("/entities/province:aaa", "sources"))
    assert "Invented article i00 English · 19 October 2025 · original · origin origin-i00" in text
    assert "named in lines 1, 2" in text
    assert "Reference table: an invented atlas checked on 1 November 2026" in text


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("/entities/province:ppp", ["Does it have a venture capital fund? Not stated.", "Does it have an innovation centre? Not stated."]),
        ("/entities/province:bbb", ["Does it have a venture capital fund? Not stated. Nearest: Quỹ bbb-vc planned"]),
        ("/entities/fund:bbb-vc", ["How big is it? Not stated.", "Who heads it? Not stated.", f"{words('entity_open_since').capitalize()}? Not stated. {words('entity_open_since_article')}"]),
        ("/entities/agency:so-ggg", ["Who heads it? Not stated. Nearest: Trần Thị Phó"]),
        ("/entities/agency:so-kkk", ["Who heads it? Not stated. Nearest: Lê Cựu"]),
        ("/entities/centre:fff", ["Does it exist? Not stated."]),
        ("/entities/policy:1-xx-yy", ["Who issued it? Not stated. Nearest: Nnn", "When was it issued? Not stated."]),
    ],
)  # fmt: skip
def test_unanswered_questions_are_shown_with_the_nearest_answer(path: str, lines: list[str]) -> None:
    text = plain_text(section(path, "not-stated"))
    assert words("entity_not_stated") in text
    for one in lines:
        assert one in text


@pytest.mark.parametrize("id", ["agency:so-fff", "person:nguoi-dau"])
def test_answered_questions_are_not_listed_as_unanswered(id: str) -> None:
    assert 'id="not-stated"' not in page(f"/entities/{id}")


def test_our_own_names_and_sentence_dates_are_distinguished() -> None:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    edge = {"predicate": "PLANS", "direction": "in", "status": "planned", "statements": ["statement:1"], "holds": False, "neighbour": {"id": "province:x", "type": "Province", "name": "X", "status": None}}  # fmt: skip
    fund = {"id": "fund:x", "type": "Fund", "status": "planned", "named": "ours", "edges": [edge], "mentions": []}
    told = {"id": "statement:1", "kind": "relation", "subject": "province:x", "as_of": "2025", "as_of_from": "sentence"}
    money = {
        "id": "statement:2",
        "kind": "measurement",
        "subject": "fund:x",
        "unit": "VND",
        "indicator": "fund_capital",
    }
    found = unanswered_questions(service, fund, [told, money], "en")
    assert [one.question for one in found] == [words("entity_open_name"), words("entity_open_head")]
    article = told | {"as_of_from": "article"}
    assert words("entity_open_since") in [one.question for one in unanswered_questions(service, fund, [article], "en")]


@pytest.mark.parametrize(
    ("status", "is_open"), [("existing", False), ("unclear", False), ("disputed", True), ("past", True)]
)
def test_a_past_or_disputed_office_does_not_say_who_heads_an_agency(status: str, is_open: bool) -> None:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    person = {"id": "person:x", "type": "Person", "name": "X", "status": None}
    role = {
        "predicate": "HOLDS_ROLE",
        "direction": "in",
        "status": status,
        "head": True,
        "holds": not is_open,
        "neighbour": person,
    }
    agency = {"id": "agency:x", "type": "Agency", "edges": [role], "mentions": []}
    questions = [found.question for found in unanswered_questions(service, agency, [], "en")]
    assert questions == ([words("entity_open_head")] if is_open else [])


def test_only_articles_with_statements_about_an_entity_count_as_sources() -> None:
    told = [{"article": "article:1"}, {"article": "article:2", "speaker": "person:x"}, {"source": "a table"}]
    assert mentioning_articles({"id": "person:x", "mentions": [{"article": "article:3"}]}, told) == [
        "article:1",
        "article:3",
    ]


def test_the_page_can_be_cited_in_both_languages() -> None:
    release = client().get("/api/v1/release").json()["data"]["release"]
    english = plain_text(section("/entities/province:aaa", "cite"))
    assert f"“ Aaa ”. Release {release}, data to 18 November 2025. /entities/province:aaa. CC BY 4.0." in english
    assert f"“ Tỉnh Aaa ”. Bản {release}, dữ liệu đến 18/11/2025." in plain_text(
        section("/entities/province:aaa", "cite", lang="vi")
    )
    assert "@misc{vnkg-province-aaa, title = {Aaa}," in english


def test_every_format_of_the_page_is_linked_in_its_head() -> None:
    head = page("/entities/province:aaa").partition("</head>")[0]
    for kind, suffix in (("application/json", ""), ("application/ld+json", ".jsonld"), ("text/csv", ".csv")):
        assert f'<link rel="alternate" type="{kind}" href="/api/v1/entities/province:aaa{suffix}">' in head


@pytest.mark.parametrize("path", ["/entities/{}", "/entities/{}/statements", "/api/v1/entities/{}", "/api/v1/entities/{}.csv", "/api/v1/entities/{}.jsonld"])  # fmt: skip
def test_retired_ids_are_handled_the_same_everywhere(path: str) -> None:
    moved = client().get(path.format("province:old-aaa"))
    assert (moved.status_code, moved.headers["location"]) == (308, path.format("province:aaa"))
    assert client().get(path.format("province:never")).status_code == 410
    missing = client().get(path.format("province:aab"))
    assert missing.status_code == 404
    assert "province:aaa" in missing.text


def test_our_english_text_is_marked_on_a_vietnamese_page() -> None:
    assert '<span lang="en">Aaa wants to lead</span>' in page("/entities/fund:aaa-vc", lang="vi")


def test_a_hostile_name_is_escaped_everywhere() -> None:
    text = page("/entities/organisation:uuu")
    assert HOSTILE not in text
    assert html.escape(HOSTILE, quote=False)[:30] in text
    assert text.count("alert(1)") >= 4  # title, heading, names, citation


def test_the_list_of_statements_has_each_with_its_passage_and_address() -> None:
    text = page("/entities/province:aaa/statements")
    given = client().get("/api/v1/entities/province:aaa/statements?limit=500").json()["data"]
    assert len(given) > 5
    for said in given:
        assert f'href="/statements/{said["id"]}"' in text
    assert "<mark>Aaa wants to lead</mark>" in text
    assert 'said by <a href="/entities/person:nguoi-dau" lang="vi" dir="auto">Nguyễn Văn Đầu</a>' in text


def test_a_long_list_of_statements_is_paginated(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "/entities/policy:57-nq-tw/statements?lang=en"
    whole = page(address)
    assert words("next_page") not in whole
    monkeypatch.setattr(pages_entity, "PAGE_SIZE", 10)
    with client_of(settings().model_copy(update={"cache": False})) as uncached:
        first = uncached.get(address).text
        following = html.unescape(re.findall(r'class="button" href="([^"]+)"', first)[0])
        second = uncached.get(following).text
    assert words("statement_first_page") in second
    all_ids, first_ids, second_ids = (
        re.findall(r'href="/statements/(statement:[^"?]+)', text) for text in (whole, first, second)
    )
    assert len(first_ids) == 10
    assert first_ids + second_ids == all_ids[:20]
