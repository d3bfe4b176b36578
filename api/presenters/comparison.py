"""Compare two to six entities of one type: common neighbours, attributes, edges, numbers, claims, and gaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...graph.errors import BadParameter
from ..service.service import Service
from .comparison_numbers import number_rows
from .matrix import FACTS, QUERY, instruments, province_rows

LEAST, MOST = 2, 6
OPEN = "not_stated"
SHARED = 100
"""Maximum number of common neighbours that a comparison lists."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """An entity to compare: its `record` as `Graph.entity` returns it, and all statements that involve it."""

    entity: Mapping[str, Any]
    statements: Sequence[Mapping[str, Any]]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.entity["id"])


def ids_of(text: str) -> list[str]:
    """Split a comma-separated list of ids, keeping their order.

    >>> parse_ids("province:hue, province:da-nang,")
    ['province:hue', 'province:da-nang']
    """
    return [part.strip() for part in text.split(",") if part.strip()]


def repeated(ids: Sequence[str]) -> list[str]:
    """Return the ids that occur more than once."""
    return [id for id in dict.fromkeys(ids) if ids.count(id) > 1]


def compared(service: Service, ids: Sequence[str]) -> list[Compared]:
    """Read two to six entities of one type with their statements.

    Raises `NotFound`, `Moved` or `Gone` for an id that does not exist (any more), and `BadParameter` for duplicate
    ids, a wrong number of ids, or different types.
    """
    if twice := repeated(ids):
        raise BadParameter(f"ids: found {', '.join(twice)} more than once; expected each id once")
    if not LEAST <= len(ids) <= MOST:
        raise BadParameter(f"ids: found {len(ids)} ids; expected {LEAST} to {MOST}, with commas between them")
    entities = [service.graph.entity(id) for id in ids]
    types = list(dict.fromkeys(entity["type"] for entity in entities))
    if len(types) > 1:
        raise BadParameter(f"ids: found entities of the types {', '.join(types)}; expected all of one type")
    return [Compared(entity, service.graph.all_statements(entity["id"])) for entity in entities]


def comparison(service: Service, found: Sequence[Compared]) -> Json:
    """Return the comparison as JSON: sections with rows, each with `cells` by entity id; no cell means not stated.

    Sections: `common`, `instruments`, `attributes`, `relations`, `numbers`, `claims`, `disagreements`, `not_stated`.
    """
    held = _instruments(service, found)
    shown = {(id, item["id"]) for row in held for id, items in row["cells"].items() for item in items}
    kept = ("id", "type", "name", "kind", "status")
    return {
        "type": found[0].entity["type"],
        "entities": [{key: one.entity[key] for key in kept if key in one.entity} for one in found],
        "common": _common(found),
        "instruments": held,
        "attributes": _attributes(service, found),
        "relations": _relations(service, found, shown),
        "numbers": number_rows(service, {one.id: _measurements(one) for one in found}, _disputed(found)),
        "claims": _claims(service, found),
        "disagreements": _disagreements(found),
        "not_stated": _not_stated(service, found),
    }


def _common(found: Sequence[Compared]) -> list[Json]:
    """Return the neighbours that several of the entities share, by any edge; those shared by most come first."""
    own = {one.id for one in found}
    tied: dict[str, Json] = {}
    for one in found:
        for edge in one.entity["edges"]:
            other = edge["other"]
            if other["id"] not in own and other["type"] != "Article":
                row = tied.setdefault(other["id"], _end(other) | {"cells": {}})
                row["cells"].setdefault(one.id, []).append(_tie(edge))
    rows = [row for row in tied.values() if len(row["cells"]) > 1]
    return sorted(rows, key=lambda row: (-len(row["cells"]), row["type"], row["id"]))[:SHARED]


def _end(other: Mapping[str, Any]) -> Json:
    return {key: other[key] for key in ("id", "type", "name")}


def _tie(edge: Mapping[str, Any]) -> Json:
    parts = ("predicate", "direction", "status", "basis", "as_of", "articles", "origins", "statements")
    return {part: edge.get(part) for part in parts}


def _instruments(service: Service, found: Sequence[Compared]) -> list[Json]:
    """Return the rows of the instrument matrix, if the entities are provinces."""
    if found[0].entity["type"] != "Province" or not {QUERY, FACTS} <= service.queries.keys():
        return []
    ids = [one.id for one in found]
    rows = sorted((row for row in province_rows(service) if row.id in ids), key=lambda row: ids.index(row.id))
    columns = instruments(service.queries[QUERY])
    names = service.graph.names(one.id for row in rows for column in columns for one in row.cells[column])
    made: list[Json] = []
    for column in columns:
        cells: dict[str, list[Json]] = {}
        for row in rows:
            for held in row.cells[column]:
                item = {"id": held.id, "name": names[held.id], "status": held.status, "basis": held.basis}
                cells.setdefault(row.id, []).append(item | {"tie": held.tie, "statements": list(held.statements)})
        made.append({"instrument": column, "cells": cells})
    return made


def _attributes(service: Service, found: Sequence[Compared]) -> list[Json]:
    properties = service.schema.nodes[str(found[0].entity["type"])].properties
    rows = (
        {"attribute": key, "cells": {one.id: one.entity[key] for one in found if one.entity.get(key) is not None}}
        for key in properties
        if key != "kind"
    )
    return [row for row in rows if row["cells"]]


def _relations(service: Service, found: Sequence[Compared], shown: set[tuple[str, str]]) -> list[Json]:
    """Return the edges by type and direction, in the schema's order, without those to instruments listed above."""
    order = list(service.schema.edges)
    rows: dict[tuple[str, str], Json] = {}
    for one in found:
        for edge in one.entity["edges"]:
            if (one.id, edge["other"]["id"]) not in shown:
                key = (edge["predicate"], edge["direction"])
                row = rows.setdefault(key, {"predicate": key[0], "direction": key[1], "cells": {}})
                row["cells"].setdefault(one.id, []).append({"other": _end(edge["other"])} | _tie(edge))
    return sorted(rows.values(), key=lambda row: (order.index(row["predicate"]), row["direction"] == "in"))


