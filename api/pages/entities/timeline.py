"""The timeline of an entity, oldest first; statements dated only by their article are counted per article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....graph.model.schema import Property
from ...i18n.labels import Labels
from ...presenters.evidence import Item, Sources

NOT_YET = ("proposed", "considered", "planned", "approved", "target")
"""Statuses of entities, edges and values that mean: not realized yet."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry: a row of the query `timeline`, or a date attribute of the entity (then `row` is empty)."""

    date: str
    row: Json
    attribute: Property | None = None

    @property
    def kind(self) -> str:
        """Which line of the template shows it: `attribute`, `document`, `event`, `number`, `relation` or `claim`."""
        if self.attribute is not None:
            return "attribute"
        if self.row["date_is"] in ("document", "event"):
            return str(self.row["date_is"])
        if self.row["value"] is not None:
            return "number"
        return "claim" if self.row["object"] is None else "relation"

    @property
    def statements(self) -> Sequence[str]:
        """Ids of the statements of the entry; empty for an attribute."""
        return self.row.get("statements", ())

    @property
    def not_yet(self) -> bool:
        """True if it is about an intention, not about something realized."""
        return bool({self.row.get("status"), self.row.get("value_status")} & set(NOT_YET))


@dataclass(frozen=True, slots=True)
class ArticleDay:
    """An article and the number of statements dated only by its publication date."""

    article: Item
    statements: int


def timeline_of(entity: Json, rows: Iterable[Json], labels: Labels) -> list[Dated]:
    """Return the entries by date; `rows` are those of the query `timeline` that have their own date."""
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
    """Per article, count the statements dated only by the article's publication date; sorted by that date."""
    counts: dict[str, int] = {}
    for said in statements:
        if said.get("as_of_from") == "article" and not said.get("period") and "article" in said:
            counts[said["article"]] = counts.get(said["article"], 0) + 1
    days = [ArticleDay(sources.article(key), count) for key, count in counts.items()]
    return sorted(days, key=lambda day: (str(day.article.get("published", "")), str(day.article["id"])))


def _once(rows: Iterable[Json]) -> Iterator[Json]:
    """Yield equal rows once, with the statements of all of them."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        parts = ("date", "what", "subject", "object", "comparator", "value", "unit", "value_status", "status")
        one = found.setdefault(tuple(row[part] for part in parts), dict(row) | {"statements": []})
        one["statements"] += [key for key in row["statements"] if key not in one["statements"]]
    yield from found.values()
