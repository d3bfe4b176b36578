"""Facets of a search: by what its results can be narrowed, and how many each choice leaves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...graph.reader.objects import Facets
from ...graph.reader.reader import Graph
from ...graph.search.search import SearchHit

FACETS = ("type", "kind", "province", "status", "article")
"""Names of the facets, which are also parameters of the search page."""
_MAX_CHOICES = 12


@dataclass(frozen=True, slots=True)
class FacetedHits:
    """The results that fit what was chosen, and for each facet its values with their counts, most first.

    A facet with a chosen value counts as if nothing were chosen in it; a facet with one value and nothing chosen is
    left out.
    """

    hits: list[SearchHit]
    counts: Mapping[str, list[tuple[str, int]]]


def narrow(graph: Graph, hits: Sequence[SearchHit], choices: Mapping[str, str]) -> FacetedHits:
    """Narrow the results of a search; `choices` maps names of facets to the value that a result must have."""
    facets = graph.facets({hit["id"] for hit in hits}) if hits else {}
    values = {hit["id"]: _facet_values(hit, facets.get(hit["id"])) for hit in hits}

    def fits(result: SearchHit, names: Iterable[str]) -> bool:
        return all(choices[name] in values[result["id"]][name] for name in names)

    counts: dict[str, list[tuple[str, int]]] = {}
    for facet in FACETS:
        others = [name for name in choices if name != facet]
        counter = Counter(value for hit in hits if fits(hit, others) for value in sorted(values[hit["id"]][facet]))
        if len(counter) > 1 or facet in choices:
            counts[facet] = counter.most_common(_MAX_CHOICES)
    return FacetedHits([hit for hit in hits if fits(hit, choices)], counts)


def _facet_values(result: SearchHit, facets: Facets | None) -> dict[str, set[str]]:
    kind, provinces, articles = (facets["kind"], facets["provinces"], facets["articles"]) if facets else (None, [], [])
    return {
        "type": {result["type"]},
        "kind": {kind} if kind else set(),
        "province": set(provinces),
        "status": {result["status"]} if result["status"] else set(),
        "article": set(articles),
    }
