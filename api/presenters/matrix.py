"""The matrix of provinces by instruments: the rows of one query as cells of entities with a status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...graph.catalogue.query import Query
from ...graph.model.folding import fold
from ..service.service import Service

QUERY, FACTS = "instrument_matrix", "provinces_by_fact_count"
POLICY = "resolution_57"
"""The column for the status of implementing the policy; the others list what the province has, plans or proposes."""
FURTHEST_FIRST = (
    "existing", "in_progress", "approved", "planned", "considered", "proposed", "disputed", "unclear", "past",
)  # fmt: skip
"""Statuses in the order in which the query lists the instruments of a cell."""
ASKED = {
    POLICY: "implements_policy",
    "vc_fund": "venture_capital_fund",
    "st_fund": "st_development_fund",
    "innovation_centre": "innovation_centre",
}
"""The question of the query `not_stated` that corresponds to each column."""


@dataclass(frozen=True, slots=True)
class Held:
    """An entity in a cell with its statement ids.

    `implementation` (only in the policy's column) says how explicitly a passage links the province to the policy.
    """

    id: str
    status: str
    basis: str
    tie: str | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province with its cells by column; an empty cell means not stated."""

    id: str
    name: str
    cells: Mapping[str, list[Held]]

    def statuses(self, columns: Iterable[str]) -> set[str]:
        """Return the statuses that occur in some columns."""
        return {held.status for column in columns for held in self.cells[column]}


def instruments(query: Query) -> list[str]:
    """Return the names of the columns that list instruments, in their order."""
    return [column.name for column in query.returns.values() if column.beside]


def provinces_of_today(service: Service) -> list[dict[str, Any]]:
    """Return `{id, name, statements}` of every current province, sorted by name; `statements` is a count."""

    def read() -> list[dict[str, Any]]:
        result = service.graph.query(FACTS, {})
        found = [
            {"id": row["province"], "name": row["province_name"], "statements": row["statement_count"]}
            for row in result["rows"] + result["near_misses"]
            if row["of_today"]
        ]
        return sorted(found, key=lambda one: (fold(one["name"]), one["id"]))

    return service.once_a_release("provinces_of_today", read)


def province_rows(service: Service) -> list[ProvinceRow]:
    """Return every current province, sorted by name; all cells are empty if no article states anything about it."""

    def read() -> list[ProvinceRow]:
        columns = instruments(service.queries[QUERY])
        rows = {row["province"]: row for row in service.graph.query(QUERY, {})["rows"]}
        told = service.graph.statements_by_id(key for row in rows.values() for key in row["statements"])
        return [
            ProvinceRow(
                one["id"], one["name"], {column: _held(rows.get(one["id"]), column, told) for column in columns}
            )
            for one in provinces_of_today(service)
        ]

    return service.once_a_release("province_rows", read)


def _held(row: Mapping[str, Any] | None, column: str, told: Mapping[str, Mapping[str, Any]]) -> list[Held]:
    if row is None:
        return []
    tie = row[f"{column}_tie"] if column == POLICY else None
    lists = (row[name] or () for name in (f"{column}_items", column, f"{column}_basis"))
    mine = [told[key] for key in dict.fromkeys(row["statements"])]

    def behind(end: str) -> tuple[str, ...]:
        return tuple(said["id"] for said in mine if end in (said["subject"], said.get("object")))

    return [Held(id, status, basis, tie, behind(id)) for id, status, basis in zip(*lists, strict=True)]
