"""The objects of the release files, and what a release says of itself."""

import hashlib
import json
from dataclasses import replace

import pytest

from vnkg.graph.model.facts import Disagreement, Mention, Name, Passage, Reading, Sentence, SourceLocation, Statement
from vnkg.graph.model.objects import passage_of
from vnkg.graph.model.release import (
    Edge,
    Entity,
    Release,
    disagreement_object,
    edge_object,
    entity_object,
    sentence_object,
    statement_object,
)

PASSAGE = Passage("article:900", 3, 0, 7, "0" * 64)
PASSAGE_FIELDS = {"article": "article:900", "line": 3, "start": 0, "end": 7, "sha256": "0" * 64}
ARTICLE = Entity("article:900", "Article", ("Entity", "Article"), "One", ())
EMPTY = Release((), (), (), (), (), (), ())


def test_an_entity_has_its_status_and_sorted_properties_and_no_empty_fields() -> None:
    names = (Name("Quỹ B", "vi"), Name("B", "en", "alias", "article:900"))
    attributes = {"sites": ("b", "a"), "is_open": False, "capital": 0}
    entity = Entity("fund:b", "Fund", ("Entity", "Fund"), "Quỹ B", names, "planned", attributes)
    assert json.dumps(entity_object(entity), ensure_ascii=False) == (
        '{"id": "fund:b", "type": "Fund", "labels": ["Entity", "Fund"], "name": "Quỹ B", "names": '
        '[{"text": "Quỹ B", "language": "vi", "kind": "name"}, '
        '{"text": "B", "language": "en", "kind": "alias", "article": "article:900"}], '
        '"status": "planned", "capital": 0, "is_open": false, "sites": ["b", "a"]}'
    )
    assert "status" not in entity_object(replace(entity, status=None))


def test_a_statement_keeps_zero_and_false_and_loses_what_is_empty() -> None:
    statement = Statement(
        "statement:900-1", "measurement", "fund:b", "stated", "Nothing yet.", indicator="capital", value=0, unit="VND",
        about=("fund:d", "fund:c"), qualifiers={"open": False, "date": "2025"}, passage=PASSAGE,
        sentence="sentence:900-3-0", origin="x", source_location=SourceLocation("900.yaml", 4),
    )  # fmt: skip
    found = statement_object(statement)
    assert found == {
        "id": "statement:900-1", "kind": "measurement", "subject": "fund:b", "basis": "stated", "indicator": "capital",
        "value": 0, "unit": "VND", "sentence": "sentence:900-3-0", "origin": "x", "about": ["fund:d", "fund:c"],
        "qualifiers": {"date": "2025", "open": False}, **PASSAGE_FIELDS, "gloss": "Nothing yet.",
    }  # fmt: skip
    assert list(found["qualifiers"]) == ["date", "open"]
    assert list(found)[-1] == "gloss"
    assert passage_of(found) == PASSAGE


def test_a_reference_statement_has_no_passage() -> None:
    statement = Statement("statement:ref-1", "relation", "fund:b", "reference", "", source="a table")
    found = statement_object(statement)
    assert found == {
        "id": "statement:ref-1", "kind": "relation", "subject": "fund:b", "basis": "reference", "source": "a table",
        "gloss": "",
    }  # fmt: skip
    assert passage_of(found) is None


def test_an_edge_says_also_that_it_has_no_status_and_no_date() -> None:
    edge = Edge("fund:b", "FUNDS", "fund:c", None, "stated", None, ("s:1",), 0, 0, {"head": False, "date": "2025"})
    assert edge.id == "fund:b FUNDS fund:c"
    assert json.dumps(edge_object(edge)) == (
        '{"subject": "fund:b", "predicate": "FUNDS", "object": "fund:c", "status": null, "basis": "stated", '
        '"as_of": null, "statements": ["s:1"], "articles": 0, "origins": 0, "holds": false, "date": "2025", "head": false}'
    )


def test_an_edge_and_a_statement_have_what_else_is_known_of_them() -> None:
    edge = Edge(
        "fund:b", "PLANS", "fund:c", "planned", "stated", "2025", ("s:1",), 1, 1, {"due": "no"}, "../2030", ("fund:d",),
        ("disagreement:x",), True,
    )  # fmt: skip
    found = edge_object(replace(edge, qualifiers={}))
    assert {key: found[key] for key in ("holds", "due", "alternative", "disagreements")} == {
        "holds": True, "due": "../2030", "alternative": ["fund:d"], "disagreements": ["disagreement:x"],
    }  # fmt: skip
    statement = Statement(
        "s:1", "measurement", "fund:b", "stated", "Soon.", "Sắp.", due="2026/2030", alternative=("fund:d",),
        scope="before", speaker="fund:e", speaker_basis="inferred",
    )  # fmt: skip
    assert statement_object(statement) == {
        "id": "s:1", "kind": "measurement", "subject": "fund:b", "basis": "stated", "gloss": "Soon.",
        "gloss_vi": "Sắp.", "due": "2026/2030", "alternative": ["fund:d"], "scope": "before", "speaker": "fund:e",
        "speaker_basis": "inferred",
    }  # fmt: skip


