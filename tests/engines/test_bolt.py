"""The Bolt connection on each engine: reads, writes and error messages."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.support.database import SLOW, WRITES
from vnkg.graph.engines.bolt import Engine, WriteTransaction
from vnkg.graph.errors import QueryFailed, QueryTimeout, ServerAbsent, WriteRefused, WrongPassword
from vnkg.graph.settings import Settings


def test_plain_values_are_returned_unchanged(empty_engine: Engine) -> None:
    given = {"text": "Đồng Nai", "list": [1, 2], "map": {"a": [None, True]}, "number": 1.5}
    row = empty_engine.read(
        "RETURN $given AS given, date('2025-10-19') AS day, [date('2025-01-02')] AS days", {"given": given}
    )
    assert row == [{"given": given, "day": "2025-10-19", "days": ["2025-01-02"]}]


def test_datetimes_are_returned_as_iso_text(engine: Engine) -> None:
    (row,) = engine.read("RETURN datetime('2025-10-19T08:30:00Z') AS at")
    assert row["at"].startswith("2025-10-19T08:30:00")


def test_nodes_relationships_and_paths_are_returned_as_their_properties(empty_engine: Engine) -> None:
    empty_engine.write(
        lambda write: write.execute("CREATE (:Entity {id: 'x:0'})-[:PART_OF {id: 'r'}]->(:Entity {id: 'x:1'})")
    )
    (row,) = empty_engine.read("MATCH p = (a:Entity {id: 'x:0'})-[r:PART_OF]->(b) RETURN a, r, p")
    assert row == {
        "a": {"id": "x:0"},
        "r": {"id": "r"},
        "p": {"nodes": [{"id": "x:0"}, {"id": "x:1"}], "relationships": [{"id": "r"}]},
    }


def test_the_engine_reports_its_address_and_kind(engine: Engine, engine_settings: Settings) -> None:
    assert engine.kind == ("neo4j" if engine_settings.neo4j_uri else "embedded")
    assert "://" in engine.address
    engine.verify()


@pytest.mark.parametrize("text", WRITES)
def test_a_read_cannot_write(empty_engine: Engine, text: str) -> None:
    empty_engine.write(lambda write: write.execute("CREATE (:Entity {id: 'x:0', name: 'kept'})"))
    with pytest.raises(WriteRefused, match="may not write"):
        empty_engine.read(text)
    assert empty_engine.read("MATCH (n) RETURN n.id AS id, n.name AS name") == [{"id": "x:0", "name": "kept"}]


def test_an_invalid_query_is_refused_with_the_engines_message(engine: Engine) -> None:
    with pytest.raises(QueryFailed, match=r"SyntaxError.*MATHC"):
        engine.read("MATHC (n) RETURN n")


def test_a_missing_parameter_is_an_error_and_not_null(engine: Engine) -> None:
    with pytest.raises(QueryFailed):
        engine.read("RETURN $nothing AS nothing")


def test_a_transaction_is_visible_as_a_whole_or_not_at_all(empty_engine: Engine) -> None:
    class Stop(Exception):
        pass

    def write_and_fail(write: WriteTransaction) -> None:
        write.execute("CREATE (:Entity {id: 'x:0'})")
        assert write.execute("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 1}]
        assert empty_engine.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 0}]
        raise Stop

    with pytest.raises(Stop):
        empty_engine.write(write_and_fail)
    assert empty_engine.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 0}]


def test_a_write_returns_what_its_work_returns(empty_engine: Engine) -> None:
    assert (
        empty_engine.write(lambda write: write.execute("CREATE (n:Entity {id: 'x:0'}) RETURN n.id AS id")[0]["id"])
        == "x:0"
    )


def test_definitions_can_be_repeated_and_are_enforced(empty_engine: Engine) -> None:
    texts = ["CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE"]
    for _ in range(2):
        empty_engine.define(texts, [("Entity", "search")])
    empty_engine.write(lambda write: write.execute("CREATE (:Entity:Fund {id: 'x:0', search: 'quy khoi nghiep'})"))
    found = empty_engine.read(
        "CALL db.index.fulltext.queryNodes($index, $q) YIELD node, score RETURN node.id AS id",
        {"index": "Entity[search]", "q": '"khoi" AND "nghiep"'},
    )
    assert found == [{"id": "x:0"}]
    with pytest.raises(QueryFailed, match=r"(?i)x:0|duplicate|already exists"):
        empty_engine.write(lambda write: write.execute("CREATE (:Entity:Agency {id: 'x:0'})"))


def test_many_threads_share_one_engine(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        rows = pool.map(lambda n: engine.read("RETURN $n AS n", {"n": n}), range(40))
        assert [row[0]["n"] for row in rows] == list(range(40))


def test_unknown_labels_cause_no_warnings(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", logger="neo4j.notifications"):
        assert engine.read("MATCH (n:NeverSeen) RETURN n.never AS never") == []
    assert [record for record in caplog.records if record.name.startswith("neo4j.notifications")] == []


def test_the_driver_is_available_for_benchmarks(engine: Engine) -> None:
    records = engine.driver.execute_query("RETURN 1 AS one", database_=engine.database).records
    assert [record["one"] for record in records] == [1]


def test_neo4j_ends_a_query_at_the_time_limit(neo4j_settings: Settings) -> None:
    with Engine.open(neo4j_settings) as engine:
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match="time limit"):
            engine.read(SLOW, timeout=0.5)
        assert time.monotonic() - began < 5


def test_the_timeout_setting_applies_to_neo4j_too(neo4j_settings: Settings) -> None:
    settings = neo4j_settings.model_copy(update={"query_timeout": 0.5})
    with Engine.open(settings) as engine, pytest.raises(QueryTimeout):
        engine.read(SLOW, timeout=60)


def test_a_wrong_password_is_reported_as_such(neo4j_settings: Settings) -> None:
    with pytest.raises(WrongPassword, match="NEO4J_PASSWORD"):
        Engine.open(neo4j_settings.model_copy(update={"neo4j_password": SecretStr("not it")}))


def test_a_missing_database_is_named(neo4j_settings: Settings) -> None:
    with pytest.raises(ServerAbsent, match=r"no database 'elsewhere'.*NEO4J_DATABASE"):
        Engine.open(neo4j_settings.model_copy(update={"neo4j_database": "elsewhere"}))


def _settings(data: Path, uri: str) -> Settings:
    return Settings(data=data, neo4j_uri=uri, neo4j_password=SecretStr("unimportant"))


@pytest.mark.parametrize(
    "uri", ["localhost:7687", "http://localhost:7474", "nonsense", "bolt://host?x=1", "bolt+x://h"]
)
def test_an_invalid_address_is_reported_as_such(tmp_path: Path, uri: str) -> None:
    with pytest.raises(ServerAbsent, match=r"NEO4J_URI: found .*expected an address like bolt://host:7687"):
        Engine.open(_settings(tmp_path, uri))


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(ServerAbsent, match="NEO4J_PASSWORD") as told:
        Engine.open(_settings(tmp_path, "bolt://neo4j:secret@127.0.0.1:7687"))
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:port", "neo4j://nowhere.invalid"])
def test_an_unknown_host_or_port_is_reported(tmp_path: Path, uri: str) -> None:
    with pytest.raises(ServerAbsent, match="no Neo4j server answers at"):
        Engine.open(_settings(tmp_path, uri))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_closed_port_is_detected_at_once(tmp_path: Path, scheme: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        began = time.monotonic()
        with pytest.raises(ServerAbsent, match="no Neo4j server answers"):
            Engine.open(_settings(tmp_path, f"{scheme}://127.0.0.1:{closed.getsockname()[1]}"))
        assert time.monotonic() - began < 5


def test_a_silent_server_is_detected_within_five_seconds(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(2) as pool:

        def seconds(scheme: str) -> float:
            began = time.monotonic()
            with pytest.raises(ServerAbsent, match="no Neo4j server answers"):
                Engine.open(_settings(tmp_path, f"{scheme}://127.0.0.1:{silent.getsockname()[1]}"))
            return time.monotonic() - began

        assert max(pool.map(seconds, ["bolt", "neo4j"])) < 5


class Relay:
    """A TCP relay to a server that can be closed."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self._target))
            self._connections += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            return

    def close(self) -> None:
        for each in (self._door, *self._connections):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def relay(neo4j_settings: Settings) -> Iterator[Relay]:
    assert neo4j_settings.neo4j_uri is not None
    made = Relay(int(neo4j_settings.neo4j_uri.rpartition(":")[2]))
    yield made
    made.close()


