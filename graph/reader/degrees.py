"""Degree ranking of a release's entities, cached because counting all neighbours takes long."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..disk_cache import Kept
from ..engines.bolt import Engine, Json
from ..model.release import Release
from ..store.ownership import cypher

RANKED = 2_000
"""Number of ranked entities: as many as the largest picture shows."""


class Ranking:
    """Caches the best connected entities of a release, in `cache` also for other processes."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept
        self._known: tuple[str, Json] | None = None

    def best(self, engine: Engine, release: str, predicates: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return the top `RANKING_SIZE` entity ids with their degree (number of neighbours), and the entity total.

        Taken from the cache if `cache_ranking` filled it when the release was loaded, else counted by a query.
        """
        if self._kept and (found := self._kept.get(_key(release))):
            ties, of = found
            return ties, of
        return _counted(engine, predicates), engine.read(cypher("entity_count"), {})[0]["entities"]

    def part(self, release: str) -> Json | None:
        """Return the cached subgraph of the best connected entities of a release, or None."""
        if self._known is None or self._known[0] != release:
            found = self._kept.get(f"whole {release}") if self._kept else None
            self._known = None if found is None else (release, found)
        return self._known[1] if self._known else None

    def remember(self, release: str, part: Json) -> None:
        """Cache the subgraph of the best connected entities."""
        self._known = release, part
        if self._kept:
            self._kept.put(f"whole {release}", part)


def keep(kept: Kept, release: Release, predicates: Collection[str]) -> None:
    """Rank the entities of a release and cache the result."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in release.edges:
        if edge.predicate in predicates:
            near[edge.subject].add(edge.object)
            near[edge.object].add(edge.subject)
    ties = _first({entity.id: len(near.get(entity.id, ())) for entity in release.entities})
    kept.put(_key(release.id), [ties, len(release.entities)])


def _counted(engine: Engine, predicates: Sequence[str]) -> dict[str, int]:
    rows = engine.read(cypher("best_connected"), {"predicates": predicates, "limit": RANKED})
    ties = {row["id"]: row["ties"] for row in rows}
    if len(ties) < RANKED:
        # The first RANKING_SIZE ids contain enough entities without edges to fill up the ranking.
        ties = dict.fromkeys((row["id"] for row in engine.read(cypher("first_ids"), {"limit": RANKED})), 0) | ties
    return _first(ties)


def _first(ties: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(ties.items(), key=lambda item: (-item[1], item[0]))[:RANKED])


def _key(release: str) -> str:
    return f"ranking {release}"
