"""The pages of articles and disagreements, with two invented translations and with the invented graph."""

import html
import re
from functools import cache
from types import SimpleNamespace

import pytest

from tests.support import http
from tests.support.html import PageParser
from tests.support.invented_graph import HOSTILE
from tests.support.translations import (
    ARTICLE_WITHOUT_TEXT,
    ENGLISH_ARTICLE,
    FIRM,
    FUND,
    OFFICE,
    TEXTS,
    TOWN,
    VIETNAMESE_ARTICLE,
    client,
    page,
)
from vnkg.api.i18n.language import LANGUAGES
from vnkg.api.i18n.words import Words
from vnkg.api.pages.articles.page import _lookups, _related_articles  # pyright: ignore[reportPrivateUsage]

t = Words("en")
PATHS = [
    "/articles",
    f"/articles/{ENGLISH_ARTICLE}",
    f"/articles/{ENGLISH_ARTICLE}?view=ledger",
    f"/articles/{ENGLISH_ARTICLE}?compare_with={VIETNAMESE_ARTICLE}",
    f"/articles/{VIETNAMESE_ARTICLE}?compare_with={ENGLISH_ARTICLE}",
    f"/articles/{ARTICLE_WITHOUT_TEXT}",
    "/disagreements",
    f"/disagreements?entity={FUND}&kind=value&article={VIETNAMESE_ARTICLE}",
    "/disagreements/disagreement:coins",
    "/disagreements/disagreement:there",
]


