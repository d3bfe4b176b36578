"""Each main page in Chromium, for everyone: WCAG 2.2 AA, phones, paper, large text, keyboard, no JavaScript.

A page is visited three times, and a failing test lists all that its visit found.
"""

import pytest
from playwright.sync_api import Browser

from tests.support import accessibility
from tests.support.chromium import error_free_page
from tests.support.main_pages import FRAME_PAGES, MAIN_PAGES, MainPage
from tests.support.page_checks import PageChecks, visible_text

LOCALES = {"en": "en-GB", "vi": "vi-VN"}
IN_DETAIL = ("start", "province", "flagship", "picture", "schema")
"""Pages that are also read with wide spacing, and whose controls are visited one after the other by keyboard."""
OTHER_LOOKS = [("dark", 1280, "vi"), ("light", 320, "en")]
everywhere = pytest.mark.parametrize("main_page", (*MAIN_PAGES, *FRAME_PAGES), ids=str)


def look(scheme: str, width: int, language: str) -> dict[str, object]:
    """Return the browser options of a visitor: colour scheme, width of the window, and language."""
    return {
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 800},
        "locale": LOCALES[language],
    }


@everywhere
def test_a_page_works_on_a_desk(browser: Browser, invented_site: str, main_page: MainPage) -> None:
    address = invented_site + main_page.invented_path
    with error_free_page(browser, address, **look("light", 1280, "en")) as page:
        checks = PageChecks(page)
        text = visible_text(page)
        checks.reduced_motion()
        checks.accessible("en")
        if main_page.name in IN_DETAIL:
            checks.wide_spacing_on_a_phone()
        checks.text_at_twice_the_size()
        if main_page.name in IN_DETAIL:
            page.reload()
            checks.keyboard()
        checks.assert_no_problems()
    if main_page not in FRAME_PAGES:
        with error_free_page(browser, address, **look("light", 1280, "en"), java_script_enabled=False) as page:
            checks = PageChecks(page)
            checks.complete_without_javascript(text)
            checks.assert_no_problems()


@everywhere
def test_a_page_works_on_a_phone(browser: Browser, invented_site: str, main_page: MainPage) -> None:
    with error_free_page(browser, invented_site + main_page.invented_path, **look("dark", 320, "vi")) as page:
        checks = PageChecks(page)
        checks.accessible("vi")
        checks.assert_no_problems()


@pytest.mark.parametrize(("scheme", "width", "language"), OTHER_LOOKS)
@pytest.mark.parametrize(
    "main_page", [page for page in MAIN_PAGES if page.name in ("start", "province", "flagship")], ids=str
)
def test_a_page_is_accessible_in_other_combinations(
    browser: Browser, invented_site: str, main_page: MainPage, scheme: str, width: int, language: str
) -> None:
    address = invented_site + main_page.invented_path
    with error_free_page(browser, address, **look(scheme, width, language)) as page:
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