def test_a_disagreement_has_its_texts_in_both_languages_and_what_it_changes() -> None:
    readings = (Reading(("s:1",), "one", "một"), Reading(("s:2",), "two", "hai"))
    item = Disagreement("d:1", "value", ("fund:b",), readings, "Why", 1, "As counted.", "Vì sao", "Đã đếm.", "number")
    assert disagreement_object(item) == {
        "id": "d:1", "kind": "value", "about": ["fund:b"], "changes": "number", "gloss": "Why", "gloss_vi": "Vì sao",
        "preferred": 1, "reason": "As counted.", "reason_vi": "Đã đếm.",
        "readings": [
            {"statements": ["s:1"], "gloss": "one", "gloss_vi": "một"},
            {"statements": ["s:2"], "gloss": "two", "gloss_vi": "hai"},
        ],
    }  # fmt: skip


def test_the_first_reading_of_a_disagreement_can_be_the_preferred_one() -> None:
    item = Disagreement("d:1", "value", ("fund:b",), (Reading(("s:1", "s:2"), "one"), Reading(("s:3",), "")), "Why", 0)
    plain = {
        "id": "d:1", "kind": "value", "about": ["fund:b"], "changes": "nothing",
        "readings": [{"statements": ["s:1", "s:2"], "gloss": "one"}, {"statements": ["s:3"], "gloss": ""}],
    }  # fmt: skip
    assert disagreement_object(item) == plain | {"gloss": "Why", "preferred": 0}
    assert disagreement_object(replace(item, gloss="", preferred=None)) == plain
    unsettled = replace(item, gloss="", preferred=None, reason="because", reason_vi="vì")
    assert disagreement_object(unsettled) == plain | {"reason": "because", "reason_vi": "vì"}


def test_a_sentence_has_statements_or_a_reason_for_none() -> None:
    assert sentence_object(Sentence("n:1", PASSAGE, ("s:1",))) == {"id": "n:1", **PASSAGE_FIELDS, "statements": ["s:1"]}
    assert sentence_object(Sentence("n:1", PASSAGE)) == {"id": "n:1", **PASSAGE_FIELDS, "statements": []}
    assert sentence_object(Sentence("n:1", PASSAGE, (), "no fact")) == {
        "id": "n:1",
        **PASSAGE_FIELDS,
        "none": "no fact",
    }


def test_the_date_of_the_data_is_that_of_the_newest_article() -> None:
    days = ("2025-12-31", None, "2025-11/2026-01", "2025-02-28")
    articles = [
        replace(ARTICLE, id=f"article:90{number}", attributes={"published": day} if day else {})
        for number, day in enumerate(days)
    ]
    fund = Entity("fund:b", "Fund", (), "B", (), attributes={"published": "2027"})
    assert replace(EMPTY, entities=(*articles, fund)).data_date == "2026-01"
    assert replace(EMPTY, entities=(articles[1], fund)).data_date == ""


def test_origins_are_those_of_articles_and_of_statements_with_one_of_their_own() -> None:
    statement = Statement("s:1", "claim", "fund:b", "stated", "", passage=PASSAGE)
    release = replace(
        EMPTY,
        entities=(
            ARTICLE,
            replace(ARTICLE, id="article:903"),
            replace(ARTICLE, id="article:901", attributes={"origin": "x"}),
            replace(ARTICLE, id="article:902", attributes={"origin": "x"}),
            Entity("fund:b", "Fund", (), "B", (), attributes={"origin": "z"}),
        ),
        statements=(statement, replace(statement, origin="x"), replace(statement, origin="y")),
    )
    assert release.origins == 4
    assert EMPTY.origins == 0


def test_the_files_are_lines_of_json_and_the_manifest_counts_their_bytes() -> None:
    release = replace(
        EMPTY,
        entities=(replace(ARTICLE, name="Bài", attributes={"published": "2025"}),),
        mentions=(Mention("article:900", "fund:b", 1, 0, 5), Mention("article:900", "fund:b", 2, 0, 5)),
        retired_ids=(("fund:a", None), ("fund:c", "fund:b")),
    )
    files = dict(release.files())
    assert list(files) == [
        "entities.jsonl", "statements.jsonl", "edges.jsonl", "disagreements.jsonl", "mentions.jsonl",
        "sentences.jsonl", "retired.jsonl",
    ]  # fmt: skip
    assert files["retired.jsonl"] == '{"id":"fund:a","into":null}\n{"id":"fund:c","into":"fund:b"}\n'
    assert files["mentions.jsonl"].splitlines()[1] == (
        '{"article":"article:900","entity":"fund:b","line":2,"start":0,"end":5}'
    )
    manifest = release.manifest
    assert manifest["data_date"] == "2025"
    data = files["entities.jsonl"].encode()
    assert "Bài" in files["entities.jsonl"]
    assert manifest["files"]["entities.jsonl"] == {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "lines": 1,
    }
    assert manifest["files"]["edges.jsonl"]["lines"] == 0


@pytest.mark.parametrize("kind_of_change", ["retired_ids", "mentions", "entities"])
def test_the_id_of_a_release_changes_with_its_content(kind_of_change: str) -> None:
    content = {
        "retired_ids": (("fund:a", None),),
        "mentions": (Mention("article:900", "fund:b", 1, 0, 5),),
        "entities": (ARTICLE,),
    }
    changed = replace(EMPTY, **{kind_of_change: content[kind_of_change]})  # pyright: ignore[reportArgumentType]
    assert changed.id != EMPTY.id
    assert changed.id == changed.manifest["release"]
    assert len(changed.id) == 16
