"""Subgraphs for pictures: neighbourhoods, induced subgraphs, provinces, and the best connected entities."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..engines.bolt import Engine, Json
from ..errors import BadParameter, PictureTooBig
from ..messages import meant, shown
from ..model.schema import Schema
from ..store.ownership import cypher
from .degrees import RANKED, Ranking

FEWEST, USUAL, MOST = 1, 300, RANKED
"""Nodes of a subgraph: minimum limit, default and maximum."""
DEEPEST = 4
"""Maximum distance from the centre, in edges."""
HUB = 20
"""Number of neighbours above which a province's subgraph does not continue through an entity."""
BROUGHT = 40
"""Maximum number of nodes that one expansion adds."""


class Surroundings:
    """Reads subgraphs over an engine, without mentions.

    Each is `{nodes, edges, left_out, centre}`; `left_out` is the number of nodes beyond `limit`. A limit out of range
    raises `PictureTooBig` or `BadParameter`.
    """

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema

    def around(self, centre: str, depth: int, limit: int, predicates: Sequence[str] | None) -> Json:
        """Return the entities at most `depth` edges from a centre, nearest first, and the edges between them.

        At equal distance, entities whose edges have more independent origins come first, then by id.
        """
        if not 1 <= depth <= DEEPEST:
            raise BadParameter(f"depth: found {depth}; expected a whole number from 1 to {DEEPEST}")
        _check_limit(limit)
        wanted = self._predicates(predicates)
        reached, shown_ids, frontier = {centre}, [centre], [centre]
        for _step in range(depth):
            frontier = self._step(frontier, reached, wanted)
            reached.update(frontier)
            shown_ids += frontier[: max(limit - len(shown_ids), 0)]
            if not frontier:
                break
        return self._part(shown_ids, wanted, len(reached)) | {"centre": centre}

    def best_connected(self, limit: int, ranking: Ranking, release: str) -> Json:
        """Return the entities with the most neighbours, and the edges between them."""
        _check_limit(limit)
        whole = ranking.part(release)
        if whole is None:
            wanted = self._predicates(None)
            ties, of = ranking.best(self._engine, release, wanted)
            whole = self._part(list(ties), wanted, of)
            whole["nodes"] = [node | {"ties": ties[node["id"]]} for node in whole["nodes"]]
            ranking.remember(release, whole)
        nodes = whole["nodes"][:limit]
        inside = {node["id"] for node in nodes}
        return {
            "nodes": nodes,
            "edges": [edge for edge in whole["edges"] if edge["subject"] in inside and edge["object"] in inside],
            "left_out": whole["left_out"] + len(whole["nodes"]) - len(nodes),
            "centre": None,
        }

    def among(self, ids: Collection[str], limit: int) -> Json:
        """Return some entities, those with the most edges between them first, and the edges between them."""
        _check_limit(limit)
        wanted = self._predicates(None)
        degree = Counter(end for edge in self._edges(ids, wanted) for end in _ends(edge))
        kept = sorted(set(ids), key=lambda entity: (-degree[entity], entity))
        return self._part(kept[:limit], wanted, len(kept)) | {"centre": None}

    def cluster(self, province: str, limit: int) -> Json:
        """Return a province, its neighbours, and the neighbours of those that belong to it.

        An entity belongs to the province if it has no other province as a neighbour and at most `HUB_NEIGHBOURS`
        neighbours, or if it is a province that was merged into it. So a resolution, sector or meeting that many
        provinces share is shown, but the subgraph does not continue through it.
        """
        _check_limit(limit)
        wanted = self._predicates(None)
        reached = {province}
        first = self._step([province], reached, wanted)
        reached.update(first)
        rows = self._engine.read(cypher("ties"), {"ids": first, "predicates": wanted, "province": province})
        own = [row["id"] for row in rows if row["merged"] or _is_own(row, self._schema)]
        second = self._step(own, reached, wanted)
        shown_ids = [province, *first, *second]
        return self._part(shown_ids[:limit], wanted, len(shown_ids)) | {"centre": province}

    def widened(self, part: Json, ids: Sequence[str]) -> Json:
        """Return a subgraph with the neighbours of some of its entities added, one entity after the other.

        `expanded` lists per entity the added ids and the number left out (`{id, brought, left_out}`), `strangers` the
        ids that are not in the subgraph. `ties` of a node is its number of neighbours in the whole graph; it is not
        computed (None) for more than `DEFAULT_NODES` + `MAX_EXPANSION` nodes.
        """
        wanted = self._predicates(None)
        inside = [node["id"] for node in part["nodes"]]
        there = set(inside)
        expanded: list[Json] = []
        strangers: list[str] = []
        for entity in dict.fromkeys(ids):
            if entity not in there:
                strangers.append(entity)
                continue
            around = self._step([entity], there, wanted)
            fresh = around[: max(0, min(BROUGHT, MOST - len(inside)))]
            inside += fresh
            there.update(fresh)
            expanded.append({"id": entity, "brought": fresh, "left_out": len(around) - len(fresh)})
        found = self._part(inside, wanted, len(inside)) if expanded else part
        ties = {node["id"]: node["ties"] for node in part["nodes"] if "ties" in node}
        if len(inside) <= USUAL + BROUGHT and len(ties) < len(inside):
            parameters = {"ids": inside, "predicates": wanted, "province": ""}
            ties = {row["id"]: row["ties"] for row in self._engine.read(cypher("ties"), parameters)}
        nodes = [node | {"ties": ties.get(node["id"])} for node in found["nodes"]]
        return part | {"nodes": nodes, "edges": found["edges"], "expanded": expanded, "strangers": strangers}

    def _predicates(self, asked: Sequence[str] | None) -> list[str]:
        known = [key for key, edge in self._schema.edges.items() if not edge.derived]
        for name in asked or ():
            if name not in known:
                raise BadParameter(f"predicates: found {shown(name)}; expected edge types{meant(name, known)}")
        return list(asked or known)

    def _step(self, start: Sequence[str], reached: Collection[str], predicates: Sequence[str]) -> list[str]:
        """Return neighbours that are not in `visited_ids`, those whose edges have more independent origins first."""
        weight: dict[str, int] = defaultdict(int)
        for row in self._engine.read(cypher("expand"), {"ids": start, "predicates": predicates}) if start else ():
            for end in (row["subject"], row["object"]):
                if end not in reached:
                    weight[end] += row["origins"] or 0
        return sorted(weight, key=lambda entity: (-weight[entity], entity))

    def _edges(self, ids: Collection[str], predicates: Sequence[str]) -> list[Json]:
        """Return the edges between some entities, sorted by id."""
        rows = self._engine.read(cypher("edges_among"), {"ids": sorted(ids), "predicates": predicates}) if ids else ()
        return sorted((_edge(row) for row in rows), key=lambda edge: edge["id"])

    def _part(self, ids: Sequence[str], predicates: Sequence[str], of: int) -> Json:
        nodes = {row["id"]: row for row in self._engine.read(cypher("nodes"), {"ids": list(ids)})} if ids else {}
        return {
            "nodes": [nodes[entity] for entity in ids if entity in nodes],
            "edges": self._edges(ids, predicates),
            "left_out": of - len(ids),
        }


def _edge(row: Mapping[str, Any]) -> Json:
    edge: Mapping[str, Any] = row["edge"]
    ends = {"id": edge["id"], "subject": row["subject"], "predicate": row["predicate"], "object": row["object"]}
    return ends | {key: edge.get(key) for key in ("status", "basis", "as_of", "articles", "origins")}


def _ends(edge: Json) -> tuple[str, str]:
    return edge["subject"], edge["object"]


def _is_own(row: Mapping[str, Any], schema: Schema) -> bool:
    """Return True if an entity (a row of `cypher/ties.cypher`) belongs to the province alone."""
    kind = schema.node_of(row["id"])
    return not row["elsewhere"] and row["ties"] <= HUB and kind is not None and kind.key != "Province"


def _check_limit(limit: int) -> None:
    if limit > MOST:
        raise PictureTooBig(f"limit: found {limit:,} nodes; expected at most {MOST:,}")
    if limit < FEWEST:
        raise BadParameter(f"limit: found {limit}; expected a whole number from {FEWEST} to {MOST}")
