"""Conditional requests, repeated reads after a load, and what is counted of them."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support.http import client, client_of, graph, settings
from vnkg.api.app import create_app
from vnkg.api.http.ready_responses import MAX_ATTEMPTS, BufferedResponse, CacheKey, ResponseCache, entry_size
from vnkg.graph.errors import ReleaseChanged
from vnkg.graph.reader.reader import Graph

LIST = "/api/v1/entities?limit=1"


def test_an_unchanged_answer_keeps_its_link_and_may_be_read_from_everywhere() -> None:
    with client_of(settings()) as asked:
        first = asked.get(LIST)
        headers = [("If-None-Match", etag) for etag in ('"other"', first.headers["etag"], '"third"')]
        again = asked.get(LIST, headers=headers)
        metrics = asked.get("/metrics").text
    assert (again.status_code, again.content) == (304, b"")
    kept = ("etag", "link", "vary", "cache-control", "access-control-allow-origin")
    assert [again.headers.get(name) for name in kept] == [first.headers[name] for name in kept]
    for status in (200, 304):
        assert f'{{method="GET",route="/api/v1/entities",status="{status}"}} 1' in metrics


def test_an_answer_in_another_language_or_format_has_another_etag() -> None:
    requests = [
        ("/about", {"Accept-Language": "en"}),
        ("/about", {"Accept-Language": "vi"}),
        ("/api/v1/entities/province:aaa", {"Accept": "application/json"}),
        ("/api/v1/entities/province:aaa", {"Accept": "text/csv"}),
        ("/api/v1/entities/province:aaa", {"Accept-Language": "vi"}),
    ]
    etags = [client().get(path, headers=headers).headers["etag"] for path, headers in requests]
    assert len(set(etags)) == len(requests)


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/entities/province:old-aaa", "/about?x=1"])
def test_a_refusal_depends_on_the_headers_too(path: str) -> None:
    assert client().get(path).headers["vary"] == "Accept, Accept-Language"


def test_an_unusual_method_is_counted_as_another() -> None:
    with client_of(settings()) as asked:
        asked.request("BREW", "/about")
        metrics = asked.get("/metrics").text
    assert 'method="other"' in metrics
    assert "BREW" not in metrics


class ChangingGraph(Graph):
    """A graph of which another release is found at the first reads of an entity."""

    changes = 0
    reads = 0

    def entity(self, entity_id: str) -> Any:
        self.reads += 1
        if self.reads <= self.changes:
            raise ReleaseChanged("another release was loaded meanwhile; try again")
        return super().entity(entity_id)


@pytest.mark.parametrize(
    ("changes", "status", "reads"),
    [(1, 200, 2), (MAX_ATTEMPTS - 1, 200, MAX_ATTEMPTS), (MAX_ATTEMPTS, ReleaseChanged.status, MAX_ATTEMPTS)],
)
def test_an_answer_from_two_releases_is_read_again(changes: int, status: int, reads: int) -> None:
    changing = ChangingGraph(graph().engine, graph().schema, graph().queries)
    changing.changes = changes
    with TestClient(create_app(settings(), changing)) as asked:
        response = asked.get("/api/v1/entities/province:bbb")
        assert (response.status_code, changing.reads) == (status, reads)
        assert (response.json().get("code") == ReleaseChanged.code) is (status != 200)


def test_a_response_of_an_eighth_of_the_cache_is_kept_and_a_larger_one_is_not() -> None:
    key: CacheKey = ("release", "/", b"", "application/json", "en")
    response = BufferedResponse(200, [], b"x" * 1_000, b'"e"', "/", None)
    size = entry_size(key, response)
    for max_bytes, count in ((8 * size, 1), (8 * size - 1, 0)):
        cache = ResponseCache(max_bytes)
        cache.add(key, response)
        assert (len(cache), cache.size_bytes) == (count, count * size)
