"""The schema diagram: every kind and edge type, between the right endpoints."""

from dataclasses import replace

from tests.support.html import parse_svg
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import page as picture
from vnkg.graph.pictures.from_schema import ANY_KIND, EDGE_TYPE_GROUP, schema_picture


def test_every_kind_and_edge_type_is_drawn_once() -> None:
    found = schema_picture(schema())
    kinds = [node.label for node in found.nodes if node.type in schema().nodes]
    assert kinds == [kind.en for kind in schema().nodes.values()]
    relations = [word for node in found.nodes if node.type == EDGE_TYPE_GROUP.key for word in node.label.split(", ")]
    assert sorted(relations) == sorted(edge.en for edge in schema().edges.values())


def test_edge_types_with_the_same_endpoints_share_a_node() -> None:
    found = schema_picture(schema())
    (shared,) = (node for node in found.nodes if "HAS" in node.id.split())
    assert shared.label == "has, plans, proposes"
    edge = schema().edges["HAS"]
    assert tuple(link.source for link in found.links if link.target == shared.id) == edge.start
    assert tuple(link.target for link in found.links if link.source == shared.id) == edge.end


def test_endpoints_of_any_kind_are_one_node() -> None:
    found = schema_picture(schema())
    assert [(link.source, link.target) for link in found.links if "MENTIONS" in link.id.split()] == [
        ("Article", "MENTIONS"),
        ("MENTIONS", ANY_KIND.key),
    ]
    narrow = replace(schema(), edges={key: schema().edges[key] for key in ("ISSUED", "BORDERS")})
    assert ANY_KIND.key not in {node.id for node in schema_picture(narrow).nodes}


def test_a_symmetric_edge_type_has_no_arrow() -> None:
    found = schema_picture(schema())
    assert [(link.source, link.target) for link in found.links if "BORDERS" in link.id.split()] == [
        ("Province", "BORDERS"),
        ("Place", "BORDERS"),
    ]
    lopsided = replace(schema().edges["BORDERS"], end=("Place",))
    links = schema_picture(replace(schema(), edges={"BORDERS": lopsided})).links
    assert [(link.source, link.target) for link in links][2:] == [("BORDERS", "Place")]
    arrows = {link.predicate for link in found.links if link.source == "CONCRETISES"}
    assert not any(found.relations[predicate].symmetric for predicate in arrows)


def test_the_diagram_is_drawn_in_both_languages_with_counts_and_no_legend() -> None:
    kinds, types = len(schema().nodes), len(schema().edges)
    for language, counted in (
        ("en", f"{kinds} kinds of entities, {types} types of edges"),
        ("vi", f"{kinds} loại thực thể, {types} loại cạnh"),
    ):
        root = parse_svg(schema_picture(schema(), language), language)
        texts = ["".join(part.itertext()) for part in root.iter("{http://www.w3.org/2000/svg}text")]
        assert counted in texts
        assert not {"Kinds", "Loại"} & set(texts)
    page = picture.fragment(schema_picture(schema()), schema(), nonce=None, language="en", base="")
    assert "There is nothing to draw" not in page
