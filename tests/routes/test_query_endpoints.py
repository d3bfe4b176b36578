"""Endpoints of queries: what the CSV holds, and how their parameters are described."""

import csv
import io
import re
from typing import Any

import pytest

from tests.support.http import client, data, example_parameters
from vnkg.graph.catalogue.parameters import MAX_NUMBER, bind_parameters
from vnkg.graph.catalogue.query import catalogue
from vnkg.graph.errors import BadParameter
from vnkg.graph.model.schema import schema

FLAGSHIP = "provinces_with_fund"


def csv_rows(path: str) -> list[dict[str, str]]:
    response = client().get(f"/api/v1/queries/{path}")
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize("status", ["existing", "approved"])
def test_csv_holds_either_answers_or_near_misses(status: str) -> None:
    result: Any = data(f"/queries/{FLAGSHIP}", fund_status=status)
    for part in ("rows", "near_misses"):
        found = csv_rows(f"{FLAGSHIP}.csv?fund_status={status}&part={part}")
        assert [(row["province"], row["fund"]) for row in found] == [
            (row["province"], row["fund"] or "") for row in result[part]
        ]
        fails = (
            ["; ".join(row["fails"]) for row in result["near_misses"]] if part == "near_misses" else [None] * len(found)
        )
        assert [row.get("fails") for row in found] == fails
    assert csv_rows(f"{FLAGSHIP}.csv?fund_status={status}") == csv_rows(
        f"{FLAGSHIP}.csv?fund_status={status}&part=rows"
    )


def test_the_name_of_the_file_says_which_part_it_holds() -> None:
    names = [
        client().get(f"/api/v1/queries/{FLAGSHIP}.csv?part={part}").headers["content-disposition"]
        for part in ("rows", "near_misses")
    ]
    assert names == [f'attachment; filename="{FLAGSHIP}{end}.csv"' for end in ("", "-near-misses")]


@pytest.mark.parametrize("name", sorted(name for name, query in catalogue().items() if not query.conditions))
def test_a_query_without_conditions_has_no_near_misses_to_ask_for(name: str) -> None:
    response = client().get(f"/api/v1/queries/{name}.csv", params={**example_parameters(name), "part": "near_misses"})
    assert (response.status_code, response.json()["detail"]) == (422, "part: found 'near_misses'; expected rows")


def parameter_shapes(name: str, suffix: str = "") -> dict[str, dict[str, Any]]:
    """The parameters of a query by name, as OpenAPI describes them, without their help."""
    operation = client().get("/openapi.json").json()["paths"][f"/api/v1/queries/{name}{suffix}"]["get"]
    return {
        parameter.pop("name"): {key: value for key, value in parameter.items() if key != "description"}
        for parameter in operation.get("parameters", ())
    }


STATUSES = list(schema().statuses)
PARAMETERS: list[tuple[str, str, bool, dict[str, Any]]] = [
    ("agency_heads", "agency", False, {"type": "string", "maxLength": 200}),
    ("agency_place", "agency", True, {"type": "string", "maxLength": 200}),
    (
        "common_ground",
        "status",
        False,
        {
            "type": "array",
            "items": {"type": "string", "enum": [*STATUSES, "any"]},
            "default": ["in_progress", "existing"],
        },
    ),
    (FLAGSHIP, "policy", False, {"type": "string", "maxLength": 200, "default": "policy:57-nq-tw"}),
    ("corroborated_edges", "min_origins", False, {"type": "integer", "minimum": 1, "maximum": 1000, "default": 2}),
    ("targets", "last_year", False, {"type": "integer", "minimum": 1900, "maximum": 2200}),
    ("fund_speakers", "include_same_paragraph", False, {"type": "boolean", "default": False}),
    (
        "indicator_ranking",
        "order",
        False,
        {"type": "string", "enum": ["descending", "ascending"], "default": "descending"},
    ),
]


@pytest.mark.parametrize(("query", "name", "is_required", "shape"), PARAMETERS)
def test_a_parameter_is_described_with_default_and_limits(
    query: str, name: str, is_required: bool, shape: dict[str, Any]
) -> None:
    for suffix in ("", ".csv"):
        described = parameter_shapes(query, suffix)[name]
        described["schema"].pop("pattern", None)
        assert described == {"in": "query", "required": is_required, "schema": shape}


@pytest.mark.parametrize(
    ("query", "name", "valid", "invalid"),
    [
        (
            "agency_place",
            "agency",
            ["agency:so-fff", "Sở Fff", "57", "a: b"],
            ["", "fund:aaa", "agency:So", "-", "a\nb"],
        ),
        ("agency_heads", "agency", ["", "agency:so-fff", "Sở Fff"], ["fund:aaa", "agency:", "\u2028a"]),
        ("names_of", "entity", ["fund:aaa-vc", "Aaa:b"], ["fund:aaa--vc", "x" * 201]),
        ("find_statements", "words", ["", "!", "a:b"], ["\x1b[31m", "x" * 201]),
    ],
)
def test_a_text_is_described_as_it_is_checked(query: str, name: str, valid: list[str], invalid: list[str]) -> None:
    schema_of_text = parameter_shapes(query)[name]["schema"]
    # Python's patterns know no \\p: letters and digits are what \\w knows, without the underscore.
    pattern = schema_of_text["pattern"].replace(r"[\p{L}\p{N}]", r"[^\W_]")
    for text in [*valid, *invalid]:
        is_described = len(text) <= schema_of_text["maxLength"] and re.search(pattern, text) is not None
        assert is_described is (text in valid), text
        try:
            bind_parameters(query, {name: catalogue()[query].params[name]}, {name: text})
        except BadParameter:
            assert text in invalid
        else:
            assert text in valid


def test_dates_and_numbers_are_described_as_they_are_checked() -> None:
    assert parameter_shapes("province_actors")["as_of"]["schema"]["anyOf"][0] == {"format": "date"}
    assert parameter_shapes("find_statements")["value"]["schema"] == {
        "type": "number",
        "minimum": -MAX_NUMBER,
        "maximum": MAX_NUMBER,
    }


def test_only_a_query_with_conditions_lets_choose_the_part() -> None:
    part = {"in": "query", "schema": {"type": "string", "enum": ["rows", "near_misses", "all"], "default": "rows"}}
    assert parameter_shapes(FLAGSHIP, ".csv").get("part") == part
    name, parameters = "count_by", {*catalogue()["count_by"].params, "lang"}
    assert set(parameter_shapes(name, ".csv")) == set(parameter_shapes(name)) == parameters


def test_every_column_may_be_null() -> None:
    document = client().get("/openapi.json").json()["paths"]
    for name, query in catalogue().items():
        answers = document[f"/api/v1/queries/{name}"]["get"]["responses"]["200"]["content"]["application/json"][
            "schema"
        ]
        parts = answers["properties"]["data"]["properties"]
        for part in ("rows", "near_misses"):
            columns = parts[part]["items"]["properties"]
            assert [column for column in columns if column != "fails"] == list(query.returns)
            assert ("fails" in columns) is (part == "near_misses" and bool(query.conditions))
            assert all("null" in shape["type"] for column, shape in columns.items() if column != "fails")
