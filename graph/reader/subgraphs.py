"""Subgraphs for pictures: neighbourhoods, induced subgraphs, provinces, and the best connected entities."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from ..engines.bolt import Engine
from ..errors import BadParameter, PictureTooBig
from ..messages import did_you_mean, quote_for_message
from ..model.objects import Row
from ..model.schema import Schema
from ..store.ownership import reader_cypher
from .degrees import RANKING_SIZE, DegreeRanking
from .objects import Expansion, GraphEdge, GraphNode, Subgraph

MIN_NODES, DEFAULT_NODES, MAX_NODES = 1, 300, RANKING_SIZE
"""Nodes of a subgraph: minimum limit, default and maximum."""
MAX_DEPTH = 4
"""Maximum distance from the centre, in edges."""
HUB_NEIGHBOURS = 20
"""Number of neighbours above which a province's subgraph does not continue through an entity."""
MAX_EXPANSION = 40
"""Maximum number of nodes that one expansion adds."""
_EDGE_DETAILS = ("due", "alternative", "operator", "edition", "implementation")


class SubgraphReader:
    """Reads subgraphs over an engine, without mentions.

    Each is `{nodes, edges, left_out, centre}`; `left_out` is the number of nodes beyond `limit`. `predicates` are the
    edge types that count, None for all. A limit out of range raises `PictureTooBig` or `BadParameter`.
    """

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema

    def neighbourhood(self, centre: str, depth: int, limit: int, predicates: Sequence[str] | None) -> Subgraph:
        """Return the entities at most `depth` edges from a centre, nearest first, and the edges between them.

        At equal distance, entities whose edges have more independent origins come first, then by id.
        """
        if not 1 <= depth <= MAX_DEPTH:
            raise BadParameter(f"depth: found {depth}; expected a whole number from 1 to {MAX_DEPTH}")
        _check_limit(limit)
        edge_types = self._check_predicates(predicates)
        visited_ids, shown_ids, frontier = {centre}, [centre], [centre]
        for _step in range(depth):
            frontier = self._new_neighbours(frontier, visited_ids, edge_types)
            visited_ids.update(frontier)
            shown_ids += frontier[: max(limit - len(shown_ids), 0)]
            if not frontier:
                break
        return self._subgraph(shown_ids, edge_types, len(visited_ids), centre)

    def best_connected(
        self, limit: int, ranking: DegreeRanking, release: str, predicates: Sequence[str] | None
    ) -> Subgraph:
        """Return the entities with the most neighbours, and the edges between them."""
        _check_limit(limit)
        subgraph = ranking.cached_subgraph(release)
        if subgraph is None:
            edge_types = self._check_predicates(None)
            degrees, total = ranking.best_connected(self._engine, release, self._schema.drawn_edge_types)
            subgraph = self._subgraph(list(degrees), edge_types, total)
            subgraph["nodes"] = [{**node, "ties": degrees[node["id"]]} for node in subgraph["nodes"]]
            ranking.cache_subgraph(release, subgraph)
        nodes = subgraph["nodes"][:limit]
        node_ids = {node["id"] for node in nodes}
        return {
            "nodes": nodes,
            "edges": [
                edge
                for edge in subgraph["edges"]
                if edge["subject"] in node_ids
                and edge["object"] in node_ids
                and (predicates is None or edge["predicate"] in predicates)
            ],
            "left_out": subgraph["left_out"] + len(subgraph["nodes"]) - len(nodes),
            "centre": None,
        }

    def whole(self) -> Subgraph:
        """Return all entities, sorted by id, and the edges between them."""
        ids = [row["id"] for row in self._engine.read(reader_cypher("entity_ids"))]
        return self._subgraph(ids, self._check_predicates(None), len(ids))

    def induced_subgraph(self, ids: Collection[str], limit: int, predicates: Sequence[str] | None) -> Subgraph:
        """Return some entities, those with the most edges between them first, and the edges between them."""
        _check_limit(limit)
        edge_types = self._check_predicates(predicates)
        degrees = Counter(endpoint for edge in self._edges(ids, edge_types) for endpoint in _endpoints(edge))
        ranked_ids = sorted(set(ids), key=lambda entity: (-degrees[entity], entity))
        return self._subgraph(ranked_ids[:limit], edge_types, len(ranked_ids))

    def province_subgraph(self, province: str, limit: int, predicates: Sequence[str] | None) -> Subgraph:
        """Return a province, its neighbours, and the neighbours of those that belong to it.

        An entity belongs to the province if it has no other province as a neighbour and at most `HUB_NEIGHBOURS`
        neighbours, or if it is a province that was merged into it. So a resolution, sector or meeting that many
        provinces share is shown, but the subgraph does not continue through it.
        """
        _check_limit(limit)
        edge_types = self._check_predicates(predicates)
        visited_ids = {province}
        direct_ids = self._new_neighbours([province], visited_ids, edge_types)
        visited_ids.update(direct_ids)
        rows = self._engine.read(
            reader_cypher("ties"), {"ids": direct_ids, "predicates": edge_types, "province": province}
        )
        own_ids = [row["id"] for row in rows if row["merged"] or _belongs_to_province(row, self._schema)]
        indirect_ids = self._new_neighbours(own_ids, visited_ids, edge_types)
        shown_ids = [province, *direct_ids, *indirect_ids]
        return self._subgraph(shown_ids[:limit], edge_types, len(shown_ids), province)

    def expand(self, subgraph: Subgraph, ids: Sequence[str], predicates: Sequence[str] | None) -> Subgraph:
        """Return a subgraph with the neighbours of some of its entities added, one entity after the other.

        `expansions` lists per entity the added ids and the number left out, `unknown_ids` the
        ids that are not in the subgraph. `ties` of a node is its number of neighbours in the whole graph; it is not
        computed (None) for more than `DEFAULT_NODES` + `MAX_EXPANSION` nodes.
        """
        edge_types = self._check_predicates(predicates)
        node_ids = [node["id"] for node in subgraph["nodes"]]
        included_ids = set(node_ids)
        expansions: list[Expansion] = []
        unknown_ids: list[str] = []
        for entity in dict.fromkeys(ids):
            if entity not in included_ids:
                unknown_ids.append(entity)
                continue
            neighbours = self._new_neighbours([entity], included_ids, edge_types)
            new_ids = neighbours[: max(0, min(MAX_EXPANSION, MAX_NODES - len(node_ids)))]
            node_ids += new_ids
            included_ids.update(new_ids)
            expansions.append({"id": entity, "added_ids": new_ids, "left_out": len(neighbours) - len(new_ids)})
        expanded_subgraph = self._subgraph(node_ids, edge_types, len(node_ids)) if expansions else subgraph
        degrees = {node["id"]: node["ties"] for node in subgraph["nodes"] if "ties" in node}
        if len(node_ids) <= DEFAULT_NODES + MAX_EXPANSION and len(degrees) < len(node_ids):
            parameters = {"ids": node_ids, "predicates": edge_types, "province": ""}
            degrees = {row["id"]: row["ties"] for row in self._engine.read(reader_cypher("ties"), parameters)}
        nodes: list[GraphNode] = [{**node, "ties": degrees.get(node["id"])} for node in expanded_subgraph["nodes"]]
        return {
            **subgraph,
            "nodes": nodes,
            "edges": expanded_subgraph["edges"],
            "expansions": expansions,
            "unknown_ids": unknown_ids,
        }

    def _check_predicates(self, predicates: Sequence[str] | None) -> list[str]:
        edge_types = [key for key, edge in self._schema.edges.items() if not edge.derived]
        for name in predicates or ():
            if name not in edge_types:
                raise BadParameter(
                    f"predicates: found {quote_for_message(name)}; expected edge types{did_you_mean(name, edge_types)}"
                )
        return list(predicates or edge_types)

    def _new_neighbours(
        self, start: Sequence[str], visited_ids: Collection[str], predicates: Sequence[str]
    ) -> list[str]:
        """Return neighbours that are not in `visited_ids`, those whose edges have more independent origins first."""
        origins: dict[str, int] = defaultdict(int)
        for row in (
            self._engine.read(reader_cypher("expand"), {"ids": start, "predicates": predicates}) if start else ()
        ):
            for endpoint in (row["subject"], row["object"]):
                if endpoint not in visited_ids:
                    origins[endpoint] += row["origins"] or 0
        return sorted(origins, key=lambda entity: (-origins[entity], entity))

    def _edges(self, ids: Collection[str], predicates: Sequence[str]) -> list[GraphEdge]:
        """Return the edges between some entities, sorted by id."""
        rows = (
            self._engine.read(reader_cypher("edges_among"), {"ids": sorted(ids), "predicates": predicates})
            if ids
            else ()
        )
        return sorted(map(_graph_edge, rows), key=lambda edge: edge["id"])

    def _subgraph(
        self, ids: Sequence[str], predicates: Sequence[str], total: int, centre: str | None = None
    ) -> Subgraph:
        nodes = {row["id"]: row for row in self._engine.read(reader_cypher("nodes"), {"ids": list(ids)})} if ids else {}
        return {
            "nodes": [cast("GraphNode", nodes[entity]) for entity in ids if entity in nodes],
            "edges": self._edges(ids, predicates),
            "left_out": total - len(ids),
            "centre": centre,
        }


