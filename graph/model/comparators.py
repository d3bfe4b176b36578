"""What a measured value may mean: comparators as intervals."""

from math import inf

_NEAR = 0.1
"""How far `nearly` and `about` reach, as a share of the value; our choice, for comparing only."""


def interval(value: float, comparator: str) -> tuple[float, float]:
    """Return the lowest and highest number a comparator and value allow; bounds count as inside.

    >>> interval(140, "more than")
    (140, inf)
    """
    reach = abs(value) * _NEAR
    return {
        "=": (value, value),
        "more than": (value, inf),
        "at least": (value, inf),
        "nearly": (value - reach, value),
        "about": (value - reach, value + reach),
        "at most": (-inf, value),
        "less than": (-inf, value),
    }[comparator]


def agree(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Tell whether two values with their comparators can both be right.

    >>> agree((140, "more than"), (140, "=")), agree((140, "="), (100, "="))
    (True, False)
    """
    low, high = interval(*one)
    other_low, other_high = interval(*other)
    return low <= other_high and other_low <= high
