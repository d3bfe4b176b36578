"""Resolution of a typed name or id to an entity."""

from typing import Any

import pytest

from tests.support.http import graph
from tests.support.invented_graph import Builder, load_graph
from vnkg.api.presenters.entity_lookup import field_text, resolve_entity
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import MergedId, RemovedId
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema


def ids(choices: tuple[dict[str, Any], ...]) -> list[str]:
    return [choice["id"] for choice in choices]


@pytest.mark.parametrize(
    ("text", "entity", "matched_name"),
    [
        ("province:aaa", "province:aaa", ""),
        ("  province:aaa ", "province:aaa", ""),
        ("AAA", "province:aaa", "Aaa"),
        ("tỉnh aaa", "province:aaa", "Tỉnh Aaa"),
        ("57/NQ-TW", "policy:57-nq-tw", "57-NQ/TW"),
    ],
)
def test_an_id_or_a_unique_name_is_resolved(text: str, entity: str, matched_name: str) -> None:
    end = resolve_entity(graph(), text)
    assert (end.id_or_input, end.matched_name, end.choices) == (entity, matched_name, ())


def test_partial_matches_and_near_spellings_are_only_choices() -> None:
    for typed, wanted in (("Nguyễn Văn", "person:nguoi-dau"), ("Nguyen Van Dauu", "person:nguoi-dau")):
        end = resolve_entity(graph(), typed)
        assert end.entity is None
        assert wanted in ids(end.choices)
        assert end.id_or_input == field_text(graph(), end) == typed


def test_unknown_removed_and_invalid_inputs_are_not_resolved() -> None:
    unknown = resolve_entity(graph(), "province:aab")
    assert (unknown.is_unknown_id, ids(unknown.choices)[0]) == (True, "province:aaa")
    assert resolve_entity(graph(), "xyzzy").choices == ()
    assert "q: found" in resolve_entity(graph(), "…").error_message
    assert "(201 characters)" in resolve_entity(graph(), "a" * 5_000).error_message
    with pytest.raises(MergedId):
        resolve_entity(graph(), "province:old-aaa")
    with pytest.raises(RemovedId):
        resolve_entity(graph(), "province:never")


def test_an_ambiguous_or_untypable_name_is_replaced_by_the_id(empty_engine: Engine) -> None:
    made = Builder()
    made.article("i00", "2025-10-19")
    names = {"person:hue": "Huế", "province:hue": "Huế", "organisation:smile": "😀", "organisation:one": "One"}
    for key, name in names.items():
        made.entity(key, schema().node_type_of(key).key, name)  # pyright: ignore[reportOptionalMemberAccess]
    found = load_graph(empty_engine, merge(made.facts(), schema()))
    both = resolve_entity(found, "hue")
    assert (both.entity, sorted(ids(both.choices))) == (None, ["person:hue", "province:hue"])
    fields = [field_text(found, resolve_entity(found, key)) for key in names]
    assert fields == ["person:hue", "province:hue", "organisation:smile", "One"]
