"""Data of a picture before layout: nodes, links, expansions, and the view (hidden types, moved nodes)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import BadParameter
from ..messages import did_you_mean, quote_for_message
from ..model.schema import EdgeType, NodeType, Schema

MAX_COORDINATE = 1_000_000
"""Maximum absolute x and y, in pixels, to which a node can be moved."""
MAX_MOVED = 200
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in a picture; `title` is its tooltip (plain text), `weight` its number of origins.

    `kind` is the label of its kind within its type, `mark` the letters that stand for the kind; empty if there is none.
    `neighbour_count` counts its neighbours in the whole graph, drawn or not; None if unknown. `language` is the
    language of the label; empty if unknown.
    """

    id: str
    label: str
    type: str
    status: str | None = None
    title: str = ""
    weight: int = 1
    neighbour_count: int | None = None
    language: str = ""
    kind: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge in a picture; `title` is its tooltip, `details` what the table says beside its status (plain text).

    `basis` is the label of how it is known. One that is not `firm` is only suggested by the context; its line is faint.
    `statements` and `disagreements` are the ids of those that it rests on, and of those that use one of these.
    """

    id: str
    source: str
    target: str
    predicate: str
    status: str | None = None
    title: str = ""
    firm: bool = True
    details: str = ""
    basis: str = ""
    as_of: str = ""
    statements: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """An expanded node: its id, the ids of the nodes this added, and how many neighbours were left out."""

    node: str
    added_nodes: tuple[str, ...]
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
        node_ids = {node.id for node in self.nodes}
        if len(node_ids) < len(self.nodes) or len({link.id for link in self.links}) < len(self.links):
            raise ValueError("a picture's nodes and links have ids of their own; one is used twice")
        dangling = [link.id for link in self.links if not {link.source, link.target} <= node_ids]
        if dangling:
            raise ValueError(f"{dangling[0]}: an end of this link is no node of the picture")
        expansion_ids = [name for expansion in self.expansions for name in (expansion.node, *expansion.added_nodes)]
        if not set(expansion_ids) <= node_ids:
            raise ValueError(
                f"{sorted(set(expansion_ids) - node_ids)[0]}: expanded or added, but no node of the picture"
            )


@dataclass(frozen=True, slots=True)
class View:
    """The user's view of a picture: keys of hidden node types and statuses, and nodes moved by hand.

    `moved_nodes` maps node ids to positions in pixels. A moved node takes along the nodes that its expansion added.
    """

    hidden_keys: frozenset[str] = frozenset()
    moved_nodes: Mapping[str, Position] = field(default_factory=dict[str, Position])


DEFAULT_VIEW = View()
"""The initial view: nothing hidden, nothing moved."""


def parse_view(hidden_keys: Iterable[str], moves: Iterable[str], schema: Schema) -> View:
    """Parse a view from a URL or command: keys of hidden node types and statuses, and moved nodes as `ID~x~y`.

    Raises `BadParameter` for unknown keys and malformed moves.

    >>> from vnkg.graph.model.schema import schema
    >>> parse_view(["Fund"], ["fund:a~-20~5"], schema()).moved_nodes
    {'fund:a': (-20, 5)}
    """
    keys = frozenset(hidden_keys)
    valid_keys = [*schema.nodes, *schema.statuses]
    if unknown := sorted(keys.difference(valid_keys)):
        raise BadParameter(
            f"hide: found {quote_for_message(unknown[0])}; expected kinds or "
            f"statuses{did_you_mean(unknown[0], valid_keys)}"
        )
    positions = dict(_parse_move(item) for item in moves)
    if len(positions) > MAX_MOVED:
        raise BadParameter(f"moved: found {len(positions)} nodes; expected at most {MAX_MOVED}")
    return View(keys, positions)


def _parse_move(item: str) -> tuple[str, Position]:
    name, *numbers = item.split("~")
    try:
        x, y = map(int, numbers)
    except ValueError:
        x = y = MAX_COORDINATE + 1
    if not name or max(abs(x), abs(y)) > MAX_COORDINATE:
        raise BadParameter(
            f"moved: found {quote_for_message(item)}; expected an id and whole numbers of pixels, ID~x~y"
        )
    return name, (x, y)


def is_hidden(hidden_keys: Collection[str], *keys: str | None) -> bool:
    """True if one of a node's or link's keys (type, status) is hidden."""
    return any(key in hidden_keys for key in keys)
