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
from typing import Any, Self, cast

from ..engines.bolt import Engine
from ..errors import BadParameter
from ..messages import did_you_mean, quote_for_message
from ..model.objects import Row
from ..model.schema import Schema
from ..store.ownership import reader_cypher
from .bidirectional import BidirectionalSearch, TraversalRules
from .k_shortest import MAX_STEPS, EdgeWeights, Path, best_paths
from .objects import FoundPaths, HubPath, PathEdge, PathEntity, PathStep
from .rows import edge_properties, entity_card

DEFAULT_PATHS, MAX_PATHS = 5, 20
"""Number of paths of one answer: the default, and the maximum."""
DEFAULT_STEPS = 6
"""Default maximum of steps of a path."""
HUB_EDGES, HUB_MEAN_FACTOR = 50, 10
READ_SECONDS, SEARCH_SECONDS = 1.5, 0.5
"""Time budget in seconds for reading the graph, and for the search in memory that follows."""


@dataclass(frozen=True, slots=True)
class PathOptions:
    """Options of a path search: `k` paths of at most `max_steps` steps; `statuses` and `predicates` None mean any.

    `excluded_types` are node types that no path may pass through.
    """

    k: int = DEFAULT_PATHS
    max_steps: int = DEFAULT_STEPS
    allow_hubs: bool = False
    statuses: Sequence[str] | None = None
    predicates: Sequence[str] | None = None
    excluded_types: Sequence[str] = ()

    @classmethod
    def from_lists(
        cls, k: int, max_steps: int, allow_hubs: bool, status: str | None, predicate: str | None, types: str | None
    ) -> Self:
        """Return options of which the last three are comma-separated lists; None or nothing in one means any."""
        excluded_types = _split_list(types) or ()
        return cls(k, max_steps, allow_hubs, _split_list(status), _split_list(predicate), excluded_types)

    def check(self, schema: Schema) -> None:
        """Raise `BadParameter` for a number out of range, or a value that the schema does not declare."""
        for name, value, maximum in (("k", self.k, MAX_PATHS), ("steps", self.max_steps, MAX_STEPS)):
            if not 1 <= value <= maximum:
                raise BadParameter(f"{name}: found {value}; expected a whole number from 1 to {maximum}")
        for name, values, choices in (
            ("status", self.statuses, schema.statuses),
            ("predicate", self.predicates, schema.edges),
            ("exclude_types", self.excluded_types, schema.nodes),
        ):
            for value_given in values or ():
                if value_given not in choices:
                    expected = f"expected {' or '.join(choices)}{did_you_mean(value_given, choices)}"
                    raise BadParameter(f"{name}: found {quote_for_message(value_given)}; {expected}")


@dataclass(slots=True)
class _Deadline:
    """A deadline; `has_expired` is set once a caller has observed it."""

    clock: Callable[[], float]
    expires_at: float
    has_expired: bool = False

    def is_time_up(self) -> bool:
        self.has_expired = self.has_expired or self.clock() > self.expires_at
        return self.has_expired


