"""Finds the disagreements that concern the lines of an entity page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ....graph.model.folding import key

Json = Mapping[str, Any]


@dataclass(slots=True)
class Doubts:
    """The disagreements of one page, by the ids of the statements in their readings."""

    items: Sequence[Json]
    _by_statement: dict[str, list[Json]] = field(default_factory=dict[str, list[Json]])
    _places: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for item in self.items:
            for told in {told for reading in item["readings"] for told in reading["statements"]}:
                self._by_statement.setdefault(told, []).append(item)

    def on(self, statements: Iterable[str], anchor: str = "") -> list[Json]:
        """Return the disagreements about the statements of a line.

        `anchor` is the HTML id of the line; the first one for each disagreement is remembered for `anchor_of`.
        """
        found = {item["id"]: item for told in statements for item in self._by_statement.get(told, ())}
        for item in found:
            self._places.setdefault(item, anchor)
        return [found[item] for item in sorted(found)]

    def on_names(self, names: Iterable[str], anchor: str) -> list[Json]:
        """Return the disagreements about the names of an entity: one of their readings has only such names."""
        known = {key(name) for name in names}
        found = [
            item for item in self.items if any(_all_names(reading["gloss"], known) for reading in item["readings"])
        ]
        for item in found:
            self._places.setdefault(item["id"], anchor)
        return found

    def place(self, disagreement: str) -> str:
        """Return the anchor of the first line that a disagreement concerns; empty if it concerns none."""
        return self._places.get(disagreement, "")


def _all_names(gloss: str, names: Collection[str]) -> bool:
    return bool(gloss) and all(key(part) in names for part in gloss.split(", "))
