"""Fuzzy lookup among very many words: filters candidates by letter counts, then computes edit distances."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

_LETTER_SLOTS = 37
"""Slots of a letter count: a to z, 0 to 9, and one for all other characters."""
_EDITS_BY_LENGTH = ((4, 0), (9, 1), (15, 2))
_MAX_EDITS = 3


def max_edit_distance(length: int) -> int:
    """Return the maximum edit distance (wrong, missing, extra or swapped letters) for a word of that length."""
    return next((edits for length_limit, edits in _EDITS_BY_LENGTH if length < length_limit), _MAX_EDITS)


class FuzzyIndex:
    """Index of words for fast lookup of similar spellings; `words` is sorted by length, then alphabetically."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = sorted(sorted(set(words)), key=len)
        self._lengths = np.array([len(word) for word in self.words], dtype=np.int32)
        self._counts = _letter_counts(self.words, self._lengths)

    def find(self, word: str) -> list[str]:
        """Return the closest words, sorted: all at the smallest edit distance that occurs, or an empty list.

        Digits must be equal: a different number is never a typo.
        """
        max_edits = max_edit_distance(len(word))
        first, end = np.searchsorted(self._lengths, [len(word) - max_edits, len(word) + max_edits + 1])
        if not max_edits or first == end:
            return []
        word_counts = _letter_counts([word], np.array([len(word)], dtype=np.int32))[:, 0]
        differences = np.zeros(end - first, dtype=np.uint8)
        for slot in range(_LETTER_SLOTS):
            slot_counts = self._counts[slot, first:end]
            differences += np.maximum(slot_counts, word_counts[slot]) - np.minimum(slot_counts, word_counts[slot])
        # A swap changes no letter count, a wrong letter changes two: a necessary condition for at most that many edits.
        candidates = [self.words[int(first) + int(index)] for index in np.flatnonzero(differences <= 2 * max_edits)]
        digits = _digits(word)
        hits = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=max_edits, limit=None)
        matches = [(name, int(distance)) for name, distance, _ in hits if _digits(name) == digits]
        best = min((distance for _, distance in matches), default=0)
        return sorted(name for name, distance in matches if distance == best)


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdecimal())


def _letter_counts(words: Sequence[str], lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.uint8]:
    """Return how often each letter occurs in each word, shape (slots, words); a row is contiguous in memory."""
    counts = np.empty((_LETTER_SLOTS, len(words)), dtype=np.uint8)
    code_points = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    slots = np.full(code_points.shape, _LETTER_SLOTS - 1, dtype=np.uint8)
    for first_slot, low, high in ((0, ord("a"), ord("z")), (26, ord("0"), ord("9"))):
        in_range = (code_points >= low) & (code_points <= high)
        slots[in_range] = code_points[in_range] - low + first_slot
    word_numbers = np.repeat(np.arange(len(words)), lengths)
    for slot in range(_LETTER_SLOTS):
        counts[slot] = np.bincount(word_numbers[slots == slot], minlength=len(words))
    return counts
