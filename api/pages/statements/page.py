"""The page of a statement, the permanent address of one piece of evidence."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ....graph.reader.objects import ArticleJson, StatementContext
from ...http.request import RequestContext
from ...http.request_checks import PageRoute
from ...i18n.localized_text import localized_text
from ...presenters.evidence import Sources
from ...service.service import Service
from .._base.citation import citation
from .._base.menu import MenuEntry
from .._base.render import render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU: tuple[MenuEntry, ...] = ()


@router.get("/statements/{id}")
def statement(request: Request, id: str) -> Response:
    """A statement with its passage, article, translations of that article, edges it supports, and disagreements."""
    context = RequestContext.from_request(request)
    service, language = context.service, context.language
    record = service.graph.statement_context(id)
    sources = Sources(service)
    evidence = sources.evidence_for(record)
    related_statements = _related_statements(service, record, sources)
    ends = (
        related_statement.statement.get(end)
        for related_statement in related_statements.values()
        for end in ("subject", "object")
    )
    address = f"{service.settings.public_url}/statements/{id}"
    return render(
        request,
        "statement.html",
        said=record,
        edges=record["edges"],
        disagreements=record["disagreements"],
        shown=evidence,
        qualifiers=context.labels.qualifiers(record.get("predicate", ""), record.get("qualifiers", {})),
        translations=_translations(record, sources),
        related_statements=related_statements,
        names_by_id=service.graph.names(key for key in ends if key),
        sentences=[sources.evidence_for(entry) for entry in record["ledger"]],
        citation=citation(localized_text(record, language=language).text or id, address, service.release(), language),
    )


def _translations(record: StatementContext, sources: Sources) -> list[ArticleJson]:
    """Return the articles with other translations of the same text."""
    own_id = record.get("article", "")
    text = sources.article(own_id).get("same_text")
    return [
        article
        for key, article in sorted(sources.articles.items())
        if text and article.get("same_text") == text and key != own_id
    ]


def _related_statements(service: Service, record: StatementContext, sources: Sources) -> dict[str, Any]:
    """Return the evidence of the other statements of its edges, sentence and disagreements, by statement id."""
    ids = {key for edge in record["edges"] for key in edge["statements"]}
    ids |= {key for entry in record["ledger"] for key in entry.get("statements", ())}
    ids |= {key for item in record["disagreements"] for reading in item["readings"] for key in reading["statements"]}
    return {
        key: sources.evidence_for(statement)
        for key, statement in service.graph.statements_by_id(ids - {record["id"]}).items()
    }
