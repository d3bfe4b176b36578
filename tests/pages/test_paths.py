"""The page of paths: resolution of two names, paths with evidence, next steps."""

import html
import re
from typing import Any

import pytest

from tests.support import cli
from tests.support.html import PageParser
from tests.support.http import client, graph, page
from tests.support.invented_graph import HOSTILE, POLICY
from vnkg.api.i18n.words import Words
from vnkg.api.pages.paths import page as pages_paths
from vnkg.graph.reader import bidirectional as walk
from vnkg.graph.reader import paths
from vnkg.graph.reader.paths import PathOptions

t = Words("en")
ENDS = {"from": "organisation:uuu", "to": "province:aaa"}


def get_paths_page(expected_status: int, /, **parameters: Any) -> str:
    """The HTML of the page for two entities; pass `from` as `start`."""
    given = {"from" if name == "start" else name: value for name, value in parameters.items()}
    response = client().get("/paths", params=given)
    assert response.status_code == expected_status, response.text[:2000]
    return html.unescape(response.text)


def plain_text(text: str) -> str:
    """The text of a page, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def values(text: str) -> list[str]:
    """The values of the two fields."""
    fields = {
        attributes["name"]: attributes["value"]
        for attributes in PageParser(text).find_all("input")
        if "id" in attributes
    }
    return [fields["from"], fields["to"]]


def test_a_path_shows_each_step_with_status_basis_date_and_evidence() -> None:
    text = page("/paths", **{"from": "fund:fff-vc", "to": "person:nguoi-dau", "k": "1"})
    said = plain_text(text)
    assert "1 path: Quỹ fff-vc – Nguyễn Văn Đầu" in said
    assert "1. Quỹ fff-vc – Sở Phát minh Fff – Nguyễn Văn Đầu (2 steps)" in said
    # Both edges point against the direction of the path.
    assert (
        "Sở Phát minh Fff has Quỹ fff-vc existing Evidence – stated · as of 19 October 2025 · 1 article, 1 origin"
        in said
    )
    assert "Nguyễn Văn Đầu holds a role at Sở Phát minh Fff existing" in said
    assert "title: Giám đốc · heads it: yes" in said
    assert "<mark>agency:so-fff HAS fund:fff-vc: existing</mark>" in text
    assert text.count('<details class="evidence">') == 2


def test_a_disputed_step_is_marked_and_links_its_disagreement() -> None:
    text = page("/paths", **{"from": "fund:hhh-vc", "to": POLICY, "k": "1"})
    found = re.findall(r'href="(/disagreements/[^"]+)"', text)
    assert len(set(found)) == 1
    assert client().get(found[0]).status_code == 200
    assert 'class="chip status-disputed"' in text


def test_reference_knowledge_is_marked_as_such() -> None:
    said = plain_text(page("/paths", **{"from": "province:aaa", "to": "province:ccc", "k": "1"}))
    assert (
        "Aaa borders Ccc existing Evidence – reference province:aaa BORDERS province:ccc Reference table: an invented atlas"
        in said
    )


def test_unique_names_are_resolved_and_the_page_names_the_entity() -> None:
    text = get_paths_page(200, start="quy fff-vc", to="NGUYEN VAN DAU")
    assert "“quy fff-vc” was taken for Quỹ fff-vc" in plain_text(text)
    assert "“NGUYEN VAN DAU” was taken for Nguyễn Văn Đầu Person person:nguoi-dau" in plain_text(text)
    assert values(text) == ["quy fff-vc", "NGUYEN VAN DAU"]
    assert 'rel="canonical" href="/paths?from=fund:fff-vc&to=person:nguoi-dau"' in text.replace("%3A", ":")
    by_number = get_paths_page(200, start="57/NQ-TW", to="province:aaa")
    assert f"“57/NQ-TW” was taken for Nghị quyết 57-NQ/TW Policy {POLICY}" in plain_text(by_number)


def test_an_id_is_shown_in_its_field_as_a_name() -> None:
    assert values(get_paths_page(200, start="fund:fff-vc", to="person:nguoi-dau")) == ["Quỹ fff-vc", "Nguyễn Văn Đầu"]


def test_ambiguous_or_near_spelled_names_offer_choices() -> None:
    several = get_paths_page(300, start="so phat minh", to="Aaa")
    assert "Who or what is meant by “so phat minh”?" in several
    choices = re.findall(r'href="/paths\?from=(agency[^&"]+)&to=province%3Aaaa"', several)
    assert len(choices) == 5
    near = get_paths_page(300, start="Nguyen Van Dauu", to="Aaa")
    assert "was taken for" not in near.replace("“Aaa” was taken for", "")
    assert 'href="/paths?from=person%3Anguoi-dau&to=province%3Aaaa"' in near
    both = get_paths_page(300, start="so phat minh", to="Nguyen Van Dauu")
    assert both.count("Who or what is meant by") == 2


def test_a_choice_keeps_the_other_parameters() -> None:
    text = get_paths_page(
        300, start="Aaa", to="so phat minh", k=3, exclude_types="Sector,Model", hubs="true", lang="en"
    )
    address = re.findall(r'href="(/paths\?[^"]+so-fff[^"]*)"', text)[0]
    assert address == "/paths?lang=en&from=province%3Aaaa&to=agency%3Aso-fff&k=3&hubs=true&exclude_types=Sector%2CModel"
    assert client().get(address).status_code == 200


def test_an_unknown_name_is_reported() -> None:
    assert "Nothing here is called “xyzzy”." in get_paths_page(404, start="xyzzy", to="Aaa")


def test_an_unknown_id_is_reported_with_the_nearest() -> None:
    text = get_paths_page(404, start="province:aab", to="province:bbb")
    assert "There is no “province:aab” here. Nearest to it:" in text
    assert 'href="/paths?from=province%3Aaaa&to=province%3Abbb"' in text
    assert "There is no “qqqq:qqqq” here" not in get_paths_page(404, start="qqqq:qqqq", to="province:bbb")


@pytest.mark.parametrize("word", ["😀", "…", "a" * 201, "a" * 1_999])
def test_an_invalid_search_is_reported_next_to_the_form(word: str) -> None:
    text = get_paths_page(422, start=word, to="Aaa")
    assert t("search_refused") in text
    assert 'name="from"' in text


def test_the_same_entity_twice_is_explained() -> None:
    for start, to in (("province:aaa", "province:aaa"), ("tinh aaa", "province:aaa")):
        assert t("same_end") in get_paths_page(422, start=start, to=to)


def test_retired_ids_redirect_or_are_reported() -> None:
    moved = client().get("/paths", params={"from": "province:old-aaa", "to": "province:bbb", "lang": "vi"})
    assert (moved.status_code, moved.headers["location"]) == (308, "/paths?from=province:aaa&to=province:bbb&lang=vi")
    assert client().get("/paths?from=province:never&to=province:bbb").status_code == 410


def test_with_one_entity_the_other_is_requested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_paths, "EXAMPLES", (("province:aaa", POLICY), ("province:aaa", "fund:aaa-vc")))
    text = get_paths_page(200, start="province:aaa", k=7)
    assert t("other_end") in text
    assert re.findall(r'<a href="/paths\?from=province%3Aaaa&to=([^"&]+)', text) == [
        "policy%3A57-nq-tw",
        "fund%3Aaaa-vc",
    ]
    other = get_paths_page(200, to="province:aaa", k=7)
    assert 'href="/paths?from=fund%3Aaaa-vc&to=province%3Aaaa&k=7"' in other
    assert t("swap_ends") in other


def test_the_page_starts_with_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_paths, "EXAMPLES", (("province:aaa", POLICY), ("province:aaa", "fund:nowhere")))
    text = get_paths_page(200, k=7)
    assert "Aaa – Nghị quyết 57-NQ/TW" in plain_text(text)
    assert "nowhere" not in text


def test_each_example_has_a_path_in_the_built_in_facts() -> None:
    for start, end in pages_paths.EXAMPLES:
        assert cli.graph().paths(start, end)["paths"], (start, end)


def test_an_empty_result_explains_that_only_these_articles_were_read() -> None:
    text = get_paths_page(200, start="article:901", to="Aaa")
    assert "No path of at most 6 steps was found." in text
    assert t("absence") in text
    assert "<svg" not in text
    assert "All paths of at most 6 steps were considered" in text
    assert t("ask_without_limits") not in text
    limited = get_paths_page(200, start="province:ddd", to="province:eee", status="past")
    assert t("ask_without_limits") in limited
    assert 'href="/paths?from=province%3Addd&to=province%3Aeee"' in limited


def test_avoided_hubs_are_named_and_can_be_included(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "HUB_EDGES", 10)
    monkeypatch.setattr(paths, "HUB_MEAN_FACTOR", 1)
    text = get_paths_page(200, start="province:ddd", to="province:eee", k=3)
    assert "There is one of 2 steps through Nghị quyết 57-NQ/TW" in plain_text(text)
    assert t("avoided_hubs") in text
    offered = re.findall(r'href="([^"]+)">Show paths through hubs too', text)[0]
    assert offered == "/paths?from=province%3Addd&to=province%3Aeee&k=3&hubs=true"
    through = html.unescape(client().get(offered).text)
    assert "1. Ddd – Nghị quyết 57-NQ/TW – Eee" in plain_text(through)
    assert '<span class="chip chip--type">hub</span>' in through
    assert 'name="hubs" value="true" checked' in through


def test_a_search_that_timed_out_says_so_and_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "GUARANTEED_EDGES", 0)
    monkeypatch.setattr(paths, "READ_SECONDS", -1.0)
    given = {"from": "province:bbb", "to": "fund:ggg-vc"}
    response = client().get("/paths", params=given)
    assert t("stopped_time") in response.text
    assert response.headers["cache-control"] == "no-store"
    monkeypatch.undo()
    assert t("stopped_time") not in client().get("/paths", params=given).text
    monkeypatch.setattr(walk, "MAX_EDGES", 3)
    assert t("stopped_edges") in client().get("/paths", params=given | {"k": "4"}).text


def test_the_form_keeps_its_values() -> None:
    text = get_paths_page(
        200, **{"from": "province:ddd"}, to="province:eee", k=7, steps=3, status="planned", exclude_types="Fund"
    )
    chosen = [attributes.get("value") for attributes in PageParser(text).find_all("option") if "selected" in attributes]
    assert chosen == [None, None, "planned", "Fund"]
    assert ">7</option>" in text
    assert '<details class="form-box" open>' in text


def test_every_link_keeps_both_entities_and_options() -> None:
    text = get_paths_page(200, **ENDS, k=3, steps=5, exclude_types="Person", lang="vi")
    given = "from=organisation%3Auuu&to=province%3Aaaa&k=3&steps=5&exclude_types=Person"
    for address in ("/api/v1/paths", "/api/v1/paths.csv"):
        assert f'href="{address}?{given}"' in text
        assert client().get(f"{address}?{given}").status_code == 200
    assert f'href="/picture?lang=vi&{given}"' in text
    assert 'href="/paths?lang=vi&from=province%3Aaaa&to=organisation%3Auuu&k=3&steps=5&exclude_types=Person"' in text


def test_the_paths_have_a_picture() -> None:
    text = page("/picture", **ENDS, k="2")
    found = graph().paths("organisation:uuu", "province:aaa", PathOptions(k=2))
    assert f"{len(found['entities'])} nodes" in text
    assert (
        f'href="/paths?{"&amp;".join(f"{key}={value}" for key, value in {**ENDS, "k": "2"}.items())}"'
        in text.replace("%3A", ":")
    )
    assert HOSTILE not in text
    for wrong in (
        {"from": "province:aaa"},
        {"from": "province:aaa", "to": ""},
        ENDS | {"k": "x"},
        ENDS | {"hubs": "x"},
    ):
        assert client().get("/picture", params=wrong).status_code == 422
    assert client().get("/picture", params=ENDS | {"entity": "province:aaa"}).status_code == 422
    assert client().get("/picture", params={"from": "province:old-aaa", "to": "province:bbb"}).status_code == 308


def test_a_hostile_name_is_escaped() -> None:
    text = page("/paths", **ENDS)
    assert HOSTILE not in text
    assert "<img src=x" not in text
    assert "alert(1)" in text
    typed = client().get("/paths", params={"from": HOSTILE, "to": "<script>alert(2)</script>"}).text
    assert "<img src=x" not in typed
    assert "<script>alert(2)" not in typed


def test_the_page_is_available_in_vietnamese() -> None:
    said = plain_text(page("/paths", **{"from": "fund:fff-vc", "to": "person:nguoi-dau", "k": "1", "lang": "vi"}))
    assert "1 đường nối: Quỹ fff-vc – Nguyễn Văn Đầu" in said
    assert "Sở Phát minh Fff có Quỹ fff-vc đã có Bằng chứng – nêu rõ · tính đến 19/10/2025" in said
