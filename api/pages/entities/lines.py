"""What the lists of an entity page share: how a line with evidence is added."""

from collections.abc import Sequence
from dataclasses import dataclass

from ....graph.model.objects import DisagreementJson
from ...i18n.labels import Labels
from .disagreements import DisagreementIndex
from .evidence_budget import EvidenceAllocator, StatementIds


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page: labels, evidence and disagreements, and the maximum number of lines of each list."""

    labels: Labels
    allocator: EvidenceAllocator
    disagreement_index: DisagreementIndex
    limit: int

    def add(self, statement_ids: Sequence[str], anchor: str) -> tuple[StatementIds, list[DisagreementJson]]:
        """Add a line; return the key of its evidence, and the disagreements about its statements.

        `anchor` is the HTML id of the line.
        """
        disagreements = self.disagreement_index.for_statements(statement_ids, anchor)
        return self.allocator.add(statement_ids, is_disputed=bool(disagreements)), disagreements
