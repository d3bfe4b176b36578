"""Parse the options of a path search from the query parameters of a URL."""

from collections.abc import Mapping

from ...graph.errors import BadParameter
from ...graph.reader.paths import USUAL, USUAL_STEPS, Asked


def asked(k: int, steps: int, hubs: bool, status: str | None, predicate: str | None, without: str | None) -> Asked:
    """Return the options of a path search; `status`, `predicate` and `avoided_ids` are comma-separated lists."""
    return Asked(k, steps, hubs, _several(status), _several(predicate), _several(without) or ())


def asked_of(given: Mapping[str, str]) -> Asked:
    """Parse the options of a path search from unvalidated query parameters; raises `BadParameter`."""
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
