"""Display names of entities and their languages: Vietnamese pages prefer Vietnamese names."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Called(NamedTuple):
    """A name to show on a page, and its language."""

    text: str
    language: str


def called(foreign: Mapping[str, Mapping[str, Any]], language: str, id: str, name: str) -> Called:
    """Return the display name of an entity on a page in a language.

    `foreign_names` are the entities whose main name is not Vietnamese, by id: `{language, vietnamese}`, where
    `vietnamese` is a Vietnamese name if there is one.
    """
    if id not in foreign:
        return Called(name, "vi")
    found = foreign[id]
    if language == "vi" and found["vietnamese"]:
        return Called(found["vietnamese"], "vi")
    return Called(name, found["language"])
