"""Align lines of two translations by shared entities and statements (dynamic programming). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, product
from math import sqrt
from typing import Any

MOST_JOINED = 4
"""Maximum number of consecutive lines of one text in a row."""
JOINING = 0.15
"""Penalty for each additional line in a row."""
ALONE = 0.1
"""Penalty for a line without a counterpart."""
STEPS = [
    (a, b) for a, b in product(range(MOST_JOINED + 1), repeat=2) if (a and b) or a + b == 1
]  # (left, right) numbers of lines: one line without counterpart, or at least one of each text
Item = Mapping[str, Any]
Spoken = Mapping[int, Counter[Any]]
Rows = list[tuple[list[int], list[int]]]


def spoken_of(ledger: Iterable[Item], mentions: Iterable[Item]) -> dict[int, Counter[Any]]:
    """Return the features of each line, by line number.

    They are counts of the entities that it mentions and of the subject, predicate, object and value of its statements.
    """
    found: dict[int, Counter[Any]] = {}
    for mention in mentions:
        found.setdefault(mention["line"], Counter())[mention["entity"]] += 1
    for entry in ledger:
        here = found.setdefault(entry["line"], Counter())
        for said in entry.get("statements", ()):
            what = said.get("predicate") or said.get("indicator") or said.get("claim_type")
            here[said["subject"], what, said.get("object"), said.get("value")] += 1
    return found


def rows(left: Sequence[int], right: Sequence[int], one: Spoken, other: Spoken) -> Rows:
    """Return the lines of two texts in aligned rows `(left_lines, right_lines)`; both keep their order.

    Of all alignments it is the one with the greatest sum of similarities. Line numbers without features count as empty.
    """
    likeness = _Likeness(left, right, one, other)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i, j in product(range(len(left) + 1), range(len(right) + 1)):
        ways = [(best[i - a, j - b][0] + likeness(i, a, j, b), a, b) for a, b in STEPS if a <= i and b <= j]
        if ways:
            best[i, j] = max(ways, key=lambda way: way[0])
    found: Rows = []
    i, j = len(left), len(right)
    while i or j:
        _, a, b = best[i, j]
        found.append((list(left[i - a : i]), list(right[j - b : j])))
        i, j = i - a, j - b
    return found[::-1]


class _Likeness:
    """Similarity of two runs of lines in constant time, from prefix sums."""

    def __init__(self, left: Sequence[int], right: Sequence[int], one: Spoken, other: Spoken) -> None:
        none: Counter[Any] = Counter()
        here, there = [one.get(line, none) for line in left], [other.get(line, none) for line in right]
        self._here, self._there = _sums(c.total() for c in here), _sums(c.total() for c in there)
        self._shared: list[list[int]] = [[0] * (len(right) + 1)]
        for mine in here:
            row = _sums((mine & theirs).total() for theirs in there)
            self._shared.append([before + now for before, now in zip(self._shared[-1], row, strict=True)])

    def __call__(self, i: int, a: int, j: int, b: int) -> float:
        """Return the similarity of `left_size` lines before `left_end` and `right_size` lines before `right_end`."""
        if not a or not b:
            return -ALONE
        here, there = self._here[i] - self._here[i - a], self._there[j] - self._there[j - b]
        joined = JOINING * (a + b - 2)
        if not here or not there:
            return -joined - (ALONE if here or there else 0)
        upper, lower = self._shared[i], self._shared[i - a]
        shared = min(here, there, upper[j] - upper[j - b] - lower[j] + lower[j - b])
        # With the square roots, two separate matching rows score higher than both joined into one.
        return sqrt(shared / (here + there - shared)) * sqrt(here + there) - joined


def _sums(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))
