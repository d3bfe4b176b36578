"""Suggestions while typing, in Chromium: by keyboard and mouse, announced to screen readers, escaped, and optional."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.support import accessibility
from tests.support.chromium import error_free_page
from tests.support.invented_graph import HOSTILE

FIELD = "A name or a document number"


def options(page: Page) -> list[str]:
    expect(page.get_by_role("listbox")).to_be_visible()
    return [" ".join(text.split()) for text in option(page).all_inner_texts()]


def option(page: Page, *, is_selected: bool | None = None) -> Locator:
    """Return the options of the suggestion list, not those of the page's own selects."""
    return page.get_by_role("listbox").get_by_role("option", selected=is_selected)


def record_searches(page: Page) -> list[str]:
    """Record the search requests of the page from now on, in the returned list."""
    found: list[str] = []
    page.on("request", lambda request: "/api/v1/search" in request.url and found.append(request.url))
    return found


def test_a_name_is_chosen_with_the_arrow_keys(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site) as page:
        field = page.get_by_role("combobox", name=FIELD)
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press_sequentially("aaa")
        assert options(page)[0].startswith("Aaa Province or city")
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("search").get_by_role("status")).to_have_text("2 suggestions")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        chosen = option(page, is_selected=True)
        expect(chosen).to_contain_text("Quỹ aaa-vc")
        expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
        expect(field).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(option(page, is_selected=True)).to_contain_text("Aaa Province or city")
        page.keyboard.press("Enter")
        page.wait_for_url("**/entities/province:aaa")


def test_enter_without_a_choice_searches_and_escape_closes(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site) as page:
        field = page.get_by_role("combobox", name=FIELD)
        field.press_sequentially("aaa")
        options(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).not_to_be_visible()
        expect(field).to_have_value("aaa")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=aaa")


def test_a_click_opens_a_suggestion_and_near_spellings_are_marked(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/?lang=vi") as page:
        field = page.get_by_role("combobox")
        field.press_sequentially("Nguyen Van Dou")
        assert options(page) == ["Nguyễn Văn Đầu Người Viết gần giống Nguyễn Văn Đầu"]
        option(page).click()
        page.wait_for_url("**/entities/person:nguoi-dau?lang=vi")


def test_a_suggestion_for_a_path_endpoint_fills_its_field(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/paths") as page:
        field = page.get_by_role("combobox", name="From", exact=True)
        field.press_sequentially("so phat minh fff")
        option(page).first.click()
        expect(field).to_have_value("agency:so-fff")
        expect(page.get_by_role("listbox")).not_to_be_visible()


def test_type_and_exact_apply_to_suggestions_too(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/search") as page:
        wanted = record_searches(page)
        page.get_by_label("Type", exact=True).select_option("Fund")
        page.get_by_role("combobox", name=FIELD).press_sequentially("aaa")
        assert [one.split(" ")[1] for one in options(page)] == ["aaa-vc"]
        page.get_by_label("exact names only").check()
        with page.expect_response("**/api/v1/search?*exact=true*"):
            page.get_by_role("combobox", name=FIELD).fill("aaab")
        expect(page.get_by_role("listbox")).not_to_be_visible()
        given = [parse_qs(urlsplit(one).query) for one in wanted]
        assert [(one["q"], one["type"], one.get("exact")) for one in given] == [
            (["aaa"], ["Fund"], None),
            (["aaab"], ["Fund"], ["true"]),
        ]


def test_fast_typing_sends_one_request_and_late_answers_are_ignored(browser: Browser, invented_site: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with error_free_page(browser, invented_site) as page:
        wanted = record_searches(page)
        page.route(re.compile(r"q=aaa&"), hold)
        field = page.get_by_role("combobox", name=FIELD)
        field.press_sequentially("aaa", delay=20)
        page.wait_for_timeout(400)
        assert len(wanted) == 1, "only the last letter is asked for"
        field.fill("bbb")
        assert options(page)[0].startswith("Bbb")
        for route in held:  # its request was given up, so nobody hears the answer
            route.abort()
        page.wait_for_timeout(200)
        assert options(page)[0].startswith("Bbb")


def test_a_missing_answer_leaves_the_form_unchanged(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site) as page:
        page.route("**/api/v1/search?*", lambda route: route.fulfill(status=429, body="{}"))
        field = page.get_by_role("combobox", name=FIELD)
        field.press_sequentially("aaa")
        page.wait_for_timeout(400)
        expect(page.get_by_role("listbox")).not_to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=aaa")


def test_a_hostile_name_is_shown_as_text(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site) as page:
        page.get_by_role("combobox", name=FIELD).press_sequentially("img onerror")
        expect(option(page).first).to_contain_text(HOSTILE)
        assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_list_fits_the_screen_and_is_accessible(
    browser: Browser, invented_site: str, width: int, scheme: str
) -> None:
    with error_free_page(
        browser, f"{invented_site}/search", viewport={"width": width, "height": 800}, color_scheme=scheme
    ) as page:
        page.get_by_role("combobox", name=FIELD).press_sequentially("aaa")
        options(page)
        page.keyboard.press("ArrowDown")
        assert accessibility.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_form_works(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site, java_script_enabled=False) as page:
        page.get_by_label(FIELD).fill("tinh aaa")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("main").get_by_role("link", name="Aaa", exact=True)).to_be_visible()
