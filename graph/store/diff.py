"""Compute what must change in the stored graph so that it holds a release. Pure: compares ids and hashes."""

from collections.abc import Mapping
from dataclasses import dataclass

from .mapping import FAMILIES, EdgeItem, Items, NodeItem

Hashes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Nodes and edges to write, and ids to remove (of nodes by family).

    The labels of a stored node cannot change: the `relabelled_count` nodes with other labels are removed and created
    again, so they are in both `new_nodes` and `removed_ids`. Their edges are removed with them: `reconnected_count` of
    `new_edges` existed before. `nodes_to_relink` are unchanged nodes that lose a relationship to a removed node; they
    are also in `changed_nodes`.
    """

    made: tuple[NodeItem, ...]
    changed: tuple[NodeItem, ...]
    torn: tuple[NodeItem, ...]
    removed: Mapping[str, tuple[str, ...]]
    relabelled: int
    reconnected: int
    edges_made: tuple[EdgeItem, ...]
    edges_changed: tuple[EdgeItem, ...]
    edges_removed: tuple[str, ...]

    @property
    def created(self) -> int:
        """Number of nodes and edges to create, without those created again."""
        return len(self.made) - self.relabelled + len(self.edges_made) - self.reconnected

    @property
    def altered(self) -> int:
        """Number of stored nodes and edges to change, including those created again."""
        return len(self.changed) + self.relabelled + len(self.edges_changed) + self.reconnected

    @property
    def gone(self) -> int:
        """Number of nodes and edges to delete."""
        return sum(map(len, self.removed.values())) - self.relabelled + len(self.edges_removed)

    @property
    def size(self) -> int:
        """Total number of changes."""
        return self.created + self.altered + self.gone


def difference(wanted: Items, nodes: Mapping[str, Hashes], edges: Hashes) -> Difference:
    """Compare a release with the stored hashes: those of nodes by family and id, those of edges by id."""
    made: list[NodeItem] = []
    changed: list[NodeItem] = []
    torn: list[NodeItem] = []
    anew: dict[str, set[str]] = {}
    for family in FAMILIES:
        there = nodes[family]
        anew[family] = {
            item.id for item in wanted.nodes[family].values() if item.id in there and _relabelled(there[item.id], item)
        }
        for item in wanted.nodes[family].values():
            if item.id not in there or item.id in anew[family]:
                made.append(item)
            elif there[item.id] != item.hash:
                changed.append(item)
            elif any(link.end in anew[link.family] for link in item.links):
                torn.append(item)
    edges_made = [
        edge
        for edge in wanted.edges.values()
        if edge.id not in edges or edge.start in anew["Entity"] or edge.end in anew["Entity"]
    ]
    lost = {edge.id for edge in edges_made}
    return Difference(
        made=tuple(made),
        changed=(*changed, *torn),
        torn=tuple(torn),
        removed={
            family: (*sorted(nodes[family].keys() - wanted.nodes[family].keys()), *sorted(anew[family]))
            for family in FAMILIES
        },
        relabelled=sum(map(len, anew.values())),
        reconnected=len(lost & edges.keys()),
        edges_made=tuple(edges_made),
        edges_changed=tuple(
            edge for edge in wanted.edges.values() if edge.id not in lost and edges[edge.id] != edge.hash
        ),
        edges_removed=tuple(sorted(edges.keys() - wanted.edges.keys())),
    )


def _relabelled(stored_hash: str, item: NodeItem) -> bool:
    # An empty hash marks a node that an interrupted load must write again; its labels are right.
    labels = stored_hash.rpartition(" ")[0]
    return bool(labels) and labels != item.hash.rpartition(" ")[0]
