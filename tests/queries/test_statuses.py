"""Planned is never existing: every query, with every edge that its answer depends on set to every status in turn.

`tests/support/worlds/status_rules.py` says what the statuses count as in each query.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from types import ModuleType
from typing import Any

import pytest

from tests.support.invented_graph import load_graph, queries
from tests.support.status_changes import StatusChanges, with_status_changes
from tests.support.worlds import WORLDS
from tests.support.worlds.status_rules import ANY_PREDICATE, STATUS_RULES, StatusRule, Step
from vnkg.graph.catalogue.query import Query, QueryResult, bind, catalogue
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.model.release import Edge
from vnkg.graph.model.schema import STATUS_GROUPS, schema
from vnkg.graph.settings import Settings

Row = Mapping[str, Any]
WORLD_OF = {name: world for world in WORLDS for name, _params in world.CALLS}
FIRST_PARAMS = {name: params for world in WORLDS for name, params in reversed(world.CALLS)}
LOADED_QUERIES = [(world, name) for world in WORLDS for name in catalogue() if WORLD_OF.get(name) is world]
PROBES = (*(schema().statuses_in(group)[0] for group in STATUS_GROUPS), "unclear")
"""Statuses to try first: edges with which the answer stays the same are left at that."""
GROUP_SIZES = (16, 4)
"""How many edges are tried at once, before they are tried one by one."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The answer of a query when an edge has a status."""

    status: str
    answer: QueryResult

    @property
    def rows(self) -> list[Row]:
        """The answers and near misses."""
        return [*self.answer.rows, *self.answer.near_misses]


@pytest.fixture(scope="module")
def embedded_engine(embedded_settings: Settings) -> Iterator[Engine]:
    with Engine.open(embedded_settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, embedded_engine: Engine) -> ModuleType:
    load_graph(embedded_engine, request.param.release())
    return request.param


@pytest.mark.parametrize("query", catalogue())
def test_every_query_says_what_a_status_counts_as(query: str) -> None:
    if query not in STATUS_RULES:
        pytest.skip(f"a rule for {query} in tests/support/worlds/status_rules.py would test its statuses")


def test_rules_are_for_queries_that_exist() -> None:
    assert set(STATUS_RULES) <= set(catalogue())


@pytest.mark.parametrize(
    ("world", "name"),
    [pytest.param(world, name, id=name) for world, name in LOADED_QUERIES if name in STATUS_RULES],
    indirect=["world"],
)
def test_a_status_counts_only_as_its_group_says(embedded_engine: Engine, world: ModuleType, name: str) -> None:
    rule, query = STATUS_RULES[name], queries()[name]
    params = FIRST_PARAMS[name] if rule.params is None else rule.params
    bound_params = bind(query, params)

    def check(changes: StatusChanges) -> None:
        check_other_edges(changes, rule, query, params)
        for step in rule.steps:
            edges = [
                edge
                for edge in changes.release.edges
                if describing_step(rule, edge) is step and not (step.is_sole and shares_its_object(changes, edge))
            ]
            if step.predicates == ANY_PREDICATE:  # the query treats them alike: one of each kind is enough
                edges = list({(*kind_of(edge), edge.status): edge for edge in edges}.values())
            outcomes = [
                check_edge(step, expand(step.counts, bound_params), query, edge, found)
                for edge, found in edges_that_matter(changes, query, params, edges)
            ]
            seen = set().union(*(reported for _, reported in outcomes))
            has_both = set() < expand(step.counts, bound_params) < set(schema().statuses)
            assert not has_both or any(decides for decides, _ in outcomes), (
                f"{name}: the world has no {step.predicates} whose status decides; add one"
            )
            assert seen == set(step.reports), f"{name}: {step.predicates} is reported in {seen}, not in {step.reports}"

    with_status_changes(embedded_engine, world.release(), check)


def describing_step(rule: StatusRule, edge: Edge) -> Step | None:
    return next((step for step in rule.steps if step.describes(edge)), None)


