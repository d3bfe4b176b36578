"""Disagreements that a merge finds itself: between statuses, dates by which, and values. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from .comparators import agree
from .facts import Disagreement, EntityRecord, Reading, Statement, end_of_period
from .release import Edge
from .schema import Schema


@dataclass(frozen=True, slots=True)
class Deciding:
    """The statements that decide an edge's status, and the vaguer later ones that a decision among them outlives."""

    statements: list[Statement]
    outlived_statements: list[Statement]


def _slug(entity_id: str) -> str:
    return entity_id.partition(":")[2]


def _disagreement_kind(statements: Iterable[Statement], articles: Mapping[str, EntityRecord]) -> str:
    """Return `translation` if the statements come from several translations of one text, else `value`."""
    article_ids = {statement.passage.article for statement in statements if statement.passage}
    text_groups = {
        articles[article].attributes.get("same_text", article) for article in article_ids if article in articles
    }
    return "translation" if len(article_ids) > 1 and len(text_groups) == 1 else "value"


def status_disagreement(
    edge: Edge, decision: Deciding, schema: Schema, articles: Mapping[str, EntityRecord]
) -> Disagreement | None:
    """Return the disagreement about an edge's status: between deciding statements, or with what they outlive."""
    if edge.status != "disputed" and not decision.outlived_statements:
        return None
    by_status: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement in (*decision.statements, *decision.outlived_statements):
        by_status[str(statement.predicate), str(statement.status)].append(statement.id)
    if len(by_status) < 2:  # a single statement may have the status `disputed` itself
        return None
    ordered_statuses = sorted(by_status.items())
    readings = tuple(
        Reading(
            tuple(sorted(ids)),
            f"{schema.edges[predicate].en}: {schema.statuses[status].en}",
            f"{schema.edges[predicate].vi}: {schema.statuses[status].vi}",
        )
        for (predicate, status), ids in ordered_statuses
    )
    decided_ids = {statement.id for statement in decision.statements}
    positions = [number for number, (_, ids) in enumerate(ordered_statuses) if decided_ids.issuperset(ids)]
    is_outlived = bool(decision.outlived_statements) and edge.status != "disputed"
    return Disagreement(
        id=f"disagreement:status-{_slug(edge.subject)}-{_slug(edge.object)}-{edge.predicate.lower().replace('_', '-')}",
        kind=_disagreement_kind((*decision.statements, *decision.outlived_statements), articles),
        about=(edge.subject, edge.object),
        readings=readings,
        gloss="readings differ on how far this is",
        gloss_vi="các cách đọc khác nhau về mức độ đã đạt được",
        preferred=positions[0] if is_outlived else None,
        reason="A decision with its own date outlives a vaguer later mention." if is_outlived else None,
        reason_vi="Quyết định có ngày riêng vẫn có giá trị trước lời nhắc sau đó kém rõ hơn." if is_outlived else None,
        changes="answer",
    )


def due_disagreement(edge: Edge, decision: Deciding) -> Disagreement | None:
    """Return the disagreement between deciding statements that give different dates by which it is to be so.

    Intervals with the same end agree, and so do dates of which one is the more precise: `../2030`, `2030`, `2030-06`.
    """
    by_due: dict[str, list[str]] = defaultdict(list)
    for statement in decision.statements:
        if statement.due is not None:
            by_due[statement.due].append(statement.id)
    ends = sorted(end_of_period(due) for due in by_due)
    if all(end.startswith(earlier) for earlier, end in pairwise(ends)):
        return None
    readings = (Reading(tuple(sorted(ids)), *_due_words(due)) for due, ids in sorted(by_due.items()))
    return Disagreement(
        id=f"disagreement:due-{_slug(edge.subject)}-{_slug(edge.object)}-{edge.predicate.lower().replace('_', '-')}",
        kind="date",
        about=(edge.subject, edge.object),
        readings=tuple(readings),
        gloss="readings give different dates by which it is to be so",
        gloss_vi="các cách đọc đưa ra thời hạn khác nhau",
        changes="number",
    )


def _due_words(due: str) -> tuple[str, str]:
    """Return a date or interval by which something is to be so, in English and Vietnamese words."""
    start, slash, end = due.partition("/")
    if not slash:
        return f"due in {due}", f"thời hạn {due}"
    if start == "..":
        return f"due by {end}", f"chậm nhất {end}"
    return f"due from {start} to {end}", f"thời hạn từ {start} đến {end}"


def value_disagreements(statements: Sequence[Statement], articles: Mapping[str, EntityRecord]) -> list[Disagreement]:
    """Return the disagreements between measurements of one quantity that cannot all be right."""
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind == "measurement" and isinstance(statement.value, int | float):
            group_key = (
                statement.subject,
                statement.indicator,
                statement.unit,
                statement.period,
                statement.value_status,
                statement.scope,
            )
            groups[tuple(part or "" for part in group_key)].append(statement)
    disagreements: list[Disagreement] = []
    for (subject, indicator, *details), group in sorted(groups.items()):
        pairs = combinations(group, 2)
        if all(
            agree(_value_and_comparator(statement_a), _value_and_comparator(statement_b))
            for statement_a, statement_b in pairs
        ):
            continue
        by_value: dict[tuple[float, str], list[str]] = defaultdict(list)
        for statement in group:
            by_value[_value_and_comparator(statement)].append(statement.id)
        _unit, period, value_status, scope = details
        suffixes = (period, "" if value_status == "actual" else value_status, scope)
        disagreements.append(
            Disagreement(
                id="-".join(("disagreement:value", _slug(subject), indicator, *filter(None, suffixes)))
                .lower()
                .replace("/", "-"),
                kind=_disagreement_kind(group, articles),
                about=(subject,),
                readings=tuple(
                    Reading(tuple(sorted(ids)), f"{comparator} {value:,.15g}")
                    for (value, comparator), ids in sorted(by_value.items())
                ),
                gloss=f"readings of {indicator} cannot all be right",
                gloss_vi=f"các cách đọc về {indicator} không thể cùng đúng",
                changes="number",
            )
        )
    return disagreements


def _value_and_comparator(statement: Statement) -> tuple[float, str]:
    return float(statement.value or 0), statement.comparator or "="


def combine_disagreements(
    declared_disagreements: Iterable[Disagreement],
    computed_disagreements: Iterable[Disagreement],
    names: Mapping[str, str],
) -> tuple[Disagreement, ...]:
    """Return all declared disagreements, and the computed ones that no declared one covers, sorted by id.

    A computed disagreement is covered if a declared one has all of its statements; its title begins with the `names` of
    what it is about.
    """
    by_id = {item.id: item for item in declared_disagreements}
    declared_statement_sets = [
        {sid for reading in item.readings for sid in reading.statements} for item in by_id.values()
    ]
    for item in computed_disagreements:
        statements = {sid for reading in item.readings for sid in reading.statements}
        if not any(statements <= statement_set for statement_set in declared_statement_sets):
            about = ", ".join(names.get(entity, entity) for entity in item.about)
            by_id[item.id] = replace(item, gloss=f"{about}: {item.gloss}", gloss_vi=f"{about}: {item.gloss_vi}")
    return tuple(by_id[key] for key in sorted(by_id))
