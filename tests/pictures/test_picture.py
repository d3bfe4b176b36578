"""Pictures as text: content in two languages, and that no name can break out of the markup."""

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml

from tests.support.html import parse_svg
from tests.support.sample_neighbourhoods import HOSTILE, Rows, edge, hostile_graph, node, random_graph, small_graph
from vnkg.graph.errors import BadParameter, DeclarationError, PictureTooBig
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import labels as lettering
from vnkg.graph.pictures import page as picture
from vnkg.graph.pictures.appearance import TONE_COLORS
from vnkg.graph.pictures.from_graph import build_picture, node_limit
from vnkg.graph.pictures.page import draw, fragment, svg
from vnkg.graph.pictures.picture import Link, Node, Picture

NAMESPACE = "{http://www.w3.org/2000/svg}"


class Elements(HTMLParser):
    """Counts a page's elements and records their attributes and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.current_tag = Counter[str](), ""
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.current_tag = tag
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        (self.scripts if self.current_tag == "script" else self.words).append(data)
        self.current_tag = self.current_tag if self.current_tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's name for it
        self.current_tag = ""


def harmless_graph() -> Rows:
    """Return the same graph with plain names."""
    rows = hostile_graph()
    return rows | {"nodes": [row | {"name": f"name {n}"} for n, row in enumerate(rows["nodes"])]}


def data_of(page: str) -> dict[str, Any]:
    """Return the data that the page's script reads."""
    found = re.search(r'<script type="application/json" class="picture-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def picture_of(rows: Rows, language: str = "en") -> Picture:
    return build_picture(rows, schema(), language)


@cache
def small_page() -> str:
    """The page of the small graph."""
    return draw(picture_of(small_graph()), schema())


@pytest.fixture
def page() -> str:
    return small_page()


def test_a_picture_of_a_neighbourhood_is_named_after_its_centre() -> None:
    found = picture_of(small_graph())
    assert (found.title, found.centre, found.left_out) == ("Đồng Nai", "province:dong-nai", 7)
    assert len(found.nodes) == 26
    assert len(found.links) == 34
    assert found.nodes[0] == Node("province:dong-nai", "Đồng Nai", "Province", None, "Đồng Nai\nProvince or city", 4)
    link = next(link for link in found.links if link.target == "fund:dong-nai-vc")
    assert (
        link.title
        == "Đồng Nai – plans – Quỹ đầu tư mạo hiểm tỉnh Đồng Nai\nplanned · stated · as of 20 November 2025\n"
        + ("articles: 2, independent origins: 2")
    )


def test_tooltips_and_title_are_translated() -> None:
    found = picture_of(small_graph() | {"centre": None}, "vi")
    assert found.title == "Đồ thị tri thức"
    assert found.nodes[0].title == "Đồng Nai\nTỉnh, thành phố"
    assert "dự kiến" in next(link.title for link in found.links if link.target == "fund:dong-nai-vc")


def test_the_title_can_be_set() -> None:
    assert build_picture(small_graph(), schema(), title="Who plans a fund?").title == "Who plans a fund?"


def test_an_unknown_language_is_drawn_in_english() -> None:
    assert draw(picture_of(small_graph(), "sv"), schema(), language="sv") == small_page()


def test_the_same_picture_gives_the_same_page(page: str) -> None:
    assert draw(picture_of(small_graph()), schema()) == page


def test_a_page_loads_nothing(page: str) -> None:
    loads = [
        value for _, name, value in Elements(page).attributes if name in ("src", "href", "action", "data", "srcset")
    ]
    assert loads == ["data:,"]
    assert "sourceMappingURL" not in page
    assert "@import" not in page


def test_a_page_has_a_content_security_policy_for_its_script_and_style(page: str) -> None:
    elements = Elements(page)
    (policy,) = [
        value for tag, name, value in elements.attributes if (tag, name) == ("meta", "content") if "'none'" in value
    ]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_with_a_nonce_scripts_and_styles_have_it_and_the_server_sets_the_policy() -> None:
    elements = Elements(draw(picture_of(small_graph()), schema(), nonce="n0nce"))
    assert [tag for tag, name, value in elements.attributes if (name, value) == ("nonce", "n0nce")] == [
        "style",
        "script",
    ]
    assert not [value for _, name, value in elements.attributes if name == "http-equiv"]


def test_nothing_in_a_page_needs_inline_styles_or_handlers(page: str) -> None:
    assert not [name for _, name, _ in Elements(page).attributes if name == "style" or name.startswith("on")]


def test_a_fragment_can_point_to_script_and_style() -> None:
    part = fragment(
        picture_of(small_graph()),
        schema(),
        nonce="n0nce",
        language="en",
        script_url="/static/p.js",
        style_url="/static/p.css",
    )
    elements = Elements(part)
    assert ("script", "src", "/static/p.js") in elements.attributes
    assert ("link", "href", "/static/p.css") in elements.attributes
    assert elements.tags["style"] == 0
    assert len(part) < 120_000


def test_a_fragment_without_addresses_holds_both_under_the_nonce() -> None:
    elements = Elements(fragment(picture_of(small_graph()), schema(), nonce="n0nce", language="vi"))
    assert [tag for tag, name, value in elements.attributes if (name, value) == ("nonce", "n0nce")] == [
        "style",
        "script",
    ]
    assert any("vis.Network" in script for script in elements.scripts)


def test_script_and_stylesheet_can_be_served() -> None:
    assert "@version 9.1.2" in picture.script()
    assert "vis-tooltip" in picture.stylesheet()
    assert "url(" not in picture.stylesheet()


def test_hostile_names_add_no_element_to_a_page() -> None:
    plain, bad = (Elements(draw(picture_of(rows), schema(), base="/")) for rows in (harmless_graph(), hostile_graph()))
    assert set(bad.tags) == set(plain.tags)
    lettering = ("text", "tspan")  # long names break into more lines, and leave less room for the words of links
    assert {tag: n for tag, n in bad.tags.items() if tag not in lettering} == {
        tag: n for tag, n in plain.tags.items() if tag not in lettering
    }
    assert {name for _, name, _ in bad.attributes} == {name for _, name, _ in plain.attributes}
    assert [value for _, name, value in bad.attributes if name == "href"] == [
        value for _, name, value in plain.attributes if name == "href"
    ]


def test_hostile_names_stay_readable_text() -> None:
    words = Elements(draw(picture_of(hostile_graph()), schema())).words
    assert HOSTILE[0] in words
    assert "</script><script>alert(1)</script>" in words


def test_hostile_names_cannot_break_out_of_the_script_data() -> None:
    page = draw(picture_of(hostile_graph()), schema())
    data = data_of(page)
    assert data["nodes"][0]["name"] == HOSTILE[0]
    assert data["nodes"][1]["name"] == HOSTILE[1]
    island = re.search(r'class="picture-data">(.*?)</script>', page, re.DOTALL)
    assert island
    assert not set("<>&\u2028\u2029") & set(island[1])


def test_hostile_names_leave_the_svg_well_formed() -> None:
    root = parse_svg(picture_of(hostile_graph()))
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= {
        "svg", "title", "rect", "text", "tspan", "g", "path", "polygon", "circle"
    }  # fmt: skip
    assert root.find(f"{NAMESPACE}title") is not None


def test_names_are_truncated_cleaned_and_never_empty() -> None:
    spots = data_of(draw(picture_of(hostile_graph()), schema()))["nodes"]
    assert all(spot["label"].strip() and len(spot["label"]) <= 100 and len(spot["name"]) <= 240 for spot in spots)
    assert spots[14]["name"].endswith("…")
    assert [spot["name"] for spot in spots[-2:]] == ["fund:16", "fund:17"]
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", json.dumps(spots, ensure_ascii=False)
    )


