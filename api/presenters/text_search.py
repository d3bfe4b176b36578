"""Search by words in statements and in the articles' own text, for the API, the search page and Python."""

import re
from collections.abc import Iterable, Iterator
from typing import NotRequired, TypedDict

from ...graph.model.folding import folded_words
from ...graph.reader.objects import StatementHit
from ...graph.reader.reader import Graph
from ..service.passages import FoundPassage, PassageSearch
from .truncated import truncate


class PassageHit(TypedDict):
    """A sentence of an article that matches; `text` is what it says, `statements` what was read from it, if anything.

    `none` is the reason why nothing was read from it. `matched_words` are folded.
    """

    id: str
    article: str
    line: int
    start: int
    end: int
    text: str
    statements: NotRequired[list[str]]
    none: NotRequired[str]
    matched_words: list[str]


class TextHits(TypedDict):
    """What a search by words found; `passages` is None where the texts of the articles are not at hand."""

    statements: list[StatementHit]
    passages: list[PassageHit] | None


def search_texts(graph: Graph, passages: PassageSearch | None, text: str, limit: int) -> tuple[TextHits, bool]:
    """Return the statements and the passages that share most with a text, at most `limit` of each, the best first.

    With it, whether some were left out. Raises `BadParameter` for a text without a letter or digit, or too long.
    """
    statements, count = graph.search_statements(text, limit=limit)
    if passages is None:
        return {"statements": statements, "passages": None}, count > limit
    found = truncate(passages.find(graph, text, limit + 1), limit)
    hits: TextHits = {"statements": statements, "passages": list(map(_passage_hit, found))}
    return hits, count > limit or found.left_out > 0


def _passage_hit(passage: FoundPassage) -> PassageHit:
    entry = passage.sentence
    hit: PassageHit = {
        "id": entry["id"],
        "article": entry["article"],
        "line": entry["line"],
        "start": entry["start"],
        "end": entry["end"],
        "text": passage.text,
        "matched_words": list(passage.matched_words),
    }
    if "statements" in entry:
        hit["statements"] = [statement["id"] for statement in entry["statements"]]
    elif "none" in entry:
        hit["none"] = entry["none"]
    return hit


def mark_words(text: str, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, each with whether it is one of some folded words.

    >>> list(mark_words("Quỹ của Đồng Nai", ["quy", "dong"]))
    [('Quỹ', True), (' của ', False), ('Đồng', True), (' Nai', False)]
    """
    sought, start = set(words), 0
    for match in re.finditer(r"[^\W_]+", text):
        if sought.intersection(folded_words(match.group())):
            if match.start() > start:
                yield text[start : match.start()], False
            yield match.group(), True
            start = match.end()
    if start < len(text):
        yield text[start:], False
