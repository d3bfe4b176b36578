"""The page of a statement: the permanent address of one piece of evidence."""

import html
import re

import pytest

from tests.support import translations
from tests.support.html import plain_text, section
from tests.support.http import client, page
from vnkg.api.i18n.words import Words

words = Words("en")
PLANNED_STATEMENT = "/statements/statement:i00-042"


def test_it_shows_statement_status_basis_and_date() -> None:
    top = plain_text(page(PLANNED_STATEMENT).partition('<h2 id="article"')[0])
    assert "Hhh plans Quỹ hhh-vc planned stated statement:i00-042" in top
    assert f"Basis stated the passage says so As of 19 October 2025 {words('statement_day_of_article')}" in top
    assert "line 42, characters 0–" in top
    assert words("statement_verified") in top


def test_the_passage_is_marked_and_a_changed_one_flagged() -> None:
    assert "<mark>province:hhh PLANS fund:hhh-vc: planned</mark>" in page(PLANNED_STATEMENT)
    changed = page("/statements/statement:i00-002")
    assert words("unverified") in changed
    assert words("statement_verified") not in changed


def test_without_the_text_the_locator_is_shown() -> None:
    text = page("/statements/statement:i01-002")
    assert words("statement_text_not_here") in text
    assert "<mark>" not in text
    assert "Aaa startups 120.5, 2025" in plain_text(text)


def test_it_shows_its_edge_and_the_other_statements_of_that_edge() -> None:
    edges = section(PLANNED_STATEMENT, "edges")
    assert "Hhh plans Quỹ hhh-vc disputed stated · 19 October 2025 · 1 article, 1 origin" in plain_text(edges)
    assert 'href="/statements/statement:i00-041"' in edges
    sources = html.unescape(re.findall(r'href="(/queries/edge_sources[^"]+)"', edges)[0])
    assert client().get(sources).status_code == 200


def test_its_disagreement_shows_its_reading() -> None:
    readings = re.findall(r"<li.*?</li>", section(PLANNED_STATEMENT, "disagreements"), re.DOTALL)
    assert [words("statement_this_statement") in reading for reading in readings] == [False, True]
    assert 'href="/disagreements/disagreement:status-hhh-hhh-vc-plans"' in section(PLANNED_STATEMENT, "disagreements")


def test_its_sentence_is_shown_between_its_neighbours() -> None:
    ledger = section(PLANNED_STATEMENT, "ledger")
    places = re.findall(r'href="/articles/article:900#(sentence:[\w-]+)"', ledger)
    assert places == [f"sentence:i00-{line}-0" for line in (41, 42, 43)]
    assert "<blockquote" in ledger


def test_a_reference_statement_names_its_table() -> None:
    text = plain_text(page("/statements/statement:reference-1"))
    assert "Reference table: an invented atlas · checked on 1 November 2026" in text
    assert "Aaa borders Ccc existing reference" in text


def test_a_claim_shows_its_speaker_and_topics() -> None:
    text = plain_text(page("/statements/statement:i00-065"))
    assert "Said by Nguyễn Văn Đầu" in text
    assert "About Quỹ aaa-vc, Trung tâm Fff" in text


def test_translations_of_its_article_are_named() -> None:
    said = next(
        one
        for one in translations.facts().statements
        if one.passage and one.passage.article == translations.ENGLISH_ARTICLE
    )
    text = translations.client().get(f"/statements/{said.id}").text
    assert words("statement_same_text") in text
    assert f'href="/articles/{translations.VIETNAMESE_ARTICLE}"' in text


def test_it_can_be_cited_and_read_by_programs() -> None:
    text = page(PLANNED_STATEMENT)
    assert "/statements/statement:i00-042. CC BY 4.0." in plain_text(section(PLANNED_STATEMENT, "cite"))
    assert '<link rel="alternate" type="application/json" href="/api/v1/statements/statement:i00-042">' in text


@pytest.mark.parametrize("unknown_id", ["statement:i00-04", "i00-042", "statement:i00-0422"])
def test_an_unknown_statement_id_names_the_nearest(unknown_id: str) -> None:
    for path in ("/statements", "/api/v1/statements"):
        answer = client().get(f"{path}/{unknown_id}")
        assert answer.status_code == 404
        assert "statement:i00-042" in answer.text


@pytest.mark.parametrize("path", ["/entities/province:aaa", "/articles/article:900", "/disagreements", "/queries/provinces_with_fund"])  # fmt: skip
def test_every_page_with_evidence_links_to_statements(path: str) -> None:
    found = set(re.findall(r'href="(/statements/[^"]+)"', page(path)))
    assert found
    assert all(client().get(one).status_code == 200 for one in sorted(found)[:3])
