"""Hostile names in Chromium: wherever one is shown it is plain text, stays isolated, and nothing is executed."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests import looking
from tests.browser import quiet
from tests.invented import HOSTILE
from tests.serving import client
from tests.site import MAIN

MORE = [
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
PAGES = list(dict.fromkeys([*(page.invented for page in MAIN), *MORE]))
LOOSE = """() => {
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


def shows(path: str) -> bool:
    return "onerror=alert(1)" in client().get(path).text


@pytest.mark.parametrize("width", [1280, 320])
def test_a_hostile_name_is_only_words_wherever_it_is_shown(browser: Browser, invented_site: str, width: int) -> None:
    showing = [path for path in PAGES if shows(path)]
    assert len(showing) >= 10
    with quiet(browser, invented_site, viewport={"width": width, "height": 800}) as page:
        for path in showing:
            page.goto(path)
            assert page.locator("img[src=x]").count() == 0, path
            assert page.evaluate(LOOSE) == [], path
            looking.opened(page)
            assert looking.beyond(page) == [], path


def test_a_hostile_name_is_the_title_as_it_is_written(browser: Browser, invented_site: str) -> None:
    with quiet(browser, f"{invented_site}/entities/organisation:uuu") as page:
        expect(page).to_have_title(f"{HOSTILE} – VNKG")
        assert page.get_by_role("heading", level=1).inner_text() == HOSTILE
