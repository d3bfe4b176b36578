"""Pictures as text: content in two languages, and that no name can break out of the markup."""

import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.pictures import Rows, edge, many, node, small
from vnkg.graph.errors import BadParameter, DeclarationError, PictureTooBig
from vnkg.graph.model.schema import schema
from vnkg.graph.pictures import labels as lettering
from vnkg.graph.pictures import page as picture
from vnkg.graph.pictures import scene
from vnkg.graph.pictures.from_graph import build_picture, node_limit
from vnkg.graph.pictures.page import draw, fragment, svg
from vnkg.graph.pictures.picture import Link, Node, Picture

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</noscript></title></svg><script>alert(1)</script>",
    "<!--", "]]>", "\"'`><b onclick=alert(1)>", "{{ 7*7 }} {% raw %} ${7*7}", "a\u2028b\u2029c", "&lt;script&gt; &amp;",
    "\x00\x07\x1b[31m\ud800\ufffe", "\u202eelbisrever\u2066", "javascript:alert(1)", "' onmouseover='alert(1)",
    "\\u003c\\", "x" * 100_000, "ừ" * 100_000, " \n\t ", "",
]  # fmt: skip
NAMESPACE = "{http://www.w3.org/2000/svg}"


class Elements(HTMLParser):
    """Counts a page's elements and records their attributes and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.inside = Counter[str](), ""
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.inside = tag
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        (self.scripts if self.inside == "script" else self.words).append(data)
        self.inside = self.inside if self.inside in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's name for it
        self.inside = ""


def hostile() -> Rows:
    """Return a graph in which every name is hostile."""
    nodes = [node(f"fund:{n}", "Fund", name, "planned") for n, name in enumerate(HOSTILE)]
    edges = [edge("fund:0", "SUPPORTS", f"fund:{n}") for n in range(1, len(HOSTILE))]
    return {"nodes": nodes, "edges": edges, "left_out": 0, "centre": "fund:1"}


def harmless() -> Rows:
    """Return the same graph with plain names."""
    rows = hostile()
    return rows | {"nodes": [row | {"name": f"name {n}"} for n, row in enumerate(rows["nodes"])]}


def data_of(page: str) -> dict[str, Any]:
    """Return the data that the page's script reads."""
    found = re.search(r'<script type="application/json" class="picture-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def still(page: Picture, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(svg(page, schema(), language))  # noqa: S314  # made by us just now


def made(rows: Rows, language: str = "en") -> Picture:
    return build_picture(rows, schema(), language)


@pytest.fixture(scope="module")
def page() -> str:
    return draw(made(small()), schema())


def test_a_neighbourhood_becomes_a_picture_with_its_centres_name() -> None:
    found = made(small())
    assert (found.title, found.centre, found.left_out) == ("Đồng Nai", "province:dong-nai", 7)
    assert len(found.nodes) == 26
    assert len(found.links) == 34
    assert found.nodes[0] == Node("province:dong-nai", "Đồng Nai", "Province", None, "Đồng Nai\nProvince or city", 4)
    link = next(link for link in found.links if link.target == "fund:dong-nai-vc")
    assert (
        link.title
        == "Đồng Nai – plans – Quỹ đầu tư mạo hiểm tỉnh Đồng Nai\nplanned · stated · as of 2025-11-20\n"
        + ("articles: 2, independent origins: 2")
    )


def test_tooltips_and_title_come_in_vietnamese_too() -> None:
    found = made(small() | {"centre": None}, "vi")
    assert found.title == "Đồ thị tri thức"
    assert found.nodes[0].title == "Đồng Nai\nTỉnh, thành phố"
    assert "dự kiến" in next(link.title for link in found.links if link.target == "fund:dong-nai-vc")


def test_another_title_can_be_given() -> None:
    assert build_picture(small(), schema(), title="Who plans a fund?").title == "Who plans a fund?"


def test_an_unknown_language_is_drawn_in_english() -> None:
    assert draw(made(small(), "sv"), schema(), language="sv") == draw(made(small()), schema())


def test_the_same_picture_gives_the_same_page(page: str) -> None:
    assert draw(made(small()), schema()) == page


def test_a_page_loads_nothing(page: str) -> None:
    loads = [
        value for _, name, value in Elements(page).attributes if name in ("src", "href", "action", "data", "srcset")
    ]
    assert loads == ["data:,"]
    assert "sourceMappingURL" not in page
    assert "@import" not in page


def test_a_page_brings_a_policy_that_names_its_script_and_style(page: str) -> None:
    elements = Elements(page)
    (policy,) = [
        value for tag, name, value in elements.attributes if (tag, name) == ("meta", "content") if "'none'" in value
    ]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_with_a_nonce_scripts_and_styles_carry_it_and_the_server_speaks() -> None:
    elements = Elements(draw(made(small()), schema(), nonce="n0nce"))
    assert [tag for tag, name, value in elements.attributes if (name, value) == ("nonce", "n0nce")] == [
        "style",
        "script",
    ]
    assert not [value for _, name, value in elements.attributes if name == "http-equiv"]


def test_nothing_in_a_page_needs_inline_styles_or_handlers(page: str) -> None:
    assert not [name for _, name, _ in Elements(page).attributes if name == "style" or name.startswith("on")]


def test_a_fragment_can_point_to_script_and_style() -> None:
    part = fragment(
        made(small()), schema(), nonce="n0nce", language="en", script_url="/static/p.js", style_url="/static/p.css"
    )
    elements = Elements(part)
    assert ("script", "src", "/static/p.js") in elements.attributes
    assert ("link", "href", "/static/p.css") in elements.attributes
    assert elements.tags["style"] == 0
    assert len(part) < 120_000


def test_a_fragment_without_addresses_holds_both_under_the_nonce() -> None:
    elements = Elements(fragment(made(small()), schema(), nonce="n0nce", language="vi"))
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
    plain, bad = (Elements(draw(made(rows), schema(), base="/")) for rows in (harmless(), hostile()))
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
    words = Elements(draw(made(hostile()), schema())).words
    assert HOSTILE[0] in words
    assert "</script><script>alert(1)</script>" in words


def test_hostile_names_cannot_leave_the_scripts_data() -> None:
    page = draw(made(hostile()), schema())
    data = data_of(page)
    assert data["nodes"][0]["name"] == HOSTILE[0]
    assert data["nodes"][1]["name"] == HOSTILE[1]
    island = re.search(r'class="picture-data">(.*?)</script>', page, re.DOTALL)
    assert island
    assert not set("<>&\u2028\u2029") & set(island[1])


def test_hostile_names_leave_the_svg_well_formed() -> None:
    root = still(made(hostile()))
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= {
        "svg", "title", "rect", "text", "tspan", "g", "path", "polygon", "circle"
    }  # fmt: skip
    assert root.find(f"{NAMESPACE}title") is not None


def test_names_are_cut_cleaned_and_never_empty() -> None:
    spots = data_of(draw(made(hostile()), schema()))["nodes"]
    assert all(spot["label"].strip() and len(spot["label"]) <= 100 and len(spot["name"]) <= 240 for spot in spots)
    assert spots[14]["name"].endswith("…")
    assert [spot["name"] for spot in spots[-2:]] == ["fund:16", "fund:17"]
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", json.dumps(spots, ensure_ascii=False)
    )


