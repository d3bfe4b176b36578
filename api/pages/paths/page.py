"""The paths page: a form for two entities, and the best paths between them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph.pictures import page as picture_page
from ....graph.pictures.from_graph import picture_of
from ....graph.reader.k_shortest import MOST_STEPS
from ....graph.reader.paths import MOST, USUAL, USUAL_STEPS
from ...http.envelope import unkept
from ...http.negotiation import language_of
from ...http.parameters import Hubs, K, Predicates, Statuses, Steps, Without
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...i18n.labels import Labels
from ...presenters.entity_lookup import End, end_of, field_of
from ...presenters.evidence import Sources
from ...presenters.paths_request import asked
from ...presenters.picture_subject import drawn_paths, with_names
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/paths", "nav_paths", "menu_ask", 5, head=5),)
LONGEST = 2_000
"""Maximum length of a name in the address; shorter invalid names are reported next to the form."""
EXAMPLES = (
    ("organisation:qualcomm", "organisation:marvell"),
    ("province:lam-dong", "province:quang-ninh"),
    ("person:nguyen-dang-binh", "province:dong-nai"),
)
"""Example pairs, shown if the release has both entities."""
IN_PLACE = ("existing", "in_progress")
OFFERED = (1, 3, USUAL, 10, MOST)
TOPICS = ("Sector", "Model")
"""Types that two entities can have in common without being connected."""
STOPPED = {"edges": "stopped_edges", "time": "stopped_time"}
"""Keys of the words for why a search ended early."""


@router.get("/paths")
def paths(
    request: Request,
    start: Annotated[str, Query(alias="from", max_length=LONGEST)] = "",
    to: Annotated[str, Query(max_length=LONGEST)] = "",
    k: K = USUAL,
    steps: Steps = USUAL_STEPS,
    hubs: Hubs = False,
    status: Statuses = None,
    predicate: Predicates = None,
    without: Without = None,
    lang: str | None = None,  # noqa: ARG001  read from the request
) -> Response:
    """The form and, once both entities are known, the best paths between them with the evidence of each step."""
    service = service_of(request)
    ends = [end_of(service.graph, typed) if typed.strip() else End("") for typed in (start, to)]
    labels = Labels(service.schema, language_of(request))
    limits = {"status": status, "predicate": predicate, "without": without}
    numbers = {"k": None if k == USUAL else k, "steps": None if steps == USUAL_STEPS else steps}
    given = {**numbers, "hubs": "true" if hubs else None, **limits}

    def address(one: str, two: str, path: str = "/paths", **other: Any) -> str:
        return link_maker(request)(path, **{"from": one, "to": two}, **(given | other))

    values: dict[str, Any] = {
        "ends": ends,
        "fields": [field_of(service.graph, end) for end in ends],
        "numbers": [
            ("k", "most_k", k, sorted({*OFFERED, k})),
            ("steps", "most_steps", steps, range(1, MOST_STEPS + 1)),
        ],
        "selects": [_select(labels, name, value) for name, value in limits.items()],
        "hubs": hubs,
        "chosen": any(given.values()),
        "address": address,
        "twice": False,
        "found": None,
    }
    if not all(end.entity for end in ends):
        return render(request, "paths.html", values, status=_status(ends), examples=_examples(service))
    one, two = (end.known for end in ends)
    if one == two:
        return render(request, "paths.html", values, status=422, twice=True)
    found = service.graph.paths(one, two, asked(k, steps, hubs, status, predicate, without))
    shown = _answer(service, found, labels.language) | {"limited": any(limits.values())}
    return unkept(render(request, "paths.html", values | shown), found)


def _status(ends: Sequence[End]) -> int:
    """Return the HTTP status of the page if one of the two entities is missing or ambiguous."""
    open_ends = [end for end in ends if end.typed and not end.entity]
    if any(end.refusal for end in open_ends):
        return 422
    if any(end.unknown or not end.choices for end in open_ends):
        return 404
    return 300 if open_ends else 200


def _select(labels: Labels, name: str, chosen: str | None) -> dict[str, Any]:
    """Return a select field: parameter `name`, keys of its texts, chosen value, and `choices` as `(value, label)`."""
    word, title, everything, offered = {
        "status": (labels.status, "only_status", "any_status", [",".join(IN_PLACE)]),
        "predicate": (labels.edge, "only_predicate", "any_predicate", list(labels.schema.edges)),
        "without": (labels.type, "only_without", "any_without", [",".join(TOPICS)]),
    }[name]
    values = dict.fromkeys([*offered, chosen] if chosen else offered)
    choices = [(value, ", ".join(word(key.strip()) for key in value.split(","))) for value in values]
    return {"name": name, "title": title, "everything": everything, "chosen": chosen, "choices": choices}


def _examples(service: Service) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    cards = {card["id"]: card for card in service.graph.cards(key for pair in EXAMPLES for key in pair)}
    return [(cards[one], cards[two]) for one, two in EXAMPLES if one in cards and two in cards]


def _answer(service: Service, found: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the context for a result: evidence by edge id, entities and disagreements by id, and a picture."""
    sources = Sources(service)
    statements = {item["id"]: item for item in found["statements"]}
    edges = [edge for path in found["paths"] for step in path["steps"] for edge in step["edges"]]
    return {
        "found": found,
        "entities": {entity["id"]: entity for entity in found["entities"]},
        "shown": {edge["id"]: sources.all_shown(statements[key] for key in edge["statements"] or ()) for edge in edges},
        "doubts": {item["id"]: item for item in found["disagreements"]},
        "picture": _still(service, found, language) if found["paths"] else None,
        "stopped": STOPPED.get(found["looked"]["stopped"]),
    }


def _still(service: Service, found: Mapping[str, Any], language: str) -> Markup:
    part = with_names(service, drawn_paths(found), language)
    names = {node["id"]: node["name"] for node in part["nodes"]}
    title = f"{names[found['from']['id']]} – {names[found['to']['id']]}"
    drawn = picture_of(part, service.schema, language, title=title)
    return Markup(picture_page.svg(drawn, service.schema, language))  # noqa: S704  generated by us with escaped names
