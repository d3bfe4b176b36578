"""What is asked for of paths, as an address says it."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from vnkg.graph.best_paths import MOST_STEPS
from vnkg.graph.errors import BadParameter
from vnkg.graph.paths import MOST, USUAL, USUAL_STEPS, Asked
from vnkg.graph.schema import schema


def _words(description: str, example: str) -> Any:
    return Query(description=f"{description} Several with commas.", examples=[example])


K = Annotated[int, Query(ge=1, le=MOST, description="Paths at most.")]
Steps = Annotated[int, Query(ge=1, le=MOST_STEPS, description="Steps of a path at most.")]
Hubs = Annotated[
    bool, Query(description="Also through hubs: countries, bodies of the centre, whatever has very many edges.")
]
Statuses = Annotated[
    str | None, _words(f"Only over edges of this status: {', '.join(schema().statuses)}.", "existing,in_progress")
]
Predicates = Annotated[
    str | None, _words("Only over edges of this type; MENTIONS is walked only if it is named.", "PART_OF,HOLDS_ROLE")
]
Without = Annotated[str | None, _words("Not through entities of this type; the ends may be of it.", "Sector,Model")]


def asked(k: int, steps: int, hubs: bool, status: str | None, predicate: str | None, without: str | None) -> Asked:
    """Return what is asked for; lists are texts with commas."""
    return Asked(k, steps, hubs, _several(status), _several(predicate), _several(without) or ())


def asked_of(given: Mapping[str, str]) -> Asked:
    """Return what the parameters of an address ask for, where these were not read before."""
    hubs = given.get("hubs", "false")
    if hubs not in ("true", "false"):
        raise BadParameter(f"hubs: found {hubs[:40]!r}; expected true or false")
    return asked(
        _number("k", given, USUAL),
        _number("steps", given, USUAL_STEPS),
        hubs == "true",
        *(given.get(name) for name in ("status", "predicate", "without")),
    )


def _number(name: str, given: Mapping[str, str], usual: int) -> int:
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadParameter(f"{name}: found {text[:40]!r}; expected a whole number")
    return int(text)


def _several(text: str | None) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(part.strip() for part in (text or "").split(",") if part.strip()))
    return found or None
