"""The ownership mark on every node and relationship that the store writes; anything without it is foreign."""

import re
from functools import cache
from typing import Any

from .. import resources

OWNER: dict[str, Any] = {"owner": "vnkg"}
"""The mark, as properties. It is not part of any hash and appears in no answer."""
OURS = "{owner: 'vnkg'}"
"""The mark, as a map in a Cypher pattern."""
_EDGE = re.compile(r"(-\[[^\[\]{}]*?) ?(?:\{([^{}]*)\})?(?=\]-)")
_LONE_NODE = re.compile(r"(?<![-\w>])(\(\w*:[\w|]+)(?: \{([^{}]*)\})?(?=\)(?!<?-))")


@cache
def only_ours(text: str) -> str:
    """Rewrite one of our own queries so that its patterns match only what the store wrote.

    The mark is added to relationships, and to nodes that are in no relationship: our relationships have our nodes at
    both ends. This is done here and not in each query file, so that no query can forget it and readers see the query
    as it was written.

    >>> match_owned_only("MATCH (f:Fund {id: $id}) MATCH (f)<-[:PLANS*1..2]-(p:Place) RETURN p.id AS id")
    "MATCH (f:Fund {id: $id, owner: 'vnkg'}) MATCH (f)<-[:PLANS*1..2 {owner: 'vnkg'}]-(p:Place) RETURN p.id AS id"
    """
    return _LONE_NODE.sub(_marked, _EDGE.sub(_marked, text))


def _marked(found: re.Match[str]) -> str:
    return f"{found[1]} {OURS if found[2] is None else f'{{{found[2]}, {OURS[1:]}'}"


@cache
def cypher(name: str) -> str:
    """Return the text of the reader's query `reader/cypher/NAME.cypher`, restricted to what the store wrote."""
    return only_ours(resources.text("vnkg.graph.reader", "cypher", f"{name}.cypher"))
