"""The data report: counts, edges with a single origin, gaps, and the latest dates of a release."""

from collections.abc import Iterable
from typing import Any, cast

from ..engines.bolt import Engine
from ..model.facts import STATEMENT_KINDS
from ..model.objects import Row
from ..model.schema import Schema
from ..store.marker import StoredRelease
from ..store.ownership import reader_cypher
from .objects import (
    ArticleReport,
    DataReport,
    EntityReport,
    Hub,
    IssuedPolicy,
    LatestDates,
    OriginCounts,
    Orphan,
    ResolutionCounts,
    StatementCounts,
    TypedName,
)

MAX_HUBS = 10
"""Number of hubs that a report lists."""
ORIGIN_GROUPS = ("single_origin", "several_origins", "reference")
"""Groups of edges by their origins; each edge counts in exactly one."""
DISAGREEMENT_STATES = ("unresolved", "resolved")
"""States of a disagreement: without and with a preferred reading."""
SINGLE_ORIGIN_QUERY = "single_source_edges"
"""Name of the catalogue query that lists edges with a single origin; a catalogue may lack it."""


class Report:
    """Computes the report over an engine. Closed lists keep the schema's order; unused values count 0."""

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema
        self._predicates = [key for key, edge in schema.edges.items() if not edge.derived]

    def build(self, stored_release: StoredRelease) -> DataReport:
        """Return the report of the stored release."""
        statement_rows = self._read("report_statements")
        articles = self._articles(statement_rows)
        return {
            "release": stored_release.release,
            "data_date": stored_release.data_date,
            "statements": self._statements(statement_rows, articles),
            "edges": self._edges(),
            "disagreements": self._disagreements(),
            "entities": self._entities(),
            "articles": articles,
            "latest": self._latest(statement_rows),
        }

    def _read(self, name: str, **parameters: Any) -> list[Row]:
        return self._engine.read(reader_cypher(name), parameters)

    def _statements(self, statement_rows: Iterable[Row], articles: Iterable[ArticleReport]) -> StatementCounts:
        rows = list(statement_rows)
        total = _sum(rows)
        status_counts = _counts(self._schema.statuses, rows, "status")
        languages = {article["id"]: article["language"] for article in articles}
        rows_with_language = [
            {**row, "language": languages[row["article"]]} for row in rows if row["article"] is not None
        ]
        return {
            "total": total,
            "by_kind": _counts(STATEMENT_KINDS, rows, "kind"),
            "by_predicate": _counts(self._predicates, rows, "predicate"),
            "by_status": status_counts,
            "without_status": total - sum(status_counts.values()),
            "by_basis": _counts(self._schema.bases, rows, "basis"),
            "by_language": _counts(sorted(set(languages.values())), rows_with_language, "language"),
        }

    def _articles(self, statement_rows: Iterable[Row]) -> list[ArticleReport]:
        rows = list(statement_rows)
        articles: list[ArticleReport] = []
        for article in sorted(self._read("report_articles"), key=lambda row: row["id"]):
            article_rows = [row for row in rows if row["article"] == article["id"]]
            counts = {
                "statements": _sum(article_rows),
                "mentions": sum(article["mentions"]),
                "entities_mentioned": len(article["mentions"]),
                "latest_as_of": _latest(row["latest"] for row in article_rows),
                "by_kind": _counts(STATEMENT_KINDS, article_rows, "kind"),
                "by_basis": _counts(self._schema.bases, article_rows, "basis"),
                "by_status": _counts(self._schema.statuses, article_rows, "status"),
            }
            articles.append(cast("ArticleReport", article | counts))
        return articles

    def _edges(self) -> OriginCounts:
        zero_counts = dict.fromkeys(("edges", *ORIGIN_GROUPS), 0)
        by_type = {predicate: dict(zero_counts) for predicate in self._predicates}
        by_status = {predicate: dict.fromkeys(self._schema.statuses, 0) for predicate in self._predicates}
        for row in self._read("report_edges", predicates=self._predicates):
            single, several, reference = ORIGIN_GROUPS
            group = reference if row["reference"] else single if row["origins"] == 1 else several
            by_type[row["predicate"]][group] += row["edges"]
            by_type[row["predicate"]]["edges"] += row["edges"]
            by_status[row["predicate"]][row["status"]] += row["edges"]
        totals = {name: sum(counts[name] for counts in by_type.values()) for name in zero_counts}
        return cast(
            "OriginCounts", {"total": totals.pop("edges"), **totals, "by_type": by_type, "by_status": by_status}
        )

    def _disagreements(self) -> ResolutionCounts:
        by_kind = {kind: dict.fromkeys(DISAGREEMENT_STATES, 0) for kind in self._schema.disagreement_kinds}
        for row in self._read("report_disagreements"):
            by_kind[row["kind"]]["unresolved" if row["undecided"] else "resolved"] += row["disagreements"]
        totals = {name: sum(counts[name] for counts in by_kind.values()) for name in DISAGREEMENT_STATES}
        return cast("ResolutionCounts", {"total": sum(totals.values()), **totals, "by_kind": by_kind})

    def _entities(self) -> EntityReport:
        by_type = dict.fromkeys(self._schema.nodes, 0)
        by_type |= {row["type"]: row["entities"] for row in self._read("report_types")}
        return {
            "total": sum(by_type.values()),
            "by_type": by_type,
            "hubs": cast("list[Hub]", self._read("report_hubs", predicates=self._predicates, limit=MAX_HUBS)),
            "without_vietnamese_name": cast("list[TypedName]", self._read("report_unnamed")),
            "only_translated": cast("list[TypedName]", self._read("report_translated")),
            "orphans": cast("list[Orphan]", self._read("report_orphans", predicates=self._predicates)),
        }

    def _latest(self, statement_rows: Iterable[Row]) -> LatestDates:
        policies = cast("list[IssuedPolicy]", self._read("report_policy"))
        latest_day = _latest(row["latest"] for row in statement_rows)
        return {"as_of": latest_day, "policy": policies[0] if policies else None}


def _sum(rows: Iterable[Row]) -> int:
    return sum(row["statements"] for row in rows)


def _counts(keys: Iterable[str], rows: Iterable[Row], column: str) -> dict[str, int]:
    """Sum the statements of rows by the values of a column; every key is present."""
    counts = dict.fromkeys(keys, 0)
    for row in rows:
        if row[column] is not None:
            counts[row[column]] = counts.get(row[column], 0) + row["statements"]
    return counts


def _latest(days: Iterable[str | None]) -> str | None:
    return max((day for day in days if day), default=None)
