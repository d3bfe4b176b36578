"""The endpoints under /api/v1, over HTTP, with the invented graph on an embedded engine."""

import csv
import io
import json
from typing import Any

import pytest

from tests.support import http
from tests.support.http import client, data, example_parameters
from tests.support.invented_graph import FORMULA
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema


def answer(path: str, **parameters: Any) -> dict[str, Any]:
    response = client().get(f"/api/v1{path}", params=parameters or None)
    assert response.status_code == 200, response.text
    return response.json()


def problem(path: str, status: int, code: str, **parameters: Any) -> str:
    response = client().get(f"/api/v1{path}", params=parameters or None)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    return response.json()["detail"]


def test_every_answer_is_data_meta_next() -> None:
    found = answer("/release")
    assert list(found) == ["data", "meta", "next"]
    assert list(found["meta"]) == ["release", "data_date", "licence", "attribution", "truncated"]
    assert found["meta"]["release"] == found["data"]["release"] == http.graph().release()["release"]
    assert found["data"]["counts"]["articles"] == 2


def test_the_same_request_gives_the_same_bytes_from_the_cache_and_without_it() -> None:
    with http.client_of(http.settings().model_copy(update={"cache": False})) as uncached:
        for path in ("/entities?limit=7", "/queries/provinces_with_fund", "/articles/article:900", "/disagreements"):
            bodies = {one.get(f"/api/v1{path}").content for one in (uncached, uncached, client(), client())}
            assert len(bodies) == 1


def test_pages_of_entities_have_no_gaps_or_duplicates() -> None:
    whole = [entity["id"] for entity in answer("/entities", limit=500)["data"]]
    found: list[str] = []
    following: str | None = None
    pages = 0
    while pages == 0 or following:
        part = answer("/entities", limit=7, **({"cursor": following} if following else {}))
        found += [entity["id"] for entity in part["data"]]
        following, pages = part["next"], pages + 1
        assert part["meta"]["truncated"] is (following is not None)
    assert found == whole == sorted(whole)
    assert pages > 3


def test_the_link_header_leads_to_the_next_page() -> None:
    first = client().get("/api/v1/entities", params={"type": "Fund", "limit": 2})
    address = first.headers["link"].removeprefix("<").partition(">")[0]
    second = client().get(address).json()["data"]
    assert [entity["type"] for entity in second] == ["Fund", "Fund"]
    assert second[0]["id"] > first.json()["data"][1]["id"]


@pytest.mark.parametrize(
    ("parameters", "holds"),
    [
        ({"type": "Fund"}, lambda entity: entity["type"] == "Fund"),
        ({"type": "Fund", "kind": "st_development"}, lambda entity: entity["kind"] == "st_development"),
        ({"status": "planned"}, lambda entity: entity["status"] == "planned"),
    ],
)
def test_filters_keep_matching_entities(parameters: dict[str, str], holds: Any) -> None:
    found = answer("/entities", **parameters)["data"]
    assert found
    assert all(holds(entity) for entity in found)


def test_a_cursor_of_other_filters_is_refused() -> None:
    following = answer("/entities", type="Fund", limit=1)["next"]
    assert "other filters" in problem("/entities", 400, "bad-cursor", type="Province", limit=1, cursor=following)


def test_a_cursor_of_another_release_is_refused() -> None:
    following = answer("/entities", limit=1)["next"]
    import base64

    old = json.loads(base64.urlsafe_b64decode(following + "=="))
    old[0] = "0000000000000000"
    stale = base64.urlsafe_b64encode(json.dumps(old).encode()).decode().rstrip("=")
    assert "of release 0000000000000000" in problem("/entities", 400, "bad-cursor", limit=1, cursor=stale)


@pytest.mark.parametrize("cursor", ["", "x", "☃", "AAAA", "bnVsbA", "WzFd", "a" * 4000])
def test_a_damaged_cursor_is_refused(cursor: str) -> None:
    assert "damaged" in problem("/entities", 400, "bad-cursor", cursor=cursor)


def test_an_entity_has_edges_with_status_basis_and_counts() -> None:
    found = answer("/entities/province:aaa")["data"]
    edge = next(edge for edge in found["edges"] if edge["predicate"] == "IMPLEMENTS")
    assert edge["neighbour"]["id"] == "policy:57-nq-tw"
    assert (edge["status"], edge["basis"], edge["articles"], edge["origins"]) == ("in_progress", "stated", 1, 1)
    assert edge["statements"]
    assert found["disagreements"][0]["id"] == "disagreement:startups-aaa"


