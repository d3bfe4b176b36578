"""Cache of layouts, keyed by nodes, links and the layout code; those of big pictures are also kept on disk."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ...disk_cache import Kept

BIG = 200
"""Number of nodes above which a layout is written to disk."""
Places = dict[str, tuple[int, int]]
Box = tuple[float, float]


class Layouts:
    """Computes layouts with `placement.compute_layout` and caches them."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def place(self, boxes: Mapping[str, Box], links: Iterable[tuple[str, str]], *, length: float) -> Places:
        """Return the centre of each node's box, in pixels; see `placement.compute_layout`."""
        names = sorted(boxes)
        pairs = sorted({(min(pair), max(pair)) for pair in links})
        asked = json.dumps([[(name, *boxes[name]) for name in names], pairs, length])
        key = f"layout {_code()} {hashlib.sha256(asked.encode()).hexdigest()}"
        found: list[tuple[int, int]] | None = self._kept.get(key)
        if found is None:
            from . import placement  # noqa: PLC0415  pulls in numpy and networkx: only when something is drawn

            made = placement.place(boxes, pairs, length=length)
            found = [made[name] for name in names]
            self._kept.put(key, found, write=len(names) > BIG)
        return {name: (x, y) for name, (x, y) in zip(names, found, strict=True)}


@cache
def _code() -> str:
    """Return a digest of the code that computes layouts: cached ones are not used after it changes."""
    folder = files("vnkg.graph.pictures.layout")
    parts = [folder.joinpath(f"{name}.py").read_bytes() for name in ("placement", "stress", "overlaps", "grid")]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
