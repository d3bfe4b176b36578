"""Wrong addresses: the page says what happened, suggests pages and says what to do next."""

import html
from collections.abc import Iterable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support import translations
from tests.support.html import PageParser
from tests.support.http import client, graph, settings
from vnkg.api.app import create_app
from vnkg.api.i18n.language import LANGUAGES
from vnkg.api.i18n.words import Words
from vnkg.api.pages._base.errors import MAX_GUESS_LENGTH, guess_search_terms
from vnkg.graph.errors import ServerAbsent
from vnkg.graph.reader.reader import Graph

WRONG_PATHS = [
    ("/entities/province:aa", "/entities/province:aaa", "aa"),
    ("/entities/person:nguyen-van-dau", "/entities/person:nguoi-dau", "nguyen van dau"),
    ("/entities/Nguyen%20Van%20Dau", "/entities/person:nguoi-dau", "Nguyen Van Dau"),
    ("/articles/article:90", "/articles/article:900", "90"),
    ("/articles/province:aaa", "/entities/province:aaa", "aaa"),
    ("/queries/provinces_with", "/queries/provinces_with_fund", "provinces with"),
    ("/disagreements/disagreement:startups", "/disagreements/disagreement:startups-aaa", "startups"),
    ("/picture?entity=province:aa", "/entities/province:aaa", "aa"),
    ("/entity/province:aaa", "/entities/province:aaa", "aaa"),
    ("/province:aaa", "/entities/province:aaa", "aaa"),
    ("/article:900", "/articles/article:900", "900"),
    ("/provinces_with_fund", "/queries/provinces_with_fund", "provinces with fund"),
    ("/abaut", "/about", "abaut"),
    ("/pictures", "/picture", "pictures"),
]


def search_field_value(text: str) -> str:
    (field,) = (found for found in PageParser(text).find_all("input") if found.get("id") == "q")
    return field["value"]


@pytest.mark.parametrize(("path", "suggested_path", "words"), WRONG_PATHS)
def test_a_wrong_address_suggests_pages_and_search_terms(path: str, suggested_path: str, words: str) -> None:
    lost = client().get(path)
    assert lost.status_code == 404
    links = [found["href"] for found in PageParser(lost.text).find_all("a")]
    assert suggested_path in links
    assert client().get(suggested_path).status_code == 200
    assert search_field_value(lost.text) == words


def test_suggestions_have_names() -> None:
    assert ">Aaa</a>" in client().get("/entities/province:aa").text
    assert ">Two amounts.</a>" in translations.client().get("/disagreements/disagreement:coin").text
    question = "Which provinces implement Resolution 57 with a venture capital fund?"
    assert f">{question}</a>" in client().get("/queries/provinces_with").text


def test_without_similar_pages_nothing_is_suggested() -> None:
    for path in ("/entities/xyzzy:qwertyuiop", "/wp-login.php", "/fund:not-there"):
        text = client().get(path).text
        assert Words("en")("perhaps") not in text
        assert Words("en")("what_next") in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/entities/province:aa", 404),
        ("/entities/province:never", 410),
        ("/entities/" + "a" * 3_000, 414),
        ("/search?q=" + "a" * 10_000, 414),
        ("/search?q=" + "a+" * 1_500, 422),
        ("/entities/%FF", 400),
        ("/entities/%F0%9F%98%80", 404),
        ("/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7", 404),
        ("/%E2%80%AEgnp.exe", 404),
        ("/about?colour=red", 422),
        ("/articles/article:900?view=<script>alert(1)</script>", 422),
        ("/entities/<script>alert(1)</script>", 404),
    ],
)
def test_every_wrong_address_has_a_page_in_the_site_layout(path: str, status: int, language: str) -> None:
    response = client().get(path, headers={"Accept-Language": language})
    found, words = PageParser(response.text), Words(language)
    assert response.status_code == status
    assert response.headers["content-language"] == language
    assert not found.wrong
    assert len(found.find_all("h1")) == 1
    assert words("what_next") in html.unescape(response.text)
    assert f'class="crumb">{words("error_status", status=status)}' in response.text
    assert len(response.content) < 12_000
    assert "<script>alert" not in response.text
    assert not [attributes for attributes in found.find_all("script") if "src" not in attributes]


