"""What an article file with every kind of entry is read as, and mistakes in its rarer entries."""

from pathlib import Path

import pytest

from tests.support.facts_folder import facts_folder, write_facts
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import Disagreement, Facts, Mention, Name, Passage, Reading, Statement
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema
from vnkg.loaders import read_facts

SHA256 = "a" * 64
NARROW = "b" * 64
TABLE = """\
source: a table
checked_on: 2026-01-01
entities:
  - {id: province:aaa, name: Aaa, language: en, names: [{text: Aaa Town, language: en}]}
  - id: province:bbb
    name: Bbb
    names:
      - {text: Bbb, language: fr, kind: former}
      - {text: " Bé ", language: fr, kind: alias}
names:
  - {id: province:aaa, names: [{text: Á, language: vi, kind: alias}, {text: A, language: en, kind: abbreviation}]}
statements:
  - {id: one, subject: province:aaa, predicate: BORDERS, object: province:bbb, status: existing}
  - {id: two, subject: province:aaa, predicate: MERGED_INTO, object: province:bbb, status: existing, date: 2025-07,
     as_of: 2025-07-01, source: a law}
retired: {province:old: province:aaa, province:lost: }
"""
ARTICLE = f"""\
article:
  id: article:900
  name: A test
  language: fr
  published: 2025-12-12
  origin: test
  sha256: {"0" * 64}
entities:
  - {{id: fund:ccc, name: Ccc, kind: venture_capital, language: en}}
forms:
  province:aaa: [Aaà, Aaá]
sentences:
  - at: 1:0-17
    sha256: {SHA256}
    origin: other
    mentions: {{province:aaa: [0-3, 14-17], fund:ccc: 4-9}}
    statements:
      - id: plan
        subject: province:aaa
        predicate: PLANS
        object: fund:ccc
        status: planned
        basis: inferred
        gloss: A plan.
      - id: part
        at: 1:2-5
        sha256: {NARROW}
        subject: province:aaa
        predicate: HAS
        object: fund:ccc
        status: existing
        as_of: 2024-05
        basis: stated
        gloss: It was.
  - at: 2:0-9
    sha256: {SHA256}
    statements:
      - id: firms
        subject: province:aaa
        indicator: innovative_startups
        value: 12.5
        unit: count
        value_status: target
        period: 2025/2025
        basis: context
        gloss: Firms.
      - id: goal
        subject: province:aaa
        claim: goal
        status: planned
        speaker: province:bbb
        about: [fund:ccc, province:bbb]
        basis: stated
        gloss: A goal.
disagreements:
  - id: disagreement:x
    kind: date
    about: [fund:ccc]
    gloss: They differ.
    preferred: 0
    reason: It is newer.
    changes: answer
    readings:
      - {{statements: [statement:900-plan], gloss: planned}}
      - {{statements: [statement:900-part, statement:900-goal], gloss: there}}
"""


def read(folder: Path, article: str = ARTICLE, table: str = TABLE) -> Facts:
    return read_facts(base=facts_folder(folder, article, table))


def test_the_statements_of_a_file_have_their_date_origin_and_passage(tmp_path: Path) -> None:
    passage = Passage("article:900", 1, 0, 17, SHA256)
    second = Passage("article:900", 2, 0, 9, SHA256)
    assert {statement.id: statement for statement in read(tmp_path).statements} == {
        statement.id: statement
        for statement in (
            Statement(
                "statement:900-plan", "relation", "province:aaa", "inferred", "A plan.", predicate="PLANS",
                object="fund:ccc", status="planned", as_of="2025-12-12", as_of_from="article", passage=passage,
                sentence="sentence:900-1-0", origin="other",
            ),
            Statement(
                "statement:900-part", "relation", "province:aaa", "stated", "It was.", predicate="HAS",
                object="fund:ccc", status="existing", as_of="2024-05", as_of_from="sentence",
                passage=Passage("article:900", 1, 2, 5, NARROW), sentence="sentence:900-1-0", origin="other",
            ),
            Statement(
                "statement:900-firms", "measurement", "province:aaa", "context", "Firms.", indicator="innovative_startups",
                value=12.5, unit="count", comparator="=", value_status="target", period="2025/2025",
                as_of="2025-12-12", as_of_from="article", passage=second, sentence="sentence:900-2-0",
            ),
            Statement(
                "statement:900-goal", "claim", "province:aaa", "stated", "A goal.", claim_type="goal",
                status="planned", as_of="2025-12-12", as_of_from="article", speaker="province:bbb",
                about=("fund:ccc", "province:bbb"), passage=second, sentence="sentence:900-2-0",
            ),
            Statement(
                "statement:ref-one", "relation", "province:aaa", "reference", "", predicate="BORDERS",
                object="province:bbb", status="existing", source="a table", checked_on="2026-01-01",
            ),
            Statement(
                "statement:ref-two", "relation", "province:aaa", "reference", "", predicate="MERGED_INTO",
                object="province:bbb", status="existing", qualifiers={"date": "2025-07"}, as_of="2025-07-01",
                as_of_from="sentence", source="a law", checked_on="2026-01-01",
            ),
        )
    }  # fmt: skip


