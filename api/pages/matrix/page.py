"""The matrix page: provinces by instruments, each cell with status, basis and evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ....graph.catalogue.query import find_query
from ....graph.model.folding import fold
from ....graph.model.schema import schema
from ...http.pooled_route import heavy
from ...http.request import service_of
from ...http.request_checks import PageRoute, validate_choice
from ...presenters.evidence import Sources, StatementEvidence, first_statement_ids
from ...presenters.matrix import (
    MATRIX_QUERY,
    NOT_STATED_QUESTIONS,
    Instrument,
    ProvinceRow,
    instrument_columns,
    province_rows,
)
from ...presenters.truncated import TruncatedList, truncate
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/matrix", "nav_matrix", "menu_ask", 2, header_order=3),)
BY_NAME = "name"
MAX_INSTRUMENTS_PER_CELL = 6
"""Maximum number of entities that a cell lists; the answer of the query has all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one province has in one column; `not_stated_url` is the query for what articles state instead."""

    column: str
    instruments: TruncatedList[Instrument]
    evidence: TruncatedList[StatementEvidence]
    not_stated_url: str


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """A row of the page: a province with its cells."""

    id: str
    name: str
    cells: list[Cell]

    @property
    def evidence_count(self) -> int:
        """Number of statements that support its cells."""
        return sum(cell.evidence.count for cell in self.cells)


@router.get("/matrix")
@heavy
def matrix(
    request: Request,
    non_empty: bool = False,
    status: str = "",
    instrument: str = "",
    sort: str = "",
    names: bool = False,
) -> Response:
    """Provinces by instruments, optionally filtered and sorted.

    `non_empty` keeps only provinces about which something is stated; `names` shows the names of entities.
    """
    service = service_of(request)
    columns = instrument_columns(find_query(service.queries, MATRIX_QUERY))
    validate_choice("status", status or None, schema().precedence)
    validate_choice("instrument", instrument or None, columns)
    validate_choice("sort", sort or None, [BY_NAME, *columns])
    shown_columns = [instrument] if instrument else columns
    rows = province_rows(service)
    matching_rows = [row for row in rows if _matches(row, shown_columns, status)]
    empty_rows = [] if status or non_empty else [row for row in rows if not row.statuses(shown_columns)]
    link = link_maker(request)

    def address(**changes: Any) -> str:
        flags = {name: "true" if is_set else "" for name, is_set in (("non_empty", non_empty), ("names", names))}
        return link("/matrix", **({"status": status, "instrument": instrument, "sort": sort} | flags | changes))

    return render(
        request,
        "matrix.html",
        columns=shown_columns,
        all_columns=columns,
        lines=_lines(request, service, _sort_rows(matching_rows, shown_columns, sort), shown_columns),
        empty_rows=empty_rows,
        count=len(rows),
        counts={column: sum(bool(row.cells[column]) for row in matching_rows) for column in shown_columns},
        names=service.graph.names(
            held_instrument.id
            for row in matching_rows
            for column in shown_columns
            for held_instrument in row.cells[column][:MAX_INSTRUMENTS_PER_CELL]
        ),
        statuses=schema().precedence,
        filters={"non_empty": non_empty, "status": status, "instrument": instrument, "sort": sort, "names": names},
        is_filtered=bool(non_empty or status or instrument),
        address=address,
        csv=link(f"/api/v1/queries/{MATRIX_QUERY}.csv", lang=None),
        json=link(f"/api/v1/queries/{MATRIX_QUERY}", lang=None),
    )


def _matches(row: ProvinceRow, columns: Iterable[str], status: str) -> bool:
    statuses = row.statuses(columns)
    return status in statuses if status else bool(statuses)


def _sort_rows(rows: list[ProvinceRow], columns: Sequence[str], sort: str) -> list[ProvinceRow]:
    """Return the rows by name, by the furthest status in the column `sort`, or by the number of filled cells."""

    precedence = schema().precedence

    def sort_key(row: ProvinceRow) -> tuple[int, str, str]:
        rank = -sum(bool(row.cells[column]) for column in columns)
        if sort == BY_NAME:
            rank = 0
        elif sort:
            rank = min((precedence.index(instrument.status) for instrument in row.cells[sort]), default=len(precedence))
        return rank, fold(row.name), row.id

    return sorted(rows, key=sort_key)


def _lines(request: Request, service: Service, rows: list[ProvinceRow], columns: list[str]) -> list[ProvinceLine]:
    statements = service.graph.statements_by_id(
        key for row in rows for column in columns for key in first_statement_ids(_statement_ids(row.cells[column]))
    )
    sources = Sources(service)
    link = link_maker(request)

    def cell(row: ProvinceRow, column: str) -> Cell:
        instruments = row.cells[column]
        not_stated_url = link("/queries/not_stated", province=row.id, question=NOT_STATED_QUESTIONS.get(column))
        return Cell(
            column,
            truncate(instruments, MAX_INSTRUMENTS_PER_CELL),
            sources.first_evidence(statements, _statement_ids(instruments)),
            not_stated_url,
        )

    return [ProvinceLine(row.id, row.name, [cell(row, column) for column in columns]) for row in rows]


def _statement_ids(instruments: Sequence[Instrument]) -> Iterable[str]:
    return (key for instrument in instruments[:MAX_INSTRUMENTS_PER_CELL] for key in instrument.statements)
