"""Commands about facts: `load`, `article new`, `export`, `verify`."""

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import click

from vnkg.api import session, terminal
from vnkg.api.options import also_option, articles_option, json_option
from vnkg.graph import exports
from vnkg.graph.errors import InputError, PassageError, VnkgError
from vnkg.graph.reader import Graph
from vnkg.graph.release import Release
from vnkg.graph.schema import schema
from vnkg.loaders import Texts, faults, read_facts, skeleton

Write = Callable[[Release, Path], list[Path]]


@click.command()
@also_option
@articles_option
@json_option
def load(also: tuple[Path, ...], articles: Path | None, as_json: bool) -> None:
    """Load the facts: the built-in ones and, with --also, your own. Only what changed is written.

    Nothing is loaded unless every file is right; all that is wrong is shown at once, with file and line.
    """
    settings = session.settings(articles)
    release = session.facts_release(also, settings.articles)
    with session.open_engine(settings) as engine:
        loaded = session.write(engine, release, settings)
        found = Graph(engine, schema(), {}).release()
    if as_json:
        changes = {"created": loaded.created, "changed": loaded.changed, "removed": loaded.removed}
        terminal.as_json(found | {"changes": changes, "seconds": round(loaded.seconds, 3)})
        return
    counts = found["counts"]
    told = ", ".join(f"{counts[what]:,} {what}" for what in ("entities", "statements", "edges", "articles"))
    terminal.say(("Release ", "bold"), (found["release"], "bold"), f", data to {found['data_date']}: {told}.")
    if loaded.unchanged:
        terminal.say("It was loaded already; nothing was written.")
        return
    terminal.say(
        f"{loaded.created:,} nodes and edges created, {loaded.changed:,} changed, {loaded.removed:,} removed "
        f"in {loaded.seconds:.1f} s."
    )


@click.group()
def article() -> None:
    """Make an article's file."""


@article.command("new")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="File to write; else standard output.")
def article_new(text: Path, output: Path | None) -> None:
    """Write the skeleton of an article's file: each sentence of TEXT with its place, its hash and the names in it."""
    made = skeleton(text, read_facts().entities)
    if output is None:
        click.echo(made, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(made)
    except FileExistsError as error:
        raise InputError(f"{output}: is there already and is not overwritten; give another --output") from error
    except OSError as error:
        raise VnkgError(f"{output}: cannot be written: {error.strerror or error}") from error
    terminal.note(f"Wrote {output}. Fill it in, then check it with `vnkg load --also {output} --articles FOLDER`.")


@click.group()
def export() -> None:
    """Write the whole graph to files."""


def _exporter(name: str) -> click.Command:
    module = importlib.import_module(f"{exports.__name__}.{name}")
    write: Write = module.write

    @click.command(name, help=module.__doc__)
    @click.option(
        "--output", required=True, type=click.Path(path_type=Path), help="Folder; an earlier export is replaced."
    )
    @also_option
    @json_option
    def command(output: Path, also: tuple[Path, ...], as_json: bool) -> None:
        release = session.facts_release(also)
        paths = write(release, output)
        if as_json:
            terminal.as_json({"release": release.id, "files": [str(path) for path in paths]})
            return
        terminal.say(("Release ", "bold"), (release.id, "bold"), f" in {len(paths)} files:")
        for path in paths:
            terminal.say(str(path), indent=2)

    return command


for _module in pkgutil.iter_modules(exports.__path__):
    export.add_command(_exporter(_module.name))


@click.command()
@articles_option
@also_option
@json_option
def verify(articles: Path | None, also: tuple[Path, ...], as_json: bool) -> None:
    """Check that every passage is in the articles' text and says the words it was made of."""
    folder = session.settings(articles).articles
    if folder is None:
        raise InputError("the articles' text is needed: give its folder with --articles, or set VNKG_ARTICLES")
    facts = read_facts(also)
    texts = Texts(folder)
    passages = {item.passage for item in (*facts.sentences, *facts.statements) if item.passage is not None}
    found = faults(texts, passages)
    if as_json:
        terminal.as_json({"passages": len(passages), "faults": found})
    if found:
        told = f"{len(found)} of {len(passages)} passages are not in {folder} as they were"
        raise PassageError(told if as_json else "\n".join([f"{told}:", *found]))
    if not as_json:
        count = len({passage.article for passage in passages})
        terminal.say(f"{len(passages)} passages in {count} articles: all there and unchanged.")


COMMANDS = (load, article, export, verify)
