"""The timeline of an entity, oldest first; statements dated only by their article are counted per article."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ....graph.model.objects import Row, StatementJson
from ....graph.model.schema import schema
from ....graph.reader.objects import ArticleJson
from ...presenters.dated_rows import PROVINCE_DATES
from ...presenters.evidence import Sources


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry: a row of the query `timeline`."""

    date: str
    row: Row

    @property
    def kind(self) -> str:
        """Which line of the template shows it: `province`, `document`, `event`, `number`, `relation` or `claim`."""
        if self.row["predicate"] in PROVINCE_DATES:
            return "province"
        if self.row["date_source"] in ("document", "event"):
            return str(self.row["date_source"])
        if self.row["value"] is not None:
            return "number"
        return "claim" if self.row["object"] is None else "relation"

    @property
    def statements(self) -> Sequence[str]:
        """Ids of the statements of the entry."""
        return self.row["statements"]

    @property
    def is_prospective(self) -> bool:
        """True if it is about an intention, not about something realized."""
        return bool(
            {self.row.get("status"), self.row.get("value_status")} & {*schema().statuses_in("planned"), "target"}
        )


@dataclass(frozen=True, slots=True)
class ArticleDay:
    """An article and the number of statements dated only by its publication date."""

    article: ArticleJson
    statements: int


def timeline_of(entity_id: str, rows: Iterable[Row]) -> list[TimelineEntry]:
    """Return the entries by date; `rows` are those of the query `timeline` that have their own date."""
    unique_rows = list(_merge_duplicates(rows))
    edge_dates = {(row["predicate"], row["date"]) for row in unique_rows}
    entries = [
        TimelineEntry(row["date"], row)
        for row in unique_rows
        if not (
            row["predicate"] == "issued_on" and row["subject"] == entity_id and ("ISSUED", row["date"]) in edge_dates
        )
    ]
    return sorted(entries, key=lambda entry: (entry.date.partition("/")[0], entry.date))


def article_days(statements: Iterable[StatementJson], sources: Sources) -> list[ArticleDay]:
    """Per article, count the statements dated only by the article's publication date; sorted by that date."""
    counts: dict[str, int] = {}
    for statement in statements:
        if statement.get("as_of_from") == "article" and not statement.get("period") and "article" in statement:
            counts[statement["article"]] = counts.get(statement["article"], 0) + 1
    days = [ArticleDay(sources.article(key), count) for key, count in counts.items()]
    return sorted(days, key=lambda day: (str(day.article.get("published", "")), str(day.article["id"])))


def _merge_duplicates(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield equal rows once, with the statements of all of them; claims are equal only if their glosses are."""
    merged_rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        parts = ("date", "predicate", "subject", "object", "comparator", "value", "unit", "value_status", "status")
        key = (*(row[part] for part in parts), row["gloss"] if row["kind"] == "claim" else None)
        merged_row = merged_rows.setdefault(key, dict(row) | {"statements": []})
        merged_row["statements"] += [key for key in row["statements"] if key not in merged_row["statements"]]
    yield from merged_rows.values()
