"""Parts of the graph for pictures: what lies around an entity, step by step, and the best connected of all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vnkg.graph.engine import Engine
from vnkg.graph.errors import BadParameter, PictureTooBig
from vnkg.graph.objects import Json, text
from vnkg.graph.schema import Schema
from vnkg.graph.spelling import meant, shown

FEWEST, USUAL, MOST = 1, 300, 2000
"""Nodes of one part: the least that may be asked for, the default, and the most."""
DEEPEST = 4
"""Most steps away from the centre."""


class Surroundings:
    """Reads parts of the graph over an engine; articles' mentions are left out."""

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema

    def around(self, centre: str, depth: int, limit: int, predicates: Sequence[str] | None) -> Json:
        """Return the entities at most `depth` edges from a centre, nearest first, and the edges among them.

        Of those equally far the ones tied by more independent tellings are kept, then by the alphabet.
        """
        if not 1 <= depth <= DEEPEST:
            raise BadParameter(f"depth: found {depth}; expected a whole number from 1 to {DEEPEST}")
        _check_limit(limit)
        wanted = self._predicates(predicates)
        reached, shown_ids, frontier = {centre}, [centre], [centre]
        edges: dict[str, Json] = {}
        for _step in range(depth):
            weight = self._step(frontier, reached, wanted, edges)
            frontier = sorted(weight, key=lambda entity: (-weight[entity], entity))
            reached.update(frontier)
            shown_ids += frontier[: max(limit - len(shown_ids), 0)]
            if not frontier:
                break
        # The edges among the outermost ones are known only when they are looked at too.
        self._step([entity for entity in frontier if entity in set(shown_ids)], reached, wanted, edges)
        return self._part(shown_ids, edges, len(reached)) | {"centre": centre}

    def best_connected(self, limit: int) -> Json:
        """Return the entities with most edges, and the edges among them."""
        _check_limit(limit)
        wanted = self._predicates(None)
        rows = self._engine.read(text("best_connected"), {"predicates": wanted})
        kept = [row["id"] for row in rows[:limit]]
        edges: dict[str, Json] = {}
        self._step(kept, set(), wanted, edges)
        return self._part(kept, edges, len(rows)) | {"centre": None}

    def _predicates(self, asked: Sequence[str] | None) -> list[str]:
        known = [key for key, edge in self._schema.edges.items() if not edge.derived]
        for name in asked or ():
            if name not in known:
                raise BadParameter(f"predicates: found {shown(name)}; expected edge types{meant(name, known)}")
        return list(asked or known)

    def _step(
        self, start: Iterable[str], reached: set[str], predicates: Sequence[str], edges: dict[str, Json]
    ) -> Mapping[str, int]:
        """Add the edges of some entities, and return those not reached yet with the tellings that tie them."""
        weight: dict[str, int] = defaultdict(int)
        parameters = {"ids": list(start), "predicates": predicates}
        for row in self._engine.read(text("expand"), parameters) if parameters["ids"] else ():
            edge = _edge(row)
            edges[edge["id"]] = edge
            for end in (edge["subject"], edge["object"]):
                if end not in reached:
                    weight[end] += edge["origins"] or 0
        return weight

    def _part(self, ids: Sequence[str], edges: Mapping[str, Json], of: int) -> Json:
        inside = set(ids)
        nodes = {row["id"]: row for row in self._engine.read(text("nodes"), {"ids": list(ids)})}
        among = [edge for edge in edges.values() if edge["subject"] in inside and edge["object"] in inside]
        return {
            "nodes": [nodes[entity] for entity in ids if entity in nodes],
            "edges": sorted(among, key=lambda edge: edge["id"]),
            "left_out": of - len(ids),
        }


def _edge(row: Mapping[str, Any]) -> Json:
    edge: Mapping[str, Any] = row["edge"]
    ends = {"id": edge["id"], "subject": row["subject"], "predicate": row["predicate"], "object": row["object"]}
    return ends | {key: edge.get(key) for key in ("status", "basis", "as_of", "articles", "origins")}


def _check_limit(limit: int) -> None:
    if limit > MOST:
        raise PictureTooBig(f"limit: found {limit:,} nodes; expected at most {MOST:,}")
    if limit < FEWEST:
        raise BadParameter(f"limit: found {limit}; expected a whole number from {FEWEST} to {MOST}")
