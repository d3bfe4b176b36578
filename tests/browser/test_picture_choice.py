"""Choosing a node or a link of a picture in Chromium: the panel, what fades, keyboard, history, touch, hidden frames."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import cli
from tests.support.chromium import error_free_page, serve_pages, visit
from tests.support.picture_page import address_values, clickable_spot, node_position, wait_for_picture

PAGE = "/picture?entity=province:aaa"
POLICY = "policy:57-nq-tw"
LINK = f"province:aaa IMPLEMENTS {POLICY}"
LINK_PLACE_JS = """(id) => {
  const root = document.querySelector(".vnkg-picture");
  const stage = root.querySelector(".picture-canvas");
  stage.scrollIntoView({ block: "nearest" });
  const { edges } = JSON.parse(root.querySelector(".picture-data").textContent);
  const { from, to, bend = 0 } = edges.find((edge) => edge.id === id);
  const [a, b] = [from, to].map((end) => root.picture.getPosition(end));
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + (0.5 * bend + 0.5) * Math.PI;
  const span = (bend ? 0.5 * Math.abs(bend) + 0.5 : 0) * Math.hypot(b.x - a.x, b.y - a.y);
  const control = bend
    ? { x: a.x + span * Math.sin(angle), y: a.y + span * Math.cos(angle) }
    : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const { x, y } = root.picture.canvasToDOM({
    x: (a.x + 2 * control.x + b.x) / 4, y: (a.y + 2 * control.y + b.y) / 4,
  });
  const box = stage.getBoundingClientRect();
  return [box.left + x, box.top + y];
}"""
OPACITY_JS = "(id) => document.querySelector('.vnkg-picture').picture.body.nodes[id].options.opacity ?? 1"


@pytest.fixture
def page(browser: Browser, invented_site: str) -> Iterator[Page]:
    with error_free_page(browser, invented_site + PAGE, reduced_motion="reduce") as page:
        yield wait_for_picture(page)


def click_link(page: Page, link: str) -> None:
    page.mouse.click(*page.evaluate(LINK_PLACE_JS, link))


def facts(page: Page) -> dict[str, str]:
    titles, texts = (page.locator(f".picture-facts {tag}").all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(titles, texts, strict=True))


def test_a_clicked_link_says_what_is_known_of_it_and_leads_to_its_statements(page: Page) -> None:
    click_link(page, LINK)
    expect(page.locator(".picture-name")).to_have_text("Aaa – implements – Nghị quyết 57-NQ/TW")
    found = facts(page)
    assert "in progress" in found["Status"] or "existing" in found["Status"]
    assert found["Basis"] == "stated"
    assert address_values(page, "choice") == [LINK]
    statement = page.locator(".picture-facts a").first
    address = statement.get_attribute("href")
    assert address and address.startswith("/statements/statement:")
    statement.click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_is_not_chosen_fades_until_escape_or_a_click_beside_it(page: Page) -> None:
    def fading() -> list[bool]:
        return [page.evaluate(OPACITY_JS, node) < 1 for node in ("province:aaa", POLICY, "fund:aaa-vc")]

    click_link(page, LINK)
    assert fading() == [False, False, True]
    page.get_by_role("application").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".picture-card")).to_be_hidden()
    assert fading() == [False, False, False]
    page.mouse.click(*clickable_spot(page, "fund:aaa-vc"))
    assert fading() == [False, True, False]
    box = page.locator(".picture-canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    expect(page.locator(".picture-card")).to_be_hidden()
    assert fading() == [False, False, False]
    assert address_values(page, "choice") == [""]


def test_links_are_chosen_by_keyboard_alone_and_announced(page: Page) -> None:
    page.get_by_role("searchbox", name="Find a name").focus()
    while page.evaluate("document.activeElement.getAttribute('role')") != "application":
        page.keyboard.press("Tab")
    seen: set[str] = set()
    for _ in range(len(page.locator(".picture-choices button").all())):
        page.keyboard.press("l")
        text = page.locator(".picture-name").inner_text()
        assert page.locator(".picture-announcement").inner_text().startswith(f"{text}, Status: ")
        seen.add(text)
    assert len(seen) > 2
    assert all("Aaa" in text for text in seen)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.picture-card') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".picture-card")).to_be_hidden()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "application"


def test_the_panel_leads_from_a_node_to_its_links_and_their_ends(page: Page) -> None:
    page.mouse.click(*clickable_spot(page, "province:aaa"))
    page.locator(".picture-choices button", has_text="implements").click()
    expect(page.locator(".picture-name")).to_have_text("Aaa – implements – Nghị quyết 57-NQ/TW")
    assert page.evaluate("document.activeElement.className") == "picture-card"
    page.locator(".picture-choices button", has_text="Nghị quyết").click()
    expect(page.locator(".picture-name")).to_have_text("Nghị quyết 57-NQ/TW")


def test_back_and_forward_follow_what_was_chosen(browser: Browser, page: Page) -> None:
    name = page.locator(".picture-name")
    page.mouse.click(*clickable_spot(page, "fund:aaa-vc"))
    click_link(page, LINK)
    expect(name).to_contain_text("implements")
    page.go_back()
    expect(name).to_have_text("Quỹ aaa-vc")
    page.go_back()
    expect(page.locator(".picture-card")).to_be_hidden()
    page.go_forward()
    page.go_forward()
    expect(name).to_contain_text("implements")
    with error_free_page(browser, page.url) as again:
        expect(wait_for_picture(again).locator(".picture-name")).to_contain_text("implements")
        again.get_by_role("link", name="Tiếng Việt").click()
        expect(wait_for_picture(again).locator(".picture-name")).to_contain_text("thực hiện")


def test_a_file_on_the_disk_says_the_same_of_a_link(browser: Browser, tmp_path: Path) -> None:
    output = tmp_path / "picture.html"
    drawn = cli.run_command(cli.data_folder(), "draw", POLICY, "--output", str(output))
    assert drawn.code == 0, drawn.stderr
    with visit(browser, output.as_uri()) as seen:
        page = seen.wait_for_picture()
        click_link(page, f"province:dong-nai IMPLEMENTS {POLICY}")
        assert {"Status", "Basis", "As of", "Supported by"} <= facts(page).keys()
        assert page.locator(".picture-facts code").count() >= 1
        click_link(page, f"province:ho-chi-minh IMPLEMENTS {POLICY}")
        assert facts(page)["Basis"] == "context only"
        assert seen.messages == []


SWIPE_JS = """() => ({ scroll: scrollY, place: document.querySelector(".vnkg-picture").picture.getViewPosition() })"""


def test_a_swipe_scrolls_the_page_until_the_picture_is_tapped(browser: Browser, invented_site: str) -> None:
    phone: dict[str, Any] = {"viewport": {"width": 390, "height": 700}, "has_touch": True, "is_mobile": True}
    with error_free_page(browser, invented_site + PAGE, **phone) as page:
        wait_for_picture(page)
        stage = page.locator(".picture-canvas")
        session = page.context.new_cdp_session(page)

        def swipe() -> tuple[bool, bool]:
            """Swipe up within the picture; whether the page scrolled, and whether the picture moved."""
            stage.scroll_into_view_if_needed()
            page.evaluate("scrollBy(0, -200)")
            box = stage.bounding_box()
            assert box
            before = page.evaluate(SWIPE_JS)
            x, y = box["x"] + 30, min(box["y"] + box["height"], 700) - 30
            for kind, points in [
                ("touchStart", [{"x": x, "y": y}]),
                *(("touchMove", [{"x": x, "y": y - 20 * step}]) for step in range(1, 9)),
                ("touchEnd", []),
            ]:
                session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(300)
            after = page.evaluate(SWIPE_JS)
            return after["scroll"] > before["scroll"] + 50, after["place"] != before["place"]

        assert swipe() == (True, False)
        stage.tap(position={"x": 12, "y": 12})
        assert swipe() == (False, True)
        page.locator("h1").scroll_into_view_if_needed()
        page.locator(".site-head").tap(position={"x": 200, "y": 5})
        assert swipe()[0]


@pytest.mark.parametrize("attributes", ["hidden", 'style="width: 40px"'])
def test_a_picture_in_a_frame_without_room_waits_for_it(browser: Browser, invented_site: str, attributes: str) -> None:
    source = f"{invented_site}/embed/picture?query=provinces_with_fund"  # without a centre
    frame_tag = f'<iframe {attributes} name="picture" src="{source}" width="640" height="480"></iframe>'
    host = f'<!doctype html><title>x</title><link rel="icon" href="data:,">{frame_tag}'
    with serve_pages({"/": ("text/html", host)}, {}) as place, visit(browser, f"{place}/") as seen:
        frame = seen.page.frame(name="picture")
        assert frame
        frame.wait_for_selector(".vnkg-picture", state="attached")
        seen.page.wait_for_timeout(500)
        seen.page.evaluate(
            "['hidden', 'style'].forEach((name) => document.querySelector('iframe').removeAttribute(name))"
        )
        frame.wait_for_selector(".vnkg-picture[data-ready]", state="attached")
        scale = "document.querySelector('.vnkg-picture').picture.getScale()"
        frame.wait_for_function(f"{scale} > 0.2 && {scale} < 1.3")
        assert seen.messages == []


PIXEL_JS = """async (bytes) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  const pen = new OffscreenCanvas(2, 2).getContext("2d");
  pen.drawImage(image, 0, 0);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


