"""Search for entities: exact names from the database, all other match types from the in-memory name index."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..catalogue.parameters import LONGEST
from ..engines.bolt import Engine, Json, Row
from ..errors import BadParameter
from ..messages import has_controls, meant, nearest_ids, shown
from ..model.folding import key, words
from ..model.schema import Schema
from ..store.ownership import cypher
from .analyzer import at_odds, marked
from .matching import SUGGESTIONS, WAYS, Found, Typed, unlike
from .name_index import Register

__all__ = ["MOST", "SUGGESTIONS", "WAYS", "Search"]
MOST = 200
"""Maximum number of results of one search."""
_PAGE = 20_000


@dataclass
class _Hits:
    """The results so far, one per entity: strategies run best first, so the first match of an entity is kept."""

    node: str | None
    by_id: dict[str, Json] = field(default_factory=dict[str, Json])

    def add(self, hit: Json) -> None:
        if self.node in (None, hit["type"]):
            self.by_id.setdefault(hit["id"], hit | {"suggestion": hit["how"] in SUGGESTIONS})

    def take(self, found: Iterable[Found], most: int) -> None:
        """Add results until there are `limit`; consumes the generator no further than needed."""
        for one in found:
            if len(self.by_id) >= most:
                return
            card = {"id": one.entity.id, "type": one.entity.type, "name": one.entity.name, "status": one.entity.status}
            self.add({**card, "matched": one.matched, "how": one.how})

    @property
    def has_answer(self) -> bool:
        return any(not hit["suggestion"] for hit in self.by_id.values())

    def sorted(self) -> list[Json]:
        order = {entity: place for place, entity in enumerate(self.by_id)}
        return sorted(self.by_id.values(), key=lambda hit: (WAYS.index(hit["how"]), order[hit["id"]]))


class Search:
    """Searches over an engine; caches the name index of one release. Safe for many threads."""

    def __init__(self, engine: Engine, schema: Schema) -> None:
        self._engine = engine
        self._schema = schema
        self._lock = threading.Lock()
        self._register: tuple[str, Register | None] = ("", None)

    def find(self, q: str, *, release: str, exact: bool, kind: str | None, limit: int) -> list[Json]:
        """Return the results for a text, best match type first; raise `BadParameter` for invalid input.

        `exact` allows only names and numbers as written, `node_type` only one type. A former province comes with its
        successor. A result has `id`, `type`, `name`, `status`, `matched`, `how` (match type), `suggestion`, and for a
        successor `since`.
        """
        asked = self._checked(q, kind, limit)
        hits = _Hits(kind)
        typed = None if exact else Typed(self.names(release), asked, kind)
        for hit in self._by_name(asked):
            if typed is None or not typed.is_one_of_many(hit["matched"], typed.register[hit["id"]]):
                hits.add(hit)
        if typed is not None:
            hits.take(typed.answers(), limit)
        self._of_today(hits)
        if typed is not None:
            firm = hits.has_answer
            hits.take(typed.by_words(), limit)
            if not firm:
                hits.take(typed.begun() if hits.has_answer else typed.suggestions(), limit)
        found = [hit for hit in hits.sorted() if not (exact and hit["suggestion"])]
        return found[:limit]

    def names(self, release: str) -> Register:
        """Return the name index of a release; built once per release, other threads wait meanwhile."""
        kept, register = self._register
        if kept == release and register is not None:
            return register
        with self._lock:
            kept, register = self._register
            if kept != release or register is None:
                register = Register(
                    self._named(), *(self._engine.read(cypher(name)) for name in ("offices", "issuers"))
                )
                self._register = (release, register)
            return register

    def _named(self) -> Iterator[Row]:
        """Yield every entity with its names; in pages, because the engine ends queries that take long."""
        after = ""
        while page := self._engine.read(cypher("named"), {"after": after, "limit": _PAGE}):
            yield from page
            after = page[-1]["id"]

    def nearest_ids(self, entity_id: str, release: str, most: int = 3) -> list[str]:
        """Return existing ids similar to a wrong one: entities named like its slug first, then similarly spelt ids."""
        slug = entity_id.rpartition(":")[2].replace("-", " ")
        named = [row["id"] for row in self._engine.read(cypher("names_by_key"), {"key": key(slug)})]
        close = nearest_ids(entity_id, self.names(release).ids, most, least=70)
        return list(dict.fromkeys([*named, *close]))[:most]

    def _checked(self, q: str, kind: str | None, limit: int) -> str:
        if kind is not None and kind not in self._schema.nodes:
            raise BadParameter(f"type: found {shown(kind)}; expected a node type{meant(kind, self._schema.nodes)}")
        if not 1 <= limit <= MOST:
            raise BadParameter(f"limit: found {limit}; expected a whole number from 1 to {MOST}")
        if len(q) > LONGEST or has_controls(q) or not words(q):
            expected = f"1 to {LONGEST} characters with a letter or digit among them, and no control characters"
            raise BadParameter(f"q: found {shown(q)}; expected {expected}")
        return q

    def _by_name(self, typed: str) -> list[Json]:
        """Return entities with exactly this name or number; if the diacritics conflict, the match type is `near`."""
        rows = self._engine.read(cypher("names_by_key"), {"key": key(typed)})
        names: dict[str, list[str]] = {}
        for row in rows:
            names.setdefault(row["id"], []).append(row["matched"])
        hits: list[Json] = []
        # If several names of an entity match, the result shows the one closest to the query.
        for row in sorted(rows, key=lambda row: (row["id"], unlike(row["matched"], typed), row["matched"])):
            how = "number" if row["name_kind"] == "number" else "name"
            how = "near" if at_odds(marked(typed), names[row["id"]]) else how
            hits.append({name: value for name, value in row.items() if name != "name_kind"} | {"how": how})
        return hits

    def _of_today(self, hits: _Hits) -> None:
        """Add the successor of each former province among the answers, with the date of the merger (`since`)."""
        answers = [hit for hit in hits.by_id.values() if not hit["suggestion"]]
        former = {hit["id"]: hit["matched"] for hit in answers if hit["type"] == "Province"}
        for row in self._engine.read(cypher("successors"), {"ids": sorted(former)}) if former else ():
            card = {name: value for name, value in row.items() if name not in ("old", "since")}
            hits.add({**card, "matched": former[row["old"]], "how": "former", "since": row["since"]})
