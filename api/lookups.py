"""Things by id, for pages that show many of them at once."""

from collections.abc import Iterable
from typing import Any

from vnkg.graph.reader import Graph


def statements_by_id(graph: Graph, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return statements by id; ids that do not exist are left out."""
    return {statement["id"]: statement for statement in graph.statements_by_id(sorted(set(ids)))}


def names_by_id(graph: Graph, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of entities by id; ids that do not exist are left out."""
    return {card["id"]: card["name"] for card in graph.cards(sorted(set(ids)))}


def all_statements(graph: Graph, id: str, most: int | None = None) -> list[dict[str, Any]]:
    """Return every statement in which an entity takes part, by id; the first `most` of them if asked."""
    found: list[dict[str, Any]] = []
    size = 500
    while most is None or len(found) < most:
        part = graph.statements(id, after=found[-1]["id"] if found else None, limit=size)
        found += part
        if len(part) < size:
            break
    return found[:most]
