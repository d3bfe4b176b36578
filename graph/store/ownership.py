"""The mark on every node and relationship that the store writes; what lacks it is somebody else's."""

import re
from functools import cache
from typing import Any

from .. import resources

OWNER: dict[str, Any] = {"owner": "vnkg"}
"""The mark, as properties. It is no part of a hash, and no answer shows it."""
OURS = "{owner: 'vnkg'}"
"""The mark as a map in a Cypher pattern."""
_EDGE = re.compile(r"(-\[[^\[\]{}]*?) ?(?:\{([^{}]*)\})?(?=\]-)")
_LONE_NODE = re.compile(r"(?<![-\w>])(\(\w*:[\w|]+)(?: \{([^{}]*)\})?(?=\)(?!<?-))")


@cache
def only_ours(text: str) -> str:
    """Return a query of ours whose patterns match only what the store wrote.

    Relationships get the mark, and nodes that no relationship leads to: ours have ours at both ends. Done here, not in
    each file, so that no query can forget it, and a query is shown to readers as it was written.

    >>> only_ours("MATCH (f:Fund {id: $id}) MATCH (f)<-[:PLANS*1..2]-(p:Place) RETURN p.id AS id")
    "MATCH (f:Fund {id: $id, owner: 'vnkg'}) MATCH (f)<-[:PLANS*1..2 {owner: 'vnkg'}]-(p:Place) RETURN p.id AS id"
    """
    return _LONE_NODE.sub(_marked, _EDGE.sub(_marked, text))


def _marked(found: re.Match[str]) -> str:
    return f"{found[1]} {OURS if found[2] is None else f'{{{found[2]}, {OURS[1:]}'}"


@cache
def cypher(name: str) -> str:
    """Return the text of the reader's query `reader/cypher/NAME.cypher`, made to match only what the store wrote."""
    return only_ours(resources.text("vnkg.graph.reader", "cypher", f"{name}.cypher"))
