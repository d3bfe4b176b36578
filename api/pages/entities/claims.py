"""Claims for an entity page: what the entity said, and what others claim about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...i18n.labels import Labels
from ...presenters.truncated import Beginning, beginning
from .disagreements import Doubts
from .evidence_budget import Ids, Shelf

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the page: statements with the same subject, speaker and gloss; `statement` is the first of them."""

    said: Json
    anchor: str
    line: Ids
    doubts: list[Json]


@dataclass(frozen=True, slots=True)
class Kind:
    """Lines of one kind: a claim type, measurements or relations."""

    key: str
    title: str
    lines: Beginning[Said]


def by_and_about(
    entity_id: str,
    statements: Iterable[Json],
    used: Iterable[str],
    labels: Labels,
    shelf: Shelf,
    doubts: Doubts,
    most: int,
) -> tuple[list[Kind], list[Kind]]:
    """Return what an entity said, and what others claim about it, at most `limit` lines of each kind.

    Statements about it whose ids are in `used` are left out: they are shown elsewhere on the page.
    """
    known = set(used)
    by = [said for said in statements if said.get("speaker") == entity_id]
    about = [said for said in statements if said.get("speaker") != entity_id and said["id"] not in known]
    return (
        list(_kinds(by, "s", labels, shelf, doubts, most)),
        list(_kinds(about, "c", labels, shelf, doubts, most)),
    )


def _kinds(
    statements: list[Json], letter: str, labels: Labels, shelf: Shelf, doubts: Doubts, most: int
) -> Iterator[Kind]:
    order = {key: place for place, key in enumerate(labels.schema.claim_types)}

    def place(said: Json) -> tuple[int, str]:
        key = _key(said)
        return order.get(key, len(order)), key

    number = 0
    for (_, key), members in groupby(sorted(statements, key=place), key=place):
        same: dict[tuple[str, str | None, str], list[Json]] = {}
        for said in members:
            same.setdefault((said["subject"], said.get("speaker"), said["gloss"]), []).append(said)
        some = beginning(same.values(), most)
        lines: list[Said] = []
        for told in some:
            number += 1
            ids = [said["id"] for said in told]
            disputes = doubts.on(ids, f"{letter}{number}")
            line = shelf.add(ids, disputed=bool(disputes))
            lines.append(Said(told[0], f"{letter}{number}", line, disputes))
        yield Kind(key, labels.term(labels.schema.claim_types, key), Beginning(lines, some.left_out))


def _key(said: Json) -> str:
    return str(said["claim_type"] if said["kind"] == "claim" else said["kind"])
