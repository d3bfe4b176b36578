"""Files of facts to plain values; and the skeleton of a new article's file."""

from .coverage import Ledger, articles_of, coverage
from .read import built_in, known_entities, read_facts
from .renewal import Renewal, renewed
from .skeleton import skeleton
from .texts import Texts, faults

__all__ = [
    "Ledger",
    "Renewal",
    "Texts",
    "articles_of",
    "built_in",
    "coverage",
    "faults",
    "known_entities",
    "read_facts",
    "renewed",
    "skeleton",
]
