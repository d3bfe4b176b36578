"""Convert a subgraph to networkx."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx

Network: TypeAlias = "networkx.MultiDiGraph[str]"
NODE_KEYS = ("name", "type", "status")
EDGE_KEYS = ("predicate", "status", "basis", "as_of", "articles", "origins")


def to_networkx(subgraph: Mapping[str, Any]) -> Network:
    """Return a subgraph (`nodes`, `edges`), as `Graph` returns it, as a directed multigraph.

    Nodes are entity ids with `NODE_KEYS` as attributes; edges have the edge's id as key and `EDGE_KEYS` as attributes.
    """
    import networkx  # noqa: PLC0415  takes half a second: only for who analyses

    network: Network = networkx.MultiDiGraph()
    for node in subgraph["nodes"]:
        network.add_node(node["id"], **{key: node.get(key) for key in NODE_KEYS})
    for edge in subgraph["edges"]:
        attributes = {key: edge.get(key) for key in EDGE_KEYS}
        network.add_edge(edge["subject"], edge["object"], key=edge["id"], **attributes)
    return network
