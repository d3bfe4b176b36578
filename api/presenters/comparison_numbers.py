"""The numbers of a comparison: comparable values share a row; the others are listed apart, with the reason."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ..i18n.labels import Labels
from ..i18n.words import Words
from ..service.service import Service

RANKING = "indicator_ranking"
RELATIVE = ("other unit", "other period", "a bound: its place is open")
"""Cautions relative to the largest group of values, not to the value in the same row; like `target, not actual`."""
PARTS = ("comparator", "value", "unit", "value_status", "period", "as_of", "basis")
Json = dict[str, Any]
Row = Mapping[str, Any]


def number_rows(service: Service, measured: Mapping[str, Sequence[Row]], disputed: Collection[str]) -> list[Json]:
    """Return rows `{indicator, aligned, cells}`; `measurements` are the measurement statements by entity id.

    `disputed_ids` are the ids of statements that are part of a disagreement about one of the entities.

    Aligned rows have values of one unit, status and time, with no caution against comparing them; they come first.
    Then come other indicators that several entities have, then those of a single entity.
    """
    having: dict[str, list[str]] = {}
    for id, said in measured.items():
        for indicator in dict.fromkeys(one["indicator"] for one in said):
            having.setdefault(indicator, []).append(id)
    rows: list[Json] = []
    for indicator in sorted(having):
        if len(having[indicator]) > 1 and RANKING in service.queries:
            rows += _side_by_side(indicator, _ranked(service, indicator, having[indicator]))
        else:
            values = ((id, one, one["id"]) for id in having[indicator] for one in measured[id])
            told = [
                (id, _value(one, ["disputed value"] if key in disputed else []), [key])
                for id, one, key in values
                if one["indicator"] == indicator
            ]
            rows.append(_row(indicator, told, aligned=False))
    return sorted(rows, key=lambda row: (not row["aligned"], -len(row["cells"]), row["indicator"]))


def _ranked(service: Service, indicator: str, ids: Iterable[str]) -> list[Row]:
    result = service.graph.query(RANKING, {"indicator": indicator})
    return [row for row in (*result["rows"], *result["near_misses"]) if row["subject"] in set(ids)]


def _side_by_side(indicator: str, rows: Iterable[Row]) -> list[Json]:
    """Return one row per group of comparable values (unit, status, time), and one row with all others."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    apart: list[Row] = []
    for row in rows:
        kind = (
            row["unit"],
            row["value_status"],
            str(row["period"] or row["as_of"] or "")[: None if row["period"] else 4],
        )
        apart.append(row) if _lasting(row) else groups.setdefault(kind, []).append(row)
    found: list[Json] = []
    for members in groups.values():
        if len({row["subject"] for row in members}) > 1:
            found.append(_row(indicator, map(_told, members), aligned=True))
        else:
            apart += members
    return [*found, _row(indicator, map(_told, apart), aligned=False)] if apart else found


def _lasting(row: Row) -> list[str]:
    """Return the cautions that apply whatever the value is compared with."""
    return [note for note in row["caution"] if note not in RELATIVE and ", not " not in note]


def _told(row: Row) -> tuple[str, Json, list[str]]:
    return row["subject"], _value(row, _lasting(row)), row["statements"]


def _value(said: Row, notes: list[str]) -> Json:
    return {part: said.get(part) for part in PARTS} | {"caution": notes}


def _row(indicator: str, told: Iterable[tuple[str, Json, list[str]]], *, aligned: bool) -> Json:
    """Return a row; equal values of an entity are merged, with all their statement ids."""
    cells: dict[str, list[Json]] = {}
    for id, value, statements in told:
        mine = cells.setdefault(id, [])
        same = next((one for one in mine if all(one[part] == value[part] for part in PARTS)), None)
        if same is None:
            mine.append(value | {"statements": list(statements)})
        else:
            same["statements"] += statements
    return {"indicator": indicator, "aligned": aligned, "cells": cells}


def caution(note: str, words: Words, labels: Labels) -> str:
    """Translate a caution of the ranking query, such as `other unit` or `target, not actual`."""
    found, between, usual = note.partition(", not ")
    if between:
        of = labels.schema.value_statuses
        return words("caution_value_status", found=labels.term(of, found), usual=labels.term(of, usual))
    return words("caution_" + re.sub(r"\W+", "_", note))
