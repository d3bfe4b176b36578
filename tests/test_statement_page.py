"""The page of a statement: the permanent address of one piece of evidence."""

import html
import re

import pytest

from tests import telling
from tests.serving import client, page
from tests.test_entity_page import plain, section
from vnkg.api.i18n.words import Words

words = Words("en")
PLANNED = "/statements/statement:i00-042"


def test_it_says_what_is_said_how_firmly_and_since_when() -> None:
    top = plain(page(PLANNED).partition('<h2 id="article"')[0])
    assert "Hhh plans Quỹ hhh-vc planned stated statement:i00-042" in top
    assert f"Basis stated the passage says so As of 19 October 2025 {words('statement_day_of_article')}" in top
    assert "line 42, characters 0–" in top
    assert words("statement_verified") in top


def test_the_passage_is_marked_and_a_changed_one_flagged() -> None:
    assert "<mark>province:hhh PLANS fund:hhh-vc: planned</mark>" in page(PLANNED)
    changed = page("/statements/statement:i00-002")
    assert words("unverified") in changed
    assert words("statement_verified") not in changed


def test_without_the_text_the_place_is_told() -> None:
    text = page("/statements/statement:i01-002")
    assert words("statement_text_not_here") in text
    assert "<mark>" not in text
    assert "Aaa startups 120.5, 2025" in plain(text)


def test_it_tells_the_edge_it_counts_for_and_what_counts_with_it() -> None:
    edges = section(PLANNED, "edges")
    assert "Hhh plans Quỹ hhh-vc disputed stated · 19 October 2025 · 1 article, 1 origin" in plain(edges)
    assert 'href="/statements/statement:i00-041"' in edges
    sources = html.unescape(re.findall(r'href="(/queries/edge_sources[^"]+)"', edges)[0])
    assert client().get(sources).status_code == 200


def test_its_disagreement_shows_which_reading_it_is() -> None:
    readings = re.findall(r"<li.*?</li>", section(PLANNED, "disagreements"), re.DOTALL)
    assert [words("statement_this_statement") in reading for reading in readings] == [False, True]
    assert 'href="/disagreements/disagreement:status-hhh-hhh-vc-plans"' in section(PLANNED, "disagreements")


def test_its_sentence_stands_between_its_neighbours() -> None:
    ledger = section(PLANNED, "ledger")
    places = re.findall(r'href="/articles/article:900#(sentence:[\w-]+)"', ledger)
    assert places == [f"sentence:i00-{line}-0" for line in (41, 42, 43)]
    assert "<blockquote" in ledger


def test_a_reference_statement_names_its_table() -> None:
    text = plain(page("/statements/statement:reference-1"))
    assert "Reference table: an invented atlas · checked on 1 November 2026" in text
    assert "Aaa borders Ccc existing reference" in text


def test_a_claim_tells_its_speaker_and_what_it_is_about() -> None:
    text = plain(page("/statements/statement:i00-065"))
    assert "Said by Nguyễn Văn Đầu" in text
    assert "About Quỹ aaa-vc, Trung tâm Fff" in text


def test_translations_of_its_article_are_named() -> None:
    said = next(one for one in telling.facts().statements if one.passage and one.passage.article == telling.ONE)
    text = telling.client().get(f"/statements/{said.id}").text
    assert words("statement_same_text") in text
    assert f'href="/articles/{telling.OTHER}"' in text


def test_it_can_be_cited_and_read_by_programs() -> None:
    text = page(PLANNED)
    assert "/statements/statement:i00-042. CC BY 4.0." in plain(section(PLANNED, "cite"))
    assert '<link rel="alternate" type="application/json" href="/api/v1/statements/statement:i00-042">' in text


@pytest.mark.parametrize("unknown_id", ["statement:i00-04", "i00-042", "statement:i00-0422"])
def test_an_id_that_is_not_there_names_the_nearest(unknown_id: str) -> None:
    for path in ("/statements", "/api/v1/statements"):
        answer = client().get(f"{path}/{unknown_id}")
        assert answer.status_code == 404
        assert "statement:i00-042" in answer.text


@pytest.mark.parametrize("path", ["/entities/province:aaa", "/articles/article:900", "/disagreements", "/queries/provinces_with_fund"])  # fmt: skip
def test_every_page_with_evidence_leads_to_statements(path: str) -> None:
    found = set(re.findall(r'href="(/statements/[^"]+)"', page(path)))
    assert found
    assert all(client().get(one).status_code == 200 for one in sorted(found)[:3])
