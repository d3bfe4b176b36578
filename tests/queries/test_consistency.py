"""No two places of the product disagree: every place that answers a question is asked, and there is one answer.

Of an invented graph with all combinations of status, basis and implementation, and of the built-in facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.support import cli, http
from tests.support.invented_graph import POLICY, load_graph
from tests.support.places import PLACES, contradictions, who_implements
from tests.support.worlds import combinations
from vnkg.api.app import create_app
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Product:
    """A running application and the graph behind it."""

    client: TestClient
    graph: Graph


@pytest.fixture(scope="module")
def invented_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    settings = Settings(data=Path(tmp_path_factory.mktemp("combinations")))
    with Engine.open(settings) as engine:
        graph = load_graph(engine, combinations.release())
        with TestClient(create_app(settings, graph), follow_redirects=False) as client:
            yield Product(client, graph)


@pytest.fixture
def built_in() -> Product:
    return Product(http.built_in_client(), cli.graph())


def test_all_places_agree_on_who_implements_the_policy(invented_product: Product) -> None:
    answers = who_implements(invented_product.client, invented_product.graph, POLICY, is_default=True)
    assert set(answers["API entities"].values()) == {True, False}
    assert contradictions(answers) == {}


@pytest.mark.parametrize("question", PLACES)
def test_all_places_agree(invented_product: Product, question: str) -> None:
    answers = PLACES[question](invented_product.client, invented_product.graph)
    assert len({answer for place in answers.values() for answer in place.values()}) > 1
    assert contradictions(answers) == {}


def test_all_places_agree_on_who_implements_each_policy_of_the_articles(built_in: Product) -> None:
    policies = {
        row["policy"]
        for row in built_in.graph.query("policies_by_issuer", {})["rows"]
        if any(key.startswith("province:") for key in row["implementers"])
    }
    assert POLICY in policies
    for policy in sorted(policies):
        answers = who_implements(built_in.client, built_in.graph, policy, is_default=policy == POLICY)
        assert contradictions(answers) == {}, policy


@pytest.mark.parametrize("question", PLACES)
def test_all_places_agree_on_the_facts_of_the_articles(built_in: Product, question: str) -> None:
    assert contradictions(PLACES[question](built_in.client, built_in.graph)) == {}
