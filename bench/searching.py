"""Search times: `Graph.search` on the five articles and on many generated actors, and the overhead of HTTP.

The search texts are names as they are, their first words, their words in another order, prefixes, names with typos, and
names that do not exist.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from crowd import crowd
from serving import VNKG, Wire, started

from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

MANY, NAMES, WARM = 100_000, 60, 40
BATCH = Settings.model_fields["load_batch"].default
LETTERS = "aehinotu"


def _slipped(name: str, pick: random.Random) -> str:
    at = pick.randrange(1, len(name) - 1)
    return name[:at] + pick.choice(LETTERS) + name[at + 1 :]


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "names": lambda name, _: name,
    "first words": lambda name, _: " ".join(name.split()[:2]),
    "other order": lambda name, _: " ".join(reversed(name.split())),
    "beginnings": lambda name, _: name[: max(3, len(name) * 2 // 3)],
    "slips": _slipped,
    "nobody's": lambda name, _: f"{name} Xyzzy",
}


@dataclass(frozen=True, slots=True)
class Searched:
    """Seconds: 95th percentile and median of all searches, the 95th of each variation, and reading the names."""

    p95: float
    p50: float
    by_way: dict[str, float]
    names: float


def searching_many(folder: Path) -> Searched:
    """Measure with generated actors, loaded into a new engine."""
    release = crowd(MANY)
    with Engine.open(Settings(data=folder / "crowd")) as engine:
        store.load(engine, release, batch=BATCH)
        return _measured(Graph(engine, schema(), catalogue()), release)


def searching_articles(data: Path, release: Release) -> Searched:
    """Measure with the five articles."""
    with Engine.open(Settings(data=data)) as engine:
        return _measured(Graph(engine, schema(), catalogue()), release)


def over_http(data: Path, release: Release) -> float:
    """Return the median seconds of an uncached search over HTTP."""
    with started([VNKG, "serve", "--port", "0"], data, VNKG_CACHE="0") as port:
        wire = Wire(port)
        paths = [f"/api/v1/search?q={quote(text)}" for _, text in _typed(release)]
        for path in paths[:WARM]:
            wire.ask(path)
        return statistics.median(_seconds(lambda path=path: wire.ask(path)) for path in paths)


def _measured(graph: Graph, release: Release) -> Searched:
    graph.release()
    names = _seconds(graph.read_names)
    typed = _typed(release)
    for _, text in typed[:WARM]:
        graph.search(text)
    taken: dict[str, list[float]] = {}
    for way, text in typed:
        taken.setdefault(way, []).append(_seconds(lambda text=text: graph.search(text)))
    every = sorted(second for seconds in taken.values() for second in seconds)
    return Searched(
        _p95(every), statistics.median(every), {way: _p95(seconds) for way, seconds in taken.items()}, names
    )


def _typed(release: Release) -> list[tuple[str, str]]:
    """Return search texts, each with its variation; the same ones in the same order at every call."""
    pick = random.Random(57)  # noqa: S311  no secret
    names = [name.text for entity in release.entities for name in entity.names if name.text.isprintable()]
    chosen = [name[:150] for name in pick.sample([name for name in names if len(name) > 4], NAMES)]
    typed = [(way, change(name, pick)) for way, change in WAYS.items() for name in chosen]
    pick.shuffle(typed)
    return typed


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]
