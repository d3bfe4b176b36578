"""The k best simple paths between two entities of a subgraph in memory: Yen's algorithm. No I/O, exact.

Each next path deviates from a path found before at some entity (the spur). The rest is found by A* with the exact
remaining weight as its heuristic, so that the search expands little more than the path itself.
"""

import heapq
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model.schema import Schema

MOST_STEPS = 8
"""Maximum steps of a path."""
_BASE = 16
"""Base of the weights: more than the steps of any path, so that sums compare ranks in turn, weakest first."""
_ORIGINS = 9
"""Independent origins above this number make no difference."""
_PAUSE = 256
"""Entities expanded between two checks of the deadline."""
Near = Mapping[str, Mapping[str, int]]
"""Neighbours by entity, with the weight of the best edge to each."""
Path = tuple[str, ...]


class Measure:
    """Computes edge weights; a path's weight is the sum of its edge weights, and the lowest is the best.

    Fewer steps are better. Among paths of equal length, the one whose weakest status is firmer wins, then the next
    weakest; then the same by basis; then by the number of independent origins. Remaining ties are broken by id order,
    in the code that compares paths.
    """

    def __init__(self, schema: Schema) -> None:
        self._statuses = {status: rank for rank, status in enumerate(schema.firmness)}
        self._bases = {basis: rank for rank, basis in enumerate(schema.bases)}
        self._basis_at = _ORIGINS + 1
        self._status_at = self._basis_at + len(self._bases) + 1
        self._step = _BASE ** (self._status_at + len(self._statuses) + 1)
        self._known: dict[tuple[str | None, str | None, int | None], int] = {}

    def weight(self, status: str | None, basis: str | None, origins: int | None) -> int:
        """Return the weight of an edge; missing values count as the weakest."""
        asked = (status, basis, origins)
        if asked not in self._known:
            firm = _BASE ** (self._status_at + self._statuses.get(status or "", len(self._statuses)))
            told = _BASE ** (self._basis_at + self._bases.get(basis or "", len(self._bases)))
            self._known[asked] = self._step + firm + told + _BASE ** (_ORIGINS - min(origins or 0, _ORIGINS))
        return self._known[asked]


@dataclass(frozen=True, slots=True)
class _Search:
    """The subgraph that short enough paths can use, with steps and least weight from each entity to the end."""

    near: Near
    end: str
    most_steps: int
    steps: Mapping[str, int]
    weights: Mapping[str, int]
    over: Callable[[], bool]


def best_paths(
    near: Near,
    start: str,
    end: str,
    *,
    most: int,
    steps: int,
    closed: Collection[str] = (),
    over: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Return up to `limit` best paths of at most `max_steps` steps, best first; none enters `blocked_entities`.

    When `is_time_up` returns True, the paths found so far are returned.
    """
    there, back = (_distances(near, one, steps, closed) for one in (start, end))
    inside = {entity for entity, far in there.items() if far + back.get(entity, steps + 1) <= steps}
    part = {here: {other: near[here][other] for other in near.get(here, ()) if other in inside} for here in inside}
    search = _Search(part, end, steps, back, _weights_to(part, end), over)
    found: list[Path] = []
    first = _way_on(search, (start,), 0, ())
    # Each candidate: weight, path, and the index at which it deviates from the path it was derived from.
    candidates = [(*first, 0)] if first else []
    while candidates and len(found) < most:
        _weight, path, left_at = heapq.heappop(candidates)
        found.append(path)
        for place in range(left_at, len(path) - 1):
            root = path[: place + 1]
            taken = {other[place + 1] for other in found if other[: place + 1] == root}
            way = _way_on(search, root, sum(part[here][other] for here, other in pairwise(root)), taken)
            if way:
                heapq.heappush(candidates, (*way, place))
    return found


def _distances(near: Near, start: str, steps: int, closed: Collection[str]) -> dict[str, int]:
    found = {start: 0}
    outermost = [start]
    for far in range(1, steps + 1):
        reached = {other for entity in outermost for other in near.get(entity, ()) if other not in closed}
        outermost = list(reached - found.keys())
        found |= dict.fromkeys(outermost, far)
    return found


def _weights_to(near: Near, end: str) -> dict[str, int]:
    """Return the least weight of a path from each entity to the end (Dijkstra)."""
    found: dict[str, int] = {}
    waiting = [(0, end)]
    while waiting:
        weight, entity = heapq.heappop(waiting)
        if entity in found:
            continue
        found[entity] = weight
        for other, more in near.get(entity, {}).items():
            if other not in found:
                heapq.heappush(waiting, (weight + more, other))
    return found


def _way_on(search: _Search, root: Path, weight: int, taken: Collection[str]) -> tuple[int, Path] | None:
    """Return weight and entities of the best path that starts with `root_path`, whose weight is given, or None.

    The entity after `root_path` is none of `excluded_neighbours`.
    """
    done = set(root[:-1])
    waiting = [(0, root, weight)]
    looked = 0
    while waiting:
        _expected, path, weight = heapq.heappop(waiting)
        here = path[-1]
        if here == search.end:
            return weight, path
        looked += 1
        if here in done:
            continue
        if looked % _PAUSE == 0 and search.over():
            return None
        done.add(here)
        for other, more in search.near.get(here, {}).items():
            refused = other in done or (path is root and other in taken)
            if not refused and len(path) + search.steps[other] <= search.most_steps:
                expected = weight + more + search.weights[other]
                heapq.heappush(waiting, (expected, (*path, other), weight + more))
    return None
