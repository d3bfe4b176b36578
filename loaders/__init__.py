"""Read facts files into plain values, check them, and write skeletons of new article files."""

from .article_texts import Texts, faults
from .coverage import Ledger, articles_of, coverage
from .new_article import skeleton
from .read import built_in, known_entities, read_facts
from .update_mentions import Renewal, renewed

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
