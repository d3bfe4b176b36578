"""Many readers at once: each gets the answer that it would get alone, and the server's cache stays within its limit."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import httpx2
import pytest

from tests.support.html import PATHS
from tests.support.http import client, client_of, running_server, settings
from tests.support.requirements import torture_count
from vnkg.graph.settings import Settings

READERS = 8
API_PATHS = [
    "/api/v1/entities/province:aaa",
    "/api/v1/entities?type=Fund",
    "/api/v1/queries/provinces_with_fund",
    "/api/v1/queries/provinces_with_fund.csv",
    "/api/v1/paths?from=province:aaa&to=province:bbb",
    "/api/v1/search?q=aaa",
]
Request = tuple[str, str]
"""A path and a language."""
Answer = tuple[int, str, bytes]
"""Status code, content type and body."""


@cache
def answer_alone(request: Request) -> Answer:
    """Return the answer that a single reader gets."""
    path, language = request
    response = client().get(path, headers={"Accept-Language": language})
    return response.status_code, response.headers["content-type"], response.content


@pytest.fixture(params=[True, False], ids=["cached", "uncached"])
def app_settings(request: pytest.FixtureRequest) -> Settings:
    return settings().model_copy(update={"cache": request.param})


@pytest.fixture
def site(app_settings: Settings) -> Iterator[str]:
    application = client_of(app_settings).app
    with running_server(application) as address:  # pyright: ignore[reportArgumentType]
        yield address


@pytest.mark.torture
def test_many_readers_at_once_get_the_answer_that_each_would_get_alone(site: str) -> None:
    pick = random.Random(57)
    paths = [path for path in PATHS if not path.startswith("/picture")] + API_PATHS * 20
    requests = [(pick.choice(paths), pick.choice(["en", "vi"])) for _ in range(torture_count(50))]
    expected = {request: answer_alone(request) for request in set(requests)}
    with httpx2.Client(base_url=site, timeout=60) as reader, ThreadPoolExecutor(READERS) as pool:

        def is_wrong(request: Request) -> bool:
            response = reader.get(request[0], headers={"Accept-Language": request[1]})
            answer = response.status_code, response.headers["content-type"], response.content
            return answer != expected[request]

        wrong = [request for request, bad in zip(requests, pool.map(is_wrong, requests), strict=True) if bad]
        metrics = reader.get("/metrics").text
    assert wrong == []
    assert "vnkg_requests_total" in metrics