def test_a_page_of_hostile_names_is_not_too_long() -> None:
    assert len(draw(picture_of(hostile_graph()), schema())) < len(picture.script()) + 120_000


def test_labels_are_wrapped_evenly_at_twenty_characters() -> None:
    assert lettering.wrap("Quỹ phát triển khoa học và công nghệ") == ("Quỹ phát triển khoa", "học và công nghệ")
    assert lettering.wrap("Quỹ đầu tư mạo hiểm 1") == ("Quỹ đầu tư", "mạo hiểm 1")
    assert lettering.wrap("12/KH-UBND") == ("12/KH-UBND",)
    lines = lettering.wrap("một hai ba bốn " * 20)
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(len(line) <= 20 for line in (*lines, *lettering.wrap("x" * 70)))


def test_the_legend_has_only_kinds_and_statuses_in_the_picture() -> None:
    rows = {
        "nodes": [node("province:a", "Province", "A"), node("fund:b", "Fund", "B", "planned")],
        "edges": [edge("province:a", "PLANS", "fund:b", "planned")], "left_out": 0, "centre": None,
    }  # fmt: skip
    values = [
        value
        for tag, name, value in Elements(draw(picture_of(rows), schema())).attributes
        if (tag, name) == ("input", "value") and value
    ]
    assert values == ["Province", "Fund", "planned"]
    words = Elements(draw(picture_of(rows, "vi"), schema(), language="vi")).words
    assert "○ dự kiến" in words
    assert any(word.startswith("Tỉnh, thành phố") for word in words)


