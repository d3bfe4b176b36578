"""Response models that several routes share, for /openapi.json. Closed lists come from `schema.yaml`.

Endpoints send encoded bytes and do not validate them; a test checks each endpoint against its model.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from ....graph.catalogue.query import TOPICS
from ....graph.model.facts import STATEMENT_KINDS
from ....graph.model.schema import schema
from ....graph.search.search import MATCH_TYPES


def enum_field(values: Iterable[str]) -> Any:
    """Return a field whose values OpenAPI lists as an enum, without validation by pydantic."""
    return Field(json_schema_extra={"enum": list(values)})


_SCHEMA = schema()
_PREDICATES = [key for key, edge in _SCHEMA.edges.items() if not edge.derived]
EntityType = Annotated[str, enum_field(_SCHEMA.nodes)]
Predicate = Annotated[str, enum_field(_PREDICATES)]
Status = Annotated[str, enum_field(_SCHEMA.statuses)]
Basis = Annotated[str, enum_field(_SCHEMA.bases)]
Implementation = Annotated[str, enum_field(_SCHEMA.implementations)]
NameKind = Annotated[str, enum_field(_SCHEMA.name_kinds)]
ValueStatus = Annotated[str, enum_field(_SCHEMA.value_statuses)]
Comparator = Annotated[str, enum_field(_SCHEMA.comparators)]
Unit = Annotated[str, enum_field(_SCHEMA.units)]
ClaimType = Annotated[str, enum_field(_SCHEMA.claim_types)]
DisagreementKind = Annotated[str, enum_field(_SCHEMA.disagreement_kinds)]
DisagreementEffect = Annotated[str, enum_field(_SCHEMA.disagreement_effects)]
Scope = Annotated[str, enum_field(_SCHEMA.scopes)]
SpeakerBasis = Annotated[str, enum_field(_SCHEMA.speaker_bases)]
_DUE_HELP = "By when: a date, a year, an interval (`2026/2030`), or `../2030` for by 2030."
_ALTERNATIVE_HELP = "Ids of what else it may be, where it is one or the other."


class Meta(BaseModel):
    """Release, licence and completeness of a response."""

    release: str = Field(description="Name of the release: made from its content.")
    data_date: str = Field(description="Newest day of publication among the articles.")
    licence: str
    attribution: str
    truncated: bool = Field(description="True when there is more than this answer holds.")


Data = TypeVar("Data")


class Envelope(BaseModel, Generic[Data]):
    """The envelope of every response: the data, its metadata, and the cursor of the next page."""

    data: Data
    meta: Meta
    next: str | None = Field(description="Opaque cursor of the next page; null at the end.")


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(description="Address that explains the code.")
    title: str
    status: int
    detail: str = Field(description="What was found, where, and what was expected.")
    code: str = Field(description="Stable word for this kind of problem.")
    choices: list[dict[str, str]] | None = Field(
        default=None, description="If a name was not resolved: `id` and `name` of what may be meant."
    )


class Name(BaseModel):
    """One name of an entity; `article` is the article that uses it, absent for names from reference tables."""

    text: str
    language: str
    kind: NameKind
    article: str | None = None


class EntitySummary(BaseModel):
    """The id, type, name and status of an entity."""

    id: str
    type: EntityType
    name: str
    status: Status | None = None


class Entity(BaseModel):
    """An entity; the attributes of its type are additional fields."""

    model_config = ConfigDict(extra="allow")
    id: str
    type: EntityType
    labels: list[str]
    name: str
    label: str = Field(description="The name in the language asked for; the main name where there is none.")
    names: list[Name]
    status: Status | None = None
    kind: str | None = None


class EntityEdge(BaseModel):
    """An edge as seen from one of its two entities; the qualifiers of its type are additional fields."""

    model_config = ConfigDict(extra="allow")
    id: str
    predicate: Predicate
    direction: Annotated[str, enum_field(("out", "in"))]
    neighbour: EntitySummary
    status: Status | None = None
    basis: Basis
    as_of: str | None = None
    articles: int = Field(description="Articles that say so; reference tables do not count.")
    origins: int = Field(description="Independent tellings among them.")
    statements: list[str] = Field(description="Ids of the statements that the edge adds up.")
    holds: bool = Field(description="It counts as so: in force, known well enough, and tied closely enough.")
    due: str | None = Field(None, description=_DUE_HELP)
    alternative: list[str] | None = Field(None, description=_ALTERNATIVE_HELP)
    disagreements: list[str] | None = Field(None, description="Ids of the disagreements with one of its statements.")


class Statement(BaseModel):
    """One thing that one passage says: a relation, a measurement or a claim. Fields that do not apply are absent."""

    model_config = ConfigDict(extra="allow")
    id: str
    kind: Annotated[str, enum_field(STATEMENT_KINDS)]
    subject: str
    basis: Basis
    gloss: str = Field(description="What the passage says, in our English.")
    gloss_vi: str | None = Field(None, description="The same in our Vietnamese.")
    predicate: Predicate | None = None
    object: str | None = None
    indicator: str | None = Field(None, description="Key of one of the `indicators` of `/api/v1/schema`.")
    claim_type: ClaimType | None = None
    value: float | str | None = None
    unit: Unit | None = None
    comparator: Comparator | None = None
    value_status: ValueStatus | None = None
    period: str | None = None
    status: Status | None = None
    as_of: str | None = None
    due: str | None = Field(None, description=_DUE_HELP)
    alternative: list[str] | None = Field(None, description=_ALTERNATIVE_HELP)
    scope: Scope | None = Field(None, description="Extent of a merged province that a number is about.")
    speaker: str | None = None
    speaker_basis: SpeakerBasis | None = None
    about: list[str] | None = None
    qualifiers: dict[str, Any] | None = None
    article: str | None = None
    line: int | None = Field(None, description="Line of the article's text, from 1.")
    start: int | None = Field(None, description="First character of the passage in its line, from 0.")
    end: int | None = Field(None, description="Character after the passage.")
    sha256: str | None = Field(None, description="SHA-256 of the passage (NFC, UTF-8).")
    source: str | None = Field(None, description="Reference table, where there is no passage.")
    checked_on: str | None = None


class Reading(BaseModel):
    """One side of a disagreement."""

    statements: list[str]
    gloss: str
    gloss_vi: str | None = None


class Disagreement(BaseModel):
    """A set of statements about the same thing that cannot all be right, grouped into readings."""

    model_config = ConfigDict(extra="allow")
    id: str
    kind: DisagreementKind
    about: list[Any]
    readings: list[Any]
    changes: DisagreementEffect | None = Field(None, description="What the choice of a reading changes.")
    gloss: str | None = None
    gloss_vi: str | None = None
    preferred: int | None = Field(None, description="Index of the preferred reading.")
    reason: str | None = None
    reason_vi: str | None = None


class EntityPage(Entity):
    """An entity with its edges and disagreements."""

    edges: list[EntityEdge]
    disagreements: list[Disagreement]


class SearchHit(EntitySummary):
    """An entity found by a search, with the matched text and the match type."""

    model_config = ConfigDict(extra="allow")
    matched_text: str = Field(description="The name, number, office or other text that led to it.")
    match_type: Annotated[str, enum_field(MATCH_TYPES)] = Field(
        description="Best first. Answers: `name`, `number` as they were typed, but for case, marks and signs; "
        "`variant` another form of a name: a case, an abbreviation, another language, its parts in another order; "
        "`successor` the unit of today of a former province; `office` who holds an office; `words` all words are in a "
        "longer name, subject or address. Suggestions: `prefix` a word begins so; `fuzzy` nearly spelt so; `partial` "
        "has a part of it."
    )
    suggestion: bool = Field(description="True when it is no answer, only what may have been meant.")
    merged_on: str | None = Field(
        None, description="With `successor`: the day since when it is part of the unit of today."
    )


class GraphNode(EntitySummary):
    """A node of a neighbourhood."""

    kind: str | None = Field(None, description="The kind within its type; null if it has none.")
    origins: int | None = None


class GraphEdge(BaseModel):
    """An edge of a neighbourhood."""

    id: str
    subject: str
    predicate: Predicate
    object: str
    status: Status | None = None
    basis: Basis
    as_of: str | None = None
    articles: int
    origins: int
    holds: bool
    statements: list[str] | None = Field(None, description="Ids of the statements that support it.")
    due: str | None = Field(None, description=_DUE_HELP)
    alternative: list[str] | None = Field(None, description=_ALTERNATIVE_HELP)
    operator: bool | None = None
    edition: str | None = None
    implementation: Implementation | None = None
    disagreements: list[str] = Field(description="Ids of those that use one of its statements.")


class Neighbourhood(BaseModel):
    """The neighbourhood of an entity, as a subgraph."""

    model_config = ConfigDict(extra="allow")
    centre: str | None
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    left_out: int = Field(description="Nodes that lie there too but did not fit.")


class Article(BaseModel):
    """A published text."""

    model_config = ConfigDict(extra="allow")
    id: str
    name: str | None = None
    language: str | None = None


class Mention(BaseModel):
    """A span of an article that names an entity."""

    entity: str
    type: EntityType
    name: str
    line: int = Field(description="Line of the article's text, from 1.")
    start: int = Field(description="First character in the line, from 0.")
    end: int = Field(description="Character after the last one.")


class LedgerEntry(BaseModel):
    """One sentence of an article: its position, and its statements or the reason (`none`) why it has none."""

    model_config = ConfigDict(extra="allow")
    id: str
    line: int
    start: int
    end: int
    sha256: str
    none: str | None = None
    statements: list[Statement] | None = None


class ArticlePage(Article):
    """An article with its ledger, which has an entry for every sentence."""

    ledger: list[LedgerEntry]


class BilingualText(BaseModel):
    """A text in English and Vietnamese."""

    en: str
    vi: str


class QueryParameter(BaseModel):
    """A parameter of a catalogue query."""

    name: str
    type: str
    help: BilingualText
    accepts: str = Field(description="What it takes, in words.")
    required: bool
    is_list: bool
    default: Any
    values: list[str] | None = Field(description="The closed list it takes its value from, if there is one.")


class QueryColumn(BaseModel):
    """A column of a catalogue query's rows."""

    name: str
    type: str
    help: BilingualText


class QueryDescription(BaseModel):
    """A catalogue query: its question, parameters, columns, conditions, example and Cypher text."""

    name: str
    title: str
    topic: Annotated[str, enum_field(TOPICS)] = Field(description="What the question is about.")
    question: BilingualText
    parameters: list[QueryParameter]
    returns: list[QueryColumn]
    conditions: list[str] = Field(description="Columns that a row must fulfil to be an answer.")
    example: dict[str, Any]
    cypher: str


class ReleaseInfo(BaseModel):
    """The loaded release."""

    model_config = ConfigDict(extra="allow")
    release: str
    data_date: str
    format: int
    counts: dict[str, int]


class ServiceState(BaseModel):
    """The state of the service, for health and readiness checks."""

    status: Annotated[str, enum_field(("ok", "ready", "loading", "empty", "unavailable"))]
    detail: str | None = None
