"""The disagreements that merging computes, and the order of what a release holds."""

from dataclasses import replace

import pytest

from tests.support.invented_statements import (
    ENTITIES,
    FUND,
    PROVINCE,
    measurement_statement,
    merge_statements,
    relation_statement,
)
from vnkg.graph.model.facts import (
    Disagreement,
    EntityRecord,
    Facts,
    Mention,
    Name,
    Passage,
    Reading,
    Sentence,
    Statement,
)
from vnkg.graph.model.merge import merge
from vnkg.graph.model.schema import schema


def test_a_dispute_about_a_stage_has_one_reading_of_each_stage_and_status() -> None:
    found = merge_statements(
        relation_statement(4, "HAS", "existing", article="901"),
        relation_statement(1, "PLANS", "planned"),
        relation_statement(3, "PLANS", "planned", article="901"),
        relation_statement(2, "PLANS", "considered"),
        relation_statement(5, "PLANS", "unclear"),
        relation_statement(6, "HAS", "past", day="2024", article="902"),
    ).disagreements
    assert found == (
        Disagreement(
            "disagreement:status-aaa-bbb-plans",
            "translation",
            (PROVINCE, FUND),
            (
                Reading(("statement:901-4",), "has: existing", "có: đã có"),
                Reading(("statement:900-2",), "plans: considered", "dự kiến: đang xem xét"),
                Reading(("statement:900-1", "statement:901-3"), "plans: planned", "dự kiến: dự kiến"),
            ),
            "Aaa, Bbb: readings differ on how far this is",
            gloss_vi="Aaa, Bbb: các cách đọc khác nhau về mức độ đã đạt được",
            changes="answer",
        ),
    )


def test_a_dispute_about_a_relation_of_two_words_has_a_hyphen_in_its_id() -> None:
    found = merge_statements(
        relation_statement(1, "PARTNERS_WITH", "planned"), relation_statement(2, "PARTNERS_WITH", "existing")
    )
    assert [item.id for item in found.disagreements] == ["disagreement:status-bbb-aaa-partners-with"]


def test_a_dispute_that_one_statement_reports_is_no_disagreement_of_statements() -> None:
    release = merge_statements(relation_statement(1, "PLANS", "disputed"), relation_statement(2, "PLANS", "disputed"))
    assert [edge.status for edge in release.edges] == ["disputed"]
    assert release.disagreements == ()


@pytest.mark.parametrize(
    ("articles", "kind"),
    [
        (("900", "901"), "translation"),
        (("900", "900"), "value"),
        (("900", "902"), "value"),
        (("903", "904"), "value"),
        (("900", "901", "902"), "value"),
    ],
)
def test_only_translations_of_one_text_disagree_as_translations(articles: tuple[str, ...], kind: str) -> None:
    values = [measurement_statement(n, 100 + n, article=article) for n, article in enumerate(articles)]
    assert [item.kind for item in merge_statements(*values).disagreements] == [kind]
    stages = [
        relation_statement(n, "SUPPORTS", status, article=article)
        for n, (article, status) in enumerate(zip(articles, ("planned", "existing", "past"), strict=False))
    ]
    assert [item.kind for item in merge_statements(*stages).disagreements] == [kind]


def test_two_articles_with_one_origin_are_no_translations_unless_their_text_is_the_same() -> None:
    articles = tuple(EntityRecord(f"article:91{n}", "Article", "A", attributes={"origin": "x"}) for n in (0, 1))
    values = [measurement_statement(n, n + 1, article=f"91{n}") for n in (0, 1)]
    assert [item.kind for item in merge_statements(*values, entities=articles).disagreements] == ["value"]


def test_values_that_disagree_are_read_by_value_and_comparator() -> None:
    found = merge_statements(
        measurement_statement(1, 14.5, period="2025-01/2025-06"),
        measurement_statement(2, 12, "more than", period="2025-01/2025-06"),
        measurement_statement(3, 1250.25, None, period="2025-01/2025-06"),
        measurement_statement(0, 14.5, period="2025-01/2025-06"),
    ).disagreements
    assert found == (
        Disagreement(
            "disagreement:value-aaa-firms-2025-01-2025-06",
            "value",
            (PROVINCE,),
            (
                Reading(("statement:900-2",), "more than 12"),
                Reading(("statement:900-0", "statement:900-1"), "= 14.5"),
                Reading(("statement:900-3",), "= 1,250.25"),
            ),
            "Aaa: readings of firms cannot all be right",
            gloss_vi="Aaa: các cách đọc về firms không thể cùng đúng",
            changes="number",
        ),
    )


