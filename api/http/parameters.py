"""Parameters of a URL: how OpenAPI describes their texts, raw values for queries, the options of a path search."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Depends
from fastapi import Query as InQuery
from starlette.datastructures import QueryParams
from starlette.requests import Request

from ...graph.catalogue.parameters import MAX_TEXT_LENGTH
from ...graph.catalogue.query import Query
from ...graph.model.facts import ENTITY_ID
from ...graph.model.schema import schema
from ...graph.reader.k_shortest import MAX_STEPS
from ...graph.reader.paths import DEFAULT_PATHS, DEFAULT_STEPS, MAX_PATHS, PathOptions

PLAIN_CHARACTER = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]"
"""Pattern of a character of a parameter: no control character or line break."""
NAME_PATTERN = rf"{PLAIN_CHARACTER}*[\p{{L}}\p{{N}}]{PLAIN_CHARACTER}*"
"""Pattern of what can be sought: a letter or digit is among its characters."""


def text_schema(pattern: str, max_length: int | None = MAX_TEXT_LENGTH) -> dict[str, Any]:
    """Return the keywords of the JSON schema of a text, in ECMA-262 as OpenAPI wants it."""
    return {"pattern": f"^(?:{pattern})$"} | ({} if max_length is None else {"maxLength": max_length})


ID_SCHEMA = text_schema(ENTITY_ID.pattern)
PLAIN_SCHEMA = text_schema(f"{PLAIN_CHARACTER}*")
NAME_SCHEMA = text_schema(NAME_PATTERN)
NODE_TYPES = list(schema().nodes)
TypeFilter = Annotated[str | None, InQuery(description="Node type.", json_schema_extra={"enum": NODE_TYPES})]
"""The parameter that limits a list or a search to one type of entity."""
Cursor = Annotated[
    str | None,
    InQuery(
        description="`next` of the page before.",
        json_schema_extra=text_schema("[A-Za-z0-9_-]+", None),
    ),
]
"""The parameter for the next page of a list."""


def list_schema(item_pattern: str, min_items: int = 1, max_items: int | None = None) -> dict[str, Any]:
    """Return the keywords of the JSON schema of a comma-separated list."""
    more = "" if max_items is None else max_items - 1
    return text_schema(f"(?:{item_pattern})(?:,(?:{item_pattern})){{{min_items - 1},{more}}}", None)


def _comma_separated(description: str, example: str, choices: Iterable[str]) -> Any:
    return InQuery(
        description=f"{description} Several with commas.",
        examples=[example],
        json_schema_extra=list_schema("|".join(choices)),
    )


def _path_options(
    k: Annotated[int, InQuery(ge=1, le=MAX_PATHS, description="Paths at most.")] = DEFAULT_PATHS,
    steps: Annotated[int, InQuery(ge=1, le=MAX_STEPS, description="Steps of a path at most.")] = DEFAULT_STEPS,
    hubs: Annotated[
        bool, InQuery(description="Also through hubs: countries, bodies of the centre, whatever has very many edges.")
    ] = False,
    status: Annotated[
        str | None,
        _comma_separated(
            f"Only over edges of this status: {', '.join(schema().statuses)}.",
            "existing,in_progress",
            schema().statuses,
        ),
    ] = None,
    predicate: Annotated[
        str | None,
        _comma_separated(
            "Only over edges of this type; MENTIONS is walked only if it is named.",
            "PART_OF,HOLDS_ROLE",
            schema().edges,
        ),
    ] = None,
    exclude_types: Annotated[
        str | None,
        _comma_separated("Not through entities of this type; the ends may be of it.", "Sector,Model", schema().nodes),
    ] = None,
) -> PathOptions:
    return PathOptions.from_lists(k, steps, hubs, status, predicate, exclude_types)


PathQuery = Annotated[PathOptions, Depends(_path_options)]
"""The options of a path search, read from the query parameters `k`, `steps`, `hubs`, `status`, `predicate`, …."""


def parameter_values(parameters: QueryParams, excluded_names: tuple[str, ...] = ()) -> dict[str, str | list[str]]:
    """Return query parameters by name: a text, or a list of texts if the parameter is repeated."""
    result: dict[str, str | list[str]] = {}
    for name in parameters:
        values = parameters.getlist(name)
        if name not in excluded_names:
            result[name] = values[0] if len(values) == 1 else values
    return result


def values_or_example(request: Request, query: Query) -> dict[str, str | list[str]]:
    """Return the non-empty parameters of a request, without `lang`.

    If there are none and the query has a required parameter without default, return the parameters of its example.
    """
    input_values = {
        name: value for name, value in parameter_values(request.query_params, ("lang",)).items() if value != ""
    }
    if not input_values and any(
        parameter.is_required and parameter.default is None for parameter in query.params.values()
    ):
        return {name: list(value) if isinstance(value, tuple) else value for name, value in query.example.items()}
    return input_values
