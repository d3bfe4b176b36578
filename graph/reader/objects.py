"""The JSON objects that `Graph` returns, beside those of the release files in `model/objects.py`."""

from typing import NotRequired, TypedDict

from ..model.objects import DisagreementJson, EntityCard, EntityJson, Row, SentenceJson, StatementJson


class NamedId(TypedDict):
    """An entity's id and name."""

    id: str
    name: str


class ReleaseInfo(TypedDict):
    """The stored release; `counts` are those of entities, statements, edges and so on, by name."""

    release: str
    data_date: str
    format: int
    counts: dict[str, int]


class StatementHit(StatementJson):
    """A statement that a search found, and the words, folded, that it shares with the text sought."""

    matched_words: list[str]


class Facets(TypedDict):
    """What an entity can be narrowed by in a list: its kind, and the ids of its provinces and articles."""

    kind: str | None
    provinces: list[str]
    articles: list[str]


class EntityEdge(TypedDict):
    """An edge as seen from one of its entities, with its qualifiers as further keys; `direction` is `out` or `in`."""

    id: str
    predicate: str
    direction: str
    neighbour: EntityCard
    status: str | None
    basis: str
    as_of: str | None
    articles: int
    origins: int
    statements: list[str]
    holds: bool
    due: NotRequired[str]
    alternative: NotRequired[list[str]]
    disagreements: NotRequired[list[str]]


class MentionLines(TypedDict):
    """The lines of an article that mention an entity."""

    article: str
    lines: list[int]


class EntityDetails(EntityJson):
    """An entity with its edges, mentions and disagreements."""

    edges: list[EntityEdge]
    mentions: list[MentionLines]
    disagreements: list[DisagreementJson]


class EntityCounts(EntityCard):
    """The summary of an entity with the numbers of its edges, statements, articles and disagreements."""

    kind: str | None
    city_since: str | None
    relations: int
    statements: int
    articles: int
    disagreements: int


class ForeignName(TypedDict):
    """The language of an entity's name, if not Vietnamese, and a Vietnamese name or None."""

    language: str
    vietnamese: str | None


class ArticleCard(TypedDict):
    """The article that a statement is from."""

    id: str
    title: str
    url: str | None
    language: str


class StatementDetails(StatementJson):
    """A statement with the names of its entities by id, and its article or None."""

    names: dict[str, str]
    published_in: ArticleCard | None


class EdgeSummary(TypedDict):
    """An edge with id and name of both ends, and its qualifiers as further keys."""

    id: str
    subject: NamedId
    predicate: str
    object: NamedId
    status: str | None
    basis: str
    as_of: str | None
    articles: int
    origins: int
    statements: list[str]


class StatementContext(StatementDetails):
    """A statement with the edges that combine it, the disagreements about it, and the sentences around its own."""

    edges: list[EdgeSummary]
    disagreements: list[DisagreementJson]
    ledger: list[SentenceJson]


class StatedEdge(TypedDict):
    """An edge by the ids of its ends, with those of its statements that were asked about."""

    subject: str
    predicate: str
    object: str
    status: str | None
    statements: list[str]


class WorkedExample(TypedDict):
    """An edge that illustrates status, basis, articles and origins."""

    subject: NamedId
    predicate: str
    object: NamedId
    status: str
    basis: str
    as_of: str | None
    articles: int
    origins: int
    statements: list[str]


class IndicatorCount(TypedDict):
    """An indicator with the number of current provinces that it is measured for."""

    indicator: str
    provinces: int


class DateCounts(TypedDict):
    """Numbers of statements whose date is from their own sentence, from the article, or missing."""

    own: int
    article: int
    none: int


class ArticleJson(EntityJson):
    """An article with the numbers of its statements and sentences."""

    statements: int
    sentences: int


class LedgerEntry(TypedDict):
    """A sentence with its statements, or in `none` the reason why it has none; `at` is its `line:start-end`."""

    id: str
    article: str
    line: int
    start: int
    end: int
    sha256: str
    at: str
    statements: NotRequired[list[StatementJson]]
    none: NotRequired[str]


class ArticleDetails(EntityDetails):
    """An article with its ledger, which has an entry for every sentence."""

    ledger: list[LedgerEntry]


class ArticleCounts(TypedDict):
    """Counts of an article; `sentences_with_statements` are those that state something."""

    relations: int
    measurements: int
    claims: int
    sentences_with_statements: int
    entities: int
    disagreements: int


class MentionJson(TypedDict):
    """A span of an article that names an entity: line from 1, characters from 0, `end` exclusive."""

    entity: str
    type: str
    name: str
    line: int
    start: int
    end: int


class GraphNode(EntityCard):
    """A node of a subgraph; `ties` is its number of neighbours in the whole graph, None if not counted.

    `kind` is that within its type, None if it has none. `language` is that of a display name.
    """

    kind: NotRequired[str | None]
    origins: NotRequired[int | None]
    ties: NotRequired[int | None]
    language: NotRequired[str]


