"""Articles in Chromium: names, disagreements, translations side by side, and pages for wrong addresses."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import accessibility
from tests.support.chromium import error_free_page
from tests.support.http import running_server
from tests.support.invented_graph import HOSTILE
from tests.support.translations import ARTICLE_WITHOUT_TEXT, ENGLISH_ARTICLE, VIETNAMESE_ARTICLE, client
from vnkg.api.app import create_app


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    asked = client()
    service = cast("Any", asked.app).state.service
    with running_server(create_app(service.settings, service.graph)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with error_free_page(browser, site) as page:
        yield page


@pytest.fixture
def scriptless(browser: Browser, site: str) -> Iterator[Page]:
    with error_free_page(browser, site, java_script_enabled=False) as page:
        yield page


def test_a_reader_opens_an_article_and_follows_a_name_and_a_disagreement(page: Page) -> None:
    page.goto("/articles")
    page.get_by_role("link", name="Invented article 910").click()
    note = page.locator(".sentence-notes details").first
    expect(note.locator(".statement-list")).not_to_be_visible()
    page.get_by_role("link", name="What was read from sentence 2").click()
    expect(note.locator(".statement-list")).to_be_visible()
    note.get_by_role("link", name="Sources disagree: translation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it there?")
    page.locator(".readings").get_by_role("link", name="Invented article 911").first.click()
    expect(page.locator(".sentence:target")).to_be_visible()
    page.locator(".paragraph").first.get_by_role("link", name="Sở của Xa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sở Xa")


def test_a_statement_is_one_click_away_without_javascript(scriptless: Page) -> None:
    page = scriptless
    page.goto(f"/articles/{ENGLISH_ARTICLE}")
    note = page.locator(".sentence-notes details").first
    note.locator("summary").click()
    expect(note).to_contain_text("· has ·")


def test_notes_are_next_to_the_text_on_wide_screens_and_below_it_on_narrow_ones(page: Page) -> None:
    page.goto(f"/articles/{ENGLISH_ARTICLE}")

    def places() -> tuple[dict[str, float], dict[str, float]]:
        found = [page.locator(f".paragraph {part}").first.bounding_box() for part in ("> p", ".sentence-notes")]
        assert found[0] is not None
        assert found[1] is not None
        return dict(found[0]), dict(found[1])

    text, notes = places()
    assert notes["x"] >= text["x"] + text["width"]
    page.set_viewport_size({"width": 320, "height": 800})
    text, notes = places()
    assert notes["y"] >= text["y"] + text["height"]
    assert accessibility.overflowing_elements(page) == []


def test_translations_are_shown_side_by_side_and_the_ledger_is_one_click_away(page: Page) -> None:
    page.goto(f"/articles/{ENGLISH_ARTICLE}")
    page.get_by_role("link", name="Beside the Vietnamese one").click()
    assert "?compare_with=" in page.url
    boxes = [box.bounding_box() for box in page.locator(".aligned-texts > li").nth(1).locator("> div").all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert (boxes[0]["y"], boxes[0]["x"] < boxes[1]["x"]) == (boxes[1]["y"], True)
    page.get_by_role("link", name="Sentence by sentence").click()
    expect(page.locator(".ledger > li")).to_have_count(5)
    page.get_by_role("link", name="Next: article:911").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invented article 911")


def test_hostile_text_in_an_article_is_escaped(page: Page) -> None:
    for path in (
        f"/articles/{ENGLISH_ARTICLE}",
        f"/articles/{ENGLISH_ARTICLE}?compare_with={VIETNAMESE_ARTICLE}",
        "/disagreements",
    ):
        page.goto(path)
        assert page.locator("img[src=x]").count() == 0
    page.goto(f"/articles/{ENGLISH_ARTICLE}")
    link = page.locator(".paragraph > p > .sentence > a", has_text="onerror")
    assert link.inner_text() == HOSTILE


def test_disagreements_can_be_filtered(page: Page) -> None:
    page.goto("/disagreements")
    page.locator("select[name=kind]").select_option("translation")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".disagreement")).to_have_count(1)
    page.get_by_role("link", name="All disagreements").click()
    expect(page.locator(".disagreement")).to_have_count(2)


def test_not_found_pages_suggest_where_to_go(page: Page) -> None:
    page.goto("/disagreements/disagreement:coin")
    page.get_by_role("link", name="Two amounts.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two amounts.")
    page.goto("/entity/quy-xa")
    expect(page.locator("#q")).to_have_value("quy xa")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Quỹ Xa", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("path", "axe_look"),
    [
        (f"/articles/{ENGLISH_ARTICLE}", "wide"),
        (f"/articles/{ENGLISH_ARTICLE}?compare_with={VIETNAMESE_ARTICLE}", "narrow"),
        (f"/articles/{ARTICLE_WITHOUT_TEXT}", "narrow"),
        ("/disagreements", "wide"),
    ],
)
def test_pages_of_translations_are_accessible(browser: Browser, site: str, path: str, axe_look: str) -> None:
    with error_free_page(browser, site + path) as page:
        accessibility.open_all_details(page)
        for look in ("wide", "narrow"):
            if look == "narrow":
                page.emulate_media(color_scheme="dark")
                page.set_viewport_size({"width": 320, "height": 800})
            if look == axe_look:
                assert accessibility.violations(page) == []
            assert accessibility.small_targets(page) == []
            assert accessibility.overflowing_elements(page) == []
