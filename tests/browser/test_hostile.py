"""Hostile names in Chromium: wherever one is shown it is plain text, stays isolated, and nothing is executed."""

from urllib.parse import quote

from playwright.sync_api import Browser, expect

from tests.support import accessibility
from tests.support.chromium import error_free_page
from tests.support.http import client
from tests.support.invented_graph import HOSTILE
from tests.support.main_pages import MAIN_PAGES

MORE_PATHS = [
    "/search?q=img",
    f"/search?q={quote(HOSTILE)}",
    "/entities?type=Organisation",
    "/entities/fund:uuu-vc",
    "/entities/province:uuu",
    "/queries/province_actors?province=province:uuu",
    "/picture?entity=fund:uuu-vc",
    f"/entities/{quote(HOSTILE, safe='')}",
    f"/queries/provinces_with_fund?fund_status={quote(HOSTILE)}",
]
PATHS = list(dict.fromkeys([*(page.invented_path for page in MAIN_PAGES), *MORE_PATHS]))
UNISOLATED_NAMES_JS = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!walk.currentNode.data.includes("alert(1)") || one.closest("script, svg, noscript, option")) continue;
    const style = getComputedStyle(one);
    const own = style.unicodeBidi.startsWith("isolate") || style.unicodeBidi === "plaintext";
    if (!own && style.display.startsWith("inline")) found.push(one.outerHTML.slice(0, 200));
  }
  return found;
}"""
"""Inline elements that show the name without isolating its text direction."""


def shows_hostile_name(path: str) -> bool:
    return "onerror=alert(1)" in client().get(path).text


def test_a_hostile_name_is_escaped_wherever_it_is_shown(browser: Browser, invented_site: str) -> None:
    showing = [path for path in PATHS if shows_hostile_name(path)]
    assert len(showing) >= 10
    with error_free_page(browser, invented_site) as page:
        for path in showing:
            page.set_viewport_size({"width": 1280, "height": 800})
            page.goto(path)
            assert page.locator("img[src=x]").count() == 0, path
            assert page.evaluate(UNISOLATED_NAMES_JS) == [], path
            accessibility.open_all_details(page)
            assert accessibility.overflowing_elements(page) == [], path
            page.set_viewport_size({"width": 320, "height": 800})
            assert page.evaluate(UNISOLATED_NAMES_JS) == [], path
            assert accessibility.overflowing_elements(page) == [], path


def test_a_hostile_name_is_shown_verbatim_in_the_title(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/organisation:uuu") as page:
        expect(page).to_have_title(f"{HOSTILE} – VNKG")
        assert page.get_by_role("heading", level=1).inner_text() == HOSTILE
