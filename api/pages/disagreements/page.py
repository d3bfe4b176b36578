"""The pages of disagreements: the list by what they change, and one disagreement with its evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import BadParameter
from ....graph.model.objects import DisagreementJson, ReadingJson, Row, StatementJson
from ....graph.reader.objects import ArticleJson
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import PageRoute, validate_choice
from ...presenters.disagreements import concerned_ids, effect_of, in_order_of_effect
from ...presenters.evidence import Sources, StatementEvidence
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .._base.share import disagreement_share

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/disagreements", "nav_disagreements", "menu_check", 1, header_order=7),)
PAGE_SIZE = 50
"""Disagreements on one page of the list."""


@router.get("/disagreements")
def disagreements(
    request: Request,
    changes: str = "",
    kind: str = "",
    article: str = "",
    entity: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The disagreements with their readings, those that change an answer first; filtered by effect, kind and so on."""
    service = service_of(request)
    sources = Sources(service)
    effects, kinds = list(service.schema.disagreement_effects), list(service.schema.disagreement_kinds)
    validate_choice("changes", changes or None, effects)
    validate_choice("kind", kind or None, kinds)
    validate_choice("article", article or None, list(sources.articles))
    all_items = in_order_of_effect(_with_evidence(service, service.graph.disagreements(), sources))
    ids_by_item = {item["id"]: _concerned_ids(item) for item in all_items}
    if entity and not any(entity in ids for ids in ids_by_item.values()):
        service.graph.entity(entity)  # raises the right error for an id that was never there, merged or removed
    matches = [
        item
        for item in all_items
        if changes in ("", effect_of(item))
        and kind in ("", item["kind"])
        and (not article or article in _article_ids(item))
        and (not entity or entity in ids_by_item[item["id"]])
    ]
    pages = max(1, -(-len(matches) // PAGE_SIZE))
    if page > pages:
        raise BadParameter(f"page: found {page}; expected 1 to {pages}")
    start = PAGE_SIZE * (page - 1)
    page_items = matches[start : start + PAGE_SIZE]
    link = link_maker(request)
    filters = {"changes": changes, "kind": kind, "article": article, "entity": entity}
    return render(
        request,
        "disagreements.html",
        filters,
        count=len(matches),
        total=len(all_items),
        undecided=sum(item["preferred"] is None for item in matches),
        groups=[(key, [item for item in page_items if effect_of(item) == key]) for key in effects],
        counts=Counter(effect_of(item) for item in matches),
        effects=Counter(effect_of(item) for item in all_items),
        kinds={key: n for key in kinds if (n := sum(item["kind"] == key for item in all_items))},
        articles=_with_counts(
            sources.articles.values(), Counter(id for item in all_items for id in _article_ids(item))
        ),
        topics=_topic_counts(all_items, ids_by_item),
        outcomes=_outcomes(service, page_items),
        previous_url=link("/disagreements", **filters, page=page - 1) if page > 1 else None,
        next_url=link("/disagreements", **filters, page=page + 1) if page < pages else None,
    )


@router.get("/disagreements/{id}")
def disagreement(request: Request, id: str) -> Response:
    """One disagreement: readings with their passages, why one is preferred, and what the outcome changes."""
    service = service_of(request)
    record = _with_evidence(service, [service.graph.disagreement(id)], Sources(service))[0]
    topic_ids = {topic["id"] for topic in record["about"]}
    related_items = in_order_of_effect(
        item for item in service.graph.disagreements() if item["id"] != id and topic_ids & set(item["about"])
    )
    cards = {card["id"]: card for card in service.graph.cards(topic_ids)}
    return render(
        request,
        "disagreement.html",
        item=record,
        share=disagreement_share(service, record, language_of(request)),
        topics=[cards[topic["id"]] for topic in record["about"]],
        outcomes=_outcomes(service, [record]),
        related_items=related_items,
    )


def statements_of(item: Row) -> list[StatementEvidence]:
    """Return the evidence of all readings."""
    return [evidence for reading in item["readings"] for evidence in reading["evidence"]]


def _article_ids(item: Row) -> set[str]:
    return {evidence.article["id"] for evidence in statements_of(item) if evidence.article}


def _with_counts(items: Iterable[ArticleJson], counts: Counter[str]) -> list[tuple[ArticleJson, int]]:
    return [(item, counts[item["id"]]) for item in items if counts[item["id"]]]


def _concerned_ids(item: Row) -> set[str]:
    statements = [cast("StatementJson", evidence.statement) for evidence in statements_of(item)]
    return concerned_ids((topic["id"] for topic in item["about"]), statements)


def _topic_counts(items: Iterable[Row], ids_by_item: Mapping[str, set[str]]) -> list[tuple[Row, int]]:
    """Return the entities that disagreements are about, by name, each with the number of those that concern it."""
    topics = {topic["id"]: topic for item in items for topic in item["about"]}
    counts = Counter(id for ids in ids_by_item.values() for id in ids & topics.keys())
    return sorted(
        ((topics[id], count) for id, count in counts.items()), key=lambda pair: (pair[0]["name"], pair[0]["id"])
    )


def _outcomes(service: Service, items: Iterable[Row]) -> dict[str, list[dict[str, Any]]]:
    """Return what the outcome of each disagreement changes, by its id.

    These are edges (with their current status; `indicator` is None) and measured values (`subject`, `indicator`). The
    key `names` maps entity ids to names.
    """
    statements_by_item = {
        item["id"]: [cast("StatementJson", evidence.statement) for evidence in statements_of(item)] for item in items
    }
    edges = service.graph.edges_of(
        statement["id"] for statements in statements_by_item.values() for statement in statements
    )
    names = service.graph.names({edge[end] for edge in edges for end in ("subject", "object")})
    names |= service.graph.names(
        {statement["subject"] for statements in statements_by_item.values() for statement in statements}
    )
    outcomes: dict[str, list[dict[str, Any]]] = {}
    for id, statements in statements_by_item.items():
        ids = {statement["id"] for statement in statements}
        affected_edges = [edge for edge in edges if ids & set(edge["statements"])]
        measured = dict.fromkeys(
            (statement["subject"], statement["indicator"]) for statement in statements if "indicator" in statement
        )
        outcomes[id] = [{"indicator": None, **edge} for edge in affected_edges]
        outcomes[id] += [{"subject": subject, "indicator": indicator} for subject, indicator in measured]
        for change in outcomes[id]:
            change["names"] = names
    return outcomes


def _with_evidence(service: Service, items: list[DisagreementJson], sources: Sources) -> list[Row]:
    """Return disagreements with `about` as `{id, name}` and the `evidence` of each reading."""
    statements_by_id = service.graph.statements_by_id(
        statement_id for item in items for reading in item["readings"] for statement_id in reading["statements"]
    )
    names = service.graph.names(key for item in items for key in item["about"])

    def with_evidence(reading: ReadingJson) -> Row:
        statements = (statements_by_id[key] for key in reading["statements"] if key in statements_by_id)
        return {**reading, "evidence": sources.sorted_evidence(statements)}

    return [
        {
            **{"gloss": None, "preferred": None, "reason": None, **item},
            "about": [{"id": key, "name": names.get(key, key)} for key in item["about"]],
            "readings": [with_evidence(reading) for reading in item["readings"]],
        }
        for item in items
    ]
