"""Complete user journeys in Chromium, with the facts of the five articles, without their text and with it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.chromium import error_free_page, serve_pages
from tests.support.picture_page import expand, node_positions, wait_for_picture

FLAGSHIP = "/queries/provinces_with_fund"


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """The site without texts; tests of what the texts change name the other one, too."""
    return request.getfixturevalue(getattr(request, "param", "built_in_site"))


with_and_without_texts = pytest.mark.parametrize(
    "site", ["built_in_site", "built_in_site_with_texts"], ids=["without texts", "with texts"], indirect=True
)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with error_free_page(browser, site, locale="en-GB") as opened:
        yield opened


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@with_and_without_texts
def test_a_journalist_types_a_name_as_he_heard_it_and_prints_what_he_found(page: Page) -> None:
    passage = passage_on_dong_nai(page)
    expect(passage).to_contain_text(re.compile(r"line \d+"))
    assert page.pdf(format="A4").startswith(b"%PDF")
    passage.get_by_role("link", name=re.compile("line")).click()
    expect(page).to_have_url(re.compile("/statements/statement:"))
    expect(page.locator("main")).to_contain_text(re.compile(r"line \d+, characters \d+–\d+"))
    page.locator("main a[href*='/articles/'][href*='#']").first.click()
    expect(page).to_have_url(re.compile(r"/articles/article:\d{3}#"))
    expect(page.locator(":target")).to_be_visible()


@pytest.mark.parametrize("site", ["built_in_site_with_texts"], indirect=True)
def test_a_journalist_reads_a_passage_where_the_text_is_available(page: Page) -> None:
    expect(passage_on_dong_nai(page).locator("mark")).to_be_visible()


def passage_on_dong_nai(page: Page) -> Locator:
    """Find Đồng Nai by its name without diacritics, and open the evidence that it implements Resolution 57."""
    page.get_by_role("combobox").first.fill("dong nai")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Đồng Nai", exact=True).first.click()
    assert heading(page) == "Dong Nai"
    line = page.locator(".edges > li", has=page.get_by_role("link", name="Nghị quyết số 57-NQ/TW")).first
    expect(line).to_contain_text("stated")
    line.locator("summary").first.click()
    return line.locator(".passages > li").first


def test_a_former_province_links_to_its_successor(page: Page) -> None:
    page.get_by_role("combobox").first.fill("Bình Dương")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Since 1 July 2025")
    page.locator("main").get_by_role("link", name="Thành phố Hồ Chí Minh", exact=True).first.click()
    expect(page).to_have_url(re.compile("/entities/province:ho-chi-minh$"))


def test_a_disagreement_is_followed_from_the_entity_to_both_readings(page: Page) -> None:
    page.goto("/disagreements")
    page.locator("select[name=kind]").select_option("value")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("kind=value"))
    page.get_by_role("link", name="Hạ Long University's innovation centre: one or several").click()
    readings = page.locator(".readings > li")
    expect(readings).to_have_count(2)
    for reading in readings.all():
        expect(reading.get_by_role("link").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Why it is preferred")


def test_the_flagship_query_is_changed_and_shows_near_misses(page: Page) -> None:
    page.goto(FLAGSHIP)
    expect(page.locator("#answers")).to_have_text("Answers (0)")
    page.get_by_text("Change the question").click()
    tie = page.get_by_role("group", name="Fund status")
    for status in ("existing", "in progress"):
        tie.get_by_label(status).uncheck()
    for status in ("planned", "considered"):
        tie.get_by_label(status).check()
    page.get_by_role("button", name="Ask").click()
    assert page.url.count("fund_status=") == 2
    rows = page.locator("main tr", has=page.get_by_role("link", name="Lâm Đồng", exact=True))
    expect(rows.first).to_contain_text("planned")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Near misses as CSV").click()
    assert waiting.value.suggested_filename.endswith(".csv")


def test_the_language_is_switched_and_persists(page: Page) -> None:
    page.goto(f"{FLAGSHIP}?fund_status=planned")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert "fund_status=planned" in page.url
    page.locator("main").get_by_role("link", name="Lâm Đồng", exact=True).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/entities/province:lam-dong\?lang=en$"))


def test_a_picture_is_drawn_expanded_saved_and_embedded(browser: Browser, page: Page) -> None:
    page.goto("/entities/province:dong-nai")
    page.get_by_role("link", name="Interactive graph").click()
    before = node_positions(wait_for_picture(page))
    expand(page, "policy:57-nq-tw")
    assert before.keys() < node_positions(page).keys()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save SVG").click()
    assert "Hồ Chí Minh" in waiting.value.path().read_text(encoding="utf-8")
    page.get_by_text("Share or embed").click()
    snippet = page.get_by_label("To embed in a page").input_value()
    with serve_pages({"/": ("text/html", snippet)}, {}) as address:
        framed = browser.new_page()
        framed.goto(address)
        expect(framed.frame_locator("iframe").locator(".vnkg-picture[data-ready]")).to_be_attached()
        framed.close()


@with_and_without_texts
def test_two_actors_are_connected_step_by_step_with_evidence(page: Page) -> None:
    page.goto("/paths")
    page.get_by_role("combobox", name="From").fill("Qualcomm")
    page.get_by_role("combobox", name="To").fill("Marvell")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from=.*to="))
    step = page.locator(".chain > li").first
    step.locator("summary").first.click()
    expect(step.locator(".passages > li").first).to_contain_text(re.compile(r"line \d+, characters \d+–\d+"))
