"""Ways of using a page in Chromium: by keyboard, with large text, on paper, without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import accessibility
from tests.support.chromium import error_free_page
from tests.support.main_pages import MAIN_PAGES, MainPage

everywhere = pytest.mark.parametrize("main_page", MAIN_PAGES, ids=str)
BY_KEY = [page for page in MAIN_PAGES if page.name in ("start", "province", "flagship", "picture", "schema")]
MAX_STEPS = 60
"""Maximum number of Tab key presses on a page."""
FOCUS_STATE_JS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const order = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex='0']")];
  return {
    at: order.indexOf(one),
    what: one.outerHTML.slice(0, 120),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def tab_steps(page: Page) -> list[dict[str, Any]]:
    """Go through a page with up to `MAX_STEPS` Tab key presses, and return the focus states."""
    found: list[dict[str, Any]] = []
    for _ in range(MAX_STEPS):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS_STATE_JS)
        if step["at"] < 0:
            break
        found.append(step)
    return found


def visible_text(page: Page) -> str:
    """Return the visible text of a page without that of a picture."""
    return " ".join(" ".join(page.locator("main > *:not(.vnkg-picture)").all_inner_texts()).split())


@pytest.mark.parametrize("main_page", BY_KEY, ids=str)
def test_keyboard_focus_follows_page_order_and_is_always_visible(
    browser: Browser, invented_site: str, main_page: MainPage
) -> None:
    with error_free_page(browser, invented_site + main_page.invented_path) as page:
        taken = tab_steps(page)
        order = [step["at"] for step in taken]
        assert len(order) > 5
        assert order == sorted(set(order))
        assert [step["what"] for step in taken if not step["seen"]] == []
        assert [step["what"] for step in taken if step["outline"] < 2] == []


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


@everywhere
def test_text_at_twice_the_size_fits(browser: Browser, invented_site: str, main_page: MainPage) -> None:
    with error_free_page(browser, invented_site + main_page.invented_path) as page:
        session = page.context.new_cdp_session(page)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        page.reload()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        accessibility.open_all_details(page)
        assert accessibility.overflowing_elements(page) == []
        assert accessibility.clipped_elements(page) == []


@pytest.mark.parametrize("main_page", BY_KEY, ids=str)
def test_text_with_wide_spacing_is_not_clipped(browser: Browser, invented_site: str, main_page: MainPage) -> None:
    phone = {"viewport": {"width": 320, "height": 640}}
    with error_free_page(browser, invented_site + main_page.invented_path, **phone) as page:
        page.evaluate(
            """() => document.querySelectorAll("body, body *").forEach((one) => Object.assign(one.style, {
              lineHeight: "1.5", letterSpacing: ".12em", wordSpacing: ".16em" }))"""
        )
        assert accessibility.overflowing_elements(page) == []
        assert accessibility.clipped_elements(page) == []


def test_a_printed_page_has_its_evidence_and_link_addresses(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/province:aaa") as page:
        printed = page.pdf(format="A4")
        assert printed.startswith(b"%PDF")
        page.emulate_media(media="print")
        assert "example.org" in page.evaluate(
            "getComputedStyle(document.querySelector('.source-line a[rel~=external]'), '::after').content"
        )


@everywhere
def test_without_javascript_only_the_interactive_picture_is_missing(
    browser: Browser, invented_site: str, main_page: MainPage
) -> None:
    address = invented_site + main_page.invented_path
    with error_free_page(browser, address, java_script_enabled=False) as page:
        told = visible_text(page)
        assert len(told) > 10
        for picture in page.locator(".vnkg-picture").all():
            expect(picture.locator("svg").first).to_be_visible()
        scripts = page.locator("script[src]").count()
    if scripts:
        with error_free_page(browser, address) as page:
            assert visible_text(page) == told


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


@pytest.mark.parametrize("main_page", BY_KEY, ids=str)
def test_nothing_moves_with_reduced_motion(browser: Browser, invented_site: str, main_page: MainPage) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) || style.animationName !== "none";
    }).map((one) => one.outerHTML.slice(0, 120))"""
    with error_free_page(browser, invented_site + main_page.invented_path, reduced_motion="reduce") as page:
        assert page.evaluate(moving) == []
