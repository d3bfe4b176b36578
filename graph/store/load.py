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

from ..engines.bolt import Engine, Row, Write
from ..errors import EngineError, LoadRefused
from ..model.release import FORMAT, Release
from ..model.schema import schema
from .diff import Difference, difference
from .foreign import IS_OURS, LEGACY, WAS_OURS, Read, define, foreign_nodes, foreign_relationships, way_out
from .mapping import FAMILIES, LAYOUT, LINKS, Items, NodeItem, items
from .marker import MARKER, NOTICE, TURN, Stored, state
from .ownership import OURS, OWNER
from .takeover import take_over, verify

CHUNK = 1_000
"""Maximum number of rows of one UNWIND; small enough for the embedded engine's time limit, which includes writes."""
READ_MARKER = f"MATCH (m:{MARKER} {{id: 'current'}}) RETURN m {{.*}} AS marker"
LOCK = f"MERGE (m:{MARKER} {{id: 'current'}}) ON CREATE SET m.owner = 'vnkg' SET m.locked = true"
MARK = f"MATCH (m:{MARKER} {{id: 'current'}}) SET m = $marker"
TURN_BEGINS = (
    f"MERGE (t:{TURN} {{id: 'current'}}) ON CREATE SET t.owner = 'vnkg' "
    "SET t.at = coalesce(t.at, 0) + 1 + coalesce(t.at, 0) % 2 RETURN t.at AS at"
)
TURN_ENDS = f"MATCH (t:{TURN} {{id: 'current'}}) WHERE t.at = $at SET t.at = t.at + t.at % 2"

T = TypeVar("T")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the numbers of nodes and edges created, changed and removed.

    `is_unchanged` is true if the release was stored already. `taken_over_count` nodes and relationships that an earlier
    version had written without ownership marks were marked.
    """

    release: str
    created: int
    changed: int
    removed: int
    unchanged: bool
    seconds: float
    taken_over: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load would do: counts as in `LoadResult`, ids of articles added and removed.

    `refusals` are the reasons why it would be refused; none if it would succeed.
    """

    created: int
    changed: int
    removed: int
    taken_over: int
    articles_added: tuple[str, ...]
    articles_removed: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Request:
    """What to load, whether articles may be removed, and the advice for a user whose own data conflicts with it."""

    release: Release
    items: Items
    replace: bool
    way_out: str


class _TooBig(Exception):
    """Raised to roll back a transaction that would hold too many changes."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Queries, each with its rows, that must run in one transaction; `size` is the number of changes."""

    runs: Sequence[tuple[str, Sequence[Any]]]
    size: int


def plan(engine: Engine | None, release: Release, *, replace: bool = False) -> Plan:
    """Return what `load` would do, or why it would refuse; write nothing. Without an engine, assume an empty database.

    Raises `LoadRefused` if the difference cannot be computed: the database has another layout, or does not verify.
    """
    if engine is None:
        wanted = items(release)
        found = difference(wanted, {family: {} for family in FAMILIES}, {})
        return Plan(found.created, 0, 0, 0, tuple(sorted(_articles(wanted.nodes["Entity"]))), (), ())
    there = state(engine).stored
    if there is not None and (there.release, there.layout, there.state) == (release.id, LAYOUT, "ready"):
        return Plan(0, 0, 0, 0, (), (), ())
    return _plan(engine, _Request(release, items(release), replace, way_out(engine)), there)


def _plan(engine: Engine, request: _Request, there: Stored | None) -> Plan:
    legacy = there is not None and not there.marked
    if there is not None and there.layout != (LEGACY if legacy else LAYOUT):
        what = f"wrote the database in layout {there.layout}; this one writes layout {LAYOUT}"
        raise LoadRefused([f"another version of VNKG {what}", f"{request.way_out}, or use that version"])
    taken_over = verify(engine, there.counts) if there is not None and legacy else 0
    found, refusals = _examine(engine.read, request, legacy=legacy)
    stored_articles = _articles(_hashes(engine.read, "MATCH (n:Article) RETURN n.id AS id, n.hash AS hash"))
    wanted = _articles(request.items.nodes["Entity"])
    return Plan(
        found.created,
        found.altered,
        found.gone,
        taken_over,
        tuple(sorted(wanted - stored_articles)),
        tuple(sorted(stored_articles - wanted)),
        tuple(refusals),
    )


