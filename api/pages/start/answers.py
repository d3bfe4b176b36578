"""The answers on the start page: the flagship question in each reading, and other questions with their counts."""

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
"""The ways in which the question can be meant, as parameters of its query."""
WAYS: Mapping[str, tuple[str, ...]] = {
    "has": DONE,
    "plans": ("planned", "approved"),
    "considers": ("considered",),
    "proposes": ("proposed",),
}
"""How far a fund is, as the sentences on the start page tell it apart."""
Row = Mapping[str, Any]


def flagship(service: Service) -> dict[str, Any]:
    """Return the answer as lists of provinces.

    `having` carry out the policy and have the fund, `not_yet` carry it out and plan one, `not_tied` have or plan one
    and are not said to carry it out, `other_kind` carry it out with a fund of another kind; these three by way, how far
    the fund is. `no_fund` carry it out too. Nobody who is an answer is named as one that comes near. `nobody` is true
    where no province at all has such a fund.
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
    """Return each province of some rows once."""
    found = {row["province"]: row["province_name"] for row in rows}
    return [{"id": key, "name": name} for key, name in found.items()]


def _failing(rows: Iterable[Row], condition: str) -> list[Row]:
    """Return the rows that fail one condition alone."""
    return [row for row in rows if row["fails"] == [condition]]


def _by_way(rows: Iterable[Row]) -> dict[str, list[dict[str, str]]]:
    listed = list(rows)
    found = {way: provinces(row for row in listed if row["fund_status"] in statuses) for way, statuses in WAYS.items()}
    return {way: members for way, members in found.items() if members}


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
