"""`vnkg load`: load the facts into the database."""

from pathlib import Path

import click

from ...graph.disk_cache import Kept
from ...graph.errors import LoadRefused
from ...graph.messages import meant, shown
from ...graph.model.release import Release
from ...graph.model.schema import schema
from ...graph.pictures.layout.cache import Layouts
from ...graph.reader import degrees
from ...graph.reader.reader import Graph
from ...graph.reader.subgraphs import MOST, USUAL
from ...graph.store.load import Plan
from ...loaders import Texts, known_entities
from . import session, terminal
from .options import also_option, articles_option, json_option


@click.command()
@also_option
@articles_option
@click.option("--replace", is_flag=True, help="Remove loaded articles that are in none of the files.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@json_option
def load(also: tuple[Path, ...], articles: Path | None, replace: bool, dry_run: bool, as_json: bool) -> None:
    """Load the facts: the built-in ones and, with --also, your own. Only what changed is written.

    Nothing is loaded unless every file is valid; all problems are shown at once, with file and line. A load is also
    refused if it would change data that VNKG did not write, or remove articles that were added with --also.
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
    """Print what a load would change; raise `LoadRefused` if it would be refused."""
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
    """Compute and cache the degrees and layouts of pictures of the whole graph, so that nobody waits for them later."""
    from ...graph.pictures import page as picture_page  # noqa: PLC0415  pulls in the layout's libraries

    with terminal.waiting("placing the nodes of the whole graph's picture"):
        degrees.keep(kept, release, [key for key, edge in schema().edges.items() if not edge.derived])
        for limit in (USUAL, MOST):
            picture_page.lay_out(graph.whole(limit=limit), schema(), Layouts(kept).place)


def _tell_unchecked(release: Release, folder: Path | None) -> None:
    """Print which articles' passages could not be checked because the folder lacks their text."""
    if folder is None:
        return
    articles = sorted(entity.id for entity in release.entities if entity.type == "Article")
    texts = Texts(folder)
    absent = [article for article in articles if not texts.has(article)]
    if absent:
        terminal.note(f"Not checked, as their text is not in {folder}: {', '.join(absent)}.")


def _tell_new_indicators(release: Release) -> None:
    """Print the indicators that only a user's own files have.

    Any word can be an indicator, so a misspelt one would otherwise go unnoticed.
    """
    built_in = {entity.id for entity in known_entities()}
    known: set[str] = set()
    own: set[str] = set()
    for statement in release.statements:
        if statement.indicator is not None and statement.passage is not None:
            (known if statement.passage.article in built_in else own).add(statement.indicator)
    for word in sorted(own - known):
        terminal.note(f"A new indicator: {shown(word)}{meant(word, known)}")


COMMANDS = (load,)
