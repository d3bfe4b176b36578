"""The list of queries, and the page of one: form, answers, near misses, evidence and Cypher."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Query as InQuery
from starlette.requests import Request
from starlette.responses import Response

from ....graph.catalogue.query import TOPICS, Query
from ....graph.errors import BadParameter
from ....graph.model.folding import words
from ....graph.model.schema import Term
from ...http.negotiation import language_of
from ...http.parameters import given_of, given_or_example
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...i18n.labels import Labels
from ...presenters.evidence import Shown, Sources
from ...presenters.query_form import fields_of, query_named
from ...presenters.query_table import Table, failing_of, help_of, table_of
from .._base.menu import MenuEntry
from .._base.render import link_maker, render
from .._base.share import query_share

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
free = APIRouter(include_in_schema=False)
"""For the page of a query, whose parameters are those of the query and are checked when they are bound."""
ROUTERS = (router, free)
MENU = (MenuEntry("/queries", "nav_queries", "menu_ask", 1, head=2),)
Given = Mapping[str, str | list[str]]


@router.get("/queries")
def queries(
    request: Request,
    q: Annotated[str, InQuery(max_length=2_000)] = "",
    lang: Annotated[str | None, InQuery()] = None,  # noqa: ARG001
) -> Response:
    """All queries by topic, or those that match the words in `q`."""
    asked = service_of(request).queries.values()
    text = q.strip()
    found = [query for query in asked if _holds(query, words(text))]
    return render(
        request,
        "queries.html",
        text=text[:200],
        topics=_by_topic(found, language_of(request)),
        found=len(found),
        all=len(asked),
        json=link_maker(request)("/api/v1/queries", lang=None),
    )


def _holds(query: Query, wanted: Iterable[str]) -> bool:
    """True if every search word is a prefix of a word in the name, title, question or topic of the query."""
    topic = TOPICS[query.topic]
    said = words(
        " ".join((query.name.replace("_", " "), query.question_en, query.question_vi, query.title, topic.en, topic.vi))
    )
    return all(any(one.startswith(word) for one in said) for word in wanted)


def _by_topic(found: Iterable[Query], language: str) -> list[tuple[Term, list[dict[str, Any]]]]:
    listed = list(found)
    groups = [
        (
            topic,
            [
                {"name": query.name, "question": query.question(language), "conditions": query.conditions}
                for query in listed
                if query.topic == topic.key
            ],
        )
        for topic in TOPICS.values()
    ]
    return [(topic, members) for topic, members in groups if members]


@free.get("/queries/{name}")
def query(request: Request, name: str) -> Response:
    """One query: form, answers, and near misses with the conditions that they fail.

    Without parameters, the example of the query is used.
    """
    service = service_of(request)
    asked = query_named(service, name)
    language = language_of(request)
    labels = Labels(service.schema, language)
    given = given_or_example(request, asked)
    values: dict[str, Any] = {
        "query": asked,
        "question": asked.question(language),
        "fields": fields_of(service, asked, given, labels),
        "conditions": [(key, help_of(asked.returns[key], labels)) for key in asked.conditions],
        "refusal": None,
        "rows": None,
        "unasked": bool(given) and not given_of(request.query_params, ("lang",)),
    }
    try:
        result = service.graph.query(name, given)
    except BadParameter as error:
        if values["unasked"]:  # the example does not exist in this graph: show only the form
            return render(request, "query.html", values)
        values["refusal"] = str(error)
        return render(request, "query.html", values, status=error.status)
    everything = result["rows"] + result["near_misses"]
    sources = Sources(service)
    told = service.graph.statements_by_id(_behind(asked, everything, ("statements",)))
    names = service.graph.names(_behind(asked, everything, ("entities",)))

    def evidence(keys: Iterable[str]) -> list[Shown]:
        return sources.all_shown(told[key] for key in dict.fromkeys(keys) if key in told)

    def table(rows: list[dict[str, Any]]) -> Table:
        return table_of(asked, rows, labels, evidence, names)

    def place(row: Mapping[str, Any]) -> tuple[int, list[int]]:
        return len(row["fails"]), [asked.conditions.index(condition) for condition in row["fails"]]

    link = link_maker(request)
    return render(
        request,
        "query.html",
        values,
        rows=table(result["rows"]),
        share=query_share(name, values["question"], given, result["rows"], result["near_misses"], language),
        groups=[
            {"fails": failing_of(asked, fails, labels), "table": table(list(rows))}
            for fails, rows in groupby(sorted(result["near_misses"], key=place), key=lambda row: row["fails"])
        ],
        near_count=len(result["near_misses"]),
        csv=link(f"/api/v1/queries/{name}.csv", **given, lang=None),
        csv_near=link(f"/api/v1/queries/{name}.csv", **given, lang=None, part="near_misses"),
        json=link(f"/api/v1/queries/{name}", **given, lang=None),
        drawable=bool(everything),
        picture=link("/picture", query=name, **given),
    )


def _behind(asked: Query, rows: list[dict[str, Any]], kinds: tuple[str, ...]) -> set[str]:
    """Return all ids in the columns of the given types."""
    columns = [column.name for column in asked.returns.values() if column.type in kinds]
    return {key for row in rows for name in columns for key in row.get(name) or ()}
