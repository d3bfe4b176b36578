"""The nodes and edges stored for a release."""

import dataclasses

import pytest

from tests.support.invented_graph import release
from tests.support.releases import replace_entity
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import Mention, Name
from vnkg.graph.model.release import Release
from vnkg.graph.model.stored_structure import MENTIONS, RELATIONSHIP_TYPES
from vnkg.graph.store.mapping import FAMILIES, NodeItem, release_items


def node(source_release: Release, family: str, node_id: str) -> NodeItem:
    return release_items(source_release).nodes[family][node_id]


def test_every_object_of_the_release_appears_once() -> None:
    made, found = release(), release_items(release())
    assert set(found.nodes) == set(FAMILIES)
    assert set(found.nodes["Entity"]) == {e.id for e in made.entities}
    assert set(found.nodes["Statement"]) == {s.id for s in made.statements}
    assert set(found.nodes["Sentence"]) == {s.id for s in made.sentences}
    assert set(found.nodes["Disagreement"]) == {d.id for d in made.disagreements}
    assert len(found.nodes["Name"]) == sum(len(e.names) for e in made.entities)
    assert len(found.nodes["Reading"]) == sum(len(d.readings) for d in made.disagreements)
    assert {edge.id for edge in made.edges} < set(found.edges)


def test_an_entity_has_labels_attributes_and_search_terms() -> None:
    found = node(release(), "Entity", "policy:57-nq-tw")
    assert found.labels == ("Entity", "Policy", "Resolution")
    assert found.properties["kind"] == "resolution"
    assert "resolution 57" in found.properties["search"]
    assert "nghi quyet 57" in found.properties["search"]
    assert len(found.properties["names"]) == len(found.properties["languages"]) == 3


def test_a_statement_has_its_links_and_its_passage() -> None:
    claim = next(s for s in release().statements if s.kind == "claim")
    found = node(release(), "Statement", claim.id)
    assert found.labels == ("Statement", "Claim")
    assert [(link.type, link.end_id) for link in found.relationships] == [
        ("SUBJECT", "province:aaa"),
        ("STATED_IN", "article:i00"),
        ("SAID_BY", "person:nguoi-dau"),
        ("ABOUT", "fund:aaa-vc"),
        ("ABOUT", "centre:fff"),
    ]
    assert claim.passage is not None
    assert found.relationships[1].properties == {
        "line": claim.passage.line,
        "start": claim.passage.start,
        "end": claim.passage.end,
        "sha256": claim.passage.sha256,
    }


def test_an_entity_that_a_statement_is_about_twice_is_linked_once() -> None:
    claim = next(s for s in release().statements if s.kind == "claim")
    twice = dataclasses.replace(claim, about=("fund:aaa-vc", "centre:fff", "fund:aaa-vc"))
    others = (statement for statement in release().statements if statement is not claim)
    found = node(dataclasses.replace(release(), statements=(*others, twice)), "Statement", claim.id)
    assert [link.end_id for link in found.relationships if link.type == "ABOUT"] == ["fund:aaa-vc", "centre:fff"]


def test_a_name_has_the_key_of_all_its_spellings() -> None:
    names = release_items(release()).nodes["Name"].values()
    assert {item.properties["key"] for item in names if item.properties["text"] == "57-NQ/TW"} == {"57nqtw"}


def test_a_reference_statement_belongs_to_no_article() -> None:
    found = node(release(), "Statement", "statement:reference-1")
    assert "STATED_IN" not in {link.type for link in found.relationships}
    assert found.properties["source"] == "an invented atlas"


def test_missing_values_are_absent() -> None:
    for family in release_items(release()).nodes.values():
        for found in family.values():
            assert None not in found.properties.values()


def test_links_are_of_the_types_declared_for_the_family() -> None:
    for family, nodes in release_items(release()).nodes.items():
        assert {link.type for item in nodes.values() for link in item.relationships} <= set(
            RELATIONSHIP_TYPES.get(family, ())
        )


def test_mentions_of_one_entity_in_one_article_are_one_edge_with_every_span() -> None:
    found = release_items(release()).edges[f"article:i00 {MENTIONS} province:aaa"]
    assert found.properties["lines"] == [1, 2]
    assert found.properties["starts"] == [0, 4]
    assert found.properties["ends"] == [3, 7]


def test_equal_content_has_equal_hashes_and_other_content_another() -> None:
    before, same = release_items(release()), release_items(dataclasses.replace(release()))
    after = release_items(replace_entity(release(), "province:aaa", status="disputed"))
    assert {i.id: i.hash for i in before.nodes["Entity"].values()} == {
        i.id: i.hash for i in same.nodes["Entity"].values()
    }
    changed = {key for key, item in after.nodes["Entity"].items() if item.hash != before.nodes["Entity"][key].hash}
    assert changed == {"province:aaa"}


def test_the_hash_includes_the_labels() -> None:
    assert node(release(), "Entity", "policy:57-nq-tw").hash.startswith("Entity:Policy:Resolution ")


def test_the_passage_of_a_statement_is_part_of_its_hash() -> None:
    made = release()
    first = next(s for s in made.statements if s.passage is not None)
    assert first.passage is not None
    moved = dataclasses.replace(first, passage=dataclasses.replace(first.passage, line=99))
    other = dataclasses.replace(made, statements=tuple(moved if s is first else s for s in made.statements))
    assert node(made, "Statement", first.id).hash != node(other, "Statement", first.id).hash


def test_names_that_differ_in_any_field_are_separate_nodes() -> None:
    names = (Name("Aaa", "vi"), Name("Aaa", "en"), Name("Aaa", "vi", "alias"), Name("Aaa", "vi", "name", "article:i00"))
    found = release_items(replace_entity(release(), "province:aaa", names=names)).nodes["Name"]
    assert len([item for item in found.values() if item.relationships[0].end_id == "province:aaa"]) == 4


def test_dangling_references_are_refused_and_all_listed() -> None:
    made = release()
    lost = dataclasses.replace(
        made,
        entities=tuple(e for e in made.entities if e.id != "fund:aaa-vc"),
        mentions=(*made.mentions, Mention("article:i00", "place:nowhere", 1, 0, 1)),
    )
    with pytest.raises(FactsError) as refused:
        release_items(lost)
    told = str(refused.value)
    assert "'fund:aaa-vc'; expected an Entity of the release" in told
    assert "place:nowhere" in told
    assert len(refused.value.problems) > 3
