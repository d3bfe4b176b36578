"""The comparison page: two to six entities of one type in columns, and the choice of these entities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ....graph.errors import BadParameter, NotFound, RemovedId
from ....graph.reader.objects import NamedId, TypedName
from ....graph.search.search import SearchHit
from ...http.pooled_route import heavy
from ...http.request import RequestContext, service_of
from ...http.request_checks import PageRoute
from ...presenters.comparison import (
    MAX_ENTITIES,
    MIN_ENTITIES,
    NOT_STATED_QUERY,
    build_comparison,
    duplicate_ids,
    parse_ids,
    read_entities,
)
from ...presenters.comparison_numbers import comparability_note
from ...presenters.comparison_objects import CommonRow, Comparison, InstrumentRow, NumberRow, RelationCell
from ...presenters.entity_lookup import EXACT_MATCH_TYPES
from ...presenters.evidence import Sources, StatementEvidence, first_statement_ids
from ...presenters.matrix import MATRIX_QUERY as MATRIX
from ...presenters.matrix import PROVINCES_QUERY, current_provinces
from ...presenters.truncated import TruncatedList
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/compare", "nav_compare", "menu_ask", 4),)
MAX_MATCHES = 12
"""Maximum number of entities offered if a name has several matches."""
MAX_EDGES_PER_CELL = 8
"""Maximum number of edges of one predicate that a cell lists; the entity page lists more."""
MAX_QUICK_PICKS = 60
"""Maximum number of entities offered if no name was entered."""
EvidenceRow = CommonRow | InstrumentRow | NumberRow


@dataclass(slots=True)
class Selection:
    """The entities that an address selects.

    `entities` are those found (`id`, `type`, `name`), `missing_ids` the rest. `error` is the part of the word key that
    says why they cannot be compared (empty if they can), `detail` its English message, `status` the HTTP status.
    """

    ids: list[str]
    entities: list[TypedName] = field(default_factory=list[TypedName])
    missing_ids: list[str] = field(default_factory=list[str])
    error: str = ""
    detail: str = ""
    status: int = 200

    @property
    def type(self) -> str | None:
        """The type of all entities; None if they differ or there are none."""
        types = {entity["type"] for entity in self.entities}
        return types.pop() if len(types) == 1 else None


@router.get("/compare")
@heavy
def compare_page(
    request: Request,
    ids: str = "",
    add: Annotated[str, Query(max_length=2_000)] = "",
) -> Response:
    """The comparison, or the form to select two to six entities of one type.

    `add` is a name or an id. If exactly one entity matches it, the response redirects to the comparison with it.
    """
    service = service_of(request)
    selection = _read_selection(service, parse_ids(ids))
    link = link_maker(request)

    def selection_url(ids: Iterable[str]) -> str:
        return link("/compare", ids=",".join(ids) or None)

    def sources_url(id: str, edge: RelationCell) -> str:
        return link("/queries/edge_sources", **_edge_parameters(id, edge))

    values: dict[str, Any] = {
        "selection": selection,
        "selection_url": selection_url,
        "min_entities": MIN_ENTITIES,
        "max_entities": MAX_ENTITIES,
        "matches": None,
    }
    if add.strip():
        matches = _find_matches(service, add.strip(), selection.type)
        certain_matches = [hit for hit in matches if hit["match_type"] in EXACT_MATCH_TYPES]
        if (
            len(certain_matches) == 1
            and certain_matches[0]["id"] not in selection.ids
            and selection.type in (None, certain_matches[0]["type"])
        ):
            return RedirectResponse(selection_url([*selection.ids, certain_matches[0]["id"]]), 303)
        return render(
            request, "compare.html", values | {"matches": matches, "search_text": add.strip()[:200], "quick_picks": []}
        )
    if selection.error or len(selection.ids) < MIN_ENTITIES:
        return render(
            request, "compare.html", values, status=selection.status, quick_picks=_quick_picks(service, selection)
        )
    result = build_comparison(service, read_entities(service, selection.ids))
    context = RequestContext.from_request(request)
    return render(
        request,
        "comparison.html",
        values,
        result=result,
        evidence=_Evidence(service, result),
        properties=service.schema.nodes[result["type"]].properties,
        questions=service.queries[NOT_STATED_QUERY].params["question"].values
        if NOT_STATED_QUERY in service.queries
        else {},
        shared_numbers=[row for row in result["numbers"] if len(row["cells"]) > 1],
        own_numbers=_own_numbers(result, selection.ids),
        caution=partial(comparability_note, words=context.words, labels=context.labels),
        sources_url=sources_url,
        max_edges=MAX_EDGES_PER_CELL,
        titles={
            (row["predicate"], row["direction"]): context.labels.edge_heading(row["predicate"], row["direction"])
            for row in result["relations"]
        },
        json=link("/api/v1/compare", ids=",".join(selection.ids), lang=None),
        csv=link("/api/v1/compare.csv", ids=",".join(selection.ids), lang=None),
    )


def _own_numbers(result: Comparison, ids: Iterable[str]) -> dict[str, list[NumberRow]]:
    """Return the indicators that only one of the entities has, by entity id; empty if there are none."""
    single_rows = [row for row in result["numbers"] if len(row["cells"]) == 1]
    rows_by_entity = {id: [row for row in single_rows if id in row["cells"]] for id in ids}
    return rows_by_entity if single_rows else {}


def _edge_parameters(id: str, edge: RelationCell) -> dict[str, str]:
    other_id = edge["neighbour"]["id"]
    subject, object = (id, other_id) if edge["direction"] == "out" else (other_id, id)
    return {"subject": subject, "predicate": edge["predicate"], "object": object}


class _Evidence:
    """The evidence of the rows of a comparison; all statements are read in one query."""

    def __init__(self, service: Service, result: Comparison) -> None:
        row_groups = (
            result["common"],
            result["instruments"],
            [row for row in result["numbers"] if len(row["cells"]) > 1],
        )
        statement_ids = (key for rows in row_groups for row in rows for key in first_statement_ids(_statement_ids(row)))
        self._statements = service.graph.statements_by_id(statement_ids)
        self._sources = Sources(service)

    def __call__(self, row: EvidenceRow) -> TruncatedList[StatementEvidence]:
        """Return the evidence of a row."""
        return self._sources.first_evidence(self._statements, _statement_ids(row))


def _statement_ids(row: EvidenceRow) -> list[str]:
    return [key for items in row["cells"].values() for item in items for key in item["statements"]]


def _read_selection(service: Service, ids: Sequence[str]) -> Selection:
    """Read the entities of the ids; raise `MergedId` for one that was merged."""
    selection = Selection(list(ids))
    for id in dict.fromkeys(ids[: 2 * MAX_ENTITIES]):
        try:
            entity = service.graph.entity(id)
        except (NotFound, RemovedId) as error:
            selection.missing_ids.append(id)
            selection.error, selection.detail, selection.status = error.code, str(error), error.status
        else:
            selection.entities.append({"id": entity["id"], "type": entity["type"], "name": entity["name"]})
    if selection.error:
        return selection
    if duplicate_ids(ids):
        selection.error = "twice"
    elif len(ids) > MAX_ENTITIES:
        selection.error = "too_many"
    elif len(selection.entities) > 1 and selection.type is None:
        selection.error = "unlike"
    if selection.error:
        selection.status = BadParameter.status
    return selection


def _find_matches(service: Service, text: str, type: str | None) -> list[SearchHit]:
    """Return the entities that match an id or a name, of `type` if there are such, else of any type."""
    cards = service.graph.cards([text])
    if cards:
        return [{**card, "match_type": "name", "matched_text": card["id"], "suggestion": False} for card in cards]
    try:
        hits = service.graph.search(text, type=type, limit=MAX_MATCHES)
    except BadParameter:
        return []
    return hits or (service.graph.search(text, limit=MAX_MATCHES) if type else [])


def _quick_picks(service: Service, selection: Selection) -> list[NamedId]:
    """Return entities that can be added with one click.

    They have the type of the selected ones. Provinces, also offered without a selection, come by number of statements.
    """
    if selection.type is None and selection.entities:
        return []
    if selection.type in (None, "Province") and {MATRIX, PROVINCES_QUERY} <= service.queries.keys():
        provinces = sorted(current_provinces(service), key=lambda entity: -entity["statements"])
        candidates = [(entity["id"], entity["name"]) for entity in provinces if entity["statements"]]
    else:
        entities = service.graph.entities(type=selection.type, limit=MAX_QUICK_PICKS)
        candidates = [(entity["id"], entity["name"]) for entity in entities]
    picks = [(id, name) for id, name in candidates if id not in selection.ids][:MAX_QUICK_PICKS]
    return [{"id": id, "name": name} for id, name in picks]
