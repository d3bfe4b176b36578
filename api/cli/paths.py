"""`vnkg paths A B`: find how two entities are connected, with the evidence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ...graph.errors import InputError, Moved
from ...graph.model.schema import schema
from ...graph.reader.k_shortest import MOST_STEPS
from ...graph.reader.paths import MOST, USUAL, USUAL_STEPS, Asked
from ..i18n.labels import Labels
from ..i18n.language import date
from ..presenters.entity_lookup import end_of
from ..service.service import Service
from . import session, terminal
from .answer import LANGUAGE, Behind, labels_of, words
from .options import articles_option, json_option

Item = Mapping[str, Any]
_MORE = "May be repeated."


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--k", default=USUAL, show_default=True, help=f"Paths at most; {MOST} is the highest.")
@click.option(
    "--steps", default=USUAL_STEPS, show_default=True, help=f"Steps of a path at most; {MOST_STEPS} is the highest."
)
@click.option("--through-hubs", is_flag=True, help="Also through hubs, such as the country.")
@click.option(
    "--status", multiple=True, metavar="WORD", help=f"Only over edges that are: {', '.join(schema().statuses)}. {_MORE}"
)
@click.option("--predicate", multiple=True, metavar="TYPE", help=f"Only over edges of this type. {_MORE}")
@click.option("--without", multiple=True, metavar="TYPE", help=f"Not through entities of this type. {_MORE}")
@articles_option
@json_option
def paths(
    a: str,
    b: str,
    k: int,
    steps: int,
    through_hubs: bool,
    status: tuple[str, ...],
    predicate: tuple[str, ...],
    without: tuple[str, ...],
    articles: Path | None,
    as_json: bool,
) -> None:
    """Find the best paths between A and B, each an id or a name that only one entity has."""
    asked = Asked(k, steps, through_hubs, status or None, predicate or None, without)
    with session.opened(session.settings(articles), brief=True) as service:
        found = service.graph.paths(end_id(service, a), end_id(service, b), asked)
        if as_json:
            terminal.as_json(found)
        else:
            _print(service, found)


def end_id(service: Service, typed: str) -> str:
    """Return the entity id for one end of the path, given as an id or a name.

    Prints a note if the id was merged or a name was matched. Raises `InputError` if the name matches no entity or
    several. An unknown id is returned as it is: the graph reports it, with the nearest ids.
    """
    try:
        end = end_of(service.graph, typed)
    except Moved as moved:
        terminal.note(str(moved).partition(";")[0] + ".")
        return moved.to
    if end.entity:
        if end.matched:
            terminal.note(f"{words('end_taken', typed=typed)} {end.entity['name']} ({end.entity['id']}).")
        return end.known
    if end.refusal:
        raise InputError(end.refusal)
    if end.unknown:
        return typed  # the graph reports it, with the nearest ids
    if not end.choices:
        raise InputError(words("found_nothing", text=typed))
    lines = [f"  {hit['id']}  {hit['name']}" for hit in end.choices]
    raise InputError("\n".join([words("end_choices", typed=typed), *lines]))


def _print(service: Service, found: Item) -> None:
    behind = Behind(service)
    labels = labels_of(service)
    entities = {entity["id"]: entity for entity in found["entities"]}
    ends = " – ".join(f"{found[end]['name']} ({found[end]['id']})" for end in ("from", "to"))
    terminal.say((f"{words('paths_found', n=len(found['paths']))}: ", "bold"), ends)
    for number, path in enumerate(found["paths"], 1):
        chain = [path["steps"][0]["from"], *(step["to"] for step in path["steps"])]
        length = words("path_steps", n=len(path["steps"]))
        terminal.say()
        terminal.say((f"{number}. {' – '.join(entities[entity]['name'] for entity in chain)}", "bold"), f"  ({length})")
        for step in path["steps"]:
            for edge in step["edges"]:
                terminal.say(*_told(edge, entities, labels, behind), indent=3)
    _print_looked(found)
    behind.print()


def _told(edge: Item, entities: Mapping[str, Item], labels: Labels, behind: Behind) -> list[terminal.Part]:
    relation = labels.edge(edge["predicate"])
    ends = (entities[edge[end]]["name"] for end in ("subject", "object"))
    told = (
        labels.status(edge["status"]) if edge["status"] else "",
        labels.basis(edge["basis"]) if edge["basis"] else "",
        f"{words('as_of')} {date(edge['as_of'], LANGUAGE)}" if edge["as_of"] else "",
        f"{words('articles', n=edge['articles'])}, {words('origins', n=edge['origins'])}" if edge["articles"] else "",
        f"{words('disagree_on')} {', '.join(edge['disagreements'])}" if edge["disagreements"] else "",
    )
    numbers = behind.numbers(behind(edge["statements"] or ()))
    return [f" {relation} ".join(ends), (f"  {', '.join(part for part in told if part)} ", "dim"), numbers]


def _print_looked(found: Item) -> None:
    looked = found["looked"]
    terminal.say()
    if not found["paths"]:
        terminal.say((words("no_path", n=looked["at_most"]), "bold"), f" {words('absence')}")
    if through := found["through_hubs"]:
        hubs = [hub["name"] for hub in found["avoided"] if hub["id"] in through["hubs"]]
        terminal.say(f"{words('path_through_hubs', n=through['steps'])} {', '.join(hubs)}: --through-hubs")
    if found["avoided"]:
        names = ", ".join(hub["name"] for hub in found["avoided"])
        terminal.say((f"{words('avoided_hubs')} {names}. (--through-hubs)", "dim"))
    if looked["stopped"]:
        terminal.say((words("stopped_time" if looked["stopped"] == "time" else "stopped_edges"), "yellow"))
    else:
        told = words("looked_at", n=looked["steps"], edges=looked["edges"], entities=looked["entities"])
        terminal.say((told, "dim"))


COMMANDS = (paths,)