def test_a_removed_entity_links_to_its_type() -> None:
    text = client().get("/entities/province:never").text
    assert 'href="/entities?type=Province"' in text
    assert "Everything of the type: Province or city" in text


@pytest.mark.parametrize("path", ["/entities/province:never", "/entities/province:nowhere", "/nowhere-never"])
def test_the_search_of_an_error_page_has_the_words_of_the_address(path: str) -> None:
    words = path.rpartition("/")[2].rpartition(":")[2].replace("-", " ")
    assert f'name="q" value="{words}"' in client().get(path).text


def test_a_merged_id_redirects_from_every_page() -> None:
    for path in (
        "/entities/{}",
        "/picture?entity={}&depth=2",
        "/disagreements?entity={}",
        "/card/entity/{}.png?lang=vi",
    ):
        moved = client().get(path.format("province:old-aaa"))
        assert (moved.status_code, moved.headers["location"]) == (308, path.format("province:aaa"))


def test_a_wrong_parameter_links_to_the_page_without_it() -> None:
    text = client().get("/articles?colour=red&lang=vi").text
    assert f'<a href="/articles?lang=vi">{Words("vi")("without_parameters")}</a>' in text
    assert '<a href="/articles">' in client().get("/articles?lang=xx").text


def test_a_search_without_words_explains_itself() -> None:
    for path in ("/search", "/search?q=", "/search?q=++"):
        response = client().get(path)
        assert response.status_code == 200
        assert "Type a name" in response.text


@pytest.mark.parametrize("q", ["😀", "\u202e\u202e", "???", "ø" * 201])
def test_a_search_for_an_impossible_name_says_so(q: str) -> None:
    response = client().get("/search", params={"q": q})
    assert response.status_code == 422
    assert 'class="site-head"' in response.text


def test_a_picture_without_an_entity_is_a_page() -> None:
    for path in ("/picture?entity=article:900", "/picture?query=provinces_with_fund&fund_kind=co_investment"):
        response = client().get(path)
        assert response.status_code == 200
        assert 'class="site-head"' in response.text


@pytest.mark.parametrize(
    ("path", "parameters", "words"),
    [
        ("/entities/province:dong-nai", {}, "dong nai"),
        ("/entities/policy:57-nq-tw/", {}, "57 nq tw"),
        ("/a/b_c+d.html", {}, "b c d html"),
        ("/", {}, ""),
        ("/search", {"q": "  57-NQ/TW  "}, "57-NQ/TW"),
        ("/picture", {"entity": "province:dong-nai"}, "dong nai"),
        ("/picture", {"entity": ""}, "picture"),
        ("/x", {"q": "\u202eabc\u0007d"}, "abc d"),
        ("/x", {"q": "word " * 100}, ("word " * 12).strip()),
        ("/x", {"q": "a" * 10_000}, "a" * MAX_GUESS_LENGTH),
    ],
)
def test_search_terms_are_guessed(path: str, parameters: dict[str, str], words: str) -> None:
    assert guess_search_terms(path, parameters) == words


class GraphWithoutNames(Graph):
    """A graph whose name lookup fails."""

    def cards(self, ids: Iterable[str]) -> list[dict[str, Any]]:  # noqa: ARG002
        raise ServerAbsent("no server")


def test_a_page_whose_suggestions_cannot_be_read_still_works() -> None:
    nameless = GraphWithoutNames(graph().engine, graph().schema, graph().queries)
    with TestClient(create_app(settings(), nameless)) as asked:
        lost = asked.get("/entities/province:aa")
    assert lost.status_code == 404
    assert Words("en")("perhaps") not in lost.text
    assert search_field_value(lost.text) == "aa"
