"""How nodes and links are drawn, what the view hides, and what the page's data and tables say of it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from pyvis.network import Network  # pyright: ignore[reportMissingTypeStubs]

from vnkg.graph import resources
from vnkg.graph.errors import PictureTooBig
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import page as picture_page
from vnkg.graph.pictures import scene as scenes
from vnkg.graph.pictures.appearance import INK, PALE_INK, STROKES, TONE_COLORS
from vnkg.graph.pictures.from_graph import build_picture, picture_words
from vnkg.graph.pictures.page import LivePage, draw, fragment, svg
from vnkg.graph.pictures.picture import DEFAULT_VIEW, Expansion, Link, Node, Picture, View
from vnkg.graph.pictures.scene import (
    FONT_SIZE,
    MAX_LABELLED_LINKS,
    MAX_UNIFORM_NODES,
    DrawnNode,
    Scene,
    build_scene,
    without_hidden,
)
from vnkg.graph.pictures.svg import line_sample, symbol


def in_a_row(
    boxes: Mapping[str, tuple[float, float]], links: Iterable[tuple[str, str]], *, length: float
) -> dict[str, tuple[int, int]]:
    """A layout without computation: the nodes on a parabola, far apart."""
    del links, length
    return {name: (400 * number, 30 * number**2) for number, name in enumerate(boxes)}


def fund(name: str, status: str | None = None, **more: Any) -> Node:
    return Node(f"fund:{name}", name, "Fund", status, **more)


def link(source: str, target: str, status: str | None = "existing", predicate: str = "FUNDS") -> Link:
    return Link(f"{source} {predicate} {target} {status}", f"fund:{source}", f"fund:{target}", predicate, status)


def scene_of(nodes: Iterable[Node], links: Iterable[Link] = (), **more: Any) -> Scene:
    return build_scene(Picture("", tuple(nodes), tuple(links), **more), schema(), "en", layout=in_a_row)


def nodes_by_label(scene: Scene) -> dict[str, DrawnNode]:
    return {node.spec.label: node for node in scene.nodes}


def test_a_node_grows_with_its_origins_up_to_nine_and_the_centre_is_larger() -> None:
    nodes = nodes_by_label(
        scene_of([fund(str(weight), weight=weight) for weight in (-1, 0, 1, 4, 9, 30)], centre="fund:4")
    )
    assert nodes["-1"].size == nodes["0"].size < nodes["1"].size < nodes["9"].size == nodes["30"].size
    assert (nodes["4"].font_size, nodes["1"].font_size) == (FONT_SIZE + 3, FONT_SIZE)
    assert nodes["4"].size > nodes["9"].size


def test_the_extent_holds_all_nodes_with_their_labels() -> None:
    scene = scene_of([fund("a"), fund("b " * 30), fund("c")])
    left, top, right, bottom = scene.extent
    for node in scene.nodes:
        assert left < node.x - node.size < node.x + node.size < right
        assert top < node.y - node.size
        assert node.y + node.size + len(node.lines) * node.font_size < bottom


def test_fill_lines_and_ink_follow_the_status() -> None:
    links = [link("start", key, key) for key in schema().statuses]
    scene = scene_of([fund("start"), *(fund(key, key) for key in schema().statuses)], links)
    nodes = nodes_by_label(scene)
    solid, hollow, over = nodes["existing"], nodes["planned"], nodes["past"]
    assert len({solid.fill, hollow.fill, over.fill}) == 3
    for key, term in schema().statuses.items():
        expected = over if term.is_ended else solid if term.exists else hollow
        assert (nodes[key].fill, nodes[key].ink) == (expected.fill, expected.ink), key
        assert nodes[key].badge == ("" if term.exists else term.symbol)
        assert term.is_ended or nodes[key].border == TONE_COLORS[term.tone]
    assert (over.ink, hollow.ink, nodes["start"].fill) == (PALE_INK, INK, solid.fill)
    by_status = {line.spec.status: line for line in scene.links}
    assert len({line.stroke for line in by_status.values()}) == len(by_status)
    assert all(line.color == TONE_COLORS[schema().statuses[str(key)].tone] for key, line in by_status.items())
    assert {key for key, line in by_status.items() if line.label.endswith("?")} == {"disputed", "unclear"}
    assert {line.label for key, line in by_status.items() if key not in ("disputed", "unclear")} == {"funds"}


def test_tones_have_the_colours_of_the_sites_chips() -> None:
    styles = resources.text("vnkg.api.pages._base", "styles", "10_base.css").partition("@media")[0]
    assert dict(re.findall(r"--(good|plan|maybe|disagreement|grey): (#\w{6})", styles)) == TONE_COLORS


def test_what_only_the_context_suggests_is_faint_and_said_in_legend_table_and_svg() -> None:
    firm, faint = link("a", "b"), replace(link("a", "c"), firm=False, basis="context only")
    picture = Picture("", (fund("a"), fund("b"), fund("c")), (firm, faint))
    first, second = build_scene(picture, schema(), "en", layout=in_a_row).links
    assert first.color == TONE_COLORS["good"]
    assert sum(int(second.color[at : at + 2], 16) for at in (1, 3, 5)) > 3 * 128
    assert ">context only</text>" in svg(picture, schema(), layout=in_a_row)
    page = fragment(picture, schema(), nonce=None, language="en", script_url="/s", layout=in_a_row)
    assert "context only</li>" in page
    assert "<td>context only</td>" in page
    firm_picture = Picture("", picture.nodes, (firm,))
    assert "context only" not in svg(firm_picture, schema(), layout=in_a_row)
    assert "</svg>context only</li>" not in fragment(firm_picture, schema(), nonce=None, language="en", layout=in_a_row)


def test_the_letters_of_kinds_are_drawn_and_explained() -> None:
    picture = Picture("", (fund("a", kind="venture capital fund", mark="VC"), fund("b")), ())
    text = svg(picture, schema(), layout=in_a_row)
    assert text.count(">VC</text>") == 2  # on the symbol and in the legend
    assert ">venture capital fund</text>" in text
    page = fragment(picture, schema(), nonce=None, language="en", script_url="/s", layout=in_a_row)
    assert '<span class="picture-mark">VC</span>venture capital fund' in page
    hidden = svg(picture, schema(), view=View(frozenset({"Fund"})), layout=in_a_row)
    assert "VC" not in hidden


def test_only_links_with_a_direction_have_an_arrow() -> None:
    links = [link("a", "b"), link("a", "b", predicate="PARTNERS_WITH")]
    assert [line.arrow for line in scene_of([fund("a"), fund("b")], links).links] == [True, False]


@pytest.mark.parametrize(("count", "has_labels"), [(MAX_LABELLED_LINKS, True), (MAX_LABELLED_LINKS + 1, False)])
def test_links_are_labelled_in_a_picture_with_few_of_them(count: int, has_labels: bool) -> None:
    nodes = [fund(str(number)) for number in range(15)]
    pairs = [(a, b) for a in range(15) for b in range(a)][:count]
    scene = scene_of(nodes, [link(str(a), str(b)) for a, b in pairs])
    assert any(line.label for line in scene.links) == has_labels


@pytest.mark.parametrize(("count", "is_uniform"), [(MAX_UNIFORM_NODES, True), (MAX_UNIFORM_NODES + 1, False)])
def test_in_a_large_picture_the_best_connected_nodes_are_larger_and_labels_short(
    monkeypatch: pytest.MonkeyPatch, count: int, is_uniform: bool
) -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    nodes = [fund(f"{number} {words}", weight=1) for number in range(count)]
    names = [node.label for node in nodes]
    hub_links = [link(names[number], name) for number, size in ((9, 4), (19, 6), (29, 5)) for name in names[:size]]
    scene = scene_of(nodes, hub_links)
    larger = [node.spec.label for node in scene.nodes if node.font_size > FONT_SIZE]
    assert larger == ([] if is_uniform else [names[19], names[29]])
    monkeypatch.setattr(scenes, "MAX_HUBS", 1)
    larger = [node.spec.label for node in scene_of(nodes, hub_links).nodes if node.font_size > FONT_SIZE]
    assert larger == ([] if is_uniform else [names[19]])
    assert {len(node.lines) for node in scene.nodes} == ({4} if is_uniform else {2})


def test_an_uncertain_link_is_labelled_before_others_and_at_least_marked() -> None:
    def labels(positions: dict[str, tuple[int, int]]) -> list[tuple[str, bool]]:
        """The label of each link, and whether it is at the middle of the link."""
        nodes = tuple(Node(id, " ", "Fund") for id in positions)
        links = (link("a", "b"), link("a", "c", "disputed"))
        scene = build_scene(Picture("", nodes, links), schema(), "en", layout=lambda *_, **__: dict(positions))
        return [(line.label, line.label_position == 0.5) for line in scene.links]

    assert labels({"fund:a": (0, 0), "fund:b": (0, 110), "fund:c": (3, 118)}) == [("funds", False), ("funds ?", True)]
    assert labels({"fund:a": (0, 0), "fund:b": (0, 10), "fund:c": (0, 12)}) == [("", False), ("?", False)]


def shown_without(scene: Scene, *keys: str) -> tuple[str, str, list[tuple[str, int]], list[tuple[str, int]]]:
    shown = without_hidden(scene, keys)
    return (
        " ".join(node.spec.label for node in shown.nodes),
        " ".join(line.spec.id.replace(" FUNDS ", "-").partition(" ")[0] for line in shown.links),
        [(kind.key, count) for kind, count in shown.kinds],
        [(term.key, count) for term, count in shown.statuses],
    )


def test_what_is_hidden_takes_its_links_along_and_leaves_the_legend() -> None:
    nodes = [fund("a", "existing"), fund("b", "planned"), fund("c"), Node("fund:p", "p", "Province")]
    scene = scene_of(nodes, [link("a", "b"), link("b", "c", "planned"), link("a", "c", "planned"), link("p", "a")])
    kinds, statuses = [("Province", 1), ("Fund", 3)], [("planned", 3), ("existing", 3)]
    assert shown_without(scene) == ("a b c p", "a-b b-c a-c p-a", kinds, statuses)
    assert shown_without(scene, "planned") == ("a c p", "p-a", kinds, statuses[1:])
    assert shown_without(scene, "existing") == ("b c p", "b-c", kinds, statuses[:1])
    assert shown_without(scene, "Province") == ("a b c", "a-b b-c a-c", kinds[1:], statuses)
    positions = {node.spec.id: (node.x, node.y) for node in without_hidden(scene, ["planned"]).nodes}
    assert positions.items() <= {node.spec.id: (node.x, node.y) for node in scene.nodes}.items()


def test_nodes_added_by_expansions_follow_a_moved_node_over_several_steps() -> None:
    nodes = tuple(fund(name) for name in "abcd")
    links = (link("a", "b"), link("b", "c"), link("c", "d"))
    expansions = (Expansion("fund:a", ("fund:b",)), Expansion("fund:b", ("fund:c", "fund:d")))
    picture = Picture("", nodes, links, expansions=expansions)

    def layout_of_first(
        boxes: Mapping[str, tuple[float, float]], links: Iterable[tuple[str, str]], *, length: float
    ) -> dict[str, tuple[int, int]]:
        assert (list(boxes), list(links)) == (["fund:a"], [])
        return in_a_row(boxes, links, length=length)

    def positions(**moved: tuple[int, int]) -> list[tuple[int, int]]:
        view = View(moved_nodes={f"fund:{name}": position for name, position in moved.items()})
        return [(node.x, node.y) for node in build_scene(picture, schema(), "en", view, layout_of_first).nodes]

    before = positions()
    (x, y), (b_x, b_y) = before[0], before[1]
    assert positions(a=(x + 50, y - 70)) == [(left + 50, top - 70) for left, top in before]
    assert positions(b=(b_x - 9, b_y + 4)) == [before[0], *((left - 9, top + 4) for left, top in before[1:])]
    after = positions(a=(x + 50, y), c=(1, 2))
    assert after == [(x + 50, y), (b_x + 50, b_y), (1, 2), (before[3][0] + 50, before[3][1])]


def test_a_subgraph_becomes_a_picture_with_tooltips() -> None:
    nodes = [
        {
            "id": "fund:a",
            "type": "Fund",
            "name": "A",
            "status": "planned",
            "origins": None,
            "ties": 3,
            "language": "en",
        },
        {"id": "fund:b", "type": "Fund", "name": " ", "status": None},
    ]
    plain = {"id": "1", "subject": "fund:a", "predicate": "FUNDS", "object": "fund:b"}
    full = plain | {"id": "2", "status": "planned", "basis": "inferred", "as_of": "2025", "articles": 2, "origins": 1}
    rows = {"nodes": nodes, "edges": [plain, full], "centre": "fund:gone", "left_out": None}
    found = build_picture(rows, schema())
    assert (found.title, found.centre, found.left_out) == ("Knowledge graph", None, 0)
    assert found.nodes[0] == Node("fund:a", "A", "Fund", "planned", "A\nFund · planned", 0, 3, "en")
    assert found.nodes[1] == Node("fund:b", " ", "Fund", None, "fund:b\nFund", 0, None, "")
    assert [line.firm for line in found.links] == [True, True]
    for faint in ({"basis": "context"}, {"basis": "stated", "implementation": "context"}):
        (line,) = build_picture(rows | {"edges": [full | faint]}, schema()).links
        assert (line.firm, line.basis) == (False, "context only")
        assert "planned · context only · as of 2025" in line.title
    evidence = {"statements": ["statement:s"], "disagreements": ["disagreement:d"]}
    (line,) = build_picture(rows | {"edges": [full | evidence]}, schema()).links
    assert (line.statements, line.disagreements) == (("statement:s",), ("disagreement:d",))
    (kind,) = build_picture(rows | {"nodes": [nodes[0] | {"kind": "st_development"}], "edges": []}, schema()).nodes
    assert (kind.kind, kind.mark) == ("science and technology development fund", "ST")
    city = {"id": "province:a", "type": "Province", "name": "A", "kind": "city", "status": None}
    (node,) = build_picture({"nodes": [city], "edges": [], "left_out": 0, "centre": None}, schema()).nodes
    assert (node.kind, node.title) == ("", "A\nProvince or city")  # it may be one only since a later day
    assert [line.title for line in found.links] == [
        "A – funds – fund:b",
        "A – funds – fund:b\nplanned · inferred · as of 2025\narticles: 2, independent origins: 1",
    ]


def data_of(text: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" class="picture-data">(.*?)</script>', text, re.DOTALL)
    return json.loads(data)


LIVE = LivePage("/picture.svg", "?entity=fund:a", lambda id: f"/toggle/{id}", "words", "?lang=en")


def table_of(picture: Picture, live: LivePage | None) -> list[tuple[str, ...]]:
    text = fragment(picture, schema(), nonce=None, language="en", live=live, script_url="/s", layout=in_a_row)
    rows = re.findall(r"<tr><td>(.*?)</td></tr>", text.partition("<table>")[2].partition("</table>")[0])
    return [
        tuple(re.sub(r'<(?!a )[^>]+>| target="_self"', "", cell) for cell in row.split("</td><td>")) for row in rows
    ]


def test_the_table_offers_to_expand_nodes_with_neighbours_that_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = (
        fund("a", neighbour_count=2, weight=3),
        fund("b", neighbour_count=4, status="planned"),
        fund("c", neighbour_count=1),
        fund("d"),
        fund("e", neighbour_count=2),
    )
    links = (link("a", "b"), link("b", "a", predicate="SUPPORTS"), link("a", "a"), link("c", "b"), link("e", "b"))
    picture = Picture("", nodes, links, expansions=(Expansion("fund:c", ("fund:d",), 0),))

    def row(name: str, status: str, weight: str, toggle: str = "") -> tuple[str, ...]:
        cell = f'<a href="/toggle/fund:{name}">{toggle}' if toggle else ""
        return f'<a href="/entities/fund:{name}?lang=en">{name}', "Fund", status, weight, cell

    whole = [
        row("a", "", "3", "Expand (+1)"),
        row("b", "planned", "1", "Expand (+1)"),
        row("c", "", "1", "Collapse"),
        row("d", "", "1"),
        row("e", "", "1", "Expand (+1)"),
    ]
    assert table_of(picture, LIVE) == whole
    monkeypatch.setattr(picture_page, "DEFAULT_NODES", 5)
    assert table_of(picture, LIVE) == whole
    monkeypatch.setattr(picture_page, "DEFAULT_NODES", 4)
    assert [bool(cells[4]) for cells in table_of(picture, LIVE)] == [False, False, True, False, False]
    assert [cells[0] for cells in table_of(picture, None)] == [
        f'<a href="/entities/fund:{name}">{name}' for name in "abcde"
    ]


def legend(*nodes: Node, view: View = DEFAULT_VIEW, **more: Any) -> tuple[list[tuple[str, str]], str]:
    """The boxes of the legend, each with whether it is ticked, and the first note below it."""
    text = draw(Picture("", nodes, (), **more), schema(), view=view, layout=in_a_row)
    boxes = re.findall(r'<input type="checkbox" value="(\w+)"( checked)?', text)
    return boxes, re.findall(r"<p><small>(.*?)</small></p>", text)[0]


def test_the_legend_explains_only_the_signs_that_occur() -> None:
    words = picture_words("en")
    assert legend(fund("a", "existing")) == ([("Fund", " checked"), ("existing", " checked")], words["sizes"])
    assert legend(fund("a", "planned"))[1] == f"{words['hollow']}; {words['sizes']}"
    boxes, note = legend(fund("a", "unclear"), fund("b", "existing"), view=View(frozenset({"Fund", "unclear"})))
    assert boxes == [("Fund", ""), ("existing", " checked"), ("unclear", "")]
    assert note == f"{words['hollow']}; {words['uncertain']}; {words['sizes']}"


def test_the_svg_leaves_out_and_does_not_count_what_is_hidden() -> None:
    picture = Picture("", (fund("a", "planned"), fund("b", "existing"), fund("c")), (link("a", "b"), link("b", "c")))
    whole, part, rest = (
        svg(picture, schema(), view=View(frozenset(keys)), layout=in_a_row)
        for keys in ((), ("planned",), ("planned", "existing"))
    )
    assert [len(re.findall("data-node=", text)) for text in (whole, part, rest)] == [3, 2, 1]
    for text, counts in ((whole, "3 nodes, 2 links"), (part, "2 nodes, 1 link"), (rest, "1 node, 0 links")):
        assert f">{counts}</text>" in text
    page = draw(picture, schema(), view=View(frozenset({"planned"})), layout=in_a_row)
    assert len(re.findall("<g data-node=", page)) == 3  # without scripts nothing is hidden


def test_the_data_of_the_page_has_what_the_script_shows() -> None:
    nodes = (fund("a", neighbour_count=0, language="en", title="1\n2\n3"), fund("b", "unclear"), fund("c", "past"))
    links = (link("a", "b", "unclear"), link("b", "a"), link("a", "c"))
    picture = Picture("T", nodes, links, centre="fund:a", expansions=(Expansion("fund:a", ("fund:c",), 5),))
    view = View(moved_nodes={"fund:b": (5, 6), "fund:gone": (1, 1)})
    data = data_of(fragment(picture, schema(), nonce=None, language="en", view=view, script_url="/s", layout=in_a_row))
    assert (data["file"], data["moved"], data["live"]) == ("vnkg-a", ["fund:b"], False)
    assert data["expansions"] == [{"id": "fund:a", "added_ids": ["fund:c"], "left": 5}]
    first, second, third = data["nodes"]
    assert (first["ties"], first["language"], first["title"], first["height"]) == (0, "en", "1\n2\n3", FONT_SIZE + 3)
    assert "ties" not in second and "language" not in second and "height" not in second
    assert (second["x"], second["y"], third["ink"], "ink" in first) == (5, 6, PALE_INK, False)
    curves = [edge["smooth"]["type"] if "smooth" in edge else "" for edge in data["edges"]]
    bends = [line.bend for line in build_scene(picture, schema(), "en", view, in_a_row).links]
    assert curves == ["curvedCW" if bend > 0 else "curvedCCW" if bend else "" for bend in bends]
    assert any(bend > 0 for bend in bends) or any(bend < 0 for bend in bends)
    assert [node.get("badge", "") for node in data["nodes"]] == ["", "?", ""]
    assert (
        data_of(fragment(Picture("", nodes, ()), schema(), nonce=None, language="en", layout=in_a_row))["file"]
        == "vnkg"
    )


def test_the_svg_has_arrows_and_marks_where_they_mean_something() -> None:
    nodes = (fund("a", "existing"), fund("b", "disputed"))
    picture = Picture("", nodes, (link("a", "b"), link("a", "b", "unclear", "PARTNERS_WITH")))
    text = svg(picture, schema(), layout=in_a_row)
    groups = re.findall(r'<g data-link="[^"]*(FUNDS|PARTNERS_WITH)[^"]*">(.*?)</g>', text)
    assert {predicate: "<polygon" in shapes for predicate, shapes in groups} == {"FUNDS": True, "PARTNERS_WITH": False}
    legend = re.findall(r'y="0" font-size="13" fill="#1b1b1f">([^<]*)</text>', text)
    assert legend == ["Fund", "● existing", "≠ disputed ?", "? unclear"]


def test_a_name_in_another_language_than_the_page_is_marked() -> None:
    picture = Picture("", (fund("a", language="en"), fund("b", language="vi"), fund("c")), (link("a", "b"),))
    for language, marks in (("en", ["", "vi", "", "", "vi"]), ("vi", ["en", "", "", "en", ""])):
        text = fragment(picture, schema(), nonce=None, language=language, script_url="/s", layout=in_a_row)
        assert re.findall(r'<bdi(?: lang="(\w+)")?>[abc]</bdi>', text) == marks


def test_a_picture_may_have_exactly_the_largest_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_page, "MAX_NODES", 2)
    monkeypatch.setattr(picture_page, "MAX_LINKS", 1)
    nodes, links = (fund("a"), fund("b"), fund("c")), (link("a", "b"), link("b", "a"))
    assert "<svg" in svg(Picture("", nodes[:2], links[:1]), schema(), layout=in_a_row)
    for picture in (Picture("", nodes, links[:1]), Picture("", nodes[:2], links)):
        with pytest.raises(PictureTooBig):
            svg(picture, schema(), layout=in_a_row)


def test_samples_of_the_legend_look_like_what_they_stand_for() -> None:
    assert len({re.sub(r"#\w{6}", "", line_sample(term)) for term in schema().statuses.values()}) == len(STROKES) - 1
    corners = {
        shape: re.findall(r"(-?[\d.]+),(-?[\d.]+)", symbol(shape, 0, 0, 10, ""))
        for shape in ("triangle", "triangleDown")
    }
    (tip, *base), (low_tip, *high_base) = ([float(y) for _, y in points] for points in corners.values())
    assert tip < min(base)
    assert low_tip > max(high_base)


def test_the_pyvis_network_is_what_the_page_is_drawn_from() -> None:
    nodes = (fund("a", "planned", mark="VC", kind="venture capital fund"), fund("<b>b</b>", "existing"))
    line = replace(link("a", "<b>b</b>", "disputed"), statements=("statement:s",), title="<img src=x>")
    picture = Picture("", nodes, (line,))
    network = picture_page.pyvis_network(picture, schema())
    assert isinstance(network, Network)
    drawn = data_of(draw(picture, schema()))
    titles = [row.pop("title") for row in (*network.nodes, *network.edges)]
    assert not any("<" in title for title in titles)
    assert [{key: row[key] for key in row if key != "title"} for row in drawn["nodes"]] == network.nodes
    assert [{key: row[key] for key in row if key != "title"} for row in drawn["edges"]] == network.edges
    (edge,) = network.edges
    assert (edge["status"], edge["statements"], edge["color"]) == (
        "disputed",
        ["statement:s"],
        TONE_COLORS["disagreement"],
    )
    network.add_node("mine", label="Mine", title="")
    network.add_edge("mine", "fund:a")
    page = network.generate_html(notebook=True)
    assert '"id": "mine"' in page
    assert '"physics": {"enabled": false}' in page
