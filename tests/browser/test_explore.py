"""Start page, matrix, comparison and timeline in Chromium, as a reader uses them."""

import re

from playwright.sync_api import Browser, expect

from tests.support.chromium import error_free_page
from vnkg.graph.catalogue.query import catalogue


def test_a_reader_changes_the_colouring_and_follows_a_tile(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, invented_site) as page:
        tile = page.locator("a.tile", has_text="Fff")
        expect(tile).to_have_accessible_name("Fff : existing")
        funds = tile.evaluate("(one) => getComputedStyle(one).backgroundColor")
        page.get_by_role("navigation", name="Colour by").get_by_role("link", name="Innovation centre").click()
        assert "colour=innovation_centre" in page.url
        expect(tile).to_have_accessible_name("Fff : planned")
        assert tile.evaluate("(one) => getComputedStyle(one).backgroundColor") != funds
        sign = tile.locator(".chip").evaluate("(one) => getComputedStyle(one, '::before').content")
        assert sign == '"○"'
        tile.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Fff")


def test_a_reader_compares_two_entities_and_removes_one(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/compare") as page:
        page.get_by_label("Name of what is to be added").fill("tinh AAA")
        page.get_by_role("button", name="Add").click()
        page.get_by_label("Name of what is to be added").fill("Bbb")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aaa · Bbb")
        row = page.get_by_role("row", name=re.compile("^Venture capital fund"))
        expect(row).to_contain_text("Quỹ aaa-vc existing")
        expect(row).to_contain_text("Quỹ bbb-vc planned")
        behind = row.locator("xpath=following-sibling::tr[1]")
        expect(behind.locator("mark").first).not_to_be_visible()
        behind.locator("summary").click()
        expect(behind.locator("mark").first).to_be_visible()
        page.get_by_role("link", name="remove Aaa").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
        expect(page.locator(".selection")).to_contain_text("Bbb")
        expect(page.locator(".selection")).not_to_contain_text("Aaa")


def test_a_reader_finds_in_the_matrix_who_plans_what(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/matrix") as page:
        page.get_by_label("Status").select_option("planned")
        page.get_by_label("Instrument", exact=True).select_option("vc_fund")
        page.get_by_role("button", name="Show").click()
        rows = page.locator(".matrix tbody > tr.with-evidence")
        expect(rows).to_have_count(2)
        page.get_by_role("link", name="with the names").click()
        expect(rows.first).to_contain_text("Quỹ bbb-vc")
        rows.first.get_by_role("link", name="Quỹ bbb-vc").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Quỹ bbb-vc")


def test_the_first_column_and_headings_of_the_matrix_are_sticky(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/matrix", viewport={"width": 500, "height": 600}) as page:
        region = page.get_by_role("region", name="Provinces and their instruments")
        region.evaluate("(one) => one.scrollTo(300, 400)")
        assert region.evaluate("(one) => [one.scrollLeft > 100, one.scrollTop > 100]") == [True, True]
        box = region.bounding_box()
        name = region.locator("tbody th").nth(8).bounding_box()
        heading = region.locator("thead th").nth(3).bounding_box()
        assert box and name and heading
        assert abs(name["x"] - box["x"]) <= 2
        assert abs(heading["y"] - box["y"]) <= 2


def test_the_matrix_prints_on_one_landscape_page(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/matrix?status=planned") as page:
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        width, height = map(float, re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)[0])
        assert width > height


def test_a_reader_reverses_the_timeline_and_goes_to_a_year(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/timeline?days=all") as page:
        when = page.locator(".timeline-list .entry-date")
        newest = when.last.inner_text()
        page.get_by_role("link", name="oldest first").click()
        assert when.last.inner_text() != newest
        page.get_by_role("navigation", name="Years").get_by_role("link", name=re.compile("2025")).click()
        expect(page.locator("#y2025")).to_be_in_viewport()
        page.get_by_label("claim").uncheck()
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".entry-line .chip.chip--type", has_text="claim")).to_have_count(0)


def test_a_reader_finds_a_query_by_its_words(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/queries", java_script_enabled=False) as page:
        page.get_by_label("Words of a question").fill("quỹ mạo hiểm")
        page.get_by_role("button", name="Show").click()
        question = catalogue()["provinces_with_fund"].question_en
        expect(page.locator(".questions li").filter(has_text=question)).to_have_count(1)
        page.get_by_role("link", name=f"All {len(catalogue())} questions").click()
        expect(page.locator(".questions li")).to_have_count(len(catalogue()))
