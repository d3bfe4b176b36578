"""The error page: what happened, which pages were probably meant, and what to do next."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import Gone, NotFound, ReleaseChanged, VnkgError
from ....graph.messages import nearest
from ...http.negotiation import language_for
from ...http.request import service_of
from ...i18n.words import Words
from ...service.service import Service
from .render import link_maker, render

UNKNOWN = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUEST_URI_TOO_LONG)
"""Errors of the address itself; its last segment is then offered as a search."""


def error_page(
    request: Request, status: int, code: str, detail: str, headers: Mapping[str, str], error: VnkgError | None = None
) -> Response:
    """Return an error as a page. `detail` is the English message, `error` the exception if it is one of ours."""
    service, path = service_of(request), request.url.path
    asked = any(request.query_params.get(name) for name in ASKED)
    wanted, near = (error.wanted, error.nearest) if isinstance(error, NotFound) else ("", ())
    pages = request.app.state.menu.words
    missing = status == HTTPStatus.NOT_FOUND
    found = offers(service, pages, path, wanted, near, language_for(request)) if missing else []
    kind = service.schema.node_of(path.rpartition("/")[2]) if isinstance(error, Gone) else None
    return render(
        request,
        "error.html",
        status=status,
        headers=headers,
        http_status=status,
        code=code,
        detail=detail,
        wanted=wanted,
        offers=found,
        guess=guess(path, request.query_params) if asked or status in UNKNOWN else "",
        kind=kind,
        bare=link_maker(request)(path) if status == HTTPStatus.UNPROCESSABLE_ENTITY and len(path) < 500 else "",
    )


LONGEST_GUESS = 60
ASKED = ("q", "entity", "from", "to")
"""Query parameters that contain what somebody was looking for."""
SECTIONS = {"articles": "article:", "disagreements": "disagreement:", "statements": "statement:"}
"""Sections of the site whose ids all begin with the same prefix."""
_APART = re.compile(r"[\s/_+.:-]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A page that was probably meant."""

    address: str
    name: str


def guess(path: str, parameters: Mapping[str, str]) -> str:
    """Return words to search for, from the query parameters or else the last path segment; may be empty.

    >>> guess_search_terms("/entities/province:dong-n", {})
    'dong n'
    >>> guess_search_terms("/search", {"q": "57-NQ/TW", "type": "Fund"})
    '57-NQ/TW'
    """
    asked = next((parameters[name] for name in ASKED if parameters.get(name)), None)
    if asked is None:
        end = path.rstrip("/").rpartition("/")[2]
        return _plain(_APART.sub(" ", end.partition(":")[2] or end))
    prefix, colon, slug = asked.partition(":")
    return _plain(_APART.sub(" ", slug) if colon and prefix.isalpha() else asked)


def _plain(text: str) -> str:
    """Return the first words of a text without control characters, at most `MAX_GUESS_LENGTH` characters."""
    seen = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text[:500])
    words = " ".join(seen.split())
    if len(words) <= LONGEST_GUESS:
        return words
    return words[:LONGEST_GUESS].rpartition(" ")[0] or words[:LONGEST_GUESS]


def offers(
    service: Service, pages: Mapping[str, str], path: str, wanted: str, near: Iterable[str], language: str
) -> list[Offer]:
    """Return pages that were probably meant: those of `nearest_ids`, or of the path if no id was requested.

    `pages` maps each address of the menu to the key of its title. Empty if nothing can be read.
    """
    try:
        found = list(_near(service, path, near, language)) if wanted else list(_named(service, pages, path, language))
    except ReleaseChanged:
        raise
    except VnkgError:  # this page may be shown because nothing can be read
        return []
    return list(dict.fromkeys(found))


def _near(service: Service, path: str, near: Iterable[str], language: str) -> Iterator[Offer]:
    section = path.split("/")[1]
    for id in near:
        if id in service.queries:
            yield Offer(f"/queries/{id}", service.queries[id].question(language))
        elif id.startswith("disagreement:"):
            yield Offer(f"/disagreements/{id}", service.graph.disagreement(id)["gloss"] or id)
        else:
            fits = id.startswith(SECTIONS.get(section, "\n"))
            yield from _entity(service, id, f"/{section}" if fits else "/entities")


def _entity(service: Service, id: str, section: str) -> Iterator[Offer]:
    for card in service.graph.cards([id]):
        yield Offer(f"{section}/{id}", card["name"])


def _named(service: Service, menu: Mapping[str, str], path: str, language: str) -> Iterator[Offer]:
    """Yield the pages that the segments of an unknown path name: entity ids, queries, pages of similar spelling."""
    pages = {address.strip("/"): word for address, word in menu.items()}
    for part in path.strip("/").split("/")[:5]:
        if service.schema.node_of(part):
            yield from _entity(service, part, "/articles" if part.startswith("article:") else "/entities")
        for name in [part] if part in service.queries else nearest(part, service.queries, 2, least=85):
            yield Offer(f"/queries/{name}", service.queries[name].question(language))
        for page in nearest(part, pages, 1, least=70):
            yield Offer(f"/{page}", Words(language)(pages[page]))
