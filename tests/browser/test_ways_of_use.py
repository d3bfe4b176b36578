"""Ways of using a page in Chromium that only some pages offer: menus and evidence by keyboard, paper, forced colours."""

import re

from playwright.sync_api import Browser, expect

from tests.support.chromium import error_free_page
from tests.support.page_checks import FOCUS_STATE_JS


def test_evidence_and_menu_open_by_keyboard(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/province:aaa") as page:
        for name, key in (("#relations ~ ul details", "Enter"), ("details.menu", "Space")):
            one = page.locator(name).first
            one.locator("summary").focus()
            page.keyboard.press(key)
            expect(one).to_have_attribute("open", "")
            page.keyboard.press(key)
            expect(one).not_to_have_attribute("open", "")


def test_the_menu_works_on_a_phone_without_javascript(browser: Browser, invented_site: str) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    with error_free_page(browser, f"{invented_site}/about", **phone) as page:
        menu = page.locator("details.menu")
        expect(page.locator(".site-nav")).to_be_hidden()
        menu.locator("summary").click()
        expect(menu.get_by_role("link", name="About")).to_have_attribute("aria-current", "page")
        menu.get_by_role("link", name="Disagreements").click()
        expect(page).to_have_url(re.compile("/disagreements$"))


def test_a_printed_page_has_its_evidence_and_link_addresses(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/province:aaa") as page:
        printed = page.pdf(format="A4")
        assert printed.startswith(b"%PDF")
        page.emulate_media(media="print")
        assert "example.org" in page.evaluate(
            "getComputedStyle(document.querySelector('.source-line a[rel~=external]'), '::after').content"
        )


def test_forced_colours_keep_text_and_symbols(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/province:aaa", forced_colors="active") as page:
        for name in (".chip.status-in_progress", "main mark"):
            style = "one => getComputedStyle(one).borderTopStyle"
            assert page.locator(name).first.evaluate(style) == "solid"
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_STATE_JS)["outline"] >= 2
        assert (
            page.locator(".static-picture").evaluate("one => getComputedStyle(one).backgroundColor")
            == "rgb(255, 255, 255)"
        )
