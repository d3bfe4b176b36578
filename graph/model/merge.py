"""Merges facts into a release: entities, edges and disagreements. Pure; the order of the input does not matter.

Statements with the same subject, predicate and object become one edge; the existence types (`PROPOSES`, `PLANS`,
`HAS`) count as one predicate. The newest statements decide the edge's status; older ones from another origin are
history. If statements of the same date or origin differ, the edge is `disputed` and a disagreement is created; among
existence types the weaker one becomes the predicate. Statements with status `unclear` never cause a dispute, nor do
those with basis `context` or `reference` if there is a stronger basis.

A decision outlives a vaguer later mention: a statement with a status that `outlives` and whose own sentence dates it
still decides where a newer one, dated by its article alone, has an undecided status of the group `planned`. A
disagreement then names both. What cancels the decision, or plans anew with a date of its own, undoes it. A statement of
a reading that was not preferred decides nothing, neither status nor basis nor qualifiers; an edge that has no other
statements is `disputed`, as is one of whose statements an open disagreement has some in one reading, others in another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .computed_disagreements import (
    Deciding,
    combine_disagreements,
    due_disagreement,
    status_disagreement,
    value_disagreements,
)
from .facts import Disagreement, EntityRecord, Facts, Name, Scalar, Statement
from .release import Edge, Entity, Release
from .schema import EdgeType, Schema


def merge(facts: Facts, schema: Schema) -> Release:
    """Build the release from facts that the loaders have already checked."""
    articles = {record.id: record for record in facts.entities if record.type == "Article"}
    origins = {key: str(record.attributes.get("origin", key)) for key, record in articles.items()}
    statements = tuple(sorted(facts.statements, key=lambda statement: statement.id))
    groups = _groups(statements, schema)
    rules = _Rules(schema, origins, rejected_statements(facts.disagreements), _open_readings(facts.disagreements))
    resolved_edges = [_edge(key, group, rules) for key, group in sorted(groups.items())]
    computed_disagreements = [
        item
        for edge, deciding in resolved_edges
        for item in (status_disagreement(edge, deciding, schema, articles), due_disagreement(edge, deciding))
        if item is not None
    ]
    computed_disagreements += value_disagreements(statements, articles)
    names = {record.id: record.name for record in facts.entities}
    disagreements = combine_disagreements(facts.disagreements, computed_disagreements, names)
    edges = _with_disagreements((edge for edge, _ in resolved_edges), disagreements)
    return Release(
        entities=tuple(_entities(facts.entities, statements, rules)),
        statements=statements,
        edges=edges,
        disagreements=disagreements,
        mentions=tuple(sorted(set(facts.mentions))),
        sentences=tuple(sorted(facts.sentences, key=lambda sentence: sentence.passage)),
        retired_ids=tuple(sorted(facts.retired_ids, key=lambda pair: pair[0])),
    )


def statement_origin(statement: Statement, origins: Mapping[str, str]) -> str | None:
    """Return the origin (independent account) of a statement, or None for a reference statement.

    `origins` maps article ids to origins; an article without one is its own origin.
    """
    if statement.passage is None:
        return None
    return statement.origin or origins.get(statement.passage.article, statement.passage.article)


def _groups(statements: Iterable[Statement], schema: Schema) -> dict[tuple[str, str, str], list[Statement]]:
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind != "relation" or statement.predicate is None or statement.object is None:
            continue
        endpoints = (statement.subject, statement.object)
        if schema.edges[statement.predicate].symmetric:
            endpoints = (min(endpoints), max(endpoints))
        predicate_family = schema.existence[0] if statement.predicate in schema.existence else statement.predicate
        groups[endpoints[0], predicate_family, endpoints[1]].append(statement)
    return groups


def _as_of_key(statement: Statement) -> str:
    return statement.as_of or ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What decides between statements: the schema, the origin of each article, and the declared disagreements.

    `rejected_ids` are those of statements that decide nothing, `open_readings` the statements' ids by reading of each
    disagreement without a preferred one.
    """

    schema: Schema
    origins: Mapping[str, str]
    rejected_ids: frozenset[str]
    open_readings: tuple[tuple[frozenset[str], ...], ...]

    def are_disputed(self, statements: Iterable[Statement]) -> bool:
        """Whether all statements are rejected, or the readings of an open disagreement differ in which they have."""
        ids = frozenset(statement.id for statement in statements)
        if ids <= self.rejected_ids:
            return True
        own_parts = ({reading & ids for reading in readings} - {frozenset[str]()} for readings in self.open_readings)
        return any(len(parts) > 1 for parts in own_parts)

    def accepted_statements(self, group: Sequence[Statement]) -> Sequence[Statement]:
        """Return the statements that were not rejected, or all if all were."""
        return [statement for statement in group if statement.id not in self.rejected_ids] or group

    def is_decision(self, statement: Statement) -> bool:
        """Whether a statement reports a decision, or what came of it, with a date of its own."""
        status = self.schema.statuses.get(statement.status or "")
        return status is not None and status.outlives and statement.as_of_from == "sentence"

    def is_vague(self, statement: Statement) -> bool:
        """Whether a statement only speaks of a plan, with no date but its article's."""
        return self.is_undecided_plan(statement) and statement.as_of_from != "sentence"

    def is_undecided_plan(self, statement: Statement) -> bool:
        """Whether a statement speaks of something that is not there and not decided."""
        status = self.schema.statuses.get(statement.status or "")
        return status is not None and status.group == "planned" and not status.outlives

    def undoes(self, statement: Statement) -> bool:
        """Whether a statement undoes a decision before it: it cancels it, or plans anew and is not vague."""
        is_new_plan = self.is_undecided_plan(statement) and not self.is_vague(statement)
        return statement.status == "cancelled" or is_new_plan


