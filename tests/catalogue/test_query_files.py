"""Query files: invalid ones are refused, and rows are split into answers and near misses."""

from collections.abc import Mapping
from typing import Any

import pytest

from vnkg.graph.catalogue.query import (
    Query,
    bind,
    catalogue,
    check_cypher,
    group_near_misses,
    read_query,
    split_near_misses,
)
from vnkg.graph.errors import BadParameter, DeclarationError
from vnkg.graph.model.schema import schema

GOOD = """/*
title: Funds
topic: funds
question: {en: 'Which funds?', vi: 'Những quỹ nào?'}
params:
  fund_kind: {type: string, several: true, values_of: Fund.kind, default: any, help: kind}
returns:
  fund: {type: entity, help: the fund}
  right: {type: boolean, help: kind as asked, not: another kind, not_vi: loại khác}
conditions: [right]
example: {fund_kind: venture_capital}
expect: {rows: 0}
*/
MATCH (f:Fund) RETURN f.id AS fund, f.kind IN $fund_kind AS right ORDER BY fund
"""


def read(text: str = GOOD, file: str = "funds.cypher") -> Query:
    query = read_query(text, file, schema())
    check_cypher(query, schema())
    return query


@pytest.mark.parametrize("query", catalogue())
def test_the_cypher_of_every_query_agrees_with_its_header(query: str) -> None:
    check_cypher(catalogue()[query], schema())


def refusal(old: str, new: str, file: str = "funds.cypher") -> str:
    assert old in GOOD
    with pytest.raises(DeclarationError) as refused:
        read(GOOD.replace(old, new), file)
    assert str(refused.value).startswith(f"{file}: ")
    return str(refused.value)


def test_a_file_is_read() -> None:
    query = read()
    assert (query.name, query.title, query.topic) == ("funds", "Funds", "funds")
    assert (query.question_en, query.question_vi) == ("Which funds?", "Những quỹ nào?")
    assert list(query.returns) == ["fund", "right"]
    assert query.conditions == ("right",)
    assert query.cypher.startswith("MATCH (f:Fund)")
    assert next(iter(query.params["fund_kind"].values)) == "venture_capital"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("/*", "", "found no leading"),
        ("title: Funds", "title: [", "is not YAML"),
        ("title: Funds", "titel: Funds", "'titel' is not known"),
        ("title: Funds\n", "", "'title' is missing"),
        ("topic: funds\n", "", "'topic' is missing"),
        ("topic: funds", "topic: fund", "topic: found 'fund'; expected policies or funds or"),
        (", vi: 'Những quỹ nào?'", "", "question: 'vi' is missing"),
        ("$fund_kind", "$kind", "params: 'kind' is not declared"),
        ("f.kind IN $fund_kind", "true", "params: 'fund_kind' is declared but not used"),
        ("f.id AS fund", "f.id AS found", "returns: 'found' is not declared"),
        (", f.kind IN $fund_kind AS right", "", "params: 'fund_kind' is declared but not used"),
        ("help: the fund}", "help: the fund, beside: [right]}", "returns.fund.beside: 'right' is no column of lists"),
        ("help: the fund}", "help: the fund, beside: [wrong]}", "returns.fund.beside: 'wrong' is no column of lists"),
        ("  fund: {type: entity, help: the fund}\n", "", "returns: 'fund' is not declared"),
        ("right: {type: boolean", "right: {type: truth", "type 'truth'; expected"),
        (
            "right: {type: boolean, help: kind as asked, not: another kind, not_vi: loại khác}",
            "right: {help: kind}",
            "must have type: boolean",
        ),
        (", not_vi: loại khác", "", "must say in `not` and `not_vi`"),
        ("conditions: [right]", "conditions: [rihgt]", "'rihgt' is no column; did you mean right?"),
        ("values_of: Fund.kind", "values_of: Fund.kin", "no list of words; did you mean Fund.kind"),
        ("values_of: Fund.kind", "values: [up, down]", "fund_kind.values: found ['up', 'down']; expected words"),
        ("values_of: Fund.kind", "values: {any: {en: any}}", "fund_kind.values.any: 'vi' is missing"),
        (
            "type: string, several: true, values_of: Fund.kind",
            "type: date, values: {x: {en: x, vi: x}}",
            "type: string",
        ),
        ("type: string", "type: text", "type 'text'; expected string"),
        ("default: any", "default: some", "default: fund_kind: found 'some'"),
        ("{fund_kind: venture_capital}", "{fund_kind: vc}", "example: fund_kind: found 'vc'"),
        ("{fund_kind: venture_capital}", "{kind: other}", "example: 'kind': funds has no such parameter"),
        ("expect: {rows: 0}", "expect: {row: 0}", "expect: 'row' is not known here"),
        ("expect: {rows: 0}", "expect: {rows: many}", "expect.rows: found 'many'"),
        ("expect: {rows: 0}", "expect: {has: [{found: x}]}", "expected a mapping of fund or right"),
        ("several: true", "required: true, several: true, min: 1, max: 2", "expected min and max for an integer"),
        (
            "type: string, several: true, values_of: Fund.kind, default: any",
            "type: integer, min: 3, max: 2",
            "min and max",
        ),
        ("type: string, several: true, values_of: Fund.kind, default: any", "type: integer, max: 2", "min and max"),
        ("values_of: Fund.kind", "values: {}", "fund_kind.values: found {}; expected words"),
        ("help: the fund}", "help: the fund, beside: [fund]}", "returns.fund.beside: 'fund' is no column of lists"),
        ("  fund: {", "  fails: {help: x}\n  fund: {", "'fails' is added to near misses and cannot be a column"),
        (
            "returns:\n",
            "returns:\n  names: {type: strings, help: x}\n  right2: {help: x, beside: [names]}\n",
            "returns.right2.beside",
        ),
        ("several: true", "min: 1", "expected min and max for an integer"),
        ("(f:Fund)", "(f:Funds)", "'Funds' is no label of the schema; did you mean Fund?"),
        ("MATCH (f:Fund)", "MATCH (f:Fund) SET f.name = 'x'", "SET is not allowed"),
        (" ORDER BY fund", "", "ORDER BY is missing"),
    ],
)
def test_a_bad_file_is_refused_at_load(old: str, new: str, message: str) -> None:
    assert message in refusal(old, new)


