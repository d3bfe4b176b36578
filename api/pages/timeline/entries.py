"""Entries of the timeline by year and month, from rows of the query `timeline`; dates keep their precision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ...presenters.evidence import Shown
from ...presenters.truncated import Beginning

QUERY = "timeline"
ALIKE = 4
"""Maximum number of similar relations (same day, predicate and status) listed separately; more form one entry."""
_SAME = ("date", "what", "subject", "object", "comparator", "value", "unit", "value_status", "status")
Row = Mapping[str, Any]
End = tuple[str, str]


@dataclass(slots=True)
class Entry:
    """One dated entry with the ids of all its statements.

    `ends` are pairs of subject and object (None if there is no object); a merged entry has several.
    """

    row: Row
    ends: list[tuple[End, End | None]]
    statements: list[str] = field(default_factory=list[str])
    behind: Beginning[Shown] = field(default_factory=lambda: Beginning(()))
    issued_by: End | None = None
    disputed: bool = False

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
    ahead: bool

    @property
    def count(self) -> int:
        """Number of entries."""
        return sum(len(entries) for _, entries in self.months)


def entries_of(rows: Sequence[Row]) -> list[Entry]:
    """Return the entries of the rows without duplicates.

    A document includes its issuer, and many similar relations of one day form one entry.
    """
    documents = {(row["subject"], row["date"]) for row in rows if row["kind"] == "document"}
    issuing = {(row["object"], row["date"]): row for row in rows if row["what"] == "ISSUED"}
    found: dict[tuple[Any, ...], Entry] = {}
    for row in rows:
        if row["what"] == "ISSUED" and (row["object"], row["date"]) in documents:
            continue
        issuer = issuing.get((row["subject"], row["date"])) if row["kind"] == "document" else None
        key = (*(row[part] for part in _SAME), row["gloss"] if row["kind"] == "claim" else None)
        entry = found.setdefault(key, Entry(row, [_ends(row)]))
        entry.disputed = entry.disputed or row["disputed"]
        if issuer is not None:
            entry.issued_by = (issuer["subject"], issuer["subject_name"])
        for told in (row, issuer or {}):
            entry.statements += [one for one in told.get("statements", ()) if one not in entry.statements]
    return _together(found.values())


def in_order(entries: Iterable[Entry], *, newest_first: bool) -> list[Entry]:
    """Return the entries by year, then month (those without one first), then day."""
    by_day = sorted(entries, key=lambda entry: (entry.start, str(entry.row["date"])), reverse=newest_first)
    return sorted(
        sorted(by_day, key=lambda entry: bool(entry.month)), key=lambda entry: entry.year, reverse=newest_first
    )


def years_of(ordered: Iterable[Entry], data_date: str) -> list[Year]:
    """Group sorted entries by year and month; `data_date` decides which years are in the future."""
    return [
        Year(
            year,
            [(month, list(own)) for month, own in groupby(members, key=lambda entry: entry.month)],
            year > data_date[:4],
        )
        for year, members in groupby(ordered, key=lambda entry: entry.year)
    ]


def _ends(row: Row) -> tuple[End, End | None]:
    other = (row["object"], row["object_name"]) if row["object"] else None
    return (row["subject"], row["subject_name"]), other


def _together(entries: Iterable[Entry]) -> list[Entry]:
    """Merge more than `MAX_SEPARATE_RELATIONS` relations of one day, predicate, status and basis into one entry."""
    groups: dict[tuple[Any, ...], list[Entry]] = {}
    for place, entry in enumerate(entries):
        alike = entry.row["kind"] == "relation"
        key = tuple(entry.row[part] for part in ("date", "what", "status", "basis", "disputed")) if alike else (place,)
        groups.setdefault(key, []).append(entry)
    found: list[Entry] = []
    for members in groups.values():
        if len(members) > ALIKE:
            ends = [pair for entry in members for pair in entry.ends]
            told = [one for entry in members for one in entry.statements]
            found.append(Entry(members[0].row, ends, told, disputed=members[0].disputed))
        else:
            found += members
    return found
