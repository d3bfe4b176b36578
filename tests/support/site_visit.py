"""Request everything that a running server offers, from its own lists: pages, endpoints and all formats."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

LANGUAGES = ("en", "vi")
TIMEOUT_SECONDS = 60


@dataclass(slots=True)
class Visit:
    """Requests to a server; `statuses` holds the status of every path, `texts` the body of every path and language."""

    address: str
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    texts: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def get(self, path: str, language: str = "en", accept: str = "*/*") -> str:
        """Return the body of a path, whatever its status; requested once."""
        key = path, language if accept == "*/*" else accept
        if key not in self.texts:
            headers = {"Accept-Language": language, "Accept": accept}
            request = urllib.request.Request(self.address + path, headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                    self.statuses[path], body = response.status, response.read()
            except urllib.error.HTTPError as error:
                self.statuses[path], body = error.code, error.read()
            self.texts[key] = body.decode("utf-8", "replace")
        return self.texts[key]

    def json(self, path: str) -> Any:
        """Return the JSON of a path."""
        return json.loads(self.get(path))

    def data(self, path: str) -> Any:
        """Return the `data` of a response of the API."""
        return self.json(f"/api/v1{path}")["data"]

    def visit_everything(self, entity_ids: tuple[str, ...], statement_ids: tuple[str, ...]) -> None:
        """Request every page; those of the menu, of the first entity and of statements in both languages."""
        pages = [
            *self._menu_pages(),
            *self._entity_pages(entity_ids[:1]),
            *(f"/statements/{id}" for id in statement_ids),
        ]
        for path in dict.fromkeys(pages):
            for language in LANGUAGES:
                self.get(path, language)
        for path in dict.fromkeys([*self._query_pages(), *self._views(), *self._entity_pages(entity_ids)]):
            self.get(path)
        for path in dict.fromkeys([*self._endpoints(), *self._entity_endpoints(entity_ids), *self._query_endpoints()]):
            self.get(path)
        for id in entity_ids:
            self.get(f"/api/v1/entities/{quote(id, safe=':')}", accept="application/ld+json")

    def _menu_pages(self) -> list[str]:
        paths = [unescape(path) for path in re.findall(r'href="(/[^"#]*)"', self.get("/"))]
        return ["/", *(path for path in paths if not path.startswith(("/static", "/api", "/card")))]

    def _queries(self) -> list[tuple[str, str]]:
        examples = {query["name"]: query["example"] for query in self.data("/queries")}
        return [(name, urlencode(example, doseq=True, safe=":")) for name, example in examples.items()]

    def _query_pages(self) -> Iterator[str]:
        for name, example in self._queries():
            yield f"/queries/{name}?{example}" if example else f"/queries/{name}"

    def _query_endpoints(self) -> Iterator[str]:
        """Yield each query once, in the two formats by turns; `_query_pages` asks for its answer too."""
        for (name, example), end in zip(self._queries(), cycle(("", ".csv")), strict=False):
            yield f"/api/v1/queries/{name}{end}?{example}"

    def _views(self) -> Iterator[str]:
        """Yield the pages that have several views: each order, colour, type, status and ledger."""
        page = self.get("/")
        yield from (f"/?colour={key}" for key in re.findall(r'<option value="([^"]+)"', page))
        matrix = self.get("/matrix")
        yield from (f"/matrix?sort={key}" for key in sorted(set(re.findall(r"sort=(\w+)", matrix))))
        schema = self.data("/schema")
        yield from (f"/matrix?status={key}" for key in schema["statuses"])
        yield from (f"/entities?type={key}" for key in schema["nodes"])
        for article in self.data("/articles"):
            yield from (f"/articles/{article['id']}{view}" for view in ("", "?view=ledger"))
        yield from (f"/disagreements/{item['id']}" for item in self.data("/disagreements")[:3])
        yield from ("/search?q=hue", "/queries?q=fund", "/picture", "/timeline?order=oldest", "/timeline?days=all")

    def _entity_pages(self, ids: tuple[str, ...]) -> Iterator[str]:
        for id in ids:
            yield from (
                f"/entities/{id}",
                f"/entities/{id}/statements",
                f"/picture?entity={id}",
                f"/timeline?entity={id}",
            )
            yield from (f"/compare?ids={id}", f"/embed/picture?entity={id}")
        yield from (f"/paths?from={ids[0]}&to={id}" for id in ids[1:])

    def _endpoints(self) -> Iterator[str]:
        """Yield the endpoints of the OpenAPI document that need no value."""
        for path, operations in self.json("/openapi.json")["paths"].items():
            required = [item for item in operations["get"].get("parameters", ()) if item.get("required")]
            if not required and "/queries/" not in path:
                yield path
        yield from ("/openapi.json", "/api/v1/search?q=hue", "/picture.svg")

    def _entity_endpoints(self, ids: tuple[str, ...]) -> Iterator[str]:
        for id in ids:
            entity = f"/api/v1/entities/{id}"
            yield from (entity, f"{entity}.csv", f"{entity}.jsonld", f"{entity}/statements", f"{entity}/graph")
            yield from (f"/picture.svg?entity={id}", f"/card/entity/{id}.png")
        yield from (f"/api/v1/paths{end}?from={ids[0]}&to={id}" for id in ids[1:] for end in ("", ".csv"))
        yield f"/api/v1/compare?ids={ids[0]},{ids[1]}"
