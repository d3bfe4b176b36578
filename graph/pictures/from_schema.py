"""Build a picture of the schema: node types, and the edge types that connect them."""

from collections import defaultdict

from ..model.schema import EdgeType, NodeType, Schema, localized_label
from .picture import Link, Node, Picture

TITLES = {"en": "The model", "vi": "Mô hình dữ liệu"}
NOTES = {"en": "{kinds} kinds of entities, {types} types of edges", "vi": "{kinds} loại thực thể, {types} loại cạnh"}
ANY_KIND = NodeType("anything", "", "any kind", "mọi loại", "#d4d4d8", "dot", "", {})
EDGE_TYPE_GROUP = NodeType("relation", "", "relation", "quan hệ", "#6b7280", "square", "", {})
BEGINS_AT = EdgeType("BEGINS", "begins at", "bắt đầu từ", (), (), (), symmetric=True, derived=False, qualifiers={})
ENDS_AT = EdgeType("ENDS", "ends at", "kết thúc ở", (), (), (), symmetric=False, derived=False, qualifiers={})
KIND_WEIGHT = 9
"""Weight of each node type; as large as that of an entity with nine or more origins, the largest size drawn."""
KindKeys = tuple[str, ...]


def schema_picture(schema: Schema, language: str = "en") -> Picture:
    """Return a picture of the schema: one node per node type, and one per group of edge types with the same ends.

    Most edge types connect several node types, so edge types with the same ends share one node (`EDGE_TYPE_GROUP`):
    links lead into it from the types that may be the subject, and arrows lead out of it to those that may be the
    object. If an end may be of any type, the link goes to a single node "any kind".
    """
    nodes = [
        Node(key, localized_label(kind, language), key, title=kind.help, weight=KIND_WEIGHT)
        for key, kind in schema.nodes.items()
    ]
    links: list[Link] = []
    groups: dict[tuple[KindKeys, KindKeys, bool], list[str]] = defaultdict(list)
    for key, edge in schema.edges.items():
        groups[_endpoint_kinds(edge.start, schema), _endpoint_kinds(edge.end, schema), edge.symmetric].append(key)
    if any(ANY_KIND.key in (*starts, *ends) for starts, ends, _ in groups):
        nodes.append(Node(ANY_KIND.key, localized_label(ANY_KIND, language), ANY_KIND.key, weight=KIND_WEIGHT))
    for (starts, ends, symmetric), keys in groups.items():
        group = " ".join(keys)
        nodes.append(
            Node(
                group,
                ", ".join(localized_label(schema.edges[key], language) for key in keys),
                EDGE_TYPE_GROUP.key,
                weight=0,
            )
        )
        links += [Link(f"{start} {group}", start, group, BEGINS_AT.key) for start in starts]
        if not symmetric or starts != ends:
            links += [Link(f"{group} {end}", group, end, ENDS_AT.key) for end in ends]
    kinds = {kind.key: kind for kind in (ANY_KIND, EDGE_TYPE_GROUP)}
    relations = {edge.key: edge for edge in (BEGINS_AT, ENDS_AT)}
    title, note = (words.get(language, words["en"]) for words in (TITLES, NOTES))
    note = note.format(kinds=len(schema.nodes), types=len(schema.edges))
    return Picture(title, tuple(nodes), tuple(links), note=note, kinds=kinds, relations=relations)


def _endpoint_kinds(kinds: KindKeys, schema: Schema) -> KindKeys:
    return (ANY_KIND.key,) if set(kinds) == set(schema.nodes) else kinds