def test_a_page_of_hostile_names_is_not_long() -> None:
    assert len(draw(made(hostile()), schema())) < len(picture.script()) + 120_000


def test_labels_are_wrapped_evenly_at_twenty_letters() -> None:
    assert lettering.wrap("Quỹ phát triển khoa học và công nghệ") == ("Quỹ phát triển khoa", "học và công nghệ")
    assert lettering.wrap("Quỹ đầu tư mạo hiểm 1") == ("Quỹ đầu tư", "mạo hiểm 1")
    assert lettering.wrap("12/KH-UBND") == ("12/KH-UBND",)
    lines = lettering.wrap("một hai ba bốn " * 20)
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(len(line) <= 20 for line in (*lines, *lettering.wrap("x" * 70)))


def test_only_kinds_and_statuses_that_are_there_are_in_the_legend() -> None:
    rows = {
        "nodes": [node("province:a", "Province", "A"), node("fund:b", "Fund", "B", "planned")],
        "edges": [edge("province:a", "PLANS", "fund:b", "planned")], "left_out": 0, "centre": None,
    }  # fmt: skip
    values = [
        value
        for tag, name, value in Elements(draw(made(rows), schema())).attributes
        if (tag, name) == ("input", "value") and value
    ]
    assert values == ["Province", "Fund", "planned"]
    words = Elements(draw(made(rows, "vi"), schema(), language="vi")).words
    assert "dự kiến" in words
    assert any(word.startswith("Tỉnh, thành phố") for word in words)


