"""An entity and the flagship query over uncached HTTP, compared with the same Cypher through the raw driver."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from serving import VNKG, Wire, started

from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store.marker import READ_STATE

ENTITY = "province:dong-nai"
FLAGSHIP = "provinces_with_fund"
WARM, TIMES = 700, 300
"""Rounds before and during the measurement: for some seconds after its start, Java compiles on the same processors."""
Asked = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Median seconds: the answer over HTTP, and its Cypher through the raw driver."""

    http: float
    raw: float

    @property
    def ratio(self) -> float:
        """HTTP time divided by raw driver time."""
        return self.http / self.raw


class Listening(Engine):
    """An engine that records its read queries, each as text and parameters."""

    asked: Asked

    def read(self, text: str, parameters: Any = None, *, timeout: float | None = None) -> list[dict[str, Any]]:
        """Record the query and run it."""
        self.asked.append((text, dict(parameters or {})))
        return super().read(text, parameters, timeout=timeout)


def entity_over_http(data: Path) -> Compared:
    """Measure the answer for an entity."""
    return _compared(data, f"/api/v1/entities/{ENTITY}", lambda graph: graph.entity(ENTITY))


def flagship_over_http(data: Path) -> Compared:
    """Measure the answer to the flagship query."""
    return _compared(data, f"/api/v1/queries/{FLAGSHIP}", lambda graph: graph.query(FLAGSHIP, {}))


def _compared(data: Path, path: str, read: Callable[[Graph], Any]) -> Compared:
    with (
        started([VNKG, "serve", "--port", "0"], data, VNKG_CACHE="0") as port,
        Listening.open(Settings(data=data)) as opened,
    ):
        engine = cast("Listening", opened)
        engine.asked = []
        graph = Graph(engine, schema(), catalogue())
        read(graph)
        engine.asked.clear()
        read(graph)
        answer = [(text, parameters) for text, parameters in engine.asked if text != READ_STATE]
        wire, driver = Wire(port), engine.driver
        ways: dict[str, Callable[[], Any]] = {
            "http": lambda: wire.ask(path),
            "raw": lambda: _run(driver, engine.database, answer),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(WARM + TIMES):
            for name, way in ways.items():
                began = time.perf_counter()
                way()
                if turn >= WARM:
                    seconds[name].append(time.perf_counter() - began)
    return Compared(**{name: statistics.median(found) for name, found in seconds.items()})


def _run(driver: Any, database: str, asked: Asked) -> None:
    for text, parameters in asked:
        driver.execute_query(text, parameters, database_=database, routing_="r")
