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
from . import session, terminal
from .options import also_option, articles_option, json_option


@click.command()
@click.argument("article", nargs=-1, metavar="[ARTICLE]...")
@articles_option
@also_option
@json_option
def coverage(article: tuple[str, ...], articles: Path | None, also: tuple[Path, ...], as_json: bool) -> None:
    """Show the statements of each sentence of the articles, or why it has none; fail if a sentence is left out.

    If the articles' text is available (--articles or VNKG_ARTICLES), the sentences are shown too, and all of them
    must be in the ledger; otherwise only the ledger itself is checked. ARTICLE is an id such as article:000.
    """
    folder = session.settings(articles).articles
    texts = Texts(folder) if folder else None
    found = ledgers(read_facts(also), texts, article)
    if texts and not article:
        for unread in sorted(set(texts.files) - {ledger.article.id for ledger in found}):
            terminal.note(f"{texts.files[unread]}: no article file yet; `vnkg article new` writes its skeleton.")
    if as_json:
        terminal.as_json([_data(ledger) for ledger in found])
    else:
        for ledger in found:
            _print(ledger, texts)
    problems = [problem for ledger in found for problem in ledger.problems]
    if problems:
        told = f"{len(problems)} problem(s) in the ledgers"
        raise VnkgError("\n".join([f"{told}:", *map(str, problems)]))


def _data(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as plain values for JSON, without the article's text."""
    return {
        "article": ledger.article.id,
        "name": ledger.article.name,
        "file": ledger.article.where.file,
        "text_checked": ledger.gaps is not None,
        "sentences": len(ledger.entries),
        "with_statements": ledger.fruitful,
        "none": ledger.reasons,
        "statements": len(ledger.statements),
        "open": ledger.open,
        "left_out": [{"at": gap.passage.at, "whole": gap.whole} for gap in ledger.gaps or ()],
        "problems": [str(problem) for problem in ledger.problems],
        "ledger": [_entry(ledger, entry) for entry in ledger.entries],
    }


def _entry(ledger: Ledger, entry: Sentence) -> dict[str, Any]:
    said = [ledger.statements[key] for key in entry.statements]
    given = [{"id": one.id, "kind": one.kind, "gloss": one.gloss} for one in said]
    return {"at": entry.passage.at} | ({"statements": given} if given else {"none": entry.none})


def _print(ledger: Ledger, texts: Texts | None) -> None:
    """Print a ledger in the order of the text, including the gaps, and a summary."""
    article = ledger.article
    terminal.say((article.id, "bold"), f"  {article.name}  ", (article.where.file, "dim"))
    at_hand = texts if ledger.gaps is not None else None
    rows: list[tuple[Passage, list[Text]]] = [
        (entry.passage, [*_words(at_hand, entry.passage), *_gave(ledger, entry)]) for entry in ledger.entries
    ]
    for gap in ledger.gaps or ():
        told = "left out: no entry covers this " + ("sentence" if gap.whole else "part of a sentence")
        rows.append((gap.passage, [*_words(at_hand, gap.passage), terminal.line((told, "bold red"))]))
    rows.sort(key=lambda row: row[0])
    terminal.entries(((passage.at, lines) for passage, lines in rows), indent=2)
    terminal.say(_summary(ledger))
    if ledger.gaps is None:
        terminal.say(("Its text is not at hand: only the ledger itself could be checked.", "yellow"))
    terminal.say()


def _words(texts: Texts | None, passage: Passage) -> Iterator[Text]:
    words = texts.passage(passage) if texts else None
    if words:
        yield terminal.line((f"“{words}”", "italic"))


def _gave(ledger: Ledger, entry: Sentence) -> Iterator[Text]:
    for key in entry.statements:
        said = ledger.statements[key]
        yield terminal.line(f"{said.kind}: {said.gloss} ", (said.id, "dim"))
    if not entry.statements:
        yield terminal.line((f"none: {entry.none}" if entry.none else "nothing", "dim"))


def _summary(ledger: Ledger) -> str:
    reasons = ", ".join(f"{count} {word}" for word, count in ledger.reasons.items())
    parts = (
        _count(len(ledger.entries), "sentence"),
        f"{ledger.fruitful} gave {_count(len(ledger.statements), 'statement')}",
        f"{sum(ledger.reasons.values())} gave none" + (f" ({reasons})" if reasons else ""),
        f"{ledger.open} open",
    )
    return "; ".join(parts) + "."


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


COMMANDS = (coverage,)
