"""An entity and the flagship query over uncached HTTP, compared with the same Cypher through the raw driver."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from serving import VNKG, HttpConnection, run_server

from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store.marker import READ_STATE

ENTITY = "province:dong-nai"
FLAGSHIP = "provinces_with_fund"
WARMUP_ROUNDS, MEASURED_ROUNDS = 700, 300
"""Rounds before and during the measurement: for some seconds after its start, Java compiles on the same processors."""
QueryLog = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Median seconds: the answer over HTTP, and its Cypher through the raw driver."""

    http: float
    raw: float

    @property
    def ratio(self) -> float:
        """HTTP time divided by raw driver time."""
        return self.http / self.raw


class RecordingEngine(Engine):
    """An engine that records its read queries, each as text and parameters."""

    queries: QueryLog

    def read(self, text: str, parameters: Any = None, *, timeout: float | None = None) -> list[dict[str, Any]]:
        """Record the query and run it."""
        self.queries.append((text, dict(parameters or {})))
        return super().read(text, parameters, timeout=timeout)


def entity_over_http(data: Path) -> Comparison:
    """Measure the answer for an entity."""
    return _compare(data, f"/api/v1/entities/{ENTITY}", lambda graph: graph.entity(ENTITY))


def flagship_over_http(data: Path) -> Comparison:
    """Measure the answer to the flagship query."""
    return _compare(data, f"/api/v1/queries/{FLAGSHIP}", lambda graph: graph.query(FLAGSHIP, {}))


def _compare(data: Path, path: str, read: Callable[[Graph], Any]) -> Comparison:
    with (
        run_server([VNKG, "serve", "--port", "0"], data, VNKG_CACHE="0") as port,
        RecordingEngine.open(Settings(data=data)) as opened_engine,
    ):
        engine = cast("RecordingEngine", opened_engine)
        engine.queries = []
        graph = Graph(engine, schema(), catalogue())
        read(graph)
        engine.queries.clear()
        read(graph)
        queries = [(text, parameters) for text, parameters in engine.queries if text != READ_STATE]
        connection, driver = HttpConnection(port), engine.driver
        calls: dict[str, Callable[[], Any]] = {
            "http": lambda: connection.fetch(path),
            "raw": lambda: _run_queries(driver, engine.database, queries),
        }
        seconds: dict[str, list[float]] = {name: [] for name in calls}
        for turn in range(WARMUP_ROUNDS + MEASURED_ROUNDS):
            for name, call in calls.items():
                start_time = time.perf_counter()
                call()
                if turn >= WARMUP_ROUNDS:
                    seconds[name].append(time.perf_counter() - start_time)
    return Comparison(**{name: statistics.median(times) for name, times in seconds.items()})


def _run_queries(driver: Any, database: str, queries: QueryLog) -> None:
    for text, parameters in queries:
        driver.execute_query(text, parameters, database_=database, routing_="r")
