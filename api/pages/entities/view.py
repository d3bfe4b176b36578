"""Reads the data of an entity page and builds the context of its template."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from ....graph.pictures import page as picture_page
from ....graph.pictures.from_graph import picture_of
from ...i18n.labels import Labels
from ...presenters.evidence import Item, Sources
from ...presenters.truncated import beginning
from ...service.service import Service
from .._base.citation import citation
from .._base.share import Share, entity_share
from .claims import by_and_about
from .disagreements import Doubts
from .evidence_budget import Shelf
from .names import heading_of, language_of, names_of
from .not_stated import Open, left_open, speaking
from .numbers import indicators_of
from .relations import groups_of
from .timeline import article_days, timeline_of

STILL_NODES = 40
"""Maximum number of nodes in the static picture; the interactive one shows more."""
MOST_STATEMENTS = 2_000
"""Maximum number of statements that the page uses; the list of statements has all."""
TIMELINE = "timeline"
COMPARED = ("Province", "Agency", "Fund")
"""Types that link to the comparison page."""
Json = Mapping[str, Any]


class Way(NamedTuple):
    """A link to a page that takes an entity as parameter; `title_key` is the key of its text."""

    address: str
    word: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """The data of an entity page in one language, as read from the graph."""

    entity: Json
    statements: dict[str, Item]
    more: bool
    disagreements: list[Json]
    dated: list[Json]
    name_of: dict[str, str]
    sources: Sources
    open: list[Open]
    picture: Markup | None
    share: Share


def read(service: Service, id: str, language: str) -> Read:
    """Read the data of an entity page.

    Raises `NotFound`, `Moved` or `Gone` like the API.
    """
    graph = service.graph
    entity = graph.entity(id)
    told = graph.all_statements(id, MOST_STATEMENTS + 1)
    statements: dict[str, Item] = {said["id"]: said for said in told[:MOST_STATEMENTS]}
    if len(told) > MOST_STATEMENTS:  # the evidence of every edge, even if it is not among the first
        statements |= graph.statements_by_id({key for edge in entity["edges"] for key in edge["statements"]})
    concerning = {item["id"]: item for item in (*entity["disagreements"], *graph.disagreements_on(statements))}
    return Read(
        entity,
        statements,
        len(told) > MOST_STATEMENTS,
        [{"preferred": None, "gloss": ""} | item for item in concerning.values()],
        _dated(service, id),
        graph.names(_mentioned(statements.values())),
        Sources(service),
        left_open(service, entity, list(statements.values()), language),
        _still(service, id, language),
        entity_share(service, id, language),
    )


def view(service: Service, known: Read, language: str, most: int) -> dict[str, Any]:
    """Return the context of the template, with at most `limit` lines in each list."""
    labels, entity, statements = Labels(service.schema, language), known.entity, known.statements
    shelf, doubts = Shelf(known.sources, statements), Doubts(known.disagreements)
    groups = list(groups_of(entity, labels, shelf, doubts, most))
    own = [said for said in statements.values() if said["kind"] == "measurement" and said["subject"] == entity["id"]]
    indicators = indicators_of(own, entity.get("extent_changed_on"), shelf, doubts, most)
    used = {key for edge in entity["edges"] for key in edge["statements"]} | {said["id"] for said in own}
    by, about = by_and_about(entity["id"], statements.values(), used, labels, shelf, doubts, most)
    names, heading = names_of(entity["names"], known.sources), heading_of(entity, language)
    return {
        "entity": entity,
        "share": known.share,
        "heading": heading,
        "heading_language": language_of(entity, heading, language),
        "main_language": language_of(entity, entity["name"], language),
        "attributes": labels.attributes(entity),
        "edges_of": _edges_of(entity, most),
        "names": beginning(names, most),
        "name_of": known.name_of,
        "groups": groups,
        "indicators": beginning(indicators, most),
        "by": by,
        "about": about,
        "shelf": shelf,
        "doubts": doubts,
        "name_doubts": doubts.on_names((name.text for name in names), "names"),
        "disagreements": beginning(known.disagreements, most),
        "speaking": speaking(entity, statements.values()),
        "open": known.open,
        "timeline": beginning(timeline_of(entity, known.dated, labels), most),
        "article_days": beginning(article_days(statements.values(), known.sources), most),
        "sources": beginning(_sources(known), most),
        "tables": _tables(statements.values()),
        "statements": len(statements),
        "more": known.more,
        "ways": list(_ways(entity)),
        "picture": known.picture,
        "citation": citation(
            heading, f"{service.settings.public_url}/entities/{entity['id']}", service.release(), language
        ),
    }


def _ways(entity: Json) -> Iterator[Way]:
    """Yield links to the pages that take the entity as parameter."""
    found = [
        Way("/picture", "moving_picture", {"entity": entity["id"]}),
        Way("/paths", "entity_paths_from", {"from": entity["id"]}),
    ]
    if entity["type"] in COMPARED:
        found.append(Way("/compare", "entity_compare_it", {"ids": entity["id"]}))
    yield from found


def _edges_of(entity: Json, most: int) -> dict[str, list[Json]]:
    """Return the edges that define an entity: mergers, roles, its issuer, and those that determine its status."""
    wanted = {
        "merged_in": (("MERGED_INTO",), "in"),
        "merged_into": (("MERGED_INTO",), "out"),
        "roles": (("HOLDS_ROLE",), "out"),
        "issued": (("ISSUED",), "in"),
        "status": (("PROPOSES", "PLANS", "OPERATES"), "in"),
    }
    return {
        name: [edge for edge in entity["edges"] if edge["predicate"] in predicates and edge["direction"] == direction][
            :most
        ]
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


def _sources(known: Read) -> Iterator[dict[str, Any]]:
    """Yield the articles that mention an entity or state something about it.

    Each is `{article, statements, lines}`: the number of statements, and the lines of the mentions.
    """
    counts = Counter(said["article"] for said in known.statements.values() if "article" in said)
    lines = {mention["article"]: mention["lines"] for mention in known.entity["mentions"]}
    for key in sorted(counts.keys() | lines.keys()):
        yield {"article": known.sources.article(key), "statements": counts[key], "lines": lines.get(key, [])}


def _tables(statements: Any) -> list[tuple[str, str]]:
    """Return `(source, checked_on)` of the reference tables that statements come from."""
    return sorted({(said["source"], said.get("checked_on", "")) for said in statements if "source" in said})


def _still(service: Service, id: str, language: str) -> Markup | None:
    around = service.graph.neighbourhood(id, depth=1, limit=STILL_NODES)
    if not around["edges"]:
        return None
    drawn = picture_of(around, service.schema, language)
    return Markup(picture_page.svg(drawn, service.schema, language))  # noqa: S704  generated by us with escaped names
