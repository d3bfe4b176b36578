"""The error page: what happened, which pages were probably meant, and what to do next."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import NotFound, ReleaseChanged, RemovedId, VnkgError
from ....graph.messages import closest_matches
from ...http.negotiation import language_or_fallback
from ...http.request import service_of
from ...i18n.localized_text import localized_text
from ...i18n.words import Words
from ...service.service import Service
from .render import link_maker, render

ADDRESS_ERRORS = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUEST_URI_TOO_LONG)
"""Errors of the address itself; its last segment is then offered as a search."""


def error_page(
    request: Request, status: int, code: str, detail: str, headers: Mapping[str, str], error: VnkgError | None = None
) -> Response:
    """Return an error as a page. `detail` is the English message, `error` the exception if it is one of ours."""
    service, path = service_of(request), request.url.path
    has_search_text = any(request.query_params.get(name) for name in SEARCH_PARAMETERS)
    requested_id, nearest_ids = (error.requested_id, error.suggestions) if isinstance(error, NotFound) else ("", ())
    pages = request.app.state.menu.title_keys
    is_missing = status == HTTPStatus.NOT_FOUND
    suggestions = (
        suggest_pages(service, pages, path, requested_id, nearest_ids, language_or_fallback(request))
        if is_missing
        else []
    )
    kind = service.schema.node_type_of(path.rpartition("/")[2]) if isinstance(error, RemovedId) else None
    return render(
        request,
        "error.html",
        status=status,
        headers=headers,
        http_status=status,
        code=code,
        detail=detail,
        requested_id=requested_id,
        suggestions=suggestions,
        search_text=guess_search_terms(path, request.query_params)
        if has_search_text or status in ADDRESS_ERRORS
        else "",
        kind=kind,
        url_without_parameters=link_maker(request)(path)
        if status == HTTPStatus.UNPROCESSABLE_ENTITY and len(path) < 500
        else "",
    )


MAX_GUESS_LENGTH = 60
SEARCH_PARAMETERS = ("q", "entity", "from", "to")
"""Query parameters that contain what somebody was looking for."""
ID_PREFIXES = {"articles": "article:", "disagreements": "disagreement:", "statements": "statement:"}
"""Sections of the site whose ids all begin with the same prefix."""
_SEPARATORS = re.compile(r"[\s/_+.:-]+")


@dataclass(frozen=True, slots=True)
class SuggestedPage:
    """A page that was probably meant."""

    address: str
    name: str


def guess_search_terms(path: str, parameters: Mapping[str, str]) -> str:
    """Return words to search for, from the query parameters or else the last path segment; may be empty.

    >>> guess_search_terms("/entities/province:dong-n", {})
    'dong n'
    >>> guess_search_terms("/search", {"q": "57-NQ/TW", "type": "Fund"})
    '57-NQ/TW'
    """
    search_text = next((parameters[name] for name in SEARCH_PARAMETERS if parameters.get(name)), None)
    if search_text is None:
        last_segment = path.rstrip("/").rpartition("/")[2]
        return _clean_words(_SEPARATORS.sub(" ", last_segment.partition(":")[2] or last_segment))
    prefix, colon, slug = search_text.partition(":")
    return _clean_words(_SEPARATORS.sub(" ", slug) if colon and prefix.isalpha() else search_text)


def _clean_words(text: str) -> str:
    """Return the first words of a text without control characters, at most `MAX_GUESS_LENGTH` characters."""
    visible = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text[:500])
    words = " ".join(visible.split())
    if len(words) <= MAX_GUESS_LENGTH:
        return words
    return words[:MAX_GUESS_LENGTH].rpartition(" ")[0] or words[:MAX_GUESS_LENGTH]


def suggest_pages(
    service: Service, pages: Mapping[str, str], path: str, requested_id: str, nearest_ids: Iterable[str], language: str
) -> list[SuggestedPage]:
    """Return pages that were probably meant: those of `nearest_ids`, or of the path if no id was requested.

    `pages` maps each address of the menu to the key of its title. Empty if nothing can be read.
    """
    try:
        suggestions = (
            list(_pages_of_ids(service, path, nearest_ids, language))
            if requested_id
            else list(_pages_in_path(service, pages, path, language))
        )
    except ReleaseChanged:
        raise
    except VnkgError:  # this page may be shown because nothing can be read
        return []
    return list(dict.fromkeys(suggestions))


def _pages_of_ids(service: Service, path: str, ids: Iterable[str], language: str) -> Iterator[SuggestedPage]:
    section = path.split("/")[1]
    for id in ids:
        if id in service.queries:
            yield SuggestedPage(f"/queries/{id}", service.queries[id].question(language))
        elif id.startswith("disagreement:"):
            yield SuggestedPage(
                f"/disagreements/{id}", localized_text(service.graph.disagreement(id), language=language).text or id
            )
        else:
            is_of_section = id.startswith(ID_PREFIXES.get(section, "\n"))
            yield from _entity_pages(service, id, f"/{section}" if is_of_section else "/entities")


def _entity_pages(service: Service, id: str, section: str) -> Iterator[SuggestedPage]:
    for card in service.graph.cards([id]):
        yield SuggestedPage(f"{section}/{id}", card["name"])


def _pages_in_path(
    service: Service, title_keys: Mapping[str, str], path: str, language: str
) -> Iterator[SuggestedPage]:
    """Yield the pages that the segments of an unknown path name: entity ids, queries, pages of similar spelling."""
    pages = {address.strip("/"): word for address, word in title_keys.items()}
    for part in path.strip("/").split("/")[:5]:
        if service.schema.node_type_of(part):
            yield from _entity_pages(service, part, "/articles" if part.startswith("article:") else "/entities")
        for name in [part] if part in service.queries else closest_matches(part, service.queries, 2, min_score=85):
            yield SuggestedPage(f"/queries/{name}", service.queries[name].question(language))
        for page in closest_matches(part, pages, 1, min_score=70):
            yield SuggestedPage(f"/{page}", Words(language)(pages[page]))
