"""What this is, how it is made and meant, and the schema with its picture."""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph import exports
from ....graph.errors import codes
from ....graph.model.schema import schema
from ....graph.pictures import page as picture_page
from ....graph.pictures.from_schema import schema_picture
from ....graph.pictures.svg import kind_sample
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...presenters.evidence import Sources
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/about", "nav_about", "menu_about", 1, head=9), MenuEntry("/schema", "nav_schema", "menu_about", 2))
Lang = Annotated[str | None, Query()]
LISTS = (
    "statuses", "bases", "implementations", "value_statuses", "comparators", "units", "claim_types",
    "disagreement_kinds", "name_kinds",
)  # fmt: skip
COUNTED = {"statuses": "by_status", "bases": "by_basis"}
"""Closed lists whose words the data report counts statements by."""


@router.get("/schema")
def schema_(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """Types, statuses and closed lists, with how much there is of each."""
    service, language, found = service_of(request), language_of(request), schema()
    report = service.graph.report() if service.marker.known() else None
    return render(
        request,
        "schema.html",
        picture=_drawn(language),
        samples={key: Markup(kind_sample(node)) for key, node in found.nodes.items()},  # noqa: S704
        entities=report["entities"]["by_type"] if report else {},
        edges={key: counts["edges"] for key, counts in report["edges"]["by_type"].items()} if report else {},
        lists=[(name, getattr(found, name)) for name in LISTS],
        counts={name: report["statements"][key] for name, key in COUNTED.items()} if report else {},
    )


@cache
def _drawn(language: str) -> Markup:
    """Return the picture of the schema; it is the same until another version is installed."""
    drawn = picture_page.svg(schema_picture(schema(), language), schema(), language)
    return Markup(drawn)  # noqa: S704  made by us, names escaped there


@router.get("/about")
def about(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """Method, limits, numbers, licence, formats, and what the codes of problems mean."""
    service = service_of(request)
    loaded = service.marker.known() is not None
    return render(
        request,
        "about.html",
        numbers=_numbers(service) if loaded else None,
        example=_example(service) if loaded else None,
        codes=codes(),
        formats=[module.name for module in pkgutil.iter_modules(exports.__path__)],
        version=version("vnkg"),
    )


def _numbers(service: Service) -> dict[str, Any]:
    """Return what the release holds, and how much of what articles tell rests on one origin."""
    report, articles = service.graph.report(), service.graph.articles()
    edges: Mapping[str, int] = report["edges"]
    told = edges["single_origin"] + edges["several_origins"]
    return {
        "articles": len(articles),
        "languages": _each(article["language"] for article in articles),
        "origins": len({article["origin"] for article in articles}),
        "statements": report["statements"]["total"],
        "bases": report["statements"]["by_basis"],
        "entities": report["entities"]["total"],
        "edges": edges["total"],
        "told": told,
        "single": edges["single_origin"],
        "share": percent(edges["single_origin"], told),
        "disagreements": report["disagreements"],
        "sentences": sum(article["sentences"] for article in articles),
    }


def percent(part: int, whole: int) -> float:
    """Return a share in per cent, cut after the first decimal: what is not all of it is never called 100.

    >>> percent(266, 267), percent(9_999, 10_000), percent(3, 3), percent(0, 0)
    (99.6, 99.9, 100, 0)
    """
    tenths = 1000 * part // whole if whole else 0
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def _each(words: Iterable[str]) -> list[tuple[str, int]]:
    """Return each word once with how often it stands, most frequent first."""
    found = list(words)
    return sorted(((word, found.count(word)) for word in set(found)), key=lambda pair: (-pair[1], pair[0]))


def _example(service: Service) -> dict[str, Any] | None:
    """Return an edge with the statements that it adds up, each with its article."""
    edge = service.graph.worked_example()
    if edge is None:
        return None
    told = service.graph.statements_by_id(edge["statements"])
    return edge | {"shown": Sources(service).all_shown(told[key] for key in edge["statements"])}