def test_names_mentions_disagreements_and_retired_ids_of_a_file_are_read(tmp_path: Path) -> None:
    facts = read(tmp_path)
    assert {entity.id: entity.names for entity in facts.entities} == {
        "province:aaa": (
            Name("Aaa", "en"), Name("Aaa Town", "en"), Name("Aaà", "fr", "alias", "article:900"),
            Name("Aaá", "fr", "alias", "article:900"), Name("Á", "vi", "alias"), Name("A", "en", "abbreviation"),
        ),
        "province:bbb": (Name("Bbb", "fr", "former"), Name("Bé", "fr", "alias")),
        "article:900": (Name("A test", "fr"),),
        "fund:ccc": (Name("Ccc", "en"),),
    }  # fmt: skip
    assert facts.mentions == (
        Mention("article:900", "province:aaa", 1, 0, 3),
        Mention("article:900", "province:aaa", 1, 14, 17),
        Mention("article:900", "fund:ccc", 1, 4, 9),
    )
    assert facts.disagreements == (
        Disagreement(
            "disagreement:x", "date", ("fund:ccc",),
            (
                Reading(("statement:900-plan",), "planned"),
                Reading(("statement:900-part", "statement:900-goal"), "there"),
            ),
            "They differ.", 0, "It is newer.", changes="answer",
        ),
    )  # fmt: skip
    assert facts.retired_ids == (("province:old", "province:aaa"), ("province:lost", None))
    assert [sentence.statements for sentence in facts.sentences] == [
        ("statement:900-plan", "statement:900-part"),
        ("statement:900-firms", "statement:900-goal"),
    ]


