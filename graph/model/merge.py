"""Merges facts into a release: entities, edges and disagreements. Pure; the order of the input does not matter.

Statements with the same subject, predicate and object become one edge; the existence types (`PROPOSES`, `PLANS`,
`OPERATES`) count as one predicate. The newest statements decide the edge's status; older ones from another origin are
history. If statements of the same date or origin differ, the edge is `disputed` and a disagreement is created; among
existence types the weaker one becomes the predicate. Statements with status `unclear` never cause a dispute, nor do
those with basis `context` or `reference` if there is a stronger basis.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from .comparators import agree
from .facts import Disagreement, EntityRecord, Facts, Name, Reading, Scalar, Statement
from .release import Edge, Entity, Release
from .schema import EdgeType, Schema


def merge(facts: Facts, schema: Schema) -> Release:
    """Build the release from facts that the loaders have already checked."""
    articles = {record.id: record for record in facts.entities if record.type == "Article"}
    origins = {key: str(record.attributes.get("origin", key)) for key, record in articles.items()}
    statements = tuple(sorted(facts.statements, key=lambda statement: statement.id))
    groups = _groups(statements, schema)
    resolved_edges = [_edge(key, group, schema, origins) for key, group in sorted(groups.items())]
    edges = tuple(sorted((edge for edge, _ in resolved_edges), key=lambda edge: edge.id))
    computed_disagreements = [
        _status_disagreement(edge, deciding, schema, articles)
        for edge, deciding in resolved_edges
        if edge.status == "disputed"
    ]
    computed_disagreements += _value_disagreements(statements, articles)
    return Release(
        entities=tuple(_entities(facts.entities, edges, schema)),
        statements=statements,
        edges=edges,
        disagreements=_combine_disagreements(
            facts.disagreements, [item for item in computed_disagreements if item is not None]
        ),
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


def _deciding_statements(group: Sequence[Statement], schema: Schema, origins: Mapping[str, str]) -> list[Statement]:
    """Return the statements that decide the status: the newest with a strong basis, and others of the same origin.

    The basis must be `stated` or `inferred`; if no statement has one, the strongest basis there is counts. An older
    statement of the same origin counts unless its date comes from its own sentence.
    """
    clear_statements = [statement for statement in group if statement.status != "unclear"] or list(group)
    basis_order = list(schema.bases)
    strong_statements = [
        statement
        for statement in clear_statements
        if basis_order.index(statement.basis) <= basis_order.index("inferred")
    ]
    if not strong_statements:
        strongest_basis = min(basis_order.index(statement.basis) for statement in clear_statements)
        strong_statements = [
            statement for statement in clear_statements if basis_order.index(statement.basis) == strongest_basis
        ]
    newest = max(_as_of_key(statement) for statement in strong_statements)
    latest_origins = {statement_origin(s, origins) for s in strong_statements if _as_of_key(s) == newest}
    return [
        s
        for s in strong_statements
        if _as_of_key(s) == newest or (s.as_of_from != "sentence" and statement_origin(s, origins) in latest_origins)
    ]


def _edge(
    key: tuple[str, str, str], group: Sequence[Statement], schema: Schema, origins: Mapping[str, str]
) -> tuple[Edge, list[Statement]]:
    subject, predicate_family, object_id = key
    deciding = _deciding_statements(group, schema, origins)
    predicates = {str(statement.predicate) for statement in deciding}
    predicate = (
        predicate_family if predicate_family not in schema.existence else min(predicates, key=schema.existence.index)
    )
    statuses = {statement.status for statement in deciding if statement.status}
    is_disputed = (len(statuses) > 1 or len(predicates) > 1) and statuses != {"unclear"}
    status = "disputed" if is_disputed else next(iter(statuses), None)
    article_statements = [statement for statement in group if statement.passage is not None]
    basis_order = list(schema.bases)
    edge = Edge(
        subject=subject,
        predicate=predicate,
        object=object_id,
        status=status,
        basis=min((statement.basis for statement in group), key=basis_order.index),
        as_of=max((_as_of_key(statement) for statement in deciding), default="") or None,
        statements=tuple(sorted(statement.id for statement in group)),
        articles=len({statement.passage.article for statement in article_statements if statement.passage}),
        origins=len({statement_origin(statement, origins) for statement in article_statements}),
        qualifiers=_qualifiers(schema.edges[predicate], deciding, group),
    )
    return edge, deciding


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


def _slug(entity_id: str) -> str:
    return entity_id.partition(":")[2]


def _disagreement_kind(statements: Iterable[Statement], articles: Mapping[str, EntityRecord]) -> str:
    """Return `translation` if the statements come from several translations of one text, else `value`."""
    article_ids = {statement.passage.article for statement in statements if statement.passage}
    text_groups = {
        articles[article].attributes.get("same_text", article) for article in article_ids if article in articles
    }
    return "translation" if len(article_ids) > 1 and len(text_groups) == 1 else "value"


def _status_disagreement(
    edge: Edge, deciding: Sequence[Statement], schema: Schema, articles: Mapping[str, EntityRecord]
) -> Disagreement | None:
    by_status: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement in deciding:
        by_status[str(statement.predicate), str(statement.status)].append(statement.id)
    if len(by_status) < 2:  # a single statement may have the status `disputed` itself
        return None
    readings = tuple(
        Reading(tuple(sorted(ids)), f"{schema.edges[predicate].en}: {schema.statuses[status].en}")
        for (predicate, status), ids in sorted(by_status.items())
    )
    return Disagreement(
        id=f"disagreement:status-{_slug(edge.subject)}-{_slug(edge.object)}-{edge.predicate.lower().replace('_', '-')}",
        kind=_disagreement_kind(deciding, articles),
        about=(edge.subject, edge.object),
        readings=readings,
        gloss="The readings differ on how far this is.",
    )


def _value_disagreements(statements: Sequence[Statement], articles: Mapping[str, EntityRecord]) -> list[Disagreement]:
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind == "measurement" and isinstance(statement.value, int | float):
            group_key = (
                statement.subject,
                statement.indicator,
                statement.unit,
                statement.period,
                statement.value_status,
            )
            groups[tuple(part or "" for part in group_key)].append(statement)
    disagreements: list[Disagreement] = []
    for (subject, indicator, *_rest), group in sorted(groups.items()):
        pairs = combinations(group, 2)
        if all(
            agree(_value_and_comparator(statement_a), _value_and_comparator(statement_b))
            for statement_a, statement_b in pairs
        ):
            continue
        by_value: dict[tuple[float, str], list[str]] = defaultdict(list)
        for statement in group:
            by_value[_value_and_comparator(statement)].append(statement.id)
        period = _rest[1]
        period_suffix = f"-{period}" if period else ""
        disagreements.append(
            Disagreement(
                id=f"disagreement:value-{_slug(subject)}-{indicator}{period_suffix}".lower().replace("/", "-"),
                kind=_disagreement_kind(group, articles),
                about=(subject,),
                readings=tuple(
                    Reading(tuple(sorted(ids)), f"{comparator} {value:,g}")
                    for (value, comparator), ids in sorted(by_value.items())
                ),
                gloss=f"The readings of {indicator} cannot all be right.",
            )
        )
    return disagreements


def _value_and_comparator(statement: Statement) -> tuple[float, str]:
    return float(statement.value or 0), statement.comparator or "="


def _combine_disagreements(
    declared_disagreements: Iterable[Disagreement], computed_disagreements: Iterable[Disagreement]
) -> tuple[Disagreement, ...]:
    """Return all declared disagreements, and the computed ones that no declared one covers, sorted by id.

    A computed disagreement is covered if a declared one has all of its statements.
    """
    by_id = {item.id: item for item in declared_disagreements}
    declared_statement_sets = [
        {sid for reading in item.readings for sid in reading.statements} for item in by_id.values()
    ]
    for item in computed_disagreements:
        statements = {sid for reading in item.readings for sid in reading.statements}
        if not any(statements <= statement_set for statement_set in declared_statement_sets):
            by_id[item.id] = item
    return tuple(by_id[key] for key in sorted(by_id))


def _entities(records: Iterable[EntityRecord], edges: Sequence[Edge], schema: Schema) -> list[Entity]:
    existence_edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.predicate in schema.existence:
            existence_edges[edge.object].append(edge)
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
                status=_status_from_edges(existence_edges[record.id]) if node.has_status else None,
                attributes=dict(sorted(record.attributes.items())),
            )
        )
    return entities


def _status_from_edges(edges: Sequence[Edge]) -> str | None:
    clear_edges = [edge for edge in edges if edge.status != "unclear"] or list(edges)
    newest = max((edge.as_of or "" for edge in clear_edges), default="")
    statuses = {edge.status for edge in clear_edges if (edge.as_of or "") == newest and edge.status}
    if len(statuses) > 1:
        return "disputed"
    return next(iter(statuses), None)
