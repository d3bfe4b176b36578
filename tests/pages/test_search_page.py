"""The search page: which hits are shown under which heading, how many, and what can be done next."""

import html
import re
from typing import Any

import pytest

from tests.support.http import client_of, settings
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
        "Names that hold the words": ["worded"],
        "Perhaps one of these was meant": ["guessed"],
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
    assert ("There are more; add a word or choose a type." in text) == has_more
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
    help_text = Words(language)("found_nothing_help")
    assert help_text in text_of_search(monkeypatch, f"?q=verbatim&lang={language}")
    assert ("not the texts" if language == "en" else "không tìm trong nội dung") in help_text
