"""Claims for an entity page: what the entity said, and what others claim about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ....graph.model.objects import DisagreementJson, StatementJson
from ...i18n.labels import Labels
from ...presenters.truncated import TruncatedList, truncate
from .disagreements import DisagreementIndex
from .evidence_budget import EvidenceAllocator, StatementIds


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the page: statements with the same subject, speaker and gloss; `statement` is the first of them."""

    statement: StatementJson
    anchor: str
    evidence_key: StatementIds
    disagreements: list[DisagreementJson]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Lines of one kind: a claim type, measurements or relations."""

    key: str
    title: str
    lines: TruncatedList[ClaimLine]


def claims_by_and_about(
    entity_id: str,
    statements: Iterable[StatementJson],
    used: Iterable[str],
    labels: Labels,
    allocator: EvidenceAllocator,
    disagreement_index: DisagreementIndex,
    limit: int,
) -> tuple[list[ClaimGroup], list[ClaimGroup]]:
    """Return what an entity said, and what others claim about it, at most `limit` lines of each kind.

    Statements about it whose ids are in `used` are left out: they are shown elsewhere on the page.
    """
    used_ids = set(used)
    spoken_claims = [statement for statement in statements if statement.get("speaker") == entity_id]
    claims_about = [
        statement
        for statement in statements
        if statement.get("speaker") != entity_id and statement["id"] not in used_ids
    ]
    return (
        list(_claim_groups(spoken_claims, "s", labels, allocator, disagreement_index, limit)),
        list(_claim_groups(claims_about, "c", labels, allocator, disagreement_index, limit)),
    )


def _claim_groups(
    statements: list[StatementJson],
    anchor_prefix: str,
    labels: Labels,
    allocator: EvidenceAllocator,
    disagreement_index: DisagreementIndex,
    limit: int,
) -> Iterator[ClaimGroup]:
    order = {key: sort_key for sort_key, key in enumerate(labels.schema.claim_types)}

    def sort_key(statement: StatementJson) -> tuple[int, str]:
        key = _group_key(statement)
        return order.get(key, len(order)), key

    number = 0
    for (_, key), members in groupby(sorted(statements, key=sort_key), key=sort_key):
        same_gloss: dict[tuple[str, str | None, str], list[StatementJson]] = {}
        for statement in members:
            same_gloss.setdefault((statement["subject"], statement.get("speaker"), statement["gloss"]), []).append(
                statement
            )
        listed_groups = truncate(same_gloss.values(), limit)
        lines: list[ClaimLine] = []
        for group in listed_groups:
            number += 1
            ids = [statement["id"] for statement in group]
            disagreements = disagreement_index.for_statements(ids, f"{anchor_prefix}{number}")
            line = allocator.add(ids, is_disputed=bool(disagreements))
            lines.append(ClaimLine(group[0], f"{anchor_prefix}{number}", line, disagreements))
        yield ClaimGroup(key, labels.term(labels.schema.claim_types, key), TruncatedList(lines, listed_groups.left_out))


def _group_key(statement: StatementJson) -> str:
    return statement.get("claim_type", statement["kind"])
