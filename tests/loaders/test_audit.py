"""The audit, each check on an invented article: what it finds, and what it must leave alone."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.support.invented_statements import ENTITIES, FUND, PROVINCE, relation_statement
from vnkg.graph.errors import NotFound
from vnkg.graph.model.facts import (
    Disagreement,
    EntityRecord,
    Facts,
    Mention,
    Name,
    Passage,
    Reading,
    Sentence,
    SourceLocation,
    Statement,
    passage_hash,
)
from vnkg.graph.model.merge import merge
from vnkg.graph.model.release import Release
from vnkg.graph.model.schema import schema
from vnkg.loaders import Audit, Texts, audit

ARTICLE = EntityRecord(
    "article:900", "Article", "A title", (Name("A title", "en"), Name("Một tựa đề", "vi")), {"origin": "x"},
    SourceLocation("900.yaml", 2),
)  # fmt: skip
GLOSS, GLOSS_VI = "Quinault plans the fund of its own.", "Quinault dự kiến lập quỹ riêng."
RECORDS = (
    ARTICLE,
    EntityRecord("province:quinault", "Province", "Quinault", (Name("Quinault", "vi"),)),
    EntityRecord("agency:quinault-dost", "Agency", "Sở Khoa học Quinault", (Name("Sở KH", "vi", "abbreviation"),)),
    EntityRecord("person:quang", "Person", "Lê Quang"),
    EntityRecord("fund:quinault-seed", "Fund", "Quỹ hạt giống", attributes={"kind": "venture_capital"}),
    EntityRecord("policy:plan-92", "Policy", "Kế hoạch", attributes={"number": "92/KH-UBND", "issued_on": "2025-03"}),
    EntityRecord("event:fair-2025", "Event", "Fair 2025", (Name("Fair 2025", "en"),)),
)  # fmt: skip
PART = Statement(
    "statement:ref-part", "relation", "agency:quinault-dost", "reference", "", predicate="PART_OF",
    object="province:quinault", status="existing", source="a table",
)  # fmt: skip


def statement(**properties: object) -> Statement:
    """Return a stated plan of the province without any fault; `properties` replace fields of it."""
    plan = Statement(
        "statement:900-1", "relation", "province:quinault", "stated", GLOSS, GLOSS_VI, predicate="PLANS",
        object="fund:quinault-seed", status="planned", as_of="2026-01-01", as_of_from="article",
        source_location=SourceLocation("900.yaml", 20),
    )  # fmt: skip
    return replace(plan, **properties)  # pyright: ignore[reportArgumentType]


def audit_line(
    folder: Path, line: str, *statements: Statement, mentions: Sequence[tuple[str, str]] = (), **facts: object
) -> Audit:
    """Audit an article of one line and sentence; `mentions` are (entity, words of the line)."""
    passage = Passage("article:900", 1, 0, len(line), passage_hash(line))
    placed = tuple(replace(item, passage=passage, sentence="sentence:900-1-0") for item in statements)
    sentence = Sentence(
        "sentence:900-1-0", passage, tuple(item.id for item in placed), None if placed else "greeting",
        SourceLocation("900.yaml", 10),
    )  # fmt: skip
    spans = [(entity, line.index(words), line.index(words) + len(words)) for entity, words in mentions]
    content = {
        "entities": RECORDS,
        "statements": (*placed, PART),
        "sentences": (sentence,),
        "mentions": tuple(Mention("article:900", entity, 1, start, end) for entity, start, end in spans),
    }
    folder.mkdir(exist_ok=True)
    (folder / "900_x.txt").write_text(line, encoding="utf-8")
    return audit(Facts(**(content | facts)), schema(), Texts(folder))  # pyright: ignore[reportArgumentType]


def findings_of(result: Audit, check: str) -> list[str]:
    """Return what a check found, as `line: actual`."""
    return [f"{item.problem.line}: {item.problem.actual}" for item in result.findings_of(check)]


def test_a_faultless_article_has_no_findings(tmp_path: Path) -> None:
    result = audit_line(tmp_path, "Quinault plans a fund.", statement())
    assert (result.findings, result.notices, result.unread) == ((), (), ())


# numbers


def test_a_number_that_no_statement_of_the_sentence_holds_is_found(tmp_path: Path) -> None:
    result = audit_line(tmp_path, "Quinault plans a fund of 3,5 Milliarden in 2027.", statement(due="2027"))
    assert findings_of(result, "number") == ["10: 3,5 Milliarden in 1:0-48, which no statement there holds"]
    (finding,) = result.findings
    assert (finding.problem.file, finding.item) == ("900.yaml", "sentence:900-1-0")
    assert str(finding.problem).endswith("; expected a statement with it, or its gloss, or a mention")


NUMBER = {
    "kind": "measurement", "predicate": None, "object": None, "status": None, "indicator": "innovative_startups",
    "unit": "count", "value_status": "actual", "comparator": "=",
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "properties"),
    [
        ("1.234", {**NUMBER, "value": 1234}),
        ("2021 to 2025", {"period": "2021/2025"}),
        ("12/12/2025", {"as_of": "2025-12-12", "as_of_from": "sentence"}),
        ("2030", {"due": "../2030"}),
        ("15 April", {"qualifiers": {"date": "2025-04-15"}}),
        ("92", {"object": "policy:plan-92"}),
        ("March 2025", {"object": "policy:plan-92"}),
        ("March 2025", {"qualifiers": {"document": "policy:plan-92"}}),
        ("2025", {"about": ("event:fair-2025",)}),
        ("12", {"gloss": "Quinault plans twelve funds of its own."}),
        ("1,200", {"gloss_vi": "Quinault dự kiến lập 1.200 quỹ riêng."}),
    ],
)
def test_a_number_is_held_by_any_part_of_a_statement(
    tmp_path: Path, number: str, properties: dict[str, object]
) -> None:
    line = f"Quinault plans it: {number}."
    assert findings_of(audit_line(tmp_path, line, statement(**properties)), "number") == []
    assert findings_of(audit_line(tmp_path, line, statement()), "number") != []


def test_a_day_that_is_only_the_articles_does_not_hold_a_number(tmp_path: Path) -> None:
    result = audit_line(tmp_path, "Quinault plans it in 2026.", statement())
    assert findings_of(result, "number") == ["10: 2026 in 1:0-26, which no statement there holds"]


def test_a_number_in_a_mention_or_in_a_sentence_with_a_reason_for_none_is_exempt(tmp_path: Path) -> None:
    line = "Quinault plans it at Fair 2025."
    mentions = [("event:fair-2025", "Fair 2025")]
    assert findings_of(audit_line(tmp_path, line, statement(), mentions=mentions), "number") == []
    assert findings_of(audit_line(tmp_path, line), "number") == []


def test_a_sentence_that_says_other_words_is_found_instead_of_its_numbers(tmp_path: Path) -> None:
    line = "Quinault plans 12 funds."
    passage = Passage("article:900", 1, 0, len(line), passage_hash("another"))
    sentence = Sentence("sentence:900-1-0", passage, ("statement:900-1",), None, SourceLocation("900.yaml", 10))
    result = audit_line(tmp_path, line, statement(), sentences=(sentence,))
    assert [item.check for item in result.findings] == ["passage"]
    assert findings_of(result, "passage") == ["10: 1:0-24 says other words than its sha256"]


# forms


def test_a_form_that_is_nowhere_in_the_text_is_found_at_its_own_line(tmp_path: Path) -> None:
    forms = tuple(
        ("province:quinault", Name(text, "en", "alias", article), SourceLocation("900.yaml", line))
        for line, (text, article) in enumerate(
            [("Quinalt", "article:900"), ("Quinault", "article:900"), ("Q", None)], 5
        )
    )
    result = audit_line(tmp_path, "Quinault plans a fund.", statement(), forms=forms)
    assert findings_of(result, "form") == ["5: form 'Quinalt' of province:quinault"]


# how we know


@pytest.mark.parametrize(
    ("properties", "languages"),
    [
        ({"basis": "inferred"}, ["en", "vi"]),
        ({"basis": "context"}, ["en", "vi"]),
        ({"speaker": "person:quang", "speaker_basis": "inferred"}, ["en", "vi"]),
        ({"basis": "inferred", "gloss": f"{GLOSS} Inferred from its name."}, ["vi"]),
        ({"basis": "context", "gloss_vi": f"Bối cảnh: {GLOSS_VI}"}, ["en"]),
        ({"basis": "context", "gloss": f"Context: {GLOSS}", "gloss_vi": f"Bối cảnh: {GLOSS_VI}"}, []),
        ({"basis": "inferred", "gloss": f"Inferred: {GLOSS}", "gloss_vi": f"{GLOSS_VI} Suy ra từ tên."}, []),
        ({"speaker": "person:quang", "speaker_basis": "stated"}, []),
    ],
)
def test_what_a_sentence_does_not_state_says_how_in_both_languages(
    tmp_path: Path, properties: dict[str, object], languages: list[str]
) -> None:
    result = audit_line(tmp_path, "Quinault plans a fund.", statement(**properties))
    assert [item.problem.actual.split(" that ")[0].split()[-1] for item in result.findings_of("basis")] == languages
    assert len(result.findings) == len(languages)


# glosses


@pytest.mark.parametrize(
    ("gloss", "gloss_vi", "fault"),
    [
        (GLOSS, None, "no gloss in vi"),
        ("A plan of Quinault.", GLOSS_VI, "the gloss 'A plan of Quinault.'"),
        (GLOSS, "Một quỹ riêng.", "the gloss 'Một quỹ riêng.'"),
        (GLOSS, GLOSS, "one gloss for en and vi"),
        ("It plans a fund of its own.", GLOSS_VI, "a gloss that does not name province:quinault"),
        ("The province will set up a fund.", GLOSS_VI, "a gloss that does not name province:quinault"),
        (GLOSS, GLOSS_VI, None),
        ("A plan for quinault's own fund.", GLOSS_VI, None),
        ("The plan of a fund, the Quỹ hạt giống.", GLOSS_VI, None),
    ],
)
def test_a_gloss_stands_alone_in_both_languages(
    tmp_path: Path, gloss: str, gloss_vi: str | None, fault: str | None
) -> None:
    result = audit_line(tmp_path, "Quinault plans a fund.", statement(gloss=gloss, gloss_vi=gloss_vi))
    assert [item.problem.actual for item in result.findings] == ([fault] if fault else [])


def test_a_gloss_that_only_restates_the_relation_is_found(tmp_path: Path) -> None:
    restated, restated_vi = "Quinault plans the Quỹ hạt giống.", "Quinault dự kiến Quỹ hạt giống."
    result = audit_line(tmp_path, "Quinault plans a fund.", statement(gloss=restated, gloss_vi=restated_vi))
    assert findings_of(result, "gloss") == [
        f"20: the gloss {text!r}, which only restates the relation" for text in (restated_vi, restated)
    ]
    more = statement(gloss=f"{restated} It comes in spring.", gloss_vi=f"{restated_vi} Vào mùa xuân.")
    assert audit_line(tmp_path, "Quinault plans a fund.", more).findings == ()


def test_the_kind_of_a_thing_does_not_name_it_unless_it_has_no_other_name(tmp_path: Path) -> None:
    for name, count in (("Quinault venture fund", 1), ("Venture capital fund", 0)):
        record = EntityRecord("fund:x", "Fund", name, (Name(name, "en"),))
        located = statement(
            subject="fund:x", predicate="LOCATED_IN", object="person:quang", gloss="There a venture fund is to stand."
        )
        result = audit_line(tmp_path, name, located, entities=(*RECORDS, record))
        assert len(findings_of(result, "gloss")) == count


def test_how_an_article_calls_a_thing_does_not_name_it(tmp_path: Path) -> None:
    city = replace(RECORDS[1], names=(Name("the city", "en", "alias", "article:900"),))
    records = (ARTICLE, city, *RECORDS[2:])
    item = statement(gloss="Next year the city plans it.")
    result = audit_line(tmp_path, "The city plans a fund.", item, entities=records)
    assert [finding.problem.actual for finding in result.findings] == ["a gloss that does not name province:quinault"]


def test_a_title_is_in_english_and_vietnamese(tmp_path: Path) -> None:
    records = (replace(ARTICLE, names=(Name("A title", "en"),)), *RECORDS[1:])
    result = audit_line(tmp_path, "Quinault plans a fund.", statement(), entities=records)
    assert findings_of(result, "gloss") == ["2: article:900 without a title in vi"]


def test_titles_readings_and_reasons_of_disagreements_are_in_english_and_vietnamese(tmp_path: Path) -> None:
    readings = (Reading(("statement:900-1",), "one", "một"), Reading(("statement:900-1",), "two"))
    item = Disagreement(
        "disagreement:x", "value", (), readings, "", 0, "Newer.", "Một tựa đề", None, "number",
        SourceLocation("900.yaml", 40),
    )  # fmt: skip
    result = audit_line(tmp_path, "Quinault plans a fund.", statement(), disagreements=(item,))
    assert findings_of(result, "gloss") == [
        f"40: disagreement:x: no {what}" for what in ("reading 1 in vi", "reason in vi", "title in en")
    ]
    open_item = replace(item, preferred=None, reason=None, gloss="A title", readings=(readings[0], readings[0]))
    assert audit_line(tmp_path, "Quinault plans a fund.", statement(), disagreements=(open_item,)).findings == ()


# subjects


@pytest.mark.parametrize(
    ("line", "mentions", "properties", "is_named"),
    [
        ("It plans a fund.", [], {}, False),
        ("QUINAULT plans a fund.", [], {}, True),
        ("The city plans a fund.", [("province:quinault", "The city")], {}, True),
        ("Sở KH plans a fund.", [], {}, True),
        ("The office plans a fund.", [("agency:quinault-dost", "The office")], {}, True),
        ("Mr Quang plans a fund.", [("person:quang", "Mr Quang")], {}, False),
        ("Mr Quang plans a fund.", [("person:quang", "Mr Quang")], {"speaker": "person:quang"}, True),
        ("Quinaultia plans a fund.", [], {}, False),
        ("It plans a fund.", [("fund:quinault-seed", "fund")], {}, False),
        (
            "It plans a fund.",
            [],
            {"basis": "inferred", "gloss": f"Inferred: {GLOSS}", "gloss_vi": f"Suy ra: {GLOSS_VI}"},
            True,
        ),
        ("It plans a fund.", [], {**NUMBER, "value": 1}, True),
        ("It plans a fund.", [], {"kind": "claim", "predicate": None, "object": None, "claim_type": "goal"}, True),
    ],
)
def test_the_line_of_a_stated_relation_names_its_subject_a_part_of_it_or_the_speaker(
    tmp_path: Path, line: str, mentions: list[tuple[str, str]], properties: dict[str, object], is_named: bool
) -> None:
    result = audit_line(tmp_path, line, statement(**properties), mentions=mentions)
    faults = [] if is_named else ["20: province:quinault, stated, which line 1 does not name"]
    assert findings_of(result, "subject") == faults
    assert len(result.findings) == len(faults)


def test_an_article_need_not_name_itself(tmp_path: Path) -> None:
    covers = statement(
        subject="article:900", predicate="COVERS", object="event:fair-2025", status="existing",
        gloss="The article reports on the Fair 2025.",
    )  # fmt: skip
    assert findings_of(audit_line(tmp_path, "A report.", covers), "subject") == []


# edges


def audit_edge(
    monkeypatch: pytest.MonkeyPatch, *statements: Statement, disagreements: tuple[Disagreement, ...] = ()
) -> list[str]:
    """Return what the check of edges finds if a merge counts every article that has a statement about one fund."""
    records = tuple(replace(record, source_location=SourceLocation(f"{record.id[-3:]}.yaml", 1)) for record in ENTITIES)
    located = tuple(
        replace(item, source_location=SourceLocation(f"{item.passage.article[-3:]}.yaml", 7)) for item in statements
    )
    facts = Facts(records, located, disagreements=disagreements)
    assert audit(facts, schema()).findings_of("support") == []
    articles = len({item.passage.article for item in statements})

    def merge_and_count_all(*arguments: Any) -> Release:
        release = merge(*arguments)
        return replace(release, edges=tuple(replace(edge, articles=articles) for edge in release.edges))

    with monkeypatch.context() as patch:
        patch.setattr(import_module("vnkg.loaders.audit"), "merge", merge_and_count_all)
        findings = audit(facts, schema()).findings_of("support")
    return [f"{item.problem.file}: {item.problem.actual}" for item in findings]


def test_an_article_whose_statements_are_from_context_does_not_support_an_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    stated, context = (
        relation_statement(1, "PLANS", "planned"),
        relation_statement(1, "PLANS", "planned", article="902"),
    )
    assert audit_edge(monkeypatch, stated, context) == []
    context = replace(context, basis="context")
    found_edge = [f"902.yaml: article:902 counted for {PROVINCE} PLANS {FUND}"]
    assert audit_edge(monkeypatch, stated, context) == found_edge
    assert audit_edge(monkeypatch, stated, context, relation_statement(2, "PLANS", "planned", article="902")) == []
    both = replace(relation_statement(3, "PLANS", "planned"), basis="context")
    assert audit_edge(monkeypatch, stated, both, context) == found_edge
    assert audit_edge(monkeypatch, context) == []  # the edge is marked as context itself


def test_an_article_whose_reading_is_rejected_does_not_support_an_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, built = relation_statement(1, "PLANS", "planned"), relation_statement(2, "HAS", "existing", article="902")
    readings = (Reading((plan.id,), "planned"), Reading((built.id,), "there"))
    item = Disagreement("disagreement:x", "date", (FUND,), readings, "x", 0, "Newer.", changes="answer")
    assert audit_edge(monkeypatch, plan, built, disagreements=(item,)) == [
        f"902.yaml: article:902 counted for {PROVINCE} PLANS {FUND}"
    ]
    for changed in (replace(item, preferred=None), replace(item, changes="name")):
        assert audit_edge(monkeypatch, plan, built, disagreements=(changed,)) == []


# which articles, and without text


def test_without_text_the_checks_that_need_it_are_left_out_and_the_articles_are_named(tmp_path: Path) -> None:
    line = "It plans 12 funds."
    assert {item.check for item in audit_line(tmp_path, line, statement(gloss="A plan.")).findings} == {
        "number", "subject", "gloss",
    }  # fmt: skip
    passage = Passage("article:900", 1, 0, len(line), passage_hash(line))
    item = replace(statement(gloss="A plan."), passage=passage)
    result = audit(Facts(RECORDS, (item,)), schema())
    assert {finding.check for finding in result.findings} == {"gloss"}
    assert result.unread == ("article:900",)


def test_only_the_requested_articles_are_audited() -> None:
    other = replace(ARTICLE, id="article:901", names=(), source_location=SourceLocation("901.yaml", 2))
    facts = Facts((*RECORDS, other))
    assert [item.item for item in audit(facts, schema()).findings] == ["article:901", "article:901"]
    assert audit(facts, schema(), articles=["article:900"]).findings == ()
    with pytest.raises(NotFound, match="article:902"):
        audit(facts, schema(), articles=["article:902"])
