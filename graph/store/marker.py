"""What the database says that it holds: the marker of the stored release, and the turn of a load that commits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..engines.bolt import Engine, Row
from .ownership import OWNER

MARKER, TURN = "Release", "Turn"
"""Labels of the two nodes that say so."""
NOTICE = 0.2
"""Seconds between saying that the data will change and changing it."""
READ_STATE = (
    f"OPTIONAL MATCH (t:{TURN} {{id: 'current'}}) OPTIONAL MATCH (m:{MARKER} {{id: 'current'}}) "
    "RETURN t.at AS turn, properties(m) AS marker"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database says that it holds; `state` is `loading` while a big load is under way.

    `marked` tells whether what was written is marked as ours; the layout `foreign.LEGACY` did not do so.
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
    """The turn and the marker at one moment; `stored` is None when nothing was ever loaded."""

    turn: int
    stored: Stored | None

    @property
    def turning(self) -> bool:
        """Whether a load commits right now (or was killed while it did)."""
        return self.turn % 2 == 1

    @property
    def loading(self) -> bool:
        """Whether a big load is under way, or was interrupted."""
        return self.stored is not None and self.stored.state == "loading"


def stored(engine: Engine) -> Stored | None:
    """Return what the database holds, or None when nothing was ever loaded."""
    return state(engine).stored


def state(engine: Engine) -> State:
    """Return what the database holds, and whether that is about to change."""
    row = engine.read(READ_STATE)[0]
    marker: Row = row["marker"] or {}
    turn = row["turn"] if isinstance(row["turn"], int) else 0
    marked = OWNER.items() <= marker.items()
    # A node of this name that somebody else made has other properties.
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
