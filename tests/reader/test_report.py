"""The data report: its numbers recounted from the release on every engine; its page and its command."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.support import cli, http
from tests.support.cli import run_command
from tests.support.html import PageParser
from tests.support.invented_graph import FIRST_ARTICLE, SECOND_ARTICLE, Builder, load_graph
from tests.support.invented_graph import release as invented_release
from vnkg.api.i18n.words import Words
from vnkg.api.pages._base.charts import ChartRow, chart
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.facts import STATEMENT_KINDS, Disagreement, Facts, Mention, Name, Reading
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Entity, Release
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.report import MAX_HUBS

EDGES = [key for key, edge in schema().edges.items() if not edge.derived]


@cache
def dated_release() -> Release:
    """Policies with dates of varying precision, edges of several origins, an open disagreement, more hubs than fit."""
    built = Builder()
    built.article("i00", "2025-10-19", "sv")
    built.article("i01", "2025-11-18", "de")
    for slug, day in (("one", "2025"), ("two", "2025-06-01"), ("three", "2024-12-31"), ("four", None)):
        more = {"issued_on": day} if day else {}
        built.entity(f"policy:{slug}", "Policy", slug.title(), Name(slug.title(), "en"), kind="plan", **more)
    built.entity("policy:two-too", "Policy", "Two too", kind="plan", issued_on="2025-06-01")
    for number in range(MAX_HUBS + 2):
        built.entity(f"province:p{number:02}", "Province", f"P {number:02}", kind="province", code=str(number))
        built.add_implementation(f"province:p{number:02}", policy="policy:one")
    built.add_implementation("province:p00", policy="policy:one", article=SECOND_ARTICLE)
    built.add_implementation("province:p01", policy="policy:two", as_of="2026-01")
    built.add_implementation("province:p01", policy="policy:three", basis="context", as_of=None)
    built.entity("person:alone", "Person", "Alone", Name("Alone", "en"))
    built.entity("model:ours", "Model", "Ours", Name("Ours", "en"), Name("Của ta", "vi", "translation"))
    one = built.add_statement("claim", "person:alone", "Alone hopes", claim_type="opinion", status="unclear")
    two = built.add_statement(
        "claim", "person:alone", "Alone does not hope", claim_type="opinion", article=SECOND_ARTICLE
    )
    readings = (Reading((one,), "hopes"), Reading((two,), "does not"))
    facts = built.facts(Disagreement("disagreement:alone", "definition", ("person:alone",), readings, "Hope."))
    mentions = [Mention(FIRST_ARTICLE, "province:p00", 1, n, n + 1) for n in range(3)]
    mentions += [Mention(FIRST_ARTICLE, "person:alone", 2, 0, 1), Mention(SECOND_ARTICLE, "person:alone", 1, 0, 1)]
    return merge(
        Facts(facts.entities, facts.statements, tuple(mentions), facts.sentences, facts.disagreements, ()), schema()
    )


@cache
def bare_release() -> Release:
    """One entity without statements."""
    built = Builder()
    built.entity("sector:only", "Sector", "Only")
    return merge(built.facts(), schema())


@cache
def table_release() -> Release:
    """Entities with edges from a reference table alone, a topic and a speaker without edges, and one without names."""
    built = Builder()
    built.article("i00", "2025-10-19")
    for slug in ("one", "two"):
        built.entity(f"province:{slug}", "Province", slug.title(), kind="province")
    built.add_reference("province:one", "BORDERS", "province:two")
    built.entity("sector:topic", "Sector", "Topic")
    built.entity("sector:bare", "Sector", "Bare")
    built.entities["sector:bare"] = replace(built.entities["sector:bare"], names=())
    speaker = built.entity("person:speaker", "Person", "Speaker", diacritics="none")
    for gloss in ("One hopes", "One hopes again"):
        built.add_statement("claim", "province:one", gloss, claim_type="goal", about=("sector:topic",))
    built.add_statement("claim", "province:one", "One hopes aloud", claim_type="goal", speaker=speaker)
    return merge(built.facts(), schema())


RELEASES = {"table": table_release, "invented": invented_release, "dated": dated_release, "bare": bare_release}


def count_words(vocabulary: Iterable[str], words: Iterable[str | None]) -> dict[str, int]:
    """Count words in the order of the vocabulary; missing ones are 0."""
    counts = Counter(word for word in words if word is not None)
    made = {word: counts[word] for word in vocabulary}
    assert sum(made.values()) == counts.total()
    return made


def card(entity: Entity) -> dict[str, Any]:
    return {"id": entity.id, "type": entity.type, "name": entity.name}


def expected_report(release: Release) -> dict[str, Any]:
    """Recount everything in a report."""
    told = release.statements
    articles = [entity for entity in release.entities if entity.type == "Article"]
    language = {article.id: str(article.attributes["language"]) for article in articles}
    at = {said.id: said.passage.article if said.passage else None for said in told}

    def of_edges(predicate: str) -> dict[str, int]:
        edges = [edge for edge in release.edges if edge.predicate == predicate]
        return {
            "edges": len(edges),
            "single_origin": sum(edge.origins == 1 for edge in edges),
            "several_origins": sum(edge.origins > 1 for edge in edges),
            "reference": sum(edge.origins == 0 for edge in edges),
        }

    by_type = {predicate: of_edges(predicate) for predicate in EDGES}
    by_kind = {
        kind: {
            "unresolved": sum(d.kind == kind and d.preferred is None for d in release.disagreements),
            "resolved": sum(d.kind == kind and d.preferred is not None for d in release.disagreements),
        }
        for kind in schema().disagreement_kinds
    }
    ends = Counter(end for edge in release.edges if edge.origins for end in (edge.subject, edge.object))
    reference = Counter(end for edge in release.edges if not edge.origins for end in (edge.subject, edge.object))
    hubs = sorted((entity for entity in release.entities if ends[entity.id]), key=lambda e: (-ends[e.id], e.id))[
        :MAX_HUBS
    ]
    tied = set(ends) | set(reference)
    speak = {
        entity.id: sum(entity.id in (said.subject, said.object, said.speaker, *said.about) for said in told)
        for entity in release.entities
    }
    policies = [entity for entity in release.entities if entity.attributes.get("issued_on")]
    last = sorted(policies, key=lambda p: p.id)
    last.sort(key=lambda p: str(p.attributes["issued_on"]), reverse=True)
    total = {name: sum(counts[name] for counts in by_type.values()) for name in of_edges("")}
    return {
        "release": release.id,
        "data_date": release.data_date,
        "statements": {
            "total": len(told),
            "by_kind": count_words(("relation", "measurement", "claim"), (said.kind for said in told)),
            "by_predicate": count_words(EDGES, (said.predicate for said in told)),
            "by_status": count_words(schema().statuses, (said.status for said in told)),
            "without_status": sum(said.status is None for said in told),
            "by_basis": count_words(schema().bases, (said.basis for said in told)),
            "by_language": count_words(
                sorted(set(language.values())), (language[home] for said in told if (home := at[said.id]))
            ),
        },
        "edges": {
            "total": len(release.edges),
            **{key: value for key, value in total.items() if key != "edges"},
            "by_type": by_type,
            "by_status": {
                predicate: count_words(
                    schema().statuses,
                    (edge.status or "unclear" for edge in release.edges if edge.predicate == predicate),
                )
                for predicate in EDGES
            },
        },
        "disagreements": {
            "total": len(release.disagreements),
            **{name: sum(counts[name] for counts in by_kind.values()) for name in ("unresolved", "resolved")},
            "by_kind": by_kind,
        },
        "entities": {
            "total": len(release.entities),
            "by_type": count_words(schema().nodes, (entity.type for entity in release.entities)),
            "hubs": [card(hub) | {"edges": ends[hub.id], "reference": reference[hub.id]} for hub in hubs],
            "without_vietnamese_name": [
                card(entity) for entity in release.entities if not any(name.language == "vi" for name in entity.names)
            ],
            "only_translated": [
                card(entity)
                for entity in release.entities
                if {name.kind == "translation" for name in entity.names if name.language == "vi"} == {True}
            ],
            "orphans": [
                card(entity) | {"statements": speak[entity.id]} for entity in release.entities if entity.id not in tied
            ],
        },
        "articles": [
            {
                "id": article.id,
                "name": article.name,
                "language": language[article.id],
                "published": article.attributes["published"],
                "sentences": sum(sentence.passage.article == article.id for sentence in release.sentences),
                "mentions": sum(mention.article == article.id for mention in release.mentions),
                "statements": sum(at[said.id] == article.id for said in told),
                "entities_mentioned": len({m.entity for m in release.mentions if m.article == article.id}),
                "latest_as_of": max(
                    (said.as_of for said in told if at[said.id] == article.id and said.as_of), default=None
                ),
                "by_kind": count_words(STATEMENT_KINDS, (s.kind for s in told if at[s.id] == article.id)),
                "by_basis": count_words(schema().bases, (s.basis for s in told if at[s.id] == article.id)),
                "by_status": count_words(schema().statuses, (s.status for s in told if at[s.id] == article.id)),
            }
            for article in articles
        ],
        "latest": {
            "as_of": max((said.as_of for said in told if said.as_of), default=None),
            "policy": None
            if not last
            else {"id": last[0].id, "name": last[0].name, "issued_on": last[0].attributes["issued_on"]},
        },
    }


@pytest.mark.parametrize("name", RELEASES)
def test_every_number_of_the_report_matches_the_release(engine: Engine, name: str) -> None:
    release = RELEASES[name]()
    graph = load_graph(engine, release)
    assert json.dumps(graph.report()) == json.dumps(expected_report(release))
    assert json.dumps(graph.report()) == json.dumps(graph.report())


def test_the_invented_graphs_cover_what_a_report_distinguishes() -> None:
    found = expected_report(dated_release())
    assert found["edges"]["several_origins"] == 1
    assert found["latest"] == {
        "as_of": "2026-01",
        "policy": {"id": "policy:two", "name": "Two", "issued_on": "2025-06-01"},
    }
    assert found["disagreements"]["unresolved"] == 1
    assert [item["id"] for item in found["entities"]["only_translated"]] == ["model:ours"]
    assert {"id": "person:alone", "type": "Person", "name": "Alone", "statements": 2} in found["entities"]["orphans"]
    assert len(found["entities"]["hubs"]) == MAX_HUBS
    assert found["articles"][0]["mentions"] == 4
    other = expected_report(invented_release())
    assert other["edges"]["reference"] == 1
    assert other["disagreements"]["resolved"] == 1
    assert any(hub["reference"] for hub in other["entities"]["hubs"])


def test_the_api_returns_the_report_and_caches_it() -> None:
    first, second = (http.client().get("/api/v1/report") for _ in range(2))
    assert first.json()["data"] == http.graph().report()
    assert first.content == second.content
    etag = first.headers["etag"]
    assert http.client().get("/api/v1/report", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_has_each_number_as_text_next_to_its_bar(language: str) -> None:
    found = http.graph().report()
    text = http.page("/report", lang=language)
    assert Words(language)("nav_report") in text
    rows = dict(
        re.findall(r'<th scope="row" dir="auto">(?:<a [^>]*>)?([^<]*)(?:</a>)?</th><td class="number">(\d+)<', text)
    )
    label = "vi" if language == "vi" else "en"
    for key, count in found["statements"]["by_basis"].items():
        if count:
            assert rows[getattr(schema().bases[key], label)] == str(count)
    for key, count in found["entities"]["by_type"].items():
        if count:
            assert rows[getattr(schema().nodes[key], label)] == str(count)
            assert f'fill="{schema().nodes[key].color}"' in text
    page = PageParser(text)
    bars = [attributes for attributes in page.find_all("svg") if attributes["class"].startswith("bar")]
    assert all(bar["role"] == "img" for bar in bars)
    assert len(page.words["title"]) == 1 + len(bars)
    assert {"province:qqq", "article:900"} <= set(re.findall(r'href="/entities/([^"?]+)', text))


def test_the_page_is_linked_from_every_page_and_links_to_the_data() -> None:
    for path in ("/", "/about", "/schema", "/report"):
        assert 'href="/report"' in http.page(path)
    assert 'href="/api/v1/report"' in http.page("/report")


def test_the_command_prints_the_answer_of_the_api() -> None:
    graph, data = cli.graph(), cli.data_folder()
    found = graph.report()
    assert run_command(data, "report", "--json").data == found
    told = run_command(data, "report")
    assert (told.code, told.stderr) == (0, "")
    assert found["release"] in told.stdout
    for item in (*found["entities"]["hubs"], *found["articles"]):
        assert item["id"] in told.stdout
    for item in (*found["entities"]["orphans"], *found["entities"]["without_vietnamese_name"]):
        assert item["name"] in told.stdout
    for word, count in (("stated", "by_basis"), ("relation", "by_kind"), ("existing", "by_status")):
        assert re.search(rf"^  {word} +{found['statements'][count][word]:,}$", told.stdout, re.MULTILINE)


def test_a_bar_is_as_long_as_its_share_of_the_longest_and_titled_with_its_share_of_all() -> None:
    rows = [
        ChartRow("a <b>", (30, 10)),
        ChartRow("c", (0, 40)),
        ChartRow("d", (20, 0), "#123456"),
        ChartRow("none", (0, 0)),
    ]
    first, second, third, fourth = (bar.svg for bar in chart(rows, "{label}: {share} %", ("one", "two")))
    assert re.findall(r'width="([\d.]+)"', first) == ["75.00", "25.00"]
    assert "<title>a &lt;b&gt;: 40 %</title>" in first
    assert re.findall(r'class="bar-(\w+)" x="([\d.]+)"', second) == [("two", "0.00")]
    assert 'fill="#123456" x="0.00" width="50.00"' in third
    assert "<rect" not in fourth
    assert chart([], "{label}") == []
