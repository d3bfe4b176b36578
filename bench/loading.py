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
from vnkg.graph.store.mapping import Items, items

ENTITIES, EDGES, CHUNK = 5_000, 20_000, 1_000
TIMES = 2
BATCH = Settings.model_fields["load_batch"].default


@dataclass(frozen=True, slots=True)
class Loads:
    """The fastest load of each kind, in seconds, and the number of nodes and edges written."""

    load: float
    raw: float
    objects: int

    @property
    def ratio(self) -> float:
        """Speed of `store.load` divided by that of the raw loop."""
        return self.raw / self.load


def loading(folder: Path) -> Loads:
    """Measure both ways of loading, each time with a new folder and engine."""
    release = generated()
    wanted = items(release)
    objects = sum(map(len, wanted.nodes.values())) + len(wanted.edges)
    seconds: list[tuple[float, float]] = []
    for turn in range(TIMES):
        with Engine.open(Settings(data=folder / f"load{turn}")) as engine:
            began = time.perf_counter()
            store.load(engine, release, batch=BATCH)
            load = time.perf_counter() - began
        with Engine.open(Settings(data=folder / f"raw{turn}")) as engine:
            began = time.perf_counter()
            _loop(engine, items(release))
            seconds.append((load, time.perf_counter() - began))
    return Loads(min(load for load, _ in seconds), min(raw for _, raw in seconds), objects)


def generated() -> Release:
    """Return a release of organisations with random partnerships; the same at every call."""
    pick = random.Random(57)  # noqa: S311  no secret
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
        one, other = sorted(pick.sample(ids, 2))
        pairs.add((one, other))
    edges = [
        Edge(one, "PARTNERS_WITH", other, "existing", "stated", "2025-10-19", (f"statement:{one}-{other}",), 1, 1)
        for one, other in sorted(pairs)
    ]
    return Release(tuple(entities), (), tuple(edges), (), (), (), ())


def _loop(engine: Engine, wanted: Items) -> None:
    """Write everything as simple code would: the same indexes, one transaction per `CHUNK` rows."""
    foreign.define(engine)
    nodes: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    links: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for family in wanted.nodes.values():
        for item in family.values():
            nodes[item.labels].append(item.properties)
            for link in item.links:
                row = {"start": item.id, "end": link.end, "properties": link.properties}
                links[item.family, link.type, link.family].append(row)
    for edge in wanted.edges.values():
        links["Entity", edge.type, "Entity"].append(
            {"start": edge.start, "end": edge.end, "properties": edge.properties}
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
