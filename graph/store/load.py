"""Write a release to the database, as the difference to what is stored.

This module and `takeover` are the only ones that compose write queries, and only from names that the schema or
`mapping` declare. Everything written is marked (`ownership.OWNER`); only marked objects are compared, changed, removed.

Commits are not atomic for concurrent readers, on either engine. The `Turn` node is a sequence lock: its number is odd
while a load commits. After making it odd a load waits `NOTICE_SECONDS` before it commits, so a reader that has seen an
even number may read for that long. `snapshot.SnapshotReader` is the reader's side of the lock.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..engines.bolt import Engine, WriteTransaction
from ..errors import EngineError, LoadRefused
from ..model.objects import Row
from ..model.release import FORMAT_VERSION, Release
from ..model.schema import schema
from ..model.stored_structure import RELATIONSHIP_TYPES
from .diff import Difference, difference
from .foreign import (
    IS_OWNED,
    LEGACY_LAYOUT,
    WAS_OWNED,
    ReadQuery,
    conflict_advice,
    define_indexes,
    describe_foreign_nodes,
    describe_foreign_relationships,
    owned_labels,
)
from .mapping import FAMILIES, LAYOUT, NodeItem, ReleaseItems, content_digests, release_items
from .marker import MARKER, NOTICE_SECONDS, TURN, VANISHED, StoredRelease, read_state
from .ownership import OWNER, OWNER_PATTERN
from .takeover import take_over, verify

CHUNK_ROWS = 1_000
"""Maximum number of rows of one UNWIND; small enough for the embedded engine's time limit, which includes writes."""
ADDRESSED_FAMILIES = ("Entity", "Statement", "Disagreement")
"""Families whose ids have addresses; those that a load removes are remembered."""
READ_MARKER = f"MATCH (m:{MARKER} {{id: 'current'}}) RETURN m {{.*}} AS marker"
LOCK_MARKER = f"MERGE (m:{MARKER} {{id: 'current'}}) ON CREATE SET m.owner = 'vnkg' SET m.locked = true"
WRITE_MARKER = f"MATCH (m:{MARKER} {{id: 'current'}}) SET m = $marker"
BEGIN_TURN = (
    f"MERGE (t:{TURN} {{id: 'current'}}) ON CREATE SET t.owner = 'vnkg' "
    "SET t.at = coalesce(t.at, 0) + 1 + coalesce(t.at, 0) % 2 RETURN t.at AS at"
)
END_TURN = f"MATCH (t:{TURN} {{id: 'current'}}) WHERE t.at = $at SET t.at = t.at + t.at % 2"

T = TypeVar("T")
ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did: the numbers of nodes and edges created, changed and removed.

    `is_unchanged` is true if the release was stored already. `taken_over_count` nodes and relationships that an earlier
    version had written without ownership marks were marked.
    """

    release: str
    created_count: int
    changed_count: int
    removed_count: int
    is_unchanged: bool
    seconds: float
    taken_over_count: int = 0


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What a load would do: counts as in `LoadResult`, ids of articles added and removed.

    `refusals` are the reasons why it would be refused; none if it would succeed.
    """

    created_count: int
    changed_count: int
    removed_count: int
    taken_over_count: int
    articles_added: tuple[str, ...]
    articles_removed: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _LoadRequest:
    """What to load, whether articles may be removed, and the advice for a user whose own data conflicts with it.

    `force` writes everything anew, whatever hashes are stored.
    """

    release: Release
    items: ReleaseItems
    replace: bool
    advice: str
    force: bool = False


class _TooManyChanges(Exception):
    """Raised to roll back a transaction that would hold too many changes."""


@dataclass(frozen=True, slots=True)
class _WriteUnit:
    """Queries, each with its rows, that must run in one transaction; `size` is the number of changes."""

    queries: Sequence[tuple[str, Sequence[Any]]]
    size: int


