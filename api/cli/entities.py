"""Commands about entities: `find`, `show`."""

from pathlib import Path
from typing import Any

import click

from ...graph.reader.objects import EntityDetails, EntityEdge
from ...loaders.database import read_settings
from ..i18n.labels import Labels
from ..i18n.language import format_date
from ..i18n.localized_text import localized_text
from ..service.service import Service
from . import session, terminal
from .answer import LANGUAGE, EvidenceList, format_entity, labels_of, words
from .options import SchemaOption, articles_option, json_option
from .paths import resolve_entity_id

MAX_STATEMENTS = 1000


@click.command()
@click.argument("text")
@click.option(
    "--exact", is_flag=True, help="Only names and numbers as they are: no other forms, no words, no suggestions."
)
@click.option(
    "--type",
    "entity_type",
    metavar="TYPE",
    cls=SchemaOption,
    section="nodes",
    help="Only this type: {words}.",
)
@click.option("--limit", default=20, show_default=True, help="How many at most.")
@json_option
def find(text: str, exact: bool, entity_type: str | None, limit: int, as_json: bool) -> None:
    """Find entities by a name in any spelling or language, by an office, or by the number of a document."""
    with session.open_service(read_settings(), short_lived=True) as service:
        hits = service.graph.search(text, exact=exact, type=entity_type, limit=limit)
        if as_json:
            terminal.print_json(hits)
            return
        if not hits:
            terminal.print_line((words("found_nothing", text=text), "bold"))
            terminal.print_line(words("found_nothing_help"))
            return
        if all(hit["suggestion"] for hit in hits):
            terminal.print_line((words("found_nothing", text=text), "bold"))
            terminal.print_line(words("perhaps_meant"))
        elif all(hit["match_type"] == "words" for hit in hits if not hit["suggestion"]):
            terminal.print_line(words("found_by_words", text=text))
        labels = labels_of(service)
        rows = [
            (
                terminal.styled_line((hit["id"], "bold")),
                labels.type(hit["type"]),
                hit["name"],
                labels.status(hit["status"] or ""),
                words(f"matched_{hit['match_type']}", merged_on=format_date(hit.get("merged_on") or "", LANGUAGE))
                + f" “{hit['matched_text']}”",
            )
            for hit in hits
        ]
        terminal.print_table(("Id", "Type", "Name", "Status", "How"), rows)


@click.command()
@click.argument("entity")
@articles_option
@json_option
def show(entity: str, articles: Path | None, as_json: bool) -> None:
    """Show an entity (an id or a name that only one has) or a statement, with relations, disagreements and passages."""
    with session.open_service(read_settings(articles), short_lived=True) as service:
        if entity.startswith("statement:"):
            statement = service.graph.statement(entity)
            if as_json:
                terminal.print_json(statement)
            else:
                evidence = EvidenceList(service)
                evidence([entity])
                evidence.print()
            return
        details = get_entity(service, entity)
        if as_json:
            terminal.print_json(details)
        else:
            _print_entity(service, details)


def get_entity(service: Service, user_input: str) -> EntityDetails:
    """Return the entity with an id or a name; prints notes and raises as `resolve_entity_id` does."""
    return service.graph.entity(resolve_entity_id(service, user_input))


def _print_entity(service: Service, entity: EntityDetails) -> None:
    labels = labels_of(service)
    kind = labels.kind_of(entity, service.release()["data_date"])
    status = labels.status(entity.get("status", ""))
    details = ", ".join(part for part in (labels.type(entity["type"]), kind, status) if part)
    terminal.print_line((entity["name"], "bold"), f"  {entity['id']}  ", (details, "dim"))
    for item, value in labels.attributes(entity):
        value_text = labels.term(item.values, str(value)) if item.values else _format_value(item.type, value)
        terminal.print_line((f"{item.en}: ", "dim"), value_text, indent=2)
    names = [name for name in entity["names"] if name["text"] != entity["name"]]
    if names:
        details = dict.fromkeys(f"{name['text']} ({words.language(name['language'])})" for name in names)
        terminal.print_line((f"{words('names').lower()}: ", "dim"), "; ".join(details), indent=2)
    evidence = EvidenceList(service)
    terminal.print_title(words("relations"))
    if entity["edges"]:
        headings = ("Relation", "With", "Status", "Basis", "As of", "Articles", words("evidence"))
        full_rows, compact_rows = (
            [_edge_row(edge, labels, evidence, with_ids) for edge in entity["edges"]] for with_ids in (True, False)
        )
        terminal.print_table(headings, full_rows, compact_rows, indent=2)
    else:
        terminal.print_line(words("no_relations"), indent=2)
    _print_other_statements(service, entity, evidence)
    for item in entity["disagreements"]:
        terminal.print_title(f"{words('disagree_on')} {localized_text(item, language=LANGUAGE).text or item['id']}")
        for index, reading in enumerate(item["readings"]):
            preferred_note = (
                f" ({words('preferred')}: {localized_text(item, 'reason', LANGUAGE).text})"
                if item.get("preferred") == index
                else ""
            )
            terminal.print_line(
                f"– {localized_text(reading, language=LANGUAGE).text}{preferred_note} "
                f"{evidence.numbers(evidence(reading['statements']))}",
                indent=2,
            )
    evidence.print()


def _print_other_statements(service: Service, entity: EntityDetails, evidence: EvidenceList) -> None:
    """Print the measurements and claims about an entity."""
    statements = service.graph.statements(entity["id"], limit=MAX_STATEMENTS)
    other_statements = [statement for statement in statements if statement["kind"] != "relation"]
    if other_statements:
        terminal.print_title(words("also_said"))
    for statement in other_statements:
        gloss = localized_text(statement, language=LANGUAGE).text
        terminal.print_line(f"{gloss} {evidence.numbers(evidence([statement['id']]))}", indent=2)


def _edge_row(edge: EntityEdge, labels: Labels, evidence: EvidenceList, with_ids: bool) -> list[terminal.Cell]:
    relation = labels.edge(edge["predicate"])
    qualifiers = [
        f"{item.en}: {labels.term(item.values, str(value)) if item.values else _format_value(item.type, value)}"
        for item, value in labels.qualifiers(edge["predicate"], edge)
    ]
    status = labels.status(edge["status"] or "")
    neighbour = edge["neighbour"]
    article_count = str(edge["articles"]) if edge["articles"] else words("from_reference")
    return [
        terminal.styled_line(relation if edge["direction"] == "out" else f"← {relation}"),
        format_entity(neighbour["id"], neighbour["name"], with_ids=with_ids).append(
            f" ({'; '.join(qualifiers)})" if qualifiers else ""
        ),
        status,
        labels.basis(edge["basis"]),
        format_date(edge["as_of"], "en") if edge["as_of"] else "",
        article_count,
        evidence.numbers(evidence(edge["statements"])),
    ]


def _format_value(property_type: str, value: Any) -> str:
    if property_type == "date":
        return format_date(str(value), "en")
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType]


COMMANDS = (find, show)
