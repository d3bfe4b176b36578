"""View model of a query's form: parameters as form fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...graph.catalogue.parameters import ANY_VALUE, Parameter, RawParameters, is_id
from ...graph.catalogue.query import Query
from ...graph.model.objects import EntityCard, EntityJson
from ..i18n.labels import Labels
from ..i18n.language import capitalize
from ..i18n.words import Words
from ..service.service import Service
from .query_table import first_clause

MAX_OPTIONS = 200
"""Maximum number of entities in a select; if there are more, the field is a text input for an id or a name."""


class Option(NamedTuple):
    """An option of a field: the value sent, its label, and the language of the label."""

    key: str
    label: str
    language: str
    is_former: bool = False
    """Whether it is a province that was abolished; these follow in a group of their own."""


@dataclass(frozen=True, slots=True)
class Field:
    """A form field: `kind` is `checks` (checkboxes), `select`, or the type of an input; `values` are those chosen."""

    name: str
    title: str
    help: str
    kind: str
    is_required: bool
    values: tuple[str, ...]
    options: tuple[Option, ...] = ()
    any_label: str = ""
    takes_names: bool = False
    """Whether it is a text input for an entity; its `options` then only name the chosen ones."""

    @property
    def values_text(self) -> str:
        """The labels of the chosen values, comma-separated."""
        labels = {option.key: option.label for option in self.options}
        return ", ".join(self.any_label if key == ANY_VALUE else labels.get(key, key) for key in self.values)

    def values_language(self, language: str) -> str:
        """The language of `values_text` on a page in `language`; empty if it has several."""
        languages = {option.language for option in self.options if option.key in self.values} or {language}
        return languages.pop() if len(languages) == 1 else ""


def form_fields(service: Service, query: Query, arguments: RawParameters, labels: Labels) -> list[Field]:
    """Return a field for each parameter, filled with its argument or else its default."""
    return [
        _form_field(service, parameter, arguments.get(parameter.name), labels) for parameter in query.params.values()
    ]


def _form_field(service: Service, parameter: Parameter, argument: str | Sequence[str] | None, labels: Labels) -> Field:
    help_text = parameter.help_vi if labels.language == "vi" and parameter.help_vi else parameter.help
    title = parameter.name.replace("_", " ")
    if labels.language == "vi":
        title = first_clause(help_text)
        help_text = "" if help_text == title else help_text
    values = value_list(parameter.default if argument is None else argument)
    options = _options(service, parameter, values, labels)
    if parameter.allows_multiple and options:
        kind = "checks"
    elif options:
        kind = "select"
    else:
        kind = {"integer": "number"}.get(parameter.type, "text")
    takes_names = parameter.type == "entity" and kind == "text"
    if takes_names:
        options = _entity_options(service, service.graph.cards(filter(is_id, values)), labels.language)
    return Field(
        parameter.name,
        capitalize(title),
        help_text,
        kind,
        parameter.is_required,
        values,
        tuple(options),
        Words(labels.language)("any"),
        takes_names,
    )


def value_list(value: Any) -> tuple[str, ...]:
    """Return the values of a parameter as texts: none, one, or several, also from a text with commas."""
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    items: list[Any] = list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]
    return tuple(part.strip() for item in items for part in str(item).split(",") if part.strip())


def _options(service: Service, parameter: Parameter, values: Sequence[str], labels: Labels) -> list[Option]:
    language = labels.language
    if parameter.values:
        unused = _unused_kinds(service, parameter).difference(values)
        options = [
            Option(key, labels.text_of(term), language) for key, term in parameter.values.items() if key not in unused
        ]
        return sorted(options, key=lambda option: option.label) if parameter.values_of == "indicators" else options
    if parameter.type == "boolean":
        words = Words(language)
        return [Option("true", words("yes"), language), Option("false", words("no"), language)]
    if parameter.type != "entity" or not parameter.node_types or parameter.allows_multiple:
        return []
    entities = [
        item for node in parameter.node_types for item in service.graph.entities(type=node, limit=MAX_OPTIONS + 1)
    ]
    return _entity_options(service, entities, language) if len(entities) <= MAX_OPTIONS else []


def _unused_kinds(service: Service, parameter: Parameter) -> set[str]:
    """Return the kinds of the parameter's list that no entity of the release has; empty if it is no list of kinds."""
    node_type, _, name = parameter.values_of.partition(".")
    if name != "kind" or node_type not in service.schema.nodes:
        return set()
    kinds = service.cached_per_release("kinds", service.graph.kinds)
    return set(parameter.values).difference(kinds.get(node_type, ()))


def _entity_options(service: Service, entities: Iterable[EntityCard | EntityJson], language: str) -> list[Option]:
    options = [
        Option(
            item["id"],
            *service.display_name(language, item["id"], item["name"]),
            is_former=item.get("abolished_on") is not None,
        )
        for item in entities
    ]
    return sorted(options, key=lambda option: (option.is_former, option.label))
