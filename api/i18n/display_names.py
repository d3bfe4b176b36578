"""Display names of entities and their languages: Vietnamese pages prefer Vietnamese names."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class DisplayName(NamedTuple):
    """A name to show on a page, and its language."""

    text: str
    language: str


def display_name(foreign_names: Mapping[str, Mapping[str, Any]], language: str, id: str, name: str) -> DisplayName:
    """Return the display name of an entity on a page in a language.

    `foreign_names` are the entities whose main name is not Vietnamese, by id: `{language, vietnamese}`, where
    `vietnamese` is a Vietnamese name if there is one.
    """
    if id not in foreign_names:
        return DisplayName(name, "vi")
    foreign_name = foreign_names[id]
    if language == "vi" and foreign_name["vietnamese"]:
        return DisplayName(foreign_name["vietnamese"], "vi")
    return DisplayName(name, foreign_name["language"])
