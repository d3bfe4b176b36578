"""Names of entities as parameters of queries, as the API, the pages, the command and Python take and refuse them."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

import vnkg
from tests.support import named_entities
from tests.support.cli import run_command
from tests.support.invented_graph import POLICY, load_graph
from vnkg.api.app import create_app
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import AmbiguousName
from vnkg.graph.settings import Settings

QUERY = "/api/v1/queries/province_actors"
OFFICES = [{"id": "agency:first", "name": "Văn phòng first"}, {"id": "agency:second", "name": "Văn phòng second"}]


@pytest.fixture
def client(embedded_engine: Engine, embedded_settings: Settings) -> Iterator[TestClient]:
    """A client of an application with the graph of names."""
    with TestClient(create_app(embedded_settings, load_graph(embedded_engine, named_entities.release()))) as client:
        yield client


@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_the_api_takes_a_name_as_it_takes_the_id(client: TestClient, suffix: str) -> None:
    by_name, by_id = (
        client.get(f"/api/v1/queries/person_offices{suffix}", params={"person": text})
        for text in ("nguyen thi lan", "person:lan")
    )
    assert by_name.status_code == 200
    assert by_name.content == by_id.content
    assert "agency:first" in by_name.text


def test_an_ambiguous_name_is_a_problem_with_the_choices(client: TestClient) -> None:
    response = client.get("/api/v1/queries/agency_place", params={"agency": "Ban Sao"})
    assert (response.status_code, response.json()["code"]) == (422, "ambiguous-name")
    assert response.json()["choices"] == OFFICES


def test_an_unknown_name_is_a_problem_with_the_nearest(client: TestClient) -> None:
    for suffix in ("", ".csv"):
        response = client.get(f"{QUERY}{suffix}", params={"province": "Hai Fong"})
        assert (response.status_code, response.json()["code"]) == (422, "unknown-name")
        assert response.json()["choices"] == [{"id": "province:hai-phong", "name": "Hải Phòng"}]


def test_the_form_shows_the_entity_that_a_name_stands_for(client: TestClient) -> None:
    page = client.get("/queries/provinces_by_policy", params={"policy": "Resolution 57"}).text
    assert f'<option value="{POLICY}" selected' in page
    assert f"policy={quote(POLICY)}" in page  # in the links to CSV and JSON
    page = client.get("/queries/names_of", params={"entity": "TP.HCM"}).text
    assert 'value="province:ho-chi-minh"' in page
    assert re.search(r"Entity: <span[^>]*>Thành phố Hồ Chí Minh</span>", page)
    assert "data-suggest" in page


def test_the_page_offers_the_choices_as_links(client: TestClient) -> None:
    response = client.get("/queries/agency_place", params={"agency": "Ban Sao", "lang": "en"})
    assert response.status_code == 422
    links = [urlsplit(html.unescape(link)) for link in re.findall(r'<li><a href="(/queries/[^"]+)"', response.text)]
    assert [parse_qs(link.query) for link in links if link.query] == [
        {"lang": ["en"], "agency": [office["id"]]} for office in OFFICES
    ]
    assert "Several things have this name" in response.text


def test_a_picture_of_a_query_takes_names(client: TestClient) -> None:
    by_name, by_id = (
        client.get("/picture.svg", params={"query": "person_offices", "person": text})
        for text in ("Nguyễn Thị Lan", "person:lan")
    )
    assert (by_name.status_code, by_name.content) == (200, by_id.content)
    assert client.get("/picture", params={"query": "agency_place", "agency": "Ban Sao"}).status_code == 422


def test_the_command_takes_names(client: TestClient, embedded_settings: Settings) -> None:
    data = embedded_settings.data
    told = run_command(data, "query", "person_offices", "--person", "nguyen thi lan")
    assert "person: Nguyễn Thị Lan (person:lan)" in told.stdout
    result = client.get("/api/v1/queries/person_offices", params={"person": "person:lan"}).json()["data"]
    assert run_command(data, "query", "person_offices", "--person", "nguyen thi lan", "--json").data == result
    refused = run_command(data, "query", "agency_place", "--agency", "Ban Sao")
    assert refused.code == 2
    assert "agency:first (Văn phòng first), agency:second (Văn phòng second)" in refused.stderr
    assert run_command(data, "query", "province_actors", "--province", "Hai Fong").code == 2


@pytest.mark.usefixtures("client")
def test_python_takes_names(embedded_settings: Settings) -> None:
    with vnkg.open(embedded_settings.data) as graph:
        assert list(graph.query("person_offices", person="nguyen thi lan")) == list(
            graph.query("person_offices", person="person:lan")
        )
        with pytest.raises(AmbiguousName):
            graph.query("agency_place", agency="Ban Sao")
