"""The moving picture of a neighbourhood, a province, a query's answer, paths, or the whole graph; also to embed."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from ....graph.errors import BadParameter
from ....graph.model.release import LICENCE
from ....graph.pictures import page as picture_page
from ....graph.pictures.from_graph import picture_of
from ....graph.pictures.picture import view_of
from ....graph.reader.subgraphs import MOST, USUAL
from ...http.assets import address_of
from ...http.negotiation import language_of
from ...http.parameters import given_of
from ...http.request import service_of
from ...http.request_checks import known, picture_size
from ...i18n.labels import Labels
from ...presenters.picture_subject import Subject, heading_of, part_of, with_names
from ...presenters.query_form import fields_of, query_named
from ...service.service import Service
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/picture", "nav_picture", "menu_find", 3, head=6),)
STEPS = (100, 300, 1_000, MOST)
SEEN = ("expand", "hide", "moved", "find", "at")
"""Parameters that say how a picture is looked at; the rest say what it is of."""


class Asked(BaseModel):
    """Parameters of a picture; with `query`, those of the query stand beside them."""

    entity: str = ""
    province: str = ""
    query: str = ""
    depth: Annotated[int, Field(ge=1, le=3)] = 1
    limit: Annotated[int, Field(ge=1)] = USUAL
    expand: str = ""
    hide: str = ""
    moved: str = ""
    find: Annotated[str, Field(max_length=200)] = ""
    at: Annotated[str, Field(max_length=60)] = ""
    lang: str | None = None


OWN = tuple(Asked.model_fields)
OF_PATHS = ("from", "to", "k", "steps", "hubs", "status", "predicate", "without")
"""Parameters of paths; they stand beside those of a picture where it is of no query."""


class Drawn:
    """A picture as an address asks for it, read and ready to be drawn."""

    def __init__(self, request: Request, asked: Asked) -> None:
        self.request = request
        self.service: Service = service_of(request)
        self.language = language_of(request)
        self.asked = asked
        picture_size(asked.limit)
        _once(request)
        query = query_named(self.service, asked.query) if asked.query else None
        paths = {} if query else {key: text for key, text in request.query_params.items() if key in OF_PATHS}
        if query is None:
            known("parameter", request.query_params.keys(), (*OWN, *OF_PATHS) if paths else OWN)
        given = given_of(request.query_params, OWN) if query else {}
        self.subject = Subject(asked.entity, asked.province, query, given, paths, asked.depth, asked.limit)
        self.view = view_of(_listed(asked.hide), _listed(asked.moved), self.service.schema)
        found = part_of(self.service.graph, self.subject, _listed(asked.expand))
        self.found = with_names(self.service, found, self.language)
        self.names = {node["id"]: node["name"] for node in self.found["nodes"]}
        self.heading = heading_of(self.subject, self.found, self.language)
        self.picture = picture_of(self.found, self.service.schema, self.language, title=self.heading)

    @property
    def fragment(self) -> Markup:
        """The picture as a part of a page."""
        query = self.request.url.query
        live = picture_page.Live(
            "/picture.svg", f"?{query}" if query else "", self._toggled, self.asked.find, link_maker(self.request)("")
        )
        made = picture_page.fragment(
            self.picture, self.service.schema, nonce=None, language=self.language, view=self.view, live=live,
            script_url=address_of("picture.js"), style_url=address_of("picture.css"), place=self.service.layouts.place,
        )  # fmt: skip
        return Markup(made)  # noqa: S704  made by us, names escaped there

    def address(self, path: str, **changed: Any) -> str:
        """Return an address with the parameters of this one, some changed or, by an empty value, left out."""
        pairs = [(key, value) for key, value in self.request.query_params.multi_items() if key not in changed and value]
        pairs += [(key, str(value)) for key, value in changed.items() if value]
        return path + (f"?{urlencode(pairs, quote_via=quote, safe=':,~')}" if pairs else "")

    def _toggled(self, entity: str) -> str:
        expanded = _listed(self.asked.expand)
        wanted = [name for name in expanded if name != entity] if entity in expanded else [*expanded, entity]
        return self.address(self.request.url.path, expand=",".join(wanted))


@router.get("/picture")
def page(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """A picture: of what lies around `entity`, in `province`, of what `query` answers, or of everything."""
    drawn = Drawn(request, asked)
    limits = sorted({*STEPS, asked.limit})
    kept = [pair for pair in request.query_params.multi_items() if pair[0] not in (*SEEN, "depth", "limit", "lang")]
    seen = [(name, "" if name in ("moved", "at") else getattr(asked, name)) for name in SEEN]
    return render(
        request, "picture.html", heading=drawn.heading, **_about(drawn), fragment=drawn.fragment, asked=asked,
        kept=[*kept, *seen], steps=limits, embed=drawn.service.settings.public_url
        + drawn.address("/embed/picture"),
    )  # fmt: skip


@router.get("/embed/picture")
def embedded(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The same picture with little around it, for a frame in a page of anybody."""
    drawn = Drawn(request, asked)
    return render(
        request, "embed.html", heading=drawn.heading, **_about(drawn), fragment=drawn.fragment,
        full=drawn.address("/picture"),
    )  # fmt: skip


