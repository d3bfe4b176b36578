"""Why a number may not be compared with others: what the query `indicator_ranking` notes, in words of a language."""

import re

from vnkg.api.labels import Labels
from vnkg.api.words import Words


def caution(note: str, words: Words, labels: Labels) -> str:
    """Return a note in words: `other unit`, or `target, not actual`."""
    found, between, usual = note.partition(", not ")
    if between:
        of = labels.schema.value_statuses
        return words("caution_value_status", found=labels.term(of, found), usual=labels.term(of, usual))
    return words("caution_" + re.sub(r"\W+", "_", note))
