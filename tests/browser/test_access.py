"""Accessibility of the pages in Chromium: WCAG 2.2 AA through axe, and checks that axe does not have."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.support import accessibility
from tests.support.chromium import error_free_page
from tests.support.main_pages import FRAME_PAGES, MAIN_PAGES, MainPage


@dataclass(frozen=True, slots=True)
class Look:
    """Colour scheme, width and language of a visitor."""

    scheme: str
    width: int
    language: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}-{self.language}"

    @property
    def options(self) -> dict[str, object]:
        return {
            "color_scheme": self.scheme,
            "viewport": {"width": self.width, "height": 800},
            "locale": {"en": "en-GB", "vi": "vi-VN"}[self.language],
        }


WIDE, PHONE = Look("light", 1280, "en"), Look("dark", 320, "vi")
OTHER_LOOKS = (Look("dark", 1280, "vi"), Look("light", 320, "en"))
everywhere = pytest.mark.parametrize("main_page", MAIN_PAGES, ids=str)
LOOKS = [
    *((page, look) for page in (*MAIN_PAGES, *FRAME_PAGES) for look in (WIDE, PHONE)),
    *((page, look) for page in MAIN_PAGES if page.name in ("start", "province", "flagship") for look in OTHER_LOOKS),
]


@pytest.mark.parametrize(("main_page", "look"), LOOKS, ids=str)
def test_a_page_is_accessible(browser: Browser, invented_site: str, main_page: MainPage, look: Look) -> None:
    with error_free_page(browser, invented_site + main_page.invented_path, **look.options) as page:
        assert page.locator("html").get_attribute("lang") == look.language
        assert accessibility.overflowing_elements(page) == []
        assert accessibility.hidden_in_print(page) == []
        accessibility.open_all_details(page)
        assert accessibility.violations(page) == []
        assert accessibility.small_targets(page) == []
        assert accessibility.clipped_elements(page) == []
        assert accessibility.overflowing_elements(page) == []


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
