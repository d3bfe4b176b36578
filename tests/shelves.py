"""Shelves of evidence without a service: statements whose passages are their glosses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vnkg.api.pages.entities.evidence_budget import EvidenceAllocator
from vnkg.api.presenters.evidence import StatementEvidence


@dataclass(frozen=True, slots=True)
class Told:
    """Sources that give every statement the words it names, in an article of the origin it names."""

    def evidence_for(self, statement: Mapping[str, Any]) -> StatementEvidence:
        if "source" in statement:
            return StatementEvidence(statement)
        article = {"id": f"article:{statement.get('origin', 'one')}", "origin": statement.get("origin", "one")}
        return StatementEvidence(
            statement, article, words=statement.get("words", ""), is_verified=statement.get("verified", True)
        )


def shelf_of(*statements: Mapping[str, Any]) -> EvidenceAllocator:
    """Return an empty shelf for statements."""
    return EvidenceAllocator(Told(), {said["id"]: said for said in statements})  # pyright: ignore[reportArgumentType]
