"""The Python interface: what `import vnkg` offers. `vnkg.open` opens a graph, `Graph` answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any, cast

from pydantic import SecretStr

from ..graph.analysis.network import Network, to_networkx
from ..graph.errors import BadParameter
from ..graph.model.objects import Row, StatementJson, passage_of
from ..graph.model.schema import schema
from ..graph.pictures import page
from ..graph.pictures.from_graph import build_picture
from ..graph.pictures.picture import Picture as PictureData
from ..graph.reader.objects import EntityDetails, Paths, ReleaseInfo
from ..graph.reader.paths import PathOptions
from ..graph.reader.reader import Graph as GraphReader
from ..graph.reader.subgraphs import DEFAULT_NODES
from ..loaders import Texts
from ..loaders.database import open_graph, read_settings
from .i18n.language import validate_language
from .presenters.picture_subject import query_subgraph
from .presenters.question_answer import AskAnswer, ask
from .presenters.text_search import TextHits, search_texts
from .service.passages import PassageSearch

ParameterValue = str | int | bool | Sequence[str] | None


class Rows(list[Row]):
    """A list of dictionaries that a notebook shows as a table, with a column for each key."""

    def _repr_html_(self) -> str:
        columns = list(dict.fromkeys(key for row in self for key in row))
        head = "".join(f"<th>{escape(column)}</th>" for column in columns)
        lines = ["".join(f"<td>{escape(_cell_text(row.get(column)))}</td>" for column in columns) for row in self]
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        return f"<table><tr>{head}</tr>{body}</table>" if self else "<p>No rows.</p>"


def _cell_text(value: Any) -> str:
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, cast("Sequence[Any]", value))) or "–"
    return "–" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query of the catalogue.

    `rows` meet all conditions of the query. `near_misses` fail at least one, and name it in `fails`; those that fail
    the fewest come first. Both are dictionaries by column, as `queries/README.md` describes for each query.
    `evidence` has the statements that rows and near misses refer to, by id: dictionaries with `gloss`, `status`,
    `basis`, `as_of`, `article`, `line`, `start`, `end`, and `text`, the passage itself, if the articles' text is
    available and has not changed since, else None. `release` is the id of the release that all of it was read from.
    """

    rows: Rows
    near_misses: Rows
    evidence: Mapping[str, Row]
    release: str

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def evidence_for(self, row: Mapping[str, Any]) -> Rows:
        """Return the statements that one row or near miss refers to."""
        return Rows(self.evidence[key] for key in row.get("statements") or () if key in self.evidence)