def test_the_picture_of_a_dark_page_is_dark_and_its_file_is_not(browser: Browser, invented_site: str) -> None:
    for path in (PAGE, f"/embed{PAGE}"):
        with error_free_page(browser, invented_site + path, color_scheme="dark", accept_downloads=True) as page:
            wait_for_picture(page)
            x, y = node_position(page, "province:aaa")
            ground, symbol = (
                page.evaluate(PIXEL_JS, list(page.screenshot(clip={"x": left, "y": top, "width": 2, "height": 2})))
                for left, top in ((x + 40, y - 40), (x, y))
            )
            assert max(ground) < 60
            assert sum(symbol) > 0x00 + 0x72 + 0xB2 + 100  # lighter than on paper
            with page.expect_download() as download:
                page.get_by_role("button", name="Save SVG").click()
            assert 'height="100%" fill="#ffffff"' in download.value.path().read_text(encoding="utf-8")


def test_borders_are_drawn_only_on_request(browser: Browser, tmp_path: Path) -> None:
    output = tmp_path / "picture.svg"
    for options, expected in (((), False), (("--borders",), True)):
        drawn = cli.run_command(cli.data_folder(), "draw", "province:dong-nai", *options, "--output", str(output))
        assert drawn.code == 0, drawn.stderr
        assert (" BORDERS " in output.read_text(encoding="utf-8")) == expected


def test_a_picture_of_ones_own_grows_and_shrinks_and_the_browser_goes_back(
    browser: Browser, invented_site: str
) -> None:
    with error_free_page(browser, f"{invented_site}/picture?entity=fund:aaa-vc", reduced_motion="reduce") as page:
        wait_for_picture(page).get_by_role("link", name="Go on with what is drawn here").click()
        wait_for_picture(page)
        assert set(address_values(page, "ids")) == {"fund:aaa-vc", "province:aaa"}
        page.get_by_label("Add by name").fill("Bbb")
        page.get_by_role("button", name="Add", exact=True).click()
        wait_for_picture(page)
        assert "province:bbb" in address_values(page, "ids")
        page.mouse.click(*clickable_spot(page, "fund:aaa-vc"))
        page.locator(".picture-card").get_by_role("link", name="Remove").click()
        page.wait_for_function("() => !decodeURIComponent(location.search).includes('fund:aaa-vc')")
        wait_for_picture(page)
        assert set(address_values(page, "ids")) == {"province:aaa", "province:bbb"}
        page.go_back()
        expect(page.locator(".picture-name")).to_have_text("Quỹ aaa-vc")
