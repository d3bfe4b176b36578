"""Lists of the API: pages at their limits, filters together, labels, and what `truncated` says."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support.http import client as invented_client
from tests.support.http import data
from tests.support.varied_graph import STATEMENTS_OF_TOPIC, TOPIC


def answer(client: TestClient, path: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(f"/api/v1{path}", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()


def page_ids(client: TestClient, path: str, **parameters: Any) -> list[list[str]]:
    """The ids on each page of a list."""
    pages: list[list[str]] = []
    cursor: dict[str, str] = {}
    while True:
        found = answer(client, path, **parameters, **cursor)
        pages.append([item["id"] for item in found["data"]])
        assert pages[-1] not in pages[:-1], "the cursor leads back to an earlier page"
        assert found["meta"]["truncated"] is (found["next"] is not None)
        if found["next"] is None:
            return pages
        cursor = {"cursor": found["next"]}


NUMBERS = ["i00-024", "i00-025", "i00-026", "i00-027", "i00-028", "i00-029", "i01-002"]


@pytest.mark.parametrize(
    ("path", "parameters", "pages"),
    [
        ("/measurements", {"subject": "agency:one", "limit": 3}, [NUMBERS[:3], NUMBERS[3:6], NUMBERS[6:]]),
        ("/measurements", {"subject": "agency:one", "limit": 7}, [NUMBERS]),
        ("/measurements", {"subject": "agency:one", "indicator": "visitors", "limit": 3}, [NUMBERS[1:4], NUMBERS[4:6]]),
        ("/entities/policy:dated/statements", {"limit": 1}, [[]]),
        ("/entities/policy:signed/statements", {"limit": 1}, [["i00-006"]]),
    ],
)
def test_the_last_page_of_a_list_has_no_next(
    varied_client: TestClient, path: str, parameters: dict[str, Any], pages: list[list[str]]
) -> None:
    found = page_ids(varied_client, path, **parameters)
    assert [[id.removeprefix("statement:") for id in page] for page in found] == pages


def test_filters_apply_together_and_on_each_page(varied_client: TestClient) -> None:
    filters = {"type": "Fund", "kind": "venture_capital", "status": "planned"}
    assert page_ids(varied_client, "/entities", **filters) == [["fund:vc-two"]]
    policies = [[f"policy:{slug}"] for slug in ("dated", "drafted", "lapsed", "signed")]
    assert page_ids(varied_client, "/entities", type="Policy", limit=1) == policies


def test_an_entity_with_more_statements_than_a_page_is_complete(varied_client: TestClient) -> None:
    pages = page_ids(varied_client, f"/entities/{TOPIC}/statements")
    assert [len(page) for page in pages] == [100, STATEMENTS_OF_TOPIC - 100]
    graph = varied_client.get(f"/api/v1/entities/{TOPIC}.jsonld").json()["@graph"]
    assert sum("vnkg:Statement" in node["@type"] for node in graph) == STATEMENTS_OF_TOPIC
    assert varied_client.get(f"/api/v1/entities/{TOPIC}.csv").text.count("statement:i02") == 2 * STATEMENTS_OF_TOPIC


@pytest.mark.parametrize(("language", "label"), [("vi", "Tỉnh Bắc Mới"), ("en", "North")])
def test_the_label_is_a_name_and_no_other_form(varied_client: TestClient, language: str, label: str) -> None:
    assert answer(varied_client, "/entities/province:north", lang=language)["data"]["label"] == label
    labels = {entity["id"]: entity["label"] for entity in answer(varied_client, "/entities", lang=language)["data"]}
    assert (labels["province:north"], labels["province:south"]) == (label, "South")


def test_the_link_to_the_next_page_keeps_the_filters(varied_client: TestClient) -> None:
    first = varied_client.get("/api/v1/entities?type=Agency&lang=en&limit=1")
    assert first.json()["meta"]["data_date"] == "2025-11-18"
    address = first.headers["link"].removeprefix("<").partition(">")[0]
    assert first.headers["link"] == f'<{address}>; rel="next"'
    assert address == f"/api/v1/entities?type=Agency&lang=en&limit=1&cursor={first.json()['next']}"
    assert [entity["id"] for entity in varied_client.get(address).json()["data"]] == ["agency:three"]


def test_a_cursor_allows_another_page_size_but_no_other_list(varied_client: TestClient) -> None:
    cursor = answer(varied_client, "/entities", type="Agency", lang="en", limit=1)["next"]
    found = answer(varied_client, "/entities", lang="en", type="Agency", limit=5, cursor=cursor)["data"]
    assert [entity["id"] for entity in found] == ["agency:three", "agency:two"]
    for path in ("/entities?type=Agency", "/entities?type=Agency&lang=vi", "/measurements?type=Agency&lang=en"):
        separator = "&" if "?" in path else "?"
        assert varied_client.get(f"/api/v1{path}{separator}cursor={cursor}").status_code in (400, 422)
    statements = answer(varied_client, "/entities/agency:one/statements", limit=1)["next"]
    other = varied_client.get(f"/api/v1/entities/agency:two/statements?limit=1&cursor={statements}")
    assert (other.status_code, other.json()["code"]) == (400, "bad-cursor")


@pytest.mark.parametrize(("limit", "is_truncated"), [(1, True), (2, False), (3, False)])
def test_a_search_says_whether_there_are_more_hits_than_asked_for(limit: int, is_truncated: bool) -> None:
    found = answer(invented_client(), "/search", q="aaa", limit=limit)
    assert [hit["id"] for hit in found["data"]] == ["province:aaa", "fund:aaa-vc"][:limit]
    assert found["meta"]["truncated"] is is_truncated


def test_a_neighbourhood_that_just_fits_is_not_truncated() -> None:
    whole = answer(invented_client(), "/entities/province:aaa/graph")["data"]
    fitting = answer(invented_client(), "/entities/province:aaa/graph", limit=len(whole["nodes"]))
    assert (fitting["data"], fitting["meta"]["truncated"]) == (whole, False)
    assert answer(invented_client(), "/entities/province:aaa/graph", limit=2000)["data"] == whole


def test_articles_are_listed_with_their_counts(varied_client: TestClient) -> None:
    counts = ("id", "sentences", "statements", "relations", "measurements", "claims", "entities", "disagreements")
    found = [tuple(article.get(key) for key in counts) for article in answer(varied_client, "/articles")["data"]]
    assert found == [
        ("article:i00", 35, 35, 23, 10, 2, 0, 2),
        ("article:i01", 4, 4, 1, 2, 1, 0, 2),
        ("article:i02", STATEMENTS_OF_TOPIC, STATEMENTS_OF_TOPIC, 0, 0, STATEMENTS_OF_TOPIC, 0, 0),
    ]


def test_each_disagreement_has_an_address(varied_client: TestClient) -> None:
    listed = answer(varied_client, "/disagreements")["data"]
    assert [item["id"] for item in listed] == ["disagreement:alone", "disagreement:both"]
    assert [answer(varied_client, f"/disagreements/{item['id']}")["data"] for item in listed] == listed


def test_an_article_lists_every_place_of_a_name() -> None:
    places = data("/articles/article:900/mentions")
    assert places == [
        {"entity": "province:aaa", "type": "Province", "name": "Aaa", "line": 1, "start": 0, "end": 3},
        {"entity": "province:aaa", "type": "Province", "name": "Aaa", "line": 2, "start": 4, "end": 7},
    ]
