"""The matrix page: provinces by instruments, each cell with status, basis and evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import NotFound
from ....graph.model.folding import fold
from ...http.request import service_of
from ...http.request_checks import StrictRoute, value_of
from ...presenters.evidence import Shown, Sources, first_behind
from ...presenters.matrix import ASKED, FURTHEST_FIRST, QUERY, Held, ProvinceRow, instruments, province_rows
from ...presenters.truncated import Beginning, beginning
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/matrix", "nav_matrix", "menu_ask", 2, head=3),)
BY_NAME = "name"
LISTED = 6
"""Maximum number of entities that a cell lists; the answer of the query has all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one province has in one column; `not_stated_url` is the query for what articles state instead."""

    column: str
    held: Beginning[Held]
    behind: Beginning[Shown]
    asked: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: a province with its cells."""

    id: str
    name: str
    cells: list[Cell]

    @property
    def evidence(self) -> int:
        """Number of statements that support its cells."""
        return sum(cell.behind.count for cell in self.cells)


@router.get("/matrix")
def matrix(
    request: Request,
    something: bool = False,
    status: str = "",
    instrument: str = "",
    sort: str = "",
    names: bool = False,
    lang: Annotated[str | None, Query()] = None,  # noqa: ARG001
) -> Response:
    """Provinces by instruments, optionally filtered and sorted.

    `something` keeps only provinces about which something is stated; `names` shows the names of entities.
    """
    service = service_of(request)
    if QUERY not in service.queries:
        raise NotFound(f"there is no query {QUERY}, on which the matrix rests")
    columns = instruments(service.queries[QUERY])
    value_of("status", status or None, FURTHEST_FIRST)
    value_of("instrument", instrument or None, columns)
    value_of("sort", sort or None, [BY_NAME, *columns])
    shown = [instrument] if instrument else columns
    rows = province_rows(service)
    telling = [row for row in rows if _fits(row, shown, status)]
    silent = [] if status or something else [row for row in rows if not row.statuses(shown)]
    link = link_maker(request)

    def address(**changed: Any) -> str:
        flags = {name: "true" if on else "" for name, on in (("something", something), ("names", names))}
        return link("/matrix", **({"status": status, "instrument": instrument, "sort": sort} | flags | changed))

    return render(
        request,
        "matrix.html",
        columns=shown,
        all_columns=columns,
        lines=_lines(request, service, _in_order(telling, shown, sort), shown),
        silent=silent,
        count=len(rows),
        counts={column: sum(bool(row.cells[column]) for row in telling) for column in shown},
        names=service.graph.names(
            held.id for row in telling for column in shown for held in row.cells[column][:LISTED]
        ),
        statuses=FURTHEST_FIRST,
        chosen={"something": something, "status": status, "instrument": instrument, "sort": sort, "names": names},
        filtered=bool(something or status or instrument),
        address=address,
        csv=link(f"/api/v1/queries/{QUERY}.csv", lang=None),
        json=link(f"/api/v1/queries/{QUERY}", lang=None),
    )


def _fits(row: ProvinceRow, columns: Iterable[str], status: str) -> bool:
    found = row.statuses(columns)
    return status in found if status else bool(found)


def _in_order(rows: list[ProvinceRow], columns: Sequence[str], sort: str) -> list[ProvinceRow]:
    """Return the rows by name, by the furthest status in the column `sort`, or by the number of filled cells."""

    def place(row: ProvinceRow) -> tuple[int, str, str]:
        first = -sum(bool(row.cells[column]) for column in columns)
        if sort == BY_NAME:
            first = 0
        elif sort:
            first = min((FURTHEST_FIRST.index(held.status) for held in row.cells[sort]), default=len(FURTHEST_FIRST))
        return first, fold(row.name), row.id

    return sorted(rows, key=place)


def _lines(request: Request, service: Service, rows: list[ProvinceRow], columns: list[str]) -> list[Line]:
    told = service.graph.statements_by_id(
        key for row in rows for column in columns for key in first_behind(_behind(row.cells[column]))
    )
    sources = Sources(service)
    link = link_maker(request)

    def cell(row: ProvinceRow, column: str) -> Cell:
        held = row.cells[column]
        asked = link("/queries/not_stated", province=row.id, question=ASKED.get(column))
        return Cell(column, beginning(held, LISTED), sources.behind(told, _behind(held)), asked)

    return [Line(row.id, row.name, [cell(row, column) for column in columns]) for row in rows]


def _behind(held: Sequence[Held]) -> Iterable[str]:
    return (key for one in held[:LISTED] for key in one.statements)
