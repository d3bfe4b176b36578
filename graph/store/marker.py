"""Read the state of the database: the marker that describes the stored release, and the turn of the sequence lock.

The turn counts up before and after each commit of a load and is odd in between; `load` explains why.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..engines.bolt import Engine
from ..model.objects import Row

MARKER, TURN = "Release", "Turn"
"""Labels of the two nodes that hold the state."""
VANISHED_LABEL = "Vanished"
"""Label of nodes that remember an id of an earlier release, with the last release that had it. Part of no release."""
NOTICE_SECONDS = 0.2
"""Seconds for which a load waits between making the turn odd and committing."""
READ_STATE = (
    f"OPTIONAL MATCH (t:{TURN} {{id: 'current'}}) OPTIONAL MATCH (m:{MARKER} {{id: 'current'}}) "
    "RETURN t.at AS turn, properties(m) AS marker"
)


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """The stored release, as the marker describes it; `state` is `loading` while a load in batches is under way.

    `counts` has the keys that `load` writes (`entities`, `statements`, …); `layout` is `mapping.LAYOUT` of the version
    that wrote it. `digests` are the `mapping.content_digests` of what was written; an earlier version wrote none.
    """

    release: str
    data_date: str
    format: int
    counts: Mapping[str, int]
    state: Literal["ready", "loading"]
    layout: int
    digests: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def description(self) -> dict[str, Any]:
        """What identifies the release and its content, as far as the marker says it."""
        return {
            "release": self.release,
            "data_date": self.data_date,
            "format": self.format,
            "counts": self.counts,
            "layout": self.layout,
        }


@dataclass(frozen=True, slots=True)
class StoreState:
    """The turn and the marker at one moment; `stored_release` is None if nothing has ever been loaded."""

    turn: int
    stored_release: StoredRelease | None

    @property
    def is_committing(self) -> bool:
        """Whether a load is committing, or was killed while it did: the turn is odd."""
        return self.turn % 2 == 1

    @property
    def is_loading(self) -> bool:
        """Whether a load in batches is under way or was interrupted."""
        return self.stored_release is not None and self.stored_release.state == "loading"


def read_stored_release(engine: Engine) -> StoredRelease | None:
    """Return the stored release, or None if nothing has ever been loaded."""
    return read_state(engine).stored_release


def read_state(engine: Engine) -> StoreState:
    """Return the turn and the stored release, read in one query."""
    row = engine.read(READ_STATE)[0]
    marker: Row = row["marker"] or {}
    turn = row["turn"] if isinstance(row["turn"], int) else 0
    # A node with this label that somebody else created has other properties.
    if not {"release", "data_date", "format", "counts", "state", "layout"} <= marker.keys():
        return StoreState(turn, None)
    try:
        counts, digests = (dict(json.loads(marker.get(key, "{}"))) for key in ("counts", "digests"))
    except (ValueError, TypeError):  # damaged
        return StoreState(turn, None)
    stored_release = StoredRelease(
        release=marker["release"],
        data_date=marker["data_date"],
        format=marker["format"],
        counts=counts,
        state=marker["state"],
        layout=marker["layout"],
        digests=digests,
    )
    return StoreState(turn, stored_release)
