"""Response models of the comparison, for /openapi.json."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from .common import (
    Basis,
    ClaimType,
    Comparator,
    DisagreementKind,
    EntitySummary,
    EntityType,
    Predicate,
    Status,
    Unit,
    ValueStatus,
    enum_field,
)


class ComparedEntity(EntitySummary):
    """One of the compared entities, in the order of the request."""

    kind: str | None = None


class EntityName(BaseModel):
    """An entity in a cell: its id and name."""

    id: str
    name: str


class RelatedEntity(EntityName):
    """The entity at the other end of an edge."""

    type: EntityType


class ComparedEdge(BaseModel):
    """An edge of a compared entity; `direction` is from the point of view of that entity."""

    predicate: Predicate
    direction: Annotated[str, enum_field(("out", "in"))]
    status: Status | None
    basis: Basis
    as_of: str | None
    articles: int
    origins: int
    statements: list[str]


class CommonRow(RelatedEntity):
    """An entity to which several compared entities have edges; `cells` has these edges by compared entity."""

    cells: dict[str, list[ComparedEdge]]


class InstrumentItem(EntityName):
    """A fund, centre, policy or model of a province."""

    status: Status
    basis: Basis
    implementation: str | None = Field(description="How a passage ties the province to the policy.")
    statements: list[str]


class InstrumentRow(BaseModel):
    """An instrument: a column of the query `instrument_matrix`. For provinces only."""

    instrument: str
    cells: dict[str, list[InstrumentItem]]


class AttributeRow(BaseModel):
    """An attribute of the entity type, with its value for each compared entity."""

    attribute: str
    cells: dict[str, Any]


class RelationItem(ComparedEdge):
    """An edge with the entity at its other end."""

    neighbour: RelatedEntity


class RelationRow(BaseModel):
    """Edges of one predicate and direction, except those listed under `instruments`."""

    predicate: Predicate
    direction: Annotated[str, enum_field(("out", "in"))]
    cells: dict[str, list[RelationItem]]


class ComparedValue(BaseModel):
    """A measured value; `comparability_notes` lists reasons why it may not be comparable."""

    comparator: Comparator
    value: float | str
    unit: Unit
    value_status: ValueStatus
    period: str | None
    as_of: str | None
    basis: Basis
    comparability_notes: list[str]
    statements: list[str]


class NumberRow(BaseModel):
    """Values of one indicator by entity."""

    indicator: str
    is_comparable: bool = Field(
        description="The values may be compared: one unit, status and time, and no note against it."
    )
    cells: dict[str, list[ComparedValue]]


class ClaimRow(BaseModel):
    """Number of claims of one type by or about each entity."""

    claim_type: ClaimType
    cells: dict[str, int]


class SharedDisagreement(BaseModel):
    """A disagreement about one or more of the compared entities."""

    id: str
    kind: DisagreementKind
    gloss: str | None
    gloss_vi: str | None
    entities: list[str]


class NotStatedCell(BaseModel):
    """Whether an article answers the question; `nearest_entities` has the entities that do, or else come nearest."""

    is_stated: bool
    nearest_entities: list[EntityName]


class NotStatedRow(BaseModel):
    """A question of the query `not_stated`. For current provinces only."""

    question: str
    cells: dict[str, NotStatedCell]


class Comparison(BaseModel):
    """A comparison of entities. `cells` maps entity ids to contents; a missing id means that it is not stated."""

    type: EntityType
    entities: list[ComparedEntity]
    common: list[CommonRow]
    instruments: list[InstrumentRow]
    attributes: list[AttributeRow]
    relations: list[RelationRow]
    numbers: list[NumberRow]
    claims: list[ClaimRow]
    disagreements: list[SharedDisagreement]
    not_stated: list[NotStatedRow]
