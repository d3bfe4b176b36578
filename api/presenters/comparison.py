"""Compare two to six entities of one type: common neighbours, attributes, edges, numbers, claims, and gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from ...graph.errors import BadParameter
from ...graph.model.objects import EntityCard, Row, StatementJson
from ...graph.reader.objects import EntityDetails, EntityEdge, TypedName
from ..service.service import Service
from .comparison_numbers import number_rows
from .comparison_objects import (
    AttributeRow,
    ClaimRow,
    CommonRow,
    ComparedCard,
    Comparison,
    EdgeCell,
    InstrumentCell,
    InstrumentRow,
    NamedId,
    NotStatedCell,
    NotStatedRow,
    RelationRow,
    SharedDisagreement,
)
from .matrix import MATRIX_QUERY, PROVINCES_QUERY, instrument_columns, province_rows

MIN_ENTITIES, MAX_ENTITIES = 2, 6
NOT_STATED_QUERY = "not_stated"
MAX_COMMON = 100
"""Maximum number of common neighbours that a comparison lists."""


@dataclass(frozen=True, slots=True)
class ComparedEntity:
    """An entity to compare: its `record` as `Graph.entity` returns it, and all statements that involve it."""

    record: EntityDetails
    statements: Sequence[StatementJson]

    @property
    def id(self) -> str:
        """Its id."""
        return self.record["id"]


def parse_ids(text: str) -> list[str]:
    """Split a comma-separated list of ids, keeping their order.

    >>> parse_ids("province:hue, province:da-nang,")
    ['province:hue', 'province:da-nang']
    """
    return [part.strip() for part in text.split(",") if part.strip()]


def duplicate_ids(ids: Sequence[str]) -> list[str]:
    """Return the ids that occur more than once."""
    return [id for id in dict.fromkeys(ids) if ids.count(id) > 1]


def read_entities(service: Service, ids: Sequence[str]) -> list[ComparedEntity]:
    """Read two to six entities of one type with their statements.

    Raises `NotFound`, `MergedId` or `RemovedId` for an id that does not exist (any more), `BadParameter` for duplicate
    ids, a wrong number of ids, or different types.
    """
    if duplicates := duplicate_ids(ids):
        raise BadParameter(f"ids: found {', '.join(duplicates)} more than once; expected each id once")
    if not MIN_ENTITIES <= len(ids) <= MAX_ENTITIES:
        raise BadParameter(
            f"ids: found {len(ids)} ids; expected {MIN_ENTITIES} to {MAX_ENTITIES}, with commas between them"
        )
    entities = [service.graph.entity(id) for id in ids]
    types = list(dict.fromkeys(entity["type"] for entity in entities))
    if len(types) > 1:
        raise BadParameter(f"ids: found entities of the types {', '.join(types)}; expected all of one type")
    return [ComparedEntity(entity, service.graph.all_statements(entity["id"])) for entity in entities]


def build_comparison(service: Service, entities: Sequence[ComparedEntity]) -> Comparison:
    """Return the comparison as JSON: sections with rows, each with `cells` by entity id; no cell means not stated.

    Sections: `common`, `instruments`, `attributes`, `relations`, `numbers`, `claims`, `disagreements`, `not_stated`.
    """
    instrument_rows = _instruments(service, entities)
    instrument_pairs = {
        (id, item["id"]) for row in instrument_rows for id, items in row["cells"].items() for item in items
    }
    return {
        "type": entities[0].record["type"],
        "entities": [_card(entity) for entity in entities],
        "common": _common_neighbours(entities),
        "instruments": instrument_rows,
        "attributes": _attributes(service, entities),
        "relations": _relations(service, entities, instrument_pairs),
        "numbers": number_rows(
            service, {entity.id: _measurements(entity) for entity in entities}, _disputed_ids(entities)
        ),
        "claims": _claim_counts(service, entities),
        "disagreements": _disagreements(entities),
        "not_stated": _not_stated(service, entities),
    }


def _card(entity: ComparedEntity) -> ComparedCard:
    keys = ("id", "type", "name", "kind", "status")
    return cast("ComparedCard", {key: entity.record.get(key) for key in keys if key in entity.record})


def _common_neighbours(entities: Sequence[ComparedEntity]) -> list[CommonRow]:
    """Return the neighbours that several of the entities share, by any edge; those shared by most come first."""
    own_ids = {entity.id for entity in entities}
    rows_by_id: dict[str, CommonRow] = {}
    for entity in entities:
        for edge in entity.record["edges"]:
            neighbour = edge["neighbour"]
            if neighbour["id"] not in own_ids and neighbour["type"] != "Article":
                row = rows_by_id.setdefault(neighbour["id"], {**_entity_summary(neighbour), "cells": {}})
                row["cells"].setdefault(entity.id, []).append(_edge_summary(edge))
    rows = [row for row in rows_by_id.values() if len(row["cells"]) > 1]
    return sorted(rows, key=lambda row: (-len(row["cells"]), row["type"], row["id"]))[:MAX_COMMON]


def _entity_summary(card: EntityCard) -> TypedName:
    return {"id": card["id"], "type": card["type"], "name": card["name"]}


def _edge_summary(edge: EntityEdge) -> EdgeCell:
    keys = ("predicate", "direction", "status", "basis", "as_of", "articles", "origins", "statements")
    return cast("EdgeCell", {key: edge[key] for key in keys})


def _instruments(service: Service, entities: Sequence[ComparedEntity]) -> list[InstrumentRow]:
    """Return the rows of the instrument matrix, if the entities are provinces."""
    if entities[0].record["type"] != "Province" or not {MATRIX_QUERY, PROVINCES_QUERY} <= service.queries.keys():
        return []
    ids = [entity.id for entity in entities]
    rows = sorted((row for row in province_rows(service) if row.id in ids), key=lambda row: ids.index(row.id))
    columns = instrument_columns(service.queries[MATRIX_QUERY])
    names = service.graph.names(entity.id for row in rows for column in columns for entity in row.cells[column])
    result: list[InstrumentRow] = []
    for column in columns:
        cells: dict[str, list[InstrumentCell]] = {}
        for row in rows:
            for instrument in row.cells[column]:
                cells.setdefault(row.id, []).append(
                    {
                        "id": instrument.id,
                        "name": names[instrument.id],
                        "status": instrument.status,
                        "basis": instrument.basis,
                        "implementation": instrument.implementation,
                        "statements": list(instrument.statements),
                    }
                )
        result.append({"instrument": column, "cells": cells})
    return result


def _attributes(service: Service, entities: Sequence[ComparedEntity]) -> list[AttributeRow]:
    properties = service.schema.nodes[entities[0].record["type"]].properties
    rows: Iterable[AttributeRow] = (
        {
            "attribute": key,
            "cells": {entity.id: entity.record[key] for entity in entities if entity.record.get(key) is not None},
        }
        for key in properties
        if key != "kind"
    )
    return [row for row in rows if row["cells"]]


def _relations(
    service: Service, entities: Sequence[ComparedEntity], instrument_pairs: set[tuple[str, str]]
) -> list[RelationRow]:
    """Return the edges by type and direction, in the schema's order, without those to instruments listed above."""
    order = list(service.schema.edges)
    rows: dict[tuple[str, str], RelationRow] = {}
    for entity in entities:
        for edge in entity.record["edges"]:
            if (entity.id, edge["neighbour"]["id"]) not in instrument_pairs:
                key = (edge["predicate"], edge["direction"])
                row = rows.setdefault(key, {"predicate": key[0], "direction": key[1], "cells": {}})
                row["cells"].setdefault(entity.id, []).append(
                    {"neighbour": _entity_summary(edge["neighbour"]), **_edge_summary(edge)}
                )
    return sorted(rows.values(), key=lambda row: (order.index(row["predicate"]), row["direction"] == "in"))


