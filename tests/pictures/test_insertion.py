"""Placement of new boxes in a picture: near their anchor, without overlap, deterministic."""

import math
import random

import numpy as np
import pytest

from vnkg.graph.pictures.layout.grid import Points
from vnkg.graph.pictures.layout.insertion import place_around

BOX = np.array([[120.0, 50.0]])


def crowd(count: int) -> tuple[Points, Points]:
    """Boxes in a tight grid, so that there is free space only outside of it."""
    side = math.isqrt(count)
    points = np.array([(135.0 * (n % side), 65.0 * (n // side)) for n in range(count)])
    return points, np.repeat(BOX, count, axis=0)


def smallest_gap(points: Points, sizes: Points) -> float:
    """Return the gap between the two closest boxes."""
    gaps = np.abs(points[:, None] - points[None]) - (sizes[:, None] + sizes[None]) / 2
    gaps[np.arange(len(points)), np.arange(len(points))] = np.inf
    return float(gaps.max(axis=2).min())


@pytest.mark.parametrize(("existing_count", "new_count"), [(1, 1), (1, 30), (100, 12), (100, 60), (900, 40)])
def test_new_boxes_overlap_neither_existing_boxes_nor_each_other(existing_count: int, new_count: int) -> None:
    points, sizes = crowd(existing_count)
    new = np.repeat(BOX, new_count, axis=0)
    found = place_around(points, sizes, existing_count // 2, new, [[] for _ in range(new_count)], gap=12.0)
    assert found.shape == (new_count, 2)
    assert smallest_gap(np.vstack([points, found]), np.vstack([sizes, new])) >= 12.0 - 1e-6


def test_boxes_of_any_size_are_placed() -> None:
    pick = random.Random(3)
    points, sizes = crowd(64)
    new = np.array([(pick.uniform(30, 400), pick.uniform(30, 120)) for _ in range(25)])
    found = place_around(points, sizes, 9, new, [[] for _ in new], gap=12.0)
    assert smallest_gap(np.vstack([points, found]), np.vstack([sizes, new])) >= 12.0 - 1e-6


def test_new_boxes_are_placed_around_their_anchor_where_possible() -> None:
    points, sizes = np.array([(0.0, 0.0), (2000.0, 0.0)]), np.repeat(BOX, 2, axis=0)
    found = place_around(points, sizes, 1, np.repeat(BOX, 6, axis=0), [[] for _ in range(6)], gap=12.0)
    assert np.hypot(*(found - points[1]).T).max() < 400


def test_a_box_linked_to_another_is_placed_on_its_side() -> None:
    points, sizes = np.array([(0.0, 0.0), (900.0, 0.0), (-900.0, 0.0)]), np.repeat(BOX, 3, axis=0)
    right, left = (place_around(points, sizes, 0, BOX, [[tied]], gap=12.0)[0] for tied in (1, 2))
    assert right[0] > 0 > left[0]


def test_placement_is_deterministic_and_may_be_empty() -> None:
    points, sizes = crowd(49)
    new = np.repeat(BOX, 20, axis=0)
    twice = [place_around(points, sizes, 24, new, [[n] for n in range(20)], gap=12.0) for _ in range(2)]
    assert np.array_equal(*twice)
    assert place_around(points, sizes, 24, np.zeros((0, 2)), [], gap=12.0).shape == (0, 2)