def test_the_description_of_a_query_has_both_languages_and_its_parameters() -> None:
    text = GOOD.replace("help: the fund}", "help: the fund, vi: quỹ}").replace(
        "params:\n", "params:\n  day: {type: date, help: a day, vi: ngày, required: true}\n"
    )
    query = read_query(text.replace("example: {", "example: {day: 2025, "), "funds.cypher", schema())
    described = query.to_dict()
    assert [item["help"] for item in described["returns"]] == [
        {"en": "the fund", "vi": "quỹ"},
        {"en": "kind as asked", "vi": "kind as asked"},
    ]
    assert [
        (item["name"], item["help"]["vi"], item["required"], item["is_list"], item["default"], item["values"])
        for item in described["parameters"]
    ] == [
        ("day", "ngày", True, False, None, None),
        ("fund_kind", "kind", False, True, "any", list(query.params["fund_kind"].values)),
    ]
    assert described["example"] == {"day": "2025", "fund_kind": "venture_capital"}
    assert (query.question("vi"), query.question("en")) == ("Những quỹ nào?", "Which funds?")


def test_the_catalogue_is_sorted_by_name() -> None:
    assert list(catalogue()) == sorted(catalogue())


def test_a_number_may_have_a_single_value() -> None:
    plain = "type: string, several: true, values_of: Fund.kind, default: any"
    text = GOOD.replace(plain, "type: integer, min: 3, max: 3").replace("venture_capital", "3")
    query = read_query(text, "funds.cypher", schema())
    assert (query.params["fund_kind"].minimum, query.params["fund_kind"].maximum) == (3, 3)


def test_near_misses_are_grouped_by_what_they_fail_in_the_order_of_the_conditions() -> None:
    fails = [["three"], ["one", "three"], ["two"], ["one"], ["one", "two"], ["two"]]
    rows = [row(fund=str(number), fails=names) for number, names in enumerate(fails)]
    groups = group_near_misses(three(), rows)
    assert [(names, [near["fund"] for near in group]) for names, group in groups] == [
        (["one"], ["3"]),
        (["two"], ["2", "5"]),
        (["three"], ["0"]),
        (["one", "two"], ["4"]),
        (["one", "three"], ["1"]),
    ]


def test_the_status_groups_that_a_query_names_are_bound_to_their_statuses() -> None:
    text = GOOD.replace("f.kind IN $fund_kind", "f.kind IN $fund_kind AND f.status IN $planned")
    query = read(text)
    assert query.status_groups == ("planned",)
    assert bind(query, {"fund_kind": "st_development"}) == {
        "fund_kind": ["st_development"],
        "planned": list(schema().statuses_in("planned")),
    }


def test_columns_are_in_the_order_of_return() -> None:
    swapped = "f.kind IN $fund_kind AS right, f.id AS fund"
    assert "expected the order of RETURN: right, fund" in refusal(
        "f.id AS fund, f.kind IN $fund_kind AS right", swapped
    )


def test_the_name_of_a_file_is_an_identifier() -> None:
    assert "the name of the file" in refusal("Funds", "Funds", file="My-Funds.cypher")


