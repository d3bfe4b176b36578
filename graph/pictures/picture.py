"""What a picture holds before anything is placed: nodes, links, what was expanded, and how it is looked at."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import BadParameter
from ..messages import meant, shown
from ..model.schema import EdgeType, NodeType, Schema

FAR = 1_000_000
"""Pixels from the middle up to which a node can be moved."""
MOST_MOVED = 200
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in a picture; `title` is its tooltip (plain text), `weight` its number of origins.

    `ties` counts the entities that it is tied to, drawn or not; None where nobody counted. `language` is that of the
    label, where it is known.
    """

    id: str
    label: str
    type: str
    status: str | None = None
    title: str = ""
    weight: int = 1
    ties: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge in a picture; `title` is its tooltip (plain text)."""

    id: str
    source: str
    target: str
    predicate: str
    status: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A node of a picture around which more was drawn: the nodes it brought, and how many it left out."""

    node: str
    brought: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A subgraph to be drawn; `left_out` counts the nodes that did not fit in, but for those around `expansions`.

    `note` stands under the title instead of how many nodes and links there are. `kinds` and `relations` are types of
    its own, beside those of the schema: such a picture names its kinds itself and has no legend of them.
    """

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left_out: int = 0
    centre: str | None = None
    expansions: tuple[Expansion, ...] = ()
    note: str = ""
    kinds: Mapping[str, NodeType] = field(default_factory=dict[str, NodeType])
    relations: Mapping[str, EdgeType] = field(default_factory=dict[str, EdgeType])

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        if len(known) < len(self.nodes) or len({link.id for link in self.links}) < len(self.links):
            raise ValueError("a picture's nodes and links have ids of their own; one is used twice")
        loose = [link.id for link in self.links if not {link.source, link.target} <= known]
        if loose:
            raise ValueError(f"{loose[0]}: an end of this link is no node of the picture")
        brought = [name for expansion in self.expansions for name in (expansion.node, *expansion.brought)]
        if not set(brought) <= known:
            raise ValueError(f"{sorted(set(brought) - known)[0]}: expanded or brought, but no node of the picture")


@dataclass(frozen=True, slots=True)
class View:
    """How a picture is looked at: keys of the kinds and statuses that are hidden, and where nodes were moved by hand.

    A node that is moved takes along what its expansion brought.
    """

    hidden: frozenset[str] = frozenset()
    moved: Mapping[str, Place] = field(default_factory=dict[str, Place])


SEEN = View()
"""The view of one who has touched nothing."""


def view_of(hidden: Iterable[str], moved: Iterable[str], schema: Schema) -> View:
    """Return the view that an address or a command asks for: keys of kinds and statuses, and `ID~x~y` of nodes.

    >>> from vnkg.graph.schema import schema
    >>> view_of(["Fund"], ["fund:a~-20~5"], schema()).moved
    {'fund:a': (-20, 5)}
    """
    keys = frozenset(hidden)
    known = [*schema.nodes, *schema.statuses]
    if unknown := sorted(keys.difference(known)):
        raise BadParameter(f"hide: found {shown(unknown[0])}; expected kinds or statuses{meant(unknown[0], known)}")
    places = dict(_place(item) for item in moved)
    if len(places) > MOST_MOVED:
        raise BadParameter(f"moved: found {len(places)} nodes; expected at most {MOST_MOVED}")
    return View(keys, places)


def _place(item: str) -> tuple[str, Place]:
    name, *numbers = item.split("~")
    try:
        x, y = map(int, numbers)
    except ValueError:
        x = y = FAR + 1
    if not name or max(abs(x), abs(y)) > FAR:
        raise BadParameter(f"moved: found {shown(item)}; expected an id and whole numbers of pixels, ID~x~y")
    return name, (x, y)


def hides(hidden: Collection[str], *keys: str | None) -> bool:
    """Tell whether one of a thing's keys (kind, status) is hidden."""
    return any(key in hidden for key in keys)