def test_what_is_not_there_yet_is_hollow_and_broken_and_what_is_past_is_grey() -> None:
    data = data_of(draw(made(small()), schema()))
    looks = {spot["id"]: data["options"]["groups"][spot["group"]] for spot in data["nodes"]}
    planned, existing, past = (looks[key] for key in ("fund:dong-nai-vc", "fund:dong-nai-st", "province:binh-duong"))
    assert planned["shapeProperties"]["borderDashes"]
    assert not existing["shapeProperties"]["borderDashes"]
    kind = schema().nodes["Fund"].color
    assert existing["color"]["background"] == kind
    assert planned["color"]["background"] not in (kind, past["color"]["background"])
    links = {link["id"]: link for link in data["edges"]}
    assert "dashes" not in links["province:ho-chi-minh IMPLEMENTS policy:57-nq-tw"]
    assert links["province:dong-nai PLANS fund:dong-nai-vc"]["dashes"]
    assert links["person:tran-thi-b HOLDS_ROLE organisation:startup-club"]["color"]["color"] == scene.PALE_LINE


def test_every_kind_and_status_of_the_schema_can_be_drawn() -> None:
    kinds, statuses = list(schema().nodes.values()), list(schema().statuses)
    nodes = [node(f"{kind.prefix}:{s}", kind.key, f"{kind.en} {s}", s) for kind in kinds for s in statuses]
    page = draw(made({"nodes": nodes, "edges": [], "left_out": 0, "centre": None}), schema())
    data = data_of(page)
    assert {spot["shape"] for spot in data["nodes"]} == {kind.shape for kind in kinds}
    assert page.count('<input type="checkbox"') == len(statuses) + len(kinds)


def test_symmetric_links_have_no_arrow() -> None:
    links = {link["id"]: link for link in data_of(draw(made(small()), schema()))["edges"]}
    assert links["province:dong-nai BORDERS province:ho-chi-minh"]["arrows"] == ""
    assert links["province:dong-nai PLANS fund:dong-nai-vc"]["arrows"] == "to"


def test_links_between_the_same_two_nodes_are_kept_apart() -> None:
    links = [
        link for link in data_of(draw(made(small()), schema()))["edges"]
        if {link["from"], link["to"]} == {"province:dong-nai", "province:ho-chi-minh"}
    ]  # fmt: skip
    assert len(links) == 2
    assert len({json.dumps(link.get("smooth")) for link in links}) == 2


def test_words_stand_on_links_of_small_pictures_only() -> None:
    words = ["label" in link for link in data_of(draw(made(small()), schema()))["edges"]]
    assert sum(words) > 0.8 * len(words)  # one that would cover others is left to the tooltip
    assert not any("label" in link for link in data_of(draw(made(many(120)), schema()))["edges"])


def test_doubt_is_written_on_the_link() -> None:
    links = {link["id"]: link for link in data_of(draw(made(small()), schema()))["edges"]}
    assert links["province:ho-chi-minh OPERATES centre:thu-duc"]["label"].endswith("?")  # the mark at least


def test_a_table_says_the_same_as_the_picture(page: str) -> None:
    words = Elements(page).words
    assert Elements(page).tags["tr"] == 26 + 34 + 2
    for row in small()["nodes"]:
        assert row["name"] in words


