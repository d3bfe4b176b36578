"""Requests exactly at a limit, headers that tie or repeat, and problems in the language of the reader."""

import pytest

from tests.support.http import client, client_of, graph, settings
from vnkg.api.http.negotiation import CSV, JSON, JSON_LD, preferred_media_type
from vnkg.api.http.problem_json import is_api
from vnkg.api.http.request_checks import MAX_PATH_BYTES, MAX_QUERY_BYTES
from vnkg.api.i18n.language import negotiate


@pytest.mark.parametrize(("extra", "path_status", "query_status"), [(0, 404, 422), (1, 414, 414)])
def test_an_address_is_too_long_only_above_the_limit(extra: int, path_status: int, query_status: int) -> None:
    path = "/api/v1/entities/"
    assert client().get(path + "a" * (MAX_PATH_BYTES - len(path) + extra)).status_code == path_status
    assert client().get("/api/v1/search?q=" + "a" * (MAX_QUERY_BYTES - 2 + extra)).status_code == query_status


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv, application/json", JSON),
        ("application/ld+json;q=0.5, text/csv;q=0.5", CSV),
        ("text/csv;q=0, application/ld+json;q=0.1", JSON_LD),
        ("text/csv;q=0", JSON),
        ("text/csv;q=often, application/ld+json;q=0.1", JSON_LD),
        ("text/csv;q=0.8;v=1, application/json;q=0.9", JSON),
        ("text/csv; q=0.8 , application/json;q=.9", JSON),
        ("text/csvx, application/ld+json-x", JSON),
        ("application/ld+json", JSON_LD),
    ],
)
def test_the_first_of_equally_wanted_formats_is_sent(accept: str, media_type: str) -> None:
    assert preferred_media_type(accept, (JSON, CSV, JSON_LD)) == media_type


def test_the_first_of_repeated_headers_counts() -> None:
    with client_of(settings()) as asked:
        for accept, media_type in ((("text/csv", JSON), CSV), ((JSON, "text/csv"), JSON)):
            headers = [("Accept", value) for value in accept]
            for _ in range(2):
                response = asked.get("/api/v1/entities/province:aaa", headers=headers)
                assert response.headers["content-type"].startswith(media_type)


@pytest.mark.parametrize(("accept", "language"), [("vi", "vi"), ("en", "en"), ("sv", "en")])
def test_a_page_with_an_unknown_language_is_refused_in_that_of_the_browser(accept: str, language: str) -> None:
    response = client().get("/about?lang=xx", headers={"Accept-Language": accept})
    assert (response.status_code, response.headers["content-language"]) == (422, language)
    assert client().get("/about?lang=", headers={"Accept-Language": accept}).status_code == 422


@pytest.mark.parametrize(
    ("header", "language"), [("VI", "vi"), ("en, vi", "en"), ("vi, en", "vi"), ("vi-Latn-VN;q=0.3, en;q=0.3", "vi")]
)
def test_the_first_of_equally_wanted_languages_is_chosen(header: str, language: str) -> None:
    assert negotiate(header) == language


@pytest.mark.parametrize(
    ("path", "is_json"),
    [
        ("/api", True), ("/api/v1/x", True), ("/static/x/y", True), ("/openapi.json", True), ("/metrics", True),
        ("/healthz", True), ("/readyz", True), ("/apiary", False), ("/statics", False), ("/", False), ("/metrics/x", False),
    ],
)  # fmt: skip
def test_programs_get_problems_as_json(path: str, is_json: bool) -> None:
    assert is_api(path) is is_json
    if path not in ("/", "/openapi.json", "/metrics", "/healthz", "/readyz"):
        expected_type = "application/problem+json" if is_json else "text/html; charset=utf-8"
        assert client().get(path).headers["content-type"] == expected_type
    response = client().post(path)
    assert response.headers["content-type"].startswith("application/problem+json") is is_json


def test_preflights_are_answered_for_programs_only() -> None:
    assert [client().options(path).status_code for path in ("/api/v1/entities", "/openapi.json", "/about")] == [
        204,
        204,
        405,
    ]


def test_several_wrong_parameters_are_named_at_once() -> None:
    detail = client().get("/api/v1/entities?limit=x&cursor=a").json()["detail"]
    assert detail.startswith("limit: found 'x'; expected a valid integer")
    both = client().get("/api/v1/paths?k=x&steps=0").json()["detail"]
    assert [part.partition(":")[0] for part in both.split("; ") if ":" in part] == ["k", "steps", "from", "to"]
    assert len(client().get("/api/v1/entities?limit=" + "x" * 500).json()["detail"]) < 200


def test_a_path_with_several_slashes_at_its_end_is_redirected_once() -> None:
    assert client().get("/entities/province:ấ//").headers["location"] == "/entities/province:%E1%BA%A5"
    assert client().get("/api/v1/entities/").headers["location"] == "/api/v1/entities"


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/api/v1/entities/province:old-aaa.csv", "/api/v1/entities/province:aaa.csv"),
        ("/api/v1/entities/province:old-aaa.jsonld", "/api/v1/entities/province:aaa.jsonld"),
        ("/api/v1/compare?ids=province:bbb,%20province:old-aaa", "/api/v1/compare?ids=province:bbb,province:aaa"),
    ],
)
def test_a_merged_id_is_replaced_wherever_it_stands(path: str, location: str) -> None:
    response = client().get(path)
    assert (response.status_code, response.headers["location"]) == (308, location)


def test_readiness_names_the_stored_release() -> None:
    assert client().get("/readyz").json() == {"status": "ready", "detail": graph().release()["release"]}