class Picture:
    """A drawn subgraph. In a notebook, it shows itself."""

    def __init__(self, picture: PictureData) -> None:
        self._picture = picture

    def svg(self) -> str:
        """Return the picture as an SVG document, with a legend."""
        return page.svg(self._picture, schema())

    def html(self) -> str:
        """Return the interactive picture as one HTML page that works offline."""
        return page.draw(self._picture, schema())

    def to_pyvis(self) -> Any:
        """Return the picture as a `pyvis.network.Network` to go on with: `network.show("picture.html")` in a notebook.

        Places, colours and lines are those of our own page, and the simulation of forces is off. Nodes and edges have
        our ids; an edge also `relation`, `status`, `basis`, `as_of`, `statements` and `disagreements`. Its page
        works offline (it asks for a stylesheet on the net, and does without). Labels may overlap, as pyvis draws them.
        """
        return page.pyvis_network(self._picture, schema())

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the picture to a file that ends in `.svg` or `.html`, else raise `ValueError`; return its path."""
        file = Path(path)
        suffixes = {".svg": self.svg, ".html": self.html}
        if file.suffix not in suffixes:
            raise ValueError(f"{file}: found the ending {file.suffix!r}; expected .svg or .html")
        file.write_text(suffixes[file.suffix](), encoding="utf-8")
        return file

    def _repr_svg_(self) -> str:
        return self.svg()


class Graph(AbstractContextManager["Graph"]):
    """An open graph, made by `vnkg.open`. Closing it ends the embedded engine if this process started it.

    All methods return dictionaries, and lists of them (`Rows`), with the keys of the HTTP API. They raise `VnkgError`
    and its subclasses: an unknown id or query is a `NotFound` that names the closest ones, a value out of range a
    `BadParameter`. Safe for several threads.
    """

    def __init__(self, reader: GraphReader, texts: Texts | None = None) -> None:
        self._reader = reader
        self._texts = texts
        self._passages = None if texts is None else PassageSearch(texts)

    def close(self) -> None:
        """Close the graph."""
        self._reader.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def release(self) -> ReleaseInfo:
        """The release that is loaded: `release` (its id), `data_date`, `format` and `counts`."""
        return self._reader.release()

    @property
    def queries(self) -> dict[str, str]:
        """The question of each query of the catalogue, by name."""
        return {name: query.question("en") for name, query in self._reader.queries.items()}

    def query(self, name: str, /, *, lang: str | None = None, **parameters: ParameterValue) -> Answer:
        """Answer a query of the catalogue; `vnkg query` and `queries/README.md` list them with their parameters.

        An entity may be given by its id or its name. `lang` (`en` or `vi`) is the language of names in the columns
        `X_name`, where there is one in it. Without it they are the main names.
        """
        validate_language(lang)
        result = self._reader.query_with_evidence(name, _raw_parameters(parameters), lang)
        evidence = {key: self._with_text(statement) for key, statement in result["evidence"].items()}
        return Answer(Rows(result["rows"]), Rows(result["near_misses"]), evidence, result["release"])

    def ask(self, question: str, *, lang: str = "en") -> AskAnswer:
        """Answer a question in words: which `query` with which `parameters`, its `reading`, and the `answer`.

        In English, Vietnamese, French, German, Indonesian or Swedish; `lang` (`en` or `vi`) is the language of reading,
        `sentence` and names. `confidence` is `exact`, `likely` or `none`, `alternatives` are other readings. If the
        question leaves open what it is about, `ask_back` says so, and `answer` is None.
        """
        return ask(self._reader, question, validate_language(lang) or "en")

    def entity(self, id: str) -> EntityDetails:
        """Return an entity with its names, `edges`, `mentions` and `disagreements`."""
        return self._reader.entity(id)

    def search(self, text: str, type: str | None = None, limit: int = 20) -> Rows:
        """Return the entities that a text may name, best first: `id`, `type`, `name`, `status`, `match_type`, …."""
        return _rows(self._reader.search(text, type=type, limit=limit))

    def search_texts(self, text: str, limit: int = 20) -> TextHits:
        """Return the `statements` and `passages` that share most with a text, the best first, at most `limit` of each.

        Statements are sought in their glosses and in the names of their entities, passages in the articles' own words;
        `passages` is None without a folder of texts. Each has its `matched_words`.
        """
        return search_texts(self._reader, self._passages, text, limit)[0]

    def statements(
        self,
        entity: str | None = None,
        predicate: str | None = None,
        status: str | None = None,
        article: str | None = None,
    ) -> Rows:
        """Return the statements that fit all filters, sorted by id, each with `text` as in `Answer.evidence`.

        `entity` is subject, object, speaker or topic. Without any filter these are all statements of the graph.
        """
        statements = self._reader.find_statements(entity, predicate, status, article)
        return Rows(map(self._with_text, statements))

    def paths(self, start: str, end: str, k: int = 5) -> Paths:
        """Return the `k` best paths between two entities: `paths` with their `steps`, `entities`, `statements`, …."""
        return self._reader.paths(start, end, PathOptions(k=k))

    def disagreements(self) -> Rows:
        """Return all disagreements with their `readings`, sorted by id; `about` has the ids of their entities."""
        return _rows(self._reader.disagreements())

    def picture(
        self,
        entity: str | Sequence[str] | None = None,
        query: str | None = None,
        depth: int = 1,
        borders: bool = False,
        **parameters: ParameterValue,
    ) -> Picture:
        """Return a picture of an entity's neighbourhood, of several entities, of a query's answer, or of all.

        `depth` counts edges from one entity. A query, with its `parameters`, is drawn as the entities of its rows, or
        of its near misses if it has no rows. Without entity and query, the best connected entities are drawn. Raises
        `BadParameter` if both are given or `depth` is out of range. `borders` draws those between provinces as well.
        """
        if entity is not None and query is not None:
            raise BadParameter("picture: found an entity and a query; expected one of them")
        title, predicates = "", None if borders else self._reader.schema.drawn_edge_types
        if query is not None:
            declared_query = self._reader.query_by_name(query)
            title = declared_query.title
            subgraph = query_subgraph(
                self._reader, declared_query, _raw_parameters(parameters), DEFAULT_NODES, predicates
            )
        elif isinstance(entity, str):
            subgraph = self._reader.neighbourhood(entity, depth=depth, predicates=predicates)
        elif entity is not None:
            subgraph = self._reader.induced_subgraph(set(entity), predicates=predicates)
        else:
            subgraph = self._reader.best_connected(predicates=predicates)
        return Picture(build_picture(subgraph, self._reader.schema, title=title))

    def to_networkx(self) -> Network:
        """Return all entities and edges as a networkx graph: ids as nodes, edge ids as keys, the rest as attributes."""
        return to_networkx(self._reader.whole())

    def cypher(self, text: str, **parameters: Any) -> Rows:
        """Run a reading Cypher query of your own and return its rows; it cannot write on the embedded engine.

        The graph's structure is described in `graph/README.md`. On a Neo4j, use an account that may only read.
        """
        return Rows(self._reader.engine.read(text, parameters))

    def _with_text(self, statement: StatementJson) -> Row:
        passage, text = passage_of(statement), None
        if passage is not None and self._texts is not None and self._texts.has(passage.article):
            is_unchanged = self._texts.passage_error(passage) is None
            text = self._texts.passage_text(passage) if is_unchanged else None
        return {**statement, "text": text}


def _rows(objects: Iterable[Mapping[str, Any]]) -> Rows:
    return Rows(map(dict, objects))


def _raw_parameters(parameters: Mapping[str, ParameterValue]) -> dict[str, str | list[str]]:
    """Return parameters as text, as in a URL; those that are None are left out."""
    texts: dict[str, str | list[str]] = {}
    for name, value in parameters.items():
        if isinstance(value, str | bool | int):
            texts[name] = str(value).lower() if isinstance(value, bool) else str(value)
        elif value is not None:
            texts[name] = [str(item) for item in value]
    return texts


def open(
    source: str | PathLike[str] | None = None,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    articles: str | PathLike[str] | None = None,
) -> Graph:
    """Open a graph; use it as a context manager, or close it.

    `source` is a folder of the embedded engine (it is created, with the built-in facts, if it does not exist) or the
    address of a Neo4j that `vnkg load` has filled (`bolt://host:7687`, `neo4j+s://host`). Without it, the environment
    decides as for the `vnkg` command: `NEO4J_URI` for a Neo4j, else `VNKG_DATA` for the folder, else `.vnkg`.
    `username`, `password` and `database` default to `NEO4J_USERNAME`, `NEO4J_PASSWORD` and `NEO4J_DATABASE`.
    `articles` is the folder with the articles' text, for passages (`VNKG_ARTICLES`).
    """
    settings = read_settings()
    changes: dict[str, Any] = {}
    if source is not None:
        is_server = "://" in str(source)
        changes |= {"neo4j_uri": str(source)} if is_server else {"neo4j_uri": None, "data": Path(source)}
    login = {"neo4j_username": username, "neo4j_database": database}
    changes |= {key: value for key, value in login.items() if value is not None}
    if password is not None:
        changes["neo4j_password"] = SecretStr(password)
    if articles is not None:
        changes["articles"] = Path(articles)
    settings = settings.model_copy(update=changes)
    texts = Texts(settings.articles) if settings.articles else None
    return Graph(open_graph(settings), texts)
