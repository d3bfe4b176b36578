"""Read facts files into plain values, check them, and write skeletons of new article files."""

from .article_texts import Texts, find_passage_errors
from .audit import Audit, Finding, audit
from .coverage import Ledger, coverage, select_articles
from .near_twins import near_twins
from .new_article import skeleton
from .read import built_in_folder, known_entities, read_facts
from .update_mentions import MentionUpdate, refresh_mentions

__all__ = [
    "Audit",
    "Finding",
    "Ledger",
    "MentionUpdate",
    "Texts",
    "audit",
    "near_twins",
    "select_articles",
    "built_in_folder",
    "coverage",
    "find_passage_errors",
    "known_entities",
    "read_facts",
    "refresh_mentions",
    "skeleton",
]