class GraphEdge(TypedDict):
    """An edge of a subgraph; `operator`, `edition` and `implementation` are qualifiers.

    `disagreements` are the ids of those that use one of its statements.
    """

    id: str
    subject: str
    predicate: str
    object: str
    status: str | None
    basis: str
    as_of: str | None
    articles: int
    origins: int
    holds: bool
    statements: list[str] | None
    due: NotRequired[str]
    alternative: NotRequired[list[str]]
    operator: NotRequired[bool]
    edition: NotRequired[str]
    implementation: NotRequired[str]
    disagreements: list[str]


class Expansion(TypedDict):
    """The ids that the expansion of an entity added, and the number of its neighbours that did not fit."""

    id: str
    added_ids: list[str]
    left_out: int


class Subgraph(TypedDict):
    """Nodes and the edges between them; `left_out` is the number of nodes beyond the limit.

    `expansions` and `unknown_ids` (ids to expand that are not in it) are there after `Graph.expand`. `near_misses` is
    their number where they are shown because a query has no answers.
    """

    nodes: list[GraphNode]
    edges: list[GraphEdge]
    left_out: int
    centre: str | None
    expansions: NotRequired[list[Expansion]]
    unknown_ids: NotRequired[list[str]]
    near_misses: NotRequired[int]


class PathEdge(GraphEdge):
    """An edge of a step, with its qualifiers as further keys; `direction` is that of the step (`out`) or not (`in`)."""

    direction: str


PathStep = TypedDict("PathStep", {"from": str, "to": str, "edges": list[PathEdge]})
"""A step of a path with the edges between its two entities, best first."""


class EntityPath(TypedDict):
    """A path as its steps."""

    steps: list[PathStep]


class PathEntity(GraphNode):
    """An entity on a path; `hub` says whether paths avoid it."""

    hub: bool


class HubPath(TypedDict):
    """The best path through hubs: its number of steps, and the ids of the hubs on it."""

    steps: int
    hubs: list[str]


class SearchExtent(TypedDict):
    """How far a path search went; `stop_reason` is `edges` or `time` if it ended early."""

    steps: int
    max_steps: int
    entities: int
    edges: int
    hub_edges: int
    stop_reason: str | None


FoundPaths = TypedDict(
    "FoundPaths",
    {
        "from": EntityCard,
        "to": EntityCard,
        "paths": list[EntityPath],
        "entities": list[PathEntity],
        "avoided_hubs": list[EntityCard],
        "through_hubs": HubPath | None,
        "search_extent": SearchExtent,
    },
)
"""The best paths between two entities, and the extent of the search."""


class Paths(FoundPaths):
    """Paths with their statements and the disagreements about these."""

    statements: list[StatementJson]
    disagreements: list[DisagreementJson]


class QueryRows(TypedDict):
    """The answers and near misses of a query; a near miss lists the conditions it `fails`."""

    rows: list[Row]
    near_misses: list[Row]


class QueryAnswer(QueryRows):
    """The rows of a query, the statements that they refer to by id, and the release that all of it is from."""

    evidence: dict[str, StatementJson]
    release: str


class StatementCounts(TypedDict):
    """Numbers of statements in the data report."""

    total: int
    by_kind: dict[str, int]
    by_predicate: dict[str, int]
    by_status: dict[str, int]
    without_status: int
    by_basis: dict[str, int]
    by_language: dict[str, int]


class OriginCounts(TypedDict):
    """Numbers of edges in the data report, by the number of their origins; all of them by type, also with status."""

    total: int
    single_origin: int
    several_origins: int
    reference: int
    by_type: dict[str, dict[str, int]]
    by_status: dict[str, dict[str, int]]


class ResolutionCounts(TypedDict):
    """Numbers of disagreements in the data report, with and without a preferred reading; all of them by kind."""

    total: int
    unresolved: int
    resolved: int
    by_kind: dict[str, dict[str, int]]


class TypedName(NamedId):
    """An entity's id, type and name."""

    type: str


class Hub(TypedName):
    """A well connected entity, with the numbers of its edges from articles and from reference tables alone."""

    edges: int
    reference: int


class Orphan(TypedName):
    """An entity without edges, with the number of its statements."""

    statements: int


class EntityReport(TypedDict):
    """Numbers of entities in the data report, with the best connected, the unnamed and the unconnected ones.

    `only_translated` have no Vietnamese name but our translation.
    """

    total: int
    by_type: dict[str, int]
    hubs: list[Hub]
    without_vietnamese_name: list[TypedName]
    only_translated: list[TypedName]
    orphans: list[Orphan]


class ArticleReport(NamedId):
    """Numbers of an article in the data report; its statements also by kind, basis and status."""

    language: str
    published: str | None
    sentences: int
    statements: int
    mentions: int
    entities_mentioned: int
    latest_as_of: str | None
    by_kind: dict[str, int]
    by_basis: dict[str, int]
    by_status: dict[str, int]


class IssuedPolicy(NamedId):
    """A policy with the day it was issued."""

    issued_on: str


class LatestDates(TypedDict):
    """The latest day that a statement is about, and the latest policy."""

    as_of: str | None
    policy: IssuedPolicy | None


class DataReport(TypedDict):
    """The data report of a release."""

    release: str
    data_date: str
    statements: StatementCounts
    edges: OriginCounts
    disagreements: ResolutionCounts
    entities: EntityReport
    articles: list[ArticleReport]
    latest: LatestDates
