"""Finds the disagreements that concern the lines of an entity page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ....graph.model.folding import name_key
from ....graph.model.objects import DisagreementJson


@dataclass(slots=True)
class DisagreementIndex:
    """The disagreements of one page, by the ids of the statements in their readings."""

    items: Sequence[DisagreementJson]
    _by_statement: dict[str, list[DisagreementJson]] = field(default_factory=dict[str, list[DisagreementJson]])
    _anchors: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for item in self.items:
            for statement_id in {
                statement_id for reading in item["readings"] for statement_id in reading["statements"]
            }:
                self._by_statement.setdefault(statement_id, []).append(item)

    def for_statements(self, statements: Iterable[str], anchor: str = "") -> list[DisagreementJson]:
        """Return the disagreements about the statements of a line.

        `anchor` is the HTML id of the line; the first one for each disagreement is remembered for `anchor_of`.
        """
        matching = {
            item["id"]: item for statement_id in statements for item in self._by_statement.get(statement_id, ())
        }
        for item in matching:
            self._anchors.setdefault(item, anchor)
        return [matching[item] for item in sorted(matching)]

    def for_names(self, names: Iterable[str], anchor: str) -> list[DisagreementJson]:
        """Return the disagreements about the names of an entity: one of their readings has only such names."""
        name_keys = {name_key(name) for name in names}
        matching = [
            item
            for item in self.items
            if any(_consists_of_names(reading["gloss"], name_keys) for reading in item["readings"])
        ]
        for item in matching:
            self._anchors.setdefault(item["id"], anchor)
        return matching

    def anchor_of(self, disagreement: str) -> str:
        """Return the anchor of the first line that a disagreement concerns; empty if it concerns none."""
        return self._anchors.get(disagreement, "")


def _consists_of_names(gloss: str, names: Collection[str]) -> bool:
    return bool(gloss) and all(name_key(part) in names for part in gloss.split(", "))