def plan_load(engine: Engine | None, release: Release, *, replace: bool = False) -> LoadPlan:
    """Return what `load` would do, or why it would refuse; write nothing. Without an engine, assume an empty database.

    Raises `LoadRefused` if the difference cannot be computed: the database has another layout, or does not verify.
    """
    if engine is None:
        target = release_items(release)
        changes = difference(target, {family: {} for family in FAMILIES}, {})
        return LoadPlan(changes.created_count, 0, 0, 0, tuple(sorted(_article_ids(target.nodes["Entity"]))), (), ())
    stored_release = read_state(engine).stored_release
    if stored_release is not None and _is_stored(release, stored_release):
        return LoadPlan(0, 0, 0, 0, (), (), ())
    return _plan_load(
        engine, _LoadRequest(release, release_items(release), replace, conflict_advice(engine)), stored_release
    )


def _is_stored(release: Release, stored_release: StoredRelease) -> bool:
    stored = (stored_release.release, stored_release.layout, stored_release.state)
    return stored == (release.id, LAYOUT, "ready")


def _plan_load(engine: Engine, request: _LoadRequest, stored_release: StoredRelease | None) -> LoadPlan:
    is_legacy = stored_release is not None and not stored_release.has_owner_marks
    if stored_release is not None and stored_release.layout != (LEGACY_LAYOUT if is_legacy else LAYOUT):
        layouts = f"wrote the database in layout {stored_release.layout}; this one writes layout {LAYOUT}"
        raise LoadRefused([f"another version of VNKG {layouts}", f"{request.advice}, or use that version"])
    taken_over_count = verify(engine, stored_release.counts) if stored_release is not None and is_legacy else 0
    changes, refusals = _find_changes(engine.read, request, is_legacy=is_legacy)
    stored_articles = _article_ids(_read_hashes(engine.read, "MATCH (n:Article) RETURN n.id AS id, n.hash AS hash"))
    target_articles = _article_ids(request.items.nodes["Entity"])
    return LoadPlan(
        changes.created_count,
        changes.changed_count,
        changes.removed_count,
        taken_over_count,
        tuple(sorted(target_articles - stored_articles)),
        tuple(sorted(stored_articles - target_articles)),
        tuple(refusals),
    )


def load(
    engine: Engine,
    release: Release,
    *,
    report_progress: ProgressCallback | None = None,
    batch: int,
    replace: bool = False,
    force: bool = False,
) -> LoadResult:
    """Make the database hold the release by writing the difference only.

    Up to `batch` changes are written in one transaction: readers see the old release or the new one. More are written
    in batches, while the marker's state is `loading`; an interrupted load is completed by the next one.
    `report_progress` is called with the number of changes written and their total, in which a node that is made anew
    counts twice. `force` writes everything anew, in batches, also if the same release is stored: whatever somebody or a
    fault has changed is repaired.

    Raises `LoadRefused`, and writes nothing, if foreign data is in the way, or if articles would be removed that the
    release does not declare as retired, unless `replace` is set.
    """
    start_time = time.monotonic()
    initial_state = read_state(engine)
    stored_release = initial_state.stored_release
    if not force and stored_release is not None and _is_stored(release, stored_release) and stored_release.digests:
        if initial_state.is_committing:
            _end_abandoned_turn(engine, initial_state.turn)
        return LoadResult(stored_release.release, 0, 0, 0, is_unchanged=True, seconds=time.monotonic() - start_time)
    request = _LoadRequest(release, release_items(release), replace, conflict_advice(engine), force)
    load_plan = _plan_load(engine, request, stored_release)
    if load_plan.refusals:
        raise LoadRefused(load_plan.refusals)
    marker = _marker(request)
    define_indexes(engine)
    if load_plan.taken_over_count:
        take_over(engine, batch)
    changes = (
        None
        if initial_state.is_loading or force
        else _load_in_one_transaction(engine, request, marker, batch, report_progress)
    )
    if changes is None:
        changes = _load_in_batches(engine, request, marker, batch, report_progress)
    return LoadResult(
        release=marker["release"],
        created_count=changes.created_count,
        changed_count=changes.changed_count,
        removed_count=changes.removed_count,
        is_unchanged=False,
        seconds=time.monotonic() - start_time,
        taken_over_count=load_plan.taken_over_count,
    )


