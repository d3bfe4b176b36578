"""Print a query's answer: the question, its parameters, the answers, near misses, and the evidence for them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from rich.text import Text

from ...graph.catalogue.parameters import ANY, Parameter
from ...graph.catalogue.query import Query
from ..i18n.labels import Labels
from ..i18n.language import date
from ..i18n.words import Words
from ..presenters.evidence import Shown, Sources
from ..presenters.query_table import Cell, failing_of, table_of
from ..service.service import Service
from . import terminal

LANGUAGE = "en"
words = Words(LANGUAGE)


class Behind:
    """The statements that support what is printed, numbered in the order in which they are first cited."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._sources = Sources(service)
        self._shown: dict[str, Shown] = {}

    def __call__(self, ids: Iterable[str]) -> list[Shown]:
        """Return statements by id, ready to print; each new one gets the next number."""
        wanted = list(dict.fromkeys(ids))
        found = self._service.graph.statements_by_id(key for key in wanted if key not in self._shown).values()
        self._shown |= {statement["id"]: self._sources.shown(statement) for statement in found}
        return [self._shown[key] for key in wanted if key in self._shown]

    def numbers(self, shown: Iterable[Shown]) -> str:
        """Return the numbers under which statements are printed, as `[1] [2]`."""
        order = list(self._shown)
        return " ".join(f"[{order.index(one.statement['id']) + 1}]" for one in shown)

    def print(self) -> None:
        """Print every statement that was cited, with its passage."""
        if self._shown:
            terminal.title(words("evidence"))
            labels = labels_of(self._service)
            items = enumerate(self._shown.values(), 1)
            terminal.entries((f"[{number}]", _passage(shown, labels)) for number, shown in items)


def labels_of(service: Service) -> Labels:
    """Return the schema's labels in the language of the commands."""
    return Labels(service.schema, LANGUAGE)


