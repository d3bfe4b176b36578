"""`vnkg load`: load the facts into the database."""

from pathlib import Path

import click

from ...graph.disk_cache import DiskCache
from ...graph.errors import LoadRefused
from ...graph.model.facts import Facts
from ...graph.model.merge import merge
from ...graph.model.release import Release
from ...graph.model.schema import schema
from ...graph.pictures.layout.cache import LayoutCache
from ...graph.reader import degrees
from ...graph.reader.reader import Graph
from ...graph.reader.subgraphs import DEFAULT_NODES, MAX_NODES
from ...graph.search.search import CACHED_FROM
from ...graph.store.load import LoadPlan
from ...loaders import Texts, built_in_folder, near_twins, read_facts
from ...loaders.database import read_settings
from . import session, terminal
from .options import also_option, articles_option, json_option


@click.command()
@also_option
@articles_option
@click.option("--replace", is_flag=True, help="Remove loaded articles that are in none of the files.")
@click.option("--force", is_flag=True, help="Write everything anew, also what is stored already.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@json_option
def load(
    extra_paths: tuple[Path, ...], articles: Path | None, replace: bool, force: bool, dry_run: bool, as_json: bool
) -> None:
    """Load the facts: the built-in ones and, with --also, your own. Only what changed is written.

    Nothing is loaded unless every file is valid; all problems are shown at once, with file and line. A load is also
    refused if it would change data that VNKG did not write, or remove articles that were added with --also. What is
    stored is repaired with --force, whatever happened to it (`vnkg doctor`).
    """
    settings = read_settings(articles)
    facts = read_facts(extra_paths, settings.articles)
    release = merge(facts, schema())
    _report_unchecked(release, settings.articles)
    if extra_paths:
        _report_near_twins(facts)
    if dry_run:
        _show_plan(session.preview_load(release, settings, replace=replace), release, as_json=as_json)
        return
    with session.loaded_engine(release, settings, own_files=extra_paths, replace=replace, rebuild=force) as (
        engine,
        loaded,
    ):
        cache = DiskCache(settings.cache_folder)
        graph = Graph(engine, schema(), {}, cache)
        release_info = graph.release()
        _prepare_picture(graph, release, cache)
        if len(release.entities) >= CACHED_FROM:
            with terminal.spinner("reading the names"):
                graph.prepare_name_search()
    if as_json:
        changes = {"created": loaded.created_count, "changed": loaded.changed_count, "removed": loaded.removed_count}
        terminal.print_json(release_info | {"changes": changes, "seconds": round(loaded.seconds, 3)})
        return
    counts = release_info["counts"]
    counts_text = ", ".join(
        f"{counts[count_name]:,} {count_name}" for count_name in ("entities", "statements", "edges", "articles")
    )
    terminal.print_line(
        ("Release ", "bold"),
        (release_info["release"], "bold"),
        f", data to {release_info['data_date']}: {counts_text}.",
    )
    if loaded.is_unchanged:
        terminal.print_line("It was loaded already; nothing was written.")
        return
    terminal.print_line(
        f"{loaded.created_count:,} nodes and edges created, {loaded.changed_count:,} "
        f"changed, {loaded.removed_count:,} removed "
        f"in {loaded.seconds:.1f} s."
    )


def _show_plan(plan: LoadPlan, release: Release, *, as_json: bool) -> None:
    """Print what a load would change; raise `LoadRefused` if it would be refused."""
    if as_json:
        changes = {"created": plan.created_count, "changed": plan.changed_count, "removed": plan.removed_count}
        articles = {"added": plan.articles_added, "removed": plan.articles_removed}
        summary = {"release": release.id, "changes": changes, "articles": articles}
        terminal.print_json(summary | {"refusals": plan.refusals})
    else:
        terminal.print_line(("Release ", "bold"), (release.id, "bold"), " would be loaded:")
        terminal.print_line(
            f"{plan.created_count:,} nodes and edges created, {plan.changed_count:,} "
            f"changed, {plan.removed_count:,} removed.",
            indent=2,
        )
        for word, articles in (("added", plan.articles_added), ("removed", plan.articles_removed)):
            terminal.print_line(f"Articles {word}: {', '.join(articles) or 'none'}.", indent=2)
    if plan.refusals:
        raise LoadRefused(plan.refusals)
    terminal.print_note("Nothing was written.")


def _prepare_picture(graph: Graph, release: Release, cache: DiskCache) -> None:
    """Compute and cache the degrees and layouts of pictures of the whole graph, so that nobody waits for them later."""
    from ...graph.pictures import page as picture_page  # noqa: PLC0415  pulls in the layout's libraries

    with terminal.spinner("placing the nodes of the whole graph's picture"):
        degrees.cache_ranking(cache, release, schema().drawn_edge_types)
        for limit in (DEFAULT_NODES, MAX_NODES):
            picture_page.precompute_layout(
                graph.best_connected(limit=limit, predicates=schema().drawn_edge_types),
                schema(),
                LayoutCache(cache).compute,
            )


def _report_unchecked(release: Release, folder: Path | None) -> None:
    """Print which articles' passages could not be checked because the folder lacks their text."""
    if folder is None:
        return
    articles = sorted(entity.id for entity in release.entities if entity.type == "Article")
    texts = Texts(folder)
    absent = [article for article in articles if not texts.has(article)]
    if absent:
        terminal.print_note(f"Not checked, as their text is not in {folder}: {', '.join(absent)}.")


def _report_near_twins(facts: Facts) -> None:
    """Print which entities of a user's own files may be one that is known already."""
    root = built_in_folder()
    built_in_files = {path.relative_to(root).as_posix() for path in root.rglob("*.yaml")}
    for notice in near_twins(facts, schema()):
        if notice.file not in built_in_files:
            terminal.print_note(f"A near-twin: {notice}")


COMMANDS = (load,)
