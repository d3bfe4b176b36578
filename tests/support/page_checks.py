"""What is checked of a page at one visit, and all that is wrong with it in one message."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import accessibility

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
_MOVING_JS = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) || style.animationName !== "none";
}).map((one) => one.outerHTML.slice(0, 120))"""
_WIDE_SPACING_JS = """() => document.querySelectorAll("body, body *").forEach((one) => Object.assign(one.style, {
  lineHeight: "1.5", letterSpacing: ".12em", wordSpacing: ".16em" }))"""


@dataclass
class PageChecks:
    """Checks of an opened page; `problems` are what they found, by check."""

    page: Page
    problems: dict[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def add(self, check: str, lines: Sequence[str]) -> None:
        """Keep what a check reports, if it reports anything."""
        if lines:
            self.problems[check] = [*self.problems.get(check, ()), *lines]

    def assert_no_problems(self) -> None:
        """Fail with everything that was found, by check."""
        if self.problems:
            lines = [
                line for check, found in self.problems.items() for line in (f"{check}:", *(f"  {x}" for x in found))
            ]
            pytest.fail("\n".join((f"{self.page.url} has problems", *lines)), pytrace=False)

    def accessible(self, language: str, *, with_axe: bool = True, with_contrast: bool = True) -> None:
        """The language is declared, nothing is wider than the window, and our own checks and axe find nothing.

        Opens all details of the page.
        """
        declared = self.page.locator("html").get_attribute("lang")
        self.add("language of the page", [] if declared == language else [f"{declared}, expected {language}"])
        self.add("wider than the window", accessibility.overflowing_elements(self.page))
        self.add("wrong on paper", accessibility.hidden_in_print(self.page))
        accessibility.open_all_details(self.page)
        if with_axe:
            self.add("violations that axe finds", accessibility.violations(self.page, with_contrast=with_contrast))
        self.add("small controls", accessibility.small_targets(self.page))
        self.add("clipped text", accessibility.clipped_elements(self.page))
        self.add("wider than the window with open details", accessibility.overflowing_elements(self.page))

    def keyboard(self) -> None:
        """Tab goes through the controls in their order, and the focus is always visible."""
        steps = tab_steps(self.page)
        order = [step["at"] for step in steps]
        self.add("few controls by keyboard", [str(order)] if len(order) <= 5 else [])
        self.add("keyboard order", [str(order)] if order != sorted(set(order)) else [])
        self.add("focus outside of the window", [step["what"] for step in steps if not step["seen"]])
        self.add("focus without an outline", [step["what"] for step in steps if step["outline"] < 2])

    def reduced_motion(self) -> None:
        """Nothing moves for a visitor who wants no motion."""
        self.page.emulate_media(reduced_motion="reduce")
        self.add("moves in spite of reduced motion", self.page.evaluate(_MOVING_JS))
        self.page.emulate_media(reduced_motion="no-preference")

    def text_at_twice_the_size(self) -> None:
        """Text at twice the size fits. Loads the page again, opens all details, and leaves the size as it was."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        self.page.reload()
        assert self.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        accessibility.open_all_details(self.page)
        self.add("wider than the window at twice the size", accessibility.overflowing_elements(self.page))
        self.add("clipped at twice the size", accessibility.clipped_elements(self.page))
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})

    def wide_spacing_on_a_phone(self) -> None:
        """Text with the spacing of WCAG 1.4.12 fits a phone. Changes the styles of the page."""
        window = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.page.evaluate(_WIDE_SPACING_JS)
        self.add("wider than a phone with wide spacing", accessibility.overflowing_elements(self.page))
        self.add("clipped with wide spacing", accessibility.clipped_elements(self.page))
        if window is not None:
            self.page.set_viewport_size(window)

    def complete_without_javascript(self, text: str) -> None:
        """A page opened without JavaScript has the text that it has with it, and shows its pictures."""
        shown = visible_text(self.page)
        self.add("hardly any text without JavaScript", [shown] if len(shown) <= 10 else [])
        self.add("other text without JavaScript", [shown, text] if shown != text else [])
        for picture in self.page.locator(".vnkg-picture").all():
            expect(picture.locator("svg").first).to_be_visible()


@contextmanager
def without_javascript(page: Page) -> Iterator[None]:
    """Load pages without running their scripts."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        yield
    finally:
        session.send("Emulation.setScriptExecutionDisabled", {"value": False})


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
