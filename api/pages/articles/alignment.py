"""Align lines of two translations by shared entities and statements (dynamic programming). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, product
from math import sqrt
from typing import Any

from ....graph.model.objects import Row
from ....graph.reader.objects import MentionJson

MAX_JOINED_LINES = 4
"""Maximum number of consecutive lines of one text in a row."""
JOIN_COST = 0.15
"""Penalty for each additional line in a row."""
GAP_COST = 0.1
"""Penalty for a line without a counterpart."""
STEPS = [
    (a, b) for a, b in product(range(MAX_JOINED_LINES + 1), repeat=2) if (a and b) or a + b == 1
]  # (left, right) numbers of lines: one line without counterpart, or at least one of each text
LineFeatures = Mapping[int, Counter[Any]]
AlignedRows = list[tuple[list[int], list[int]]]


def line_features(ledger: Iterable[Row], mentions: Iterable[MentionJson]) -> dict[int, Counter[Any]]:
    """Return the features of each line, by line number.

    They are counts of the entities that it mentions and of the subject, predicate, object and value of its statements.
    """
    features: dict[int, Counter[Any]] = {}
    for mention in mentions:
        features.setdefault(mention["line"], Counter())[mention["entity"]] += 1
    for entry in ledger:
        line_counts = features.setdefault(entry["line"], Counter())
        for statement in entry.get("statements", ()):
            predicate = statement.get("predicate") or statement.get("indicator") or statement.get("claim_type")
            line_counts[statement["subject"], predicate, statement.get("object"), statement.get("value")] += 1
    return features


def align_lines(
    left_lines: Sequence[int], right_lines: Sequence[int], left_features: LineFeatures, right_features: LineFeatures
) -> AlignedRows:
    """Return the lines of two texts in aligned rows `(left_lines, right_lines)`; both keep their order.

    Of all alignments it is the one with the greatest sum of similarities. Line numbers without features count as empty.
    """
    similarity = _Similarity(left_lines, right_lines, left_features, right_features)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i, j in product(range(len(left_lines) + 1), range(len(right_lines) + 1)):
        candidates = [(best[i - a, j - b][0] + similarity(i, a, j, b), a, b) for a, b in STEPS if a <= i and b <= j]
        if candidates:
            best[i, j] = max(candidates, key=lambda candidate: candidate[0])
    aligned_rows: AlignedRows = []
    i, j = len(left_lines), len(right_lines)
    while i or j:
        _, a, b = best[i, j]
        aligned_rows.append((list(left_lines[i - a : i]), list(right_lines[j - b : j])))
        i, j = i - a, j - b
    return aligned_rows[::-1]


class _Similarity:
    """Similarity of two runs of lines in constant time, from prefix sums."""

    def __init__(
        self,
        left_lines: Sequence[int],
        right_lines: Sequence[int],
        left_features: LineFeatures,
        right_features: LineFeatures,
    ) -> None:
        empty: Counter[Any] = Counter()
        left_counts, right_counts = (
            [left_features.get(line, empty) for line in left_lines],
            [right_features.get(line, empty) for line in right_lines],
        )
        self._left_totals, self._right_totals = (
            _prefix_sums(c.total() for c in left_counts),
            _prefix_sums(c.total() for c in right_counts),
        )
        self._common_totals: list[list[int]] = [[0] * (len(right_lines) + 1)]
        for left_count in left_counts:
            row = _prefix_sums((left_count & right_count).total() for right_count in right_counts)
            self._common_totals.append(
                [previous + row_total for previous, row_total in zip(self._common_totals[-1], row, strict=True)]
            )

    def __call__(self, left_end: int, left_size: int, right_end: int, right_size: int) -> float:
        """Return the similarity of `left_size` lines before `left_end` and `right_size` lines before `right_end`."""
        if not left_size or not right_size:
            return -GAP_COST
        left_total, right_total = (
            self._left_totals[left_end] - self._left_totals[left_end - left_size],
            self._right_totals[right_end] - self._right_totals[right_end - right_size],
        )
        join_cost = JOIN_COST * (left_size + right_size - 2)
        if not left_total or not right_total:
            return -join_cost - (GAP_COST if left_total or right_total else 0)
        upper, lower = self._common_totals[left_end], self._common_totals[left_end - left_size]
        common = min(
            left_total,
            right_total,
            upper[right_end] - upper[right_end - right_size] - lower[right_end] + lower[right_end - right_size],
        )
        # With the square roots, two separate matching rows score higher than both joined into one.
        return sqrt(common / (left_total + right_total - common)) * sqrt(left_total + right_total) - join_cost


def _prefix_sums(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))
