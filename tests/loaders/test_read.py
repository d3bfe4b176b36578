from pathlib import Path

import pytest

from tests.support.facts_folder import ARTICLE, REFERENCE, facts_folder, texts_folder, write_facts
from vnkg.graph.errors import FactsError, InputError
from vnkg.loaders import known_entities, read_facts

BAD = [
    ("predicate: PLANS", "predicate: WANTS", "found predicate: 'WANTS'", 18),
    ("predicate: PLANS", "predicate: MENTIONS", "found predicate: 'MENTIONS'", 18),
    ("predicate: PLANS", "predicate: IMPLEMENTS\n        due_on: x", "found 'due_on' in an IMPLEMENTS statement; expected due", 19),
    ("predicate: PLANS", "predicate: HOLDS_ROLE", "HOLDS_ROLE with object fund:ccc (Fund); expected an Agency or Organisation or", 17),
    ("predicate: PLANS", "predicate: IMPLEMENTS", "IMPLEMENTS without 'implementation'", 17),
    ("object: fund:ccc", "object: province:bbb", "PLANS with object province:bbb (Province); expected a Fund or Centre", 17),
    ("object: fund:ccc", "object: fund:cc", "object fund:cc, which no file declares; expected fund:ccc", 17),
    ("object: fund:ccc", "object: Fund Ccc", "found object: 'Fund Ccc'; expected an id type:slug", 19),
    ("subject: province:aaa\n", "subject: fund:ccc\n", "PLANS with subject fund:ccc (Fund)", 17),
    ("status: planned", "status: existing", "PLANS with status 'existing'; expected", 20),
    ("status: planned", "status: soon", "found status: 'soon'", 20),
    ("        status: planned\n", "", "PLANS without status", 17),
    ("basis: stated", "basis: reference", "found basis: 'reference'; expected one of stated, inferred, context", 21),
    ("basis: stated", "basis: stated\n        as_of: 2025-02-30", "found as_of: '2025-02-30'; expected a date that exists", 22),
    ("basis: stated", "basis: stated\n        colour: red", "found 'colour' in a PLANS statement", 22),
    ("        gloss: A plan.\n", "", "no 'gloss'", 17),
    ("gloss: A plan.", 'gloss: "a\\u0007b"', "without control characters", 22),
    ("name: Ccc", f"name: {'x' * 100_000}", "100000 letters", 9),
    ("kind: venture_capital", "kind: bank", "found kind: 'bank'", 9),
    ("entities:\n", "entities:\n  - {id: fund:ddd, name: Ccc, kind: other, language: en}\n", "'Ccc' for fund:ccc and fund:ddd; expected a name that fits one entity", 10),
    ("predicate: PLANS\n        object: fund:ccc", "predicate: SUPPORTS\n        object: province:aaa", "SUPPORTS from province:aaa to itself; expected two entities", 17),
    ("sentences:", "retired: {province:old: province:new}\nsentences:", "province:old merged into province:new; expected an entity that is declared", 0),
    ("sentences:", "retired: {fund:ccc: null}\nsentences:", "fund:ccc retired and declared; expected one of them", 0),
    (", kind: venture_capital", "", "fund:ccc without 'kind'", 9),
    ("id: fund:ccc", "id: bank:ccc", "found id: 'bank:ccc'", 9),
    ("id: fund:ccc, name: Ccc, kind: venture_capital", "id: province:aaa, name: Ccc", "province:aaa a second time", 0),
    ("  - at: 1:18-30", "  - at: 1:10-30", "1:0-17 and 1:10-30; expected sentences that do not overlap", 23),
    ("  - at: 1:18-30", "  - at: 1:30-18", "found at: '1:30-18'", 23),
    ("  - at: 1:18-30", "  - at: 1:18-18", "found at: '1:18-18'", 23),
    ("    none: greeting\n", "", "neither statements nor 'none'", 23),
    ("    none: greeting", "    none: greeting\n    statements: []\n    why: x", "found 'why' in a sentence", 27),
    ("mentions: {province:aaa: [0-3]}", "mentions: {province:aaa: [15-19]}", "mention 15-19; expected a span inside 1:0-17", 0),
    ("mentions: {province:aaa: [0-3]}", "mentions: {province:xxx: [0-3]}", "mention of province:xxx", 0),
    ("published: 2025-12-12", "published: 12.12.2025", "found published: '12.12.2025'; expected a date that exists", 5),
    ("published: 2025-12-12", "published: ''", "found published: ''; expected a date that exists: YYYY, YYYY-MM or YYYY-MM-DD, or two in order with a slash between them, or no such line where it is not known", 5),
    ("published: 2025-12-12", "url: ''", "found url: ''; expected a text, or no such line", 5),
    ("origin: test", "origin: ''", "found origin: ''; expected a text", 6),
    ("  language: en\n", "", "article:900 without 'language'", 2),
    ("article:\n", "articel:\n", "'articel'", 1),
    ("sentences:", "sentences: [1]\nx:", "found 1 in sentences", 0),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "line"), BAD, ids=[case[2][:40] for case in BAD])
