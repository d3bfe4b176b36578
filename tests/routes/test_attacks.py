"""Attacks on the address and the headers, over a socket: foreign hosts, traversal, redirects, split and merged requests."""

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.support.http import client_of, running_server, settings

EVIL = "evil.example"
ADDRESSES = [
    "/",
    "/entities/province:aaa",
    "/entities/province:aaa/",
    "/entities/province:old-aaa",
    "/api/v1/entities?limit=1",
    "/api/v1/entities/province:old-aaa",
    "/api/v1/entities/province:aaa.jsonld",
    "/api/v1/queries/provinces_with_fund.csv",
    "/openapi.json",
    "/picture?entity=province:aaa",
    "/nothing",
]
"""Addresses whose answers have links, redirects, a canonical address or a `Link` header."""
HOSTS = [
    EVIL,
    f"{EVIL}:80",
    f"{EVIL}:99999",
    f"user:password@{EVIL}",
    f"a//{EVIL}",
    f"a/{EVIL}",
    f"{EVIL}/../a",
    f"{EVIL}?x",
    f"{EVIL}#x",
    f"[::1].{EVIL}",
    f"[::ffff:{EVIL}]",
    f'"{EVIL}"',
    f"<{EVIL}>",
    f"{EVIL}.",
    f"{EVIL}, 127.0.0.1",
    f"127.0.0.1\t{EVIL}",
    f"127.0.0.1\\@{EVIL}",
    f"%65{EVIL}",
]
HEADERS = [
    f"X-Forwarded-Host: {EVIL}",
    "X-Forwarded-Proto: gopher",
    "X-Forwarded-Prefix: /evil.example",
    f"X-Forwarded-For: {EVIL}",
    f"Forwarded: for=10.0.0.1;host={EVIL};proto=gopher",
    f"X-Host: {EVIL}",
    f"X-Original-Host: {EVIL}",
    "X-Original-URL: /about",
    "X-Rewrite-URL: /about",
    "X-HTTP-Method-Override: DELETE",
    "X-Method-Override: POST",
    f"Referer: http://{EVIL}/",
    f"Origin: http://{EVIL}",
    "Upgrade: websocket\r\nConnection: upgrade",
    "Range: bytes=0-1",
]


def send_raw(site: str, text: str) -> str:
    """Send bytes to a server and return all that it answers until it closes the connection."""
    parts = urlsplit(site)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(text.encode("latin-1"))
        received = b""
        while part := connection.recv(65_536):
            received += part
    return received.decode("latin-1")


def get_raw(site: str, target: str, *headers: str, host: str = "127.0.0.1") -> str:
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    response = send_raw(site, "\r\n".join([*lines, "", ""]))
    return re.sub(r"(?im)^date: .*\r\n", "", response)


def status_of(response: str) -> int:
    return int(response.split(" ", 2)[1])


@pytest.fixture(scope="module")
def uncached_site() -> Iterator[str]:
    """The URL of a server that makes each answer anew: from the cache, a header could have no effect."""
    application = client_of(settings().model_copy(update={"cache": False})).app
    with running_server(application) as address:  # pyright: ignore[reportArgumentType]
        yield address


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_host_stays_in_no_cache(invented_site: str, host: str) -> None:
    target = f"/api/v1/entities?limit={HOSTS.index(host) + 2}"
    get_raw(invented_site, target, host=host)
    response = get_raw(invented_site, target)
    assert "\r\nlink: </api/v1/entities?" in response
    assert EVIL not in response


@pytest.mark.parametrize("target", ADDRESSES)
def test_a_foreign_host_reaches_no_answer(uncached_site: str, target: str) -> None:
    expected = get_raw(uncached_site, target)
    for host in HOSTS:
        response = get_raw(uncached_site, target, host=host)
        assert EVIL not in response, host
        assert response == expected or status_of(response) == 400, host
    for form in (f"http://{EVIL}{target}", f"https://user@{EVIL}:1{target}"):
        assert EVIL not in get_raw(uncached_site, form, host=EVIL), form
    assert get_raw(uncached_site, target) == expected


@pytest.mark.parametrize("target", ADDRESSES)
def test_headers_of_proxies_and_overrides_have_no_effect(uncached_site: str, target: str) -> None:
    expected = get_raw(uncached_site, target)
    for header in HEADERS:
        response = get_raw(uncached_site, target, header, *([] if "Connection" not in header else ["X: x"]))
        assert response == expected, header


