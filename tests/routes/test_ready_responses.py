"""The layer before routing: cached responses, ETag and 304, HEAD, CORS, security headers, a new release."""

import dataclasses
from collections.abc import Iterator
from functools import partial

import hypothesis
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from tests.support import http
from tests.support.http import client, client_of, settings
from tests.support.processes import wait_until
from tests.support.requirements import torture_count
from vnkg.api.app import create_app
from vnkg.api.http.negotiation import format_of, language_or_fallback, negotiate_variant, offered_formats
from vnkg.api.service import release as release_module
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

PATHS = ["/api/v1/entities/province:aaa", "/api/v1/queries/provinces_with_fund.csv", "/entities/province:aaa", "/"]


def cache_metrics(test_client: TestClient) -> dict[str, float]:
    lines = [line.rpartition(" ") for line in test_client.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


@pytest.mark.parametrize("path", PATHS)
def test_a_repeated_request_is_a_hit_with_the_same_bytes(path: str) -> None:
    with client_of(settings()) as asked:
        first, second = asked.get(path), asked.get(path)
        found = cache_metrics(asked)
    assert first.content == second.content
    assert first.headers == second.headers
    assert (found['vnkg_cache_total{result="miss"}'], found['vnkg_cache_total{result="hit"}']) == (1, 1)
    assert found["vnkg_cache_entries"] == 1
    assert found["vnkg_cache_bytes"] > len(first.content)


def test_the_cache_can_be_turned_off() -> None:
    with client_of(settings().model_copy(update={"cache": False})) as asked:
        first, second = asked.get(PATHS[0]), asked.get(PATHS[0])
        found = cache_metrics(asked)
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert found['vnkg_cache_total{result="hit"}'] == found["vnkg_cache_entries"] == 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("cache", [True, False])
def test_a_matching_etag_gives_304_without_a_body(path: str, cache: bool) -> None:
    with client_of(settings().model_copy(update={"cache": cache})) as asked:
        etag = asked.get(path).headers["etag"]
        assert etag.startswith('"')
        for header in (etag, f"W/{etag}", f'"x", {etag}', "*"):
            response = asked.get(path, headers={"If-None-Match": header})
            assert (response.status_code, response.content) == (304, b"")
            assert response.headers["etag"] == etag
            assert response.headers["vary"] == "Accept, Accept-Language"
        assert asked.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_different_answers_have_different_etags() -> None:
    paths = ["/api/v1/entities?limit=1", "/api/v1/entities?limit=2", "/api/v1/release", "/about", "/about?lang=vi"]
    assert len({client().get(path).headers["etag"] for path in paths}) == len(paths)


def test_language_and_format_are_cached_separately() -> None:
    with client_of(settings()) as asked:
        english = asked.get("/about", headers={"Accept-Language": "en"})
        vietnamese = asked.get("/about", headers={"Accept-Language": "vi"})
        again = asked.get("/about", headers={"Accept-Language": "en"})
        json = asked.get("/api/v1/queries/agency_heads", headers={"Accept": "application/json"})
        csv = asked.get("/api/v1/queries/agency_heads", headers={"Accept": "text/csv"})
    assert english.content == again.content != vietnamese.content
    assert (english.headers["content-language"], vietnamese.headers["content-language"]) == ("en", "vi")
    assert json.headers["content-type"] == "application/json"
    assert csv.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/static/x/site.css", "/openapi.json", "/nothing"])
def test_head_is_get_without_the_body(path: str) -> None:
    got, asked = client().get(path), client().head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers == got.headers
    assert int(asked.headers["content-length"]) == len(got.content)


ENTITY = "/api/v1/entities/province:aaa"
QUERY = "/api/v1/queries/agency_heads"
PATHS_BETWEEN = "/api/v1/paths?from=province:aaa&to=fund:aaa-vc"


@pytest.mark.parametrize(
    ("path", "variants"),
    [
        (ENTITY, [{"Accept": "*/*"}, {"Accept": "application/json"}, {"Accept": "text/html, text/csv;q=0"}]),
        (ENTITY, [{"Accept": "text/csv"}, {"Accept": " text/csv;q=0.7 , x/y"}, {"Accept": "text/csv;a=b, */*;q=0.1"}]),
        (ENTITY, [{"Accept-Language": "vi"}, {"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.8"}]),
        (QUERY, [{}, {"Accept": "application/ld+json"}, {"Accept-Language": "fr, en-GB;q=0.123"}]),
        (f"{QUERY}.csv", [{"Accept": "application/json"}, {"Accept": "text/csv"}]),
        (f"{ENTITY}.jsonld", [{"Accept": "application/json"}, {"Accept": "text/csv"}]),
        (f"{ENTITY}/graph", [{"Accept": "application/json"}, {"Accept": "text/csv"}]),
        ("/about", [{"Accept": "text/html"}, {"Accept": "text/csv"}, {"Accept-Language": "en;q=0.5, de"}]),
        ("/about?lang=vi", [{"Accept-Language": "en"}, {"Accept-Language": "vi"}, {}]),
    ],
)
def test_headers_that_lead_to_the_same_answer_share_an_entry(path: str, variants: list[dict[str, str]]) -> None:
    with client_of(settings()) as asked:
        answers = [asked.get(path, headers=headers) for headers in variants]
        metrics = cache_metrics(asked)
    assert {answer.status_code for answer in answers} == {200}
    assert len({(answer.content, str(answer.headers)) for answer in answers}) == 1
    assert metrics["vnkg_cache_entries"] == metrics['vnkg_cache_total{result="miss"}'] == 1


def test_huge_headers_add_no_entries_and_no_bytes() -> None:
    with client_of(settings()) as asked:
        asked.get(ENTITY)
        before = cache_metrics(asked)
        for number in range(50):
            huge = f"x/{number}, " + "a" * 1_000_000
            asked.get(ENTITY, headers={"Accept": huge, "Accept-Language": huge})
        after = cache_metrics(asked)
    assert after["vnkg_cache_entries"] == before["vnkg_cache_entries"] == 1
    assert after["vnkg_cache_bytes"] == before["vnkg_cache_bytes"] < 1_000_000
    assert after['vnkg_cache_total{result="hit"}'] == 50


def test_an_address_too_long_for_an_answer_is_not_looked_up() -> None:
    with client_of(settings()) as asked:
        assert asked.get(ENTITY + "?" + "&a" * 30_000).status_code == 414
        metrics = cache_metrics(asked)
    assert metrics['vnkg_cache_total{result="hit"}'] == metrics['vnkg_cache_total{result="miss"}'] == 0


NEGOTIATED_PATHS = [
    ENTITY, f"{ENTITY}.csv", f"{ENTITY}.jsonld", f"{ENTITY}?lang=vi", f"{ENTITY}?lang=vi&lang=en", f"{ENTITY}?l%61ng=vi",
    "/api/v1/entities/.csv", "/api/v1/entities?limit=1", QUERY, f"{QUERY}.csv", f"{QUERY}?lang=vi", PATHS_BETWEEN,
    "/api/v1/release", "/about", "/about?lang=vi", "/about?lang=xx", "/about?lang=", "/nothing",
]  # fmt: skip
QUALITIES = st.sampled_from(
    ["", "", ";q=0", ";q=0.5", "; q=1", ";q=.9", ";q=x", ";a=b;q=0.3", ";q", ";Q=0.1", ";q=nan"]
)
ACCEPTS = ["application/json", "text/csv", "application/ld+json", "text/html", "*/*", "text/*", "TEXT/CSV", "text/csvx"]
LANGUAGE_TAGS = ["en", "vi", "vi-VN", "EN-gb", "fr", "*", "x" * 190, "e", "vi_VN"]


def header_values(words: list[str]) -> st.SearchStrategy[list[str]]:
    """Values of a header that may be missing or repeated, mostly lists of these words."""
    junk = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
    part = st.tuples(st.sampled_from(["", " ", ",", "  "]), st.sampled_from(words) | junk, QUALITIES).map("".join)
    return st.lists(st.lists(part, max_size=4).map(",".join), max_size=2)


@pytest.fixture(scope="module")
def cached_and_uncached() -> Iterator[tuple[TestClient, TestClient]]:
    """A client of an application with a cache, and one of an application without."""
    off = settings().model_copy(update={"cache": False})
    with client_of(settings()) as cached, client_of(off) as uncached:
        yield cached, uncached


@hypothesis.settings(max_examples=torture_count(50))
@hypothesis.given(st.sampled_from(NEGOTIATED_PATHS), header_values(ACCEPTS), header_values(LANGUAGE_TAGS))
def test_the_cache_never_changes_an_answer(
    cached_and_uncached: tuple[TestClient, TestClient], path: str, accepts: list[str], languages: list[str]
) -> None:
    headers = [("Accept", value) for value in accepts] + [("Accept-Language", value) for value in languages]
    cached, uncached = cached_and_uncached
    expected = uncached.get(path, headers=headers)
    for _ in range(2):
        answer = cached.get(path, headers=headers)
        assert (answer.status_code, answer.content) == (expected.status_code, expected.content)
        assert answer.headers == expected.headers
    if "etag" in expected.headers:
        again = [*headers, ("If-None-Match", expected.headers["etag"])]
        not_modified = cached.get(path, headers=again)
        assert (not_modified.status_code, not_modified.headers) == (304, uncached.get(path, headers=again).headers)


def test_formats_by_accept_are_those_that_openapi_describes() -> None:
    paths = client().get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        responses = operations["get"]["responses"]
        described = set(responses["200"].get("content", {}))
        if len(described) > 1:
            assert set(offered_formats(path.replace("{id}", "province:aaa"))) == described, path
        else:
            assert len(offered_formats(path.replace("{id}", "province:aaa"))) == 1, path


def test_failures_are_not_cached() -> None:
    with client_of(settings()) as asked:
        asked.get("/api/v1/entities/province:zzz")
        asked.get("/api/v1/entities/province:old-aaa")
        assert cache_metrics(asked)["vnkg_cache_entries"] == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [("entities/province:old-aaa", 308), ("entities/province:never", 410), ("entities/province:zzz", 404)],
)
def test_redirects_and_failures_are_not_to_be_stored(path: str, status: int) -> None:
    for prefix in ("/", "/api/v1/"):
        response = client().get(prefix + path)
        assert (response.status_code, response.headers["cache-control"]) == (status, "no-store")


