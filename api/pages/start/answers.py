"""Answers on the start page: the flagship query in each interpretation, and featured queries with their counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ....graph.model.objects import Row
from ....graph.model.schema import Schema
from ...service.service import Service

FLAGSHIP = "provinces_with_fund"
WEAKER_STAGES = ("considers", "proposes")
"""Stages of a fund that are less than a plan."""
Interpretations = Mapping[str, Mapping[str, list[str]]]


def interpretations(schema: Schema) -> Interpretations:
    """Return the interpretations of the question, as parameters of its query."""
    in_force, planned = list(schema.statuses_in("in_force")), list(schema.statuses_in("planned"))
    return {
        "reading_existing": {"fund_status": in_force},
        "reading_planned": {"fund_status": planned},
        "reading_either": {"fund_status": in_force + planned},
        "reading_explicit": {"fund_status": in_force + planned, "implementation": ["explicit"]},
    }


def fund_stages(schema: Schema) -> Mapping[str, tuple[str, ...]]:
    """Return the stages of a fund, as the sentences of the start page distinguish them, with their statuses."""
    weaker = {"considers": ("considered",), "proposes": ("proposed",)}
    plans = tuple(key for key in schema.statuses_in("planned") if (key,) not in weaker.values())
    return {"has": schema.statuses_in("in_force"), "plans": plans, **weaker}


def flagship(service: Service) -> dict[str, Any]:
    """Return the answer to the flagship question as lists of provinces `{id, name}`.

    - `with_fund`: implement the policy and have the fund
    - `prospective`: implement it and plan, consider or propose one (by stage)
    - `not_tied`: have or plan one, but no article says that they implement the policy (by stage)
    - `other_kind`: implement it with a fund of another kind (by stage)
    - `no_fund`: implement it, and no fund is named

    `planning` counts the provinces that plan one, `weighing` those that only consider or propose one, tied or not.
    A province with an answer is in none of the last three. `articles` is the number of articles, `is_nowhere` is true
    if no province at all has such a fund, and `interpretations` has the counts for each interpretation.
    """
    in_force = service.schema.statuses_in("in_force")
    stages = fund_stages(service.schema)
    readings = interpretations(service.schema)
    results = {key: service.graph.query(FLAGSHIP, parameters) for key, parameters in readings.items()}
    rows, near_misses = (results["reading_either"][part] for part in ("rows", "near_misses"))
    with_fund = provinces(row for row in rows if row["fund_status"] in in_force)
    answers = {row["province"] for row in rows}
    other_near_misses = [row for row in near_misses if row["province"] not in answers]
    with_fund_ids = {province["id"] for province in with_fund}
    prospective = _by_stage((row for row in rows if row["province"] not in with_fund_ids), stages)
    not_tied = _by_stage(_failing(other_near_misses, "implements"), stages)
    by_stage = {
        stage: {province["id"] for group in (prospective, not_tied) for province in group.get(stage, ())}
        for stage in stages
    }
    planning = by_stage["plans"] - by_stage["has"]
    weighing = set[str]().union(*(by_stage[stage] for stage in WEAKER_STAGES)) - by_stage["has"] - planning
    return {
        "with_fund": with_fund,
        "prospective": prospective,
        "not_tied": not_tied,
        "planning": len(planning),
        "weighing": len(weighing),
        "other_kind": _by_stage(_failing(other_near_misses, "kind_matches"), stages),
        "no_fund": provinces(_failing(other_near_misses, "has_fund")),
        "articles": len(service.graph.articles()),
        "is_nowhere": not any(
            row["kind_matches"] and row["status_matches"] and row["fund_status"] in in_force
            for row in (*rows, *near_misses)
        ),
        "interpretations": [
            {"key": key, "parameters": parameters} | {part: len(results[key][part]) for part in ("rows", "near_misses")}
            for key, parameters in readings.items()
        ],
    }


def flagship_policy(service: Service) -> dict[str, Any]:
    """Return the policy of the flagship question, `{id, name, issued_on, title, issuer}`; empty if it is not known."""
    id = service.queries[FLAGSHIP].params["policy"].default
    if not id or not service.graph.cards([str(id)]):
        return {}
    policy = service.graph.entity(str(id))
    issuers = [
        edge["neighbour"] for edge in policy["edges"] if (edge["predicate"], edge["direction"]) == ("ISSUED", "in")
    ]
    return {
        "id": policy["id"],
        "name": policy["name"],
        "issued_on": policy.get("issued_on"),
        "title": policy.get("title"),
        "issuer": issuers[0] if issuers else None,
    }


def provinces(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Return each province of the rows once."""
    names_by_id = {row["province"]: row["province_name"] for row in rows}
    return [{"id": key, "name": name} for key, name in names_by_id.items()]


def _failing(rows: Iterable[Row], condition: str) -> list[Row]:
    """Return the rows that fail only this condition."""
    return [row for row in rows if row["fails"] == [condition]]


def _by_stage(rows: Iterable[Row], stages: Mapping[str, tuple[str, ...]]) -> dict[str, list[dict[str, str]]]:
    all_rows = list(rows)
    by_stage = {
        stage: provinces(row for row in all_rows if row["fund_status"] in statuses)
        for stage, statuses in stages.items()
    }
    return {stage: members for stage, members in by_stage.items() if members}


@dataclass(frozen=True, slots=True)
class FeaturedQuery:
    """A query with its parameters; `page` is the address of a page that answers it better, if there is one."""

    query: str
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    page: str = ""


FEATURED_QUERIES = (
    FeaturedQuery("provinces_by_policy"),
    FeaturedQuery("instrument_matrix", page="/matrix"),
    FeaturedQuery("funds_by_kind_and_status"),
    FeaturedQuery("not_stated", {"question": "venture_capital_fund"}),
    FeaturedQuery("who_speaks_for_what"),
    FeaturedQuery("proposals_made"),
    FeaturedQuery("disagreements_about", page="/disagreements"),
    FeaturedQuery("corroborated_edges"),
)
"""In the order of the start page: questions for analysts, for journalists, for fact checkers."""


def featured_queries(service: Service) -> list[dict[str, Any]]:
    """Return the featured queries with the counts of their rows and near misses (empty if a page answers them)."""
    entries: list[dict[str, Any]] = []
    for item in FEATURED_QUERIES:
        if item.query in service.queries:
            result = None if item.page else service.graph.query(item.query, item.parameters)
            counts = {"rows": len(result["rows"]), "near_misses": len(result["near_misses"])} if result else {}
            path = item.page or f"/queries/{item.query}"
            entries.append(
                {"query": service.queries[item.query], "parameters": item.parameters, "path": path, "counts": counts}
            )
    return entries
