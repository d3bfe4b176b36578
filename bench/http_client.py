"""An HTTP client for many requests over a few persistent connections, and a parser for a page's links and forms."""

import http.client
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from recording import Answer, Recording

THREADS = 8
TIMEOUT_SECONDS = 300
"""Timeout of a request in seconds; long, for a busy machine."""
HOST = "recorded.example"
"""Sent as the Host header, so that an answer that repeats it contains no port number."""


@dataclass(frozen=True, slots=True, order=True)
class Request:
    """A request: its method, its path with the query string, and headers as pairs."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"

    def __str__(self) -> str:
        headers_text = "".join(f" [{name}: {value}]" for name, value in self.headers)
        return f"{self.method} {self.path}{headers_text}"


def address(path: str, parameters: Mapping[str, Any] | None = None) -> str:
    """Return a path with a query string: None values are left out, lists are repeated, `%` in the path is kept."""
    pairs = {name: value for name, value in (parameters or {}).items() if value is not None}
    return quote(path, safe="/:%") + (f"?{urlencode(pairs, doseq=True, safe=':,')}" if pairs else "")


class Client:
    """Sends requests to one server and records every answer; the same request is sent only once."""

    def __init__(self, port: int, recording: Recording, engine: str) -> None:
        self._port = port
        self._recording = recording
        self.engine = engine
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(THREADS)
        self.answers: dict[Request, Answer] = {}

    def close(self) -> None:
        """Stop the threads."""
        self._pool.shutdown(cancel_futures=True)

    def fetch_all(self, requests: Iterable[Request], kind: str = "") -> list[Answer]:
        """Return the answers to requests, in their order; recorded with `kind`, or else the kind of each address."""
        all_requests = list(requests)
        new_requests = [request for request in dict.fromkeys(all_requests) if request not in self.answers]
        for request, answer in zip(new_requests, self._pool.map(self._fetch, new_requests), strict=True):
            self.answers[request] = answer
            self._recording.add(self.engine, kind or answer_kind(request.path), str(request), answer)
        return [self.answers[request] for request in all_requests]

    def _fetch(self, request: Request) -> Answer:
        for may_retry in (True, False):
            try:
                connection = self._connection()
                connection.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
                for name, value in (("Host", HOST), *request.headers):
                    connection.putheader(name, value)
                connection.endheaders()
                response = connection.getresponse()
                body = response.read()
            except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
                # The server closes a connection after some idle seconds.
                self._local.connection = None
                if not may_retry:
                    raise
            else:
                headers = self._recording.normalizer.normalize_headers(
                    request.path.partition("?")[0], response.getheaders()
                )
                return Answer(response.status, headers, body)
        raise AssertionError

    def _connection(self) -> http.client.HTTPConnection:
        if getattr(self._local, "connection", None) is None:
            self._local.connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)
        return self._local.connection


def answer_kind(path: str) -> str:
    """Return the kind of answer at an address: query, endpoint, picture, card, static or page."""
    if path.startswith("/api/v1/queries/"):
        return "query"
    if path.startswith(("/api/", "/openapi", "/healthz", "/readyz", "/metrics")):
        return "endpoint"
    section = path.partition("?")[0].split("/")[1]
    if section in ("picture", "picture.svg", "embed"):
        return "picture"
    return "card" if section in ("card", "card.png") else "static" if section == "static" else "page"


class Page(HTMLParser):
    """Collects the addresses on the same site that a page links to, loads, or can request with its forms."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self._path = path
        self._action = ""
        self._field_values: dict[str, str] = {}
        self._choices: list[tuple[str, str]] = []
        self._select = ""
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect an address or a field of a form."""
        attributes = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "data-src"):
            if tag != "form" and name in attributes:
                self._add_address(attributes[name])
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if tag == "form" and attributes.get("method", "get").lower() == "get":
            self._action, self._field_values, self._choices = attributes.get("action") or self._path, {}, []
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in attributes:
                self._field_values[self._select] = value
            self._choices.append((self._select, value))
        elif tag == "input" and name and "disabled" not in attributes:
            if attributes.get("type") in ("checkbox", "radio"):
                self._choices.append((name, value))
            else:
                self._field_values[name] = value

    def handle_endtag(self, tag: str) -> None:
        """At the end of a form, add one address for each of its choices, with the form's other values."""
        if tag == "select":
            self._select = ""
        if tag == "form" and self._action:
            for name, value in self._choices:
                fields = {key: text for key, text in (self._field_values | {name: value}).items() if text}
                self._add_address(f"{self._action}?{urlencode(fields, safe=':,')}" if fields else self._action)
            self._action = ""

    def _add_address(self, link: str) -> None:
        parts = urlsplit(urljoin(self._path, link))
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            query_text = f"?{quote(parts.query, safe='=&:,+%~')}" if parts.query else ""
            self.addresses.add(quote(parts.path, safe="/:%") + query_text)
