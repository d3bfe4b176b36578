"""Conversion of database rows to the release's objects, without a database."""

import json
from typing import Any

from vnkg.graph.model.schema import schema
from vnkg.graph.reader.rows import disagreement_json, entity_edge, entity_json, sentence_json, statement_json
from vnkg.graph.store.ownership import reader_cypher

STATEMENT: dict[str, Any] = {
    "statement": {"id": "statement:1", "kind": "relation", "predicate": "HOLDS_ROLE", "basis": "stated", "gloss": "g",
                  "status": "existing", "title": "Director", "head": True, "hash": "h"},
    "subject": {"id": "person:a", "name": "A"}, "object": {"id": "agency:b", "name": "B"}, "speaker": None,
    "article": {"id": "article:000"}, "place": {"line": 3, "start": 0, "end": 9, "sha256": "s"}, "topics": [],
}  # fmt: skip


def test_names_are_sorted_and_only_declared_attributes_shown() -> None:
    stored = {"id": "fund:x", "type": "Fund", "name": "X", "kind": "other", "hash": "h", "search": "x", "extra": 1}
    names = [
        {"text": "Y", "language": "vi", "kind": "alias", "article": None},
        {"text": "X", "language": "vi", "kind": "name", "article": "article:000"},
    ]
    found = entity_json(stored, names, schema())
    assert list(found) == ["id", "type", "labels", "name", "names", "kind"]
    assert [name["text"] for name in found["names"]] == ["X", "Y"]
    assert "article" not in found["names"][1]


def test_a_kind_adds_its_label() -> None:
    stored = {"id": "policy:x", "type": "Policy", "name": "X", "kind": "resolution"}
    assert entity_json(stored, [], schema())["labels"] == ["Entity", "Policy", "Resolution"]


def test_properties_that_are_not_statement_fields_are_qualifiers() -> None:
    found = statement_json(STATEMENT)
    assert found["qualifiers"] == {"head": True, "title": "Director"}
    assert (found["article"], found["line"], found["object"]) == ("article:000", 3, "agency:b")


def test_a_reference_statement_has_no_passage() -> None:
    found = statement_json(STATEMENT | {"article": None, "place": None, "object": None})
    assert not {"article", "line", "object"} & set(found)


def test_readings_keep_their_positions() -> None:
    readings = [{"position": n, "gloss": str(n), "statements": ["s"]} for n in (2, 0, 1)]
    row = {"disagreement": {"id": "d", "kind": "value", "about": ["x"], "changes": "name"}, "readings": readings}
    assert [reading["gloss"] for reading in disagreement_json(row)["readings"]] == ["0", "1", "2"]


def test_a_disagreement_has_what_it_changes_and_its_texts_in_both_languages() -> None:
    texts = {"gloss": "g", "gloss_vi": "gv", "preferred": 0, "reason": "r", "reason_vi": "rv"}
    values = {"id": "d", "kind": "value", "about": ["x"], "changes": "answer"} | texts
    reading = {"position": 0, "gloss": "a", "gloss_vi": "av", "statements": ["s"]}
    found = disagreement_json({"disagreement": values | {"hash": "h"}, "readings": [reading]})
    assert found == values | {"readings": [{"statements": ["s"], "gloss": "a", "gloss_vi": "av"}]}


def test_what_a_statement_says_besides_is_no_qualifier() -> None:
    details = {"due": "../2030", "alternative": ["fund:y"], "speaker_basis": "inferred", "gloss_vi": "gv"}
    found = statement_json(STATEMENT | {"statement": STATEMENT["statement"] | details})
    assert {key: found.get(key) for key in details} == details
    assert found["qualifiers"] == {"head": True, "title": "Director"}


def test_a_sentence_has_statements_or_a_reason() -> None:
    stored = {"id": "s", "article": "a", "line": 1, "start": 0, "end": 2, "sha256": "x", "statements": []}
    assert sentence_json(stored)["statements"] == []
    assert sentence_json(stored | {"none": "caption"})["none"] == "caption"


def test_qualifiers_of_an_edge_are_merged_into_its_fields() -> None:
    end = {"predicate": "ISSUED", "edge": {"id": "e", "basis": "stated", "date": "2024-12-22", "hash": "h", "holds": True,
                                           "due": "2030", "alternative": ["a"], "disagreements": ["d"]}}  # fmt: skip
    found = entity_edge(end | {"id": "policy:x", "type": "Policy", "name": "X", "status": None}, "out")
    assert (found.get("date"), found["status"], "hash" in found) == ("2024-12-22", None, False)
    assert [found.get(key) for key in ("holds", "due", "alternative", "disagreements")] == [True, "2030", ["a"], ["d"]]
    assert json.dumps(found["neighbour"]) == '{"id": "policy:x", "type": "Policy", "name": "X", "status": null}'


def test_the_texts_are_read_by_name() -> None:
    assert "MATCH (entity:Entity {id: $id, owner: 'vnkg'})" in reader_cypher("entity")
