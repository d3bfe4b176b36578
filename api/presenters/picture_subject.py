"""Subgraphs to draw: the neighbourhood of an entity, a province, a query's answers, paths, or the whole graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...graph.catalogue.parameters import RawParameters
from ...graph.catalogue.query import Query, bind
from ...graph.errors import BadParameter
from ...graph.reader.objects import GraphNode, Paths, Subgraph
from ...graph.reader.reader import Graph
from ...graph.reader.subgraphs import DEFAULT_NODES
from ..i18n.words import Words
from ..service.service import Service
from .paths_request import path_options_from_query
from .query_table import entity_ids

MAX_CHOSEN = 100
"""Maximum number of chosen entities of a picture."""
MAX_EXPANDED = 30
"""Maximum number of expanded nodes in a picture."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture shows: an entity, a province, a query, paths or chosen entities; else the whole graph."""

    entity: str = ""
    province: str = ""
    query: Query | None = None
    arguments: RawParameters = field(default_factory=dict[str, str | list[str]])
    paths: Mapping[str, str] = field(default_factory=dict[str, str])
    """Query parameters of a path search, such as `from` and `to`."""
    depth: int = 1
    limit: int = DEFAULT_NODES
    borders: bool = False
    """Whether edge types that are drawn only on request (borders) are drawn."""
    ids: Sequence[str] = ()
    """Ids of chosen entities."""


def read_subgraph(graph: Graph, subject: Subject, expand: Sequence[str] = ()) -> Subgraph:
    """Read the subgraph that a picture shows, with the neighbours of expanded nodes (ids in `expand`).

    Raises `BadParameter` for more than one subject or too many expanded nodes.
    """
    selectors = (subject.entity, subject.province, subject.query, subject.paths, subject.ids)
    if sum(map(bool, selectors)) > 1:
        raise BadParameter(
            "found more than one of entity, province, query, ids, and paths (from, to); expected one of them"
        )
    if len(subject.ids) > MAX_CHOSEN:
        raise BadParameter(f"ids: found {len(subject.ids)} ids; expected at most {MAX_CHOSEN}")
    if len(expand) > MAX_EXPANDED:
        raise BadParameter(f"expand: found {len(expand)} ids; expected at most {MAX_EXPANDED}")
    limit, predicates = subject.limit, None if subject.borders else graph.schema.drawn_edge_types
    if subject.entity:
        subgraph = graph.neighbourhood(subject.entity, depth=subject.depth, limit=limit, predicates=predicates)
    elif subject.province:
        subgraph = graph.province_subgraph(subject.province, limit=limit, predicates=predicates)
    elif subject.query:
        subgraph = query_subgraph(graph, subject.query, subject.arguments, limit, predicates)
    elif subject.paths:
        subgraph, predicates = paths_subgraph(graph, subject.paths), None
    elif subject.ids:
        subgraph = graph.induced_subgraph(subject.ids, limit=MAX_CHOSEN, predicates=predicates)
    else:
        subgraph = graph.best_connected(limit=limit, predicates=predicates)
    expanded = graph.expand(subgraph, expand, predicates=predicates)
    if missing_ids := sorted(set(subject.ids).difference(node["id"] for node in subgraph["nodes"])):
        expanded["unknown_ids"] = [*expanded.get("unknown_ids", ()), *missing_ids]
    return expanded


def with_display_names(service: Service, subgraph: Subgraph, language: str) -> Subgraph:
    """Return a subgraph whose nodes have their display name in a language, and the `language` of that name."""
    nodes: list[GraphNode] = []
    for node in subgraph["nodes"]:
        display_name = service.display_name(language, node["id"], node["name"])
        nodes.append({**node, "name": display_name.text, "language": display_name.language})
    return {**subgraph, "nodes": nodes}


def picture_heading(subject: Subject, subgraph: Subgraph, language: str) -> str:
    """Return the heading of a picture."""
    words = Words(language)
    if subject.query:
        question = subject.query.question_vi if language == "vi" else subject.query.question_en
        near_miss_count = subgraph.get("near_misses", 0)
        return words("near_misses_of", n=near_miss_count, question=question) if near_miss_count else question
    if subject.ids:
        return words("own_picture")
    names = {node["id"]: str(node["name"]) for node in subgraph["nodes"]}
    if subject.paths:
        return " – ".join(names.get(subject.paths[end], subject.paths[end]) for end in ("from", "to"))
    centre = names.get(subgraph["centre"] or "", "")
    return words("in_and_around", name=centre) if subject.province else centre or words("whole")


def query_subgraph(
    graph: Graph, query: Query, arguments: RawParameters, limit: int, predicates: Sequence[str] | None = None
) -> Subgraph:
    """Return the subgraph of the entities named by a query's answers (if there are none, near misses) and arguments.

    Shaped like a neighbourhood without a centre, plus `near_misses`: their number if they are shown instead of answers.
    """
    arguments = graph.resolve_names(query.name, arguments)
    result = graph.query(query.name, arguments)
    near_misses = [] if result["rows"] else result["near_misses"]
    ids = entity_ids(query, result["rows"] or near_misses)
    if ids:
        bound_values = bind(query, arguments)
        ids |= {
            str(bound_values[name])
            for name, param in query.params.items()
            if param.type == "entity" and bound_values[name]
        }
    return {**graph.induced_subgraph(ids, limit=limit, predicates=predicates), "near_misses": len(near_misses)}


def paths_subgraph(graph: Graph, query_params: Mapping[str, str]) -> Subgraph:
    """Return the best paths between two entities as a subgraph; raises `BadParameter` without both `from` and `to`."""
    if not query_params.get("from") or not query_params.get("to"):
        raise BadParameter("found one end; expected both from and to")
    return subgraph_of_paths(
        graph.paths(query_params["from"], query_params["to"], path_options_from_query(query_params))
    )


def subgraph_of_paths(path_result: Paths) -> Subgraph:
    """Return the result of a path search as a subgraph, shaped like a neighbourhood without a centre."""
    edges = {edge["id"]: edge for path in path_result["paths"] for step in path["steps"] for edge in step["edges"]}
    return {"nodes": [*path_result["entities"]], "edges": [*edges.values()], "left_out": 0, "centre": None}
