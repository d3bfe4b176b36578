"""The about page with its numbers and example, and the schema page with its diagram."""

import html
import re

from fastapi.testclient import TestClient

from tests.support.database import clear_database
from tests.support.html import PageParser
from tests.support.http import client, client_of, page, settings
from tests.support.invented_graph import release
from vnkg.api.app import create_app
from vnkg.api.pages.about.page import percent
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings


def plain_text(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_numbers_are_those_of_the_release() -> None:
    text = plain_text(page("/about"))
    statements = release().statements
    assert "2 articles in 2 languages: English, Vietnamese" in text
    assert "2 independent origins" in text
    assert f"{len(statements)} statements" in text
    by_basis = {basis: sum(said.basis == basis for said in statements) for basis in schema().bases}
    told = ", ".join(f"{schema().bases[key].en} {count}" for key, count in by_basis.items())
    assert f"Statements by basis: {told}." in text
    edges = [edge for edge in release().edges if edge.basis != "reference"]
    single = sum(edge.origins == 1 for edge in edges)
    share = percent(single, len(edges))
    assert f"Of {len(edges)} relations that articles tell, {single} ({share} per cent) rest on one" in text


def test_a_share_just_below_all_is_not_rounded_to_all() -> None:
    assert [percent(*pair) for pair in ((266, 267), (9_999, 10_000), (3, 3), (0, 5), (0, 0))] == [99.6, 99.9, 100, 0, 0]


def test_the_example_is_from_this_graph_and_has_passages() -> None:
    text = page("/about")
    card = re.findall(r'<section class="card".*?</section>', text, re.DOTALL)[0]
    shown = client().get("/api/v1/entities/province:kkk").json()["data"]["edges"]
    edge = next(edge for edge in shown if edge["neighbour"]["id"] == "fund:kkk-vc")
    several = [e for e in release().edges if e.articles > 1 and e.predicate in schema().existence]
    if several:
        assert edge["articles"] == max(e.articles for e in several)
    links = [found["href"] for found in PageParser(card).find_all("a")]
    assert any(link.startswith("/articles/article:90") and "#sentence:" in link for link in links)
    assert "Its status is “" in plain_text(card)
    assert "say so:" in plain_text(card)


def test_an_empty_graph_has_no_numbers_and_no_example(embedded_engine: Engine, embedded_settings: Settings) -> None:
    graph = Graph(clear_database(embedded_engine), schema(), catalogue())
    with TestClient(create_app(embedded_settings, graph)) as asked:
        about, model = asked.get("/about"), asked.get("/schema")
    assert (about.status_code, model.status_code) == (200, 200)
    assert "An example from the data" not in about.text
    assert 'id="method"' in about.text
    assert "<svg" in model.text


def test_how_to_cite_names_the_release_and_the_public_address() -> None:
    found = client().get("/api/v1/release").json()["data"]
    cited = plain_text(re.findall(r"<blockquote.*?</blockquote>", page("/about"), re.DOTALL)[0])
    assert cited.endswith(f"Release {found['release']}, data to 18 November 2025.")
    with client_of(settings().model_copy(update={"public_url": "https://vnkg.example"})) as public:
        assert "https://vnkg.example</blockquote>" in public.get("/about").text


def test_every_section_in_the_contents_exists() -> None:
    for path in ("/about", "/schema"):
        found = PageParser(page(path))
        ids = {attributes.get("id") for _, attributes in found.elements}
        anchors = [link["href"][1:] for link in found.find_all("a") if link["href"].startswith("#")]
        assert len(anchors) > 8
        assert set(anchors) <= ids


def test_the_schema_page_has_a_diagram_and_every_type_with_its_count() -> None:
    text = page("/schema")
    assert text.count('data-node="') >= len(schema().nodes)
    for key in schema().nodes:
        count = sum(entity.type == key for entity in release().entities)
        row = re.findall(rf'<tr id="{key}">.*?</tr>', text, re.DOTALL)[0]
        assert f'href="/entities?type={key}"' in row
        assert f">{count}</a>" in row
    for key, edge in schema().edges.items():
        row = re.findall(rf'<tr id="{key}">.*?</tr>', text, re.DOTALL)[0]
        counted = str(sum(e.predicate == key for e in release().edges)) if not edge.derived else "–"
        assert f'<td class="number">{counted}</td>' in row
    for name in ("statuses", "bases", "units", "claim_types"):
        for term in getattr(schema(), name).values():
            assert f"<code>{html.escape(term.key)}</code>" in text


def test_the_schema_page_is_vietnamese_and_marks_english() -> None:
    text = page("/schema", lang="vi")
    assert "Tỉnh, thành phố" in text
    assert '<span lang="en">a state or Party body</span>' in text
    assert '<span lang="en">' not in page("/schema", lang="en")