def _marker(request: _LoadRequest) -> Row:
    """Return the marker of a complete release."""
    manifest, counts = request.release.manifest(), _counts(request.release)
    description = {
        "release": manifest["release"],
        "data_date": manifest["data_date"],
        "format": FORMAT_VERSION,
        "layout": LAYOUT,
    }
    hashes = {key: {item.id: item.hash for item in items.values()} for key, items in request.items.nodes.items()}
    hashes["edges"] = {edge.id: edge.hash for edge in request.items.edges.values()}
    digests = content_digests(description | {"counts": counts}, hashes)
    state = {"id": "current", "state": "ready", "counts": json.dumps(counts), "digests": json.dumps(digests)}
    return description | state | OWNER


def _counts(release: Release) -> dict[str, int]:
    return {
        "entities": len(release.entities),
        "statements": len(release.statements),
        "edges": len(release.edges),
        "articles": sum(entity.type == "Article" for entity in release.entities),
        "origins": release.origins,
        "sentences": len(release.sentences),
        "mentions": len(release.mentions),
        "disagreements": len(release.disagreements),
    }


def _load_in_one_transaction(
    engine: Engine, request: _LoadRequest, marker: Row, batch: int, report_progress: ProgressCallback | None
) -> Difference | None:
    """Write the difference and the marker in one transaction; return None, with nothing written, if it is too big."""
    turns: list[int] = []

    def write_release(transaction: WriteTransaction) -> Difference:
        # A concurrent load waits here (Neo4j), or conflicts at commit and is retried (embedded).
        transaction.execute(LOCK_MARKER)
        stored_marker = transaction.execute(READ_MARKER)[0]["marker"]
        changes = _require_changes(transaction, request)
        if changes.size > batch:
            raise _TooManyChanges
        for unit in _vanished_units(transaction.execute, request, changes, stored_marker.get("release")):
            _execute_unit(transaction, unit)
        units = [*_write_units(changes, CHUNK_ROWS)]
        done_count, total_count = 0, sum(unit.size for unit in units)
        for unit in units:
            _execute_unit(transaction, unit)
            done_count += unit.size
            if report_progress is not None:
                report_progress(done_count, total_count)
        transaction.execute(WRITE_MARKER, {"marker": marker})
        turns.append(_begin_turn(engine))
        # No wait if there was no complete release: nobody reads then.
        time.sleep(NOTICE_SECONDS if stored_marker.get("state") == "ready" else 0.0)
        return changes

    try:
        return engine.write(write_release)
    except _TooManyChanges:
        return None
    finally:
        for turn in turns[-1:]:
            _end_turn(engine, turn)


def _load_in_batches(
    engine: Engine, request: _LoadRequest, marker: Row, batch: int, report_progress: ProgressCallback | None
) -> Difference:
    def mark_loading(transaction: WriteTransaction) -> tuple[Difference, list[_WriteUnit]]:
        transaction.execute(LOCK_MARKER)
        changes = _require_changes(transaction, request)
        stored_marker = transaction.execute(READ_MARKER)[0]["marker"]
        vanished_units = [*_vanished_units(transaction.execute, request, changes, stored_marker.get("release"))]
        transaction.execute(WRITE_MARKER, {"marker": marker | {"state": "loading"}})
        return changes, vanished_units

    def mark_ready(transaction: WriteTransaction) -> None:
        if transaction.execute(READ_MARKER)[0]["marker"].get("release") != marker["release"]:
            raise EngineError("another load wrote another release meanwhile; load again")
        transaction.execute(WRITE_MARKER, {"marker": marker})

    turn = _begin_turn(engine)
    time.sleep(NOTICE_SECONDS)
    try:
        changes, vanished_units = engine.write(mark_loading)
    except BaseException:
        _end_turn(engine, turn)
        raise
    chunk = min(batch, CHUNK_ROWS)
    # A node that loses a relationship because its end node is created again must not look complete if this load is
    # interrupted: its hash is cleared first.
    clearing_units = (
        _clear_relationships(changes, chunk) if request.force else _clear_hashes(changes.nodes_to_relink, chunk)
    )
    units = [*vanished_units, *clearing_units, *_write_units(changes, chunk)]
    done_count, total_count = 0, sum(unit.size for unit in units)
    for group in _transactions(units, batch):
        engine.write(lambda write, group=group: [_execute_unit(write, unit) for unit in group])
        done_count += sum(unit.size for unit in group)
        if report_progress is not None:
            report_progress(done_count, total_count)
    engine.write(mark_ready)
    _end_turn(engine, turn)
    return changes


