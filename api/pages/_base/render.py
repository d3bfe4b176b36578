"""Pages: templates, the words they use, and the headers that keep them closed to everything from elsewhere."""

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

# No nonce: no page holds a script or style of its own, so a kept page stays right and nothing inline can ever run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EMBEDDED = "/embed/"
"""Pages made for frames in other people's pages; nothing else can be framed."""
LONGEST_KEPT = 4_000
"""Longest address that a page repeats in its links; a longer one is an error's."""


def policy_of(path: str) -> str:
    """Return the Content-Security-Policy of a page."""
    return POLICY.replace("frame-ancestors 'none'", "frame-ancestors *") if path.startswith(EMBEDDED) else POLICY


def _templates() -> dict[str, str]:
    """Return the templates in the folders of the pages by the file's name, which is the page's own."""
    found: dict[str, str] = {}
    for path, text in resources.files("vnkg.api.pages", "*/*.html"):
        name = path.rpartition("/")[2]
        if name in found:
            raise DeclarationError(f"{path}: found another template of this name; expected each name once")
        found[name] = text
    return found


@cache
def environment() -> Environment:
    """Return the templates of all pages, each by its file's name."""
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
    """Return what makes links of ours: parameters without a value are left out, a chosen language is kept."""
    chosen = request.query_params.get("lang")

    def link(path: str, **parameters: Any) -> str:
        given = {"lang": chosen if chosen in languages.LANGUAGES else None} | parameters
        pairs = {key: value for key, value in given.items() if value not in (None, "", [])}
        return quote(path, safe="/:") + (f"?{urlencode(pairs, doseq=True)}" if pairs else "")

    return link


def switches(request: Request, language: str) -> list[tuple[str, str, str]]:
    """Return for each other language its code, its name, and this page's address in it."""
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
    """Return a page's address within the site; nothing for one too long to be repeated."""
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
    """Return a page in the language of the request."""
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
    """Return as JSON what a form with suggestions tells the script, in the language of the page."""
    # The script writes no dates.
    ways = {way: t("suggested_former" if way == "former" else f"matched_{way}") for way in WAYS}
    words = {"label": t("suggestions"), "one": t("suggested_1"), "many": t("suggested")}
    return json.dumps({**words, "types": label.types(), "ways": ways}, ensure_ascii=False)