TRAVERSALS = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%252f..%252fetc%252fpasswd",
    "..%5c..%5cetc%5cpasswd",
    "....//....//etc/passwd",
    "%2fetc%2fpasswd",
    "..%c0%af..%c0%afetc/passwd",
    "../page.py",
    "..%2f..%2fpyproject.toml",
]


@pytest.mark.parametrize(
    "start",
    [
        "/",
        "/static/x/",
        "/articles/",
        "/articles/article:900/",
        "/entities/",
        "/queries/",
        "/card/entity/",
        "/api/v1/articles/",
    ],
)
def test_no_path_leads_out_of_the_site(invented_site: str, start: str) -> None:
    for traversal in TRAVERSALS:
        response = get_raw(invented_site, start + traversal)
        assert status_of(response) in (308, 400, 404), traversal
        assert "root:" not in response
        assert "[project]" not in response
        assert "import " not in response


REDIRECTS = [
    "//evil.example/",
    "///evil.example//",
    "/%2Fevil.example/",
    "/%2F%2Fevil.example/",
    "/%5Cevil.example/",
    "/%5C%5Cevil.example/",
    "/\\evil.example/",
    "/.//evil.example/",
    "/..//evil.example/",
    "/;@evil.example/",
    "/http://evil.example/",
    "/entities//evil.example/",
    "//evil.example/entities/province:old-aaa",
    "/%09/evil.example/",
    "/entities/province:old-aaa?lang=en&next=//evil.example",
    "/entities/%2F%2Fevil.example%2Fprovince:old-aaa",
]


@pytest.mark.parametrize("target", REDIRECTS)
def test_no_redirect_leads_to_another_site(invented_site: str, target: str) -> None:
    response = get_raw(invented_site, target)
    assert 300 <= status_of(response) < 500
    location = re.search(r"(?im)^location: (.*)\r$", response)
    if location is not None:
        assert re.match(r"/(?![/\\\t ])", location[1]), location[1]
        assert urlsplit(location[1]).netloc == ""


@pytest.mark.parametrize(
    "line_break", ["%0d%0aSet-Cookie:%20a=b", "%0aSet-Cookie:%20a=b", "%E5%98%8A%E5%98%8DSet-Cookie:a=b"]
)
@pytest.mark.parametrize(
    "start",
    [
        "/",
        "/entities/",
        "/entities/province:old-aaa",
        "/api/v1/entities?limit=1&cursor=",
        "/api/v1/entities?lang=",
        "/search?q=",
        "/card/entity/",
    ],
)
def test_a_line_break_in_an_address_adds_no_header(invented_site: str, start: str, line_break: str) -> None:
    for end in ("", "/"):
        response = get_raw(invented_site, start + line_break + end)
        head = response.partition("\r\n\r\n")[0]
        assert re.search(r"(?im)^set-cookie:", head) is None
        assert status_of(response) < 500


SECOND = "GET /api/v1/release HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
AMBIGUOUS = [
    f"Content-Length: {len(SECOND) + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SECOND}",
    f"Transfer-Encoding: chunked\r\nContent-Length: {len(SECOND) + 5}\r\n\r\n0\r\n\r\n{SECOND}",
    f"Content-Length: 0\r\nContent-Length: {len(SECOND)}\r\n\r\n{SECOND}",
    f"Content-Length: {len(SECOND)}\r\nContent-Length: 0\r\n\r\n{SECOND}",
    f"Content-Length: 0, {len(SECOND)}\r\n\r\n{SECOND}",
    f"Content-Length: -1\r\n\r\n{SECOND}",
    f"Content-Length: +0\r\n\r\n{SECOND}",
    f"Content-Length: 0x0\r\n\r\n{SECOND}",
    f"Transfer-Encoding: xchunked\r\nContent-Length: {len(SECOND)}\r\n\r\n0\r\n\r\n{SECOND}",
    f"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{SECOND}",
    f"Transfer-Encoding: chunked\r\n\r\nz\r\n\r\n{SECOND}",
    f"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n{SECOND}",
]


@pytest.mark.parametrize("headers", AMBIGUOUS)
def test_an_ambiguous_length_hides_no_second_request(invented_site: str, headers: str) -> None:
    first = f"GET /healthz HTTP/1.1\r\nHost: a\r\n{headers}"
    response = send_raw(invented_site, first)
    assert "HTTP/1.1 400" in response
    assert '"release"' not in response
