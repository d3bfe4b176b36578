"""Read the state of the database: the marker that describes the stored release, and the turn of the sequence lock.

The turn counts up before and after each commit of a load and is odd in between; `load` explains why.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..engines.bolt import Engine, Row
from .ownership import OWNER

MARKER, TURN = "Release", "Turn"
"""Labels of the two nodes that hold the state."""
NOTICE = 0.2
"""Seconds for which a load waits between making the turn odd and committing."""
READ_STATE = (
    f"OPTIONAL MATCH (t:{TURN} {{id: 'current'}}) OPTIONAL MATCH (m:{MARKER} {{id: 'current'}}) "
    "RETURN t.at AS turn, properties(m) AS marker"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The stored release, as the marker describes it; `state` is `loading` while a load in batches is under way.

    `counts` has the keys that `load` writes (`entities`, `statements`, …); `layout` is `mapping.LAYOUT` of the version
    that wrote it. `has_owner_marks` is false in a database of `foreign.LEGACY_LAYOUT`, which wrote no marks.
    """

    release: str
    data_date: str
    format: int
    counts: Mapping[str, int]
    state: Literal["ready", "loading"]
    layout: int
    marked: bool


@dataclass(frozen=True, slots=True)
class State:
    """The turn and the marker at one moment; `stored_release` is None if nothing has ever been loaded."""

    turn: int
    stored: Stored | None

    @property
    def turning(self) -> bool:
        """Whether a load is committing, or was killed while it did: the turn is odd."""
        return self.turn % 2 == 1

    @property
    def loading(self) -> bool:
        """Whether a load in batches is under way or was interrupted."""
        return self.stored is not None and self.stored.state == "loading"


def stored(engine: Engine) -> Stored | None:
    """Return the stored release, or None if nothing has ever been loaded."""
    return state(engine).stored


def state(engine: Engine) -> State:
    """Return the turn and the stored release, read in one query."""
    row = engine.read(READ_STATE)[0]
    marker: Row = row["marker"] or {}
    turn = row["turn"] if isinstance(row["turn"], int) else 0
    marked = OWNER.items() <= marker.items()
    # A node with this label that somebody else created has other properties.
    if not {"release", "data_date", "format", "counts", "state", "layout"} <= marker.keys():
        return State(turn, None)
    held = Stored(
        release=marker["release"],
        data_date=marker["data_date"],
        format=marker["format"],
        counts=json.loads(marker["counts"]),
        state=marker["state"],
        layout=marker["layout"],
        marked=marked,
    )
    return State(turn, held)