def _measurements(entity: ComparedEntity) -> list[StatementJson]:
    return [
        statement
        for statement in entity.statements
        if statement["kind"] == "measurement" and statement["subject"] == entity.id
    ]


def _disputed_ids(entities: Iterable[ComparedEntity]) -> set[str]:
    items = (item for entity in entities for item in entity.record["disagreements"])
    return {key for item in items for reading in item["readings"] for key in reading["statements"]}


def _claim_counts(service: Service, entities: Sequence[ComparedEntity]) -> list[ClaimRow]:
    """Return the number of claims of each type by or about each entity."""
    rows: list[ClaimRow] = []
    for claim_type in service.schema.claim_types:
        counts = {
            entity.id: sum(statement.get("claim_type") == claim_type for statement in entity.statements)
            for entity in entities
        }
        rows.append({"claim_type": claim_type, "cells": {id: count for id, count in counts.items() if count}})
    return [row for row in rows if row["cells"]]


def _disagreements(entities: Sequence[ComparedEntity]) -> list[SharedDisagreement]:
    rows: dict[str, SharedDisagreement] = {}
    for entity in entities:
        for item in entity.record["disagreements"]:
            parts: SharedDisagreement = {
                "id": item["id"],
                "kind": item["kind"],
                "gloss": item.get("gloss"),
                "gloss_vi": item.get("gloss_vi"),
                "entities": [],
            }
            rows.setdefault(item["id"], parts)["entities"].append(entity.id)
    return [rows[key] for key in sorted(rows)]


def _not_stated(service: Service, entities: Sequence[ComparedEntity]) -> list[NotStatedRow]:
    """Return for provinces whether an article answers each question of `not_stated`, else the nearest statements."""
    if entities[0].record["type"] != "Province" or NOT_STATED_QUERY not in service.queries:
        return []
    rows_by_entity: dict[str, list[Row]] = {}
    for entity in entities:
        if not entity.record.get("abolished_on"):
            result = service.graph.query(NOT_STATED_QUERY, {"province": entity.id})
            rows_by_entity[entity.id] = [*result["rows"], *result["near_misses"]]
    names = service.graph.names(
        key for rows in rows_by_entity.values() for row in rows for key in row["nearest_entities"]
    )
    cells: dict[str, dict[str, NotStatedCell]] = {
        name: {} for name in service.queries[NOT_STATED_QUERY].params["question"].values
    }
    for entity_id, rows in rows_by_entity.items():
        for row in rows:
            nearest: list[NamedId] = [{"id": key, "name": names[key]} for key in row["nearest_entities"]]
            cells[row["question"]][entity_id] = {"is_stated": row["is_stated"], "nearest_entities": nearest}
    return [{"question": question, "cells": row} for question, row in cells.items() if row]
