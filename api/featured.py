"""Questions to start from, with their answers counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vnkg.api.service import Service


@dataclass(frozen=True, slots=True)
class Featured:
    """A query with what it is given; `page` where a page of its own answers it better, and counts what it lists."""

    query: str
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    page: str = ""


FEATURED = (
    Featured("provinces_by_policy"),
    Featured("instrument_matrix", page="/matrix"),
    Featured("funds_and_sizes"),
    Featured("not_stated", {"question": "venture_capital_fund"}),
    Featured("who_speaks_for_what"),
    Featured("proposals_made"),
    Featured("disagreements_about", page="/disagreements"),
    Featured("corroborated_edges"),
)
"""In the order of the start page: for those who count, for those who tell, for those who check."""


def featured(service: Service) -> list[dict[str, Any]]:
    """Return the questions, each with the number of its answers and near misses, none where a page has it."""
    found: list[dict[str, Any]] = []
    for one in FEATURED:
        if one.query in service.queries:
            result = {} if one.page else service.graph.query(one.query, one.given)
            counts = {part: len(result[part]) for part in result}
            path = one.page or f"/queries/{one.query}"
            found.append({"query": service.queries[one.query], "given": one.given, "path": path, "counts": counts})
    return found
