"""Response models of the data report, for /openapi.json."""

from pydantic import BaseModel, Field

from .common import EntityType


class StatementCounts(BaseModel):
    """Numbers of statements by kind, predicate, status, basis and language; unused keys of closed lists count 0."""

    total: int
    by_kind: dict[str, int]
    by_predicate: dict[str, int] = Field(description="Statements of relations, by edge type.")
    by_status: dict[str, int]
    without_status: int = Field(description="Measurements, and claims about which no status is said.")
    by_basis: dict[str, int]
    by_language: dict[str, int] = Field(description="By the article's language; reference statements have none.")


class EdgeCounts(BaseModel):
    """Numbers of edges by independent origins; `reference` counts those from reference tables alone."""

    edges: int
    single_origin: int
    several_origins: int
    reference: int


class Edges(BaseModel):
    """Numbers of edges, without mentions."""

    total: int
    single_origin: int
    several_origins: int
    reference: int
    by_type: dict[str, EdgeCounts]
    by_status: dict[str, dict[str, int]] = Field(description="Edges by type, then by status.")


class ResolutionCounts(BaseModel):
    """Numbers of disagreements with and without a preferred reading."""

    unresolved: int = Field(description="No reading is preferred.")
    resolved: int = Field(description="One reading is preferred, with its reason.")


class Disagreements(ResolutionCounts):
    """Numbers of disagreements, in all and by kind."""

    total: int
    by_kind: dict[str, ResolutionCounts]


class TypedEntityName(BaseModel):
    """An entity in a list: its id, type and name."""

    id: str
    type: EntityType
    name: str


class Hub(TypedEntityName):
    """An entity with many edges, and their number."""

    edges: int = Field(description="Edges that articles tell.")
    reference: int = Field(description="Edges from reference tables alone.")


class Orphan(TypedEntityName):
    """An entity without an edge."""

    statements: int = Field(description="Statements that tell of it all the same: measurements and claims.")


class Entities(BaseModel):
    """Numbers of entities by type; hubs, entities without a Vietnamese name of their own, and orphans."""

    total: int
    by_type: dict[str, int]
    hubs: list[Hub]
    without_vietnamese_name: list[TypedEntityName]
    only_translated: list[TypedEntityName] = Field(description="Their only Vietnamese name is our translation.")
    orphans: list[Orphan]


class ArticleCounts(BaseModel):
    """Counts for one article."""

    id: str
    name: str
    language: str
    published: str | None
    sentences: int
    statements: int
    mentions: int = Field(description="Spans in which a name of an entity stands.")
    entities_mentioned: int
    latest_as_of: str | None = Field(description="Latest day that one of its statements is about.")
    by_kind: dict[str, int] = Field(description="Its statements by kind.")
    by_basis: dict[str, int] = Field(description="Its statements by basis.")
    by_status: dict[str, int] = Field(description="Its statements by status, if they have one.")


class IssuedPolicy(BaseModel):
    """A policy with its date of issue."""

    id: str
    name: str
    issued_on: str


class LatestDates(BaseModel):
    """The latest date of a statement, and the policy issued last."""

    as_of: str | None
    policy: IssuedPolicy | None


class DataReport(BaseModel):
    """The content of a release in numbers."""

    release: str
    data_date: str
    statements: StatementCounts
    edges: Edges
    disagreements: Disagreements
    entities: Entities
    articles: list[ArticleCounts]
    latest: LatestDates
