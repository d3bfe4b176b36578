"""Articles in Chromium: names, disagreements, translations side by side, and pages for wrong addresses."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import looking
from tests.browser import quiet
from tests.invented import HOSTILE
from tests.serving import live
from tests.telling import ALONE, ONE, OTHER, client
from vnkg.api.app import create_app


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    asked = client()
    service = cast("Any", asked.app).state.service
    with live(create_app(service.settings, service.graph)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with quiet(browser, site) as page:
        yield page


@pytest.fixture
def scriptless(browser: Browser, site: str) -> Iterator[Page]:
    with quiet(browser, site, java_script_enabled=False) as page:
        yield page


def test_a_person_reads_an_article_follows_a_name_and_a_disagreement(page: Page) -> None:
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


def test_a_statement_is_one_click_away_without_scripts(scriptless: Page) -> None:
    page = scriptless
    page.goto(f"/articles/{ONE}")
    note = page.locator(".sentence-notes details").first
    note.locator("summary").click()
    expect(note.get_by_text("operates")).to_be_visible()


def test_the_notes_stand_beside_the_text_where_there_is_room_and_below_it_else(page: Page) -> None:
    page.goto(f"/articles/{ONE}")

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
    assert looking.beyond(page) == []


def test_two_translations_are_read_side_by_side_and_the_ledger_is_a_click_away(page: Page) -> None:
    page.goto(f"/articles/{ONE}")
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


def test_hostile_words_of_an_article_are_only_words(page: Page) -> None:
    for path in (f"/articles/{ONE}", f"/articles/{ONE}?compare_with={OTHER}", "/disagreements"):
        page.goto(path)
        assert page.locator("img[src=x]").count() == 0
    page.goto(f"/articles/{ONE}")
    link = page.locator(".paragraph > p > .sentence > a", has_text="onerror")
    assert link.inner_text() == HOSTILE


def test_disagreements_are_filtered_by_hand(page: Page) -> None:
    page.goto("/disagreements")
    page.locator("select[name=kind]").select_option("translation")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".disagreement")).to_have_count(1)
    page.get_by_role("link", name="All disagreements").click()
    expect(page.locator(".disagreement")).to_have_count(2)


def test_who_is_lost_is_led_on(page: Page) -> None:
    page.goto("/disagreements/disagreement:coin")
    page.get_by_role("link", name="Two amounts.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two amounts.")
    page.goto("/entity/quy-xa")
    expect(page.locator("#q")).to_have_value("quy xa")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Quỹ Xa", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "path", [f"/articles/{ONE}", f"/articles/{ONE}?compare_with={OTHER}", f"/articles/{ALONE}", "/disagreements"]
)
def test_what_only_twins_show_is_open_to_everyone(browser: Browser, site: str, path: str) -> None:
    for options in ({}, {"color_scheme": "dark", "viewport": {"width": 320, "height": 800}}):
        with quiet(browser, site + path, **options) as page:
            looking.opened(page)
            assert looking.violations(page) == []
            assert looking.small_targets(page) == []
            assert looking.beyond(page) == []
