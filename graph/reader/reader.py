"""`Graph`: the Python interface for reading a release, used by the API, the pages and the commands."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from ..catalogue.parameters import RawParameters
from ..catalogue.query import Query
from ..disk_cache import DiskCache
from ..engines.bolt import Engine, Json
from ..model.schema import Schema
from ..search.search import Search
from ..store.marker import StoredRelease
from ..store.snapshot import SnapshotReader, last_read_release
from .degrees import DegreeRanking
from .paths import PathOptions
from .records import Records, query_by_name
from .report import Report
from .subgraphs import DEFAULT_NODES, SubgraphReader

T = TypeVar("T")


class Graph(AbstractContextManager["Graph"]):
    """The graph as plain JSON-ready values, sorted, in the shapes of the release files.

    Each answer comes from one release, even while the next one is loaded. Every read raises `NotLoaded` if no complete
    release is stored. Safe for many threads.
    """

    def __init__(
        self, engine: Engine, schema: Schema, queries: Mapping[str, Query], cache: DiskCache | None = None
    ) -> None:
        """Read through an engine; `cache` holds the degree ranking between processes, if given."""
        self.engine = engine
        self.schema = schema
        self.queries = queries
        self._search = Search(engine, schema)
        self._snapshots = SnapshotReader(engine)
        self._ranking = DegreeRanking(cache)

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def release(self) -> Json:
        """Return `{release, data_date, format, counts}` of the stored release."""
        return _release_json(self._snapshots.read_stored_release())

    def current_release(self) -> str:
        """Return the id of the current release; later reads of the same answer come from the same release."""
        return self._snapshots.read(lambda stored: stored.release)

    def release_of_last_read(self) -> Json | None:
        """Return the release of the last read of this thread or request, in the shape of `release`, or None."""
        stored_release = last_read_release()
        return stored_release and _release_json(stored_release)

    def entity(self, entity_id: str) -> Json:
        """Return an entity with its `edges`, `mentions` and `disagreements`.

        Raises `NotFound`, `MergedId` (merged into another entity) or `RemovedId` (removed).
        """
        return self._read(lambda records: records.entity(entity_id))

    def entity_numbers(self, entity_id: str) -> Json:
        """Return `{id, type, kind, name, status}` of an entity and its counts.

        The counts are `relations`, `statements`, `articles` and `disagreements`.
        """
        return self._read(lambda records: records.entity_numbers(entity_id))

    def entities(
        self,
        *,
        type: str | None = None,
        kind: str | None = None,
        status: str | None = None,
        after_id: str | None = None,
        limit: int = 50,
    ) -> list[Json]:
        """Return up to `limit` entities sorted by id, starting after `after_id`, optionally filtered."""
        return self._read(lambda records: records.entities(type, kind, status, after_id, limit))

    def statements(self, entity_id: str, *, after_id: str | None = None, limit: int = 100) -> list[Json]:
        """Return a page of the statements in which an entity is subject, object, speaker or topic, sorted by id."""
        return self._read(lambda records: records.statements_of(entity_id, after_id, limit))

    def all_statements(self, entity_id: str, limit: int | None = None) -> list[Json]:
        """Return all statements that involve an entity, sorted by id, or the first `limit` of them."""
        return self._read(lambda records: records.all_statements_of(entity_id, limit))

    def find_statements(
        self,
        entity: str | None = None,
        predicate: str | None = None,
        status: str | None = None,
        article: str | None = None,
    ) -> list[Json]:
        """Return all statements that fit the filters, sorted by id.

        `entity` is subject, object, speaker or topic. Raises `NotFound` for an unknown entity or article and
        `BadParameter` for a predicate or status that the schema does not declare.
        """
        return self._read(lambda records: records.find_statements(entity, predicate, status, article))

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Json]:
        """Return statements as `{id: statement}`, sorted by id; unknown ids are left out."""
        unique_ids = sorted(set(ids))
        statements = self._read(lambda records: records.statements(unique_ids)) if unique_ids else []
        return {statement["id"]: statement for statement in statements}

    def statement(self, statement_id: str) -> Json:
        """Return a statement with `names` (`{id: name}` of its entities) and `published_in`.

        `published_in` is `{id, title, url, language}` of the article, or None.
        """
        return self._read(lambda records: records.statement(statement_id))

    def statement_context(self, statement_id: str) -> Json:
        """Return a statement as `statement` does, with its context.

        `edges` are those that combine it, with subject and object; `disagreements` those with a reading that uses it;
        `ledger` its sentence with the sentences before and after.
        """
        return self._read(lambda records: records.statement_context(statement_id))

    def disagreements_on(self, statement_ids: Iterable[str]) -> list[Json]:
        """Return the disagreements with a reading that uses one of the statements, sorted by id."""
        unique_ids = sorted(set(statement_ids))
        return self._read(lambda records: records.disagreements_on(unique_ids)) if unique_ids else []

    def cards(self, ids: Iterable[str]) -> list[Json]:
        """Return `{id, type, name, status}` of entities, sorted by id; unknown ids are left out."""
        id_list = list(ids)
        return self._read(lambda records: records.cards(id_list)) if id_list else []

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of entities by id; unknown ids are left out."""
        return {card["id"]: card["name"] for card in self.cards(sorted(set(ids)))}

    def foreign_names(self) -> dict[str, Json]:
        """Return `{id: {language, vietnamese}}` of entities whose name is not Vietnamese.

        `language` is that of the name, `vietnamese` a Vietnamese name or None.
        """
        return self._read(lambda records: records.foreign_names())

    def neighbourhood(
        self, entity_id: str, *, depth: int = 1, limit: int = DEFAULT_NODES, predicates: Sequence[str] | None = None
    ) -> Json:
        """Return the entities at most `depth` edges away, nearest first: `{nodes, edges, left_out, centre}`.

        `left_out` is the number of nodes beyond `limit`. Raises `BadParameter`, `PictureTooBig`, `NotFound`, `MergedId`
        or `RemovedId`.
        """
        return self._read(lambda records: records.neighbourhood(entity_id, depth, limit, predicates))

    def best_connected(self, *, limit: int = DEFAULT_NODES) -> Json:
        """Return the best connected entities of the graph and the edges between them, shaped like a neighbourhood."""
        reader = SubgraphReader(self.engine, self.schema)
        return self._snapshots.read(lambda stored: reader.best_connected(limit, self._ranking, stored.release))

    def whole(self) -> Json:
        """Return all entities and the edges between them, in the shape of `neighbourhood`."""
        return self._read(lambda _records: SubgraphReader(self.engine, self.schema).whole())

    def induced_subgraph(self, ids: Collection[str], *, limit: int = DEFAULT_NODES) -> Json:
        """Return some entities and the edges between them, shaped like a neighbourhood."""
        return self._read(lambda _records: SubgraphReader(self.engine, self.schema).induced_subgraph(ids, limit))

    def province_subgraph(self, province: str, *, limit: int = DEFAULT_NODES) -> Json:
        """Return a province, its neighbours, and the neighbours of those that belong to it alone.

        Shaped like a neighbourhood.
        """
        return self._read(lambda records: records.province_subgraph(province, limit))

    def expand(self, subgraph: Json, ids: Sequence[str]) -> Json:
        """Return a subgraph with the neighbours of some of its entities; adds `expanded`, `unknown_ids`, nodes' `ties`.

        See `SubgraphReader.expand`.
        """
        return self._read(lambda _records: SubgraphReader(self.engine, self.schema).expand(subgraph, ids))

    def paths(self, start: str, end: str, options: PathOptions | None = None) -> Json:
        """Return the best paths between two entities; the module `paths` defines what is best.

        `{from, to, paths: [{steps: [{from, to, edges}]}], entities, statements, disagreements, avoided_hubs,
        through_hubs, search_extent}`: `avoided_hubs` are hubs that no path entered, `through_hubs` is `{steps, hubs}`
        of the best path through hubs if there is no other, `search_extent` is the extent of the search and why it
        stopped early. Raises `BadParameter`, `NotFound`, `MergedId` or `RemovedId`.
        """
        path_options = options or PathOptions()
        return self._snapshots.read(lambda stored: self._records(stored).paths(start, end, path_options, stored.counts))

    def search(
        self,
        q: str,
        *,
        exact: bool = False,
        type: str | None = None,
        limit: int = 20,
    ) -> list[Json]:
        """Return `{id, type, name, status, matched_text, match_type, suggestion}` of the entities that match a text.

        `matched_text` is the text that matched, `match_type` one of `matching.MATCH_TYPES`. Raises `BadParameter`.
        """
        return self._read(lambda records: records.find(q, exact, type, limit))

    def read_names(self) -> None:
        """Build the name index of the current release, so that its first search does not have to wait."""
        self._snapshots.read(lambda stored: self._search.name_index(stored.release))

    def query(self, name: str, arguments: RawParameters) -> Json:
        """Run a catalogue query; return `{rows, near_misses}`.

        A near miss lists the conditions it `fails`; those with the fewest come first. `arguments` are the values of the
        query's parameters. Raises `NotFound` or `BadParameter`.
        """
        query = self.query_by_name(name)
        return self._read(lambda records: records.query(query, arguments))

    def query_with_evidence(self, name: str, arguments: RawParameters) -> Json:
        """Answer a query as `query` does, with the `evidence` (its statements, by id) and the `release` it is from."""
        query = self.query_by_name(name)
        return self._read(lambda records: records.query_with_evidence(query, arguments))

    def query_by_name(self, name: str) -> Query:
        """Return a query of the catalogue; raises `NotFound` with the most similar names."""
        return query_by_name(self.queries, name)

    def articles(self) -> list[Json]:
        """Return all articles as entities, each with its number of `statements` and `sentences`."""
        return self._read(lambda records: records.articles())

    def article(self, article_id: str) -> Json:
        """Return an article with its `ledger`: each sentence with its statements, or with the reason for `none`."""
        return self._read(lambda records: records.article(article_id))

    def article_numbers(self) -> dict[str, Json]:
        """Return counts by article id.

        `relations`, `measurements`, `claims`, `sentences_with_statements`, `entities` and `disagreements`.
        """
        return self._read(lambda records: records.article_numbers())

    def mentions(self, article_id: str) -> list[Json]:
        """Return every mention in an article, in text order: `{entity, type, name, line, start, end}`."""
        return self._read(lambda records: records.mentions(article_id))

    def disagreements(self) -> list[Json]:
        """Return every disagreement with its readings, sorted by id."""
        return self._read(lambda records: records.disagreements(None))

    def disagreement(self, disagreement_id: str) -> Json:
        """Return a disagreement with its readings; raises `NotFound`."""
        return self._read(lambda records: records.disagreement(disagreement_id))

    def edges_of(self, statement_ids: Iterable[str]) -> list[Json]:
        """Return the edges that combine the statements: `{subject, predicate, object, status, statements}`."""
        id_list = list(statement_ids)
        return self._read(lambda records: records.edges_of(id_list)) if id_list else []

    def worked_example(self) -> Json | None:
        """Return an edge that illustrates status, basis, articles and origins, or None."""
        return self._read(lambda records: records.worked_example())

    def measurements(
        self,
        *,
        subject: str | None = None,
        indicator: str | None = None,
        after_id: str | None = None,
        limit: int = 100,
    ) -> list[Json]:
        """Return a page of measurements as statements, sorted by id, optionally of one subject or indicator."""
        return self._read(lambda records: records.measurements(subject, indicator, after_id, limit))

    def shared_indicators(self, *, limit: int = 20) -> list[Json]:
        """Return `{indicator, provinces}` for indicators of several current provinces, most provinces first."""
        return self._read(lambda records: records.shared_indicators(limit))

    def dates(self, entity_id: str | None = None) -> Json:
        """Count statements, optionally of one entity, by source of their date: `{own, article, none}`."""
        return self._read(lambda records: records.dates(entity_id))

    def report(self) -> Json:
        """Return the data report: counts of statements, edges, entities and articles, hubs, and gaps; see `Report`."""
        return self._snapshots.read(Report(self.engine, self.schema).build)

    def _read(self, work: Callable[[Records], T]) -> T:
        return self._snapshots.read(lambda stored: work(self._records(stored)))

    def _records(self, stored_release: StoredRelease) -> Records:
        return Records(self.engine, self.schema, self._search, stored_release.release)


def _release_json(stored_release: StoredRelease) -> Json:
    return {
        "release": stored_release.release,
        "data_date": stored_release.data_date,
        "format": stored_release.format,
        "counts": dict(sorted(stored_release.counts.items())),
    }
