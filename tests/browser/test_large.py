"""User journeys in Chromium, with the facts of the five articles among thousands of entities."""

import re
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.actors import HUB
from tests.support.chromium import error_free_page
from tests.support.large_graph import ENTITIES, large_site
from tests.support.picture_page import expand, node_positions, wait_for_picture

MEGABYTE = 1_000_000
ADDRESSES = (
    "/",
    f"/entities/{HUB}",
    f"/entities/{HUB}/statements",
    "/entities/province:dong-nai",
    "/entities?type=Fund",
    "/matrix",
    "/timeline",
    f"/timeline?entity={HUB}",
    f"/compare?ids={HUB},province:p02,province:dong-nai",
    "/queries/funds_by_kind_and_status",
    "/report",
    "/schema",
    "/about",
)
"""Pages whose content grows with the graph."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with large_site(tmp_path_factory.mktemp("large")) as address:
        urlopen(address, timeout=120).close()
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with error_free_page(browser, site, locale="en-GB") as opened:
        yield opened


def weight(address: str) -> int:
    with urlopen(address, timeout=120) as response:
        assert response.status == 200
        return len(response.read())


def test_a_name_from_the_articles_is_found_among_many_and_its_evidence_opens(page: Page) -> None:
    expect(page.locator("main")).to_contain_text(re.compile(rf"{ENTITIES // 1000},\d{{3}}\s+entities"))
    page.get_by_role("combobox").first.fill("dong nai")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Đồng Nai", exact=True).first.click()
    line = page.locator(".edges > li", has=page.get_by_role("link", name="Nghị quyết số 57-NQ/TW")).first
    line.locator("summary").first.click()
    expect(line.locator(".passages > li").first).to_contain_text(re.compile(r"line \d+"))


def test_a_document_number_never_matches_a_similar_one(page: Page) -> None:
    number = next(n for n in range(ENTITIES // 2, ENTITIES) if is_there(page, f"/entities/organisation:n{n}"))
    page.goto(f"/search?q=cong ty co phan {number}")
    expect(page.locator("main").get_by_role("link", name=f"Công ty cổ phần {number}", exact=True)).to_be_visible()
    expect(page.locator("main").get_by_role("link", name=re.compile(f"Công ty cổ phần (?!{number}$)"))).to_have_count(0)


def is_there(page: Page, address: str) -> bool:
    return page.request.head(address).status == 200


def test_the_flagship_query_has_its_answers_and_many_near_misses(page: Page) -> None:
    page.goto("/queries/provinces_with_fund?fund_status=planned&implementation=any")
    rows = page.locator("main tr", has=page.get_by_role("link", name="Lâm Đồng", exact=True))
    expect(rows.first).to_contain_text("planned")
    expect(page.locator("#answers")).not_to_have_text("Answers (0)")


def test_the_whole_graph_is_drawn_up_to_the_limit_and_counts_the_rest(page: Page) -> None:
    page.goto("/picture?limit=2000")
    assert len(node_positions(wait_for_picture(page))) == 2_000
    expect(page.locator("main")).to_contain_text(re.compile(rf"{ENTITIES // 1000 - 2},\d{{3}} more nodes"))


def test_a_picture_expands_at_the_chosen_node(page: Page) -> None:
    page.goto("/picture?entity=province:dong-nai")
    before = node_positions(wait_for_picture(page))
    expand(page, "policy:57-nq-tw")
    assert before.keys() < node_positions(page).keys()


def test_a_path_through_a_hub_is_found_only_on_request(page: Page) -> None:
    page.goto("/paths?from=person:vu-thi-kim-chi&to=province:quang-ninh")
    expect(page.get_by_role("heading", level=3).first).to_be_visible()
    page.goto(f"/paths?from=province:p34&to={HUB}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("hub")


def test_no_page_grows_without_bound(site: str) -> None:
    weights = {address: weight(site + address) for address in ADDRESSES}
    assert {address: size for address, size in weights.items() if size >= MEGABYTE} == {}
