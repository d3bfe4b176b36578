"""The difference between the stored graph and a release."""

import dataclasses

from tests.support.invented_graph import release
from tests.support.releases import replace_entity
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.store.diff import Difference, difference
from vnkg.graph.store.mapping import FAMILIES, ReleaseItems, release_items


def hashes(content: ReleaseItems) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    nodes = {family: {item.id: item.hash for item in content.nodes[family].values()} for family in FAMILIES}
    return nodes, {edge.id: edge.hash for edge in content.edges.values()}


def release_difference(old: Release, new: Release) -> Difference:
    return difference(release_items(new), *hashes(release_items(old)))


def test_a_release_does_not_differ_from_itself() -> None:
    found = release_difference(release(), release())
    assert found.size == 0
    assert not found.nodes_to_relink


def test_compared_with_an_empty_store_everything_is_new() -> None:
    wanted = release_items(release())
    found = difference(wanted, {family: {} for family in FAMILIES}, {})
    assert found.size == found.created_count == sum(map(len, wanted.nodes.values())) + len(wanted.edges)


def test_a_changed_attribute_changes_one_node() -> None:
    found = release_difference(release(), replace_entity(release(), "province:aaa", attributes={"kind": "city"}))
    assert [item.id for item in found.changed_nodes] == ["province:aaa"]
    assert (found.created_count, found.changed_count, found.removed_count) == (0, 1, 0)


def test_items_the_release_no_longer_has_are_removed() -> None:
    made = release()
    found = release_difference(made, dataclasses.replace(made, edges=made.edges[1:], retired_ids=made.retired_ids[1:]))
    assert found.removed_edge_ids == (made.edges[0].id,)
    assert found.removed_ids["Retired"] == (made.retired_ids[0][0],)
    assert (found.created_count, found.changed_count, found.removed_count) == (0, 0, 2)


def test_an_entity_with_changed_labels_is_recreated_with_its_relationships() -> None:
    made = release()
    policy = "policy:57-nq-tw"
    found = release_difference(made, replace_entity(made, policy, labels=("Entity", "Policy")))
    assert [item.id for item in found.new_nodes] == [policy]
    assert found.removed_ids["Entity"] == (policy,)
    touching = {edge.id for edge in made.edges if policy in (edge.subject, edge.object)}
    assert {edge.id for edge in found.new_edges} == touching
    told = {s.id for s in made.statements if policy in (s.subject, s.object)}
    assert told < {item.id for item in found.nodes_to_relink}
    assert {item.family for item in found.nodes_to_relink} >= {"Name", "Statement"}
    assert (found.created_count, found.removed_count) == (0, 0)
    assert found.changed_count == 1 + len(touching) + len(found.nodes_to_relink)


def test_each_change_around_recreated_nodes_is_counted_once() -> None:
    made, office, claim = release(), "agency:so-fff", "statement:i01-002"
    around = {edge.id for edge in made.edges if office in (edge.subject, edge.object)}
    assert {edge.subject == office for edge in made.edges if edge.id in around} == {True, False}
    new_edge = Edge(office, "PLANS", "fund:aaa-vc", "planned", "stated", None, (), 1, 1)
    changed_edge, removed_edge = (edge for edge in made.edges if edge.object in ("fund:ccc-st", "fund:bbb-vc"))
    after = dataclasses.replace(
        replace_entity(made, office, labels=("Entity", "Agency", "Office")),
        statements=tuple(dataclasses.replace(s, kind="claim") if s.id == claim else s for s in made.statements),
        edges=(
            *(
                dataclasses.replace(edge, status="unclear") if edge is changed_edge or edge.id in around else edge
                for edge in made.edges
                if edge is not removed_edge
            ),
            new_edge,
        ),
        retired_ids=made.retired_ids[1:],
    )
    found = release_difference(made, after)
    assert {item.id for item in found.new_nodes} == {office, claim}
    assert (found.removed_ids["Entity"], found.removed_ids["Statement"]) == ((office,), (claim,))
    assert {edge.id for edge in found.new_edges} == {new_edge.id, *around}
    assert [edge.id for edge in found.changed_edges] == [changed_edge.id]
    linked = {s.id for s in made.statements if office in (s.subject, s.object)}
    linked |= {item.id for item in release_items(made).nodes["Name"].values() if item.id.startswith(f"{office} ")}
    assert {item.id for item in found.nodes_to_relink} == {*linked, "disagreement:startups-aaa 1"}
    assert found.nodes_to_relink == found.changed_nodes
    changed_count = 2 + len(around) + 1 + len(linked) + 1
    assert (found.created_count, found.changed_count, found.removed_count) == (1, changed_count, 2)
    assert found.size == 3 + changed_count


def test_a_cleared_hash_means_rewrite_and_not_changed_labels() -> None:
    nodes, edges = hashes(release_items(release()))
    nodes["Statement"]["statement:reference-1"] = ""
    found = difference(release_items(release()), nodes, edges)
    assert [item.id for item in found.changed_nodes] == ["statement:reference-1"]
    assert found.removed_ids["Statement"] == ()