def test_a_statement_without_an_id_gets_one_of_its_content_and_place(tmp_path: Path) -> None:
    rows = [
        "{subject: province:aaa, indicator: innovative_startups, value: 3, unit: count, value_status: actual, basis: stated, gloss: x",
        "{subject: province:aaa, claim: goal, basis: stated, gloss: One",
        "{subject: province:aaa, claim: goal, basis: stated, gloss: Two",
        "{subject: fund:ccc, predicate: FUNDS, object: province:aaa, status: planned, basis: stated, gloss: x",
        "{subject: person:d, predicate: HOLDS_ROLE, object: agency:e, title: one, head: true, status: existing,"
        " basis: stated, gloss: x",
        "{subject: person:d, predicate: HOLDS_ROLE, object: agency:e, title: two, head: true, status: existing,"
        " basis: stated, gloss: x",
    ]
    rows.append(rows[0] + ", period: 2024")
    rows.append(rows[0] + f", at: '2:3-5', sha256: {NARROW}")
    text = ARTICLE.replace(
        "disagreements:", "".join(f"      - {row}}}\n" for row in rows) + "disagreements:"
    ).replace("forms:", "  - {id: person:d, name: D}\n  - {id: agency:e, name: E, kind: unit}\nforms:")  # fmt: skip
    ids = [statement.id for statement in read(tmp_path / "a", text).statements]
    assert len(set(ids)) == 6 + len(rows)
    reworded = text.replace("gloss: x", "gloss: y").replace("status: planned, basis", "status: proposed, basis")
    assert [statement.id for statement in read(tmp_path / "b", reworded).statements] == ids


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("at: 1:2-5", "at: 2:2-5", "at: 2:2-5; expected a span inside 1:0-17"),
        ("at: 1:2-5", "at: 1:12-18", "at: 1:12-18; expected a span inside 1:0-17"),
        ("at: 2:0-9", "at: 0:0-9", "at: '0:0-9'; expected line:start-end, line from 1"),
        (f"sha256: {NARROW}", f"sha256: {'b' * 63}", "expected 64 hex digits"),
        ("14-17]", "17-14]", "mentions: '17-14'; expected start-end"),
        ("fund:ccc: 4-9", "fund:ccc: 4-4", "mentions: '4-4'; expected start-end"),
        ("fund:ccc: 4-9", "fund:ccc: 4-18", "mention 4-18; expected a span inside 1:0-17"),
        ("value: 12.5", "value: true", "value: True; expected a plain number"),
        ("period: 2025/2025", "period: 2025/2025-13", "period: '2025/2025-13'"),
        ("period: 2025/2025", "period: 2025-02-30", "period: '2025-02-30'"),
        ("gloss: Firms.", "gloss: ' '", "an empty 'gloss'"),
        ("gloss: Firms.", 'gloss: "a\\u2028b"', "without control characters"),
        ("gloss: Firms.", f"gloss: {'x' * 2001}", "gloss: 2001 letters; expected at most 2000"),
        ("preferred: 0", "preferred: 2", "preferred: 2; expected the number of a reading, from 0"),
        ("preferred: 0", "preferred: -1", "preferred: -1; expected the number of a reading"),
        ("    reason: It is newer.\n", "", "no 'reason'"),
        ("about: [fund:ccc]\n", "about: [fund:ccd]\n", "about fund:ccd, which no file declares; expected fund:ccc"),
        ("about: [fund:ccc, province:bbb]", "about: [fund:ccc, province:b]", "about province:b, which no file declares"),
        ("speaker: province:bbb", "speaker: province:b", "speaker province:b, which no file declares"),
        ("province:aaa: [Aaà, Aaá]", "province:x: [Aaà]", "form 'Aaà' of province:x, which no file declares"),
        ("about: [fund:ccc, province:bbb]", "about: [fund:ccc, 7]", "a list of ids"),
        ("at: 2:0-9\n", "at: 2:0-9\n    none: no fact\n", "statements and 'none'; expected one of them"),
        ("id: firms", "id: goal", "statement:900-goal a second time"),
        ("at: 2:0-9", "at: 1:0-20", "sentence:900-1-0 a second time"),
        ("at: 2:0-9", "at: 1:16-25", "1:0-17 and 1:16-25; expected sentences that do not overlap"),
        ("published: 2025-12-12", "published: 2025-12-32", "published: '2025-12-32'; expected a date that exists"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rarer_entry_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert ARTICLE.count(old) >= 1
    with pytest.raises(FactsError) as refused:
        read(tmp_path, ARTICLE.replace(old, new, 1))
    assert message in str(refused.value)


def test_a_text_of_the_greatest_length_is_accepted(tmp_path: Path) -> None:
    facts = read(tmp_path, ARTICLE.replace("gloss: Firms.", f"gloss: {'x' * 2000}"))
    assert max(len(statement.gloss) for statement in facts.statements) == 2000


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: Bbb", "name: Aaa", "'Aaa' for province:bbb and province:aaa"),
        ("checked_on: 2026-01-01\n", "", "no 'checked_on'"),
        ("source: a table\n", "", "no 'source'"),
        ("  - {id: province:aaa, names:", "  - {id: province:aab, names:", "form 'Á' of province:aab"),
        ("object: province:bbb, status: existing}", "object: fund:ccc, status: existing}", "BORDERS with object fund:ccc"),
        ("retired: {province:old: province:aaa", "retired: {province:old: province:x", "merged into province:x"),
        (", date: 2025-07,", ",", "MERGED_INTO without 'date'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_reference_table_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in TABLE
    with pytest.raises(FactsError) as refused:
        read(tmp_path, table=TABLE.replace(old, new, 1))
    assert message in str(refused.value)


def test_two_articles_may_add_names_to_one_entity_and_a_name_counts_once(tmp_path: Path) -> None:
    base = facts_folder(tmp_path, ARTICLE.replace("[Aaà, Aaá]", "[Aaà, Aaà]"), TABLE)
    other = f"article: {{id: 'article:901', name: Other, language: en, origin: x, sha256: '{SHA256}'}}\n"
    write_facts(base / "articles" / "901.yaml", other + "forms: {province:bbb: [Be]}\n")
    write_facts(base / "zz.yaml", TABLE[: TABLE.index("entities:")] + "names: [{id: province:bbb, names: []}]\n")
    facts = read_facts(base=base)
    names = {entity.id: [name.text for name in entity.names] for entity in facts.entities}
    assert names["province:aaa"] == ["Aaa", "Aaa Town", "Aaà", "Á", "A"]
    assert names["province:bbb"] == ["Bbb", "Bé", "Be"]


def test_a_draft_without_its_head_is_read_as_an_article(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="no 'article'; expected a mapping 'article'"):
        read(tmp_path, ARTICLE[ARTICLE.index("sentences:") :])


def test_invalid_yaml_is_reported_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FactsError) as refused:
        read(tmp_path, ARTICLE.replace("    kind: date\n", "    kind: [date\n"))
    assert [problem.line for problem in refused.value.problems] == [
        ARTICLE[: ARTICLE.index("    about: [fund:ccc]\n")].count("\n") + 1
    ]


def test_words_that_yaml_takes_for_something_else_stay_text_and_a_tilde_is_nothing(tmp_path: Path) -> None:
    table = TABLE.replace("name: Bbb\n", "name: yes\n    code: ~\n    area_km2: -5\n")
    province = next(record for record in read(tmp_path, table=table).entities if record.id == "province:bbb")
    assert (province.name, province.attributes) == ("yes", {"area_km2": -5})


def test_a_fund_and_a_province_may_have_one_name(tmp_path: Path) -> None:
    assert len(read(tmp_path, ARTICLE.replace("name: Ccc", "name: Aaa")).entities) == 4


def statement_of(facts: Facts, name: str) -> Statement:
    return next(statement for statement in facts.statements if statement.id == f"statement:900-{name}")


@pytest.mark.parametrize("due", ["2030", "2030-06", "2030-06-30", "2026/2030", "../2030", "../2030-06"])
def test_plans_and_targets_may_say_by_when(tmp_path: Path, due: str) -> None:
    article = ARTICLE.replace("status: planned\n", f"status: planned\n        due: {due}\n")
    facts = read(tmp_path, article.replace("value: 12.5\n", f"value: 12.5\n        due: {due}\n"))
    assert {statement.id: statement.due for statement in facts.statements if statement.due} == {
        "statement:900-plan": due, "statement:900-goal": due, "statement:900-firms": due,
    }  # fmt: skip


@pytest.mark.parametrize(
    "due", ["soon", "2030/..", "../2030/2031", "../..", "2030/2026", "../2030-13", "/2030", "2030-02-30", "./2030"]
)
def test_a_malformed_due_date_is_refused(tmp_path: Path, due: str) -> None:
    with pytest.raises(FactsError) as refused:
        read(tmp_path, ARTICLE.replace("status: planned\n", f"status: planned\n        due: {due}\n", 1))
    assert f"900.yaml:23: found due: '{due}'; expected a date, YYYY/YYYY, or ../YYYY (by that date)" in str(
        refused.value
    )


def test_a_number_may_have_a_scope_and_a_speaker_may_be_inferred(tmp_path: Path) -> None:
    facts = read(
        tmp_path,
        ARTICLE.replace("unit: count\n", "unit: count\n        scope: before\n")
        .replace("speaker: province:bbb\n", "speaker: province:bbb\n        speaker_basis: inferred\n"),
    )  # fmt: skip
    assert (statement_of(facts, "firms").scope, statement_of(facts, "goal").scope) == ("before", None)
    assert (statement_of(facts, "goal").speaker_basis, statement_of(facts, "firms").speaker_basis) == ("inferred", None)


def test_a_gloss_has_two_languages_or_is_english(tmp_path: Path) -> None:
    text = ARTICLE.replace("gloss: A plan.", "gloss: {en: A plan., vi: Một dự kiến.}")
    text = text.replace("gloss: They differ.", "gloss: {en: They differ., vi: Khác nhau.}")
    text = text.replace("reason: It is newer.", "reason: {en: It is newer., vi: Mới hơn.}")
    facts = read(tmp_path, text.replace("gloss: planned", "gloss: {en: planned, vi: dự kiến}"))
    plan = statement_of(facts, "plan")
    assert (plan.gloss, plan.gloss_vi, statement_of(facts, "part").gloss_vi) == ("A plan.", "Một dự kiến.", None)
    (item,) = facts.disagreements
    assert (item.gloss, item.gloss_vi, item.reason, item.reason_vi) == (
        "They differ.", "Khác nhau.", "It is newer.", "Mới hơn.",
    )  # fmt: skip
    assert [(reading.gloss, reading.gloss_vi) for reading in item.readings] == [("planned", "dự kiến"), ("there", None)]


@pytest.mark.parametrize(
    ("published", "as_of"), [("2025-11/2025-12", "2025-12"), ("2025/2026-02-03", "2026-02-03"), ("2025", "2025")]
)
def test_an_article_may_be_published_in_an_interval_whose_end_dates_its_statements(
    tmp_path: Path, published: str, as_of: str
) -> None:
    facts = read(tmp_path, ARTICLE.replace("published: 2025-12-12", f"published: {published}"))
    plan = statement_of(facts, "plan")
    assert (plan.as_of, plan.as_of_from) == (as_of, "article")
    assert next(record for record in facts.entities if record.id == "article:900").attributes["published"] == published
    release = merge(facts, schema())
    assert release.data_date == as_of
    assert [edge.as_of for edge in release.edges if edge.predicate == "PLANS"] == [as_of]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gloss: A plan.", "gloss: {en: A plan.}", "900.yaml:24: found no 'vi'; expected a text 'vi'"),
        ("gloss: A plan.", "gloss: {vi: Dự kiến.}", "900.yaml:24: found no 'en'; expected a text 'en'"),
        ("gloss: A plan.", "gloss: {en: A plan., vi: ' '}", "900.yaml:24: found an empty 'vi'"),
        ("gloss: A plan.", "gloss: {en: A plan., vn: x, vi: y}", "900.yaml:24: found 'vn' in gloss; expected en or vi"),
        ("reason: It is newer.", "reason: {en: It is newer.}", "found no 'vi'"),
        ("    changes: answer\n", "", "900.yaml:56: found no 'changes'; expected a text 'changes'"),
        ("changes: answer", "changes: all", "found changes: 'all'; expected one of answer, number, name, nothing"),
        ("claim: goal\n", "claim: goal\n        speaker_basis: maybe\n", "found speaker_basis: 'maybe'; expected one of stated"),
        ("gloss: Firms.", "gloss: Firms.\n        speaker_basis: inferred",
         "900.yaml:47: found speaker_basis without speaker; expected a speaker"),
        ("unit: count", "unit: count\n        scope: half", "900.yaml:43: found scope: 'half'; expected one of before, after"),
        ("status: planned", "status: planned\n        scope: part", "found 'scope' in a PLANS statement"),
        ("status: planned", "status: planned\n        alternative: fund:ddd", "alternative: 'fund:ddd'; expected a list of ids"),
        ("        subject: province:aaa\n        predicate: PLANS", "        predicate: PLANS", "found no 'subject'"),
        ("published: 2025-12-12", "published: 2025-12/2025-11", "900.yaml:5: found published: '2025-12/2025-11'; expected"),
        ("published: 2025-12-12", "published: ../2025", "found published: '../2025'; expected a date that exists"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_a_statement_may_say_besides_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in ARTICLE
    with pytest.raises(FactsError) as refused:
        read(tmp_path, ARTICLE.replace(old, new, 1))
    assert message in str(refused.value)
