"""`vnkg draw`: write a picture as one file."""

from pathlib import Path
from typing import Any

import click

from ...graph.catalogue.query import catalogue
from ...graph.errors import InputError, VnkgError
from ...graph.model.release import LICENCE
from ...graph.pictures.from_graph import node_limit, picture_of
from ...graph.pictures.picture import view_of
from ...graph.reader.subgraphs import MOST, USUAL
from ..i18n.language import LANGUAGES
from ..i18n.words import Words
from ..presenters.picture_subject import Subject, heading_of, part_of, with_names
from . import session, terminal
from .entities import entity_of
from .options import given_of, options_of
from .paths import end_id

words = Words("en")


class _Draw(click.Command):
    """The command `draw`; with `--query NAME` it also takes that query's parameters as options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the query first, then parse all options."""
        for place, word in enumerate(args):
            name = args[place + 1] if word == "--query" and place + 1 < len(args) else word.partition("--query=")[2]
            asked = catalogue().get(name.replace("-", "_"))
            if asked is not None:
                ctx.meta["vnkg.query"] = asked
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options, including the query's."""
        own = super().get_params(ctx)
        asked = ctx.meta.get("vnkg.query")
        return own[:-1] + options_of(asked) + own[-1:] if asked else own


@click.command(cls=_Draw)
@click.argument("id", required=False)
@click.option(
    "--province", metavar="ID", help="Draw what lies in and around a province, two steps but not through hubs."
)
@click.option("--from", "start", metavar="A", help="Draw the best paths from A, an id or a name, to B.")
@click.option("--to", "end", metavar="B", help="The other end.")
@click.option("--query", "name", metavar="NAME", help="Draw what a query answers; its parameters are options too.")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(1, 3), help="Steps away from ID.")
@click.option("--limit", default=USUAL, show_default=True, help=f"Nodes at most; {MOST:,} is the highest.")
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

    if sum(bool(one) for one in (id, province, start or end, name)) > 1:
        message = "found more than one of ID, --province, --from with --to, and --query; expected one of them"
        raise click.UsageError(message, ctx)
    if bool(start) != bool(end):
        raise click.UsageError("found one end; expected both --from and --to", ctx)
    limit = node_limit(limit)
    with session.opened(session.settings(), brief=True) as service:
        view = view_of(hide, (), service.schema)
        query = service.graph.named(name.replace("-", "_")) if name else None
        subject = Subject(
            entity=entity_of(service, id)["id"] if id else "",
            province=entity_of(service, province)["id"] if province else "",
            query=query,
            given=given_of(query, params) if query else {},
            paths={"from": end_id(service, start), "to": end_id(service, end)} if start and end else {},
            depth=depth,
            limit=limit,
        )
        found = with_names(service, part_of(service.graph, subject, expand), language)
        if found["strangers"]:
            raise InputError(f"--expand: found {', '.join(found['strangers'])}; expected ids of nodes in the picture")
        if not found["nodes"] or (subject.paths and not found["edges"]):
            raise InputError(_nothing(subject))
        made = picture_of(found, service.schema, language, title=heading_of(subject, found, language))
        if output.suffix == ".svg":
            credit = f"VNKG {service.release()['release']} · {LICENCE}"
            text = picture_page.svg(made, service.schema, language, view, credit=credit, place=service.layouts.place)
        else:
            text = picture_page.draw(made, service.schema, language=language, view=view, place=service.layouts.place)
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise VnkgError(f"{output}: cannot be written: {error.strerror or error}") from error
    left = f" {words('left_out', n=made.left_out)}" if made.left_out else ""
    terminal.say(f"Drew {len(made.nodes)} nodes and {len(made.links)} links into {output}.{left}")


def _nothing(subject: Subject) -> str:
    if subject.query:
        return f"{subject.query.name}: nothing to draw, for there are no answers and no near misses"
    ends = " ".join(subject.paths.values())
    return f"{ends}: nothing to draw, for there is no path; `vnkg paths {ends}` says how far it looked"


COMMANDS = (draw,)
