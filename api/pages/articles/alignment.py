"""Two translations of one text side by side: which of their lines speak of the same things. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, product
from math import sqrt
from typing import Any

MOST_JOINED = 4
"""Lines of one side that may stand beside one line, or several, of the other."""
JOINING = 0.15
"""What it costs to join one more line to a row."""
ALONE = 0.1
"""What it costs to leave a line without a fellow."""
STEPS = [
    (a, b) for a, b in product(range(MOST_JOINED + 1), repeat=2) if (a and b) or a + b == 1
]  # a line stays alone, or some lines stand beside some
Item = Mapping[str, Any]
Spoken = Mapping[int, Counter[Any]]
Rows = list[tuple[list[int], list[int]]]


def spoken_of(ledger: Iterable[Item], mentions: Iterable[Item]) -> dict[int, Counter[Any]]:
    """Return for each line what it speaks of: the entities it names, and what its statements say of what."""
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
    """Return the lines of two texts in rows, both in their order: what speaks of the same things stands together.

    `one` and `other` are what the lines speak of. The rows are those with the greatest likeness in sum.
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
    """How alike two runs of lines are, in constant time: from sums over all lines before them."""

    def __init__(self, left: Sequence[int], right: Sequence[int], one: Spoken, other: Spoken) -> None:
        none: Counter[Any] = Counter()
        here, there = [one.get(line, none) for line in left], [other.get(line, none) for line in right]
        self._here, self._there = _sums(c.total() for c in here), _sums(c.total() for c in there)
        self._shared: list[list[int]] = [[0] * (len(right) + 1)]
        for mine in here:
            row = _sums((mine & theirs).total() for theirs in there)
            self._shared.append([before + now for before, now in zip(self._shared[-1], row, strict=True)])

    def __call__(self, i: int, a: int, j: int, b: int) -> float:
        """Return the likeness of the `a` lines before place `i` with the `b` lines before place `j`."""
        if not a or not b:
            return -ALONE
        here, there = self._here[i] - self._here[i - a], self._there[j] - self._there[j - b]
        joined = JOINING * (a + b - 2)
        if not here or not there:
            return -joined - (ALONE if here or there else 0)
        upper, lower = self._shared[i], self._shared[i - a]
        shared = min(here, there, upper[j] - upper[j - b] - lower[j] + lower[j - b])
        # The roots make two rows of which each is alike worth more than one row of both.
        return sqrt(shared / (here + there - shared)) * sqrt(here + there) - joined


def _sums(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))
