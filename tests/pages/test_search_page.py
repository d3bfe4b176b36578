"""The search page: which hits are shown under which heading, how many, and what can be done next."""

import html
import re
from typing import Any

import pytest

from tests.support import translations
from tests.support.http import client_of, page, settings
from vnkg.api.i18n.words import Words
from vnkg.api.pages.search import page as search_page
from vnkg.graph.reader.reader import Graph


def search_hit(slug: str, match_type: str, node: str = "Fund", **more: Any) -> dict[str, Any]:
    fixed = {"id": f"{node.lower()}:{slug}", "name": slug, "type": node, "status": None, "match_type": match_type}
    return fixed | {"matched_text": slug, "suggestion": match_type == "fuzzy"} | more


def text_of_search(monkeypatch: pytest.MonkeyPatch, query_string: str, *hits: dict[str, Any]) -> str:
    """The page of a search that finds these, of which at most four are shown."""
    monkeypatch.setattr(Graph, "search", lambda _, __, *, limit, **___: list(hits)[:limit])
    monkeypatch.setattr(search_page, "MAX_HITS", 4)
    with client_of(settings().model_copy(update={"cache": False})) as uncached:
        text = html.unescape(uncached.get(f"/search{query_string}").text)
    return text[text.index('<form class="search"') :].partition("</main>")[0]


def parts(text: str) -> dict[str, list[str]]:
    """The names of the hits by their heading; those without one have the heading of the number found."""
    pieces = re.split(r'<h2>|<p role="status">', text)
    hits = {
        piece.partition("</")[0]: re.findall(r'<div class="edge-line"><a [^>]*>([^<]+)</a>', piece) for piece in pieces
    }
    return {heading: names for heading, names in hits.items() if names}


def test_names_words_and_guesses_are_separate(monkeypatch: pytest.MonkeyPatch) -> None:
    hits = [
        search_hit("named", "name"),
        search_hit("former", "variant", matched_text="old"),
        search_hit("worded", "words", "Agency"),
        search_hit("guessed", "fuzzy"),
    ]
    text = text_of_search(monkeypatch, "?q=x&lang=en", *hits)
    assert parts(text) == {
        "3 found": ["named", "former"],
        "Names that contain the words": ["worded"],
        "Did you mean one of these?": ["guessed"],
    }
    assert "What you can do" not in text
    assert re.findall(r'<li><a href="(/search[^"]+)">([^<]+)</a> <span class="text-muted">(\d)', text) == [
        ("/search?lang=en&q=x&type=Fund", "Fund", "3"),
        ("/search?lang=en&q=x&type=Agency", "Agency", "1"),
    ]


@pytest.mark.parametrize(("count", "has_more"), [(4, False), (5, True)])
def test_more_hits_than_fit_are_mentioned(monkeypatch: pytest.MonkeyPatch, count: int, has_more: bool) -> None:
    text = text_of_search(monkeypatch, "?q=x", *(search_hit(str(number), "name") for number in range(count)))
    assert list(parts(text).values()) == [["0", "1", "2", "3"]]
    assert ('<a href="/search?q=x&section=names">Show all of them</a>' in text) == has_more
    assert 'class="types"' not in text


@pytest.mark.parametrize(
    ("query_string", "links"),
    [
        ("?q=x", []),
        ("?q=x&exact=true", ["/search?q=x"]),
        ("?q=x&type=Fund", ["/search?q=x"]),
        ("?q=x&type=Fund&exact=true", ["/search?q=x&type=Fund", "/search?q=x&exact=true"]),
    ],
)
def test_a_search_without_a_hit_can_be_widened(
    monkeypatch: pytest.MonkeyPatch, query_string: str, links: list[str]
) -> None:
    text = text_of_search(monkeypatch, query_string)
    assert "Nothing here is called “x”." in text
    assert re.findall(r'<li><a href="(/search[^"]+)"', text) == links


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_search_by_name_never_tells_what_the_articles_lack(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    for query_string in ("?q=verbatim+words", "?q=verbatim&exact=true", "?q=verbatim&type=Fund"):
        text = text_of_search(monkeypatch, f"{query_string}&lang={language}")
        assert not re.search(r"was not in the articles|articles read so far|chưa có trong các bài báo", text)
    assert Words(language)("found_nowhere_help") in text_of_search(monkeypatch, f"?q=verbatim&lang={language}")


def test_statements_and_passages_stand_in_their_own_sections_with_the_words_marked() -> None:
    text = html.unescape(translations.page("/search", q="hills Xa", lang="en"))
    statements, _, passages = text.partition("Passages of the articles")
    assert re.findall(r'<a href="/statements/([^"?]+)', statements.partition("Statements with these words")[2])
    assert "<mark>Xa</mark> has 7 <mark>hills</mark>." in passages
    assert re.search(r'<a href="/articles/article:910\?lang=en#sentence:910-4-0"', passages)


def test_a_hostile_sentence_is_shown_as_text() -> None:
    text = translations.page("/search", q="heading nobody wrote", lang="en")
    assert "<b>nobody" not in text
    assert "A <mark>heading</mark> &lt;b&gt;<mark>nobody</mark>&lt;/b&gt; <mark>wrote</mark>" in text


def test_a_section_by_itself_shows_only_that_and_leads_back() -> None:
    text = translations.page("/search", q="Xa", section="passages", lang="en")
    assert text.count('class="passage"') == 6
    assert "Statements with these words" not in text
    assert '<div class="edge-line">' not in text.partition("<main")[2]
    assert 'href="/search?lang=en&amp;q=Xa">Search everything' in text
    nothing = translations.page("/search", q="zzz", section="passages", lang="en")
    assert "No sentence has at least half of these words" in nothing


def test_results_can_be_narrowed_and_a_choice_taken_back() -> None:
    text = page("/search", q="aaa", lang="en")
    kinds = dict(re.findall(r'<a href="([^"]+&amp;kind=[^"]+)"[^>]*>[^<]+</a> <span class="text-muted">(\d+)', text))
    assert len(kinds) > 1
    for address, count in kinds.items():
        narrowed = page(html.unescape(address))
        hits = narrowed.partition('role="status"')[2].partition("</main>")[0]
        assert hits.count('<div class="edge-line">') == int(count)
        assert '<a href="/search?lang=en&amp;q=aaa" aria-current="true"' in narrowed


@pytest.mark.parametrize(("name", "value"), [("type", "Fnd"), ("kind", "x"), ("status", "plannd"), ("section", "x")])
def test_a_wrong_choice_is_refused(name: str, value: str) -> None:
    with client_of(settings()) as client:
        response = client.get("/search", params={"q": "fund", name: value})
    assert response.status_code == 422
    assert f"{name}: found" in html.unescape(response.text)


def test_a_question_that_nothing_answers_leads_to_the_nearest_of_the_catalogue() -> None:
    text = page("/search", q="what would Xyzzy think of borders", lang="en")
    questions = text.partition("Questions of the catalogue")[2]
    assert re.search(r'<li><a href="/queries/province_neighbours', questions)
