"""Hostile names, glosses and addresses in every output: they are shown as text and change nothing else."""

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

import vnkg
from tests.support import hostile_graph
from tests.support.cli import run_command
from tests.support.html import PATHS, PageParser
from tests.support.http import example_parameters
from tests.support.invented_graph import load_graph
from vnkg.api.app import create_app
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.settings import Settings

NAMES = [name for name in catalogue() if name != "find_statements"]
PICTURES = [
    "/picture.svg?entity=organisation:uuu&depth=2",
    "/picture.svg?province=province:aaa",
    "/picture.svg?query=provinces_with_fund",
    "/picture.svg",
]
COMMANDS = [
    ["find", "alert"],
    ["find", "--json", "script"],
    ["show", "organisation:uuu"],
    ["show", "province:aaa"],
    ["query", "provinces_with_fund", "--fund-status", "any"],
    ["query", "article_statements", "--article", "article:900"],
    ["paths", "organisation:uuu", "province:aaa"],
    ["report"],
    ["coverage"],
    ["find", "\x1b[31m\x9b31m\x07 alert"],
    ["show", "\x1b]0;title\x07"],
    ["query", "\x1b[2J"],
    ["query", "names_of", "--entity", "\x9b31m"],
]
BAD_SCHEMES = ("javascript:", "data:text", "vbscript:")


@pytest.fixture(scope="module")
def client(embedded_engine: Engine, embedded_settings: Settings) -> Iterator[TestClient]:
    """A client of an application whose graph is hostile."""
    graph = load_graph(embedded_engine, hostile_graph.release())
    with TestClient(create_app(embedded_settings, graph), follow_redirects=False) as client:
        yield client


def assert_harmless(tag: str, attributes: dict[str, str]) -> None:
    assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
    for name in ("href", "src", "action", "formaction", "xlink:href"):
        assert not attributes.get(name, "").strip().lower().startswith(BAD_SCHEMES), (tag, attributes)
    assert tag not in ("iframe", "object", "embed", "base"), (tag, attributes)
    assert tag != "img" or attributes.get("src", "").startswith("/"), attributes


@pytest.mark.parametrize("path", PATHS)
def test_a_page_shows_hostile_labels_as_text(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code < 500
    page = PageParser(response.text)
    assert not page.wrong
    for tag, attributes in page.elements:
        assert_harmless(tag, attributes)
    for script in page.find_all("script"):
        assert script.get("src", "").startswith("/static/") or script.get("type") == "application/json"
    for content in page.words.get("script", []):
        assert json.loads(content) is not None
    assert "1337" not in response.text
    assert "unsafe" not in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_well_formed_and_runs_nothing(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    elements = list(ElementTree.fromstring(response.content).iter())  # noqa: S314  our own
    assert len(elements) > 20
    for element in elements:
        tag = element.tag.rpartition("}")[2]
        assert tag not in ("script", "foreignObject", "image", "iframe"), tag
        assert_harmless(tag, {name.rpartition("}")[2]: value for name, value in element.attrib.items()})
    assert "default-src 'none'" in response.headers["content-security-policy"]


def api_paths() -> list[str]:
    queries = [f"/api/v1/queries/{name}?{urlencode(example_parameters(name), doseq=True)}" for name in NAMES]
    entities = ["province:aaa", "organisation:uuu", "article:900", "person:nguoi-dau", "policy:57-nq-tw"]
    return [
        *queries,
        *(f"/api/v1/entities/{id}{suffix}" for id in entities for suffix in ("", ".jsonld", "/statements", "/graph")),
        *(f"/api/v1/{listing}" for listing in ("entities?limit=500", "disagreements", "articles", "report")),
        "/api/v1/articles/article:900",
        "/api/v1/compare?ids=province:aaa,province:bbb",
        "/api/v1/paths?from=organisation:uuu&to=province:aaa",
        *(f"/api/v1/search?q={quote(label[:150])}" for label in hostile_graph.LABELS if label.isprintable()),
    ]


def test_json_holds_hostile_labels_as_they_are(client: TestClient) -> None:
    seen = ""
    for path in api_paths():
        response = client.get(path)
        assert response.status_code in (200, 422), (path, response.text[:500])
        assert response.headers["content-type"].partition(";")[0].endswith("json"), path
        assert response.headers["x-content-type-options"] == "nosniff"
        seen += json.dumps(response.json(), ensure_ascii=False)
    assert [label for label in hostile_graph.LABELS if json.dumps(label, ensure_ascii=False)[1:-1] not in seen] == []


def csv_paths() -> list[str]:
    parts = {name: "&part=all" if catalogue()[name].conditions else "" for name in NAMES}
    return [
        *(f"/api/v1/queries/{n}.csv?{urlencode(example_parameters(n), doseq=True)}{parts[n]}" for n in NAMES),
        "/api/v1/entities/organisation:uuu.csv",
        "/api/v1/compare.csv?ids=province:aaa,province:bbb",
        "/api/v1/paths.csv?from=organisation:uuu&to=province:aaa",
    ]


def test_csv_has_a_cell_for_each_value_and_no_formula(client: TestClient) -> None:
    count = 0
    for path in csv_paths():
        response = client.get(path)
        assert response.status_code == 200, (path, response.text[:500])
        assert response.headers["content-disposition"].startswith("attachment")
        rows = list(csv.reader(io.StringIO(response.text, newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1, path
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))], path
        count += sum("alert(1)" in cell for row in rows for cell in row)
    assert count > 100


@pytest.mark.parametrize("words", COMMANDS, ids=repr)
def test_a_terminal_gets_no_control_characters(
    client: TestClient, embedded_settings: Settings, words: list[str]
) -> None:
    result = run_command(embedded_settings.data, *words)
    printed = result.stdout + result.stderr
    assert printed.strip()
    assert [c for c in printed if c != "\n" and not c.isprintable() and c not in "\u202e\u2066\u200b\ufeff"] == []


def test_a_notebook_shows_hostile_labels_as_text(
    client: TestClient, embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VNKG_DATA", str(embedded_settings.data))
    with vnkg.open() as graph:
        tables = [
            graph.search("script"),
            graph.query("provinces_with_fund").near_misses,
            graph.statements("province:aaa"),
        ]
        shown = [table._repr_html_() for table in tables]
        shown.append(graph.picture(entity="organisation:uuu")._repr_svg_())
    assert "alert(1)" in "".join(shown)
    for text in shown:
        page = PageParser(text)
        assert not page.wrong
        assert page.find_all("script") == page.find_all("img") == []
        for tag, attributes in page.elements:
            assert_harmless(tag, attributes)


@pytest.mark.parametrize(
    "path", ["/card/entity/organisation:uuu.png", "/card/disagreement/disagreement:startups-aaa.png"]
)
def test_a_card_of_a_hostile_name_is_a_picture(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.startswith(b"\x89PNG")
