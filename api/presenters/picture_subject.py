"""Subgraphs to draw: the neighbourhood of an entity, a province, a query's answers, paths, or the whole graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...graph.catalogue.parameters import Given
from ...graph.catalogue.query import Query, bind
from ...graph.errors import BadParameter
from ...graph.reader.reader import Graph
from ...graph.reader.subgraphs import USUAL
from ..i18n.words import Words
from ..service.service import Service
from .paths_request import asked_of
from .query_table import row_entities

MOST_EXPANDED = 30
"""Maximum number of expanded nodes in a picture."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture shows: an entity, a province, a query or paths; if none is set, the whole graph."""

    entity: str = ""
    province: str = ""
    query: Query | None = None
    given: Given = field(default_factory=dict[str, str | list[str]])
    paths: Mapping[str, str] = field(default_factory=dict[str, str])
    """Query parameters of a path search, such as `from` and `to`."""
    depth: int = 1
    limit: int = USUAL


def part_of(graph: Graph, subject: Subject, expand: Sequence[str] = ()) -> dict[str, Any]:
    """Read the subgraph that a picture shows, with the neighbours of expanded nodes (ids in `expand`).

    Raises `BadParameter` for more than one subject or too many expanded nodes.
    """
    if sum(bool(one) for one in (subject.entity, subject.province, subject.query, subject.paths)) > 1:
        raise BadParameter("found more than one of entity, province, query, and paths (from, to); expected one of them")
    if len(expand) > MOST_EXPANDED:
        raise BadParameter(f"expand: found {len(expand)} ids; expected at most {MOST_EXPANDED}")
    if subject.entity:
        found = graph.neighbourhood(subject.entity, depth=subject.depth, limit=subject.limit)
    elif subject.province:
        found = graph.cluster(subject.province, limit=subject.limit)
    elif subject.query:
        found = part_of_query(graph, subject.query, subject.given, subject.limit)
    elif subject.paths:
        found = part_of_paths(graph, subject.paths)
    else:
        found = graph.whole(limit=subject.limit)
    return graph.widened(found, expand)


def with_names(service: Service, found: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a subgraph whose nodes have their display name in a language, and the `language` of that name."""
    nodes: list[dict[str, Any]] = []
    for node in found["nodes"]:
        own = service.called(language, node["id"], node["name"])
        nodes.append(node | {"name": own.text, "language": own.language})
    return {**found, "nodes": nodes}


def heading_of(subject: Subject, found: Mapping[str, Any], language: str) -> str:
    """Return the heading of a picture."""
    words = Words(language)
    if subject.query:
        question = subject.query.question_vi if language == "vi" else subject.query.question_en
        near = found["near_misses"]
        return words("near_misses_of", n=near, question=question) if near else question
    names = {node["id"]: str(node["name"]) for node in found["nodes"]}
    if subject.paths:
        return " – ".join(names.get(subject.paths[end], subject.paths[end]) for end in ("from", "to"))
    centre = names.get(found["centre"], "")
    return words("in_and_around", name=centre) if subject.province else centre or words("whole")


def part_of_query(graph: Graph, query: Query, given: Given, limit: int) -> dict[str, Any]:
    """Return the subgraph of the entities named by a query's answers (if there are none, near misses) and arguments.

    Shaped like a neighbourhood without a centre, plus `near_misses`: their number if they are shown instead of answers.
    """
    result = graph.query(query.name, given)
    near: list[Mapping[str, Any]] = [] if result["rows"] else result["near_misses"]
    wanted = row_entities(query, result["rows"] or near)
    if wanted:
        asked = bind(query, given)
        wanted |= {str(asked[name]) for name, param in query.params.items() if param.type == "entity" and asked[name]}
    return graph.among(wanted, limit=limit) | {"near_misses": len(near)}


def part_of_paths(graph: Graph, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the best paths between two entities as a subgraph; raises `BadParameter` without both `from` and `to`."""
    if not given.get("from") or not given.get("to"):
        raise BadParameter("found one end; expected both from and to")
    return drawn_paths(graph.paths(given["from"], given["to"], asked_of(given)))


def drawn_paths(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a path search as a subgraph, shaped like a neighbourhood without a centre."""
    edges = {edge["id"]: edge for path in found["paths"] for step in path["steps"] for edge in step["edges"]}
    return {"nodes": found["entities"], "edges": list(edges.values()), "left_out": 0, "centre": None}
