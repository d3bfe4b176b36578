"""The reader on every engine: results shaped like the release, and refusals of invalid input."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from tests.support.invented_graph import FIRST_ARTICLE, POLICY, SECOND_ARTICLE, Builder, facts, load_graph, release
from tests.support.worlds import numbers
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import BadParameter, DeclarationError, EngineError, MergedId, NotFound, NotLoaded, RemovedId
from vnkg.graph.model.facts import Name
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import disagreement_object, edge_object, entity_object, sentence_object, statement_object
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph
from vnkg.graph.settings import Settings


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine)


def test_the_release_is_named_with_its_counts(graph: Graph) -> None:
    found = graph.release()
    assert (found["release"], found["data_date"], found["format"]) == (release().id, "2025-11-18", 2)
    assert found["counts"]["entities"] == len(release().entities)


def test_the_counts_have_the_origins_of_articles_and_of_sentences(graph: Graph) -> None:
    assert graph.release()["counts"]["origins"] == 2
    assert numbers.release().origins == 2, "of its three articles, one is a translation of another"
    apart = replace(facts().statements[0], origin="another")
    assert merge(replace(facts(), statements=(apart, *facts().statements[1:])), schema()).origins == 3


def test_statements_are_counted_by_how_they_are_dated(graph: Graph) -> None:
    assert graph.dates() == {"own": 3, "article": len(release().statements) - 4, "none": 1}
    of_one = graph.dates("province:aaa")
    assert (of_one["own"], of_one["none"]) == (3, 1)
    assert sum(of_one.values()) == len(graph.statements("province:aaa", limit=500))
    assert graph.dates("province:zzz") == {"own": 0, "article": 0, "none": 0}


def test_indicators_of_several_provinces_of_today_are_shared(engine: Engine) -> None:
    built = Builder()
    built.article("i00", "2025-10-19", "en")
    for slug, more in {"one": {}, "two": {}, "three": {}, "old": {"abolished_on": "2025-07-01"}}.items():
        built.entity(f"province:{slug}", "Province", slug.title(), kind="province", **more)
    measured = {
        "patents": ("one", "two", "old"),
        "booths": ("one", "old"),
        "students": ("two", "two"),
        "ports": ("one", "two", "three"),
        "parks": ("one", "three"),
    }
    said = {"unit": "count", "value_status": "actual", "comparator": "="}
    for indicator, slugs in measured.items():
        for place, slug in enumerate(slugs):
            gloss = f"{indicator} of {slug}, {place}"
            period = str(2020 + place)
            built.add_statement(
                "measurement", f"province:{slug}", gloss, indicator=indicator, value=place, period=period, **said
            )
    graph = load_graph(engine, merge(built.facts(), schema()))
    most, *others = graph.shared_indicators()
    assert most == {"indicator": "ports", "provinces": 3}
    assert others == [{"indicator": name, "provinces": 2} for name in ("parks", "patents")]
    assert graph.shared_indicators(limit=1) == [most]


def test_entities_are_shaped_as_in_the_release(graph: Graph) -> None:
    expected = [entity_object(entity) for entity in release().entities]
    assert json.dumps(graph.entities(limit=1000)) == json.dumps(expected)


def test_one_entity_is_shaped_as_in_the_release_and_has_its_edges(graph: Graph) -> None:
    for entity in release().entities:
        found: dict[str, Any] = {**graph.entity(entity.id)}
        more = {key: found.pop(key) for key in ("edges", "mentions", "disagreements")}
        assert json.dumps(found) == json.dumps(entity_object(entity))
        ends = [edge for edge in release().edges if entity.id in (edge.subject, edge.object)]
        assert {edge["id"] for edge in more["edges"]} == {edge.id for edge in ends}


def test_an_edge_has_the_content_of_the_release(graph: Graph) -> None:
    edges = {edge.id: edge for edge in release().edges}
    for shown in graph.entity("person:nguoi-dau")["edges"] + graph.entity("province:aaa")["edges"]:
        wanted = edge_object(edges[shown["id"]])
        assert {key: shown[key] for key in wanted if key not in ("subject", "object")} == {
            key: value for key, value in wanted.items() if key not in ("subject", "object")
        }
        assert shown["neighbour"]["id"] == wanted["object" if shown["direction"] == "out" else "subject"]
        assert set(shown["neighbour"]) == {"id", "type", "name", "status"}


def test_an_entity_shows_where_it_is_mentioned_and_what_is_disputed(graph: Graph) -> None:
    assert graph.entity("province:aaa")["mentions"] == [{"article": FIRST_ARTICLE, "lines": [1, 2]}]
    disputed = graph.entity("fund:hhh-vc")["disagreements"]
    assert [item["id"] for item in disputed] == ["disagreement:status-hhh-hhh-vc-plans"]


def test_statements_are_shaped_as_in_the_release(graph: Graph) -> None:
    for statement in release().statements:
        found: dict[str, Any] = {**graph.statement(statement.id)}
        assert found.pop("names")[statement.subject]
        article = found.pop("published_in")
        assert json.dumps(found) == json.dumps(statement_object(statement))
        assert (article and article["id"]) == (statement.passage and statement.passage.article)


def test_a_statement_names_every_entity_it_refers_to(graph: Graph) -> None:
    claim = next(statement for statement in release().statements if statement.kind == "claim")
    found = graph.statement(claim.id)
    assert found["names"] == {
        "centre:fff": "Trung tâm Fff",
        "fund:aaa-vc": "Quỹ aaa-vc",
        "person:nguoi-dau": "Nguyễn Văn Đầu",
        "province:aaa": "Aaa",
    }
    assert found["published_in"] == {
        "id": FIRST_ARTICLE,
        "title": "Invented article i00",
        "url": "https://example.org/i00",
        "language": "en",
    }


def test_statements_of_an_entity_are_those_it_takes_part_in(graph: Graph) -> None:
    wanted = [
        statement_object(s)
        for s in release().statements
        if "person:nguoi-dau" in (s.subject, s.object, s.speaker, *s.about)
    ]
    assert json.dumps(graph.statements("person:nguoi-dau")) == json.dumps(wanted)
    assert len(graph.statements("fund:aaa-vc")) == 2


def test_many_items_are_read_at_once(graph: Graph) -> None:
    ids = ["statement:i00-002", "statement:i00-001", "statement:none", "statement:i00-001"]
    assert list(graph.statements_by_id(ids)) == ["statement:i00-001", "statement:i00-002"]
    assert graph.cards(["fund:aaa-vc", "fund:none"]) == [
        {"id": "fund:aaa-vc", "type": "Fund", "name": "Quỹ aaa-vc", "status": "existing"}
    ]
    assert graph.cards([]) == []
    assert graph.statements_by_id([]) == {}


def test_listings_continue_after_an_id(graph: Graph) -> None:
    ids = [entity.id for entity in release().entities]
    assert [e["id"] for e in graph.entities(limit=5)] == ids[:5]
    assert [e["id"] for e in graph.entities(after_id=ids[4], limit=5)] == ids[5:10]
    first = graph.statements(POLICY, limit=3)
    assert graph.statements(POLICY, after_id=first[-1]["id"], limit=1)[0]["id"] > first[-1]["id"]


def test_entities_are_filtered(graph: Graph) -> None:
    assert {e["type"] for e in graph.entities(type="Fund")} == {"Fund"}
    assert [e["id"] for e in graph.entities(type="Fund", kind="st_development")] == ["fund:ccc-st", "fund:jjj-st"]
    assert graph.entities(kind="st_development") == graph.entities(type="Fund", kind="st_development")
    assert [e["id"] for e in graph.entities(kind="venture_capital", status="considered")] == ["fund:ooo-vc"]
    assert graph.entities(type="Centre", status="disputed") == []
    assert [e["id"] for e in graph.entities(status="disputed")] == ["fund:hhh-vc", "fund:vvv-vc"]


def test_articles_have_their_ledger(graph: Graph) -> None:
    ledger = graph.article(SECOND_ARTICLE)["ledger"]
    wanted = [sentence_object(s) for s in release().sentences if s.passage.article == SECOND_ARTICLE]
    assert [entry["id"] for entry in ledger] == [sentence["id"] for sentence in wanted]
    assert ledger[0]["at"] == "1:0-39"
    assert [statement["id"] for statement in ledger[0]["statements"]] == wanted[0]["statements"]
    assert (ledger[-1]["none"], "statements" in ledger[-1]) == ("greeting", False)


def test_articles_are_listed_with_their_counts(graph: Graph) -> None:
    assert [(a["id"], a["statements"], a["sentences"]) for a in graph.articles()] == [
        (FIRST_ARTICLE, 65, 65),
        (SECOND_ARTICLE, 2, 3),
    ]


def test_the_contribution_of_an_article_is_counted(graph: Graph) -> None:
    for article, found in graph.article_numbers().items():
        said = [s for s in release().statements if s.passage and s.passage.article == article]
        ids = {statement.id for statement in said}
        kinds = [statement.kind for statement in said]
        assert found == {
            "relations": kinds.count("relation"),
            "measurements": kinds.count("measurement"),
            "claims": kinds.count("claim"),
            "sentences_with_statements": sum(
                bool(s.statements) for s in release().sentences if s.passage.article == article
            ),
            "entities": len({mention.entity for mention in release().mentions if mention.article == article}),
            "disagreements": sum(
                bool(ids & {key for reading in item.readings for key in reading.statements})
                for item in release().disagreements
            ),
        }
    assert set(graph.article_numbers()) == {FIRST_ARTICLE, SECOND_ARTICLE}


def test_mentions_are_read_passage_by_passage(graph: Graph) -> None:
    name = {"entity": "province:aaa", "type": "Province", "name": "Aaa"}
    assert graph.mentions(FIRST_ARTICLE) == [
        {**name, "line": 1, "start": 0, "end": 3},
        {**name, "line": 2, "start": 4, "end": 7},
    ]
    assert graph.mentions(SECOND_ARTICLE) == []
    with pytest.raises(NotFound):
        graph.mentions("article:zzz")


def test_edges_and_their_statements_find_each_other(graph: Graph) -> None:
    disputed = [edge for edge in release().edges if edge.status == "disputed" or edge.predicate == "PARTNERS_WITH"]
    assert len(disputed) > 1
    for edge in disputed:
        for statement in edge.statements:
            assert graph.edges_of([statement]) == [
                {
                    "subject": edge.subject,
                    "predicate": edge.predicate,
                    "object": edge.object,
                    "status": edge.status,
                    "statements": [statement],
                }
            ]
    assert len(graph.edges_of(statement.id for statement in release().statements)) == len(release().edges)
    assert graph.edges_of([]) == []


def test_a_disagreement_is_read_by_id_and_an_unknown_id_names_the_nearest(graph: Graph) -> None:
    for item in release().disagreements:
        assert graph.disagreement(item.id) == json.loads(json.dumps(disagreement_object(item)))
    with pytest.raises(NotFound, match="no disagreement 'disagreement:startup-aa'; nearest:") as caught:
        graph.disagreement("disagreement:startup-aa")
    assert caught.value.suggestions[0] == "disagreement:startups-aaa"


def test_disagreements_are_shaped_as_in_the_release(graph: Graph) -> None:
    expected = [disagreement_object(item) for item in release().disagreements]
    assert json.dumps(graph.disagreements()) == json.dumps(expected)


def test_measurements_are_statements_with_values(graph: Graph) -> None:
    assert [m["value"] for m in graph.measurements()] == [90, 120.5]
    assert graph.measurements(subject="province:bbb") == []
    assert graph.measurements(indicator="startups", limit=1)[0]["value"] == 90
    assert graph.measurements(indicator="unknown") == []


def test_a_merged_id_names_its_successor_and_a_removed_one_is_gone(graph: Graph) -> None:
    with pytest.raises(MergedId) as moved:
        graph.entity("province:old-aaa")
    assert moved.value.new_id == "province:aaa"
    with pytest.raises(RemovedId, match="province:never was removed"):
        graph.entity("province:never")


WRONG: list[Callable[[Graph], Any]] = [
    lambda graph: graph.entity("province:aab"),
    lambda graph: graph.statements("province:aab"),
    lambda graph: graph.neighbourhood("province:aab"),
    lambda graph: graph.measurements(subject="province:aab"),
    lambda graph: graph.article("province:aab"),
]


@pytest.mark.parametrize("ask", WRONG)
def test_an_unknown_id_names_the_nearest(graph: Graph, ask: Callable[[Graph], Any]) -> None:
    with pytest.raises(NotFound, match="there is no entity 'province:aab'; nearest: province:aaa"):
        ask(graph)


def test_an_unknown_id_suggests_a_name_like_its_slug(graph: Graph) -> None:
    with pytest.raises(NotFound, match="nearest: person:nguoi-dau"):
        graph.entity("person:nguyen-van-dau")


def test_other_unknown_things_are_not_found(graph: Graph) -> None:
    with pytest.raises(NotFound, match="there is no statement 'statement:x'"):
        graph.statement("statement:x")
    with pytest.raises(NotFound, match="province:aaa is no article but: Province"):
        graph.article("province:aaa")
    with pytest.raises(NotFound, match="there is no query 'provinces_with_fun'; did you mean provinces_with_fund"):
        graph.query("provinces_with_fun", {})


def test_a_huge_id_gives_a_short_message(graph: Graph) -> None:
    with pytest.raises(NotFound) as refused:
        graph.entity("province:" + "x" * 100_000)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"type": "Funds"}, "type: found 'Funds'; expected"),
        ({"type": "Fund", "kind": "venture"}, "kind: found 'venture'; expected one of co_investment"),
        ({"status": "existent"}, "did you mean existing"),
        ({"limit": 0}, "limit: found 0; expected a whole number from 1 to 1000"),
        ({"limit": 1001}, "limit: found 1001"),
    ],
)
def test_wrong_filters_are_refused(graph: Graph, filters: dict[str, Any], message: str) -> None:
    with pytest.raises(BadParameter, match=message):
        graph.entities(**filters)


def test_an_unknown_id_in_a_query_is_a_wrong_parameter(graph: Graph) -> None:
    with pytest.raises(BadParameter, match="policy: there is no entity 'policy:57-nq'; nearest: policy:57-nq-tw"):
        graph.query("provinces_with_fund", {"policy": "policy:57-nq"})
    with pytest.raises(BadParameter, match="province: province:never was removed"):
        graph.query("province_actors", {"province": "province:never"})


def test_a_merged_id_in_a_query_stands_for_its_successor(graph: Graph) -> None:
    old = graph.query("province_actors", {"province": "province:old-aaa"})
    assert old["rows"]
    assert old == graph.query("province_actors", {"province": "province:aaa"})


def test_columns_that_differ_from_the_declared_ones_are_refused(engine: Engine) -> None:
    from dataclasses import replace

    query = catalogue()["agency_heads"]
    wrong = replace(query, cypher="MATCH (a:Agency) WHERE $agency IS NULL RETURN a.id AS agency ORDER BY agency")
    load_graph(engine)
    with pytest.raises(DeclarationError, match="found columns"):
        Graph(engine, schema(), {"agency_heads": wrong}).query("agency_heads", {})


def test_many_threads_read_the_same(graph: Graph) -> None:
    def ask(_turn: int) -> str:
        found = [graph.entity("province:aaa"), graph.search("Nguyen Van Dou"), graph.query("provinces_with_fund", {})]
        return json.dumps(found)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(32)))) == 1


def test_a_graph_closes_its_engine(engine: Engine, engine_settings: Settings) -> None:
    load_graph(engine)
    with Graph(Engine.open(engine_settings), schema(), catalogue()) as graph:
        assert graph.release()["release"] == release().id
    with pytest.raises(EngineError, match="closed"):
        graph.release()
    assert engine.read("RETURN 1 AS one") == [{"one": 1}]


def test_an_empty_graph_says_so(empty_engine: Engine) -> None:
    graph = Graph(empty_engine, schema(), catalogue())
    with pytest.raises(NotLoaded, match="the graph is empty"):
        graph.release()
    with pytest.raises(NotLoaded, match="the graph is empty"):
        graph.entity("province:aaa")
    with pytest.raises(NotLoaded, match="the graph is empty"):
        graph.query("provinces_with_fund", {})


def test_a_load_in_progress_is_not_a_release(engine: Engine) -> None:
    graph = load_graph(engine)
    engine.write(lambda write: write.execute("MATCH (m:Release {id: 'current'}) SET m.state = 'loading'"))
    for ask in (graph.release, lambda: graph.entity("province:aaa")):
        with pytest.raises(NotLoaded, match="under way"):
            ask()
    load_graph(engine)
    assert graph.release()["release"] == release().id


def test_entities_without_their_own_vietnamese_name_are_listed_with_the_other_one(engine: Engine) -> None:
    facts = Builder()
    facts.article("i00", "2025-10-19", "de")
    both, other = Name("Halong Club", "vi"), Name("Halong Club", "en")
    facts.entity("organisation:both", "Organisation", "Halong Club", both, other, kind="club")
    told = (Name("Innovation", "en"), Name("Đổi mới", "vi", "alias"), Name("Đổi mới sáng tạo", "vi", "translation"))
    facts.entity("sector:innovation", "Sector", "Innovation", *told)
    assert load_graph(engine, merge(facts.facts(), schema())).foreign_names() == {
        "article:i00": {"language": "de", "vietnamese": None},
        "sector:innovation": {"language": "en", "vietnamese": "Đổi mới sáng tạo"},
    }
