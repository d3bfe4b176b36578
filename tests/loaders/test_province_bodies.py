"""Bodies that every province has: named by rule, part of their province, and there only once a statement uses them."""

from pathlib import Path

import pytest

from tests.support.facts_folder import ARTICLE, REFERENCE, facts_folder, write_facts
from vnkg.graph.errors import FactsError
from vnkg.graph.model.facts import EntityRecord, Facts, Name
from vnkg.loaders import built_in_folder, known_entities, read_facts

PROVINCES = """\
source: a table of the tests
checked_on: 2026-01-01
entities:
  - {id: province:aaa, name: Á Á, language: vi, kind: province, names: [{text: Aaa, language: en}]}
  - {id: province:bbb, name: Bờ, kind: city}
  - {id: province:ccc, name: Cờ, kind: city, city_since: 2026-01-01}
  - {id: province:ddd, name: Đờ, kind: province, abolished_on: 2025-07-01}
"""
BODIES = """\
source: a law of the tests
checked_on: 2026-02-02
province_bodies:
  dost:
    kind: department
    name: Sở {province}
    names:
      - {text: 'Department of {province}', language: en, kind: translation}
      - {text: 'S. {province}', language: vi, kind: abbreviation}
  party-committee:
    kind: party_committee
    name: Tỉnh ủy {province}
    city_name: Thành ủy {province}
"""


def claim(subject: str, more_fields: str = "") -> str:
    return f"      - {{subject: {subject}, claim: goal, basis: stated, gloss: A goal{more_fields}}}\n"


def read(folder: Path, *statements: str, article: str = ARTICLE, bodies: str = BODIES) -> Facts:
    text = article.replace("  - at: 1:18-30", "".join(statements) + "  - at: 1:18-30")
    base = facts_folder(folder, text, PROVINCES)
    write_facts(base / "bodies.yaml", bodies)
    return read_facts(base=base)


def bodies_of(facts: Facts) -> dict[str, EntityRecord]:
    return {record.id: record for record in facts.entities if record.type == "Agency"}


def test_a_body_has_its_id_and_its_names_by_rule(tmp_path: Path) -> None:
    facts = read(tmp_path, claim("agency:aaa-dost"))
    (record,) = bodies_of(facts).values()
    assert (record.id, record.name, record.attributes) == ("agency:aaa-dost", "Sở Á Á", {"kind": "department"})
    assert record.names == (
        Name("Sở Á Á", "vi"),
        Name("Department of Aaa", "en", "translation"),
        Name("S. Á Á", "vi", "abbreviation"),
    )


def test_a_body_is_part_of_its_province_by_reference(tmp_path: Path) -> None:
    facts = read(tmp_path, claim("agency:aaa-dost"), claim("agency:ddd-dost"))
    found = {
        s.id: (s.subject, s.predicate, s.object, s.status, s.as_of, s.basis, s.source, s.checked_on, s.passage)
        for s in facts.statements
        if s.predicate == "PART_OF"
    }
    reference = ("reference", "a law of the tests", "2026-02-02", None)
    assert found == {
        "statement:ref-aaa-dost": ("agency:aaa-dost", "PART_OF", "province:aaa", "existing", None, *reference),
        "statement:ref-ddd-dost": ("agency:ddd-dost", "PART_OF", "province:ddd", "past", "2025-07-01", *reference),
    }


@pytest.mark.parametrize(
    ("province", "name"), [("aaa", "Tỉnh ủy Á Á"), ("bbb", "Thành ủy Bờ"), ("ccc", "Tỉnh ủy Cờ"), ("ddd", "Tỉnh ủy Đờ")]
)
def test_a_city_that_never_was_a_province_has_its_own_name_for_a_body(tmp_path: Path, province: str, name: str) -> None:
    body = f"agency:{province}-party-committee"
    assert {key: record.name for key, record in bodies_of(read(tmp_path, claim(body))).items()} == {body: name}


def test_a_body_that_no_statement_uses_is_not_there(tmp_path: Path) -> None:
    facts = read(tmp_path)
    assert bodies_of(facts) == {}
    assert [statement.predicate for statement in facts.statements] == ["PLANS"]
    with pytest.raises(FactsError, match="form 'Aaa' of agency:aaa-dost, which no file declares"):
        read(tmp_path / "form", article=ARTICLE.replace("province:aaa: [Aaa]", "agency:aaa-dost: [Aaa]"))


