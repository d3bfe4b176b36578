"""Build a picture of the schema: node types, and the edge types that connect them."""

from collections import defaultdict

from ..model.schema import EdgeType, NodeType, Schema, word
from .picture import Link, Node, Picture

TITLES = {"en": "The model", "vi": "Mô hình dữ liệu"}
NOTES = {"en": "{kinds} kinds of entities, {types} types of edges", "vi": "{kinds} loại thực thể, {types} loại cạnh"}
ANYTHING = NodeType("anything", "", "any kind", "mọi loại", "#d4d4d8", "dot", "", {})
RELATION = NodeType("relation", "", "relation", "quan hệ", "#6b7280", "square", "", {})
BEGINS = EdgeType("BEGINS", "begins at", "bắt đầu từ", (), (), (), symmetric=True, derived=False, qualifiers={})
ENDS = EdgeType("ENDS", "ends at", "kết thúc ở", (), (), (), symmetric=False, derived=False, qualifiers={})
WEIGHT = 9
"""Weight of each node type; as large as that of an entity with nine or more origins, the largest size drawn."""
Ends = tuple[str, ...]


def schema_picture(schema: Schema, language: str = "en") -> Picture:
    """Return a picture of the schema: one node per node type, and one per group of edge types with the same ends.

    Most edge types connect several node types, so edge types with the same ends share one node (`EDGE_TYPE_GROUP`):
    links lead into it from the types that may be the subject, and arrows lead out of it to those that may be the
    object. If an end may be of any type, the link goes to a single node "any kind".
    """
    nodes = [Node(key, word(kind, language), key, title=kind.help, weight=WEIGHT) for key, kind in schema.nodes.items()]
    links: list[Link] = []
    groups: dict[tuple[Ends, Ends, bool], list[str]] = defaultdict(list)
    for key, edge in schema.edges.items():
        groups[_ends(edge.start, schema), _ends(edge.end, schema), edge.symmetric].append(key)
    if any(ANYTHING.key in (*starts, *ends) for starts, ends, _ in groups):
        nodes.append(Node(ANYTHING.key, word(ANYTHING, language), ANYTHING.key, weight=WEIGHT))
    for (starts, ends, symmetric), keys in groups.items():
        group = " ".join(keys)
        nodes.append(Node(group, ", ".join(word(schema.edges[key], language) for key in keys), RELATION.key, weight=0))
        links += [Link(f"{start} {group}", start, group, BEGINS.key) for start in starts]
        if not symmetric or starts != ends:
            links += [Link(f"{group} {end}", group, end, ENDS.key) for end in ends]
    kinds = {kind.key: kind for kind in (ANYTHING, RELATION)}
    relations = {edge.key: edge for edge in (BEGINS, ENDS)}
    title, note = (words.get(language, words["en"]) for words in (TITLES, NOTES))
    note = note.format(kinds=len(schema.nodes), types=len(schema.edges))
    return Picture(title, tuple(nodes), tuple(links), note=note, kinds=kinds, relations=relations)


def _ends(kinds: Ends, schema: Schema) -> Ends:
    return (ANYTHING.key,) if set(kinds) == set(schema.nodes) else kinds
