"""Resolve a name given where a query takes an entity: by exact answers of the search only, never by a suggestion."""

from collections.abc import Sequence

from ..catalogue.parameters import Parameter
from ..errors import AmbiguousName, UnresolvedName
from ..messages import closest_matches, quote_for_message
from ..model.folding import folded_words
from ..model.schema import Schema
from ..search.search import Search

EXACT_MATCH_TYPES = (("name", "number"), ("variant",))
"""Match types that identify an entity; the second group counts only if the first has no hit.

Not among them: `office`, because the holder changes; `successor`, because a former province is meant as itself; and
`words`, because the text is only a part of a name.
"""
MAX_CHOICES = 8
"""Maximum number of entities that a refusal names."""
MIN_SIMILARITY = 70
"""Lowest similarity (0 to 100) of a name and an id that a refusal names."""


def resolve_name(search: Search, release: str, schema: Schema, parameter: Parameter, name: str) -> str:
    """Return the id of the only entity of the parameter's types that has a name, in any spelling.

    Raises `AmbiguousName` if several have it, `UnresolvedName` with the nearest if none has.
    """
    hits = [
        hit
        for node_type in parameter.node_types or (None,)
        for hit in search.find(name, release=release, exact=False, node_type=node_type, limit=MAX_CHOICES + 1)
    ]
    for match_types in EXACT_MATCH_TYPES:
        exact_hits = [hit for hit in hits if hit["match_type"] in match_types]
        if len(exact_hits) == 1:
            return exact_hits[0]["id"]
        if exact_hits:
            choices = [(hit["id"], hit["name"]) for hit in exact_hits]
            raise AmbiguousName(
                f"{parameter.name}: {quote_for_message(name)} fits {len(exact_hits)} things: "
                f"{_list_choices(choices)}; expected the id of one",
                parameter.name,
                name,
                choices[:MAX_CHOICES],
            )
    types = " or ".join(schema.nodes[node_type].en for node_type in parameter.node_types)
    nearest = [(hit["id"], hit["name"]) for hit in hits] or _similar_ids(search, release, parameter, name)
    hint = f"; nearest: {_list_choices(nearest)}" if nearest else ""
    raise UnresolvedName(
        f"{parameter.name}: found {quote_for_message(name)}; expected {parameter.accepted_input}, "
        f"and {f'no {types}' if types else 'nothing'} has this name{hint}",
        parameter.name,
        name,
        nearest[:MAX_CHOICES],
    )


def _similar_ids(search: Search, release: str, parameter: Parameter, name: str) -> list[tuple[str, str]]:
    """Return the entities of the parameter's types whose id is spelt almost like the name: `(id, name)`."""
    index = search.name_index(release)
    ids_by_slug = {
        slug: entity_id
        for entity_id in index.ids
        for prefix, _, slug in (entity_id.partition(":"),)
        if not parameter.id_prefixes or prefix in parameter.id_prefixes
    }
    slugs = closest_matches("-".join(folded_words(name)), ids_by_slug, min_score=MIN_SIMILARITY)
    return [(ids_by_slug[slug], index[ids_by_slug[slug]].name) for slug in slugs]


def _list_choices(choices: Sequence[tuple[str, str]]) -> str:
    texts = [f"{entity_id} ({name})" for entity_id, name in choices[:MAX_CHOICES]]
    return ", ".join([*texts, *(["…"] if len(choices) > MAX_CHOICES else [])])
