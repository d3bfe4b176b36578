"""Print a query's answer: the question, its parameters, the answers, near misses, and the evidence for them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from rich.text import Text

from ...graph.catalogue.parameters import ANY_VALUE, Parameter
from ...graph.catalogue.query import Query, group_near_misses
from ...graph.model.objects import Row, passage_of
from ..i18n.labels import Labels
from ..i18n.language import format_date
from ..i18n.localized_text import localized_text
from ..i18n.words import Words
from ..presenters.evidence import Sources, StatementEvidence
from ..presenters.query_table import Cell, build_table, failure_text
from ..service.service import Service
from . import terminal

LANGUAGE = "en"
words = Words(LANGUAGE)


class EvidenceList:
    """The statements that support what is printed, numbered in the order in which they are first cited."""

    def __init__(self, service: Service, labels: Labels | None = None) -> None:
        self._service = service
        self._labels = labels or labels_of(service)
        self._sources = Sources(service)
        self._items: dict[str, StatementEvidence] = {}

    def __call__(self, ids: Iterable[str]) -> list[StatementEvidence]:
        """Return statements by id, ready to print; each new one gets the next number."""
        unique_ids = list(dict.fromkeys(ids))
        new_ids = [key for key in unique_ids if key not in self._items]
        statements = self._service.graph.statements_by_id(new_ids)
        self._items |= {key: self._sources.evidence_for(statements[key]) for key in new_ids if key in statements}
        return [self._items[key] for key in unique_ids if key in self._items]

    def numbers(self, items: Iterable[StatementEvidence]) -> str:
        """Return the numbers under which statements are printed, as `[1] [2]`."""
        order = list(self._items)
        return " ".join(f"[{order.index(item.statement['id']) + 1}]" for item in items)

    def print(self) -> None:
        """Print every statement that was cited, with its passage."""
        if self._items:
            terminal.print_title(Words(self._labels.language)("evidence"))
            items = enumerate(self._items.values(), 1)
            terminal.print_entries((f"[{number}]", _format_statement(item, self._labels)) for number, item in items)


def labels_of(service: Service, language: str | None = None) -> Labels:
    """Return the schema's labels in a language, by default that of the commands."""
    return Labels(service.schema, language or LANGUAGE)


def print_answer(
    service: Service,
    query: Query,
    values: Mapping[str, Any],
    result: Mapping[str, Any],
    language: str | None = None,
) -> None:
    """Print a query's answer, in a language if one is given.

    `values` are the query's parameters with ids; `result` has the keys `rows` and `near_misses`.
    """
    labels = labels_of(service, language)
    words = Words(labels.language)
    rows, near_misses = result["rows"], result["near_misses"]
    evidence = EvidenceList(service, labels)
    names = NameLookup(service, language)
    _print_question(query, values, names, labels)
    terminal.print_title(f"{words('answers_title')} ({len(rows)})")
    if rows:
        _print_rows(query, rows, labels, evidence, names)
    else:
        terminal.print_line((words("nobody") if query.conditions else words("no_rows"), "bold"), indent=2)
        if query.conditions and not near_misses:
            terminal.print_line(words("no_near_misses"), indent=2)
        terminal.print_line(words("absence"), indent=2)
    if near_misses:
        terminal.print_title(f"{words('near_title')} ({len(near_misses)})")
        terminal.print_line((words("near_about"), "dim"), indent=2)

    for fails, group_rows in group_near_misses(query, near_misses):
        terminal.print_line()
        terminal.print_line((f"{failure_text(query, fails, labels)} ({len(group_rows)})", "bold yellow"), indent=2)
        _print_rows(query, group_rows, labels, evidence, names)
    evidence.print()


def print_summary(
    service: Service,
    query: Query,
    values: Mapping[str, Any],
    result: Mapping[str, Any],
    language: str | None = None,
) -> None:
    """Print a query's answers and near misses with a line for each group: names only, no evidence."""
    labels = labels_of(service, language)
    words = Words(labels.language)
    _print_question(query, values, NameLookup(service, language), labels)
    rows, near_misses = result["rows"], result["near_misses"]
    nobody = words("nobody") if query.conditions else words("no_rows")
    terminal.print_title(f"{words('answers_title')} ({len(rows)})")
    terminal.print_line(_first_names(query, rows) if rows else nobody, indent=2)
    if near_misses:
        terminal.print_title(f"{words('near_title')} ({len(near_misses)})")
        for fails, group_rows in group_near_misses(query, near_misses):
            group_title = f"{failure_text(query, fails, labels)} ({len(group_rows)}): "
            terminal.print_line((group_title, "bold yellow"), _first_names(query, group_rows), indent=2)


def _print_question(query: Query, values: Mapping[str, Any], names: "NameLookup", labels: Labels) -> None:
    terminal.print_line((query.question(labels.language), "bold"))
    for parameter in query.params.values():
        if description := _describe_value(parameter, values.get(parameter.name), names, labels):
            terminal.print_line((f"{parameter.name.replace('_', ' ')}: ", "dim"), description, indent=2)


def _first_names(query: Query, rows: Iterable[Row]) -> str:
    """Return the values of the first column, without repeats; names instead of ids if there are any."""
    column = next(iter(query.returns))
    return ", ".join(dict.fromkeys(str(row.get(f"{column}_name") or row[column]) for row in rows))


