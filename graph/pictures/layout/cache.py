"""Cache of layouts, keyed by nodes, links and the layout code; those of big pictures are also kept on disk."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ...disk_cache import DiskCache

WRITE_ABOVE = 200
"""Number of nodes above which a layout is written to disk."""
Positions = dict[str, tuple[int, int]]
Box = tuple[float, float]


class LayoutCache:
    """Computes layouts with `placement.compute_layout` and caches them."""

    def __init__(self, disk_cache: DiskCache) -> None:
        self._disk_cache = disk_cache

    def compute(self, boxes: Mapping[str, Box], links: Iterable[tuple[str, str]], *, length: float) -> Positions:
        """Return the centre of each node's box, in pixels; see `placement.compute_layout`."""
        names = sorted(boxes)
        pairs = sorted({(min(pair), max(pair)) for pair in links})
        request = json.dumps([[(name, *boxes[name]) for name in names], pairs, length])
        key = f"layout {_code_digest()} {hashlib.sha256(request.encode()).hexdigest()}"
        positions: list[tuple[int, int]] | None = self._disk_cache.get(key)
        if positions is None:
            from . import placement  # noqa: PLC0415  pulls in numpy and networkx: only when something is drawn

            computed_layout = placement.compute_layout(boxes, pairs, length=length)
            positions = [computed_layout[name] for name in names]
            self._disk_cache.store(key, positions, to_disk=len(names) > WRITE_ABOVE)
        return {name: (x, y) for name, (x, y) in zip(names, positions, strict=True)}


@cache
def _code_digest() -> str:
    """Return a digest of the code that computes layouts: cached ones are not used after it changes."""
    folder = files("vnkg.graph.pictures.layout")
    parts = [folder.joinpath(f"{name}.py").read_bytes() for name in ("placement", "stress", "overlaps", "grid")]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
