"""Accessibility checks of an opened page: WCAG rules through axe-core, and checks that axe does not have."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
_SMALL_TARGETS_JS = """() => {
  const shown = [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), label.check")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest("svg"))
    .filter((one) => !one.matches("label.check *"));
  const boxes = shown.map((one) => one.getBoundingClientRect());
  const inText = (one) => getComputedStyle(one).display === "inline"
    && [...one.parentNode.childNodes].some((near) => near !== one && near.textContent.trim().length > 1);
  const lonely = (at) => boxes.every((other, index) => {
    if (index === at) return true;
    const x = boxes[at].left + boxes[at].width / 2, y = boxes[at].top + boxes[at].height / 2;
    const gap = Math.hypot(
      Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom));
    return gap >= 12;
  });
  return shown
    .filter((one, at) => boxes[at].width > 0 && Math.min(boxes[at].width, boxes[at].height) < 24 && !inText(one)
      && (one.closest("nav, form") || !lonely(at)))
    .map((one) => `${one.outerHTML.slice(0, 120)} ${one.getBoundingClientRect().height}`);
}"""
_OVERFLOW_JS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest(".scroll > *, svg"))
    .map((one) => `${one.outerHTML.slice(0, 120)} ${one.getBoundingClientRect().right}`);
}"""
_CLIPPED_TEXT_JS = """() => [...document.body.querySelectorAll("*")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("svg, .visually-hidden, .skip, select"))
  .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
  .filter((one) => {
    const style = getComputedStyle(one);
    const hides = style.overflowY === "hidden" || style.overflowY === "clip";
    return (hides && one.scrollHeight > one.clientHeight + 1)
      || (style.display !== "inline" && parseFloat(style.lineHeight) < 1.2 * parseFloat(style.fontSize));
  })
  .map((one) => one.outerHTML.slice(0, 120))"""

_HIDDEN_IN_PRINT_JS = """() => [
  ...[...document.querySelectorAll("main details")].filter((one) => !one.closest(".form-box, .screen-only")).filter((one) =>
    ![...one.children].some((child) => child.tagName !== "SUMMARY" && child.checkVisibility() && child.offsetHeight > 5)),
  ...[...document.querySelectorAll(".menu, .site-nav, main form")].filter((one) => one.checkVisibility()),
  ...[document.documentElement].filter((one) => getComputedStyle(one).backgroundColor !== "rgb(255, 255, 255)"),
].map((one) => one.outerHTML.slice(0, 120))"""


def open_all_details(page: Page) -> Page:
    """Open every `details` element, so that its content is checked too; returns the page."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return page


def violations(page: Page, *, with_contrast: bool = True) -> list[str]:
    """Return axe's violations, each with its rule, the number of elements and the first element.

    `with_contrast` measures the contrast of all text too, which takes as long as everything else.
    """
    page.evaluate(AXE_SCRIPT)
    options = RULES | {"rules": {"color-contrast": {"enabled": with_contrast}}}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['help']}, {len(one['nodes'])} times, first {one['nodes'][0]['html'][:200]}"
        f" {one['nodes'][0].get('failureSummary', '')}"
        for one in found["violations"]
    ]


def small_targets(page: Page) -> list[str]:
    """Return controls smaller than 24 pixels: all of them in navigation and forms, elsewhere only if crowded.

    A link within a sentence may be as small as its text.
    """
    return page.evaluate(_SMALL_TARGETS_JS)


def overflowing_elements(page: Page) -> list[str]:
    """Return the elements that make the page wider than its window."""
    return page.evaluate(_OVERFLOW_JS)


def clipped_elements(page: Page) -> list[str]:
    """Return elements that clip their own text, or whose line height is too small for stacked diacritics."""
    return page.evaluate(_CLIPPED_TEXT_JS)


def hidden_in_print(page: Page) -> list[str]:
    """Return print problems: collapsed details, navigation and forms that are printed, and a dark background."""
    page.emulate_media(media="print")
    found = page.evaluate(_HIDDEN_IN_PRINT_JS)
    page.emulate_media(media="screen")
    return found