@pytest.mark.parametrize(
    ("lang", "accept", "label"),
    [
        (None, "vi-VN,vi;q=0.9", "Tỉnh Aaa"),
        (None, "en", "Aaa"),
        ("vi", "en", "Tỉnh Aaa"),
        (None, "sv", "Aaa"),
    ],
)
def test_the_label_follows_the_language_and_the_names_stay(lang: str | None, accept: str, label: str) -> None:
    parameters = {"lang": lang} if lang else {}
    response = client().get(
        "/api/v1/entities/province:aaa", params=parameters or None, headers={"Accept-Language": accept}
    )
    assert response.json()["data"]["label"] == label
    assert len(response.json()["data"]["names"]) == 2


def test_a_merged_id_answers_308_with_the_address_of_its_successor() -> None:
    response = client().get("/api/v1/entities/province:old-aaa/statements?limit=3")
    assert (response.status_code, response.json()["code"]) == (308, "moved")
    assert response.headers["location"] == "/api/v1/entities/province:aaa/statements?limit=3"


def test_a_removed_id_answers_410() -> None:
    assert "province:never" in problem("/entities/province:never", 410, "gone")


def test_an_unknown_id_names_the_nearest() -> None:
    assert "province:aaa" in problem("/entities/province:aab", 404, "not-found")


def test_statements_of_an_entity_come_in_pages() -> None:
    whole = answer("/entities/province:aaa/statements")["data"]
    first = answer("/entities/province:aaa/statements", limit=2)
    second = answer("/entities/province:aaa/statements", limit=500, cursor=first["next"])
    assert first["data"] + second["data"] == whole
    assert {said["kind"] for said in whole} == {"relation", "measurement", "claim"}


def test_a_neighbourhood_counts_what_was_omitted() -> None:
    small = answer("/entities/policy:57-nq-tw/graph", limit=5)
    assert len(small["data"]["nodes"]) == 5
    assert small["data"]["left_out"] > 0
    assert small["meta"]["truncated"] is True
    near = answer("/entities/province:aaa/graph", depth=1)["data"]
    far = answer("/entities/province:aaa/graph", depth=2)["data"]
    assert {node["id"] for node in near["nodes"]} < {node["id"] for node in far["nodes"]}


def test_a_neighbourhood_above_the_limit_is_refused() -> None:
    assert "2000" in problem("/entities/province:aaa/graph", 422, "picture-too-big", limit=2001)


@pytest.mark.parametrize(
    ("q", "parameters", "match_type"),
    [
        ("aaa", {}, "name"),
        ("57-NQ/TW", {}, "number"),
        ("nguyen van", {}, "words"),
        ("Nguyen Van Dauu", {}, "fuzzy"),
    ],
)
def test_a_search_result_has_a_match_type(q: str, parameters: dict[str, str], match_type: str) -> None:
    assert answer("/search", q=q, **parameters)["data"][0]["match_type"] == match_type


def test_an_exact_search_gives_no_suggestion() -> None:
    assert answer("/search", q="Nguyen Van Dauu", exact=True)["data"] == []


def test_a_search_is_limited_to_a_type() -> None:
    assert {hit["type"] for hit in answer("/search", q="aaa")["data"]} == {"Province", "Fund"}
    assert [hit["id"] for hit in answer("/search", q="aaa", type="Fund")["data"]] == ["fund:aaa-vc"]


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_accepts_its_example(name: str) -> None:
    query = catalogue()[name]
    found = answer(f"/queries/{name}", **example_parameters(name))["data"]
    assert list(found) == ["rows", "near_misses"]
    for row in [*found["rows"], *found["near_misses"]]:
        assert [column for column in row if column != "fails"] == list(query.returns)
    for row in found["near_misses"]:
        assert set(row["fails"]) <= set(query.conditions)


def test_lists_are_repeated_or_joined_by_commas() -> None:
    repeated = data("/queries/provinces_with_fund?fund_status=planned&fund_status=considered")
    joined = data("/queries/provinces_with_fund?fund_status=planned,considered")
    assert repeated == joined
    assert repeated != data("/queries/provinces_with_fund?fund_status=planned")


