"""Fuzzy lookup among very many words: filters candidates by letter counts, then computes edit distances."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

_PLACES = 37
"""Slots of a letter count: a to z, 0 to 9, and one for all other characters."""
_ALLOWED = ((4, 0), (9, 1), (15, 2))
_MOST_ALLOWED = 3


def allowed(length: int) -> int:
    """Return the maximum edit distance (wrong, missing, extra or swapped letters) for a word of that length."""
    return next((slips for below, slips in _ALLOWED if length < below), _MOST_ALLOWED)


class Nearby:
    """Index of words for fast lookup of similar spellings; `words` is sorted by length, then alphabetically."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = sorted(sorted(set(words)), key=len)
        self._lengths = np.array([len(word) for word in self.words], dtype=np.int32)
        self._counts = _counted(self.words, self._lengths)

    def find(self, word: str) -> list[str]:
        """Return the closest words, sorted: all at the smallest edit distance that occurs, or an empty list.

        Digits must be equal: a different number is never a typo.
        """
        slips = allowed(len(word))
        first, end = np.searchsorted(self._lengths, [len(word) - slips, len(word) + slips + 1])
        if not slips or first == end:
            return []
        own = _counted([word], np.array([len(word)], dtype=np.int32))[:, 0]
        apart = np.zeros(end - first, dtype=np.uint8)
        for place in range(_PLACES):
            there = self._counts[place, first:end]
            apart += np.maximum(there, own[place]) - np.minimum(there, own[place])
        # A swap changes no letter count, a wrong letter changes two: a necessary condition for at most that many edits.
        close = [self.words[int(first) + int(at)] for at in np.flatnonzero(apart <= 2 * slips)]
        digits = _digits(word)
        hits = process.extract(word, close, scorer=OSA.distance, score_cutoff=slips, limit=None)
        found = [(name, int(distance)) for name, distance, _ in hits if _digits(name) == digits]
        best = min((distance for _, distance in found), default=0)
        return sorted(name for name, distance in found if distance == best)


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdecimal())


def _counted(words: Sequence[str], lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    """Return how often each letter occurs in each word, shape (slots, words); a row is contiguous in memory."""
    counts = np.empty((_PLACES, len(words)), dtype=np.uint8)
    joined = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    places = np.full(joined.shape, _PLACES - 1, dtype=np.uint8)
    for start, low, high in ((0, ord("a"), ord("z")), (26, ord("0"), ord("9"))):
        inside = (joined >= low) & (joined <= high)
        places[inside] = joined[inside] - low + start
    holders = np.repeat(np.arange(len(words)), lengths)
    for place in range(_PLACES):
        counts[place] = np.bincount(holders[places == place], minlength=len(words))
    return counts
