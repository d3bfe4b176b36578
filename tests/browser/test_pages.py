"""The pages in Chromium: no console messages, no other hosts, usable with a mouse and on a phone."""

import itertools
import re
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import error_free_page


@pytest.fixture
def page(browser: Browser, invented_site: str) -> Iterator[Page]:
    with error_free_page(browser, invented_site) as page:
        yield page


def test_a_reader_finds_an_actor_and_opens_its_evidence(page: Page) -> None:
    page.get_by_label("A name or a document number").fill("tinh AAA")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Aaa", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aaa")
    first = page.locator("#relations ~ ul details").first
    expect(first.locator("mark")).not_to_be_visible()
    first.locator("summary").click()
    expect(first.locator("mark")).to_be_visible()
    first.get_by_role("link", name="line").click()
    expect(page).to_have_url(re.compile("/statements/statement:"))
    page.locator("main a[href*='/articles/'][href*='#']").first.click()
    expect(page.locator(".sentence:target")).to_be_visible()


def test_the_flagship_query_can_be_changed_and_run_again(page: Page) -> None:
    page.goto("/queries/provinces_with_fund")
    before = page.locator("#answers").inner_text()
    page.get_by_text("Change the question").click()
    status = page.get_by_role("group", name="Fund status")
    status.get_by_label("existing").uncheck()
    status.get_by_label("planned").check()
    page.get_by_role("button", name="Ask").click()
    assert "fund_status=planned" in page.url
    assert page.locator("#answers").inner_text() != before
    expect(page.get_by_role("link", name="Quỹ bbb-vc").first).to_be_visible()


def test_nothing_in_the_header_covers_anything_else(page: Page) -> None:
    page.goto("/about?lang=vi")
    for width in (1280, 1180, 1024, 640, 320):
        page.set_viewport_size({"width": width, "height": 800})
        parts = page.locator(".brand, .languages a, .menu > summary, .header-search input, .header-search button")
        boxes = parts.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().toJSON())")
        assert len(boxes) >= 5
        for one, other in itertools.combinations(boxes, 2):
            is_apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert is_apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (width, one, other)


def test_the_picture_is_drawn_and_interactive(page: Page) -> None:
    page.goto("/picture?entity=province:aaa")
    canvas = page.locator(".picture-canvas canvas")
    expect(canvas).to_be_visible()
    before = canvas.screenshot()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(600)
    assert canvas.screenshot() != before


def test_without_javascript_only_interaction_is_missing(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site, java_script_enabled=False) as page:
        for path in ("/", "/entities/province:aaa", "/queries/provinces_with_fund", "/picture?entity=province:aaa"):
            page.goto(path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".picture-stage img")).to_be_visible()


def test_the_language_switch_persists(page: Page) -> None:
    page.goto("/queries")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Câu hỏi")
    page.get_by_role("link", name="Giới thiệu").first.click()
    assert page.locator("html").get_attribute("lang") == "vi"


def test_the_keyboard_alone_reaches_the_content(page: Page) -> None:
    page.goto("/about")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_request_line_of_100_000_letters_is_refused_by_the_server(invented_site: str) -> None:
    host, _, port = invented_site.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET /api/v1/entities/" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = connection.recv(4_096)
    assert answer.startswith(b"HTTP/1.1 431")
    assert b"Traceback" not in answer