def test_cors_allows_reads_from_every_origin() -> None:
    for path in ("/api/v1/entities", "/api/v1/entities/province:zzz", "/openapi.json"):
        response = client().get(path, headers={"Origin": "https://other.example"})
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
    assert "ETag" in client().get("/api/v1/release").headers["access-control-expose-headers"]
    for path in ("/", "/healthz", "/readyz", "/metrics", "/static/000000000000/site.css"):
        assert "access-control-allow-origin" not in client().get(path).headers


def test_a_preflight_allows_reads_only() -> None:
    headers = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    response = client().options("/api/v1/entities", headers=headers)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [*PATHS, "/healthz", "/nothing", "/api/v1/nothing", "/static/x/site.css"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = client().get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_files_with_a_content_hash_in_their_path_are_cached_forever() -> None:
    page = client().get("/").text
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    response = client().get(address)
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    old = client().get("/static/000000000000/site.css")
    assert (old.content, old.headers["cache-control"]) == (response.content, "no-cache")


def test_metrics_count_by_route_and_status() -> None:
    with client_of(settings()) as asked:
        for name in ("aaa", "bbb", "zzz"):
            asked.get(f"/api/v1/entities/province:{name}")
        found = cache_metrics(asked)
    route = 'method="GET",route="/api/v1/entities/{id}"'
    assert found[f'vnkg_requests_total{{{route},status="200"}}'] == 2
    assert found[f'vnkg_requests_total{{{route},status="404"}}'] == 1


def test_a_release_loaded_by_another_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_module, "REFRESH_INTERVAL", 0.2)
    own = Settings(data=tmp_path_factory.mktemp("changing"))
    facts = http.facts()
    province = next(entity for entity in facts.entities if entity.id == "province:aaa")
    renamed = dataclasses.replace(province, name="Renamed")
    changed = dataclasses.replace(facts, entities=tuple(renamed if e is province else e for e in facts.entities))
    with Engine.open(own) as engine:
        store.load(engine, merge(facts, schema()), batch=10_000)
        # The application has its own engine, like another process.
        with TestClient(create_app(own)) as asked:

            def has_name(address: str, name: str) -> bool:
                return asked.get(address).json()["data"]["name"] == name

            before = asked.get("/api/v1/entities/province:aaa")
            assert asked.get("/api/v1/entities/province:aaa").headers["etag"] == before.headers["etag"]
            store.load(engine, merge(changed, schema()), batch=10_000)
            # Uncached reads see the new release at once; cached answers are dropped when the release is next checked.
            at_once = asked.get("/api/v1/entities/province:aaa?lang=vi").json()
            assert at_once["data"]["name"] == "Renamed"
            assert at_once["meta"]["release"] != before.json()["meta"]["release"]
            assert wait_until(partial(has_name, "/api/v1/entities/province:aaa", "Renamed"))
            after = asked.get("/api/v1/entities/province:aaa", headers={"If-None-Match": before.headers["etag"]})
            assert after.status_code == 200
            assert after.json()["data"]["name"] == "Renamed"
            assert after.json()["meta"]["release"] != before.json()["meta"]["release"]
            cursor = before.json()["meta"]["release"]
            assert cursor not in after.text
            # Loaded back: answers given in between are not cached under the first release.
            store.load(engine, merge(facts, schema()), batch=10_000)
            for address in ("/api/v1/entities/province:aaa", "/api/v1/entities/province:aaa?lang=vi"):
                assert wait_until(partial(has_name, address, "Aaa"))
                back = asked.get(address).json()
                assert back["meta"]["release"] == before.json()["meta"]["release"]


RAW_HEADER_VALUES = st.one_of(
    st.sampled_from(["", "*/*", "text/csv", "application/ld+json;q=0.9, text/csv;q=0.1", "vi-VN,vi;q=0.9", "en", "sv"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=300),
)


@given(
    path=st.sampled_from(
        ["/", "/api/v1/entities/province:aaa", "/api/v1/queries/targets", "/api/v1/paths", "/api/v1/x.csv"]
    ),
    query=st.sampled_from([b"", b"lang=vi", b"l%61ng=vi", b"lang=xx", b"q=a%20b", b"q=lang", b"lang=en&lang=vi"]),
    headers=st.lists(
        st.tuples(st.sampled_from([b"accept", b"accept-language", b"host"]), RAW_HEADER_VALUES), max_size=4
    ),
)
def test_the_cache_key_follows_content_negotiation(path: str, query: bytes, headers: list[tuple[bytes, str]]) -> None:
    raw = [(name, value.encode("latin-1")) for name, value in headers]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": raw}
    request = Request(scope)
    assert negotiate_variant(scope) == (format_of(request), language_or_fallback(request))