def load(
    engine: Engine, release: Release, *, progress: Progress | None = None, batch: int, replace: bool = False
) -> Loaded:
    """Make the database hold the release by writing the difference only.

    Up to `batch` changes are written in one transaction: readers see the old release or the new one. More are written
    in batches, while the marker's state is `loading`; an interrupted load is completed by the next one.
    `report_progress` is called with the number of changes done and their total.

    Raises `LoadRefused`, and writes nothing, if foreign data is in the way, or if articles would be removed that the
    release does not declare as retired, unless `replace` is set.
    """
    began = time.monotonic()
    manifest = release.manifest()
    before = state(engine)
    there = before.stored
    if there is not None and (there.release, there.layout, there.state) == (manifest["release"], LAYOUT, "ready"):
        if before.turning:
            _end_abandoned(engine, before.turn)
        return Loaded(there.release, 0, 0, 0, unchanged=True, seconds=time.monotonic() - began)
    request = _Request(release, items(release), replace, way_out(engine))
    planned = _plan(engine, request, there)
    if planned.refusals:
        raise LoadRefused(planned.refusals)
    marker: Row = {
        "id": "current",
        "release": manifest["release"],
        "data_date": manifest["data_date"],
        "format": FORMAT,
        "layout": LAYOUT,
        "counts": json.dumps(_counts(release)),
        "state": "ready",
    } | OWNER
    define(engine)
    if planned.taken_over:
        take_over(engine, batch)
    done = None if before.loading else _load_at_once(engine, request, marker, batch, progress)
    if done is None:
        done = _load_in_batches(engine, request, marker, batch, progress)
    return Loaded(
        release=marker["release"],
        created=done.created,
        changed=done.altered,
        removed=done.gone,
        unchanged=False,
        seconds=time.monotonic() - began,
        taken_over=planned.taken_over,
    )


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


def _load_at_once(
    engine: Engine, request: _Request, marker: Row, batch: int, progress: Progress | None
) -> Difference | None:
    """Write the difference and the marker in one transaction; return None, with nothing written, if it is too big."""
    turns: list[int] = []

    def work(write: Write) -> Difference:
        # A concurrent load waits here (Neo4j), or conflicts at commit and is retried (embedded).
        write.run(LOCK)
        there = write.run(READ_MARKER)[0]["marker"].get("state")
        found = _checked(write, request)
        if found.size > batch:
            raise _TooBig
        done = 0
        for unit in _units(found, CHUNK):
            _run(write, unit)
            done += unit.size
            if progress is not None:
                progress(done, found.size)
        write.run(MARK, {"marker": marker})
        turns.append(_begin_turn(engine))
        # No wait if there was no complete release: nobody reads then.
        time.sleep(NOTICE if there == "ready" else 0.0)
        return found

    try:
        return engine.write(work)
    except _TooBig:
        return None
    finally:
        for turn in turns[-1:]:
            _end_turn(engine, turn)


def _load_in_batches(
    engine: Engine, request: _Request, marker: Row, batch: int, progress: Progress | None
) -> Difference:
    def begin(write: Write) -> Difference:
        write.run(LOCK)
        found = _checked(write, request)
        write.run(MARK, {"marker": marker | {"state": "loading"}})
        return found

    def end(write: Write) -> None:
        if write.run(READ_MARKER)[0]["marker"].get("release") != marker["release"]:
            raise EngineError("another load wrote another release meanwhile; load again")
        write.run(MARK, {"marker": marker})

    turn = _begin_turn(engine)
    time.sleep(NOTICE)
    try:
        found = engine.write(begin)
    except BaseException:
        _end_turn(engine, turn)
        raise
    chunk = min(batch, CHUNK)
    # A node that loses a relationship because its end node is created again must not look complete if this load is
    # interrupted: its hash is cleared first.
    units = [*_marking(found.torn, chunk), *_units(found, chunk)]
    done = 0
    for group in _grouped(units, batch):
        engine.write(lambda write, group=group: [_run(write, unit) for unit in group])
        done += sum(unit.size for unit in group)
        if progress is not None:
            progress(done, found.size)
    engine.write(end)
    _end_turn(engine, turn)
    return found


