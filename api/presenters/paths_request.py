"""Parse the options of a path search from the query parameters of a URL."""

from collections.abc import Mapping

from ...graph.errors import BadParameter
from ...graph.reader.paths import DEFAULT_PATHS, DEFAULT_STEPS, PathOptions


def path_options_from_query(query_params: Mapping[str, str]) -> PathOptions:
    """Parse the options of a path search from unvalidated query parameters; raises `BadParameter`."""
    hubs = query_params.get("hubs", "false")
    if hubs not in ("true", "false"):
        raise BadParameter(f"hubs: found {hubs[:40]!r}; expected true or false")
    return PathOptions.from_lists(
        _parse_number("k", query_params, DEFAULT_PATHS),
        _parse_number("steps", query_params, DEFAULT_STEPS),
        hubs == "true",
        *(query_params.get(name) for name in ("status", "predicate", "exclude_types")),
    )


def _parse_number(name: str, query_params: Mapping[str, str], default: int) -> int:
    text = query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadParameter(f"{name}: found {text[:40]!r}; expected a whole number")
    return int(text)
