"""Content negotiation: the format and language of a response, from the URL and headers of its request."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from starlette.requests import Request
from starlette.types import Scope

from ...graph.errors import BadParameter
from ..i18n import language as languages

JSON, CSV, JSON_LD = "application/json", "text/csv", "application/ld+json"
_OFFERED = (
    (re.compile(r"/api/v1/entities/[^/]+(?<!\.csv)(?<!\.jsonld)"), (JSON, CSV, JSON_LD)),
    (re.compile(r"/api/v1/(queries/[^/]+|paths)(?<!\.csv)"), (JSON, CSV)),
)
"""Path patterns with more than one format, and their media types; the first one is the default."""
_QUALITY = re.compile(r"(?:^|;)\s*q=([^;]*)")


def offered_formats(path: str) -> tuple[str, ...]:
    """Return the media types that a path offers for `Accept`; JSON alone means that there is no choice.

    >>> offered_formats("/api/v1/paths"), offered_formats("/about")
    (('application/json', 'text/csv'), ('application/json',))
    """
    if not path.startswith("/api/v1/"):
        return (JSON,)
    return next((formats for pattern, formats in _OFFERED if pattern.fullmatch(path)), (JSON,))


def format_of(request: Request) -> str:
    """Return the negotiated media type of a request: one of the `offered_formats` of its path."""
    formats = offered_formats(request.scope["path"])
    return preferred(request.headers.get("accept", ""), formats) if len(formats) > 1 else JSON


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Return the media type with the highest quality in an Accept header; the first one if the header names none.

    Takes linear time for a header of any length, because it runs in the event loop.

    >>> json_or_csv = ["application/json", "text/csv"]
    >>> preferred_media_type("text/csv", json_or_csv), preferred_media_type("*/*", json_or_csv)
    ('text/csv', 'application/json')
    """
    if not any(media_type in accept for media_type in offered):
        return offered[0]
    weights = dict.fromkeys(offered, 0.0)
    for media_type, parameters in _media_ranges(tuple(offered)).findall(accept):
        found = _QUALITY.search(parameters)
        quality = found[1].rstrip() if found else "1"
        weights[media_type] = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
    return max(offered, key=lambda kind: weights[kind])


@cache
def _media_ranges(offered: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of an Accept header's parts that name one of these media types; groups: type, parameters."""
    names = "|".join(map(re.escape, offered))
    return re.compile(rf"(?:^|,)\s*({names})\s*(?:;([^,]*))?(?![^,])")


def language_of(request: Request) -> str:
    """Return the language of a request, from `lang` or Accept-Language; raise `BadParameter` for an unknown `lang`."""
    return languages.language_of(request.query_params, request.headers.get("accept-language", ""))


def language_for(request: Request) -> str:
    """Return the language of a request, ignoring an invalid `lang`; for error pages, which must always render."""
    try:
        return language_of(request)
    except BadParameter:
        return languages.negotiate(request.headers.get("accept-language", ""))


def negotiated(scope: Scope) -> tuple[str, str]:
    """Return the media type and language of a request: the same values as `format_of` and `language_or_fallback`.

    Runs for every request that may be served from the cache, so it parses only what it must. The first of repeated
    headers counts, and only as much of Accept-Language as `language.negotiate` reads.
    """
    accept = accept_language = None
    for name, value in scope["headers"]:
        if name == b"accept" and accept is None:
            accept = value
        elif name == b"accept-language" and accept_language is None:
            accept_language = value
    formats = offered_formats(scope["path"])
    media_type = preferred((accept or b"").decode("latin-1"), formats) if len(formats) > 1 else JSON
    query: bytes = scope["query_string"]
    if b"lang" in query or b"%" in query:
        return media_type, language_for(Request(scope))
    return media_type, _language((accept_language or b"")[: languages.LONGEST_READ].decode("latin-1"))


@lru_cache(maxsize=256)
def _language(accept_language: str) -> str:
    return languages.negotiate(accept_language)
