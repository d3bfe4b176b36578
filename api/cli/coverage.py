"""`vnkg coverage`: the ledger of each article, sentence by sentence, and what it leaves out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from ...graph.errors import VnkgError
from ...graph.model.facts import Passage, Sentence
from ...loaders import Ledger, Texts, read_facts
from ...loaders import coverage as ledgers
from ...loaders.database import read_settings
from . import terminal
from .options import also_option, articles_option, json_option


@click.command()
@click.argument("article_ids", nargs=-1, metavar="[ARTICLE]...")
@articles_option
@also_option
@json_option
def coverage(article_ids: tuple[str, ...], articles: Path | None, extra_paths: tuple[Path, ...], as_json: bool) -> None:
    """Show the statements of each sentence of the articles, or why it has none; fail if a sentence is left out.

    If the articles' text is available (--articles or VNKG_ARTICLES), the sentences are shown too, and all of them
    must be in the ledger; otherwise only the ledger itself is checked. ARTICLE is an id such as article:000.
    """
    folder = read_settings(articles).articles
    texts = Texts(folder) if folder else None
    article_ledgers = ledgers(read_facts(extra_paths), texts, article_ids)
    if texts and not article_ids:
        for article_id in sorted(set(texts.files) - {ledger.article.id for ledger in article_ledgers}):
            terminal.print_note(
                f"{texts.files[article_id]}: no article file yet; `vnkg article new` writes its skeleton."
            )
    if as_json:
        terminal.print_json([_ledger_json(ledger) for ledger in article_ledgers])
    else:
        for ledger in article_ledgers:
            _print_ledger(ledger, texts)
    problems = [problem for ledger in article_ledgers for problem in ledger.problems]
    if problems:
        message = f"{len(problems)} problem(s) in the ledgers"
        raise VnkgError("\n".join([f"{message}:", *map(str, problems)]))


def _ledger_json(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as plain values for JSON, without the article's text."""
    return {
        "article": ledger.article.id,
        "name": ledger.article.name,
        "file": ledger.article.source_location.file,
        "text_checked": ledger.gaps is not None,
        "sentences": len(ledger.entries),
        "sentences_with_statements": ledger.sentences_with_statements,
        "none": ledger.reason_counts,
        "statements": len(ledger.statements),
        "open": ledger.unaccounted_count,
        "left_out": [{"at": gap.passage.locator, "whole": gap.is_whole_sentence} for gap in ledger.gaps or ()],
        "problems": [str(problem) for problem in ledger.problems],
        "ledger": [_entry_json(ledger, entry) for entry in ledger.entries],
    }


def _entry_json(ledger: Ledger, entry: Sentence) -> dict[str, Any]:
    statements = [ledger.statements[key] for key in entry.statements]
    summaries = [{"id": statement.id, "kind": statement.kind, "gloss": statement.gloss} for statement in statements]
    return {"at": entry.passage.locator} | (
        {"statements": summaries} if summaries else {"none": entry.no_statement_reason}
    )


def _print_ledger(ledger: Ledger, texts: Texts | None) -> None:
    """Print a ledger in the order of the text, including the gaps, and a summary."""
    article = ledger.article
    terminal.print_line((article.id, "bold"), f"  {article.name}  ", (article.source_location.file, "dim"))
    available_texts = texts if ledger.gaps is not None else None
    rows: list[tuple[Passage, list[Text]]] = [
        (entry.passage, [*_passage_lines(available_texts, entry.passage), *_result_lines(ledger, entry)])
        for entry in ledger.entries
    ]
    for gap in ledger.gaps or ():
        message = "left out: no entry covers this " + ("sentence" if gap.is_whole_sentence else "part of a sentence")
        rows.append(
            (gap.passage, [*_passage_lines(available_texts, gap.passage), terminal.styled_line((message, "bold red"))])
        )
    rows.sort(key=lambda row: row[0])
    terminal.print_entries(((passage.locator, lines) for passage, lines in rows), indent=2)
    terminal.print_line(_summary(ledger))
    if ledger.gaps is None:
        terminal.print_line(("Its text is not at hand: only the ledger itself could be checked.", "yellow"))
    terminal.print_line()


def _passage_lines(texts: Texts | None, passage: Passage) -> Iterator[Text]:
    words = texts.passage_text(passage) if texts else None
    if words:
        yield terminal.styled_line((f"“{words}”", "italic"))


def _result_lines(ledger: Ledger, entry: Sentence) -> Iterator[Text]:
    for key in entry.statements:
        statement = ledger.statements[key]
        yield terminal.styled_line(f"{statement.kind}: {statement.gloss} ", (statement.id, "dim"))
    if not entry.statements:
        yield terminal.styled_line(
            (f"none: {entry.no_statement_reason}" if entry.no_statement_reason else "nothing", "dim")
        )


def _summary(ledger: Ledger) -> str:
    reasons = ", ".join(f"{count} {word}" for word, count in ledger.reason_counts.items())
    parts = (
        _pluralize(len(ledger.entries), "sentence"),
        f"{ledger.sentences_with_statements} gave {_pluralize(len(ledger.statements), 'statement')}",
        f"{sum(ledger.reason_counts.values())} gave none" + (f" ({reasons})" if reasons else ""),
        f"{ledger.unaccounted_count} open",
    )
    return "; ".join(parts) + "."


def _pluralize(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


COMMANDS = (coverage,)
