"""The bridge for notebooks that use py2neo, on each engine."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import py2neo
import py2neo.errors
import pytest
from pydantic import SecretStr

from tests.support.database import SLOW, WRITES, clear_database
from tests.support.processes import handle_of
from vnkg.graph.engines import embedded
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.engines.py2neo_bridge import Bridge
from vnkg.graph.errors import (
    EngineDied,
    EngineError,
    QueryFailed,
    QueryTimeout,
    ServerAbsent,
    WriteRefused,
    WrongPassword,
)
from vnkg.graph.settings import Settings

CREATE_ENTITIES = """
CREATE (a:Entity:Fund {id: 'fund:a', name: 'Quỹ A'})-[:PART_OF {id: 'r', statements: ['s:1', 's:2']}]->(b:Entity {id: 'x:b'})
CREATE (c:Entity {id: 'x:c'})-[:FUNDS {id: 'q'}]->(b)
"""


@pytest.fixture
def filled_engine(engine: Engine) -> Iterator[Engine]:
    """Each engine in turn, with three invented entities outside any release; they are removed afterwards."""
    clear_database(engine).write(lambda write: write.execute(CREATE_ENTITIES))
    yield engine
    clear_database(engine)


@pytest.fixture
def bridge(filled_engine: Engine, engine_settings: Settings) -> Iterator[Bridge]:
    """A bridge to the engine."""
    with Bridge.open(engine_settings) as opened:
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Entity) RETURN n.id AS id, n.name AS name ORDER BY id",
        "MATCH (a:Fund)-[r:PART_OF]->(b) RETURN a, r, [a, b] AS both, {one: a} AS map, labels(b) AS labels",
        "MATCH path = (:Entity {id: 'x:c'})-[*]-(:Fund) RETURN path",
        "MATCH (n:Nobody) RETURN n.id AS id",
        "RETURN 1 AS whole, -9223372036854775808 AS least, 0.1 + 0.2 AS number, true AS yes, null AS nothing",
        "RETURN 'Đồng Nai\u0000😀' AS text, [1, [2, null]] AS list, {a: {b: []}} AS map",
        "RETURN date('2025-10-19') AS day, [date('2025-01-02')] AS days, localtime('08:30:00.123') AS at",
        "RETURN datetime('2025-10-19T08:30:00.123456789+07:00') AS east, datetime('2025-10-19T08:30:00-03:30') AS west",
        "RETURN datetime('2025-10-19T08:30:00Z') AS utc, datetime('2025-10-19T08:30:00[Asia/Ho_Chi_Minh]') AS named",
        "RETURN localdatetime('2025-10-19T08:30:00.5') AS local, time('08:30:00-03:30') AS offset",
        "RETURN duration('P1Y2M3DT4H5.5S') AS long, point({x: 1, y: 2}) AS point",
    ],
)
def test_rows_are_those_of_the_engine(bridge: Bridge, filled_engine: Engine, text: str) -> None:
    assert bridge.read(text) == filled_engine.read(text)


def test_parameters_are_passed_as_a_map_or_by_name(bridge: Bridge) -> None:
    text = "MATCH (n:Entity) WHERE n.id IN $ids AND n.name = $name RETURN n.id AS id"
    ids = ["fund:a", "x:b"]
    assert bridge.read(text, {"ids": ids, "name": "Quỹ A"}) == bridge.read(text, {"ids": ids}, name="Quỹ A")
    assert bridge.read(text, ids=ids, name="Quỹ A") == [{"id": "fund:a"}]


def test_changes_since_the_last_read_are_visible(bridge: Bridge, filled_engine: Engine) -> None:
    assert bridge.read("MATCH (n:Fund) RETURN n")[0]["n"]["name"] == "Quỹ A"
    filled_engine.write(lambda write: write.execute("MATCH (n:Fund) SET n.kind = 'other' REMOVE n.name"))
    assert bridge.read("MATCH (n:Fund) RETURN n") == [{"n": {"id": "fund:a", "kind": "other"}}]


@pytest.mark.parametrize("text", [text.replace("x:0", "fund:a") for text in WRITES])
def test_a_write_is_refused_and_changes_nothing(bridge: Bridge, filled_engine: Engine, text: str) -> None:
    with pytest.raises(WriteRefused, match="may not write"):
        bridge.read(text)
    assert filled_engine.read("MATCH (n) RETURN n.id AS id, n.name AS name ORDER BY id") == [
        {"id": "fund:a", "name": "Quỹ A"},
        {"id": "x:b", "name": None},
        {"id": "x:c", "name": None},
    ]


def test_the_graph_of_py2neo_reads_as_it_always_did(bridge: Bridge) -> None:
    graph = bridge.graph
    assert isinstance(graph, py2neo.Graph)
    assert graph.run("MATCH (n:Entity) RETURN n.id AS id ORDER BY id").data()[0] == {"id": "fund:a"}
    assert graph.evaluate("MATCH (n:Fund) RETURN n.name") == "Quỹ A"
    fund = graph.nodes.match("Fund", name="Quỹ A").first()
    assert (fund["id"], set(fund.labels)) == ("fund:a", {"Entity", "Fund"})
    assert [link.end_node["id"] for link in graph.match((fund,), r_type="PART_OF")] == ["x:b"]
    assert graph.schema.relationship_types >= {"PART_OF", "FUNDS"}


def test_the_graph_of_py2neo_cannot_write_either(bridge: Bridge, filled_engine: Engine) -> None:
    graph = bridge.graph
    node = py2neo.Node("Entity", id="x:new")
    text = "CREATE (:Entity {id: 'x:new'})"
    for write in (
        lambda: graph.run(text),
        lambda: graph.update(text),
        lambda: graph.auto(readonly=False).run(text),
        lambda: graph.begin(readonly=False).run(text),
        lambda: graph.create(node),
        lambda: graph.merge(node, "Entity", "id"),
        graph.delete_all,
    ):
        with pytest.raises(py2neo.errors.ClientError, match=r"AccessMode|Forbidden"):
            write()
    assert filled_engine.read("MATCH (n) RETURN count(n) AS n") == [{"n": 3}]


def test_errors_are_our_classes_and_leave_no_connection_open(bridge: Bridge) -> None:
    for _ in range(60):  # py2neo's pool has 40
        with pytest.raises(QueryFailed, match=r"SyntaxError.*MATHC"):
            bridge.read("MATHC (n) RETURN n")
    with pytest.raises(QueryFailed, match="nothing"):
        bridge.read("RETURN $nothing AS nothing")
    assert bridge.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_closed_bridge_reports_that_it_is_closed(filled_engine: Engine, engine_settings: Settings) -> None:
    with Bridge.open(engine_settings) as bridge:
        pass
    with pytest.raises(EngineError, match="the bridge was closed"):
        bridge.read("RETURN 1 AS one")
    assert filled_engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_without_settings_those_of_the_environment_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNKG_DATA", str(tmp_path))
    monkeypatch.setenv("VNKG_QUERY_TIMEOUT", "2")
    with Bridge.open() as bridge:
        with pytest.raises(QueryTimeout):
            bridge.read(SLOW)
        assert bridge.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
        assert embedded.status(Settings(data=tmp_path)) is not None
    assert embedded.status(Settings(data=tmp_path)) is None


# py2neo leaves the socket of a broken connection to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_an_engine_that_ended_is_reported(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with Engine.open(settings) as engine, Bridge.open(settings) as bridge:
        handle_of(engine).close()
        with pytest.raises(EngineDied, match="does not answer"):
            bridge.read("RETURN 1 AS one")
    del bridge
    gc.collect()


def test_a_connection_refused_by_neo4j_is_reported_in_our_words(neo4j_settings: Settings) -> None:
    for changes, error in (
        ({"neo4j_password": SecretStr("wrong")}, WrongPassword),
        ({"neo4j_database": "nowhere"}, ServerAbsent),
        ({"neo4j_uri": "bolt://127.0.0.1:9"}, ServerAbsent),
    ):
        with pytest.raises(error):
            Bridge.open(neo4j_settings.model_copy(update=changes))


def test_a_routing_address_of_neo4j_works(neo4j_settings: Settings) -> None:
    assert neo4j_settings.neo4j_uri is not None
    routed = neo4j_settings.model_copy(update={"neo4j_uri": neo4j_settings.neo4j_uri.replace("bolt://", "neo4j://")})
    with Bridge.open(routed) as bridge:
        assert bridge.read("RETURN 1 AS one") == [{"one": 1}]
        with pytest.raises(WriteRefused):
            bridge.read("CREATE (n:Entity {id: 'x:1'})")


def test_without_the_extra_the_error_says_what_to_install() -> None:
    text = (
        "import sys\nsys.modules['py2neo'] = None\nfrom vnkg.graph.engines.py2neo_bridge import Bridge\nBridge.open()\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "EngineError: py2neo is not installed" in done.stderr
    assert "pip install 'vnkg[py2neo]'" in done.stderr
