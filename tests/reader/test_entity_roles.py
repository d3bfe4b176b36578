"""One small world in which entities have several roles, lines, dates and edges at once; every answer exact."""

import dataclasses
import json
from typing import Any

import pytest

from tests.support.invented_graph import Builder, load_graph
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import NotFound
from vnkg.graph.model.facts import Disagreement, Facts, Mention, Name, Passage, Reading, Sentence, passage_hash
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release, disagreement_object, entity_object
from vnkg.graph.model.schema import schema
from vnkg.graph.reader import base
from vnkg.graph.reader.reader import Graph

FIRST_ARTICLE, SECOND_ARTICLE = "article:i00", "article:i01"
FIRST_PROVINCE, SECOND_PROVINCE, CHAIR, CLUB, FUND = (
    "province:one",
    "province:two",
    "person:chair",
    "organisation:club",
    "fund:pot",
)
ROLES = (FIRST_PROVINCE, SECOND_PROVINCE, CHAIR, CLUB, FUND)


def _silent_sentence(line: int, start: int) -> Sentence:
    passage = Passage(FIRST_ARTICLE, line, start, start + 5, passage_hash("Quiet"))
    return Sentence(f"sentence:i00-{line}-{start}", passage, no_statement_reason="caption")


def _facts() -> Facts:
    built = Builder()
    built.article("i00", "2025-10-19")
    built.article("i01", "2025-11-18", "vi")
    for slug in ("one", "two"):
        built.entity(f"province:{slug}", "Province", slug.title(), kind="province")
    built.entity(CHAIR, "Person", "Chair", diacritics="none")
    built.entity(CLUB, "Organisation", "Club", Name("Club", "vi", "alias"), Name("Club", "en"), kind="club")
    built.fund("pot")
    # Relations: an edge into the club whose id comes after one that leaves it, and one that both articles state.
    built.relate(FIRST_PROVINCE, "PARTNERS_WITH", CLUB, "existing")
    built.relate(CLUB, "SUPPORTS", FIRST_PROVINCE, "planned")
    built.relate(SECOND_PROVINCE, "SUPPORTS", CLUB, "existing")
    built.relate(CLUB, "PARTNERS_WITH", FIRST_PROVINCE, "existing", article=SECOND_ARTICLE)
    built.relate(SECOND_PROVINCE, "PLANS", FUND, "planned", as_of=None)
    # Claims: a person speaks of himself, of another, and of a topic that is also the subject.
    goal = {"claim_type": "goal"}
    built.add_statement("claim", CHAIR, "He will go on", speaker=CHAIR, **goal)
    built.add_statement(
        "claim",
        FIRST_PROVINCE,
        "One will grow",
        speaker=CHAIR,
        about=(FIRST_PROVINCE, FUND),
        article=SECOND_ARTICLE,
        **goal,
    )
    built.add_statement("claim", SECOND_PROVINCE, "Two will grow", about=(CLUB,), as_of="2024", **goal)
    built.statements[-1] = dataclasses.replace(built.statements[-1], as_of_from="sentence")
    # Measurements: one with a period of its own.
    number = {"indicator": "patents", "unit": "count", "comparator": "=", "value_status": "actual"}
    first = built.add_statement("measurement", FIRST_PROVINCE, "Ten patents", value=10, period="2024", **number)
    second = built.add_statement(
        "measurement", FIRST_PROVINCE, "Nine patents", value=9, article=SECOND_ARTICLE, **number
    )
    built.add_reference(FIRST_PROVINCE, "BORDERS", SECOND_PROVINCE)
    last_line = built.lines[FIRST_ARTICLE]
    silent = tuple(_silent_sentence(last_line + 1, start) for start in (10, 9, 100))
    readings = (Reading((first,), "10"), Reading((second,), "9"))
    disagreements = (
        Disagreement("disagreement:b", "definition", (FIRST_PROVINCE,), readings, "Which patents."),
        Disagreement("disagreement:a", "value", (FIRST_PROVINCE, CLUB), readings, "How many.", 0, "older"),
    )
    mentions = (
        Mention(SECOND_ARTICLE, CLUB, 1, 0, 4), Mention(FIRST_ARTICLE, CLUB, 7, 0, 4), Mention(FIRST_ARTICLE, CLUB, 7, 20, 24),
        Mention(FIRST_ARTICLE, CLUB, 2, 30, 34), Mention(FIRST_ARTICLE, FIRST_PROVINCE, 7, 10, 13), Mention(FIRST_ARTICLE, SECOND_PROVINCE, 7, 10, 20),
    )  # fmt: skip
    sentences = (*_sentences(built), *silent)
    return dataclasses.replace(built.facts(*disagreements), mentions=mentions, sentences=sentences)