def expand(counts: Collection[str], bound_params: Mapping[str, Any]) -> set[str]:
    """The statuses of groups, single statuses and parameters."""
    statuses: set[str] = set()
    for item in counts:
        if item in STATUS_GROUPS:
            statuses |= set(schema().statuses_in(item))
        else:
            statuses |= set(bound_params[item[1:]]) if item.startswith("$") else {item}
    return statuses


def shares_its_object(changes: StatusChanges, edge: Edge) -> bool:
    pointing = [e for e in changes.release.edges if e.object == edge.object and e.predicate in schema().existence]
    return edge in pointing and len(pointing) > 1


def edges_that_matter(
    changes: StatusChanges, query: Query, params: Mapping[str, Any], edges: Sequence[Edge]
) -> Iterator[tuple[Edge, list[Variant]]]:
    """Yield edges that change the answer with the answers for all statuses; one of those that change it alike.

    These are of one type, between the same types, and change the same columns. Edges are tried in groups first, so that
    those that change nothing cost little.
    """
    changes.set_status([], "")
    original = Variant("", changes.answer(query, params))
    # The statements of some edges differ in their predicate: these stay disputed, whatever the status.
    found = [e for e in edges if all(changes.statuses_with([e], s)["edges"][e.id] == s for s in PROBES)]
    for size in GROUP_SIZES:
        groups = [found[start : start + size] for start in range(0, len(found), size)]
        found = [
            edge for group in groups if any(answer_changes(changes, query, params, group, original)) for edge in group
        ]
    shapes: set[Any] = set()
    for edge in found:
        answers = {status: variant(changes, query, params, edge, status) for status in PROBES}
        if all(answer.answer == original.answer for answer in answers.values()):
            continue
        weights = tuple(weight(query, answer)[:3] for answer in answers.values())
        columns = tuple(changed_columns(query, original, answer) for answer in answers.values())
        shape = *kind_of(edge), weights, columns
        if shape not in shapes:
            shapes.add(shape)
            yield edge, [answers.get(s) or variant(changes, query, params, edge, s) for s in schema().statuses]


def kind_of(edge: Edge) -> tuple[str, str, str]:
    return edge.predicate, edge.subject.partition(":")[0], edge.object.partition(":")[0]


def changed_columns(query: Query, variant: Variant, other_variant: Variant) -> frozenset[str]:
    return frozenset(
        name
        for name in query.returns
        if Counter(str(row[name]) for row in variant.rows) != Counter(str(row[name]) for row in other_variant.rows)
    )


def answer_changes(
    changes: StatusChanges, query: Query, params: Mapping[str, Any], edges: Sequence[Edge], original: Variant
) -> Iterator[bool]:
    for status in PROBES:
        changes.set_status(edges, status)
        yield changes.answer(query, params) != original.answer


def variant(changes: StatusChanges, query: Query, params: Mapping[str, Any], edge: Edge, status: str) -> Variant:
    changes.set_status([edge], status)
    return Variant(status, changes.answer(query, params))


def check_other_edges(changes: StatusChanges, rule: StatusRule, query: Query, params: Mapping[str, Any]) -> None:
    others = [edge for edge in changes.release.edges if describing_step(rule, edge) is None]
    expected = changes.answer(query, params)
    for status in schema().statuses:
        changes.set_status(others, status)
        predicates = sorted({edge.predicate for edge in others})
        assert changes.answer(query, params) == expected, (
            f"{query.name}: no rule says that the status of one of {predicates} matters, but {status!r} does"
        )
    changes.set_status([], "")


