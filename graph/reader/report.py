"""The data report: counts, edges with a single origin, gaps, and the latest dates of a release."""

from collections.abc import Iterable
from typing import Any

from ..engines.bolt import Engine, Json
from ..model.facts import KINDS
from ..model.schema import Schema
from ..store.marker import Stored
from ..store.ownership import cypher
from .rows import Row

HUBS = 10
"""Number of hubs that a report lists."""
TOLD = ("single_origin", "several_origins", "reference")
"""Groups of edges by their origins; each edge counts in exactly one."""
SETTLED = ("open", "settled")
"""States of a disagreement: without and with a preferred reading."""
SINGLE = "single_source_edges"
"""Name of the catalogue query that lists edges with a single origin; a catalogue may lack it."""


class Report:
    """Computes the report over an engine. Closed lists keep the schema's order; unused values count 0."""

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema
        self._predicates = [key for key, edge in schema.edges.items() if not edge.derived]

    def of(self, stored: Stored) -> Json:
        """Return the report of the stored release.

        `{release, data_date, statements, edges, disagreements, entities, articles, latest}`; for the parts see
        `api/routes/models/report.py`.
        """
        told = self._read("report_statements")
        articles = self._articles(told)
        return {
            "release": stored.release,
            "data_date": stored.data_date,
            "statements": self._statements(told, articles),
            "edges": self._edges(),
            "disagreements": self._disagreements(),
            "entities": self._entities(),
            "articles": articles,
            "latest": self._latest(told),
        }

    def _read(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        return self._engine.read(cypher(name), parameters)

    def _statements(self, told: Iterable[Row], articles: Iterable[Json]) -> Json:
        rows = list(told)
        total = _sum(rows)
        status = _counts(self._schema.statuses, rows, "status")
        language = {article["id"]: article["language"] for article in articles}
        spoken = [{**row, "language": language[row["article"]]} for row in rows if row["article"] is not None]
        return {
            "total": total,
            "by_kind": _counts(KINDS, rows, "kind"),
            "by_predicate": _counts(self._predicates, rows, "predicate"),
            "by_status": status,
            "without_status": total - sum(status.values()),
            "by_basis": _counts(self._schema.bases, rows, "basis"),
            "by_language": _counts(sorted(set(language.values())), spoken, "language"),
        }

    def _articles(self, told: Iterable[Row]) -> list[Json]:
        rows = list(told)
        found: list[Json] = []
        for article in sorted(self._read("report_articles"), key=lambda row: row["id"]):
            own = [row for row in rows if row["article"] == article["id"]]
            counted = {
                "statements": _sum(own),
                "mentions": sum(article["mentions"]),
                "entities_mentioned": len(article["mentions"]),
                "latest_as_of": _latest(row["latest"] for row in own),
            }
            found.append(article | counted)
        return found

    def _edges(self) -> Json:
        none = dict.fromkeys(("edges", *TOLD), 0)
        by_type = {predicate: dict(none) for predicate in self._predicates}
        for row in self._read("report_edges", predicates=self._predicates):
            single, several, reference = TOLD
            kind = reference if row["reference"] else single if row["origins"] == 1 else several
            by_type[row["predicate"]][kind] += row["edges"]
            by_type[row["predicate"]]["edges"] += row["edges"]
        whole = {name: sum(counts[name] for counts in by_type.values()) for name in none}
        return {"total": whole.pop("edges"), **whole, "by_type": by_type}

    def _disagreements(self) -> Json:
        by_kind = {kind: dict.fromkeys(SETTLED, 0) for kind in self._schema.disagreement_kinds}
        for row in self._read("report_disagreements"):
            by_kind[row["kind"]]["open" if row["undecided"] else "settled"] += row["disagreements"]
        whole = {name: sum(counts[name] for counts in by_kind.values()) for name in SETTLED}
        return {"total": sum(whole.values()), **whole, "by_kind": by_kind}

    def _entities(self) -> Json:
        by_type = dict.fromkeys(self._schema.nodes, 0)
        by_type |= {row["type"]: row["entities"] for row in self._read("report_types")}
        return {
            "total": sum(by_type.values()),
            "by_type": by_type,
            "hubs": self._read("report_hubs", predicates=self._predicates, limit=HUBS),
            "without_vietnamese_name": self._read("report_unnamed"),
            "orphans": self._read("report_orphans", predicates=self._predicates),
        }

    def _latest(self, told: Iterable[Row]) -> Json:
        policies = self._read("report_policy")
        return {"as_of": _latest(row["latest"] for row in told), "policy": policies[0] if policies else None}


def _sum(rows: Iterable[Row]) -> int:
    return sum(row["statements"] for row in rows)


def _counts(known: Iterable[str], rows: Iterable[Row], name: str) -> dict[str, int]:
    """Sum the statements of rows by the values of a column; every key is present."""
    counted = dict.fromkeys(known, 0)
    for row in rows:
        if row[name] is not None:
            counted[row[name]] = counted.get(row[name], 0) + row["statements"]
    return counted


def _latest(days: Iterable[str | None]) -> str | None:
    return max((day for day in days if day), default=None)
