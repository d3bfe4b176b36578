"""`import vnkg`: a graph opened in each way, what each method returns, and what is said of wrong input."""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

import vnkg
from tests.support import cli
from tests.support.database import clear_database
from tests.support.invented_graph import release
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, NotFound, NotLoaded
from vnkg.graph.model.facts import passage_hash
from vnkg.graph.reader.reader import Graph as GraphReader
from vnkg.graph.settings import Settings
from vnkg.graph.store.load import load

HAI_PHONG = "province:hai-phong"


@pytest.fixture(scope="module")
def reader() -> GraphReader:
    return cli.graph()


@pytest.fixture(scope="module")
def g(reader: GraphReader) -> Iterator[vnkg.Graph]:
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("VNKG_ARTICLES", raising=False)
        opened = vnkg.open(cli.data_folder())
    with opened:
        yield opened


def test_the_public_names_are_these_and_all_have_docstrings() -> None:
    assert vnkg.__all__ == ["Answer", "Graph", "Picture", "Rows", "VnkgError", "__version__", "open"]
    public = {name: getattr(vnkg, name) for name in vnkg.__all__ if name != "__version__"}
    methods = {
        f"{name}.{key}": member
        for name, value in public.items()
        if name in ("Answer", "Graph", "Picture")
        for key, member in vars(value).items()
        if not key.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
    }
    assert [name for name, value in (public | methods).items() if not value.__doc__] == []
    assert set(methods) >= {f"Graph.{name}" for name in ("query", "entity", "search", "statements", "paths", "picture")}


def test_the_version_is_declared_once() -> None:
    assert vnkg.__version__ == version("vnkg")
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        vnkg.opne  # noqa: B018


