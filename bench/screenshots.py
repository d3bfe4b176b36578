"""Screenshots of the main pages with the facts of the five articles, for review by a person: `make screenshots`.

    python -m bench.screenshots [NAME …]

Writes build/screenshots/NAME-LOOK.png, NAME.pdf (the printed page) and index.html with all of them.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.support.chromium import chromium, visit
from tests.support.http import built_in_app, running_server
from tests.support.main_pages import MAIN_PAGES, MainPage

FOLDER = Path(__file__).resolve().parent.parent / "build" / "screenshots"
MAX_HEIGHT = 4_000
"""Maximum height of a screenshot, in pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """Viewport width, language and colour scheme of a screenshot."""

    name: str
    width: int
    language: str
    scheme: str = "light"

    @property
    def options(self) -> Mapping[str, Any]:
        locale = {"en": "en-GB", "vi": "vi-VN"}[self.language]
        size = {"width": self.width, "height": 800 if self.width > 600 else 640}
        return {"viewport": size, "locale": locale, "color_scheme": self.scheme}


LOOKS = (
    Look("light", 1280, "en"),
    Look("dark", 1280, "vi", "dark"),
    Look("phone", 360, "vi"),
    Look("phone-dark", 320, "en", "dark"),
)


def main() -> None:
    """Take screenshots of the named pages, or of all."""
    wanted = set(sys.argv[1:])
    unknown = wanted - {page.name for page in MAIN_PAGES}
    if unknown:
        raise SystemExit(f"found {', '.join(sorted(unknown))}; expected {', '.join(page.name for page in MAIN_PAGES)}")
    pages = [page for page in MAIN_PAGES if not wanted or page.name in wanted]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, running_server(built_in_app()) as address:
        for page in pages:
            for look in LOOKS:
                _take(browser, address, page, look)
            _print(browser, address, page)
            print(page.name, flush=True)
    _index(pages)
    print(FOLDER / "index.html")


def _take(browser: Browser, address: str, page: MainPage, look: Look) -> None:
    with visit(browser, address + page.built_in_path, **look.options) as seen:
        _settle(seen.page)
        height = min(MAX_HEIGHT, seen.page.evaluate("document.documentElement.scrollHeight"))
        part = {"x": 0, "y": 0, "width": look.width, "height": height}
        seen.page.screenshot(path=FOLDER / f"{page.name}-{look.name}.png", full_page=True, clip=part)


def _print(browser: Browser, address: str, page: MainPage) -> None:
    with visit(browser, address + page.built_in_path, locale="en-GB") as seen:
        _settle(seen.page)
        seen.page.pdf(path=FOLDER / f"{page.name}.pdf", format="A4")


def _settle(page: Page) -> None:
    """Wait for the fonts, and for a picture to be drawn."""
    page.evaluate("document.fonts.ready.then(() => true)")
    if page.locator(".picture-canvas").count():
        page.wait_for_selector(".vnkg-picture[data-ready]", state="attached", timeout=20_000)
        page.wait_for_timeout(300)


def _index(pages: list[MainPage]) -> None:
    rows = [
        f'<h2>{escape(page.name)} <a href="{page.name}.pdf">printed</a></h2><p>'
        + "".join(
            f'<a href="{page.name}-{look.name}.png">'
            f'<img src="{page.name}-{look.name}.png" height="420" alt="{look.name}"></a> '
            for look in LOOKS
        )
        for page in pages
    ]
    text = "<!doctype html><meta charset=utf-8><title>Screenshots</title>" + "\n".join(rows)
    (FOLDER / "index.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
