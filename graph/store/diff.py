"""Compute what must change in the stored graph so that it holds a release. Pure: compares ids and hashes."""

from collections.abc import Mapping
from dataclasses import dataclass

from .mapping import FAMILIES, EdgeItem, NodeItem, ReleaseItems

Hashes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Nodes and edges to write, and ids to remove (of nodes by family).

    The labels of a stored node cannot change: the `relabelled_count` nodes with other labels are removed and created
    again, so they are in both `new_nodes` and `removed_ids`. Their edges are removed with them: `reconnected_count` of
    `new_edges` existed before. `nodes_to_relink` are unchanged nodes that lose a relationship to a removed node; they
    are also in `changed_nodes`.
    """

    new_nodes: tuple[NodeItem, ...]
    changed_nodes: tuple[NodeItem, ...]
    nodes_to_relink: tuple[NodeItem, ...]
    removed_ids: Mapping[str, tuple[str, ...]]
    relabelled_count: int
    reconnected_count: int
    new_edges: tuple[EdgeItem, ...]
    changed_edges: tuple[EdgeItem, ...]
    removed_edge_ids: tuple[str, ...]

    @property
    def created_count(self) -> int:
        """Number of nodes and edges to create, without those created again."""
        return len(self.new_nodes) - self.relabelled_count + len(self.new_edges) - self.reconnected_count

    @property
    def changed_count(self) -> int:
        """Number of stored nodes and edges to change, including those created again."""
        return len(self.changed_nodes) + self.relabelled_count + len(self.changed_edges) + self.reconnected_count

    @property
    def removed_count(self) -> int:
        """Number of nodes and edges to delete."""
        return sum(map(len, self.removed_ids.values())) - self.relabelled_count + len(self.removed_edge_ids)

    @property
    def size(self) -> int:
        """Total number of changes."""
        return self.created_count + self.changed_count + self.removed_count


def difference(target: ReleaseItems, stored_nodes: Mapping[str, Hashes], stored_edges: Hashes) -> Difference:
    """Compare a release with the stored hashes: those of nodes by family and id, those of edges by id."""
    new_nodes: list[NodeItem] = []
    changed_nodes: list[NodeItem] = []
    nodes_to_relink: list[NodeItem] = []
    recreated_ids: dict[str, set[str]] = {}
    for family in FAMILIES:
        stored_hashes = stored_nodes[family]
        recreated_ids[family] = {
            item.id
            for item in target.nodes[family].values()
            if item.id in stored_hashes and _has_new_labels(stored_hashes[item.id], item)
        }
        for item in target.nodes[family].values():
            if item.id not in stored_hashes or item.id in recreated_ids[family]:
                new_nodes.append(item)
            elif stored_hashes[item.id] != item.hash:
                changed_nodes.append(item)
            elif any(link.end_id in recreated_ids[link.family] for link in item.relationships):
                nodes_to_relink.append(item)
    new_edges = [
        edge
        for edge in target.edges.values()
        if edge.id not in stored_edges
        or edge.start_id in recreated_ids["Entity"]
        or edge.end_id in recreated_ids["Entity"]
    ]
    new_edge_ids = {edge.id for edge in new_edges}
    return Difference(
        new_nodes=tuple(new_nodes),
        changed_nodes=(*changed_nodes, *nodes_to_relink),
        nodes_to_relink=tuple(nodes_to_relink),
        removed_ids={
            family: (*sorted(stored_nodes[family].keys() - target.nodes[family].keys()), *sorted(recreated_ids[family]))
            for family in FAMILIES
        },
        relabelled_count=sum(map(len, recreated_ids.values())),
        reconnected_count=len(new_edge_ids & stored_edges.keys()),
        new_edges=tuple(new_edges),
        changed_edges=tuple(
            edge for edge in target.edges.values() if edge.id not in new_edge_ids and stored_edges[edge.id] != edge.hash
        ),
        removed_edge_ids=tuple(sorted(stored_edges.keys() - target.edges.keys())),
    )


def _has_new_labels(stored_hash: str, item: NodeItem) -> bool:
    # An empty hash marks a node that an interrupted load must write again; its labels are right.
    labels = stored_hash.rpartition(" ")[0]
    return bool(labels) and {*labels.strip(":").split(":")} != {*item.labels}
