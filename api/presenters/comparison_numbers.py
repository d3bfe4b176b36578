"""The numbers of a comparison: comparable values share a row; the others are listed apart, with the reason."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from ...graph.model.objects import Row, StatementJson
from ..i18n.labels import Labels
from ..i18n.words import Words
from ..service.service import Service
from .comparison_objects import NumberRow, ValueCell

RANKING_QUERY = "indicator_ranking"
RELATIVE_CAUTIONS = ("other unit", "other period", "a bound: its place is open")
"""Cautions relative to the largest group of values, not to the value in the same row; like `target, not actual`."""
VALUE_KEYS = ("comparator", "value", "unit", "value_status", "period", "as_of", "basis")


def number_rows(
    service: Service, measurements: Mapping[str, Sequence[StatementJson]], disputed_ids: Collection[str]
) -> list[NumberRow]:
    """Return the rows of the numbers; `measurements` are the measurement statements by entity id.

    `disputed_ids` are the ids of statements that are part of a disagreement about one of the entities.

    Aligned rows have values of one unit, status and time, with no caution against comparing them; they come first.
    Then come other indicators that several entities have, then those of a single entity.
    """
    ids_by_indicator: dict[str, list[str]] = {}
    for id, statements in measurements.items():
        for indicator in dict.fromkeys(statement.get("indicator", "") for statement in statements):
            ids_by_indicator.setdefault(indicator, []).append(id)
    rows: list[NumberRow] = []
    for indicator in sorted(ids_by_indicator):
        if len(ids_by_indicator[indicator]) > 1 and RANKING_QUERY in service.queries:
            rows += _aligned_rows(indicator, _ranking_rows(service, indicator, ids_by_indicator[indicator]))
        else:
            values = (
                (id, statement, statement["id"]) for id in ids_by_indicator[indicator] for statement in measurements[id]
            )
            entries = [
                (id, _value(statement, ["disputed value"] if key in disputed_ids else [], [key]))
                for id, statement, key in values
                if statement.get("indicator") == indicator
            ]
            rows.append(_row(indicator, entries, is_aligned=False))
    return sorted(rows, key=lambda row: (not row["is_comparable"], -len(row["cells"]), row["indicator"]))


def _ranking_rows(service: Service, indicator: str, ids: Iterable[str]) -> list[Row]:
    result = service.graph.query(RANKING_QUERY, {"indicator": indicator})
    return [row for row in (*result["rows"], *result["near_misses"]) if row["subject"] in set(ids)]


def _aligned_rows(indicator: str, rows: Iterable[Row]) -> list[NumberRow]:
    """Return one row per group of comparable values (unit, status, time), and one row with all others."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    separate_rows: list[Row] = []
    for row in rows:
        group_key = (
            row["unit"],
            row["value_status"],
            str(row["period"] or row["as_of"] or "")[: None if row["period"] else 4],
        )
        separate_rows.append(row) if _absolute_cautions(row) else groups.setdefault(group_key, []).append(row)
    result: list[NumberRow] = []
    for members in groups.values():
        if len({row["subject"] for row in members}) > 1:
            result.append(_row(indicator, map(_cell_entry, members), is_aligned=True))
        else:
            separate_rows += members
    return [*result, _row(indicator, map(_cell_entry, separate_rows), is_aligned=False)] if separate_rows else result


def _absolute_cautions(row: Row) -> list[str]:
    """Return the cautions that apply whatever the value is compared with."""
    return [note for note in row["comparability_notes"] if note not in RELATIVE_CAUTIONS and ", not " not in note]


def _cell_entry(row: Row) -> tuple[str, ValueCell]:
    return row["subject"], _value(row, _absolute_cautions(row), row["statements"])


def _value(values: Mapping[str, Any], notes: list[str], statements: Iterable[str]) -> ValueCell:
    compared_values = {key: values.get(key) for key in VALUE_KEYS}
    return cast("ValueCell", compared_values | {"comparability_notes": notes, "statements": list(statements)})


def _row(indicator: str, entries: Iterable[tuple[str, ValueCell]], *, is_aligned: bool) -> NumberRow:
    """Return a row; equal values of an entity are merged, with all their statement ids."""
    cells: dict[str, list[ValueCell]] = {}
    for id, value in entries:
        cell_values = cells.setdefault(id, [])
        equal_value = next(
            (candidate for candidate in cell_values if all(candidate[part] == value[part] for part in VALUE_KEYS)), None
        )
        if equal_value is None:
            cell_values.append(value)
        else:
            equal_value["statements"] += value["statements"]
    return {"indicator": indicator, "is_comparable": is_aligned, "cells": cells}


def comparability_note(note: str, words: Words, labels: Labels) -> str:
    """Translate a caution of the ranking query, such as `other unit` or `target, not actual`."""
    actual, separator, expected_status = note.partition(", not ")
    if separator:
        value_statuses = labels.schema.value_statuses
        return words(
            "caution_value_status",
            found=labels.term(value_statuses, actual),
            usual=labels.term(value_statuses, expected_status),
        )
    return words("caution_" + re.sub(r"\W+", "_", note))
