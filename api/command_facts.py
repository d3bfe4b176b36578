"""Commands about facts: `load`, `article new`, `article mentions`, `export`, `verify`."""

import importlib
import pkgutil
from collections.abc import Callable, Collection
from pathlib import Path

import click

from ..graph import exports
from ..graph.disk_cache import Kept
from ..graph.errors import InputError, LoadRefused, PassageError, VnkgError
from ..graph.messages import meant, shown
from ..graph.model.facts import Facts, Passage
from ..graph.model.release import Release
from ..graph.model.schema import schema
from ..graph.pictures.layout.cache import Layouts
from ..graph.reader import degrees as ranking
from ..graph.reader.reader import Graph
from ..graph.reader.subgraphs import MOST, USUAL
from ..graph.store.load import Plan
from ..loaders import Texts, articles_of, faults, known_entities, read_facts, renewed, skeleton
from . import session, terminal
from .options import also_option, articles_option, json_option

Write = Callable[[Release, Path], list[Path]]


@click.command()
@also_option
@articles_option
@click.option("--replace", is_flag=True, help="Remove loaded articles that are in none of the files.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@json_option
def load(also: tuple[Path, ...], articles: Path | None, replace: bool, dry_run: bool, as_json: bool) -> None:
    """Load the facts: the built-in ones and, with --also, your own. Only what changed is written.

    Nothing is loaded unless every file is right; all that is wrong is shown at once, with file and line. Nor is
    anything where it would change data that VNKG did not write, or remove articles that were added with --also.
    """
    settings = session.settings(articles)
    release = session.facts_release(also, settings.articles)
    _tell_unchecked(release, settings.articles)
    if also:
        _tell_new_indicators(release)
    if dry_run:
        _show_plan(session.planned(release, settings, replace=replace), release, as_json=as_json)
        return
    with session.open_engine(settings) as engine:
        loaded = session.write(engine, release, settings, replace=replace)
        kept = Kept(settings.kept)
        graph = Graph(engine, schema(), {}, kept)
        found = graph.release()
        _prepare_picture(graph, release, kept)
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
    if loaded.taken_over:
        terminal.say(f"{loaded.taken_over:,} nodes and edges of an earlier version were marked as VNKG's own.")
    terminal.say(
        f"{loaded.created:,} nodes and edges created, {loaded.changed:,} changed, {loaded.removed:,} removed "
        f"in {loaded.seconds:.1f} s."
    )


def _show_plan(plan: Plan, release: Release, *, as_json: bool) -> None:
    """Print what a load would do; raise `LoadRefused` where it would be refused."""
    if as_json:
        changes = {"created": plan.created, "changed": plan.changed, "removed": plan.removed}
        articles = {"added": plan.articles_added, "removed": plan.articles_removed}
        told = {"release": release.id, "changes": changes, "taken_over": plan.taken_over, "articles": articles}
        terminal.as_json(told | {"refusals": plan.refusals})
    else:
        terminal.say(("Release ", "bold"), (release.id, "bold"), " would be loaded:")
        if plan.taken_over:
            terminal.say(f"{plan.taken_over:,} nodes and edges of an earlier version marked as VNKG's own.", indent=2)
        terminal.say(
            f"{plan.created:,} nodes and edges created, {plan.changed:,} changed, {plan.removed:,} removed.", indent=2
        )
        for word, articles in (("added", plan.articles_added), ("removed", plan.articles_removed)):
            terminal.say(f"Articles {word}: {', '.join(articles) or 'none'}.", indent=2)
    if plan.refusals:
        raise LoadRefused(plan.refusals)
    terminal.note("Nothing was written.")


def _prepare_picture(graph: Graph, release: Release, kept: Kept) -> None:
    """Compute what pictures of the whole graph need, so that nobody waits for it later."""
    from ..graph.pictures import page as picture  # noqa: PLC0415  pulls in the layout's libraries

    with terminal.waiting("placing the nodes of the whole graph's picture"):
        ranking.keep(kept, release, [key for key, edge in schema().edges.items() if not edge.derived])
        for limit in (USUAL, MOST):
            picture.lay_out(graph.whole(limit=limit), schema(), Layouts(kept).place)


def _tell_unchecked(release: Release, folder: Path | None) -> None:
    """Say which articles' passages could not be checked, where a folder of texts was given."""
    if folder is None:
        return
    articles = sorted(entity.id for entity in release.entities if entity.type == "Article")
    texts = Texts(folder)
    absent = [article for article in articles if not texts.has(article)]
    if absent:
        terminal.note(f"Not checked, as their text is not in {folder}: {', '.join(absent)}.")


def _tell_new_indicators(release: Release) -> None:
    """Say which indicators only a user's own files have: any word is one, so a misspelt one would stay alone."""
    built_in = {entity.id for entity in known_entities()}
    known: set[str] = set()
    own: set[str] = set()
    for statement in release.statements:
        if statement.indicator is not None and statement.passage is not None:
            (known if statement.passage.article in built_in else own).add(statement.indicator)
    for word in sorted(own - known):
        terminal.note(f"A new indicator: {shown(word)}{meant(word, known)}")


@click.group()
def article() -> None:
    """Make an article's file."""


@article.command("new")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="File to write; else standard output.")
def article_new(text: Path, output: Path | None) -> None:
    """Write the skeleton of an article's file: each sentence of TEXT with its place, its hash and the names in it."""
    made = skeleton(text, known_entities())
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


