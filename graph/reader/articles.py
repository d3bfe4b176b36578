"""Reads of articles: their ledgers, mentions and counts."""

from typing import cast

from ..errors import NotFound
from . import base
from .base import from_one_release
from .entities import EntityReader
from .objects import ArticleCounts, ArticleDetails, ArticleJson, LedgerEntry, MentionJson
from .rows import sentence_json
from .statements import StatementReader

_COUNTS = ("relations", "measurements", "claims", "sentences_with_statements", "entities")


class ArticleReader(EntityReader, StatementReader):
    """Reads articles."""

    @from_one_release
    def articles(self) -> list[ArticleJson]:
        """Return all articles as entities, each with its number of `statements` and `sentences`."""
        counts = {row["id"]: row for row in self._rows("article_counts")}
        articles: list[ArticleJson] = []
        while page := self.entities(
            type="Article", after_id=articles[-1]["id"] if articles else None, limit=base.MAX_PAGE_SIZE
        ):
            for article in page:
                row = counts[article["id"]]
                articles.append({**article, "statements": row["statements"], "sentences": row["sentences"]})
        return articles

    @from_one_release
    def article(self, article_id: str) -> ArticleDetails:
        """Return an article with its `ledger`: each sentence with its statements, or with the reason for `none`.

        Raises `NotFound` also for an entity that is no article.
        """
        article = self.entity(article_id)
        if article["type"] != "Article":
            raise NotFound(f"{article_id} is no article but: {article['type']}", article_id, [article_id])
        sentences = self._sentences(article_id)
        statements = self.statements_by_id(key for sentence in sentences for key in sentence["statements"])
        ledger: list[LedgerEntry] = []
        for row in sentences:
            sentence = sentence_json(row)
            locator = f"{sentence['line']}:{sentence['start']}-{sentence['end']}"
            entry = {**sentence, "at": locator}
            if "statements" in sentence:
                entry["statements"] = [statements[key] for key in sentence["statements"]]
            ledger.append(cast("LedgerEntry", entry))
        return {**article, "ledger": ledger}

    @from_one_release
    def article_numbers(self) -> dict[str, ArticleCounts]:
        """Return counts of each article by its id."""
        return {
            row["id"]: cast(
                "ArticleCounts",
                {key: row[key] for key in _COUNTS} | {"disagreements": len(row["disagreements"])},
            )
            for row in self._rows("article_numbers")
        }

    @from_one_release
    def mentions(self, article_id: str) -> list[MentionJson]:
        """Return every mention in an article, in text order; raises `NotFound` if there is no such article."""
        mentions: list[MentionJson] = [
            {"entity": row["id"], "type": row["type"], "name": row["name"], "line": line, "start": start, "end": end}
            for row in self._rows("mentions", article=article_id)
            for line, start, end in zip(row["lines"], row["starts"], row["ends"], strict=True)
        ]
        if not mentions:
            self.article(article_id)
        return sorted(mentions, key=lambda span: (span["line"], span["start"], span["end"], span["entity"]))