def _begin_turn(engine: Engine) -> int:
    return engine.write(lambda write: write.execute(BEGIN_TURN))[0]["at"]


def _end_turn(engine: Engine, turn: int) -> None:
    """End a turn, unless another load has begun one since."""
    engine.write(lambda write: write.execute(END_TURN, {"at": turn}))


def _end_abandoned_turn(engine: Engine, turn: int) -> None:
    """End the turn of a load that was killed; a load under way ends its own while this waits for the lock."""

    def end_turn(transaction: WriteTransaction) -> None:
        transaction.execute(LOCK_MARKER)
        transaction.execute(END_TURN, {"at": turn})

    engine.write(end_turn)


def _require_changes(transaction: WriteTransaction, request: _LoadRequest) -> Difference:
    """Return the difference to what the store has written; raise `LoadRefused` if something is in the way."""
    changes, refusals = _find_changes(transaction.execute, request)
    if refusals:
        raise LoadRefused(refusals)
    return changes


def _find_changes(read: ReadQuery, request: _LoadRequest, *, is_legacy: bool = False) -> tuple[Difference, list[str]]:
    """Return the difference to what the store has written, and the reasons why it must not be written (if any).

    `is_legacy`: the database has `LEGACY_LAYOUT`, without ownership marks.
    """
    owner_pattern = "" if is_legacy else OWNER_PATTERN
    # With `force`, no stored hash is believed: only ids and labels count, and there are no edges.
    own_labels = "[label IN labels(n) WHERE label IN $labels]"
    hash_text = f"reduce(text = '', label IN {own_labels} | text + label + ':') + ' '" if request.force else "n.hash"
    nodes = {
        family: _read_hashes(
            read,
            f"MATCH (n:{family} {owner_pattern}) WHERE n.id IS NOT NULL RETURN n.id AS id, {hash_text} AS hash",
        )
        for family in FAMILIES
    }
    edge_condition = "r.hash IS NOT NULL" if is_legacy else "r.owner = 'vnkg'"
    edges = _read_hashes(
        read, f"MATCH (:Entity)-[r]->(:Entity) WHERE {edge_condition} RETURN r.id AS id, r.hash AS hash"
    )
    changes = difference(request.items, nodes, {} if request.force else edges)
    conflicts = [*(() if is_legacy else describe_foreign_nodes(read))]
    conflicts += describe_foreign_relationships(read, changes.removed_ids, WAS_OWNED if is_legacy else IS_OWNED)
    refusals = [*conflicts, request.advice] if conflicts else []
    remaining_ids = {*request.items.nodes["Entity"], *(old for old, _ in request.release.retired_ids)}
    lost_articles = sorted(_article_ids(nodes["Entity"]) - remaining_ids)
    if lost_articles and not request.replace:
        text = f"MATCH (:Entity {{id: $id}})<-[:STATED_IN {owner_pattern}]-(s) RETURN count(s) AS statements"
        counts = {article: read(text, {"id": article})[0]["statements"] for article in lost_articles}
        articles_text = ", ".join(f"{article} ({count:,} statements)" for article, count in counts.items())
        refusals.append(
            f"facts would be lost that are loaded now: {articles_text}; name their files with --also, or give --replace"
        )
    return changes, refusals


def _article_ids(ids: Iterable[str]) -> set[str]:
    prefix = f"{schema().nodes['Article'].prefix}:"
    return {entity for entity in ids if entity.startswith(prefix)}


def _read_hashes(read: ReadQuery, text: str) -> dict[str, str]:
    return {row["id"]: row["hash"] or "" for row in read(text, {"labels": owned_labels()})}


