"""Each main page in Chromium, for everyone: WCAG 2.2 AA, phones, paper, large text, keyboard, no JavaScript.

A page is opened once, loaded anew for each way of seeing it, and a failing test lists all that was found.
"""

import pytest
from playwright.sync_api import Browser

from tests.support import accessibility
from tests.support.chromium import error_free_page, serve_pages, visit
from tests.support.main_pages import FRAME_PAGES, MAIN_PAGES, MainPage
from tests.support.page_checks import PageChecks, visible_text, without_javascript

LOCALES = {"en": "en-GB", "vi": "vi-VN"}
IN_DETAIL = ("start", "province", "flagship", "picture", "schema")
"""Pages that are also read with wide spacing, and whose controls are visited one after the other by keyboard."""
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 800}
EVERYWHERE = (*MAIN_PAGES, *FRAME_PAGES)


def route(main_page: MainPage) -> tuple[str, int]:
    """What pages of one template have in common: the first part of their path, and the number of parts."""
    parts = main_page.invented_path.partition("?")[0].split("/")
    return parts[1], len(parts)


FIRST_OF_ROUTE = {route(page): page for page in reversed(EVERYWHERE)}.values()


@pytest.mark.parametrize("main_page", EVERYWHERE, ids=str)
def test_a_page_works_on_a_desk_and_on_a_phone(browser: Browser, invented_site: str, main_page: MainPage) -> None:
    """Light, wide and English, then dark, narrow and Vietnamese.

    Pages in detail are seen both ways, and so is the first page of each route, but by axe in one; others only in one.
    Contrast is measured on the first page of each route: those that follow have the same colours.
    """
    is_in_detail = main_page.name in IN_DETAIL
    is_even = EVERYWHERE.index(main_page) % 2 == 0
    is_seen_both_ways = is_in_detail or main_page in FIRST_OF_ROUTE
    address = invented_site + main_page.invented_path
    with error_free_page(browser, address, viewport=WIDE, locale=LOCALES["en"]) as page:
        checks = PageChecks(page)
        text = visible_text(page)
        if is_seen_both_ways or is_even:
            checks.reduced_motion()
            checks.accessible("en", with_axe=is_in_detail or is_even, with_contrast=is_seen_both_ways)
        if is_in_detail:
            checks.wide_spacing_on_a_phone()
            page.reload()
            checks.keyboard()
        checks.text_at_twice_the_size()
        if main_page not in FRAME_PAGES:
            with without_javascript(page):
                page.goto(address)
                checks.complete_without_javascript(text)
        if is_seen_both_ways or not is_even:
            page.emulate_media(color_scheme="dark")
            page.set_viewport_size(NARROW)
            page.goto(f"{address}{'&' if '?' in address else '?'}lang=vi")
            checks.accessible("vi", with_axe=is_in_detail or not is_even, with_contrast=is_seen_both_ways)
        checks.assert_no_problems()


@pytest.mark.parametrize(
    ("name", "scheme", "window", "language"),
    [("start", "dark", WIDE, "vi"), ("province", "light", NARROW, "en"), ("flagship", "dark", WIDE, "vi")],
)
def test_a_page_is_accessible_in_other_combinations(
    browser: Browser, invented_site: str, name: str, scheme: str, window: dict[str, int], language: str
) -> None:
    (main_page,) = [page for page in MAIN_PAGES if page.name == name]
    look = {"color_scheme": scheme, "viewport": window, "locale": LOCALES[language]}
    with error_free_page(browser, invented_site + main_page.invented_path, **look) as page:
        checks = PageChecks(page)
        checks.accessible(language)
        checks.assert_no_problems()


def test_accessibility_violations_are_detected(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/about") as page:
        page.evaluate(
            """() => {
              document.querySelector("main").innerHTML = `
                <h1>One</h1><h4>Four</h4><img src="data:,"><form><button class="bad">x</button></form>
                <p class="wide-one">words</p><p class="flat">Ễ over Ộ</p>`;
              const give = (what, style) => Object.assign(document.querySelector(what).style, style);
              give(".bad", { minHeight: "10px", height: "10px", padding: "0" });
              give(".wide-one", { width: "3000px", maxWidth: "none" });
              give(".flat", { lineHeight: "1", color: "#999" });
            }"""
        )
        rules = {found.partition(":")[0] for found in accessibility.violations(page)}
        assert {"heading-order", "image-alt", "color-contrast"} <= rules
        assert [found for found in accessibility.small_targets(page) if "bad" in found]
        assert [found for found in accessibility.clipped_elements(page) if "flat" in found]
        assert [found for found in accessibility.overflowing_elements(page) if "wide-one" in found]
        assert [found for found in accessibility.hidden_in_print(page) if found.startswith("<form")]
        checks = PageChecks(page)
        checks.accessible("vi")
        with pytest.raises(pytest.fail.Exception) as failure:
            checks.assert_no_problems()
        told = str(failure.value)
        for check in ("language of the page", "wider than the window", "wrong on paper", "axe", "small", "clipped"):
            assert check in told


def test_without_javascript_no_script_runs_and_afterwards_scripts_run_again(browser: Browser) -> None:
    pages = {"/": ("text/html", "<!doctype html><title>x</title><p>plain</p><script src='/x.js'></script>")}
    pages["/x.js"] = ("text/javascript", "document.querySelector('p').textContent = 'scripted'")
    with serve_pages(pages, {}) as address, visit(browser, address) as seen:
        text = seen.page.locator("p")
        assert text.inner_text() == "scripted"
        with without_javascript(seen.page):
            seen.page.goto(address)
            assert text.inner_text() == "plain"
        seen.page.goto(address)
        assert text.inner_text() == "scripted"
