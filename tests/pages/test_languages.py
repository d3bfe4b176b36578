"""Two languages: all text is in the requested language, and text in another one is marked as such."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.html import PageParser
from tests.support.http import built_in_client, client
from tests.support.main_pages import FRAME_PAGES, MAIN_PAGES
from tests.support.page_language import PageLanguages
from vnkg.api.i18n.language import LANGUAGES, format_number
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema

ENGLISH = re.compile(
    r"\b(the|of|and|with|for|from|which|has|have|was|were|this|its|are|been|who|what|where|is|not|into|their|about)\b",
    re.IGNORECASE,
)
"""Words that are common in English and are not Vietnamese syllables."""
VIETNAMESE = re.compile(r"\b(của|và|những|không|được|trong|các|một|này|là|có)\b", re.IGNORECASE)
WRONG_DATE_FORMATS = {
    "en": re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{4}\b"),
    "vi": re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2} (January|March|April|July|August|October|November|December)\b"),
}
"""Dates in the format of the other language or of a machine, by page language."""
SAME_LABELS = {"đồng"}
"""Labels that are the same in both languages."""
CRAWL_LIMIT = 25
everywhere = pytest.mark.parametrize("main_page", (*MAIN_PAGES, *FRAME_PAGES), ids=str)


@cache
def page_languages(path: str, language: str) -> PageLanguages:
    response = built_in_client().get(path, headers={"Accept-Language": language})
    assert response.status_code in {page.status for page in (*MAIN_PAGES, *FRAME_PAGES) if page.built_in_path == path}
    return PageLanguages(response.text)


@everywhere
def test_a_vietnamese_page_has_no_unmarked_english(main_page: Any) -> None:
    assert [
        words for words in page_languages(main_page.built_in_path, "vi").in_language("vi") if ENGLISH.search(words)
    ] == []


@everywhere
def test_an_english_page_has_no_unmarked_vietnamese(main_page: Any) -> None:
    assert [
        words for words in page_languages(main_page.built_in_path, "en").in_language("en") if VIETNAMESE.search(words)
    ] == []


@everywhere
@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_formatted_in_the_page_language(main_page: Any, language: str) -> None:
    said = page_languages(main_page.built_in_path, language).in_language(language)
    assert [words for words in said if WRONG_DATE_FORMATS[language].search(words)] == []


def test_numbers_are_formatted_in_the_page_language() -> None:
    province = "/entities/province:dong-nai"
    population = built_in_client().get(f"/api/v1{province}").json()["data"]["population"]
    for language, other in (("en", "vi"), ("vi", "en")):
        said = " ".join(page_languages(province, language).in_language(language))
        assert format_number(population, language) in said
        assert format_number(population, other) not in said


def test_a_chosen_language_persists_across_links() -> None:
    wanted, seen = ["/?lang=vi"], set[str]()
    while wanted and len(seen) < CRAWL_LIMIT:
        path = wanted.pop(0)
        seen.add(path)
        response = client().get(path)
        assert response.status_code == 200, path
        found = PageParser(response.text)
        assert found.find_all("html")[0]["lang"] == "vi", path
        for target in links(found):
            assert "lang=vi" in target or "lang=en" in target, (path, target)
            if "lang=vi" in target and target not in seen and target not in wanted:
                wanted.append(target)
        hidden = [one for one in found.find_all("input") if one.get("type") == "hidden" and one.get("name") == "lang"]
        assert len(hidden) == sum("action" in form for form in found.find_all("form")), path
    assert len(seen) == CRAWL_LIMIT


def links(document: PageParser) -> Iterator[str]:
    """Yield the addresses of our own pages that a page links to."""
    for address in (link["href"] for link in document.find_all("a") if "href" in link):
        parts = urlsplit(address)
        page = parts.path and not parts.path.startswith(("/api/", "/openapi.json")) and not parts.netloc
        if page and (parts.query == "" or parse_qs(parts.query).get("lang") != ["en"]):
            yield address.partition("#")[0]


def test_the_header_chooses_the_language_and_the_address_overrides_it() -> None:
    for accept, lang, shown in (("vi-VN,vi;q=0.9", None, "vi"), ("sv,en;q=0.5", None, "en"), ("vi", "en", "en")):
        response = client().get("/about", params={"lang": lang} if lang else None, headers={"Accept-Language": accept})
        assert PageParser(response.text).find_all("html")[0]["lang"] == shown
        assert response.headers["content-language"] == shown
        assert "accept-language" in response.headers["vary"].lower()


def test_vietnamese_pages_use_vietnamese_names() -> None:
    path = "/entities?type=Sector"
    for language, name in (("en", "Artificial intelligence"), ("vi", "Trí tuệ nhân tạo")):
        text = built_in_client().get(path, headers={"Accept-Language": language}).text
        assert f'<a href="/entities/sector:ai" dir="auto">{name}</a>' in text
    named = re.compile(r'<a href="/entities/sector:[a-z-]+" dir="auto">')
    assert len(named.findall(text)) > 30  # all sectors have Vietnamese names; names in English would be marked
    english = built_in_client().get("/entities?type=Province", headers={"Accept-Language": "en"}).text
    assert '<a href="/entities/province:dong-nai" lang="vi" dir="auto">Đồng Nai</a>' in english


def labelled_items(thing: Any) -> Iterator[Any]:
    """Yield everything in the schema that has labels."""
    if isinstance(thing, Mapping):
        for item in thing.values():
            yield from labelled_items(item)
    elif is_dataclass(thing):
        if hasattr(thing, "vi"):
            yield thing
        for part in fields(thing):
            yield from labelled_items(getattr(thing, part.name))


def test_everything_in_the_schema_has_a_label_in_each_language() -> None:
    found = list(labelled_items(schema()))
    assert len(found) > 100
    assert [term.key for term in found if not (term.en and term.vi)] == []
    assert [term.vi for term in found if ENGLISH.search(term.vi)] == []
    assert {term.vi for term in found if term.en == term.vi} <= SAME_LABELS


def test_every_query_text_exists_in_each_language() -> None:
    for query in catalogue().values():
        assert query.question_en
        assert query.question_vi
        for part in (*query.params.values(), *query.returns.values()):
            assert bool(part.help) == bool(part.help_vi), (query.name, part.name)
            assert not ENGLISH.search(re.sub(r"\(.*?\)", "", part.help_vi)), (query.name, part.name)
        for column in query.returns.values():
            assert bool(column.failure) == bool(column.failure_vi), (query.name, column.name)
