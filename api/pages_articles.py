"""The pages of articles with their ledgers, and of disagreements."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from vnkg.api.checks import StrictRoute
from vnkg.api.evidence import Sources
from vnkg.api.labels import Labels
from vnkg.api.lookups import names_by_id
from vnkg.api.pages_entities import disagreements_shown
from vnkg.api.render import language_of, render
from vnkg.api.service import service_of

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ENDS = ("subject", "object")
Lang = Annotated[str | None, Query()]


@router.get("/articles")
def articles(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """All articles."""
    return render(request, "articles.html", articles=service_of(request).graph.articles())


@router.get("/articles/{id}")
def article(request: Request, id: str, lang: Lang = None) -> Response:  # noqa: ARG001
    """An article, sentence by sentence."""
    service = service_of(request)
    found = service.graph.article(id)
    sources = Sources(service)
    ends = (said.get(end) for entry in found["ledger"] for said in entry.get("statements", ()) for end in ENDS)
    ledger = [entry | {"shown": sources.shown({"article": id} | entry)} for entry in found["ledger"]]
    return render(
        request,
        "article.html",
        article=found,
        attributes=Labels(service.schema, language_of(request)).attributes({"type": "Article"} | found),
        ledger=[{"statements": None} | entry for entry in ledger],
        names=names_by_id(service.graph, (end for end in ends if end)),
        has_text=service.texts is not None and service.texts.has(id),
    )


@router.get("/disagreements")
def disagreements(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """Every disagreement, its readings side by side."""
    service = service_of(request)
    shown = disagreements_shown(service, service.graph.disagreements(), Sources(service))
    return render(request, "disagreements.html", disagreements=shown)