def test_a_wrong_file_is_refused_with_file_line_found_and_expected(
    tmp_path: Path, old: str, new: str, message: str, line: int
) -> None:
    assert old in ARTICLE
    with pytest.raises(FactsError) as caught:
        read_facts(base=facts_folder(tmp_path, ARTICLE.replace(old, new, 1)))
    text = str(caught.value)
    assert message in text
    assert "articles/900.yaml:" in text
    assert "; expected " in text
    if line:
        assert any(problem.line == line for problem in caught.value.problems), text


MEASUREMENT = """\
      - subject: province:aaa
        indicator: innovative_startups
        value: 12
        unit: count
        value_status: actual
        basis: stated
        gloss: Firms.
"""
WITH_MEASUREMENT = ARTICLE.replace("  - at: 1:18-30", MEASUREMENT + "  - at: 1:18-30")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value: 12", "value: twelve", "found value: 'twelve'; expected a plain number"),
        ("value: 12", "value: 4.690,5", "expected a plain number, with a point"),
        ("value: 12", "value: 14,3", "expected a plain number, with a point"),
        ("unit: count", "unit: bushel", "found unit: 'bushel'"),
        ("unit: count", "unit: percent", "900.yaml:23: found innovative_startups in percent; expected count"),
        (
            "innovative_startups",
            "inovative_startup",
            "900.yaml:23: found indicator 'inovative_startup'; expected innovative_startups or .*: `vnkg indicators` lists them, graph/model/indicators.yaml registers them",
        ),
        ("innovative_startups", "zzz", "found indicator 'zzz'; expected one of .* known ones"),
        (
            "value_status: actual",
            "value_status: actual\n        due: 2030",
            "900.yaml:23: found due with value_status actual; expected target or planned",
        ),
        ("value_status: actual", "value_status: hoped", "found value_status: 'hoped'"),
        ("unit: count", "unit: count\n        period: 2025/2021", "two in order"),
    ],
)
def test_a_wrong_measurement_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in WITH_MEASUREMENT
    with pytest.raises(FactsError, match=message):
        read_facts(base=facts_folder(tmp_path, WITH_MEASUREMENT.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "YAML that parses"),
        ("- 1", "a mapping"),
        ("a: \x07", "control characters"),
        (ARTICLE.replace("article:\n", "article:\narticle:\n", 1), "'article' a second time"),
    ],
)
def test_a_file_that_is_not_a_yaml_mapping_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FactsError, match=message):
        read_facts(base=facts_folder(tmp_path, text))


def test_all_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    article = ARTICLE.replace("status: planned", "status: soon").replace("kind: venture_capital", "kind: bank")
    with pytest.raises(FactsError) as caught:
        read_facts(base=facts_folder(tmp_path, article, REFERENCE.replace("2026-01-01", "yesterday")))
    assert {problem.file for problem in caught.value.problems} == {"articles/900.yaml", "table.yaml"}
    assert len(caught.value.problems) >= 3


def test_a_valid_folder_is_read_with_and_without_the_text(tmp_path: Path) -> None:
    base = facts_folder(tmp_path / "facts")
    facts = read_facts(base=base)
    assert facts == read_facts(base=base, texts_folder=texts_folder(tmp_path / "texts"))
    statement = facts.statements[0]
    assert (statement.as_of, statement.as_of_from) == ("2025-12-12", "article")
    assert statement.passage is not None and statement.passage.locator == "1:0-17"
    assert [sentence.no_statement_reason for sentence in facts.sentences] == [None, "greeting"]


def test_a_passage_outside_its_line_or_with_other_words_is_refused(tmp_path: Path) -> None:
    base = facts_folder(tmp_path / "facts")
    with pytest.raises(FactsError, match="1:0-17 says other words than its sha256"):
        read_facts(base=base, texts_folder=texts_folder(tmp_path / "one", "Aaa plans a bank. Bbb has one."))
    with pytest.raises(FactsError, match="1:18-30 lies outside the text"):
        read_facts(base=base, texts_folder=texts_folder(tmp_path / "two", "Aaa plans a fund."))


def test_a_statement_about_an_entity_that_was_merged_away_names_its_successor(tmp_path: Path) -> None:
    article = (
        ARTICLE.replace("subject: province:aaa", "subject: province:old") + "retired: {province:old: province:aaa}\n"
    )
    with pytest.raises(FactsError, match="subject province:old, which was merged away; expected province:aaa"):
        read_facts(base=facts_folder(tmp_path, article))


def test_two_statements_on_one_passage_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    again = ARTICLE.split("    statements:\n")[1].split("  - at: 1:18")[0]
    article = ARTICLE.replace("  - at: 1:18-30", again.replace("planned", "considered") + "  - at: 1:18-30")
    with pytest.raises(FactsError, match=r"PLANS considered, on line 17 planned"):
        read_facts(base=facts_folder(tmp_path, article))


