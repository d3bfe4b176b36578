"""Renders pages: templates, their shared context, and the Content-Security-Policy."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import DictLoader, Environment, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from ....graph import resources
from ....graph.errors import DeclarationError
from ....graph.model.release import LICENCE
from ....graph.search.search import MATCH_TYPES
from ...http.assets import asset_url
from ...http.negotiation import language_or_fallback
from ...http.request import RequestContext
from ...i18n import language as languages
from ...i18n.labels import Labels
from ...i18n.language import capitalize
from ...i18n.localized_text import localized_text
from ...i18n.words import Words
from ...presenters.disagreements import effect_of
from ...presenters.evidence import short_publisher
from ...service.service import Service
from .menu import aria_current

# No nonce: no page has inline scripts or styles, so cached pages stay valid and nothing inline can ever run.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EMBED_PREFIX = "/embed/"
"""Path prefix of the pages that other sites may embed in a frame; no other page can be framed."""
MAX_ADDRESS_LENGTH = 4_000
"""Longest address that a page repeats in its links; only error pages have longer ones."""


def security_policy(path: str) -> str:
    """Return the Content-Security-Policy for a path."""
    return (
        CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
        if path.startswith(EMBED_PREFIX)
        else CONTENT_SECURITY_POLICY
    )


def _templates() -> dict[str, str]:
    """Return the templates of all pages by file name; raise `DeclarationError` if two have the same name."""
    templates: dict[str, str] = {}
    for path, text in resources.files("vnkg.api.pages", "*/*.html"):
        name = path.rpartition("/")[2]
        if name in templates:
            raise DeclarationError(f"{path}: found another template of this name; expected each name once")
        templates[name] = text
    return templates


@cache
def environment() -> Environment:
    """Return the Jinja environment with the templates of all pages, by file name."""
    env = Environment(
        loader=DictLoader(_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {"id": partial(quote, safe=":"), "capital": capitalize, "publisher": short_publisher}  # pyright: ignore[reportUnknownMemberType]
    return env


def link_maker(request: Request) -> Callable[..., str]:
    """Return a function `link(path, **parameters)` for links within the site.

    It leaves out parameters without a value and keeps the `lang` of the request.
    """
    language = request.query_params.get("lang")

    def link(path: str, **parameters: Any) -> str:
        all_parameters = {"lang": language if language in languages.LANGUAGES else None} | parameters
        pairs = {key: value for key, value in all_parameters.items() if value not in (None, "", [])}
        return quote(path, safe="/:") + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")

    return link


def language_links(request: Request, language: str) -> list[tuple[str, str, str]]:
    """Return `(code, name, address)` of this page in every other language."""
    if len(request.url.path) + len(request.url.query) > MAX_ADDRESS_LENGTH:
        return [(code, name, f"/?lang={code}") for code, name in languages.LANGUAGES.items() if code != language]
    other_parameters = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    path = quote(request.url.path, safe="/:")
    return [
        (code, name, f"{path}?{urlencode([*other_parameters, ('lang', code)])}")
        for code, name in languages.LANGUAGES.items()
        if code != language
    ]


def _page_address(request: Request) -> str:
    """Return the path and query of the request; empty if longer than `MAX_ADDRESS_LENGTH`."""
    path, query = quote(request.url.path, safe="/:"), request.url.query
    address = f"{path}?{query}" if query else path
    return address if len(address) <= MAX_ADDRESS_LENGTH else ""


def render(
    request: Request,
    template: str,
    values: Mapping[str, Any] | None = None,
    /,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **extra: Any,
) -> Response:
    """Return a page in the language of the request.

    The context of the template is the shared values below, then `values`, then keyword arguments.
    """
    shared = RequestContext.from_request(request, None if status == 200 else language_or_fallback(request))
    service, language, words, labels = shared.service, shared.language, shared.words, shared.labels
    context: dict[str, Any] = {
        "t": words,
        "language": language,
        "label": labels,
        "suggestion_messages": partial(suggestion_messages, words, labels),
        "link": link_maker(request),
        "language_links": language_links(request, language),
        "date": partial(languages.format_date, language=language),
        "effect_of": effect_of,
        "due": partial(languages.format_due, language=language),
        "number": partial(languages.format_number, language=language),
        "entity_names": partial(_entity_names, service),
        "display_name": partial(service.display_name, language),
        "localized": partial(localized_text, language=language),
        "static_url": asset_url,
        "licence": LICENCE,
        "release": service.release() if status < 400 and service.has_release else service.release_cache.last_release,
        "schema": service.schema,
        "chosen_language": request.query_params.get("lang") if request.query_params.get("lang") == language else "",
        "path": request.url.path,
        "menu": request.app.state.menu,
        "aria_current": aria_current,
        "share": None,
        "site_card": f"/card.png?lang={language}",
        "locales": sorted(languages.LOCALES.items(), key=lambda pair: pair[0] != language),
        "public_url": service.settings.public_url,
        "page_address": _page_address(request),
    }
    text = environment().get_template(template).render(context | dict(values or {}) | extra)
    response_headers = {
        "Content-Security-Policy": security_policy(request.url.path),
        "Content-Language": language,
    } | dict(headers or {})
    return Response(text.encode(errors="replace"), status, response_headers, "text/html; charset=utf-8")


def _entity_names(service: Service, ids: Iterable[str]) -> dict[str, str]:
    """Return names by id; the graph is asked only here, because error pages are rendered without one."""
    return service.graph.names(ids)


def suggestion_messages(t: Words, label: Labels) -> str:
    """Return the texts that `suggest.js` shows, as JSON in the language of the page."""
    # The script cannot format dates, so former names have a text without one.
    match_types = {
        match_type: t("suggested_successor" if match_type == "successor" else f"matched_{match_type}")
        for match_type in MATCH_TYPES
    }
    messages = {"label": t("suggestions"), "one": t("suggested_1"), "many": t("suggested")}
    return json.dumps({**messages, "types": label.types(), "match_types": match_types}, ensure_ascii=False)