def check_edge(
    step: Step, counting: set[str], query: Query, edge: Edge, variants: Sequence[Variant]
) -> tuple[bool, set[str]]:
    """Check the answers; returns whether the edge decides between two of them, and the columns that report it."""
    distinguished = [counting, *(expand(statuses, {}) for statuses in step.distinguishes)]
    classes: dict[tuple[bool, ...], list[Variant]] = {}
    for variant in variants:
        classes.setdefault(tuple(variant.status in statuses for statuses in distinguished), []).append(variant)
    reported: set[str] = set()
    for group in classes.values():
        for first, second in pairwise(group):
            columns = reporting_columns(first, second)
            assert columns is not None, (
                f"{query.name}: {edge.id}: {first.status!r} and {second.status!r} should count as the same\n"
                f"{first.rows}\n{second.rows}"
            )
            assert columns <= set(step.reports), f"{query.name}: {edge.id} is reported in {columns}"
            reported |= columns
    counted = [variant for variant in variants if variant.status in counting]
    uncounted = [variant for variant in variants if variant.status not in counting]
    if step.effect == "moves":
        return any(reporting_columns(first, second) is None for first in counted for second in uncounted[:1]), reported
    decides = False
    weights = {variant.status: weight(query, variant) for variant in variants}
    for first, second in product(counted, uncounted):
        more, less = (first, second) if step.effect == "adds" else (second, first)
        assert weights[more.status] >= weights[less.status], (
            f"{query.name}: {edge.id}: {first.status!r} should count, {second.status!r} should not\n"
            f"{first.rows}\n{second.rows}"
        )
        decides |= weights[more.status] > weights[less.status]
    return decides, reported


def weight(query: Query, variant: Variant) -> tuple[float, ...]:
    """What to compare answers by: rows, conditions met, cells filled (but not with a status), and the sum of numbers."""
    met = sum(row[name] is True for row in variant.rows for name in query.conditions)
    cells = [cell for row in variant.rows for name, cell in row.items() if name != "fails"]
    items = [item for cell in cells for item in (cell if isinstance(cell, list) else [cell])]
    items = [item for item in items if item is not None and item not in schema().statuses]
    numbers = sum(item for item in items if isinstance(item, int | float) and not isinstance(item, bool))
    return len(variant.answer.rows), met, len(items), numbers


def reporting_columns(first_variant: Variant, second_variant: Variant) -> set[str] | None:
    """The columns in which two answers differ by just the status; None if they differ in anything else."""
    first_rows = [normalize(row) for row in first_variant.rows]
    second_rows = [normalize(row) for row in second_variant.rows]
    rest = [row for row in second_rows if row not in first_rows]
    columns: set[str] = set()
    for row in (row for row in first_rows if row not in second_rows):
        for candidate in rest:
            found = status_columns(row, candidate, first_variant.status, second_variant.status)
            if found is not None:
                rest.remove(candidate)
                columns |= found
                break
        else:
            return None
    return None if rest else columns


def status_columns(row: Row, other_row: Row, status: str, other_status: str) -> set[str] | None:
    columns: set[str] = set()
    for name, cell in row.items():
        if cell != other_row[name]:
            if not differ_by_status(cell, other_row[name], status, other_status):
                return None
            columns.add(name)
    return columns


def differ_by_status(cell: Any, other_cell: Any, status: str, other_status: str) -> bool:
    if not isinstance(cell, list) or not isinstance(other_cell, list):
        return (cell, other_cell) == (status, other_status)
    if len(cell) == len(other_cell) and all(
        a == b or (a, b) == (status, other_status) for a, b in zip(cell, other_cell, strict=True)
    ):
        return True
    both = {status, other_status}
    return status in cell and other_status in other_cell and {*cell} - both == {*other_cell} - both


def normalize(row: Row) -> Row:
    """The row with its parallel lists in the order of their entities: the matrix sorts them by status."""
    lists = {f"{name}{suffix}" for name in row if f"{name}_items" in row for suffix in ("", "_basis", "_items")}
    if not lists:
        return row
    changed = dict(row) | {"statements": sorted(row["statements"])}
    for name in (name for name in row if row.get(f"{name}_items")):
        order = sorted(range(len(row[f"{name}_items"])), key=lambda index: row[f"{name}_items"][index])
        changed |= {f"{name}{end}": [row[f"{name}{end}"][index] for index in order] for end in ("", "_basis", "_items")}
    return changed
