"""Evidence allocators and lines of an entity page without a service, over statements given as dictionaries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vnkg.api.i18n.labels import Labels
from vnkg.api.pages.entities.disagreements import DisagreementIndex
from vnkg.api.pages.entities.evidence_budget import EvidenceAllocator
from vnkg.api.pages.entities.lines import PageLines
from vnkg.api.presenters.evidence import StatementEvidence
from vnkg.graph.model.schema import schema


@dataclass(frozen=True, slots=True)
class FakeEvidence:
    """Fake evidence source: each statement's passage is its `words`, in an article of its `origin`."""

    def evidence_for(self, statement: Mapping[str, Any]) -> StatementEvidence:
        if "source" in statement:
            return StatementEvidence(statement)
        article = {"id": f"article:{statement.get('origin', 'one')}", "origin": statement.get("origin", "one")}
        return StatementEvidence(
            statement, article, words=statement.get("words", ""), is_verified=statement.get("verified", True)
        )


def allocator_for(*statements: Mapping[str, Any]) -> EvidenceAllocator:
    """Return an empty evidence allocator for statements."""
    return EvidenceAllocator(FakeEvidence(), {said["id"]: said for said in statements})  # pyright: ignore[reportArgumentType]


def lines_for(
    statements: Iterable[Mapping[str, Any]], limit: int = 100, disagreements: DisagreementIndex | None = None
) -> PageLines:
    """Return empty page lines for statements, in English."""
    return PageLines(Labels(schema(), "en"), allocator_for(*statements), disagreements or DisagreementIndex([]), limit)
