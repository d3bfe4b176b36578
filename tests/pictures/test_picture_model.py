"""The content of a picture and its view, as encoded in an address."""

import pytest

from vnkg.graph.errors import BadParameter
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures.picture import DEFAULT_VIEW, Expansion, Link, Node, Picture, View, parse_view
from vnkg.graph.pictures.scene import build_scene


def test_a_view_is_parsed_from_parameters() -> None:
    found = parse_view(["Fund", "planned"], ["fund:a~-20~5", "province:b~0~0"], schema())
    assert found == View(frozenset({"Fund", "planned"}), {"fund:a": (-20, 5), "province:b": (0, 0)})
    assert parse_view([], [], schema()) == View()
    far = parse_view([], [f"fund:{n}~-1000000~1000000" for n in range(200)], schema())
    assert (len(far.moved_nodes), far.moved_nodes["fund:199"]) == (200, (-1_000_000, 1_000_000))


@pytest.mark.parametrize(
    ("hidden_keys", "moved_nodes", "message"),
    [
        (["Fnud"], [], "hide: found 'Fnud'; expected kinds or statuses; did you mean Fund"),
        ([], ["fund:a~1"], "moved: found 'fund:a~1'; expected an id and whole numbers of pixels, ID~x~y"),
        ([], ["fund:a~1~1.5"], "whole numbers"),
        ([], ["~1~1"], "moved: found"),
        ([], ["fund:a~1~9000000"], "moved: found"),
        ([], ["fund:a~-1000001~1"], "moved: found"),
        ([], [f"fund:{n}~1~1" for n in range(201)], "moved: found 201 nodes; expected at most 200"),
    ],
)
def test_an_invalid_view_is_refused(hidden_keys: list[str], moved_nodes: list[str], message: str) -> None:
    with pytest.raises(BadParameter, match=message):
        parse_view(hidden_keys, moved_nodes, schema())


def test_expanded_nodes_are_in_the_picture() -> None:
    lone = Node("fund:a", "a", "Fund")
    with pytest.raises(ValueError, match="fund:b: expanded or added, but no node"):
        Picture("", (lone,), (), expansions=(Expansion("fund:a", ("fund:b",)),))
    with pytest.raises(ValueError, match="fund:b: expanded or added, but no node"):
        Picture("", (lone,), (), expansions=(Expansion("fund:b", ()),))


def test_a_moved_node_takes_along_what_its_expansion_added() -> None:
    nodes = tuple(Node(f"fund:{name}", name, "Fund") for name in ("moved", "added", "other"))
    links = (Link("1", "fund:moved", "fund:added", "FUNDS"), Link("2", "fund:moved", "fund:other", "FUNDS"))
    picture = Picture("", nodes, links, expansions=(Expansion("fund:moved", ("fund:added",)),))

    def positions(view: View) -> dict[str, tuple[int, int]]:
        return {node.spec.id: (node.x, node.y) for node in build_scene(picture, schema(), "en", view).nodes}

    before = positions(DEFAULT_VIEW)
    (x, y), (added_x, added_y) = before["fund:moved"], before["fund:added"]
    assert positions(View(moved_nodes={"fund:moved": (x + 300, y - 200)})) == {
        "fund:moved": (x + 300, y - 200),
        "fund:added": (added_x + 300, added_y - 200),
        "fund:other": before["fund:other"],
    }
