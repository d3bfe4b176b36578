"""View model of a query's form: parameters as form fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...graph.catalogue.parameters import ANY, Given, Parameter
from ...graph.catalogue.query import Query
from ...graph.errors import NotFound
from ...graph.messages import meant, nearest, shown
from ..i18n.labels import Labels
from ..i18n.language import capital
from ..i18n.words import Words
from ..service.service import Service
from .query_table import first_clause

MOST_OPTIONS = 200
"""Maximum number of entities in a select; if there are more, the field is a text input for an id."""


class Option(NamedTuple):
    """An option of a field: the value sent, its label, and the language of the label."""

    key: str
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Field:
    """A form field: `kind` is `checks` (checkboxes), `select`, or the type of an input; `values` are those chosen."""

    name: str
    title: str
    help: str
    kind: str
    required: bool
    chosen: tuple[str, ...]
    options: tuple[Option, ...] = ()
    any: str = ""

    @property
    def said(self) -> str:
        """The labels of the chosen values, comma-separated."""
        words = {option.key: option.words for option in self.options}
        return ", ".join(self.any if key == ANY else words.get(key, key) for key in self.chosen)

    def said_in(self, language: str) -> str:
        """The language of `values_text` on a page in `language`; empty if it has several."""
        found = {option.language for option in self.options if option.key in self.chosen} or {language}
        return found.pop() if len(found) == 1 else ""


def fields_of(service: Service, query: Query, given: Given, labels: Labels) -> list[Field]:
    """Return a field for each parameter, filled with its argument or else its default."""
    return [_field(service, parameter, given.get(parameter.name), labels) for parameter in query.params.values()]


def query_named(service: Service, name: str) -> Query:
    """Return a query of the catalogue; raise `NotFound` with the most similar names."""
    asked = service.queries.get(name)
    if asked is None:
        close = nearest(name, service.queries)
        raise NotFound(f"{shown(name)}: no such query{meant(name, service.queries)}", name, close)
    return asked


def _field(service: Service, parameter: Parameter, given: str | Sequence[str] | None, labels: Labels) -> Field:
    words = parameter.help_vi if labels.language == "vi" and parameter.help_vi else parameter.help
    title = parameter.name.replace("_", " ")
    if labels.language == "vi":
        title = first_clause(words)
        words = "" if words == title else words
    options = _options(service, parameter, labels)
    if parameter.several and options:
        kind = "checks"
    elif options:
        kind = "select"
    else:
        kind = {"integer": "number"}.get(parameter.type, "text")
    chosen = _words(parameter.default if given is None else given)
    return Field(
        parameter.name,
        capital(title),
        words,
        kind,
        parameter.required,
        chosen,
        tuple(options),
        Words(labels.language)("any"),
    )


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    items: list[Any] = list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]
    return tuple(part.strip() for item in items for part in str(item).split(",") if part.strip())


def _options(service: Service, parameter: Parameter, labels: Labels) -> list[Option]:
    language = labels.language
    if parameter.values:
        return [Option(key, labels.of(term), language) for key, term in parameter.values.items()]
    if parameter.type == "boolean":
        words = Words(language)
        return [Option("true", words("yes"), language), Option("false", words("no"), language)]
    if parameter.type != "entity" or not parameter.of or parameter.several:
        return []
    found: list[Option] = []
    for node in parameter.of:
        entities = service.graph.entities(type=node, limit=MOST_OPTIONS + 1)
        found += [Option(item["id"], *service.called(language, item["id"], item["name"])) for item in entities]
    return sorted(found, key=lambda option: option.words) if len(found) <= MOST_OPTIONS else []
