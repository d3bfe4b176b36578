"""Answers on the start page: the flagship query in each interpretation, and featured queries with their counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...service.service import Service

FLAGSHIP = "provinces_with_fund"
DONE = ("existing", "in_progress")
NOT_YET = ("planned", "considered", "approved", "proposed")
READINGS: Mapping[str, Mapping[str, list[str]]] = {
    "reading_existing": {"fund_status": list(DONE)},
    "reading_planned": {"fund_status": list(NOT_YET)},
    "reading_either": {"fund_status": [*DONE, *NOT_YET]},
    "reading_explicit": {"fund_status": [*DONE, *NOT_YET], "implementation": ["explicit"]},
}
"""Interpretations of the question, as parameters of its query."""
WAYS: Mapping[str, tuple[str, ...]] = {
    "has": DONE,
    "plans": ("planned", "approved"),
    "considers": ("considered",),
    "proposes": ("proposed",),
}
"""Stages of a fund, as the sentences of the start page distinguish them, with their statuses."""
Row = Mapping[str, Any]


def flagship(service: Service) -> dict[str, Any]:
    """Return the answer to the flagship question as lists of provinces `{id, name}`.

    - `with_fund`: implement the policy and have the fund
    - `prospective`: implement it and plan, consider or propose one (by stage)
    - `not_tied`: have or plan one, but no article says that they implement the policy (by stage)
    - `other_kind`: implement it with a fund of another kind (by stage)
    - `no_fund`: implement it, and no fund is named

    A province with an answer is in none of the last three. `articles` is the number of articles, `is_nowhere` is true
    if no province at all has such a fund, and `interpretations` has the counts for each interpretation.
    """
    results = {key: service.graph.query(FLAGSHIP, given) for key, given in READINGS.items()}
    rows, near = (results["reading_either"][part] for part in ("rows", "near_misses"))
    having = provinces(row for row in rows if row["fund_status"] in DONE)
    answers = {row["province"] for row in rows}
    others = [row for row in near if row["province"] not in answers]
    done = {one["id"] for one in having}
    return {
        "having": having,
        "not_yet": _by_way(row for row in rows if row["province"] not in done),
        "not_tied": _by_way(_failing(others, "implements")),
        "other_kind": _by_way(_failing(others, "kind_as_asked")),
        "no_fund": provinces(_failing(others, "has_fund")),
        "articles": len(service.graph.articles()),
        "nobody": not any(row["kind_as_asked"] and row["fund_status"] in DONE for row in (*rows, *near)),
        "readings": [
            {"key": key, "given": given} | {part: len(results[key][part]) for part in ("rows", "near_misses")}
            for key, given in READINGS.items()
        ],
    }


def provinces(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Return each province of the rows once."""
    found = {row["province"]: row["province_name"] for row in rows}
    return [{"id": key, "name": name} for key, name in found.items()]


def _failing(rows: Iterable[Row], condition: str) -> list[Row]:
    """Return the rows that fail only this condition."""
    return [row for row in rows if row["fails"] == [condition]]


def _by_way(rows: Iterable[Row]) -> dict[str, list[dict[str, str]]]:
    listed = list(rows)
    found = {way: provinces(row for row in listed if row["fund_status"] in statuses) for way, statuses in WAYS.items()}
    return {way: members for way, members in found.items() if members}


@dataclass(frozen=True, slots=True)
class Featured:
    """A query with its parameters; `page` is the address of a page that answers it better, if there is one."""

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
"""In the order of the start page: questions for analysts, for journalists, for fact checkers."""


def featured(service: Service) -> list[dict[str, Any]]:
    """Return the featured queries with the counts of their rows and near misses (empty if a page answers them)."""
    found: list[dict[str, Any]] = []
    for one in FEATURED:
        if one.query in service.queries:
            result = {} if one.page else service.graph.query(one.query, one.given)
            counts = {part: len(result[part]) for part in result}
            path = one.page or f"/queries/{one.query}"
            found.append({"query": service.queries[one.query], "given": one.given, "path": path, "counts": counts})
    return found
