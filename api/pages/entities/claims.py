"""Claims for an entity page: what the entity said, and what others claim about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ....graph.model.objects import DisagreementJson, StatementJson
from ...presenters.truncated import TruncatedList, truncate
from .evidence_budget import StatementIds
from .lines import PageLines


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
    lines: PageLines,
) -> tuple[list[ClaimGroup], list[ClaimGroup]]:
    """Return what an entity said, and what others claim about it, by kind.

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
        list(_claim_groups(spoken_claims, "s", lines)),
        list(_claim_groups(claims_about, "c", lines)),
    )


def _claim_groups(
    statements: list[StatementJson],
    anchor_prefix: str,
    lines: PageLines,
) -> Iterator[ClaimGroup]:
    claim_types = lines.labels.schema.claim_types
    order = {key: sort_key for sort_key, key in enumerate(claim_types)}

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
        listed_groups = truncate(same_gloss.values(), lines.limit)
        claim_lines: list[ClaimLine] = []
        for group in listed_groups:
            number += 1
            anchor = f"{anchor_prefix}{number}"
            ids = [statement["id"] for statement in group]
            claim_lines.append(ClaimLine(group[0], anchor, *lines.add(ids, anchor)))
        title = lines.labels.term(claim_types, key)
        yield ClaimGroup(key, title, TruncatedList(claim_lines, listed_groups.left_out))


def _group_key(statement: StatementJson) -> str:
    return statement.get("claim_type", statement["kind"])
