"""The best simple paths between two ends in a part of a graph that was read: pure, and exact in what it is given.

Yen's method: each next path leaves one that was found at some entity. The way on from there is sought best first, led
by the true distance to the end, so that little more than the path itself is looked at.
"""

import heapq
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model.schema import Schema

MOST_STEPS = 8
"""Most steps of a path."""
_BASE = 16
"""More than any path has steps: a sum of weights then compares the steps one rank after the other, weakest first."""
_ORIGINS = 9
"""Independent tellings above this number count no further."""
_PAUSE = 256
"""Entities looked at between two looks at the clock."""
Near = Mapping[str, Mapping[str, int]]
"""The neighbours of entities, with the weight of the best edge to each."""
Path = tuple[str, ...]


class Measure:
    """How good an edge is, as a weight; weights of edges add up to that of a path, and the lowest is the best.

    Fewer steps are better. Of equally many: the path whose weakest status is firmer, and then the next weakest; then
    the same by basis; then by the number of independent origins. (Whoever compares paths lets the alphabet decide what
    is still equal.)
    """

    def __init__(self, schema: Schema) -> None:
        self._statuses = {status: rank for rank, status in enumerate(schema.firmness)}
        self._bases = {basis: rank for rank, basis in enumerate(schema.bases)}
        self._basis_at = _ORIGINS + 1
        self._status_at = self._basis_at + len(self._bases) + 1
        self._step = _BASE ** (self._status_at + len(self._statuses) + 1)
        self._known: dict[tuple[str | None, str | None, int | None], int] = {}

    def weight(self, status: str | None, basis: str | None, origins: int | None) -> int:
        """Return the weight of an edge; what it does not have counts as the weakest."""
        asked = (status, basis, origins)
        if asked not in self._known:
            firm = _BASE ** (self._status_at + self._statuses.get(status or "", len(self._statuses)))
            told = _BASE ** (self._basis_at + self._bases.get(basis or "", len(self._bases)))
            self._known[asked] = self._step + firm + told + _BASE ** (_ORIGINS - min(origins or 0, _ORIGINS))
        return self._known[asked]


@dataclass(frozen=True, slots=True)
class _Search:
    """What lies on ways short enough, and for each entity there the steps and the weight that still lead to the end."""

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
    """Return the best paths of at most `steps` steps, `most` of them at most, best first; none enters `closed`.

    `over` tells that time is up: what was found so far is returned.
    """
    there, back = (_distances(near, one, steps, closed) for one in (start, end))
    inside = {entity for entity, far in there.items() if far + back.get(entity, steps + 1) <= steps}
    part = {here: {other: near[here][other] for other in near.get(here, ()) if other in inside} for here in inside}
    search = _Search(part, end, steps, back, _weights_to(part, end), over)
    found: list[Path] = []
    first = _way_on(search, (start,), 0, ())
    # Each candidate with the place up to which it goes the way of the path that it left.
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
    """Return the least weight of a way from each entity to the end."""
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
    """Return the best path that begins with `root`, whose weight is given, and does not go on to one of `taken`."""
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
