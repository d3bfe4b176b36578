"""The list of queries, and the page of one: form, answers, near misses, evidence and Cypher."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Query as InQuery
from starlette.requests import Request
from starlette.responses import Response

from ....graph.catalogue.parameters import RawParameters
from ....graph.catalogue.query import TOPICS, Query, find_query, group_near_misses
from ....graph.errors import BadParameter, UnresolvedName
from ....graph.model.folding import folded_words
from ....graph.model.schema import Term
from ...http.negotiation import language_of
from ...http.parameters import parameter_values, values_or_example
from ...http.pooled_route import PooledRoute
from ...http.request import RequestContext, service_of
from ...http.request_checks import PageRoute
from ...presenters.evidence import Sources, StatementEvidence
from ...presenters.query_form import form_fields
from ...presenters.query_table import Table, build_table, column_help, failure_text
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .._base.share import query_share

router = APIRouter(route_class=PageRoute, include_in_schema=False)
dynamic_params_router = APIRouter(route_class=PooledRoute, include_in_schema=False)
"""For the page of a query, whose parameters are those of the query and are checked when they are bound."""
ROUTERS = (router, dynamic_params_router)
MENU = (MenuEntry("/queries", "nav_queries", "menu_ask", 1, header_order=2),)


@router.get("/queries")
def queries(
    request: Request,
    q: Annotated[str, InQuery(max_length=2_000)] = "",
    lang: Annotated[str | None, InQuery()] = None,  # noqa: ARG001
) -> Response:
    """All queries by topic, or those that match the words in `q`."""
    all_queries = service_of(request).queries.values()
    text = q.strip()
    matching = [query for query in all_queries if _matches(query, folded_words(text))]
    return render(
        request,
        "queries.html",
        text=text[:200],
        topics=_by_topic(matching, language_of(request)),
        match_count=len(matching),
        total=len(all_queries),
        json=link_maker(request)("/api/v1/queries", lang=None),
    )


def _matches(query: Query, search_words: Iterable[str]) -> bool:
    """True if every search word is a prefix of a word in the name, title, question or topic of the query."""
    topic = TOPICS[query.topic]
    indexed_words = folded_words(
        " ".join((query.name.replace("_", " "), query.question_en, query.question_vi, query.title, topic.en, topic.vi))
    )
    return all(any(indexed_word.startswith(word) for indexed_word in indexed_words) for word in search_words)


def _by_topic(matching: Iterable[Query], language: str) -> list[tuple[Term, list[dict[str, Any]]]]:
    queries = list(matching)
    groups = [
        (
            topic,
            [
                {"name": query.name, "question": query.question(language), "conditions": query.conditions}
                for query in queries
                if query.topic == topic.key
            ],
        )
        for topic in TOPICS.values()
    ]
    return [(topic, members) for topic, members in groups if members]


@dynamic_params_router.get("/queries/{name}")
def query(request: Request, name: str) -> Response:
    """One query: form, answers, and near misses with the conditions that they fail.

    Without parameters, the example of the query is used.
    """
    context = RequestContext.from_request(request)
    service, language, labels = context.service, context.language, context.labels
    catalogue_query = find_query(service.queries, name)
    parameters: RawParameters = values_or_example(request, catalogue_query)
    values: dict[str, Any] = {
        "query": catalogue_query,
        "question": catalogue_query.question(language),
        "conditions": [(key, column_help(catalogue_query.returns[key], labels)) for key in catalogue_query.conditions],
        "refusal": None,
        "refusal_code": BadParameter.code,
        "choices": (),
        "rows": None,
        "is_example": bool(parameters) and not parameter_values(request.query_params, ("lang",)),
    }
    link = link_maker(request)
    try:
        parameters = service.graph.resolve_names(name, parameters)
        result = service.graph.query(name, parameters)
    except BadParameter as error:
        values["fields"] = form_fields(service, catalogue_query, parameters, labels)
        if values["is_example"]:  # the example does not exist in this graph: show only the form
            return render(request, "query.html", values)
        values["refusal"] = str(error)
        if isinstance(error, UnresolvedName):
            values["refusal_code"] = error.code
            values["choices"] = [
                (id, text, link(f"/queries/{name}", **_replace_text(parameters, error, id)))
                for id, text in error.choices
            ]
        return render(request, "query.html", values, status=error.status)
    values["fields"] = form_fields(service, catalogue_query, parameters, labels)
    all_rows = result["rows"] + result["near_misses"]
    sources = Sources(service)
    statements_by_id = service.graph.statements_by_id(_collect_ids(catalogue_query, all_rows, ("statements",)))
    names = service.graph.names(_collect_ids(catalogue_query, all_rows, ("entities",)))

    def evidence(keys: Iterable[str]) -> list[StatementEvidence]:
        return sources.sorted_evidence(statements_by_id[key] for key in dict.fromkeys(keys) if key in statements_by_id)

    def table(rows: list[dict[str, Any]]) -> Table:
        return build_table(catalogue_query, rows, labels, evidence, names)

    return render(
        request,
        "query.html",
        values,
        rows=table(result["rows"]),
        share=query_share(name, values["question"], parameters, result["rows"], result["near_misses"], language),
        near_miss_groups=[
            {"fails": failure_text(catalogue_query, fails, labels), "table": table(rows)}
            for fails, rows in group_near_misses(catalogue_query, result["near_misses"])
        ],
        near_miss_count=len(result["near_misses"]),
        csv=link(f"/api/v1/queries/{name}.csv", **parameters, lang=language),
        near_miss_csv=link(f"/api/v1/queries/{name}.csv", **parameters, lang=language, part="near_misses"),
        all_csv=link(f"/api/v1/queries/{name}.csv", **parameters, lang=language, part="all"),
        json=link(f"/api/v1/queries/{name}", **parameters, lang=None),
        drawable=bool(all_rows),
        picture=link("/picture", query=name, **parameters),
    )


def _replace_text(parameters: RawParameters, error: UnresolvedName, id: str) -> dict[str, str | Sequence[str]]:
    """Return the parameters with an id in place of the name that was not resolved."""
    given = parameters[error.parameter]
    texts: Sequence[str] = [given] if isinstance(given, str) else given
    return {**parameters, error.parameter: [id if text == error.text else text for text in texts]}


def _collect_ids(catalogue_query: Query, rows: list[dict[str, Any]], kinds: tuple[str, ...]) -> set[str]:
    """Return all ids in the columns of the given types."""
    columns = [column.name for column in catalogue_query.returns.values() if column.type in kinds]
    return {key for row in rows for name in columns for key in row.get(name) or ()}
