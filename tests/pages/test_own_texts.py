"""Our own texts in the language of the page, and what statements say beside their status, on every kind of page."""

import html
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.html import plain_text
from tests.support.invented_graph import load_graph
from tests.support.worlds import texts as world
from vnkg.api.app import create_app
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

STATEMENTS = {statement.gloss: statement.id for statement in world.release().statements}
PAGES = [
    "/",
    "/about",
    "/matrix",
    "/timeline?days=all",
    "/disagreements",
    f"/disagreements/{world.DISAGREEMENT}",
    f"/articles/{world.ARTICLE}",
    f"/articles/{world.ARTICLE}?view=ledger",
    f"/compare?ids={world.FUND},{world.OTHER_FUND}",
    *(f"/entities/{entity.id}" for entity in world.release().entities),
    *(f"/entities/{entity.id}/statements" for entity in world.release().entities),
    *(f"/statements/{id}" for id in STATEMENTS.values()),
]


@pytest.fixture(scope="module")
def site(embedded_engine: Engine, embedded_settings: Settings) -> Iterator[TestClient]:
    """A client of an application with the world."""
    with TestClient(create_app(embedded_settings, load_graph(embedded_engine, world.release()))) as client:
        yield client


def text_of(site: TestClient, path: str, language: str = "en") -> str:
    """The HTML of a page in a language."""
    response = site.get(path, params={"lang": language})
    assert response.status_code == 200, path
    return html.unescape(response.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_our_texts_in_its_language_alone(site: TestClient, path: str) -> None:
    vietnamese = text_of(site, path, "vi")
    assert not re.search(r"English (gloss|reading|title|reason)", vietnamese)
    assert "Tiếng Việt" not in re.sub(r">Tiếng Việt<", "", text_of(site, path, "en"))
    marked = re.findall(r'<\w+[^>]*lang="en"[^>]*>([^<]*)', vietnamese)
    assert not any("Tiếng Việt" in text for text in marked)


def test_a_text_without_vietnamese_is_shown_in_english_and_marked_so(site: TestClient) -> None:
    shown = [path for path in PAGES if world.ENGLISH_ONLY in text_of(site, path, "vi")]
    assert f"/entities/{world.OFFICE}" in shown
    for path in shown:
        for tag in re.findall(rf"<(\w+[^>]*)>{world.ENGLISH_ONLY}", text_of(site, path, "vi")):
            assert 'lang="en"' in tag or "blockquote" in tag or tag.startswith("mark"), (path, tag)


@pytest.mark.parametrize(
    ("language", "expected_texts"),
    [
        ("en", ("English title", "English gloss 1", "English reason", "English reading 1")),
        ("vi", ("Tiếng Việt tên", "Tiếng Việt 1", "Tiếng Việt lý do", "Tiếng Việt cách hiểu 1")),
    ],
)
def test_titles_cards_citations_and_reasons_follow_the_language(
    site: TestClient, language: str, expected_texts: tuple[str, ...]
) -> None:
    title, gloss, reason, reading = expected_texts
    disagreement = text_of(site, f"/disagreements/{world.DISAGREEMENT}", language)
    assert f'<meta property="og:title" content="{title}' in disagreement
    assert f"{title} – VNKG</title>" in disagreement
    assert all(text in disagreement for text in (reason, reading))
    statement = text_of(site, f"/statements/{STATEMENTS['English gloss 1']}", language)
    assert f"<h1>{gloss}</h1>" in statement
    assert f"title = {{{gloss}}}" in statement


DETAILS = {"en": ("by 2030", "or: Cơ chế đồng đầu tư"), "vi": ("đến năm 2030", "hoặc: Cơ chế đồng đầu tư")}


@pytest.mark.parametrize("language", DETAILS)
@pytest.mark.parametrize(
    "path",
    [
        f"/entities/{world.PROVINCE}",
        f"/entities/{world.FUND}",
        f"/statements/{STATEMENTS['English gloss 1']}",
        f"/articles/{world.ARTICLE}?view=ledger",
        "/timeline?days=all",
        f"/picture?entity={world.PROVINCE}",
        f"/disagreements/{world.DISAGREEMENT}",
        "/matrix",
    ],
)
def test_by_when_and_what_else_are_shown_wherever_the_plan_is(site: TestClient, path: str, language: str) -> None:
    text = re.sub(r"\s+", " ", plain_text(text_of(site, path, language))).replace(" :", ":")
    for words in DETAILS[language]:
        assert words in text


def test_a_scope_a_speaker_an_operator_and_an_edition_are_told(site: TestClient) -> None:
    province = plain_text(text_of(site, f"/entities/{world.PROVINCE}"))
    assert "runs it: yes" in province
    assert "before the merger" in province
    assert "2026–2030" in plain_text(text_of(site, f"/entities/{world.DIRECTOR}"))
    assert "the translation" in plain_text(text_of(site, f"/entities/{world.PUBLISHER}"))
    for path in (f"/entities/{world.PROVINCE}", f"/articles/{world.ARTICLE}?view=ledger"):
        assert "speaker inferred" in plain_text(text_of(site, path))
    picture = plain_text(text_of(site, f"/picture?entity={world.PROVINCE}"))
    assert "existing · runs it" in picture


def test_numbers_lead_to_the_definition_of_their_indicator(site: TestClient) -> None:
    schema_page = text_of(site, "/schema")
    paths = [
        f"/entities/{world.PROVINCE}", f"/statements/{STATEMENTS['English gloss 7']}", "/timeline",
        f"/articles/{world.ARTICLE}?view=ledger",
    ]  # fmt: skip
    for path in paths:
        (anchor, *_) = re.findall(r'href="/schema\?lang=en#([\w-]+)"', text_of(site, path))
        assert f'<tr id="{anchor}">' in schema_page


@pytest.mark.parametrize(
    ("language", "kind"),
    [
        ("en", "province at the time of the articles, city since 30 April 2026"),
        ("vi", "tỉnh vào thời điểm các bài báo, thành phố từ 30/4/2026"),
    ],
)
def test_a_province_that_became_a_city_after_the_articles_says_both(site: TestClient, language: str, kind: str) -> None:
    for path in (f"/entities/{world.PROVINCE}", "/entities?type=Province"):
        assert kind in text_of(site, path.replace("?", "?lang=" + language + "&"), language)
    assert f"{kind[0].upper()}{kind[1:]}" in text_of(site, f"/entities/{world.PROVINCE}", language)


def test_the_timeline_has_every_date_of_an_entity_page(site: TestClient) -> None:
    for entity in world.release().entities:
        whole = set(re.findall(r'class="entry-date">([^<]+)', text_of(site, f"/timeline?days=own&entity={entity.id}")))
        own = re.findall(r"<li><b>([^<]+)</b> <span>", text_of(site, f"/entities/{entity.id}").partition('id="timeline"')[2].partition("</ol>")[0])  # fmt: skip
        assert set(own) <= whole, entity.id
    changes = plain_text(text_of(site, "/timeline"))
    assert "30 April 2026 event Aaa becomes a centrally run city" in changes
    assert "1 July 2025 event Aaa has a new territory" in changes
