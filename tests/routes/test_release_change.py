"""Answers within the second after a load, while the application still remembers the release before it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from tests.support import varied_graph
from tests.support.invented_graph import load_graph
from tests.support.varied_graph import NORTH, SECOND_VENTURE_FUND, SOUTH
from vnkg.api.app import create_app
from vnkg.api.service import release as release_module
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.graph.settings import Settings


@pytest.fixture
def client(
    embedded_engine: Engine, embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """A client of an application that checks for a new release only once, with the varied graph and no cached answers."""
    monkeypatch.setattr(release_module, "REFRESH_INTERVAL", 3600)
    graph = load_graph(embedded_engine, varied_graph.release())
    with TestClient(create_app(embedded_settings.model_copy(update={"cache": False}), graph)) as opened:
        yield opened


def changed_release() -> Release:
    """The varied graph after its southern province has founded its fund, and with other names of both provinces."""
    facts = varied_graph.facts()
    plan = next(one for one in facts.statements if one.object == SECOND_VENTURE_FUND)
    province = next(one for one in facts.entities if one.id == SOUTH)
    name = replace(province.names[0], text="Tỉnh Nam")
    other = next(one for one in facts.entities if one.id == NORTH)
    names = tuple(replace(one, text=one.text.replace("Mới", "Xưa")) for one in other.names)
    renamed = {SOUTH: replace(province, name="Tỉnh Nam", names=(name,)), NORTH: replace(other, names=names)}
    return merge(
        replace(
            facts,
            statements=tuple(
                replace(one, predicate="HAS", status="existing") if one is plan else one for one in facts.statements
            ),
            entities=tuple(renamed.get(one.id, one) for one in facts.entities),
        ),
        schema(),
    )


def test_an_answer_names_the_release_that_it_was_read_from(client: TestClient, embedded_engine: Engine) -> None:
    addresses = ("/api/v1/compare?ids=province:north,province:south", "/api/v1/entities?limit=2")
    before = [client.get(address).json() for address in addresses]
    new = load_graph(embedded_engine, changed_release()).release()["release"]
    assert new not in {answer["meta"]["release"] for answer in before}
    compared, listed = (client.get(address).json() for address in addresses)
    assert compared["meta"]["release"] == listed["meta"]["release"] == new
    funds = next(row["cells"] for row in compared["data"]["instruments"] if row["instrument"] == "vc_fund")
    assert [(item["id"], item["status"]) for item in funds[SOUTH]] == [(SECOND_VENTURE_FUND, "existing")]
    assert client.get(f"/api/v1/entities/{SOUTH}.jsonld").json()["@graph"][0]["version"] == new
    stale = client.get(f"/api/v1/entities?limit=2&cursor={before[1]['next']}")
    assert (stale.status_code, stale.json()["code"]) == (400, "bad-cursor")


@pytest.mark.parametrize("address", ["/matrix?lang=vi", "/picture.svg?entity=province:north&lang=vi"])
def test_names_on_pages_are_those_of_the_new_release(client: TestClient, embedded_engine: Engine, address: str) -> None:
    pages = [client.get(address).text]
    load_graph(embedded_engine, changed_release())
    pages.append(client.get(address).text)
    names = ("South", "Tỉnh Bắc Mới", "Tỉnh Nam", "Tỉnh Bắc Xưa")
    assert [[name in page for name in names] for page in pages] == [
        [True, True, False, False],
        [False, False, True, True],
    ]


def test_an_answer_of_another_release_is_not_kept_for_the_one_before(
    embedded_engine: Engine, embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_module, "REFRESH_INTERVAL", 3600)
    with TestClient(create_app(embedded_settings, load_graph(embedded_engine, varied_graph.release()))) as caching:
        names: list[str] = []
        for release in (changed_release(), varied_graph.release()):
            load_graph(embedded_engine, release)
            names.append(caching.get(f"/api/v1/entities/{SOUTH}").json()["data"]["name"])
    assert names == ["Tỉnh Nam", "South"]
