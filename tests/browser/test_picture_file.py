"""Pictures in Chromium: drawn without console messages, offline, under the strict CSP, usable by mouse and keyboard."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests.support.chromium import STRICT_CSP, Visit, serve_pages, visit
from tests.support.picture_page import node_position
from tests.support.sample_neighbourhoods import HOSTILE, Rows, hostile_graph, random_graph, small_graph
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures.from_graph import build_picture
from vnkg.graph.pictures.page import draw, fragment, script, stylesheet

NONCE = "bm9uY2U"
COUNT_PIXELS_JS = """([canvas, wanted]) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext("2d");
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, copy.width, copy.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    const near = wanted.every((value, part) => Math.abs(data[at + part] - value) < 12);
    if (near && data[at + 3] > 200) found += 1;
  }
  return found;
}"""


@contextmanager
def open_picture(browser: Browser, folder: Path, rows: Rows, base: str = "", **options: Any) -> Iterator[Visit]:
    """Draw rows to a file and open it from disk."""
    file = folder / "picture.html"
    file.write_text(draw(build_picture(rows, schema()), schema(), base=base), encoding="utf-8")
    with visit(browser, file.as_uri(), **options) as seen:
        yield seen


def count_pixels(page: Page, kind: str) -> int:
    """Return the number of canvas pixels that have the colour of a kind."""
    color = schema().nodes[kind].color
    wanted = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return page.evaluate(COUNT_PIXELS_JS, [page.query_selector(".picture-canvas canvas"), wanted])


def test_a_page_from_disk_is_drawn_without_requests_or_console_messages(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph()) as seen:
        page = seen.wait_for_picture()
        assert count_pixels(page, "Province") > 100
        assert count_pixels(page, "Policy") > 100
        assert seen.messages == []
        assert [address for address in seen.requests if not address.startswith(("file:", "data:"))] == []
        assert len([address for address in seen.requests if address.startswith("file:")]) == 1


def test_hostile_names_are_shown_as_text_and_never_executed(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, hostile_graph()) as seen:
        page = seen.wait_for_picture()
        page.mouse.move(*node_position(page, "fund:1"))
        tooltip = page.wait_for_selector("div.vis-tooltip", state="visible")
        assert tooltip
        assert tooltip.inner_text().startswith(HOSTILE[1])
        assert tooltip.query_selector("*:not(br)") is None
        page.get_by_text("The same as a table").click()
        assert page.get_by_role("cell", name=HOSTILE[0]).first.is_visible()
        assert page.locator("img, iframe, b").count() == 0
        assert seen.messages == []


@pytest.mark.parametrize("separate_files", [True, False], ids=["own addresses", "inline"])
def test_a_fragment_works_under_the_sites_csp(browser: Browser, separate_files: bool) -> None:
    addresses = {"script_url": "/picture.js", "style_url": "/picture.css"} if separate_files else {}
    part = fragment(build_picture(hostile_graph(), schema(), "vi"), schema(), nonce=NONCE, language="vi", **addresses)
    pages = {
        "/": ("text/html", f'<!doctype html><html lang="vi"><title>x</title><link rel="icon" href="data:,">{part}'),
        "/picture.js": ("text/javascript", script()),
        "/picture.css": ("text/css", stylesheet()),
    }
    with (
        serve_pages(pages, {"Content-Security-Policy": STRICT_CSP.format(nonce=NONCE)}) as address,
        visit(browser, f"{address}/") as seen,
    ):
        page = seen.wait_for_picture()
        assert count_pixels(page, "Fund") == 0  # all are planned: hollow
        assert page.locator(".picture-bar").is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.picture-stage')).borderRadius") == "12px"
        assert all(asked.startswith((address, "data:")) for asked in seen.requests)
        assert len(seen.requests) == (3 if separate_files else 1)
        assert seen.messages == []


def test_a_page_with_a_nonce_works_under_the_sites_csp(browser: Browser) -> None:
    pages = {"/": ("text/html", draw(build_picture(small_graph(), schema()), schema(), nonce=NONCE))}
    with (
        serve_pages(pages, {"Content-Security-Policy": STRICT_CSP.format(nonce=NONCE)}) as address,
        visit(browser, f"{address}/") as seen,
    ):
        assert count_pixels(seen.wait_for_picture(), "Province") > 100
        assert seen.messages == []


def test_a_kind_and_a_status_can_be_hidden_and_shown_again(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph()) as seen:
        page = seen.wait_for_picture()
        before = count_pixels(page, "Policy")
        page.get_by_role("checkbox", name="Policy").uncheck()
        page.wait_for_timeout(100)
        assert count_pixels(page, "Policy") == 0
        assert count_pixels(page, "Province") > 100
        page.get_by_role("checkbox", name="Policy").check()
        page.get_by_role("checkbox", name="existing").uncheck()
        page.wait_for_timeout(100)
        assert count_pixels(page, "Policy") == 0  # both policies exist
        page.get_by_role("checkbox", name="existing").check()
        page.wait_for_timeout(100)
        assert abs(count_pixels(page, "Policy") - before) < before / 10
        assert seen.messages == []


def test_a_name_is_found_without_diacritics(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph(), reduced_motion="reduce") as seen:
        page = seen.wait_for_picture()
        field = page.get_by_role("searchbox", name="Find a name")
        field.fill("dai hoc lac hong")
        field.press("Enter")
        assert page.locator("output").inner_text() == "1 found"
        stage = page.locator(".picture-canvas").bounding_box()
        assert stage
        x, y = node_position(page, "organisation:lac-hong")
        assert abs(x - stage["x"] - stage["width"] / 2) < 3
        assert abs(y - stage["y"] - stage["height"] / 2) < 3
        field.fill("atlantis")
        field.press("Enter")
        assert page.locator("output").inner_text() == "not in this picture"
        assert seen.messages == []


def test_a_click_on_a_node_opens_its_card_which_links_to_its_page(browser: Browser) -> None:
    pages = {
        "/": ("text/html", draw(build_picture(small_graph(), schema()), schema(), base="/kg", nonce=NONCE)),
        "/kg/entities/policy:57-nq-tw": ("text/html", "<title>opened</title>"),
    }
    with serve_pages(pages, {}) as address, visit(browser, f"{address}/") as seen:
        page = seen.wait_for_picture()
        page.mouse.click(*node_position(page, "policy:57-nq-tw"))
        card = page.locator(".picture-card")
        assert card.locator(".picture-name").inner_text() == "Nghị quyết số 57-NQ/TW"
        assert card.locator(".picture-details").inner_text() == "Policy · existing · Origins: 5"
        assert card.get_by_role("button", name="Expand").count() == 0  # a file cannot ask for more
        card.get_by_role("link", name="Open its page").click()
        page.wait_for_url(f"{address}/kg/entities/policy:57-nq-tw")
        assert page.title() == "opened"


def test_without_a_base_a_card_has_no_link(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph()) as seen:
        page = seen.wait_for_picture()
        page.mouse.click(*node_position(page, "policy:57-nq-tw"))
        card = page.locator(".picture-card")
        assert card.is_visible()
        assert card.get_by_role("link").count() == 0
        card.get_by_role("button", name="Close").click()
        assert card.is_hidden()
        assert seen.messages == []


def test_the_visible_picture_is_saved_as_png_and_svg(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph(), accept_downloads=True) as seen:
        page = seen.wait_for_picture()
        page.get_by_role("checkbox", name="Policy").uncheck()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save PNG").click()
        assert download.value.suggested_filename == "vnkg-dong-nai.png"
        assert download.value.path().read_bytes().startswith(b"\x89PNG\r\n")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save SVG").click()
        text = download.value.path().read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)  # noqa: S314  # made by us just now
        drawn = [part.attrib["data-node"] for part in root.iter() if "data-node" in part.attrib]
        assert len(drawn) == 24
        assert "policy:57-nq-tw" not in drawn
        assert not re.search(r'data-link="[^"]*policy:', text)
        assert seen.messages == []


def test_without_javascript_the_static_picture_and_the_table_are_shown(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph(), java_script_enabled=False) as seen:
        page = seen.page
        assert page.locator(".picture-stage svg").first.is_visible()
        assert page.locator(".picture-bar").is_hidden()
        assert page.locator(".picture-legend input").first.is_hidden()
        page.get_by_text("The same as a table").click()
        assert page.get_by_role("cell", name="Trường Đại học Lạc Hồng").first.is_visible()


def test_a_small_phone_needs_no_horizontal_scrolling(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph(), viewport={"width": 320, "height": 640}) as seen:
        page = seen.wait_for_picture()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert count_pixels(page, "Province") > 100
        for button in page.locator("button:visible").all():
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24
        assert seen.messages == []


def test_the_picture_can_be_moved_with_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph(), reduced_motion="reduce") as seen:
        page = seen.wait_for_picture()
        before = node_position(page, "province:dong-nai")
        page.get_by_role("application").focus()
        for key in ("Shift+ArrowLeft", "Shift+ArrowDown", "+"):
            page.keyboard.press(key)
        assert all(abs(a - b) > 20 for a, b in zip(node_position(page, "province:dong-nai"), before, strict=True))
        page.keyboard.press("0")
        assert all(abs(a - b) < 2 for a, b in zip(node_position(page, "province:dong-nai"), before, strict=True))


def test_arrow_keys_move_between_nodes_and_announce_each(browser: Browser, tmp_path: Path) -> None:
    with open_picture(browser, tmp_path, small_graph()) as seen:
        page = seen.wait_for_picture()
        page.get_by_role("searchbox").focus()
        told = page.locator(".picture-announcement")
        while page.evaluate("document.activeElement.getAttribute('role')") != "application":
            page.keyboard.press("Tab")
        assert told.inner_text() == "Đồng Nai, Province or city, Origins: 4"  # the centre comes first
        begun = node_position(page, "province:dong-nai")
        page.keyboard.press("ArrowRight")
        name = page.locator(".picture-name").inner_text()
        (found,) = [row["id"] for row in small_graph()["nodes"] if row["name"] == name]
        assert node_position(page, found)[0] > begun[0]
        assert told.inner_text().startswith(f"{name}, ")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.value") == "close"
        page.keyboard.press("Escape")
        assert page.locator(".picture-card").is_hidden()
        assert page.evaluate("document.activeElement.getAttribute('role')") == "application"


DRAWN_LABELS_JS = """() => {
  const { picture: network, clientWidth } = document.querySelector(".vnkg-picture");
  const boxes = [];
  const pen = document.querySelector(".picture-canvas canvas").getContext("2d");
  const fill = pen.fillText;
  pen.fillText = function (text, x, y) {
    const height = parseFloat(pen.font);
    const half = pen.measureText(text).width / 2;
    boxes.push({ text, height: height * network.getScale(), box: [x - half, y - 0.8 * height, x + half, y] });
    return fill.call(pen, text, x, y);
  };
  network.redraw();
  delete pen.fillText;
  return boxes;
}"""


@pytest.mark.parametrize(("count", "width"), [(24, 1280), (240, 360)])
def test_labels_do_not_overlap_and_are_readable(browser: Browser, tmp_path: Path, count: int, width: int) -> None:
    with open_picture(browser, tmp_path, random_graph(count), viewport={"width": width, "height": 800}) as seen:
        page = seen.wait_for_picture()
        for zoomed in (False, True):
            if zoomed:
                page.get_by_role("button", name="Zoom in").click()
                page.wait_for_timeout(500)
            written = page.evaluate(DRAWN_LABELS_JS)
            assert len(written) > 8
            assert min(one["height"] for one in written) >= 8 - 0.01
            boxes = [one["box"] for one in written]
            on = [
                (one["text"], other["text"])
                for row, one in enumerate(written)
                for other, box in zip(written[row + 1 :], boxes[row + 1 :], strict=True)
                if min(one["box"][2], box[2]) > max(one["box"][0], box[0])
                and min(one["box"][3], box[3]) > max(one["box"][1], box[1])
            ]
            assert on == []


def test_the_wheel_scrolls_the_page_until_the_picture_has_focus(browser: Browser) -> None:
    part = fragment(build_picture(small_graph(), schema()), schema(), nonce=NONCE, language="en", base="")
    pages = {"/": ("text/html", f"<!doctype html><body>{part}<p>{'<br>' * 90}</p>")}
    with serve_pages(pages, {}) as address, visit(browser, f"{address}/") as seen:
        page = seen.wait_for_picture()
        scale = "document.querySelector('.vnkg-picture').picture.getScale()"
        before = page.evaluate(scale)
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 80)
        page.wait_for_timeout(200)
        assert page.evaluate(scale) == before
        assert page.evaluate("scrollY") > 0
        page.get_by_role("application").focus()
        page.mouse.wheel(0, 80)
        page.wait_for_timeout(200)
        assert page.evaluate(scale) != before


@pytest.mark.parametrize(("count", "seconds"), [(300, 5.0), (2000, 12.0)])
def test_a_big_picture_is_drawn_quickly(browser: Browser, tmp_path: Path, count: int, seconds: float) -> None:
    file = tmp_path / "picture.html"
    file.write_text(draw(build_picture(random_graph(count), schema()), schema()), encoding="utf-8")
    begun = time.monotonic()
    with visit(browser, file.as_uri()) as seen:
        page = seen.wait_for_picture()
        assert time.monotonic() - begun < seconds
        assert count_pixels(page, "Province") > 100
        assert seen.messages == []
