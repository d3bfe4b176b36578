"""The interactive picture of a neighbourhood, province, query answer, paths or the whole graph; also to embed."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ....graph.catalogue.query import find_query
from ....graph.errors import BadParameter
from ....graph.model.release import LICENCE
from ....graph.pictures import page as picture_page
from ....graph.pictures.from_graph import build_picture
from ....graph.pictures.picture import parse_view
from ....graph.reader.subgraphs import DEFAULT_NODES, MAX_NODES
from ...http.assets import asset_url
from ...http.negotiation import language_of
from ...http.parameters import parameter_values
from ...http.pooled_route import PooledRoute, heavy
from ...http.request import service_of
from ...http.request_checks import reject_unknown, validate_node_limit
from ...i18n.labels import Labels
from ...presenters.entity_lookup import resolve_entity
from ...presenters.picture_subject import MAX_CHOSEN, Subject, picture_heading, read_subgraph, with_display_names
from ...presenters.query_form import form_fields
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PooledRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/picture", "nav_picture", "menu_find", 3, header_order=6),)
NODE_LIMITS = (100, 300, 1_000, MAX_NODES)
VIEW_PARAMS = ("expand", "hide", "moved", "find", "choice", "at")
"""Parameters of the view; the other parameters select the subgraph."""


class PictureParameters(BaseModel):
    """Query parameters of a picture. With `query`, the parameters of that query are allowed as well."""

    entity: str = ""
    province: str = ""
    query: str = ""
    depth: Annotated[int, Field(ge=1, le=3)] = 1
    limit: Annotated[int, Field(ge=1)] = DEFAULT_NODES
    ids: str = ""
    add: Annotated[str, Field(max_length=500)] = ""
    borders: bool = False
    expand: str = ""
    hide: str = ""
    moved: str = ""
    find: Annotated[str, Field(max_length=200)] = ""
    choice: Annotated[str, Field(max_length=600)] = ""
    at: Annotated[str, Field(max_length=60)] = ""
    lang: str | None = None


OWN_PARAMS = tuple(PictureParameters.model_fields)
PATH_PARAMS = ("from", "to", "k", "steps", "hubs", "status", "predicate", "exclude_types")
"""Parameters of paths, allowed as well if the picture is not of a query."""


class PictureView:
    """The picture that a request asks for: its subgraph, heading and view.

    Raises `BadParameter` for an unknown or repeated parameter.
    """

    def __init__(self, request: Request, parameters: PictureParameters) -> None:
        self.request = request
        self.service: Service = service_of(request)
        self.language = language_of(request)
        self.parameters = parameters
        validate_node_limit(parameters.limit)
        _reject_repeated(request)
        query = find_query(self.service.queries, parameters.query) if parameters.query else None
        path_parameters = (
            {} if query else {key: text for key, text in request.query_params.items() if key in PATH_PARAMS}
        )
        if query is None:
            reject_unknown(
                "parameter", request.query_params.keys(), (*OWN_PARAMS, *PATH_PARAMS) if path_parameters else OWN_PARAMS
            )
        query_parameters = parameter_values(request.query_params, OWN_PARAMS) if query else {}
        self.subject = Subject(
            parameters.entity,
            parameters.province,
            query,
            query_parameters,
            path_parameters,
            parameters.depth,
            parameters.limit,
            parameters.borders,
            tuple(dict.fromkeys(_split_ids(parameters.ids))),
        )
        self.view = parse_view(_split_ids(parameters.hide), _split_ids(parameters.moved), self.service.schema)
        subgraph = read_subgraph(self.service.graph, self.subject, _split_ids(parameters.expand))
        self.subgraph = with_display_names(self.service, subgraph, self.language)
        self.names = {node["id"]: node["name"] for node in self.subgraph["nodes"]}
        self.heading = picture_heading(self.subject, self.subgraph, self.language)
        self.picture = build_picture(self.subgraph, self.service.schema, self.language, title=self.heading)

    @property
    def fragment(self) -> Markup:
        """The interactive picture as an HTML fragment."""
        query = self.request.url.query
        live = picture_page.LivePage(
            "/picture.svg",
            f"?{query}" if query else "",
            self._toggle_url,
            self.parameters.find,
            link_maker(self.request)(""),
            self._removal_url,
        )
        markup = picture_page.fragment(
            self.picture, self.service.schema, nonce=None, language=self.language, view=self.view, live=live,
            script_url=asset_url("picture.js"),
            style_url=asset_url("picture.css"), layout=self.service.layout_cache.compute,
        )  # fmt: skip
        return Markup(markup)  # noqa: S704  generated by us with escaped names

    def address(self, path: str, **changes: Any) -> str:
        """Return an address with the parameters of this request, with `changes`; an empty value removes a parameter."""
        pairs = [(key, value) for key, value in self.request.query_params.multi_items() if key not in changes and value]
        pairs += [(key, str(value)) for key, value in changes.items() if value]
        return path + (f"?{urlencode(pairs, quote_via=quote, safe=':,~')}" if pairs else "")

    def _toggle_url(self, entity: str) -> str:
        expanded_ids = _split_ids(self.parameters.expand)
        ids = [name for name in expanded_ids if name != entity] if entity in expanded_ids else [*expanded_ids, entity]
        return self.address(self.request.url.path, expand=",".join(ids))

    def _removal_url(self, entity: str) -> str:
        ids = [name for name in self.subject.ids if name != entity]
        return self.address(self.request.url.path, ids=",".join(ids)) if entity in self.subject.ids else ""


@router.get("/picture")
@heavy
def picture_view(request: Request, parameters: Annotated[PictureParameters, Query()]) -> Response:
    """The page with the picture of a neighbourhood, a province, a query answer, paths or the whole graph."""
    service, added_text = service_of(request), parameters.add.strip()
    addition = resolve_entity(service.graph, added_text) if added_text else None
    if addition and addition.entity:
        ids = dict.fromkeys([*_split_ids(parameters.ids), addition.entity["id"]])
        return RedirectResponse(link_maker(request)("/picture", ids=",".join(ids)), 303)
    view = PictureView(request, parameters)
    node_limits = sorted({*NODE_LIMITS, parameters.limit})
    other_pairs = [
        pair
        for pair in request.query_params.multi_items()
        if pair[0] not in (*VIEW_PARAMS, "depth", "limit", "borders", "add", "lang")
    ]
    view_pairs = [
        (name, "" if name in ("moved", "choice", "at") else getattr(parameters, name)) for name in VIEW_PARAMS
    ]
    drawn_ids = [node["id"] for node in view.subgraph["nodes"]]
    return render(
        request, "picture.html", heading=view.heading, **_notices(view), fragment=view.fragment, parameters=parameters,
        hidden_inputs=[*other_pairs, *view_pairs], steps=node_limits, embed=view.service.settings.public_url
        + view.address("/embed/picture", add=""), addition=addition, chosen_ids=view.subject.ids,
        drawn_ids=drawn_ids if len(drawn_ids) <= MAX_CHOSEN else [],
    )  # fmt: skip


@router.get("/embed/picture")
@heavy
def embedded_view(request: Request, parameters: Annotated[PictureParameters, Query()]) -> Response:
    """The same picture with minimal layout, for a frame on another site."""
    view = PictureView(request, parameters)
    return render(
        request, "embed.html", heading=view.heading, **_notices(view), fragment=view.fragment,
        full=view.address("/picture"),
    )  # fmt: skip


@router.get("/picture.svg")
@heavy
def picture_svg(request: Request, parameters: Annotated[PictureParameters, Query()]) -> Response:
    """The same picture as an SVG document."""
    view = PictureView(request, parameters)
    release = view.service.release()["release"]
    text = picture_page.svg(
        view.picture, view.service.schema, view.language, view.view, credit=f"VNKG {release} · {LICENCE}",
        layout=view.service.layout_cache.compute,
    )  # fmt: skip
    return Response(text.encode(errors="replace"), media_type="image/svg+xml")


def _notices(view: PictureView) -> Mapping[str, Any]:
    """Return the context of the notices: addresses of the subject, and what is missing, truncated or not connected."""
    subgraph, subject = view.subgraph, view.subject
    link = link_maker(view.request)
    entity = subject.entity or subject.province
    address = json = ""
    if entity:
        address = link(f"/entities/{entity}")
    if subject.entity:
        json = f"/api/v1/entities/{entity}/graph?depth={subject.depth}&limit={subject.limit}"
    if subject.query:
        name, query_parameters = subject.query.name, subject.arguments
        address, json = (
            link(f"/queries/{name}", **query_parameters),
            link(f"/api/v1/queries/{name}", **query_parameters, lang=None),
        )
    if subject.paths:
        address, json = link("/paths", **subject.paths), link("/api/v1/paths", **subject.paths, lang=None)
    kind = view.service.schema.node_type_of(subject.entity) if subject.entity else None
    return {
        "address": address,
        "json": json,
        "is_isolated": bool(entity) and len(subgraph["nodes"]) == 1,
        "is_empty": not subgraph["nodes"],
        "nodes": len(subgraph["nodes"]),
        "conditions": _conditions(view),
        "near_misses": subgraph.get("near_misses", 0),
        "shows_paths": bool(subject.paths),
        "no_path": bool(subject.paths) and not subgraph["edges"],
        "left_out": subgraph["left_out"],
        "truncated_expansions": [
            (view.names[expansion["id"]], expansion["left_out"])
            for expansion in subgraph.get("expansions", ())
            if expansion["left_out"]
        ],
        "unknown_ids": subgraph.get("unknown_ids", []),
        "province_picture": link("/picture", province=entity) if kind and kind.key == "Province" else "",
        "neighbourhood_picture": link("/picture", entity=entity) if subject.province else "",
    }


def _conditions(view: PictureView) -> list[tuple[str, str, str]]:
    """Return `(title, text, language)` of each parameter of the query that has a value."""
    subject, labels = view.subject, Labels(view.service.schema, view.language)
    fields = form_fields(view.service, subject.query, subject.arguments, labels) if subject.query else []
    return [(field.title, field.values_text, field.values_language(view.language)) for field in fields if field.values]


def _split_ids(text: str) -> Sequence[str]:
    return [item for item in text.split(",") if item]


def _reject_repeated(request: Request) -> None:
    for name in OWN_PARAMS:
        if (times := len(request.query_params.getlist(name))) > 1:
            raise BadParameter(f"{name}: found {times} of it; expected one")
