"""The k best simple paths between two entities of a subgraph in memory: Yen's algorithm. No I/O, exact.

Each next path deviates from a path found before at some entity (the spur). The rest is found by A* with the exact
remaining weight as its heuristic, so that the search expands little more than the path itself.
"""

import heapq
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model.schema import Schema

MAX_STEPS = 8
"""Maximum steps of a path."""
_BASE = 16
"""Base of the weights: more than the steps of any path, so that sums compare ranks in turn, weakest first."""
_MAX_ORIGINS = 9
"""Independent origins above this number make no difference."""
_CLOCK_INTERVAL = 256
"""Entities expanded between two checks of the deadline."""
Adjacency = Mapping[str, Mapping[str, int]]
"""Neighbours by entity, with the weight of the best edge to each."""
Path = tuple[str, ...]


class EdgeWeights:
    """Computes edge weights; a path's weight is the sum of its edge weights, and the lowest is the best.

    Fewer steps are better. Among paths of equal length, the one whose weakest status is firmer wins, then the next
    weakest; then the same by basis; then by the number of independent origins. Remaining ties are broken by id order,
    in the code that compares paths.
    """

    def __init__(self, schema: Schema) -> None:
        self._status_ranks = {status: rank for rank, status in enumerate(schema.firmness)}
        self._basis_ranks = {basis: rank for rank, basis in enumerate(schema.bases)}
        self._basis_exponent = _MAX_ORIGINS + 1
        self._status_exponent = self._basis_exponent + len(self._basis_ranks) + 1
        self._step_weight = _BASE ** (self._status_exponent + len(self._status_ranks) + 1)
        self._cache: dict[tuple[str | None, str | None, int | None], int] = {}

    def weight(self, status: str | None, basis: str | None, origins: int | None) -> int:
        """Return the weight of an edge; missing values count as the weakest."""
        cache_key = (status, basis, origins)
        if cache_key not in self._cache:
            status_weight = _BASE ** (
                self._status_exponent + self._status_ranks.get(status or "", len(self._status_ranks))
            )
            basis_weight = _BASE ** (self._basis_exponent + self._basis_ranks.get(basis or "", len(self._basis_ranks)))
            self._cache[cache_key] = (
                self._step_weight
                + status_weight
                + basis_weight
                + _BASE ** (_MAX_ORIGINS - min(origins or 0, _MAX_ORIGINS))
            )
        return self._cache[cache_key]


@dataclass(frozen=True, slots=True)
class _SearchSpace:
    """The subgraph that short enough paths can use, with steps and least weight from each entity to the end."""

    adjacency: Adjacency
    end: str
    max_steps: int
    steps_to_end: Mapping[str, int]
    weights_to_end: Mapping[str, int]
    is_time_up: Callable[[], bool]


def best_paths(
    adjacency: Adjacency,
    start: str,
    end: str,
    *,
    limit: int,
    max_steps: int,
    blocked_entities: Collection[str] = (),
    is_time_up: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Return up to `limit` best paths of at most `max_steps` steps, best first; none enters `blocked_entities`.

    When `is_time_up` returns True, the paths found so far are returned.
    """
    steps_from_start, steps_to_end = (
        _distances(adjacency, endpoint, max_steps, blocked_entities) for endpoint in (start, end)
    )
    reachable = {
        entity
        for entity, distance in steps_from_start.items()
        if distance + steps_to_end.get(entity, max_steps + 1) <= max_steps
    }
    subgraph = {
        source: {item: adjacency[source][item] for item in adjacency.get(source, ()) if item in reachable}
        for source in reachable
    }
    search = _SearchSpace(subgraph, end, max_steps, steps_to_end, _weights_to(subgraph, end), is_time_up)
    paths: list[Path] = []
    best_path = _best_continuation(search, (start,), 0, ())
    # Each candidate: weight, path, and the index at which it deviates from the path it was derived from.
    candidates = [(*best_path, 0)] if best_path else []
    while candidates and len(paths) < limit:
        _weight, path, deviation_index = heapq.heappop(candidates)
        paths.append(path)
        for spur_index in range(deviation_index, len(path) - 1):
            root_path = path[: spur_index + 1]
            excluded_neighbours = {item[spur_index + 1] for item in paths if item[: spur_index + 1] == root_path}
            candidate = _best_continuation(
                search,
                root_path,
                sum(subgraph[source][item] for source, item in pairwise(root_path)),
                excluded_neighbours,
            )
            if candidate:
                heapq.heappush(candidates, (*candidate, spur_index))
    return paths


def _distances(adjacency: Adjacency, start: str, max_steps: int, blocked_entities: Collection[str]) -> dict[str, int]:
    distances = {start: 0}
    frontier = [start]
    for distance in range(1, max_steps + 1):
        next_entities = {
            neighbour
            for entity in frontier
            for neighbour in adjacency.get(entity, ())
            if neighbour not in blocked_entities
        }
        frontier = list(next_entities - distances.keys())
        distances |= dict.fromkeys(frontier, distance)
    return distances


def _weights_to(adjacency: Adjacency, end: str) -> dict[str, int]:
    """Return the least weight of a path from each entity to the end (Dijkstra)."""
    weights: dict[str, int] = {}
    queue = [(0, end)]
    while queue:
        weight, entity = heapq.heappop(queue)
        if entity in weights:
            continue
        weights[entity] = weight
        for neighbour, edge_weight in adjacency.get(entity, {}).items():
            if neighbour not in weights:
                heapq.heappush(queue, (weight + edge_weight, neighbour))
    return weights


def _best_continuation(
    search: _SearchSpace, root_path: Path, weight: int, excluded_neighbours: Collection[str]
) -> tuple[int, Path] | None:
    """Return weight and entities of the best path that starts with `root_path`, whose weight is given, or None.

    The entity after `root_path` is none of `excluded_neighbours`.
    """
    expanded_ids = set(root_path[:-1])
    queue = [(0, root_path, weight)]
    visit_count = 0
    while queue:
        _estimate, path, weight = heapq.heappop(queue)
        entity = path[-1]
        if entity == search.end:
            return weight, path
        visit_count += 1
        if entity in expanded_ids:
            continue
        if visit_count % _CLOCK_INTERVAL == 0 and search.is_time_up():
            return None
        expanded_ids.add(entity)
        for neighbour, edge_weight in search.adjacency.get(entity, {}).items():
            is_excluded = neighbour in expanded_ids or (path is root_path and neighbour in excluded_neighbours)
            if not is_excluded and len(path) + search.steps_to_end[neighbour] <= search.max_steps:
                estimate = weight + edge_weight + search.weights_to_end[neighbour]
                heapq.heappush(queue, (estimate, (*path, neighbour), weight + edge_weight))
    return None
