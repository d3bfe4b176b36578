"""The data report page: counts, with bar charts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph.reader.objects import (
    ArticleReport,
    DataReport,
    Hub,
    OriginCounts,
    ResolutionCounts,
    StatementCounts,
    TypedName,
)
from ....graph.reader.report import DISAGREEMENT_STATES, ORIGIN_GROUPS, SINGLE_ORIGIN_QUERY
from ...http.pooled_route import heavy
from ...http.request import RequestContext, service_of
from ...http.request_checks import PageRoute
from ...i18n.labels import Labels
from ...i18n.words import Words
from .._base.charts import SINGLE_PART, Bar, ChartRow, chart, swatch
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/report", "nav_report", "menu_check", 3),)
MAX_LISTED = 200
"""Maximum number of entities in a list of the page; the JSON has all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: `row_title` heads the labels, `headings` the numbers; `empty_labels` are labels whose count is 0."""

    title: str
    row_title: str
    headings: list[tuple[str, Markup]]
    bars: list[Bar]
    empty_labels: list[str]


class _Charts:
    """Builds charts in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def make(self, key: str, count_noun: str, rows: Iterable[ChartRow], parts: tuple[str, ...] = SINGLE_PART) -> Chart:
        """Return a chart; `key` is the word key of its title, `count_noun` that of the counted things (`count_…`)."""
        all_rows = list(rows)
        headings = [(self._words(f"count_{count_noun}"), Markup())] if parts == SINGLE_PART else self._parts(parts)
        nonzero_rows = [row for row in all_rows if sum(row.numbers)]
        bars = chart(nonzero_rows, self._words("share_of_all"), parts)
        empty_labels = [row.label for row in all_rows if not sum(row.numbers)]
        return Chart(self._words(key), self._words("type"), headings, bars, empty_labels)

    def _parts(self, parts: Iterable[str]) -> list[tuple[str, Markup]]:
        return [(self._words(f"part_{part}"), swatch(part)) for part in parts]


@router.get("/report")
@heavy
def report(request: Request) -> Response:
    """Counts of the release, edges with a single origin, gaps, and the age of the data."""
    context = RequestContext.from_request(request)
    service, words, labels = context.service, context.words, context.labels
    numbers = service.graph.report()
    entities: Mapping[str, Any] = numbers["entities"]
    return render(
        request,
        "report.html",
        report=numbers,
        totals=_totals(numbers),
        statements=_statement_charts(numbers["statements"], words, labels),
        articles=chart(
            (ChartRow(item["name"], (item["statements"],)) for item in numbers["articles"]), words("share_of_all")
        ),
        edges=_edge_chart(numbers["edges"], words, labels),
        disagreements=_disagreement_chart(numbers["disagreements"], words, labels),
        types=_type_chart(request, entities["by_type"], words, labels),
        hubs=_hub_chart(request, entities["hubs"], words),
        edges_by_status=_edge_statuses(numbers["edges"], labels),
        article_counts=[_article_counts(article, words, labels) for article in numbers["articles"]],
        unnamed=_first_by_type(entities["without_vietnamese_name"]),
        only_translated=_first_by_type(entities["only_translated"]),
        orphans=_first_by_type(entities["orphans"]),
        max_listed=MAX_LISTED,
        single_origin_query=SINGLE_ORIGIN_QUERY if SINGLE_ORIGIN_QUERY in service.queries else None,
    )


def _totals(numbers: DataReport) -> list[tuple[str, int]]:
    return [
        ("count_articles", len(numbers["articles"])),
        ("count_statements", numbers["statements"]["total"]),
        ("count_entities", numbers["entities"]["total"]),
        ("count_edges", numbers["edges"]["total"]),
        ("count_mentions", sum(article["mentions"] for article in numbers["articles"])),
        ("count_single", numbers["edges"]["single_origin"]),
        ("count_open", numbers["disagreements"]["unresolved"]),
        ("count_orphans", len(numbers["entities"]["orphans"])),
    ]


def _statement_charts(counts: StatementCounts, words: Words, labels: Labels) -> list[Chart]:
    sections: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("by_kind", "by_kind", lambda key: words(f"kind_{key}")),
        ("by_status", "status", labels.status),
        ("by_basis", "list_bases", labels.basis),
        ("by_language", "language", words.language),
        ("by_predicate", "edge_types", labels.edge),
    )
    charts = _Charts(words)
    return [
        charts.make(title, "statements", (ChartRow(label(key), (n,)) for key, n in counts[name].items()))
        for name, title, label in sections
    ]


def _edge_chart(edges: OriginCounts, words: Words, labels: Labels) -> Chart:
    rows = (
        ChartRow(labels.edge(key), [counts[part] for part in ORIGIN_GROUPS]) for key, counts in edges["by_type"].items()
    )
    return _Charts(words).make("edge_types", "edges", rows, ORIGIN_GROUPS)


def _edge_statuses(edges: OriginCounts, labels: Labels) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return the label of each edge type with the statuses of its edges and their numbers."""
    rows = ((key, [(status, n) for status, n in counts.items() if n]) for key, counts in edges["by_status"].items())
    return [(labels.edge(key), counts) for key, counts in rows if counts]


def _article_counts(article: ArticleReport, words: Words, labels: Labels) -> list[list[tuple[str, int]]]:
    """Return the numbers of an article's statements by kind, basis and status, each with its label."""
    kinds = [(words(f"kind_{key}"), n) for key, n in article["by_kind"].items() if n]
    bases = [(labels.basis(key), n) for key, n in article["by_basis"].items() if n]
    return [kinds, bases, [(labels.status(key), n) for key, n in article["by_status"].items() if n]]


def _disagreement_chart(disagreements: ResolutionCounts, words: Words, labels: Labels) -> Chart:
    kinds = labels.schema.disagreement_kinds
    rows = (
        ChartRow(labels.term(kinds, key), [counts[part] for part in DISAGREEMENT_STATES])
        for key, counts in disagreements["by_kind"].items()
    )
    return _Charts(words).make("list_disagreement_kinds", "disagreements", rows, DISAGREEMENT_STATES)


def _type_chart(request: Request, counts: Mapping[str, int], words: Words, labels: Labels) -> Chart:
    link = link_maker(request)
    nodes = labels.schema.nodes
    rows = (
        ChartRow(labels.type(key), (n,), nodes[key].color, link("/entities", type=key)) for key, n in counts.items()
    )
    return _Charts(words).make("node_types", "entities", rows)


def _hub_chart(request: Request, hubs: Iterable[Hub], words: Words) -> Chart:
    link, display_name = link_maker(request), partial(service_of(request).display_name, words.language_code)
    named_hubs = ((hub, display_name(hub["id"], hub["name"])) for hub in hubs)
    rows = (
        ChartRow(own.text, (hub["edges"], hub["reference"]), "", link(f"/entities/{hub['id']}"), own.language)
        for hub, own in named_hubs
    )
    return _Charts(words).make("hubs", "edges", rows, ("articles", "reference"))


def _first_by_type(entities: Sequence[TypedName]) -> list[tuple[str, list[TypedName]]]:
    """Return the first `MAX_LISTED` entities, grouped by type."""
    ordered = sorted(entities[:MAX_LISTED], key=lambda item: (item["type"], item["name"], item["id"]))
    return [(key, list(group)) for key, group in groupby(ordered, key=lambda item: item["type"])]