@router.get("/picture.svg")
def still(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The same picture as one SVG document."""
    drawn = Drawn(request, asked)
    release = drawn.service.release()["release"]
    text = picture_page.svg(
        drawn.picture, drawn.service.schema, drawn.language, drawn.view, credit=f"VNKG {release} · {LICENCE}",
        place=drawn.service.layouts.place,
    )  # fmt: skip
    return Response(text.encode(errors="replace"), media_type="image/svg+xml")


def _about(drawn: Drawn) -> Mapping[str, Any]:
    """Return what a page says of a picture: where its subject has a page, what is left out, what does not fit."""
    found, subject = drawn.found, drawn.subject
    link = link_maker(drawn.request)
    entity = subject.entity or subject.province
    address = json = ""
    if entity:
        address = link(f"/entities/{entity}")
    if subject.entity:
        json = f"/api/v1/entities/{entity}/graph?depth={subject.depth}&limit={subject.limit}"
    if subject.query:
        name, given = subject.query.name, subject.given
        address, json = link(f"/queries/{name}", **given), link(f"/api/v1/queries/{name}", **given, lang=None)
    if subject.paths:
        address, json = link("/paths", **subject.paths), link("/api/v1/paths", **subject.paths, lang=None)
    kind = drawn.service.schema.node_of(subject.entity) if subject.entity else None
    return {
        "address": address,
        "json": json,
        "alone": bool(entity) and len(found["nodes"]) == 1,
        "nothing": not found["nodes"],
        "nodes": len(found["nodes"]),
        "conditions": _conditions(drawn),
        "near_misses": found.get("near_misses", 0),
        "of_paths": bool(subject.paths),
        "no_path": bool(subject.paths) and not found["edges"],
        "left_out": found["left_out"],
        "crowded": [(drawn.names[one["id"]], one["left_out"]) for one in found["expanded"] if one["left_out"]],
        "strangers": found["strangers"],
        "cluster": link("/picture", province=entity) if kind and kind.key == "Province" else "",
        "around": link("/picture", entity=entity) if subject.province else "",
    }


def _conditions(drawn: Drawn) -> list[tuple[str, str, str]]:
    """Return what a query was asked with: each parameter, its value in words, and the language of these."""
    subject, labels = drawn.subject, Labels(drawn.service.schema, drawn.language)
    fields = fields_of(drawn.service, subject.query, subject.given, labels) if subject.query else []
    return [(one.title, one.said, one.said_in(drawn.language)) for one in fields if one.chosen]


def _listed(text: str) -> Sequence[str]:
    return [item for item in text.split(",") if item]


def _once(request: Request) -> None:
    for name in OWN:
        if (times := len(request.query_params.getlist(name))) > 1:
            raise BadParameter(f"{name}: found {times} of it; expected one")
