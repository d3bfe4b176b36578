"""Reads of entities: one with its edges, listings, counts and names."""

from collections.abc import Iterable
from typing import cast

from ..model.objects import EntityCard, EntityJson
from .base import ReleaseReader, check_choice, check_page_size, from_one_release
from .objects import EntityCounts, EntityDetails, ForeignName, IndicatorCount
from .rows import disagreement_json, entity_edge, entity_json


class EntityReader(ReleaseReader):
    """Reads entities."""

    @from_one_release
    def entity(self, entity_id: str) -> EntityDetails:
        """Return an entity with its `edges`, `mentions` and `disagreements`: those about it or one of its statements.

        Raises `NotFound`, `MergedId` (merged into another entity) or `RemovedId` (removed).
        """
        rows = self._rows("entity", id=entity_id)
        if not rows:
            self._raise_missing(entity_id)
        row = rows[0]
        edges = [entity_edge(edge_row, "out") for edge_row in row["leaving"]] + [
            entity_edge(edge_row, "in") for edge_row in row["arriving"]
        ]
        mentions = sorted(row["mentions"], key=lambda mention: mention["article"])
        disagreement_ids = sorted({*row["disagreements"], *row["doubts"]})
        disagreement_rows = self._rows("disagreements", ids=disagreement_ids) if disagreement_ids else []
        return {
            **entity_json(row["entity"], row["names"], self.schema),
            "edges": sorted(edges, key=lambda edge: (edge["predicate"], edge["direction"], edge["id"])),
            "mentions": [{"article": item["article"], "lines": sorted(set(item["lines"]))} for item in mentions],
            "disagreements": sorted(map(disagreement_json, disagreement_rows), key=lambda item: item["id"]),
        }

    @from_one_release
    def entity_numbers(self, entity_id: str) -> EntityCounts:
        """Return the summary of an entity with its counts; raises as `entity` does."""
        rows = self._rows("entity_numbers", id=entity_id)
        if not rows:
            self._raise_missing(entity_id)
        row = rows[0]
        counts = {"relations": row["relations"], "disagreements": len({*row["disagreements"], *row["doubts"]})}
        return cast("EntityCounts", row["entity"] | counts | {key: len(row[key]) for key in ("statements", "articles")})

    @from_one_release
    def entities(
        self,
        *,
        type: str | None = None,
        kind: str | None = None,
        status: str | None = None,
        after_id: str | None = None,
        limit: int = 50,
    ) -> list[EntityJson]:
        """Return up to `limit` entities sorted by id, starting after `after_id`, optionally filtered.

        Raises `BadParameter` for a type, kind or status that the schema does not declare, and for a wrong limit.
        """
        check_choice("type", type, self.schema.nodes)
        check_choice("kind", kind, self.schema.kinds_of(type))
        check_choice("status", status, self.schema.statuses)
        rows = self._rows(
            "entities", type=type, kind=kind, status=status, after=after_id or "", limit=check_page_size(limit)
        )
        return [entity_json(row["entity"], row["names"], self.schema) for row in rows]

    @from_one_release
    def cards(self, ids: Iterable[str]) -> list[EntityCard]:
        """Return `{id, type, name, status}` of entities, sorted by id; unknown ids are left out."""
        unique_ids = sorted(set(ids))
        rows = cast("list[EntityCard]", self._rows("cards", ids=unique_ids) if unique_ids else [])
        return sorted(rows, key=lambda row: row["id"])

    @from_one_release
    def names(self, ids: Iterable[str], language: str | None = None) -> dict[str, str]:
        """Return the names of entities by id; unknown ids are left out.

        With a language, the name in it of those that have one (the main name, if it is in it), else the main name.
        """
        names = {card["id"]: card["name"] for card in self.cards(ids)}
        if language is None or not names:
            return names
        names_in_language: dict[str, set[tuple[bool, str, str]]] = {}
        for row in self._rows("names_in_language", ids=list(names), language=language):
            rank = (row["text"] != row["main_name"], row["kind"], row["text"])
            names_in_language.setdefault(row["id"], set()).add(rank)
        return names | {entity_id: min(ranks)[2] for entity_id, ranks in names_in_language.items()}

    @from_one_release
    def kinds(self) -> dict[str, frozenset[str]]:
        """Return the kinds that entities of each type have, by type; types without a kind are left out."""
        return {row["type"]: frozenset(row["kinds"]) for row in self._rows("kinds")}

    @from_one_release
    def foreign_names(self) -> dict[str, ForeignName]:
        """Return the language and a Vietnamese name of each entity whose name is not Vietnamese, by id."""
        names: dict[str, ForeignName] = {}
        for row in self._rows("foreign_names"):
            vietnamese_names = {
                name["text"]: name["kind"] for name in row["vietnamese"] if name["kind"] in ("name", "translation")
            }
            if row["name"] not in vietnamese_names:
                names[row["id"]] = {
                    "language": min(row["languages"], key=lambda language: (language != "en", language)),
                    "vietnamese": min(vietnamese_names, key=lambda text: (vietnamese_names[text], text), default=None),
                }
        return dict(sorted(names.items()))

    @from_one_release
    def shared_indicators(self, *, limit: int = 20) -> list[IndicatorCount]:
        """Return the indicators of several current provinces, those of most provinces first."""
        return cast("list[IndicatorCount]", self._rows("shared_indicators", limit=check_page_size(limit)))
