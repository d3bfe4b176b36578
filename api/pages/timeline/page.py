"""The timeline page: dated statements of the whole graph or about one entity, by year and month."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph.catalogue.query import find_query
from ....graph.errors import BadParameter
from ...http.pooled_route import PooledRoute
from ...http.request import service_of
from ...http.request_checks import reject_unknown, validate_choice
from ...presenters.dated_rows import PROVINCE_DATES, with_statement_texts
from ...presenters.evidence import Sources, first_statement_ids
from ...presenters.matrix import PROVINCES_QUERY, current_provinces
from ...service.service import Service
from .._base.charts import vertical_bar
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .entries import QUERY, Entry, entries_of, in_order, years_of

dynamic_params_router = APIRouter(route_class=PooledRoute, include_in_schema=False)
"""Its parameter `kind` may be repeated, which `PageRoute` does not allow; so all parameters are checked here."""
ROUTERS = (dynamic_params_router,)
MENU = (MenuEntry("/timeline", "nav_timeline", "menu_ask", 3, header_order=4),)
PARAMETERS = ("entity", "kind", "type", "days", "order", "page", "lang")
DEFAULT_BY_ARTICLE = ("fund_or_centre",)
"""Kinds that are listed by the date of their article by default."""
DAYS = ("own", "all")
ORDERS = ("oldest",)
MAX_YEAR_COLUMNS = 40
"""Longest range of years in which years without entries are shown as well."""
PAGE_SIZE = 120
"""Entries on one page."""
MAX_LISTED_RELATIONS = 40
"""Maximum number of relations listed in a merged entry; CSV and JSON have all."""


@dynamic_params_router.get("/timeline")
def timeline(
    request: Request,
    entity: str = "",
    kind: Annotated[list[str] | None, Query()] = None,
    type: str = "",
    days: str = "",
    order: str = "",
    page: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """The entries, newest first unless `order` says otherwise, with filters."""
    service = service_of(request)
    kinds = find_query(service.queries, QUERY).params["kind"].values
    reject_unknown("parameter", request.query_params.keys(), PARAMETERS)
    _reject_repeated(request)
    for kind_value in kind or ():
        validate_choice("kind", kind_value, kinds)
    validate_choice("type", type or None, list(service.schema.nodes))
    validate_choice("days", days or None, DAYS)
    validate_choice("order", order or None, ORDERS)
    about = service.graph.entity(entity) if entity else None
    parameters: dict[str, str | list[str]] = {"entity": entity, "kind": kind or "", "type": type}
    parameters |= (
        {"exclude_article_dates": "true"}
        if days == "own"
        else {"article_dated_kinds": "any" if days == "all" else [*DEFAULT_BY_ARTICLE]}
    )
    parameters = {name: value for name, value in parameters.items() if value}
    entries = in_order(entries_of(service.graph.query(QUERY, parameters)["rows"]), newest_first=not order)
    page_entries = entries[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    _add_evidence(service, page_entries)
    link = link_maker(request)

    def address(**changes: Any) -> str:
        filters = {"entity": entity, "kind": kind, "type": type, "days": days, "order": order}
        return link("/timeline", **(filters | changes))

    return render(
        request,
        "timeline.html",
        entity=about,
        years=years_of(page_entries, service.release()["data_date"]),
        bars=_year_bars(entries),
        count=len(entries),
        page=page,
        pages=range(1, -(-len(entries) // PAGE_SIZE) + 1),
        dates=service.graph.dates(entity or None),
        kinds=kinds,
        province_dates=PROVINCE_DATES,
        filters={"entity": entity, "kind": kind or list(kinds), "type": type, "days": days, "order": order},
        provinces=current_provinces(service) if PROVINCES_QUERY in service.queries else [],
        address=address,
        max_listed=MAX_LISTED_RELATIONS,
        csv=link(f"/api/v1/queries/{QUERY}.csv", **parameters, lang=None),
        json=link(f"/api/v1/queries/{QUERY}", **parameters, lang=None),
    )


def _reject_repeated(request: Request) -> None:
    for name in request.query_params:
        if name != "kind" and (times := len(request.query_params.getlist(name))) > 1:
            raise BadParameter(f"{name}: found {times} of it; expected one")


def _year_bars(entries: Sequence[Entry]) -> list[tuple[str, int, Markup, int]]:
    """Return `(year, count, bar, first_page)` of each year; `first_page` is 0 for years without entries."""
    counts = Counter(entry.year for entry in entries)
    first_page: dict[str, int] = {}
    for index, entry in enumerate(entries):
        first_page.setdefault(entry.year, index // PAGE_SIZE + 1)
    years = list(first_page)
    if years and (span := sorted(map(int, years)))[-1] - span[0] <= MAX_YEAR_COLUMNS:
        all_years = map(str, range(span[0], span[-1] + 1))
        years = sorted(all_years, reverse=years[0] == str(span[-1]))
    maximum = max(counts.values(), default=1)
    return [(year, counts[year], vertical_bar(counts[year] / maximum), first_page.get(year, 0)) for year in years]


def _add_evidence(service: Service, entries: Iterable[Entry]) -> None:
    """Read and set the evidence of the entries, and what their statements say beside a date."""
    all_entries = list(entries)
    statements = service.graph.statements_by_id(
        key for entry in all_entries for key in first_statement_ids(entry.statements)
    )
    sources = Sources(service)
    for entry in all_entries:
        entry.evidence = sources.first_evidence(statements, entry.statements)
        entry.row = with_statement_texts(entry.row, statements, entry.statements)
