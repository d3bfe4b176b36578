"""What entities are called on a page, and in which language that is: in Vietnamese where they have such a name."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Called(NamedTuple):
    """A name as a page shows it."""

    text: str
    language: str


def called(foreign: Mapping[str, Mapping[str, Any]], language: str, id: str, name: str) -> Called:
    """Return how a page in a language names an entity; `foreign` are the names that are not Vietnamese, by id."""
    if id not in foreign:
        return Called(name, "vi")
    found = foreign[id]
    if language == "vi" and found["vietnamese"]:
        return Called(found["vietnamese"], "vi")
    return Called(name, found["language"])
