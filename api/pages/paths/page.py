"""The paths page: a form for two entities, and the best paths between them."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph.model.objects import EntityCard
from ....graph.pictures import page as picture_page
from ....graph.pictures.from_graph import build_picture
from ....graph.reader.k_shortest import MAX_STEPS
from ....graph.reader.objects import Paths
from ....graph.reader.paths import DEFAULT_PATHS, DEFAULT_STEPS, MAX_PATHS
from ...http.envelope import mark_uncacheable
from ...http.parameters import PathQuery
from ...http.pooled_route import heavy
from ...http.request import RequestContext
from ...http.request_checks import PageRoute
from ...i18n.labels import Labels
from ...presenters.entity_lookup import ResolvedEntity, field_text, resolve_entity
from ...presenters.evidence import Sources
from ...presenters.picture_subject import subgraph_of_paths, with_display_names
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/paths", "nav_paths", "menu_ask", 5, header_order=5),)
MAX_NAME_LENGTH = 2_000
"""Maximum length of a name in the address; shorter invalid names are reported next to the form."""
EXAMPLES = (
    ("organisation:qualcomm", "organisation:marvell"),
    ("province:lam-dong", "province:quang-ninh"),
    ("person:nguyen-dang-binh", "province:dong-nai"),
)
"""Example pairs, shown if the release has both entities."""
PATH_COUNTS = (1, 3, DEFAULT_PATHS, 10, MAX_PATHS)
TOPIC_TYPES = ("Sector", "Model")
"""Types that two entities can have in common without being connected."""
STOP_REASONS = {"edges": "stopped_edges", "time": "stopped_time"}
"""Keys of the words for why a search ended early."""


@router.get("/paths")
@heavy
def paths(
    request: Request,
    options: PathQuery,
    start: Annotated[str, Query(alias="from", max_length=MAX_NAME_LENGTH)] = "",
    to: Annotated[str, Query(max_length=MAX_NAME_LENGTH)] = "",
    lang: str | None = None,  # noqa: ARG001  read from the request
) -> Response:
    """The form and, once both entities are known, the best paths between them with the evidence of each step."""
    context = RequestContext.from_request(request)
    service, labels = context.service, context.labels
    ends = [resolve_entity(service.graph, typed) if typed.strip() else ResolvedEntity("") for typed in (start, to)]
    limits = {name: request.query_params.get(name) for name in ("status", "predicate", "exclude_types")}
    k, steps = options.k, options.max_steps
    numbers = {"k": None if k == DEFAULT_PATHS else k, "steps": None if steps == DEFAULT_STEPS else steps}
    parameters = {**numbers, "hubs": "true" if options.allow_hubs else None, **limits}

    def address(from_id: str, to_id: str, path: str = "/paths", **changes: Any) -> str:
        return link_maker(request)(path, **{"from": from_id, "to": to_id}, **(parameters | changes))

    values: dict[str, Any] = {
        "ends": ends,
        "fields": [field_text(service.graph, end) for end in ends],
        "numbers": [
            ("k", "most_k", k, sorted({*PATH_COUNTS, k})),
            ("steps", "most_steps", steps, range(1, MAX_STEPS + 1)),
        ],
        "selects": [_select_field(labels, name, value) for name, value in limits.items()],
        "hubs": options.allow_hubs,
        "has_options": any(parameters.values()),
        "address": address,
        "same_entity": False,
        "result": None,
    }
    if not all(end.entity for end in ends):
        return render(request, "paths.html", values, status=_http_status(ends), examples=_examples(service))
    start_id, end_id = (end.id_or_input for end in ends)
    if start_id == end_id:
        return render(request, "paths.html", values, status=422, same_entity=True)
    result = service.graph.paths(start_id, end_id, options)
    answer = _answer(service, result, labels.language) | {"limited": any(limits.values())}
    return mark_uncacheable(render(request, "paths.html", values | answer), result)


def _http_status(ends: Sequence[ResolvedEntity]) -> int:
    """Return the HTTP status of the page if one of the two entities is missing or ambiguous."""
    open_ends = [end for end in ends if end.input_text and not end.entity]
    if any(end.error_message for end in open_ends):
        return 422
    if any(end.is_unknown_id or not end.choices for end in open_ends):
        return 404
    return 300 if open_ends else 200


def _select_field(labels: Labels, name: str, selected_value: str | None) -> dict[str, Any]:
    """Return a select field: parameter `name`, keys of its texts, chosen value, and `choices` as `(value, label)`."""
    label_for, title, any_title, suggested_values = {
        "status": (labels.status, "only_status", "any_status", [",".join(labels.schema.statuses_in("in_force"))]),
        "predicate": (labels.edge, "only_predicate", "any_predicate", list(labels.schema.edges)),
        "exclude_types": (labels.type, "only_without", "any_without", [",".join(TOPIC_TYPES)]),
    }[name]
    values = dict.fromkeys([*suggested_values, selected_value] if selected_value else suggested_values)
    choices = [(value, ", ".join(label_for(key.strip()) for key in value.split(","))) for value in values]
    return {"name": name, "title": title, "everything": any_title, "chosen": selected_value, "choices": choices}


def _examples(service: Service) -> list[tuple[EntityCard, EntityCard]]:
    cards = {card["id"]: card for card in service.graph.cards(key for pair in EXAMPLES for key in pair)}
    return [(cards[start_id], cards[end_id]) for start_id, end_id in EXAMPLES if start_id in cards and end_id in cards]


def _answer(service: Service, result: Paths, language: str) -> dict[str, Any]:
    """Return the context for a result: evidence by edge id, entities and disagreements by id, and a picture."""
    sources = Sources(service)
    statements = {item["id"]: item for item in result["statements"]}
    edges = [edge for path in result["paths"] for step in path["steps"] for edge in step["edges"]]
    return {
        "result": result,
        "entities": {entity["id"]: entity for entity in result["entities"]},
        "evidence": {
            edge["id"]: sources.sorted_evidence(statements[key] for key in edge["statements"] or ()) for edge in edges
        },
        "disagreements": {item["id"]: item for item in result["disagreements"]},
        "picture": _static_picture(service, result, language) if result["paths"] else None,
        "stop_reason": STOP_REASONS.get(result["search_extent"]["stop_reason"] or ""),
    }


def _static_picture(service: Service, result: Paths, language: str) -> Markup:
    subgraph = with_display_names(service, subgraph_of_paths(result), language)
    names = {node["id"]: node["name"] for node in subgraph["nodes"]}
    title = f"{names[result['from']['id']]} – {names[result['to']['id']]}"
    picture = build_picture(subgraph, service.schema, language, title=title)
    return Markup(picture_page.svg(picture, service.schema, language))  # noqa: S704  generated by us with escaped names
