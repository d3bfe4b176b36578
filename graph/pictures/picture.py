"""Data of a picture before layout: nodes, links, expansions, and the view (hidden types, moved nodes)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import BadParameter
from ..messages import meant, shown
from ..model.schema import EdgeType, NodeType, Schema

FAR = 1_000_000
"""Maximum absolute x and y, in pixels, to which a node can be moved."""
MOST_MOVED = 200
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in a picture; `title` is its tooltip (plain text), `weight` its number of origins.

    `neighbour_count` counts its neighbours in the whole graph, drawn or not; None if unknown. `language` is the
    language of the label; empty if unknown.
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
    """An expanded node: its id, the ids of the nodes this added, and how many neighbours were left out."""

    node: str
    brought: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A subgraph to draw; `left_out` counts the nodes beyond the limit, not including those left out by `expansions`.

    `note`, if set, replaces the counts of nodes and links under the title. `kinds` and `relations` are extra node and
    edge types that the schema does not declare; a picture that has them gets no legend of node types. Raises
    `ValueError` for duplicate ids and for ends that are not nodes of the picture.
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
    """The user's view of a picture: keys of hidden node types and statuses, and nodes moved by hand.

    `moved_nodes` maps node ids to positions in pixels. A moved node takes along the nodes that its expansion added.
    """

    hidden: frozenset[str] = frozenset()
    moved: Mapping[str, Place] = field(default_factory=dict[str, Place])


SEEN = View()
"""The initial view: nothing hidden, nothing moved."""


def view_of(hidden: Iterable[str], moved: Iterable[str], schema: Schema) -> View:
    """Parse a view from a URL or command: keys of hidden node types and statuses, and moved nodes as `ID~x~y`.

    Raises `BadParameter` for unknown keys and malformed moves.

    >>> from vnkg.graph.model.schema import schema
    >>> parse_view(["Fund"], ["fund:a~-20~5"], schema()).moved_nodes
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
    """True if one of a node's or link's keys (type, status) is hidden."""
    return any(key in hidden for key in keys)
