"""The data report page: counts, with bar charts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ....graph.reader.report import SETTLED, SINGLE, TOLD
from ...http.negotiation import language_of
from ...http.request import service_of
from ...http.request_checks import StrictRoute
from ...i18n.labels import Labels
from ...i18n.words import Words
from .._base.charts import MAIN, Bar, Row, chart, swatch
from .._base.menu import MenuEntry
from .._base.render import link_maker, render

router = APIRouter(route_class=StrictRoute, include_in_schema=False)
ROUTERS = (router,)
MENU = (MenuEntry("/report", "nav_report", "menu_check", 3),)
Lang = Annotated[str | None, Query()]
UNNAMED = "entities_without_vietnamese_name"
"""The query with details about these entities; optional in the catalogue."""
MOST_NAMED = 200
"""Maximum number of entities in a list of the page; the JSON has all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: `row_title` heads the labels, `headings` the numbers; `empty_labels` are labels whose count is 0."""

    title: str
    of: str
    headings: list[tuple[str, Markup]]
    bars: list[Bar]
    idle: list[str]


class _Charts:
    """Builds charts in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def counted(self, key: str, what: str, rows: Iterable[Row], parts: tuple[str, ...] = MAIN) -> Chart:
        """Return a chart; `key` is the word key of its title, `count_noun` that of the counted things (`count_…`)."""
        found = list(rows)
        named = [(self._words(f"count_{what}"), Markup())] if parts == MAIN else self._parts(parts)
        shown = [row for row in found if sum(row.numbers)]
        bars = chart(shown, self._words("share_of_all"), parts)
        idle = [row.label for row in found if not sum(row.numbers)]
        return Chart(self._words(key), self._words("type"), named, bars, idle)

    def _parts(self, parts: Iterable[str]) -> list[tuple[str, Markup]]:
        return [(self._words(f"part_{part}"), swatch(part)) for part in parts]


@router.get("/report")
def report(request: Request, lang: Lang = None) -> Response:  # noqa: ARG001
    """Counts of the release, edges with a single origin, gaps, and the age of the data."""
    service = service_of(request)
    found = service.graph.report()
    language = language_of(request)
    words = Words(language)
    labels = Labels(service.schema, language)
    entities: Mapping[str, Any] = found["entities"]
    return render(
        request,
        "report.html",
        report=found,
        totals=_totals(found),
        statements=_statements(found["statements"], words, labels),
        articles=chart((Row(item["name"], (item["statements"],)) for item in found["articles"]), words("share_of_all")),
        edges=_told(found["edges"], words, labels),
        disagreements=_disagreements(found["disagreements"], words, labels),
        types=_types(request, entities["by_type"], words, labels),
        hubs=_hubs(request, entities["hubs"], words),
        unnamed=_named(entities["without_vietnamese_name"]),
        orphans=_named(entities["orphans"]),
        most_named=MOST_NAMED,
        single=SINGLE if SINGLE in service.queries else None,
        lacking=(UNNAMED, service.queries[UNNAMED].question(language)) if UNNAMED in service.queries else None,
    )


def _totals(found: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [
        ("count_articles", len(found["articles"])),
        ("count_statements", found["statements"]["total"]),
        ("count_entities", found["entities"]["total"]),
        ("count_edges", found["edges"]["total"]),
        ("count_mentions", sum(article["mentions"] for article in found["articles"])),
        ("count_single", found["edges"]["single_origin"]),
        ("count_open", found["disagreements"]["open"]),
        ("count_orphans", len(found["entities"]["orphans"])),
    ]


def _statements(found: Mapping[str, Any], words: Words, labels: Labels) -> list[Chart]:
    told: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("by_kind", "by_kind", lambda key: words(f"kind_{key}")),
        ("by_status", "status", labels.status),
        ("by_basis", "list_bases", labels.basis),
        ("by_language", "language", words.language),
        ("by_predicate", "edge_types", labels.edge),
    )
    made = _Charts(words)
    return [
        made.counted(title, "statements", (Row(label(key), (n,)) for key, n in found[name].items()))
        for name, title, label in told
    ]


def _told(found: Mapping[str, Any], words: Words, labels: Labels) -> Chart:
    rows = (Row(labels.edge(key), [counts[part] for part in TOLD]) for key, counts in found["by_type"].items())
    return _Charts(words).counted("edge_types", "edges", rows, TOLD)


def _disagreements(found: Mapping[str, Any], words: Words, labels: Labels) -> Chart:
    kinds = labels.schema.disagreement_kinds
    rows = (
        Row(labels.term(kinds, key), [counts[part] for part in SETTLED]) for key, counts in found["by_kind"].items()
    )
    return _Charts(words).counted("list_disagreement_kinds", "disagreements", rows, SETTLED)


def _types(request: Request, found: Mapping[str, int], words: Words, labels: Labels) -> Chart:
    link = link_maker(request)
    nodes = labels.schema.nodes
    rows = (Row(labels.type(key), (n,), nodes[key].color, link("/entities", type=key)) for key, n in found.items())
    return _Charts(words).counted("node_types", "entities", rows)


def _hubs(request: Request, found: Iterable[Mapping[str, Any]], words: Words) -> Chart:
    link, called = link_maker(request), partial(service_of(request).called, words.code)
    named = ((hub, called(hub["id"], hub["name"])) for hub in found)
    rows = (
        Row(own.text, (hub["edges"], hub["reference"]), "", link(f"/entities/{hub['id']}"), own.language)
        for hub, own in named
    )
    return _Charts(words).counted("hubs", "edges", rows, ("told", "reference"))


def _named(found: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the first `MAX_LISTED` entities, grouped by type."""
    ordered = sorted(found[:MOST_NAMED], key=lambda item: (item["type"], item["name"], item["id"]))
    return [(key, list(group)) for key, group in groupby(ordered, key=lambda item: item["type"])]
