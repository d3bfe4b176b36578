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
from serving import VNKG, HttpConnection, run_server

from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

ENTITY_COUNT, NAME_COUNT, WARMUP_COUNT = 100_000, 60, 40
BATCH = Settings.model_fields["load_batch"].default
LETTERS = "aehinotu"


def _with_typo(name: str, rng: random.Random) -> str:
    position = rng.randrange(1, len(name) - 1)
    return name[:position] + rng.choice(LETTERS) + name[position + 1 :]


VARIATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "names": lambda name, _: name,
    "first words": lambda name, _: " ".join(name.split()[:2]),
    "other order": lambda name, _: " ".join(reversed(name.split())),
    "beginnings": lambda name, _: name[: max(3, len(name) * 2 // 3)],
    "slips": _with_typo,
    "nobody's": lambda name, _: f"{name} Xyzzy",
}


@dataclass(frozen=True, slots=True)
class SearchTimes:
    """Seconds: 95th percentile and median of all searches, the 95th of each variation, and reading the names."""

    p95: float
    p50: float
    p95_by_variation: dict[str, float]
    names_seconds: float


def measure_generated(folder: Path) -> SearchTimes:
    """Measure with generated actors, loaded into a new engine."""
    release = crowd(ENTITY_COUNT)
    with Engine.open(Settings(data=folder / "crowd")) as engine:
        store.load(engine, release, batch=BATCH)
        return _measure(Graph(engine, schema(), catalogue()), release)


def measure_articles(data: Path, release: Release) -> SearchTimes:
    """Measure with the five articles."""
    with Engine.open(Settings(data=data)) as engine:
        return _measure(Graph(engine, schema(), catalogue()), release)


def median_over_http(data: Path, release: Release) -> float:
    """Return the median seconds of an uncached search over HTTP."""
    with run_server([VNKG, "serve", "--port", "0"], data, VNKG_CACHE="0") as port:
        connection = HttpConnection(port)
        paths = [f"/api/v1/search?q={quote(text)}" for _, text in _search_texts(release)]
        for path in paths[:WARMUP_COUNT]:
            connection.fetch(path)
        return statistics.median(_seconds(lambda path=path: connection.fetch(path)) for path in paths)


def _measure(graph: Graph, release: Release) -> SearchTimes:
    graph.release()
    names_seconds = _seconds(graph.prepare_text_search)
    search_texts = _search_texts(release)
    for _, text in search_texts[:WARMUP_COUNT]:
        graph.search(text)
    seconds_by_variation: dict[str, list[float]] = {}
    for variation, text in search_texts:
        seconds_by_variation.setdefault(variation, []).append(_seconds(lambda text=text: graph.search(text)))
    all_seconds = sorted(second for seconds in seconds_by_variation.values() for second in seconds)
    return SearchTimes(
        _p95(all_seconds),
        statistics.median(all_seconds),
        {variation: _p95(seconds) for variation, seconds in seconds_by_variation.items()},
        names_seconds,
    )


def _search_texts(release: Release) -> list[tuple[str, str]]:
    """Return search texts, each with its variation; the same ones in the same order at every call."""
    rng = random.Random(57)  # noqa: S311  no secret
    names = [name.text for entity in release.entities for name in entity.names if name.text.isprintable()]
    sampled_names = [name[:150] for name in rng.sample([name for name in names if len(name) > 4], NAME_COUNT)]
    search_texts = [(variation, vary(name, rng)) for variation, vary in VARIATIONS.items() for name in sampled_names]
    rng.shuffle(search_texts)
    return search_texts


def _seconds(work: Callable[[], object]) -> float:
    start_time = time.perf_counter()
    work()
    return time.perf_counter() - start_time


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]