class NameLookup:
    """A lookup of entity names by id; each name is read once."""

    def __init__(self, service: Service, language: str | None = None) -> None:
        self._service = service
        self._language = language
        self._names: dict[str, str] = {}

    def by_id(self, entity_ids: Iterable[str]) -> dict[str, str]:
        """Return names by id; the name of an unknown id is the id itself."""
        unique_ids = list(dict.fromkeys(entity_ids))
        new_ids = [entity_id for entity_id in unique_ids if entity_id not in self._names]
        self._names |= self._service.graph.names(new_ids, self._language)
        return {entity_id: self._names.get(entity_id, entity_id) for entity_id in unique_ids}

    def for_rows(self, query: Query, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Return names by id for the entities whose rows have an id but no name column."""
        id_columns = [
            column
            for column in query.returns.values()
            if column.type == "entities" or (column.type == "entity" and f"{column.name}_name" not in query.returns)
        ]
        entity_ids: set[str] = set()
        for row in rows:
            for column in id_columns:
                value: str | list[str] = row.get(column.name) or []
                entity_ids.update([value] if isinstance(value, str) else value)
        return self.by_id(sorted(entity_ids))


def _describe_value(parameter: Parameter, raw_value: Any, names: NameLookup, labels: Labels) -> str:
    """Return a parameter's value in words, or an empty string if it is not used."""
    words = Words(labels.language)
    either = f" {words('or_another')} "
    value: Any = parameter.default if raw_value is None else raw_value
    texts = [str(item) for item in cast("Sequence[Any]", value)] if isinstance(value, list | tuple) else [str(value)]
    if value is None or texts == [""]:
        return ""
    items = [part.strip() for text in texts for part in (text.split(",") if parameter.allows_multiple else [text])]
    if ANY_VALUE in items:
        return words("any")
    if parameter.type == "entity":
        return either.join(f"{name} ({entity})" for entity, name in names.by_id(items).items())
    return either.join(labels.term(parameter.values, item) for item in items)


def _print_rows(
    query: Query, rows: list[dict[str, Any]], labels: Labels, evidence: EvidenceList, names: NameLookup
) -> None:
    words = Words(labels.language)
    query_table = build_table(query, rows, labels, evidence, names.for_rows(query, rows))
    headings = [column.title for column in query_table.columns]
    if query_table.has_evidence:
        headings.append(words("evidence"))
    full_rows, compact_rows = (
        [
            [
                *(_format_cell(cell, labels, with_ids=with_ids or index == 0) for index, cell in enumerate(row.cells)),
                *([evidence.numbers(row.evidence)] if query_table.has_evidence else []),
            ]
            for row in query_table.rows
        ]
        for with_ids in (True, False)
    )
    terminal.print_table(headings, full_rows, compact_rows, indent=2)
    if query_table.count > len(query_table.rows):
        terminal.print_line(words("rows_shown_in_json", n=len(query_table.rows), all=query_table.count), indent=2)


def _format_cell(cell: Cell, labels: Labels, *, with_ids: bool) -> Text:
    value, words = cell.value, Words(labels.language)
    if cell.kind == "none":
        return terminal.styled_line(("–", "dim"))
    if cell.kind == "links":
        return Text(", ").join(format_entity(entity, name, with_ids=with_ids) for entity, name in value)
    if cell.kind == "items":
        return Text("; ").join(
            terminal.styled_line(
                item.word, (f" ({', '.join(item.details)}) " if item.details else " ", "dim")
            ).append_text(format_entity(*item.link, with_ids=with_ids) if item.link else Text())
            for item in value
        )
    if cell.kind == "boolean":
        return terminal.styled_line(words("yes") if value else words("no"))
    if cell.kind == "status":
        return terminal.styled_line(labels.status(value))
    return terminal.styled_line(format_date(value, labels.language) if cell.kind == "date" else str(value))


def format_entity(entity_id: str, name: str, *, with_ids: bool = True) -> Text:
    """Return an entity's name, followed by its id if `with_ids`."""
    return (
        terminal.styled_line(f"{name} ", (entity_id, "dim"))
        if with_ids and name != entity_id
        else terminal.styled_line(name)
    )


def _format_statement(item: StatementEvidence, labels: Labels) -> list[Text]:
    """Return the lines that print a statement: its source, its gloss, and its passage if the text is available."""
    statement, article, words = item.statement, item.article, Words(labels.language)
    passage = passage_of(statement)
    if article is None or passage is None:
        checked = f"{words('checked_on')} {statement.get('checked_on', '')}"
        lines = [terminal.styled_line(f"{words('reference_table')}: {statement.get('source', '')}, {checked}")]
    else:
        position = words("line_and_characters", line=passage.line, start=passage.start, end=passage.end)
        lines = [terminal.styled_line(f"{article['id']}, {position}  ", (str(article["name"]), "dim"))]
    as_of = statement.get("as_of")
    details = (
        labels.basis(str(statement.get("basis", ""))),
        labels.status(str(statement.get("status", ""))),
        f"{words('as_of')} {format_date(str(as_of), labels.language)}" if as_of else "",
    )
    lines.append(
        terminal.styled_line(
            localized_text(statement, language=labels.language).text,
            (f"  ({', '.join(part for part in details if part)})", "dim"),
        )
    )
    if item.words:
        lines.append(terminal.styled_line((f"“{item.words}”", "italic")))
    if item.is_verified is False:
        lines.append(terminal.styled_line((words("unverified"), "bold red")))
    return lines
