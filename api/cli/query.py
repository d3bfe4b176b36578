"""`vnkg query`: one subcommand for each query of the catalogue, with its parameters as options."""

from pathlib import Path
from typing import Any

import click

from ...graph.catalogue.query import Query, catalogue
from ...graph.errors import NotFound
from ...graph.messages import meant, shown
from . import session, terminal
from .answer import print_answer
from .options import given_of, json_and_articles, json_option, options_of


def _ask(query: Query, as_json: bool, articles: Path | None, params: dict[str, Any]) -> None:
    given = given_of(query, params)
    with session.opened(session.settings(articles), brief=True) as service:
        result = service.graph.query(query.name, given)
        if as_json:
            terminal.as_json(result)
        else:
            print_answer(service, query, given, result)


def command_of(query: Query) -> click.Command:
    """Return the command that runs a query."""

    def ask(as_json: bool, articles: Path | None, **params: Any) -> None:
        _ask(query, as_json, articles, params)

    return click.Command(
        query.name,
        callback=ask,
        params=[*options_of(query), *json_and_articles()],
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
        return command_of(query) if query else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the named query; raise `NotFound` with the nearest names if there is none."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            known = ", ".join(catalogue())
            raise NotFound(f"there is no query {shown(name)}{meant(name, catalogue())}; there are {known}")
        return super().resolve_command(ctx, args)


@click.group("query", cls=Queries, invoke_without_command=True, subcommand_metavar="[NAME [OPTIONS]]")
@json_option
@click.pass_context
def query(ctx: click.Context, as_json: bool) -> None:
    """Run a query of the catalogue; without a name, list the queries."""
    if ctx.invoked_subcommand is not None:
        return
    if as_json:
        terminal.as_json([item.described() for item in catalogue().values()])
        return
    terminal.table(("Query", "Question"), [(item.name, item.question_en) for item in catalogue().values()])
    terminal.say()
    terminal.say("Ask one with `vnkg query NAME`; its options are listed by `vnkg query NAME --help`.")


COMMANDS = (query,)
