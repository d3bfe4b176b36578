"""Query parameters of a URL: raw values for catalogue queries, typed and described ones for path searches."""

from typing import Annotated, Any

from fastapi import Query as InQuery
from starlette.datastructures import QueryParams
from starlette.requests import Request

from ...graph.catalogue.query import Query
from ...graph.model.schema import schema
from ...graph.reader.k_shortest import MOST_STEPS
from ...graph.reader.paths import MOST


def _words(description: str, example: str) -> Any:
    return InQuery(description=f"{description} Several with commas.", examples=[example])


K = Annotated[int, InQuery(ge=1, le=MOST, description="Paths at most.")]
Steps = Annotated[int, InQuery(ge=1, le=MOST_STEPS, description="Steps of a path at most.")]
Hubs = Annotated[
    bool, InQuery(description="Also through hubs: countries, bodies of the centre, whatever has very many edges.")
]
Statuses = Annotated[
    str | None, _words(f"Only over edges of this status: {', '.join(schema().statuses)}.", "existing,in_progress")
]
Predicates = Annotated[
    str | None, _words("Only over edges of this type; MENTIONS is walked only if it is named.", "PART_OF,HOLDS_ROLE")
]
Without = Annotated[str | None, _words("Not through entities of this type; the ends may be of it.", "Sector,Model")]


def given_of(parameters: QueryParams, leave_out: tuple[str, ...] = ()) -> dict[str, str | list[str]]:
    """Return query parameters by name: a text, or a list of texts if the parameter is repeated."""
    found: dict[str, str | list[str]] = {}
    for name in parameters:
        values = parameters.getlist(name)
        if name not in leave_out:
            found[name] = values[0] if len(values) == 1 else values
    return found


def given_or_example(request: Request, asked: Query) -> dict[str, str | list[str]]:
    """Return the non-empty parameters of a request, without `lang`.

    If there are none and the query has a required parameter without default, return the parameters of its example.
    """
    given = {name: value for name, value in given_of(request.query_params, ("lang",)).items() if value != ""}
    if not given and any(parameter.required and parameter.default is None for parameter in asked.params.values()):
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asked.example.items()}
    return given
