"""Load a generated release with `store.load`, compared with a plain UNWIND loop that writes the same nodes and edges.

Both start from the release and compute the same rows; only the way of writing differs.
"""

import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import Name
from vnkg.graph.model.release import Edge, Entity, Release
from vnkg.graph.settings import Settings
from vnkg.graph.store import foreign
from vnkg.graph.store import load as store
from vnkg.graph.store.mapping import ReleaseItems, release_items

ENTITIES, EDGES, CHUNK = 5_000, 20_000, 1_000
REPEATS = 2
BATCH = Settings.model_fields["load_batch"].default


@dataclass(frozen=True, slots=True)
class LoadTimes:
    """The fastest load of each kind, in seconds, and the number of nodes and edges written."""

    load_seconds: float
    raw_seconds: float
    object_count: int

    @property
    def ratio(self) -> float:
        """Speed of `store.load` divided by that of the raw loop."""
        return self.raw_seconds / self.load_seconds


def measure_loading(folder: Path) -> LoadTimes:
    """Measure both ways of loading, each time with a new folder and engine."""
    release = generate_release()
    target = release_items(release)
    object_count = sum(map(len, target.nodes.values())) + len(target.edges)
    seconds: list[tuple[float, float]] = []
    for turn in range(REPEATS):
        with Engine.open(Settings(data=folder / f"load{turn}")) as engine:
            start_time = time.perf_counter()
            store.load(engine, release, batch=BATCH)
            load = time.perf_counter() - start_time
        with Engine.open(Settings(data=folder / f"raw{turn}")) as engine:
            start_time = time.perf_counter()
            _write_raw(engine, release_items(release))
            seconds.append((load, time.perf_counter() - start_time))
    return LoadTimes(min(load for load, _ in seconds), min(raw for _, raw in seconds), object_count)


def generate_release() -> Release:
    """Return a release of organisations with random partnerships; the same at every call."""
    rng = random.Random(57)  # noqa: S311  no secret
    ids = [f"organisation:o{number:05}" for number in range(ENTITIES)]
    entities = [
        Entity(
            entity, "Organisation", ("Entity", "Organisation"), f"Tổ chức số {number}",
            (Name(f"Tổ chức số {number}", "vi"),), "existing", {"kind": "company"},
        )
        for number, entity in enumerate(ids)
    ]  # fmt: skip
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < EDGES:
        first_id, second_id = sorted(rng.sample(ids, 2))
        pairs.add((first_id, second_id))
    edges = [
        Edge(
            first_id,
            "PARTNERS_WITH",
            second_id,
            "existing",
            "stated",
            "2025-10-19",
            (f"statement:{first_id}-{second_id}",),
            1,
            1,
        )
        for first_id, second_id in sorted(pairs)
    ]
    return Release(tuple(entities), (), tuple(edges), (), (), (), ())


def _write_raw(engine: Engine, target: ReleaseItems) -> None:
    """Write everything as simple code would: the same indexes, one transaction per `CHUNK` rows."""
    foreign.define_indexes(engine)
    nodes: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    links: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for family in target.nodes.values():
        for item in family.values():
            nodes[item.labels].append(item.properties)
            for link in item.relationships:
                row = {"start": item.id, "end": link.end_id, "properties": link.properties}
                links[item.family, link.type, link.family].append(row)
    for edge in target.edges.values():
        links["Entity", edge.type, "Entity"].append(
            {"start": edge.start_id, "end": edge.end_id, "properties": edge.properties}
        )
    for labels, rows in nodes.items():
        _write(engine, f"UNWIND $rows AS row CREATE (n:{':'.join(labels)} {{id: row.id}}) SET n = row", rows)
    for (start, kind, end), rows in links.items():
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties"
        )
        _write(engine, text, rows)


def _write(engine: Engine, text: str, rows: list[Any]) -> None:
    for start in range(0, len(rows), CHUNK):
        engine.driver.execute_query(text, rows=rows[start : start + CHUNK], database_=engine.database)  # pyright: ignore[reportArgumentType]
