"""The reading side of the graph: everything that the API, the pages and the commands show comes from here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from ..catalogue.parameters import Given
from ..catalogue.query import Query
from ..disk_cache import Kept
from ..engines.bolt import Engine, Json
from ..model.schema import Schema
from ..search.search import Search
from ..store.marker import Stored
from ..store.snapshot import Steady, source
from .degrees import Ranking
from .paths import Asked
from .records import Records, named
from .report import Report
from .subgraphs import USUAL, Surroundings

T = TypeVar("T")


class Graph(AbstractContextManager["Graph"]):
    """The graph as plain JSON-ready values, sorted, in the shapes of the release files.

    Each answer comes from one release, also while the next one is loaded; without a complete release every read
    raises `NotLoaded`. Safe for many threads.
    """

    def __init__(self, engine: Engine, schema: Schema, queries: Mapping[str, Query], kept: Kept | None = None) -> None:
        """Read through an engine; `kept` holds what was computed before, if anything."""
        self.engine = engine
        self.schema = schema
        self.queries = queries
        self._search = Search(engine, schema)
        self._steady = Steady(engine)
        self._ranking = Ranking(kept)

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def release(self) -> Json:
        """Return `{release, data_date, format, counts}`; raise `NotLoaded` while there is no complete release."""
        return _released(self._steady.stored())

    def reading(self) -> str:
        """Return the name of the release that is read now; what one answer reads later comes from the same one."""
        return self._steady.run(lambda stored: stored.release)

    def source(self) -> Json | None:
        """Return the release, as `release` does, that the last read of this thread or request came from."""
        there = source()
        return there and _released(there)

    def entity(self, entity_id: str) -> Json:
        """Return an entity with its `edges`, `mentions` and `disagreements`; raise `NotFound`, `Moved` or `Gone`."""
        return self._read(lambda records: records.entity(entity_id))

    def entity_numbers(self, entity_id: str) -> Json:
        """Return `{id, type, kind, name, status}` of an entity with its `relations`, `statements`, `articles`, …."""
        return self._read(lambda records: records.entity_numbers(entity_id))

    def entities(
        self,
        *,
        type: str | None = None,
        kind: str | None = None,
        status: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> list[Json]:
        """Return entities by id, those after `after` first."""
        return self._read(lambda records: records.entities(type, kind, status, after, limit))

    def statements(self, entity_id: str, *, after: str | None = None, limit: int = 100) -> list[Json]:
        """Return the statements by id in which an entity is subject, object, speaker or what is spoken about."""
        return self._read(lambda records: records.statements_of(entity_id, after, limit))

    def all_statements(self, entity_id: str, most: int | None = None) -> list[Json]:
        """Return every statement in which an entity takes part, by id; the first `most` of them if asked."""
        found: list[Json] = []
        size = 500
        while most is None or len(found) < most:
            part = self.statements(entity_id, after=found[-1]["id"] if found else None, limit=size)
            found += part
            if len(part) < size:
                break
        return found[:most]

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Json]:
        """Return statements by their id, sorted; ids that do not exist are left out."""
        wanted = sorted(set(ids))
        found = self._read(lambda records: records.statements(wanted)) if wanted else []
        return {statement["id"]: statement for statement in found}

    def statement(self, statement_id: str) -> Json:
        """Return a statement, with `names` of what it is tied to and `published_in`: id, title, url, language."""
        return self._read(lambda records: records.statement(statement_id))

    def standing(self, statement_id: str) -> Json:
        """Return a statement as `statement` does, with where it stands.

        `edges` are those it counts for, with both ends; `disagreements` those with a reading that rests on it; `ledger`
        its sentence between the ones before and after.
        """
        return self._read(lambda records: records.standing(statement_id))

    def disagreements_on(self, statement_ids: Iterable[str]) -> list[Json]:
        """Return the disagreements with a reading that rests on one of some statements, by id."""
        wanted = sorted(set(statement_ids))
        return self._read(lambda records: records.disagreements_on(wanted)) if wanted else []

    def cards(self, ids: Iterable[str]) -> list[Json]:
        """Return `{id, type, name, status}` of entities by id; ids that do not exist are left out."""
        wanted = list(ids)
        return self._read(lambda records: records.cards(wanted)) if wanted else []

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of entities by id; ids that do not exist are left out."""
        return {card["id"]: card["name"] for card in self.cards(sorted(set(ids)))}

    def foreign_names(self) -> dict[str, Json]:
        """Return by id what is not called by a Vietnamese name: the name's `language`, and a Vietnamese one or None."""
        return self._read(lambda records: records.foreign_names())

    def neighbourhood(
        self, entity_id: str, *, depth: int = 1, limit: int = USUAL, predicates: Sequence[str] | None = None
    ) -> Json:
        """Return `{nodes, edges, left_out, centre}`: what lies at most `depth` edges away, nearest first."""
        return self._read(lambda records: records.around(entity_id, depth, limit, predicates))

    def whole(self, *, limit: int = USUAL) -> Json:
        """Return the best connected entities and the edges among them, shaped as a neighbourhood."""
        part = Surroundings(self.engine, self.schema)
        return self._steady.run(lambda stored: part.best_connected(limit, self._ranking, stored.release))

    def among(self, ids: Collection[str], *, limit: int = USUAL) -> Json:
        """Return some entities and the edges among them, shaped as a neighbourhood."""
        return self._read(lambda _records: Surroundings(self.engine, self.schema).among(ids, limit))

    def cluster(self, province: str, *, limit: int = USUAL) -> Json:
        """Return what is tied to a province, and what is tied to those no other province shares; a neighbourhood."""
        return self._read(lambda records: records.cluster(province, limit))

    def widened(self, part: Json, ids: Sequence[str]) -> Json:
        """Return a part with what lies around some of its entities: also `expanded`, `strangers`, `ties` of nodes."""
        return self._read(lambda _records: Surroundings(self.engine, self.schema).widened(part, ids))

    def paths(self, start: str, end: str, asked: Asked | None = None) -> Json:
        """Return the best paths between two entities; `paths` says what is best.

        `{from, to, paths: [{steps: [{from, to, edges}]}], entities, statements, disagreements, avoided, through_hubs,
        looked}`: `avoided` are hubs that no path was led through, `through_hubs` tells of a path where there is none
        without them, `looked` how far one looked and whether one stopped early. Raises `NotFound`, `Moved` or `Gone`.
        """
        wanted = asked or Asked()
        return self._steady.run(lambda stored: self._records(stored).paths(start, end, wanted, stored.counts))

    def search(
        self,
        q: str,
        *,
        exact: bool = False,
        type: str | None = None,
        limit: int = 20,
    ) -> list[Json]:
        """Return `{id, type, name, status, matched, how, suggestion}` of what fits a text; see `ways`."""
        return self._read(lambda records: records.find(q, exact, type, limit))

    def read_names(self) -> None:
        """Read the names that searches need, so that the first search of a release need not wait for them."""
        self._steady.run(lambda stored: self._search.names(stored.release))

    def query(self, name: str, given: Given) -> Json:
        """Answer a named query: `{rows, near_misses}`; a near miss lists the conditions it `fails`, fewest first."""
        query = self.named(name)
        return self._read(lambda records: records.query(query, given))

    def named(self, name: str) -> Query:
        """Return a query of the catalogue; raise `NotFound` naming the closest ones."""
        return named(self.queries, name)

    def articles(self) -> list[Json]:
        """Return all articles as entities, with how many `statements` and `sentences` each gave."""
        return self._read(lambda records: records.articles())

    def article(self, article_id: str) -> Json:
        """Return an article with its `ledger`: each sentence with its statements, or `none` and why."""
        return self._read(lambda records: records.article(article_id))

    def article_numbers(self) -> dict[str, Json]:
        """Return by article how much it gave: statements by kind, `fruitful` sentences, `entities`, `disagreements`."""
        return self._read(lambda records: records.article_numbers())

    def mentions(self, article_id: str) -> list[Json]:
        """Return `{entity, type, name, line, start, end}` of every place where an article names something, in order."""
        return self._read(lambda records: records.mentions(article_id))

    def disagreements(self) -> list[Json]:
        """Return every disagreement with its readings, by id."""
        return self._read(lambda records: records.disagreements(None))

    def disagreement(self, disagreement_id: str) -> Json:
        """Return a disagreement with its readings; raise `NotFound`."""
        return self._read(lambda records: records.disagreement(disagreement_id))

    def edges_of(self, statement_ids: Iterable[str]) -> list[Json]:
        """Return `{subject, predicate, object, status, statements}` of the edges that statements are added up in."""
        wanted = list(statement_ids)
        return self._read(lambda records: records.edges_of(wanted)) if wanted else []

    def worked_example(self) -> Json | None:
        """Return an edge that shows well what status, basis, articles and origins mean, or None."""
        return self._read(lambda records: records.worked_example())

    def measurements(
        self,
        *,
        subject: str | None = None,
        indicator: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> list[Json]:
        """Return measurements as statements by id, of one subject or indicator if asked."""
        return self._read(lambda records: records.measurements(subject, indicator, after, limit))

    def shared_indicators(self, *, limit: int = 20) -> list[Json]:
        """Return `{indicator, provinces}` of what is measured for several provinces of today, most provinces first."""
        return self._read(lambda records: records.shared_indicators(limit))

    def dates(self, entity_id: str | None = None) -> Json:
        """Return how many statements, of one entity if asked, have a day of their `own`, the `article`'s, or `none`."""
        return self._read(lambda records: records.dates(entity_id))

    def report(self) -> Json:
        """Return what the release holds in numbers: `statements`, `edges`, `entities`, …, with hubs and what lacks."""
        return self._steady.run(Report(self.engine, self.schema).of)

    def _read(self, work: Callable[[Records], T]) -> T:
        return self._steady.run(lambda stored: work(self._records(stored)))

    def _records(self, stored: Stored) -> Records:
        return Records(self.engine, self.schema, self._search, stored.release)


def _released(there: Stored) -> Json:
    return {
        "release": there.release,
        "data_date": there.data_date,
        "format": there.format,
        "counts": dict(sorted(there.counts.items())),
    }
