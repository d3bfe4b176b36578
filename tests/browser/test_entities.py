"""The pages of entities and statements in Chromium, as a reader uses them."""

import re

from playwright.sync_api import Browser, expect

from tests.support.chromium import error_free_page


def test_a_reader_opens_evidence_and_follows_it_to_its_page(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/fund:bbb-vc") as page:
        evidence = page.locator("details.evidence").first
        expect(evidence.locator("mark")).not_to_be_visible()
        evidence.locator("summary").click()
        expect(evidence.locator("mark")).to_have_text("province:bbb PLANS fund:bbb-vc: planned")
        evidence.get_by_role("link", name="article:900 (English), line").click()
        expect(page).to_have_url(re.compile("/statements/statement:i00-"))
        expect(page.get_by_role("heading", level=1)).to_have_text("province:bbb PLANS fund:bbb-vc: planned")
        page.get_by_role("link", name=re.compile("^line ")).nth(1).click()
        expect(page.locator(":target")).to_be_visible()


def test_a_disagreement_links_from_its_line_to_its_readings(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/fund:hhh-vc") as page:
        page.locator("#disagreements + ul").get_by_role("link", name="see the line").click()
        line = page.locator("li:target")
        expect(line).to_be_visible()
        line.get_by_role("link", name="1 disagreement").click()
        expect(page).to_have_url(re.compile("/disagreements/disagreement:status-hhh"))
        expect(page.get_by_text("has: existing")).to_be_visible()
        expect(page.get_by_text("plans: planned")).to_be_visible()


def test_evidence_opens_without_javascript_and_by_keyboard(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/province:aaa", java_script_enabled=False) as page:
        summary = page.locator("details.evidence summary").first
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator("details.evidence mark").first).to_be_visible()


def test_bar_lengths_are_proportional_and_fit_a_phone(browser: Browser, invented_site: str) -> None:
    with error_free_page(
        browser, f"{invented_site}/entities/province:aaa", viewport={"width": 320, "height": 700}
    ) as page:
        widths = page.locator("#key-facts ~ .scroll .bar rect").evaluate_all(
            "bars => bars.map((bar) => bar.getBoundingClientRect().width)"
        )
        assert len(widths) == 2
        assert abs(widths[1] / widths[0] - 90 / 120.5) < 0.02
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_table_of_contents_links_to_each_section(browser: Browser, invented_site: str) -> None:
    with error_free_page(browser, f"{invented_site}/entities/province:aaa") as page:
        links = page.get_by_role("navigation", name="On this page").get_by_role("link")
        for number in range(links.count()):
            links.nth(number).click()
            expect(page.locator("h2:target")).to_be_visible()
        assert links.count() == 10
