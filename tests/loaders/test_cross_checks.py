"""Checks across the entries of the facts files: what contradicts itself, and what only seems to."""

from pathlib import Path

import pytest

from tests.support.facts_folder import ARTICLE, FIRST_SENTENCE, LINE, REFERENCE, facts_folder, texts_folder, write_facts
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import Name, passage_hash
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


def firms(name: str, value: int, comparator: str = "'='", indicator: str = "innovative_startups") -> str:
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
        firms("e", 5, indicator="st_enterprises"),
        firms("f", 6, indicator="st_enterprises"),
    )
    assert problems(tmp_path, article) == [
        "innovative_startups 13, on line 24 12",
        "innovative_startups 14, on line 24 12",
        "st_enterprises 6, on line 28 5",
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
    tail = f"disagreements: [{{id: disagreement:x, kind: value, about: [province:aaa], changes: number, readings: [{listed}]}}]\n"
    article = with_statements(firms("a", 12), firms("b", 13), firms("c", 3, indicator="st_enterprises")) + tail
    assert problems(tmp_path, article) == (["innovative_startups 13, on line 24 12"] if is_refused else [])


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


TWO_PLANS = """\
      - {subject: province:bbb, predicate: PLANS, object: fund:ccc, status: considered, basis: stated, gloss: x,
         alternative: [fund:ddd]}
      - {subject: province:bbb, predicate: PLANS, object: fund:ddd, status: considered, basis: stated, gloss: x,
         alternative: [fund:ccc]}
"""


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("", "", []),
        ("alternative: [fund:ccc]", "as_of: 2025", [24]),
        ("alternative: [fund:ddd]", "as_of: 2025", [26]),
        ("alternative: [fund:ccc]", "alternative: [fund:ddd]", [24, 26]),
        ("alternative: [fund:ddd]", "alternative: [fund:ddd, fund:eee]", [24]),
        (
            "province:bbb, predicate: PLANS, object: fund:ddd",
            "province:aaa, predicate: PLANS, object: fund:ddd",
            [24, 26],
        ),
        (
            "PLANS, object: fund:ddd, status: considered",
            "PROPOSES, object: fund:ddd, status: proposed",
            [24, 26],
        ),
    ],
)
def test_an_alternative_needs_a_counterpart_in_its_sentence(
    tmp_path: Path, old: str, new: str, lines: list[int]
) -> None:
    base = facts_folder(tmp_path, with_statements(TWO_PLANS.replace(old, new) if old else TWO_PLANS))
    if not lines:
        alternatives = [statement.alternative for statement in read_facts(base=base).statements]
        assert alternatives == [(), ("fund:ddd",), ("fund:ccc",)]
        return
    with pytest.raises(FactsError) as refused:
        read_facts(base=base)
    assert [problem.line for problem in refused.value.problems] == lines
    assert all("alternative" in problem.actual for problem in refused.value.problems)


def test_an_alternative_of_another_sentence_is_no_counterpart(tmp_path: Path) -> None:
    first, second = TWO_PLANS.splitlines(keepends=True)[:2], TWO_PLANS.splitlines(keepends=True)[2:]
    article = with_statements(*first).replace("    none: greeting\n", "    statements:\n" + "".join(second))
    with pytest.raises(FactsError) as refused:
        read_facts(base=facts_folder(tmp_path, article))
    assert str(refused.value).count("expected another PLANS statement of this sentence about") == 2
    assert "900.yaml:24: found the alternative fund:ddd of fund:ccc, which does not name it in return" in str(
        refused.value
    )


@pytest.mark.parametrize(
    ("predicate", "status", "is_refused"),
    [
        ("PLANS", "considered", False),
        ("PLANS", "under_construction", False),
        ("PLANS", "unclear", False),
        ("PLANS", "disputed", False),
        ("PLANS", "cancelled", True),
        ("HAS", "in_progress", True),
        ("HAS", "existing", True),
        ("HAS", "past", True),
    ],
)
def test_only_what_is_not_there_yet_is_due(tmp_path: Path, predicate: str, status: str, is_refused: bool) -> None:
    article = ARTICLE.replace("predicate: PLANS", f"predicate: {predicate}")
    article = article.replace("status: planned", f"status: {status}\n        due: ../2030")
    base = facts_folder(tmp_path, article)
    if not is_refused:
        assert [statement.due for statement in read_facts(base=base).statements] == ["../2030"]
        return
    with pytest.raises(FactsError) as refused:
        read_facts(base=base)
    message = f"900.yaml:17: found due with status {status}; expected a status of what is not there yet"
    assert message in str(refused.value)


APPROVAL = """\
      - {subject: agency:eee, predicate: APPROVED, object: fund:ccc, status: existing, date: 2025-10-27,
         document: policy:fff, basis: stated, gloss: x}
"""
DECIDING_ENTITIES = """\
entities:
  - {id: agency:eee, name: Eee, kind: council, language: en}
  - {id: policy:fff, name: Fff, kind: resolution, language: en}
"""


