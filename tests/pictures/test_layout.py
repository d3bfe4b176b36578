"""Node positions: deterministic, without overlapping labels, in about the shape of a screen."""

import json
import math
import subprocess
import sys
from collections.abc import Iterable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.requirements import torture_count
from tests.support.sample_neighbourhoods import Rows, random_graph, small_graph
from vnkg.graph.pictures.layout.edge_bends import bezier_control, link_bends
from vnkg.graph.pictures.layout.overlaps import pack_rectangles, remove_overlaps
from vnkg.graph.pictures.layout.placement import COMPONENT_GAP, NODE_GAP, compute_layout

WIDE, HIGH = 130.0, 60.0
PICTURES = {"small": small_graph(), "60": random_graph(60), "150": random_graph(150), "300": random_graph(300)}
IN_A_FRESH_PYTHON = """
import json
from tests.support.sample_neighbourhoods import random_graph
from vnkg.graph.pictures.layout.placement import compute_layout
rows = random_graph(120)
print(json.dumps(compute_layout({n["id"]: (130, 60) for n in rows["nodes"]},
                       [(e["subject"], e["object"]) for e in rows["edges"]])))
"""


def boxes_of(rows: Rows) -> dict[str, tuple[float, float]]:
    return {node["id"]: (WIDE, HIGH) for node in rows["nodes"]}


def links_of(rows: Rows) -> list[tuple[str, str]]:
    return [(edge["subject"], edge["object"]) for edge in rows["edges"]]


def closest(places: Iterable[tuple[float, float]], wide: float = WIDE, high: float = HIGH) -> float:
    """Return the gap between the two closest boxes."""
    points = np.array(list(places), dtype=np.float64)
    gaps = np.abs(points[:, None] - points[None]) - [wide, high]
    gaps[np.arange(len(points)), np.arange(len(points))] = np.inf
    return float(gaps.max(axis=2).min())


def extent(places: Mapping[str, tuple[int, int]]) -> tuple[float, float]:
    wide, high = np.ptp(np.array(list(places.values())), axis=0)
    return float(wide) + WIDE, float(high) + HIGH


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_boxes_are_closer_than_the_gap(name: str) -> None:
    rows = PICTURES[name]
    places = compute_layout(boxes_of(rows), links_of(rows))
    assert set(places) == set(boxes_of(rows))
    assert closest(places.values()) >= NODE_GAP - 1.5  # both ends are rounded to whole pixels


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_about_as_wide_as_a_screen(name: str) -> None:
    rows = PICTURES[name]
    wide, high = extent(compute_layout(boxes_of(rows), links_of(rows)))
    assert 0.9 < wide / high < 2.6


def test_layout_does_not_depend_on_the_order_of_nodes_links_or_their_ends() -> None:
    rows = small_graph()
    turned = [(b, a) for a, b in reversed(links_of(rows))]
    assert compute_layout(dict(reversed(boxes_of(rows).items())), turned) == compute_layout(
        boxes_of(rows), links_of(rows)
    )


def test_another_python_process_gives_the_same_positions() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", IN_A_FRESH_PYTHON],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PATH": ""},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1
    assert len(json.loads(found.pop())) == 120


def test_the_layout_is_centred_on_the_origin() -> None:
    points = np.array(list(compute_layout(boxes_of(small_graph()), links_of(small_graph())).values()))
    assert np.abs(points.min(axis=0) + points.max(axis=0)).max() <= 2


def test_layouts_of_zero_one_and_two_nodes_work() -> None:
    assert compute_layout({}, []) == {}
    assert compute_layout({"a:1": (50, 50)}, []) == {"a:1": (0, 0)}
    (left, right) = compute_layout({"a:1": (50, 50), "a:2": (50, 50)}, [("a:1", "a:2")]).values()
    assert math.dist(left, right) >= 50


def test_self_links_and_duplicate_links_change_nothing() -> None:
    boxes = {f"a:{n}": (80.0, 40.0) for n in range(5)}
    links = [("a:0", f"a:{n}") for n in range(1, 5)]
    assert compute_layout(boxes, [*links, ("a:0", "a:0"), *links]) == compute_layout(boxes, links)


