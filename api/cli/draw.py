"""`vnkg draw`: write a picture as one file."""

from pathlib import Path
from typing import Any

import click

from ...graph.catalogue.query import catalogue
from ...graph.errors import InputError
from ...graph.model.release import LICENCE
from ...graph.pictures.from_graph import build_picture, node_limit
from ...graph.pictures.picture import parse_view
from ...graph.reader.subgraphs import DEFAULT_NODES, MAX_NODES
from ...loaders.database import read_settings
from ..i18n.language import LANGUAGES
from ..i18n.words import Words
from ..presenters.picture_subject import Subject, picture_heading, read_subgraph, with_display_names
from . import session, terminal
from .entities import get_entity
from .files import replace_file
from .options import options_of, parameter_values
from .paths import resolve_entity_id

words = Words("en")


class _DrawCommand(click.Command):
    """The command `draw`; with `--query NAME` it also takes that query's parameters as options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the query first, then parse all options."""
        for index, word in enumerate(args):
            name = args[index + 1] if word == "--query" and index + 1 < len(args) else word.partition("--query=")[2]
            query = catalogue().get(name.replace("-", "_"))
            if query is not None:
                ctx.meta["vnkg.query"] = query
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options, including the query's."""
        own = super().get_params(ctx)
        query = ctx.meta.get("vnkg.query")
        return own[:-1] + options_of(query) + own[-1:] if query else own


@click.command(cls=_DrawCommand)
@click.argument("id", required=False)
@click.option(
    "--province", metavar="ID", help="Draw what lies in and around a province, two steps but not through hubs."
)
@click.option("--from", "start", metavar="A", help="Draw the best paths from A, an id or a name, to B.")
@click.option("--to", "end", metavar="B", help="The other end.")
@click.option("--query", "name", metavar="NAME", help="Draw what a query answers; its parameters are options too.")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(1, 3), help="Steps away from ID.")
@click.option("--limit", default=DEFAULT_NODES, show_default=True, help=f"Nodes at most; {MAX_NODES:,} is the highest.")
@click.option("--borders", is_flag=True, help="Draw which provinces border on each other as well.")
@click.option("--expand", multiple=True, metavar="ID", help="A node to expand in place; may be repeated.")
@click.option(
    "--hide", multiple=True, metavar="KEY", help="A kind (Fund) or status (planned) to hide; may be repeated."
)
@click.option("--language", default="en", show_default=True, type=click.Choice(list(LANGUAGES)), help="Of its words.")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="File to write, overwritten: a still picture where it ends in .svg, else a page with a moving one.",
)  # fmt: skip
@click.pass_context
def draw(
    ctx: click.Context,
    id: str | None,
    province: str | None,
    start: str | None,
    end: str | None,
    name: str | None,
    depth: int,
    limit: int,
    borders: bool,
    expand: tuple[str, ...],
    hide: tuple[str, ...],
    language: str,
    output: Path,
    **params: Any,
) -> None:
    """Draw the neighbourhood of ID, a province, paths, a query's answer, or the whole graph, as one file.

    The file works offline.
    """
    from ...graph.pictures import page as picture_page  # noqa: PLC0415  pulls in the layout's libraries

    if sum(bool(argument) for argument in (id, province, start or end, name)) > 1:
        message = "found more than one of ID, --province, --from with --to, and --query; expected one of them"
        raise click.UsageError(message, ctx)
    if bool(start) != bool(end):
        raise click.UsageError("found one end; expected both --from and --to", ctx)
    limit = node_limit(limit)
    with session.open_service(read_settings(), short_lived=True) as service:
        view = parse_view(hide, (), service.schema)
        query = service.graph.query_by_name(name.replace("-", "_")) if name else None
        subject = Subject(
            entity=get_entity(service, id)["id"] if id else "",
            province=get_entity(service, province)["id"] if province else "",
            query=query,
            arguments=parameter_values(query, params) if query else {},
            paths=(
                {"from": resolve_entity_id(service, start), "to": resolve_entity_id(service, end)}
                if start and end
                else {}
            ),
            depth=depth,
            limit=limit,
            borders=borders,
        )
        subgraph = with_display_names(service, read_subgraph(service.graph, subject, expand), language)
        if unknown_ids := subgraph.get("unknown_ids"):
            raise InputError(f"--expand: found {', '.join(unknown_ids)}; expected ids of nodes in the picture")
        if not subgraph["nodes"] or (subject.paths and not subgraph["edges"]):
            raise InputError(_empty_message(subject))
        picture = build_picture(subgraph, service.schema, language, title=picture_heading(subject, subgraph, language))
        if output.suffix == ".svg":
            credit = f"VNKG {service.release()['release']} · {LICENCE}"
            text = picture_page.svg(
                picture, service.schema, language, view, credit=credit, layout=service.layout_cache.compute
            )
        else:
            text = picture_page.draw(
                picture, service.schema, language=language, view=view, layout=service.layout_cache.compute
            )
    replace_file(output, text)
    omission_note = f" {words('left_out', n=picture.left_out)}" if picture.left_out else ""
    terminal.print_line(f"Drew {len(picture.nodes)} nodes and {len(picture.links)} links into {output}.{omission_note}")


def _empty_message(subject: Subject) -> str:
    if subject.query:
        return f"{subject.query.name}: nothing to draw, for there are no answers and no near misses"
    ends = " ".join(subject.paths.values())
    return f"{ends}: nothing to draw, for there is no path; `vnkg paths {ends}` says how far it looked"


COMMANDS = (draw,)
