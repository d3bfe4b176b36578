"""The picture pages over HTTP: their content, who may embed them, and what is refused."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest

from tests.support.http import client, page

PATHS = ("/picture", "/embed/picture")


def picture_data(text: str) -> dict[str, Any]:
    """The data that the page's script reads."""
    found = re.search(r'<script type="application/json" class="picture-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def ids(text: str) -> set[str]:
    return {node["id"] for node in picture_data(text)["nodes"]}


@pytest.mark.parametrize(
    ("query_string", "heading", "node_id"),
    [
        ("entity=province:aaa", "Aaa", "fund:aaa-vc"),
        ("province=province:fff", "In and around Fff", "agency:so-fff"),
        ("query=provinces_with_fund", "Which provinces implement Resolution 57 with a venture capital fund?", "province:aaa"),
        ("from=organisation:uuu&to=province:aaa", " – Aaa", "policy:57-nq-tw"),
        ("", "The whole graph", "policy:57-nq-tw"),
    ],
)  # fmt: skip
def test_each_kind_of_picture_is_a_page_a_frame_and_a_file(query_string: str, heading: str, node_id: str) -> None:
    for path in PATHS:
        text = page(f"{path}?{query_string}")
        assert re.search(rf"<h1[^>]*>(<a[^>]*>)?[^<]*{re.escape(heading)}<", text)
        assert node_id in ids(text)
    still = client().get(f"/picture.svg?{query_string}")
    assert still.headers["content-type"] == "image/svg+xml"
    assert f'data-node="{node_id}"' in still.text


def test_only_the_embedded_picture_can_be_framed() -> None:
    for path in ("/", "/picture", "/entities/province:aaa", "/nothing", "/picture.svg", "/api/v1/schema"):
        policy = client().get(path).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy, path
    framed = client().get("/embed/picture").headers
    assert "frame-ancestors *" in framed["content-security-policy"]
    assert "x-frame-options" not in framed
    assert framed["content-security-policy"].count("connect-src") == 1


def test_near_misses_are_not_drawn_as_answers() -> None:
    text = page("/picture?query=provinces_with_fund&fund_status=approved")
    heading = re.search(r"<h1[^>]*><a[^>]*>([^<]*)</a></h1>", text)
    assert heading
    assert re.match(r"No answer, \d+ near miss(es)?: Which provinces", heading[1])
    assert "is no answer to it" in text
    assert "Fund status: <bdi>approved</bdi>" in text
    still = client().get("/picture.svg?query=provinces_with_fund&fund_status=approved").text
    assert f"<title>{heading[1]}</title>" in still
    assert "is no answer to it" not in page("/picture?query=provinces_with_fund")


def test_without_a_path_the_page_says_so_and_offers_next_steps() -> None:
    text = page("/picture?from=organisation:uuu&to=province:aaa&steps=1")
    assert "tell of no path between the two" in text
    assert re.search(r'<a href="/paths\?from=organisation%3Auuu&amp;to=province%3Aaaa&amp;steps=1">Ask for', text)
    assert "tell of no path" not in page("/picture?from=organisation:uuu&to=province:aaa")


def test_an_expansion_is_drawn_and_an_unknown_node_is_named() -> None:
    before = ids(page("/picture?entity=province:aaa"))
    text = page("/picture?entity=province:aaa&expand=province:bbb,fund:hhh-vc")
    assert len(ids(text) - before) == 1
    assert picture_data(text)["expansions"] == [
        {"id": "province:bbb", "added_ids": list(ids(text) - before), "left": 0}
    ]
    assert "Not in this picture: fund:hhh-vc." in text


@pytest.mark.parametrize(
    ("query_string", "status", "message"),
    [
        ("entity=province:aa", 404, 'href="/entities/province:aaa"'),
        ("entity=province:" + "a" * 500, 404, "no entity"),
        ("entity=😀", 404, "no entity"),
        ("province=fund:aaa-vc", 422, "expected a province or city"),
        ("query=provinces_with_fun", 404, "provinces_with_fund"),
        ("query=provinces_with_fund&fund_status=plant", 422, "did you mean"),
        ("entity=province:aaa&hide=Fnud", 422, "did you mean Fund?"),
        ("entity=province:aaa&moved=province:aaa~1", 422, "expected an id and whole numbers of pixels"),
        ("entity=province:aaa&entity=province:bbb", 422, "found 2 of it"),
        ("entity=province:aaa&from=province:bbb&to=province:ccc", 422, "expected one of them"),
        ("from=province:aaa", 422, "expected both from and to"),
        ("limit=2001", 422, "at most 2000 nodes"),
        ("limit=0", 422, "limit"),
        ("entty=province:aaa", 422, "entity"),
        ("expand=" + ",".join(f"a:{number}" for number in range(31)), 422, "at most 30"),
    ],
)
def test_an_invalid_picture_request_is_explained_with_what_to_do_next(
    query_string: str, status: int, message: str
) -> None:
    for path in PATHS:
        response = client().get(f"{path}?{query_string}", headers={"accept": "text/html"})
        assert response.status_code == status, response.text[:500]
        assert message in response.text.replace("&#39;", "'")
        assert 'class="site-head"' in response.text
        assert "What you can do" in response.text or "Perhaps you meant" in response.text
        assert ('<base target="_blank">' in response.text) == (path == "/embed/picture")


def test_a_picture_of_ones_own_has_what_was_added_to_it() -> None:
    response = client().get("/picture?ids=province:aaa&add=fund:aaa-vc&lang=vi", follow_redirects=False)
    assert response.status_code == 303
    assert unquote(response.headers["location"]) == "/picture?lang=vi&ids=province:aaa,fund:aaa-vc"
    text = page("/picture?ids=province:aaa,fund:aaa-vc,fund:gone")
    assert ids(text) == {"province:aaa", "fund:aaa-vc"}
    assert "Not in this picture: fund:gone" in text
    assert 'href="/picture?ids=fund:aaa-vc,fund:gone" target="_self">Remove</a>' in text
    assert [edge["relation"] for edge in picture_data(text)["edges"]] == ["has"]
    assert "Remove" not in re.sub(
        r"<script.*?</script>", "", page("/picture?entity=province:aaa"), flags=re.DOTALL
    ).replace('target="_self" hidden>Remove', "")
    assert 'data-node="fund:aaa-vc"' in client().get("/picture.svg?ids=province:aaa,fund:aaa-vc").text


def test_a_name_that_is_not_clear_adds_nothing_and_offers_choices() -> None:
    text = page("/picture?ids=province:aaa&add=quy")
    assert ids(text) == {"province:aaa"}
    assert "“quy” may mean several things." in text
    assert 'href="/picture?ids=province%3Aaaa%2Cfund%3A' in text
    assert "Nothing is called “xyzzy”" in page("/picture?ids=province:aaa&add=xyzzy")
    assert client().get("/picture?ids=province:aaa&entity=province:bbb").status_code == 422
    assert client().get(f"/picture?ids={','.join(f'fund:x{n}' for n in range(101))}").status_code == 422


def test_borders_are_drawn_on_request() -> None:
    relations = [
        {edge["relation"] for edge in picture_data(page(f"/picture{query}"))["edges"]}
        for query in ("", "?borders=true")
    ]
    assert ["borders" in names for names in relations] == [False, True]
