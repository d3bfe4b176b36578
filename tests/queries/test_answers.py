"""Each query gives its recorded answers on the invented graphs, row for row, on every engine.

`tests/support/query_answers.py` says how to record them again.
"""

from typing import Any

import pytest

from tests.support.invented_graph import load_graph
from tests.support.query_answers import FOLDER, GRAPHS, Call, answer, read_calls
from tests.support.requirements import is_torture
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine

ANSWERED_QUERIES = sorted(path.stem for path in FOLDER.glob("*.json"))
NEO4J_INTERVAL = 1 if is_torture() else 4
"""Every so many queries are asked on Neo4j, which takes long to plan each."""
GRAPHS_OF = [
    (graph, name) for graph in GRAPHS for name in ANSWERED_QUERIES if graph in {c["graph"] for c in read_calls(name)}
]


@pytest.mark.parametrize("query", catalogue())
def test_every_query_has_recorded_answers(query: str) -> None:
    if query not in ANSWERED_QUERIES:
        pytest.skip(f"answers of {query} in tests/queries/answers would show each change of them")


def test_answers_are_recorded_of_queries_that_exist() -> None:
    assert set(ANSWERED_QUERIES) <= set(catalogue())


@pytest.mark.parametrize(("graph", "query"), GRAPHS_OF)
def test_a_query_gives_its_recorded_answers(embedded_engine: Engine, graph: str, query: str) -> None:
    assert_recorded_answers(embedded_engine, graph, query)


@pytest.mark.parametrize("query", [query for graph, query in GRAPHS_OF if graph == "random_graph"][::NEO4J_INTERVAL])
def test_neo4j_gives_them_too(neo4j_engine: Engine, query: str) -> None:
    """On the random graph; that the engines agree on the other graphs is tested with each query."""
    assert_recorded_answers(neo4j_engine, "random_graph", query)


def assert_recorded_answers(engine: Engine, graph: str, query: str) -> None:
    """Ask a query each of its calls on a graph."""
    loaded = load_graph(engine, GRAPHS[graph].release())
    for call in read_calls(query):
        if call["graph"] == graph:
            expected: dict[str, Any] = {kind: call[kind] for kind in ("rows", "near_misses")}
            assert answer(loaded, query, call["parameters"]) == expected, parameters_text(call)


def parameters_text(call: Call) -> str:
    """The parameters of a call, for a message."""
    return ", ".join(f"{name}={value}" for name, value in call["parameters"].items()) or "no parameters"
