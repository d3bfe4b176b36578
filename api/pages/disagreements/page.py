"""The pages of disagreements: the list by kind, and one disagreement with its evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import BadParameter
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute, value_of
from ...presenters.evidence import Shown, Sources
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .._base.share import disagreement_share

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/disagreements", "nav_disagreements", "menu_check", 1, head=7),)
MOST_LISTED = 50
"""Disagreements on one page of the list."""
Item = Mapping[str, Any]
Lang = Annotated[str | None, Query()]


@router.get("/disagreements")
def disagreements(
    request: Request,
    kind: str = "",
    article: str = "",
    entity: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    lang: Lang = None,  # noqa: ARG001
) -> Response:
    """The disagreements, filtered by kind, article or entity, with their readings."""
    service = service_of(request)
    sources = Sources(service)
    kinds = list(service.schema.disagreement_kinds)
    value_of("kind", kind or None, kinds)
    value_of("article", article or None, list(sources.articles))
    everything = _with_evidence(service, service.graph.disagreements(), sources)
    if entity and entity not in {one["id"] for item in everything for one in item["about"]}:
        service.graph.entity(entity)  # raises the right error for an id that was never there, merged or removed
    found = [
        item
        for item in everything
        if kind in ("", item["kind"])
        and (not article or article in _articles(item))
        and (not entity or entity in [one["id"] for one in item["about"]])
    ]
    found.sort(key=lambda item: kinds.index(item["kind"]))
    pages = max(1, -(-len(found) // MOST_LISTED))
    if page > pages:
        raise BadParameter(f"page: found {page}; expected 1 to {pages}")
    first = MOST_LISTED * (page - 1)
    listed = found[first : first + MOST_LISTED]
    link = link_maker(request)
    filters = {"kind": kind, "article": article, "entity": entity}
    return render(
        request,
        "disagreements.html",
        filters,
        count=len(found),
        total=len(everything),
        undecided=sum(item["preferred"] is None for item in found),
        groups=[(key, [item for item in listed if item["kind"] == key]) for key in kinds],
        counts=Counter(item["kind"] for item in found),
        kinds=Counter(item["kind"] for item in everything),
        articles=_with_counts(sources.articles.values(), Counter(id for item in everything for id in _articles(item))),
        about=_about(everything),
        changes=_changes(service, listed),
        earlier=link("/disagreements", **filters, page=page - 1) if page > 1 else None,
        later=link("/disagreements", **filters, page=page + 1) if page < pages else None,
    )


@router.get("/disagreements/{id}")
def disagreement(request: Request, id: str, lang: Lang = None) -> Response:  # noqa: ARG001
    """One disagreement: readings with their passages, why one is preferred, and what the outcome changes."""
    service = service_of(request)
    found = _with_evidence(service, [service.graph.disagreement(id)], Sources(service))[0]
    about = {one["id"] for one in found["about"]}
    others = [item for item in service.graph.disagreements() if item["id"] != id and about & set(item["about"])]
    cards = {card["id"]: card for card in service.graph.cards(about)}
    return render(
        request,
        "disagreement.html",
        item=found,
        share=disagreement_share(service, found, language_of(request)),
        about=[cards[one["id"]] for one in found["about"]],
        changes=_changes(service, [found]),
        others=others,
    )


def statements_of(item: Item) -> list[Shown]:
    """Return the evidence of all readings."""
    return [shown for reading in item["readings"] for shown in reading["shown"]]


def _articles(item: Item) -> set[str]:
    return {shown.article["id"] for shown in statements_of(item) if shown.article}


def _with_counts(items: Iterable[Item], counts: Counter[str]) -> list[tuple[Item, int]]:
    return [(item, counts[item["id"]]) for item in items if counts[item["id"]]]


def _about(items: Iterable[Item]) -> list[tuple[Item, int]]:
    """Return the entities that the disagreements are about, by name, each with the number of disagreements."""
    named = {one["id"]: one for item in items for one in item["about"]}
    counts = Counter(one["id"] for item in items for one in item["about"])
    return sorted(
        ((named[id], count) for id, count in counts.items()), key=lambda pair: (pair[0]["name"], pair[0]["id"])
    )


def _changes(service: Service, items: Iterable[Item]) -> dict[str, list[dict[str, Any]]]:
    """Return what the outcome of each disagreement changes, by its id.

    These are edges (with their current status; `indicator` is None) and measured values (`subject`, `indicator`). The
    key `names` maps entity ids to names.
    """
    told = {item["id"]: [shown.statement for shown in statements_of(item)] for item in items}
    edges = service.graph.edges_of(said["id"] for statements in told.values() for said in statements)
    names = service.graph.names({edge[end] for edge in edges for end in ("subject", "object")})
    names |= service.graph.names({said["subject"] for statements in told.values() for said in statements})
    found: dict[str, list[dict[str, Any]]] = {}
    for id, statements in told.items():
        ids = {said["id"] for said in statements}
        here = [edge for edge in edges if ids & set(edge["statements"])]
        measured = dict.fromkeys((said["subject"], said["indicator"]) for said in statements if "indicator" in said)
        found[id] = [{"indicator": None, **edge} for edge in here]
        found[id] += [{"subject": subject, "indicator": indicator} for subject, indicator in measured]
        for change in found[id]:
            change["names"] = names
    return found


def _with_evidence(service: Service, items: list[dict[str, Any]], sources: Sources) -> list[dict[str, Any]]:
    """Return disagreements with `about` as `{id, name}` and the `evidence` of each reading."""
    told = service.graph.statements_by_id(k for item in items for one in item["readings"] for k in one["statements"])
    names = service.graph.names(key for item in items for key in item["about"])

    def reading(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"shown": sources.all_shown(told[key] for key in one["statements"] if key in told)}

    return [
        {"gloss": None, "preferred": None, "reason": None}
        | item
        | {
            "about": [{"id": key, "name": names.get(key, key)} for key in item["about"]],
            "readings": [reading(one) for one in item["readings"]],
        }
        for item in items
    ]
