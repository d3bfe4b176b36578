"""Names given where a query takes an entity: which resolve, and how others are refused."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support import named_entities
from tests.support.invented_graph import POLICY, load_graph
from vnkg.graph.catalogue.query import Query, catalogue, read_query
from vnkg.graph.engines.bolt import Engine
from vnkg.graph.errors import AmbiguousName, BadParameter, DeclarationError, UnresolvedName
from vnkg.graph.model.schema import schema
from vnkg.graph.reader.reader import Graph

QUERY = "province_actors"
HEADER = """\
/*
title: A query
topic: funds
question: {en: Which?, vi: Gì?}
params:
  policy: {type: entity, values_of: Policy, default: 'policy:57-nq-tw', help: the policy, vi: chính sách}
returns:
  policy: {type: entity, help: the policy, vi: chính sách}
expect: {rows: 1}
*/
RETURN $policy AS policy
"""


@pytest.fixture
def graph(engine: Engine) -> Graph:
    return load_graph(engine, named_entities.release())


def resolve(graph: Graph, query: str, **arguments: Any) -> Any:
    return graph.resolve_names(query, arguments)


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Hải Phòng", "province:hai-phong"),
        ("hai phong", "province:hai-phong"),
        ("HAIPHONG", "province:hai-phong"),
        ("TP.HCM", "province:ho-chi-minh"),
        ("Sài Gòn", "province:ho-chi-minh"),
        ("Bình Dương", "province:binh-duong"),
        ("tỉnh Bình Dương", "province:binh-duong"),
    ],
)
def test_a_name_in_any_spelling_stands_for_its_entity(graph: Graph, name: str, entity: str) -> None:
    assert resolve(graph, QUERY, province=name, as_of="2025") == {"province": entity, "as_of": "2025"}
    assert graph.query(QUERY, {"province": name}) == graph.query(QUERY, {"province": entity})


@pytest.mark.parametrize("name", ["Resolution 57", "57-NQ/TW", "nghi quyet 57"])
def test_a_document_is_known_by_its_number(graph: Graph, name: str) -> None:
    assert resolve(graph, "provinces_by_policy", policy=name) == {"policy": POLICY}


def test_an_id_stays_as_given_also_if_nothing_has_it(graph: Graph) -> None:
    given = {"province": "province:zzz"}
    assert graph.resolve_names(QUERY, given) == given


def test_a_name_counts_only_for_the_types_that_the_parameter_takes(graph: Graph) -> None:
    assert resolve(graph, "funds_and_sizes", fund="Ban Sao") == {"fund": "fund:sao"}
    with pytest.raises(UnresolvedName) as refused:
        resolve(graph, QUERY, province="Resolution 57")
    assert not isinstance(refused.value, AmbiguousName)
    assert refused.value.choices == ()


def test_a_name_of_several_entities_is_refused_with_the_choices(graph: Graph) -> None:
    with pytest.raises(AmbiguousName) as refused:
        graph.query("agency_place", {"agency": "ban sao"})
    choices = (("agency:first", "Văn phòng first"), ("agency:second", "Văn phòng second"))
    assert (refused.value.parameter, refused.value.text, refused.value.choices) == ("agency", "ban sao", choices)
    assert str(refused.value) == (
        "agency: 'ban sao' fits 2 things: agency:first (Văn phòng first), agency:second (Văn phòng second); "
        "expected the id of one"
    )
    with pytest.raises(AmbiguousName, match=r"fits 3 things: .*fund:sao \(Ban Sao\)"):
        graph.query("names_of", {"entity": "Ban Sao"})


@pytest.mark.parametrize("name", ["Hai Fong", "Hải", "Hải Phóng"])
def test_a_name_that_is_only_near_is_refused_with_the_nearest(graph: Graph, name: str) -> None:
    with pytest.raises(UnresolvedName) as refused:
        resolve(graph, QUERY, province=name)
    assert refused.value.choices == (("province:hai-phong", "Hải Phòng"),)
    assert str(refused.value) == (
        f"province: found '{name}'; expected an id (province:…) or a name, and no Province or city has this name; "
        "nearest: province:hai-phong (Hải Phòng)"
    )


def test_the_holder_of_an_office_is_only_among_the_nearest(graph: Graph) -> None:
    with pytest.raises(UnresolvedName) as refused:
        resolve(graph, "person_offices", person="Giám đốc Văn phòng first")
    assert refused.value.choices == (("person:lan", "Nguyễn Thị Lan"),)


def test_names_and_ids_may_be_mixed_in_a_list(graph: Graph) -> None:
    query = catalogue()[QUERY]
    provinces = replace(query.params["province"], allows_multiple=True)
    listing: Query = replace(query, params={"province": provinces})
    reader = Graph(graph.engine, graph.schema, {QUERY: listing})
    given = {"province": ["TP.HCM, province:binh-duong", "Hải Phòng"]}
    ids = {"province:ho-chi-minh", "province:binh-duong", "province:hai-phong"}
    assert set(reader.resolve_names(QUERY, given)["province"]) == ids
    assert reader.resolve_names(QUERY, {"province": "any"}) == {"province": "any"}


@pytest.mark.parametrize("name", ["?!", "…"])
def test_a_text_without_a_letter_or_digit_is_no_name(graph: Graph, name: str) -> None:
    with pytest.raises(BadParameter, match=r"province: found .* expected an id \(province:…\) or a name"):
        resolve(graph, QUERY, province=name)


def test_a_default_is_an_id() -> None:
    assert read_query(HEADER, "a_query.cypher", schema())
    with pytest.raises(DeclarationError, match="default: found 'Resolution 57'; expected an id, not a name"):
        read_query(HEADER.replace("'policy:57-nq-tw'", "Resolution 57"), "a_query.cypher", schema())