def _begin_turn(engine: Engine) -> int:
    return engine.write(lambda write: write.run(TURN_BEGINS))[0]["at"]


def _end_turn(engine: Engine, turn: int) -> None:
    """End a turn, unless another load has begun one since."""
    engine.write(lambda write: write.run(TURN_ENDS, {"at": turn}))


def _end_abandoned(engine: Engine, turn: int) -> None:
    """End the turn of a load that was killed; a load under way ends its own while this waits for the lock."""

    def work(write: Write) -> None:
        write.run(LOCK)
        write.run(TURN_ENDS, {"at": turn})

    engine.write(work)


def _checked(write: Write, request: _Request) -> Difference:
    """Return the difference to what the store has written; raise `LoadRefused` if something is in the way."""
    found, refusals = _examine(write.run, request)
    if refusals:
        raise LoadRefused(refusals)
    return found


def _examine(read: Read, request: _Request, *, legacy: bool = False) -> tuple[Difference, list[str]]:
    """Return the difference to what the store has written, and the reasons why it must not be written (if any).

    `is_legacy`: the database has `LEGACY_LAYOUT`, without ownership marks.
    """
    ours = "" if legacy else OURS
    nodes = {f: _hashes(read, f"MATCH (n:{f} {ours}) RETURN n.id AS id, n.hash AS hash") for f in FAMILIES}
    is_edge = "r.hash IS NOT NULL" if legacy else "r.owner = 'vnkg'"
    edges = _hashes(read, f"MATCH (:Entity)-[r]->(:Entity) WHERE {is_edge} RETURN r.id AS id, r.hash AS hash")
    found = difference(request.items, nodes, edges)
    foreign = [*(() if legacy else foreign_nodes(read))]
    foreign += foreign_relationships(read, found.removed, WAS_OURS if legacy else IS_OURS)
    refusals = [*foreign, request.way_out] if foreign else []
    kept = {*request.items.nodes["Entity"], *(old for old, _ in request.release.retired)}
    lost = sorted(_articles(nodes["Entity"]) - kept)
    if lost and not request.replace:
        text = f"MATCH (:Entity {{id: $id}})<-[:STATED_IN {ours}]-(s) RETURN count(s) AS statements"
        counts = {article: read(text, {"id": article})[0]["statements"] for article in lost}
        told = ", ".join(f"{article} ({count:,} statements)" for article, count in counts.items())
        refusals.append(
            f"facts would be lost that are loaded now: {told}; name their files with --also, or give --replace"
        )
    return found, refusals


def _articles(ids: Iterable[str]) -> set[str]:
    start = f"{schema().nodes['Article'].prefix}:"
    return {entity for entity in ids if entity.startswith(start)}


def _hashes(read: Read, text: str) -> dict[str, str]:
    return {row["id"]: row["hash"] or "" for row in read(text)}


def _marking(torn: Iterable[NodeItem], chunk: int) -> Iterator[_Unit]:
    for family, group in _by(torn, lambda item: item.family):
        for rows in _chunks([item.id for item in group], chunk):
            yield _Unit(
                [(f"UNWIND $rows AS id MATCH (n:{family} {{id: id}}) WHERE n.owner = 'vnkg' SET n.hash = ''", rows)], 0
            )


