"""Renders pages: templates, their shared context, and the Content-Security-Policy."""

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import DictLoader, Environment, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from ....graph import resources
from ....graph.errors import DeclarationError
from ....graph.model.release import LICENCE
from ....graph.search.search import WAYS
from ...http.assets import address_of
from ...http.negotiation import language_for, language_of
from ...http.request import service_of
from ...i18n import language as languages
from ...i18n.labels import Labels
from ...i18n.language import capital
from ...i18n.words import Words
from ...presenters.evidence import publisher_of
from .menu import current

# No nonce: no page has inline scripts or styles, so cached pages stay valid and nothing inline can ever run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EMBEDDED = "/embed/"
"""Path prefix of the pages that other sites may embed in a frame; no other page can be framed."""
LONGEST_KEPT = 4_000
"""Longest address that a page repeats in its links; only error pages have longer ones."""


def policy_of(path: str) -> str:
    """Return the Content-Security-Policy for a path."""
    return POLICY.replace("frame-ancestors 'none'", "frame-ancestors *") if path.startswith(EMBEDDED) else POLICY


def _templates() -> dict[str, str]:
    """Return the templates of all pages by file name; raise `DeclarationError` if two have the same name."""
    found: dict[str, str] = {}
    for path, text in resources.files("vnkg.api.pages", "*/*.html"):
        name = path.rpartition("/")[2]
        if name in found:
            raise DeclarationError(f"{path}: found another template of this name; expected each name once")
        found[name] = text
    return found


@cache
def environment() -> Environment:
    """Return the Jinja environment with the templates of all pages, by file name."""
    made = Environment(
        loader=DictLoader(_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"id": partial(quote, safe=":"), "capital": capital, "publisher": publisher_of}  # pyright: ignore[reportUnknownMemberType]
    return made


def link_maker(request: Request) -> Callable[..., str]:
    """Return a function `link(path, **parameters)` for links within the site.

    It leaves out parameters without a value and keeps the `lang` of the request.
    """
    chosen = request.query_params.get("lang")

    def link(path: str, **parameters: Any) -> str:
        given = {"lang": chosen if chosen in languages.LANGUAGES else None} | parameters
        pairs = {key: value for key, value in given.items() if value not in (None, "", [])}
        return quote(path, safe="/:") + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")

    return link


def switches(request: Request, language: str) -> list[tuple[str, str, str]]:
    """Return `(code, name, address)` of this page in every other language."""
    if len(request.url.path) + len(request.url.query) > LONGEST_KEPT:
        return [(code, name, f"/?lang={code}") for code, name in languages.LANGUAGES.items() if code != language]
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    path = quote(request.url.path, safe="/:")
    return [
        (code, name, f"{path}?{urlencode([*kept, ('lang', code)])}")
        for code, name in languages.LANGUAGES.items()
        if code != language
    ]


def _here(request: Request) -> str:
    """Return the path and query of the request; empty if longer than `MAX_ADDRESS_LENGTH`."""
    path, query = quote(request.url.path, safe="/:"), request.url.query
    address = f"{path}?{query}" if query else path
    return address if len(address) <= LONGEST_KEPT else ""


def render(
    request: Request,
    template: str,
    values: Mapping[str, Any] | None = None,
    /,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return a page in the language of the request.

    The context of the template is the shared values below, then `values`, then keyword arguments.
    """
    service = service_of(request)
    language = language_of(request) if status == 200 else language_for(request)
    words, labels = Words(language), Labels(service.schema, language)
    context: dict[str, Any] = {
        "t": words,
        "language": language,
        "label": labels,
        "suggesting": partial(suggestion_words, words, labels),
        "link": link_maker(request),
        "switches": switches(request, language),
        "date": partial(languages.date, language=language),
        "number": partial(languages.number, language=language),
        "called": partial(service.called, language),
        "static": address_of,
        "licence": LICENCE,
        "release": service.marker.known() and service.release(),
        "schema": service.schema,
        "kept_language": request.query_params.get("lang") if request.query_params.get("lang") == language else "",
        "path": request.url.path,
        "menu": request.app.state.menu,
        "current": current,
        "share": None,
        "site_card": f"/card.png?lang={language}",
        "locales": sorted(languages.LOCALES.items(), key=lambda pair: pair[0] != language),
        "public_url": service.settings.public_url,
        "here": _here(request),
    }
    text = environment().get_template(template).render(context | dict(values or {}) | more)
    sent = {"Content-Security-Policy": policy_of(request.url.path), "Content-Language": language} | dict(headers or {})
    return Response(text.encode(errors="replace"), status, sent, "text/html; charset=utf-8")


def suggestion_words(t: Words, label: Labels) -> str:
    """Return the texts that `suggest.js` shows, as JSON in the language of the page."""
    # The script cannot format dates, so former names have a text without one.
    ways = {way: t("suggested_former" if way == "former" else f"matched_{way}") for way in WAYS}
    words = {"label": t("suggestions"), "one": t("suggested_1"), "many": t("suggested")}
    return json.dumps({**words, "types": label.types(), "ways": ways}, ensure_ascii=False)
