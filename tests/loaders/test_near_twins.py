import pytest

from vnkg.graph.model.facts import EntityRecord, Facts, Name, SourceLocation, Statement
from vnkg.graph.model.schema import schema
from vnkg.loaders import near_twins

BASE = (
    EntityRecord("article:900", "Article", "One", source_location=SourceLocation("900.yaml", 1)),
    EntityRecord("article:901", "Article", "Two", source_location=SourceLocation("901.yaml", 1)),
    EntityRecord("province:aaa", "Province", "Quinaulta", source_location=SourceLocation("table.yaml", 1)),
    EntityRecord("province:bbb", "Province", "Quinaultb", source_location=SourceLocation("table.yaml", 2)),
    EntityRecord("agency:aaa", "Agency", "Office", source_location=SourceLocation("table.yaml", 3)),
)
AGENCY_OF_AAA = Statement(
    "statement:ref-aaa", "relation", "agency:aaa", "reference", "", predicate="PART_OF", object="province:aaa"
)


def entity(
    entity_id: str, name: str, file: str = "900.yaml", kind: str | None = "company", names: tuple[Name, ...] = ()
) -> EntityRecord:
    entity_type = {"organisation": "Organisation", "fund": "Fund", "person": "Person"}[entity_id.partition(":")[0]]
    attributes = {"kind": kind} if kind else {}
    return EntityRecord(entity_id, entity_type, name, (Name(name, "vi"), *names), attributes, SourceLocation(file, 9))


def relate(subject: str, predicate: str, target: str) -> Statement:
    return Statement(
        f"statement:{subject}-{target}", "relation", subject, "stated", "", predicate=predicate, object=target
    )


def notices(*items: EntityRecord | Statement) -> list[str]:
    records = tuple(item for item in items if isinstance(item, EntityRecord))
    statements = tuple(item for item in items if isinstance(item, Statement))
    return [str(item) for item in near_twins(Facts((*BASE, *records), (*statements, AGENCY_OF_AAA)), schema())]


@pytest.mark.parametrize(
    ("first_name", "second_name", "is_noticed"),
    [
        ("Vườn Ươm", "vuon uom", True),
        ("Vuon", "Vuom", False),
        ("Công ty Sao Mai", "Công ty Sao May", True),
        ("Công ty Sao Mai", "Công ty Sao Mới Ba", False),
        ("Công ty Số 11", "Công ty Số 12", False),
        ("Một", "Hai", False),
    ],
)
def test_names_that_are_equal_or_nearly_are_noticed(first_name: str, second_name: str, is_noticed: bool) -> None:
    assert bool(notices(entity("organisation:a", first_name), entity("organisation:b", second_name))) == is_noticed


def test_a_notice_names_both_entities_their_places_and_names() -> None:
    assert notices(entity("organisation:a", "Sao Mai Mới"), entity("organisation:b", "Sao Mai Mói", "901.yaml")) == [
        "901.yaml:9: found organisation:b beside organisation:a (900.yaml:9), with one name, 'Sao Mai Mới'; "
        "expected one entity, unless they are two"
    ]


def test_entities_of_another_type_kind_or_province_are_no_twins() -> None:
    a = entity("organisation:a", "Công ty Sao Mai")
    assert notices(a, entity("organisation:b", "Công ty Sao Mai", kind="club")) == []
    assert notices(a, entity("fund:b", "Công ty Sao Mai", kind="company")) == []
    b = entity("organisation:b", "Công ty Sao May")
    in_aaa, in_bbb = relate(a.id, "LOCATED_IN", "province:aaa"), relate(b.id, "LOCATED_IN", "province:bbb")
    assert notices(a, b, in_aaa, in_bbb) == []
    assert len(notices(a, b, in_aaa, relate(b.id, "PART_OF", "agency:aaa"))) == 1
    # Where only one has a province, the names must be the same.
    assert notices(a, b, in_aaa) == []
    assert len(notices(a, entity("organisation:c", "Công ty Sao Mai"), in_aaa)) == 1


def test_abbreviations_and_former_names_make_no_twins() -> None:
    for kind, count in (("abbreviation", 0), ("former", 0), ("alias", 1)):
        pair = [
            entity(key, name, names=(Name("Saomai", "vi", kind),))
            for key, name in (("organisation:a", "Một"), ("organisation:b", "Hai"))
        ]
        assert len(notices(*pair)) == count


def test_two_funds_of_one_kind_and_province_in_different_files_are_noticed() -> None:
    a = entity("fund:a", "Một", kind="other")
    b = entity("fund:b", "Hai", "901.yaml", kind="other")
    plans = (relate("province:aaa", "PLANS", a.id), relate("agency:aaa", "PROPOSES", b.id))
    assert len(notices(a, b, *plans)) == 1
    assert "of one kind (other) in province:aaa" in notices(a, b, *plans)[0]
    assert notices(a, entity("fund:b", "Hai", kind="other"), *plans) == []
    assert notices(a, entity("fund:b", "Hai", "901.yaml", kind="co_investment"), *plans) == []
    assert notices(a, b, plans[0]) == []
    people = [
        entity(f"person:{key}", name, f"90{n}.yaml", kind=None)
        for n, (key, name) in enumerate([("a", "Một"), ("b", "Hai")])
    ]
    assert notices(*people, *(relate(person.id, "HOLDS_ROLE", "agency:aaa") for person in people)) == []


def test_entities_of_reference_tables_alone_are_not_compared() -> None:
    assert notices() == []
    table = entity("organisation:a", "Sao Mai", "table.yaml")
    assert notices(table, entity("organisation:b", "Sao Mai", "table.yaml")) == []
    assert len(notices(table, entity("organisation:b", "Sao Mai"))) == 1