def test_the_list_of_queries_has_each_with_its_parameters() -> None:
    found = {query["name"]: query for query in answer("/queries")["data"]}
    assert set(found) == set(catalogue())
    status = next(p for p in found["provinces_with_fund"]["parameters"] if p["name"] == "fund_status")
    assert status["values"] == list(schema().statuses)
    assert found["provinces_with_fund"]["question"]["vi"].startswith("Những tỉnh")


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/api/v1/queries/funds_by_kind_and_status.csv", "*/*"),
        ("/api/v1/queries/funds_by_kind_and_status", "text/csv"),
    ],
)
def test_suffix_or_accept_gives_csv(path: str, accept: str) -> None:
    response = client().get(path, headers={"Accept": accept})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert list(rows[0]) == [*catalogue()["funds_by_kind_and_status"].returns, "sources", "url"]
    assert {row["fund"] for row in rows} >= {"fund:aaa-vc"}


def test_near_misses_in_csv_have_their_failed_conditions() -> None:
    response = client().get("/api/v1/queries/provinces_with_fund.csv?part=near_misses")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert "status_matches" in {row["fails"] for row in rows}


def test_a_csv_cell_never_starts_a_formula() -> None:
    text = client().get("/api/v1/queries/article_statements.csv?article=article:900").text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_an_article_accounts_for_every_sentence() -> None:
    found = answer("/articles/article:901")["data"]
    assert found["ledger"][-1]["none"] == "greeting"
    assert [said["gloss"] for said in found["ledger"][1]["statements"]] == ["Aaa counts 120.5"]
    assert [article["id"] for article in answer("/articles")["data"]] == ["article:900", "article:901"]


def test_a_statement_names_its_subject_object_and_article() -> None:
    found = answer("/statements/statement:i00-001")["data"]
    assert found["names"]["province:aaa"] == "Aaa"
    assert found["published_in"]["id"] == found["article"] == "article:900"
    assert (found["line"], found["start"]) == (1, 0)
    problem("/statements/statement:none", 404, "not-found")


def test_measurements_are_filtered_by_subject_and_indicator() -> None:
    found = answer("/measurements", subject="province:aaa", indicator="startups")["data"]
    assert sorted(said["value"] for said in found) == [90, 120.5]
    assert answer("/measurements", indicator="nothing")["data"] == []
    problem("/measurements", 404, "not-found", subject="province:zzz")


def test_disagreements_have_their_readings() -> None:
    found = answer("/disagreements")["data"]
    assert [reading["gloss"] for reading in found[0]["readings"]] == ["90", "120.5"]
    assert (found[0]["preferred"], found[0]["reason"]) == (1, "newer")


def test_the_schema_is_served_as_it_is_declared() -> None:
    found = answer("/schema")["data"]
    assert list(found["nodes"]) == list(schema().nodes)
    assert found["statuses"]["planned"]["vi"] == schema().statuses["planned"].vi


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/entities?colour=red", "'colour'"),
        ("/entities?limit=0", "limit"),
        ("/entities?limit=x", "limit"),
        ("/entities?limit=1&limit=2", "limit: found 2"),
        ("/entities?type=Ghost", "Province"),
        ("/entities?type=Fund&kind=ministry", "venture_capital"),
        ("/entities?status=maybe", "existing"),
        ("/entities?lang=xx", "vi"),
        ("/entities/province:aaa?x=1", "'x'"),
        ("/entities/province:aaa/graph?depth=9", "depth"),
        ("/search", "q"),
        ("/search?q=", "q"),
        ("/search?q=%20", "q"),
        ("/search?q=%F0%9F%98%80", "letter or digit"),
        ("/search?q=a&exact=perhaps", "exact"),
        (f"/search?q={'a' * 201}", "200"),
        ("/queries/provinces_with_fund?fund_statis=planned", "fund_status"),
        ("/queries/provinces_with_fund?fund_status=plant", "planned"),
        ("/queries/provinces_with_fund?policy=fund:57", "expected an id (policy:…) or a name"),
        ("/queries/provinces_with_fund?policy=policy:none", "policy"),
        ("/queries/province_actors", "province"),
        ("/queries/timeline?from_date=2026&to_date=2025-12", "from_date and to_date: found 2026 and 2025-12"),
        ("/queries/provinces_with_fund.csv?part=both", "near_misses"),
        ("/queries/provinces_with_fund?lang=de", "en or vi"),
        ("/queries/provinces_with_fund.csv?lang=en&lang=vi", "lang: found 2"),
        ("/articles?x=1", "'x'"),
        ("/release?x=1", "'x'"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(path: str, message: str) -> None:
    assert message in problem(path, 422, "bad-parameter")


def test_an_unknown_query_names_the_nearest() -> None:
    assert "provinces_with_fund" in problem("/queries/province_with_fund", 404, "not-found")