def _sentences(builder: Builder) -> list[Sentence]:
    """The sentences of the statements; one sentence has the first two claims of its article, the later one first."""
    claims = [s for s in builder.statements if s.kind == "claim" and s.passage and s.passage.article == FIRST_ARTICLE]
    sentences = {sentence.id: sentence for sentence in builder.sentences}
    shared = sentences.pop(str(claims[0].sentence))
    sentences[shared.id] = dataclasses.replace(shared, statements=(claims[1].id, claims[0].id))
    del sentences[str(claims[1].sentence)]
    builder.statements[builder.statements.index(claims[1])] = dataclasses.replace(claims[1], sentence=shared.id)
    return list(sentences.values())


@pytest.fixture(scope="module")
def release() -> Release:
    return merge(_facts(), schema())


@pytest.fixture
def graph(engine: Engine, release: Release) -> Graph:
    return load_graph(engine, release)


def _ids_of(release: Release, entity: str) -> list[str]:
    return [s.id for s in release.statements if entity in (s.subject, s.object, s.speaker, *s.about)]


def test_the_statements_of_an_entity_are_those_of_all_its_roles_each_once(graph: Graph, release: Release) -> None:
    for entity in ROLES:
        wanted = _ids_of(release, entity)
        assert [item["id"] for item in graph.statements(entity)] == wanted
        assert [item["id"] for item in graph.statements(entity, limit=2)] == wanted[:2]
        assert [item["id"] for item in graph.statements(entity, after_id=wanted[0], limit=1)] == wanted[1:2]
        assert graph.statements(entity, after_id=wanted[-1]) == []
    with pytest.raises(NotFound):
        graph.statements("province:none", after_id="statement:i00-001")


