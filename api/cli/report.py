"""`vnkg report`: counts of what the graph holds, what rests on a single origin, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import click

from ...graph.reader.report import SETTLED, SINGLE, TOLD
from ..i18n.language import date, number
from ..service.service import Service
from . import session, terminal
from .answer import LANGUAGE, labels_of, named, words
from .options import json_option

Item = Mapping[str, Any]


@click.command()
@json_option
def report(as_json: bool) -> None:
    """Summarise what is loaded: counts by kind, type, status, basis and article, single origins, gaps, latest dates."""
    with session.opened(session.settings(), brief=True) as service:
        found = service.graph.report()
        if as_json:
            terminal.as_json(found)
        else:
            _print(service, found)


def _print(service: Service, found: Item) -> None:
    labels = labels_of(service)
    latest: Item = found["latest"]
    terminal.say((f"{words('release')} {found['release']}", "bold"))
    days = {"newest_article": found["data_date"], "latest_as_of": latest["as_of"]}
    for key, day in days.items():
        if day:
            terminal.say((f"{words(key)}: ", "dim"), date(day, LANGUAGE), indent=2)
    if policy := latest["policy"]:
        told = f"{date(policy['issued_on'], LANGUAGE)}, {policy['name']} {policy['id']}"
        terminal.say((f"{words('latest_policy')}: ", "dim"), told, indent=2)
    statements: Item = found["statements"]
    _counted("by_kind", "statements", ((words(f"kind_{key}"), n) for key, n in statements["by_kind"].items()))
    _counted("status", "statements", ((labels.status(key), n) for key, n in statements["by_status"].items()))
    terminal.say((words("without_status", n=statements["without_status"]), "dim"), indent=2)
    _counted("list_bases", "statements", ((labels.basis(key), n) for key, n in statements["by_basis"].items()))
    _counted("language", "statements", ((words.language(key), n) for key, n in statements["by_language"].items()))
    _counted("edge_types", "statements", ((labels.edge(key), n) for key, n in statements["by_predicate"].items()))
    _print_articles(found["articles"])
    edges: Item = found["edges"]
    _parted("relations_told", TOLD, ((labels.edge(key), counts) for key, counts in edges["by_type"].items()))
    single = words("single_about", n=edges["single_origin"])
    terminal.say(single + (f" `vnkg query {SINGLE}`" if SINGLE in service.queries else ""), indent=2)
    kinds = labels.schema.disagreement_kinds
    by_kind = ((labels.term(kinds, key), counts) for key, counts in found["disagreements"]["by_kind"].items())
    _parted("nav_disagreements", SETTLED, by_kind)
    entities: Item = found["entities"]
    _counted("node_types", "entities", ((labels.type(key), n) for key, n in entities["by_type"].items()))
    terminal.title(words("hubs"))
    headings = (words("name"), words("part_told"), words("part_reference"))
    full, brief = (
        [(named(hub["id"], hub["name"], ids=ids), _n(hub["edges"]), _n(hub["reference"])) for hub in entities["hubs"]]
        for ids in (True, False)
    )
    terminal.table(headings, full, brief, indent=2)
    for title, items in (("unnamed", entities["without_vietnamese_name"]), ("orphans", entities["orphans"])):
        _listed(service, title, items)


def _print_articles(articles: Sequence[Item]) -> None:
    terminal.title(words("nav_articles"))
    headings = (words("article"), words("language"), words("published"), words("latest_as_of"), words("sentences"),
                words("entities_mentioned"), words("count_mentions"), words("count_statements"))  # fmt: skip
    rows = [
        (
            item["id"],
            words.language(item["language"]),
            *(date(item[day], LANGUAGE) if item[day] else "–" for day in ("published", "latest_as_of")),
            *(_n(item[name]) for name in ("sentences", "entities_mentioned", "mentions", "statements")),
        )
        for item in articles
    ]
    terminal.table(headings, rows, indent=2)


def _counted(title: str, what: str, rows: Iterable[tuple[str, int]]) -> None:
    terminal.title(words(title))
    terminal.table(("", words(f"count_{what}")), [(name, _n(n)) for name, n in rows if n], indent=2)


def _parted(title: str, parts: Sequence[str], rows: Iterable[tuple[str, Mapping[str, int]]]) -> None:
    terminal.title(words(title))
    headings = ("", *(words(f"part_{part}") for part in parts))
    shown = [(name, *(_n(counts[part]) for part in parts)) for name, counts in rows if sum(counts.values())]
    terminal.table(headings, shown, indent=2)


def _listed(service: Service, title: str, items: Sequence[Item]) -> None:
    labels = labels_of(service)
    terminal.title(f"{words(title)} ({len(items)})")
    ordered = sorted(items, key=lambda item: (item["type"], item["name"], item["id"]))
    for kind, group in groupby(ordered, key=lambda item: item["type"]):
        names = "; ".join(item["name"] for item in group)
        terminal.say((f"{labels.type(kind)}: ", "dim"), names, indent=2)


def _n(value: int) -> str:
    return number(value, LANGUAGE)


COMMANDS = (report,)
