"""Reads of statements, of the disagreements about them, and of the edges that combine them."""

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from ..messages import closest_ids, closest_matches
from ..model.objects import DisagreementJson, Row, SentenceJson, StatementJson
from . import base
from .base import ReleaseReader, check_choice, check_page_size, from_one_release
from .objects import ArticleCard, DateCounts, StatedEdge, StatementContext, StatementDetails, WorkedExample
from .rows import disagreement_json, edge_summary, sentence_json, statement_json, statement_names

_MIN_SIMILARITY = 80
"""Minimum similarity (0 to 100) of a statement id that an error message suggests."""


class StatementReader(ReleaseReader):
    """Reads statements, disagreements and sentences."""

    @from_one_release
    def statements(self, entity_id: str, *, after_id: str | None = None, limit: int = 100) -> list[StatementJson]:
        """Return a page of the statements in which an entity is subject, object, speaker or topic, sorted by id."""
        limit = check_page_size(limit)
        ids = [row["id"] for row in self._rows("statements_of", id=entity_id, after=after_id or "", limit=limit)]
        if not ids:
            self._must_exist(entity_id)
        return list(self.statements_by_id(ids).values())

    @from_one_release
    def all_statements(self, entity_id: str, limit: int | None = None) -> list[StatementJson]:
        """Return all statements that involve an entity, sorted by id, or the first `limit` of them."""
        statements: list[StatementJson] = []
        while limit is None or len(statements) < limit:
            last_id = statements[-1]["id"] if statements else None
            page = self.statements(entity_id, after_id=last_id, limit=base.MAX_PAGE_SIZE)
            statements += page
            if len(page) < base.MAX_PAGE_SIZE:
                break
        return statements[:limit]

    @from_one_release
    def find_statements(
        self,
        entity: str | None = None,
        predicate: str | None = None,
        status: str | None = None,
        article: str | None = None,
    ) -> list[StatementJson]:
        """Return all statements that fit the filters, sorted by id.

        `entity` is subject, object, speaker or topic. Raises `NotFound` for an unknown entity or article and
        `BadParameter` for a predicate or status that the schema does not declare.
        """
        check_choice("predicate", predicate, self.schema.edges)
        check_choice("status", status, self.schema.statuses)
        for entity_id in (entity, article):
            if entity_id is not None:
                self._must_exist(entity_id)
        expected = {"predicate": predicate, "status": status, "article": article}
        if entity is not None:
            candidates = self.all_statements(entity)
        elif article is not None:
            candidates = self._statements_of_rows(self._rows("statements_in_article", article=article))
        else:
            rows = self._rows("statements_by_properties", predicate=predicate, status=status)
            candidates = self._statements_of_rows(rows)
        return [
            statement
            for statement in candidates
            if all(statement.get(key) == value for key, value in expected.items() if value is not None)
        ]

    def _statements_of_rows(self, rows: list[Row]) -> list[StatementJson]:
        pages = (rows[start : start + base.MAX_PAGE_SIZE] for start in range(0, len(rows), base.MAX_PAGE_SIZE))
        return [statement for page in pages for statement in self.statements_by_id(row["id"] for row in page).values()]

    @from_one_release
    def statements_by_id(self, ids: Iterable[str]) -> dict[str, StatementJson]:
        """Return statements as `{id: statement}`, sorted by id; unknown ids are left out."""
        unique_ids = sorted(set(ids))
        rows = self._rows("statements", ids=unique_ids) if unique_ids else []
        statements = sorted(map(statement_json, rows), key=lambda statement: statement["id"])
        return {statement["id"]: statement for statement in statements}

    @from_one_release
    def statement(self, statement_id: str) -> StatementDetails:
        """Return a statement with the names of its entities and its article.

        Raises `NotFound`, with similar ids, `MergedId` or `RemovedId`.
        """
        rows = self._rows("statements", ids=[statement_id])
        if not rows:
            self._raise_missing(statement_id, "statement", self._similar_statement_ids(statement_id))
        article = rows[0]["article"]
        card: ArticleCard | None = article and {
            "id": article["id"],
            "title": article["name"],
            "url": article["url"],
            "language": article["language"],
        }
        return {**statement_json(rows[0]), "names": statement_names(rows[0]), "published_in": card}

    @from_one_release
    def statement_context(self, statement_id: str) -> StatementContext:
        """Return a statement as `statement` does, with its edges, disagreements and neighbouring sentences.

        `edges` are those that combine it; `disagreements` those with a reading that uses it; `ledger` its sentence with
        the sentences before and after.
        """
        statement = self.statement(statement_id)
        edges = map(edge_summary, self._rows("edges_of_statements", ids=[statement_id]))
        return {
            **statement,
            "edges": sorted(edges, key=lambda edge: edge["id"]),
            "disagreements": self.disagreements_on([statement_id]),
            "ledger": self._ledger_context(statement["article"], statement["sentence"])
            if "article" in statement and "sentence" in statement
            else [],
        }

    @from_one_release
    def measurements(
        self,
        *,
        subject: str | None = None,
        indicator: str | None = None,
        after_id: str | None = None,
        limit: int = 100,
    ) -> list[StatementJson]:
        """Return a page of measurements, sorted by id, optionally of one subject or indicator."""
        limit = check_page_size(limit)
        rows = self._rows("measurements", subject=subject, indicator=indicator, after=after_id or "", limit=limit)
        if not rows and subject is not None:
            self._must_exist(subject)
        return list(self.statements_by_id(row["id"] for row in rows).values())

    @from_one_release
    def dates(self, entity_id: str | None = None) -> DateCounts:
        """Count statements, optionally of one entity, by source of their date."""
        counts = {row["dated"]: row["statements"] for row in self._rows("dates", id=entity_id)}
        return {"own": counts.get("own", 0), "article": counts.get("article", 0), "none": counts.get("none", 0)}

    def disagreements(self) -> list[DisagreementJson]:
        """Return every disagreement with its readings, sorted by id."""
        return self._disagreements(None)

    @from_one_release
    def disagreement(self, disagreement_id: str) -> DisagreementJson:
        """Return a disagreement with its readings; raises `NotFound`."""
        matches = self._disagreements([disagreement_id])
        if not matches:
            existing_ids = [item["id"] for item in self._disagreements(None)]
            self._raise_missing(disagreement_id, "disagreement", closest_ids(disagreement_id, existing_ids))
        return matches[0]

    @from_one_release
    def disagreements_on(self, statement_ids: Iterable[str]) -> list[DisagreementJson]:
        """Return the disagreements with a reading that uses one of the statements, sorted by id."""
        unique_ids = sorted(set(statement_ids))
        rows = self._rows("doubted_in", ids=unique_ids) if unique_ids else []
        return self._disagreements([row["id"] for row in rows])

    @from_one_release
    def _disagreements(self, ids: list[str] | None) -> list[DisagreementJson]:
        rows = [] if ids == [] else self._rows("disagreements", ids=ids)
        return sorted(map(disagreement_json, rows), key=lambda item: item["id"])

    @from_one_release
    def edges_of(self, statement_ids: Iterable[str]) -> list[StatedEdge]:
        """Return the edges that combine the statements, sorted by id."""
        unique_ids = sorted(set(statement_ids))
        rows = self._rows("edges_of_statements", ids=unique_ids) if unique_ids else []

        def edge_id(row: Row) -> str:
            return row["edge"]["id"]

        edges: list[StatedEdge] = []
        for _, group in groupby(sorted(rows, key=lambda row: (edge_id(row), row["statement"])), key=edge_id):
            edge_rows = list(group)
            edge = edge_summary(edge_rows[0])
            edges.append(
                {
                    "subject": edge["subject"]["id"],
                    "predicate": edge["predicate"],
                    "object": edge["object"]["id"],
                    "status": edge["status"],
                    "statements": [row["statement"] for row in edge_rows],
                }
            )
        return edges

    @from_one_release
    def worked_example(self) -> WorkedExample | None:
        """Return an edge of a predicate that states existence, to illustrate what an edge has, or None."""
        rows = self._rows("worked_example", predicates=list(self.schema.existence))
        if not rows:
            return None
        row = rows[0]
        endpoints = {key: row[key] for key in ("subject", "predicate", "object")}
        return cast("WorkedExample", endpoints | row["edge"])

    def _sentences(self, article_id: str) -> list[Row]:
        rows = (row["sentence"] for row in self._rows("sentences", article=article_id))
        return sorted(rows, key=lambda row: (row["line"], row["start"], row["end"], row["id"]))

    def _ledger_context(self, article_id: str, sentence_id: str) -> list[SentenceJson]:
        """Return a sentence of a ledger with the sentences before and after it."""
        sentences = self._sentences(article_id)
        index = next(position for position, sentence in enumerate(sentences) if sentence["id"] == sentence_id)
        return [sentence_json(sentence) for sentence in sentences[max(index - 1, 0) : index + 2]]

    def _similar_statement_ids(self, statement_id: str) -> list[str]:
        """Return up to 3 existing statement ids similar to a wrong one, of the same article if it names one."""
        full_id = "statement:" + statement_id.removeprefix("statement:")
        rows = self._rows("statement_ids", start=full_id.partition("-")[0], limit=base.MAX_PAGE_SIZE)
        ids = [row["id"] for row in rows]
        prefix_matches = [candidate for candidate in ids if "-" in full_id and candidate.startswith(full_id)]
        return list(dict.fromkeys([*prefix_matches, *closest_matches(full_id, ids, min_score=_MIN_SIMILARITY)]))[:3]
