"""`Graph`: the Python interface for reading a release, used by the API, the pages and the commands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, cast

from ..ask.interpretation import Interpretation, interpret
from ..catalogue.parameters import Parameter, RawParameters, is_id
from ..catalogue.query import Query, bind, find_query, split_near_misses
from ..disk_cache import DiskCache
from ..engines.bolt import Engine
from ..errors import BadParameter, DeclarationError, MergedId, NotFound, RemovedId
from ..messages import quote_for_message
from ..model.objects import Row
from ..model.schema import Schema
from ..search.search import SearchHit
from ..store.marker import StoredRelease
from ..store.ownership import match_owned_only
from ..store.snapshot import last_read_release
from .articles import ArticleReader
from .base import from_one_release
from .degrees import DegreeRanking
from .entity_arguments import resolve_name
from .objects import DataReport, Facets, Paths, QueryAnswer, QueryRows, ReleaseInfo, StatementHit, Subgraph
from .paths import PathFinder, PathOptions
from .report import Report
from .subgraphs import DEFAULT_NODES, SubgraphReader

EDGES_BETWEEN_PROVINCES = ("BORDERS", "MERGED_INTO", "MENTIONS")
"""Predicates of edges that do not place an entity in the province at their other end."""


class Graph(ArticleReader, AbstractContextManager["Graph"]):
    """The graph as plain JSON-ready values, sorted, in the shapes of the release files.

    Each answer comes from one release, even while the next one is loaded. Every read raises `NotLoaded` if no complete
    release is stored. Safe for many threads.
    """

    def __init__(
        self, engine: Engine, schema: Schema, queries: Mapping[str, Query], cache: DiskCache | None = None
    ) -> None:
        """Read through an engine; `cache` keeps what takes long to compute between processes, if given."""
        super().__init__(engine, schema, queries, cache)
        self._subgraphs = SubgraphReader(engine, schema)
        self._ranking = DegreeRanking(self.cache)

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def release(self) -> ReleaseInfo:
        """Return the stored release."""
        return _release_info(self.snapshots.read_stored_release())

    def current_release(self) -> str:
        """Return the id of the current release; later reads of the same answer come from the same release."""
        return self.snapshots.read(lambda stored_release: stored_release.release)

    def release_of_last_read(self) -> ReleaseInfo | None:
        """Return the release of the last read of this thread or request, or None."""
        stored_release = last_read_release()
        return _release_info(stored_release) if stored_release else None

    @from_one_release
    def neighbourhood(
        self, entity_id: str, *, depth: int = 1, limit: int = DEFAULT_NODES, predicates: Sequence[str] | None = None
    ) -> Subgraph:
        """Return the entities at most `depth` edges away, nearest first.

        Raises `BadParameter`, `PictureTooBig`, `NotFound`, `MergedId` or `RemovedId`.
        """
        subgraph = self._subgraphs.neighbourhood(entity_id, depth, limit, predicates)
        if not subgraph["nodes"]:
            self._raise_missing(entity_id)
        return subgraph

    def best_connected(self, *, limit: int = DEFAULT_NODES, predicates: Sequence[str] | None = None) -> Subgraph:
        """Return the best connected entities of the graph and the edges between them, of some types or of all."""
        return self.snapshots.read(
            lambda stored_release: self._subgraphs.best_connected(
                limit, self._ranking, stored_release.release, predicates
            )
        )

    @from_one_release
    def whole(self) -> Subgraph:
        """Return all entities and the edges between them."""
        return self._subgraphs.whole()

    @from_one_release
    def induced_subgraph(
        self, ids: Collection[str], *, limit: int = DEFAULT_NODES, predicates: Sequence[str] | None = None
    ) -> Subgraph:
        """Return some entities and the edges between them."""
        return self._subgraphs.induced_subgraph(ids, limit, predicates)

    @from_one_release
    def province_subgraph(
        self, province: str, *, limit: int = DEFAULT_NODES, predicates: Sequence[str] | None = None
    ) -> Subgraph:
        """Return a province, its neighbours, and the neighbours of those that belong to it alone.

        Raises as `neighbourhood` does, and `BadParameter` for an entity that is no province.
        """
        node_type = self.schema.node_type_of(province)
        subgraph = self._subgraphs.province_subgraph(province, limit, predicates)
        if not subgraph["nodes"]:
            self._raise_missing(province)
        if node_type is None or node_type.key != "Province":
            raise BadParameter(f"province: found {quote_for_message(province)}; expected a province or city")
        return subgraph

    @from_one_release
    def expand(self, subgraph: Subgraph, ids: Sequence[str], *, predicates: Sequence[str] | None = None) -> Subgraph:
        """Return a subgraph with the neighbours of some of its entities; see `SubgraphReader.expand`."""
        return self._subgraphs.expand(subgraph, ids, predicates)

    def paths(self, start: str, end: str, options: PathOptions | None = None) -> Paths:
        """Return the best paths between two entities; the module `paths` defines what is best.

        `avoided_hubs` are hubs that no path entered, `through_hubs` describes the best path through hubs if there is no
        other. Raises `BadParameter`, `NotFound`, `MergedId` or `RemovedId`.
        """
        path_options = options or PathOptions()
        return self.snapshots.read(lambda stored_release: self._paths(start, end, path_options, stored_release.counts))

    def _paths(self, start: str, end: str, options: PathOptions, counts: Mapping[str, int]) -> Paths:
        if start == end:
            raise BadParameter(
                f"from and to: found {quote_for_message(start)} twice; expected two entities that differ"
            )
        finder = PathFinder(self.engine, self.schema, options, counts)
        endpoints = finder.endpoints((start, end))
        for entity_id in (start, end):
            if entity_id not in endpoints:
                self._raise_missing(entity_id)
        found_paths = finder.paths_between(endpoints[start], endpoints[end])
        edges = [edge for path in found_paths["paths"] for step in path["steps"] for edge in step["edges"]]
        statements = sorted({statement_id for edge in edges for statement_id in edge["statements"] or ()})
        disagreement_rows = self._rows("doubts", ids=statements) if statements else []
        for edge in edges:
            edge_statements = set(edge["statements"] or ())
            edge["disagreements"] = sorted(
                {row["disagreement"] for row in disagreement_rows if row["id"] in edge_statements}
            )
        return {
            **found_paths,
            "statements": list(self.statements_by_id(statements).values()),
            "disagreements": self._disagreements(sorted({row["disagreement"] for row in disagreement_rows})),
        }

    def search(
        self,
        q: str,
        *,
        exact: bool = False,
        type: str | None = None,
        limit: int = 20,
    ) -> list[SearchHit]:
        """Return the entities that match a text, best first; raises `BadParameter`."""
        return self.snapshots.read(
            lambda stored_release: self._search.find(
                q, release=stored_release.release, exact=exact, node_type=type, limit=limit
            )
        )

    def facets(self, ids: Collection[str]) -> dict[str, Facets]:
        """Return what a list of entities can be narrowed by, by id; those that do not exist are left out.

        A province is its own; other entities have those with an edge, except of a kind that relates provinces.
        """
        rows = self._rows("facets", ids=sorted(ids), excluded=list(EDGES_BETWEEN_PROVINCES))
        return {
            row["id"]: {
                "kind": row["kind"],
                "provinces": sorted(set(row["provinces"])),
                "articles": sorted(row["articles"]),
            }
            for row in rows
        }

    @from_one_release
    def search_statements(self, q: str, *, limit: int = 20) -> tuple[list[StatementHit], int]:
        """Return the `limit` best statements whose gloss has the words of a text, and how many there are in all.

        Raises `BadParameter`.
        """
        hits, count = self._search.find_statements(q, release=self.current_release(), limit=limit)
        statements = self.statements_by_id(hit.id for hit in hits)
        return [{**statements[hit.id], "matched_words": list(hit.matched_words)} for hit in hits], count

    def interpret(self, text: str, language: str | None = None) -> Interpretation:
        """Return which query of the catalogue answers a question in words; raises `BadParameter`."""
        return self.snapshots.read(
            lambda stored_release: interpret(
                text, self.queries.values(), self._search.name_index(stored_release.release), language
            )
        )

    def prepare_name_search(self) -> None:
        """Build the name index of the current release, so that its first search does not have to wait."""
        self.snapshots.read(lambda stored_release: self._search.name_index(stored_release.release))

    def prepare_text_search(self) -> None:
        """Build the full-text index of the current release, and the name index that it needs."""
        self.snapshots.read(lambda stored_release: self._search.text_index(stored_release.release))

    @from_one_release
    def query(self, name: str, arguments: RawParameters, language: str | None = None) -> QueryRows:
        """Run a catalogue query; return `{rows, near_misses}`.

        A near miss lists the conditions it `fails`; those with the fewest come first. `arguments` are the values of the
        query's parameters; an entity may be given by its id or its name. With a language, the columns `X_name` beside
        an entity X have its name in it, where there is one (see `names`). Raises `NotFound`, `BadParameter`, and
        `UnresolvedName` or `AmbiguousName` for a name.
        """
        query = self.query_by_name(name)
        arguments = self.resolve_names(name, arguments)
        parameters = bind(query, arguments)
        self._resolve_entities(query, arguments, parameters)
        rows = self.engine.read(match_owned_only(query.cypher), parameters)
        if rows and list(rows[0]) != list(query.returns):
            raise DeclarationError(
                f"{query.name}.cypher: found columns {list(rows[0])}; expected {list(query.returns)}"
            )
        _check_parallel_lists(query, rows)
        if language is not None:
            rows = self._translate_names(query, rows, language)
        result = split_near_misses(query, rows)
        return {"rows": result.rows, "near_misses": result.near_misses}

    @from_one_release
    def query_with_evidence(self, name: str, arguments: RawParameters, language: str | None = None) -> QueryAnswer:
        """Answer a query as `query` does, with the `evidence` (its statements, by id) and the `release` it is from."""
        result = self.query(name, arguments, language)
        ids = {key for row in (*result["rows"], *result["near_misses"]) for key in row.get("statements") or ()}
        return {**result, "evidence": self.statements_by_id(ids), "release": self.current_release()}

    @from_one_release
    def resolve_names(self, name: str, arguments: RawParameters) -> RawParameters:
        """Return the arguments of a catalogue query with ids instead of the names of entities; raises as `query` does.

        Everything else, also an id, stays as given.
        """
        query = self.query_by_name(name)
        bound_values = bind(query, arguments)
        resolved: dict[str, str | Sequence[str]] = dict(arguments)
        for parameter in query.params.values():
            value = bound_values[parameter.name]
            texts = cast(list[str], value if isinstance(value, list) else [value] if isinstance(value, str) else [])
            if parameter.name in arguments and parameter.type == "entity" and not all(map(is_id, texts)):
                ids = [text if is_id(text) else self._id_of_name(parameter, text) for text in texts]
                resolved[parameter.name] = ids if isinstance(value, list) else ids[0]
        return resolved

    def _translate_names(self, query: Query, rows: Sequence[Row], language: str) -> list[Row]:
        """Return rows with the names of entities in a language."""
        columns = [
            column.name
            for column in query.returns.values()
            if column.type == "entity" and f"{column.name}_name" in query.returns
        ]
        names = self.names({row[column] for row in rows for column in columns if row[column]}, language)
        return [
            row | {f"{column}_name": names.get(row[column], row[f"{column}_name"]) for column in columns}
            for row in rows
        ]

    def _id_of_name(self, parameter: Parameter, name: str) -> str:
        return resolve_name(self._search, self.current_release(), self.schema, parameter, name)

    def query_by_name(self, name: str) -> Query:
        """Return a query of the catalogue; raises `NotFound` with the most similar names."""
        return find_query(self.queries, name)

    def report(self) -> DataReport:
        """Return the data report: counts of statements, edges, entities and articles, hubs, and gaps."""
        return self.snapshots.read(Report(self.engine, self.schema).build)

    def _resolve_entities(self, query: Query, arguments: RawParameters, parameters: dict[str, Any]) -> None:
        """Replace merged entity ids in `parameters` by their successors; raise `BadParameter` for unknown ids."""
        for name in sorted(arguments):
            value = parameters[name]
            if query.params[name].type != "entity" or value is None:
                continue
            ids = cast(list[str], value if isinstance(value, list) else [value])
            existing_ids = {row["id"] for row in self._rows("known", ids=ids)}
            resolved_ids = [
                entity_id if entity_id in existing_ids else self._successor(name, entity_id) for entity_id in ids
            ]
            parameters[name] = resolved_ids if isinstance(value, list) else resolved_ids[0]

    def _successor(self, name: str, entity_id: str) -> str:
        try:
            self._raise_missing(entity_id)
        except MergedId as moved:
            return moved.new_id
        except (NotFound, RemovedId) as error:
            raise BadParameter(f"{name}: {error}") from error


def _check_parallel_lists(query: Query, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raise `DeclarationError` if columns declared as parallel lists differ in length, which would misalign them."""
    for column in query.returns.values():
        for other_name in column.detail_columns:
            for row in rows:
                length, other_length = (
                    len(row[name]) if row[name] is not None else None for name in (column.name, other_name)
                )
                if length != other_length:
                    raise DeclarationError(
                        f"{query.name}.cypher: found {length} of {column.name} and {other_length} of {other_name}"
                    )


def _release_info(stored_release: StoredRelease) -> ReleaseInfo:
    return {
        "release": stored_release.release,
        "data_date": stored_release.data_date,
        "format": stored_release.format,
        "counts": dict(sorted(stored_release.counts.items())),
    }
