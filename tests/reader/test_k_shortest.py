"""The best simple paths of a small graph, compared with all its paths."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnkg.graph.model.schema import schema
from vnkg.graph.reader.k_shortest import MAX_STEPS, EdgeWeights, Path, best_paths

Edges = Mapping[tuple[str, str], int]
STEP = 1_000
graphs = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda ends: ends[0] < ends[1]),
    st.integers(0, 3).map(lambda more: STEP + more),
    max_size=16,
)


def adjacency(edges: Edges) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (one, two), weight in edges.items():
        found.setdefault(one, {})[two] = weight
        found.setdefault(two, {})[one] = weight
    return found


def every_path(graph: Mapping[str, Mapping[str, int]], path: Path, end: str, steps: int) -> Iterator[Path]:
    if path[-1] == end:
        yield path
        return
    for other in graph.get(path[-1], {}) if len(path) <= steps else ():
        if other not in path:
            yield from every_path(graph, (*path, other), end, steps)


def weight(graph: Mapping[str, Mapping[str, int]], path: Path) -> int:
    return sum(graph[here][there] for here, there in pairwise(path))


@given(graphs, st.integers(1, 6), st.integers(1, 30), st.sets(st.sampled_from("bcdef"), max_size=2))
def test_best_paths_are_the_first_of_all_paths_by_weight_and_name(
    edges: Edges, steps: int, limit: int, blocked_nodes: set[str]
) -> None:
    graph = adjacency(edges)
    open_part = {one: {two: w for two, w in of.items() if two not in blocked_nodes} for one, of in graph.items()}
    wanted = sorted((weight(graph, path), path) for path in every_path(open_part, ("a",), "g", steps))
    found = best_paths(graph, "a", "g", limit=limit, max_steps=steps, blocked_entities=blocked_nodes)
    assert found == [path for _weight, path in wanted[:limit]]


def test_the_order_of_the_input_does_not_matter() -> None:
    edges = {("a", "b"): STEP, ("a", "c"): STEP, ("b", "d"): STEP, ("c", "d"): STEP, ("b", "c"): STEP}
    other_way = dict(reversed(edges.items()))
    ways = [best_paths(adjacency(some), "a", "d", limit=4, max_steps=3) for some in (edges, other_way)]
    assert ways[0] == ways[1] == [("a", "b", "d"), ("a", "c", "d"), ("a", "b", "c", "d"), ("a", "c", "b", "d")]


def test_when_time_is_up_the_paths_found_so_far_are_returned() -> None:
    # Of 300 leaves of "b" only the last one leads on; from each, the way back through "a" looks shorter.
    leaves = [f"c{number:03}" for number in range(300)]
    edges = {("a", "z"): STEP, ("a", "b"): STEP} | {("b", leaf): STEP for leaf in leaves}
    edges |= {(leaves[-1], "w"): STEP, ("w", "x"): STEP, ("x", "y"): STEP, ("y", "z"): STEP}
    long = ("a", "b", leaves[-1], "w", "x", "y", "z")
    assert best_paths(adjacency(edges), "a", "z", limit=3, max_steps=6) == [("a", "z"), long]
    assert best_paths(adjacency(edges), "a", "z", limit=3, max_steps=6, is_time_up=lambda: True) == [("a", "z")]


def total_weight(*edges: tuple[str | None, str | None, int | None]) -> int:
    """The weight of a path over edges given as (status, basis, origins)."""
    measure = EdgeWeights(schema())
    return sum(measure.weight(*edge) for edge in edges)


STATED_ONCE, STATED_TWICE = ("existing", "stated", 1), ("existing", "stated", 2)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ([("disputed", "reference", 0)], [STATED_ONCE, STATED_ONCE]),
        ([("planned", "context", 1)] * MAX_STEPS, [("planned", "context", 1)] * (MAX_STEPS - 1) + [("disputed", "stated", 9)]),
        ([STATED_ONCE], [("in_progress", "stated", 9)]),
        ([("existing", "inferred", 1)], [("planned", "stated", 9)]),
        ([("planned", "stated", 1)], [("disputed", "stated", 9)]),
        ([("unclear", "stated", 1)], [(None, "stated", 9)]),
        ([STATED_ONCE], [("existing", "inferred", 9)]),
        ([("existing", "inferred", 1)], [("existing", "reference", 9)]),
        ([STATED_TWICE], [STATED_ONCE]),
        ([STATED_ONCE], [("existing", "stated", None)]),
        ([STATED_TWICE, STATED_ONCE], [STATED_ONCE, STATED_ONCE]),
        ([("planned", "stated", 1)] * 2, [STATED_ONCE, ("disputed", "stated", 1)]),
        ([STATED_ONCE, ("planned", "stated", 1)], [("planned", "stated", 1)] * 2),
    ],
)  # fmt: skip
def test_paths_rank_by_steps_then_by_weakest_status_basis_and_origins(
    better: list[tuple[str, str, int]], worse: list[tuple[str, str, int]]
) -> None:
    assert total_weight(*better) < total_weight(*worse)
