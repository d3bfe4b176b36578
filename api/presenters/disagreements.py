"""The order of disagreements, and the entities that they concern."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ...graph.model.objects import StatementJson
from ...graph.model.schema import schema

Item = TypeVar("Item", bound=Mapping[str, Any])


def in_order_of_effect(items: Iterable[Item]) -> list[Item]:
    """Return disagreements by what the choice of a reading changes, what matters most first, then by kind and id."""
    effects, kinds = list(schema().disagreement_effects), list(schema().disagreement_kinds)
    return sorted(items, key=lambda item: (effects.index(effect_of(item)), kinds.index(item["kind"]), item["id"]))


def effect_of(item: Mapping[str, Any]) -> str:
    """Return what the choice of a reading changes; the least of `disagreement_effects` if the item does not say it."""
    return item.get("changes") or list(schema().disagreement_effects)[-1]


def concerned_ids(about: Iterable[str], statements: Iterable[StatementJson]) -> set[str]:
    """Return the ids of all that a disagreement is about, or that take part in one of its statements.

    These are the entities with which `Graph.entity` and `Graph.entity_numbers` return and count it.
    """
    roles = (said.get(role) for said in statements for role in ("subject", "object", "speaker"))
    topics = (topic for said in statements for topic in said.get("about", ()))
    return {*about, *(id for id in roles if id), *topics}