def _measurements(one: Compared) -> list[Mapping[str, Any]]:
    return [said for said in one.statements if said["kind"] == "measurement" and said["subject"] == one.id]


def _disputed(found: Iterable[Compared]) -> set[str]:
    items = (item for one in found for item in one.entity["disagreements"])
    return {key for item in items for reading in item["readings"] for key in reading["statements"]}


def _claims(service: Service, found: Sequence[Compared]) -> list[Json]:
    """Return the number of claims of each type by or about each entity."""
    rows: list[Json] = []
    for claim_type in service.schema.claim_types:
        told = {one.id: sum(said.get("claim_type") == claim_type for said in one.statements) for one in found}
        rows.append({"claim_type": claim_type, "cells": {id: count for id, count in told.items() if count}})
    return [row for row in rows if row["cells"]]


def _disagreements(found: Sequence[Compared]) -> list[Json]:
    rows: dict[str, Json] = {}
    for one in found:
        for item in one.entity["disagreements"]:
            parts: Json = {"id": item["id"], "kind": item["kind"], "gloss": item.get("gloss"), "entities": []}
            rows.setdefault(item["id"], parts)["entities"].append(one.id)
    return [rows[key] for key in sorted(rows)]


def _not_stated(service: Service, found: Sequence[Compared]) -> list[Json]:
    """Return for provinces whether an article answers each question of `not_stated`, else the nearest statements."""
    if found[0].entity["type"] != "Province" or OPEN not in service.queries:
        return []
    cells: dict[str, dict[str, Json]] = {name: {} for name in service.queries[OPEN].params["question"].values}
    for one in found:
        result = service.graph.query(OPEN, {"province": one.id}) if not one.entity.get("abolished_on") else {}
        for row in (*result.get("rows", ()), *result.get("near_misses", ())):
            cells[row["question"]][one.id] = {"stated": row["stated"], "nearest": row["nearest"]}
    listed = [cell for row in cells.values() for cell in row.values()]
    names = service.graph.names(key for cell in listed for key in cell["nearest"])
    for cell in listed:
        cell["nearest"] = [{"id": key, "name": names[key]} for key in cell["nearest"]]
    return [{"question": question, "cells": row} for question, row in cells.items() if row]
