"""Search for entities: exact names from the database, all other match types from the in-memory name index."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Generic, NotRequired, TypeVar, cast

from .. import resources
from ..catalogue.parameters import MAX_TEXT_LENGTH
from ..disk_cache import DiskCache
from ..engines.bolt import Engine
from ..errors import BadParameter
from ..messages import closest_ids, did_you_mean, has_control_characters, quote_for_message
from ..model.folding import folded_words, name_key
from ..model.objects import EntityCard, Row
from ..model.schema import Schema
from ..store.ownership import reader_cypher
from .analyzer import diacritics_conflict, words_with_diacritics
from .matching import MATCH_TYPES, SUGGESTION_TYPES, SearchQuery, SearchResult, edit_distance
from .name_index import NameIndex
from .text_index import TextHit, TextIndex

T = TypeVar("T")
__all__ = ["MAX_RESULTS", "SUGGESTION_TYPES", "MATCH_TYPES", "PerRelease", "Search"]
MAX_RESULTS = 200
"""Maximum number of results of one search."""
CACHED_FROM = 20_000
"""Number of entities from which the name index is kept in a file: reading them takes seconds."""
_PAGE_SIZE = 20_000


class SearchHit(EntityCard):
    """An entity that matches a text.

    `matched_text` is the text that matched, `match_type` one of `MATCH_TYPES`. `suggestion` is true if it is only what
    may have been meant. `merged_on` is the day a former province became part of this `successor`.
    """

    matched_text: str
    match_type: str
    suggestion: bool
    merged_on: NotRequired[str]


@dataclass
class _Results:
    """The results so far, one per entity: strategies run best first, so the first match of an entity is kept."""

    node_type: str | None
    by_id: dict[str, SearchHit] = field(default_factory=dict[str, SearchHit])

    def add(self, result: Row) -> None:
        if self.node_type in (None, result["type"]):
            hit = result | {"suggestion": result["match_type"] in SUGGESTION_TYPES}
            self.by_id.setdefault(result["id"], cast("SearchHit", hit))

    def take(self, results: Iterable[SearchResult], limit: int) -> None:
        """Add results until there are `limit`; consumes the generator no further than needed."""
        for result in results:
            if len(self.by_id) >= limit:
                return
            card = {
                "id": result.entity.id,
                "type": result.entity.type,
                "name": result.entity.name,
                "status": result.entity.status,
            }
            self.add({**card, "matched_text": result.matched_text, "match_type": result.match_type})

    @property
    def has_answer(self) -> bool:
        return any(not result["suggestion"] for result in self.by_id.values())

    def in_rank_order(self) -> list[SearchHit]:
        positions = {entity_id: position for position, entity_id in enumerate(self.by_id)}
        return sorted(
            self.by_id.values(), key=lambda result: (MATCH_TYPES.index(result["match_type"]), positions[result["id"]])
        )


@cache
def _code_digest() -> str:
    """Return a digest of the rules and the code that make the name index: one that they made before is not used."""
    names = ("analyzer.py", "name_index.py", "synonyms.yaml")
    texts = [resources.text("vnkg.graph.search", name) for name in names]
    texts.append(resources.text("vnkg.graph.model", "schema.yaml"))
    return sha256("".join(texts).encode()).hexdigest()[:16]


class PerRelease(Generic[T]):
    """A value that is computed once for each release and kept until the next. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: tuple[str, T] | None = None

    def get(self, release: str, compute: Callable[[], T]) -> T:
        """Return the value of a release; while one thread computes it, the others wait."""
        cached = self._value
        if cached is not None and cached[0] == release:
            return cached[1]
        with self._lock:
            if self._value is None or self._value[0] != release:
                self._value = (release, compute())
            return self._value[1]


