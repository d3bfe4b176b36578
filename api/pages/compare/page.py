"""The comparison page: two to six entities of one type in columns, and the choice of these entities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ....graph.errors import BadParameter, Gone, NotFound
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...i18n.labels import Labels
from ...i18n.words import Words
from ...presenters.comparison import LEAST, MOST, OPEN, compared, comparison, ids_of, repeated
from ...presenters.comparison_numbers import caution
from ...presenters.entity_lookup import SURE
from ...presenters.evidence import Shown, Sources, first_behind
from ...presenters.matrix import FACTS, provinces_of_today
from ...presenters.matrix import QUERY as MATRIX
from ...presenters.truncated import Beginning
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/compare", "nav_compare", "menu_ask", 4),)
CHOICES = 12
"""Maximum number of entities offered if a name has several matches."""
LISTED = 8
"""Maximum number of edges of one predicate that a cell lists; the entity page lists more."""
AT_HAND = 60
"""Maximum number of entities offered if no name was entered."""
Json = dict[str, Any]


@dataclass(slots=True)
class Chosen:
    """The entities that an address selects.

    `entities` are those found (`id`, `type`, `name`), `missing_ids` the rest. `error` is the part of the word key that
    says why they cannot be compared (empty if they can), `detail` its English message, `status` the HTTP status.
    """

    ids: list[str]
    there: list[Json] = field(default_factory=list[Json])
    lacking: list[str] = field(default_factory=list[str])
    trouble: str = ""
    detail: str = ""
    status: int = 200

    @property
    def type(self) -> str | None:
        """The type of all entities; None if they differ or there are none."""
        types = {entity["type"] for entity in self.there}
        return types.pop() if len(types) == 1 else None


@router.get("/compare")
def compare(
    request: Request,
    ids: str = "",
    add: Annotated[str, Query(max_length=2_000)] = "",
    lang: Annotated[str | None, Query()] = None,  # noqa: ARG001
) -> Response:
    """The comparison, or the form to select two to six entities of one type.

    `add` is a name or an id. If exactly one entity matches it, the response redirects to the comparison with it.
    """
    service = service_of(request)
    chosen = _chosen(service, ids_of(ids))
    link = link_maker(request)

    def address(kept: Iterable[str]) -> str:
        return link("/compare", ids=",".join(kept) or None)

    def sources(id: str, edge: Json) -> str:
        return link("/queries/edge_sources", **_ends(id, edge))

    values: dict[str, Any] = {"chosen": chosen, "address": address, "least": LEAST, "most": MOST, "offers": None}
    if add.strip():
        offers = _offers(service, add.strip(), chosen.type)
        fitting = [hit for hit in offers if hit["how"] in SURE]
        if len(fitting) == 1 and fitting[0]["id"] not in chosen.ids and chosen.type in (None, fitting[0]["type"]):
            return RedirectResponse(address([*chosen.ids, fitting[0]["id"]]), 303)
        return render(request, "compare.html", values | {"offers": offers, "added": add.strip()[:200], "at_hand": []})
    if chosen.trouble or len(chosen.ids) < LEAST:
        return render(request, "compare.html", values, status=chosen.status, at_hand=_at_hand(service, chosen))
    made = comparison(service, compared(service, chosen.ids))
    words, labels = Words(language_of(request)), Labels(service.schema, language_of(request))
    return render(
        request,
        "comparison.html",
        values,
        found=made,
        evidence=_Evidence(service, made),
        properties=service.schema.nodes[made["type"]].properties,
        asked=service.queries[OPEN].params["question"].values if OPEN in service.queries else {},
        shared_numbers=[row for row in made["numbers"] if len(row["cells"]) > 1],
        own_numbers=_own_numbers(made, chosen.ids),
        caution=partial(caution, words=words, labels=labels),
        sources=sources,
        listed=LISTED,
        titles={
            (row["predicate"], row["direction"]): labels.edge_heading(row["predicate"], row["direction"])
            for row in made["relations"]
        },
        json=link("/api/v1/compare", ids=",".join(chosen.ids), lang=None),
        csv=link("/api/v1/compare.csv", ids=",".join(chosen.ids), lang=None),
    )


def _own_numbers(made: Json, ids: Iterable[str]) -> dict[str, list[Json]]:
    """Return the indicators that only one of the entities has, by entity id; empty if there are none."""
    alone = [row for row in made["numbers"] if len(row["cells"]) == 1]
    found = {id: [row for row in alone if id in row["cells"]] for id in ids}
    return found if alone else {}


def _ends(id: str, edge: Json) -> dict[str, str]:
    other = edge["other"]["id"]
    subject, object = (id, other) if edge["direction"] == "out" else (other, id)
    return {"subject": subject, "predicate": edge["predicate"], "object": object}


class _Evidence:
    """The evidence of the rows of a comparison; all statements are read in one query."""

    def __init__(self, service: Service, made: Json) -> None:
        parts = (made["common"], made["instruments"], [row for row in made["numbers"] if len(row["cells"]) > 1])
        wanted = (key for rows in parts for row in rows for key in first_behind(_behind(row)))
        self._told = service.graph.statements_by_id(wanted)
        self._sources = Sources(service)

    def __call__(self, row: Json) -> Beginning[Shown]:
        """Return the evidence of a row."""
        return self._sources.behind(self._told, _behind(row))


def _behind(row: Json) -> list[str]:
    return [key for items in row["cells"].values() for item in items for key in item["statements"]]


def _chosen(service: Service, ids: Sequence[str]) -> Chosen:
    """Read the entities of the ids; raise `Moved` for one that was merged."""
    chosen = Chosen(list(ids))
    for id in dict.fromkeys(ids[: 2 * MOST]):
        try:
            entity = service.graph.entity(id)
        except (NotFound, Gone) as error:
            chosen.lacking.append(id)
            chosen.trouble, chosen.detail, chosen.status = error.code, str(error), error.status
        else:
            chosen.there.append({key: entity[key] for key in ("id", "type", "name")})
    if chosen.trouble:
        return chosen
    if repeated(ids):
        chosen.trouble = "twice"
    elif len(ids) > MOST:
        chosen.trouble = "too_many"
    elif len(chosen.there) > 1 and chosen.type is None:
        chosen.trouble = "unlike"
    if chosen.trouble:
        chosen.status = BadParameter.status
    return chosen


def _offers(service: Service, text: str, type: str | None) -> list[Json]:
    """Return the entities that match an id or a name, of `type` if there are such, else of any type."""
    cards = service.graph.cards([text])
    if cards:
        return [{**card, "how": "name", "matched": card["id"]} for card in cards]
    try:
        found = service.graph.search(text, type=type, limit=CHOICES)
    except BadParameter:
        return []
    return found or (service.graph.search(text, limit=CHOICES) if type else [])


def _at_hand(service: Service, chosen: Chosen) -> list[Json]:
    """Return entities that can be added with one click.

    They have the type of the selected ones. Provinces, also offered without a selection, come by number of statements.
    """
    if chosen.type is None and chosen.there:
        return []
    if chosen.type in (None, "Province") and {MATRIX, FACTS} <= service.queries.keys():
        told = sorted(provinces_of_today(service), key=lambda one: -one["statements"])
        found = [{"id": one["id"], "name": one["name"]} for one in told if one["statements"]]
    else:
        found = [
            {"id": one["id"], "name": one["name"]} for one in service.graph.entities(type=chosen.type, limit=AT_HAND)
        ]
    return [one for one in found if one["id"] not in chosen.ids][:AT_HAND]
