"""Full-text search in memory, with SQLite's FTS5: the texts that share the most telling words with a query."""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model.folding import folded_words
from .analyzer import load_rules

_MAX_QUERY_WORDS, _CANDIDATES, _LONG_WORD, _ENDING = 30, 200, 6, 2


@dataclass(frozen=True, slots=True)
class TextHit:
    """A text that matches, and its words, folded, that the query has too."""

    id: str
    matched_words: tuple[str, ...]


class TextIndex:
    """Texts by their words, without case and diacritics; immutable, safe for many threads."""

    def __init__(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Index `(id, text, names)`; the names of what a text is about are other words for it, and count for less."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, words, names)")
        self._connection.executemany(
            "INSERT INTO texts VALUES (?, ?, ?)",
            ((key, " ".join(folded_words(text)), " ".join(folded_words(names))) for key, text, names in texts),
        )

    def find(self, query: str, limit: int, *, min_share: float = 0.5) -> list[TextHit]:
        """Return the best texts, best first: those with a share of the query's words, rare words before common.

        Words that only ask (who, when) do not count. Of a long word, the last two letters may differ.
        """
        all_words = list(dict.fromkeys(folded_words(query)))[:_MAX_QUERY_WORDS]
        rules = load_rules()
        ignored = rules.question_words | rules.stop_words | rules.leading_stop_words
        words = [word for word in all_words if word not in ignored] or all_words
        if not words:
            return []
        with self._lock:
            rows = self._connection.execute(
                "SELECT id, words, names FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 2, 1), id LIMIT ?",
                (_match_expression(words, all_words), _CANDIDATES),
            ).fetchall()
        stems = [_stem(word) for word in words]
        hits: list[TextHit] = []
        for key, text, names in rows:
            own_words = dict.fromkeys(f"{text} {names}".split())
            matched = {stem: [word for word in own_words if _has_stem(word, stem)] for stem in stems}
            if sum(map(bool, matched.values())) >= min_share * len(stems):
                hits.append(TextHit(key, tuple(dict.fromkeys(word for found in matched.values() for word in found))))
        return hits[:limit]


def _match_expression(words: Sequence[str], all_words: Sequence[str]) -> str:
    """Return an FTS5 expression: any of the words, of their stems, and of the pairs that stand beside each other."""
    pairs = [f'"{first} {second}"' for first, second in pairwise(all_words)]
    stems = [f'"{stem[0]}"*' for stem in map(_stem, words) if stem[1]]
    return " OR ".join([*(f'"{word}"' for word in words), *stems, *pairs])


def _stem(word: str) -> tuple[str, bool]:
    """Return a word, or the beginning of a long one, and whether it is only a beginning."""
    is_long = len(word) >= _LONG_WORD and not word.isdecimal()
    return (word[:-_ENDING], True) if is_long else (word, False)


def _has_stem(word: str, stem: tuple[str, bool]) -> bool:
    return word.startswith(stem[0]) if stem[1] else word == stem[0]
