"""Write a release to the database, as the difference to what is stored.

`write_units` composes the queries that write a difference. Everything written is marked (`ownership.OWNER`); only
marked objects are compared, changed, removed.

Commits are not atomic for concurrent readers, on either engine. The `Turn` node is a sequence lock: its number is odd
while a load commits. After making it odd a load waits `NOTICE_SECONDS` before it commits, so a reader that has seen an
even number may read for that long. `snapshot.SnapshotReader` is the reader's side of the lock.

A load that is too large for one transaction builds the release in another database and switches to it, on the embedded
engine. Elsewhere, and beside foreign data, which a switch would lose, it writes in batches while nobody may read.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..engines.bolt import Engine, WriteTransaction
from ..errors import EngineDied, EngineError, LoadRefused
from ..model.objects import Row
from ..model.release import FORMAT_VERSION, Release
from ..model.schema import schema
from .diff import Difference, difference
from .foreign import (
    ReadQuery,
    conflict_advice,
    count_foreign_objects,
    define_indexes,
    describe_foreign_nodes,
    describe_foreign_relationships,
    owned_labels,
)
from .mapping import FAMILIES, LAYOUT, ReleaseItems, content_digests, release_items
from .marker import MARKER, NOTICE_SECONDS, TURN, VANISHED_LABEL, StoredRelease, StoreState, read_state
from .ownership import OWNER, OWNER_PATTERN
from .write_units import (
    CHUNK_ROWS,
    WriteUnit,
    clear_hashes,
    clear_relationships,
    forget_units,
    group_into_transactions,
    remember_units,
    write_units,
)

ADDRESSED_FAMILIES = ("Entity", "Statement", "Disagreement")
"""Families whose ids have addresses; those that a load removes are remembered."""
READ_MARKER = f"MATCH (m:{MARKER} {{id: 'current'}}) RETURN m {{.*}} AS marker"
LOCK_MARKER = f"MERGE (m:{MARKER} {{id: 'current'}}) ON CREATE SET m.owner = 'vnkg' SET m.locked = true"
WRITE_MARKER = f"MATCH (m:{MARKER} {{id: 'current'}}) SET m = $marker"
CREATE_STATE = f"CREATE (m:{MARKER}) SET m = $marker CREATE (t:{TURN} {{id: 'current', at: $turn}}) SET t += $owner"
COUNT_OBJECTS = "MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r) AS relationships"
BEGIN_TURN = (
    f"MERGE (t:{TURN} {{id: 'current'}}) ON CREATE SET t.owner = 'vnkg' "
    "SET t.at = coalesce(t.at, 0) + 1 + coalesce(t.at, 0) % 2 RETURN t.at AS at"
)
END_TURN = f"MATCH (t:{TURN} {{id: 'current'}}) WHERE t.at = $at SET t.at = t.at + t.at % 2"

ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did: the numbers of nodes and edges created, changed and removed.

    `is_unchanged` is true if the release was stored already and nothing was written. `is_rebuilt` is true if all of it
    was written anew; the numbers are then still the difference to what was stored before, of which a forced rebuild
    counts all nodes as changed and all edges as created.
    """

    release: str
    created_count: int
    changed_count: int
    removed_count: int
    is_unchanged: bool
    seconds: float
    is_rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What a load would do: counts as in `LoadResult`, ids of articles added and removed.

    `refusals` are the reasons why it would be refused; none if it would succeed.
    """

    created_count: int
    changed_count: int
    removed_count: int
    articles_added: tuple[str, ...]
    articles_removed: tuple[str, ...]
    refusals: tuple[str, ...]

    @property
    def size(self) -> int:
        """Total number of changes."""
        return self.created_count + self.changed_count + self.removed_count


@dataclass(frozen=True)
class _LoadRequest:
    """What to load, whether articles may be removed, and the advice for a user whose own data conflicts with it.

    `rebuild`: everything is written, whatever is stored.
    """

    release: Release
    replace: bool
    advice: str
    rebuild: bool = False

    @cached_property
    def items(self) -> ReleaseItems:
        """The nodes and edges of the release with their hashes, which take a while to make."""
        return release_items(self.release)


class _TooManyChanges(Exception):
    """Raised to roll back a transaction that would hold too many changes."""


def plan_load(engine: Engine | None, release: Release, *, replace: bool = False) -> LoadPlan:
    """Return what `load` would do, or why it would refuse; write nothing. Without an engine, assume an empty database.

    Raises `LoadRefused` if the difference cannot be computed: the database has another layout.
    """
    if engine is None:
        target = release_items(release)
        changes = difference(target, {family: {} for family in FAMILIES}, {})
        return LoadPlan(changes.created_count, 0, 0, tuple(sorted(_article_ids(target.nodes["Entity"]))), (), ())
    stored_release = read_state(engine).stored_release
    if _is_stored(stored_release, release.id):
        return LoadPlan(0, 0, 0, (), (), ())
    request = _LoadRequest(release, replace, conflict_advice(engine))
    return _plan_load(engine, request, stored_release)


def _plan_load(engine: Engine, request: _LoadRequest, stored_release: StoredRelease | None) -> LoadPlan:
    if stored_release is not None and stored_release.layout != LAYOUT:
        layouts = f"wrote the database in layout {stored_release.layout}; this one writes layout {LAYOUT}"
        raise LoadRefused([f"another version of VNKG {layouts}", f"{request.advice}, or use that version"])
    changes, refusals = _find_changes(engine.read, request)
    stored_articles = _article_ids(_read_hashes(engine.read, "MATCH (n:Article) RETURN n.id AS id, n.hash AS hash"))
    target_articles = _article_ids(request.items.nodes["Entity"])
    return LoadPlan(
        changes.created_count,
        changes.changed_count,
        changes.removed_count,
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
    rebuild: bool = False,
) -> LoadResult:
    """Make the database hold the release.

    Up to `batch` changes are written in one transaction: readers see the old release or the new one. If there are more,
    the embedded engine builds the whole release in another database, in transactions of that size, and switches to it:
    readers see the old release or the new one again, also if the load is killed, and the next load starts anew. Neo4j
    has one database, and foreign data must stay in its own: there the changes are written in batches while the
    marker's state is `loading`, and an interrupted load is completed by the next one.
    `rebuild` writes the whole release in either way, even if it is stored already and whatever damage its data has.
    `report_progress` is called with the number of changes written and their total, in which a node that is made anew
    counts twice.

    On the embedded engine the caller holds the load lock. Raises `LoadRefused`, and writes nothing, if foreign data is
    in the way, or if articles would be removed that the release does not declare as retired, unless `replace` is set.
    """
    start_time = time.monotonic()
    engine.drop_leftover_database()
    request = _LoadRequest(release, replace, conflict_advice(engine), rebuild)
    try:
        initial_state = read_state(engine)
        stored_release = initial_state.stored_release
        if not rebuild and stored_release and stored_release.digests and _is_stored(stored_release, release.id):
            if initial_state.is_committing:
                _end_abandoned_turn(engine, initial_state.turn)
            seconds = time.monotonic() - start_time
            return LoadResult(release.id, 0, 0, 0, is_unchanged=True, seconds=seconds)
        load_plan = _plan_load(engine, request, stored_release)
        is_large = rebuild or initial_state.is_loading or load_plan.size > batch
        can_switch = is_large and engine.kind == "embedded" and not count_foreign_objects(engine.read)
    except (EngineDied, LoadRefused):
        raise
    except EngineError as error:
        if not rebuild or engine.kind != "embedded":
            raise
        if not replace:
            unknown = f"the stored data cannot be read ({error}), so articles of your own may be lost"
            raise LoadRefused([f"{unknown}; name their files with --also, and give --replace"]) from error
        initial_state, load_plan = None, LoadPlan(0, 0, 0, (), (), ())
        is_large = can_switch = True
    if load_plan.refusals:
        raise LoadRefused(load_plan.refusals)
    marker = _marker(request)
    changes: Difference | LoadPlan | None = None
    if can_switch:
        _build_and_switch(engine, request, marker, initial_state, batch, report_progress)
        changes = load_plan
    else:
        define_indexes(engine)
        if not is_large:
            changes = _load_in_one_transaction(engine, request, marker, batch, report_progress)
        if changes is None:
            changes = _load_in_batches(engine, request, marker, batch, report_progress)
    return LoadResult(
        release=marker["release"],
        created_count=changes.created_count,
        changed_count=changes.changed_count,
        removed_count=changes.removed_count,
        is_unchanged=False,
        seconds=time.monotonic() - start_time,
        is_rebuilt=rebuild or changes is load_plan,
    )


def _is_stored(stored_release: StoredRelease | None, release_id: str) -> bool:
    """Tell whether the stored release is complete and this one."""
    return stored_release is not None and (stored_release.release, stored_release.layout, stored_release.state) == (
        release_id,
        LAYOUT,
        "ready",
    )


def _marker(request: _LoadRequest) -> Row:
    """Return the marker of a complete release."""
    release, counts = request.release, _counts(request.release)
    target = StoredRelease(release.id, release.data_date, FORMAT_VERSION, counts, "ready", LAYOUT)
    hashes = {key: {item.id: item.hash for item in items.values()} for key, items in request.items.nodes.items()}
    hashes["edges"] = {edge.id: edge.hash for edge in request.items.edges.values()}
    digests = content_digests(target.description, hashes)
    texts = {"counts": json.dumps(counts), "digests": json.dumps(digests)}
    return {"id": "current", "state": target.state} | target.description | texts | OWNER


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
        removed_ids = _removed_addresses(changes)
        for unit in _vanished_units(transaction.execute, request, removed_ids, stored_marker.get("release")):
            _execute_unit(transaction, unit)
        units = [*write_units(changes, CHUNK_ROWS)]
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


def _build_and_switch(
    engine: Engine,
    request: _LoadRequest,
    marker: Row,
    old_state: StoreState | None,
    batch: int,
    report_progress: ProgressCallback | None,
) -> None:
    """Write the whole release to another database of the embedded engine, and make that the current one.

    `old_state` is that of the current database, None if it cannot be read.
    """
    items = request.items
    all_nodes = [item for family_nodes in items.nodes.values() for item in family_nodes.values()]
    expected_counts = {
        "nodes": len(all_nodes),
        "relationships": len(items.edges) + sum(len(item.relationships) for item in all_nodes),
    }
    units = [*write_units(difference(items, {family: {} for family in FAMILIES}, {}), min(batch, CHUNK_ROWS))]
    # Each database gets a turn that none before it had: a name alone would not tell a reader that it is another one.
    turn = old_state.turn if old_state else secrets.randbelow(10**12)
    state = {"marker": marker, "turn": turn + 2 - turn % 2, "owner": OWNER}
    with engine.replace_database() as new_engine:
        define_indexes(new_engine)
        _execute_in_batches(new_engine, units, batch, report_progress)
        stored_counts = new_engine.read(COUNT_OBJECTS)[0]
        if stored_counts != expected_counts:
            raise EngineError(f"the engine stored {stored_counts} where {expected_counts} were written; load again")
        _execute_in_batches(new_engine, _carried_units(engine, request, old_state), batch, None)
        new_engine.write(lambda write: write.execute(CREATE_STATE, state))
        if old_state and (foreign_count := count_foreign_objects(engine.read)):
            raise LoadRefused([f"{foreign_count:,} nodes or relationships were added meanwhile by others; load again"])


def _load_in_batches(
    engine: Engine, request: _LoadRequest, marker: Row, batch: int, report_progress: ProgressCallback | None
) -> Difference:
    def mark_loading(transaction: WriteTransaction) -> tuple[Difference, list[WriteUnit]]:
        transaction.execute(LOCK_MARKER)
        changes = _require_changes(transaction, request)
        last_release = transaction.execute(READ_MARKER)[0]["marker"].get("release")
        vanished_units = [*_vanished_units(transaction.execute, request, _removed_addresses(changes), last_release)]
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
        clear_relationships(changes, chunk) if request.rebuild else clear_hashes(changes.nodes_to_relink, chunk)
    )
    units = [*vanished_units, *clearing_units, *write_units(changes, chunk)]
    _execute_in_batches(engine, units, batch, report_progress)
    engine.write(mark_ready)
    _end_turn(engine, turn)
    return changes


def _execute_in_batches(
    engine: Engine, units: Sequence[WriteUnit], batch: int, report_progress: ProgressCallback | None
) -> None:
    done_count, total_count = 0, sum(unit.size for unit in units)
    for group in group_into_transactions(units, batch):
        engine.write(lambda write, group=group: [_execute_unit(write, unit) for unit in group])
        done_count += sum(unit.size for unit in group)
        if report_progress is not None:
            report_progress(done_count, total_count)


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


def _find_changes(read: ReadQuery, request: _LoadRequest) -> tuple[Difference, list[str]]:
    """Return the difference to what the store has written, and the reasons why it must not be written (if any)."""
    # A rebuild believes no stored hash: only ids and labels count, and all edges are made anew.
    own_labels = "[label IN labels(n) WHERE label IN $labels]"
    hash_text = f"reduce(text = '', label IN {own_labels} | text + label + ':') + ' '" if request.rebuild else "n.hash"
    nodes = {
        family: _read_hashes(
            read,
            f"MATCH (n:{family} {OWNER_PATTERN}) WHERE n.id IS NOT NULL RETURN n.id AS id, {hash_text} AS hash",
        )
        for family in FAMILIES
    }
    edges = _read_hashes(read, f"MATCH (:Entity)-[r {OWNER_PATTERN}]->(:Entity) RETURN r.id AS id, r.hash AS hash")
    changes = difference(request.items, nodes, {} if request.rebuild else edges)
    conflicts = [*describe_foreign_nodes(read), *describe_foreign_relationships(read, changes.removed_ids)]
    refusals = [*conflicts, request.advice] if conflicts else []
    remaining_ids = {*request.items.nodes["Entity"], *(old for old, _ in request.release.retired_ids)}
    lost_articles = sorted(_article_ids(nodes["Entity"]) - remaining_ids)
    if lost_articles and not request.replace:
        text = f"MATCH (:Entity {{id: $id}})<-[:STATED_IN {OWNER_PATTERN}]-(s) RETURN count(s) AS statements"
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
    read: ReadQuery, request: _LoadRequest, removed_ids: Iterable[str], last_release: str | None
) -> Iterator[WriteUnit]:
    """Yield what remembers the ids that addresses lead to and this load removes, and forgets those that come back."""
    target_ids = _addressed_ids(request)
    # What goes while the same release is loaded was no part of a release.
    is_other = last_release not in (None, request.release.id)
    rows = [{"id": key, "release": last_release} | OWNER for key in sorted({*removed_ids} - target_ids) if is_other]
    yield from remember_units(rows)
    stored_ids = {row["id"] for row in read(f"MATCH (v:{VANISHED_LABEL} {OWNER_PATTERN}) RETURN v.id AS id")}
    yield from forget_units(sorted(stored_ids & target_ids))


def _carried_units(engine: Engine, request: _LoadRequest, old_state: StoreState | None) -> list[WriteUnit]:
    """Return what remembers, in another database, the ids that vanished before or vanish now; none of a damaged one."""
    stored_release = old_state.stored_release if old_state else None
    if stored_release is None:
        return []
    target_ids = _addressed_ids(request)
    try:
        rows = engine.read(f"MATCH (v:{VANISHED_LABEL} {OWNER_PATTERN}) RETURN v.id AS id, v.release AS release")
        if stored_release.release != request.release.id:
            for family in ADDRESSED_FAMILIES:
                rows += engine.read(
                    f"MATCH (n:{family} {OWNER_PATTERN}) RETURN n.id AS id, $release AS release",
                    {"release": stored_release.release},
                )
    except EngineError:
        if not request.rebuild:
            raise
        return []
    return [*remember_units([row | OWNER for row in rows if row["id"] not in target_ids])]


def _removed_addresses(changes: Difference) -> set[str]:
    return {key for family in ADDRESSED_FAMILIES for key in changes.removed_ids[family]}


def _addressed_ids(request: _LoadRequest) -> set[str]:
    """Return the ids that addresses lead to, or that are retired, after the load."""
    ids = {key for family in ADDRESSED_FAMILIES for key in request.items.nodes[family]}
    return ids.union(old for old, _ in request.release.retired_ids)


def _execute_unit(transaction: WriteTransaction, unit: WriteUnit) -> None:
    for text, rows in unit.queries:
        transaction.execute(text, {"rows": rows})
