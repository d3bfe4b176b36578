"""All that the page of an entity shows, put together from what is read of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from vnkg.api.behind import Shelf
from vnkg.api.citation import citation
from vnkg.api.doubts import Doubts
from vnkg.api.entity_claims import by_and_about
from vnkg.api.entity_numbers import indicators_of
from vnkg.api.entity_relations import groups_of
from vnkg.api.entity_timeline import article_days, timeline_of
from vnkg.api.evidence import Sources
from vnkg.api.labels import Labels
from vnkg.api.lookups import all_statements, names_by_id
from vnkg.api.menu import MENU
from vnkg.api.not_stated import left_open, speaking
from vnkg.api.service import Service
from vnkg.api.share import entity_share
from vnkg.graph import picture

STILL_NODES = 40
"""Nodes of the still picture; the moving one shows more."""
MOST_STATEMENTS = 2_000
"""Most statements that the page itself speaks of; the list of statements has them all."""
TIMELINE = "timeline"
COMPARED = ("Province", "Agency", "Fund")
"""Types that the page of comparisons takes."""
Json = Mapping[str, Any]


class Way(NamedTuple):
    """A page that takes an entity: its address, the word for the link, and what it is asked."""

    address: str
    word: str
    parameters: dict[str, str]


def view(service: Service, id: str, language: str) -> dict[str, Any]:
    """Return the values of the template; raise `NotFound`, `Moved` or `Gone` as the JSON does."""
    graph, labels = service.graph, Labels(service.schema, language)
    entity = graph.entity(id)
    sources = Sources(service)
    told = all_statements(graph, id, MOST_STATEMENTS + 1)
    statements = {said["id"]: said for said in told[:MOST_STATEMENTS]}
    concerning = {item["id"]: item for item in (*entity["disagreements"], *graph.disagreements_on(statements))}
    shelf, doubts = Shelf(sources, statements), Doubts(list(concerning.values()))
    groups = list(groups_of(entity, labels, shelf, doubts))
    own = [said for said in statements.values() if said["kind"] == "measurement" and said["subject"] == id]
    indicators = list(indicators_of(own, entity.get("extent_changed_on"), shelf, doubts))
    used = {key for edge in entity["edges"] for key in edge["statements"]} | {said["id"] for said in own}
    by, about = by_and_about(id, statements.values(), used, labels, shelf, doubts)
    names = _names(entity["names"], sources)
    timeline = timeline_of(entity, _dated(service, id), labels)
    cited = sorted({said["article"] for said in statements.values() if "article" in said})
    heading = _heading(entity, language)
    return {
        "entity": entity,
        "share": entity_share(service, id, language),
        "heading": heading,
        "heading_language": _language_of(entity, heading, language),
        "main_language": _language_of(entity, entity["name"], language),
        "attributes": labels.attributes(entity),
        "edges_of": _edges_of(entity),
        "names": names,
        "name_of": names_by_id(graph, _mentioned(statements.values())),
        "groups": groups,
        "indicators": indicators,
        "by": by,
        "about": about,
        "shelf": shelf,
        "doubts": doubts,
        "name_doubts": doubts.on_names((name["text"] for name in names), "names"),
        "disagreements": [{"preferred": None, "gloss": ""} | item for item in concerning.values()],
        "speaking": speaking(entity, statements.values()),
        "open": left_open(service, entity, list(statements.values()), language),
        "timeline": timeline,
        "article_days": article_days(statements.values(), sources),
        "sources": [_source(key, entity, statements.values(), sources) for key in _articles(entity, cited)],
        "tables": _tables(statements.values()),
        "statements": len(statements),
        "more": len(told) > MOST_STATEMENTS,
        "ways": list(_ways(entity)),
        "picture": _still(service, id, language),
        "citation": citation(heading, _address(service, f"/entities/{id}"), service.release(), language),
    }


def _ways(entity: Json) -> Iterator[Way]:
    """Yield the pages of the menu that one may go on to from an entity."""
    there = {address for _, pages in MENU for address, _ in pages}
    found = [
        Way("/picture", "moving_picture", {"entity": entity["id"]}),
        Way("/paths", "entity_paths_from", {"from": entity["id"]}),
    ]
    if entity["type"] in COMPARED:
        found.append(Way("/compare", "entity_compare_it", {"ids": entity["id"]}))
    yield from (way for way in found if way.address in there)


def _address(service: Service, path: str) -> str:
    return service.settings.public_url.rstrip("/") + path


def _heading(entity: Json, language: str) -> str:
    """Return the name that heads the page: in its language where there is one."""
    kinds = ("name", "translation")
    own = [name for name in entity["names"] if name["language"] == language and name["kind"] in kinds]
    return min(own, key=lambda name: kinds.index(name["kind"]))["text"] if own else entity["name"]


def _language_of(entity: Json, text: str, language: str) -> str:
    """Return the language of a name, that of the page where it is one of several; nothing where it is not known."""
    found = {name["language"] for name in entity["names"] if name["text"] == text}
    return language if language in found else min(found, default="")


def _names(names: list[dict[str, Any]], sources: Sources) -> list[dict[str, Any]]:
    """Return each name once, with all the articles that use it."""
    merged: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name in names:
        one = merged.setdefault((name["text"], name["language"], name["kind"]), name | {"articles": []})
        if name.get("article"):
            one["articles"].append(sources.article(name["article"]))
    return sorted(merged.values(), key=lambda name: (name["language"] not in ("vi", "en"), name["language"]))


def _edges_of(entity: Json) -> dict[str, list[Json]]:
    """Return the edges that say what an entity is: mergers, offices, who issued it, what its status follows from."""
    wanted = {
        "merged_in": (("MERGED_INTO",), "in"),
        "merged_into": (("MERGED_INTO",), "out"),
        "roles": (("HOLDS_ROLE",), "out"),
        "issued": (("ISSUED",), "in"),
        "status": (("PROPOSES", "PLANS", "OPERATES"), "in"),
    }
    return {
        name: [edge for edge in entity["edges"] if edge["predicate"] in predicates and edge["direction"] == direction]
        for name, (predicates, direction) in wanted.items()
    }


def _mentioned(statements: Any) -> set[str]:
    return {
        key
        for said in statements
        for key in (said["subject"], said.get("object"), said.get("speaker"), *said.get("about", ()))
        if key
    }


def _dated(service: Service, id: str) -> list[Json]:
    if TIMELINE not in service.queries:
        return []
    return service.graph.query(TIMELINE, {"entity": id, "only_own_dates": "true"})["rows"]


def _articles(entity: Json, cited: Sequence[str]) -> list[str]:
    return sorted({*cited, *(mention["article"] for mention in entity["mentions"])})


def _source(key: str, entity: Json, statements: Any, sources: Sources) -> dict[str, Any]:
    return {
        "article": sources.article(key),
        "statements": sum(said.get("article") == key for said in statements),
        "lines": [line for mention in entity["mentions"] if mention["article"] == key for line in mention["lines"]],
    }


def _tables(statements: Any) -> list[tuple[str, str]]:
    """Return the reference tables that statements come from, with the day they were checked."""
    return sorted({(said["source"], said.get("checked_on", "")) for said in statements if "source" in said})


def _still(service: Service, id: str, language: str) -> Markup | None:
    around = service.graph.neighbourhood(id, depth=1, limit=STILL_NODES)
    if not around["edges"]:
        return None
    drawn = picture.picture_of(around, service.schema, language)
    return Markup(picture.svg(drawn, service.schema, language))  # noqa: S704  made by us, names escaped there