def test_a_lost_server_is_reported_within_five_seconds(neo4j_settings: Settings, relay: Relay) -> None:
    settings = neo4j_settings.model_copy(update={"neo4j_uri": f"bolt://127.0.0.1:{relay.port}"})
    with Engine.open(settings) as engine:
        assert engine.read("RETURN 1 AS one") == [{"one": 1}]
        relay.close()

        def seconds(work: Callable[[], object]) -> float:
            began = time.monotonic()
            with pytest.raises(ServerAbsent, match="does not answer any more"):
                work()
            return time.monotonic() - began

        works = [lambda: engine.read("RETURN 1"), lambda: engine.write(lambda write: write.execute("RETURN 1"))]
        with ThreadPoolExecutor(2) as pool:
            assert max(pool.map(seconds, works)) < 5


def test_importing_the_engine_opens_no_connection_and_starts_nothing() -> None:
    text = (
        "import sys, socket, subprocess\n"
        "def refuse(*words, **more): raise SystemExit('opened')\n"
        "socket.socket.connect = subprocess.Popen.__init__ = refuse\n"
        "import vnkg.graph.engines.bolt, vnkg.graph.engines.embedded, vnkg.graph.store.load\n"
        "print('jpype' in sys.modules, 'arcadedb_embedded' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
