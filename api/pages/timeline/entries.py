"""Entries of the timeline by year and month, from rows of the query `timeline`; dates keep their precision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ....graph.model.objects import Row
from ...presenters.evidence import StatementEvidence
from ...presenters.truncated import TruncatedList

QUERY = "timeline"
MAX_SEPARATE_RELATIONS = 4
"""Maximum number of similar relations (same day, predicate and status) listed separately; more form one entry."""
_IDENTITY_COLUMNS = ("date", "predicate", "subject", "object", "comparator", "value", "unit", "value_status", "status")
EntityRef = tuple[str, str]


@dataclass(slots=True)
class Entry:
    """One dated entry with the ids of all its statements.

    `ends` are pairs of subject and object (None if there is no object); a merged entry has several.
    """

    row: Row
    ends: list[tuple[EntityRef, EntityRef | None]]
    statements: list[str] = field(default_factory=list[str])
    evidence: TruncatedList[StatementEvidence] = field(default_factory=lambda: TruncatedList(()))
    issued_by: EntityRef | None = None
    is_disputed: bool = False

    @property
    def start(self) -> str:
        """The date, or the first date of a period."""
        return str(self.row["date"]).partition("/")[0]

    @property
    def year(self) -> str:
        """The year in which the entry begins."""
        return self.start[:4]

    @property
    def month(self) -> str:
        """Year and month; empty if the date is only a year, or a period."""
        date = str(self.row["date"])
        return date[:7] if len(date) >= 7 and "/" not in date else ""


@dataclass(frozen=True, slots=True)
class Year:
    """Entries of one year by month, those without a month first; `is_future` if it is after the year of the data."""

    year: str
    months: list[tuple[str, list[Entry]]]
    is_future: bool

    @property
    def count(self) -> int:
        """Number of entries."""
        return sum(len(entries) for _, entries in self.months)


def entries_of(rows: Sequence[Row]) -> list[Entry]:
    """Return the entries of the rows without duplicates.

    A document includes its issuer, and many similar relations of one day form one entry.
    """
    documents = {(row["subject"], row["date"]) for row in rows if row["kind"] == "document"}
    issuers = {(row["object"], row["date"]): row for row in rows if row["predicate"] == "ISSUED"}
    entries_by_key: dict[tuple[Any, ...], Entry] = {}
    for row in rows:
        if row["predicate"] == "ISSUED" and (row["object"], row["date"]) in documents:
            continue
        issuer_row = issuers.get((row["subject"], row["date"])) if row["kind"] == "document" else None
        key = (*(row[part] for part in _IDENTITY_COLUMNS), row["gloss"] if row["kind"] == "claim" else None)
        entry = entries_by_key.setdefault(key, Entry(row, [_ends(row)]))
        entry.is_disputed = entry.is_disputed or row["disputed"]
        if issuer_row is not None:
            entry.issued_by = (issuer_row["subject"], issuer_row["subject_name"])
        for source_row in (row, issuer_row or {}):
            entry.statements += [
                statement_id
                for statement_id in source_row.get("statements", ())
                if statement_id not in entry.statements
            ]
    return _merge_similar(entries_by_key.values())


def in_order(entries: Iterable[Entry], *, newest_first: bool) -> list[Entry]:
    """Return the entries by year, then month (those without one first), then day."""
    by_day = sorted(entries, key=lambda entry: (entry.start, str(entry.row["date"])), reverse=newest_first)
    return sorted(
        sorted(by_day, key=lambda entry: bool(entry.month)), key=lambda entry: entry.year, reverse=newest_first
    )


def years_of(entries: Iterable[Entry], data_date: str) -> list[Year]:
    """Group sorted entries by year and month; `data_date` decides which years are in the future."""
    return [
        Year(
            year,
            [(month, list(month_entries)) for month, month_entries in groupby(members, key=lambda entry: entry.month)],
            year > data_date[:4],
        )
        for year, members in groupby(entries, key=lambda entry: entry.year)
    ]


def _ends(row: Row) -> tuple[EntityRef, EntityRef | None]:
    object_end = (row["object"], row["object_name"]) if row["object"] else None
    return (row["subject"], row["subject_name"]), object_end


def _merge_similar(entries: Iterable[Entry]) -> list[Entry]:
    """Merge more than `MAX_SEPARATE_RELATIONS` relations of one day, predicate, status and basis into one entry."""
    groups: dict[tuple[Any, ...], list[Entry]] = {}
    for index, entry in enumerate(entries):
        is_relation = entry.row["kind"] == "relation"
        key = (
            tuple(entry.row[part] for part in ("date", "predicate", "status", "basis", "disputed"))
            if is_relation
            else (index,)
        )
        groups.setdefault(key, []).append(entry)
    merged_entries: list[Entry] = []
    for members in groups.values():
        if len(members) > MAX_SEPARATE_RELATIONS:
            ends = [pair for entry in members for pair in entry.ends]
            statement_ids = [statement_id for entry in members for statement_id in entry.statements]
            merged_entries.append(Entry(members[0].row, ends, statement_ids, is_disputed=members[0].is_disputed))
        else:
            merged_entries += members
    return merged_entries
