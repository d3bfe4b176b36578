"""Labels, dates and numbers in the language of a page: zero, false, unknown and missing values."""

from typing import Any

import pytest

from vnkg.api.i18n.display_names import DisplayName, display_name
from vnkg.api.i18n.labels import Labels
from vnkg.api.i18n.language import format_date, format_short_number
from vnkg.api.i18n.words import Words
from vnkg.graph.model.schema import schema


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("2025-12", "December 2025", "12/2025"),
        ("2025-01-31", "31 January 2025", "31/1/2025"),
        ("2025-12-01/2026-01-02", "1 December 2025 – 2 January 2026", "1/12/2025 – 2/1/2026"),
        ("2025-00", "2025-00", "2025-00"),
        ("2021/2022/2023", "2021/2022/2023", "2021/2022/2023"),
    ],
)
def test_dates_and_periods_are_written_out(text: str, english: str, vietnamese: str) -> None:
    assert (format_date(text, "en"), format_date(text, "vi")) == (english, vietnamese)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1_500_000_000, "1.5 bn"), (-1_000_000_000, "-1 bn"), (1_250_000, "1.2 m"), (3.0, "3")],
)
def test_a_short_number_has_one_decimal(number: float, text: str) -> None:
    assert format_short_number(number, "en") == text


@pytest.mark.parametrize(
    ("id", "language", "displayed_name"),
    [
        ("a", "vi", DisplayName("Name", "vi")),
        ("b", "vi", DisplayName("Tên", "vi")),
        ("b", "en", DisplayName("Name", "de")),
        ("c", "vi", DisplayName("Name", "de")),
    ],
)
def test_a_vietnamese_page_prefers_a_vietnamese_name(id: str, language: str, displayed_name: DisplayName) -> None:
    foreign: dict[str, Any] = {
        "b": {"language": "de", "vietnamese": "Tên"},
        "c": {"language": "de", "vietnamese": None},
    }
    assert display_name(foreign, language, id, "Name") == displayed_name


def test_closed_lists_are_known_by_the_name_of_a_column() -> None:
    labels, declared = Labels(schema(), "en"), schema()
    assert labels.closed_list("value_status") is declared.value_statuses
    assert labels.closed_list("fund_status") is labels.closed_list("status") is declared.statuses
    assert labels.closed_list("basis") is declared.bases
    assert labels.closed_list("resolution_57_implementation") is declared.implementations
    assert set(labels.closed_list("fund_kind")) == set(declared.nodes["Fund"].properties["kind"].values)
    assert set(labels.closed_list("kind")) > set(labels.closed_list("fund_kind")) | set(
        labels.closed_list("agency_kind")
    )
    predicates = set(declared.edges) | set(declared.indicators) | set(declared.claim_types)
    assert set(labels.closed_list("a_predicate")) == predicates
    for column, terms in (("indicator", declared.indicators), ("scope", declared.scopes), ("unit", declared.units)):
        assert labels.closed_list(column) is terms
    assert labels.closed_list("disagreement_kind") is declared.disagreement_kinds
    assert labels.closed_list("name_kind") is declared.name_kinds
    assert set(labels.closed_list("shared_type")) == set(declared.nodes)
    assert labels.closed_list("statuses") == {}


def test_labels_of_what_the_schema_does_not_declare_are_its_keys() -> None:
    labels = Labels(schema(), "vi")
    assert (labels.kind("Person", "odd"), labels.kind("Person", None), labels.kind("Fund", "other")) == (
        "odd",
        "",
        "quỹ khác",
    )
    assert (labels.term({}, None), labels.status("odd"), labels.status("past")) == ("", "odd", "đã qua")


def test_only_a_directed_edge_has_another_heading_from_its_object() -> None:
    labels = Labels(schema(), "en")
    headings = [
        labels.edge_heading(predicate, direction)
        for predicate in ("PARTNERS_WITH", "SUPPORTS")
        for direction in ("out", "in")
    ]
    assert headings[0] == headings[1] == "Partners with"
    assert headings[2] == "Supports" != headings[3]


def test_attributes_and_qualifiers_with_a_value_are_shown_even_if_it_is_zero_or_false() -> None:
    labels = Labels(schema(), "en")
    province = {"type": "Province", "kind": "city", "population": 0, "code": None, "area_km2": 5}
    assert [(item.key, value) for item, value in labels.attributes(province)] == [("area_km2", 5), ("population", 0)]
    edge = {"head": False, "title": "Head", "date": "2025"}
    assert [(item.key, value) for item, value in labels.qualifiers("HOLDS_ROLE", edge)] == [
        ("title", "Head"),
        ("head", False),
    ]


def test_texts_have_a_singular_and_a_fallback() -> None:
    words = Words("en")
    assert words("near_misses_of", n=2, question="Which?") != words("near_misses_of", n=1, question="Which?")
    assert words("no such key", fallback_key="any") == words("any") == words("any", fallback_key="yes")
    assert (words.language("xx"), words.language(None), words.indicator("odd_one")) == ("xx", "", "odd one")
