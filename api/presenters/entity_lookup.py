"""Resolve typed text to an entity: an id, or a name that only one entity has."""

import re
from dataclasses import dataclass

from ...graph.catalogue.parameters import MAX_TEXT_LENGTH
from ...graph.errors import BadParameter, NotFound
from ...graph.model.objects import EntityCard, EntityJson
from ...graph.reader.reader import Graph
from ...graph.search.search import SearchHit

EXACT_MATCH_TYPES = ("name", "number")
"""Match types that identify an entity if there is a single hit."""
MAX_CHOICES = 8
"""Maximum number of entities offered if the text is ambiguous."""
_LOOKS_LIKE_ID = re.compile(r"[a-z]+:\S+")


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """Typed text and the `entity` it resolves to; if there is none, `choices` are the entities it may mean.

    `matched_name` is the name or number that matched, empty for an id. `is_unknown_id`: the text is an id that does not
    exist. `error_message` says why the text could not be searched.
    """

    input_text: str
    entity: EntityCard | EntityJson | None = None
    matched_name: str = ""
    choices: tuple[EntityCard, ...] = ()
    is_unknown_id: bool = False
    error_message: str = ""

    @property
    def id_or_input(self) -> str:
        """The id of the entity, or the typed text if it is not resolved."""
        return self.entity["id"] if self.entity else self.input_text


def resolve_entity(graph: Graph, input_text: str) -> ResolvedEntity:
    """Resolve an id or a name; raise `MergedId` or `RemovedId` for a merged or removed id."""
    text = input_text.strip()[: MAX_TEXT_LENGTH + 1]
    if not _LOOKS_LIKE_ID.fullmatch(text):
        return _resolve_name(graph, text)
    if cards := graph.cards([text]):
        return ResolvedEntity(text, cards[0])
    try:
        return ResolvedEntity(text, graph.entity(text))
    except NotFound as error:
        return ResolvedEntity(text, choices=tuple(graph.cards(error.suggestions)), is_unknown_id=True)


def field_text(graph: Graph, resolved_entity: ResolvedEntity) -> str:
    """Return the text for the input field: the typed text, or for an id the entity's name if it is unique."""
    if resolved_entity.entity is None or resolved_entity.matched_name:
        return resolved_entity.input_text
    try:
        matching_ids = [hit["id"] for hit in _exact_matches(graph, resolved_entity.entity["name"])]
    except BadParameter:  # the name cannot be searched
        return resolved_entity.input_text
    return (
        resolved_entity.entity["name"] if matching_ids == [resolved_entity.entity["id"]] else resolved_entity.input_text
    )


def _resolve_name(graph: Graph, text: str) -> ResolvedEntity:
    try:
        exact_matches = _exact_matches(graph, text)
        if len(exact_matches) == 1:
            return ResolvedEntity(text, exact_matches[0], exact_matches[0]["matched_text"])
        return ResolvedEntity(text, choices=tuple(exact_matches or graph.search(text, limit=MAX_CHOICES)))
    except BadParameter as error:
        return ResolvedEntity(text, error_message=str(error))


def _exact_matches(graph: Graph, text: str) -> list[SearchHit]:
    """Return the entities with exactly this name or number."""
    return [hit for hit in graph.search(text, exact=True, limit=MAX_CHOICES) if hit["match_type"] in EXACT_MATCH_TYPES]