def plain_text(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_well_formed_and_hostile_text_is_escaped(path: str, language: str) -> None:
    text = client().get(path, headers={"Accept-Language": language}).text
    found = PageParser(text)
    assert not found.wrong
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not [tag for tag, attributes in found.elements if tag == "img" and attributes.get("src") == "x"]
    assert HOSTILE not in text
    assert "<i>only words</i>" not in text


def test_every_anchor_link_has_its_target() -> None:
    get = cache(client().get)
    for path in PATHS:
        found = PageParser(page(path))
        ids = {attributes.get("id") for _, attributes in found.elements}
        for link in found.find_all("a"):
            where, _, place = link["href"].partition("#")
            if place and not where:
                assert place in ids, (path, link)
            elif where.startswith("/"):
                response = get(where)
                assert response.status_code == 200, (path, link)
                assert not place or f'id="{place}"' in response.text or place == "main", (path, link)


def test_the_text_view_shows_every_line_in_full() -> None:
    shown = [
        plain_text(text)
        for text in re.findall(r'<p lang="en" dir="auto">(.*?)</p>', page(f"/articles/{ENGLISH_ARTICLE}"))
    ]
    without_numbers = [re.sub(r"(?<=[.eb])\d+(?= |$)", "", line) for line in shown]
    assert without_numbers == [" ".join(line.split()) for line in TEXTS[ENGLISH_ARTICLE] if line]


def test_passages_are_marked_and_names_link_to_their_entities() -> None:
    text = page(f"/articles/{ENGLISH_ARTICLE}")
    paragraph = re.findall(r'<p lang="en" dir="auto">(.*?)</p>', text)[1]
    assert f'<mark>The </mark><a href="/entities/{OFFICE}"><mark>Office of Xa</mark></a><mark> runs' in paragraph
    assert f'<a href="/entities/{TOWN}"><mark>Xa</mark></a>' in paragraph
    assert "It is glad." in paragraph
    assert "<mark>It is glad" not in paragraph
    assert plain_text(re.findall(rf'<a href="/entities/{FIRM}">(.*?)</a>', paragraph)[0]) == HOSTILE
    notes = plain_text(text)
    assert "Also named: Xa" in notes
    assert "3 No statement: no fact: <i>only words</i>" in notes


def test_a_sentence_has_statements_with_status_basis_date_and_disagreements() -> None:
    text = page(f"/articles/{ENGLISH_ARTICLE}")
    said = plain_text(re.findall(r'<li id="statement:910-1">(.*?)</li>', text, re.DOTALL)[0])
    assert said.startswith("article:910 says 1Sở Xa · has · Quỹ Xa · stated · existing · as of 2 January 2026")
    assert said.endswith("Sources disagree: translation")
    claim = plain_text(re.findall(r'<li id="statement:910-4">(.*?)</li>', text, re.DOTALL)[0])
    assert "strength · About: Quỹ Xa · said by Sở Xa" in claim
    assert 'href="/disagreements/disagreement:there"' in text


def test_an_article_page_shows_metadata_and_counts() -> None:
    text = plain_text(page(f"/articles/{ENGLISH_ARTICLE}"))
    assert "2 January 2026 (stated on line 9)" in text
    assert "Translation of the same text: Invented article 911 · read side by side" in text
    assert "3 / 5 sentences with statements (60 per cent)" in text
    assert "4 statements: 2 relations, 1 measurement, 1 claim" in text
    assert "3 entities named" in text
    assert "2 disagreements its statements take part in" in text
    assert "Previous:" not in text
    assert f"Next: {VIETNAMESE_ARTICLE}" in text


def test_the_list_has_the_same_numbers() -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", page("/articles"), re.DOTALL)
    cells = [[plain_text(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in rows[1:]]
    assert cells[0] == ["2 January 2026", "3 / 5", "42 relations, 1 measurement, 1 claim", "3", "2"]
    assert cells[2] == ["3 February 2026", "0 / 0", "00 relations, 0 measurements, 0 claims", "0", "0"]
    numbers = {item["id"]: item for item in client().get("/api/v1/articles").json()["data"]}
    assert {
        key: numbers[ENGLISH_ARTICLE][key]
        for key in ("relations", "measurements", "claims", "sentences_with_statements", "entities")
    } == {
        "relations": 2,
        "measurements": 1,
        "claims": 1,
        "sentences_with_statements": 3,
        "entities": 3,
    }
    assert numbers[ARTICLE_WITHOUT_TEXT]["disagreements"] == 0


def test_the_ledger_shows_each_sentence_with_its_words() -> None:
    text = page(f"/articles/{ENGLISH_ARTICLE}", view="ledger")
    assert plain_text(text).count("line ") >= 5
    assert 'id="sentence:910-2-0"' in text
    assert '<blockquote class="passage" lang="en" dir="auto">It is glad.</blockquote>' in text


def test_translations_are_aligned_by_content() -> None:
    text = page(f"/articles/{ENGLISH_ARTICLE}", compare_with=VIETNAMESE_ARTICLE)
    rows = re.findall(r"<li>\n<div>(.*?)</div>\n</li>", text, re.DOTALL)
    lines = [[re.findall(r"line (\d+)", side) for side in row.split("</div>\n<div>")] for row in rows]
    assert lines == [[["1"], []], [["2"], ["1", "2"]], [["4"], ["3"]], [[], ["4"]]]
    assert 'lang="vi"' in rows[1]
    assert "Nothing of the Vietnamese one stands here." in plain_text(rows[0])


def test_only_a_translation_can_be_shown_side_by_side() -> None:
    refused = client().get(f"/articles/{ENGLISH_ARTICLE}", params={"compare_with": ARTICLE_WITHOUT_TEXT})
    assert refused.status_code == 422
    assert f"expected {VIETNAMESE_ARTICLE}" in html.unescape(refused.text)
    assert "it has no other telling here" in html.unescape(
        client().get(f"/articles/{ARTICLE_WITHOUT_TEXT}", params={"compare_with": ENGLISH_ARTICLE}).text
    )
    assert client().get(f"/articles/{ENGLISH_ARTICLE}", params={"view": "upside-down"}).status_code == 422


def test_an_article_without_its_text_shows_the_ledger_and_says_so() -> None:
    for view in ("", "?view=text", "?view=ledger"):
        text = page(f"/articles/{ARTICLE_WITHOUT_TEXT}{view}")
        assert t("no_text") in html.unescape(text)
        assert t("view_text") not in PageParser(text).words["a"]
    assert t("without_text") in page("/articles")


def test_a_changed_passage_is_marked_in_the_text() -> None:
    assert t("unverified") in http.page("/articles/article:900")


def test_names_in_an_article_are_given_as_json() -> None:
    found = client().get(f"/api/v1/articles/{ENGLISH_ARTICLE}/mentions").json()["data"]
    assert [(one["entity"], one["line"], one["start"]) for one in found][:3] == [
        (OFFICE, 2, 4),
        (TOWN, 2, 14),
        (FIRM, 2, 53),
    ]
    assert client().get("/api/v1/articles/article:999/mentions").status_code == 404
    assert client().get(f"/api/v1/articles/{ARTICLE_WITHOUT_TEXT}/mentions").json()["data"] == []


def test_disagreements_are_counted_and_filtered() -> None:
    assert "2 disagreements, 1 of them open" in plain_text(page("/disagreements"))
    for given, kept, left in (
        ({"kind": "value"}, "coins", "there"),
        ({"entity": OFFICE}, "there", "coins"),
        ({"kind": "translation", "article": VIETNAMESE_ARTICLE, "entity": FUND}, "there", "coins"),
    ):
        text = page("/disagreements", **given)
        assert f'id="disagreement:{kept}"' in text
        assert f'id="disagreement:{left}"' not in text
        assert "1 disagreement of 2" in plain_text(text)
    nothing = page("/disagreements", kind="scope")
    assert t("no_disagreement_so") in nothing


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=ghost", 422),
        ("article=article:999", 422),
        ("page=2", 422),
        ("page=0", 422),
        ("entity=fund:nothing", 404),
        ("colour=red", 422),
    ],
)
def test_a_wrong_filter_is_refused(query: str, status: int) -> None:
    assert client().get(f"/disagreements?{query}").status_code == status


def test_readings_are_side_by_side_with_passage_language_and_preference() -> None:
    text = page("/disagreements/disagreement:coins")
    readings = re.findall(r"<li( class=\"is-preferred\")?>\n<p>(.*?)</p>\n(.*?)</ul>\s*</li>", text, re.DOTALL)
    assert [bool(preferred) for preferred, _, _ in readings] == [False, True]
    assert [plain_text(gloss) for _, gloss, _ in readings] == ["three coins", "five coins preferred"]
    assert 'lang="en" dir="auto"' in readings[0][2]
    assert "<mark>fund of 3 coins</mark>" in readings[0][2]
    assert "Sở của Xa có quỹ 5 đồng." in readings[1][2]
    assert "Why it is preferred: The later one." in plain_text(text)
    assert t("undecided_about") not in text
    assert t("undecided_about") in page("/disagreements/disagreement:there")


def test_a_disagreement_shows_what_it_affects() -> None:
    text = page("/disagreements/disagreement:there")
    changed = plain_text(re.findall(r'<ul class="disagreement-outcome">(.*?)</ul>', text, re.DOTALL)[0])
    assert changed == "Sở Xa plans Quỹ Xa disputed"
    measured = page("/disagreements/disagreement:coins")
    assert (
        plain_text(re.findall(r'<ul class="disagreement-outcome">(.*?)</ul>', measured, re.DOTALL)[0])
        == "Quỹ Xa capital of the fund"
    )
    assert 'href="/disagreements/disagreement:there"' in measured  # about the same fund


def test_a_disagreement_is_linked_in_both_directions() -> None:
    assert client().get("/api/v1/disagreements/disagreement:coins").json()["data"]["preferred"] == 1
    for path in ("/disagreements/disagreement:coin", "/api/v1/disagreements/disagreement:coin"):
        lost = client().get(path)
        assert lost.status_code == 404
        assert "nearest: disagreement:coins" in lost.text


def test_a_merged_id_in_the_query_redirects_to_its_successor() -> None:
    moved = http.client().get("/disagreements?entity=province:old-aaa&lang=vi")
    assert moved.status_code == 308
    assert moved.headers["location"] == "/disagreements?entity=province:aaa&lang=vi"
    assert http.client().get("/picture?entity=province:never").status_code == 410


def test_related_articles_have_the_same_origin_and_translations_come_first() -> None:
    def article(id: str, origin: str, text: str | None) -> dict[str, str | None]:
        return {"id": id, "origin": origin, "same_text": text}

    articles = [
        article("a", "one", None),
        article("b", "one", "x"),
        article("c", "one", "y"),
        article("d", "two", "x"),
        article("e", "one", "x"),
        article("f", "one", None),
    ]
    related = {
        item["id"]: [(other["id"], other["is_translation"]) for other in _related_articles(item, articles)]
        for item in (articles[1], articles[0], articles[3])
    }
    assert related == {
        "b": [("e", True), ("a", False), ("c", False), ("f", False)],
        "a": [("b", False), ("c", False), ("e", False), ("f", False)],
        "d": [],
    }


def test_everyone_in_the_statements_has_a_name_and_each_statement_its_disagreements() -> None:
    service = http.client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    readings = http.graph().disagreement("disagreement:startups-aaa")["readings"]
    ids = [reading["statements"][0] for reading in readings]
    ends = {"subject": "province:aaa", "object": "fund:aaa-vc", "speaker": "person:nguoi-dau", "about": ["centre:fff"]}
    views = [SimpleNamespace(statements=[ends | {"id": id}]) for id in (ids[1], "statement:other")]
    lookups = _lookups(service, views)  # pyright: ignore[reportArgumentType]
    assert lookups["names"] == {
        "province:aaa": "Aaa",
        "fund:aaa-vc": "Quỹ aaa-vc",
        "person:nguoi-dau": "Nguyễn Văn Đầu",
        "centre:fff": "Trung tâm Fff",
    }
    assert {key: [item["id"] for item in items] for key, items in lookups["disagreements_by_statement"].items()} == {
        ids[1]: ["disagreement:startups-aaa"]
    }


def test_an_article_without_text_is_shown_as_its_ledger() -> None:
    ledger = f'<a href="/articles/{ARTICLE_WITHOUT_TEXT}?view=ledger" aria-current="page">'
    for query_string in ("", "?view=ledger", "?view=text"):
        assert ledger in page(f"/articles/{ARTICLE_WITHOUT_TEXT}{query_string}")
    for query_string, view in (("", ""), ("?view=text", ""), ("?view=ledger", "?view=ledger")):
        shown = page(f"/articles/{ENGLISH_ARTICLE}{query_string}")
        assert f'<a href="/articles/{ENGLISH_ARTICLE}{view}" aria-current="page">' in shown