def test_all_statements_are_read_page_by_page_up_to_the_limit(
    graph: Graph, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = _ids_of(release, FIRST_PROVINCE)
    for page_size in (1, 2, 3, len(wanted)):
        monkeypatch.setattr(base, "MAX_PAGE_SIZE", page_size)
        for limit in (None, 1, 2, 3, len(wanted), 99):
            assert [item["id"] for item in graph.all_statements(FIRST_PROVINCE, limit)] == wanted[:limit]
        assert [item["id"] for item in graph.find_statements(article=FIRST_ARTICLE)] == [
            s.id for s in release.statements if s.passage and s.passage.article == FIRST_ARTICLE
        ]
        assert [article["id"] for article in graph.articles()] == [FIRST_ARTICLE, SECOND_ARTICLE]


def test_an_entity_counts_its_statements_articles_relations_and_disagreements_once(graph: Graph) -> None:
    numbers = {entity: graph.entity_numbers(entity) for entity in ROLES}
    keys = ("relations", "statements", "articles", "disagreements")
    assert {entity: tuple(found[key] for key in keys) for entity, found in numbers.items()} == {
        FIRST_PROVINCE: (3, 7, 2, 2),
        SECOND_PROVINCE: (3, 4, 1, 0),
        CHAIR: (0, 2, 2, 0),
        CLUB: (3, 5, 2, 1),
        FUND: (1, 2, 2, 0),
    }
    assert {key: numbers[FUND][key] for key in ("id", "type", "kind", "name", "status")} == {
        "id": FUND, "type": "Fund", "kind": "venture_capital", "name": "Quỹ pot", "status": "planned",
    }  # fmt: skip


def test_the_dates_of_an_entity_count_each_statement_once(graph: Graph) -> None:
    assert {entity: tuple(graph.dates(entity).values()) for entity in ROLES} == {
        FIRST_PROVINCE: (1, 5, 1),
        SECOND_PROVINCE: (1, 1, 2),
        CHAIR: (0, 2, 0),
        CLUB: (1, 4, 0),
        FUND: (0, 1, 1),
    }
    assert graph.dates() == {"own": 2, "article": 7, "none": 2}


def test_an_entity_has_its_edges_mentions_and_disagreements_in_order(graph: Graph) -> None:
    club = graph.entity(CLUB)
    assert [(edge["direction"], edge["id"], edge["neighbour"]["id"]) for edge in club["edges"]] == [
        ("out", f"{CLUB} PARTNERS_WITH {FIRST_PROVINCE}", FIRST_PROVINCE),
        ("in", f"{SECOND_PROVINCE} SUPPORTS {CLUB}", SECOND_PROVINCE),
        ("out", f"{CLUB} SUPPORTS {FIRST_PROVINCE}", FIRST_PROVINCE),
    ]
    assert club["mentions"] == [{"article": FIRST_ARTICLE, "lines": [2, 7]}, {"article": SECOND_ARTICLE, "lines": [1]}]
    assert [item["id"] for item in graph.entity(FIRST_PROVINCE)["disagreements"]] == [
        "disagreement:a",
        "disagreement:b",
    ]
    assert [item["id"] for item in graph.disagreements_on(graph.all_statements(FIRST_PROVINCE)[i]["id"] for i in range(7))] == [
        "disagreement:a", "disagreement:b",
    ]  # fmt: skip


def test_measurements_continue_after_an_id_and_need_a_subject_that_exists(graph: Graph) -> None:
    first, second = graph.measurements(subject=FIRST_PROVINCE, indicator="patents")
    assert (first["value"], second["value"]) == (10, 9)
    assert graph.measurements(subject=FIRST_PROVINCE, limit=1) == [first]
    assert graph.measurements(subject=FIRST_PROVINCE, after_id=first["id"]) == [second]
    assert (
        graph.measurements(subject=FIRST_PROVINCE, after_id=second["id"])
        == graph.measurements(subject=SECOND_PROVINCE)
        == []
    )
    with pytest.raises(NotFound):
        graph.measurements(subject="province:none", indicator="patents")


def test_an_edge_found_by_several_statements_names_those(graph: Graph, release: Release) -> None:
    (edge,) = [edge for edge in release.edges if edge.id == f"{CLUB} PARTNERS_WITH {FIRST_PROVINCE}"]
    assert len(edge.statements) == 2
    (found,) = graph.edges_of([*edge.statements, "statement:none"])
    assert (found["subject"], found["object"], found["statements"]) == (CLUB, FIRST_PROVINCE, list(edge.statements))
    assert graph.statement_context(edge.statements[0])["edges"][0]["subject"] == {"id": CLUB, "name": "Club"}


def test_a_ledger_is_in_the_order_of_the_text(graph: Graph, release: Release) -> None:
    ledger = graph.article(FIRST_ARTICLE)["ledger"]
    lines = max(item["line"] for item in ledger)
    assert [entry["at"] for entry in ledger][-4:] == [
        f"{lines - 1}:0-11", f"{lines}:9-14", f"{lines}:10-15", f"{lines}:100-105",
    ]  # fmt: skip
    last = next(entry for entry in reversed(ledger) if "statements" in entry)
    context = graph.statement_context(last["statements"][0]["id"])["ledger"]
    assert [entry["start"] for entry in context] == [0, 0, 9]


def test_a_sentence_of_the_ledger_has_its_statements_in_their_order(graph: Graph) -> None:
    (both,) = [
        entry["statements"] for entry in graph.article(FIRST_ARTICLE)["ledger"] if len(entry.get("statements", ())) > 1
    ]
    assert [item["gloss"] for item in both] == ["Two will grow", "He will go on"]


def test_everything_is_read_as_the_release_has_it(graph: Graph, release: Release) -> None:
    assert graph.entities() == json.loads(json.dumps([entity_object(entity) for entity in release.entities]))
    disagreements = json.loads(json.dumps([disagreement_object(item) for item in release.disagreements]))
    assert graph.disagreements() == disagreements
    assert [item.get("preferred") for item in disagreements] == [0, None]
    assert graph.disagreement("disagreement:a") == disagreements[0]


def test_mentions_are_in_the_order_of_the_text(graph: Graph) -> None:
    assert [(item["line"], item["start"], item["end"], item["entity"]) for item in graph.mentions(FIRST_ARTICLE)] == [
        (2, 30, 34, CLUB), (7, 0, 4, CLUB), (7, 10, 13, FIRST_PROVINCE), (7, 10, 20, SECOND_PROVINCE), (7, 20, 24, CLUB),
    ]  # fmt: skip


def test_an_article_counts_only_what_it_says(graph: Graph) -> None:
    assert graph.article_numbers() == {
        FIRST_ARTICLE: {"relations": 4, "measurements": 1, "claims": 2, "sentences_with_statements": 6, "entities": 3, "disagreements": 2},
        SECOND_ARTICLE: {"relations": 1, "measurements": 1, "claims": 1, "sentences_with_statements": 3, "entities": 1, "disagreements": 2},
    }  # fmt: skip


def worked_example_of(engine: Engine, *edges: tuple[str, str, str, Any]) -> str | None:
    """Return the id of the worked example among edges given as (subject slug, predicate, status, more)."""
    built = Builder()
    for number in ("i00", "i01", "i02"):
        built.article(number, "2025-10-19")
    built.entity(CLUB, "Organisation", "Club", kind="club")
    for slug, predicate, status, more in edges:
        province, fund = f"province:{slug}", built.fund(slug)
        built.entity(province, "Province", slug.title(), kind="province")
        target = CLUB if predicate == "PARTNERS_WITH" else fund
        for article in more.pop("articles", (FIRST_ARTICLE,)):
            built.relate(province, predicate, target, status, article=article, as_of="2025", **more)
        if more.pop("reference", False):
            built.add_reference(province, predicate, target)
    example = load_graph(engine, merge(built.facts(), schema())).worked_example()
    return example and f"{example['subject']['id']} {example['predicate']} {example['status']}"


def test_the_worked_example_is_in_several_articles_planned_and_stated(engine: Engine) -> None:
    both = (FIRST_ARTICLE, SECOND_ARTICLE)
    assert (
        worked_example_of(
            engine,
            ("a", "HAS", "existing", {"articles": both}),
            ("b", "PLANS", "planned", {"articles": both, "basis": "inferred"}),
            ("c", "PLANS", "planned", {}),
            ("d", "PARTNERS_WITH", "planned", {"articles": (*both, "article:i02")}),
            ("e", "PLANS", "planned", {"articles": both}),
            ("f", "PLANS", "planned", {"articles": both}),
        )
        == "province:e PLANS planned"
    )


def test_a_reference_table_gives_no_worked_example(engine: Engine) -> None:
    assert worked_example_of(engine, ("a", "HAS", "existing", {"articles": (), "reference": True})) is None


def test_the_name_shown_for_a_foreign_one_is_a_name_before_a_translation_and_never_an_alias(engine: Engine) -> None:
    built = Builder()
    built.article("i00", "2025-10-19", "sv")
    built.article("i01", "2025-10-19", "de")
    shared = [Name("Meeting", language) for language in ("de", "en", "fr")]
    vietnamese = [
        Name("Anh", "vi", "translation"),
        Name("Cuộc họp", "vi"),
        Name("Bàn họp", "vi"),
        Name("A", "vi", "alias"),
    ]
    built.entity("event:meeting", "Event", "Meeting", *shared, *vietnamese)
    built.entity(
        "event:alias",
        "Event",
        "Lunch",
        Name("Lunch", "fr"),
        Name("Lunch", "de"),
        Name("Midday", "en"),
        Name("Bữa", "vi", "alias"),
    )
    built.entity("event:short", "Event", "Hop", Name("Hop", "vi", "alias"))
    built.entity("event:own", "Event", "Hội", Name("Hội", "vi"), Name("Gathering", "en"))
    found = load_graph(engine, merge(built.facts(), schema())).foreign_names()
    assert found == {
        "article:i00": {"language": "sv", "vietnamese": None},
        "article:i01": {"language": "de", "vietnamese": None},
        "event:alias": {"language": "de", "vietnamese": None},
        "event:meeting": {"language": "en", "vietnamese": "Bàn họp"},
    }