@pytest.mark.parametrize(
    ("old", "new", "bad"),
    [
        ("value: 12", "value: 13", "innovative_startups 13, on line 23 12"),
        ("value: 12", "value: 13\n        comparator: at least", "innovative_startups at least 13, on line 23 12"),
        ("value: 12", "value: 12.5", "innovative_startups 12.5, on line 23 12"),
        ("value: 12", "value: 12\n        speaker: province:aaa", None),
        ("value: 12", "value: 10\n        comparator: more than", None),
        ("value: 12", "value: 13\n        comparator: nearly", None),
        ("value: 12", "value: 13\n        period: 2024", None),
        ("value: 12", "value: 13\n        as_of: 2024", None),
        ("value: 12", "value: 13\n        about: [fund:ccc]", None),
        ("value: 12", "value: 13\n        scope: before", None),
        ("indicator: innovative_startups\n        value: 12", "indicator: st_enterprises\n        value: 13", None),
        ("value: 12\n        unit: count\n        value_status: actual", "value: 13\n        unit: count\n        value_status: target", None),
        ("subject: province:aaa\n        indicator: innovative_startups\n        value: 12", "subject: province:bbb\n        indicator: innovative_startups\n        value: 13", None),
    ],
)  # fmt: skip
def test_two_numbers_for_one_thing_on_one_passage_are_refused_where_only_one_can_be_right(
    tmp_path: Path, old: str, new: str, bad: str | None
) -> None:
    assert old in MEASUREMENT
    again = MEASUREMENT.replace("- subject", "- id: again\n        subject").replace(old, new)
    base = facts_folder(tmp_path, WITH_MEASUREMENT.replace("  - at: 1:18-30", again + "  - at: 1:18-30"))
    if bad is None:
        assert len(read_facts(base=base).statements) == 3
        return
    with pytest.raises(FactsError) as caught:
        read_facts(base=base)
    problem = f"articles/900.yaml:30: found {bad}; expected values that can both be right"
    assert problem in str(caught.value)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(("second", "is_refused"), [("statement:900-two", False), ("statement:900-three", True)])
def test_two_numbers_on_one_passage_may_differ_where_a_disagreement_has_a_reading_of_each(
    tmp_path: Path, second: str, is_refused: bool
) -> None:
    def measurement_with_id(word: str, value: int, indicator: str = "innovative_startups") -> str:
        return (
            MEASUREMENT.replace("- subject", f"- id: {word}\n        subject")
            .replace("12", str(value))
            .replace("indicator: innovative_startups", f"indicator: {indicator}")
        )

    more = (
        measurement_with_id("one", 12)
        + measurement_with_id("two", 13)
        + measurement_with_id("three", 3, "st_enterprises")
    )
    readings = f"[{{statements: [statement:900-one], gloss: a}}, {{statements: [{second}], gloss: b}}]"
    article = ARTICLE.replace("  - at: 1:18-30", more + "  - at: 1:18-30")
    article += f"disagreements:\n  - {{id: disagreement:x, kind: value, about: [province:aaa], changes: number, readings: {readings}}}\n"
    base = facts_folder(tmp_path, article)
    if not is_refused:
        assert len(read_facts(base=base).disagreements) == 1
        return
    with pytest.raises(FactsError, match="a disagreement with a reading of each"):
        read_facts(base=base)


def test_an_unavailable_article_text_is_not_required(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "901_other.txt").write_text("Other words.", encoding="utf-8")
    base = facts_folder(tmp_path / "facts")
    assert read_facts(base=base, texts_folder=texts) == read_facts(base=base)


def test_the_entities_of_an_incomplete_draft_are_known(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write_facts(own / "905.yaml", ARTICLE.replace("    none: greeting\n", ""))
    known = {record.id: record for record in known_entities([own])}
    assert {"fund:ccc", "province:dong-nai"} <= set(known)
    write_facts(own / "906.yaml", "article: [")
    with pytest.raises(FactsError, match=r"906\.yaml"):
        known_entities([own])


def test_a_disagreement_needs_two_readings_of_known_statements(tmp_path: Path) -> None:
    tail = "disagreements:\n  - {id: disagreement:x, kind: value, about: [province:aaa], changes: number, readings: [{statements: [statement:900-z], gloss: g}]}\n"
    with pytest.raises(FactsError) as caught:
        read_facts(base=facts_folder(tmp_path, ARTICLE + tail))
    assert "1 reading(s)" in str(caught.value)
    assert "a reading of statement:900-z" in str(caught.value)


def test_own_files_are_added_to_the_built_in_ones(tmp_path: Path) -> None:
    own = facts_folder(tmp_path / "own")
    facts = read_facts(extra_paths=[own])
    ids = {record.id for record in facts.entities}
    assert {"fund:ccc", "province:dong-nai", "article:000"} <= ids


@pytest.mark.parametrize("make", [True, False])
def test_a_missing_or_empty_own_folder_is_refused(tmp_path: Path, make: bool) -> None:
    path = tmp_path / "own"
    if make:
        path.mkdir()
    with pytest.raises(InputError, match="expected article files"):
        read_facts(extra_paths=[path])


def test_norwegian_is_a_language_and_not_false(tmp_path: Path) -> None:
    facts = read_facts(base=facts_folder(tmp_path, ARTICLE.replace("  language: en\n", "  language: no\n")))
    article = next(record for record in facts.entities if record.id == "article:900")
    assert article.attributes["language"] == "no"
