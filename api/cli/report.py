"""`vnkg report`: counts of what the graph holds, what rests on a single origin, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import click

from ...graph.reader.objects import ArticleReport, DataReport, OriginCounts, TypedName
from ...graph.reader.report import DISAGREEMENT_STATES, ORIGIN_GROUPS, SINGLE_ORIGIN_QUERY
from ...loaders.database import read_settings
from ..i18n.labels import Labels
from ..i18n.language import format_date, format_number
from ..service.service import Service
from . import session, terminal
from .answer import LANGUAGE, format_entity, labels_of, words
from .options import json_option


@click.command()
@json_option
def report(as_json: bool) -> None:
    """Summarise what is loaded: counts by kind, type, status, basis and article, single origins, gaps, latest dates."""
    with session.open_service(read_settings(), short_lived=True) as service:
        result = service.graph.report()
        if as_json:
            terminal.print_json(result)
        else:
            _print_report(service, result)


def _print_report(service: Service, result: DataReport) -> None:
    labels = labels_of(service)
    latest = result["latest"]
    terminal.print_line((f"{words('release')} {result['release']}", "bold"))
    days = {"newest_article": result["data_date"], "latest_as_of": latest["as_of"]}
    for key, day in days.items():
        if day:
            terminal.print_line((f"{words(key)}: ", "dim"), format_date(day, LANGUAGE), indent=2)
    if policy := latest["policy"]:
        policy_text = f"{format_date(policy['issued_on'], LANGUAGE)}, {policy['name']} {policy['id']}"
        terminal.print_line((f"{words('latest_policy')}: ", "dim"), policy_text, indent=2)
    statements = result["statements"]
    _print_counts("by_kind", "statements", ((words(f"kind_{key}"), n) for key, n in statements["by_kind"].items()))
    _print_counts("status", "statements", ((labels.status(key), n) for key, n in statements["by_status"].items()))
    terminal.print_line((words("without_status", n=statements["without_status"]), "dim"), indent=2)
    _print_counts("list_bases", "statements", ((labels.basis(key), n) for key, n in statements["by_basis"].items()))
    _print_counts("language", "statements", ((words.language(key), n) for key, n in statements["by_language"].items()))
    _print_counts("edge_types", "statements", ((labels.edge(key), n) for key, n in statements["by_predicate"].items()))
    _print_articles(labels, result["articles"])
    edges = result["edges"]
    _print_breakdown(
        "relations_told", ORIGIN_GROUPS, ((labels.edge(key), counts) for key, counts in edges["by_type"].items())
    )
    single = words("single_about", n=edges["single_origin"])
    terminal.print_line(
        single + (f" `vnkg query {SINGLE_ORIGIN_QUERY}`" if SINGLE_ORIGIN_QUERY in service.queries else ""), indent=2
    )
    _print_statuses(labels, edges)
    kinds = labels.schema.disagreement_kinds
    by_kind = ((labels.term(kinds, key), counts) for key, counts in result["disagreements"]["by_kind"].items())
    _print_breakdown("nav_disagreements", DISAGREEMENT_STATES, by_kind)
    entities = result["entities"]
    _print_counts("node_types", "entities", ((labels.type(key), n) for key, n in entities["by_type"].items()))
    terminal.print_title(words("hubs"))
    headings = (words("name"), words("part_articles"), words("part_reference"))
    full_rows, compact_rows = (
        [
            (
                format_entity(hub["id"], hub["name"], with_ids=with_ids),
                _format_count(hub["edges"]),
                _format_count(hub["reference"]),
            )
            for hub in entities["hubs"]
        ]
        for with_ids in (True, False)
    )
    terminal.print_table(headings, full_rows, compact_rows, indent=2)
    _print_entity_list(service, "unnamed", entities["without_vietnamese_name"])
    _print_entity_list(service, "only_translated", entities["only_translated"])
    _print_entity_list(service, "orphans", entities["orphans"])


def _print_articles(labels: Labels, articles: Sequence[ArticleReport]) -> None:
    terminal.print_title(words("nav_articles"))
    headings = (words("article"), words("language"), words("published"), words("latest_as_of"), words("sentences"),
                words("entities_mentioned"), words("count_mentions"), words("count_statements"))  # fmt: skip
    rows = [
        (
            item["id"],
            words.language(item["language"]),
            *(format_date(day, LANGUAGE) if day else "–" for day in (item["published"], item["latest_as_of"])),
            *(_format_count(item[name]) for name in ("sentences", "entities_mentioned", "mentions", "statements")),
        )
        for item in articles
    ]
    terminal.print_table(headings, rows, indent=2)
    terminal.print_title(words("statements_by_article"))
    headings = (words("article"), words("by_kind"), words("basis"), words("status"))
    rows = [
        (
            item["id"],
            _format_counts((words(f"kind_{key}"), n) for key, n in item["by_kind"].items()),
            _format_counts((labels.basis(key), n) for key, n in item["by_basis"].items()),
            _format_counts((labels.status(key), n) for key, n in item["by_status"].items()),
        )
        for item in articles
    ]
    terminal.print_table(headings, rows, indent=2)


def _print_statuses(labels: Labels, edges: OriginCounts) -> None:
    terminal.print_title(words("relations_by_status"))
    rows = [
        (labels.edge(key), _format_counts((labels.status(status), n) for status, n in counts.items()))
        for key, counts in edges["by_status"].items()
        if any(counts.values())
    ]
    terminal.print_table(("", words("status")), rows, indent=2)


def _format_counts(counts: Iterable[tuple[str, int]]) -> str:
    """Return the numbers that are not 0 with their labels: `stated 5, inferred 1`."""
    return ", ".join(f"{label} {_format_count(n)}" for label, n in counts if n)


def _print_counts(title: str, noun: str, rows: Iterable[tuple[str, int]]) -> None:
    terminal.print_title(words(title))
    terminal.print_table(("", words(f"count_{noun}")), [(name, _format_count(n)) for name, n in rows if n], indent=2)


def _print_breakdown(title: str, parts: Sequence[str], rows: Iterable[tuple[str, Mapping[str, int]]]) -> None:
    terminal.print_title(words(title))
    headings = ("", *(words(f"part_{part}") for part in parts))
    table_rows = [
        (name, *(_format_count(counts[part]) for part in parts)) for name, counts in rows if sum(counts.values())
    ]
    terminal.print_table(headings, table_rows, indent=2)


def _print_entity_list(service: Service, title: str, items: Sequence[TypedName]) -> None:
    labels = labels_of(service)
    terminal.print_title(f"{words(title)} ({len(items)})")
    ordered = sorted(items, key=lambda item: (item["type"], item["name"], item["id"]))
    for kind, group in groupby(ordered, key=lambda item: item["type"]):
        names = "; ".join(item["name"] for item in group)
        terminal.print_line((f"{labels.type(kind)}: ", "dim"), names, indent=2)


def _format_count(value: int) -> str:
    return format_number(value, LANGUAGE)


COMMANDS = (report,)
