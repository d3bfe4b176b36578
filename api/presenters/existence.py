"""Whether a fund, a centre or a programme exists: the one rule of pages and JSON-LD. Pure."""

from collections.abc import Sequence
from typing import cast

from ...graph.model.objects import EntityCard, EntityJson
from ...graph.model.schema import schema
from ...graph.reader.objects import EntityDetails, EntityEdge

MAY_COME_FIRST = ("APPROVED", "FUNDS", "SUPPORTS")
"""Edge types by which something may get approval, money or help before it exists; all others show that it exists."""


def existence_status(entity: EntityCard | EntityJson | EntityDetails) -> str | None:
    """Return the stage that an entity has reached: its own status, else the furthest of the edges that show it.

    None if neither says anything.
    """
    status = entity.get("status")
    if status is not None:
        return status
    edges = cast("Sequence[EntityEdge]", entity.get("edges", ()))
    statuses = {
        edge["status"]
        for edge in edges
        if not (edge["direction"] == "in" and edge["predicate"] in MAY_COME_FIRST)
        and (edge["holds"] or edge["status"] in schema().statuses_in("ended"))
    }
    return next((key for key in schema().statuses_in("in_force", "ended") if key in statuses), None)
