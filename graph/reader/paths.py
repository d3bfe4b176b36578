"""The k best paths between two entities, over edges that combine statements, in either direction.

A path is a chain of entities without repeats. The best has the fewest steps. Among paths of equal length, the one whose
weakest step is firmer wins: first by status (the schema's `firmness`), then by basis, then by the number of independent
origins. Remaining ties are broken by id order, so that the same release gives the same answer. Several edges between
two entities make one step; the best of them counts, the answer lists all.

Hubs are not entered unless requested, because a path through one says little: too much is connected to it. The schema
declares kinds that are hubs (a country, central state and Party bodies). Any other entity is a hub if it has more than
`HUB_EDGES` edges and more than `HUB_MEAN_FACTOR` times the mean number of edges. An endpoint may be a hub.

The graph is read from both endpoints (`bidirectional`), and paths are found in what was read (`k_shortest`). As soon as
all paths of n steps lie in what was read and k of them exist, these are the best. If that takes more than
`READ_SECONDS` or `MAX_EDGES` edges, reading stops and the answer says so. `GUARANTEED_EDGES` are read in any case.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..engines.bolt import Engine, Json
from ..errors import BadParameter
from ..messages import meant, shown
from ..model.schema import Schema
from ..store.ownership import cypher
from .bidirectional import Rules, Walk
from .k_shortest import MOST_STEPS, Measure, Path, best_paths
from .rows import Row, told_by

USUAL, MOST = 5, 20
"""Number of paths of one answer: the default, and the maximum."""
USUAL_STEPS = 6
"""Default maximum of steps of a path."""
HUB_EDGES, HUB_TIMES = 50, 10
READING, SEARCHING = 1.5, 0.5
"""Time budget in seconds for reading the graph, and for the search in memory that follows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of a path search: `k` paths of at most `max_steps` steps; `statuses` and `predicates` None mean any.

    `excluded_types` are node types that no path may pass through.
    """

    k: int = USUAL
    steps: int = USUAL_STEPS
    hubs: bool = False
    statuses: Sequence[str] | None = None
    predicates: Sequence[str] | None = None
    without: Sequence[str] = ()

    def check(self, schema: Schema) -> None:
        """Raise `BadParameter` for a number out of range, or a value that the schema does not declare."""
        for name, found, highest in (("k", self.k, MOST), ("steps", self.steps, MOST_STEPS)):
            if not 1 <= found <= highest:
                raise BadParameter(f"{name}: found {found}; expected a whole number from 1 to {highest}")
        for name, words, known in (
            ("status", self.statuses, schema.statuses),
            ("predicate", self.predicates, schema.edges),
            ("without", self.without, schema.nodes),
        ):
            for word in words or ():
                if word not in known:
                    expected = f"expected {' or '.join(known)}{meant(word, known)}"
                    raise BadParameter(f"{name}: found {shown(word)}; {expected}")


@dataclass(slots=True)
class _Patience:
    """A deadline; `has_expired` is set once a caller has observed it."""

    clock: Callable[[], float]
    until: float
    ended: bool = False

    def over(self) -> bool:
        self.ended = self.ended or self.clock() > self.until
        return self.ended


class Paths:
    """Finds paths in the stored release; `counts` are the release's `entities` and `edges`, which define hubs."""

    def __init__(
        self,
        engine: Engine,
        schema: Schema,
        asked: Asked,
        counts: Mapping[str, int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        asked.check(schema)
        self._engine = engine
        self._schema = schema
        self._asked = asked
        self._measure = Measure(schema)
        self._clock = clock
        self._began = clock()
        self._hub_edges = max(HUB_EDGES, HUB_TIMES * 2 * counts["edges"] // max(counts["entities"], 1))
        told = [key for key, edge in schema.edges.items() if not edge.derived]
        statuses = None if asked.statuses is None else list(asked.statuses)
        self._filter: dict[str, Any] = {"predicates": list(asked.predicates or told), "statuses": statuses}

    def ends(self, ids: Iterable[str]) -> dict[str, Row]:
        """Return the rows of existing endpoints by id (`cypher/ends.cypher`)."""
        return {row["id"]: row for row in self._engine.read(cypher("ends"), {"ids": list(ids)} | self._filter)}

    def between(self, start: Row, end: Row) -> Json:
        """Return the paths between two endpoints, the entities on them, and the extent of the search.

        The keys are those of `Graph.paths`, without `statements` and `disagreements`.
        """
        walk, paths = self._find(start, end, self._asked.hubs, self._asked.k)
        limit = self._asked.steps
        heavy = walk.hubs.keys() | {one["id"] for one in (start, end) if one["edges"] > self._hub_edges}
        told = self._told(paths, heavy)
        return {
            "from": _card(start),
            "to": _card(end),
            "paths": [{"steps": [told[step] for step in pairwise(path)]} for path in paths],
            "entities": self._entities(paths, walk, start, end),
            "avoided": [] if self._asked.hubs else [_card(hub) for _id, hub in sorted(walk.hubs.items()) if _ties(hub)],
            "through_hubs": None if paths else self._through_hubs(walk, start, end),
            "looked": {
                "steps": min(walk.steps, limit) if walk.stopped or not walk.done else limit,
                "at_most": limit,
                "entities": walk.entities,
                "edges": walk.edges,
                "hub_edges": self._hub_edges,
                "stopped": walk.stopped,
            },
        }

    def _through_hubs(self, walk: Walk, start: Row, end: Row) -> Json | None:
        """Return `{steps, hubs}` of the best path through hubs.

        None if there is none, if hubs were allowed anyway, or if the search stopped early.
        """
        if self._asked.hubs or walk.stopped or not walk.hubs:
            return None
        wider, paths = self._find(start, end, hubs=True, most=1)
        hubs = walk.hubs.keys() | wider.hubs.keys()
        return {"steps": len(paths[0]) - 1, "hubs": [one for one in paths[0][1:-1] if one in hubs]} if paths else None

    def _find(self, start: Row, end: Row, hubs: bool, most: int) -> tuple[Walk, list[Path]]:
        """Read the graph step by step until what was read contains the best paths."""
        rules = Rules(
            **self._filter,
            without=self._asked.without,
            hubs=hubs,
            hub_edges=self._hub_edges,
            hub_kinds=self._schema.hub_kinds,
        )
        patience = _Patience(self._clock, self._began + READING)
        walk = Walk(self._engine, rules, self._measure, (start, end), patience.over)
        while True:
            known = walk.done or walk.steps >= self._asked.steps
            paths = self._settled(walk, start["id"], end["id"], most, self._asked.steps if known else walk.steps)
            if known or len(paths) == most:
                return walk, paths
            walk.further()

    def _settled(self, walk: Walk, start: str, end: str, most: int, steps: int) -> list[Path]:
        """Return the best paths in what was read; every entity on them has been read and may be entered."""
        while True:
            patience = _Patience(self._clock, self._began + READING + SEARCHING)
            paths = best_paths(walk.near, start, end, most=most, steps=steps, closed=walk.closed, over=patience.over)
            if patience.ended:
                walk.stopped = "time"
            if walk.judge(paths, patience.over):
                return paths

    def _told(self, paths: Iterable[Path], heavy: Collection[str]) -> dict[tuple[str, str], Json]:
        """Return every step of some paths, by `(from, to)`, with the edges between the two entities, best first.

        The query starts from the entity that is not in `hub_ids`, because hubs have many edges.
        """
        steps = {step for path in paths for step in pairwise(path)}
        pairs = {frozenset(step): sorted(step, key=lambda one: (one in heavy, one)) for step in steps}
        asked = {"pairs": sorted(pairs.values())} | self._filter
        edges: dict[frozenset[str], list[Row]] = {pair: [] for pair in pairs}
        for row in sorted(self._engine.read(cypher("between"), asked) if pairs else [], key=self._place):
            edges[frozenset((row["subject"], row["object"]))].append(row)
        return {
            (here, there): {
                "from": here,
                "to": there,
                "edges": [_edge(row, here) for row in edges[frozenset((here, there))]],
            }
            for here, there in steps
        }

    def _place(self, row: Row) -> tuple[int, str]:
        edge = row["edge"]
        return self._measure.weight(edge.get("status"), edge.get("basis"), edge.get("origins")), edge["id"]

    def _entities(self, paths: Iterable[Path], walk: Walk, start: Row, end: Row) -> list[Json]:
        ids = list(dict.fromkeys([start["id"], end["id"], *(entity for path in paths for entity in path)]))
        rows: dict[str, Any] = {row["id"]: row for row in self._engine.read(cypher("nodes"), {"ids": ids})}
        return [rows[entity] | {"hub": entity in walk.hubs} for entity in ids]


def _edge(row: Row, here: str) -> Json:
    ends = {"subject": row["subject"], "predicate": row["predicate"], "object": row["object"]}
    direction = {"direction": "out" if row["subject"] == here else "in"}
    return {"id": row["edge"]["id"]} | ends | direction | told_by(row["edge"])


def _ties(hub: Row) -> bool:
    """Return True if a path could lead through a hub: if at least two neighbours are known."""
    return len({other for other, *_told in hub["edges"]} - {hub["id"]}) > 1


def _card(row: Row) -> Json:
    return {key: row[key] for key in ("id", "type", "name", "status")}
