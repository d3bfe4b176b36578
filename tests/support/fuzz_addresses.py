"""Addresses and command lines for fuzz tests: every route and command, with wild values beside valid ones."""

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import click
from fastapi.routing import APIRoute
from hypothesis import strategies as st

from tests.support.hostile_graph import LABELS
from tests.support.http import client, facts
from vnkg.api.cli.main import main
from vnkg.api.pages._base import cards
from vnkg.api.pages._base.discovery import discover_pages
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.model.schema import schema

WILD_TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Lm"]), max_size=200),
    st.text(st.sampled_from("[]{}()<>&|!*?~^:\"'\\/+-=@#$%;,. \u0301\u200b\u202e\x00\x1b\n0aAđĐ"), max_size=60),
    st.sampled_from(LABELS),
    st.sampled_from(["", " ", "0", "-1", "9" * 30, "1e999", "null", "true", "*", "%", "a" * 201, "ấ" * 300, "~" * 200]),
)
STOPPED_WORDS = {"serve", "engine", "load", "export", "new", "mentions", "audit", "verify"}
"""Commands that serve, write files or need the articles' text."""


@cache
def values() -> list[str]:
    """Values that something has: ids, names, and the words of closed lists."""
    made = facts()
    return [
        *(entity.id for entity in made.entities),
        *(entity.name for entity in made.entities),
        *(statement.id for statement in made.statements[:20]),
        *(disagreement.id for disagreement in made.disagreements),
        *catalogue(), *schema().nodes, *schema().edges, *schema().statuses,
        "province:old-aaa", "province:never", "vi", "en", "any", "1", "2", "500", "true", "2025-10", "ledger", "json", "csv",
    ]  # fmt: skip


def _value() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(values()), WILD_TEXTS)


@cache
def routes() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Path template, names of its parts, and names of the parameters, for every route of the application."""
    found: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    of_queries = {name for query in catalogue().values() for name in query.params}
    for router in (router for page in (*discover_pages(), cards) for router in page.ROUTERS):
        for route in router.routes:
            if isinstance(route, APIRoute):
                dependants = [route.dependant, *route.dependant.dependencies]
                names = {field.alias for part in dependants for field in part.query_params} or of_queries
                parts = tuple(field.alias for field in route.dependant.path_params)
                found.append((route.path, parts, (*sorted(names), "lang")))
    for path, operations in client().get("/openapi.json").json()["paths"].items():
        parameters = [(parameter["in"], parameter["name"]) for parameter in operations["get"].get("parameters", ())]
        parts, names = (tuple(name for place, name in parameters if place == wanted) for wanted in ("path", "query"))
        found.append((path, parts, (*names, "lang")))
    return found


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """An address of the application: a route with values for its parts and for some of its parameters."""
    path, parts, names = draw(st.sampled_from(routes()))
    for part in parts:
        path = path.replace(
            f"{{{part}}}", quote(draw(_value()).encode("utf-8", "replace"), safe=draw(st.sampled_from(["", ":/."])))
        )
    given = draw(st.lists(st.tuples(st.sampled_from(names), _value()), max_size=3))
    return path + (
        "?" + urlencode([(name, value.encode("utf-8", "replace")) for name, value in given]) if given else ""
    )


@cache
def commands() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Words and option names of every command that only reads the database."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []

    def collect(words: tuple[str, ...], command: click.Command) -> None:
        if STOPPED_WORDS & set(words):
            return
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                collect((*words, name), command.get_command(context, name) or command)
        found.append((words, tuple(option for p in command.params if isinstance(p, click.Option) for option in p.opts)))

    collect((), main)
    return found


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """The words of a command: some command with options and values."""
    words, options = draw(st.sampled_from(commands()))
    value: st.SearchStrategy[Any] = _value().map(lambda text: text.replace("\0", ""))
    more = st.one_of(value, st.sampled_from(options)) if options else value
    given = draw(st.lists(more, max_size=5))
    return [*words, *(word for word in given if word not in ("--output", "-o", "--articles", "--also"))]
