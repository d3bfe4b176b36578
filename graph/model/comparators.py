"""Comparators of measured values (`more than`, `about` …) as intervals."""

from math import inf

_TOLERANCE = 0.1
"""Width of `nearly` and `about` as a share of the value: our own choice, used only to compare values."""


def interval(value: float, comparator: str) -> tuple[float, float]:
    """Return the lowest and highest number that a value with its comparator allows, both inclusive.

    Raises `KeyError` for an unknown comparator.

    >>> interval(140, "more than")
    (140, inf)
    """
    margin = abs(value) * _TOLERANCE
    return {
        "=": (value, value),
        "more than": (value, inf),
        "at least": (value, inf),
        "nearly": (value - margin, value),
        "about": (value - margin, value + margin),
        "at most": (-inf, value),
        "less than": (-inf, value),
    }[comparator]


def agree(first_value: tuple[float, str], second_value: tuple[float, str]) -> bool:
    """Return whether two `(value, comparator)` pairs can both be true: whether their intervals overlap.

    >>> agree((140, "more than"), (140, "=")), agree((140, "="), (100, "="))
    (True, False)
    """
    low, high = interval(*first_value)
    second_low, second_high = interval(*second_value)
    return low <= second_high and second_low <= high
