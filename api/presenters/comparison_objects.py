"""The JSON objects of a comparison. `cells` maps the ids of the compared entities to what is stated of each."""

from typing import Any, NotRequired, TypedDict

from ...graph.reader.objects import NamedId, TypedName


class ComparedCard(TypedName):
    """One of the compared entities."""

    kind: NotRequired[str]
    status: NotRequired[str]


class EdgeCell(TypedDict):
    """An edge of a compared entity, seen from it."""

    predicate: str
    direction: str
    status: str | None
    basis: str
    as_of: str | None
    articles: int
    origins: int
    statements: list[str]


class RelationCell(EdgeCell):
    """An edge of a compared entity with the entity at its other end."""

    neighbour: TypedName


class CommonRow(TypedName):
    """An entity to which several compared entities have edges."""

    cells: dict[str, list[EdgeCell]]


class InstrumentCell(NamedId):
    """An instrument of a province; `implementation` says how explicitly a passage ties the province to the policy."""

    status: str
    basis: str
    implementation: str | None
    statements: list[str]


class InstrumentRow(TypedDict):
    """A column of the instrument matrix."""

    instrument: str
    cells: dict[str, list[InstrumentCell]]


class AttributeRow(TypedDict):
    """An attribute of the entity type."""

    attribute: str
    cells: dict[str, Any]


class RelationRow(TypedDict):
    """The edges of one predicate and direction."""

    predicate: str
    direction: str
    cells: dict[str, list[RelationCell]]


class ValueCell(TypedDict):
    """A measured value; `comparability_notes` says why it may not be comparable."""

    comparator: str | None
    value: float | int | str | None
    unit: str | None
    value_status: str | None
    period: str | None
    as_of: str | None
    basis: str
    comparability_notes: list[str]
    statements: list[str]


class NumberRow(TypedDict):
    """Values of one indicator, which are comparable or not."""

    indicator: str
    is_comparable: bool
    cells: dict[str, list[ValueCell]]


class ClaimRow(TypedDict):
    """Numbers of claims of one type."""

    claim_type: str
    cells: dict[str, int]


class SharedDisagreement(TypedDict):
    """A disagreement about some of the compared entities."""

    id: str
    kind: str
    gloss: str | None
    gloss_vi: str | None
    entities: list[str]


class NotStatedCell(TypedDict):
    """Whether an article answers a question, and the entities that do or come nearest."""

    is_stated: bool
    nearest_entities: list[NamedId]


class NotStatedRow(TypedDict):
    """A question of the query `not_stated`."""

    question: str
    cells: dict[str, NotStatedCell]


class Comparison(TypedDict):
    """A comparison of entities of one type."""

    type: str
    entities: list[ComparedCard]
    common: list[CommonRow]
    instruments: list[InstrumentRow]
    attributes: list[AttributeRow]
    relations: list[RelationRow]
    numbers: list[NumberRow]
    claims: list[ClaimRow]
    disagreements: list[SharedDisagreement]
    not_stated: list[NotStatedRow]