def print_answer(service: Service, query: Query, given: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Print a query's answer.

    `values` are the query's parameters as given; `result` has the keys `rows` and `near_misses`.
    """
    labels = labels_of(service)
    rows, near = result["rows"], result["near_misses"]
    behind = Behind(service)
    names = Names(service)
    terminal.say((query.question_en, "bold"))
    for parameter in query.params.values():
        if reading := _reading(parameter, given.get(parameter.name), names, labels):
            terminal.say((f"{parameter.name.replace('_', ' ')}: ", "dim"), reading, indent=2)
    terminal.title(f"{words('answers_title')} ({len(rows)})")
    if rows:
        _print_rows(query, rows, labels, behind, names)
    else:
        terminal.say((words("nobody") if query.conditions else words("no_rows"), "bold"), indent=2)
        if query.conditions and not near:
            terminal.say(words("no_near_misses"), indent=2)
        terminal.say(words("absence"), indent=2)
    if near:
        terminal.title(f"{words('near_title')} ({len(near)})")
        terminal.say((words("near_about"), "dim"), indent=2)

    def place(row: Mapping[str, Any]) -> tuple[int, list[int]]:
        return len(row["fails"]), [query.conditions.index(condition) for condition in row["fails"]]

    for fails, group in groupby(sorted(near, key=place), key=_fails):
        some = list(group)
        terminal.say()
        terminal.say((f"{failing_of(query, fails, labels)} ({len(some)})", "bold yellow"), indent=2)
        _print_rows(query, some, labels, behind, names)
    behind.print()


class Names:
    """A lookup of entity names by id; each name is read once."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: dict[str, str] = {}

    def of(self, entities: Iterable[str]) -> dict[str, str]:
        """Return names by id; the name of an unknown id is the id itself."""
        wanted = list(dict.fromkeys(entities))
        found = self._service.graph.cards(entity for entity in wanted if entity not in self._known)
        self._known |= {card["id"]: card["name"] for card in found}
        return {entity: self._known.get(entity, entity) for entity in wanted}

    def of_rows(self, query: Query, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Return names by id for the entities whose rows have an id but no name column."""
        alone = [
            column
            for column in query.returns.values()
            if column.type == "entities" or (column.type == "entity" and f"{column.name}_name" not in query.returns)
        ]
        found: set[str] = set()
        for row in rows:
            for column in alone:
                value: str | list[str] = row.get(column.name) or []
                found.update([value] if isinstance(value, str) else value)
        return self.of(sorted(found))


def _fails(row: Mapping[str, Any]) -> list[str]:
    return row["fails"]


def _reading(parameter: Parameter, given: Any, names: Names, labels: Labels) -> str:
    """Return a parameter's value in words, or an empty string if it is not used."""
    value: Any = parameter.default if given is None else given
    texts = [str(item) for item in cast("Sequence[Any]", value)] if isinstance(value, list | tuple) else [str(value)]
    if value is None or texts == [""]:
        return ""
    items = [part.strip() for text in texts for part in (text.split(",") if parameter.several else [text])]
    if ANY in items:
        return ANY
    if parameter.type == "entity":
        return " or ".join(f"{name} ({entity})" for entity, name in names.of(items).items())
    return " or ".join(labels.term(parameter.values, item) for item in items)


def _print_rows(query: Query, rows: list[dict[str, Any]], labels: Labels, behind: Behind, names: Names) -> None:
    made = table_of(query, rows, labels, behind, names.of_rows(query, rows))
    headings = [column.title for column in made.columns]
    if made.has_evidence:
        headings.append(words("evidence"))
    full, brief = (
        [
            [
                *(_cell(cell, labels, ids=ids or place == 0) for place, cell in enumerate(row.cells)),
                *([behind.numbers(row.evidence)] if made.has_evidence else []),
            ]
            for row in made.rows
        ]
        for ids in (True, False)
    )
    terminal.table(headings, full, brief, indent=2)
    if made.count > len(made.rows):
        terminal.say(f"{len(made.rows)} of {made.count} rows are shown; --json has them all.", indent=2)


def _cell(cell: Cell, labels: Labels, *, ids: bool) -> Text:
    value = cell.value
    if cell.kind == "none":
        return terminal.line(("–", "dim"))
    if cell.kind == "links":
        return Text(", ").join(named(entity, name, ids=ids) for entity, name in value)
    if cell.kind == "items":
        return Text("; ").join(
            terminal.line(item.word, (f" ({', '.join(item.said)}) " if item.said else " ", "dim")).append_text(
                named(*item.link, ids=ids) if item.link else Text()
            )
            for item in value
        )
    if cell.kind == "boolean":
        return terminal.line(words("yes") if value else words("no"))
    if cell.kind == "status":
        return terminal.line(labels.status(value))
    return terminal.line(date(value, LANGUAGE) if cell.kind == "date" else str(value))


def named(entity: str, name: str, *, ids: bool = True) -> Text:
    """Return an entity's name, followed by its id if `with_ids`."""
    return terminal.line(f"{name} ", (entity, "dim")) if ids and name != entity else terminal.line(name)


def _passage(shown: Shown, labels: Labels) -> list[Text]:
    """Return the lines that print a statement: its source, its gloss, and its passage if the text is available."""
    statement, article = shown.statement, shown.article
    if article is None:
        checked = f"{words('checked_on')} {statement.get('checked_on', '')}"
        lines = [terminal.line(f"{words('reference_table')}: {statement.get('source', '')}, {checked}")]
    else:
        place = words("line_and_characters", **{key: statement[key] for key in ("line", "start", "end")})
        lines = [terminal.line(f"{article['id']}, {place}  ", (str(article["name"]), "dim"))]
    as_of = statement.get("as_of")
    told = (
        labels.basis(str(statement["basis"])),
        labels.status(str(statement["status"])) if statement.get("status") else "",
        f"{words('as_of')} {date(str(as_of), LANGUAGE)}" if as_of else "",
    )
    lines.append(terminal.line(str(statement["gloss"]), (f"  ({', '.join(part for part in told if part)})", "dim")))
    if shown.words:
        lines.append(terminal.line((f"“{shown.words}”", "italic")))
    if shown.verified is False:
        lines.append(terminal.line((words("unverified"), "bold red")))
    return lines
