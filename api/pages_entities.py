"""The search page and the page of an entity."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.checks import StrictRoute, value_of
from vnkg.api.envelope import cursor_after, place_of
from vnkg.api.evidence import Shown, Sources
from vnkg.api.labels import Labels
from vnkg.api.lookups import names_by_id, statements_by_id
from vnkg.api.render import language_of, link_maker, render
from vnkg.api.service import Service, service_of
from vnkg.api.share import entity_share
from vnkg.api.words import Words
from vnkg.graph import picture
from vnkg.graph.errors import BadParameter
from vnkg.graph.schema import schema

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
HITS = 50
LISTED = 200
STILL_NODES = 40
"""Nodes of the still picture on an entity's page; the moving one shows more."""
Lang = Annotated[str | None, Query()]


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=2_000)] = "",
    type: str = "",
    exact: bool = False,
    lang: Lang = None,  # noqa: ARG001
) -> Response:
    """Entities whose name matches, and near spellings marked as such."""
    service = service_of(request)
    value_of("type", type or None, list(service.schema.nodes))
    text, refusal, found = q.strip(), None, []
    if text:
        try:
            found = service.graph.search(text, exact=exact, type=type or None, limit=HITS + 1)
        except BadParameter as error:
            refusal = error
    return render(
        request,
        "search.html",
        status=refusal.status if refusal else 200,
        text=text[:200],
        type=type,
        exact=exact,
        refusal=str(refusal) if refusal else None,
        hits=[hit for hit in found[:HITS] if hit["how"] != "near"],
        near=[hit for hit in found[:HITS] if hit["how"] == "near"],
        more=len(found) > HITS,
        json=link_maker(request)("/api/v1/search", q=text, exact="true" if exact else None, type=type, lang=None),
    )


@router.get("/entities")
def entities(
    request: Request,
    type: str = "",
    cursor: str | None = None,
    lang: Lang = None,  # noqa: ARG001
) -> Response:
    """All entities of a type, by id, in pages."""
    service = service_of(request)
    value_of("type", type or None, list(service.schema.nodes))
    found = service.graph.entities(type=type or None, after=place_of(request, cursor), limit=LISTED + 1)
    following = cursor_after(request, found[LISTED - 1]["id"]) if len(found) > LISTED else None
    link = link_maker(request)
    return render(
        request,
        "entities.html",
        type=type,
        entities=found[:LISTED],
        following=link("/entities", type=type, cursor=following) if following else None,
        json=link("/api/v1/entities", type=type, lang=None),
    )


@router.get("/entities/{id}")
def entity(request: Request, id: str, lang: Lang = None) -> Response:  # noqa: ARG001
    """Names, status, edges with their evidence, disagreements and a picture."""
    service = service_of(request)
    found = service.graph.entity(id)
    language = language_of(request)
    labels = Labels(service.schema, language)
    sources = Sources(service)
    statements = {item["id"]: item for item in all_statements(service, id)}
    groups = list(edge_groups(found["edges"], labels, Words(language), sources, statements))
    used = {name for edge in found["edges"] for name in edge["statements"]}
    others = sources.all_shown(item for key, item in statements.items() if key not in used)
    return render(
        request,
        "entity.html",
        entity=found,
        heading=_heading(found, language),
        share=entity_share(service, id, language),
        attributes=labels.attributes(found),
        names=_names(found["names"], sources),
        groups=groups,
        others=_others(others, labels, Words(language)),
        mentions=[{"article": sources.article(one["article"]), "lines": one["lines"]} for one in found["mentions"]],
        disagreements=disagreements_shown(service, found["disagreements"], sources),
        picture=_still(service, id, language),
    )


def all_statements(service: Service, id: str) -> list[dict[str, Any]]:
    """Return every statement in which an entity takes part."""
    found: list[dict[str, Any]] = []
    size = 500
    while True:
        after = found[-1]["id"] if found else None
        part = service.graph.statements(id, after=after, limit=size)
        found += part
        if len(part) < size:
            return found


def edge_groups(
    edges: list[dict[str, Any]],
    labels: Labels,
    words: Words,
    sources: Sources,
    statements: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:
    """Yield edges by type and direction, in the schema's order."""
    order = {key: place for place, key in enumerate(schema().edges)}

    def place(edge: Mapping[str, Any]) -> tuple[int, bool]:
        return order.get(edge["predicate"], len(order)), edge["direction"] == "in"

    for _, group in groupby(sorted(edges, key=place), key=place):
        members = list(group)
        predicate, direction = members[0]["predicate"], members[0]["direction"]
        title = labels.edge(predicate)
        if direction == "in" and not schema().edges[predicate].symmetric:
            title = words("incoming", edge=title)
        yield {
            "predicate": predicate,
            "direction": direction,
            "title": title[:1].upper() + title[1:],
            "edges": [
                edge
                | {
                    "qualifiers": labels.qualifiers(predicate, edge),
                    "shown": sources.all_shown(statements[key] for key in edge["statements"] if key in statements),
                }
                for edge in members
            ],
        }


def disagreements_shown(service: Service, items: list[dict[str, Any]], sources: Sources) -> list[dict[str, Any]]:
    """Return disagreements with the names of what they are about and the evidence of each reading."""
    told = statements_by_id(service.graph, (k for item in items for one in item["readings"] for k in one["statements"]))
    names = names_by_id(service.graph, (key for item in items for key in item["about"]))

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


def _others(shown: list[Shown], labels: Labels, words: Words) -> list[tuple[str, list[Shown]]]:
    """Return what is said beside the edges: measurements by indicator, claims by type, the rest."""
    found: dict[str, list[Shown]] = {}
    for one in shown:
        said = one.statement
        if said["kind"] == "measurement":
            title = str(said["indicator"]).replace("_", " ")
        elif said["kind"] == "claim":
            title = labels.term(labels.schema.claim_types, said["claim_type"])
        else:
            title = words("relations_of_others")
        found.setdefault(title, []).append(one)
    return sorted(found.items())


def _heading(entity: Mapping[str, Any], language: str) -> str:
    own = [name["text"] for name in entity["names"] if name["language"] == language and name["kind"] == "name"]
    return own[0] if own else str(entity["name"])


def _names(names: list[dict[str, Any]], sources: Sources) -> list[dict[str, Any]]:
    """Return each name once, with all the articles that use it."""
    merged: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name in names:
        one = merged.setdefault((name["text"], name["language"], name["kind"]), name | {"articles": []})
        if name.get("article"):
            one["articles"].append(sources.article(name["article"]))
    return list(merged.values())


def _still(service: Service, id: str, language: str) -> Markup | None:
    around = service.graph.neighbourhood(id, depth=1, limit=STILL_NODES)
    if not around["edges"]:
        return None
    drawn = picture.picture_of(around, service.schema, language)
    return Markup(picture.svg(drawn, service.schema, language))  # noqa: S704  made by us, names escaped there
