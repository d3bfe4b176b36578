"""Shape of a comparison, for /openapi.json."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from .common import (
    Basis,
    ClaimType,
    Comparator,
    DisagreementKind,
    EntityType,
    Predicate,
    Short,
    Status,
    Unit,
    ValueStatus,
    closed,
)


class ComparedEntity(Short):
    """One of the entities, in the order asked for."""

    kind: str | None = None


class EntityName(BaseModel):
    """An entity that a cell names."""

    id: str
    name: str


class Other(EntityName):
    """The other end of an edge."""

    type: EntityType


class Tie(BaseModel):
    """An edge of one of the entities; `direction` is seen from it."""

    predicate: Predicate
    direction: Annotated[str, closed(("out", "in"))]
    status: Status | None
    basis: Basis
    as_of: str | None
    articles: int
    origins: int
    statements: list[str]


class CommonRow(Other):
    """What several of them are tied to, by entity."""

    cells: dict[str, list[Tie]]


class HeldItem(EntityName):
    """A fund, centre, policy or model of a province."""

    status: Status
    basis: Basis
    tie: str | None = Field(description="How a passage ties the province to the policy.")
    statements: list[str]


class InstrumentRow(BaseModel):
    """A column of the query `instrument_matrix`; for provinces."""

    instrument: str
    cells: dict[str, list[HeldItem]]


class AttributeRow(BaseModel):
    """An attribute of the type."""

    attribute: str
    cells: dict[str, Any]


class RelationItem(Tie):
    """An edge with its other end."""

    other: Other


class RelationRow(BaseModel):
    """Edges of one type and direction, without those that stand among the instruments."""

    predicate: Predicate
    direction: Annotated[str, closed(("out", "in"))]
    cells: dict[str, list[RelationItem]]


class ComparedValue(BaseModel):
    """A value of an indicator; `caution` says why it may not be compared."""

    comparator: Comparator
    value: float | str
    unit: Unit
    value_status: ValueStatus
    period: str | None
    as_of: str | None
    basis: Basis
    caution: list[str]
    statements: list[str]


class NumberRow(BaseModel):
    """Values of an indicator by entity."""

    indicator: str
    aligned: bool = Field(description="The values may be compared: one unit, status and time, and no caution.")
    cells: dict[str, list[ComparedValue]]


class ClaimRow(BaseModel):
    """How many claims of a type are by or about each."""

    claim_type: ClaimType
    cells: dict[str, int]


class SharedDisagreement(BaseModel):
    """A disagreement about one or more of them."""

    id: str
    kind: DisagreementKind
    gloss: str | None
    entities: list[str]


class OpenCell(BaseModel):
    """Whether an article states what is asked; `nearest` are the things that say so, or else come nearest."""

    stated: bool
    nearest: list[EntityName]


class OpenRow(BaseModel):
    """A question of the query `not_stated`; for provinces of today."""

    question: str
    cells: dict[str, OpenCell]


class Comparison(BaseModel):
    """Entities side by side: `cells` hold by id what stands there; where an id is missing, it is not stated."""

    type: EntityType
    entities: list[ComparedEntity]
    common: list[CommonRow]
    instruments: list[InstrumentRow]
    attributes: list[AttributeRow]
    relations: list[RelationRow]
    numbers: list[NumberRow]
    claims: list[ClaimRow]
    disagreements: list[SharedDisagreement]
    not_stated: list[OpenRow]
