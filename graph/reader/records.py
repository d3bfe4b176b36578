"""Reads of one stored release, in the shapes of the release files, with precise errors for unknown ids."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NoReturn, cast

from ..catalogue.parameters import Given
from ..catalogue.query import Query, bind, split
from ..engines.bolt import Engine, Json
from ..errors import BadParameter, DeclarationError, Gone, Moved, NotFound
from ..messages import meant, nearest, nearest_ids, shown
from ..model.schema import Schema
from ..search.search import Search
from ..store.ownership import cypher, only_ours
from .paths import Asked, Paths
from .rows import (
    Row,
    counted_json,
    disagreement_json,
    edge_json,
    entity_json,
    sentence_json,
    statement_json,
    statement_names,
)
from .subgraphs import Surroundings

MOST = 1000
"""Maximum number of objects on a page of a listing."""
NUMBERS = ("relations", "measurements", "claims", "fruitful", "entities")
"""Counts of an article; `fruitful` is the number of sentences with statements."""
_LIKE = 80
"""Minimum similarity (0 to 100) of a statement id that an error message suggests."""


class Records:
    """Reads one release. `reader.Graph` creates one per call and documents what each method returns."""

    def __init__(self, engine: Engine, schema: Schema, search: Search, release: str) -> None:
        self._engine = engine
        self._schema = schema
        self._search = search
        self._release = release

    def entity(self, entity_id: str) -> Json:
        """Return one entity with its edges, mentions and disagreements."""
        rows = self._engine.read(cypher("entity"), {"id": entity_id})
        if not rows:
            self._missing(entity_id)
        row = rows[0]
        edges = [edge_json(end, "out") for end in row["leaving"]] + [edge_json(end, "in") for end in row["arriving"]]
        mentions = sorted(row["mentions"], key=lambda mention: mention["article"])
        return entity_json(row["entity"], row["names"], self._schema) | {
            "edges": sorted(edges, key=lambda edge: (edge["predicate"], edge["direction"], edge["id"])),
            "mentions": [{"article": item["article"], "lines": sorted(set(item["lines"]))} for item in mentions],
            "disagreements": self.disagreements(row["disagreements"]) if row["disagreements"] else [],
        }

    def entities(
        self, kind_of: str | None, kind: str | None, status: str | None, after: str | None, limit: int
    ) -> list[Json]:
        """Return a page of entities; `entity_type` is a node type of the schema."""
        _one_of("type", kind_of, self._schema.nodes)
        _one_of("kind", kind, self._kinds(kind_of))
        _one_of("status", status, self._schema.statuses)
        parameters = {"type": kind_of, "kind": kind, "status": status, "after": after or "", "limit": _page(limit)}
        rows = self._engine.read(cypher("entities"), parameters)
        return [entity_json(row["entity"], row["names"], self._schema) for row in rows]

    def entity_numbers(self, entity_id: str) -> Json:
        """Return one entity's summary with its counts."""
        rows = self._engine.read(cypher("entity_numbers"), {"id": entity_id})
        if not rows:
            self._missing(entity_id)
        row = rows[0]
        counted = {key: row[key] for key in ("relations", "disagreements")}
        return row["entity"] | counted | {key: len(row[key]) for key in ("statements", "articles")}

    def statements_of(self, entity_id: str, after: str | None, limit: int) -> list[Json]:
        """Return a page of the statements that involve an entity."""
        parameters = {"id": entity_id, "after": after or "", "limit": _page(limit)}
        ids = [row["id"] for row in self._engine.read(cypher("statements_of"), parameters)]
        if not ids:
            self._must_exist(entity_id)
        return self.statements(ids)

    def statements(self, ids: Iterable[str]) -> list[Json]:
        """Return the existing statements among some ids, sorted by id."""
        wanted = sorted(set(ids))
        rows = self._engine.read(cypher("statements"), {"ids": wanted}) if wanted else []
        return sorted((statement_json(row) for row in rows), key=lambda statement: statement["id"])

    def statement(self, statement_id: str) -> Json:
        """Return one statement with names and article."""
        rows = self._engine.read(cypher("statements"), {"ids": [statement_id]})
        if not rows:
            self._missing(statement_id, "statement", self._like(statement_id))
        article = rows[0]["article"]
        card = article and {
            "id": article["id"],
            "title": article["name"],
            "url": article["url"],
            "language": article["language"],
        }
        return statement_json(rows[0]) | {"names": statement_names(rows[0]), "published_in": card}

    def standing(self, statement_id: str) -> Json:
        """Return one statement with the edges that combine it, its disagreements and the sentences around it."""
        found = self.statement(statement_id)
        rows = self._engine.read(cypher("edges_of_statements"), {"ids": [statement_id]})
        return found | {
            "edges": sorted((counted_json(row) for row in rows), key=lambda edge: edge["id"]),
            "disagreements": self.disagreements_on([statement_id]),
            "ledger": self._ledger_around(found["article"], found["sentence"]) if "sentence" in found else [],
        }

    def disagreements_on(self, statement_ids: Sequence[str]) -> list[Json]:
        """Return the disagreements with a reading that uses one of the statements."""
        rows = self._engine.read(cypher("doubted_in"), {"ids": list(statement_ids)}) if statement_ids else []
        return self.disagreements([row["id"] for row in rows]) if rows else []

    def around(self, entity_id: str, depth: int, limit: int, predicates: Sequence[str] | None) -> Json:
        """Return the neighbourhood of an entity."""
        part = Surroundings(self._engine, self._schema).around(entity_id, depth, limit, predicates)
        if not part["nodes"]:
            self._missing(entity_id)
        return part

    def paths(self, start: str, end: str, asked: Asked, counts: Mapping[str, int]) -> Json:
        """Return the best paths between two entities, with their statements and the disagreements about these."""
        if start == end:
            raise BadParameter(f"from and to: found {shown(start)} twice; expected two entities that differ")
        finder = Paths(self._engine, self._schema, asked, counts)
        ends = finder.ends((start, end))
        for wanted in (start, end):
            if wanted not in ends:
                self._missing(wanted)
        found = finder.between(ends[start], ends[end])
        edges = [edge for path in found["paths"] for step in path["steps"] for edge in step["edges"]]
        statements = sorted({key for edge in edges for key in edge["statements"] or ()})
        doubts = self._engine.read(cypher("doubts"), {"ids": statements}) if statements else []
        for edge in edges:
            own = set(edge["statements"] or ())
            edge["disagreements"] = sorted({row["disagreement"] for row in doubts if row["id"] in own})
        about = sorted({row["disagreement"] for row in doubts})
        return found | {
            "statements": self.statements(statements),
            "disagreements": self.disagreements(about) if about else [],
        }

    def cluster(self, province: str, limit: int) -> Json:
        """Return the subgraph of a province."""
        kind = self._schema.node_of(province)
        part = Surroundings(self._engine, self._schema).cluster(province, limit)
        if not part["nodes"]:
            self._missing(province)
        if kind is None or kind.key != "Province":
            raise BadParameter(f"province: found {shown(province)}; expected a province or city")
        return part

    def find(self, q: str, exact: bool, kind_of: str | None, limit: int) -> list[Json]:
        """Return the search results for a text."""
        return self._search.find(q, release=self._release, exact=exact, kind=kind_of, limit=limit)

    def query(self, query: Query, given: Given) -> Json:
        """Run a query of the catalogue."""
        parameters = bind(query, given)
        self._known_entities(query, given, parameters)
        rows = self._engine.read(only_ours(query.cypher), parameters)
        if rows and list(rows[0]) != list(query.returns):
            raise DeclarationError(
                f"{query.name}.cypher: found columns {list(rows[0])}; expected {list(query.returns)}"
            )
        _beside(query, rows)
        result = split(query, rows)
        return {"rows": result.rows, "near_misses": result.near_misses}

    def articles(self) -> list[Json]:
        """Return every article with its counts."""
        counts = {row["id"]: row for row in self._engine.read(cypher("article_counts"))}
        found: list[Json] = []
        while page := self.entities("Article", None, None, found[-1]["id"] if found else None, MOST):
            found += page
        names = ("statements", "sentences")
        return [article | {name: counts[article["id"]][name] for name in names} for article in found]

    def article(self, article_id: str) -> Json:
        """Return one article with its ledger."""
        found = self.entity(article_id)
        if found["type"] != "Article":
            raise NotFound(f"{article_id} is no article but: {found['type']}", article_id, [article_id])
        sentences = self._sentences(article_id)
        ids = [statement for sentence in sentences for statement in sentence["statements"]]
        told = {statement["id"]: statement for statement in self.statements(ids)}
        ledger: list[Json] = []
        for sentence in sentences:
            entry = sentence_json(sentence)
            entry["at"] = f"{entry['line']}:{entry['start']}-{entry['end']}"
            if "statements" in entry:
                entry["statements"] = [told[statement] for statement in entry["statements"]]
            ledger.append(entry)
        return found | {"ledger": ledger}

    def article_numbers(self) -> dict[str, Json]:
        """Return counts by article id."""
        rows = self._engine.read(cypher("article_numbers"))
        return {
            row["id"]: {key: row[key] for key in NUMBERS} | {"disagreements": len(row["disagreements"])} for row in rows
        }

    def mentions(self, article_id: str) -> list[Json]:
        """Return every mention in an article, in text order; raise `NotFound` if there is no such article."""
        rows = self._engine.read(cypher("mentions"), {"article": article_id})
        spans = (
            {"entity": row["id"], "type": row["type"], "name": row["name"], "line": line, "start": start, "end": end}
            for row in rows
            for line, start, end in zip(row["lines"], row["starts"], row["ends"], strict=True)
        )
        found = sorted(spans, key=lambda span: (span["line"], span["start"], span["end"], span["entity"]))
        if not found:
            self.article(article_id)
        return found

    def disagreements(self, ids: Sequence[str] | None) -> list[Json]:
        """Return disagreements sorted by id; all of them if `ids` is None."""
        rows = self._engine.read(cypher("disagreements"), {"ids": None if ids is None else list(ids)})
        return sorted((disagreement_json(row) for row in rows), key=lambda item: item["id"])

    def disagreement(self, wanted: str) -> Json:
        """Return one disagreement."""
        found = self.disagreements([wanted])
        if not found:
            known = [item["id"] for item in self.disagreements(None)]
            self._missing(wanted, "disagreement", nearest_ids(wanted, known))
        return found[0]

    def edges_of(self, statement_ids: Iterable[str]) -> list[Json]:
        """Return the edges that combine the statements, with their status."""
        wanted = sorted(set(statement_ids))
        rows = self._engine.read(cypher("edges_of_statements"), {"ids": wanted}) if wanted else []

        def edge(row: Row) -> str:
            return row["edge"]["id"]

        found: list[Json] = []
        for _, group in groupby(sorted(rows, key=lambda row: (edge(row), row["statement"])), key=edge):
            together = list(group)
            one = counted_json(together[0])
            ends = {"subject": one["subject"]["id"], "predicate": one["predicate"], "object": one["object"]["id"]}
            statements = [row["statement"] for row in together]
            found.append(ends | {"status": one["status"], "statements": statements})
        return found

    def worked_example(self) -> Json | None:
        """Return an example edge of a predicate that states existence, or None."""
        rows = self._engine.read(cypher("worked_example"), {"predicates": list(self._schema.existence)})
        if not rows:
            return None
        row = rows[0]
        return {"subject": row["subject"], "predicate": row["predicate"], "object": row["object"]} | row["edge"]

    def measurements(self, subject: str | None, indicator: str | None, after: str | None, limit: int) -> list[Json]:
        """Return a page of measurements."""
        parameters = {"subject": subject, "indicator": indicator, "after": after or "", "limit": _page(limit)}
        ids = [row["id"] for row in self._engine.read(cypher("measurements"), parameters)]
        if not ids and subject is not None:
            self._must_exist(subject)
        return self.statements(ids)

    def shared_indicators(self, limit: int) -> list[Json]:
        """Return the indicators measured for several current provinces."""
        return self._engine.read(cypher("shared_indicators"), {"limit": _page(limit)})

    def dates(self, entity_id: str | None) -> Json:
        """Return the number of statements by source of their date."""
        rows = {row["dated"]: row["statements"] for row in self._engine.read(cypher("dates"), {"id": entity_id})}
        return {dated: rows.get(dated, 0) for dated in ("own", "article", "none")}

    def cards(self, ids: Iterable[str]) -> list[Json]:
        """Return summaries of the existing entities among some ids, sorted by id."""
        wanted = sorted(set(ids))
        rows = self._engine.read(cypher("cards"), {"ids": wanted}) if wanted else []
        return sorted(rows, key=lambda row: row["id"])

    def foreign_names(self) -> dict[str, Json]:
        """Return entities whose name is not Vietnamese, by id."""
        found: dict[str, Json] = {}
        for row in self._engine.read(cypher("foreign_names")):
            own = {name["text"]: name["kind"] for name in row["vietnamese"] if name["kind"] in ("name", "translation")}
            if row["name"] not in own:
                found[row["id"]] = {
                    "language": min(row["languages"], key=lambda language: (language != "en", language)),
                    "vietnamese": min(own, key=lambda called: (own[called], called), default=None),
                }
        return dict(sorted(found.items()))

    def _sentences(self, article_id: str) -> list[Json]:
        rows = self._engine.read(cypher("sentences"), {"article": article_id})
        return sorted((row["sentence"] for row in rows), key=lambda s: (s["line"], s["start"], s["end"], s["id"]))

    def _ledger_around(self, article_id: str, sentence_id: str) -> list[Json]:
        """Return a sentence of a ledger with the sentences before and after it."""
        sentences = self._sentences(article_id)
        at = next(place for place, sentence in enumerate(sentences) if sentence["id"] == sentence_id)
        return [sentence_json(sentence) for sentence in sentences[max(at - 1, 0) : at + 2]]

    def _kinds(self, node: str | None) -> list[str]:
        nodes = [self._schema.nodes[node]] if node else list(self._schema.nodes.values())
        return sorted({kind for one in nodes if "kind" in one.properties for kind in one.properties["kind"].values})

    def _known_entities(self, query: Query, given: Given, parameters: dict[str, Any]) -> None:
        """Replace merged entity ids in `parameters` by their successors; raise `BadParameter` for unknown ids."""
        for name in sorted(given):
            value = parameters[name]
            if query.params[name].type != "entity" or value is None:
                continue
            ids = cast(list[str], value if isinstance(value, list) else [value])
            there = {row["id"] for row in self._engine.read(cypher("known"), {"ids": ids})}
            settled = [entity if entity in there else self._successor(name, entity) for entity in ids]
            parameters[name] = settled if isinstance(value, list) else settled[0]

    def _successor(self, name: str, entity_id: str) -> str:
        try:
            self._missing(entity_id)
        except Moved as moved:
            return moved.to
        except (NotFound, Gone) as error:
            raise BadParameter(f"{name}: {error}") from error

    def _must_exist(self, entity_id: str) -> None:
        if not self._engine.read(cypher("known"), {"ids": [entity_id]}):
            self._missing(entity_id)

    def _like(self, wanted: str) -> list[str]:
        """Return up to 3 existing statement ids similar to a wrong one, of the same article if it names one."""
        whole = "statement:" + wanted.removeprefix("statement:")
        rows = self._engine.read(cypher("statement_ids"), {"start": whole.partition("-")[0], "limit": MOST})
        ids = [row["id"] for row in rows]
        begun = [one for one in ids if "-" in whole and one.startswith(whole)]
        return list(dict.fromkeys([*begun, *nearest(whole, ids, least=_LIKE)]))[:3]

    def _missing(self, wanted: str, what: str = "entity", close: Sequence[str] = ()) -> NoReturn:
        """Raise `Moved`, `Gone` or `NotFound` for an id that does not exist."""
        retired = self._engine.read(cypher("retired"), {"id": wanted})
        if retired and retired[0]["into"]:
            raise Moved(wanted, retired[0]["into"])
        if retired:
            raise Gone(f"{wanted} was removed and will not come back")
        if what == "entity":
            close = self._search.nearest_ids(wanted, self._release)
        hint = f"; nearest: {', '.join(close)}" if close else ""
        raise NotFound(f"there is no {what} {shown(wanted)}{hint}", wanted, close)


def named(queries: Mapping[str, Query], name: str) -> Query:
    """Return a query of a catalogue; raise `NotFound` with the most similar names."""
    if name not in queries:
        message = f"there is no query {shown(name)}{meant(name, queries)}; there are {', '.join(queries)}"
        raise NotFound(message, name, nearest(name, queries))
    return queries[name]


def _beside(query: Query, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raise `DeclarationError` if columns declared as parallel lists differ in length, which would misalign them."""
    for column in query.returns.values():
        for other in column.beside:
            for row in rows:
                one, two = (len(row[name]) if row[name] is not None else None for name in (column.name, other))
                if one != two:
                    raise DeclarationError(f"{query.name}.cypher: found {one} of {column.name} and {two} of {other}")


def _one_of(name: str, value: str | None, known: Iterable[str]) -> None:
    words = list(known)
    if value is not None and value not in words:
        raise BadParameter(f"{name}: found {shown(value)}; expected one of {', '.join(words)}{meant(value, words)}")


def _page(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise BadParameter(f"limit: found {limit}; expected a whole number from 1 to {MOST}")
    return limit
