"""`vnkg paths A B`: find how two entities are connected, with the evidence."""

from collections.abc import Mapping
from pathlib import Path

import click

from ...graph.errors import InputError, MergedId
from ...graph.reader.k_shortest import MAX_STEPS
from ...graph.reader.objects import PathEdge, PathEntity, Paths
from ...graph.reader.paths import DEFAULT_PATHS, DEFAULT_STEPS, MAX_PATHS, PathOptions
from ...loaders.database import read_settings
from ..i18n.labels import Labels
from ..i18n.language import format_date
from ..presenters.entity_lookup import resolve_entity
from ..service.service import Service
from . import session, terminal
from .answer import LANGUAGE, EvidenceList, labels_of, words
from .options import SchemaOption, articles_option, json_option

_REPEATABLE = "May be repeated."


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--k", default=DEFAULT_PATHS, show_default=True, help=f"Paths at most; {MAX_PATHS} is the highest.")
@click.option(
    "--steps", default=DEFAULT_STEPS, show_default=True, help=f"Steps of a path at most; {MAX_STEPS} is the highest."
)
@click.option("--through-hubs", is_flag=True, help="Also through hubs, such as the country.")
@click.option(
    "--status",
    multiple=True,
    metavar="WORD",
    cls=SchemaOption,
    section="statuses",
    help=f"Only over edges that are: {{words}}. {_REPEATABLE}",
)
@click.option("--predicate", multiple=True, metavar="TYPE", help=f"Only over edges of this type. {_REPEATABLE}")
@click.option(
    "--exclude-types",
    "excluded_types",
    multiple=True,
    metavar="TYPE",
    help=f"Not through entities of this type. {_REPEATABLE}",
)
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
    excluded_types: tuple[str, ...],
    articles: Path | None,
    as_json: bool,
) -> None:
    """Find the best paths between A and B, each an id or a name that only one entity has."""
    options = PathOptions(k, steps, through_hubs, status or None, predicate or None, excluded_types)
    with session.open_service(read_settings(articles), short_lived=True) as service:
        result = service.graph.paths(resolve_entity_id(service, a), resolve_entity_id(service, b), options)
        if as_json:
            terminal.print_json(result)
        else:
            _print_paths(service, result)


def resolve_entity_id(service: Service, user_input: str) -> str:
    """Return the id of an entity given as an id or a name.

    Prints a note if the id was merged or a name was matched. Raises `InputError` if the name matches no entity or
    several. An unknown id is returned as it is: the graph reports it, with the nearest ids.
    """
    try:
        end = resolve_entity(service.graph, user_input)
    except MergedId as moved:
        terminal.print_note(str(moved).partition(";")[0] + ".")
        return moved.new_id
    if end.entity:
        if end.matched_name:
            terminal.print_note(f"{words('end_taken', typed=user_input)} {end.entity['name']} ({end.entity['id']}).")
        return end.id_or_input
    if end.error_message:
        raise InputError(end.error_message)
    if end.is_unknown_id:
        return user_input  # the graph reports it, with the nearest ids
    if not end.choices:
        raise InputError(words("found_nothing", text=user_input))
    lines = [f"  {hit['id']}  {hit['name']}" for hit in end.choices]
    raise InputError("\n".join([words("end_choices", typed=user_input), *lines]))


def _print_paths(service: Service, result: Paths) -> None:
    evidence = EvidenceList(service)
    labels = labels_of(service)
    entities = {entity["id"]: entity for entity in result["entities"]}
    ends = " – ".join(f"{result[end]['name']} ({result[end]['id']})" for end in ("from", "to"))
    terminal.print_line((f"{words('paths_found', n=len(result['paths']))}: ", "bold"), ends)
    for number, path in enumerate(result["paths"], 1):
        chain = [path["steps"][0]["from"], *(step["to"] for step in path["steps"])]
        length = words("path_steps", n=len(path["steps"]))
        terminal.print_line()
        terminal.print_line(
            (f"{number}. {' – '.join(entities[entity]['name'] for entity in chain)}", "bold"), f"  ({length})"
        )
        for step in path["steps"]:
            for edge in step["edges"]:
                terminal.print_line(*_format_edge(edge, entities, labels, evidence), indent=3)
    _print_search_extent(result)
    evidence.print()


def _format_edge(
    edge: PathEdge, entities: Mapping[str, PathEntity], labels: Labels, evidence: EvidenceList
) -> list[terminal.Part]:
    relation = labels.edge(edge["predicate"])
    ends = (entities[edge[end]]["name"] for end in ("subject", "object"))
    details = (
        labels.status(edge["status"]) if edge["status"] else "",
        labels.basis(edge["basis"]) if edge["basis"] else "",
        f"{words('as_of')} {format_date(edge['as_of'], LANGUAGE)}" if edge["as_of"] else "",
        f"{words('articles', n=edge['articles'])}, {words('origins', n=edge['origins'])}" if edge["articles"] else "",
        f"{words('disagree_on')} {', '.join(disagreements)}" if (disagreements := edge["disagreements"]) else "",
    )
    numbers = evidence.numbers(evidence(edge["statements"] or ()))
    return [f" {relation} ".join(ends), (f"  {', '.join(part for part in details if part)} ", "dim"), numbers]


def _print_search_extent(result: Paths) -> None:
    extent = result["search_extent"]
    terminal.print_line()
    if not result["paths"]:
        terminal.print_line((words("no_path", n=extent["max_steps"]), "bold"), f" {words('absence')}")
    if hub_paths := result["through_hubs"]:
        hubs = [hub["name"] for hub in result["avoided_hubs"] if hub["id"] in hub_paths["hubs"]]
        terminal.print_line(f"{words('path_through_hubs', n=hub_paths['steps'])} {', '.join(hubs)}: --through-hubs")
    if result["avoided_hubs"]:
        names = ", ".join(hub["name"] for hub in result["avoided_hubs"])
        terminal.print_line((f"{words('avoided_hubs')} {names}. (--through-hubs)", "dim"))
    if extent["stop_reason"]:
        terminal.print_line((words("stopped_time" if extent["stop_reason"] == "time" else "stopped_edges"), "yellow"))
    else:
        message = words("looked_at", n=extent["steps"], edges=extent["edges"], entities=extent["entities"])
        terminal.print_line((message, "dim"))


COMMANDS = (paths,)