def _graph_edge(row: Row) -> GraphEdge:
    edge = row["edge"]
    endpoints = {"id": edge["id"], "subject": row["subject"], "predicate": row["predicate"], "object": row["object"]}
    values = {key: edge.get(key) for key in ("status", "basis", "as_of", "articles", "origins", "holds", "statements")}
    values["disagreements"] = edge.get("disagreements") or []
    details = {key: edge[key] for key in _EDGE_DETAILS if edge.get(key) is not None}
    return cast("GraphEdge", endpoints | values | details)


def _endpoints(edge: GraphEdge) -> tuple[str, str]:
    return edge["subject"], edge["object"]


def _belongs_to_province(row: Mapping[str, Any], schema: Schema) -> bool:
    """Return True if an entity (a row of `cypher/ties.cypher`) belongs to the province alone."""
    node_type = schema.node_type_of(row["id"])
    return (
        not row["elsewhere"] and row["ties"] <= HUB_NEIGHBOURS and node_type is not None and node_type.key != "Province"
    )


def _check_limit(limit: int) -> None:
    if limit > MAX_NODES:
        raise PictureTooBig(f"limit: found {limit:,} nodes; expected at most {MAX_NODES:,}")
    if limit < MIN_NODES:
        raise BadParameter(f"limit: found {limit}; expected a whole number from {MIN_NODES} to {MAX_NODES}")
