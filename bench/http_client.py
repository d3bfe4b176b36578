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
SECONDS = 300
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
        told = "".join(f" [{name}: {value}]" for name, value in self.headers)
        return f"{self.method} {self.path}{told}"


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

    def ask(self, requests: Iterable[Request], kind: str = "") -> list[Answer]:
        """Return the answers to requests, in their order; recorded with `kind`, or else the kind of each address."""
        listed = list(requests)
        new = [request for request in dict.fromkeys(listed) if request not in self.answers]
        for request, answer in zip(new, self._pool.map(self._ask, new), strict=True):
            self.answers[request] = answer
            self._recording.add(self.engine, kind or kind_of(request.path), str(request), answer)
        return [self.answers[request] for request in listed]

    def _ask(self, request: Request) -> Answer:
        for again in (True, False):
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
                if not again:
                    raise
            else:
                headers = self._recording.normalizer.headers(request.path.partition("?")[0], response.getheaders())
                return Answer(response.status, headers, body)
        raise AssertionError

    def _connection(self) -> http.client.HTTPConnection:
        if getattr(self._local, "connection", None) is None:
            self._local.connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        return self._local.connection


def kind_of(path: str) -> str:
    """Return the kind of answer at an address: query, endpoint, picture, card, static or page."""
    if path.startswith("/api/v1/queries/"):
        return "query"
    if path.startswith(("/api/", "/openapi", "/healthz", "/readyz", "/metrics")):
        return "endpoint"
    first = path.partition("?")[0].split("/")[1]
    if first in ("picture", "picture.svg", "embed"):
        return "picture"
    return "card" if first in ("card", "card.png") else "static" if first == "static" else "page"


class Page(HTMLParser):
    """Collects the addresses on the same site that a page links to, loads, or can request with its forms."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self._path = path
        self._action = ""
        self._fixed: dict[str, str] = {}
        self._choices: list[tuple[str, str]] = []
        self._select = ""
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect an address or a field of a form."""
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "data-src"):
            if tag != "form" and name in given:
                self._add(given[name])
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form" and given.get("method", "get").lower() == "get":
            self._action, self._fixed, self._choices = given.get("action") or self._path, {}, []
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given:
                self._fixed[self._select] = value
            self._choices.append((self._select, value))
        elif tag == "input" and name and "disabled" not in given:
            if given.get("type") in ("checkbox", "radio"):
                self._choices.append((name, value))
            else:
                self._fixed[name] = value

    def handle_endtag(self, tag: str) -> None:
        """At the end of a form, add one address for each of its choices, with the form's other values."""
        if tag == "select":
            self._select = ""
        if tag == "form" and self._action:
            for name, value in self._choices:
                fields = {key: text for key, text in (self._fixed | {name: value}).items() if text}
                self._add(f"{self._action}?{urlencode(fields, safe=':,')}" if fields else self._action)
            self._action = ""

    def _add(self, link: str) -> None:
        parts = urlsplit(urljoin(self._path, link))
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            asked = f"?{quote(parts.query, safe='=&:,+%~')}" if parts.query else ""
            self.found.add(quote(parts.path, safe="/:%") + asked)
