"""Commands about entities: `find`, `show`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ...graph.errors import Moved
from ...graph.model.schema import schema
from ..i18n.labels import Labels
from ..i18n.language import date
from ..service.service import Service
from . import session, terminal
from .answer import LANGUAGE, Behind, labels_of, named, words
from .options import articles_option, json_option

Item = Mapping[str, Any]
MOST_STATEMENTS = 1000


@click.command()
@click.argument("text")
@click.option(
    "--exact", is_flag=True, help="Only names and numbers as they are: no other forms, no words, no suggestions."
)
@click.option("--type", "kind", metavar="TYPE", help=f"Only this type: {', '.join(schema().nodes)}.")
@click.option("--limit", default=20, show_default=True, help="How many at most.")
@json_option
def find(text: str, exact: bool, kind: str | None, limit: int, as_json: bool) -> None:
    """Find entities by a name in any spelling or language, by an office, or by the number of a document."""
    with session.opened(session.settings(), brief=True) as service:
        found = service.graph.search(text, exact=exact, type=kind, limit=limit)
        if as_json:
            terminal.as_json(found)
            return
        if not found:
            terminal.say((words("found_nothing", text=text), "bold"))
            terminal.say(words("found_nothing_help"))
            return
        if all(hit["suggestion"] for hit in found):
            terminal.say((words("found_nothing", text=text), "bold"))
            terminal.say(f"{words('perhaps_meant')}:")
        elif all(hit["how"] == "words" for hit in found if not hit["suggestion"]):
            terminal.say(words("found_by_words", text=text))
        labels = labels_of(service)
        rows = [
            (
                terminal.line((hit["id"], "bold")),
                labels.type(hit["type"]),
                hit["name"],
                labels.status(hit["status"]) if hit.get("status") else "",
                words(f"matched_{hit['how']}", since=date(hit.get("since") or "", LANGUAGE)) + f" “{hit['matched']}”",
            )
            for hit in found
        ]
        terminal.table(("Id", "Type", "Name", "Status", "How"), rows)


@click.command()
@click.argument("id")
@articles_option
@json_option
def show(id: str, articles: Path | None, as_json: bool) -> None:
    """Show an entity or one statement: names, relations, disagreements, and the passages that support them."""
    with session.opened(session.settings(articles), brief=True) as service:
        if id.startswith("statement:"):
            statement = service.graph.statement(id)
            if as_json:
                terminal.as_json(statement)
            else:
                behind = Behind(service)
                behind([id])
                behind.print()
            return
        entity = entity_of(service, id)
        if as_json:
            terminal.as_json(entity)
        else:
            _print_entity(service, entity)


def entity_of(service: Service, wanted: str) -> Item:
    """Return an entity by id; if the id was merged into another, print a note and return that one."""
    try:
        return service.graph.entity(wanted)
    except Moved as moved:
        terminal.note(str(moved).partition(";")[0] + ".")
        return service.graph.entity(moved.to)


def _print_entity(service: Service, entity: Item) -> None:
    labels = labels_of(service)
    kind = labels.kind(entity["type"], entity.get("kind"))
    status = labels.status(entity["status"]) if entity.get("status") else ""
    told = ", ".join(part for part in (labels.type(entity["type"]), kind, status) if part)
    terminal.say((entity["name"], "bold"), f"  {entity['id']}  ", (told, "dim"))
    for item, value in labels.attributes(entity):
        shown = labels.term(item.values, str(value)) if item.values else _value(item.type, value)
        terminal.say((f"{item.en}: ", "dim"), shown, indent=2)
    names = [name for name in entity["names"] if name["text"] != entity["name"]]
    if names:
        told = dict.fromkeys(f"{name['text']} ({words.language(name['language'])})" for name in names)
        terminal.say((f"{words('names').lower()}: ", "dim"), "; ".join(told), indent=2)
    behind = Behind(service)
    terminal.title(words("relations"))
    if entity["edges"]:
        headings = ("Relation", "With", "Status", "Basis", "As of", "Articles", words("evidence"))
        full, brief = ([_edge_row(edge, labels, behind, ids) for edge in entity["edges"]] for ids in (True, False))
        terminal.table(headings, full, brief, indent=2)
    else:
        terminal.say(words("no_relations"), indent=2)
    _print_also(service, entity, behind)
    for item in entity["disagreements"]:
        terminal.title(f"{words('disagree_on')} {item.get('gloss') or item['id']}")
        for place, reading in enumerate(item["readings"]):
            best = f" ({words('preferred')}: {item['reason']})" if item.get("preferred") == place else ""
            terminal.say(f"– {reading['gloss']}{best} {behind.numbers(behind(reading['statements']))}", indent=2)
    behind.print()


def _print_also(service: Service, entity: Item, behind: Behind) -> None:
    """Print the measurements and claims about an entity."""
    told = service.graph.statements(entity["id"], limit=MOST_STATEMENTS)
    others = [statement for statement in told if statement["kind"] != "relation"]
    if others:
        terminal.title(words("also_said"))
    for statement in others:
        terminal.say(f"{statement['gloss']} {behind.numbers(behind([statement['id']]))}", indent=2)


def _edge_row(edge: Item, labels: Labels, behind: Behind, ids: bool) -> list[terminal.Cell]:
    relation = labels.edge(edge["predicate"])
    told = [
        f"{item.en}: {labels.term(item.values, str(value)) if item.values else _value(item.type, value)}"
        for item, value in labels.qualifiers(edge["predicate"], edge)
    ]
    status = labels.status(edge["status"]) if edge.get("status") else ""
    other = edge["other"]
    counted = str(edge["articles"]) if edge["articles"] else words("from_reference")
    return [
        terminal.line(relation if edge["direction"] == "out" else f"← {relation}"),
        named(other["id"], other["name"], ids=ids).append(f" ({'; '.join(told)})" if told else ""),
        status,
        labels.basis(edge["basis"]),
        date(edge["as_of"], "en") if edge.get("as_of") else "",
        counted,
        behind.numbers(behind(edge["statements"])),
    ]


def _value(kind: str, value: Any) -> str:
    if kind == "date":
        return date(str(value), "en")
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType]


COMMANDS = (find, show)
