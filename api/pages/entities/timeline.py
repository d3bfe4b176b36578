"""What is dated about an entity, oldest first; what has only the day of its article is counted by article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....graph.model.schema import Property
from ...i18n.labels import Labels
from ...presenters.evidence import Item, Sources

NOT_YET = ("proposed", "considered", "planned", "approved", "target")
"""Statuses, of things and of values, of what has not come about."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry: a row of the query `timeline`, or an attribute of the entity itself."""

    date: str
    row: Json
    attribute: Property | None = None

    @property
    def kind(self) -> str:
        """How the entry is told: `attribute`, `document`, `event`, `number`, `relation` or `claim`."""
        if self.attribute is not None:
            return "attribute"
        if self.row["date_is"] in ("document", "event"):
            return str(self.row["date_is"])
        if self.row["value"] is not None:
            return "number"
        return "claim" if self.row["object"] is None else "relation"

    @property
    def statements(self) -> Sequence[str]:
        """What the entry rests on; nothing for an attribute."""
        return self.row.get("statements", ())

    @property
    def not_yet(self) -> bool:
        """Whether it tells of what was intended, not of what was."""
        return bool({self.row.get("status"), self.row.get("value_status")} & set(NOT_YET))


@dataclass(frozen=True, slots=True)
class ArticleDay:
    """An article's day, and how many statements have no day of their own but this one."""

    article: Item
    statements: int


def timeline_of(entity: Json, rows: Iterable[Json], labels: Labels) -> list[Dated]:
    """Return the entries by date; `rows` are those of the query `timeline` with dates of their own."""
    told = list(_once(rows))
    acts = {(row["what"], row["date"]) for row in told}
    found = [
        Dated(row["date"], row)
        for row in told
        if not (row["what"] == "issued_on" and row["subject"] == entity["id"] and ("ISSUED", row["date"]) in acts)
    ]
    told_elsewhere = ("issued_on", "date")
    for prop, value in labels.attributes(entity):
        merger = prop.key == "extent_changed_on" and ("MERGED_INTO", str(value)) in acts
        if prop.type == "date" and prop.key not in told_elsewhere and not merger:
            found.append(Dated(str(value), {}, prop))
    return sorted(found, key=lambda entry: (entry.date.partition("/")[0], entry.date))


def article_days(statements: Iterable[Json], sources: Sources) -> list[ArticleDay]:
    """Return the articles whose day stands for a day of their statements' own, by day."""
    counts: dict[str, int] = {}
    for said in statements:
        if said.get("as_of_from") == "article" and not said.get("period") and "article" in said:
            counts[said["article"]] = counts.get(said["article"], 0) + 1
    days = [ArticleDay(sources.article(key), count) for key, count in counts.items()]
    return sorted(days, key=lambda day: (str(day.article.get("published", "")), str(day.article["id"])))


def _once(rows: Iterable[Json]) -> Iterator[Json]:
    """Yield each thing once: what several articles say alike has their statements together."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        parts = ("date", "what", "subject", "object", "comparator", "value", "unit", "value_status", "status")
        one = found.setdefault(tuple(row[part] for part in parts), dict(row) | {"statements": []})
        one["statements"] += [key for key in row["statements"] if key not in one["statements"]]
    yield from found.values()
