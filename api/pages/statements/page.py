"""The page of a statement, the permanent address of one piece of evidence."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...i18n.labels import Labels
from ...presenters.evidence import Sources
from ...service.service import Service
from .._base.citation import citation
from .._base.menu import MenuEntry
from .._base.render import render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU: tuple[MenuEntry, ...] = ()
Lang = Annotated[str | None, Query()]


@router.get("/statements/{id}")
def statement(request: Request, id: str, lang: Lang = None) -> Response:  # noqa: ARG001
    """A statement with its passage, article, translations of that article, edges it supports, and disagreements."""
    service, language = service_of(request), language_of(request)
    found = service.graph.standing(id)
    sources = Sources(service)
    shown = sources.shown(found)
    others = _others(service, found, sources)
    ends = (one.statement.get(end) for one in others.values() for end in ("subject", "object"))
    address = f"{service.settings.public_url}/statements/{id}"
    return render(
        request,
        "statement.html",
        said=found,
        edges=found["edges"],
        disagreements=found["disagreements"],
        shown=shown,
        qualifiers=Labels(service.schema, language).qualifiers(found.get("predicate", ""), found.get("qualifiers", {})),
        twins=_twins(found, sources),
        others=others,
        name_of=service.graph.names(key for key in ends if key),
        sentences=[sources.shown({"article": found["article"]} | entry) for entry in found["ledger"]],
        citation=citation(found["gloss"], address, service.release(), language),
    )


def _twins(found: dict[str, Any], sources: Sources) -> list[Any]:
    """Return the articles with other translations of the same text."""
    text = sources.article(found["article"]).get("same_text") if "article" in found else None
    return [
        article
        for key, article in sorted(sources.articles.items())
        if text and article.get("same_text") == text and key != found["article"]
    ]


def _others(service: Service, found: dict[str, Any], sources: Sources) -> dict[str, Any]:
    """Return the evidence of the other statements of its edges, sentence and disagreements, by statement id."""
    ids = {key for edge in found["edges"] for key in edge["statements"]}
    ids |= {key for entry in found["ledger"] for key in entry.get("statements", ())}
    ids |= {key for item in found["disagreements"] for one in item["readings"] for key in one["statements"]}
    return {key: sources.shown(said) for key, said in service.graph.statements_by_id(ids - {found["id"]}).items()}
