"""Bidirectional search: reads the graph between two entities breadth first, from both sides."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from math import inf
from typing import Any

from ..engines.bolt import Engine
from ..model.objects import Row
from ..store.ownership import reader_cypher
from .k_shortest import EdgeWeights, Path

BATCH_SIZE, BATCH_EDGES = 50, 20_000
"""Maximum entities, and edges, of one read; the deadline is checked between reads."""
MAX_EDGES = 40_000
"""Maximum edges read for one answer."""
GUARANTEED_EDGES = 1_000
"""Edges that are read regardless of the deadline, so that a busy machine still searches a small graph completely."""


@dataclass(frozen=True, slots=True)
class TraversalRules:
    """Which edges and entities a search may use; `statuses` None means any.

    A hub is of a kind in `hub_kinds` (pairs of node type and kind) or has more than `hub_edges` edges.
    """

    predicates: Collection[str]
    statuses: Collection[str] | None
    excluded_types: Collection[str]
    allow_hubs: bool
    hub_edges: int
    hub_kinds: Collection[tuple[str, str]]


@dataclass(slots=True)
class _Side:
    """State of the search from one endpoint; `expected_edges` estimates the cost of the next step."""

    frontier: set[str]
    expected_edges: int
    steps: int = 0
    visited_ids: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.visited_ids = set(self.frontier)


class BidirectionalSearch:
    """Reads the graph step by step from both endpoints.

    `neighbours` maps each entity to its neighbours with the weight of the best edge to each; `hubs` are the rows of the
    hubs met, by id. `stop_reason` says why reading ended early: `edges` (more than `MAX_EDGES`), `time`, or None.
    `endpoints` are rows of `cypher/ends.cypher`; `is_time_up` is called between reads.
    """

    def __init__(
        self,
        engine: Engine,
        rules: TraversalRules,
        edge_weights: EdgeWeights,
        endpoints: tuple[Row, Row],
        is_time_up: Callable[[], bool],
    ) -> None:
        self._engine = engine
        self._rules = rules
        self._edge_weights = edge_weights
        self._is_time_up = is_time_up
        self._endpoints = frozenset(endpoint["id"] for endpoint in endpoints)
        self._sides = [_Side({endpoint["id"]}, endpoint["edges"]) for endpoint in endpoints]
        self._expanded_ids: set[str] = set()
        self._excluded_ids: set[str] = set()
        self._validation_timed_out = False
        self._edges_read = 0
        self.neighbours: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.hubs: dict[str, Row] = {}
        self.edge_count = 0
        self.stop_reason: str | None = None

    @property
    def entity_count(self) -> int:
        """Number of entities reached."""
        return len(self.neighbours.keys() | self._endpoints)

    @property
    def steps(self) -> int:
        """Number of steps up to which every path lies in what was read."""
        return sum(side.steps for side in self._sides)

    @property
    def is_finished(self) -> bool:
        """True if there is nothing more to read: one frontier is empty, or reading was stopped."""
        return self.stop_reason is not None or not all(side.frontier for side in self._sides)

    @property
    def blocked_entities(self) -> set[str]:
        """Entities that no path may enter: excluded types, disallowed hubs, unread ones if validation timed out."""
        unread_ids = (
            self.neighbours.keys() - self._expanded_ids - self._endpoints if self._validation_timed_out else set[str]()
        )
        return self._excluded_ids | unread_ids | (set[str]() if self._rules.allow_hubs else self.hubs.keys())

    def expand_frontier(self) -> None:
        """Read one more step, from the endpoint where it is expected to be cheaper."""
        side = min(self._sides, key=lambda side: side.expected_edges)
        self._read_edges(side.frontier, MAX_EDGES, self._is_time_up, enter_hubs=self._rules.allow_hubs)
        if self.stop_reason:
            return
        next_frontier = {
            neighbour
            for entity in side.frontier
            if entity in self._expanded_ids
            for neighbour in self.neighbours[entity]
        }
        side.frontier = next_frontier - side.visited_ids - self._endpoints
        side.visited_ids |= side.frontier
        side.steps += 1
        side.expected_edges = len(side.frontier) * max(self._edges_read // len(self._expanded_ids), 1)

    def validate_paths(self, paths: Iterable[Path], is_time_up: Callable[[], bool]) -> bool:
        """Read the path entities that were reached but not read; True if none proves to be a hub or excluded."""
        blocked_before = self.blocked_entities
        inner_entities = {entity for path in paths for entity in path[1:-1]}
        self._validation_timed_out = (
            not self._read_edges(inner_entities, inf, is_time_up, enter_hubs=False) or self._validation_timed_out
        )
        return self.blocked_entities == blocked_before

    def _read_edges(
        self, entities: Iterable[str], limit: float, is_time_up: Callable[[], bool], *, enter_hubs: bool
    ) -> bool:
        """Read the edges of entities that were not read before; False if time ran out."""
        known_ids = self._expanded_ids | self._excluded_ids | (set[str]() if enter_hubs else self.hubs.keys())
        pending_ids = sorted(set(entities) - known_ids)
        batch_size = max(min(BATCH_SIZE, BATCH_EDGES // self._rules.hub_edges), 1)
        for first in range(0, len(pending_ids), batch_size):
            if self._edges_read >= GUARANTEED_EDGES and is_time_up():
                self.stop_reason = "time"
                return False
            for row in self._read_rows(pending_ids[first : first + batch_size], self._rules.hub_edges + 1):
                if self._edges_read >= limit:
                    self.stop_reason = "edges"
                    return True
                self._add_edges(row, enter_hubs=enter_hubs)
        return True

    def _add_edges(self, row: Row, *, enter_hubs: bool) -> None:
        """Add the edges of a row, unless the entity must not be entered or has more edges than may still be read."""
        edges, has_many_edges = row["edges"], len(row["edges"]) > self._rules.hub_edges
        is_endpoint = row["id"] in self._endpoints
        if not is_endpoint and row["type"] in self._rules.excluded_types:
            self._excluded_ids.add(row["id"])
            return
        if not is_endpoint and (has_many_edges or (row["type"], row["kind"]) in self._rules.hub_kinds):
            self.hubs[row["id"]] = row
            if not enter_hubs:
                return
        if has_many_edges:
            edges_left = max(MAX_EDGES - self._edges_read, 0)
            edges = self._read_rows([row["id"]], edges_left + 1)[0]["edges"]
            if len(edges) > edges_left:
                self.stop_reason = "edges"
                return
        self._edges_read += len(edges)
        self._expanded_ids.add(row["id"])
        for neighbour, *properties in edges:
            if neighbour != row["id"]:
                self.edge_count += neighbour not in self._expanded_ids
                weight = self._edge_weights.weight(*properties)
                weight = min(weight, self.neighbours[row["id"]].get(neighbour, weight))
                self.neighbours[row["id"]][neighbour] = self.neighbours[neighbour][row["id"]] = weight

    def _read_rows(self, entities: Collection[str], limit: int) -> list[dict[str, Any]]:
        parameters = {"ids": list(entities), "most": limit}
        parameters |= {"predicates": self._rules.predicates, "statuses": self._rules.statuses}
        return sorted(self._engine.read(reader_cypher("steps"), parameters), key=lambda row: row["id"])
