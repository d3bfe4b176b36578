import pytest

from vnkg.graph.model.comparators import agree, interval
from vnkg.graph.model.schema import schema


@pytest.mark.parametrize(
    ("value", "other_value", "is_compatible"),
    [
        ((140, "more than"), (140, "="), True),
        ((140, "more than"), (100, "more than"), True),
        ((140, "="), (100, "more than"), True),
        ((140, "="), (100, "="), False),
        ((100, "nearly"), (95, "="), True),
        ((100, "nearly"), (101, "="), False),
        ((100, "about"), (108, "="), True),
        ((100, "less than"), (100, "more than"), True),
        ((99, "at most"), (100, "at least"), False),
        ((100, "about"), (91, "="), True),
        ((100, "about"), (89, "="), False),
        ((100, "about"), (111, "="), False),
        ((100, "nearly"), (89, "="), False),
        ((-100, "about"), (-95, "="), True),
        ((-100, "nearly"), (-105, "="), True),
        ((100, "less than"), (101, "="), False),
        ((100, "less than"), (1, "="), True),
        ((100, "at most"), (-1, "="), True),
        ((100, "at least"), (1e12, "="), True),
        ((100, "at least"), (100, "at most"), True),
        ((100, "more than"), (99, "="), False),
    ],
)
def test_values_agree_if_their_intervals_overlap(
    value: tuple[float, str], other_value: tuple[float, str], is_compatible: bool
) -> None:
    assert agree(value, other_value) is is_compatible
    assert agree(other_value, value) is is_compatible


def test_every_comparator_of_the_schema_has_an_interval() -> None:
    for comparator in schema().comparators:
        low, high = interval(10, comparator)
        assert low <= 10 <= high