def test_an_integer_has_bounds() -> None:
    plain = "fund_kind: {type: string, several: true, values_of: Fund.kind, default: any, help: kind}"
    bounded = GOOD.replace(plain, "fund_kind: {type: integer, min: 1, max: 9, default: 3, help: kind}")
    query = read(bounded.replace("{fund_kind: venture_capital}", "{fund_kind: 4}").replace("IN $", "= $"))
    assert bind(query, {"fund_kind": "4"}) == {"fund_kind": 4}
    assert bind(query, {}) == {"fund_kind": 3}


def test_a_query_may_have_a_closed_list_of_its_own() -> None:
    own = "values: {venture_capital: {en: venture capital, vi: mạo hiểm}, other: {en: others, vi: khác}}"
    query = read(GOOD.replace("values_of: Fund.kind", own))
    assert bind(query, {}) == {"fund_kind": ["venture_capital", "other"]}
    assert query.params["fund_kind"].values["other"].vi == "khác"
    with pytest.raises(BadParameter, match="expected any, or one or more of venture_capital, other"):
        bind(query, {"fund_kind": "another"})


def test_ids_keep_to_the_declared_types() -> None:
    plain = "fund_kind: {type: string, several: true, values_of: Fund.kind, default: any, help: kind}"
    with_id = GOOD.replace(plain, "fund_kind: {type: entity, values_of: [Agency, Fund], required: true, help: id}")
    query = read(with_id.replace("{fund_kind: venture_capital}", "{fund_kind: 'fund:x'}").replace("IN $", "= $"))
    assert bind(query, {"fund_kind": "agency:x"}) == {"fund_kind": "agency:x"}
    with pytest.raises(BadParameter, match=r"expected an id \(agency:… or fund:…\)"):
        bind(query, {"fund_kind": "person:x"})
    with pytest.raises(DeclarationError, match="'Agencies' is no node type; did you mean Agency"):
        read(with_id.replace("[Agency, Fund]", "[Agencies]"))


def test_every_built_in_query_is_read() -> None:
    expected = {
        "agency_heads", "article_statements", "funds_by_kind_and_status", "province_actors", "provinces_by_policy",
        "provinces_with_fund",
    }  # fmt: skip
    assert expected <= set(catalogue())


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_query_has_both_languages_and_evidence(name: str) -> None:
    query = catalogue()[name]
    assert query.question_en.endswith("?")
    assert query.question_vi.endswith("?")
    assert [item.name for item in (*query.params.values(), *query.returns.values()) if not item.help_vi] == []
    evidence = [column.name for column in query.returns.values() if column.type == "statements"]
    assert evidence == ["statements"], "expected one column of type statements, named statements"
    required = [parameter.name for parameter in query.params.values() if parameter.is_required]
    assert set(required) <= set(query.example), "expected a value in `example` for each required parameter"


def row(**values: Any) -> Mapping[str, Any]:
    return {"fund": "fund:x", "one": True, "two": True, "three": True} | values


def three() -> Query:
    text = (
        GOOD.replace("right: {type: boolean, help: kind as asked, not: another kind, not_vi: loại khác}", "\n  ".join(
            f"{name}: {{type: boolean, help: {name}, not: n, not_vi: n}}" for name in ("one", "two", "three")
        ))
        .replace("[right]", "[one, two, three]")
        .replace("f.kind IN $fund_kind AS right", "f.kind IN $fund_kind AS one, true AS two, null AS three")
    )  # fmt: skip
    return read(text)


def test_a_row_that_meets_every_condition_is_an_answer() -> None:
    result = split_near_misses(three(), [row()])
    assert result.rows == [row()]
    assert result.near_misses == []


def test_a_near_miss_lists_the_false_conditions_and_not_those_that_do_not_apply() -> None:
    result = split_near_misses(three(), [row(two=False, three=None)])
    assert result.rows == []
    assert result.near_misses == [row(two=False, three=None, fails=["two"])]


def test_a_row_that_meets_no_condition_is_dropped() -> None:
    assert split_near_misses(three(), [row(one=False, two=False, three=None)]).near_misses == []


def test_near_misses_with_fewer_failures_come_first_and_equal_ones_stay_in_order() -> None:
    rows = [row(fund="a", one=False, two=False), row(fund="b", one=False), row(fund="c", two=False)]
    assert [near["fund"] for near in split_near_misses(three(), rows).near_misses] == ["b", "c", "a"]


def test_a_row_with_an_unknown_condition_is_not_an_answer() -> None:
    near = split_near_misses(three(), [row(three=None)]).near_misses
    assert [miss["fails"] for miss in near] == [["three"]]


def test_a_condition_that_is_not_boolean_is_refused() -> None:
    with pytest.raises(DeclarationError, match="true, false or null"):
        split_near_misses(three(), [row(two="yes")])


def test_without_conditions_every_row_is_an_answer() -> None:
    query = read(GOOD.replace("conditions: [right]\n", ""))
    assert split_near_misses(query, [{"fund": "x", "right": False}]).rows == [{"fund": "x", "right": False}]
