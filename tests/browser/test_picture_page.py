"""The picture page in Chromium: expanding, hiding, searching, moving, the view in the address, embedding, saving."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support import cli
from tests.support.chromium import error_free_page, serve_pages, visit
from tests.support.picture_page import (
    address_values,
    clickable_spot,
    expand,
    node_positions,
    wait_for_address_values,
    wait_for_picture,
)

PAGE = "/picture?entity=province:aaa"
POLICY = "policy:57-nq-tw"
VIEW_POSITION_JS = """() => {
  const { picture } = document.querySelector(".vnkg-picture");
  const { x, y } = picture.getViewPosition();
  return [x, y, picture.getScale()];
}"""


@pytest.fixture
def page(browser: Browser, invented_site: str) -> Iterator[Page]:
    with error_free_page(browser, invented_site + PAGE, reduced_motion="reduce", accept_downloads=True) as page:
        yield wait_for_picture(page)


def drag(page: Page, node: str, dx: int, dy: int) -> None:
    x, y = clickable_spot(page, node)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=6)
    page.mouse.up()
    wait_for_address_values(page, "moved")


def test_a_node_is_expanded_in_place_and_collapsed_again(page: Page) -> None:
    before = node_positions(page)
    expand(page, "province:bbb")
    grown = node_positions(page)
    brought = grown.keys() - before.keys()
    assert len(brought) == 1  # of its three neighbours two were drawn
    assert {node: grown[node] for node in before} == before
    expect(page.locator(".picture-note").first).to_contain_text(f"{len(grown)} nodes")
    expect(page.locator(".picture-bar output")).to_have_text("nodes added: 1")
    row = page.locator(".picture-table tbody tr", has_text="Bbb").first
    assert row.get_by_role("link", name="Collapse", include_hidden=True).count() == 1
    page.locator(".picture-card").get_by_role("button", name="Collapse").click()
    page.wait_for_function("() => !location.search.includes('expand')")
    assert node_positions(page) == before


def test_the_view_is_stored_in_the_address_and_restored(browser: Browser, page: Page) -> None:
    expand(page, POLICY)
    drag(page, "province:mmm", 60, 45)
    page.get_by_role("checkbox", name="Fund").uncheck()
    page.get_by_role("button", name="Zoom in").click()
    assert wait_for_address_values(page, "hide") == ["Fund"]
    assert [item.split("~")[0] for item in wait_for_address_values(page, "moved")] == ["province:mmm"]
    wait_for_address_values(page, "at")
    page.wait_for_timeout(300)  # the address follows after a moment
    stood, seen = node_positions(page), page.evaluate(VIEW_POSITION_JS)
    with error_free_page(browser, page.url) as again:
        wait_for_picture(again)
        assert node_positions(again) == stood
        assert again.evaluate(VIEW_POSITION_JS) == pytest.approx(seen, rel=1e-3, abs=1)
        assert not again.get_by_role("checkbox", name="Fund").is_checked()
    page.get_by_text("Share or embed").click()
    expect(page.get_by_label("Address of what is seen")).to_have_value(page.url)
    expect(page.get_by_label("To embed in a page")).to_have_value(
        f'<iframe src="{page.url.replace("/picture", "/embed/picture", 1).replace("&", "&amp;")}" title="Aaa"'
        ' width="100%" height="640" loading="lazy"></iframe>'
    )


def test_nodes_of_an_expansion_follow_their_dragged_node(page: Page) -> None:
    expand(page, "province:bbb")
    before = node_positions(page)
    drag(page, "province:bbb", 50, -40)
    page.wait_for_timeout(300)
    after = node_positions(page)
    went = {node for node in before if after[node] != before[node]}
    assert len(went) == 2
    assert "province:bbb" in went
    shifts = {(after[node]["x"] - before[node]["x"], after[node]["y"] - before[node]["y"]) for node in went}
    assert len(shifts) == 1


def test_a_drag_after_scrolling_to_the_end_is_stored(page: Page) -> None:
    for node in node_positions(page):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        before = node_positions(page)[node]
        drag(page, node, 12, 12)
        page.wait_for_function("(node) => decodeURIComponent(location.search).includes(`${node}~`)", arg=node)
        assert node_positions(page)[node] != before


def test_a_held_node_keeps_its_position_when_a_late_answer_arrives(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/picture?*", lambda route: route.continue_() if waiting else waiting.append(route))
    with page.expect_request("**/picture?*"):
        drag(page, "province:mmm", 40, 40)
    page.wait_for_timeout(500)  # two drags without a pause are one gesture
    x, y = clickable_spot(page, POLICY)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=6)
    page.wait_for_timeout(100)  # the last step is drawn
    held = node_positions(page)[POLICY]
    with page.expect_response("**/picture?*"):
        waiting[0].continue_()
    page.wait_for_timeout(300)  # what the answer changes, it changes now
    assert node_positions(page)[POLICY] == held
    page.mouse.up()
    page.wait_for_function("(id) => decodeURIComponent(location.search).includes(`${id}~`)", arg=POLICY)
    assert node_positions(page)[POLICY] == pytest.approx(held, abs=1)
    expect(page.locator(".picture-bar output")).to_have_text("")


def test_a_search_in_the_picture_is_stored_in_the_address(browser: Browser, page: Page) -> None:
    field = page.get_by_role("searchbox", name="Find a name")
    field.fill("quy AAA")
    field.press("Enter")
    expect(page.locator(".picture-bar output")).to_have_text("1 found")
    expect(page.locator(".picture-name")).to_have_text("Quỹ aaa-vc")
    assert wait_for_address_values(page, "find") == ["quy AAA"]
    with error_free_page(browser, page.url) as again:
        expect(wait_for_picture(again).locator(".picture-name")).to_have_text("Quỹ aaa-vc")


def test_nodes_can_be_expanded_and_collapsed_by_keyboard(page: Page) -> None:
    page.get_by_role("searchbox", name="Find a name").focus()
    page.keyboard.type("bbb")
    page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.getAttribute('role')") != "application":
        page.keyboard.press("Tab")
    count = len(node_positions(page))
    page.keyboard.press("e")
    wait_for_address_values(page, "expand")
    assert len(node_positions(page)) == count + 1
    page.keyboard.press("e")
    page.wait_for_function("() => !location.search.includes('expand')")
    assert len(node_positions(page)) == count
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Open its page"
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/province:bbb")


def test_the_language_switch_keeps_the_view(page: Page) -> None:
    page.get_by_role("checkbox", name="Fund").uncheck()
    wait_for_address_values(page, "hide")
    page.get_by_role("link", name="Tiếng Việt").click()
    wait_for_picture(page)
    assert address_values(page, "hide") == ["Fund"]
    assert not page.get_by_role("checkbox", name="Quỹ").is_checked()


def test_the_view_is_saved_as_svg_and_png(page: Page) -> None:
    expand(page, "province:bbb")
    page.get_by_role("checkbox", name="Fund").uncheck()
    drag(page, "province:mmm", 40, 40)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save SVG").click()
    assert download.value.suggested_filename == "vnkg-aaa.svg"
    root = ElementTree.fromstring(download.value.path().read_text(encoding="utf-8"))  # noqa: S314  made by us
    drawn = {part.attrib["data-node"] for part in root.iter() if "data-node" in part.attrib}
    assert drawn == node_positions(page).keys() - {"fund:aaa-vc"}
    assert any("CC BY" in text for text in root.itertext())
    x, y = node_positions(page)["province:mmm"].values()
    (moved,) = [part for part in root.iter() if part.attrib.get("data-node") == "province:mmm"]
    ends = [tuple(map(float, point.split(","))) for part in moved for point in part.attrib.get("points", "").split()]
    assert sum(a for a, _ in ends) / len(ends) == pytest.approx(x, abs=1)
    assert sum(b for _, b in ends) / len(ends) == pytest.approx(y, abs=1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save PNG").click()
    png = download.value.path().read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png.endswith(b"IEND\xaeB`\x82")
    assert int.from_bytes(png[16:20]) >= 2 * 560  # twice as sharp as the least width of a still picture


def test_only_the_picture_can_be_embedded_elsewhere(browser: Browser, invented_site: str) -> None:
    frames = "".join(
        f'<iframe name="{name}" src="{invented_site}{path}" width="640" height="480"></iframe>'
        for name, path in (("picture", f"/embed{PAGE}"), ("page", PAGE), ("start", "/"))
    )
    host = {"/": ("text/html", f"<!doctype html><title>x</title>{frames}")}
    with serve_pages(host, {}) as address, visit(browser, f"{address}/") as seen:
        frame = seen.page.frame(name="picture")
        assert frame
        frame.wait_for_selector(".vnkg-picture[data-ready]", state="attached")
        assert frame.locator("h1").inner_text() == "Aaa"
        frame.get_by_role("checkbox", name="Fund").uncheck()
        frame.wait_for_function("() => location.search.includes('hide=Fund')")
        full = frame.get_by_role("link", name="Open in full")
        expect(full).to_have_attribute("href", re.compile("&hide=Fund$"))
        with seen.page.context.expect_page() as other:
            full.click()
        assert unquote(other.value.url) == f"{invented_site}{PAGE}&hide=Fund"
        refused = [said for said in seen.messages if "frame-ancestors" in said or "refused to connect" in said.lower()]
        for name in ("page", "start"):
            blocked = seen.page.frame(name=name)
            assert blocked
            assert "vnkg" not in blocked.content().lower()
        assert len(refused) >= 2


def test_without_javascript_the_picture_is_static_and_the_table_expands(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site + PAGE, java_script_enabled=False) as page:
        still = page.locator(".picture-stage img")
        assert still.evaluate("image => image.complete && image.naturalWidth") > 500
        before = page.locator(".picture-scroll").first.locator("tbody tr").count()
        page.get_by_text("The same as a table").click()
        row = page.locator(".picture-scroll").first.get_by_role("row", name="Bbb")
        row.get_by_role("link", name="Expand (+1)").click()
        page.wait_for_load_state()
        assert address_values(page, "expand") == ["province:bbb"]
        assert page.locator(".picture-scroll").first.locator("tbody tr").count() == before + 1
        assert page.locator(".picture-stage img").evaluate("image => image.complete && image.naturalWidth") > 500
        page.get_by_text("The same as a table").click()
        page.get_by_role("link", name="Collapse").click()
        assert address_values(page, "expand") == [""]


def test_pictures_of_paths_can_be_expanded_stored_and_embedded(browser: Browser, invented_site: str) -> None:
    ends = "from=organisation:uuu&to=province:aaa"
    for base in ("/picture", "/embed/picture"):
        with error_free_page(browser, f"{invented_site}{base}?{ends}", reduced_motion="reduce") as page:
            before = node_positions(wait_for_picture(page))
            expand(page, "province:aaa")
            grown = node_positions(page)
            assert grown.keys() > before.keys()
            assert page.url.startswith(f"{invented_site}{base}?{ends}")
            with error_free_page(browser, page.url) as again:
                assert node_positions(wait_for_picture(again)) == grown


def test_a_file_opened_from_the_disk_loads_nothing(browser: Browser, tmp_path: Path) -> None:
    output = tmp_path / "paths.html"
    ends = ("--from", "organisation:qualcomm", "--to", "organisation:marvell")
    drawn = cli.run_command(cli.data_folder(), "draw", *ends, "--output", str(output))
    assert drawn.code == 0, drawn.stderr
    with visit(browser, output.as_uri(), accept_downloads=True) as seen:
        page = seen.wait_for_picture()
        assert {"organisation:qualcomm", "organisation:marvell"} <= node_positions(page).keys()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save SVG").click()
        ElementTree.fromstring(download.value.path().read_text(encoding="utf-8"))  # noqa: S314  made by us
        assert seen.messages == []
        assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_the_same_picture_is_drawn_each_time(browser: Browser, invented_site: str) -> None:
    found: list[Any] = []
    for _ in range(2):
        with error_free_page(browser, f"{invented_site}/picture") as page:
            found.append((node_positions(wait_for_picture(page)), page.evaluate(VIEW_POSITION_JS)))
    assert found[0] == found[1]


def test_the_printed_picture_has_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".picture-bar")).to_be_hidden()
    expect(page.locator(".picture-canvas canvas")).to_be_visible()
