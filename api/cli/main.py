"""The `vnkg` command: its parts, and how it ends when something is wrong."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from ...graph.errors import VnkgError
from ...graph.settings import Settings
from . import article, coverage, draw, entities, export, load, paths, query, report, serve, terminal


@contextmanager
def _refusals() -> Generator[None]:
    """End with the message of one of our errors on standard error and with its exit code; no traceback."""
    try:
        yield
    except VnkgError as error:
        terminal.fail(str(error))
        raise click.exceptions.Exit(error.exit_code) from error


class Commands(click.Group):
    """A group whose parts end with our exit codes, whatever they are doing when something is wrong."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the command line."""
        with _refusals():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _refusals():
            return super().invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """Write the settings below the help of the whole."""
        rows: list[tuple[str, str]] = []
        for name, field in Settings.model_fields.items():
            variable = field.validation_alias if isinstance(field.validation_alias, str) else f"VNKG_{name.upper()}"
            rows.append((variable, field.description or ""))
        with formatter.section("Settings, as environment variables"):
            formatter.write_dl(rows)


def _terminated(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="vnkg", message="%(prog)s %(version)s")
def main() -> None:
    """The knowledge graph of Vietnam's innovation actors: who carries out what, who pays, and how we know.

    \b
    Begin with:
      vnkg query provinces_with_fund
      vnkg serve
    """
    terminal.prepare()
    # A polite end closes what is open, the embedded engine too.
    signal.signal(signal.SIGTERM, _terminated)


for command in (
    *query.COMMANDS,
    *entities.COMMANDS,
    *draw.COMMANDS,
    *load.COMMANDS,
    *article.COMMANDS,
    *export.COMMANDS,
    *coverage.COMMANDS,
    *paths.COMMANDS,
    *report.COMMANDS,
    *serve.COMMANDS,
):
    main.add_command(command)
