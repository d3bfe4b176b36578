"""The end of a path as somebody typed it: an id, or a name that only one entity has."""

import re
from dataclasses import dataclass
from typing import Any

from ...graph.catalogue.parameters import LONGEST
from ...graph.errors import BadParameter, NotFound
from ...graph.reader.reader import Graph

SURE = ("name", "number")
"""Ways of finding that leave no doubt who is meant, where they find only one."""
CHOICES = 8
"""Most entities that are offered where it is not sure who is meant."""
_ID = re.compile(r"[a-z]+:\S+")


@dataclass(frozen=True, slots=True)
class End:
    """What was typed, and the `entity` it names; without one, `choices` are those it may mean.

    `matched` is the name or number by which it was found, empty for an id; `unknown` tells of an id that does not
    exist, `refusal` why nothing was sought.
    """

    typed: str
    entity: dict[str, Any] | None = None
    matched: str = ""
    choices: tuple[dict[str, Any], ...] = ()
    unknown: bool = False
    refusal: str = ""

    @property
    def known(self) -> str:
        """The id, or what was typed where it is not settled."""
        return self.entity["id"] if self.entity else self.typed


def end_of(graph: Graph, typed: str) -> End:
    """Return the end that a text names; raise `Moved` or `Gone` for an id that was given up."""
    text = typed.strip()[: LONGEST + 1]
    if not _ID.fullmatch(text):
        return _by_name(graph, text)
    if cards := graph.cards([text]):
        return End(text, cards[0])
    try:
        return End(text, graph.entity(text))
    except NotFound as error:
        return End(text, choices=tuple(graph.cards(error.nearest)), unknown=True)


def field_of(graph: Graph, end: End) -> str:
    """Return what stands in the field of an end: what was typed, or for an id the name if nobody else has it."""
    if end.entity is None or end.matched:
        return end.typed
    try:
        named = [hit["id"] for hit in _named(graph, end.entity["name"])]
    except BadParameter:  # nobody can type that name
        return end.typed
    return end.entity["name"] if named == [end.entity["id"]] else end.typed


def _by_name(graph: Graph, text: str) -> End:
    try:
        sure = _named(graph, text)
        if len(sure) == 1:
            return End(text, sure[0], sure[0]["matched"])
        return End(text, choices=tuple(sure or graph.search(text, limit=CHOICES)))
    except BadParameter as error:
        return End(text, refusal=str(error))


def _named(graph: Graph, text: str) -> list[dict[str, Any]]:
    """Return the entities that have just this name or number."""
    return [hit for hit in graph.search(text, exact=True, limit=CHOICES) if hit["how"] in SURE]