@article.command("mentions")
@click.argument("file", type=click.Path(path_type=Path))
@articles_option
def article_mentions(file: Path, articles: Path | None) -> None:
    """Add to an article's FILE the places of its own `entities` and `forms`, and of all other known names.

    FILE may be half filled in. What it says already stays, unless a longer name holds it; every change is shown.
    """
    texts = Texts(_texts_folder(articles))
    made = renewed(file, texts, known_entities([file]))
    changes = [(mention, "+") for mention in made.added] + [(mention, "-") for mention in made.removed]
    for mention, sign in sorted(changes, key=lambda change: (change[0].line, change[0].start, change[1])):
        words = texts.lines(mention.article)[mention.line - 1][mention.start : mention.end]
        terminal.say(f"{sign} {mention.line}:{mention.start}-{mention.end} {mention.entity} “{words}”")
    if changes:
        _replace(file, made.text)
    terminal.note(f"{file}: {len(made.added)} added, {len(made.removed)} removed.")


def _replace(path: Path, text: str) -> None:
    """Write a file anew, so that it is whole at any moment."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        raise VnkgError(f"{path}: cannot be written: {error.strerror or error}") from error


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
@click.argument("article_ids", nargs=-1, metavar="[ARTICLE]...")
@articles_option
@also_option
@json_option
def verify(article_ids: tuple[str, ...], articles: Path | None, also: tuple[Path, ...], as_json: bool) -> None:
    """Check that every passage is in the articles' text and says the words it was made of.

    ARTICLE is an id such as article:000; without one all articles are checked, and the text of each is needed.
    """
    folder = _texts_folder(articles)
    texts = Texts(folder)
    passages = _passages(read_facts(also), article_ids)
    found = faults(texts, passages)
    if as_json:
        terminal.as_json({"passages": len(passages), "faults": found})
    if found:
        bad = sum(bool(faults(texts, [passage])) for passage in passages)
        told = f"{bad} of {len(passages)} passages are not in {folder} as they were"
        raise PassageError(told if as_json else "\n".join([f"{told}:", *found]))
    if not as_json:
        count = len({passage.article for passage in passages})
        what = "article" if count == 1 else "articles"
        terminal.say(f"{len(passages)} passages in {count} {what}: all there and unchanged.")


def _texts_folder(articles: Path | None) -> Path:
    folder = session.settings(articles).articles
    if folder is None:
        raise InputError("the articles' text is needed: give its folder with --articles, or set VNKG_ARTICLES")
    return folder


def _passages(facts: Facts, articles: Collection[str]) -> set[Passage]:
    """Return the passages of some articles, or of all."""
    wanted = articles_of(facts, articles)
    passages = {item.passage for item in (*facts.sentences, *facts.statements) if item.passage is not None}
    return {passage for passage in passages if passage.article in wanted}


COMMANDS = (load, article, export, verify)