def test_leaf_nodes_are_placed_around_their_neighbour() -> None:
    boxes = {f"a:{n:02}": (100.0, 50.0) for n in range(41)}
    places = compute_layout(boxes, [("a:00", name) for name in boxes if name != "a:00"])
    x, y = places.pop("a:00")
    quarters = {(px > x, py > y) for px, py in places.values()}
    assert len(quarters) == 4
    farthest = max(math.dist((x, y), spot) for spot in places.values())
    assert farthest < 700


def test_linked_nodes_are_closer_than_others() -> None:
    rows = random_graph(150)
    places = compute_layout(boxes_of(rows), links_of(rows))
    linked = [math.dist(places[a], places[b]) for a, b in links_of(rows)]
    spots = list(places.values())
    others = [math.dist(a, b) for a, b in zip(spots, spots[37:] + spots[:37], strict=True)]
    assert sum(linked) / len(linked) < 0.6 * sum(others) / len(others)


def test_components_are_placed_side_by_side() -> None:
    boxes = {f"{part}:{n}": (60.0, 40.0) for part in "abc" for n in range(6)}
    links = [(f"{part}:0", f"{part}:{n}") for part in "abc" for n in range(1, 6)]
    places = compute_layout(boxes, links)
    rooms = []
    for part in "abc":
        spots = np.array([places[name] for name in places if name.startswith(part)])
        half = np.array([30, 20])
        rooms.append((*(spots.min(axis=0) - half), *(spots.max(axis=0) + half)))
    for number, one in enumerate(rooms):
        for other in rooms[:number]:
            apart = max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3])
            assert apart >= COMPONENT_GAP - 2


def test_many_unlinked_nodes_fill_a_screen_rather_than_a_line() -> None:
    places = compute_layout({f"a:{n}": (WIDE, HIGH) for n in range(200)}, [])
    wide, high = extent(places)
    assert 0.9 < wide / high < 2.6
    assert closest(places.values()) >= NODE_GAP


sides = st.floats(1, 400, allow_nan=False)


@given(st.lists(st.tuples(sides, sides), max_size=30))
def test_packed_rectangles_never_overlap(extents: list[tuple[float, float]]) -> None:
    corners = pack_rectangles(extents, ratio=1.5, gap=10)
    rooms = [(x, y, x + w, y + h) for (x, y), (w, h) in zip(corners, extents, strict=True)]
    for number, one in enumerate(rooms):
        for other in rooms[:number]:
            assert max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3]) >= 10 - 1e-6


@settings(max_examples=torture_count(20))
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=30))
def test_boxes_on_top_of_each_other_are_pushed_apart(points: list[tuple[int, int]]) -> None:
    pushed = remove_overlaps(np.array(points, dtype=np.float64), np.full((len(points), 2), (40.0, 20.0)))
    assert closest(map(tuple, pushed), 40, 20) >= -1e-6


def test_parallel_links_bend_differently_in_either_direction() -> None:
    places = {"a:1": (0, 0), "a:2": (300, 0)}
    sizes = {"a:1": 10.0, "a:2": 10.0}
    links = [("a:1", "a:2"), ("a:2", "a:1"), ("a:1", "a:2")]
    middles = set()
    for (a, b), bend in zip(links, link_bends(places, sizes, links), strict=True):
        middles.add(round(bezier_control(places[a], places[b], bend)[1]))
    assert len(middles) == 3
    assert len(set(link_bends(places, sizes, [("a:1", "a:2")] * 12))) == 12


def test_a_link_is_routed_around_a_node() -> None:
    places = {"a:1": (0, 0), "a:2": (150, 0), "a:3": (300, 0)}
    sizes = dict.fromkeys(places, 12.0)
    assert link_bends(places, sizes, [("a:1", "a:2")]) == [0.0]
    assert link_bends(places, sizes, [("a:1", "a:3")]) != [0.0]
