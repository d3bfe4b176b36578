"""The pages of disagreements: the filtered list in pages, and one with what its outcome changes."""

import html
import re
from typing import Any

import pytest

from tests.support.html import plain_text
from tests.support.http import FIRST_ARTICLE, SECOND_ARTICLE, client, client_of, graph, page, settings
from vnkg.api.pages.disagreements import page as disagreements_page
from vnkg.graph.reader.reader import Graph


def disagreement(slug: str, kind: str, about: list[str], *readings: str, **more: Any) -> dict[str, Any]:
    listed = [{"gloss": f"Reading of {id}", "statements": [id]} for id in readings]
    return {"id": f"disagreement:{slug}", "kind": kind, "about": about, "readings": listed, "gloss": slug} | more


def shown_slugs(text: str) -> str:
    return " ".join(re.findall(r'<article class="disagreement" id="disagreement:([\w-]+)"', text))


@pytest.fixture
def pages_of_four(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that returns pages of a graph with four disagreements, two on a page."""
    (first,), (second,) = (
        reading["statements"] for reading in graph().disagreement("disagreement:startups-aaa")["readings"]
    )
    items = [
        disagreement("scope", "scope", ["province:aaa", "province:hhh"], second, preferred=0),
        disagreement("both", "value", ["province:aaa"], first, second, preferred=1),
        disagreement("date", "date", ["province:hhh"], second, first),
        disagreement("first", "value", ["province:ddd"], first),
    ]
    monkeypatch.setattr(Graph, "disagreements", lambda _: items)
    monkeypatch.setattr(disagreements_page, "PAGE_SIZE", 2)

    def pages(*query_strings: str) -> dict[str, str]:
        with client_of(settings().model_copy(update={"cache": False})) as uncached:
            return {key: html.unescape(uncached.get(f"/disagreements{key}").text) for key in query_strings}

    return pages


def test_filters_are_combined_and_the_pages_have_each_disagreement_once_by_kind(pages_of_four: Any) -> None:
    expected_slugs = {
        "": "both first",
        "?page=2": "scope date",
        "?kind=value": "both first",
        "?kind=definition": "",
        f"?article={SECOND_ARTICLE}": "both scope",
        f"?article={SECOND_ARTICLE}&page=2": "date",
        f"?article={FIRST_ARTICLE}&kind=date": "date",
        "?entity=province:hhh": "scope date",
        f"?entity=province:hhh&article={FIRST_ARTICLE}": "date",
        "?entity=province:ddd&kind=scope": "",
        "?entity=province:bbb": "",
    }
    pages = pages_of_four(*expected_slugs, "?page=3", "?kind=value&page=2", "?entity=province:zzz")
    assert {key: shown_slugs(pages[key]) for key in expected_slugs} == expected_slugs
    assert "page: found 3; expected 1 to 2" in pages["?page=3"]
    assert "page: found 2; expected 1 to 1" in pages["?kind=value&page=2"]
    assert "no entity 'province:zzz'" in pages["?entity=province:zzz"]
    links = {key: re.findall(r'rel="(prev|next)" href="([^"]+)"', text) for key, text in pages.items()}
    assert (links[""], links["?page=2"]) == (
        [("next", "/disagreements?page=2")],
        [("prev", "/disagreements?page=1")],
    )
    of_article = f"/disagreements?article={SECOND_ARTICLE.replace(':', '%3A')}&page="
    assert links[f"?article={SECOND_ARTICLE}"] == [("next", f"{of_article}2")]
    assert links["?entity=province:hhh"] == []


def test_the_list_counts_what_is_chosen_and_what_can_be_chosen(pages_of_four: Any) -> None:
    pages = pages_of_four("", f"?article={SECOND_ARTICLE}", "?entity=province:ddd&kind=scope")
    texts = {key: plain_text(text[text.index("<h1") :]) for key, text in pages.items()}
    choices = (
        f"Kind all scope (1) value (2) date (1) Article all {FIRST_ARTICLE}, English (3) "
        f"{SECOND_ARTICLE}, Vietnamese (3) About all Aaa (2) Ddd (1) Hhh (2)"
    )
    assert all(choices in text for text in texts.values())
    assert "4 disagreements, 2 of them open value (2) scope (1) date (1) Value (2)" in texts[""]
    assert 'href="/disagreements?kind=scope">scope</a>' in pages[""]
    assert 'href="#value">value</a>' in pages[""]
    assert "3 disagreements of 4, 1 of them open · All disagreements" in texts[f"?article={SECOND_ARTICLE}"]
    assert "No disagreement fits this." in texts["?entity=province:ddd&kind=scope"]


def test_a_disagreement_links_to_others_about_one_of_its_entities(pages_of_four: Any) -> None:
    text = pages_of_four("/disagreement:startups-aaa")["/disagreement:startups-aaa"]
    others = text.partition('id="others"')[2]
    assert re.findall(r'href="/disagreements/disagreement:(\w+)"', others) == ["scope", "both"]


def test_the_outcome_of_a_disagreement_changes_edges_and_values() -> None:
    def changes(slug: str) -> str:
        return plain_text(
            page(f"/disagreements/disagreement:{slug}").partition('id="changes">')[2].partition("<p class=")[0]
        )

    assert changes("startups-aaa").endswith("would change them. Aaa startups")
    assert changes("status-hhh-hhh-vc-plans").endswith("would change them. Hhh plans Quỹ hhh-vc disputed")
    for slug, is_open in (("startups-aaa", False), ("status-hhh-hhh-vc-plans", True)):
        text = client().get(f"/disagreements/disagreement:{slug}").text
        assert ("No reading is preferred" in text) == is_open
        assert 'id="others"' not in text
    assert re.findall(r'<li class="is-preferred">\n<p>(.*?) <', page("/disagreements/disagreement:startups-aaa")) == [
        "120.5"
    ]
