"""The nodes and edges stored for a release."""

import dataclasses

import pytest

from tests.support.invented_graph import release
from tests.support.releases import replace_entity
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import Disagreement, Mention, Name, Passage, Reading, Sentence, Statement
from vnkg.graph.model.release import Edge, Entity, Release
from vnkg.graph.model.stored_structure import MENTIONS, RELATIONSHIP_TYPES
from vnkg.graph.store.mapping import FAMILIES, NodeItem, Relationship, release_items


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


@pytest.mark.parametrize("mention", [("article:i00", "place:nowhere"), ("article:nowhere", "province:aaa")])
def test_a_mention_with_an_unknown_end_is_refused(mention: tuple[str, str]) -> None:
    made = release()
    with pytest.raises(FactsError, match=f"edge '{mention[0]} {MENTIONS} {mention[1]}' with the end '.*nowhere'"):
        release_items(dataclasses.replace(made, mentions=(*made.mentions, Mention(*mention, 1, 0, 1))))


PASSAGE = Passage("article:x", 3, 4, 9, "5" * 64)
SPAN = {"line": 3, "start": 4, "end": 9, "sha256": "5" * 64}
FULL_STATEMENT = {
    "predicate": "PLANS", "indicator": "an indicator", "claim_type": "goal", "value": 2.5, "unit": "VND",
    "comparator": "=", "value_status": "target", "period": "2025/2026", "status": "planned", "basis": "stated",
    "as_of": "2025-01", "as_of_from": "sentence", "gloss": "a gloss", "origin": "an origin", "source": "an atlas",
    "checked_on": "2026-01-01", "sentence": "sentence:x-3-4", "speaker": "policy:b", "gloss_vi": "một câu",
    "due": "../2030", "scope": "before", "speaker_basis": "inferred",
}  # fmt: skip
"""Every property of a statement that is stored under the name it has in the facts."""


def full_release() -> Release:
    """A release in which everything has each of its fields, and what may occur twice does."""
    policy = Entity(
        "policy:a", "Policy", ("Entity", "Policy"), "Ý A", (Name("B", "en", "alias", "article:x"), Name("Á", "vi")),
        "planned", {"tags": ("one", "two"), "count": 2},
    )  # fmt: skip
    others = (Entity(key, "Policy", ("Entity", "Policy"), key, ()) for key in ("policy:b", "article:x"))
    statement = Statement(
        "statement:1", "claim", "policy:a", object="policy:b", about=("policy:b", "policy:a", "policy:b"),
        passage=PASSAGE, alternative=("policy:a", "policy:b"), qualifiers={"roles": ("first", "second")}, **FULL_STATEMENT,
    )  # fmt: skip
    readings = (Reading(("statement:1", "statement:1"), "first", "một"), Reading((), "second"))
    return Release(
        entities=(policy, *others),
        statements=(statement,),
        edges=(Edge("policy:a", "PLANS", "policy:b", "planned", "stated", "2025", ("statement:1",), 3, 2, {"to": ("x",)},
                    "2026/2030", ("policy:a",), ("disagreement:1",), True),),
        disagreements=(
            Disagreement("disagreement:1", "value", ("policy:b", "policy:a", "policy:b"), readings, "two", 0, "newer", "hai", "mới", "name"),
            Disagreement("disagreement:2", "scope", (), ()),
        ),
        mentions=(Mention("article:x", "policy:a", 7, 1, 2), Mention("article:x", "policy:a", 8, 0, 5)),
        sentences=(Sentence("sentence:x-3-4", PASSAGE, ("statement:1",), "a reason"),),
        retired_ids=(("policy:old", "policy:a"), ("policy:gone", None)),
    )  # fmt: skip


