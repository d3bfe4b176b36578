"""Commands for article files and their text: `article new`, `article mentions`, `verify`."""

from collections.abc import Collection
from pathlib import Path

import click

from ...graph.errors import InputError, PassageError, VnkgError
from ...graph.model.facts import Facts, Passage
from ...loaders import (
    Texts,
    find_passage_errors,
    known_entities,
    read_facts,
    refresh_mentions,
    select_articles,
    skeleton,
)
from ...loaders.database import read_settings
from . import terminal
from .files import replace_file
from .options import also_option, articles_option, json_option


@click.group()
def article() -> None:
    """Create and update article files."""


@article.command("new")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="File to write; else standard output.")
def article_new(text: Path, output: Path | None) -> None:
    """Write a skeleton article file for TEXT: each sentence with its position, its hash and the known names in it."""
    content = skeleton(text, known_entities())
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except FileExistsError as error:
        raise InputError(f"{output}: is there already and is not overwritten; give another --output") from error
    except OSError as error:
        raise VnkgError(f"{output}: cannot be written: {error.strerror or error}") from error
    terminal.print_note(
        f"Wrote {output}. Fill it in, then check it with `vnkg load --also {output} --articles FOLDER`."
    )


@article.command("mentions")
@click.argument("file", type=click.Path(path_type=Path))
@articles_option
def article_mentions(file: Path, articles: Path | None) -> None:
    """Update the mentions in an article FILE: its own `entities` and `forms`, and all other known names.

    FILE may be incomplete. Existing mentions stay unless a longer name contains them; every change is shown.
    """
    texts = Texts(_texts_folder(articles))
    update = refresh_mentions(file, texts, known_entities([file]))
    changes = [(mention, "+") for mention in update.added_mentions] + [
        (mention, "-") for mention in update.removed_mentions
    ]
    for mention, sign in sorted(changes, key=lambda change: (change[0].line, change[0].start, change[1])):
        words = texts.lines(mention.article)[mention.line - 1][mention.start : mention.end]
        terminal.print_line(f"{sign} {mention.line}:{mention.start}-{mention.end} {mention.entity} “{words}”")
    if changes:
        replace_file(file, update.text)
    terminal.print_note(f"{file}: {len(update.added_mentions)} added, {len(update.removed_mentions)} removed.")


@click.command()
@click.argument("article_ids", nargs=-1, metavar="[ARTICLE]...")
@articles_option
@also_option
@json_option
def verify(article_ids: tuple[str, ...], articles: Path | None, extra_paths: tuple[Path, ...], as_json: bool) -> None:
    """Check that every passage is in the articles' text and unchanged.

    ARTICLE is an id such as article:000; without one all articles are checked, and the text of each is needed.
    """
    folder = _texts_folder(articles)
    texts = Texts(folder)
    passages = _passages(read_facts(extra_paths), article_ids)
    errors = find_passage_errors(texts, passages)
    if as_json:
        terminal.print_json({"passages": len(passages), "faults": errors})
    if errors:
        bad_count = sum(bool(find_passage_errors(texts, [passage])) for passage in passages)
        message = f"{bad_count} of {len(passages)} passages are not in {folder} as they were"
        raise PassageError(message if as_json else "\n".join([f"{message}:", *errors]))
    if not as_json:
        count = len({passage.article for passage in passages})
        noun = "article" if count == 1 else "articles"
        terminal.print_line(f"{len(passages)} passages in {count} {noun}: all there and unchanged.")


def _texts_folder(articles: Path | None) -> Path:
    folder = read_settings(articles).articles
    if folder is None:
        raise InputError("the articles' text is needed: give its folder with --articles, or set VNKG_ARTICLES")
    return folder


def _passages(facts: Facts, articles: Collection[str]) -> set[Passage]:
    """Return the passages of the given articles, or of all."""
    wanted = select_articles(facts, articles)
    passages = {item.passage for item in (*facts.sentences, *facts.statements) if item.passage is not None}
    return {passage for passage in passages if passage.article in wanted}


COMMANDS = (article, verify)