def _vanished_units(
    read: ReadQuery, request: _LoadRequest, changes: Difference, last_release: str | None
) -> Iterator[_WriteUnit]:
    """Yield what remembers the ids that addresses lead to and this load removes, and forgets those that come back."""
    target_ids = {old for old, _ in request.release.retired_ids}
    target_ids.update(*(request.items.nodes[family] for family in ADDRESSED_FAMILIES))
    removed_ids = {key for family in ADDRESSED_FAMILIES for key in changes.removed_ids[family]} - target_ids
    if last_release in (None, request.release.id):  # what is removed then was no part of a release
        removed_ids = set[str]()
    rows = [{"id": key, "release": last_release} | OWNER for key in sorted(removed_ids)]
    text = f"UNWIND $rows AS row MERGE (v:{VANISHED} {{id: row.id}}) ON CREATE SET v = row"
    yield from (_WriteUnit([(text, chunk)], 0) for chunk in _chunks(rows, CHUNK_ROWS))
    stored_ids = {row["id"] for row in read(f"MATCH (v:{VANISHED} {OWNER_PATTERN}) RETURN v.id AS id")}
    text = f"UNWIND $rows AS id MATCH (v:{VANISHED} {{id: id}}) WHERE v.owner = 'vnkg' DELETE v"
    yield from (_WriteUnit([(text, chunk)], 0) for chunk in _chunks(sorted(stored_ids & target_ids), CHUNK_ROWS))


def _clear_relationships(changes: Difference, chunk: int) -> Iterator[_WriteUnit]:
    """Yield what deletes all relationships that the store wrote, and its nodes without an id."""
    for family in FAMILIES:
        node = f"(n:{family} {OWNER_PATTERN})"
        texts = [
            f"MATCH {node}-[r {OWNER_PATTERN}]-() WHERE n.id IS NULL DELETE r",
            f"MATCH {node} WHERE n.id IS NULL DELETE n",
        ]
        yield _WriteUnit([(text, []) for text in texts], 0)
        ids = {*(item.id for item in changes.changed_nodes if item.family == family), *changes.removed_ids[family]}
        text = f"UNWIND $rows AS id MATCH (:{family} {{id: id}})-[r {OWNER_PATTERN}]->() DELETE r"
        yield from (_WriteUnit([(text, rows)], 0) for rows in _chunks(sorted(ids), chunk))


def _clear_hashes(nodes: Iterable[NodeItem], chunk: int) -> Iterator[_WriteUnit]:
    for family, group in _group_by(nodes, lambda item: item.family):
        for rows in _chunks([item.id for item in group], chunk):
            yield _WriteUnit(
                [(f"UNWIND $rows AS id MATCH (n:{family} {{id: id}}) WHERE n.owner = 'vnkg' SET n.hash = ''", rows)], 0
            )


def _write_units(changes: Difference, chunk: int) -> Iterator[_WriteUnit]:
    """Yield all changes, ordered so that both end nodes exist when a relationship is created."""
    yield from _removal_units(changes, chunk)
    for family in FAMILIES:
        new_nodes = [item for item in changes.new_nodes if item.family == family]
        for labels, group in _group_by(new_nodes, lambda item: ":".join(item.labels)):
            text = f"UNWIND $rows AS row CREATE (n:{labels} {{id: row.id}}) SET n = row"
            for part in _chunks(group, chunk):
                yield _WriteUnit(
                    [(text, [item.properties | OWNER for item in part]), *_create_relationships(family, part)],
                    len(part),
                )
        text = f"UNWIND $rows AS row MATCH (n:{family} {{id: row.id}}) WHERE n.owner = 'vnkg' SET n = row"
        for part in _chunks([item for item in changes.changed_nodes if item.family == family], chunk):
            runs = [
                (text, [item.properties | OWNER for item in part]),
                *_delete_relationships(family, part),
                *_create_relationships(family, part),
            ]
            yield _WriteUnit(runs, len(part))
    for kind, edges in _group_by(changes.new_edges, lambda edge: edge.type):
        text = (
            "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties"
        )
        for part in _chunks(edges, chunk):
            rows = [
                {"start": edge.start_id, "end": edge.end_id, "properties": edge.properties | OWNER} for edge in part
            ]
            yield _WriteUnit([(text, rows)], len(part))
    for kind, edges in _group_by(changes.changed_edges, lambda edge: edge.type):
        # One scan over the edges of each start node: looking them up one by one takes minutes for a node with
        # thousands.
        text = (
            f"UNWIND $rows AS row MATCH (:Entity {{id: row.start}})-[r:{kind} {OWNER_PATTERN}]->() "
            "WITH r, row.edges[r.id] AS properties WHERE properties IS NOT NULL SET r = properties"
        )
        for part in _chunks(sorted(edges, key=lambda edge: edge.start_id), chunk):
            edges_by_start = _group_by(part, lambda edge: edge.start_id)
            rows = [
                {"start": start, "edges": {edge.id: edge.properties | OWNER for edge in start_edges}}
                for start, start_edges in edges_by_start
            ]
            yield _WriteUnit([(text, rows)], len(part))


