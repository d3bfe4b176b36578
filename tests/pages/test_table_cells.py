"""The cells of a query's table and the fields of its form, for columns and parameters of every type."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.support.http import client
from vnkg.api.i18n.labels import Labels
from vnkg.api.i18n.words import Words
from vnkg.api.presenters import query_form
from vnkg.api.presenters.evidence import StatementEvidence
from vnkg.api.presenters.query_form import Field, form_fields
from vnkg.api.presenters.query_table import Cell, Item, Table, build_table, entity_ids, failure_text
from vnkg.graph.catalogue.query import Query, read_query
from vnkg.graph.model.schema import schema

HEADER = """\
/*
title: Columns of every type
topic: funds
question: {en: Which?, vi: Gì?}
params:
  wish: {type: string, values: {small: {en: small, vi: nhỏ}, big: {en: big, vi: to}}, default: big, help: a size, vi: 'cỡ: một'}
  fund_kind: {type: string, several: true, values_of: Fund.kind, default: any, help: kind of it, vi: loại}
  is_new: {type: boolean, default: false, help: only new ones, vi: chỉ cái mới}
  count: {type: integer, min: 0, max: 9, default: 0, help: how many, vi: số lượng}
  day: {type: date, help: the day, vi: ngày}
  agency: {type: entity, values_of: [Agency, Person], help: the agency, vi: cơ quan}
  agencies: {type: entity, several: true, values_of: Agency, help: agencies, vi: các cơ quan}
returns:
  fund: {type: entity, help: the fund, vi: quỹ}
  fund_name: {help: its name, vi: tên}
  agency: {type: entity, help: an agency, vi: cơ quan}
  partners: {type: entities, help: its partners, vi: các đối tác}
  stage: {type: strings, help: its stages, vi: các giai đoạn, beside: [stage_basis, stage_items]}
  stage_basis: {type: strings, help: their bases, vi: căn cứ}
  stage_items: {type: entities, help: their entities, vi: các mục}
  status: {help: its status, vi: tình trạng}
  old_status: {type: strings, help: former statuses, vi: tình trạng cũ}
  fund_kind: {help: its kind, vi: loại}
  wish: {help: its size, vi: cỡ}
  short: {help: nothing, vi: không có gì}
  short_name: {help: a word, vi: 'một từ; ngắn'}
  is_new: {type: boolean, help: it is new, vi: mới}
  count: {type: integer, help: how many, vi: số lượng}
  day: {type: date, help: the day, vi: ngày}
  empty: {type: strings, help: nothing, vi: không có gì}
  proofs: {type: statements, help: the statements, vi: căn cứ}
  is_fit: {type: boolean, help: it fits, vi: hợp, not: it does not fit, not_vi: không hợp}
  is_near: {type: boolean, help: it is near, vi: gần, not: it is far, not_vi: xa}
conditions: [is_fit, is_near]
example: {}
expect: {rows: 0, has: [], near: [], never: []}
*/
"""
RETURN = "MATCH (fund:Fund)\nRETURN fund.id AS fund\nORDER BY fund\n"
NAMES = {"fund:a": "Quỹ A", "agency:b": "Cơ quan B"}
EMPTY_ROW: dict[str, Any] = {
    "fund": None, "fund_name": None, "agency": None, "partners": [], "stage": [], "stage_basis": [], "stage_items": [],
    "status": None, "old_status": [], "fund_kind": None, "wish": None, "short": None, "short_name": "", "is_new": None, "count": None,
    "day": None, "empty": [], "proofs": [], "is_fit": True, "is_near": False,
}  # fmt: skip
FULL_ROW: dict[str, Any] = EMPTY_ROW | {
    "fund": "fund:a", "fund_name": "Name in the row", "agency": "agency:b", "partners": ["agency:b", "fund:unnamed"],
    "stage": ["planned", "existing"], "stage_basis": ["stated", "context"], "stage_items": ["fund:unnamed", "fund:a"],
    "status": "in_progress", "old_status": ["past", "planned"], "fund_kind": "other", "wish": "small",
    "short_name": "planned", "is_new": False, "count": 0, "day": "2025-01-02", "proofs": ["s:1", "s:2"],
}  # fmt: skip


@pytest.fixture(scope="module")
def query() -> Query:
    """A query with columns and parameters of every type."""
    return read_query(HEADER + RETURN, "columns.cypher", schema())


def table(query: Query, *rows: dict[str, Any], language: str = "en") -> Table:
    def evidence(ids: Iterable[str]) -> list[StatementEvidence]:
        return [StatementEvidence({"id": id}) for id in ids]  # pyright: ignore[reportArgumentType]

    return build_table(query, list(rows), Labels(schema(), language), evidence, NAMES)


def test_each_type_of_column_has_its_kind_of_cell(query: Query) -> None:
    found = table(query, EMPTY_ROW, FULL_ROW)
    assert [column.title for column in found.columns] == [
        "Fund", "Agency", "Partners", "Stage", "Status", "Old status", "Fund kind", "Wish", "Short name", "Is new",
        "Count", "Day",
    ]  # fmt: skip
    assert {cell.kind for cell in found.rows[0].cells} == {"none"}
    assert found.rows[1].cells == [
        Cell("links", [("fund:a", "Name in the row")]),
        Cell("links", [("agency:b", "Cơ quan B")]),
        Cell("links", [("agency:b", "Cơ quan B"), ("fund:unnamed", "fund:unnamed")]),
        Cell(
            "items",
            [
                Item("planned", "planned", ["stated"], ("fund:unnamed", "fund:unnamed")),
                Item("existing", "existing", ["context"], ("fund:a", "Quỹ A")),
            ],
        ),
        Cell("status", "in_progress"),
        Cell("term", "past, planned"),
        Cell("term", "other fund"),
        Cell("term", "small"),
        Cell("text", "planned"),
        Cell("boolean", False),
        Cell("number", 0),
        Cell("date", "2025-01-02"),
    ]
    assert [[proof.statement["id"] for proof in line.evidence] for line in found.rows] == [[], ["s:1", "s:2"]]
    assert (found.count, found.has_evidence) == (2, True)


def test_a_table_in_vietnamese_has_vietnamese_titles_and_terms(query: Query) -> None:
    found = table(query, FULL_ROW, language="vi")
    assert [column.title for column in found.columns][:2] == ["Quỹ", "Cơ quan"]
    assert found.columns[8].title == "Một từ"
    terms = [cell.value for cell in found.rows[0].cells if cell.kind == "term"]
    assert terms == ["đã qua, dự kiến", "quỹ khác", "nhỏ"]
    (items,) = (cell.value for cell in found.rows[0].cells if cell.kind == "items")
    assert [(item.word, item.details) for item in items] == [("dự kiến", ["nêu rõ"]), ("đã có", ["theo bối cảnh"])]


def test_a_column_without_values_and_evidence_without_statements_are_left_out(query: Query) -> None:
    found = table(query, EMPTY_ROW | {"count": 0})
    assert [column.title for column in found.columns] == ["Count"]
    assert not found.has_evidence


def test_all_entities_of_the_rows_are_found(query: Query) -> None:
    assert entity_ids(query, [FULL_ROW, EMPTY_ROW]) == {"fund:a", "agency:b", "fund:unnamed"}


def test_all_failed_conditions_are_named_in_the_language_of_the_page(query: Query) -> None:
    texts = [failure_text(query, ["is_fit", "is_near"], Labels(schema(), language)) for language in ("en", "vi")]
    assert texts == ["It does not fit; it is far", "Không hợp; xa"]


def fields(query: Query, language: str = "en", **arguments: str | list[str]) -> dict[str, Field]:
    service = client().app.state.service  # pyright: ignore[reportAttributeAccessIssue, reportFunctionMemberAccess]
    return {field.name: field for field in form_fields(service, query, arguments, Labels(schema(), language))}


def test_a_form_offers_what_each_parameter_takes(query: Query) -> None:
    found = fields(query)
    assert {name: (field.kind, field.values, len(field.options)) for name, field in found.items()} == {
        "wish": ("select", ("big",), 2),
        "fund_kind": ("checks", ("any",), 2),
        "is_new": ("select", ("false",), 2),
        "count": ("number", ("0",), 0),
        "day": ("text", (), 0),
        "agency": ("select", (), 9),
        "agencies": ("text", (), 0),
    }
    labels = [option.label for option in found["agency"].options]
    assert labels == sorted(labels)
    assert found["fund_kind"].values_text == "any"


@pytest.mark.parametrize(("limit", "kind"), [(9, "select"), (8, "text")])
def test_too_many_entities_to_choose_from_are_typed_in(
    query: Query, monkeypatch: pytest.MonkeyPatch, limit: int, kind: str
) -> None:
    monkeypatch.setattr(query_form, "MAX_OPTIONS", limit)
    assert fields(query)["agency"].kind == kind


def test_a_form_is_filled_with_what_was_asked(query: Query) -> None:
    found = fields(query, wish="small", fund_kind=["other,co_investment", "venture_capital"], is_new="", count="7")
    assert [found[name].values for name in ("wish", "fund_kind", "is_new", "count")] == [
        ("small",),
        ("other", "co_investment", "venture_capital"),
        (),
        ("7",),
    ]
    assert found["fund_kind"].values_text == "other fund, co-investment fund, venture capital fund"
    assert found["fund_kind"].values_language("en") == "en"


def test_a_form_in_vietnamese_is_titled_by_the_first_clause_of_the_help(query: Query) -> None:
    found = fields(query, "vi")
    assert (found["wish"].title, found["wish"].help) == ("Cỡ", "cỡ: một")
    assert (found["is_new"].title, found["is_new"].help) == ("Chỉ cái mới", "")
    assert found["fund_kind"].values_text == Words("vi")("any") != "any"
