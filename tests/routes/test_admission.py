"""One client cannot stop the rest: queues, deadlines, clients that leave, and an engine that hangs."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI

from tests.support.http import facts, graph, running_server, settings
from tests.support.processes import handle_of, suspend_process, wait_until
from vnkg.api.app import create_app
from vnkg.api.service.release import ReleaseCache
from vnkg.api.service.service import Service
from vnkg.api.service.work_pool import WorkPool
from vnkg.graph.deadline import Deadline, check, current_deadline
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import DeadlineExceeded
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.objects import ReleaseInfo
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings
from vnkg.graph.store import load as store

HEAVY = "/api/v1/entities/province:aaa/graph"
LIGHT = "/api/v1/entities/province:bbb"
PATIENCE = 60.0
"""Timeout of a request in seconds; long, for a busy machine."""


def without_deadline() -> Settings:
    """Settings with a deadline that no test reaches."""
    return settings().model_copy(update={"request_timeout": 100 * PATIENCE})


class Endless(Graph):
    """A graph whose neighbourhoods are read until the read is told to stop, or the test ends."""

    def __init__(self) -> None:
        super().__init__(graph().engine, graph().schema, graph().queries)
        self.test_ended = threading.Event()
        self.start_count = self.stop_count = self.reads = 0

    def neighbourhood(self, *arguments: Any, **options: Any) -> Any:  # noqa: ARG002
        self.start_count += 1
        try:
            while not self.test_ended.is_set():
                self.engine.read("RETURN 1 AS one")
                self.reads += 1
                time.sleep(0.01)
        except DeadlineExceeded:
            self.stop_count += 1
            raise
        return super().neighbourhood("province:aaa")


@pytest.fixture
def endless() -> Iterator[Endless]:
    found = Endless()
    yield found
    found.test_ended.set()


@contextmanager
def site(
    app_settings: Settings, served_graph: Graph, slots: int, queue: int
) -> Iterator[tuple[httpx2.Client, Service]]:
    """A running server with its own number of slots and places in the queue for heavy requests."""
    app: FastAPI = create_app(app_settings, served_graph)
    service: Service = app.state.service
    service.heavy_pool = WorkPool(slots, queue)
    with running_server(app) as address, httpx2.Client(base_url=address, timeout=PATIENCE) as reader:
        yield reader, service


def send_and_leave(address: str, path: str, count: int, has_begun: Any) -> None:
    """Send requests, each on a connection of its own, and close these when `has_begun()`."""
    parts = urlsplit(address)
    connections = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(count)]
    for number, connection in enumerate(connections):
        connection.sendall(f"GET {path}?limit={number + 1} HTTP/1.1\r\nHost: vnkg\r\n\r\n".encode())
    assert wait_until(has_begun, PATIENCE)
    for connection in connections:
        connection.close()


def test_a_full_queue_refuses_at_once_and_everything_else_answers(endless: Endless) -> None:
    with site(without_deadline(), endless, 1, 1) as (reader, service), ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(reader.get, HEAVY, params={"limit": number}) for number in (1, 2)]
        assert wait_until(lambda: (endless.start_count, service.heavy_pool.waiting) == (1, 1), PATIENCE)
        refused, page = reader.get(HEAVY), reader.get("/picture?entity=province:aaa")
        for response in (refused, page):
            assert response.status_code == 503
            assert response.headers["retry-after"] == "2"
            assert response.headers["cache-control"] == "no-store"
        assert refused.json()["code"] == "overloaded"
        assert "Many people are asking right now" in page.text
        assert reader.get("/healthz").status_code == reader.get("/metrics").status_code == 200
        assert reader.get("/readyz").status_code == reader.get(LIGHT).status_code == 200
        assert endless.start_count == 1
        endless.test_ended.set()
        assert [answer.result().status_code for answer in waiting] == [200, 200]


def test_at_the_deadline_a_problem_is_sent_and_the_work_stops(endless: Endless) -> None:
    limited = settings().model_copy(update={"request_timeout": 0.5})
    with site(limited, endless, 1, 1) as (reader, _service):
        answer, page = reader.get(HEAVY), reader.get("/picture?entity=province:aaa")
        assert (answer.status_code, answer.json()["code"]) == (503, "deadline-exceeded")
        assert answer.headers["retry-after"] == "2"
        assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
        assert wait_until(lambda: endless.stop_count == endless.start_count > 0, PATIENCE)
        reads = endless.reads
        time.sleep(0.1)
        assert endless.reads == reads


def test_work_for_clients_that_left_stops_and_waiting_work_never_begins(endless: Endless) -> None:
    with site(without_deadline(), endless, 1, 20) as (reader, service):
        pool = service.heavy_pool
        send_and_leave(str(reader.base_url), HEAVY, 10, lambda: (endless.start_count, pool.waiting) == (1, 9))
        assert wait_until(lambda: (endless.stop_count, pool.waiting) == (1, 0), PATIENCE)
        assert endless.start_count == 1
        endless.test_ended.set()
        assert reader.get(HEAVY).status_code == 200
        assert 'status="499"' in reader.get("/metrics").text


def test_a_request_that_ends_does_not_end_the_reading_of_the_release_for_others() -> None:
    info = graph().release()

    def read() -> ReleaseInfo:
        check()
        return info

    deadline = Deadline(10)
    deadline.cancel()
    token = current_deadline.set(deadline)
    try:
        assert ReleaseCache(read).release() == info
    finally:
        current_deadline.reset(token)


def test_many_requests_sent_and_dropped_hold_up_nobody() -> None:
    with site(without_deadline(), graph(), 2, 8) as (reader, service):
        path = "/compare?ids=province:aaa,province:bbb"
        send_and_leave(str(reader.base_url), path, 120, lambda: True)
        assert reader.get("/healthz").status_code == 200
        assert wait_until(lambda: reader.get(HEAVY).status_code == 200, PATIENCE)
        assert service.heavy_pool.waiting == 0


def test_a_hung_engine_holds_up_neither_cached_answers_nor_probes(tmp_path: Path) -> None:
    hanging = Settings(data=tmp_path / "engine", query_timeout=5.0, request_timeout=3.0)
    with Engine.open(hanging) as engine:
        store.load(engine, merge(facts(), schema()), batch=10_000)
        with site(hanging, Graph(engine, schema(), graph().queries), 2, 8) as (reader, _service):
            assert wait_until(lambda: reader.get(LIGHT).status_code == 200, PATIENCE)
            pid = handle_of(engine).record.pid
            with suspend_process(pid):
                time.sleep(1.1)  # the release is read again
                assert reader.get(LIGHT).status_code == 200
                assert reader.get("/healthz").status_code == reader.get("/metrics").status_code == 200
                ready = reader.get("/readyz")
                assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
                assert reader.get(HEAVY).status_code == 503
                assert wait_until(lambda: reader.get(LIGHT).status_code == 503, PATIENCE)
                assert reader.get("/healthz").status_code == 200
            assert wait_until(lambda: reader.get("/readyz").status_code == 200, PATIENCE)
            assert wait_until(lambda: reader.get(HEAVY).status_code == 200, PATIENCE)
