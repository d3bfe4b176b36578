"""`vnkg ask`: answer a question in words."""

from pathlib import Path

import click

from ...loaders.database import read_settings
from ..presenters.question_answer import ask as answer_question
from . import session, terminal
from .answer import print_answer
from .options import json_and_articles, language_option, query_command_line


def _ask(question: str, as_json: bool, articles: Path | None, language: str | None) -> None:
    with session.open_service(read_settings(articles), short_lived=True) as service:
        asked = answer_question(service.graph, question, language or "en")
        if as_json:
            terminal.print_json(asked)
            return
        terminal.print_line(asked["sentence"])
        if asked["reading"] is not None:
            terminal.print_line(asked["reading"])
        for choice in asked["ask_back"]["choices"] if asked["ask_back"] else ():
            terminal.print_line(f"{choice['id']}  {choice['name']}", indent=2)
        if asked["query"] is not None and asked["answer"] is not None:
            terminal.print_line()
            query = service.graph.query_by_name(asked["query"])
            print_answer(service, query, asked["parameters"], asked["answer"], language)
        if asked["alternatives"]:
            terminal.print_line()
            terminal.print_line("Other readings:")
        for other in asked["alternatives"]:
            terminal.print_line(query_command_line(other["query"], other["parameters"]), indent=2)


COMMANDS = (
    click.Command(
        "ask",
        callback=_ask,
        params=[click.Argument(["question"]), language_option(), *json_and_articles()],
        help="Answer a question in words, with the query of the catalogue that fits it.\n\n"
        'For example: vnkg ask "Which provinces plan a venture capital fund?"',
        short_help="Answer a question in words",
    ),
)