def test_every_field_of_every_object_is_stored() -> None:
    found = release_items(full_release())
    nodes = {
        f"{family} {item.id}": ({k: v for k, v in item.properties.items() if k != "hash"}, list(item.relationships))
        for family in FAMILIES
        for item in found.nodes[family].values()
        if item.id not in ("policy:b", "article:x")
    }
    name_links = [Relationship("NAMES", "Entity", "policy:a")]
    alias = {"text": "B", "key": "b", "language": "en", "kind": "alias", "article": "article:x"}
    assert nodes == {
        "Entity policy:a": (
            {"id": "policy:a", "type": "Policy", "name": "Ý A", "names": ["B", "Á"], "languages": ["en", "vi"],
             "status": "planned", "search": "a b y a", "tags": ["one", "two"], "count": 2},
            [],
        ),
        "Name policy:a en alias article:x B": ({"id": "policy:a en alias article:x B"} | alias, name_links),
        "Name policy:a vi name  Á": (
            {"id": "policy:a vi name  Á", "text": "Á", "key": "a", "language": "vi", "kind": "name"}, name_links
        ),
        "Statement statement:1": (
            {"id": "statement:1", "kind": "claim", "about": ["policy:b", "policy:a", "policy:b"],
             "alternative": ["policy:a", "policy:b"], "roles": ["first", "second"]} | FULL_STATEMENT,
            [
                Relationship("SUBJECT", "Entity", "policy:a"), Relationship("OBJECT", "Entity", "policy:b"),
                Relationship("STATED_IN", "Entity", "article:x", SPAN), Relationship("SAID_BY", "Entity", "policy:b"),
                Relationship("ABOUT", "Entity", "policy:b"), Relationship("ABOUT", "Entity", "policy:a"),
            ],
        ),
        "Sentence sentence:x-3-4": (
            {"id": "sentence:x-3-4", "article": "article:x", "none": "a reason", "statements": ["statement:1"]} | SPAN,
            [Relationship("SENTENCE_OF", "Entity", "article:x")],
        ),
        "Disagreement disagreement:1": (
            {"id": "disagreement:1", "kind": "value", "gloss": "two", "preferred": 0, "reason": "newer",
             "gloss_vi": "hai", "reason_vi": "mới", "changes": "name",
             "about": ["policy:b", "policy:a", "policy:b"]},
            [Relationship("CONCERNS", "Entity", "policy:b"), Relationship("CONCERNS", "Entity", "policy:a")],
        ),
        "Disagreement disagreement:2": ({"id": "disagreement:2", "kind": "scope", "changes": "nothing", "about": []}, []),
        "Reading disagreement:1 0": (
            {"id": "disagreement:1 0", "position": 0, "gloss": "first", "gloss_vi": "một", "statements": ["statement:1", "statement:1"]},
            [Relationship("READING_OF", "Disagreement", "disagreement:1"),
             Relationship("RESTS_ON", "Statement", "statement:1")],
        ),
        "Reading disagreement:1 1": (
            {"id": "disagreement:1 1", "position": 1, "gloss": "second", "statements": []},
            [Relationship("READING_OF", "Disagreement", "disagreement:1")],
        ),
        "Retired policy:old": ({"id": "policy:old", "into": "policy:a"}, []),
        "Retired policy:gone": ({"id": "policy:gone"}, []),
    }  # fmt: skip
    edges = [
        (edge.type, edge.start_id, edge.end_id, {k: v for k, v in edge.properties.items() if k != "hash"})
        for edge in found.edges.values()
    ]
    assert edges == [
        ("PLANS", "policy:a", "policy:b",
         {"id": "policy:a PLANS policy:b", "status": "planned", "basis": "stated", "as_of": "2025", "articles": 3,
          "origins": 2, "statements": ["statement:1"], "to": ["x"], "due": "2026/2030", "alternative": ["policy:a"],
          "disagreements": ["disagreement:1"], "holds": True}),
        (MENTIONS, "article:x", "policy:a",
         {"id": f"article:x {MENTIONS} policy:a", "lines": [7, 8], "starts": [1, 0], "ends": [2, 5]}),
    ]  # fmt: skip
