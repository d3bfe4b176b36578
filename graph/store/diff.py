"""What must change in the stored graph so that it holds a release: pure, from ids and hashes."""

from collections.abc import Mapping
from dataclasses import dataclass

from .mapping import FAMILIES, EdgeItem, Items, NodeItem

Hashes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Nodes and edges to write, ids to remove.

    Labels cannot change on a stored node: `relabelled` ones are removed and made again, and so they stand in `made`
    and in `removed` too. They take their edges along: `reconnected` of `edges_made` were there before, and `torn` nodes
    are as they were but lose a link; they stand in `changed`.
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
        """Nodes and edges that were not there."""
        return len(self.made) - self.relabelled + len(self.edges_made) - self.reconnected

    @property
    def altered(self) -> int:
        """Nodes and edges that were there and change."""
        return len(self.changed) + self.relabelled + len(self.edges_changed) + self.reconnected

    @property
    def gone(self) -> int:
        """Nodes and edges that go."""
        return sum(map(len, self.removed.values())) - self.relabelled + len(self.edges_removed)

    @property
    def size(self) -> int:
        """All changes."""
        return self.created + self.altered + self.gone


def difference(wanted: Items, nodes: Mapping[str, Hashes], edges: Hashes) -> Difference:
    """Compare what is wanted with the hashes that are stored: of nodes by family and id, of edges by id."""
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
    # An emptied hash is the store's mark on a node that must be written again; its labels are right.
    labels = stored_hash.rpartition(" ")[0]
    return bool(labels) and labels != item.hash.rpartition(" ")[0]
