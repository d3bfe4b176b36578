"""Options that several commands share, and a query's parameters as options."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ...graph.catalogue.parameters import Parameter
from ...graph.catalogue.query import Query
from ...graph.model.schema import schema
from ..i18n.language import LANGUAGES

ParameterValues = dict[str, str | list[str]]
Decorator = Callable[[Any], Any]

json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print the data as JSON.")
articles_option: Decorator = click.option(
    "--articles",
    type=click.Path(path_type=Path),
    help="Folder with the articles' text (NNN_*.txt), to show and check passages; else VNKG_ARTICLES.",
)
also_option: Decorator = click.option(
    "--also",
    "extra_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Your own article files (a *.yaml or a folder of them) beside the built-in ones; may be repeated.",
)


def query_command_line(name: str, arguments: Mapping[str, str | Sequence[str]]) -> str:
    """Return `vnkg query NAME` with options for these arguments, as typed in a shell."""
    words = ["vnkg", "query", name]
    for key, value in arguments.items():
        for text in (value,) if isinstance(value, str) else value:
            words += [f"--{key.replace('_', '-')}", text]
    return shlex.join(words)


class SchemaOption(click.Option):
    """An option whose help lists words of the schema: `{words}` in its help stands for those of a section.

    The schema is read when the help is shown, not when the commands are imported, so that a mistake in `schema.yaml` is
    reported like any other error.
    """

    def __init__(self, *args: Any, section: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._section = section

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return name and help for the help page."""
        self.help = (self.help or "").replace("{words}", ", ".join(getattr(schema(), self._section)))
        return super().get_help_record(ctx)


def json_and_articles() -> list[click.Parameter]:
    """Return `--json` and `--articles` for commands that are built without decorators."""

    @json_option
    @articles_option
    @click.command()
    def carrier() -> None:
        """Hold the options."""

    return list(carrier.params)


def language_option() -> click.Option:
    """Return `--lang`."""
    help_text = "Language of what is printed, and of names where there is one in it; else English and the main names."
    return click.Option(["--lang", "language"], type=click.Choice(list(LANGUAGES)), help=help_text)


def options_of(query: Query) -> list[click.Parameter]:
    """Return an option for each parameter; values are checked when the query is bound."""
    return [_option(parameter) for parameter in query.params.values()]


def _option(parameter: Parameter) -> click.Option:
    default = ", ".join(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    help_text = f"{parameter.help[:1].upper()}{parameter.help[1:]}: {parameter.accepted_input}."
    if default is not None:
        help_text += f" Else {default}."
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        multiple=parameter.allows_multiple,
        required=parameter.is_required and default is None,
        metavar="NAME" if parameter.type == "entity" else "WORD" if parameter.values else parameter.type.upper(),
        help=help_text + (" May be repeated." if parameter.allows_multiple else ""),
    )


def parameter_values(query: Query, params: Mapping[str, Any]) -> ParameterValues:
    """Return the given values of a query's parameters by name, as text; parameters without a value are left out."""
    values: ParameterValues = {}
    for name in query.params:
        value: Any = params.get(name)
        if value is not None and value != ():
            values[name] = list(value) if isinstance(value, tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType]
    return values
