"""`vnkg audit`: what a careful reader would object to in the facts, and a sheet to read them against the articles."""

import os
from pathlib import Path
from typing import Any

import click

from ...graph.errors import InputError, VnkgError
from ...graph.model.schema import schema
from ...loaders import Audit, Texts, built_in_folder, read_facts
from ...loaders import audit as audit_facts
from ...loaders.audit import CHECKS, TEXT_CHECKS
from ...loaders.database import read_settings
from . import terminal
from .audit_sheet import render_sheet
from .files import replace_file
from .options import also_option, articles_option, json_option


@click.command()
@click.argument("article_ids", nargs=-1, metavar="[ARTICLE]...")
@articles_option
@also_option
@click.option(
    "--sheet",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Write every statement beside its sentence, to read or print. It has the articles' text: never publish it.",
)
@json_option
def audit(
    article_ids: tuple[str, ...],
    articles: Path | None,
    extra_paths: tuple[Path, ...],
    sheet: Path | None,
    as_json: bool,
) -> None:
    """Check the facts as a careful reader would; list each finding with file and line, and fail if there is any.

    Findings are numbers that no statement of their sentence holds, forms that are nowhere in the text, glosses that do
    not say how or break the rules of CONTRIBUTING.md, stated relations whose subject their paragraph does not name, and
    edges that an article in their count does not support. What needs the articles' text (--articles or VNKG_ARTICLES)
    is left out without it. Notices name entities that may be one. ARTICLE is an id such as article:000.
    """
    folder = read_settings(articles).articles
    texts = Texts(folder) if folder else None
    if sheet is not None:
        _require_outside_checkout(sheet)
    facts = read_facts(extra_paths)
    result = audit_facts(facts, schema(), texts, article_ids)
    if sheet is not None:
        replace_file(sheet, render_sheet(facts, result, texts, schema()))
        terminal.print_note(f"Wrote {sheet}. If it has the articles' text, it must not be published.")
    if as_json:
        terminal.print_json(_audit_json(result))
    else:
        _print_audit(result)
    if result.findings:
        raise VnkgError(f"{len(result.findings)} finding(s) in the facts")


def _require_outside_checkout(sheet: Path) -> None:
    """Raise `InputError` if the sheet, which has the articles' text, would lie in the checkout, which is published."""
    checkout = built_in_folder().parents[1].resolve()
    if Path(os.path.realpath(sheet)).is_relative_to(checkout):
        raise InputError(f"{sheet}: expected a file outside {checkout}, as the articles' text must not be published")


def _audit_json(result: Audit) -> dict[str, Any]:
    """Return an audit as plain values for JSON, without the articles' text."""
    return {
        "articles": list(result.articles),
        "text_not_checked": list(result.unread),
        "counts": {check: len(result.findings_of(check)) for check in CHECKS},
        "findings": [
            {
                "check": finding.check,
                "file": finding.problem.file,
                "line": finding.problem.line,
                "item": finding.item,
                "found": finding.problem.actual,
                "expected": finding.problem.expectation,
            }
            for finding in result.findings
        ],
        "notices": [
            {"file": notice.file, "line": notice.line, "found": notice.actual, "expected": notice.expectation}
            for notice in result.notices
        ],
    }


def _print_audit(result: Audit) -> None:
    """Print the findings by check, the notices, and a summary."""
    for check, heading in CHECKS.items():
        if findings := result.findings_of(check):
            terminal.print_line((f"{heading.capitalize()} ({len(findings)}):", "bold"))
            for finding in findings:
                terminal.print_line(str(finding.problem), indent=2)
    if result.notices:
        terminal.print_line((f"Entities that may be one, as notices ({len(result.notices)}):", "bold"))
        for notice in result.notices:
            terminal.print_line(str(notice), indent=2)
    if result.unread:
        skipped_checks = ", ".join(TEXT_CHECKS)
        terminal.print_line(
            (f"Not checked, as there is no text of {', '.join(result.unread)}: {skipped_checks}.", "yellow")
        )
    if not result.findings:
        count = len(result.articles)
        terminal.print_line(f"No findings in {count} {'article' if count == 1 else 'articles'}.")


COMMANDS = (audit,)
