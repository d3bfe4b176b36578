"""Files of facts to plain values; and the skeleton of a new article's file."""

from vnkg.loaders.coverage import Ledger, articles_of, coverage
from vnkg.loaders.read import built_in, known_entities, read_facts
from vnkg.loaders.renewal import Renewal, renewed
from vnkg.loaders.skeleton import skeleton
from vnkg.loaders.texts import Texts, faults

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
