"""Resolve typed text to an entity: an id, or a name that only one entity has."""

import re
from dataclasses import dataclass
from typing import Any

from ...graph.catalogue.parameters import LONGEST
from ...graph.errors import BadParameter, NotFound
from ...graph.reader.reader import Graph

SURE = ("name", "number")
"""Match types that identify an entity if there is a single hit."""
CHOICES = 8
"""Maximum number of entities offered if the text is ambiguous."""
_ID = re.compile(r"[a-z]+:\S+")


@dataclass(frozen=True, slots=True)
class End:
    """Typed text and the `entity` it resolves to; if there is none, `choices` are the entities it may mean.

    `matched_name` is the name or number that matched, empty for an id. `is_unknown_id`: the text is an id that does not
    exist. `error_message` says why the text could not be searched.
    """

    typed: str
    entity: dict[str, Any] | None = None
    matched: str = ""
    choices: tuple[dict[str, Any], ...] = ()
    unknown: bool = False
    refusal: str = ""

    @property
    def known(self) -> str:
        """The id of the entity, or the typed text if it is not resolved."""
        return self.entity["id"] if self.entity else self.typed


def end_of(graph: Graph, typed: str) -> End:
    """Resolve an id or a name; raise `Moved` or `Gone` for a merged or removed id."""
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
    """Return the text for the input field: the typed text, or for an id the entity's name if it is unique."""
    if end.entity is None or end.matched:
        return end.typed
    try:
        named = [hit["id"] for hit in _named(graph, end.entity["name"])]
    except BadParameter:  # the name cannot be searched
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
    """Return the entities with exactly this name or number."""
    return [hit for hit in graph.search(text, exact=True, limit=CHOICES) if hit["how"] in SURE]