def test_importing_the_package_loads_no_library(tmp_path: Path) -> None:
    code = (
        "import sys, vnkg; print([name for name in ('neo4j', 'numpy', 'pydantic', 'fastapi') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_query_answers_with_rows_near_misses_and_evidence_of_one_release(g: vnkg.Graph, reader: GraphReader) -> None:
    statuses = ["planned", "considered"]
    answer = g.query("provinces_with_fund", fund_status=statuses)
    result = reader.query("provinces_with_fund", {"fund_status": statuses})
    assert (list(answer), answer.near_misses) == (result["rows"], result["near_misses"])
    assert len(answer) == len(answer.rows)
    assert answer.release == reader.release()["release"] == g.release["release"]
    ids = {key for row in answer.near_misses for key in row["statements"]}
    assert set(answer.evidence) == ids != set()
    row = answer.near_misses[0]
    assert [item["id"] for item in answer.evidence_for(row)] == row["statements"]
    assert all(item["gloss"] and item["text"] is None for item in answer.evidence_for(row))


def test_parameters_may_be_text_numbers_truth_values_lists_or_none(g: vnkg.Graph, reader: GraphReader) -> None:
    for name, parameters, raw in (
        ("corroborated_edges", {"min_origins": 1}, {"min_origins": "1"}),
        ("fund_speakers", {"include_same_paragraph": True}, {"include_same_paragraph": "true"}),
        ("provinces_with_fund", {"as_of": None, "fund_status": "planned"}, {"fund_status": "planned"}),
    ):
        assert g.query(name, **parameters).rows == reader.query(name, raw)["rows"]


def test_an_entity_a_search_and_paths_are_those_of_the_reader(g: vnkg.Graph, reader: GraphReader) -> None:
    assert g.entity(HAI_PHONG) == reader.entity(HAI_PHONG)
    assert [hit["id"] for hit in g.search("quang ninh", type="Province", limit=1)] == ["province:quang-ninh"]
    paths = g.paths("organisation:qualcomm", "organisation:marvell", k=2)
    assert len(paths["paths"]) >= 1
    assert g.queries["provinces_with_fund"].startswith("Which provinces implement")


def test_statements_are_found_by_their_words_and_passages_where_the_texts_are(g: vnkg.Graph) -> None:
    found = g.search_texts("vũ thị kim chi deputy director", limit=3)
    assert found["statements"][0]["subject"] == "person:vu-thi-kim-chi"
    assert {"vu", "thi", "kim", "chi"} <= set(found["statements"][0]["matched_words"])
    assert found["passages"] is None
    with pytest.raises(vnkg.VnkgError, match="q: found"):
        g.search_texts("?!")


def test_statements_fit_every_filter(g: vnkg.Graph, reader: GraphReader) -> None:
    everything = g.statements()
    assert len(everything) == reader.release()["counts"]["statements"]
    assert [item["id"] for item in everything] == sorted(item["id"] for item in everything)
    of_entity = g.statements(entity=HAI_PHONG)
    assert [item["id"] for item in of_entity] == [item["id"] for item in reader.all_statements(HAI_PHONG)]
    for filters in (
        {"predicate": "PLANS"},
        {"status": "planned"},
        {"article": "article:002"},
        {"predicate": "PLANS", "status": "planned"},
        {"article": "article:002", "status": "planned"},
    ):
        wanted = [item for item in everything if all(item.get(key) == value for key, value in filters.items())]
        assert g.statements(**filters) == wanted != []
        also_of_entity = [item for item in of_entity if all(item.get(k) == v for k, v in filters.items())]
        assert g.statements(entity=HAI_PHONG, **filters) == also_of_entity


def test_pages_of_statements_join_without_gaps(g: vnkg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [g.statements(), g.statements(entity=HAI_PHONG), g.statements(article="article:002")]
    monkeypatch.setattr("vnkg.graph.reader.base.MAX_PAGE_SIZE", 7)
    assert [g.statements(), g.statements(entity=HAI_PHONG), g.statements(article="article:002")] == before


def test_a_picture_is_of_an_entity_of_several_of_a_query_or_of_all(g: vnkg.Graph, tmp_path: Path) -> None:
    def node_ids(picture: vnkg.Picture) -> set[str]:
        return set(re.findall(r'data-node="([^"]+)"', picture.svg()))

    near, far = node_ids(g.picture(HAI_PHONG)), node_ids(g.picture(HAI_PHONG, depth=2))
    assert {HAI_PHONG} < near < far
    assert node_ids(g.picture([HAI_PHONG, "province:quang-ninh"])) == {HAI_PHONG, "province:quang-ninh"}
    assert "fund:quang-ninh-venture-capital" in node_ids(g.picture(query="provinces_with_fund", fund_status="planned"))
    assert len(node_ids(g.picture())) > 200
    network = g.picture(HAI_PHONG).to_pyvis()
    assert {node["id"] for node in network.nodes} == near
    assert {edge["id"] for edge in network.edges} == set(
        re.findall(r'<g data-link="([^"]+)"', g.picture(HAI_PHONG).svg())
    )
    assert "province:ho-chi-minh" not in node_ids(g.picture("province:dong-nai"))
    assert "province:ho-chi-minh" in node_ids(g.picture("province:dong-nai", borders=True))
    page = g.picture(HAI_PHONG).save(tmp_path / "hai-phong.html")
    assert "<!doctype html>" in page.read_text(encoding="utf-8").lower()
    assert g.picture(HAI_PHONG).save(tmp_path / "hai-phong.svg").read_text(encoding="utf-8").startswith("<svg")
    with pytest.raises(ValueError, match=r"expected \.svg or \.html"):
        g.picture(HAI_PHONG).save(tmp_path / "hai-phong.pdf")
    assert not (tmp_path / "hai-phong.pdf").exists()


def test_networkx_has_every_entity_and_edge(g: vnkg.Graph) -> None:
    network = g.to_networkx()
    rows = g.cypher("MATCH (e:Entity) RETURN e.id AS id, e.name AS name, e.type AS type")
    assert {(key, data["name"], data["type"]) for key, data in network.nodes(data=True)} == {
        (row["id"], row["name"], row["type"]) for row in rows
    }
    keys = {key for *_, key in network.edges(keys=True)}
    assert {edge["id"] for edge in g.entity(HAI_PHONG)["edges"]} <= keys
    edge = network.edges["province:dong-nai", "policy:57-nq-tw", "province:dong-nai IMPLEMENTS policy:57-nq-tw"]
    assert (edge["predicate"], edge["status"]) == ("IMPLEMENTS", "in_progress")


def test_rows_are_shown_as_a_table_without_markup_from_data() -> None:
    rows = vnkg.Rows([{"name": "<b>&", "ids": ["a", "b"]}, {"name": None, "more": 1}])
    assert rows._repr_html_() == (
        "<table><tr><th>name</th><th>ids</th><th>more</th></tr>"
        "<tr><td>&lt;b&gt;&amp;</td><td>a, b</td><td>–</td></tr><tr><td>–</td><td>–</td><td>1</td></tr></table>"
    )
    assert vnkg.Rows()._repr_html_() == "<p>No rows.</p>"
    assert json.dumps(rows)


def test_wrong_input_is_named(g: vnkg.Graph) -> None:
    for call, error, words in (
        (lambda: g.entity("province:haiphong"), NotFound, HAI_PHONG),
        (lambda: g.query("province_with_fund"), NotFound, "provinces_with_fund"),
        (lambda: g.query("provinces_with_fund", fund_statu="planned"), BadParameter, "did you mean fund_status"),
        (lambda: g.query("provinces_with_fund", fund_status="plan"), BadParameter, "planned"),
        (lambda: g.statements(entity="province:nowhere"), NotFound, "province:nowhere"),
        (lambda: g.statements(article="article:999"), NotFound, "article:999"),
        (lambda: g.statements(predicate="PLAN"), BadParameter, "did you mean PLANS"),
        (lambda: g.statements(status="plan"), BadParameter, "did you mean planned"),
        (lambda: g.picture(HAI_PHONG, query="supporters"), BadParameter, "expected one of them"),
    ):
        with pytest.raises(error, match=words) as caught:
            call()
        assert isinstance(caught.value, vnkg.VnkgError)


def test_a_passage_comes_with_its_text(articles: str) -> None:
    with vnkg.open(cli.data_folder(), articles=articles) as opened:
        of_article, of_tables = opened.statements(article="article:002"), opened.statements(predicate="MERGED_INTO")
    assert of_article
    assert all(passage_hash(item["text"]) == item["sha256"] for item in of_article)
    assert {item["text"] for item in of_tables if "source" in item} == {None}


def test_a_text_that_has_changed_is_not_given(tmp_path: Path) -> None:
    lines = [f"{number:04}" * 500 for number in range(1, 200)]
    (tmp_path / "002_invented.txt").write_text("\n".join(lines), encoding="utf-8")
    with vnkg.open(cli.data_folder(), articles=tmp_path) as opened:
        of_article = opened.statements(article="article:002")
    assert {item["text"] for item in of_article} == {None}


def test_a_neo4j_is_opened_by_its_address(neo4j_settings: Settings) -> None:
    login = {
        "username": neo4j_settings.neo4j_username,
        "password": neo4j_settings.neo4j_password.get_secret_value(),
        "database": neo4j_settings.neo4j_database,
    }
    address = neo4j_settings.neo4j_uri
    with Engine.open(neo4j_settings) as engine:
        clear_database(engine)
        with pytest.raises(NotLoaded, match="vnkg load"):
            vnkg.open(address, **login)
        load(engine, release(), batch=10_000)
        with vnkg.open(address, **login) as opened:
            assert opened.release["release"] == release().id
            assert len(opened.statements()) == len(release().statements)
            assert {node["id"] for node in opened.cypher("MATCH (e:Entity) RETURN e.id AS id")} == set(
                opened.to_networkx()
            )
        clear_database(engine)
