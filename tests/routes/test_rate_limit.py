"""The rate limit of a public server for each client address, and what proxies may say about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from tests.support.http import graph, running_server, settings
from vnkg.api.app import create_app
from vnkg.api.http import rate_limit
from vnkg.api.http.client_address import address_group, is_within, plain_address
from vnkg.api.http.limited_protocol import SocketLimits
from vnkg.api.http.rate_limit import RateLimiter
from vnkg.graph.settings import Settings

BURST = 5
ENTITY = "/api/v1/entities/province:aaa"


@contextmanager
def public_client(trusted_proxies: str = "") -> Iterator[httpx2.Client]:
    """Serve strangers, with one request in 20 minutes after a burst of `BURST`; yield a client."""
    public_settings = Settings.model_validate(
        settings().model_dump() | {"rate_limit": 1 / 1200, "rate_burst": BURST, "trusted_proxies": trusted_proxies}
    )
    limits = SocketLimits(trusted_networks=public_settings.trusted_networks)
    app = create_app(public_settings, graph(), is_public=True)
    with running_server(app, limits) as address, httpx2.Client(base_url=address, timeout=60) as client:
        yield client


def test_a_bucket_is_refilled_with_time() -> None:
    now = 1000.0
    limiter = RateLimiter(rate=2, burst=3, clock=lambda: now)
    assert [limiter.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert limiter.take("b") == 0
    now += 0.49
    assert limiter.take("a") == pytest.approx(0.01)
    now += 0.01
    assert [limiter.take("a"), limiter.take("a")] == [0, 0.5]
    now += 3600
    assert [limiter.take("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_clients_are_remembered_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MAX_CLIENTS", 10)
    limiter = RateLimiter(rate=1, burst=1, clock=lambda: 0.0)
    for number in range(50):
        assert limiter.take(str(number)) == 0
        assert limiter.take(str(number)) > 0
    assert len(limiter) == 10
    assert limiter.take("49") > 0
    assert limiter.take("0") == 0


@pytest.mark.parametrize(
    ("host", "group"),
    [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::1", "2001:db8::/64"), ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"), ("_hidden", "_hidden"), ("x" * 10_000, "x" * 64), ("", ""),
    ],
)  # fmt: skip
def test_addresses_share_a_limit_by_network(host: str, group: str) -> None:
    assert address_group(host) == group


def test_an_address_is_trusted_by_its_network() -> None:
    networks = Settings.model_validate({"trusted_proxies": "10.0.0.0/8, ::1"}).trusted_networks
    assert [is_within(host, networks) for host in ("10.1.2.3", "11.1.2.3", "::1", "::2", "x", "")] == [
        True, False, True, False, False, False,
    ]  # fmt: skip
    assert is_within(plain_address("::ffff:10.0.0.1"), networks)


def test_a_client_above_its_rate_has_to_wait() -> None:
    with public_client() as client:
        assert [client.get(ENTITY).status_code for _ in range(BURST)] == [200] * BURST
        for path, media_type in ((ENTITY, "application/problem+json"), ("/about", "text/html; charset=utf-8")):
            for language in ("en", "vi"):
                refused = client.get(path, headers={"Accept-Language": language})
                assert refused.status_code == 429
                assert 1100 < int(refused.headers["retry-after"]) <= 1200
                assert refused.headers["content-type"] == media_type
                assert refused.headers["x-content-type-options"] == "nosniff"
                assert refused.headers["cache-control"] == "no-store"
                if path == "/about":
                    assert refused.headers["content-language"] == language
                    assert f'<html lang="{language}"' in refused.text
                    assert "default-src" in refused.headers["content-security-policy"]
                else:
                    assert refused.json()["code"] == "too-many-requests"
                    assert refused.headers["access-control-allow-origin"] == "*"
        assert client.head(ENTITY).status_code == 429
        assert client.get("/healthz").status_code == 200
        assert client.get("/static/site.css").status_code in (200, 404)


def test_a_client_cannot_choose_its_address() -> None:
    with public_client() as client:
        statuses = [
            client.get(ENTITY, headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
            for number in range(BURST + 2)
        ]
        assert statuses == [200] * BURST + [429] * 2


def test_clients_of_a_trusted_proxy_have_a_limit_each() -> None:
    with public_client("127.0.0.0/8") as client:

        def status(forwarded_for: str) -> int:
            return client.get(ENTITY, headers={"X-Forwarded-For": forwarded_for}).status_code

        assert [status("192.0.2.1") for _ in range(BURST + 1)] == [200] * BURST + [429]
        assert status("192.0.2.2") == 200
        # Before the address that the proxy appends stands what the client says.
        assert [status(f"192.0.2.{number}, 192.0.2.1") for number in range(3, 6)] == [429] * 3


def test_a_server_that_is_not_public_has_no_rate_limit() -> None:
    few = settings().model_copy(update={"rate_limit": 1 / 1200, "rate_burst": 1})
    with running_server(create_app(few, graph())) as address, httpx2.Client(base_url=address, timeout=60) as client:
        assert [client.get("/healthz").status_code for _ in range(3)] == [200] * 3
        assert [client.get(ENTITY).status_code for _ in range(3)] == [200] * 3