def rejected_statements(disagreements: Iterable[Disagreement]) -> frozenset[str]:
    """Return the ids of the statements of readings that were not preferred, unless the preferred one has them too.

    Only disagreements that change an answer reject statements: a document stays issued if only its number is disputed.
    """
    rejected_ids: set[str] = set()
    for item in disagreements:
        if item.preferred is not None and item.changes == "answer":
            ids = {statement for reading in item.readings for statement in reading.statements}
            rejected_ids |= ids - set(item.readings[item.preferred].statements)
    return frozenset(rejected_ids)


def _open_readings(disagreements: Iterable[Disagreement]) -> tuple[tuple[frozenset[str], ...], ...]:
    """Return the statements' ids by reading of each disagreement that would change an answer and is not settled."""
    return tuple(
        tuple(frozenset(reading.statements) for reading in item.readings)
        for item in disagreements
        if item.preferred is None and item.changes == "answer"
    )


def _deciding_statements(group: Sequence[Statement], rules: _Rules) -> Deciding:
    """Return the statements that decide the status: the newest with a strong basis, and others of the same origin.

    An older statement of the same origin counts unless its date comes from its own sentence. If the newest are vague, a
    decision before them decides in their place, unless it was undone before they were made.
    """
    candidates = _strong_statements(rules.accepted_statements(group), rules.schema)
    deciding = _newest_statements(candidates, rules)
    vague = [statement for statement in deciding if rules.is_vague(statement)]
    others = [statement for statement in candidates if not rules.is_vague(statement)]
    if not vague or not any(rules.is_decision(statement) for statement in others):
        return Deciding(deciding, [])
    standing = _newest_statements(others, rules)
    if any(rules.undoes(statement) for statement in standing):
        return Deciding(deciding, [])
    day = max(_as_of_key(statement) for statement in standing)
    return Deciding(standing, [statement for statement in vague if _as_of_key(statement) >= day])


def _strong_statements(group: Sequence[Statement], schema: Schema) -> list[Statement]:
    """Return the clear statements that are `stated` or `inferred`; if there is none, those with the strongest basis."""
    clear_statements = [statement for statement in group if statement.status != "unclear"] or list(group)
    basis_order = list(schema.bases)
    ranks = [basis_order.index(statement.basis) for statement in clear_statements]
    weakest_rank = max(basis_order.index("inferred"), min(ranks))
    return [statement for statement, rank in zip(clear_statements, ranks, strict=True) if rank <= weakest_rank]


def _newest_statements(group: Sequence[Statement], rules: _Rules) -> list[Statement]:
    newest = max(_as_of_key(statement) for statement in group)
    latest_origins = {statement_origin(s, rules.origins) for s in group if _as_of_key(s) == newest}
    return [
        s
        for s in group
        if _as_of_key(s) == newest
        or (s.as_of_from != "sentence" and statement_origin(s, rules.origins) in latest_origins)
    ]


