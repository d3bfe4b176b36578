"""Parts of the graph for pictures: what lies around an entity, step by step, and the best connected of all."""

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
"""Nodes of one part: the least that may be asked for, the default, and the most."""
DEEPEST = 4
"""Most steps away from the centre."""
HUB = 20
"""Ties above which an entity is a hub: a province's cluster does not lead on through it."""
BROUGHT = 40
"""Nodes that one expansion brings at most."""


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
        for _step in range(depth):
            frontier = self._step(frontier, reached, wanted)
            reached.update(frontier)
            shown_ids += frontier[: max(limit - len(shown_ids), 0)]
            if not frontier:
                break
        return self._part(shown_ids, wanted, len(reached)) | {"centre": centre}

    def best_connected(self, limit: int, ranking: Ranking, release: str) -> Json:
        """Return the entities with most ties, and the edges among them."""
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
        """Return entities by id, the best connected among them first, and the edges among them."""
        _check_limit(limit)
        wanted = self._predicates(None)
        degree = Counter(end for edge in self._edges(ids, wanted) for end in _ends(edge))
        kept = sorted(set(ids), key=lambda entity: (-degree[entity], entity))
        return self._part(kept[:limit], wanted, len(kept)) | {"centre": None}

    def cluster(self, province: str, limit: int) -> Json:
        """Return what lies in and around a province: what is tied to it, and what is tied to those that are its own.

        Its own is what is tied to no other province and to at most `HUB` entities, and a province that was merged into
        it: so a resolution, a sector or a meeting that many share is shown, but leads no further.
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
        """Return a part with what lies one edge from some of its entities, one after the other.

        `expanded` says what each brought and how many it left out (`{id, brought, left_out}`), `strangers` which ids
        are not in the part. In a part of usual size every node has its `ties`, drawn
        or not; in a bigger one they are None.
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
        """Return the neighbours of some entities that are not reached yet, those tied by more tellings first."""
        weight: dict[str, int] = defaultdict(int)
        for row in self._engine.read(cypher("expand"), {"ids": start, "predicates": predicates}) if start else ():
            for end in (row["subject"], row["object"]):
                if end not in reached:
                    weight[end] += row["origins"] or 0
        return sorted(weight, key=lambda entity: (-weight[entity], entity))

    def _edges(self, ids: Collection[str], predicates: Sequence[str]) -> list[Json]:
        """Return the edges among some entities, by id."""
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
    """Tell whether an entity, as `cypher/ties.cypher` describes it, belongs to a province alone."""
    kind = schema.node_of(row["id"])
    return not row["elsewhere"] and row["ties"] <= HUB and kind is not None and kind.key != "Province"


def _check_limit(limit: int) -> None:
    if limit > MOST:
        raise PictureTooBig(f"limit: found {limit:,} nodes; expected at most {MOST:,}")
    if limit < FEWEST:
        raise BadParameter(f"limit: found {limit}; expected a whole number from {FEWEST} to {MOST}")