def test_planned_things_are_hollow_with_a_sign_and_past_ones_grey() -> None:
    data = data_of(small_page())
    nodes = {spot["id"]: spot for spot in data["nodes"]}
    planned, existing, past = (
        data["options"]["groups"][nodes[key]["group"]]["color"]
        for key in ("fund:dong-nai-vc", "fund:dong-nai-st", "province:binh-duong")
    )
    assert nodes["fund:dong-nai-vc"]["badge"] == "○"
    assert "badge" not in nodes["fund:dong-nai-st"]
    kind = schema().nodes["Fund"].color
    assert existing["background"] == kind
    assert planned["background"] not in (kind, past["background"])
    assert (existing["border"], planned["border"]) == (TONE_COLORS["good"], TONE_COLORS["plan"])
    links = {link["id"]: link for link in data["edges"]}
    assert "dashes" not in links["province:ho-chi-minh IMPLEMENTS policy:57-nq-tw"]
    assert links["province:dong-nai PLANS fund:dong-nai-vc"]["dashes"]
    assert links["person:tran-thi-b HOLDS_ROLE organisation:startup-club"]["color"] == TONE_COLORS["grey"]


def test_every_kind_and_status_of_the_schema_can_be_drawn() -> None:
    kinds, statuses = list(schema().nodes.values()), list(schema().statuses)
    nodes = [node(f"{kind.prefix}:{s}", kind.key, f"{kind.en} {s}", s) for kind in kinds for s in statuses]
    page = draw(picture_of({"nodes": nodes, "edges": [], "left_out": 0, "centre": None}), schema())
    data = data_of(page)
    assert {spot["shape"] for spot in data["nodes"]} == {kind.shape for kind in kinds}
    assert page.count('<input type="checkbox"') == len(statuses) + len(kinds)


def test_symmetric_links_have_no_arrow() -> None:
    links = {link["id"]: link for link in data_of(small_page())["edges"]}
    assert links["province:dong-nai BORDERS province:ho-chi-minh"]["arrows"] == ""
    assert links["province:dong-nai PLANS fund:dong-nai-vc"]["arrows"] == "to"


def test_parallel_links_are_drawn_separately() -> None:
    links = [
        link for link in data_of(small_page())["edges"]
        if {link["from"], link["to"]} == {"province:dong-nai", "province:ho-chi-minh"}
    ]  # fmt: skip
    assert len(links) == 2
    assert len({json.dumps(link.get("smooth")) for link in links}) == 2


def test_only_small_pictures_have_link_labels() -> None:
    words = ["label" in link for link in data_of(small_page())["edges"]]
    assert sum(words) > 0.8 * len(words)  # one that would cover others is left to the tooltip
    assert not any("label" in link for link in data_of(draw(picture_of(random_graph(120)), schema()))["edges"])


def test_a_disputed_link_is_labelled_as_such() -> None:
    links = {link["id"]: link for link in data_of(small_page())["edges"]}
    assert links["province:ho-chi-minh HAS centre:thu-duc"]["label"].endswith("?")  # the mark at least


def test_the_table_has_the_content_of_the_picture(page: str) -> None:
    words = Elements(page).words
    assert Elements(page).tags["tr"] == 26 + 34 + 2
    for row in small_graph()["nodes"]:
        assert row["name"] in words


def test_the_number_of_omitted_nodes_is_shown() -> None:
    assert "26 nodes, 34 links · 7 more are not shown" in Elements(small_page()).words
    assert "not shown" not in draw(picture_of(small_graph() | {"left_out": 0}), schema())


def test_names_link_to_entity_pages_when_a_base_is_set(page: str) -> None:
    assert not [
        value for tag, name, value in Elements(page).attributes if (tag, name) == ("a", "href") and value != "#"
    ]
    links = [
        value
        for _, name, value in Elements(draw(picture_of(small_graph()), schema(), base="/")).attributes
        if name == "href"
    ]
    assert "/entities/province:dong-nai" in links
    page = draw(picture_of(small_graph()), schema(), base="https://example.org/vnkg")
    assert data_of(page)["base"] == "https://example.org/vnkg/"


