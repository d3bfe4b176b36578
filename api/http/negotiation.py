"""Content negotiation: the format and language of a response, from the URL and headers of its request."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from starlette.requests import Request
from starlette.types import Scope

from ...graph.errors import BadParameter
from ..i18n import language as languages

JSON, CSV, JSON_LD = "application/json", "text/csv", "application/ld+json"
_FORMATS_BY_PATH = (
    (re.compile(r"/api/v1/entities/[^/]+(?<!\.csv)(?<!\.jsonld)"), (JSON, CSV, JSON_LD)),
    (re.compile(r"/api/v1/(queries/[^/]+|paths)(?<!\.csv)"), (JSON, CSV)),
)
"""Path patterns with more than one format, and their media types; the first one is the default."""
_QUALITY_PATTERN = re.compile(r"(?:^|;)\s*q=([^;]*)")


def offered_formats(path: str) -> tuple[str, ...]:
    """Return the media types that a path offers for `Accept`; JSON alone means that there is no choice.

    >>> offered_formats("/api/v1/paths"), offered_formats("/about")
    (('application/json', 'text/csv'), ('application/json',))
    """
    if not path.startswith("/api/v1/"):
        return (JSON,)
    return next((formats for pattern, formats in _FORMATS_BY_PATH if pattern.fullmatch(path)), (JSON,))


def format_of(request: Request) -> str:
    """Return the negotiated media type of a request: one of the `offered_formats` of its path."""
    formats = offered_formats(request.scope["path"])
    return preferred_media_type(request.headers.get("accept", ""), formats) if len(formats) > 1 else JSON


def preferred_media_type(accept: str, media_types: Sequence[str]) -> str:
    """Return the media type with the highest quality in an Accept header; the first one if the header names none.

    Takes linear time for a header of any length, because it runs in the event loop.

    >>> json_or_csv = ["application/json", "text/csv"]
    >>> preferred_media_type("text/csv", json_or_csv), preferred_media_type("*/*", json_or_csv)
    ('text/csv', 'application/json')
    """
    if not any(media_type in accept for media_type in media_types):
        return media_types[0]
    weights = dict.fromkeys(media_types, 0.0)
    for media_type, parameters in _media_range_pattern(tuple(media_types)).findall(accept):
        quality_match = _QUALITY_PATTERN.search(parameters)
        quality = quality_match[1].rstrip() if quality_match else "1"
        weights[media_type] = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
    return max(media_types, key=lambda candidate: weights[candidate])


@cache
def _media_range_pattern(media_types: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of an Accept header's parts that name one of these media types; groups: type, parameters."""
    names = "|".join(map(re.escape, media_types))
    return re.compile(rf"(?:^|,)\s*({names})\s*(?:;([^,]*))?(?![^,])")


def language_of(request: Request) -> str:
    """Return the language of a request, from `lang` or Accept-Language; raise `BadParameter` for an unknown `lang`."""
    return languages.request_language(request.query_params, request.headers.get("accept-language", ""))


def language_or_fallback(request: Request) -> str:
    """Return the language of a request, ignoring an invalid `lang`; for error pages, which must always render."""
    try:
        return language_of(request)
    except BadParameter:
        return languages.negotiate(request.headers.get("accept-language", ""))


def negotiate_variant(scope: Scope) -> tuple[str, str]:
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
    media_type = preferred_media_type((accept or b"").decode("latin-1"), formats) if len(formats) > 1 else JSON
    query: bytes = scope["query_string"]
    if b"lang" in query or b"%" in query:
        return media_type, language_or_fallback(Request(scope))
    return media_type, _negotiate_language((accept_language or b"")[: languages.MAX_HEADER_LENGTH].decode("latin-1"))


@lru_cache(maxsize=256)
def _negotiate_language(accept_language: str) -> str:
    return languages.negotiate(accept_language)
