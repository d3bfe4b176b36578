"""What a query answers, and paths, as a part of the graph that can be drawn."""

from collections.abc import Mapping
from typing import Any

from vnkg.api.tables import row_entities
from vnkg.graph.catalogue import Query, bind
from vnkg.graph.parameters import Given
from vnkg.graph.reader import Graph
from vnkg.graph.surroundings import MOST


def part_of_query(graph: Graph, query: Query, given: Given, limit: int) -> dict[str, Any]:
    """Return what was asked about, what the answers (or without one the near misses) name, and the edges among it.

    Shaped as a neighbourhood without a centre.
    """
    result = graph.query(query.name, given)
    wanted = row_entities(query, result["rows"] or result["near_misses"])
    if wanted:
        asked = bind(query, given)
        wanted |= {str(asked[name]) for name, param in query.params.items() if param.type == "entity" and asked[name]}
    whole = graph.whole(limit=MOST)
    nodes = [node for node in whole["nodes"] if node["id"] in wanted][:limit]
    kept = {node["id"] for node in nodes}
    edges = [edge for edge in whole["edges"] if edge["subject"] in kept and edge["object"] in kept]
    return {"nodes": nodes, "edges": edges, "left_out": len(wanted) - len(kept), "centre": None}


def part_of_paths(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entities and edges of paths, shaped as a neighbourhood without a centre."""
    edges = {edge["id"]: edge for path in found["paths"] for step in path["steps"] for edge in step["edges"]}
    return {"nodes": found["entities"], "edges": list(edges.values()), "left_out": 0, "centre": None}
