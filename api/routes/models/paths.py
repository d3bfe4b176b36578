"""Response models of path searches, for /openapi.json."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ....graph.model.schema import schema
from .common import Basis, Disagreement, EntitySummary, GraphNode, Implementation, Statement, Status, enum_field

EdgeType = Annotated[str, enum_field(schema().edges)]


class PathEdge(BaseModel):
    """An edge of a step; the qualifiers of its type are additional fields."""

    model_config = ConfigDict(extra="allow")
    id: str
    subject: str
    predicate: EdgeType
    object: str
    direction: Annotated[str, enum_field(("out", "in"))] = Field(
        description="`out`: told of where the step comes from (its subject), `in`: told of where it leads."
    )
    status: Status | None = None
    basis: Basis | None = None
    as_of: str | None = None
    holds: bool | None = Field(None, description="Whether it counts as so: in force, and not only by the context.")
    due: str | None = Field(None, description="By when it is to be so, as in `../2030`.")
    alternative: list[str] | None = Field(None, description="Ids of what else it may be.")
    operator: bool | None = None
    edition: str | None = None
    implementation: Implementation | None = None
    articles: int | None = Field(None, description="Articles that say so; reference tables do not count.")
    origins: int | None = Field(None, description="Independent tellings among them.")
    statements: list[str] | None = Field(None, description="Ids of the statements that the edge adds up.")
    disagreements: list[str] = Field(description="Ids of the disagreements that have one of these statements.")


class Step(BaseModel):
    """A step from one entity to the next, with all edges between the two, best first."""

    from_: str = Field(alias="from")
    to: str
    edges: list[PathEdge]


class Path(BaseModel):
    """A path: a chain of steps that visits no entity twice."""

    steps: list[Step]


class PathEntity(GraphNode):
    """An entity on a path."""

    hub: bool = Field(description="Whether it ties so much together that paths avoid it.")


class HubPath(BaseModel):
    """The length and hubs of a path that leads through hubs."""

    steps: int
    hubs: list[str] = Field(description="Ids of the hubs on it.")


class SearchExtent(BaseModel):
    """The extent of a path search, and why it stopped early if it did."""

    steps: int = Field(description="All paths of at most so many steps were considered.")
    max_steps: int = Field(description="Steps at most, as asked.")
    entities: int = Field(description="Entities that were reached.")
    edges: int = Field(description="Edges that were looked at.")
    hub_edges: int = Field(description="Edges above which an entity is a hub.")
    stop_reason: Annotated[str, enum_field(("edges", "time"))] | None = Field(
        description="Why the search ended early: too many edges, or no more time. Then better paths may be missing."
    )


class Paths(BaseModel):
    """The best paths between two entities, best first."""

    from_: EntitySummary = Field(alias="from")
    to: EntitySummary
    paths: list[Path]
    entities: list[PathEntity] = Field(description="The ends, and every entity on the paths.")
    avoided_hubs: list[EntitySummary] = Field(description="Hubs that no path was led through.")
    through_hubs: HubPath | None = Field(description="The best path through hubs, where there is none without.")
    search_extent: SearchExtent
    statements: list[Statement] = Field(description="What the edges rest on.")
    disagreements: list[Disagreement] = Field(description="Those that the edges name.")
