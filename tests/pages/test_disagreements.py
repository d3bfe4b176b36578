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
        disagreement("date", "date", ["province:hhh"], second, first, changes="nothing"),
        disagreement("scope", "scope", ["province:aaa", "province:hhh"], second, preferred=0, changes="name"),
        disagreement("first", "value", ["province:ddd"], first, changes="number"),
        disagreement("both", "value", ["province:aaa"], first, second, preferred=1, changes="answer"),
    ]
    monkeypatch.setattr(Graph, "disagreements", lambda _: items)
    monkeypatch.setattr(disagreements_page, "PAGE_SIZE", 2)

    def pages(*query_strings: str) -> dict[str, str]:
        with client_of(settings().model_copy(update={"cache": False})) as uncached:
            return {key: html.unescape(uncached.get(f"/disagreements{key}").text) for key in query_strings}

    return pages


def test_filters_are_combined_and_the_pages_have_each_disagreement_once_by_effect(pages_of_four: Any) -> None:
    expected_slugs = {
        "": "both first",
        "?page=2": "scope date",
        "?kind=value": "both first",
        "?changes=number": "first",
        "?changes=name&kind=value": "",
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
        "What it changes all changes an answer (1) changes a number (1) changes a name (1) changes no answer (1) "
        f"Kind all value (2) scope (1) date (1) Article all {FIRST_ARTICLE}, English (3) "
        f"{SECOND_ARTICLE}, Vietnamese (3) About all Aaa (4) Ddd (1) Hhh (2)"
    )
    for text in texts.values():
        assert choices in text
    effects = "changes an answer (1) changes a number (1) changes a name (1) changes no answer (1)"
    assert f"4 disagreements, 2 of them open {effects} Changes an answer (1) Which reading is right" in texts[""]
    assert 'href="/disagreements?changes=name">changes a name</a>' in pages[""]
    assert 'href="#answer">changes an answer</a>' in pages[""]
    assert "3 disagreements of 4, 1 of them open · All disagreements" in texts[f"?article={SECOND_ARTICLE}"]
    assert "No disagreement fits this." in texts["?entity=province:ddd&kind=scope"]


def test_a_disagreement_links_to_others_about_one_of_its_entities(pages_of_four: Any) -> None:
    text = pages_of_four("/disagreement:startups-aaa")["/disagreement:startups-aaa"]
    others = text.partition('id="others"')[2]
    assert re.findall(r'href="/disagreements/disagreement:(\w+)"', others) == ["both", "scope"]


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


def test_page_card_list_api_and_query_count_the_same_disagreements_of_each_entity() -> None:
    disputed_ids = {id for item in graph().disagreements() for id in item["about"]}
    assert len(disputed_ids) > 2
    others = [entity["id"] for entity in graph().entities(limit=500) if entity["id"] not in disputed_ids]
    for id in [*sorted(disputed_ids), *others[::5]]:
        from_api = [item["id"] for item in client().get(f"/api/v1/entities/{id}").json()["data"]["disagreements"]]
        listed = shown_slugs(page("/disagreements", entity=id)).split()
        assert sorted(listed) == sorted(item.removeprefix("disagreement:") for item in from_api), id
        assert graph().entity_numbers(id)["disagreements"] == len(from_api), id
        rows = graph().query("disagreements_about", {"entity": id})["rows"]
        assert {row["disagreement"] for row in rows} == set(from_api), id
        of_page = re.findall(r'id="disagreements">[^<]* <span class="count">\((\d+)\)', page(f"/entities/{id}"))
        assert of_page == ([str(len(from_api))] if from_api else []), id


def test_the_effect_is_told_in_words_of_the_page(pages_of_four: Any) -> None:
    pages = pages_of_four("?changes=answer", "?changes=answer&lang=vi", "/disagreement:startups-aaa?lang=vi")
    assert "Changes an answer" in plain_text(pages["?changes=answer"])
    assert "Làm thay đổi câu trả lời" in plain_text(pages["?changes=answer&lang=vi"])
    assert "changes: found 'all'" in plain_text(pages_of_four("?changes=all")["?changes=all"])
