"""`vnkg export`: write the whole graph to files, with one subcommand for each format."""

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import click

from ...graph import exports
from ...graph.model.release import Release
from ...loaders import database
from . import terminal
from .options import also_option, json_option

ExportFunction = Callable[[Release, Path], list[Path]]


@click.group()
def export() -> None:
    """Write the whole graph to files."""


def _export_command(name: str) -> click.Command:
    module = importlib.import_module(f"{exports.__name__}.{name}")
    write: ExportFunction = module.write

    @click.command(name, help=module.__doc__)
    @click.option(
        "--output", required=True, type=click.Path(path_type=Path), help="Folder; an earlier export is replaced."
    )
    @also_option
    @json_option
    def command(output: Path, extra_paths: tuple[Path, ...], as_json: bool) -> None:
        release = database.facts_release(extra_paths)
        paths = write(release, output)
        if as_json:
            terminal.print_json({"release": release.id, "files": [str(path) for path in paths]})
            return
        terminal.print_line(("Release ", "bold"), (release.id, "bold"), f" in {len(paths)} files:")
        for path in paths:
            terminal.print_line(str(path), indent=2)

    return command


for _module in pkgutil.iter_modules(exports.__path__):
    export.add_command(_export_command(_module.name))


COMMANDS = (export,)