@pytest.mark.parametrize(
    "statement",
    [
        claim("agency:aaa-dost"),
        claim("province:aaa", ", speaker: agency:aaa-dost"),
        claim("province:aaa", ", about: [province:bbb, agency:aaa-dost]"),
        "      - {subject: province:aaa, predicate: SUPPORTS, object: agency:aaa-dost, status: existing, basis: stated,"
        " gloss: Help}\n",
    ],
)
def test_a_body_is_there_wherever_a_statement_names_it(tmp_path: Path, statement: str) -> None:
    assert set(bodies_of(read(tmp_path, statement))) == {"agency:aaa-dost"}


def test_an_article_may_call_a_body_its_own_way(tmp_path: Path) -> None:
    article = ARTICLE.replace("forms:\n", "forms:\n  agency:aaa-dost: [the department]\n")
    record = bodies_of(read(tmp_path, claim("agency:aaa-dost"), article=article))["agency:aaa-dost"]
    assert Name("the department", "en", "alias", "article:900") in record.names


def test_a_body_may_be_declared_as_the_rule_has_it_and_not_otherwise(tmp_path: Path) -> None:
    declared = "entities:\n  - {id: agency:aaa-dost, name: Sở Á Á, kind: department, diacritics: supplied}\n"
    facts = read(tmp_path / "same", claim("agency:aaa-dost"), article=ARTICLE.replace("entities:\n", declared))
    record = bodies_of(facts)["agency:aaa-dost"]
    assert record.attributes == {"kind": "department", "diacritics": "supplied"}
    assert len(record.names) == 3
    with pytest.raises(FactsError) as refused:
        read(
            tmp_path / "other",
            claim("agency:aaa-dost"),
            article=ARTICLE.replace("entities:\n", declared.replace("Sở Á Á", "Sở Á")),
        )
    assert (
        "articles/900.yaml:9: found agency:aaa-dost a second time, named 'Sở Á' instead of 'Sở Á Á' (first in "
        in str(refused.value)
    )
    assert "bodies.yaml:5); expected the same values, or one declaration and `forms` elsewhere" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: department", "kind: bank", "bodies.yaml:5: found kind: 'bank'"),
        ("    name: Sở {province}\n", "", "bodies.yaml:5: found no 'name'"),
        ("    city_name:", "    city:", "bodies.yaml:13: found 'city' in a body; expected city_name"),
        (BODIES[BODIES.index("  dost:") :], "  dost: Sở\n", "bodies.yaml:4: found dost without names"),
        (
            BODIES[BODIES.index("  dost:") :],
            "  - dost\n",
            "bodies.yaml:3: found no mapping; expected a mapping of bodies",
        ),
    ],
)
def test_a_mistake_in_the_table_of_bodies_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in BODIES
    with pytest.raises(FactsError) as refused:
        read(tmp_path, bodies=BODIES.replace(old, new))
    assert message in str(refused.value)


def test_a_draft_knows_the_bodies_that_it_uses(tmp_path: Path) -> None:
    draft = ARTICLE.replace("    none: greeting\n", "").replace("province:aaa\n", "agency:dong-nai-dost\n")
    own = facts_folder(tmp_path / "own", draft, REFERENCE)
    names = {record.id: record.name for record in known_entities([own])}
    assert names["agency:dong-nai-dost"].split()[-2:] == ["Đồng", "Nai"]


def test_every_unit_of_the_package_has_bodies_of_five_kinds(tmp_path: Path) -> None:
    provinces = [record.id for record in known_entities() if record.type == "Province"]
    slugs = [province.partition(":")[2] for province in provinces]
    suffixes = ("dost", "dof", "peoples-committee", "peoples-council", "party-committee")
    rows = [claim(f"agency:{slug}-{suffix}") for slug in slugs for suffix in suffixes]
    base = facts_folder(tmp_path, ARTICLE.replace("  - at: 1:18-30", "".join(rows) + "  - at: 1:18-30"))
    for name in ("bodies", "provinces"):
        table = built_in_folder() / "reference" / f"{name}.yaml"
        (base / f"{name}.yaml").write_text(table.read_text(encoding="utf-8"), encoding="utf-8")
    found = bodies_of(read_facts(base=base))
    assert len(found) == len(slugs) * len(suffixes) == len({record.name for record in found.values()})
    assert all({"vi", "en"} <= {name.language for name in record.names} for record in found.values())
    assert not any("{" in name.text for record in found.values() for name in record.names)
