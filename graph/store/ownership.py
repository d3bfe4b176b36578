"""The ownership mark on every node and relationship that the store writes; anything without it is foreign."""

import re
from functools import cache
from typing import Any

from .. import resources

OWNER: dict[str, Any] = {"owner": "vnkg"}
"""The mark, as properties. It is not part of any hash and appears in no answer."""
OWNER_PATTERN = "{owner: 'vnkg'}"
"""The mark, as a map in a Cypher pattern."""
_RELATIONSHIP_PATTERN = re.compile(r"(-\[[^\[\]{}]*?) ?(?:\{([^{}]*)\})?(?=\]-)")
_LONE_NODE_PATTERN = re.compile(r"(?<![-\w>])(\(\w*:[\w|]+)(?: \{([^{}]*)\})?(?=\)(?!<?-))")


@cache
def match_owned_only(text: str) -> str:
    """Rewrite one of our own queries so that its patterns match only what the store wrote.

    The mark is added to relationships, and to nodes that are in no relationship: our relationships have our nodes at
    both ends. This is done here and not in each query file, so that no query can forget it and readers see the query
    as it was written.

    >>> match_owned_only("MATCH (f:Fund {id: $id}) MATCH (f)<-[:PLANS*1..2]-(p:Place) RETURN p.id AS id")
    "MATCH (f:Fund {id: $id, owner: 'vnkg'}) MATCH (f)<-[:PLANS*1..2 {owner: 'vnkg'}]-(p:Place) RETURN p.id AS id"
    """
    return _LONE_NODE_PATTERN.sub(_add_owner, _RELATIONSHIP_PATTERN.sub(_add_owner, text))


def _add_owner(match: re.Match[str]) -> str:
    return f"{match[1]} {OWNER_PATTERN if match[2] is None else f'{{{match[2]}, {OWNER_PATTERN[1:]}'}"


@cache
def reader_cypher(name: str) -> str:
    """Return the text of the reader's query `reader/cypher/NAME.cypher`, restricted to what the store wrote."""
    return match_owned_only(resources.text("vnkg.graph.reader", "cypher", f"{name}.cypher"))
