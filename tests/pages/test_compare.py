"""Comparison of entities: what they share, what each has, what is not stated; and invalid selections."""

import csv
import html
import io
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.http import client, data, graph, page
from vnkg.api.presenters import comparison
from vnkg.api.presenters.comparison import ComparedEntity, build_comparison
from vnkg.api.presenters.comparison_numbers import number_rows
from vnkg.graph.catalogue.query import catalogue


def compare_data(*ids: str) -> dict[str, Any]:
    return data("/compare", ids=",".join(ids))  # pyright: ignore[reportReturnType]


def plain_text(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(text)).split())


def line(path: str, heading: str) -> list[str]:
    """The cells of the row with a heading."""
    for row in re.findall(r"<tr[^>]*>.*?</tr>", page(path), re.DOTALL):
        cells = [plain_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        if cells[0] == heading and len(cells) > 1:
            return cells[1:]
    raise AssertionError(heading)


FIRST_PROVINCE, SECOND_PROVINCE, PROVINCE_WITHOUT_FACTS = "province:aaa", "province:fff", "province:qqq"


@pytest.mark.parametrize(
    "pair", [(FIRST_PROVINCE, SECOND_PROVINCE), ("province:ccc", "province:jjj"), ("fund:aaa-vc", "fund:bbb-vc")]
)
def test_common_ground_of_two_is_that_of_the_query(pair: tuple[str, str]) -> None:
    result = graph().query("common_ground", {"entity_a": pair[0], "entity_b": pair[1], "status": "any"})
    asked = {
        (row["shared_entity"], row["a_predicate"], row["b_predicate"]) for row in result["rows"] + result["near_misses"]
    }
    found = {
        (row["id"], a["predicate"], b["predicate"])
        for row in compare_data(*pair)["common"]
        for a in row["cells"][pair[0]]
        for b in row["cells"][pair[1]]
    }
    assert found == asked


def test_shared_things_come_first_and_unshared_ones_are_omitted() -> None:
    rows = compare_data(FIRST_PROVINCE, "province:bbb", "province:iii")["common"]
    assert [(row["id"], sorted(row["cells"])) for row in rows] == [
        ("policy:57-nq-tw", [FIRST_PROVINCE, "province:bbb"])
    ]


def test_things_that_more_of_the_entities_share_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def entity(id: str, *neighbours: str) -> ComparedEntity:
        keys = ("predicate", "direction", "status", "basis", "as_of", "articles", "origins", "statements")
        edges = [
            dict.fromkeys(keys, "") | {"predicate": "FUNDS", "neighbour": {"id": key, "type": "Fund", "name": key}}
            for key in neighbours
        ]
        return ComparedEntity({"id": id, "type": "Organisation", "edges": edges, "disagreements": []}, [])  # pyright: ignore[reportArgumentType]

    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    compared = [entity("a", "fund:x", "fund:z"), entity("b", "fund:x", "fund:z"), entity("c", "fund:y", "fund:z")]
    rows = build_comparison(service, compared)["common"]
    assert [(row["id"], sorted(row["cells"])) for row in rows] == [("fund:z", ["a", "b", "c"]), ("fund:x", ["a", "b"])]
    monkeypatch.setattr(comparison, "MAX_COMMON", 1)
    assert [row["id"] for row in build_comparison(service, compared)["common"]] == ["fund:z"]


def test_a_province_has_the_instruments_of_the_matrix() -> None:
    rows = {row["instrument"]: row["cells"] for row in compare_data(FIRST_PROVINCE, SECOND_PROVINCE)["instruments"]}
    assert [item["id"] for item in rows["vc_fund"][SECOND_PROVINCE]] == ["fund:fff-vc"]
    assert rows["resolution_57"][FIRST_PROVINCE][0] | {"statements": []} == {
        "id": "policy:57-nq-tw",
        "name": "Nghị quyết 57-NQ/TW",
        "status": "in_progress",
        "basis": "stated",
        "implementation": "explicit",
        "statements": [],
    }
    assert rows["innovation_centre"] == {SECOND_PROVINCE: [rows["innovation_centre"][SECOND_PROVINCE][0]]}
    assert rows["sandbox"] == {}
    path = f"/compare?ids={FIRST_PROVINCE},{SECOND_PROVINCE}"
    assert line(path, "Innovation centre") == ["not stated", "Trung tâm Fff planned"]


def test_relations_appear_once_and_in_schema_order() -> None:
    found = compare_data(FIRST_PROVINCE, SECOND_PROVINCE)
    held = {item["id"] for row in found["instruments"] for cell in row["cells"].values() for item in cell}
    others = [edge["neighbour"]["id"] for row in found["relations"] for cell in row["cells"].values() for edge in cell]
    assert not held & set(others)
    assert "agency:so-fff" in others
    assert line(f"/compare?ids={FIRST_PROVINCE},{SECOND_PROVINCE}", "Merged into this")[0].startswith("Mmm existing")


def test_a_disputed_number_is_marked() -> None:
    rows = compare_data(FIRST_PROVINCE, SECOND_PROVINCE)["numbers"]
    assert [(row["indicator"], row["is_comparable"], list(row["cells"])) for row in rows] == [
        ("startups", False, [FIRST_PROVINCE])
    ]
    assert {(value["value"], *value["comparability_notes"]) for value in rows[0]["cells"][FIRST_PROVINCE]} == {
        (90, "disputed value"),
        (120.5, "disputed value"),
    }
    assert "startups : 90 , 2025 disputed value ; 120.5 , 2025 disputed value" in plain_text(
        page(f"/compare?ids={FIRST_PROVINCE},{SECOND_PROVINCE}")
    )


def test_claims_are_counted_as_in_their_query() -> None:
    rows = compare_data(FIRST_PROVINCE, SECOND_PROVINCE)["claims"]
    asked = graph().query("claims_by_type", {"entity": FIRST_PROVINCE, "claim_type": "goal"})["rows"]
    assert rows == [{"claim_type": "goal", "cells": {FIRST_PROVINCE: len(asked)}}]


def test_a_province_no_article_mentions_has_no_statements() -> None:
    rows = {row["question"]: row["cells"] for row in compare_data(PROVINCE_WITHOUT_FACTS, FIRST_PROVINCE)["not_stated"]}
    assert all(row[PROVINCE_WITHOUT_FACTS] == {"is_stated": False, "nearest_entities": []} for row in rows.values())
    assert rows["venture_capital_fund"][FIRST_PROVINCE]["is_stated"] is True
    path = f"/compare?ids={PROVINCE_WITHOUT_FACTS},{FIRST_PROVINCE}"
    assert line(path, "does it have a venture capital fund?") == ["not stated", "stated by: Quỹ aaa-vc"]


def test_an_abolished_province_gets_no_questions() -> None:
    rows = compare_data("province:mmm", FIRST_PROVINCE)["not_stated"]
    assert all(list(row["cells"]) == [FIRST_PROVINCE] for row in rows)


def test_disagreements_are_listed_for_the_entities_they_are_about() -> None:
    found = compare_data(FIRST_PROVINCE, SECOND_PROVINCE)["disagreements"]
    assert [(item["id"], item["entities"]) for item in found] == [("disagreement:startups-aaa", [FIRST_PROVINCE])]
    assert 'href="/disagreements/disagreement:startups-aaa"' in page(f"/compare?ids={FIRST_PROVINCE},{SECOND_PROVINCE}")


@pytest.mark.parametrize(
    "ids", ["fund:aaa-vc,fund:bbb-vc", "agency:so-fff,agency:so-ggg,agency:so-kkk", "person:nguoi-dau,person:nguoi-pho"]
)
def test_other_types_can_be_compared_too(ids: str) -> None:
    text = page("/compare", ids=ids)
    assert text.count('class="remove text-small"') == ids.count(",") + 1
    assert data("/compare", ids=ids)


def test_the_csv_has_a_row_for_each_item_of_a_cell() -> None:
    response = client().get(f"/api/v1/compare.csv?ids={FIRST_PROVINCE},{PROVINCE_WITHOUT_FACTS}")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    fund = next(row for row in rows if row["part"] == "instruments" and row["row"] == "vc_fund")
    assert (fund["entity"], fund["name"], fund["value"], fund["status"]) == (
        FIRST_PROVINCE,
        "Aaa",
        "fund:aaa-vc",
        "existing",
    )
    asked = {(row["row"], row["entity"]): row["value"] for row in rows if row["part"] == "not_stated"}
    assert asked["venture_capital_fund", PROVINCE_WITHOUT_FACTS] == "not stated"
    assert {row["part"] for row in rows} >= {"instruments", "relations", "numbers", "claims", "not_stated"}


WrongRequest = tuple[str, int, str, str]
WRONG_REQUESTS: list[WrongRequest] = [
    ("province:aaa,fund:aaa-vc", 422, "These are things of different types.", "types Province, Fund"),
    ("province:aaa,province:aaa", 422, "The same thing is there twice.", "province:aaa more than once"),
    (
        ",".join(f"province:{letter * 3}" for letter in "abcdefg"),
        422,
        "That is more than 6.",
        "found 7 ids; expected 2 to 6",
    ),
    ("province:aaa,province:zzz", 404, "One of these is not known here.", "no entity &#39;province:zzz&#39;"),
    ("province:aaa,province:never", 410, "One of these was removed.", "province:never was removed"),
    ("<script>,province:aaa", 404, "One of these is not known here.", "&lt;script&gt;"),
]


@pytest.mark.parametrize(("ids", "status", "words", "detail"), WRONG_REQUESTS)
def test_an_invalid_selection_is_explained_with_what_to_do_next(ids: str, status: int, words: str, detail: str) -> None:
    response = client().get("/compare", params={"ids": ids})
    assert response.status_code == status
    assert words in response.text
    assert 'class="site-head"' in response.text
    assert "remove<span" in response.text
    problem = client().get("/api/v1/compare", params={"ids": ids})
    assert problem.status_code == status
    assert html.unescape(detail) in problem.json()["detail"]


def test_six_entities_are_not_too_many() -> None:
    ids = [f"province:{letter * 3}" for letter in "fedcba"]
    assert [entity["id"] for entity in compare_data(*ids)["entities"]] == ids


def test_a_mixed_selection_can_be_reduced_to_one_type() -> None:
    text = client().get("/compare?ids=province:aaa,fund:aaa-vc,province:bbb").text
    assert 'href="/compare?ids=province%3Aaaa%2Cprovince%3Abbb">Only those of the type “Province or city”</a>' in text


def test_a_merged_id_is_replaced_by_its_successor_once() -> None:
    for path in ("/compare", "/api/v1/compare"):
        response = client().get(f"{path}?ids=province:old-aaa,province:bbb")
        assert (response.status_code, response.headers["location"]) == (308, f"{path}?ids=province:aaa,province:bbb")
    response = client().get("/compare?ids=province:old-aaa,province:aaa,province:bbb&lang=vi")
    assert response.headers["location"] == "/compare?ids=province:aaa,province:bbb&lang=vi"


@pytest.mark.parametrize("ids", ["", "province:aaa"])
def test_with_fewer_than_two_entities_the_page_offers_choices(ids: str) -> None:
    text = page("/compare", ids=ids)
    assert 'name="add"' in text
    assert "data-suggest" in text
    assert "province%3Abbb" in text
    assert client().get(f"/api/v1/compare?ids={ids}").status_code == 422


def test_a_name_of_one_entity_is_added() -> None:
    response = client().get("/compare?ids=province:aaa&add=tinh+BBB&lang=vi")
    assert response.status_code == 303
    assert response.headers["location"] == "/compare?lang=vi&ids=province%3Aaaa%2Cprovince%3Abbb"
    assert client().get("/compare?add=fund:aaa-vc").headers["location"] == "/compare?ids=fund%3Aaaa-vc"


@pytest.mark.parametrize(
    ("query_string", "words"),
    [
        ("ids=fund:aaa-vc&add=quy", "What “quy” may mean"),
        ("ids=province:aaa&add=zzzzzz", "Nothing here is called “zzzzzz”."),
        ("ids=province:aaa&add=aaa", "already chosen"),
        ("ids=fund:bbb-vc&add=Tran+Thi+Pho", "cannot stand beside the type “Fund”"),
        ("ids=province:aaa&add=%F0%9F%92%A1", "Nothing here is called “💡”."),
        ("add=Nguyen+Van+Dauu", "Spelt almost like"),
    ],
)
def test_an_ambiguous_or_unknown_name_is_not_guessed(query_string: str, words: str) -> None:
    response = client().get(f"/compare?{query_string}")
    assert response.status_code == 200
    assert words in response.text


def test_an_entity_can_be_removed() -> None:
    text = page("/compare", ids="province:aaa,province:bbb,province:ccc")
    assert (
        'href="/compare?ids=province%3Aaaa%2Cprovince%3Accc" title="remove">× <span class="visually-hidden">remove'
        in text
    )


class FakeRanking:
    """Fake service whose graph answers one query with fixed rows."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.queries = catalogue()
        self.graph = self
        self._rows = [row for row in rows if not row["comparability_notes"]]
        self._near_misses = [row for row in rows if row["comparability_notes"]]

    def query(self, name: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Return the rows without caution as answers, the others as near misses, and a row of somebody else."""
        assert (name, parameters) == ("indicator_ranking", {"indicator": "x"})
        return {"rows": [value("somebody else", 0), *self._rows], "near_misses": self._near_misses}


def value(subject: str, number: float, *caution: str, **properties: Any) -> dict[str, Any]:
    said = {"comparator": "=", "unit": "count", "value_status": "actual", "period": None, "as_of": "2025-10-19"}
    named = {"subject": subject, "indicator": "x", "value": number, "id": f"statement:{number}"}
    return (
        said
        | {"basis": "stated", "comparability_notes": list(caution), "statements": [f"statement:{number}"]}
        | named
        | properties
    )


def aligned_rows(*values: dict[str, Any]) -> list[tuple[bool, dict[str, list[float]]]]:
    measured: dict[str, list[dict[str, Any]]] = {}
    for one in values:
        measured.setdefault(one["subject"], []).append(one)
    rows = number_rows(FakeRanking(list(values)), measured, set())  # pyright: ignore[reportArgumentType]
    return [
        (row["is_comparable"], {id: [one["value"] for one in cell] for id, cell in row["cells"].items()})
        for row in rows
    ]


def test_values_of_one_unit_status_and_period_are_aligned() -> None:
    both = (value("a", 1, as_of="2025-12-12"), value("b", 2))
    assert aligned_rows(*both) == [(True, {"a": [1], "b": [2]})]
    # Compared with the largest group their period differs; compared with each other it does not.
    assert aligned_rows(value("a", 1, "other period"), value("b", 2, "other period")) == [(True, {"a": [1], "b": [2]})]


@pytest.mark.parametrize(
    "other_value",
    [
        value("b", 2, unit="percent"),
        value("b", 2, value_status="target"),
        value("b", 2, as_of="2024-12-12"),
        value("b", 2, period="2025"),
        value("b", 2, period="2024/2025"),
        value("b", 2, "before the merger"),
        value("b", 2, "disputed value"),
    ],
)
def test_values_that_differ_or_are_disputed_are_not_aligned(other_value: dict[str, Any]) -> None:
    if other_value["period"]:
        assert aligned_rows(value("a", 1, period="2024"), other_value) == [(False, {"a": [1], "b": [2]})]
    else:
        assert aligned_rows(value("a", 1), other_value) == [(False, {"a": [1], "b": [2]})]


@pytest.mark.parametrize("caution", ["other unit", "other period", "a bound: its place is open", "target, not actual"])
def test_a_caution_about_other_values_does_not_separate_comparable_ones(caution: str) -> None:
    both = [value("a", 1, caution, period="2024"), value("b", 2, caution, period="2024", as_of="2023-01-01")]
    measured = {one["subject"]: [one] for one in both}
    (row,) = number_rows(FakeRanking(both), measured, set())  # pyright: ignore[reportArgumentType]
    assert row["is_comparable"]
    assert [one["comparability_notes"] for cell in row["cells"].values() for one in cell] == [[], []]


def test_two_values_of_one_entity_are_not_compared_with_each_other() -> None:
    found = aligned_rows(value("a", 1, unit="ha"), value("a", 2, unit="ha"), value("b", 3))
    assert found == [(False, {"a": [1, 2], "b": [3]})]


def test_a_disputed_value_is_separate_from_aligned_ones() -> None:
    found = aligned_rows(value("a", 1), value("b", 2), value("b", 3, "begun before the merger"))
    assert found == [(True, {"a": [1], "b": [2]}), (False, {"b": [3]})]


def test_aligned_rows_and_those_with_more_values_come_first() -> None:
    found = aligned_rows(
        value("a", 9, "disputed value"), value("b", 1, unit="percent"), value("b", 2, period="2020", unit="percent"),
        value("a", 3, unit="ha"), value("b", 4, unit="ha"), value("c", 5, unit="VND"), value("a", 6, unit="VND"),
        value("b", 7, unit="VND"),
    )  # fmt: skip
    assert [(is_aligned, sorted(cells)) for is_aligned, cells in found] == [
        (True, ["a", "b", "c"]),
        (True, ["a", "b"]),
        (False, ["a", "b"]),
    ]
