"""Reads of one stored release, in the shapes of the release files, with precise errors for unknown ids."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NoReturn, cast

from ..catalogue.parameters import RawParameters
from ..catalogue.query import Query, bind, split_near_misses
from ..engines.bolt import Engine, Json
from ..errors import BadParameter, DeclarationError, MergedId, NotFound, RemovedId
from ..messages import closest_ids, closest_matches, did_you_mean, quote_for_message
from ..model.schema import Schema
from ..search.search import Search
from ..store.ownership import match_owned_only, reader_cypher
from .paths import PathFinder, PathOptions
from .rows import (
    Row,
    disagreement_json,
    edge_json,
    edge_summary,
    entity_json,
    sentence_json,
    statement_json,
    statement_names,
)
from .subgraphs import SubgraphReader

MAX_PAGE_SIZE = 1000
"""Maximum number of objects on a page of a listing."""
ARTICLE_COUNTS = ("relations", "measurements", "claims", "sentences_with_statements", "entities")
"""Counts of an article."""
_MIN_SIMILARITY = 80
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
        rows = self._engine.read(reader_cypher("entity"), {"id": entity_id})
        if not rows:
            self._raise_missing(entity_id)
        row = rows[0]
        edges = [edge_json(edge_row, "out") for edge_row in row["leaving"]] + [
            edge_json(edge_row, "in") for edge_row in row["arriving"]
        ]
        mentions = sorted(row["mentions"], key=lambda mention: mention["article"])
        return entity_json(row["entity"], row["names"], self._schema) | {
            "edges": sorted(edges, key=lambda edge: (edge["predicate"], edge["direction"], edge["id"])),
            "mentions": [{"article": item["article"], "lines": sorted(set(item["lines"]))} for item in mentions],
            "disagreements": self.disagreements(row["disagreements"]) if row["disagreements"] else [],
        }

    def entities(
        self, entity_type: str | None, kind: str | None, status: str | None, after_id: str | None, limit: int
    ) -> list[Json]:
        """Return a page of entities; `entity_type` is a node type of the schema."""
        _check_choice("type", entity_type, self._schema.nodes)
        _check_choice("kind", kind, self._kinds(entity_type))
        _check_choice("status", status, self._schema.statuses)
        parameters = {
            "type": entity_type,
            "kind": kind,
            "status": status,
            "after": after_id or "",
            "limit": _check_page_size(limit),
        }
        rows = self._engine.read(reader_cypher("entities"), parameters)
        return [entity_json(row["entity"], row["names"], self._schema) for row in rows]

    def entity_numbers(self, entity_id: str) -> Json:
        """Return one entity's summary with its counts."""
        rows = self._engine.read(reader_cypher("entity_numbers"), {"id": entity_id})
        if not rows:
            self._raise_missing(entity_id)
        row = rows[0]
        counts = {key: row[key] for key in ("relations", "disagreements")}
        return row["entity"] | counts | {key: len(row[key]) for key in ("statements", "articles")}

    def statements_of(self, entity_id: str, after_id: str | None, limit: int) -> list[Json]:
        """Return a page of the statements that involve an entity."""
        parameters = {"id": entity_id, "after": after_id or "", "limit": _check_page_size(limit)}
        ids = [row["id"] for row in self._engine.read(reader_cypher("statements_of"), parameters)]
        if not ids:
            self._must_exist(entity_id)
        return self.statements(ids)

    def all_statements_of(self, entity_id: str, limit: int | None = None) -> list[Json]:
        """Return all statements that involve an entity, or the first `limit` of them."""
        statements: list[Json] = []
        while limit is None or len(statements) < limit:
            page = self.statements_of(entity_id, statements[-1]["id"] if statements else None, MAX_PAGE_SIZE)
            statements += page
            if len(page) < MAX_PAGE_SIZE:
                break
        return statements[:limit]

    def statements(self, ids: Iterable[str]) -> list[Json]:
        """Return the existing statements among some ids, sorted by id."""
        unique_ids = sorted(set(ids))
        rows = self._engine.read(reader_cypher("statements"), {"ids": unique_ids}) if unique_ids else []
        return sorted((statement_json(row) for row in rows), key=lambda statement: statement["id"])

    def statement(self, statement_id: str) -> Json:
        """Return one statement with names and article."""
        rows = self._engine.read(reader_cypher("statements"), {"ids": [statement_id]})
        if not rows:
            self._raise_missing(statement_id, "statement", self._similar_statement_ids(statement_id))
        article = rows[0]["article"]
        card = article and {
            "id": article["id"],
            "title": article["name"],
            "url": article["url"],
            "language": article["language"],
        }
        return statement_json(rows[0]) | {"names": statement_names(rows[0]), "published_in": card}

    def statement_context(self, statement_id: str) -> Json:
        """Return one statement with the edges that combine it, its disagreements and the sentences around it."""
        statement = self.statement(statement_id)
        rows = self._engine.read(reader_cypher("edges_of_statements"), {"ids": [statement_id]})
        return statement | {
            "edges": sorted((edge_summary(row) for row in rows), key=lambda edge: edge["id"]),
            "disagreements": self.disagreements_on([statement_id]),
            "ledger": self._ledger_context(statement["article"], statement["sentence"])
            if "sentence" in statement
            else [],
        }

    def disagreements_on(self, statement_ids: Sequence[str]) -> list[Json]:
        """Return the disagreements with a reading that uses one of the statements."""
        rows = self._engine.read(reader_cypher("doubted_in"), {"ids": list(statement_ids)}) if statement_ids else []
        return self.disagreements([row["id"] for row in rows]) if rows else []

    def neighbourhood(self, entity_id: str, depth: int, limit: int, predicates: Sequence[str] | None) -> Json:
        """Return the neighbourhood of an entity."""
        subgraph = SubgraphReader(self._engine, self._schema).neighbourhood(entity_id, depth, limit, predicates)
        if not subgraph["nodes"]:
            self._raise_missing(entity_id)
        return subgraph

    def paths(self, start: str, end: str, options: PathOptions, counts: Mapping[str, int]) -> Json:
        """Return the best paths between two entities, with their statements and the disagreements about these."""
        if start == end:
            raise BadParameter(
                f"from and to: found {quote_for_message(start)} twice; expected two entities that differ"
            )
        finder = PathFinder(self._engine, self._schema, options, counts)
        endpoints = finder.endpoints((start, end))
        for entity_id in (start, end):
            if entity_id not in endpoints:
                self._raise_missing(entity_id)
        answer = finder.paths_between(endpoints[start], endpoints[end])
        edges = [edge for path in answer["paths"] for step in path["steps"] for edge in step["edges"]]
        statements = sorted({statement_id for edge in edges for statement_id in edge["statements"] or ()})
        disagreement_rows = self._engine.read(reader_cypher("doubts"), {"ids": statements}) if statements else []
        for edge in edges:
            edge_statements = set(edge["statements"] or ())
            edge["disagreements"] = sorted(
                {row["disagreement"] for row in disagreement_rows if row["id"] in edge_statements}
            )
        disagreement_ids = sorted({row["disagreement"] for row in disagreement_rows})
        return answer | {
            "statements": self.statements(statements),
            "disagreements": self.disagreements(disagreement_ids) if disagreement_ids else [],
        }

    def province_subgraph(self, province: str, limit: int) -> Json:
        """Return the subgraph of a province."""
        node_type = self._schema.node_type_of(province)
        subgraph = SubgraphReader(self._engine, self._schema).province_subgraph(province, limit)
        if not subgraph["nodes"]:
            self._raise_missing(province)
        if node_type is None or node_type.key != "Province":
            raise BadParameter(f"province: found {quote_for_message(province)}; expected a province or city")
        return subgraph

    def find(self, q: str, exact: bool, entity_type: str | None, limit: int) -> list[Json]:
        """Return the search results for a text."""
        return self._search.find(q, release=self._release, exact=exact, node_type=entity_type, limit=limit)

    def query(self, query: Query, arguments: RawParameters) -> Json:
        """Run a query of the catalogue."""
        parameters = bind(query, arguments)
        self._resolve_entities(query, arguments, parameters)
        rows = self._engine.read(match_owned_only(query.cypher), parameters)
        if rows and list(rows[0]) != list(query.returns):
            raise DeclarationError(
                f"{query.name}.cypher: found columns {list(rows[0])}; expected {list(query.returns)}"
            )
        _check_parallel_lists(query, rows)
        result = split_near_misses(query, rows)
        return {"rows": result.rows, "near_misses": result.near_misses}

    def query_with_evidence(self, query: Query, arguments: RawParameters) -> Json:
        """Run a query of the catalogue and read the statements that its rows and near misses refer to."""
        result = self.query(query, arguments)
        ids = {key for row in (*result["rows"], *result["near_misses"]) for key in row.get("statements") or ()}
        return result | {"evidence": self.statements(ids), "release": self._release}

    def articles(self) -> list[Json]:
        """Return every article with its counts."""
        counts = {row["id"]: row for row in self._engine.read(reader_cypher("article_counts"))}
        articles: list[Json] = []
        while page := self.entities("Article", None, None, articles[-1]["id"] if articles else None, MAX_PAGE_SIZE):
            articles += page
        names = ("statements", "sentences")
        return [article | {name: counts[article["id"]][name] for name in names} for article in articles]

    def article(self, article_id: str) -> Json:
        """Return one article with its ledger."""
        article = self.entity(article_id)
        if article["type"] != "Article":
            raise NotFound(f"{article_id} is no article but: {article['type']}", article_id, [article_id])
        sentences = self._sentences(article_id)
        ids = [statement for sentence in sentences for statement in sentence["statements"]]
        statements_by_id = {statement["id"]: statement for statement in self.statements(ids)}
        ledger: list[Json] = []
        for sentence in sentences:
            entry = sentence_json(sentence)
            entry["at"] = f"{entry['line']}:{entry['start']}-{entry['end']}"
            if "statements" in entry:
                entry["statements"] = [statements_by_id[statement] for statement in entry["statements"]]
            ledger.append(entry)
        return article | {"ledger": ledger}

    def article_numbers(self) -> dict[str, Json]:
        """Return counts by article id."""
        rows = self._engine.read(reader_cypher("article_numbers"))
        return {
            row["id"]: {key: row[key] for key in ARTICLE_COUNTS} | {"disagreements": len(row["disagreements"])}
            for row in rows
        }

    def mentions(self, article_id: str) -> list[Json]:
        """Return every mention in an article, in text order; raise `NotFound` if there is no such article."""
        rows = self._engine.read(reader_cypher("mentions"), {"article": article_id})
        spans = (
            {"entity": row["id"], "type": row["type"], "name": row["name"], "line": line, "start": start, "end": end}
            for row in rows
            for line, start, end in zip(row["lines"], row["starts"], row["ends"], strict=True)
        )
        mentions = sorted(spans, key=lambda span: (span["line"], span["start"], span["end"], span["entity"]))
        if not mentions:
            self.article(article_id)
        return mentions

    def disagreements(self, ids: Sequence[str] | None) -> list[Json]:
        """Return disagreements sorted by id; all of them if `ids` is None."""
        rows = self._engine.read(reader_cypher("disagreements"), {"ids": None if ids is None else list(ids)})
        return sorted((disagreement_json(row) for row in rows), key=lambda item: item["id"])

    def disagreement(self, disagreement_id: str) -> Json:
        """Return one disagreement."""
        matches = self.disagreements([disagreement_id])
        if not matches:
            existing_ids = [item["id"] for item in self.disagreements(None)]
            self._raise_missing(disagreement_id, "disagreement", closest_ids(disagreement_id, existing_ids))
        return matches[0]

    def edges_of(self, statement_ids: Iterable[str]) -> list[Json]:
        """Return the edges that combine the statements, with their status."""
        unique_ids = sorted(set(statement_ids))
        rows = self._engine.read(reader_cypher("edges_of_statements"), {"ids": unique_ids}) if unique_ids else []

        def edge_id(row: Row) -> str:
            return row["edge"]["id"]

        edges: list[Json] = []
        for _, group in groupby(sorted(rows, key=lambda row: (edge_id(row), row["statement"])), key=edge_id):
            edge_rows = list(group)
            summary = edge_summary(edge_rows[0])
            endpoints = {
                "subject": summary["subject"]["id"],
                "predicate": summary["predicate"],
                "object": summary["object"]["id"],
            }
            statements = [row["statement"] for row in edge_rows]
            edges.append(endpoints | {"status": summary["status"], "statements": statements})
        return edges

    def worked_example(self) -> Json | None:
        """Return an example edge of a predicate that states existence, or None."""
        rows = self._engine.read(reader_cypher("worked_example"), {"predicates": list(self._schema.existence)})
        if not rows:
            return None
        row = rows[0]
        return {"subject": row["subject"], "predicate": row["predicate"], "object": row["object"]} | row["edge"]

    def measurements(self, subject: str | None, indicator: str | None, after_id: str | None, limit: int) -> list[Json]:
        """Return a page of measurements."""
        parameters = {
            "subject": subject,
            "indicator": indicator,
            "after": after_id or "",
            "limit": _check_page_size(limit),
        }
        ids = [row["id"] for row in self._engine.read(reader_cypher("measurements"), parameters)]
        if not ids and subject is not None:
            self._must_exist(subject)
        return self.statements(ids)

    def find_statements(
        self, entity: str | None, predicate: str | None, status: str | None, article: str | None
    ) -> list[Json]:
        """Return all statements that fit the filters, by id; read from the entity or the article if there is one."""
        _check_choice("predicate", predicate, self._schema.edges)
        _check_choice("status", status, self._schema.statuses)
        for entity_id in (entity, article):
            if entity_id is not None:
                self._must_exist(entity_id)
        expected = {"predicate": predicate, "status": status, "article": article}
        return [
            statement
            for statement in self._candidates(entity, predicate, status, article)
            if all(statement.get(key) == value for key, value in expected.items() if value is not None)
        ]

    def _candidates(
        self, entity: str | None, predicate: str | None, status: str | None, article: str | None
    ) -> list[Json]:
        """Return the statements of an entity, else those of an article, else those with the predicate and status."""
        if entity is not None:
            return self.all_statements_of(entity)
        name = "statements_by_properties" if article is None else "statements_in_article"
        parameters = {"predicate": predicate, "status": status} if article is None else {"article": article}
        ids = [row["id"] for row in self._engine.read(reader_cypher(name), parameters)]
        pages = (ids[start : start + MAX_PAGE_SIZE] for start in range(0, len(ids), MAX_PAGE_SIZE))
        return [statement for page in pages for statement in self.statements(page)]

    def shared_indicators(self, limit: int) -> list[Json]:
        """Return the indicators measured for several current provinces."""
        return self._engine.read(reader_cypher("shared_indicators"), {"limit": _check_page_size(limit)})

    def dates(self, entity_id: str | None) -> Json:
        """Return the number of statements by source of their date."""
        rows = {row["dated"]: row["statements"] for row in self._engine.read(reader_cypher("dates"), {"id": entity_id})}
        return {date_source: rows.get(date_source, 0) for date_source in ("own", "article", "none")}

    def cards(self, ids: Iterable[str]) -> list[Json]:
        """Return summaries of the existing entities among some ids, sorted by id."""
        unique_ids = sorted(set(ids))
        rows = self._engine.read(reader_cypher("cards"), {"ids": unique_ids}) if unique_ids else []
        return sorted(rows, key=lambda row: row["id"])

    def foreign_names(self) -> dict[str, Json]:
        """Return entities whose name is not Vietnamese, by id."""
        names: dict[str, Json] = {}
        for row in self._engine.read(reader_cypher("foreign_names")):
            vietnamese_names = {
                name["text"]: name["kind"] for name in row["vietnamese"] if name["kind"] in ("name", "translation")
            }
            if row["name"] not in vietnamese_names:
                names[row["id"]] = {
                    "language": min(row["languages"], key=lambda language: (language != "en", language)),
                    "vietnamese": min(vietnamese_names, key=lambda text: (vietnamese_names[text], text), default=None),
                }
        return dict(sorted(names.items()))

    def _sentences(self, article_id: str) -> list[Json]:
        rows = self._engine.read(reader_cypher("sentences"), {"article": article_id})
        return sorted(
            (row["sentence"] for row in rows),
            key=lambda sentence: (sentence["line"], sentence["start"], sentence["end"], sentence["id"]),
        )

    def _ledger_context(self, article_id: str, sentence_id: str) -> list[Json]:
        """Return a sentence of a ledger with the sentences before and after it."""
        sentences = self._sentences(article_id)
        index = next(position for position, sentence in enumerate(sentences) if sentence["id"] == sentence_id)
        return [sentence_json(sentence) for sentence in sentences[max(index - 1, 0) : index + 2]]

    def _kinds(self, entity_type: str | None) -> list[str]:
        node_types = [self._schema.nodes[entity_type]] if entity_type else list(self._schema.nodes.values())
        return sorted(
            {
                kind
                for node_type in node_types
                if "kind" in node_type.properties
                for kind in node_type.properties["kind"].values
            }
        )

    def _resolve_entities(self, query: Query, arguments: RawParameters, parameters: dict[str, Any]) -> None:
        """Replace merged entity ids in `parameters` by their successors; raise `BadParameter` for unknown ids."""
        for name in sorted(arguments):
            value = parameters[name]
            if query.params[name].type != "entity" or value is None:
                continue
            ids = cast(list[str], value if isinstance(value, list) else [value])
            existing_ids = {row["id"] for row in self._engine.read(reader_cypher("known"), {"ids": ids})}
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

    def _must_exist(self, entity_id: str) -> None:
        if not self._engine.read(reader_cypher("known"), {"ids": [entity_id]}):
            self._raise_missing(entity_id)

    def _similar_statement_ids(self, statement_id: str) -> list[str]:
        """Return up to 3 existing statement ids similar to a wrong one, of the same article if it names one."""
        full_id = "statement:" + statement_id.removeprefix("statement:")
        rows = self._engine.read(
            reader_cypher("statement_ids"), {"start": full_id.partition("-")[0], "limit": MAX_PAGE_SIZE}
        )
        ids = [row["id"] for row in rows]
        prefix_matches = [candidate for candidate in ids if "-" in full_id and candidate.startswith(full_id)]
        return list(dict.fromkeys([*prefix_matches, *closest_matches(full_id, ids, min_score=_MIN_SIMILARITY)]))[:3]

    def _raise_missing(self, missing_id: str, object_type: str = "entity", suggestions: Sequence[str] = ()) -> NoReturn:
        """Raise `MergedId`, `RemovedId` or `NotFound` for an id that does not exist."""
        retired = self._engine.read(reader_cypher("retired"), {"id": missing_id})
        if retired and retired[0]["into"]:
            raise MergedId(missing_id, retired[0]["into"])
        if retired:
            raise RemovedId(f"{missing_id} was removed and will not come back")
        if object_type == "entity":
            suggestions = self._search.nearest_ids(missing_id, self._release)
        hint = f"; nearest: {', '.join(suggestions)}" if suggestions else ""
        raise NotFound(f"there is no {object_type} {quote_for_message(missing_id)}{hint}", missing_id, suggestions)


def query_by_name(queries: Mapping[str, Query], name: str) -> Query:
    """Return a query of a catalogue; raise `NotFound` with the most similar names."""
    if name not in queries:
        message = (
            f"there is no query {quote_for_message(name)}{did_you_mean(name, queries)}; there are {', '.join(queries)}"
        )
        raise NotFound(message, name, closest_matches(name, queries))
    return queries[name]


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


def _check_choice(name: str, value: str | None, choices: Iterable[str]) -> None:
    allowed_values = list(choices)
    if value is not None and value not in allowed_values:
        raise BadParameter(
            f"{name}: found {quote_for_message(value)}; expected one of "
            f"{', '.join(allowed_values)}{did_you_mean(value, allowed_values)}"
        )


def _check_page_size(limit: int) -> int:
    if not 1 <= limit <= MAX_PAGE_SIZE:
        raise BadParameter(f"limit: found {limit}; expected a whole number from 1 to {MAX_PAGE_SIZE}")
    return limit
