"""What entities are called on a page, and in which language that is: in Vietnamese where they have such a name."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vnkg.graph.reader import Graph


class Called(NamedTuple):
    """A name as a page shows it."""

    text: str
    language: str


@dataclass(slots=True)
class Naming:
    """The names that are not Vietnamese, read once a release."""

    _known: tuple[str, dict[str, dict[str, Any]]] = field(default=("", {}))

    def called(self, graph: Graph, release: str, language: str, id: str, name: str) -> Called:
        """Return how a page in a language names an entity whose own name is given."""
        known, foreign = self._known
        if known != release:
            foreign = graph.foreign_names()
            self._known = (release, foreign)
        if id not in foreign:
            return Called(name, "vi")
        found = foreign[id]
        if language == "vi" and found["vietnamese"]:
            return Called(found["vietnamese"], "vi")
        return Called(name, found["language"])