def _units(found: Difference, chunk: int) -> Iterator[_Unit]:
    """Yield all changes, ordered so that both end nodes exist when a relationship is created."""
    yield from _removals(found, chunk)
    for family in FAMILIES:
        made = [item for item in found.made if item.family == family]
        for labels, group in _by(made, lambda item: ":".join(item.labels)):
            text = f"UNWIND $rows AS row CREATE (n:{labels} {{id: row.id}}) SET n = row"
            for part in _chunks(group, chunk):
                yield _Unit([(text, [item.properties | OWNER for item in part]), *_linking(family, part)], len(part))
        text = f"UNWIND $rows AS row MATCH (n:{family} {{id: row.id}}) WHERE n.owner = 'vnkg' SET n = row"
        for part in _chunks([item for item in found.changed if item.family == family], chunk):
            runs = [
                (text, [item.properties | OWNER for item in part]),
                *_unlinking(family, part),
                *_linking(family, part),
            ]
            yield _Unit(runs, len(part))
    for kind, edges in _by(found.edges_made, lambda edge: edge.type):
        text = (
            "UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties"
        )
        for part in _chunks(edges, chunk):
            rows = [{"start": edge.start, "end": edge.end, "properties": edge.properties | OWNER} for edge in part]
            yield _Unit([(text, rows)], len(part))
    for kind, edges in _by(found.edges_changed, lambda edge: edge.type):
        # One scan over the edges of each start node: looking them up one by one takes minutes for a node with
        # thousands.
        text = (
            f"UNWIND $rows AS row MATCH (:Entity {{id: row.start}})-[r:{kind} {OURS}]->() "
            "WITH r, row.edges[r.id] AS properties WHERE properties IS NOT NULL SET r = properties"
        )
        for part in _chunks(sorted(edges, key=lambda edge: edge.start), chunk):
            starts = _by(part, lambda edge: edge.start)
            rows = [
                {"start": start, "edges": {edge.id: edge.properties | OWNER for edge in of}} for start, of in starts
            ]
            yield _Unit([(text, rows)], len(part))


def _removals(found: Difference, chunk: int) -> Iterator[_Unit]:
    for kind, ids in _by(found.edges_removed, lambda edge: edge.split(" ")[1]):
        text = (
            f"UNWIND $rows AS row MATCH (:Entity {{id: row.start}})-[r:{kind} {OURS}]->() "
            "WITH r, row WHERE r.id IN row.ids DELETE r"
        )
        for part in _chunks(ids, chunk):
            starts = _by(part, lambda edge: edge.split(" ")[0])
            yield _Unit([(text, [{"start": start, "ids": of} for start, of in starts])], len(part))
    for family in reversed(FAMILIES):
        start = f"UNWIND $rows AS id MATCH (n:{family} {{id: id}})"
        # Not DETACH DELETE: the engine must refuse to delete a node to which somebody has just attached foreign data.
        texts = [f"{start}-[r {OURS}]-() WITH DISTINCT r DELETE r", f"{start} WHERE n.owner = 'vnkg' DELETE n"]
        for rows in _chunks(found.removed[family], chunk):
            yield _Unit([(text, rows) for text in texts], len(rows))


def _unlinking(family: str, nodes: Iterable[NodeItem]) -> Iterator[tuple[str, list[str]]]:
    if family in LINKS:
        text = f"UNWIND $rows AS id MATCH (:{family} {{id: id}})-[r:{'|'.join(LINKS[family])} {OURS}]->() DELETE r"
        yield text, [item.id for item in nodes]


def _linking(family: str, nodes: Iterable[NodeItem]) -> Iterator[tuple[str, list[Row]]]:
    links = [(item.id, link) for item in nodes for link in item.links]
    for ends, group in _by(links, lambda pair: f"{pair[1].type} {pair[1].family}"):
        kind, end = ends.split(" ")
        text = (
            f"UNWIND $rows AS row MATCH (n:{family} {{id: row.id}}) MATCH (m:{end} {{id: row.end}}) "
            f"CREATE (n)-[r:{kind}]->(m) SET r = row.properties"
        )
        yield text, [{"id": start, "end": link.end, "properties": link.properties | OWNER} for start, link in group]


def _run(write: Write, unit: _Unit) -> None:
    for text, rows in unit.runs:
        write.run(text, {"rows": rows})


def _by(things: Iterable[T], group: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        groups[group(thing)].append(thing)
    return sorted(groups.items(), key=lambda pair: pair[0])


def _chunks(things: Collection[T], chunk: int) -> Iterator[list[T]]:
    every = list(things)
    for start in range(0, len(every), chunk):
        yield every[start : start + chunk]


def _grouped(units: Iterable[_Unit], batch: int) -> Iterator[list[_Unit]]:
    """Group units into transactions of at most `batch` changes; a unit that is larger gets its own."""
    group: list[_Unit] = []
    for unit in units:
        if group and sum(other.size for other in group) + unit.size > batch:
            yield group
            group = []
        group.append(unit)
    if group:
        yield group
