"""The matrix of provinces by instruments: the rows of one query as cells of entities with a status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...graph.catalogue.query import Query
from ...graph.model.folding import fold
from ...graph.model.schema import schema
from ..service.service import Service

MATRIX_QUERY, PROVINCES_QUERY = "instrument_matrix", "provinces_by_fact_count"
POLICY_COLUMN = "resolution_57"
"""The column for the status of implementing the policy; the others list what the province has, plans or proposes."""
NOT_STATED_QUESTIONS = {
    POLICY_COLUMN: "implements_policy",
    "vc_fund": "venture_capital_fund",
    "st_fund": "st_development_fund",
    "innovation_centre": "innovation_centre",
}
"""The question of the query `not_stated` that corresponds to each column."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An entity in a cell with its statement ids.

    `implementation` (only in the policy's column) says how explicitly a passage links the province to the policy.
    `due` says by when it is to be so; empty if not stated.
    """

    id: str
    status: str
    basis: str
    implementation: str | None = None
    statements: tuple[str, ...] = ()
    due: str = ""

    @property
    def holds(self) -> bool:
        """Whether it counts as so: in force, and not only by the context."""
        predicate, qualifiers = (
            ("IMPLEMENTS", {"implementation": self.implementation}) if self.implementation else ("HAS", {})
        )
        return schema().edge_holds(predicate, self.status, self.basis, qualifiers)


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province with its cells by column; an empty cell means not stated."""

    id: str
    name: str
    cells: Mapping[str, list[Instrument]]

    def statuses(self, columns: Iterable[str]) -> set[str]:
        """Return the statuses that occur in some columns."""
        return {instrument.status for column in columns for instrument in self.cells[column]}


def instrument_columns(query: Query) -> list[str]:
    """Return the names of the columns that list instruments, in their order."""
    return [column.name for column in query.returns.values() if column.detail_columns]


def current_provinces(service: Service) -> list[dict[str, Any]]:
    """Return `{id, name, statements}` of every current province, sorted by name; `statements` is a count."""

    def read() -> list[dict[str, Any]]:
        result = service.graph.query(PROVINCES_QUERY, {})
        provinces = [
            {"id": row["province"], "name": row["province_name"], "statements": row["statement_count"]}
            for row in result["rows"] + result["near_misses"]
            if row["is_current"]
        ]
        return sorted(provinces, key=lambda province: (fold(province["name"]), province["id"]))

    return service.cached_per_release("provinces_of_today", read)


def province_rows(service: Service) -> list[ProvinceRow]:
    """Return every current province, sorted by name; all cells are empty if no article states anything about it."""

    def read() -> list[ProvinceRow]:
        columns = instrument_columns(service.queries[MATRIX_QUERY])
        rows = {row["province"]: row for row in service.graph.query(MATRIX_QUERY, {})["rows"]}
        statements = service.graph.statements_by_id(key for row in rows.values() for key in row["statements"])
        return [
            ProvinceRow(
                province["id"],
                province["name"],
                {column: _cell_instruments(rows.get(province["id"]), column, statements) for column in columns},
            )
            for province in current_provinces(service)
        ]

    return service.cached_per_release("province_rows", read)


def _cell_instruments(
    row: Mapping[str, Any] | None, column: str, statements: Mapping[str, Mapping[str, Any]]
) -> list[Instrument]:
    if row is None:
        return []
    implementation = row[f"{column}_implementation"] if column == POLICY_COLUMN else None
    lists = (row[name] or () for name in (f"{column}_items", column, f"{column}_basis", f"{column}_due"))
    row_statements = [statements[key] for key in dict.fromkeys(row["statements"])]

    def statement_ids(end: str) -> tuple[str, ...]:
        return tuple(
            statement["id"] for statement in row_statements if end in (statement["subject"], statement.get("object"))
        )

    return [
        Instrument(id, status, basis, implementation, statement_ids(id), due)
        for id, status, basis, due in zip(*lists, strict=True)
    ]
