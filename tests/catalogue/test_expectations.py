"""The expectations in query files, and whether the built-in articles meet them.

On Neo4j every tenth query is asked: that it gives the same bytes for all of them is tested with `tests/support/worlds`.
"""

import json
from functools import cache

import pytest

from vnkg.graph.catalogue.expectations import read_expectation, unmet_expectations
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import DeclarationError
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release, disagreement_object, entity_object
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.store.load import load
from vnkg.loaders import read_facts

NEO4J_INTERVAL = 10
ROWS = [{"fund": "a", "right": True}, {"fund": "b", "right": True}]
NEAR_MISSES = [{"fund": "c", "right": False, "fails": ["right"]}]


@cache
def built_in() -> Release:
    return merge(read_facts(), schema())


def load_built_in(engine: Engine) -> Graph:
    load(engine, built_in(), batch=10_000, replace=True)
    return Graph(engine, schema(), catalogue())


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_built_in(engine)


def unmet_lines(declaration: dict[str, object]) -> list[str]:
    return unmet_expectations(
        read_expectation(declaration, "x.cypher", ("fund", "right"), ("right",)), ROWS, NEAR_MISSES
    )


@pytest.mark.parametrize(
    "declaration",
    [
        {},
        {"rows": 2, "near_misses": 1},
        {"rows": {"at_least": 1}},
        {"rows": {"at_least": 2}, "near_misses": {"at_least": 0}},
        {"has": {"fund": "a"}, "near": {"right": False}, "never": {"fund": "a", "right": False}},
        {"has": [{"fund": "b"}, {"fund": "a", "right": True}]},
        {"near": {"fund": "c", "fails": ["right"]}},
        {"never": [{"fund": "c"}]},
    ],
)
def test_met_expectations_report_nothing(declaration: dict[str, object]) -> None:
    assert unmet_lines(declaration) == []


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ({"rows": 3}, "found 2 rows; expected 3"),
        ({"rows": 1}, "found 2 rows; expected 1"),
        ({"has": [{"fund": "a", "right": False}]}, "found no row with {'fund': 'a', 'right': False}"),
        ({"has": [{"fund": "a"}, {"fund": "d"}]}, "found no row with {'fund': 'd'}"),
        ({"rows": {"at_least": 3}}, "found 2 rows; expected at least 3"),
        ({"near_misses": 0}, "found 1 near misses; expected 0"),
        ({"has": [{"fund": "c"}]}, "found no row with {'fund': 'c'}"),
        ({"near": [{"fund": "c", "fails": ["left"]}]}, "found no near miss with"),
        ({"never": [{"fund": "a"}]}, "found a row with {'fund': 'a'}; expected none"),
    ],
)
def test_unmet_expectations_are_reported(declaration: dict[str, object], message: str) -> None:
    assert [line for line in unmet_lines(declaration) if message in line]


@pytest.mark.parametrize("key", ["near", "near_misses"])
def test_near_misses_can_only_be_expected_of_conditions(key: str) -> None:
    with pytest.raises(DeclarationError, match=f"'{key}' is not known here"):
        read_expectation({key: []}, "x.cypher", ("fund",), ())


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ([], r"expect: found \[\]; expected a mapping"),
        ({"rows": {"at_least": 1, "at_most": 2}}, r"expect\.rows: found .*; expected a number or"),
        ({"near_misses": {"least": 1}}, r"expect\.near_misses: found"),
        ({"rows": "2"}, r"expect\.rows: found '2'"),
        ({"has": [{}]}, r"expect\.has: found {}; expected a mapping of fund or right"),
        ({"has": [{"fund": "a", "fails": []}]}, r"expect\.has: found"),
        ({"never": ["a"]}, r"expect\.never: found 'a'"),
        ({"near": [{"fond": "a"}]}, r"expect\.near: found .*; expected a mapping of fund or right or fails"),
    ],
)
def test_an_expectation_of_another_form_is_refused(declaration: object, message: str) -> None:
    with pytest.raises(DeclarationError, match=rf"x\.cypher: {message}"):
        read_expectation(declaration, "x.cypher", ("fund", "right"), ("right",))


@pytest.mark.parametrize("name", catalogue())
def test_every_query_file_has_expectations(name: str) -> None:
    expected = catalogue()[name].expect
    assert expected.required_rows or expected.required_near_misses, "expect: has or near is missing"
    assert expected.forbidden_rows or expected.row_count, "expect: never or rows is missing"


@pytest.mark.parametrize("name", catalogue())
def test_the_example_meets_its_files_expectations(embedded_engine: Engine, name: str) -> None:
    assert_expectations_are_met(embedded_engine, name)


@pytest.mark.parametrize("name", list(catalogue())[::NEO4J_INTERVAL])
def test_the_example_meets_them_on_neo4j(neo4j_engine: Engine, name: str) -> None:
    assert_expectations_are_met(neo4j_engine, name)


def assert_expectations_are_met(engine: Engine, name: str) -> None:
    graph, query = load_built_in(engine), catalogue()[name]
    answer = graph.query(name, query.example)
    assert unmet_expectations(query.expect, answer["rows"], answer["near_misses"]) == []


@pytest.mark.parametrize("status", ["existing", "any", "planned"])
def test_an_empty_answer_on_the_articles_comes_with_its_near_misses(graph: Graph, status: str) -> None:
    answer = graph.query("provinces_with_fund", {"fund_status": status, "implementation": "explicit"})
    assert answer["rows"] == []
    assert {"province:dong-nai", "province:thai-nguyen"} <= {row["province"] for row in answer["near_misses"]}


def test_the_articles_facts_are_read_back_as_the_export_writes_them(graph: Graph) -> None:
    assert json.dumps(graph.entities(limit=1000)) == json.dumps([entity_object(e) for e in built_in().entities])
    assert json.dumps(graph.disagreements()) == json.dumps([disagreement_object(d) for d in built_in().disagreements])