def _removal_units(changes: Difference, chunk: int) -> Iterator[_WriteUnit]:
    for kind, ids in _group_by(changes.removed_edge_ids, lambda edge: edge.split(" ")[1]):
        text = (
            f"UNWIND $rows AS row MATCH (:Entity {{id: row.start}})-[r:{kind} {OWNER_PATTERN}]->() "
            "WITH r, row WHERE r.id IN row.ids DELETE r"
        )
        for part in _chunks(ids, chunk):
            ids_by_start = _group_by(part, lambda edge: edge.split(" ")[0])
            yield _WriteUnit(
                [(text, [{"start": start, "ids": edge_ids} for start, edge_ids in ids_by_start])], len(part)
            )
    for family in reversed(FAMILIES):
        start = f"UNWIND $rows AS id MATCH (n:{family} {{id: id}})"
        # Not DETACH DELETE: the engine must refuse to delete a node to which somebody has just attached foreign data.
        texts = [f"{start}-[r {OWNER_PATTERN}]-() WITH DISTINCT r DELETE r", f"{start} WHERE n.owner = 'vnkg' DELETE n"]
        for rows in _chunks(changes.removed_ids[family], chunk):
            yield _WriteUnit([(text, rows) for text in texts], len(rows))


def _delete_relationships(family: str, nodes: Iterable[NodeItem]) -> Iterator[tuple[str, list[str]]]:
    if family in RELATIONSHIP_TYPES:
        text = (
            f"UNWIND $rows AS id MATCH (:{family} {{id: id}})-[r:{'|'.join(RELATIONSHIP_TYPES[family])} "
            f"{OWNER_PATTERN}]->() DELETE r"
        )
        yield text, [item.id for item in nodes]


def _create_relationships(family: str, nodes: Iterable[NodeItem]) -> Iterator[tuple[str, list[Row]]]:
    relationships = [(item.id, relationship) for item in nodes for relationship in item.relationships]
    for ends, group in _group_by(relationships, lambda pair: f"{pair[1].type} {pair[1].family}"):
        kind, end = ends.split(" ")
        text = (
            f"UNWIND $rows AS row MATCH (n:{family} {{id: row.id}}) MATCH (m:{end} {{id: row.end}}) "
            f"CREATE (n)-[r:{kind}]->(m) SET r = row.properties"
        )
        yield (
            text,
            [
                {"id": start, "end": relationship.end_id, "properties": relationship.properties | OWNER}
                for start, relationship in group
            ],
        )


def _execute_unit(transaction: WriteTransaction, unit: _WriteUnit) -> None:
    for text, rows in unit.queries:
        transaction.execute(text, {"rows": rows})


def _group_by(values: Iterable[T], group_key: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for value in values:
        groups[group_key(value)].append(value)
    return sorted(groups.items(), key=lambda pair: pair[0])


def _chunks(values: Collection[T], chunk_rows: int) -> Iterator[list[T]]:
    all_values = list(values)
    for start in range(0, len(all_values), chunk_rows):
        yield all_values[start : start + chunk_rows]


def _transactions(units: Iterable[_WriteUnit], batch: int) -> Iterator[list[_WriteUnit]]:
    """Group units into transactions of at most `batch` changes; a unit that is larger gets its own."""
    group: list[_WriteUnit] = []
    for unit in units:
        if group and sum(grouped_unit.size for grouped_unit in group) + unit.size > batch:
            yield group
            group = []
        group.append(unit)
    if group:
        yield group