@pytest.mark.parametrize("base", ["javascript:alert(1)//", "//evil.example", "data:text/html,", "entities"])
def test_an_invalid_base_is_refused(base: str) -> None:
    with pytest.raises(BadParameter, match="expected '/'"):
        draw(picture_of(small_graph()), schema(), base=base)


def test_a_picture_of_nothing_says_so() -> None:
    rows = {"nodes": [], "edges": [], "left_out": 0, "centre": None}
    assert "There is nothing to draw." in Elements(draw(picture_of(rows), schema())).words
    assert parse_svg(picture_of(rows)).find(f"{NAMESPACE}title") is not None


def test_too_many_nodes_or_links_are_refused() -> None:
    rows = {"nodes": [node(f"fund:{n}", "Fund", "x") for n in range(2001)], "edges": [], "left_out": 0, "centre": None}
    with pytest.raises(PictureTooBig, match="2,001 nodes; at most 2,000"):
        draw(picture_of(rows), schema())
    nodes = (Node("fund:a", "a", "Fund"), Node("fund:b", "b", "Fund"))
    links = tuple(Link(str(n), "fund:a", "fund:b", "SUPPORTS") for n in range(20_001))
    with pytest.raises(PictureTooBig, match="20,001 links"):
        svg(Picture("", nodes, links), schema())


def test_the_requested_number_of_nodes_is_bounded() -> None:
    assert node_limit() == 300
    assert node_limit(2000) == 2000
    with pytest.raises(PictureTooBig, match="2,001 nodes asked for"):
        node_limit(2001)
    with pytest.raises(BadParameter, match="found 0"):
        node_limit(0)


def test_dangling_links_and_duplicate_ids_are_refused() -> None:
    lone = Node("fund:a", "a", "Fund")
    with pytest.raises(ValueError, match="an end of this link"):
        Picture("", (lone,), (Link("l", "fund:a", "fund:b", "SUPPORTS"),))
    with pytest.raises(ValueError, match="used twice"):
        Picture("", (lone, lone), ())


def test_types_missing_from_the_schema_are_refused() -> None:
    found = picture_of(small_graph())
    with pytest.raises(DeclarationError, match="'Dragon' is no node type"):
        draw(replace(found, nodes=(replace(found.nodes[0], type="Dragon"), *found.nodes[1:])), schema())
    with pytest.raises(DeclarationError, match="'EATS' is no edge type"):
        draw(replace(found, links=(replace(found.links[0], predicate="EATS"),)), schema())


def test_the_static_picture_has_every_node_link_and_legend_entry() -> None:
    root = parse_svg(picture_of(small_graph()), "vi")
    assert len([part for part in root.iter() if "data-node" in part.attrib]) == 26
    assert len([part for part in root.iter(f"{NAMESPACE}g") if "data-link" in part.attrib]) == 34
    texts = ["".join(part.itertext()) for part in root.iter(f"{NAMESPACE}text")]
    assert {"Đồng Nai", "Loại", "Tình trạng", "Tỉnh, thành phố", "○ dự kiến"} <= set(texts)
    left, top, wide, high = map(float, root.attrib["viewBox"].split())
    for mark in root.iter(f"{NAMESPACE}circle"):
        if "transform" not in mark.attrib and float(mark.attrib["r"]) > 7:
            assert left <= float(mark.attrib["cx"]) <= left + wide
            assert top <= float(mark.attrib["cy"]) <= top + high


def test_a_link_to_itself_is_drawn() -> None:
    lone = Node("fund:a", "a", "Fund")
    found = Picture("", (lone,), (Link("l", "fund:a", "fund:a", "SUPPORTS"),))
    assert data_of(draw(found, schema()))["edges"][0]["label"] == "supports"
    assert svg(found, schema()).count("<circle") == 1


def test_every_text_of_the_page_is_in_both_languages() -> None:
    words = yaml.safe_load(picture._read_template("picture.yaml"))  # pyright: ignore[reportPrivateUsage]
    assert words
    for key, both in words.items():
        assert set(both) == {"en", "vi"}, key
        assert set(re.findall(r"{\w+}", both["en"])) == set(re.findall(r"{\w+}", both["vi"])), key