def test_a_decision_may_name_its_document_which_a_file_declares(tmp_path: Path) -> None:
    article = with_statements(APPROVAL).replace("entities:\n", DECIDING_ENTITIES)
    approval = read_facts(base=facts_folder(tmp_path / "known", article)).statements[1]
    assert approval.qualifiers == {"date": "2025-10-27", "document": "policy:fff"}
    for document, message in {
        "policy:ffg": "900.yaml:26: found document policy:ffg, which no file declares; expected policy:fff",
        "Fff": "900.yaml:27: found document: 'Fff'; expected an id type:slug in lower ASCII",
    }.items():
        with pytest.raises(FactsError) as refused:
            read_facts(
                base=facts_folder(tmp_path / document, article.replace("document: policy:fff", f"document: {document}"))
            )
        assert message in str(refused.value)
    with pytest.raises(FactsError, match="no 'subject'"):
        read_facts(base=facts_folder(tmp_path / "organ", article.replace("subject: agency:eee, ", "")))


SECOND_FILE = f"""\
article: {{id: 'article:901', name: Another test, language: en, origin: other, sha256: '{"1" * 64}'}}
entities:
  - {{id: fund:ccc, name: Ccc, kind: venture_capital, language: en, diacritics: none, names: [{{text: Cc, language: fr}}]}}
"""


def test_two_files_that_declare_one_entity_alike_are_merged(tmp_path: Path) -> None:
    base = facts_folder(tmp_path)
    write_facts(base / "articles" / "901.yaml", SECOND_FILE)
    (record,) = (record for record in read_facts(base=base).entities if record.id == "fund:ccc")
    assert record.attributes == {"kind": "venture_capital", "diacritics": "none"}
    assert record.names == (Name("Ccc", "en"), Name("Cc", "fr"))


@pytest.mark.parametrize(
    ("old", "new", "difference", "expectation"),
    [
        ("name: Ccc", "name: Cccc", ", named 'Cccc' instead of 'Ccc'", "the same values, or one declaration and"),
        ("venture_capital", "other", ", with kind: 'other' instead of 'venture_capital'", "the same values, or one"),
        ("fund:ccc, name: Ccc, kind: venture_capital", "province:aaa, name: Aaa", "", ""),
        ("article:901", "article:900", ", named 'Another test' instead of 'A test'", "each id once"),
    ],
)
def test_two_files_that_declare_one_entity_differently_are_refused(
    tmp_path: Path, old: str, new: str, difference: str, expectation: str
) -> None:
    assert old in SECOND_FILE
    base = facts_folder(tmp_path)
    text = SECOND_FILE.replace(old, new)
    if not expectation:
        text = text.replace(", diacritics: none", "")
    write_facts(base / "articles" / "901.yaml", text)
    if not expectation:
        assert read_facts(base=base)
        return
    with pytest.raises(FactsError) as refused:
        read_facts(base=base)
    message = f" a second time{difference} (first in articles/900.yaml:"
    assert message in str(refused.value)
    assert f"; expected {expectation}" in str(refused.value)


def test_one_file_declares_an_entity_once_and_one_article_has_one_file(tmp_path: Path) -> None:
    twice = "entities:\n  - {id: fund:ccc, name: Ccc, kind: venture_capital, language: en}\n"
    with pytest.raises(
        FactsError, match=r"900\.yaml:10: found fund:ccc a second time \(first in .*:9\); expected each id once"
    ):
        read_facts(base=facts_folder(tmp_path / "file", ARTICLE.replace("entities:\n", twice)))
    base = facts_folder(tmp_path / "article")
    head = ARTICLE[: ARTICLE.index("entities:")]
    write_facts(base / "articles" / "901.yaml", head)
    with pytest.raises(
        FactsError, match=r"901\.yaml:2: found article:900 a second time \(first in articles/900\.yaml:2\)"
    ):
        read_facts(base=base)


@pytest.mark.parametrize(
    ("form", "text", "is_refused"),
    [
        ("Aaa", LINE, False),
        ("a fund", LINE, False),
        ("fund. Bbb", LINE, False),
        ("aaa", LINE, True),
        ("Aaa  plans", LINE, True),
        ("Àaa", LINE, True),
        ("one. Ccc", LINE + "\nCcc", True),
        ("Ca\u0300", LINE + "\nCà", False),
        ("Cà", LINE + "\nCa\u0300", False),
    ],
)
def test_a_form_is_made_of_words_of_its_article(tmp_path: Path, form: str, text: str, is_refused: bool) -> None:
    base = facts_folder(tmp_path / "facts", ARTICLE.replace("province:aaa: [Aaa]", f"province:aaa: [{form!r}]"))
    texts = texts_folder(tmp_path / "texts", text)
    if not is_refused:
        assert read_facts(base=base, texts_folder=texts)
        return
    with pytest.raises(FactsError) as refused:
        read_facts(base=base, texts_folder=texts)
    message = f"articles/900.yaml:11: found form {form!r} of province:aaa; expected words of the text of article:900"
    assert str(refused.value).endswith(message)
    assert len(refused.value.problems) == 1
    assert read_facts(base=base)