class PathFinder:
    """Finds paths in the stored release; `counts` are the release's `entities` and `edges`, which define hubs."""

    def __init__(
        self,
        engine: Engine,
        schema: Schema,
        options: PathOptions,
        counts: Mapping[str, int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        options.check(schema)
        self._engine = engine
        self._schema = schema
        self._options = options
        self._edge_weights = EdgeWeights(schema)
        self._clock = clock
        self._start_time = clock()
        self._hub_edges = max(HUB_EDGES, HUB_MEAN_FACTOR * 2 * counts["edges"] // max(counts["entities"], 1))
        predicates = [key for key, edge in schema.edges.items() if not edge.derived]
        statuses = None if options.statuses is None else list(options.statuses)
        self._edge_filter: dict[str, Any] = {"predicates": list(options.predicates or predicates), "statuses": statuses}

    def endpoints(self, ids: Iterable[str]) -> dict[str, Row]:
        """Return the rows of existing endpoints by id (`cypher/ends.cypher`)."""
        return {
            row["id"]: row for row in self._engine.read(reader_cypher("ends"), {"ids": list(ids)} | self._edge_filter)
        }

    def paths_between(self, start: Row, end: Row) -> FoundPaths:
        """Return the paths between two endpoints, the entities on them, and the extent of the search."""
        search, paths = self._find(start, end, self._options.allow_hubs, self._options.k)
        max_steps = self._options.max_steps
        hub_ids = search.hubs.keys() | {
            endpoint["id"] for endpoint in (start, end) if endpoint["edges"] > self._hub_edges
        }
        steps = self._steps_with_edges(paths, hub_ids)
        return {
            "from": entity_card(start),
            "to": entity_card(end),
            "paths": [{"steps": [steps[step] for step in pairwise(path)]} for path in paths],
            "entities": self._entities(paths, search, start, end),
            "avoided_hubs": []
            if self._options.allow_hubs
            else [entity_card(hub) for _id, hub in sorted(search.hubs.items()) if _can_connect(hub)],
            "through_hubs": None if paths else self._through_hubs(search, start, end),
            "search_extent": {
                "steps": min(search.steps, max_steps) if search.stop_reason or not search.is_finished else max_steps,
                "max_steps": max_steps,
                "entities": search.entity_count,
                "edges": search.edge_count,
                "hub_edges": self._hub_edges,
                "stop_reason": search.stop_reason,
            },
        }

    def _through_hubs(self, search: BidirectionalSearch, start: Row, end: Row) -> HubPath | None:
        """Return `{steps, hubs}` of the best path through hubs.

        None if there is none, if hubs were allowed anyway, or if the search stopped early.
        """
        if self._options.allow_hubs or search.stop_reason or not search.hubs:
            return None
        wider_search, paths = self._find(start, end, allow_hubs=True, limit=1)
        hubs = search.hubs.keys() | wider_search.hubs.keys()
        return (
            {"steps": len(paths[0]) - 1, "hubs": [entity for entity in paths[0][1:-1] if entity in hubs]}
            if paths
            else None
        )

    def _find(self, start: Row, end: Row, allow_hubs: bool, limit: int) -> tuple[BidirectionalSearch, list[Path]]:
        """Read the graph step by step until what was read contains the best paths."""
        rules = TraversalRules(
            **self._edge_filter,
            excluded_types=self._options.excluded_types,
            allow_hubs=allow_hubs,
            hub_edges=self._hub_edges,
            hub_kinds=self._schema.hub_kinds,
        )
        deadline = _Deadline(self._clock, self._start_time + READ_SECONDS)
        search = BidirectionalSearch(self._engine, rules, self._edge_weights, (start, end), deadline.is_time_up)
        while True:
            is_complete = search.is_finished or search.steps >= self._options.max_steps
            paths = self._validated_paths(
                search, start["id"], end["id"], limit, self._options.max_steps if is_complete else search.steps
            )
            if is_complete or len(paths) == limit:
                return search, paths
            search.expand_frontier()

    def _validated_paths(
        self, search: BidirectionalSearch, start: str, end: str, limit: int, max_steps: int
    ) -> list[Path]:
        """Return the best paths in what was read; every entity on them has been read and may be entered."""
        while True:
            deadline = _Deadline(self._clock, self._start_time + READ_SECONDS + SEARCH_SECONDS)
            paths = best_paths(
                search.neighbours,
                start,
                end,
                limit=limit,
                max_steps=max_steps,
                blocked_entities=search.blocked_entities,
                is_time_up=deadline.is_time_up,
            )
            if deadline.has_expired:
                search.stop_reason = "time"
            if search.validate_paths(paths, deadline.is_time_up):
                return paths

    def _steps_with_edges(self, paths: Iterable[Path], hub_ids: Collection[str]) -> dict[tuple[str, str], PathStep]:
        """Return every step of some paths, by `(from, to)`, with the edges between the two entities, best first.

        The query starts from the entity that is not in `hub_ids`, because hubs have many edges.
        """
        steps = {step for path in paths for step in pairwise(path)}
        pairs = {frozenset(step): sorted(step, key=lambda entity: (entity in hub_ids, entity)) for step in steps}
        parameters = {"pairs": sorted(pairs.values())} | self._edge_filter
        edges: dict[frozenset[str], list[Row]] = {pair: [] for pair in pairs}
        for row in sorted(self._engine.read(reader_cypher("between"), parameters) if pairs else [], key=self._sort_key):
            edges[frozenset((row["subject"], row["object"]))].append(row)
        return {
            (source, target): {
                "from": source,
                "to": target,
                "edges": [_edge(row, source) for row in edges[frozenset((source, target))]],
            }
            for source, target in steps
        }

    def _sort_key(self, row: Row) -> tuple[int, str]:
        edge = row["edge"]
        return self._edge_weights.weight(edge.get("status"), edge.get("basis"), edge.get("origins")), edge["id"]

    def _entities(self, paths: Iterable[Path], search: BidirectionalSearch, start: Row, end: Row) -> list[PathEntity]:
        ids = list(dict.fromkeys([start["id"], end["id"], *(entity_id for path in paths for entity_id in path)]))
        rows: dict[str, Any] = {row["id"]: row for row in self._engine.read(reader_cypher("nodes"), {"ids": ids})}
        return [cast("PathEntity", rows[entity_id] | {"hub": entity_id in search.hubs}) for entity_id in ids]


def _edge(row: Row, source: str) -> PathEdge:
    endpoints = {"subject": row["subject"], "predicate": row["predicate"], "object": row["object"]}
    values = {"direction": "out" if row["subject"] == source else "in"} | edge_properties(row["edge"])
    return cast("PathEdge", {"id": row["edge"]["id"]} | endpoints | values | {"disagreements": []})


def _can_connect(hub: Row) -> bool:
    """Return True if a path could lead through a hub: if at least two neighbours are known."""
    return len({neighbour for neighbour, *_properties in hub["edges"]} - {hub["id"]}) > 1


def _split_list(text: str | None) -> tuple[str, ...] | None:
    values = tuple(dict.fromkeys(part.strip() for part in (text or "").split(",") if part.strip()))
    return values or None
