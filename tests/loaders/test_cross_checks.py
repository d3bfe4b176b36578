"""Checks across the entries of the facts files: what contradicts itself, and what only seems to."""

from pathlib import Path

import pytest

from tests.support.facts_folder import ARTICLE, FIRST_SENTENCE, LINE, REFERENCE, facts_folder, texts_folder
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import passage_hash
from vnkg.loaders import built_in_folder, read_facts

PLAN = ARTICLE.split("    statements:\n")[1].split("  - at: 1:18")[0]
SECOND_FUND = "  - {id: fund:ddd, name: Ddd, kind: other, language: en}\nforms:"


def with_statements(*rows: str) -> str:
    """Return the article with more statements in its first sentence."""
    return ARTICLE.replace("  - at: 1:18-30", "".join(rows) + "  - at: 1:18-30").replace("forms:", SECOND_FUND)


def problems(folder: Path, article: str, reference: str = REFERENCE) -> list[str]:
    """Return what is wrong with a folder of facts."""
    try:
        read_facts(base=facts_folder(folder, article, reference))
    except FactsError as error:
        return [problem.actual for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("changes", "is_contradiction"),
    [
        ({"planned": "considered"}, True),
        ({"planned": "considered", "basis: stated": "basis: stated\n        as_of: 2024"}, False),
        ({"planned": "considered", "fund:ccc": "fund:ddd"}, False),
        ({"planned": "considered", "province:aaa": "province:bbb"}, False),
        ({"planned": "existing", "PLANS": "HAS"}, False),
    ],
)
def test_one_passage_gives_one_relation_one_status_for_one_day(
    tmp_path: Path, changes: dict[str, str], is_contradiction: bool
) -> None:
    again = PLAN.replace("- subject", "- id: again\n        subject")
    for old, new in changes.items():
        again = again.replace(old, new)
    found = problems(tmp_path, with_statements(again))
    assert found == (["PLANS considered, on line 18 planned"] if is_contradiction else [])


def test_statements_of_reference_tables_may_have_different_statuses(tmp_path: Path) -> None:
    borders = "{subject: province:aaa, predicate: BORDERS, object: province:bbb, status"
    table = f"{REFERENCE}statements:\n  - {borders}: existing, id: a}}\n  - {borders}: past, id: b}}\n"
    assert problems(tmp_path, ARTICLE, table) == []


def firms(name: str, value: int, comparator: str = "'='", indicator: str = "firms") -> str:
    return (
        f"      - {{id: {name}, subject: province:aaa, indicator: {indicator}, value: {value}, unit: count, "
        f"comparator: {comparator}, value_status: actual, basis: stated, gloss: x}}\n"
    )


def test_each_number_is_compared_with_all_earlier_ones_and_reported_once(tmp_path: Path) -> None:
    article = with_statements(
        firms("a", 12),
        firms("b", 10, "at least"),
        firms("c", 13),
        firms("d", 14),
        firms("e", 5, indicator="patents"),
        firms("f", 6, indicator="patents"),
    )
    assert problems(tmp_path, article) == [
        "firms 13, on line 24 12",
        "firms 14, on line 24 12",
        "patents 6, on line 28 5",
    ]


@pytest.mark.parametrize(
    ("readings", "is_refused"),
    [
        (("a", "b"), False),
        (("b", "a"), False),
        (("a, b", "c"), True),
        (("a", "c"), True),
        (("c", "b"), True),
        (("a, c", "b"), False),
    ],
)
def test_a_disagreement_allows_two_numbers_only_in_different_readings(
    tmp_path: Path, readings: tuple[str, str], is_refused: bool
) -> None:
    listed = ", ".join(
        f"{{statements: [{', '.join(f'statement:900-{name}' for name in reading.split(', '))}], gloss: x}}"
        for reading in readings
    )
    tail = f"disagreements: [{{id: disagreement:x, kind: value, about: [province:aaa], readings: [{listed}]}}]\n"
    article = with_statements(firms("a", 12), firms("b", 13), firms("c", 3, indicator="patents")) + tail
    assert problems(tmp_path, article) == (["firms 13, on line 24 12"] if is_refused else [])


def test_the_words_of_a_statement_within_its_sentence_are_checked_too(tmp_path: Path) -> None:
    part = f"      - at: 1:4-9\n        sha256: {passage_hash(FIRST_SENTENCE[4:8])}\n  "
    article = ARTICLE.replace("      - subject", part + "      subject", 1)
    base, texts = facts_folder(tmp_path / "facts", article), texts_folder(tmp_path / "texts", LINE)
    with pytest.raises(FactsError, match="1:4-9 says other words than its sha256") as refused:
        read_facts(base=base, texts_folder=texts)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("number", "kind", "is_refused"),
    [
        ("57-NQ/TW", "resolution", False),
        ("57-NQ/TW", "plan", True),
        ("226/2025/QH15", "law", False),
        ("148/2018", "decree", False),
    ],
)
def test_a_number_without_a_type_fits_every_kind_of_policy(
    tmp_path: Path, number: str, kind: str, is_refused: bool
) -> None:
    policy = f"  - {{id: policy:x, name: X, kind: {kind}, number: {number}}}\nforms:"
    base = facts_folder(tmp_path, ARTICLE.replace("forms:", policy, 1))
    table = built_in_folder() / "reference" / "documents.yaml"
    (base / "documents.yaml").write_text(table.read_text(encoding="utf-8"), encoding="utf-8")
    if not is_refused:
        assert read_facts(base=base)
        return
    with pytest.raises(FactsError, match=f"number '{number}' for a {kind}; expected kind: resolution"):
        read_facts(base=base)


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ("area_km2: true", "area_km2: True"),
        ("area_km2: 1.5", "area_km2: 1.5"),
        ("code: ' '", "code: ' '; expected a text"),
        ('code: "a\\u0007"', "expected a text"),
        ("code: [a]", "expected a text"),
        ("city_since: 2025-02-30", "city_since: '2025-02-30'"),
        ("kind: town", "kind: 'town'; expected one of province, city"),
    ],
)
def test_a_property_has_the_type_that_the_schema_declares(tmp_path: Path, properties: str, message: str) -> None:
    table = REFERENCE.replace("name: Aaa,", f"name: Aaa, {properties},")
    with pytest.raises(FactsError) as refused:
        read_facts(base=facts_folder(tmp_path, ARTICLE, table))
    assert message in str(refused.value)


def test_numbers_in_place_of_a_text_or_a_year_become_text(tmp_path: Path) -> None:
    table = REFERENCE.replace("name: Aaa,", "name: Aaa, code: 17, area_km2: 17, city_since: 1997,")
    facts = read_facts(base=facts_folder(tmp_path, ARTICLE, table))
    province = next(record for record in facts.entities if record.id == "province:aaa")
    assert province.attributes == {"code": "17", "area_km2": 17, "city_since": "1997"}
