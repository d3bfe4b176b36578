"""Shape of the data report, for /openapi.json."""

from pydantic import BaseModel, Field

from .common import EntityType


class StatementCounts(BaseModel):
    """Statements by what they are and where they come from; a word that none has counts 0."""

    total: int
    by_kind: dict[str, int]
    by_predicate: dict[str, int] = Field(description="Statements of relations, by edge type.")
    by_status: dict[str, int]
    without_status: int = Field(description="Measurements, and claims about which no status is said.")
    by_basis: dict[str, int]
    by_language: dict[str, int] = Field(description="By the article's language; reference statements have none.")


class EdgeCounts(BaseModel):
    """Edges by how many independent origins tell them; reference knowledge is no telling."""

    edges: int
    single_origin: int
    several_origins: int
    reference: int


class Edges(BaseModel):
    """Edges, mentions apart."""

    total: int
    single_origin: int
    several_origins: int
    reference: int
    by_type: dict[str, EdgeCounts]


class Settled(BaseModel):
    """Disagreements with and without a preferred reading."""

    open: int = Field(description="No reading is preferred.")
    settled: int = Field(description="One reading is preferred, with its reason.")


class Disagreements(Settled):
    """Disagreements by kind."""

    total: int
    by_kind: dict[str, Settled]


class TypedEntityName(BaseModel):
    """An entity that a list names."""

    id: str
    type: EntityType
    name: str


class Hub(TypedEntityName):
    """An entity with many edges."""

    edges: int = Field(description="Edges that articles tell.")
    reference: int = Field(description="Edges from reference tables alone.")


class Orphan(TypedEntityName):
    """An entity without an edge."""

    statements: int = Field(description="Statements that tell of it all the same: measurements and claims.")


class Entities(BaseModel):
    """Entities by type, the best connected, and what is missing."""

    total: int
    by_type: dict[str, int]
    hubs: list[Hub]
    without_vietnamese_name: list[TypedEntityName]
    orphans: list[Orphan]


class ArticleCounts(BaseModel):
    """What one article gave."""

    id: str
    name: str
    language: str
    published: str | None
    sentences: int
    statements: int
    mentions: int = Field(description="Spans in which a name of an entity stands.")
    entities_mentioned: int
    latest_as_of: str | None = Field(description="Latest day that one of its statements is about.")


class IssuedPolicy(BaseModel):
    """A policy with its day."""

    id: str
    name: str
    issued_on: str


class Latest(BaseModel):
    """Last dates."""

    as_of: str | None
    policy: IssuedPolicy | None


class DataReport(BaseModel):
    """What a release holds, in numbers."""

    release: str
    data_date: str
    statements: StatementCounts
    edges: Edges
    disagreements: Disagreements
    entities: Entities
    articles: list[ArticleCounts]
    latest: Latest
