"""Answers of a query with the status of some edges changed, in a transaction that is never committed."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from vnkg.graph.catalogue.query import Query, QueryResult, bind, split_near_misses
from vnkg.graph.engines.bolt import Engine, WriteTransaction
from vnkg.graph.model.facts import EntityRecord, Facts
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Edge, Release
from vnkg.graph.model.schema import schema
from vnkg.graph.store.ownership import match_owned_only

WRITE_EDGES = """UNWIND $rows AS row MATCH (:Entity {id: row.start})-[e]->() WHERE e.id = row.id
SET e.status = row.status, e.holds = row.holds
WITH row UNWIND row.statements AS stated MATCH (s:Statement {id: stated.id}) SET s.status = stated.status"""
WRITE_ENTITIES = "UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n.status = row.status"
Statuses = Mapping[str, Mapping[str, str | bool | None]]

_MERGED_STATUSES: dict[tuple[int, tuple[str, ...], str], Statuses] = {}
"""Merged statuses by release, changed edges and their status; the releases of the worlds live as long as the process."""


class _NotCommitted(Exception):
    """Ends the transaction of a `StatusChanges`."""


@dataclass(slots=True)
class StatusChanges:
    """A loaded release in an open transaction, where edges can get another status.

    What follows from a status is changed with it: the statements of the edge, whether it holds, and the entity's status.
    """

    transaction: WriteTransaction
    release: Release
    stored_statuses: Statuses = field(init=False)

    def __post_init__(self) -> None:
        self.stored_statuses = _statuses(self.release)

    def set_status(self, edges: Sequence[Edge], status: str) -> Statuses:
        """Give these edges a status and all others their own; returns all statuses by kind of item and id."""
        new_statuses = self.statuses_with(edges, status)
        rows = [
            {
                "id": edge.id,
                "start": edge.subject,
                "status": new_statuses["edges"][edge.id],
                "holds": new_statuses["holds"][edge.id],
                "statements": statements,
            }
            for edge in self.release.edges
            if (statements := self._changed_statements(edge, new_statuses))
        ]
        if rows:
            self.transaction.execute(WRITE_EDGES, {"rows": rows})
        entities = new_statuses["entities"].items() - self.stored_statuses["entities"].items()
        if entities:
            self.transaction.execute(WRITE_ENTITIES, {"rows": [{"id": key, "status": new} for key, new in entities]})
        self.stored_statuses = new_statuses
        return new_statuses

    def _changed_statements(self, edge: Edge, new_statuses: Statuses) -> list[dict[str, str | bool | None]]:
        new, stored_statuses = new_statuses["statements"], self.stored_statuses["statements"]
        if all(new[key] == stored_statuses[key] for key in edge.statements):
            return []
        return [{"id": key, "status": new[key]} for key in edge.statements]

    def statuses_with(self, edges: Sequence[Edge], status: str) -> Statuses:
        """Return all statuses as merging gives them when every statement of these edges has `status`."""
        key = (id(self.release), tuple(edge.id for edge in edges), status)
        if key not in _MERGED_STATUSES:
            changed = {statement for edge in edges for statement in edge.statements}
            objects = {edge.object for edge in edges}
            # Only what an edge can change is merged again: itself, and the entity to which it points.
            merged_ids = {key for edge in self.release.edges if edge.object in objects for key in edge.statements}
            statements = (s for s in self.release.statements if s.id in merged_ids)
            entities = (entity for entity in self.release.entities if entity.id in objects)
            records = [EntityRecord(e.id, e.type, e.name, e.names, e.attributes) for e in entities]
            facts = Facts(
                tuple(records), tuple(replace(s, status=status) if s.id in changed else s for s in statements)
            )
            own, merged = _statuses(self.release), _statuses(merge(facts, schema()))
            _MERGED_STATUSES[key] = {kind: own[kind] | merged[kind] for kind in own}
        return _MERGED_STATUSES[key]

    def answer(self, query: Query, params: Mapping[str, Any]) -> QueryResult:
        """Run a query of the catalogue."""
        return split_near_misses(query, self.transaction.execute(match_owned_only(query.cypher), bind(query, params)))


def _statuses(release: Release) -> dict[str, Mapping[str, str | bool | None]]:
    items = {"edges": release.edges, "entities": release.entities, "statements": release.statements}
    statuses = {kind: {item.id: item.status for item in values} for kind, values in items.items()}
    return statuses | {"holds": {edge.id: edge.holds for edge in release.edges}}


def with_status_changes(engine: Engine, release: Release, work: Callable[[StatusChanges], None]) -> None:
    """Run `work` on the loaded release and roll everything back that it changed."""

    def change_and_roll_back(transaction: WriteTransaction) -> None:
        work(StatusChanges(transaction, release))
        raise _NotCommitted

    with suppress(_NotCommitted):
        engine.write(change_and_roll_back)
