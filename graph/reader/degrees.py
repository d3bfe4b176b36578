"""Degree ranking of a release's entities, cached because counting all neighbours takes long."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..disk_cache import DiskCache
from ..engines.bolt import Engine
from ..model.release import Release
from ..store.ownership import reader_cypher
from .objects import Subgraph

RANKING_SIZE = 2_000
"""Number of ranked entities: as many as the largest picture shows."""


class DegreeRanking:
    """Caches the best connected entities of a release, also for other processes if the cache has a folder."""

    def __init__(self, cache: DiskCache) -> None:
        self._cache = cache

    def best_connected(self, engine: Engine, release: str, predicates: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return the top `RANKING_SIZE` entity ids with their degree (number of neighbours), and the entity total.

        Taken from the cache if `cache_ranking` filled it when the release was loaded, else counted by a query.
        """
        if entry := self._cache.get(_key(release)):
            degrees, total = entry
            return degrees, total
        return _count_degrees(engine, predicates), engine.read(reader_cypher("entity_count"), {})[0]["entities"]

    def cached_subgraph(self, release: str) -> Subgraph | None:
        """Return the cached subgraph of the best connected entities of a release, or None."""
        return self._cache.get(f"subgraph {release}")

    def cache_subgraph(self, release: str, subgraph: Subgraph) -> None:
        """Cache the subgraph of the best connected entities."""
        self._cache.store(f"subgraph {release}", subgraph)


def cache_ranking(cache: DiskCache, release: Release, predicates: Collection[str]) -> None:
    """Rank the entities of a release and cache the result."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in release.edges:
        if edge.predicate in predicates:
            neighbours[edge.subject].add(edge.object)
            neighbours[edge.object].add(edge.subject)
    degrees = _top_ranked({entity.id: len(neighbours.get(entity.id, ())) for entity in release.entities})
    cache.store(_key(release.id), [degrees, len(release.entities)])


def _count_degrees(engine: Engine, predicates: Sequence[str]) -> dict[str, int]:
    rows = engine.read(reader_cypher("best_connected"), {"predicates": predicates, "limit": RANKING_SIZE})
    degrees = {row["id"]: row["ties"] for row in rows}
    if len(degrees) < RANKING_SIZE:
        # The first RANKING_SIZE ids contain enough entities without edges to fill up the ranking.
        degrees = (
            dict.fromkeys((row["id"] for row in engine.read(reader_cypher("first_ids"), {"limit": RANKING_SIZE})), 0)
            | degrees
        )
    return _top_ranked(degrees)


def _top_ranked(degrees: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:RANKING_SIZE])


def _key(release: str) -> str:
    return f"ranking {release}"