def test_what_was_left_out_is_said() -> None:
    assert "26 nodes, 34 links · 7 more are not shown" in Elements(draw(made(small()), schema())).words
    assert "not shown" not in draw(made(small() | {"left_out": 0}), schema())


def test_names_lead_to_entity_pages_where_a_base_is_given(page: str) -> None:
    assert not [
        value for tag, name, value in Elements(page).attributes if (tag, name) == ("a", "href") and value != "#"
    ]
    links = [value for _, name, value in Elements(draw(made(small()), schema(), base="/")).attributes if name == "href"]
    assert "/entities/province:dong-nai" in links
    page = draw(made(small()), schema(), base="https://example.org/vnkg")
    assert data_of(page)["base"] == "https://example.org/vnkg/"


@pytest.mark.parametrize("base", ["javascript:alert(1)//", "//evil.example", "data:text/html,", "entities"])
def test_a_base_that_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(BadParameter, match="expected '/'"):
        draw(made(small()), schema(), base=base)


def test_a_picture_of_nothing_says_so() -> None:
    rows = {"nodes": [], "edges": [], "left_out": 0, "centre": None}
    assert "There is nothing to draw." in Elements(draw(made(rows), schema())).words
    assert still(made(rows)).find(f"{NAMESPACE}title") is not None


def test_too_many_nodes_or_links_are_refused() -> None:
    rows = {"nodes": [node(f"fund:{n}", "Fund", "x") for n in range(2001)], "edges": [], "left_out": 0, "centre": None}
    with pytest.raises(PictureTooBig, match="2,001 nodes; at most 2,000"):
        draw(made(rows), schema())
    nodes = (Node("fund:a", "a", "Fund"), Node("fund:b", "b", "Fund"))
    links = tuple(Link(str(n), "fund:a", "fund:b", "SUPPORTS") for n in range(20_001))
    with pytest.raises(PictureTooBig, match="20,001 links"):
        svg(Picture("", nodes, links), schema())


def test_the_number_of_nodes_asked_for_has_bounds() -> None:
    assert node_limit() == 300
    assert node_limit(2000) == 2000
    with pytest.raises(PictureTooBig, match="2,001 nodes asked for"):
        node_limit(2001)
    with pytest.raises(BadParameter, match="found 0"):
        node_limit(0)


def test_a_link_that_hangs_loose_and_an_id_used_twice_are_refused() -> None:
    lone = Node("fund:a", "a", "Fund")
    with pytest.raises(ValueError, match="an end of this link"):
        Picture("", (lone,), (Link("l", "fund:a", "fund:b", "SUPPORTS"),))
    with pytest.raises(ValueError, match="used twice"):
        Picture("", (lone, lone), ())


def test_types_that_the_schema_does_not_know_are_refused() -> None:
    found = made(small())
    with pytest.raises(DeclarationError, match="'Dragon' is no node type"):
        draw(replace(found, nodes=(replace(found.nodes[0], type="Dragon"), *found.nodes[1:])), schema())
    with pytest.raises(DeclarationError, match="'EATS' is no edge type"):
        draw(replace(found, links=(replace(found.links[0], predicate="EATS"),)), schema())


def test_the_still_picture_has_every_node_link_and_legend_entry() -> None:
    root = still(made(small()), "vi")
    assert len([part for part in root.iter() if "data-node" in part.attrib]) == 26
    assert len([part for part in root.iter(f"{NAMESPACE}g") if "data-link" in part.attrib]) == 34
    texts = ["".join(part.itertext()) for part in root.iter(f"{NAMESPACE}text")]
    assert {"Đồng Nai", "Loại", "Tình trạng", "Tỉnh, thành phố", "dự kiến"} <= set(texts)
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


def test_every_word_of_the_page_is_in_both_languages() -> None:
    words = yaml.safe_load(picture._read_template("picture.yaml"))  # pyright: ignore[reportPrivateUsage]
    assert words
    for key, both in words.items():
        assert set(both) == {"en", "vi"}, key
        assert set(re.findall(r"{\w+}", both["en"])) == set(re.findall(r"{\w+}", both["vi"])), key
