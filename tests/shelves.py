"""Shelves of evidence without a service: statements whose passages are their glosses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vnkg.api.pages.entities.evidence_budget import Shelf
from vnkg.api.presenters.evidence import Shown


@dataclass(frozen=True, slots=True)
class Told:
    """Sources that give every statement the words it names, in an article of the origin it names."""

    def shown(self, statement: Mapping[str, Any]) -> Shown:
        if "source" in statement:
            return Shown(statement)
        article = {"id": f"article:{statement.get('origin', 'one')}", "origin": statement.get("origin", "one")}
        return Shown(statement, article, words=statement.get("words", ""), verified=statement.get("verified", True))


def shelf_of(*statements: Mapping[str, Any]) -> Shelf:
    """Return an empty shelf for statements."""
    return Shelf(Told(), {said["id"]: said for said in statements})  # pyright: ignore[reportArgumentType]
