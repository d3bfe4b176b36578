"""Finding an entity by what somebody typed: exact name, unit of today, document number, words, near spelling."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from vnkg.graph.engine import Engine
from vnkg.graph.errors import BadParameter
from vnkg.graph.names import document_key, fold, key, words
from vnkg.graph.objects import Json, text
from vnkg.graph.parameters import LONGEST
from vnkg.graph.schema import Schema
from vnkg.graph.spelling import NEAR, has_controls, meant, nearest_ids, shown

WAYS = ("name", "former", "number", "words", "near")
"""How something was found, best first."""
MOST = 100
"""Most results of one search."""
_WORD_HITS = 500
Names = Mapping[str, Sequence[tuple[str, str]]]


class Search:
    """Searches over an engine; keeps the names of one release for near spellings. Safe for many threads."""

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema
        self._lock = threading.Lock()
        self._names: tuple[str, Names] = ("", {})

    def find(self, q: str, *, release: str, exact: bool, kind: str | None, limit: int) -> list[Json]:
        """Return what fits a text; `exact` keeps to names and numbers, `kind` to one node type.

        The unit of today of a former province that is found comes with it.
        """
        asked = self._checked(q, kind, limit)
        found: dict[str, Json] = {}
        self._by_key(found, asked, key(asked), kind)
        self._by_key(found, asked, document_key(asked), kind, numbers=True)
        self._of_today(found, kind)
        if not exact:
            self._by_words(found, asked, kind)
            self._by_near(found, asked, kind, release)
        order = sorted(found.values(), key=lambda hit: (WAYS.index(hit["how"]), -hit["score"], hit["id"]))
        return [{name: value for name, value in hit.items() if name != "score"} for hit in order[:limit]]

    def nearest_ids(self, entity_id: str, release: str, most: int = 3) -> list[str]:
        """Return existing ids that an id may have meant: by spelling of the id, and by names like its slug."""
        names = self._all_names(release)
        ids = sorted({entity for hits in names.values() for _text, entity in hits})
        close = nearest_ids(entity_id, ids, most, least=70)
        slug = key(entity_id.rpartition(":")[2].replace("-", " "))
        return list(dict.fromkeys([*(entity for _text, entity in names.get(slug, ())), *close]))[:most]

    def _checked(self, q: str, kind: str | None, limit: int) -> str:
        if kind is not None and kind not in self._schema.nodes:
            raise BadParameter(f"type: found {shown(kind)}; expected a node type{meant(kind, self._schema.nodes)}")
        if not 1 <= limit <= MOST:
            raise BadParameter(f"limit: found {limit}; expected a whole number from 1 to {MOST}")
        if len(q) > LONGEST or has_controls(q) or not words(q):
            expected = f"1 to {LONGEST} characters with a letter or digit among them, and no control characters"
            raise BadParameter(f"q: found {shown(q)}; expected {expected}")
        return q

    def _by_key(
        self, found: dict[str, Json], typed: str, wanted: str | None, kind: str | None, *, numbers: bool = False
    ) -> None:
        rows = self._engine.read(text("names_by_key"), {"key": wanted}) if wanted else []
        # Of several forms of a name that match, the one that was typed is told.
        for row in sorted(rows, key=lambda row: (row["id"], _unlike(row["matched"], typed), row["matched"])):
            is_number = row["name_kind"] == "number"
            if kind in (None, row["type"]) and (is_number or not numbers):
                hit = {name: value for name, value in row.items() if name != "name_kind"}
                found.setdefault(row["id"], {**hit, "how": "number" if is_number else "name", "score": 100.0})

    def _of_today(self, found: dict[str, Json], kind: str | None) -> None:
        """Add the unit of today of each former province that was found, and since when that holds."""
        former = {hit["id"]: hit["matched"] for hit in found.values() if hit["type"] == "Province"}
        for row in self._engine.read(text("successors"), {"ids": sorted(former)}) if former else ():
            if kind in (None, row["type"]):
                hit = {name: value for name, value in row.items() if name not in ("old", "since")}
                matched = {"matched": former[row["old"]], "how": "former", "since": row["since"], "score": 100.0}
                found.setdefault(row["id"], hit | matched)

    def _by_words(self, found: dict[str, Json], asked: str, kind: str | None) -> None:
        *whole, last = words(asked)
        # Words are letters and digits only, so nothing in them is syntax; the last one may be unfinished.
        terms = " AND ".join([*(f'"{word}"' for word in whole), f'("{last}" OR {last}*)'])
        parameters = {"words": terms, "type": kind, "limit": _WORD_HITS}
        for row in self._engine.read(text("words"), parameters):
            name, score = _closest(key(asked), row["names"])
            hit = {"id": row["id"], "type": row["type"], "name": row["name"], "status": row["status"]}
            found.setdefault(row["id"], {**hit, "matched": name, "how": "words", "score": score})

    def _by_near(self, found: dict[str, Json], asked: str, kind: str | None, release: str) -> None:
        wanted = key(asked)
        names = self._all_names(release)
        hits = process.extract(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST)
        near: dict[str, tuple[float, str]] = {}
        for name_key, score, _place in sorted(hits, key=lambda hit: (-hit[1], hit[0])):
            for name, entity in names[name_key]:
                if entity not in found:
                    near.setdefault(entity, (score, name))
        for row in self._engine.read(text("cards"), {"ids": sorted(near)}) if near else ():
            if kind in (None, row["type"]):
                score, name = near[row["id"]]
                found[row["id"]] = {**row, "matched": name, "how": "near", "score": score}

    def _all_names(self, release: str) -> Names:
        """Return the names of a release by key; read once a release."""
        kept, names = self._names
        if kept == release:
            return names
        with self._lock:
            if self._names[0] != release:
                self._names = (release, _grouped(self._engine.read(text("all_names"))))
            return self._names[1]


def _unlike(name: str, typed: str) -> int:
    """Return how far a name is from what was typed: letter by letter the same, but for marks, or else."""
    if name.casefold() == typed.strip().casefold():
        return 0
    return 1 if fold(name) == fold(typed) else 2


def _grouped(rows: Iterable[Mapping[str, Any]]) -> Names:
    names: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        names.setdefault(row["key"], []).append((row["text"], row["id"]))
    return names


def _closest(wanted: str, names: Sequence[str]) -> tuple[str, float]:
    scored = [(fuzz.ratio(wanted, key(name)), name) for name in names]
    score, name = min(scored, key=lambda pair: (-pair[0], pair[1]))
    return name, score
