"""Bidirectional search: reads the graph between two entities breadth first, from both sides."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from math import inf
from typing import Any

from ..engines.bolt import Engine
from ..store.ownership import cypher
from .k_shortest import Measure, Path
from .rows import Row

BATCH, BATCH_EDGES = 50, 20_000
"""Maximum entities, and edges, of one read; the deadline is checked between reads."""
MOST_EDGES = 40_000
"""Maximum edges read for one answer."""
FEW_EDGES = 1_000
"""Edges that are read regardless of the deadline, so that a busy machine still searches a small graph completely."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which edges and entities a search may use; `statuses` None means any.

    A hub is of a kind in `hub_kinds` (pairs of node type and kind) or has more than `hub_edges` edges.
    """

    predicates: Collection[str]
    statuses: Collection[str] | None
    without: Collection[str]
    hubs: bool
    hub_edges: int
    hub_kinds: Collection[tuple[str, str]]


@dataclass(slots=True)
class _Side:
    """State of the search from one endpoint; `expected_edges` estimates the cost of the next step."""

    frontier: set[str]
    edges: int
    steps: int = 0
    reached: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.reached = set(self.frontier)


class Walk:
    """Reads the graph step by step from both endpoints.

    `neighbours` maps each entity to its neighbours with the weight of the best edge to each; `hubs` are the rows of the
    hubs met, by id. `stop_reason` says why reading ended early: `edges` (more than `MAX_EDGES`), `time`, or None.
    `endpoints` are rows of `cypher/ends.cypher`; `is_time_up` is called between reads.
    """

    def __init__(
        self, engine: Engine, rules: Rules, measure: Measure, ends: tuple[Row, Row], over: Callable[[], bool]
    ) -> None:
        self._engine = engine
        self._rules = rules
        self._measure = measure
        self._over = over
        self._ends = frozenset(end["id"] for end in ends)
        self._sides = [_Side({end["id"]}, end["edges"]) for end in ends]
        self._read: set[str] = set()
        self._left_out: set[str] = set()
        self._late = False
        self._rows = 0
        self.near: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.hubs: dict[str, Row] = {}
        self.edges = 0
        self.stopped: str | None = None

    @property
    def entities(self) -> int:
        """Number of entities reached."""
        return len(self.near.keys() | self._ends)

    @property
    def steps(self) -> int:
        """Number of steps up to which every path lies in what was read."""
        return sum(side.steps for side in self._sides)

    @property
    def done(self) -> bool:
        """True if there is nothing more to read: one frontier is empty, or reading was stopped."""
        return self.stopped is not None or not all(side.frontier for side in self._sides)

    @property
    def closed(self) -> set[str]:
        """Entities that no path may enter: excluded types, disallowed hubs, unread ones if validation timed out."""
        unknown = self.near.keys() - self._read - self._ends if self._late else set[str]()
        return self._left_out | unknown | (set[str]() if self._rules.hubs else self.hubs.keys())

    def further(self) -> None:
        """Read one more step, from the endpoint where it is expected to be cheaper."""
        side = min(self._sides, key=lambda side: side.edges)
        self._read_edges(side.frontier, MOST_EDGES, self._over, enter=self._rules.hubs)
        if self.stopped:
            return
        beyond = {other for entity in side.frontier if entity in self._read for other in self.near[entity]}
        side.frontier = beyond - side.reached - self._ends
        side.reached |= side.frontier
        side.steps += 1
        side.edges = len(side.frontier) * max(self._rows // len(self._read), 1)

    def judge(self, paths: Iterable[Path], over: Callable[[], bool]) -> bool:
        """Read the path entities that were reached but not read; True if none proves to be a hub or excluded."""
        before = self.closed
        passed = {entity for path in paths for entity in path[1:-1]}
        self._late = not self._read_edges(passed, inf, over, enter=False) or self._late
        return self.closed == before

    def _read_edges(self, entities: Iterable[str], limit: float, over: Callable[[], bool], *, enter: bool) -> bool:
        """Read the edges of entities that were not read before; False if time ran out."""
        known = self._read | self._left_out | (set[str]() if enter else self.hubs.keys())
        waiting = sorted(set(entities) - known)
        batch = max(min(BATCH, BATCH_EDGES // self._rules.hub_edges), 1)
        for first in range(0, len(waiting), batch):
            if self._rows >= FEW_EDGES and over():
                self.stopped = "time"
                return False
            for row in self._rows_of(waiting[first : first + batch], self._rules.hub_edges + 1):
                if self._rows >= limit:
                    self.stopped = "edges"
                    return True
                self._take(row, enter=enter)
        return True

    def _take(self, row: Row, *, enter: bool) -> None:
        """Add the edges of a row, unless the entity must not be entered or has more edges than may still be read."""
        edges, many = row["edges"], len(row["edges"]) > self._rules.hub_edges
        is_end = row["id"] in self._ends
        if not is_end and row["type"] in self._rules.without:
            self._left_out.add(row["id"])
            return
        if not is_end and (many or (row["type"], row["kind"]) in self._rules.hub_kinds):
            self.hubs[row["id"]] = row
            if not enter:
                return
        if many:
            left = max(MOST_EDGES - self._rows, 0)
            edges = self._rows_of([row["id"]], left + 1)[0]["edges"]
            if len(edges) > left:
                self.stopped = "edges"
                return
        self._rows += len(edges)
        self._read.add(row["id"])
        for other, *told in edges:
            if other != row["id"]:
                self.edges += other not in self._read
                weight = self._measure.weight(*told)
                weight = min(weight, self.near[row["id"]].get(other, weight))
                self.near[row["id"]][other] = self.near[other][row["id"]] = weight

    def _rows_of(self, entities: Collection[str], most: int) -> list[dict[str, Any]]:
        parameters = {"ids": list(entities), "most": most}
        parameters |= {"predicates": self._rules.predicates, "statuses": self._rules.statuses}
        return sorted(self._engine.read(cypher("steps"), parameters), key=lambda row: row["id"])
