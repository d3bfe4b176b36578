"""The timeline page: dated statements of the whole graph or about one entity, by year and month."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import BadParameter, NotFound
from ...http.request import service_of
from ...http.request_checks import known, value_of
from ...presenters.evidence import Sources, first_behind
from ...presenters.matrix import FACTS, provinces_of_today
from ...service.service import Service
from .._base.charts import column
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .entries import QUERY, Entry, entries_of, in_order, years_of

free = APIRouter(include_in_schema=False)
"""Its parameter `kind` may be repeated, which `StrictRoute` does not allow; so all parameters are checked here."""
ROUTERS = (free,)
MENU = (MenuEntry("/timeline", "nav_timeline", "menu_ask", 3, head=4),)
PARAMETERS = ("entity", "kind", "type", "days", "order", "page", "lang")
USUAL_BY_ARTICLE = ("fund_or_centre",)
"""Kinds that are listed by the date of their article by default."""
DAYS = ("own", "all")
ORDERS = ("oldest",)
LONGEST = 40
"""Longest range of years in which years without entries are shown as well."""
MOST = 120
"""Entries on one page."""
LISTED = 40
"""Maximum number of relations listed in a merged entry; CSV and JSON have all."""


@free.get("/timeline")
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
    if QUERY not in service.queries:
        raise NotFound(f"there is no query {QUERY}, on which the timeline rests")
    kinds = service.queries[QUERY].params["kind"].values
    known("parameter", request.query_params.keys(), PARAMETERS)
    _given_once(request)
    for one in kind or ():
        value_of("kind", one, kinds)
    value_of("type", type or None, list(service.schema.nodes))
    value_of("days", days or None, DAYS)
    value_of("order", order or None, ORDERS)
    about = service.graph.entity(entity) if entity else None
    given: dict[str, str | list[str]] = {"entity": entity, "kind": kind or "", "type": type}
    given |= (
        {"only_own_dates": "true"} if days == "own" else {"by_article": "any" if days == "all" else [*USUAL_BY_ARTICLE]}
    )
    given = {name: value for name, value in given.items() if value}
    entries = in_order(entries_of(service.graph.query(QUERY, given)["rows"]), newest_first=not order)
    here = entries[(page - 1) * MOST : page * MOST]
    _show(service, here)
    link = link_maker(request)

    def address(**changed: Any) -> str:
        now = {"entity": entity, "kind": kind, "type": type, "days": days, "order": order}
        return link("/timeline", **(now | changed))

    return render(
        request,
        "timeline.html",
        about=about,
        years=years_of(here, service.release()["data_date"]),
        bars=_bars(entries),
        count=len(entries),
        page=page,
        pages=range(1, -(-len(entries) // MOST) + 1),
        dates=service.graph.dates(entity or None),
        kinds=kinds,
        chosen={"entity": entity, "kind": kind or list(kinds), "type": type, "days": days, "order": order},
        provinces=provinces_of_today(service) if FACTS in service.queries else [],
        address=address,
        listed=LISTED,
        csv=link(f"/api/v1/queries/{QUERY}.csv", **given, lang=None),
        json=link(f"/api/v1/queries/{QUERY}", **given, lang=None),
    )


def _given_once(request: Request) -> None:
    for name in request.query_params:
        if name != "kind" and (times := len(request.query_params.getlist(name))) > 1:
            raise BadParameter(f"{name}: found {times} of it; expected one")


def _bars(entries: Sequence[Entry]) -> list[tuple[str, int, Markup, int]]:
    """Return `(year, count, bar, first_page)` of each year; `first_page` is 0 for years without entries."""
    counts = Counter(entry.year for entry in entries)
    begins: dict[str, int] = {}
    for place, entry in enumerate(entries):
        begins.setdefault(entry.year, place // MOST + 1)
    years = list(begins)
    if years and (span := sorted(map(int, years)))[-1] - span[0] <= LONGEST:
        every = map(str, range(span[0], span[-1] + 1))
        years = sorted(every, reverse=years[0] == str(span[-1]))
    most = max(counts.values(), default=1)
    return [(year, counts[year], column(counts[year] / most), begins.get(year, 0)) for year in years]


def _show(service: Service, entries: Iterable[Entry]) -> None:
    """Read and set the evidence of the entries."""
    listed = list(entries)
    told = service.graph.statements_by_id(key for entry in listed for key in first_behind(entry.statements))
    sources = Sources(service)
    for entry in listed:
        entry.behind = sources.behind(told, entry.statements)
