"""`vnkg query`: one subcommand for each query of the catalogue, with its parameters as options."""

from pathlib import Path
from typing import Any

import click

from ...graph.catalogue.query import Query, catalogue, find_query
from ...loaders.database import read_settings
from . import session, terminal
from .answer import print_answer, print_summary
from .options import json_and_articles, json_option, language_option, options_of, parameter_values

SUMMARY_OPTION = click.Option(
    ["--summary"], is_flag=True, help="Print a line for each group of answers and near misses, without evidence."
)


def _run_query(
    query: Query, as_json: bool, summary: bool, articles: Path | None, language: str | None, params: dict[str, Any]
) -> None:
    with session.open_service(read_settings(articles), short_lived=True) as service:
        values = service.graph.resolve_names(query.name, parameter_values(query, params))
        result = service.graph.query(query.name, values, language)
        if as_json:
            terminal.print_json(result)
        elif summary:
            print_summary(service, query, values, result, language)
        else:
            print_answer(service, query, values, result, language)


def query_command(query: Query) -> click.Command:
    """Return the command that runs a query."""

    def execute(as_json: bool, summary: bool, articles: Path | None, language: str | None, **params: Any) -> None:
        _run_query(query, as_json, summary, articles, language, params)

    return click.Command(
        query.name,
        callback=execute,
        params=[*options_of(query), SUMMARY_OPTION, language_option(), *json_and_articles()],
        help=f"{query.question_en}\n\n{query.question_vi}",
        short_help=query.title,
    )


class Queries(click.Group):
    """The catalogue as a command group; query names may be written with dashes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names of the queries."""
        return list(catalogue())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a query, or None."""
        query = catalogue().get(cmd_name.replace("-", "_"))
        return query_command(query) if query else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the named query; raise `NotFound` with the nearest names if there is none."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            find_query(catalogue(), name)
        return super().resolve_command(ctx, args)


@click.group("query", cls=Queries, invoke_without_command=True, subcommand_metavar="[NAME [OPTIONS]]")
@json_option
@click.pass_context
def query(ctx: click.Context, as_json: bool) -> None:
    """Run a query of the catalogue; without a name, list the queries."""
    if ctx.invoked_subcommand is not None:
        return
    if as_json:
        terminal.print_json([item.to_dict() for item in catalogue().values()])
        return
    terminal.print_table(("Query", "Question"), [(item.name, item.question_en) for item in catalogue().values()])
    terminal.print_line()
    terminal.print_line("Ask one with `vnkg query NAME`; its options are listed by `vnkg query NAME --help`.")


COMMANDS = (query,)