def _edge(key: tuple[str, str, str], group: Sequence[Statement], rules: _Rules) -> tuple[Edge, Deciding]:
    subject, predicate_family, object_id = key
    schema, origins = rules.schema, rules.origins
    decision = _deciding_statements(group, rules)
    deciding = decision.statements
    predicates = {str(statement.predicate) for statement in deciding}
    predicate = (
        predicate_family if predicate_family not in schema.existence else min(predicates, key=schema.existence.index)
    )
    statuses = {statement.status for statement in deciding if statement.status}
    is_disputed = rules.are_disputed(group) or ((len(statuses) > 1 or len(predicates) > 1) and statuses != {"unclear"})
    alternative = {entity for statement in deciding for entity in statement.alternative}
    status = "disputed" if is_disputed else next(iter(statuses), None)
    article_statements = _supporting_statements(group, rules)
    accepted_statements = rules.accepted_statements(group)
    basis = min((statement.basis for statement in accepted_statements), key=list(schema.bases).index)
    qualifiers = _qualifiers(schema.edges[predicate], deciding, accepted_statements)
    edge = Edge(
        subject=subject,
        predicate=predicate,
        object=object_id,
        status=status,
        basis=basis,
        as_of=max((_as_of_key(statement) for statement in deciding), default="") or None,
        statements=tuple(sorted(statement.id for statement in group)),
        articles=len({statement.passage.article for statement in article_statements if statement.passage}),
        origins=len({statement_origin(statement, origins) for statement in article_statements}),
        qualifiers=qualifiers,
        holds=schema.edge_holds(predicate, status, basis, qualifiers),
        due=max(((_as_of_key(s), s.id, s.due) for s in deciding if s.due), default=(None,))[-1],
        alternative=tuple(sorted(alternative)),
    )
    return edge, decision


def _supporting_statements(group: Sequence[Statement], rules: _Rules) -> list[Statement]:
    """Return the articles' statements that support an edge: not rejected, nor context if there is anything else."""
    from_articles = [statement for statement in group if statement.passage is not None]
    accepted_statements = [statement for statement in from_articles if statement.id not in rules.rejected_ids]
    firm_statements = [statement for statement in accepted_statements if statement.basis != "context"]
    return firm_statements or accepted_statements or from_articles


def _with_disagreements(edges: Iterable[Edge], disagreements: Iterable[Disagreement]) -> tuple[Edge, ...]:
    """Return the edges, sorted by id, each with the ids of the disagreements that have one of its statements.

    Those about a name, or about nothing that a reader would notice, do not dispute an edge.
    """
    ids_by_statement: dict[str, set[str]] = defaultdict(set)
    for item in (item for item in disagreements if item.changes in ("answer", "number")):
        for reading in item.readings:
            for statement in reading.statements:
                ids_by_statement[statement].add(item.id)
    return tuple(
        replace(
            edge, disagreements=tuple(sorted(set[str]().union(*map(ids_by_statement.__getitem__, edge.statements))))
        )
        for edge in sorted(edges, key=lambda edge: edge.id)
    )


def _qualifiers(
    edge_type: EdgeType, deciding: Sequence[Statement], group: Sequence[Statement]
) -> dict[str, Scalar | tuple[str, ...]]:
    """Return the edge's qualifiers: the strongest value for a closed list, otherwise the newest statement's value."""
    merged: dict[str, Scalar | tuple[str, ...]] = {}
    for name, qualifier in edge_type.qualifiers.items():
        stating_statements = [s for s in (*deciding, *group) if name in s.qualifiers]
        if not stating_statements:
            continue
        if qualifier.values:
            order = list(qualifier.values)
            merged[name] = min((str(s.qualifiers[name]) for s in stating_statements), key=order.index)
        else:
            merged[name] = max(stating_statements, key=lambda s: (s in deciding, _as_of_key(s), s.id)).qualifiers[name]
    return merged


def _entities(records: Iterable[EntityRecord], statements: Iterable[Statement], rules: _Rules) -> list[Entity]:
    schema = rules.schema
    existence_statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.predicate in schema.existence and statement.object is not None:
            existence_statements[statement.object].append(statement)
    entities: list[Entity] = []
    for record in sorted(records, key=lambda record: record.id):
        node = schema.nodes[record.type]
        names = set(record.names) or {Name(record.name, "vi")}
        entities.append(
            Entity(
                id=record.id,
                type=record.type,
                labels=schema.labels(node, record.attributes),
                name=record.name,
                names=tuple(sorted(names, key=lambda n: (n.text, n.language, n.kind, n.article or ""))),
                status=_entity_status(existence_statements[record.id], rules) if node.has_status else None,
                attributes=dict(sorted(record.attributes.items())),
            )
        )
    return entities


def _entity_status(group: Sequence[Statement], rules: _Rules) -> str | None:
    """Return the status that all statements about the existence of one thing give it, as an edge gets its own.

    What is in force only by the context of an article is `unclear`.
    """
    if not group:
        return None
    deciding = _deciding_statements(group, rules).statements
    statuses = {statement.status for statement in deciding if statement.status}
    if len(statuses) > 1 or rules.are_disputed(group):
        return "disputed"
    status, holds = next(iter(statuses), None), rules.schema.holds
    is_firm = any(statement.basis in holds.bases for statement in deciding)
    is_in_force = status is not None and rules.schema.statuses[status].group in holds.groups
    return "unclear" if is_in_force and not is_firm else status
