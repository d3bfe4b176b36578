"""The `vnkg` command: its subcommands, and the exit code and message of an error."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from ...graph.errors import VnkgError
from ...graph.settings import Settings
from . import (
    article,
    ask,
    audit,
    coverage,
    doctor,
    draw,
    entities,
    export,
    indicators,
    load,
    paths,
    query,
    report,
    serve,
    terminal,
)


@contextmanager
def _exit_on_error() -> Generator[None]:
    """Turn a `VnkgError` into a message on standard error and its exit code, without a traceback."""
    try:
        yield
    except VnkgError as error:
        terminal.print_error(str(error))
        raise click.exceptions.Exit(error.exit_code) from error


class Commands(click.Group):
    """A command group that exits with the codes of our errors, in parsing and in running a command."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Parse the command line."""
        with _exit_on_error():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _exit_on_error():
            return super().invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """Write the settings below the help of the main command."""
        rows: list[tuple[str, str]] = []
        for name, field in Settings.model_fields.items():
            variable = field.validation_alias if isinstance(field.validation_alias, str) else f"VNKG_{name.upper()}"
            rows.append((variable, field.description or ""))
        with formatter.section("Settings, as environment variables"):
            formatter.write_dl(rows)


def _handle_sigterm(signal_number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signal_number)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="vnkg", message="%(prog)s %(version)s")
def main() -> None:
    """The knowledge graph of Vietnam's innovation actors: who carries out what, who pays, and how we know.

    \b
    Begin with:
      vnkg query provinces_with_fund
      vnkg serve
    """
    terminal.configure_streams()
    # Exit normally on SIGTERM, so that open resources are closed, including the embedded engine.
    signal.signal(signal.SIGTERM, _handle_sigterm)


for command in (
    *ask.COMMANDS,
    *query.COMMANDS,
    *entities.COMMANDS,
    *draw.COMMANDS,
    *load.COMMANDS,
    *article.COMMANDS,
    *export.COMMANDS,
    *coverage.COMMANDS,
    *doctor.COMMANDS,
    *audit.COMMANDS,
    *indicators.COMMANDS,
    *paths.COMMANDS,
    *report.COMMANDS,
    *serve.COMMANDS,
):
    main.add_command(command)