@pytest.mark.parametrize(
    "difference",
    [
        {"subject": FUND},
        {"indicator": "patents"},
        {"unit": "percent"},
        {"period": "2024"},
        {"value_status": "target"},
        {"scope": "before"},
    ],
)
def test_values_of_different_things_do_not_disagree(difference: dict[str, object]) -> None:
    one = measurement_statement(1, 140, period="2025")
    assert merge_statements(one, measurement_statement(2, 100, **{"period": "2025"} | difference)).disagreements == ()


def test_a_reading_has_all_digits_of_its_value() -> None:
    values = [
        measurement_statement(n, value) for n, value in enumerate((1_234_567_890_123, 1_200_000_000_000, 0.123456789))
    ]
    (item,) = merge_statements(*values).disagreements
    assert [reading.gloss for reading in item.readings] == [
        "= 0.123456789",
        "= 1,200,000,000,000",
        "= 1,234,567,890,123",
    ]


def test_disagreements_about_values_of_one_period_have_different_ids() -> None:
    values = [
        measurement_statement(10 * n + value, value, period="2025", **details)
        for n, details in enumerate(({}, {"value_status": "target"}, {"scope": "before"}))
        for value in (1, 2)
    ]
    assert [item.id for item in merge_statements(*values).disagreements] == [
        "disagreement:value-aaa-firms-2025",
        "disagreement:value-aaa-firms-2025-before",
        "disagreement:value-aaa-firms-2025-target",
    ]


def test_a_value_in_words_disagrees_with_no_number() -> None:
    in_words = replace(measurement_statement(2, 0), value="a hundred")
    assert merge_statements(measurement_statement(1, 140), in_words).disagreements == ()


def declare(name: str, *statements: Statement) -> Disagreement:
    return Disagreement(f"disagreement:{name}", "value", (PROVINCE,), tuple(Reading((s.id,), "x") for s in statements))


def test_a_disagreement_is_computed_unless_a_declared_one_has_all_of_its_statements() -> None:
    firms = [measurement_statement(n, n) for n in (1, 2, 3)]
    patents = [measurement_statement(n, n, indicator="patents") for n in (4, 5)]
    release = merge_statements(
        *firms,
        *patents,
        disagreements=(declare("z", *firms[:2]), declare("m", firms[0]), declare("a", *patents, firms[0])),
    )
    found = [item.id.removeprefix("disagreement:") for item in release.disagreements]
    assert found == ["a", "m", "value-aaa-firms", "z"]


def test_a_release_has_everything_once_and_in_order() -> None:
    def sentence(name: str, *place: int) -> Sentence:
        return Sentence(name, Passage("article:900", *place, "0" * 64), no_statement_reason="no fact")

    mention = Mention("article:900", FUND, 1, 0, 5)
    names = (
        Name("Bee", "vi", "alias", "article:900"),
        Name("Bee", "vi", "translation", "article:901"),
        Name("Bee", "vi", "alias", "article:902"),
        Name("Bee", "en", "translation"),
        Name("Bee", "vi", "alias"),
        Name("Ant", "vi", "name"),
    )
    release = merge(
        Facts(
            entities=(EntityRecord("fund:eee", "Fund", "Eee"), EntityRecord("fund:ddd", "Fund", "Ant", (*names, names[0]))),
            mentions=(mention, Mention("article:900", FUND, 1, 0, 3), mention),
            sentences=(sentence("a", 10, 0, 5), sentence("c", 9, 0, 3), sentence("b", 9, 20, 22)),
            retired_ids=(("fund:y", None), ("fund:x", "fund:z"), ("fund:w", "fund:zz")),
        ),
        schema(),
    )  # fmt: skip
    assert [(entity.id, entity.labels) for entity in release.entities] == [
        ("fund:ddd", ("Entity", "Fund")),
        ("fund:eee", ("Entity", "Fund")),
    ]
    assert release.entities[0].names == (names[5], names[3], names[4], names[0], names[2], names[1])
    assert release.entities[1].names == (Name("Eee", "vi"),)
    assert release.mentions == (Mention("article:900", FUND, 1, 0, 3), mention)
    assert [item.id for item in release.sentences] == ["c", "b", "a"]
    assert release.retired_ids == (("fund:w", "fund:zz"), ("fund:x", "fund:z"), ("fund:y", None))


def test_an_entity_has_the_names_of_its_record() -> None:
    record = EntityRecord("fund:ddd", "Fund", "Ddd", (Name("Dee", "en"),), {"kind": "venture_capital"})
    release = merge(Facts(entities=(*ENTITIES, record)), schema())
    assert next(entity for entity in release.entities if entity.id == record.id).names == (Name("Dee", "en"),)