class Search:
    """Searches over an engine; keeps the indexes of one release. Safe for many threads."""

    def __init__(self, engine: Engine, schema: Schema, cache: DiskCache) -> None:
        """Search over an engine; `cache` keeps the index of very many names between processes."""
        self._engine = engine
        self._schema = schema
        self._cache = cache
        self._names: PerRelease[NameIndex] = PerRelease()
        self._texts: PerRelease[TextIndex] = PerRelease()

    def find(self, q: str, *, release: str, exact: bool, node_type: str | None, limit: int) -> list[SearchHit]:
        """Return the results for a text, best match type first; raise `BadParameter` for invalid input.

        `exact` allows only names and numbers as written, `node_type` only one type. A former province comes with its
        successor. A result has `id`, `type`, `name`, `status`, `matched_text`, `match_type`, `suggestion`, and for
        a successor `merged_on`.
        """
        text = self._check_query(q, node_type, limit)
        results = _Results(node_type)
        query = None if exact else SearchQuery(self.name_index(release), text, node_type)
        for result in self._exact_matches(text):
            if query is None or not query.is_generic_name(result["matched_text"], query.index[result["id"]]):
                results.add(result)
        if query is not None:
            results.take(query.answers(), limit)
        self._add_successors(results)
        if query is not None:
            has_answer = results.has_answer
            results.take(query.word_matches(), limit)
            if not has_answer:
                results.take(query.prefix_matches() if results.has_answer else query.suggestions(), limit)
        ranked_results = [result for result in results.in_rank_order() if not (exact and result["suggestion"])]
        return ranked_results[:limit]

    def name_index(self, release: str) -> NameIndex:
        """Return the name index of a release; built once per release, other threads wait meanwhile."""

        def build() -> NameIndex:
            key = f"names {_code_digest()} {release}"
            if (cached := self._cache.read_file(key)) is not None:
                return NameIndex.from_json(cached)
            offices, issuers = (self._engine.read(reader_cypher(name)) for name in ("offices", "issuers"))
            index = NameIndex(self._pages("named"), offices, issuers)
            if len(index.ids) >= CACHED_FROM:
                self._cache.write_file(key, index.to_json(), max_files=1)
            return index

        return self._names.get(release, build)

    def find_statements(self, q: str, *, release: str, limit: int) -> tuple[list[TextHit], int]:
        """Return the statements whose gloss, in any language, or whose entities' names have the words of a text.

        The best come first, `limit` at most; with them, how many there are (`MAX_RESULTS` at most). Those with less
        than half of the words are left out. Raises `BadParameter`.
        """
        hits = self.text_index(release).find(self._check_query(q, None, limit), MAX_RESULTS)
        return hits[:limit], len(hits)

    def text_index(self, release: str) -> TextIndex:
        """Return the full-text index of a release's statements; built once per release, other threads wait."""
        names = self.name_index(release)

        def texts() -> Iterator[tuple[str, str, str]]:
            for row in self._pages("statement_texts"):
                about = [names[key].names for key in (row["subject"], row["object"]) if key is not None]
                yield (
                    row["id"],
                    f"{row['gloss']} {row['gloss_vi'] or ''}",
                    " ".join(name for forms in about for name in forms),
                )

        return self._texts.get(release, lambda: TextIndex(texts()))

    def _pages(self, name: str) -> Iterator[Row]:
        """Yield all rows of `reader/cypher/NAME.cypher`; in pages, because the engine ends queries that take long."""
        last_id = ""
        while page := self._engine.read(reader_cypher(name), {"after": last_id, "limit": _PAGE_SIZE}):
            yield from page
            last_id = page[-1]["id"]

    def nearest_ids(self, entity_id: str, release: str, limit: int = 3) -> list[str]:
        """Return existing ids similar to a wrong one: entities named like its slug first, then similarly spelt ids."""
        slug = entity_id.rpartition(":")[2].replace("-", " ")
        same_name_ids = [row["id"] for row in self._engine.read(reader_cypher("names_by_key"), {"key": name_key(slug)})]
        similar_ids = closest_ids(entity_id, self.name_index(release).ids, limit, min_score=70)
        return list(dict.fromkeys([*same_name_ids, *similar_ids]))[:limit]

    def _check_query(self, q: str, node_type: str | None, limit: int) -> str:
        if node_type is not None and node_type not in self._schema.nodes:
            raise BadParameter(
                f"type: found {quote_for_message(node_type)}; expected a node "
                f"type{did_you_mean(node_type, self._schema.nodes)}"
            )
        if not 1 <= limit <= MAX_RESULTS:
            raise BadParameter(f"limit: found {limit}; expected a whole number from 1 to {MAX_RESULTS}")
        if len(q) > MAX_TEXT_LENGTH or has_control_characters(q) or not folded_words(q):
            expected = f"1 to {MAX_TEXT_LENGTH} characters with a letter or digit among them, and no control characters"
            raise BadParameter(f"q: found {quote_for_message(q)}; expected {expected}")
        return q

    def _exact_matches(self, text: str) -> list[Row]:
        """Return entities with exactly this name or number; if the diacritics conflict, the match type is `fuzzy`."""
        rows = self._engine.read(reader_cypher("names_by_key"), {"key": name_key(text)})
        names: dict[str, list[str]] = {}
        for row in rows:
            names.setdefault(row["id"], []).append(row["matched_text"])
        results: list[Row] = []
        # If several names of an entity match, the result shows the one closest to the query.
        for row in sorted(
            rows, key=lambda row: (row["id"], edit_distance(row["matched_text"], text), row["matched_text"])
        ):
            match_type = "number" if row["name_kind"] == "number" else "name"
            match_type = "fuzzy" if diacritics_conflict(words_with_diacritics(text), names[row["id"]]) else match_type
            results.append(
                {name: value for name, value in row.items() if name != "name_kind"} | {"match_type": match_type}
            )
        return results

    def _add_successors(self, results: _Results) -> None:
        """Add the successor of each former province among the answers, with the date of the merger (`merged_on`)."""
        answers = [result for result in results.by_id.values() if not result["suggestion"]]
        former_provinces = {result["id"]: result["matched_text"] for result in answers if result["type"] == "Province"}
        for row in (
            self._engine.read(reader_cypher("successors"), {"ids": sorted(former_provinces)})
            if former_provinces
            else ()
        ):
            card = {name: value for name, value in row.items() if name not in ("old", "merged_on")}
            results.add(
                {
                    **card,
                    "matched_text": former_provinces[row["old"]],
                    "match_type": "successor",
                    "merged_on": row["merged_on"],
                }
            )
