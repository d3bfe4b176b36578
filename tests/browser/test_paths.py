"""Paths in Chromium, as a reader uses them to find how two entities are connected."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import error_free_page


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_enters_two_names_and_opens_the_evidence_of_a_step(
    browser: Browser, invented_site: str, scripts: bool
) -> None:
    with error_free_page(browser, invented_site, java_script_enabled=scripts) as page:
        page.get_by_role("navigation", name="Main pages").get_by_role("link", name="Paths").click()
        page.get_by_label("From", exact=True).fill("quy fff-vc")
        page.get_by_label("To", exact=True).fill("Nguyen Van Dauu")
        page.get_by_role("button", name="Find paths").click()
        expect(page.get_by_text("Who or what is meant by “Nguyen Van Dauu”?")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Nguyễn Văn Đầu").click()
        path = page.get_by_role("region", name="1. Quỹ fff-vc – Sở Phát minh Fff – Nguyễn Văn Đầu (2 steps)")
        expect(path.get_by_role("listitem").filter(has_text="has").first).to_contain_text("existing")
        evidence = path.locator("details.evidence").first
        expect(evidence.locator("mark")).not_to_be_visible()
        evidence.locator("summary").click()
        expect(evidence.locator("mark")).to_have_text("agency:so-fff HAS fund:fff-vc: existing")
        evidence.get_by_role("link", name="Invented article i00").click()
        expect(page.locator(":target")).to_be_visible()


def test_a_reader_swaps_the_endpoints_narrows_the_search_and_opens_the_picture(
    browser: Browser, invented_site: str
) -> None:
    with error_free_page(browser, f"{invented_site}/paths?from=province:aaa&to=province:bbb") as page:
        expect(page.locator(".path")).to_have_count(4)
        page.get_by_text("More choices").click()
        page.get_by_label("Steps at most").select_option("2")
        page.get_by_label("Not through").select_option("Sector, Model")
        page.get_by_role("button", name="Find paths").click()
        expect(page.locator(".path")).to_have_count(2)
        page.get_by_role("link", name="Swap the two").click()
        expect(page.get_by_label("From", exact=True)).to_have_value("Bbb")
        expect(page.locator(".path h3").first).to_contain_text("1. Bbb – Aaa")
        page.get_by_role("link", name="Interactive graph").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bbb – Aaa")
        page.wait_for_selector(".vnkg-picture[data-ready]", state="attached")
        page.get_by_role("link", name="Bbb – Aaa").click()
        expect(page.get_by_label("Steps at most")).to_have_value("2")
